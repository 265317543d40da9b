"""Subjects: reply and forward prefixes in many languages, and the order, offer and thread tags in them (D8, T10).

Foreign tags of ticket systems stay where they are. Does not decide what a tag means: that is `policy/resolve.py`.
"""

import enum
import re

from mailbridge.patterns import lazy_pattern

_PREFIX_NAMES = (
    # reply
    "re|aw|antw|antwort|odp|odpowiedź|r|ri|rif|risp|sv|vs|vb|ynt|res|resp|rép|réf|bls|atb|ad|答复|回复|回覆|返信|답장|отв|на|απ|σχετ"
    # forward
    "|fw|fwd|wg|pd|i|inoltra|tr|rv|enc|doorst|vl|ilt|továbbítás|転送|转发|轉寄|전달|пересл|фвд|πρθ|vá"
)
# "Re[2]:", "AW (3):", full-width colons; at least two letters or a known single one, so that "a: b" stays a subject.
_PREFIX = lazy_pattern(rf"\s*(?:{_PREFIX_NAMES})\s?(?:[\[(]\d{{1,3}}[\])]|\^\d{{1,3}})?\s?[:：]\s*", re.IGNORECASE)
_FORWARDED = lazy_pattern(
    r"\s*(?:fw|fwd|wg|pd|i|inoltra|tr|rv|enc|doorst|vl|ilt|转发|轉寄|転送|전달|пересл)\s?[:：]", re.IGNORECASE
)
_TAG = lazy_pattern(r"[\[(#]\s?((?:o|i|t)-[A-Za-z0-9][A-Za-z0-9._-]{0,63})\s?[\])]?", re.IGNORECASE)
#: what gateways and ticket systems put before or behind a subject: "[EXTERNAL]", "***SPAM***", "[Ticket#4711]"
_STAMP = r"(?:\[[^\[\]]{1,40}\]|\{[^{}]{1,20}\}|\*{2,5}\s?[A-Za-z][\w -]{0,20}\*{2,5})"
_STAMP_BEFORE = lazy_pattern(rf"\s*{_STAMP}\s*")
_STAMP_BEHIND = lazy_pattern(rf"\s{_STAMP}\s*\Z")
_MAX_PREFIXES = 20


class SubjectKind(enum.Enum):
    """What a subject says of its mail, by its first prefix."""

    NEW = "new"
    REPLY = "reply"
    FORWARD = "forward"


def strip_prefixes(subject: str) -> str:
    """Return the subject without leading reply and forward prefixes."""
    position = 0
    for _ in range(_MAX_PREFIXES):
        match = _PREFIX.match(subject, position)
        if match is None:
            break
        position = match.end()
    return subject[position:].strip()


def read_subject(subject: str) -> tuple[str, SubjectKind]:
    """What two subjects of one conversation have in common, and what the first prefix says of this mail.

    Prefixes and stamps of gateways and ticket systems are taken off, in any order; a subject that is nothing else
    stays as it is.

    >>> read_subject("[EXTERNAL] AW: Re: Lamp [Ticket#4711]")
    ('Lamp', <SubjectKind.REPLY: 'reply'>)
    """
    kind, position = SubjectKind.NEW, 0
    for _ in range(_MAX_PREFIXES):
        prefix = _PREFIX.match(subject, position)
        if prefix is not None and kind is SubjectKind.NEW:
            kind = SubjectKind.FORWARD if _FORWARDED.match(subject, position) else SubjectKind.REPLY
        found = prefix or _STAMP_BEFORE.match(subject, position)
        if found is None:
            break
        position = found.end()
    core = subject[position:].strip()
    while core and (behind := _STAMP_BEHIND.search(core)) is not None:
        core = core[: behind.start()].strip()
    return core or strip_prefixes(subject), kind


def normal_subject(subject: str, *, is_reply: bool) -> str:
    """Return the subject with one plain prefix: "Fwd: " for a forward, "Re: " for a reply, none for a new mail.

    Clients thread by it (D8): Gmail takes one "Re: " for the same conversation, not a localised or doubled one.
    """
    bare = strip_prefixes(subject)
    if bare == subject.strip():
        return f"Re: {bare}" if is_reply else bare
    return f"Fwd: {bare}" if _FORWARDED.match(subject) and not is_reply else f"Re: {bare}"


def find_tags(subject: str) -> tuple[str, ...]:
    """Return the tags like "o-48213", "i-9912" or "t-…" that stand in brackets or behind a #, lower case, each once."""
    return tuple(dict.fromkeys(match[1].rstrip(".-_").lower() for match in _TAG.finditer(subject)))
