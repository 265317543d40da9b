"""Who wrote: asks DKIM, SPF, DMARC and a trusted front, and says what they prove (design.md D9, T-34 to T-41).

The cheapest proof first, and no question more than needed: an aligned DKIM signature ends it; then SPF, where the
client's address is known; then the policy of the author's domain. Where nothing proves the author and something could
not be asked, `AuthenticationUnavailable`. Does not decide what follows from it: that is `policy/originator.py`.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from mailbridge.domain.authresults import AuthResult, AuthResults, DkimSignature
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.message import Message
from mailbridge.errors import AuthenticationUnavailable
from mailbridge.path import dkim_check
from mailbridge.path.dkim_check import Signature, Signed
from mailbridge.path.dmarc import NO_RECORD, Alignment, DmarcRecord, find_record, is_aligned, to_ascii
from mailbridge.path.resolver import Resolver
from mailbridge.path.spf_check import check_spf
from mailbridge.path.trusted_front import FrontWord, read_front

_MAX_SIGNATURES = 5  # T-39
_OWN = "own"


@dataclass(slots=True)
class _Inquiry:
    """One message while it is being asked about."""

    envelope: Envelope
    message: Message
    #: A-label
    author_domain: str
    until: float
    front: FrontWord | None
    signed: Signed
    results: AuthResults
    #: looked up once
    record: DmarcRecord | None = None
    #: what could not be asked
    unanswered: list[str] = field(default_factory=list)


class Authenticator:
    """Thread-safe. `authserv_id` is the trusted front's, "" for none; `deadline` is for all questions of a mail."""

    def __init__(
        self, resolver: Resolver, *, authserv_id: str = "", deadline: timedelta = timedelta(seconds=10)
    ) -> None:
        self._resolver = resolver
        self._authserv_id = authserv_id
        self._deadline = deadline

    def authenticate(self, envelope: Envelope, message: Message) -> AuthResults:
        """Say what is known about the origin of this mail. Raises AuthenticationUnavailable."""
        author = message.author
        domain = to_ascii(author.addr_spec.rpartition("@")[2]) if author is not None else ""
        if author is not None and _same_mailbox(envelope.peer.authenticated_as or "", author.addr_spec):
            return AuthResults(author_domain=domain)  # proven by AUTH: no question needed
        believes_front = bool(self._authserv_id) and envelope.peer.is_trusted_front
        inquiry = _Inquiry(
            envelope=envelope,
            message=message,
            author_domain=domain,
            until=self._resolver.monotonic() + self._deadline.total_seconds(),
            front=read_front(message, self._authserv_id) if believes_front else None,
            signed=dkim_check.read_signatures(envelope.content),
            results=AuthResults(author_domain=domain),
        )
        if inquiry.front is not None:
            inquiry.results = replace(inquiry.results, source=self._authserv_id)
        self._ask_dkim(inquiry)
        if not inquiry.results.dkim_aligned:
            self._ask_spf(inquiry)
        if not inquiry.results.is_aligned:
            self._ask_policy(inquiry)
            if inquiry.unanswered:
                raise AuthenticationUnavailable("; ".join(inquiry.unanswered))
        return inquiry.results

    def _ask_dkim(self, inquiry: _Inquiry) -> None:
        """Look at signatures, the most promising first, until one proves the author."""
        looked_at: list[DkimSignature] = []
        if inquiry.front is not None:
            looked_at += _signatures_of_front(inquiry.front, inquiry.signed)
        is_proven = any(self._proves_author(each, inquiry) for each in looked_at)
        for signature in () if is_proven else _most_promising(inquiry):
            checked = self._verify(signature, inquiry)
            looked_at.append(checked)
            if self._proves_author(checked, inquiry):
                is_proven = True
                break
        looked_at += inquiry.signed.unreadable[: max(0, _MAX_SIGNATURES - len(looked_at))]
        inquiry.results = replace(inquiry.results, dkim=tuple(looked_at), dkim_aligned=is_proven)

    def _verify(self, signature: Signature, inquiry: _Inquiry) -> DkimSignature:
        checked = dkim_check.verify(
            inquiry.signed,
            signature,
            now=inquiry.envelope.received_at,
            resolver=self._resolver,
            until=inquiry.until,
        )
        if checked.result is AuthResult.TEMPERROR:
            inquiry.unanswered.append(checked.detail)
        return checked

    def _proves_author(self, checked: DkimSignature, inquiry: _Inquiry) -> bool:
        """RFC 7489 §3.1.1: the record is only asked for when the domains are related and not the same."""
        if checked.result is not AuthResult.PASS or not checked.covers_message:
            return False
        if checked.domain == inquiry.author_domain:
            return bool(inquiry.author_domain)
        if not is_aligned(checked.domain, inquiry.author_domain, Alignment.RELAXED):
            return False
        record = self._record(inquiry)
        return record is not None and is_aligned(checked.domain, inquiry.author_domain, record.dkim_alignment)

    def _ask_spf(self, inquiry: _Inquiry) -> None:
        """SPF proves the author only when MAIL FROM is From exactly; alignment counts for the policy of DMARC only."""
        envelope, front = inquiry.envelope, inquiry.front
        result: AuthResult
        if front is not None and front.spf is not AuthResult.NONE:
            result, addr_spec = front.spf, _spf_identity(front, envelope)
        else:
            addr_spec = envelope.reverse_path
            result = check_spf(envelope.peer, addr_spec, resolver=self._resolver, until=inquiry.until)
        if result is AuthResult.TEMPERROR:
            inquiry.unanswered.append("SPF")
        author = inquiry.message.author
        is_exact = (
            result is AuthResult.PASS
            and author is not None
            and addr_spec is not None
            and _same_mailbox(addr_spec, author.addr_spec)
        )
        inquiry.results = replace(
            inquiry.results, spf=result, spf_addr_spec=addr_spec, spf_exact=is_exact, spf_aligned=is_exact
        )

    def _ask_policy(self, inquiry: _Inquiry) -> None:
        """What the author's domain asks for, and whether SPF at least satisfies that."""
        record = self._record(inquiry)
        if record is None:
            return
        results, front = inquiry.results, inquiry.front
        domain = _spf_domain(results, inquiry.envelope)
        is_spf_aligned = results.spf is AuthResult.PASS and is_aligned(
            domain, inquiry.author_domain, record.spf_alignment
        )
        if front is not None and front.dmarc_passes_for and front.dmarc_passes_for == inquiry.author_domain:
            is_spf_aligned = True  # the front saw DMARC pass: no failure, and still no proof of a mailbox
        inquiry.results = replace(results, dmarc_policy=record.policy, spf_aligned=is_spf_aligned)

    def _record(self, inquiry: _Inquiry) -> DmarcRecord | None:
        """The DMARC record, NO_RECORD where there is none; None where it could not be asked."""
        if inquiry.record is None and not inquiry.author_domain:
            inquiry.record = NO_RECORD
        if inquiry.record is None:
            try:
                inquiry.record = find_record(inquiry.author_domain, self._resolver, until=inquiry.until)
            except AuthenticationUnavailable as why:
                inquiry.unanswered.append(str(why))
        return inquiry.record


def _most_promising(inquiry: _Inquiry) -> list[Signature]:
    """At most five signatures: of the author's own domain first, then of its organisation, then the others (T-39)."""

    def rank(signature: Signature) -> int:
        if signature.domain == inquiry.author_domain:
            return 0
        return 1 if is_aligned(signature.domain, inquiry.author_domain, Alignment.RELAXED) else 2

    return sorted(inquiry.signed.signatures, key=rank)[:_MAX_SIGNATURES]


def _signatures_of_front(front: FrontWord, signed: Signed) -> list[DkimSignature]:
    """The front's dkim= results; what they cover is read from the fields themselves, because the front does not say."""
    found = []
    for each in front.dkim:
        matching = [signature for signature in signed.signatures if signature.domain == each.domain]
        covers = bool(matching) and all(signed.covers_message(s) for s in matching)
        found.append(DkimSignature(domain=each.domain, result=each.result, covers_message=covers, detail="front"))
    return found


def _spf_identity(front: FrontWord, envelope: Envelope) -> str | None:
    """The addr-spec that the front's spf= is about; a front that names only the domain means the envelope's."""
    if "@" in front.spf_mail_from:
        return front.spf_mail_from
    own = envelope.reverse_path
    if own is not None and to_ascii(own.rpartition("@")[2]) == to_ascii(front.spf_mail_from):
        return own
    return None


def _spf_domain(results: AuthResults, envelope: Envelope) -> str:
    """RFC 7489 §3.1.2: the domain of MAIL FROM; of HELO when it is null."""
    if results.spf_addr_spec is not None:
        return to_ascii(results.spf_addr_spec.rpartition("@")[2])
    return to_ascii(envelope.peer.helo or "") if envelope.reverse_path is None and results.source == _OWN else ""


def _same_mailbox(one: str, other: str) -> bool:
    one_local, _, one_domain = one.rpartition("@")
    other_local, _, other_domain = other.rpartition("@")
    return one_local.lower() == other_local.lower() and to_ascii(one_domain) == to_ascii(other_domain)
