"""Which thread a mail belongs to: mails of real clients and people, in `thread_cases.toml` (T1 to T12, D7)."""

import re
import textwrap
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import QueueId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.trade_batch import TradeBuyer, TradeOffer, TradeOrder
from mailbridge.message.parse import parse
from mailbridge.policy.plan import Route
from mailbridge.policy.resolve import resolve
from mailbridge.store.tables import threads
from tests.path.world import ALIAS_DOMAIN, BUYER, CLIENT_IP, CONTACT, SELLER, World, a_text, a_world, trade
from tests.path.world import _mailbox as a_mailbox

_BOB = "bob.nowak@buyer-post.example"
_CASES = tomllib.loads(Path(__file__).with_name("thread_cases.toml").read_text("utf-8"))["case"]
_NAME = re.compile(r"<[^>]*>|\b([a-z]+)(\d| root)( other)?")
_LONG = "Your words about it came, and we looked at everything once more before we wrote this answer to you"


@dataclass(frozen=True, slots=True)
class _Mail:
    """One mail of the past under the id of each side, and what its reader got."""

    ids: dict[Role, str]
    text: str


@dataclass
class _Past:
    """What happened before: mails by name ("lamp2"), threads and their roots."""

    world: World
    aliases: dict[Role, str] = field(default_factory=dict)
    mails: dict[str, _Mail] = field(default_factory=dict)
    thread_ids: dict[str, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)

    def say(self, name: str, author: str, to: str, subject: str, answers: str = "") -> Message:
        """One mail that is relayed."""
        thread, number = name[:-1], int(name[-1])
        self.world.now += timedelta(hours=1)
        role = Role.SELLER if author == SELLER else Role.BUYER
        own_id = f"<{name}@client.example>"
        answered = self.mails[answers].ids[role] if answers else ""
        text = f"{_LONG} ({thread}, {'first second third'.split()[number - 1]})."
        octets = a_text(author, to, text, subject=subject, Message_ID=own_id, In_Reply_To=answered)
        assert self.world.mail(octets, to) == (ACCEPTED,)
        [(claimed, relayed)] = self.world.take(PostKind.RELAY)
        assert relayed.message_id is not None
        self.mails[name] = _Mail({role: own_id, role.other: relayed.message_id}, text)
        self.thread_ids[thread] = str(claimed.delivery.thread_id)
        self.roots[thread] = relayed.references[0]
        return relayed


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Past]:
    with _begun(tmp_path_factory.mktemp("threads")) as past:
        yield past


@contextmanager
def _begun(folder: Path) -> Iterator[_Past]:
    plain = trade()
    orders = (("48213-1", "b1"), ("48213-2", "b1"), ("48213-7", "b1"), ("51111-3", "b2"))
    batch = replace(
        plain,
        marketplaces=(replace(plain.marketplaces[0], acknowledges=False, cc_address=None),),
        buyers=(
            *plain.buyers,
            TradeBuyer(marketplace="market", reference="b2", handle="bob", mailboxes=(a_mailbox(_BOB),)),
        ),
        orders=tuple(TradeOrder(marketplace="market", reference=ref, seller="s1", buyer=who) for ref, who in orders),
        offers=(TradeOffer(marketplace="market", reference="OF-9912", seller="s1", title="A lamp"),),
    )
    with a_world(folder, batch) as world:
        past = _Past(world)
        of = {(row.buyer, row.alias.stands_for): row.alias.address.addr_spec for row in world.bridge.store.aliases()}
        past.aliases = {role: of["b1", role] for role in Role}
        to_seller, to_buyer = past.aliases[Role.SELLER], past.aliases[Role.BUYER]
        past.say("bob1", _BOB, of["b2", Role.SELLER], "About 51111-3")
        for thread, subject in (("old", "Old table"), ("oak", "Do you have it in oak?"), ("lamps", "Question")):
            _open(past, thread, subject)
        _open(past, "stool", "Question")
        past.say("stool3", BUYER, to_seller, "Re: Question", "stool2")
        past.say("chair1", SELLER, to_buyer, "Order 48213-2")
        past.say("chair2", BUYER, to_seller, "Re: Order 48213-2", "chair1")
        past.say("chair3", SELLER, to_buyer, "Re: Order 48213-2", "chair2")
        past.say("lamp1", BUYER, to_seller, "The lamp flickers (48213-1)")
        past.say("lamp2", SELLER, to_buyer, "Re: The lamp flickers (48213-1)", "lamp1")
        assert len(set(past.thread_ids.values())) == 7
        with world.bridge.store._database.writing() as connection:
            connection.execute(update(threads).where(threads.c.id == past.thread_ids["old"]).values(state="closed"))
        yield past


def _open(past: _Past, thread: str, subject: str) -> None:
    """The buyer asks through the contact address, under a tag that names nothing, so that a thread begins; answered."""
    world = past.world
    # Each begins while the ones before are closed for a moment: a mail that names nothing would go into an open one.
    with world.bridge.store._database.writing() as connection:
        connection.execute(update(threads).values(state="closed"))
    past.say(f"{thread}1", BUYER, past.aliases[Role.SELLER], subject)
    with world.bridge.store._database.writing() as connection:
        connection.execute(update(threads).values(state="open"))
    past.say(f"{thread}2", SELLER, past.aliases[Role.BUYER], f"Re: {subject}", f"{thread}1")


def test_the_set_is_as_big_as_it_should_be() -> None:
    assert len(_CASES) >= 150
    assert len({case["name"] for case in _CASES}) == len(_CASES)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: re.sub(r"[^\w.]+", "_", case["name"]))
def test_T1_T2_T3_T4_T9_caseT10_caseT11_caseT12_the_thread_of_a_mail(past: _Past, case: dict[str, str]) -> None:
    route = _route(past, case)
    opening = route.opening
    if opening is not None:
        found = f"new {opening.order_reference or opening.offer_reference}".strip()
    else:
        found = next(name for name, thread_id in past.thread_ids.items() if thread_id == route.thread_id)
    wanted = case["thread"].split()[1:] if case["thread"].startswith("either") else [case["thread"]]
    assert found in wanted
    assert route.is_uncertain == bool(case.get("uncertain", False))


def _route(past: _Past, case: dict[str, str]) -> Route:
    role = Role(case.get("from", "buyer"))
    author, to = (SELLER, past.aliases[Role.BUYER]) if role is Role.SELLER else (BUYER, past.aliases[Role.SELLER])
    kind, _, tag = case.get("to", "").partition(" ")
    if kind == "contact":
        to = f"{CONTACT.partition('@')[0]}{'.' + tag if tag else ''}@{ALIAS_DOMAIN}"
    fields = {
        "In_Reply_To": _with_ids(past, role, case.get("in_reply_to", "")),
        "References": "\r\n ".join(_with_ids(past, role, one) for one in case.get("references", [])),
    }
    fields |= dict(line.replace("-", "_").split(": ", 1) for line in case.get("headers", "").splitlines())
    text = case.get("text", "A few words on it.") + _quote(past, case)
    octets = a_text(author, to, text, subject=case["subject"], **fields)
    envelope = Envelope(
        queue_id=QueueId("q"),
        door=Door.SMTP,
        reverse_path=author,
        forward_paths=(to,),
        content=octets,
        received_at=past.world.now + timedelta(hours=1),
        peer=Peer(ip=CLIENT_IP, helo="client.example"),
    )
    message, bridge = parse(octets), past.world.bridge
    auth = bridge.authenticator.authenticate(envelope, message)
    facts = bridge.store.facts_for(envelope, message, auth, forward_path=to, now=envelope.received_at)
    found = resolve(message, facts)
    assert isinstance(found, Route), found
    return found


def _with_ids(past: _Past, role: Role, words: str) -> str:
    """Names of mails replaced by their ids."""

    def put(match: re.Match[str]) -> str:
        name, number, other = match.groups()
        if name not in past.thread_ids:
            return match[0]
        if number == " root":
            return past.roots[name]
        return past.mails[name + number].ids[role.other if other else role]

    return _NAME.sub(put, words)


def _quote(past: _Past, case: dict[str, str]) -> str:
    name = case.get("quote", "")
    if not name:
        return ""
    text = name.strip("<>") if name.startswith("<") else past.mails[name].text
    if "wrapped" in case:
        text = textwrap.fill(text, int(case["wrapped"]))
    if "quoted_deeper" in case:
        text = f"As I said before, this is how it looks.\n\nOn Fri, 20 Nov 2026 at 10:00, Jan wrote:\n> {text}"
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    return f"\n\nOn Sat, 21 Nov 2026 at 10:00, Acme wrote:\n\n{quoted}"
