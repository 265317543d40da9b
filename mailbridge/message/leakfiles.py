"""The leak gate's way into files: what they say is laid before it like the text of a mail (design.md promise 2).

Metadata and names stand where a header stands, so that both classes count; what a document says stands where a body
stands. Calls the gate and adds no way of looking of its own.
"""

from collections.abc import Iterable

from mailbridge.domain.address import OwnAddress
from mailbridge.domain.files import FileText
from mailbridge.domain.secrets import Leak, Secrets
from mailbridge.message.leakgate import find_leaks

#: farther apart than the gate takes letters of one address to be
_APART = "\n" * 16


def find_leaks_in_files(
    files: Iterable[tuple[FileText, ...]], secrets: Secrets, *, reader: OwnAddress
) -> tuple[Leak, ...]:
    """Every file whose texts hold a secret; places are numbers, never names. Raises GateBroken and nothing else."""
    found: list[Leak] = []
    for number, texts in enumerate(files, start=1):
        told = [" ".join(text.text.split()) for text in texts if text.is_metadata]
        said = [text.text.replace("\r\n", "\n").replace("\r", "\n") for text in texts if not text.is_metadata]
        for name, octets in (("metadata", _as_header(told)), ("text", _as_body(said))):
            leaks = find_leaks(octets, secrets, reader=reader) if octets else ()
            found += [Leak(klass=leak.klass, place=f"file {number}, {name}") for leak in leaks]
    return tuple(dict.fromkeys(found))


def _as_header(told: list[str]) -> bytes:
    return "".join(f"X-File: {line}\n" for line in told).encode("utf-8", "replace") + b"\n" if told else b""


def _as_body(said: list[str]) -> bytes:
    head = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return head + _APART.join(said).encode("utf-8", "replace") if said else b""
