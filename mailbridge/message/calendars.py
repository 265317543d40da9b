"""Rewrite a calendar (RFC 5545) for its reader: each party stands in it under the address that the reader knows.

Both ways, so that an invitation can be accepted: the organizer is the author's alias, the attendee is the reader's own
mailbox, and in the answer it is the other way round (P9). Names, programs and extensions are left out. What can not be
answered any more is published instead of requested. Does not send invitations.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping

_FOLD = re.compile(r"\r?\n[ \t]")
_NAME, _VALUE = r"[A-Za-z0-9-]{1,60}", r'(?:"[^"]*+"|[^";:,]*+)'
_VALUES = rf"{_VALUE}(?:,{_VALUE})*+"
_LINE = re.compile(rf"({_NAME})((?:;{_NAME}={_VALUES})*+):(.*)")
_PARAMETER = re.compile(rf";({_NAME})=({_VALUES})")
_PEOPLE = frozenset({"ORGANIZER", "ATTENDEE"})
#: of a person nothing else is kept: names, agents, directories and extensions go
_PARAMETERS_OF_PEOPLE = frozenset({"CUTYPE", "ROLE", "PARTSTAT", "RSVP"})
_DROPPED = frozenset({"PRODID", "CONTACT", "SOURCE", "IMAGE", "CONFERENCE", "REQUEST-STATUS"})
_PRODUCT = "PRODID:-//Mailbridge//Mailbridge//EN"
_WIDTH = 75  # RFC 5545 §3.1, octets without the line end
_ADDRESSED = re.compile(r":mailto:[^\s@\[\]]+@[^\s@\[\]]+$", re.IGNORECASE)
_MAX_LINES = 20_000


def is_calendar(text: str) -> bool:
    """True for text that programs take for a calendar."""
    return text.lstrip("\ufeff \t\r\n")[:15].upper().startswith("BEGIN:VCALENDAR")


def rewritten(text: str, people: Mapping[str, str], mask: Callable[[str], str]) -> str:
    """Return the calendar with CRLF. `people` are addr-specs, lower case, and the addr-spec that stands for each.

    `mask` is applied to every other value. Raises ValueError for a calendar that is too long to be one.
    """
    lines = _FOLD.sub("", text.lstrip("\ufeff \t\r\n")).splitlines()
    if len(lines) > _MAX_LINES:
        raise ValueError("too many lines for a calendar")
    kept = [line for written in lines for line in _rewritten_line(written, people, mask)]
    if not _can_be_answered(lines, kept):
        kept = ["METHOD:PUBLISH" if line.upper().startswith("METHOD:") else line for line in kept]
    return "".join(f"{folded}\r\n" for line in kept for folded in _folded(line))


def _can_be_answered(before: list[str], after: list[str]) -> bool:
    """True where every organizer still has an address, and the event its identity."""
    organizers = [line for line in after if line.upper().startswith("ORGANIZER")]
    uids = [[line for line in lines if line.upper().startswith("UID")] for lines in (before, after)]
    return all(_ADDRESSED.search(line) for line in organizers) and uids[0] == uids[1]


def _rewritten_line(written: str, people: Mapping[str, str], mask: Callable[[str], str]) -> Iterator[str]:
    found = _LINE.fullmatch(written)
    if found is None:
        if written.strip():
            yield mask(written)
        return
    name, parameters, value = found[1].upper(), found[2], found[3]
    if name == "BEGIN" and value.strip().upper() == "VCALENDAR":
        yield written
        yield _PRODUCT
    elif name in _PEOPLE:
        yield _person(name, parameters, value, people, mask)
    elif name == "UID":
        masked = mask(value)
        yield written if masked == value else f"UID:{hashlib.sha256(value.encode()).hexdigest()[:32]}"
    elif name not in _DROPPED and not name.startswith("X-") and "ENCODING=BASE64" not in parameters.upper():
        yield f"{name}{_masked_parameters(parameters, mask)}:{mask(value)}"


def _person(name: str, parameters: str, value: str, people: Mapping[str, str], mask: Callable[[str], str]) -> str:
    kept = "".join(
        f";{key.upper()}={parameter}"
        for key, parameter in _PARAMETER.findall(parameters)
        if key.upper() in _PARAMETERS_OF_PEOPLE
    )
    scheme, _, addr_spec = value.strip().partition(":")
    stands_for = people.get(addr_spec.strip().lower()) if scheme.lower() == "mailto" else None
    return f"{name}{kept}:mailto:{stands_for}" if stands_for else f"{name}{kept}:{mask(value)}"


def _masked_parameters(parameters: str, mask: Callable[[str], str]) -> str:
    pairs = ((key.upper(), value) for key, value in _PARAMETER.findall(parameters))
    # ALTREP leads to the author's server.
    return "".join(f";{key}={_quoted(value, mask)}" for key, value in pairs if key != "ALTREP" and key[:2] != "X-")


def _quoted(value: str, mask: Callable[[str], str]) -> str:
    masked = mask(value)
    return value if masked == value else '"{}"'.format(masked.replace('"', ""))


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cut inside a character."""
    piece, room = "", _WIDTH
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if size > room:
            yield piece
            piece, room = " ", _WIDTH - 1
        piece += character
        room -= size
    yield piece
