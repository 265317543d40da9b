"""Big files as people send them: phones' photos, scans, manuals, price lists. None may be too much work."""

import io
import random
from collections.abc import Callable

import openpyxl
import xlwt
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from tests.containers import samples

_WORDS = "the oak table is of good quality and will be sent by an insured parcel within three working days".split()


def _sentence(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(count))


def _picture(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise((size[0] // 8, size[1] // 8), 60).resize(size).convert("RGB")


def photo(size: tuple[int, int] = (4000, 3000)) -> bytes:
    """What a phone takes."""
    made = io.BytesIO()
    _picture(size).save(made, "JPEG", quality=85, exif=samples.exif())
    return made.getvalue()


def screenshot() -> bytes:
    """Many pixels in few octets."""
    made = io.BytesIO()
    Image.new("RGB", (8000, 8000), "white").save(made, "PNG")
    return made.getvalue()


def manual(pages: int = 150) -> bytes:
    """A PDF of nothing but text."""
    chance = random.Random(1)
    made = io.BytesIO()
    page = canvas.Canvas(made)
    for _ in range(pages):
        text = page.beginText(40, 800)
        for _ in range(60):
            text.textLine(_sentence(chance, 14))
        page.drawText(text)
        page.showPage()
    page.save()
    return made.getvalue()


def scan(pages: int = 4) -> bytes:
    """Pages that are pictures of JPEG."""
    made = io.BytesIO()
    page = canvas.Canvas(made)
    for _ in range(pages):
        page.drawImage(ImageReader(io.BytesIO(photo((2480, 3508)))), 0, 0, 595, 842)
        page.showPage()
    page.save()
    return made.getvalue()


def lossless_scan() -> bytes:
    """A page that is a picture without loss, written as letters."""
    made = io.BytesIO()
    page = canvas.Canvas(made)
    page.drawImage(ImageReader(_picture((2480, 3508))), 0, 0, 595, 842)
    page.save()
    return made.getvalue()


def price_list(rows: int = 10_000) -> bytes:
    """What a shop exports."""
    chance = random.Random(2)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for row in range(rows):
        page.append([f"ORD-{row:07}", _sentence(chance, 4), row * 1.5, _sentence(chance, 2)])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def old_price_list(rows: int = 10_000) -> bytes:
    """What an older shop exports."""
    chance = random.Random(3)
    book = xlwt.Workbook()
    page = book.add_sheet("Prices")
    for row in range(rows):
        page.write(row, 0, f"ORD-{row:07}")
        page.write(row, 1, _sentence(chance, 4))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def album(photos: int = 8) -> bytes:
    """Photos in a zip."""
    return samples.archive({f"IMG_{number}.jpg": photo((3000, 2000)) for number in range(photos)})


BIG: dict[str, Callable[[], bytes]] = {
    made.__name__: made for made in (photo, screenshot, manual, scan, lossless_scan, price_list, old_price_list, album)
}
