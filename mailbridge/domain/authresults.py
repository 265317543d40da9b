"""Who wrote: what SPF, DKIM, DMARC and a trusted front say, in the words of RFC 8601.

Only the values. They are made by `path/authenticate.py` and weighed by `policy/originator.py` (design.md D9).
"""

import enum
from dataclasses import dataclass


class AuthResult(enum.Enum):
    """RFC 8601 §2.7, reduced to what a decision needs."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"
    TEMPERROR = "temperror"


class DmarcPolicy(enum.Enum):
    """The policy published for the author's domain (RFC 7489 §6.3); NONE also where there is no record."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimSignature:
    """One DKIM signature that was looked at (RFC 6376)."""

    #: d= in lower case
    domain: str
    #: what the check of this signature gave (RFC 8601)
    result: AuthResult
    #: True when l= is absent and From, To or Cc as present, Subject are signed, so that it may prove an author (T-39)
    covers_message: bool = True
    #: lower-case names of the signed header fields
    signed_fields: frozenset[str] = frozenset()
    #: why it does not pass, for the log; "" when it passes
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthResults:
    """Everything known about the origin of one message. The domain of From is `author_domain`."""

    #: lower-case domain of the single From mailbox; "" when there is none
    author_domain: str = ""
    #: SPF of the reverse-path's domain for the peer's address; NONE when the peer is unknown or it was not needed
    spf: AuthResult = AuthResult.NONE
    #: addr-spec SPF was asked for; None for the null reverse-path
    spf_addr_spec: str | None = None
    #: every signature that was looked at, in the order of the fields
    dkim: tuple[DkimSignature, ...] = ()
    #: DMARC policy of author_domain
    dmarc_policy: DmarcPolicy = DmarcPolicy.NONE
    #: True when a passing, covering DKIM signature is aligned with author_domain (RFC 7489 §3.1.1)
    dkim_aligned: bool = False
    #: True when SPF passes and MAIL FROM equals From exactly (D9: SPF proves a domain, not a mailbox)
    spf_exact: bool = False
    #: True when SPF passes for a domain aligned with author_domain (counts for the policy of DMARC only)
    spf_aligned: bool = False
    #: "own" or the authserv-id of the front that was believed
    source: str = "own"

    @property
    def is_aligned(self) -> bool:
        """True when the author is proven: aligned DKIM, or SPF with MAIL FROM equal to From."""
        return self.dkim_aligned or self.spf_exact

    @property
    def fails_own_policy(self) -> bool:
        """True when DMARC fails and the author's domain asks for quarantine or reject (RFC 7489 §6.3)."""
        return not (self.dkim_aligned or self.spf_aligned) and self.dmarc_policy is not DmarcPolicy.NONE
