"""Fuzz target: reading a reply never raises, throws nothing away and changes no HTML without saying so, on any octets.

The first octet chooses the form: plain text, HTML, or a whole mail.
"""

from mailbridge.domain.reading import Reading
from mailbridge.message.body import read_reply, split_reply
from mailbridge.message.charsets import decode_text
from mailbridge.message.htmlreading import split_html
from mailbridge.message.parts import read_body
from tests.message.reading_data import BELOW, INTRODUCTIONS
from tests.message.test_held_out import FILES

_HELD_OUT = [mail for mails in FILES.values() for mail in mails]
SEEDS: tuple[bytes, ...] = (
    *(f"P{mail['plain']}".encode() for mail in _HELD_OUT if "plain" in mail),
    *(f"H{mail['html']}".encode() for mail in _HELD_OUT if "html" in mail),
    *(f"M\r\n{mail['plain']}".encode() for mail in _HELD_OUT[:20] if "plain" in mail),
    *(f"PHello\n{lines}\n> old".encode() for part in INTRODUCTIONS.values() for lines in part.values()),
    *(f"PYes.\n\n{line}\n".encode() for line in (*BELOW["device_lines"], *BELOW["closings"])),
)


def check(octets: bytes) -> None:
    """Read these octets; AssertionError where a promise is broken."""
    form, rest = octets[:1], octets[1:]
    if form == b"M":
        body = read_body(rest)
        plain, html = body.plain, body.html
    else:
        text = decode_text(rest, "utf-8")
        plain, html = (None, text) if form == b"H" else (text, None)
    reading = read_reply(plain, html)
    _check_parts(reading)
    split_reply(plain, html)
    if html is not None:
        left, cut = split_html(html)
        assert cut or left == html, "HTML was changed and nothing was cut"


def _check_parts(reading: Reading) -> None:
    assert "".join(reading.text[part.start : part.end] for part in reading.parts) == reading.text, "text is missing"
    assert all(part.start < part.end for part in reading.parts), "a part is empty"
