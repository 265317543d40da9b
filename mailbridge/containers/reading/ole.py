"""Reads old Office files: every run of letters in every stream, of 8 and of 16 bits (MS-CFB).

What a stream means is not looked at, so nothing a program might show is left out; much that none shows is read too. The
only door of olefile for reading.
"""

import io
import re

import olefile

from mailbridge.containers.reading.findings import Findings
from mailbridge.domain.files import Trouble

#: few accents in a row: chance is full of them
_NARROW = re.compile(rb"[\x80-\xff]{0,2}[\t\r\n -~]{4,}+(?:[\x80-\xff]{1,4}[\t\r\n -~]++)*+")
_WIDE = re.compile(rb"(?:[\t\r\n -~\xa0-\xff]\x00|.[\x01\x02\x04\x1e\x20]){4,}+", re.DOTALL)
_ABOUT_IT = ("\x05", "Current User")


def read_ole(octets: bytes, place: str, findings: Findings) -> None:
    """Add what stands in it."""
    try:
        with olefile.OleFileIO(io.BytesIO(octets)) as ole:
            for path in ole.listdir():
                content = ole.openstream(path).read()
                findings.take_octets(len(content))
                name = "".join(letter for letter in "/".join(path) if letter.isprintable())
                inside = f"{place}/{name}" if place else name
                is_about_it = path[-1].startswith(_ABOUT_IT)
                for text in (_narrow(content), _wide(content)):
                    findings.add(inside, text, is_metadata=is_about_it)
    except OSError:
        findings.trouble(place, Trouble.BROKEN)


def _narrow(content: bytes) -> str:
    return b"\n".join(_NARROW.findall(content)).decode("cp1252", "replace")


def _wide(content: bytes) -> str:
    return "\n".join(run.decode("utf-16-le", "replace") for run in _WIDE.findall(content))
