"""Bridge: what the path needs of its surroundings, given by `app.py` and, in tests, by hand.

Holds no logic. Whatever decides is in `policy`; whatever knows every part is `app.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from mailbridge.domain.acknowledgement import AckLimits
from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import ClaimedDelivery
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Marketplace
from mailbridge.path.authenticate import Authenticator
from mailbridge.path.inflight import Inflight
from mailbridge.path.mint import Mint
from mailbridge.path.slots import CpuSlots
from mailbridge.policy.ruleset import RuleSet
from mailbridge.screening.screener import Screener
from mailbridge.store.store import Store
from mailbridge.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSettings:
    """The settings that shape what the path sends."""

    #: mailbox of the person in charge: gets postmaster@, abuse@, answers to notices, digests
    operator: RealAddress
    #: language of mail to the operator
    operator_language: str
    #: domain for mail that belongs to no marketplace
    hostname: str
    #: how long a delivery is tried
    expire_after: timedelta
    #: how long a DSN to the return path of a sent mail is believed
    return_path_valid_for: timedelta
    #: biggest message taken, octets
    max_message_octets: int
    #: how long the answer to "was this you?" is accepted
    confirm_within: timedelta = timedelta(days=7)
    #: how long a buyer may use the way out that stands in mail which a seller started
    opt_out_within: timedelta = timedelta(days=90)
    #: where an answer is due within this time, or late, nothing waits to be stopped
    undo_clock_short: timedelta = timedelta(minutes=15)
    #: where the public pages stand, without "/" at the end; "" for nowhere
    public_url: str = ""
    #: header field and pattern by which a trusted front says "spam"; ("", "") for none
    spam_field: tuple[str, str] = ("", "")
    #: how often acknowledgements may go out
    ack_limits: AckLimits = field(default_factory=AckLimits)
    #: domains of mail providers whose name tells nothing about a person; lower case
    public_domains: frozenset[str] = frozenset()

    @property
    def public_host(self) -> str:
        """Host of the public pages, lower case; "" for none."""
        return (urlsplit(self.public_url).hostname or "").lower()

    @property
    def public_path(self) -> str:
        """Path of the public pages at that host, without "/" at the end; "" for none."""
        return urlsplit(self.public_url).path.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Everything `receive` and `post` may touch."""

    store: Store
    authenticator: Authenticator
    #: the rule set in force now
    rules: Callable[[], RuleSet]
    texts: Texts
    settings: PathSettings
    mint: Mint
    #: aware UTC
    clock: Callable[[], datetime]
    slots: CpuSlots
    #: looks into files, in a process of its own
    screener: Screener
    #: language code of a first contact whose buyer is unknown, of the market's languages
    language_of: Callable[[Message, Marketplace], str]
    #: given the deliveries that a commit left leased to this process
    on_committed: Callable[[tuple[ClaimedDelivery, ...]], None]
    #: where a sudden death of this process leaves what it was computing
    inflight: Inflight = field(default_factory=Inflight)
