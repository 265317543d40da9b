"""Reads QR codes in the pixels of a picture: addresses and numbers that hide there from every search of text.

zxing-cpp's only door. Reads no other text in pictures: that is character recognition.
"""

from dataclasses import dataclass

import zxingcpp

#: of one picture
_MOST_CODES = 20
_MOST_CHARACTERS = 8_000
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code that was read."""

    text: str
    #: share of the picture that it covers, 0 to 1
    share: float


def codes_in(gray: bytes, width: int, height: int) -> tuple[Code, ...]:
    """The QR codes in a picture of one octet for each pixel, row by row."""
    pixels = memoryview(gray).cast("B", shape=[height, width])
    found = zxingcpp.read_barcodes(pixels, formats=_FORMATS)
    return tuple(
        Code(text=one.text[:_MOST_CHARACTERS], share=_area(one.position) / (width * height))
        for one in found[:_MOST_CODES]
    )


def _area(position: zxingcpp.Position) -> float:
    """The area of a quadrangle, by its corners in turn."""
    corners = [position.top_left, position.top_right, position.bottom_right, position.bottom_left]
    turns = zip(corners, (*corners[1:], corners[0]), strict=True)
    twice: float = abs(sum(a.x * b.y - b.x * a.y for a, b in turns))
    return twice / 2
