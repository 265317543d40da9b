"""The same text to many buyers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.facts import Copies
from mailbridge.domain.message import Body
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.checks import duplicate_text
from tests.policy.stage import NOW, SELLER_MAILBOX, TO_BUYER, a_message, from_seller

_PARAMETERS = {"min_buyers": 5, "days": 7, "min_letters": 80}
_DAY = timedelta(days=1)
_TEXT = (
    "Hello Anna,\nwe have new lamps, stools and shelves in the workshop; come and see them whenever you like. "
    "The shop is open on all days but Monday."
)


def _found(*days_ago: float, text: str = _TEXT, html: str | None = None, **parameters: int) -> tuple[Finding, ...]:
    """What is found of a text that went to others so many days ago."""
    copies = Copies(text_hash=b"t", reader_hash=b"r", sent_at=tuple(NOW - days * _DAY for days in days_ago))
    message = replace(a_message(SELLER_MAILBOX, TO_BUYER, text=text), body=Body(plain=text, html=html))
    return duplicate_text.find(message, from_seller(copies=copies), _PARAMETERS | parameters)


def test_a_text_that_enough_others_got_is_one_finding_over_all_of_it() -> None:
    assert _found(0, 1, 2, 3, 7) == (
        Finding(
            check="duplicate_text",
            place=Place.NEW_TEXT,
            start=0,
            end=len(_TEXT),
            words=_TEXT,
            detail="sent to 5 others within 7 days",
        ),
    )


@pytest.mark.parametrize("days_ago", [(), (0, 1, 2, 3), (0, 1, 2, 3, 7.01), (8,) * 500])
def test_fewer_others_are_no_finding_nor_is_what_is_long_ago(days_ago: tuple[float, ...]) -> None:
    assert _found(*days_ago) == ()


def test_the_rule_says_how_many_and_within_how_many_days() -> None:
    assert _found(0, 3, min_buyers=2, days=3)[0].detail == "sent to 2 others within 3 days"
    assert _found(0, 3, min_buyers=2, days=2) == ()
    assert _found(min_buyers=0) == ()


def test_a_short_text_is_a_courtesy() -> None:
    assert _found(*(0,) * 50, text="Thank you, it is on its way.") == ()
    assert len(_found(*(0,) * 50, text="Hi,\nthank you, it is on its way.", min_letters=20)) == 1


def test_a_text_form_that_stands_in_for_html_is_no_finding() -> None:
    assert _found(*(0,) * 50, html="<p>Something else to each of them.</p>" * 40) == ()
    assert len(_found(*(0,) * 50, html=f"<p>{_TEXT}</p>")) == 1


def test_what_the_store_was_not_asked_for_is_no_finding() -> None:
    assert duplicate_text.find(a_message(SELLER_MAILBOX, text=_TEXT), from_seller(), _PARAMETERS) == ()
