"""What one language contributes to the checks of wording: phrases of each kind, and the words that turn them round.

Written as `policy/phrases.py` says, so that adding to a language takes no code. Looks for nothing: that is
`policy/wordsearch.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: what each language must have, "check.kind" where a check tells kinds apart; a later kind outdoes an earlier one
TOPICS: tuple[str, ...] = (
    "advertising",
    "coupon",
    "review_request.neutral",
    "review_request.steering",
    "review_request.change_or_remove",
    "review_request.paid",
    "opt_out_request",
    "steering_off_market.contact",
    "steering_off_market.purchase",
    "steering_off_market.payment",
    "steering_off_market.cancel",
    "repeats_market_notice.thanks",
    "repeats_market_notice.order",
    "repeats_market_notice.shipping",
    "repeats_market_notice.delivery",
    "repeats_market_notice.payment",
    "repeats_market_notice.invoice",
    "profanity",
    "service_question",
    "topic.question",
    "topic.shipping",
    "topic.invoice",
    "topic.return",
    "topic.complaint",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordlist:
    """The phrases of one language."""

    #: ISO 639-1
    code: str
    #: what says "not" up to five words before a phrase in the same clause, and makes it no finding
    negators: tuple[str, ...]
    #: what says so up to four words behind it
    negators_behind: tuple[str, ...]
    #: what holds a negator and says yes: "do not forget to"
    affirmers: tuple[str, ...]
    #: what <market> stands for
    market: tuple[str, ...]
    #: topic to what is found
    find: Mapping[str, tuple[str, ...]]
    #: check, or "check.kind" where a kind has its own, to what makes a sentence that holds it no finding
    unless: Mapping[str, tuple[str, ...]]
    #: how a letter begins and ends, beside formulas that hold a name
    courtesy: tuple[str, ...]
    #: words that nearly every sentence of this language has and those of others seldom
    function_words: tuple[str, ...]


def kinds_of(check: str) -> tuple[str, ...]:
    """The kinds that this check tells apart, weakest first; none where it does not."""
    topics = (topic.partition(".") for topic in TOPICS)
    return tuple(kind for name, _, kind in topics if name == check and kind)
