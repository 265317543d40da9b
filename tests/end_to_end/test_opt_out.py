"""Opt-out through real servers: one click as Gmail sends it, or a mail; refused, needed, taken back (S-15, N-05)."""

import http.client
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim
import pytest

from tests.builders import Client, a_mail
from tests.peers.bazaar import ALIAS_DOMAIN, BUYER, SELLER, bazaar, by_swaks, next_mail, opened, seller_writes, text_of
from tests.peers.bridge import SELECTOR
from tests.peers.neighbourhood import Neighbourhood
from tests.peers.processes import free_ports

_PUBLIC = "https://mail.bazaar.example"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    with bazaar("swaks") as place:
        yield place


def _start(place: Neighbourhood) -> tuple[str, int]:
    """The buyer's alias, and the port of the public pages."""
    (port,) = free_ports(1)
    place.bridge.change("web", public_url=_PUBLIC, public_listen=f"127.0.0.1:{port}")
    return opened(place), port


def _write(place: Neighbourhood, to: str, subject: str) -> None:
    seller_writes(place, to, "Good morning, the table is from our workshop.", subject)


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


def _asks(place: Neighbourhood, to: str) -> None:
    """The buyer's client sends what the field asks for: an empty mail with this subject."""
    octets = a_mail(BUYER, to, "", subject="unsubscribe", client=Client.GMAIL)
    by_swaks(place, BUYER, octets, to)


def test_S15_N05_one_click_then_refused_then_what_is_needed_passes_then_taken_back_by_mail(
    place: Neighbourhood,
) -> None:
    to, port = _start(place)
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        _write(place, to, "[review] Your table")
        octets = at_buyer.new_mail()
        [record] = place.dns.texts(f"{SELECTOR}._domainkey.{ALIAS_DOMAIN}")
        assert dkim.verify(octets, dnsfunc=lambda name, timeout: record.encode())
        assert re.search(rb"h=[^;]*list-unsubscribe-post", octets.replace(b"\r\n\t", b"").replace(b" ", b""))
        assert _one_click(port, message_from_bytes(octets, policy=policy.default)) == 200
        told = text_of(next_mail(at_buyer, "Stopped: messages that Kowal Furniture starts"))
        _write(place, to, "[review] Your table, once more")
        assert "does not want messages that you start" in text_of(next_mail(at_seller, "Not delivered"))
        _write(place, to, "[problem] A leg is missing")
        critical = next_mail(at_buyer, "A leg is missing")
        assert critical["List-Unsubscribe"] is None
        [back] = re.findall(r"act-[a-z2-7]{32}@bazaar\.example", told)[:1]
        _asks(place, back)
        next_mail(at_buyer, "Allowed again")
    assert place.bridge.command("optout", "list") == "Nobody opted out.\n"


def test_N05_a_mail_to_the_address_in_list_unsubscribe_opts_out(place: Neighbourhood) -> None:
    to, _ = _start(place)
    with place.mailbox(BUYER) as at_buyer:
        _write(place, to, "[review] Your table")
        field = str(next_mail(at_buyer, "Your table")["List-Unsubscribe"])
        [address] = re.findall(r"<mailto:([^?>]+)\?subject=unsubscribe>", field)
        _asks(place, address)
        next_mail(at_buyer, "Stopped: messages that Kowal Furniture starts")
    assert '"via": "mail"' in place.bridge.command("optout", "list", "--json")
