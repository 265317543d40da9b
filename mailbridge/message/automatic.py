"""Tell mail that no person wrote (RFC 3834 §2, RFC 3464, RFC 8098). Read from header fields alone.

X-Auto-Response-Suppress proves nothing: Outlook sets it on mail of people (B3). The null reverse-path belongs to the
envelope and is judged in `policy/`. A subject in some language that sounds like a vacation note proves nothing
either (B4).
"""

from collections.abc import Mapping, Sequence

from mailbridge.domain.message import Automatic, HeaderMailbox
from mailbridge.message.parameters import Structured

Fields = Mapping[str, Sequence[bytes]]

_BULK = frozenset({b"bulk", b"list", b"junk"})
_LIST_FIELDS = ("list-id", "list-unsubscribe", "list-post", "mailing-list", "feedback-id")
_REPLY_FIELDS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-mail-autoreply")
_ROBOTS = frozenset({"mailer-daemon", "mail-daemon", "maildaemon"})


def automatic_kind(fields: Fields, content_type: Structured, authors: tuple[HeaderMailbox, ...]) -> Automatic:
    """Return what kind of automatic mail these header fields are of."""
    if content_type.value == "multipart/report":
        kind = content_type.parameters.get("report-type", "").lower()
        return Automatic.MDN if kind == "disposition-notification" else Automatic.DSN
    if (
        any(author.addr_spec.partition("@")[0].lower() in _ROBOTS for author in authors)
        or "x-failed-recipients" in fields
    ):
        return Automatic.DSN
    return _by_fields(fields)


def _by_fields(fields: Fields) -> Automatic:
    submitted = _first_word(fields, "auto-submitted")
    if submitted == b"auto-replied":
        return Automatic.REPLIED
    if submitted not in {b"", b"no"}:
        return Automatic.GENERATED
    precedence = _first_word(fields, "precedence")
    if precedence == b"auto_reply" or any(name in fields for name in _REPLY_FIELDS):
        return Automatic.REPLIED
    if precedence in _BULK or any(name in fields for name in _LIST_FIELDS):
        return Automatic.GENERATED
    return Automatic.NO


def _first_word(fields: Fields, name: str) -> bytes:
    """The value without parameters and comments, lower case (RFC 3834 §5)."""
    bodies = fields.get(name)
    return bodies[0].partition(b";")[0].partition(b"(")[0].strip().lower() if bodies else b""
