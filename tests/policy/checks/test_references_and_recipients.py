"""Whether a message names its order, and which of our addresses stand in To and Cc."""

import pytest

from mailbridge.domain.verdict import Place
from mailbridge.policy.checks import missing_order_id, real_address_beside_alias, several_aliases
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    CC,
    CONTACT,
    OURS,
    SELLER,
    SELLER_MAILBOX,
    TO_BUYER,
    TO_SELLER,
    a_message,
    an_order,
    at_record_only,
    from_buyer,
    from_seller,
    mailboxes,
)

OTHER = f"cccccccccccccccc@{OURS}"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Order PL-2134", "Hello"),
        ("Hello", "It is about pl-2134."),
        ("Hello", "Order: PL 2134"),
        ("Hello", "OF-1, PL2134"),
        ("PL-9", "Hello"),
    ],
)
def test_E04_a_message_that_names_an_order_of_the_two_is_fine(subject: str, text: str) -> None:
    facts = from_seller(orders=(an_order("PL-2134"), an_order("PL-9")))
    assert missing_order_id.find(a_message(SELLER_MAILBOX, TO_BUYER, text, subject=subject), facts, {}) == ()


def test_E04_a_message_that_names_none_is_found() -> None:
    facts = from_seller(orders=(an_order("PL-2134"),))
    [finding] = missing_order_id.find(a_message(SELLER_MAILBOX, TO_BUYER, "Hello, order PL-2135"), facts, {})
    assert (finding.place, finding.words) == (Place.HEADER, "")


def test_the_signature_may_name_it() -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER, "Hello", signature="Acme, order PL-2134")
    assert missing_order_id.find(message, from_seller(orders=(an_order("PL-2134"),)), {}) == ()


def test_where_no_order_is_known_and_from_a_buyer_none_is_missed() -> None:
    assert missing_order_id.find(a_message(SELLER_MAILBOX, TO_BUYER), from_seller(), {}) == ()
    gone = an_order("PL-2134", is_active=False)
    assert missing_order_id.find(a_message(SELLER_MAILBOX, TO_BUYER), from_seller(orders=(gone,)), {}) == ()
    assert missing_order_id.find(a_message(), from_buyer(orders=(an_order("PL-2134"),)), {}) == ()


def test_N14_several_aliases_are_found() -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER, cc=mailboxes(OTHER.upper(), OTHER))
    findings = several_aliases.find(message, from_seller(), {})
    assert [(finding.words, finding.detail) for finding in findings] == [
        (TO_BUYER, "this copy"),
        (OTHER, "another copy"),
    ]


def test_one_alias_beside_other_addresses_of_ours_is_fine() -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER, cc=mailboxes(CC, CONTACT, TO_SELLER, "wife@home.example"))
    assert several_aliases.find(message, from_seller(), {}) == ()


def test_C2_T43_the_readers_real_address_beside_his_alias_is_found() -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER, cc=mailboxes("Jan@buyer.example", "wife@home.example"))
    [finding] = real_address_beside_alias.find(message, from_seller(), {})
    assert finding.words == "Jan@buyer.example"


def test_the_authors_own_address_and_strangers_are_no_readers() -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER, cc=mailboxes(SELLER_MAILBOX, "wife@home.example"))
    assert real_address_beside_alias.find(message, from_seller(), {}) == ()


def test_a_direct_mail_is_sent_to_the_real_address() -> None:
    facts = at_record_only(author=SELLER, seller=SELLER, buyer=BUYER)
    message = a_message(SELLER_MAILBOX, BUYER_MAILBOX, cc=mailboxes(CC))
    assert real_address_beside_alias.find(message, facts, {}) == ()
