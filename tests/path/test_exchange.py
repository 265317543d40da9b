"""What is secret in one exchange: class R of the author's side, class H by the market's setting (promise 2)."""

from dataclasses import replace

import pytest

from mailbridge.domain.address import OwnAddress, RealAddress
from mailbridge.domain.ids import BuyerId, MarketplaceId, SellerId
from mailbridge.domain.message import Body, Message
from mailbridge.domain.parties import Buyer, Hides, Mailbox, PersonalData, Seller
from mailbridge.domain.secrets import Secrets
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import MaskRequest, mask
from mailbridge.path.exchange import Terms, hidden_of, secrets_towards, without_own_words
from tests.policy.stage import an_envelope

BUYER = Buyer(
    id=BuyerId("b"),
    marketplace_id=MarketplaceId("m"),
    handle="anna77",
    name="Anna Maria Kowalska",
    personal=PersonalData(phones=("+48 600 123 456",), postal=("ul. Długa 5, 00-950 Warszawa, Polska",)),
    mailboxes=(Mailbox(address=RealAddress("anna@post.example")),),
)
SELLER = Seller(
    id=SellerId("s"),
    marketplace_id=MarketplaceId("m"),
    name="Lampen Max Müller",
    contact="lampen",
    personal=PersonalData(names=("Max Müller", "Eva Klein")),
    mailboxes=(Mailbox(address=RealAddress("desk@lampen.example")),),
)
ALL = Terms(hides=tuple(Hides))


def test_names_phones_and_postal_data_are_hidden_in_the_forms_people_write() -> None:
    assert hidden_of(BUYER, tuple(Hides)) == (
        "Anna Maria Kowalska",
        "Kowalska Anna Maria",
        "+48 600 123 456",
        "ul. Długa 5",
        "00-950 Warszawa",
    )


@pytest.mark.parametrize(
    ("hides", "hidden"), [((), ()), ((Hides.PHONES,), ("+48 600 123 456",)), ((Hides.POSTAL,), ("ul. Długa 5",))]
)
def test_only_what_the_market_hides_is_hidden(hides: tuple[Hides, ...], hidden: tuple[str, ...]) -> None:
    assert hidden_of(BUYER, hides)[:1] == hidden


def test_what_the_other_side_is_shown_is_not_hidden() -> None:
    assert hidden_of(SELLER, tuple(Hides)) == ("Müller Max", "Eva Klein", "Klein Eva")
    assert hidden_of(replace(BUYER, name="Anna"), (Hides.NAMES,)) == ()


def test_what_is_on_the_readers_own_record_is_no_secret_to_him() -> None:
    namesake = replace(SELLER, name="Shop", personal=PersonalData(names=("Anna Maria Kowalska",)))
    secrets = secrets_towards(namesake, BUYER, ALL)
    assert "Anna Maria Kowalska" not in secrets.hidden
    assert "+48 600 123 456" in secrets.hidden
    assert secrets.addresses == ("anna@post.example",)


def test_a_notice_may_quote_what_its_reader_wrote() -> None:
    secrets = Secrets(hidden=("Anna Kowalska", "+48 600 123 456", "ul. Długa 5"))
    message = Message(body=Body(plain="Dear Anna  KOWALSKA, call 600-123-456"))
    assert without_own_words(secrets, message).hidden == ("ul. Długa 5",)


_FORMS = ("max@m\u00fcller-lampen.example", "max@xn--mller-lampen-dlb.example")


@pytest.mark.parametrize("on_record", _FORMS)
def test_T53_an_international_domain_is_secret_in_both_forms(on_record: str) -> None:
    seller = replace(SELLER, mailboxes=(Mailbox(address=RealAddress(on_record)),))
    secrets = secrets_towards(BUYER, seller, ALL)
    assert set(secrets.addresses) == set(_FORMS)
    assert set(secrets.domains) == {form.partition("@")[2] for form in _FORMS}


def test_an_international_domain_of_the_readers_own_is_no_secret_in_either_form() -> None:
    author = replace(SELLER, mailboxes=(Mailbox(address=RealAddress(_FORMS[0])),))
    reader = replace(BUYER, mailboxes=(Mailbox(address=RealAddress(_FORMS[1])),))
    assert secrets_towards(reader, author, ALL).addresses == ()


@pytest.mark.parametrize("on_record", _FORMS)
@pytest.mark.parametrize(
    "written",
    [*_FORMS, "max@M\u00dcLLER-Lampen.example", "max@mu\u0308ller-lampen.example", "max@XN--MLLER-LAMPEN-DLB.example"],
)
def test_T53_the_masker_takes_out_and_the_gate_finds_both_forms(on_record: str, written: str) -> None:
    seller = replace(SELLER, mailboxes=(Mailbox(address=RealAddress(on_record)),))
    secrets = secrets_towards(BUYER, seller, ALL)
    request = MaskRequest(secrets=secrets, replacement={}, label="[removed]")
    html = f'<p><a href="mailto:{written}">write</a> to {written}</p>'
    masked = mask(Message(body=Body(plain=f"write to {written}", html=html)), request)
    assert masked.body.plain == "write to [removed]"
    assert masked.body.html == "<p><a>write</a> to [removed]</p>"
    head = (
        b"From: a@relay.example\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    assert find_leaks(head + f"write to {written}".encode(), secrets, reader=OwnAddress("anna@post.example"))


def test_a_host_in_a_trace_is_secret_in_both_forms() -> None:
    secrets = secrets_towards(
        BUYER,
        SELLER,
        ALL,
        written=(Message(trace_secrets=("mail.xn--mller-lampen-dlb.example",)), an_envelope(None, "x@relay.example")),
    )
    assert set(secrets.traces) == {"mail.xn--mller-lampen-dlb.example", "mail.m\u00fcller-lampen.example"}
