"""A seller writes first, through real servers and clients: reasons, terms, the market's copy, direct mail (S-22, S-23,
S-73)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.clients import s_nail_reply, swaks_send
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, require_programs
from tests.peers.trade import buyer, marketplace, order, seller

_ALIAS_DOMAIN = "bazaar.example"
_CC = f"copy@{_ALIAS_DOMAIN}"
_SELLER, _BUYER = "jan.k@meble-kowal.example", "anna.b@familie-berg.example"
_RECENT, _OLD = "48213-1", "31007-1"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", "swaks", "s-nail", as_root=True)
    with (
        open_folder("mb-outreach-") as folder,
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
    ended = datetime.now(UTC) - timedelta(days=31)
    rules: dict[str, object] = {"rule_packs": ["general", "amazon"], "time_zone": "Europe/Warsaw", "cc_address": _CC}
    aliases = place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=_ALIAS_DOMAIN) | rules,
            seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=_SELLER),
            buyer("bazaar", "B1", mailbox=_BUYER),
            order("bazaar", _RECENT, seller="S1", buyer="B1"),
            order(
                "bazaar",
                _OLD,
                seller="S1",
                buyer="B1",
                state="completed",
                completed_at=ended.isoformat(timespec="seconds"),
            ),
        ]
    )
    place.bridge.start()
    return next(str(one["address"]) for one in aliases if one["stands_for"] == "buyer")


def _send(place: Neighbourhood, to: str, subject: str) -> None:
    text = "Which name shall we engrave?"
    place.submit(_SELLER, a_mail(_SELLER, to, text, subject=subject, client=Client.OUTLOOK), to=to)


def _next(inbox: Mailbox, subject: str) -> EmailMessage:
    while True:
        mail = message_from_bytes(inbox.new_mail(), policy=policy.default)
        if subject in str(mail["Subject"]):
            return mail


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_S22_S23_a_seller_starts_with_a_reason_within_the_term_and_answers_without(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        _send(place, to, f"Order {_RECENT}")
        notice = _next(at_seller, "Not delivered")
        assert "Say why you write" in _text(notice)
        assert find_canaries(notice.as_bytes(), {_BUYER, "familie-berg.example"}) == []
        action = next(line for line in _text(notice).splitlines() if line.startswith("act-"))
        octets = a_mail(_SELLER, action, "", subject="[custom choice]", client=Client.GMAIL)
        swaks_send(place.account(_SELLER, "Jan Kowal"), to=action, octets=octets)
        first = _next(at_buyer, _RECENT)
        assert str(first["Subject"]) == f"Order {_RECENT}"
        assert find_canaries(first.as_bytes(), {_SELLER, "meble-kowal.example"}) == []
        _send(place, to, f"[invoice] Order {_OLD}")
        assert "Within 30 days" in _text(_next(at_seller, "Not delivered"))
        s_nail_reply(place.account(_BUYER, "Anna Berg"), text="Anna, please.")
        asked = _next(at_seller, _RECENT)
        answer = a_mail(_SELLER, to, "Thank you.", answers=Original.read(asked.as_bytes()), client=Client.THUNDERBIRD)
        place.submit(_SELLER, answer, to=to)
        assert "Thank you." in _text(_next(at_buyer, _RECENT))


def test_S23_a_reason_behind_the_address_is_enough(place: Neighbourhood) -> None:
    to = _start(place)
    with place.mailbox(_BUYER) as at_buyer:
        _send(place, to.replace("@", ".invoice@"), f"Order {_RECENT}")
        assert str(_next(at_buyer, _RECENT)["From"]).count(f"@{_ALIAS_DOMAIN}") == 1


def test_S73_a_direct_mail_that_copies_the_market_is_recorded_and_told_of_and_not_relayed(place: Neighbourhood) -> None:
    _start(place)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        text = f"Order {_RECENT}: call me on +44 20 7946 0958."
        octets = a_mail(_SELLER, _BUYER, text, subject="Direct", cc=(_CC,), client=Client.OUTLOOK)
        swaks_send(place.account(_SELLER, "Jan Kowal"), to=_CC, octets=octets)
        assert "+44 20 7946 0958" in _text(_next(at_seller, "Please note: your direct"))
        assert at_buyer.count() == 0
