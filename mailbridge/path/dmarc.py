"""DMARC: what the author's domain asks for, and whether a domain is aligned with it (RFC 7489 §3.1, §6.3, §6.6.3).

The record is only looked up where it can change something. `pct` is not drawn by lot: all or, for `pct=0`, one step
milder, which is also how `t=y` of its successor reads. Sends no reports. The one door of publicsuffixlist.
"""

import enum
import re
from dataclasses import dataclass
from functools import cache, lru_cache

import idna
from publicsuffixlist import PublicSuffixList

from mailbridge.domain.authresults import DmarcPolicy
from mailbridge.path.resolver import Resolver

_VERSION = re.compile(rb"v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|\Z)")
_MILDER = {DmarcPolicy.REJECT: DmarcPolicy.QUARANTINE, DmarcPolicy.QUARANTINE: DmarcPolicy.NONE}
_MAX_TAGS = 50


class Alignment(enum.Enum):
    """RFC 7489 §3.1: adkim and aspf."""

    RELAXED = "r"
    STRICT = "s"


@dataclass(frozen=True, slots=True, kw_only=True)
class DmarcRecord:
    """What a domain publishes, defaults filled in."""

    policy: DmarcPolicy = DmarcPolicy.NONE
    #: for subdomains without a record of their own
    subdomain_policy: DmarcPolicy = DmarcPolicy.NONE
    dkim_alignment: Alignment = Alignment.RELAXED
    spf_alignment: Alignment = Alignment.RELAXED


#: the domain publishes nothing
NO_RECORD = DmarcRecord()


def to_ascii(domain: str) -> str:
    """The A-label form, lower case; "" for what is no domain name (IDNA 2008: the sharp s stays itself)."""
    if domain.isascii():
        return domain.lower().rstrip(".")
    try:
        return idna.encode(domain.lower().rstrip(".")).decode("ascii")
    except idna.IDNAError:
        return ""


def spellings(domain: str) -> tuple[str, ...]:
    """The domain in both forms it may be written in, A-labels and U-labels, the given one first; lower case."""
    domain = domain.lower()
    if domain.isascii() and "xn--" not in domain:
        return (domain,)
    return _spellings(domain)


@lru_cache(maxsize=4096)
def _spellings(domain: str) -> tuple[str, ...]:
    try:
        other = idna.decode(domain) if domain.isascii() else idna.encode(domain).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return (domain,)
    return tuple(dict.fromkeys((domain, other)))


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=10_000)
def organisational_domain(domain: str) -> str:
    """The registrable domain of an A-label domain (RFC 7489 §3.2); a public suffix is its own."""
    return _suffixes().privatesuffix(domain) or domain


def is_aligned(domain: str, author_domain: str, alignment: Alignment) -> bool:
    """True when `domain` may speak for `author_domain` (RFC 7489 §3.1.1, §3.1.2); both are A-labels."""
    if not domain or not author_domain:
        return False
    if domain == author_domain:
        return True
    return alignment is Alignment.RELAXED and organisational_domain(domain) == organisational_domain(author_domain)


def find_record(author_domain: str, resolver: Resolver, *, until: float) -> DmarcRecord:
    """The record that holds for an A-label domain (RFC 7489 §6.6.3). Raises AuthenticationUnavailable."""
    record = _only_record(resolver.txt(f"_dmarc.{author_domain}", until=until))
    if record is not None:
        return record
    organisation = organisational_domain(author_domain)
    if organisation == author_domain:
        return NO_RECORD
    record = _only_record(resolver.txt(f"_dmarc.{organisation}", until=until))
    if record is None:
        return NO_RECORD
    return DmarcRecord(
        policy=record.subdomain_policy,
        subdomain_policy=record.subdomain_policy,
        dkim_alignment=record.dkim_alignment,
        spf_alignment=record.spf_alignment,
    )


def _only_record(texts: tuple[bytes, ...]) -> DmarcRecord | None:
    """RFC 7489 §6.6.3 step 5: with several records there is none."""
    found = [text for text in texts if _VERSION.match(text)]
    return read_record(found[0]) if len(found) == 1 else None


def read_record(text: bytes) -> DmarcRecord | None:
    """Read one record (RFC 7489 §6.3); None where it is none or has neither a policy nor a place for reports."""
    if not _VERSION.match(text):
        return None
    tags: dict[str, str] = {}
    for part in text.decode("ascii", "replace").split(";")[:_MAX_TAGS]:
        name, equals, value = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip().lower())
    policy = _policy(tags.get("p"))
    if policy is None:
        # RFC 7489 §6.6.3 step 6: an unreadable p= with a place for reports is p=none, without one no record at all.
        return NO_RECORD if tags.get("rua") else None
    subdomain_policy = _policy(tags.get("sp")) or policy
    if tags.get("pct") == "0" or tags.get("t") == "y":
        policy, subdomain_policy = _MILDER.get(policy, policy), _MILDER.get(subdomain_policy, subdomain_policy)
    return DmarcRecord(
        policy=policy,
        subdomain_policy=subdomain_policy,
        dkim_alignment=_alignment(tags.get("adkim")),
        spf_alignment=_alignment(tags.get("aspf")),
    )


def _policy(value: str | None) -> DmarcPolicy | None:
    return next((policy for policy in DmarcPolicy if policy.value == value), None)


def _alignment(value: str | None) -> Alignment:
    return Alignment.STRICT if value == Alignment.STRICT.value else Alignment.RELAXED
