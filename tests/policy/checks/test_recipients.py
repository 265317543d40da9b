"""Who else stands in To and Cc."""

from dataclasses import replace

from mailbridge.policy.checks import outside_recipient, required_cc_missing
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    CC,
    MARKET,
    SELLER,
    SELLER_MAILBOX,
    TO_BUYER,
    TO_SELLER,
    a_mailbox,
    a_message,
    at_record_only,
    from_buyer,
    from_seller,
    mailboxes,
)

_NONE = {"allowed_domains": ()}


def _outside(*cc: str) -> list[tuple[str, str]]:
    message = a_message(BUYER_MAILBOX, TO_SELLER, cc=mailboxes(*cc))
    buyer = replace(BUYER, mailboxes=(a_mailbox(BUYER_MAILBOX), a_mailbox("jan@work.example")))
    findings = outside_recipient.find(message, from_buyer(author=buyer), _NONE)
    return [(finding.words, finding.detail) for finding in findings]


def test_C1_own_aliases_in_any_letter_case_are_fine() -> None:
    assert _outside(TO_BUYER.upper(), CC) == []


def test_the_authors_own_mailboxes_are_fine() -> None:
    assert _outside(BUYER_MAILBOX.upper(), "jan@work.example") == []


def test_C2_C5_an_outsider_is_found_once() -> None:
    assert _outside("wife@home.example", "Wife@home.example") == [("wife@home.example", "outsider")]


def test_T43_the_other_sides_real_address_is_told_apart() -> None:
    assert _outside(SELLER_MAILBOX) == [(SELLER_MAILBOX, "party")]


def test_allowed_domains_are_fine() -> None:
    message = a_message(cc=mailboxes("claims@carrier.example"))
    assert outside_recipient.find(message, from_buyer(), {"allowed_domains": ("carrier.example",)}) == ()


def test_S73_at_the_record_only_door_the_buyer_himself_is_no_outsider_and_others_are() -> None:
    message = a_message(SELLER_MAILBOX, BUYER_MAILBOX.upper(), cc=mailboxes(CC, "wife@home.example"))
    facts = at_record_only(SELLER_MAILBOX, author=SELLER, seller=SELLER, buyer=BUYER)
    assert [finding.words for finding in outside_recipient.find(message, facts, _NONE)] == ["wife@home.example"]


def test_the_markets_address_is_missed_in_to_and_cc() -> None:
    [finding] = required_cc_missing.find(a_message(SELLER_MAILBOX, TO_BUYER), from_seller(), {})
    assert finding.words == CC


def test_the_markets_address_in_either_field_satisfies() -> None:
    for message in (a_message(SELLER_MAILBOX, CC.upper()), a_message(SELLER_MAILBOX, TO_BUYER, cc=mailboxes(CC))):
        assert required_cc_missing.find(message, from_seller(), {}) == ()


def test_a_market_without_such_an_address_misses_nothing() -> None:
    facts = from_seller(marketplace=replace(MARKET, cc_address=None))
    assert required_cc_missing.find(a_message(SELLER_MAILBOX, TO_BUYER), facts, {}) == ()
