"""Collect from the trace fields what would betray the author's side: hosts, IP addresses, ids, programs (promise 2,
class R).

Only what is specific enough to be searched for: no loopback, no bare words, nothing under six characters. Foreign
ids in In-Reply-To and References are mapped by the path and are not collected here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from mailbridge.message.words import unfold

_MAX_SECRETS = 100
_MAX_RECEIVED = 50
_MIN_LENGTH = 6
_MAX_LENGTH = 200

# RFC 5321 §4.4: "from" HELO-name (name-of-host [address]). The "by" side is a receiver, mostly ourselves; it counts
# only where no "from" stands, as in mail submitted over HTTP.
_FROM_CLAUSE = re.compile(r"from\s+(.*?)(?:\s+by\s|;|$)", re.IGNORECASE | re.DOTALL)
_BY_CLAUSE = re.compile(r"by\s+(\S+)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_HOST = re.compile(r"(?=[^.]{0,63}[A-Za-z-])[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z][A-Za-z0-9-]*", re.ASCII)
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_IPV6 = re.compile(r"[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}")
_GENERIC = re.compile(
    r"(?:.*\.)?local(?:host|domain)?|(?:.*\.)?localhost\.localdomain|(?:127|0|10)\.(?:\d+\.){2}[0-9]|192\.168\.[01]\.[0-9]{1,2}|::1?",
    re.IGNORECASE,
)
_ADDRESS_FIELDS = ("x-originating-ip", "x-sender-ip", "x-client-ip", "x-source-ip", "x-remote-ip", "x-yahoo-newman-id")
_PROGRAM_FIELDS = ("x-mailer", "user-agent", "x-originating-client", "x-newsreader")
_NAME_FIELDS = (
    "x-sender",
    "x-authenticated-sender",
    "x-authenticated-user",
    "x-source-auth",
    "x-get-message-sender-via",
)


def trace_secrets(fields: Mapping[str, Sequence[bytes]], message_id: str | None) -> tuple[str, ...]:
    """Return the strings of these header fields that must not reach the other side, each once, as written."""
    found: dict[str, None] = {}
    for secret in _candidates(fields, message_id):
        if _MIN_LENGTH <= len(secret) <= _MAX_LENGTH and not _GENERIC.fullmatch(secret):
            found[secret] = None
            if len(found) >= _MAX_SECRETS:
                break
    return tuple(found)


def _candidates(fields: Mapping[str, Sequence[bytes]], message_id: str | None) -> Iterator[str]:
    if message_id is not None:
        yield message_id[1:-1]
    for body in fields.get("received", ())[:_MAX_RECEIVED]:
        yield from _of_received(unfold(body[:2000]))
    for name in _ADDRESS_FIELDS:
        for body in fields.get(name, ())[:2]:
            yield from _hosts_in(unfold(body[:_MAX_LENGTH]))
    for name in _NAME_FIELDS:
        for body in fields.get(name, ())[:2]:
            yield unfold(body[:_MAX_LENGTH]).strip("<>")
    for name in _PROGRAM_FIELDS:
        for body in fields.get(name, ())[:2]:
            program = unfold(body[: _MAX_LENGTH + 1])
            # "Apple Mail" is a word of the language; a version makes it a fingerprint.
            if len(program) >= 12 and any(character.isdigit() for character in program):
                yield program


def _of_received(text: str) -> Iterator[str]:
    clause = _FROM_CLAUSE.match(text)
    if clause:
        yield from _hosts_in(clause[1])
        return
    by = _BY_CLAUSE.match(text)
    if by:
        yield from _hosts_in(by[1])


def _hosts_in(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match[0].rstrip(".:-").removeprefix("IPv6:")
        if (
            _IPV4.fullmatch(word)
            or _IPV6.fullmatch(word)
            or (_HOST.fullmatch(word) and _is_no_clause(text, match.end()))
        ):
            yield word


def _is_no_clause(text: str, end: int) -> bool:
    """An addr-spec in a comment (`envelope-from a@b`) is no host."""
    return text[end : end + 1] != "@"
