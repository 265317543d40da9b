"""Who wrote: what proves an author, what does not, and what may be asked of the DNS for it (design.md D9)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailbridge.domain.authresults import AuthResult, AuthResults, DmarcPolicy
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import QueueId
from mailbridge.domain.message import HeaderMailbox, Message
from mailbridge.errors import AuthenticationUnavailable
from mailbridge.path.authenticate import Authenticator
from tests.builders import a_mail, dkim_record, sign, signing_key
from tests.dns_server import DnsServer, Misbehaviour
from tests.path.dns import a_resolver

_ANNA = "anna@buyer.example"
_IP = "192.0.2.7"
_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_ID = "mx.front.example"


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    with DnsServer() as running:
        for domain in ("buyer.example", "esp.example", "mail.buyer.example", "evil.example"):
            running.add(f"s1._domainkey.{domain}", "TXT", dkim_record(signing_key(domain)))
            running.add(domain, "TXT", f"v=spf1 ip4:{_IP} -all")
        yield running


def _mail(**more: object) -> bytes:
    return a_mail(_ANNA, "x7@alias.example", "Is it blue?", **more)


def _signed(domain: str, octets: bytes | None = None, **how: Any) -> bytes:
    return sign(octets if octets is not None else _mail(), domain, "s1", signing_key(domain), **how)


def _ask(
    dns: DnsServer,
    octets: bytes,
    *,
    peer: Peer | None = None,
    reverse_path: str | None = "bounce-1@esp.example",
    front_fields: tuple[tuple[str, str], ...] = (),
    author: str | None = _ANNA,
    deadline: timedelta = timedelta(seconds=10),
) -> AuthResults:
    envelope = Envelope(
        queue_id=QueueId("q"),
        door=Door.SMTP,
        reverse_path=reverse_path,
        forward_paths=("x7@alias.example",),
        content=octets,
        received_at=_NOW,
        peer=peer or Peer(ip=_IP, helo="mail.buyer.example"),
    )
    authors = () if author is None else (HeaderMailbox(addr_spec=author),)
    message = Message(authors=authors, from_field_count=len(authors), front_fields=front_fields)
    return Authenticator(a_resolver(dns), authserv_id=_ID, deadline=deadline).authenticate(envelope, message)


_FRONT = Peer(ip=None, helo=None, is_trusted_front=True)


def _said(*bodies: str) -> tuple[tuple[str, str], ...]:
    return tuple(("authentication-results", body) for body in bodies)


# --- DKIM -----------------------------------------------------------------------------------------------------------


def test_A1_a_signature_of_the_authors_domain_proves_him_whatever_the_envelope_says(dns: DnsServer) -> None:
    results = _ask(dns, _signed("buyer.example"), reverse_path="srs0=x=y=evil.example=z@forwarder.example")
    assert (results.is_aligned, results.dkim_aligned, results.source) == (True, True, "own")


def test_one_question_is_enough_for_a_signature_of_the_authors_domain(dns: DnsServer) -> None:
    _ask(dns, _signed("buyer.example"))
    assert dict(dns.asked) == {("s1._domainkey.buyer.example", "TXT"): 1}


def test_a_signature_of_the_same_organisation_proves_him(dns: DnsServer) -> None:
    assert _ask(dns, _signed("mail.buyer.example")).is_aligned


def test_a_signature_of_the_same_organisation_does_not_where_the_domain_wants_it_strict(dns: DnsServer) -> None:
    dns.add("_dmarc.buyer.example", "TXT", "v=DMARC1; p=none; adkim=s")
    assert not _ask(dns, _signed("mail.buyer.example"), peer=Peer(ip=None, helo=None)).is_aligned


def test_T39_a_signature_of_another_domain_proves_nothing(dns: DnsServer) -> None:
    results = _ask(dns, _signed("evil.example"))
    assert not results.is_aligned
    assert [(each.domain, each.result) for each in results.dkim] == [("evil.example", AuthResult.PASS)]


def test_T39_a_signature_that_does_not_cover_the_message_proves_nothing(dns: DnsServer) -> None:
    assert not _ask(dns, _signed("buyer.example", fields=["from", "date"])).is_aligned


def test_T39_of_fifty_signatures_five_are_looked_at_and_the_authors_own_first(dns: DnsServer) -> None:
    octets = _signed("buyer.example")
    for _ in range(50):
        octets = _signed("evil.example", octets)
    results = _ask(dns, octets)
    assert results.is_aligned
    assert [each.domain for each in results.dkim] == ["buyer.example"]


def test_T39_fifty_false_signatures_cost_five_looks(dns: DnsServer) -> None:
    octets = _mail()
    for number in range(50):
        dns.add(f"s1._domainkey.d{number}.example", "TXT", dkim_record(signing_key("evil.example")))
        octets = sign(octets, f"d{number}.example", "s1", signing_key("evil.example"))
    results = _ask(dns, octets, peer=Peer(ip=None, helo=None))
    assert len(results.dkim) == 5
    assert sum(count for (name, _), count in dns.asked.items() if "_domainkey" in name) == 5


def test_T41_a_mail_that_a_forwarder_passed_on_is_proven_by_its_signature(dns: DnsServer) -> None:
    octets = b"Received: from forwarder.example\r\nX-Forwarded: yes\r\n" + _signed("buyer.example")
    results = _ask(dns, octets, peer=Peer(ip="198.51.100.9", helo="forwarder.example"), reverse_path=_ANNA)
    assert results.is_aligned


def test_every_signature_that_was_looked_at_is_told_for_helpdesks(dns: DnsServer) -> None:
    results = _ask(dns, _signed("esp.example"), reverse_path="b@esp.example")
    assert (results.spf, results.spf_addr_spec) == (AuthResult.PASS, "b@esp.example")
    assert [(each.domain, each.result, each.covers_message) for each in results.dkim] == [
        ("esp.example", AuthResult.PASS, True)
    ]


# --- SPF ------------------------------------------------------------------------------------------------------------


def test_A2_without_signature_and_policy_the_envelope_of_the_author_himself_proves_him(dns: DnsServer) -> None:
    results = _ask(dns, _mail(), reverse_path="Anna@Buyer.example")
    assert (results.spf_exact, results.is_aligned) == (True, True)


def test_T34_another_mailbox_of_the_same_provider_proves_nothing(dns: DnsServer) -> None:
    results = _ask(dns, _mail(), reverse_path="eve@buyer.example")
    assert (results.spf, results.spf_aligned, results.is_aligned) == (AuthResult.PASS, True, False)


def test_T34_spf_of_another_domain_proves_nothing(dns: DnsServer) -> None:
    results = _ask(dns, _mail(), reverse_path="anna@evil.example")
    assert (results.spf, results.spf_aligned, results.is_aligned) == (AuthResult.PASS, False, False)


def test_T34_a_chosen_mail_from_with_a_replayed_signature_of_somebody_else_proves_nothing(dns: DnsServer) -> None:
    results = _ask(dns, _signed("evil.example"), reverse_path=_ANNA, peer=Peer(ip="198.51.100.9", helo="x.example"))
    assert (results.spf, results.is_aligned) == (AuthResult.FAIL, False)


def test_an_unknown_client_is_not_asked_about(dns: DnsServer) -> None:
    results = _ask(dns, _mail(), reverse_path=_ANNA, peer=Peer(ip=None, helo=None))
    assert (results.spf, results.is_aligned) == (AuthResult.NONE, False)
    assert ("buyer.example", "TXT") not in dns.asked


def test_the_null_reverse_path_is_never_the_author(dns: DnsServer) -> None:
    results = _ask(dns, _mail(), reverse_path=None)
    assert (results.spf_addr_spec, results.spf_aligned, results.is_aligned) == (None, True, False)


# --- DMARC ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "policy", "fails"),
    [
        ("v=DMARC1; p=reject", DmarcPolicy.REJECT, True),
        ("v=DMARC1; p=quarantine", DmarcPolicy.QUARANTINE, True),
        ("v=DMARC1; p=none", DmarcPolicy.NONE, False),
    ],
)
def test_a_forgery_fails_the_policy_of_the_domain_it_names(
    dns: DnsServer, record: str, policy: DmarcPolicy, fails: bool
) -> None:
    dns.add("_dmarc.buyer.example", "TXT", record)
    results = _ask(dns, _signed("evil.example"), reverse_path="eve@evil.example")
    assert (results.dmarc_policy, results.fails_own_policy) == (policy, fails)


def test_aligned_spf_satisfies_the_policy_and_still_proves_no_mailbox(dns: DnsServer) -> None:
    dns.add("_dmarc.buyer.example", "TXT", "v=DMARC1; p=reject")
    results = _ask(dns, _mail(), reverse_path="eve@mail.buyer.example")
    assert (results.fails_own_policy, results.is_aligned) == (False, False)


def test_aligned_spf_does_not_satisfy_a_policy_that_wants_it_strict(dns: DnsServer) -> None:
    dns.add("_dmarc.buyer.example", "TXT", "v=DMARC1; p=reject; aspf=s")
    assert _ask(dns, _mail(), reverse_path="eve@mail.buyer.example").fails_own_policy


def test_a_mail_without_a_single_author_is_aligned_with_nothing(dns: DnsServer) -> None:
    results = _ask(dns, _signed("buyer.example"), author=None)
    assert (results.author_domain, results.is_aligned, results.dmarc_policy) == ("", False, DmarcPolicy.NONE)


def test_an_author_in_an_international_domain_is_compared_by_its_a_label(dns: DnsServer) -> None:
    dns.add("s1._domainkey.xn--w-uga1v8h.example", "TXT", dkim_record(signing_key("zolw")))
    octets = sign(_mail(), "xn--w-uga1v8h.example", "s1", signing_key("zolw"))
    results = _ask(dns, octets, author="anna@żółw.example")
    assert (results.author_domain, results.is_aligned) == ("xn--w-uga1v8h.example", True)


# --- what can not be asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sick", ["s1._domainkey.buyer.example", "buyer.example"])
def test_A3_T40_what_can_not_be_asked_is_unavailable_and_not_unauthenticated(dns: DnsServer, sick: str) -> None:
    dns.misbehave(sick, Misbehaviour.SERVFAIL)
    with pytest.raises(AuthenticationUnavailable):
        _ask(dns, _signed("buyer.example"))


def test_a_policy_that_can_not_be_asked_for_is_unavailable(dns: DnsServer) -> None:
    dns.misbehave("_dmarc.buyer.example", Misbehaviour.SERVFAIL)
    with pytest.raises(AuthenticationUnavailable):
        _ask(dns, _mail(), reverse_path="eve@evil.example")


def test_a_dns_failure_of_another_signature_does_not_matter_once_the_author_is_proven(dns: DnsServer) -> None:
    dns.misbehave("esp.example", Misbehaviour.SERVFAIL)
    assert _ask(dns, _signed("esp.example", _signed("buyer.example"))).is_aligned


def test_a_dns_failure_of_a_signature_does_not_matter_when_the_envelope_proves_him(dns: DnsServer) -> None:
    dns.misbehave("s1._domainkey.buyer.example", Misbehaviour.SERVFAIL)
    assert _ask(dns, _signed("buyer.example"), reverse_path=_ANNA).is_aligned


def test_T40_all_questions_of_a_mail_share_one_deadline(dns: DnsServer) -> None:
    octets = _mail()
    for number in range(5):
        dns.misbehave(f"d{number}.example", Misbehaviour.SILENT)
        octets = sign(octets, f"d{number}.example", "s1", signing_key("evil.example"))
    with pytest.raises(AuthenticationUnavailable):
        _ask(dns, octets, peer=Peer(ip=None, helo=None), deadline=timedelta(seconds=0.3))
    assert len(dns.asked) == 1  # the first used it up


def test_what_was_proven_by_smtp_auth_asks_nothing(dns: DnsServer) -> None:
    results = _ask(dns, _signed("evil.example"), peer=Peer(ip=_IP, helo="x", authenticated_as=_ANNA))
    assert (results.author_domain, dns.asked.total()) == ("buyer.example", 0)


def test_smtp_auth_as_somebody_else_skips_no_question(dns: DnsServer) -> None:
    _ask(dns, _signed("buyer.example"), peer=Peer(ip=_IP, helo="x", authenticated_as="eve@buyer.example"))
    assert dns.asked.total() == 1


# --- a trusted front ------------------------------------------------------------------------------------------------


def test_the_front_vouches_for_spf_that_only_it_could_see(dns: DnsServer) -> None:
    said = _said(f"{_ID}; spf=pass smtp.mailfrom={_ANNA}")
    results = _ask(dns, _mail(), peer=_FRONT, reverse_path=_ANNA, front_fields=said)
    assert (results.spf_exact, results.source) == (True, _ID)


def test_a_front_that_names_only_the_domain_means_the_envelope(dns: DnsServer) -> None:
    said = _said(f"{_ID}; spf=pass smtp.mailfrom=buyer.example")
    proven = _ask(dns, _mail(), peer=_FRONT, reverse_path=_ANNA, front_fields=said)
    other = _ask(dns, _mail(), peer=_FRONT, reverse_path="eve@buyer.example", front_fields=said)
    assert (proven.is_aligned, other.is_aligned) == (True, False)


def test_T38_the_same_words_from_a_peer_that_is_no_front_prove_nothing(dns: DnsServer) -> None:
    said = _said(f"{_ID}; spf=pass smtp.mailfrom={_ANNA}; dkim=pass header.d=buyer.example")
    peer = Peer(ip="198.51.100.9", helo="x.example")
    results = _ask(dns, _mail(), peer=peer, reverse_path=_ANNA, front_fields=said)
    assert (results.is_aligned, results.source) == (False, "own")


def test_T38_a_forged_field_below_the_fronts_own_is_not_read(dns: DnsServer) -> None:
    said = _said(f"{_ID}; spf=fail smtp.mailfrom={_ANNA}", f"{_ID}; spf=pass smtp.mailfrom={_ANNA}")
    assert not _ask(dns, _mail(), peer=_FRONT, reverse_path=_ANNA, front_fields=said).is_aligned


def test_W11_without_the_fronts_field_only_our_own_check_counts(dns: DnsServer) -> None:
    said = _said(f"other.example; spf=pass smtp.mailfrom={_ANNA}")
    unsigned = _ask(dns, _mail(), peer=_FRONT, reverse_path=_ANNA, front_fields=said)
    signed = _ask(dns, _signed("buyer.example"), peer=_FRONT, reverse_path=_ANNA, front_fields=said)
    assert (unsigned.is_aligned, signed.is_aligned, signed.source) == (False, True, "own")


def test_the_front_vouches_for_a_signature_that_it_broke_itself(dns: DnsServer) -> None:
    octets = _signed("buyer.example").replace(b"Is it blue", b"[external] Is it blue")
    said = _said(f"{_ID}; dkim=pass header.d=buyer.example")
    vouched = _ask(dns, octets, peer=_FRONT, front_fields=said)
    alone = _ask(dns, octets, peer=_FRONT)
    assert (vouched.dkim_aligned, alone.dkim_aligned) == (True, False)


def test_T39_the_front_vouches_for_no_signature_that_does_not_cover_the_message(dns: DnsServer) -> None:
    octets = _signed("buyer.example", fields=["from"]).replace(b"Is it blue", b"[external]")
    said = _said(f"{_ID}; dkim=pass header.d=buyer.example")
    assert not _ask(dns, octets, peer=_FRONT, front_fields=said).is_aligned


def test_the_front_vouches_for_no_signature_that_is_not_there(dns: DnsServer) -> None:
    said = _said(f"{_ID}; dkim=pass header.d=buyer.example")
    assert not _ask(dns, _mail(), peer=_FRONT, front_fields=said).is_aligned


def test_dmarc_that_the_front_saw_pass_does_not_fail_here_and_proves_no_mailbox(dns: DnsServer) -> None:
    dns.add("_dmarc.buyer.example", "TXT", "v=DMARC1; p=reject")
    said = _said(f"{_ID}; dmarc=pass header.from=buyer.example")
    results = _ask(dns, _mail(), peer=_FRONT, front_fields=said)
    assert (results.fails_own_policy, results.is_aligned) == (False, False)


def test_a_front_that_could_not_ask_is_unavailable(dns: DnsServer) -> None:
    said = _said(f"{_ID}; spf=temperror smtp.mailfrom={_ANNA}")
    with pytest.raises(AuthenticationUnavailable):
        _ask(dns, _mail(), peer=_FRONT, reverse_path=_ANNA, front_fields=said)


def test_a_front_that_tells_the_client_is_checked_by_our_own_spf_where_it_says_nothing(dns: DnsServer) -> None:
    peer = Peer(ip=_IP, helo="mail.buyer.example", is_trusted_front=True)
    assert _ask(dns, _mail(), peer=peer, reverse_path=_ANNA).spf_exact
