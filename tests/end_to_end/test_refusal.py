"""A refused mail through real servers and clients: explained, sent repaired, looked at again, tried before (N-01, N-02,
N-06)."""

import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.clients import s_nail_reply, swaks_send
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, require_programs, wait_until
from tests.peers.trade import buyer, marketplace, order, seller

_ALIAS_DOMAIN = "bazaar.example"
_SELLER, _BUYER = "jan.k@meble-kowal.example", "anna.b@familie-berg.example"
_OFFENCE = "The table is ready, order 48213.\nCall me on +44 20 7946 0958 before noon."
_REPAIRED = "Call me on [removed] before noon."


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", "swaks", "s-nail", as_root=True)
    with (
        open_folder("mb-refusal-") as folder,
        neighbourhood(
            folder,
            alias_domain=_ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=FrontKind.SMTP,
        ) as place,
    ):
        yield place


def _start(place: Neighbourhood) -> str:
    """The buyer's alias."""
    aliases = place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=_ALIAS_DOMAIN),
            seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=_SELLER),
            buyer("bazaar", "B1", mailbox=_BUYER),
            order("bazaar", "48213", seller="S1", buyer="B1"),
        ]
    )
    place.bridge.start()
    return next(str(one["address"]) for one in aliases if one["stands_for"] == "buyer")


def _send(place: Neighbourhood, to: str, text: str, subject: str) -> None:
    place.submit(_SELLER, a_mail(_SELLER, to, text, subject=subject, client=Client.OUTLOOK), to=to)


def _notice(inbox: Mailbox, subject: str) -> EmailMessage:
    while True:
        mail = message_from_bytes(inbox.new_mail(), policy=policy.default)
        if subject in str(mail["Subject"]):
            return mail


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_N01_N06_a_refused_mail_is_explained_and_goes_repaired_when_its_author_says_so(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        _send(place, to, _OFFENCE, "The table")
        notice = _notice(at_seller, "Not delivered")
        text = _text(notice)
        assert "**+44 20 7946 0958**" in text
        assert find_canaries(notice.as_bytes(), {_BUYER, "familie-berg.example"}) == []
        action = next(line for line in text.splitlines() if line.startswith("act-"))
        octets = a_mail(_SELLER, action, "", answers=Original.read(notice.as_bytes()), client=Client.GMAIL)
        swaks_send(place.account(_SELLER, "Jan Kowal"), to=action, octets=octets)
        relayed = at_buyer.new_mail()
        assert _REPAIRED.encode() in relayed
        assert b"7946" not in relayed
        assert _REPAIRED in _text(_notice(at_seller, "Delivered with changes"))


def test_N01_a_reply_asks_for_a_second_look_and_a_person_lets_it_go(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        _send(place, to, _OFFENCE, "The table")
        _notice(at_seller, "Not delivered")
        s_nail_reply(place.account(_SELLER, "Jan Kowal"), text="That is the carrier, not me.")
        wait_until(lambda: place.bridge.count_events("action_used") == 1, "a second look is asked for")
        [held] = json.loads(place.bridge.command("held", "list", "--json"))
        shown = place.bridge.command("held", "show", held["record_id"])
        assert "That is the carrier, not me." in shown
        assert "second look" in shown
        place.bridge.command("held", "release", held["record_id"])
        assert b"+44 20 7946 0958" in at_buyer.new_mail()


def test_N02_the_check_address_tells_and_sends_nothing(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        _send(place, f"check-{to}", _OFFENCE, "A try")
        said = _notice(at_seller, "Tried, nothing sent: It would not be delivered")
        assert _REPAIRED in _text(said)
        _send(place, to, "The table is ready, order 48213.", "The table")
        assert b"The table is ready" in at_buyer.new_mail()  # the first mail that came: the try sent none
        assert at_buyer.count() == 1
