"""The builders are worth what they claim: dkimpy verifies what `sign()` signs, and clients' mail reads back."""

import dkim
import pytest

from tests.builders import Client, File, Original, a_mail, dkim_record, sign, signing_key
from tests.dns_server import DnsServer, Misbehaviour

_DOMAIN = "shop.example"


def _verify(octets: bytes) -> bool:
    record = dkim_record(signing_key(_DOMAIN)).encode()
    return bool(
        dkim.verify(octets, dnsfunc=lambda name, timeout=5: record if name == b"k1._domainkey.shop.example." else None)
    )


@pytest.mark.parametrize("client", Client)
def test_an_honest_signature_verifies_for_every_client(client: Client) -> None:
    first = a_mail("anna@inbox.example", "jan@shop.example", "Czy buty są dostępne?", client=Client.GMAIL)
    octets = a_mail(
        "jan@shop.example",
        "anna@inbox.example",
        "Yes, they are.\n\nJan",
        client=client,
        answers=Original.read(first),
        files=(File(name="faktura.pdf", octets=bytes(range(256)) * 20),),
    )
    assert _verify(sign(octets, _DOMAIN, "k1", signing_key(_DOMAIN)))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Yes", b"Yep"), (b"Subject: ", b"Subject: x"), (b"From: ", b"From: eve@evil.example\r\nFrom: ")],
    ids=["body", "subject", "second From"],
)
def test_a_touched_mail_does_not_verify(old: bytes, new: bytes) -> None:
    octets = sign(a_mail("jan@shop.example", "x@inbox.example", "Yes."), _DOMAIN, "k1", signing_key(_DOMAIN))
    head, _, tail = octets.partition(b"From: ")
    touched = head + (b"From: " + tail).replace(old, new, 1)
    assert touched != octets
    assert not _verify(touched)


@pytest.mark.parametrize("client", Client)
def test_a_reply_quotes_what_it_answers_and_names_its_id(client: Client) -> None:
    original = Original.read(a_mail("anna@inbox.example", "jan@shop.example", "Is the vase blue?", author_name="Anna"))
    reply = Original.read(a_mail("jan@shop.example", "anna@inbox.example", "It is.", client=client, answers=original))
    assert "It is." in reply.text
    assert "Is the vase blue?" in reply.text
    assert reply.references == (original.message_id,)


def test_the_dns_server_answers_long_text_records_over_udp_and_tcp() -> None:
    import dns.resolver

    with DnsServer() as server:
        record = dkim_record(signing_key(_DOMAIN))
        server.add("k1._domainkey.shop.example", "TXT", record)
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = [server.host], server.port
        for tcp in (False, True):
            [answer] = resolver.resolve("k1._domainkey.shop.example", "TXT", tcp=tcp)
            assert b"".join(answer.strings).decode() == record


def test_the_dns_server_fails_where_it_is_told_to() -> None:
    import dns.resolver

    with DnsServer() as server:
        server.add("shop.example", "TXT", "v=spf1 -all")
        server.misbehave("shop.example", Misbehaviour.SERVFAIL)
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = [server.host], server.port
        with pytest.raises(dns.resolver.NoNameservers):
            resolver.resolve("_dmarc.shop.example", "TXT")
        server.behave()
        assert [r.strings for r in resolver.resolve("shop.example", "TXT")] == [(b"v=spf1 -all",)]
        with pytest.raises(dns.resolver.NXDOMAIN):
            resolver.resolve("nothing.example", "TXT")
