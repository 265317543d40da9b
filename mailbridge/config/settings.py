"""Settings: one dataclass field per setting of `mailbridge.toml`, each with kind, default and doc.

The tables of the file are the classes here; the reference, the starter file and every error message are made from these
fields. Does not read the file: that is `config/read.py`.
"""

import dataclasses
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Final

from mailbridge.config import kinds
from mailbridge.config.declare import required, setting, table
from mailbridge.config.kinds import FieldPattern, ListenAddress, Network, Secret, UnixSocket
from mailbridge.config.textsettings import AcknowledgementSettings, TemplateSettings
from mailbridge.config.websettings import WebSettings
from mailbridge.domain.address import RealAddress

LANGUAGES: Final = ("en", "pl", "it", "de")


@table
class BridgeSettings:
    """Who this bridge is, where it keeps its data, and who is in charge of it."""

    hostname: str = required(
        kinds.HOST, "The name this bridge says in its greeting and in EHLO; it should resolve to this machine and back."
    )
    operator: RealAddress = required(
        kinds.ADDRESS,
        (
            "Mailbox of the person in charge. Mail to postmaster@ and abuse@ of every alias domain and of the "
            "hostname, answers to notices, and the daily list of held mail go there. It is no address of this bridge."
        ),
    )
    data_folder: Path = setting(
        kinds.PATH, "Folder of the database and the lock file; made when missing.", default="data"
    )
    key_file: Path = setting(
        kinds.PATH,
        (
            "File of the master key that seals addresses and content. Made by `mailbridge key new`; mode 600. Keep a "
            "copy apart from the backups: without it nothing can be read."
        ),
        default="mailbridge.key",
    )
    language: str = setting(
        kinds.choice(*LANGUAGES),
        "Language of mail to the person in charge, and of last resort for everybody else.",
        default="en",
    )
    digest_at: time = setting(
        kinds.TIME_OF_DAY,
        "When the daily list of held mail is sent, in UTC. Nothing is sent on a day without held mail.",
        default="07:00",
    )
    confirm_within: timedelta = setting(
        kinds.duration("1h", "60d"), 'How long the answer to a "was this you?" mail is accepted.', default="7d"
    )
    review_within: timedelta = setting(kinds.duration("1h", "90d"), "Older reviews are told by an alert.", default="3d")
    stop_grace: timedelta = setting(
        kinds.duration("0s", "10m"),
        "How long mail in flight may take to finish when the bridge is told to stop.",
        default="20s",
    )
    processes: int = setting(
        kinds.whole(0, 64),
        (
            "How many processes share the work, each with its share of the connections. 0 takes one for each core this "
            "bridge may run on, at most 8."
        ),
        default=0,
    )
    own_cores: bool = setting(
        kinds.SWITCH,
        (
            "Whether each of several processes keeps to a core of its own, which takes less work for each mail. Turn "
            "it off where other programs that keep to a core run beside the bridge."
        ),
        default=True,
    )


@table
class ListenSettings:
    """The doors that wait for connections, and what they put up with."""

    smtp: ListenAddress | None = setting(kinds.LISTEN, "SMTP door.", default="127.0.0.1:2525")
    lmtp: ListenAddress | UnixSocket | None = setting(
        kinds.LISTEN_OR_SOCKET, "LMTP door, for a mail server in front that hands over by LMTP.", default=""
    )
    lmtp_mends_line_endings: bool = setting(
        kinds.SWITCH, "Whether the LMTP door mends bare CR and LF of the front instead of refusing them.", default=False
    )
    web: ListenAddress | None = setting(
        kinds.LISTEN,
        "Web endpoint: /healthz and /metrics. Keep it on loopback or a private network.",
        default="127.0.0.1:8025",
    )
    tls_certificate: Path | None = setting(
        kinds.optional(kinds.FILE), "Certificate chain (PEM) for STARTTLS at the SMTP and LMTP doors.", default=""
    )
    tls_key: Path | None = setting(
        kinds.optional(kinds.PRIVATE_FILE), "Private key (PEM) of the certificate; mode 600.", default=""
    )
    requires_tls: bool = setting(
        kinds.SWITCH, "Whether a client must use STARTTLS before MAIL; trusted fronts need not.", default=False
    )
    max_message_octets: int = setting(
        kinds.size("64KiB", "256MiB"),
        (
            "Biggest message taken, announced as SIZE. Keep it below what the smarthost takes: a relayed mail may be "
            "a little bigger than it came in."
        ),
        default="24MiB",
    )
    max_recipients: int = setting(kinds.whole(1, 1000), "Most recipients of one mail.", default=100)
    max_connections: int = setting(
        kinds.whole(1, 10_000), "Most connections at the same time, all doors together.", default=1000
    )
    max_connections_per_peer: int = setting(
        kinds.whole(1, 10_000),
        "Most connections at the same time from one address that is no trusted front.",
        default=30,
    )
    max_errors: int = setting(
        kinds.whole(1, 1000), "After so many refused commands a connection is closed.", default=20
    )
    command_timeout: timedelta = setting(
        kinds.duration("1s", "30m"), "Longest wait for the next command (RFC 5321 asks for 5m).", default="5m"
    )
    slowest_octets_per_second: int = setting(
        kinds.whole(0, 1_000_000), "A message that comes in slower than this for a minute is broken off.", default=500
    )
    receive_threads: int = setting(
        kinds.whole(1, 1000), "How many messages are worked on at the same time; most of them wait for DNS.", default=64
    )
    trusted_fronts: tuple[Network, ...] = setting(
        kinds.many(kinds.NETWORK),
        (
            "Mail servers in front of the bridge: their XFORWARD and XCLIENT, Authentication-Results and spam field "
            "are believed. Nobody else's are."
        ),
        default=[],
    )
    authserv_id: str = setting(
        kinds.TEXT,
        (
            "The authserv-id of the trusted front: only the topmost Authentication-Results with this id is believed. "
            '"" believes none.'
        ),
        default="",
    )
    spam_field: FieldPattern | None = setting(
        kinds.FIELD_PATTERN,
        "Header field by which the trusted front marks spam, and how its body starts. Marked first mails are held.",
        default="",
    )


@table
class StoreSettings:
    """Where the record is kept."""

    url: str = setting(
        kinds.TEXT,
        (
            'Database: "" for SQLite in the data folder, "sqlite:///path/to/file", or '
            '"postgresql+psycopg://user@host/name" with the password in a .pgpass file.'
        ),
        default="",
    )


@table
class DnsSettings:
    """Who answers DNS questions (SPF, DKIM, DMARC)."""

    nameservers: tuple[str, ...] = setting(
        kinds.many(kinds.IP), "Resolvers to ask; an empty list takes those of the system.", default=[]
    )
    port: int = setting(kinds.whole(1, 65_535), "Port of the resolvers.", default=53)
    timeout: timedelta = setting(
        kinds.duration("100ms", "30s"),
        "Longest wait for one answer; then the author is told to try again later.",
        default="5s",
    )


@table
class RouteSettings:
    """A smarthost: the mail server that takes what the bridge sends. At least one is needed."""

    host: str = required(kinds.HOST, "Smarthost.")
    port: int = setting(
        kinds.whole(1, 65_535), 'Its port: 25, 587 (submission) or 465 (with tls = "implicit").', default=25
    )
    for_domains: tuple[str, ...] = setting(
        kinds.many(kinds.DOMAIN),
        (
            "Recipient domains this route is for; an empty list is for all that no other route names. Exactly one "
            "route has an empty list."
        ),
        default=[],
    )
    tls: str = setting(
        kinds.choice("none", "opportunistic", "required", "implicit"),
        (
            '"opportunistic" uses STARTTLS where offered, without checking the certificate; "required" and "implicit"'
            " check it."
        ),
        default="opportunistic",
    )
    ca_file: Path | None = setting(
        kinds.optional(kinds.FILE),
        "Certificates (PEM) to check the smarthost's by, instead of the system's.",
        default="",
    )
    user: str = setting(kinds.TEXT, 'Login name for AUTH; "" for none.', default="")
    password_file: Secret | None = setting(
        kinds.optional(kinds.SECRET_FILE), "File that holds the password for AUTH.", default=""
    )
    null_sender: RealAddress | None = setting(
        kinds.optional(kinds.ADDRESS),
        (
            'Reverse-path to use instead of the null one (MAIL FROM:<>), for smarthosts that refuse it. "" uses the '
            "null one, as RFC 3834 and RFC 3464 ask."
        ),
        default="",
    )
    connect_timeout: timedelta = setting(kinds.duration("1s", "5m"), "Longest wait for a connection.", default="30s")
    reply_timeout: timedelta = setting(
        kinds.duration("1s", "30m"),
        "Longest wait for a reply (RFC 5321 asks for 10m after the final dot).",
        default="10m",
    )
    connections: int = setting(kinds.whole(1, 100), "Most connections kept to this smarthost.", default=4)
    messages_per_connection: int = setting(
        kinds.whole(1, 10_000), "After so many mails a connection is closed and a new one made.", default=100
    )


@table
class DeliverySettings:
    """How long and how hard delivery is tried."""

    workers: int = setting(kinds.whole(1, 100), "How many mails are handed over at the same time.", default=8)
    expire_after: timedelta = setting(
        kinds.duration("1h", "14d"),
        "When a mail that can not be delivered is given up and its author is told.",
        default="5d",
    )
    lease: timedelta = setting(
        kinds.duration("30s", "1h"),
        "After this time a delivery whose worker died is taken up by another.",
        default="15m",
    )
    poll: timedelta = setting(
        kinds.duration("100ms", "1m"),
        "How often the queue is looked at for deliveries and intents that fell due.",
        default="1s",
    )
    undo_clock_short: timedelta = setting(
        kinds.duration("1m", "1d"),
        "Where an answer is due within this time, or late, no message waits for its seller to stop it (`undo_s`).",
        default="15m",
    )
    return_path_valid_for: timedelta = setting(
        kinds.duration("1d", "90d"), "How long a bounce to the return path of a sent mail is believed.", default="30d"
    )


@table
class DkimSettings:
    """A key that signs what the bridge sends, one table each. Without any the smarthost has to sign."""

    domain: str = required(kinds.DOMAIN, "Alias domain the key signs for.")
    selector: str = required(kinds.SELECTOR, "Selector: the record stands at SELECTOR._domainkey.DOMAIN.")
    key_file: Path = required(kinds.PRIVATE_FILE, "Private key, made by `mailbridge dkim new`; mode 600.")


@table
class ImapSettings:
    """A mailbox that is read by IMAP: a catch-all for an alias domain, where no mail server can reach the bridge."""

    host: str = required(kinds.HOST, "IMAP server.")
    user: str = required(kinds.NAME, "Login name.")
    password_file: Secret = required(kinds.SECRET_FILE, "File that holds the password.")
    port: int = setting(kinds.whole(1, 65_535), 'Port: 993 (tls = "implicit") or 143.', default=993)
    tls: str = setting(
        kinds.choice("none", "required", "implicit"),
        '"required" is STARTTLS. "none" only on loopback.',
        default="implicit",
    )
    ca_file: Path | None = setting(
        kinds.optional(kinds.FILE), "Certificates (PEM) to check the server's by, instead of the system's.", default=""
    )
    folder: str = setting(kinds.NAME, "Folder that is read.", default="INBOX")
    done_folder: str = setting(
        kinds.NAME, "Where mail goes that was taken over; made when missing.", default="Mailbridge/Done"
    )
    refused_folder: str = setting(
        kinds.NAME, "Where mail goes that was not taken; made when missing.", default="Mailbridge/Refused"
    )
    recipient_fields: tuple[str, ...] = setting(
        kinds.many(kinds.FIELD_NAME),
        "Header fields that name the envelope recipient, best first. Only such as the receiving server itself writes.",
        default=["Delivered-To", "X-Original-To", "Envelope-To"],
    )
    is_trusted_front: bool = setting(
        kinds.SWITCH,
        "Whether the receiving server's Authentication-Results (with authserv_id) and spam field are believed.",
        default=False,
    )
    poll: timedelta = setting(
        kinds.duration("5s", "1h"),
        "How often to look where the server does not offer IDLE, and to be sure where it does.",
        default="1m",
    )


@table
class RulesSettings:
    """Rule files."""

    folders: tuple[Path, ...] = setting(
        kinds.many(kinds.FOLDER), "Folders with rule packs, beside those that come with Mailbridge.", default=[]
    )


@table
class ScreeningSettings:
    """What is looked for in files beyond their texts."""

    ocr: bool = setting(
        kinds.SWITCH,
        (
            "Whether the words in pictures are read too, by Tesseract, so that rules find what is painted into them. "
            "It must be installed, and takes about a second of CPU for each picture; mail with pictures waits for it."
        ),
        default=False,
    )
    ocr_languages: tuple[str, ...] = setting(
        kinds.many(kinds.OCR_LANGUAGE),
        (
            "Languages in which it reads, the first one first; each must be installed (tesseract-ocr-pol and so on), "
            'and each takes its time: ["eng"] alone reads addresses and numbers no worse, in two thirds of the time.'
        ),
        default=["eng", "pol", "ita", "deu"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The whole of `mailbridge.toml`, checked."""

    bridge: BridgeSettings
    listen: ListenSettings = dataclasses.field(default_factory=ListenSettings)
    store: StoreSettings = dataclasses.field(default_factory=StoreSettings)
    dns: DnsSettings = dataclasses.field(default_factory=DnsSettings)
    #: at least one; exactly one without for_domains
    route: tuple[RouteSettings, ...]
    delivery: DeliverySettings = dataclasses.field(default_factory=DeliverySettings)
    dkim: tuple[DkimSettings, ...] = ()
    imap: tuple[ImapSettings, ...] = ()
    rules: RulesSettings = dataclasses.field(default_factory=RulesSettings)
    screening: ScreeningSettings = dataclasses.field(default_factory=ScreeningSettings)
    templates: TemplateSettings = dataclasses.field(default_factory=TemplateSettings)
    web: WebSettings = dataclasses.field(default_factory=WebSettings)
    acknowledgement: AcknowledgementSettings = dataclasses.field(default_factory=AcknowledgementSettings)

    @property
    def store_url(self) -> str:
        """The database URL, with the default filled in."""
        return self.store.url or f"sqlite:///{self.bridge.data_folder.absolute() / 'mailbridge.sqlite'}"


#: table name in the file -> its class and whether it may stand several times ([[name]]); in the order of the reference
TABLES: Final[dict[str, tuple[type[object], bool]]] = {
    "bridge": (BridgeSettings, False),
    "listen": (ListenSettings, False),
    "store": (StoreSettings, False),
    "dns": (DnsSettings, False),
    "route": (RouteSettings, True),
    "delivery": (DeliverySettings, False),
    "dkim": (DkimSettings, True),
    "imap": (ImapSettings, True),
    "rules": (RulesSettings, False),
    "screening": (ScreeningSettings, False),
    "templates": (TemplateSettings, False),
    "web": (WebSettings, False),
    "acknowledgement": (AcknowledgementSettings, False),
}
