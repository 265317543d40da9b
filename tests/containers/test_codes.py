"""QR codes in pictures, documents and PDF: their text is read like any other text of the file."""

import io
from datetime import timedelta
from pathlib import Path

import docx
import pytest
import zxingcpp
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mailbridge.containers.reading.files import read
from mailbridge.domain.files import FileText
from mailbridge.domain.message import Attachment
from mailbridge.domain.verdict import Place
from mailbridge.policy.scanning import texts_of
from mailbridge.screening.screener import Screener
from tests.policy.stage import a_message, from_buyer
from tests.shared_data import shared_path

_TEXT = "https://shop.example/anna"


def _code(text: str = _TEXT) -> Image.Image:
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(barcode.to_image(scale=4)).convert("L")


def _saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    octets = io.BytesIO()
    picture.save(octets, kind)
    return octets.getvalue()


def _codes(octets: bytes, *, has_time: bool = True) -> list[FileText]:
    texts, troubles = read(octets, has_time=lambda: has_time)
    assert troubles == ()
    return [text for text in texts if text.place.endswith("code")]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_a_code_is_read_in_every_sort_of_picture(kind: str) -> None:
    assert _codes(_saved(_code(), kind)) == [FileText(place="code", text=_TEXT, is_metadata=False)]


def test_a_code_is_read_that_is_turned_big_or_see_through() -> None:
    turned = _code().rotate(30, expand=True, fillcolor=255)
    big = _code().resize((3_000, 3_000))
    ink = _code().point(lambda shade: 255 - shade)
    see_through = Image.merge("LA", (Image.new("L", ink.size, 0), ink))
    assert [[code.text for code in _codes(_saved(one))] for one in (turned, big, see_through)] == [[_TEXT]] * 3


def test_a_small_code_on_something_shown_is_for_the_gate_only() -> None:
    photo = Image.new("L", (1_000, 1_000), 200)
    photo.paste(_code(), (100, 100))
    [code] = _codes(_saved(photo))
    assert (code.text, code.is_metadata) == (_TEXT, True)


def test_a_code_in_a_document_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("See the picture")
    document.add_picture(io.BytesIO(_saved(_code())))
    octets = io.BytesIO()
    document.save(octets)
    assert [(code.place, code.text) for code in _codes(octets.getvalue())] == [("word/media/image1.png/code", _TEXT)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_code_in_a_pdf_is_read(kind: str) -> None:
    octets = io.BytesIO()
    canvas = Canvas(octets)
    canvas.drawImage(ImageReader(io.BytesIO(_saved(_code().convert("RGB"), kind))), 100, 100)
    canvas.save()
    assert [code.text for code in _codes(octets.getvalue())] == [_TEXT]


def test_where_no_time_is_left_no_pixel_is_decoded() -> None:
    assert _codes(_saved(_code()), has_time=False) == []


def test_a_picture_without_a_code_or_with_broken_pixels_has_none() -> None:
    assert _codes(_saved(Image.effect_noise((200, 200), 50))) == []
    assert _codes(_saved(_code(), "JPEG")[:700]) == []


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    assert _codes(_saved(Image.new("1", (9_000, 9_000), 1))) == []


def test_the_worker_reads_codes_and_checks_see_them() -> None:
    picture = Attachment(filename="scan.png", content_type="image/png", octets=_saved(_code()))
    message = a_message(subject="", text="", attachments=(picture,))
    screener = Screener()
    try:
        screened = screener.look_into(message, within=timedelta(seconds=30))
    finally:
        screener.close()
    assert list(texts_of(message, from_buyer(screened=screened))) == [(Place.ATTACHMENT, _TEXT)]


def _photographs() -> list[Path]:
    folder = shared_path("data", "policy", "zxing_qr")
    return [one for one in sorted(folder.glob("qrcode-*/*")) if one.suffix != ".txt"]


def test_nine_of_ten_photographs_of_the_collection_are_read() -> None:
    photographs = _photographs()
    unread = [one.name for one in photographs if not _codes(one.read_bytes())]
    assert len(unread) <= len(photographs) // 10, unread


def test_no_picture_of_the_collection_without_a_code_has_one() -> None:
    pictures = sorted(shared_path("data", "policy", "zxing_qr", "falsepositives-1").iterdir())
    assert [one.name for one in pictures if _codes(one.read_bytes())] == []
