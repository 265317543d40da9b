"""What outreach adds to a mail that a seller starts: CPU for reading what went before and for the rules that ask.

The shop has started 300 messages that day already. Each mail is judged by the packs "general" and "amazon", with the
rules that ask about outreach and without them, in turn; reading the facts they need is counted. No server runs.
"""

import statistics
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.facts import Facts
from mailbridge.domain.ids import QueueId, RecordId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import Outreach, Reason
from mailbridge.domain.parties import Role
from mailbridge.message.parse import parse
from mailbridge.policy.judge import judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.outreach import outreach_of
from mailbridge.policy.plan import Route
from mailbridge.policy.ruleset import RuleSet
from mailbridge.policy.thread_choice import choose_thread
from mailbridge.store.records import Intake, LegRecord
from mailbridge.store.store import Store
from tests.path.starting import Shop, a_shop
from tests.path.world import a_text
from tests.store.world import a_plan

_BEFORE, _MAILS, _WARM = 300, 200, 20
_SELLER = "s1@acme-shop.example"


def costs_ms() -> dict[str, float]:
    """Medians of milliseconds of CPU for a short mail: with the rules of outreach, without, and what they add."""
    with TemporaryDirectory() as folder, a_shop(Path(folder)) as shop:
        store, rules = shop.world.bridge.store, shop.world.bridge.rules()
        others = tuple(r for r in rules.rules if r.condition is None or "outreach." not in r.condition.source)
        rest = RuleSet.of(others, "without outreach", packs=rules.by_pack)
        _fill(shop)
        took: dict[str, list[float]] = {"with": [], "without": []}
        for number in range(2 * _MAILS):
            # Of a mail of its own each: what is kept of a text would make the second time cheaper.
            name, ruleset = (("with", rules), ("without", rest))[number % 2]
            message, facts = _mail(shop, number)
            took[name].append(_took_ms(message, facts, choose_thread(message, facts), ruleset, store))
    median = {name: statistics.median(values[_WARM:]) for name, values in took.items()}
    return {
        **{name: round(value, 3) for name, value in median.items()},
        "added": round(median["with"] - median["without"], 3),
    }


def _mail(shop: Shop, number: int) -> tuple[Message, Facts]:
    to = shop.alias(Role.BUYER)
    text = f"Here is what you asked for, number {number}."
    octets = a_text(_SELLER, to, text, subject="[invoice] 48213-1", Message_ID=f"<m{number}@acme-shop.example>")
    message, now = parse(octets), shop.world.now
    envelope = Envelope(
        queue_id=QueueId(f"m{number}"),
        door=Door.SMTP,
        reverse_path=_SELLER,
        forward_paths=(to,),
        content=octets,
        received_at=now,
        peer=Peer(ip=None, helo=None),
    )
    return message, shop.world.bridge.store.facts_for(envelope, message, AuthResults(), forward_path=to, now=now)


def _fill(shop: Shop) -> None:
    message, facts = _mail(shop, -1)
    started = outreach_of(message, facts, choose_thread(message, facts))
    if not isinstance(started, Outreach):
        raise TypeError("the shop starts it")
    for number in range(_BEFORE):
        leg = LegRecord(
            record_id=RecordId(f"before{number}"),
            plan=a_plan(facts.forward_path),
            outreach=replace(started, order_id=None, reason=Reason.DELIVERY),
        )
        shop.world.bridge.store.commit(Intake(envelope=facts.envelope, message=message, legs=(leg,)))


def _took_ms(message: Message, facts: Facts, route: Route, rules: RuleSet, store: Store) -> float:
    began = time.thread_time()
    asked = judge(message, facts, route, rules)
    while isinstance(asked, Needs):
        facts = store.with_needed(facts, asked)
        asked = judge(message, facts, route, rules)
    return (time.thread_time() - began) * 1000


if __name__ == "__main__":
    print(costs_ms())
