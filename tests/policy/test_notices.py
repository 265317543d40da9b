"""Who may get a notice of ours, and in which language."""

from dataclasses import replace
from typing import Any

import pytest

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Automatic, Message
from mailbridge.policy.notices import language_for_author, may_notify
from tests.policy.stage import (
    BUYER,
    CONTACT,
    MARKET,
    SELLER_MAILBOX,
    TO_BUYER,
    TO_SELLER,
    a_message,
    an_envelope,
    at_contact,
    from_buyer,
    from_seller,
    mailboxes,
    unsigned,
)


def test_an_authenticated_author_who_addressed_us_may_be_told() -> None:
    assert may_notify(a_message(), from_buyer())


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        (a_message(), from_buyer(auth=unsigned("buyer.example"))),
        (a_message(), from_buyer(envelope=an_envelope(None, TO_SELLER))),
        (a_message(automatic=Automatic.REPLIED), from_buyer()),
        (a_message(automatic=Automatic.GENERATED), from_buyer()),
        (a_message(to="other@else.example"), from_buyer()),
        (a_message(authors=mailboxes("a@x.example", "b@x.example")), from_buyer()),
    ],
    ids=["unproven", "null path", "vacation", "robot", "Bcc", "two authors"],
)
def test_T25_B2_nobody_else_is_told(message: Message, facts: Facts) -> None:
    assert not may_notify(message, facts)


@pytest.mark.parametrize(
    ("facts", "message", "language"),
    [
        (from_seller(), a_message(SELLER_MAILBOX, TO_BUYER, language="de"), "pl"),
        (from_buyer(author=replace(BUYER, language="it")), a_message(language="pl"), "it"),
        (from_buyer(), a_message(language="pl"), "pl"),
        (from_buyer(), a_message(language="de"), "en"),
        (from_buyer(), a_message(), "en"),
        (at_contact(marketplace=replace(MARKET, languages=("it",))), a_message(to=CONTACT), "it"),
        (from_buyer(author=replace(BUYER, language="fr")), a_message(), "en"),
    ],
    ids=["seller on record", "buyer on record", "the mail's", "not the market's", "default", "market", "no text"],
)
def test_the_language_is_one_that_texts_exist_in(facts: Facts, message: Message, language: str) -> None:
    assert language_for_author(message, facts) == language


def test_facts_without_a_market_fall_back_to_english() -> None:
    facts: Any = replace(from_buyer(), marketplace=None)
    assert language_for_author(a_message(), facts) == "en"
