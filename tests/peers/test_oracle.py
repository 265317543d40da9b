"""The oracle finds a canary in every hiding place we know; an oracle that finds nothing would prove nothing."""

import base64
import io
import quopri
import zipfile
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from tests.peers.oracle import find_canaries

_CANARY = "anna.kowalska@inbox.example"


def _zip(text: str) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", text)
    return octets.getvalue()


def _outer(inner: str) -> bytes:
    mixed = MIMEMultipart()
    mixed.attach(MIMEText("see below"))
    mixed.attach(MIMEMessage(MIMEText(f"From: {inner}")))
    return mixed.as_bytes()


def _named(name: str) -> bytes:
    part = MIMEApplication(b"x")
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part.as_bytes()


_HIDDEN = {
    "header": f"From: x\r\nX-Sender: {_CANARY}\r\n\r\nhello".encode(),
    "encoded word": f"From: {Header(_CANARY, 'utf-8', maxlinelen=40).encode()}\r\n\r\nhello".encode(),
    "upper case": f"Subject: x\r\n\r\n{_CANARY.upper()}".encode(),
    "base64 part": MIMEText(_CANARY, "plain", "utf-8").as_bytes(),
    "base64 UTF-16": MIMEText(_CANARY, "plain", "utf-16").as_bytes(),
    "quoted-printable": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    + quopri.encodestring(_CANARY.encode()).replace(b"a", b"=61", 3),
    "soft line break": b"Content-Transfer-Encoding: quoted-printable\r\n\r\nanna.kow=\r\nalska@inbox.example",
    "folded line": b"Subject: x\r\n\r\nanna.kowalska\r\n@inbox.example",
    "entities": b"Content-Type: text/html\r\n\r\n" + "".join(f"&#{ord(c)};" for c in _CANARY).encode(),
    "percent": b'Subject: x\r\n\r\n<a href="mailto:anna.kowalska%40inbox.example">',
    "percent of a link wrapper": b"Subject: x\r\n\r\nhttps://wrap.example/?data=05%7Canna.kowalska%2540inbox.example%7C",
    "tags": b"Content-Type: text/html\r\n\r\nanna.<b>kowalska</b>@<i>inbox</i>.example",
    "comment": b"Content-Type: text/html\r\n\r\n<!-- anna.kowalska@inbox.example -->",
    "base64 in text": b"Subject: x\r\n\r\nsee " + base64.b64encode(_CANARY.encode()),
    "zero width": f"Content-Type: text/plain; charset=utf-8\r\n\r\n{_CANARY.replace('k', 'k' + chr(0x200B))}".encode(),
    "nested message": _outer(_CANARY),
    "file name": _named(f"letter of {_CANARY}.pdf"),
    "zip member": MIMEApplication(_zip(f"<creator>{_CANARY}</creator>")).as_bytes(),
}


@pytest.mark.parametrize("octets", _HIDDEN.values(), ids=_HIDDEN)
def test_a_hidden_canary_is_found(octets: bytes) -> None:
    assert find_canaries(octets, [_CANARY])


def test_no_canary_is_found_where_there_is_none() -> None:
    assert not find_canaries(b"From: alias@market.example\r\n\r\nhello Anna, greetings", [_CANARY])
