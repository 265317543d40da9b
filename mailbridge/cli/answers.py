"""What `mailbridge reply` prints, without the library that reads command lines: that takes longer than reading a mail.

`cli/reading.py` declares the command with its help; what is asked plainly is answered from here at once.
"""

import enum
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mailbridge.cli.output import ExitCode, complain, harmless, print_json
from mailbridge.errors import NotFound, Problem

if TYPE_CHECKING:
    from mailbridge.domain.reading import Reading

_TEXTS = (".txt", ".text")
_PAGES = (".html", ".htm")
_STANDARD_INPUT = "-"


class SignOff(enum.Enum):
    """Whether the formula at the end and the name under it count as part of the answer."""

    KEEP = "keep"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to print."""

    #: the mail or the body
    file: Path
    #: whether the formula at the end is part of it
    sign_off: SignOff = SignOff.KEEP
    #: JSON with all parts
    json: bool = False

    def answer(self) -> int:
        """Print it; return the exit code."""
        try:
            self.show()
        except NotFound as error:
            complain((Problem(file="", line=None, key="", reason=str(error)),))
            return int(ExitCode.NOT_FOUND)
        except KeyboardInterrupt:
            return int(ExitCode.INTERRUPTED)
        except BrokenPipeError:
            return int(ExitCode.OK)
        return int(ExitCode.OK)

    def show(self) -> None:
        """Print it; NotFound where the file can not be read."""
        reading, form = _read(self.file)
        new_text = _new_text(reading, self.sign_off)
        if not self.json:
            _write(new_text)
            return
        parts = [
            {"kind": part.kind, "start": part.start, "end": part.end, "text": reading.text[part.start : part.end]}
            for part in reading.parts
        ]
        print_json({"form": form, "new_text": new_text, "text": reading.text, "parts": parts})


def asked_plainly(words: Sequence[str]) -> Asked | None:
    """What these words behind `reply` ask for; None where they want help, or hold a mistake that has to be named."""
    sign_off, json, files = SignOff.KEEP, False, []
    waiting = iter(words)
    for word in waiting:
        if word == "--json":
            json = True
        elif word == "--sign-off":
            value = next(waiting, "")
            if value not in {kind.value for kind in SignOff}:
                return None
            sign_off = SignOff(value)
        elif word.startswith("-") and word != _STANDARD_INPUT:
            return None
        else:
            files.append(word)
    return Asked(file=Path(files[0]), sign_off=sign_off, json=json) if len(files) == 1 else None


def _new_text(reading: "Reading", sign_off: SignOff) -> str:
    from mailbridge.domain.reading import SOURCE_BREAK, PartKind

    kinds = [PartKind.NEW, PartKind.FORWARD]
    if sign_off is SignOff.KEEP:
        kinds.append(PartKind.SIGN_OFF)
    return reading.of(*kinds).replace(SOURCE_BREAK, "\n")


def _read(file: Path) -> tuple["Reading", str]:
    """The reading, and whether the plain form or the HTML was read."""
    from mailbridge.message.body import read_reply
    from mailbridge.message.charsets import decode_text

    octets = _octets(file)
    suffix = file.suffix.lower()
    if suffix in _TEXTS or suffix in _PAGES:
        text = decode_text(octets, "utf-8")
        return (read_reply(text, None), "plain") if suffix in _TEXTS else (read_reply(None, text), "html")
    from mailbridge.message.parts import read_body

    body = read_body(octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    reading = read_reply(body.plain, body.html)
    return reading, "plain" if reading.text == body.plain else "html"


def _octets(file: Path) -> bytes:
    if str(file) == _STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from None


def _write(text: str) -> None:
    """For a person made harmless, for a program as it is."""
    print(harmless(text) if sys.stdout.isatty() else text)
