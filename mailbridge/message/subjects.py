"""Subjects: reply and forward prefixes in many languages, and the order, offer and thread tags in them (D8, T10).

Foreign tags of ticket systems stay where they are. Does not decide what a tag means: that is `policy/resolve.py`.
"""

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
_MAX_PREFIXES = 20


def strip_prefixes(subject: str) -> str:
    """Return the subject without leading reply and forward prefixes."""
    position = 0
    for _ in range(_MAX_PREFIXES):
        match = _PREFIX.match(subject, position)
        if match is None:
            break
        position = match.end()
    return subject[position:].strip()


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


def with_tag(subject: str, tag: str) -> str:
    """Return the subject with this tag at its end, once."""
    return subject if tag.lower() in find_tags(subject) else f"{subject} [{tag}]".strip()


def without_tag(subject: str, tag: str) -> str:
    """Return the subject without this tag of ours: each side keeps its own subject (D8)."""
    return re.sub(rf"\s?[\[(#]\s?{re.escape(tag)}\s?[\])]?", "", subject, flags=re.IGNORECASE).strip()
