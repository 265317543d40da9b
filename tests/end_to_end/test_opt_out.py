"""Opt-out through real servers: one click as Gmail sends it, or a mail; refused, needed, taken back (S-15, N-05)."""

import http.client
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim
import pytest

from tests.builders import Client, a_mail
from tests.peers.bridge import SELECTOR
from tests.peers.clients import swaks_send
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.processes import free_ports, open_folder, require_programs
from tests.peers.trade import buyer, marketplace, order, seller

_ALIAS_DOMAIN = "bazaar.example"
_SELLER, _BUYER = "jan.k@meble-kowal.example", "anna.b@familie-berg.example"
_PUBLIC = "https://mail.bazaar.example"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", "swaks", as_root=True)
    with (
        open_folder("mb-opt-out-") as folder,
        neighbourhood(
            folder,
            alias_domain=_ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=FrontKind.SMTP,
        ) as place,
    ):
        yield place


def _start(place: Neighbourhood) -> tuple[str, int]:
    """The buyer's alias, and the port of the public pages."""
    (port,) = free_ports(1)
    place.bridge.change("web", public_url=_PUBLIC, public_listen=f"127.0.0.1:{port}")
    aliases = place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=_ALIAS_DOMAIN),
            seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=_SELLER),
            buyer("bazaar", "B1", mailbox=_BUYER),
            order("bazaar", "48213", seller="S1", buyer="B1"),
        ]
    )
    place.bridge.start()
    return next(str(one["address"]) for one in aliases if one["stands_for"] == "buyer"), port


def _write(place: Neighbourhood, to: str, subject: str) -> None:
    text = "Good morning, the table is from our workshop."
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


def _one_click(port: int, mail: EmailMessage) -> int:
    """What a mail service does when its user presses "unsubscribe": only what the two fields say (RFC 8058 §3.2)."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.search(rf"<{_PUBLIC}(/u/[a-z2-7]+)>", str(mail["List-Unsubscribe"]))
    assert link is not None
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    fields = {"Content-Type": "application/x-www-form-urlencoded", "Host": "mail.bazaar.example"}
    connection.request("POST", link[1], b"List-Unsubscribe=One-Click", fields)
    status = connection.getresponse().status
    connection.close()
    return status


def _by_swaks(place: Neighbourhood, to: str) -> None:
    """The buyer's client sends what the field asks for: an empty mail with this subject."""
    octets = a_mail(_BUYER, to, "", subject="unsubscribe", client=Client.GMAIL)
    swaks_send(place.account(_BUYER, "Anna"), to=to, octets=octets)


def test_S15_N05_one_click_then_refused_then_what_is_needed_passes_then_taken_back_by_mail(
    place: Neighbourhood,
) -> None:
    to, port = _start(place)
    with place.mailbox(_SELLER) as at_seller, place.mailbox(_BUYER) as at_buyer:
        _write(place, to, "[review] Your table")
        octets = at_buyer.new_mail()
        [record] = place.dns.texts(f"{SELECTOR}._domainkey.{_ALIAS_DOMAIN}")
        assert dkim.verify(octets, dnsfunc=lambda name, timeout: record.encode())
        assert re.search(rb"h=[^;]*list-unsubscribe-post", octets.replace(b"\r\n\t", b"").replace(b" ", b""))
        assert _one_click(port, message_from_bytes(octets, policy=policy.default)) == 200
        told = _text(_next(at_buyer, "Stopped: messages that Kowal Furniture starts"))
        _write(place, to, "[review] Your table, once more")
        assert "does not want messages that you start" in _text(_next(at_seller, "Not delivered"))
        _write(place, to, "[problem] A leg is missing")
        critical = _next(at_buyer, "A leg is missing")
        assert critical["List-Unsubscribe"] is None
        [back] = re.findall(r"act-[a-z2-7]{32}@bazaar\.example", told)[:1]
        _by_swaks(place, back)
        _next(at_buyer, "Allowed again")
    assert place.bridge.command("optout", "list") == "Nobody opted out.\n"


def test_N05_a_mail_to_the_address_in_list_unsubscribe_opts_out(place: Neighbourhood) -> None:
    to, _ = _start(place)
    with place.mailbox(_BUYER) as at_buyer:
        _write(place, to, "[review] Your table")
        field = str(_next(at_buyer, "Your table")["List-Unsubscribe"])
        [address] = re.findall(r"<mailto:([^?>]+)\?subject=unsubscribe>", field)
        _by_swaks(place, address)
        _next(at_buyer, "Stopped: messages that Kowal Furniture starts")
    assert '"via": "mail"' in place.bridge.command("optout", "list", "--json")
