"""The mails of the shared data, as they are and re-enveloped: every real and hostile mail that nobody here wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.builders import sign, signing_key
from tests.peers.signing_relay import SELECTOR
from tests.shared_data import shared_path

#: folder of ../shared/data, patterns of the mails in it
FOLDERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mime/cpython", ("msg_*.txt",)),
    ("mime/mime4j", ("*.msg",)),
    ("mime/mimekit/messages", ("*.txt", "*.eml")),
    ("mime/mimekit/openpgp", ("*.eml",)),
    ("mime/flanker/messages", ("*",)),
    ("mime/imap_tools", ("*.eml",)),
    ("replies/talon_eml", ("*.eml",)),
    ("real", ("*.eml",)),
    ("policy/spamassassin_corpus", ("*.txt",)),
)

#: fields that name people: replaced, so that the party is the one author and the alias the one reader
_REPLACED = re.compile(rb"(?i)^(from|to|cc|bcc|sender|reply-to|resent-[a-z-]+|dkim-signature|return-path)[ \t]*:")


@dataclass(frozen=True, slots=True)
class DataMail:
    """One file."""

    #: path below the data folder
    name: str
    #: with CRLF where the file has bare LF throughout, as an MTA hands it over
    octets: bytes


def data_mails() -> list[DataMail]:
    """All of them, in the order of their names."""
    root = shared_path("data")
    return [
        DataMail(str(path.relative_to(root)), _with_crlf(path.read_bytes()))
        for folder, patterns in FOLDERS
        for path in sorted({p for pattern in patterns for p in (root / folder).rglob(pattern) if _is_mail(p)})
    ]


def re_enveloped(mail: DataMail, *, author: str, to: str) -> bytes:
    """The same content, written by `author` to `to`, and signed by the author's domain."""
    octets = mail.octets.partition(b"\r\n")[2] if mail.octets.startswith(b"From ") else mail.octets
    header, blank, body = octets.partition(b"\r\n\r\n")
    kept = [field for field in _fields(header) if not _REPLACED.match(field)]
    named = [f"From: {author}".encode(), f"To: {to}".encode()]
    unsigned = b"\r\n".join([*named, *kept]) + (blank or b"\r\n\r\n") + body
    domain = author.rpartition("@")[2]
    return sign(unsigned, domain, SELECTOR, signing_key(domain))


def _fields(header: bytes) -> Iterator[bytes]:
    return (field for field in re.split(rb"\r\n(?![ \t])", header) if field)


def _with_crlf(octets: bytes) -> bytes:
    return octets if b"\r" in octets else octets.replace(b"\n", b"\r\n")


def _is_mail(path: Path) -> bool:
    return path.is_file() and path.name not in {"LICENSE", "README.md"} and ".expected." not in path.name
