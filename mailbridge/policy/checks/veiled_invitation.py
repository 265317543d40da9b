"""Finds passages that read like an invitation away from the market, where no other check can say what it is: a riddle,
a service by its logo, a deal on the quiet (S-25).

A model of words judges (`policy/likeness.py`), which can err: what it finds is for people to look at. Only new text is
read; of addresses and numbers themselves other checks tell more.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.likeness import passages
from mailbridge.policy.scanning import MAX_TEXT, Parameters, integer
from mailbridge.policy.shadow import shadow_of

#: of honest replies that were not learned from, so few reach it: docs/decisions/0044
MIN_SCORE = 25
#: passages of one message that are shown
_MAX_SHOWN = 5


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per passage, as written; its detail is the score, in tenths."""
    text = message.new_text[:MAX_TEXT]
    found = passages(shadow_of(text), integer(parameters, "min_score") / 10)
    return tuple(
        Finding(
            check="veiled_invitation",
            place=Place.NEW_TEXT,
            start=passage.start,
            end=passage.end,
            words=text[passage.start : passage.end],
            detail=f"score {round(10 * passage.score)}",
        )
        for passage in found[:_MAX_SHOWN]
    )
