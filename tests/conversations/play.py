r"""Plays a conversation against the real server.

# what it shows
door: smtp | lmtp | front       (front: SMTP from a listed front)

S: 250 2.1.0 *                  the server says this line; * stands for anything
S: (closed)                     the server closes
C: MAIL FROM:<>                 the client says this line with CR LF; neighbours go in one packet
c: NOOP\n                       the client says exactly these octets; \r \n \xNN \\ are read
message: text                   the lines of the one message that was taken; without any: none was taken
"""

import fnmatch
import re
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path as File

from mailbridge.inbound.limits import Bind, Flavour
from tests.inbound.door import Client, Path, open_door, settings_of

_ESCAPE = re.compile(rb"\\(r|n|\\|x[0-9a-f]{2})")
_NAMED = {b"r": b"\r", b"n": b"\n", b"\\": b"\\"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script."""

    number: int
    #: C, c, S, door or message
    kind: str
    text: str


def read_script(text: str) -> list[Line]:
    """The lines that mean something; ValueError for one that does not."""
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw or raw.startswith("#"):
            continue
        kind, colon, said = raw.partition(":")
        if not colon or kind not in {"C", "c", "S", "door", "message"}:
            raise ValueError(f"line {number}: {raw!r} is none of C: c: S: door: message:")
        lines.append(Line(number, kind, said.removeprefix(" ")))
    return lines


def _octets(line: Line) -> bytes:
    def named(found: re.Match[bytes]) -> bytes:
        word = found.group(1)
        return _NAMED[word] if word in _NAMED else bytes([int(word[1:], 16)])

    return _ESCAPE.sub(named, line.text.encode()) + (b"\r\n" if line.kind == "C" else b"")


def play(file: File) -> None:
    """Play one script; AssertionError names the line where the server said something else."""
    lines = read_script(file.read_text(encoding="utf-8"))
    door = next(line.text for line in lines if line.kind == "door")
    fronts = (ip_network("127.0.0.1/32"),) if door != "smtp" else ()
    flavour = Flavour.LMTP if door == "lmtp" else Flavour.SMTP
    path = Path()
    bind = Bind(flavour=flavour, address=("127.0.0.1", 0))
    with open_door(path, settings_of(fronts=fronts), bind) as listener, Client(listener) as client:
        _talk(client, [line for line in lines if line.kind in "CcS"], file.name)
    wanted = [line.text.encode() + b"\r\n" for line in lines if line.kind == "message"]
    assert path.contents == ([b"".join(wanted)] if wanted else []), file.name


def _talk(client: Client, lines: list[Line], name: str) -> None:
    pending = b""
    for line in lines:
        if line.kind in "Cc":
            pending += _octets(line)
            continue
        if pending:
            client.send(pending)
            pending = b""
        said = client.line() or "(closed)"
        assert fnmatch.fnmatchcase(said, line.text.replace("[", "[[]")), f"{name}:{line.number}: {said!r}"
