"""What files are, whatever they are called, and how big."""

import pytest

from mailbridge.domain.message import Attachment
from mailbridge.policy.checks import CHECKS_BY_NAME, attachment_size, attachment_type
from tests.policy.stage import a_message, from_buyer

_TYPES = {p.name: p.default for p in CHECKS_BY_NAME["attachment_type"].parameters}
_PDF, _JPG, _PNG = b"%PDF-1.7\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n\x00\x00"
_ZIP, _EXE = b"PK\x03\x04\x14\x00\x00\x00", b"MZ\x90\x00\x03\x00"


def _file(name: str, octets: bytes, content_type: str = "application/octet-stream") -> Attachment:
    return Attachment(filename=name, content_type=content_type, octets=octets)


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("faktura.pdf", _PDF),
        ("FAKTURA.PDF", _PDF),
        ("zdjecie.jpeg", _JPG),
        ("zdjecie.JPG", _JPG),
        ("a.png", _PNG),
        ("notes.txt", "Żółw".encode()),
        ("notes.txt", b"BMW 320, MZ 250"),
        ("scan", _PDF),
        ("photo.jpg", _PNG),
        ("empty.gif", b""),
    ],
)
def test_an_allowed_file_is_no_finding(name: str, octets: bytes) -> None:
    assert attachment_type.find(a_message(attachments=(_file(name, octets),)), from_buyer(), _TYPES) == ()


@pytest.mark.parametrize(
    ("name", "octets", "reason"),
    [
        ("faktura.pdf", _EXE, "named pdf, is exe"),
        ("faktura.pdf.exe", _EXE, "exe is not allowed"),
        ("faktura.pdf", b"<html>", "named pdf, is txt"),
        ("photo.jpg", _PDF, "named jpg, is pdf"),
        ("all.zip", _ZIP, "zip is not allowed"),
        ("manual.docx", _ZIP, "docx is not allowed"),
        ("page.html", b"<html>", "txt named html is not allowed"),
        ("pic.svg", b"<svg/>", "txt named svg is not allowed"),
        ("run.js", b"alert(1)", "txt named js is not allowed"),
        ("invite.ics", b"BEGIN:VCALENDAR", "txt named ics is not allowed"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x00", "tnef named dat is not allowed"),
        ("blob", b"\x00\x01\x02", "unknown named without ending is not allowed"),
        ("empty.exe", b"", "exe is not allowed"),
    ],
)
def test_E14_a_file_that_is_not_what_it_may_be_is_found(name: str, octets: bytes, reason: str) -> None:
    [finding] = attachment_type.find(a_message(attachments=(_file(name, octets),)), from_buyer(), _TYPES)
    assert (finding.words, finding.detail) == (name, reason)


def test_a_market_may_allow_more() -> None:
    more = {"allowed": ("pdf", "docx", "zip")}
    files = (_file("manual.docx", _ZIP), _file("all.zip", _ZIP))
    assert attachment_type.find(a_message(attachments=files), from_buyer(), more) == ()


def test_one_file_over_the_limit_is_found() -> None:
    files = (_file("a.pdf", b"12345"), _file("b.pdf", b"1"))
    [finding] = attachment_size.find(
        a_message(attachments=files), from_buyer(), {"max_each_octets": 4, "max_total_octets": 100}
    )
    assert finding.words == "a.pdf"


def test_files_that_are_too_big_together_are_found_once() -> None:
    files = (_file("a.pdf", b"123"), _file("b.pdf", b"1234"))
    limits = {"max_each_octets": 4, "max_total_octets": 6}
    [finding] = attachment_size.find(a_message(attachments=files), from_buyer(), limits)
    assert (finding.words, finding.detail) == ("b.pdf", "7 octets together, limit 6")


def test_files_at_the_limit_are_no_finding() -> None:
    files = (_file("a.pdf", b"123"), _file("b.pdf", b"123"))
    limits = {"max_each_octets": 3, "max_total_octets": 6}
    assert attachment_size.find(a_message(attachments=files), from_buyer(), limits) == ()
