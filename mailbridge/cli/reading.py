"""`reply FILE`: what the author of a mail wrote this time, told apart from history, signature and imprint.

Needs no settings and no store, and starts fast: it is run once per mail in scripts.
"""

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import harmless, print_json
from mailbridge.cli.surroundings import JsonOption
from mailbridge.errors import NotFound

if TYPE_CHECKING:
    from mailbridge.domain.reading import Reading

_TEXTS = (".txt", ".text")
_PAGES = (".html", ".htm")
_STANDARD_INPUT = "-"


class SignOff(enum.Enum):
    """Whether the formula at the end and the name under it count as part of the answer."""

    KEEP = "keep"
    CUT = "cut"


def reply(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A mail (.eml), or a body alone: plain (.txt) or HTML (.html); - for a mail from stdin.",
        ),
    ],
    sign_off: Annotated[
        SignOff,
        typer.Option(
            "--sign-off", metavar="keep|cut", help='Keep or cut "Kind regards, Anna" and what stands under it.'
        ),
    ] = SignOff.KEEP,
    json: JsonOption = False,
) -> None:
    """Print what was written anew in a mail, without quoted history, signature, imprint and what programs add."""
    reading, form = _read(file)
    new_text = _new_text(reading, sign_off)
    if json:
        print_json(
            {
                "form": form,
                "new_text": new_text,
                "text": reading.text,
                "parts": [
                    {
                        "kind": part.kind,
                        "start": part.start,
                        "end": part.end,
                        "text": reading.text[part.start : part.end],
                    }
                    for part in reading.parts
                ],
            }
        )
    else:
        _write(new_text)


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
