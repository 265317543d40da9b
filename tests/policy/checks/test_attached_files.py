"""Unrelated pictures, files without a purpose, archives, macros, too many files."""

import io
import zipfile
from typing import Any

import pytest

from mailbridge.domain.files import FileTrouble, LookedInto, Screened, Trouble
from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.policy.checks import CHECKS_BY_NAME
from tests.policy.stage import a_message, from_buyer, from_seller

_JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_LONG = "Dzień dobry, paczka jest już w drodze i będzie jutro u Państwa."


def _file(name: str, octets: bytes = b"", content_type: str = "application/octet-stream", **more: Any) -> Attachment:
    return Attachment(filename=name, content_type=content_type, octets=octets, **more)


def _photo(name: str = "IMG_1.jpg", **more: Any) -> Attachment:
    return _file(name, _JPG, "image/jpeg", **more)


def _zip(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


def _names(check: str, message: Message, facts: Any = None, **parameters: Any) -> list[str]:
    row = CHECKS_BY_NAME[check]
    given = {one.name: one.default for one in row.parameters} | parameters
    return [finding.words for finding in row.find(message, facts or from_seller(), given)]


def _unrelated(text: str = _LONG, **more: Any) -> list[str]:
    return _names("unrelated_image", a_message(text=text, **({"attachments": (_photo(),)} | more)))


def test_S25_a_picture_of_which_the_text_says_nothing_is_found() -> None:
    assert _unrelated() == ["IMG_1.jpg"]


@pytest.mark.parametrize(
    "text",
    [
        "Dzień dobry, w załączniku zdjęcie paczki, tak jak Pani prosiła.",
        "Hello, the photo shows the box as it left our store yesterday.",
        "Guten Tag, anbei das Bild vom Karton, wie gestern besprochen.",
        "Buongiorno, in allegato trova la foto del pacco come richiesto ieri.",
        "Bonjour, voici le colis tel que nous l'avons préparé hier soir.",
        "Hola, adjunto la imagen del paquete tal como me pidió usted ayer.",
        "That is how it should look when it is put together.",
        "Sure, no problem.",
        "",
    ],
)
def test_a_picture_that_the_text_speaks_of_is_related(text: str) -> None:
    assert _unrelated(text) == []


def test_a_picture_that_was_asked_for_is_related() -> None:
    assert _unrelated(quoted_text="> Czy może Pani przysłać zdjęcie?") == []
    assert _unrelated(subject="Photo of the scratch") == []
    asked = from_seller(history=("Hello", "Can you send a picture?"))
    assert _names("unrelated_image", a_message(text=_LONG, attachments=(_photo(),)), asked) == []


def test_a_picture_inside_of_the_text_is_related() -> None:
    logo = _photo("logo.jpg", content_id="logo@a b", is_inline=True)
    html = Body(plain=None, html='<p>Dzień dobry</p><img src="cid:logo@a%20b">')
    assert _unrelated(attachments=(logo,), body=html) == []
    assert _unrelated(attachments=(logo,)) == ["logo.jpg"]  # a plain mail shows it as a file


def test_other_files_are_no_pictures() -> None:
    files = (_file("a.pdf", _PDF, "application/pdf"), _file("a.txt", b"x", "text/plain"))
    assert _unrelated(attachments=files) == []
    assert _unrelated(attachments=(_file("odd.heic", b"?", "image/heic"),)) == ["odd.heic"]


@pytest.mark.parametrize(
    "name",
    [
        *("Rechnung_2026.pdf", "FV 12-2026.pdf", "manuale d'uso.pdf", "gwarancja.pdf", "INVOICE.PDF"),
        *("Bedienungsanleitung KX-200.pdf", "Aufbauanleitung.pdf", "Kaufbeleg.pdf", "Stornorechnung 12.pdf"),
    ],
)
def test_S25_a_file_that_is_called_what_may_be_attached_is_no_finding(name: str) -> None:
    assert _names("attachment_purpose", a_message(text=_LONG, attachments=(_file(name, _PDF),))) == []


def test_a_file_that_nobody_declares_is_found() -> None:
    files = (_file("oferta.pdf", _PDF), _file("faktura.pdf", _PDF), _photo())
    assert _names("attachment_purpose", a_message(text=_LONG, attachments=files)) == ["oferta.pdf"]
    asked = _names("attachment_purpose", a_message(text=_LONG, attachments=files), pictures_need_none=False)
    assert asked == ["oferta.pdf", "IMG_1.jpg"]


def test_the_text_may_declare_it_and_the_rule_says_what_counts() -> None:
    message = a_message(text="W załączeniu instrukcja obsługi lampy.", attachments=(_file("scan001.pdf", _PDF),))
    assert _names("attachment_purpose", message) == []
    assert _names("attachment_purpose", message, allowed=("invoice",)) == ["scan001.pdf"]


def test_the_signature_of_a_mail_is_no_attachment() -> None:
    files = (_file("smime.p7s", b"0", "application/pkcs7-signature"), _file("s.asc", b"-", "application/pgp-signature"))
    assert _names("attachment_purpose", a_message(text=_LONG, attachments=files)) == []
    assert _names("attachment_count", a_message(attachments=files), max_files=0) == []


@pytest.mark.parametrize(
    ("name", "octets", "is_one"),
    [
        ("photos.zip", _zip("a.jpg"), True),
        ("photos.pdf", _zip("a.jpg"), True),
        ("all.rar", b"Rar!\x1a\x07\x01\x00" + b"\0" * 64, True),
        ("all.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\0" * 64, True),
        ("manual.docx", _zip("word/document.xml"), False),
        ("photo.jpg", _JPG, False),
        ("empty.zip", b"", False),
        ("notes.txt", b"PK is short for", False),
    ],
)
def test_E14_an_archive_is_found_whatever_it_is_called(name: str, octets: bytes, is_one: bool) -> None:
    assert _names("archive", a_message(attachments=(_file(name, octets),))) == ([name] if is_one else [])


def _seen(kind: str, *troubles: Trouble) -> Screened:
    file = LookedInto(number=0, kind=kind, files=(), troubles=tuple(FileTrouble(trouble=one) for one in troubles))
    return Screened(files=(file,))


def test_screening_knows_better_than_the_name() -> None:
    message = a_message(attachments=(_file("manual.docx", _zip("a.jpg")),))
    assert _names("archive", message, from_buyer(screened=_seen("zip"))) == ["manual.docx"]
    assert _names("archive", message, from_buyer(screened=_seen("docx"))) == []


@pytest.mark.parametrize(
    ("name", "octets", "is_one"),
    [
        ("list.xlsm", _zip("xl/workbook.xml"), True),
        ("list.xlsx", _zip("xl/workbook.xml", "xl/vbaProject.bin"), True),
        ("list.xls", b"\xd0\xcf\x11\xe0" + "_VBA_PROJECT".encode("utf-16-le"), True),
        ("list.xlsx", _zip("xl/workbook.xml"), False),
        ("list.xls", b"\xd0\xcf\x11\xe0" + bytes(64), False),
        ("vbaProject.txt", b"xl/vbaProject.bin", False),
    ],
)
def test_E14_an_office_file_with_macros_is_found(name: str, octets: bytes, is_one: bool) -> None:
    assert _names("macro", a_message(attachments=(_file(name, octets),))) == ([name] if is_one else [])


def test_what_screening_saw_counts_as_a_macro() -> None:
    message = a_message(attachments=(_file("list.xls", b"x"),))
    assert _names("macro", message, from_buyer(screened=_seen("ole", Trouble.ACTIVE))) == ["list.xls"]
    assert _names("macro", message, from_buyer(screened=_seen("ole", Trouble.ENCRYPTED))) == []


def test_files_beyond_the_limit_are_found() -> None:
    shown = _photo("logo.jpg", content_id="logo", is_inline=True)
    files = (shown, *(_photo(f"{number}.jpg") for number in range(4)))
    message = a_message(attachments=files, body=Body(plain=None, html='<img src="cid:logo">'))
    assert _names("attachment_count", message, max_files=4) == []
    assert _names("attachment_count", message, max_files=2) == ["2.jpg", "3.jpg"]


@pytest.mark.parametrize("check", ["archive", "attachment_count", "attachment_purpose", "macro", "unrelated_image"])
def test_a_mail_without_files_has_none(check: str) -> None:
    assert _names(check, a_message(text=_LONG)) == []


def test_findings_are_bounded() -> None:
    files = tuple(_file(f"{number}.zip", _zip("a")) for number in range(60))
    message = a_message(text=_LONG, attachments=files)
    checks = ("archive", "attachment_purpose", "attachment_count")
    assert [len(_names(check, message)) for check in checks] == [50, 50, 50]
