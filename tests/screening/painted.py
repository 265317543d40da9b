"""Pictures with text painted into them, as people send them: labels, plates, notes held into the camera, by one seed.

Five faces, sizes from small print to a heading, turned a little, on even, shaded and noisy grounds, dark on light and
light on dark.
"""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FOLDER = Path(reportlab.__file__).parent / "fonts"
_FACES = ("Vera.ttf", "VeraBd.ttf", "VeraIt.ttf", "VeraBI.ttf", "")
_SIZES = (16, 22, 30, 44, 64)
_TURNS = (0.0, -1.5, 2.0, -4.0, 3.0)

CONTACTS = (
    "+48 601 234 567",
    "Tel. 601 234 567",
    "call me: +44 7911 123456",
    "+49 151 23456789",
    "tel 0151 23456789",
    "cell. 347 123 4567",
    "+39 347 123 4567",
    "WhatsApp +48 512 345 678",
    "anna.kowalska@gmail.com",
    "write to shop.berlin@web.de",
    "kontakt@meblestyl.pl",
    "mario.rossi@libero.it",
)
CLEAN = (
    "19,99 EUR",
    "Cena 149,00 zł",
    "S/N 4827-1193-0056-71",
    "Serial No. 5CG9283K7T",
    "EAN 5901234123457",
    "Best before 12.03.2027",
    "230 V ~ 50 Hz 1200 W",
    "Model XT-4500 Made in EU",
    "Größe 42 / Size UK 8",
    "Order 302-4418273-1129944",
    "LOT 20260114 EXP 2028-01",
    "Taglia M 100% cotone",
    "1250 x 600 x 350 mm",
    "-30% SALE",
    "CE 0197 IP54 5V 2A",
    "Tracking 00340434161094042557",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """One picture and what stands in it."""

    text: str
    picture: Image.Image

    def octets(self, kind: str = "PNG") -> bytes:
        """The picture as a file."""
        return as_file(self.picture, kind)


def as_file(picture: Image.Image, kind: str = "PNG") -> bytes:
    """The octets of a picture file."""
    octets = io.BytesIO()
    picture.save(octets, kind)
    return octets.getvalue()


def painted(texts: tuple[str, ...], *, seed: int, rounds: int = len(_FACES)) -> Iterator[Painted]:
    """Every text in every face; size, turn and ground go round with them."""
    chance = random.Random(seed)
    for around in range(rounds):
        for number, text in enumerate(texts):
            face, size = _FACES[(number + around) % len(_FACES)], chance.choice(_SIZES)
            yield Painted(text=text, picture=note(text, face=face, size=size, chance=chance))


def note(text: str, *, face: str = "Vera.ttf", size: int = 30, chance: random.Random | None = None) -> Image.Image:
    """A photograph of something on which a text stands, between other things."""
    chance = chance or random.Random(1)
    font = ImageFont.truetype(_FOLDER / face, size) if face else ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(text)
    width, height = int(right - left), int(bottom - top)
    is_dark = chance.random() < 0.25
    ink, ground = (235, 30) if is_dark else (chance.randrange(0, 60), chance.randrange(170, 256))
    picture = Image.new("L", (width + 160 + size * 2, height + 120 + size * 4), ground)
    ImageDraw.Draw(picture).text((80 + size - left, 60 + size * 2 - top), text, font=font, fill=ink)
    picture = picture.rotate(chance.choice(_TURNS), Image.Resampling.BICUBIC, expand=True, fillcolor=ground)
    return _photographed(picture, chance)


def scene(*, seed: int, size: tuple[int, int] = (900, 700)) -> Image.Image:
    """A photograph without text: things of all forms before a shaded, grainy ground."""
    chance = random.Random(seed)
    picture = Image.new("L", size, chance.randrange(60, 220))
    draw = ImageDraw.Draw(picture)
    for _ in range(chance.randrange(8, 40)):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        box = (x, y, x + chance.randrange(4, 300), y + chance.randrange(4, 300))
        form = chance.choice((draw.ellipse, draw.rectangle, draw.line))
        form(box, fill=chance.randrange(256))
    return _photographed(picture, chance)


def _noise(size: tuple[int, int], sigma: float, chance: random.Random) -> Image.Image:
    """Grain around 128. Pillow's own is drawn by the C library, and so by what was drawn in this process before."""
    layers = [Image.frombytes("L", size, chance.randbytes(size[0] * size[1])) for _ in range(3)]
    mean = Image.blend(Image.blend(layers[0], layers[1], 1 / 2), layers[2], 1 / 3)
    spread = 255 / 6  # of the mean of three even ones
    return mean.point([round(128 + (value - 128) * sigma / spread) for value in range(256)])


def _photographed(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Shade, blur and grain of a camera."""
    shade = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180))).resize(picture.size)
    picture = Image.blend(picture, shade, chance.choice((0.0, 0.08, 0.15)))
    picture = picture.filter(ImageFilter.GaussianBlur(chance.choice((0.0, 0.4, 0.7))))
    grain = _noise(picture.size, chance.choice((4.0, 12.0, 25.0)), chance)
    return Image.blend(picture, grain, chance.choice((0.0, 0.06, 0.12))).convert("RGB")
