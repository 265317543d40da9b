"""SPF: may this client send for the reverse-path's domain (RFC 7208). The one door of pyspf.

pyspf evaluates; every question goes through our resolver, so cache, deadline and limits are ours. Is asked only when
the client's address is known, and only when DKIM did not prove the author. Does not compare with From:
`authenticate.py` does.
"""

from typing import Any

import spf
from typing_extensions import override

from mailbridge.domain.authresults import AuthResult
from mailbridge.domain.envelope import Peer
from mailbridge.errors import AuthenticationUnavailable
from mailbridge.path.dmarc import to_ascii
from mailbridge.path.resolver import Resolver

#: more text than any honest domain publishes costs more to evaluate than it can prove (T-40)
_MAX_ANSWER_OCTETS = 16 * 1024
_RESULTS = {
    "pass": AuthResult.PASS,
    "fail": AuthResult.FAIL,
    "softfail": AuthResult.FAIL,
    "permerror": AuthResult.FAIL,
    "temperror": AuthResult.TEMPERROR,
}


class Query(spf.query):  # type: ignore[misc]  # pyspf ships no types
    """pyspf's evaluation with our questions."""

    def __init__(self, *, ip: str, addr_spec: str, helo: str, resolver: Resolver, until: float) -> None:
        super().__init__(i=ip, s=addr_spec, h=helo, strict=True)
        self._resolver = resolver
        self._until = until

    @override
    def dns(self, name: str, qtype: str, cnames: Any = None, ignore_void: bool = False) -> list[Any]:
        """Ask; CNAMEs are followed by the name server. Counts void look-ups (RFC 7208 §4.6.4)."""
        try:
            records = self._resolver.ask(name, qtype, until=self._until).records
        except AuthenticationUnavailable as why:
            raise spf.TempError(str(why)) from why
        if not records and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError(f"Void lookup limit of {spf.MAX_VOID_LOOKUPS} exceeded")
        if sum(map(len, records)) > _MAX_ANSWER_OCTETS:
            raise spf.PermError(f"answer of more than {_MAX_ANSWER_OCTETS} octets")
        return [_as_pyspf_wants(record, qtype) for record in records]

    @override
    def validated_ptrs(self) -> list[str]:
        """The client's own names; an error while asking for one skips it (RFC 7208 §5.5), where pyspf gives up."""
        try:
            names = self.dns_ptr(self.i)[: spf.MAX_PTR]
        except spf.TempError:
            return []
        return [name for name in names if self._belongs_to_client(name)]

    def _belongs_to_client(self, name: str) -> bool:
        try:
            return bool(self.cidrmatch(self.dns_a(name, self.A), self.cidrmax))
        except spf.TempError:
            return False


def _as_pyspf_wants(record: bytes, qtype: str) -> Any:
    if qtype == "TXT":
        return (record,)
    text = record.decode("ascii")
    if qtype == "MX":
        preference, _, exchange = text.partition(" ")
        return int(preference), exchange
    return text


def check_spf(peer: Peer, reverse_path: str | None, *, resolver: Resolver, until: float) -> AuthResult:
    """The result for MAIL FROM, or for HELO when it is null (RFC 7208 §2.4); NONE when the client's address is unknown.

    Never raises; TEMPERROR stands for a DNS failure. Whatever pyspf trips over is FAIL: unauthenticated (T-40).
    """
    if peer.ip is None:
        return AuthResult.NONE
    helo = to_ascii(peer.helo or "")
    addr_spec = ""
    if reverse_path is not None:
        local_part, _, domain = reverse_path.rpartition("@")
        addr_spec = f"{local_part}@{to_ascii(domain)}"
    if not (helo if reverse_path is None else to_ascii(addr_spec.rpartition("@")[2])):
        return AuthResult.NONE
    try:
        query = Query(ip=peer.ip, addr_spec=addr_spec, helo=helo or "unknown", resolver=resolver, until=until)
        result, _, _ = query.check()
    except Exception:  # noqa: BLE001  # pyspf parses what a stranger published: an accident in it proves nobody (T-40)
        return AuthResult.FAIL
    return _RESULTS.get(result, AuthResult.NONE)
