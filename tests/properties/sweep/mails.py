"""Every mail of the shared data that is to pass masker and gate: whole mails, bodies without a header, TNEF files.

A body gets a header that names the addresses which stand in it, so that they are secrets; a TNEF file becomes the
winmail.dat of a mail.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.shared_data import shared_path

FOLDERS = ("mime", "replies", "bounces", "auto", "real", "policy/spamassassin_corpus")
#: not mails: licences, what upstream expects, settings, keys, pictures
_NO_MAIL = re.compile(
    r"LICENSE|README(?:\.md)?|.*\.(?:json|out|xml|list|cnf|conf|pub|dat|bin|png)|.*\.(?:expected|sender|signature)\..*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rb"(?:([A-Z][\w.'-]{1,30}(?: [\w.'-]{1,30}){1,3}) [<\[(](?:mailto:)?)?"
    rb"([\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,5})"
)
_FIELD = re.compile(rb"(?:From |[!-9;-~]{1,70}[ \t]*:)")
_MAX_NAMED = 20
_DATE = b"Date: Mon, 16 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"


@dataclass(frozen=True, slots=True)
class DataMail:
    """One file as a mail."""

    #: path below the data folder
    name: str
    octets: bytes


def mails() -> list[DataMail]:
    """All of them, in the order of their names."""
    root = shared_path("data")
    return [
        DataMail(str(path.relative_to(root)), _as_mail(path))
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and not _NO_MAIL.fullmatch(path.name)
    ]


def _as_mail(path: Path) -> bytes:
    octets = path.read_bytes()
    if path.suffix == ".tnef":
        return b"".join(_with_winmail(octets))
    is_body = path.parts[-3] == "replies" and path.suffix != ".eml"
    if not is_body and _FIELD.match(octets.lstrip(b"\r\n")):
        return octets
    kind = b"html" if path.suffix == ".html" else b"plain"
    named: dict[tuple[bytes | None, bytes], None] = {(m[1], m[2]): None for m in _ADDRESS.finditer(octets)}
    return b"".join(
        (
            *_naming(list(named)[:_MAX_NAMED]),
            _DATE,
            b"Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" % kind,
            octets,
        )
    )


def _naming(found: Sequence[tuple[bytes | None, bytes]]) -> Iterator[bytes]:
    """From, and Cc where the body names more than one."""
    written = [b'"%s" <%s>' % (name, address) if name else address for name, address in found]
    yield b"From: %s\r\n" % (written[0] if written else b"alex@firm.example")
    if written[1:]:
        yield b"Cc: %s\r\n" % b",\r\n ".join(written[1:])


def _with_winmail(octets: bytes) -> Iterator[bytes]:
    addresses = dict.fromkeys(match[2] for match in _ADDRESS.finditer(octets.replace(b"\x00", b"")))
    yield from _naming([(None, address) for address in addresses][:_MAX_NAMED])
    yield _DATE + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n'
    yield b'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n'
    yield b'Content-Disposition: attachment; filename="winmail.dat"\r\n\r\n'
    yield base64.encodebytes(octets) + b"\r\n--b--\r\n"
