"""What an SMTP client hears: one row per meaning, named by meaning (RFC 5321 §4.2, RFC 3463).

Transient or permanent is read from the first digit of the code, never kept in a second flag. The texts are public: they
say nothing of rules, hosts or people; the private reason goes to the log.
"""

import enum
from dataclasses import dataclass

from typing_extensions import override


class DsnAction(enum.Enum):
    """RFC 3464 §2.3.3."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True, order=True)
class EnhancedStatus:
    """class.subject.detail of RFC 3463."""

    #: 2 success, 4 transient, 5 permanent
    klass: int
    #: what it is about: 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy
    subject: int
    #: which case of the subject
    detail: int

    @override
    def __str__(self) -> str:
        return f"{self.klass}.{self.subject}.{self.detail}"


@dataclass(frozen=True, slots=True)
class Reply:
    """One SMTP reply: code, enhanced status, text of one line."""

    #: three digits; the first alone says success, transient or permanent
    code: int
    #: its class is the first digit of `code`
    status: EnhancedStatus
    #: one line for strangers: nothing of rules, hosts or people
    text: str

    @property
    def is_positive(self) -> bool:
        """2yz: the message is ours now (RFC 5321 §6.1)."""
        return self.code // 100 == 2

    @property
    def is_transient(self) -> bool:
        """4yz: the client should try again."""
        return self.code // 100 == 4

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.status} {self.text}"

    def with_incident(self, incident: str) -> "Reply":
        """The same reply naming an incident id, so that a person can find it in the log."""
        return Reply(self.code, self.status, f"{self.text} (incident {incident})")


def _row(code: int, subject: int, detail: int, text: str) -> Reply:
    return Reply(code, EnhancedStatus(code // 100, subject, detail), text)


OK = _row(250, 0, 0, "OK")
REVERSE_PATH_OK = _row(250, 1, 0, "Reverse-path accepted")
GOODBYE = _row(221, 0, 0, "Goodbye")
HELP = _row(214, 0, 0, "See RFC 5321")
CANNOT_VERIFY = _row(252, 5, 0, "Can not verify an address; send the message and see")
TLS_READY = _row(220, 0, 0, "Ready to start TLS")

ACCEPTED = _row(250, 0, 0, "Message accepted")
RECIPIENT_OK = _row(250, 1, 5, "Recipient accepted")
ALREADY_ACCEPTED = _row(250, 0, 0, "Message accepted before")

INTERNAL_FAULT = _row(451, 3, 0, "Temporary fault here, try again later")
STORE_UNAVAILABLE = _row(451, 3, 0, "Temporary fault here, try again later")
AUTHENTICATION_UNAVAILABLE = _row(451, 4, 3, "Can not check the author now, try again later")
TRY_AGAIN = _row(451, 4, 5, "Busy, try again later")
TOO_MANY_RECIPIENTS = _row(452, 5, 3, "Too many recipients, send the rest in another transaction")
INSUFFICIENT_STORAGE = _row(452, 3, 1, "Insufficient storage, try again later")
SHUTTING_DOWN = _row(421, 3, 2, "Service is stopping, try again later")
TOO_MANY_ERRORS = _row(421, 7, 0, "Too many errors, closing")
TIMED_OUT = _row(421, 4, 2, "Timed out, closing")
TOO_MANY_CONNECTIONS = _row(421, 4, 5, "Too many connections, try again later")

ALIAS_UNKNOWN = _row(550, 1, 1, "No such address here")
ALIAS_EXPIRED = _row(550, 1, 6, "This address is no longer in use")
NOT_OUR_DOMAIN = _row(550, 7, 1, "Relaying denied")
ADDRESS_SYNTAX = _row(553, 1, 3, "Bad address syntax")
AUTHOR_COUNT = _row(550, 6, 0, "The From field must name exactly one mailbox (RFC 5322 section 3.6.2)")
AUTHOR_IN_OUR_DOMAIN = _row(550, 7, 1, "The From field must not be an address of this service")
AUTHOR_NOT_A_PARTY = _row(550, 7, 1, "This author may not write to this address")
AUTHOR_REJECTED_BY_OWN_POLICY = _row(550, 7, 1, "The author's domain asks to reject this message (DMARC)")
MAILBOX_TEST_FAILED = _row(
    550, 7, 1, "Test failed: nothing proves the author (no aligned DKIM, no SPF for the From address)"
)
RETURN_PATH_INVALID = _row(550, 7, 1, "This return address is not valid or no longer valid")
ACTION_INVALID = _row(550, 7, 1, "This action address is not valid or was used before")
REASON_UNKNOWN = _row(550, 7, 1, "The subject names no reason: write one of those that the notice lists, in brackets")
LOOP_DETECTED = _row(554, 4, 6, "Mail loop detected")
MESSAGE_TOO_BIG = _row(552, 3, 4, "Message is bigger than this service takes")
BARE_LINE_ENDING = _row(550, 6, 0, "Bare CR or LF in the message (RFC 5321 section 2.3.8)")
LINE_TOO_LONG = _row(550, 6, 0, "A line of the message is too long (RFC 5321 section 4.5.3.1.6)")
NO_VALID_RECIPIENTS = _row(554, 5, 1, "No valid recipients")
UNAUTHORISED_PIPELINING = _row(554, 5, 0, "Input before it was asked for, closing")
COMMAND_UNKNOWN = _row(500, 5, 2, "Command not recognised")
COMMAND_TOO_LONG = _row(500, 5, 6, "Command line too long")
COMMAND_LINE_ENDING = _row(500, 5, 2, "A command line ends with CR LF (RFC 5321 section 2.3.8)")
COMMAND_NOT_IMPLEMENTED = _row(502, 5, 1, "Command not implemented")
COMMAND_NOT_PERMITTED = _row(550, 7, 0, "Not permitted to this client")
CLIENT_NOT_LISTED = _row(554, 7, 0, "This client may not connect here")
BAD_SEQUENCE = _row(503, 5, 1, "Bad sequence of commands")
PARAMETER_SYNTAX = _row(501, 5, 4, "Syntax error in parameters")
PARAMETER_UNKNOWN = _row(555, 5, 4, "Parameter not recognised or not implemented")
TLS_UNAVAILABLE = _row(454, 7, 0, "TLS not available now")
ENCRYPTION_REQUIRED = _row(530, 7, 0, "Issue a STARTTLS command first")
AUTHENTICATION_REQUIRED = _row(530, 7, 0, "Authentication required")
NON_ASCII_ADDRESS = _row(553, 6, 7, "Non-ASCII address needs SMTPUTF8")

#: replies that a healthy server may answer with a permanent code after DATA; tests compare what they saw with this set
PERMANENT_AFTER_DATA: frozenset[Reply] = frozenset(
    {
        AUTHOR_COUNT,
        AUTHOR_IN_OUR_DOMAIN,
        AUTHOR_NOT_A_PARTY,
        AUTHOR_REJECTED_BY_OWN_POLICY,
        MAILBOX_TEST_FAILED,
        ACTION_INVALID,
        REASON_UNKNOWN,
        RETURN_PATH_INVALID,
        LOOP_DETECTED,
        MESSAGE_TOO_BIG,
        BARE_LINE_ENDING,
        LINE_TOO_LONG,
        ALIAS_UNKNOWN,
        ALIAS_EXPIRED,
    }
)
