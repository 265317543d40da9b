"""What rules add to a mail: CPU of this process for a market with every shipped pack, and for conditions alone.

The mails are replies that quote what was relayed before, as the load's are. No server runs.
"""

import statistics
import time
from dataclasses import replace

from bench.load import Letters
from mailbridge.domain.parties import Direction
from mailbridge.message.parse import parse
from mailbridge.policy.judge import judge
from mailbridge.policy.ruleset import RuleSet
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.scene import ALIAS_DOMAIN, Scene, a_market, an_order
from tests.builders import Client, Original, a_mail

#: each mail is judged once: what is kept of a text would make a second time cheaper than any real one
_MAILS = 300
_BUYER, _ALIAS = "b@buyer.example", f"{'a' * 16}@{ALIAS_DOMAIN}"
_HUNDREDTH = 100
#: mails after which word lists are built and code is warm
_WARM = 20


def costs_ms() -> dict[str, float | int]:
    """Median and 99th percentile of milliseconds of CPU to judge a 4 KiB reply, and the number of rules; conditions."""
    ruleset = load_rules((data_folder("rules"),))
    took = _took_ms(ruleset)
    conditions = RuleSet.of(
        tuple(replace(rule, check=None) for rule in ruleset.rules if rule.condition is not None), ruleset.fingerprint
    )
    of_conditions = _took_ms(conditions)
    return {
        "rules": len(ruleset.rules),
        "median": round(statistics.median(took), 2),
        "p99": round(statistics.quantiles(took, n=_HUNDREDTH)[-1], 2),
        "conditions": len(conditions.rules),
        "median of conditions": round(statistics.median(of_conditions), 2),
    }


def _took_ms(ruleset: RuleSet) -> list[float]:
    letters = Letters(run=1)
    market = replace(a_market("bazaar", "general"), rule_packs=tuple(ruleset.by_pack), regions=("PL", "IT", "DE", "GB"))
    took: list[float] = []
    for number in range(_MAILS):
        before = a_mail(_ALIAS, _BUYER, letters.prose(2048), client=Client.THUNDERBIRD, plain_only=True)
        content = a_mail(
            _BUYER,
            _ALIAS,
            letters.prose(2048),
            client=Client.THUNDERBIRD,
            answers=Original.read(before),
            plain_only=True,
        )
        message = parse(content)
        if message.date is None:
            raise TypeError("our own mail has a date")
        direction = Direction.TO_SELLER if number % 2 else Direction.TO_BUYER
        history = (parse(before).body.plain or "",)
        scene = Scene(market=market, direction=direction, order=an_order(), is_about_order=True, history=history)
        facts = scene.facts(message, content, message.date)
        began = time.process_time()
        judge(message, facts, scene.route, ruleset)
        took.append((time.process_time() - began) * 1000)
    return took[_WARM:]


if __name__ == "__main__":
    print(costs_ms())
