"""The list of every event the bridge can log: name, level, meaning, fields.

Bodies, subjects and credentials have no field to stand in. How a line is written is `events/journal.py`.
"""

import enum
from dataclasses import dataclass
from typing import Final


class Level(enum.Enum):
    """Who should care."""

    #: normal work
    INFO = "info"
    #: something outside is not as it should be; the bridge copes
    WARNING = "warning"
    #: a person should look soon
    ALERT = "alert"
    #: a fault of ours or of this machine
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """What an event says."""

    level: Level
    meaning: str
    #: names out of FIELDS
    fields: tuple[str, ...] = ()
    #: fields with few values, by which the event is counted
    counted_by: tuple[str, ...] = ()
    #: field in milliseconds that goes into a histogram; "" for none
    measures: str = ""


#: every field once: name -> meaning
FIELDS: Final[dict[str, str]] = {
    "queue_id": "the accepted envelope, from the first byte on",
    "record_id": "recorded message",
    "record_ids": "recorded messages of this envelope",
    "delivery_id": "one mail to one mailbox",
    "intent_id": "something to be done later",
    "incident": "id that the client was told with 451: find the fault by it",
    "door": "smtp, lmtp, imap or command",
    "address": "our own listening address",
    "hostname": "name of this bridge",
    "version": "version of Mailbridge",
    "pid": "process id",
    "worker_pid": "process id of the process that looks into files",
    "confined": "what of the machine is kept from it",
    "languages": "languages in which it reads",
    "store": "kind of database",
    "size_octets": "size of the message",
    "replies": "SMTP reply codes, one per recipient",
    "dispositions": "what became of it, one per recipient",
    "reasons": "named reasons, one per recipient",
    "reason": "named reason",
    "hold": "why it waits for a person",
    "places": "header field names and part paths where a secret was found, never the secret",
    "tries": "how often the path ran because another commit came first",
    "ms": "milliseconds per stage",
    "total_ms": "milliseconds altogether",
    "error": "class of the exception",
    "where": "the part that met it",
    "frames": "the last places in the code, file:line:function",
    "count": "how many",
    "kind": "kind of post or intent",
    "outcome": "delivered, deferred, failed or unknown",
    "status": "enhanced status (RFC 3463)",
    "attempts": "attempts made, with this one",
    "route": "host and port of the smarthost",
    "next_attempt_s": "seconds until the next attempt; null when there is none",
    "age_s": "seconds since it was composed, or began to wait",
    "diagnostic": "what the far side said, addresses cut out",
    "result": "what became of it",
    "fingerprint": "fingerprint of the rule set",
    "rules": "number of rules",
    "rule_ids": "rules that it is about",
    "market": "name of the marketplace",
    "pack": "name of a rule pack",
    "digest": "SHA-256 of a mail as it came",
    "problems": "number of problems",
    "file": "file a person wrote",
    "line": "line in it",
    "key": "key in it",
    "problem": "what is wrong with it",
    "minted": "aliases minted",
    "command": "command a person gave",
    "object": "id it was given for",
    "seller_id": "seller on record",
    "thread_id": "conversation",
    "which": "market for the clock of the marketplace, honest for the one that minds no automatic mail",
    "step": "step that was taken: reminded, warned, barred, suspended or closed",
    "by": "id of the ladder, or person",
    "mailbox": "number of the [[imap]] table in the settings, from 1",
    "folder": "IMAP folder",
    "uid": "IMAP UID",
    "in_flight": "mails not finished",
    "command_count": "commands given in the session",
    "message_count": "messages taken in the session",
}

_INFO, _WARNING, _ALERT, _ERROR = Level.INFO, Level.WARNING, Level.ALERT, Level.ERROR


@enum.unique
class Event(enum.Enum):
    """All events; the name in the log is the member's, in lower case."""

    STARTED = EventKind(level=_INFO, meaning="The bridge has started", fields=("version", "hostname", "pid", "store"))
    LISTENING = EventKind(level=_INFO, meaning="A door is open", fields=("door", "address"))
    PROCESS_STARTED = EventKind(level=_INFO, meaning="A further process of the bridge takes mail", fields=("pid",))
    PROCESS_DIED = EventKind(
        level=_ERROR,
        meaning="A further process of the bridge ended unasked; it is started again, what it was sending is sent again",
        fields=("pid", "result"),
    )
    STOPPING = EventKind(
        level=_INFO, meaning="Told to stop: the doors close, mail in flight is finished", fields=("reason",)
    )
    STOPPED = EventKind(level=_INFO, meaning="The bridge has stopped", fields=("in_flight", "total_ms"))
    SETTINGS_REJECTED = EventKind(
        level=_ERROR,
        meaning="Settings, key, rules or templates can not be used; one line per problem",
        fields=("file", "line", "key", "problem"),
    )

    CONNECTION_REFUSED = EventKind(
        level=_WARNING, meaning="A connection was turned away", fields=("door", "reason"), counted_by=("door", "reason")
    )
    SESSION_ABORTED = EventKind(
        level=_WARNING,
        meaning="A session ended before QUIT: timeout, too many errors, broken connection",
        fields=("door", "reason", "command_count", "message_count"),
        counted_by=("door", "reason"),
    )
    RECIPIENT_REFUSED = EventKind(
        level=_INFO,
        meaning="An address was refused at RCPT",
        fields=("door", "reason", "status"),
        counted_by=("door", "reason"),
    )
    TLS_FAILED = EventKind(
        level=_WARNING,
        meaning="A TLS handshake failed at one of our doors",
        fields=("door", "error"),
        counted_by=("door",),
    )

    MESSAGE_RECEIVED = EventKind(
        level=_INFO,
        meaning="The one line about a message: what it was answered, what became of it, and how long each stage took",
        fields=(
            "queue_id",
            "door",
            "size_octets",
            "replies",
            "dispositions",
            "reasons",
            "record_ids",
            "tries",
            "incident",
            "ms",
            "total_ms",
        ),
        counted_by=("door", "dispositions"),
        measures="total_ms",
    )
    HELD = EventKind(
        level=_ALERT,
        meaning="A message waits for a person: `mailbridge held list`",
        fields=("queue_id", "record_id", "hold", "reason"),
        counted_by=("hold",),
    )
    RULE_BROKEN = EventKind(
        level=_ALERT,
        meaning="The condition of a rule can not be evaluated on a message; an enforced rule holds it",
        fields=("queue_id", "record_id", "rule_ids"),
    )
    DIRECT_MAIL_BREACH = EventKind(
        level=_WARNING,
        meaning="A direct mail that copied the marketplace breaks a rule: kept, `mailbridge thread show RECORD_ID`",
        fields=("queue_id", "record_id", "rule_ids"),
    )
    GATE_LEAK = EventKind(
        level=_ALERT,
        meaning="The leak gate found a secret in what was to be sent: held",
        fields=("queue_id", "record_id", "places"),
    )
    GATE_BROKEN = EventKind(
        level=_ERROR,
        meaning="Masker or leak gate failed by itself: held",
        fields=("queue_id", "record_id", "error", "frames"),
    )
    FAULT = EventKind(
        level=_ERROR,
        meaning="A fault of ours",
        fields=("incident", "queue_id", "where", "error", "frames"),
        counted_by=("where", "error"),
    )
    MAIL_CRASHED = EventKind(
        level=_ERROR,
        meaning="A process died while it was computing this mail; the third time the mail is set aside for a person",
        fields=("digest", "attempts"),
    )
    SCREENER_STARTED = EventKind(
        level=_INFO,
        meaning="The process that looks into files is ready; `confined` says what it can not do",
        fields=("worker_pid", "confined", "total_ms"),
    )
    SCREENER_LOST = EventKind(
        level=_WARNING,
        meaning="The process that looks into files ended over one, or can not be started; it is started again",
        fields=("reason", "error"),
        counted_by=("reason",),
    )
    OCR_READY = EventKind(
        level=_INFO,
        meaning="The program that reads words in pictures was tried and is ready; `confined` says what it can not do",
        fields=("languages", "confined", "total_ms"),
    )
    OCR_LOST = EventKind(
        level=_WARNING,
        meaning="The program that reads words in pictures ended over one, or can not be started",
        fields=("reason", "error"),
        counted_by=("reason",),
    )
    QUARANTINED = EventKind(
        level=_ALERT,
        meaning="A message that broke us several times was taken and shelved for a person",
        fields=("queue_id", "record_id", "incident", "attempts"),
    )
    AUTHENTICATION_UNAVAILABLE = EventKind(
        level=_WARNING,
        meaning="DNS or a check of the author failed for the moment: 451",
        fields=("queue_id", "reason"),
        counted_by=("reason",),
    )
    ACTION_USED = EventKind(
        level=_INFO,
        meaning="A one-use action address did its work",
        fields=("queue_id", "record_id", "kind"),
        counted_by=("kind",),
    )

    DELIVERY_ATTEMPT = EventKind(
        level=_INFO,
        meaning="The one line about an attempt to hand over a mail",
        fields=(
            "queue_id",
            "delivery_id",
            "record_id",
            "kind",
            "outcome",
            "status",
            "attempts",
            "route",
            "next_attempt_s",
            "age_s",
            "diagnostic",
            "total_ms",
        ),
        counted_by=("kind", "outcome"),
        measures="total_ms",
    )
    DELIVERY_EXPIRED = EventKind(
        level=_WARNING,
        meaning="A mail was given up; its author is told",
        fields=("delivery_id", "record_id", "kind", "attempts", "age_s"),
        counted_by=("kind",),
    )
    DELIVERY_BOUNCED = EventKind(
        level=_WARNING,
        meaning="A DSN came back for a mail that was handed over",
        fields=("queue_id", "delivery_id", "record_id", "status"),
    )
    DELIVERY_FENCED_OFF = EventKind(
        level=_WARNING,
        meaning="An attempt ended after its lease was over; its result is not booked",
        fields=("delivery_id", "attempts"),
    )
    ROUTE_UNREACHABLE = EventKind(
        level=_WARNING,
        meaning="A smarthost does not answer as it should",
        fields=("route", "error", "diagnostic"),
        counted_by=("route",),
    )
    INTENT_DONE = EventKind(
        level=_INFO,
        meaning="Something planned was done, or found to be no longer due",
        fields=("intent_id", "kind", "result", "reason"),
        counted_by=("kind", "result"),
    )

    ACK_STOPPED = EventKind(
        level=_ALERT,
        meaning="Too many acknowledgements in an hour, so none goes out; or a seller's own text may not, and ours did",
        fields=("seller_id", "result"),
        counted_by=("result",),
    )
    OPT_OUT_BY_WEB = EventKind(
        level=_INFO,
        meaning="A buyer stopped messages that sellers start, or let them come again, on a public page or by one click",
        fields=("record_id", "result"),
        counted_by=("result",),
    )
    ACTION_BY_WEB = EventKind(
        level=_INFO,
        meaning="A seller used a one-use link: he ended a conversation, opened it again, or stopped a message of his",
        fields=("record_id", "kind", "result"),
        counted_by=("kind", "result"),
    )
    RULES_LOADED = EventKind(level=_INFO, meaning="A rule set is in force", fields=("fingerprint", "rules"))
    RULES_REJECTED = EventKind(
        level=_ALERT,
        meaning="A changed rule file can not be used; the last good rules stay in force",
        fields=("fingerprint", "problems", "file", "line", "key", "problem"),
    )
    RULE_PACK_MISSING = EventKind(
        level=_ALERT,
        meaning="A marketplace names a rule pack that is not there: all its mail is held, see `mailbridge check`",
        fields=("market", "pack"),
    )
    RULE_PACK_FOUND = EventKind(
        level=_INFO, meaning="A rule pack that was missing is there, or is asked for no more", fields=("market", "pack")
    )
    IMPORT_DONE = EventKind(level=_INFO, meaning="Trade data was taken", fields=("file", "count", "minted"))
    DEADLINE_NEAR = EventKind(
        level=_INFO, meaning="An answer is due soon", fields=("thread_id", "seller_id", "which"), counted_by=("which",)
    )
    DEADLINE_MISSED = EventKind(
        level=_WARNING, meaning="An answer is late", fields=("thread_id", "seller_id", "which"), counted_by=("which",)
    )
    THREAD_SILENT = EventKind(
        level=_INFO,
        meaning="Nobody wrote in a conversation for long: the marketplace is called to it, or it is closed",
        fields=("thread_id", "step"),
        counted_by=("step",),
    )
    SELLER_SANCTIONED = EventKind(
        level=_WARNING,
        meaning="A step was taken against a seller: `standing show`",
        fields=("seller_id", "step", "by"),
        counted_by=("step",),
    )
    SANCTION_LIFTED = EventKind(
        level=_INFO, meaning="A step against a seller ended before its time", fields=("seller_id",)
    )
    BREACH_DISMISSED = EventKind(level=_INFO, meaning="A message was found to be no breach", fields=("record_id",))
    REVIEWS_OVERDUE = EventKind(
        level=_ALERT,
        meaning="Reports, appeals or second looks wait longer than `review_within`; once a day: `review list`",
        fields=("kind", "count", "age_s"),
    )
    PERSON_ACTED = EventKind(
        level=_INFO,
        meaning="A person changed something by command",
        fields=("command", "object", "result"),
        counted_by=("command",),
    )

    IMAP_CONNECTED = EventKind(level=_INFO, meaning="A mailbox is being read", fields=("mailbox", "folder", "count"))
    IMAP_LOST = EventKind(
        level=_WARNING,
        meaning="A mailbox can not be read for the moment",
        fields=("mailbox", "error", "diagnostic", "next_attempt_s"),
        counted_by=("mailbox",),
    )
    IMAP_MESSAGE_MOVED = EventKind(
        level=_INFO,
        meaning="A mail of a mailbox was dealt with and put away",
        fields=("queue_id", "mailbox", "uid", "result", "folder"),
        counted_by=("result",),
    )
    IMAP_MESSAGE_FAILED = EventKind(
        level=_ERROR,
        meaning="A mail of a mailbox could not be dealt with; the others go on",
        fields=("mailbox", "uid", "incident", "error", "frames"),
    )

    STORE_UNAVAILABLE = EventKind(
        level=_ERROR,
        meaning="The database does not answer: mail is deferred",
        fields=("where", "error"),
        counted_by=("where",),
    )
    STORE_SUSPECT = EventKind(
        level=_ERROR,
        meaning="A durable write failed in a way that leaves its state unknown: nothing more is accepted",
        fields=("where", "error"),
    )
    BACKUP_DONE = EventKind(level=_INFO, meaning="A backup was written", fields=("file", "size_octets", "total_ms"))

    @property
    def label(self) -> str:
        """The name as it stands in the log."""
        return self.name.lower()
