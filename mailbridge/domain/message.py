"""Message: what one set of octets says, as far as a decision may look at it. Immutable; octets stay beside it.

Made by `message/parse.py`, which never raises: what can not be read is an opaque message with a reason.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.classification import UNCLASSIFIED, Classification


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMailbox:
    """One mailbox of an address field (RFC 5322 §3.4), by the one strict parser."""

    #: strict addr-spec, domain in lower case
    addr_spec: str
    #: decoded, one line, no control characters; "" without one
    display_name: str = ""


class Automatic(enum.Enum):
    """What kind of automatic mail this is, if any (RFC 3834, RFC 3464, RFC 8098)."""

    NO = "no"
    #: vacation or other automatic answer (Auto-Submitted: auto-replied, or as good as)
    REPLIED = "replied"
    #: generated without a person (Auto-Submitted: auto-generated, Precedence, List-*)
    GENERATED = "generated"
    #: delivery status notification (RFC 3464) or a bounce in another form
    DSN = "dsn"
    #: read receipt (RFC 8098)
    MDN = "mdn"


class OpaqueReason(enum.Enum):
    """Why a message is not read: it is held for a person, never guessed at (I9, T-60 to T-66)."""

    TOO_DEEP = "nested too deeply"
    TOO_MANY_PARTS = "too many parts"
    TOO_MANY_FIELDS = "too many header fields"
    HEADER_TOO_BIG = "header too big"
    TOO_MANY_ADDRESSES = "too many addresses"
    PARTIAL_OR_EXTERNAL = "message/partial or external-body"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One part that is a file, or is not shown as text."""

    #: decoded, cleaned name (T-74); never empty
    filename: str
    #: lower-case type/subtype as declared
    content_type: str
    #: decoded octets, untouched
    octets: bytes
    #: charset of a text/* file as declared; "" without one
    charset: str = ""
    #: Content-ID without angle brackets; None without one
    content_id: str | None = None
    #: True for Content-Disposition: inline or an image the HTML shows by cid:
    is_inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a message, both forms as written; None where that form is absent."""

    #: text/plain, decoded, LF line ends, format=flowed undone
    plain: str | None = None
    #: text/html, decoded
    html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One parsed message."""

    #: mailboxes of all From fields, in order; exactly one is a proper message
    authors: tuple[HeaderMailbox, ...] = ()
    #: number of From header fields; 1 is proper (T-35)
    from_field_count: int = 0
    #: mailboxes of To, in order
    to: tuple[HeaderMailbox, ...] = ()
    #: mailboxes of Cc, in order
    cc: tuple[HeaderMailbox, ...] = ()
    #: mailboxes of Reply-To, in order; never used to route (T-42)
    reply_to: tuple[HeaderMailbox, ...] = ()
    #: with angle brackets; None when missing or malformed
    message_id: str | None = None
    #: with angle brackets, in order
    in_reply_to: tuple[str, ...] = ()
    #: with angle brackets, oldest first
    references: tuple[str, ...] = ()
    #: decoded, one line
    subject: str = ""
    #: aware; None when missing or malformed
    date: datetime | None = None
    #: the text as written, before history is told apart
    body: Body = Body()
    #: what the author wrote this time, as text (from plain, else from html), with his formula at the end; D11
    new_text: str = ""
    #: his formula at the end and what he writes under it; part of `new_text`
    sign_off: str = ""
    #: the quoted history as text, and what he passes on of others
    quoted_text: str = ""
    #: what stands below as signature, or was added by his program or a list
    signature: str = ""
    #: what law or company makes him write below
    imprint: str = ""
    #: in the order of the parts
    attachments: tuple[Attachment, ...] = ()
    #: whether a machine wrote it, by header fields that prove it
    automatic: Automatic = Automatic.NO
    #: what kind of mail it seems to be by everything that speaks for it, and of a bounce what it says of whom
    classification: Classification = UNCLASSIFIED
    #: True when a person's mail asks for no automatic answer (X-Auto-Response-Suppress, Precedence); it is relayed all
    #: the same (B3)
    asks_no_answer: bool = False
    #: Content-Language, lower case, primary tag only; "" when absent
    language: str = ""
    #: names of defects found, for the log: never content
    defects: tuple[str, ...] = ()
    #: None for a message that was read
    opaque: OpaqueReason | None = None
    #: hosts, IPs, ids and client names in its trace fields: class R secrets of the author's side (promise 2)
    trace_secrets: tuple[str, ...] = ()
    #: number of Received fields (T-26)
    received_count: int = 0
    #: Authentication-Results field bodies, topmost first, and spam headers of a front: (lower-case name, body)
    front_fields: tuple[tuple[str, str], ...] = ()

    @property
    def sign_off_at(self) -> int:
        """Where in `new_text` his formula at the end begins; its length where there is none."""
        has_one = self.sign_off != "" and self.new_text.endswith(self.sign_off)
        return len(self.new_text) - (len(self.sign_off) if has_one else 0)

    @property
    def own_text(self) -> str:
        """All that is sent anew in his name: new text, signature and imprint."""
        return "\n".join(text for text in (self.new_text, self.signature, self.imprint) if text)

    @property
    def author(self) -> HeaderMailbox | None:
        """The one author, or None unless there is exactly one From field with exactly one mailbox (T-35)."""
        return self.authors[0] if self.from_field_count == 1 and len(self.authors) == 1 else None
