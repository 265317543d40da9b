"""Parties: which mailbox writes, and which one is written to."""

from mailbridge.domain.address import RealAddress
from mailbridge.domain.ids import BuyerId, MarketplaceId, SellerId
from mailbridge.domain.parties import (
    Buyer,
    Direction,
    Mailbox,
    Marketplace,
    Role,
    Seller,
    mailbox_of,
    primary_mailbox,
    role_of,
)


def _mailbox(addr_spec: str, *, is_primary: bool = False, is_active: bool = True) -> Mailbox:
    return Mailbox(address=RealAddress(addr_spec), is_primary=is_primary, is_active=is_active)


def _seller(*mailboxes: Mailbox) -> Seller:
    return Seller(id=SellerId("s"), marketplace_id=MarketplaceId("m"), name="Acme", contact="acme", mailboxes=mailboxes)


BUYER = Buyer(id=BuyerId("b"), marketplace_id=MarketplaceId("m"), handle="anna77")


def test_mail_goes_to_the_primary_mailbox() -> None:
    primary = _mailbox("b@shop.example", is_primary=True)
    assert primary_mailbox(_seller(_mailbox("a@shop.example"), primary)) is primary


def test_without_an_active_primary_mailbox_mail_goes_to_the_first_active_one() -> None:
    active = _mailbox("b@shop.example")
    assert primary_mailbox(_seller(_mailbox("a@shop.example", is_primary=True, is_active=False), active)) is active


def test_a_buyer_whose_address_is_unknown_has_no_mailbox() -> None:
    assert primary_mailbox(BUYER) is None


def test_A5_every_active_mailbox_may_write_whatever_its_case() -> None:
    second = _mailbox("Second@shop.example")
    assert mailbox_of(_seller(_mailbox("a@shop.example", is_primary=True), second), "sECOND@SHOP.example") is second


def test_T33_a_removed_mailbox_may_not_write() -> None:
    assert mailbox_of(_seller(_mailbox("a@shop.example", is_active=False)), "a@shop.example") is None


def test_each_party_stands_on_its_side() -> None:
    assert (role_of(_seller()), role_of(BUYER)) == (Role.SELLER, Role.BUYER)


def test_the_author_of_what_goes_to_the_buyer_is_the_seller() -> None:
    assert (Direction.TO_BUYER.author_role, Direction.TO_SELLER.author_role) == (Role.SELLER, Role.BUYER)


def test_the_sides_are_opposite() -> None:
    assert (Role.BUYER.other, Role.SELLER.other) == (Role.SELLER, Role.BUYER)


def test_the_first_language_is_the_default() -> None:
    market = Marketplace(id=MarketplaceId("m"), name="Market", alias_domain="relay.example", languages=("pl", "en"))
    assert market.language == "pl"


def test_no_party_shows_an_address_in_its_repr() -> None:
    assert "shop.example" not in repr(_seller(_mailbox("a@shop.example")))
