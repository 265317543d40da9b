"""Pictures of every kind lose what tells about their makers, and not one pixel."""

import io
import random
import struct
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from mailbridge.containers.cleaning import clean
from mailbridge.containers.outcome import Cleaned
from mailbridge.containers.reading.files import read
from mailbridge.domain.files import Trouble
from tests.containers import samples
from tests.containers.oracle import holding, is_in, pixels

MAKERS: dict[str, Callable[[], bytes]] = {
    "jpeg": samples.jpeg,
    "png": samples.png,
    "gif": samples.gif,
    "webp": samples.webp,
    "tiff": samples.tiff,
    "boxes": samples.avif,
}
WITH_HEIC = {**MAKERS, "heic": samples.heic}
TURNED: dict[str, Callable[[int], bytes]] = {
    "jpeg": samples.jpeg,
    "png": samples.png,
    "webp": samples.webp,
    "tiff": samples.tiff,
}


@pytest.mark.parametrize("kind", WITH_HEIC)
def test_T57_the_sample_shows_its_maker_before(kind: str) -> None:
    assert is_in(samples.AUTHOR, WITH_HEIC[kind]())


@pytest.mark.parametrize("kind", WITH_HEIC)
def test_T57_no_word_about_the_maker_is_left(kind: str) -> None:
    cleaned = _cleaned(WITH_HEIC[kind]())
    assert not is_in(samples.AUTHOR, cleaned.octets)
    assert not is_in(samples.ADDRESS, cleaned.octets)


@pytest.mark.parametrize("kind", MAKERS)
def test_every_pixel_of_every_frame_is_the_same(kind: str) -> None:
    octets = MAKERS[kind]()
    assert pixels(_cleaned(octets).octets) == pixels(octets)


def test_every_pixel_of_a_heic_is_the_same() -> None:
    import pillow_heif

    octets = samples.heic()
    before, after = (pillow_heif.read_heif(one).to_pillow().tobytes() for one in (octets, _cleaned(octets).octets))
    assert before == after


@pytest.mark.parametrize("kind", TURNED)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_which_side_is_up_is_kept(kind: str, orientation: int) -> None:
    cleaned = _cleaned(TURNED[kind](orientation))
    with Image.open(io.BytesIO(cleaned.octets)) as picture:
        assert picture.getexif().get(0x0112, 1) == orientation


@pytest.mark.parametrize("kind", MAKERS)
def test_T58_what_is_clean_stays_as_it_is(kind: str) -> None:
    once = _cleaned(MAKERS[kind]()).octets
    again = _cleaned(once)
    assert (again.octets, again.removed) == (once, frozenset())


@pytest.mark.parametrize("kind", WITH_HEIC)
def test_what_was_taken_out_is_named(kind: str) -> None:
    assert _cleaned(WITH_HEIC[kind]()).removed & {"exif", "xmp", "comments"}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_reader_for_the_gate_finds_the_maker_where_nothing_was_cleaned(kind: str) -> None:
    texts, _ = read(MAKERS[kind]())
    assert any(samples.AUTHOR in text.text and text.is_metadata for text in texts)


@pytest.mark.parametrize("kind", WITH_HEIC)
def test_the_reader_for_the_gate_finds_nothing_in_what_was_cleaned(kind: str) -> None:
    texts, troubles = read(_cleaned(WITH_HEIC[kind]()).octets)
    assert (troubles, [text for text in texts if "anar" in text.text]) == ((), [])


def test_colours_are_managed_as_before() -> None:
    profile = b"A profile of colours " * 20
    made = io.BytesIO()
    samples.picture().save(made, "JPEG", icc_profile=profile)
    with Image.open(io.BytesIO(_cleaned(made.getvalue()).octets)) as picture:
        assert picture.info["icc_profile"] == profile


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_a_jpeg_of_other_colours_decodes_the_same(mode: str) -> None:
    made = io.BytesIO()
    samples.picture().convert(mode).save(made, "JPEG", exif=samples.exif())
    assert pixels(_cleaned(made.getvalue()).octets) == pixels(made.getvalue())


def test_a_progressive_jpeg_with_restarts_decodes_the_same() -> None:
    made = io.BytesIO()
    samples.picture((200, 160)).save(made, "JPEG", progressive=True, restart_marker_blocks=2, exif=samples.exif())
    assert pixels(_cleaned(made.getvalue()).octets) == pixels(made.getvalue())


def test_an_animated_png_and_webp_keep_their_frames() -> None:
    for kind in ("PNG", "WEBP"):
        made = io.BytesIO()
        frames = [samples.picture(), samples.picture().rotate(180)]
        frames[0].save(made, kind, save_all=True, append_images=frames[1:], duration=50, lossless=True)
        assert pixels(_cleaned(made.getvalue()).octets) == pixels(made.getvalue())


def test_a_film_loses_where_it_was_taken() -> None:
    place = b"+52.2297+021.0122/"
    told = _box(b"udta", _box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place))
    film = _box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41") + _box(b"moov", _box(b"mvhd", bytes(100)) + told)
    cleaned = _cleaned(film + _box(b"mdat", bytes(range(200))))
    assert place not in cleaned.octets
    assert (len(cleaned.octets), cleaned.octets[-200:]) == (len(film) + 208, bytes(range(200)))


@pytest.mark.parametrize("kind", MAKERS)
def test_T58_a_cut_picture_that_is_clean_stays_as_it_is(kind: str) -> None:
    octets = _cleaned(MAKERS[kind]()).octets
    for end in range(0, len(octets), 7):
        cut = clean(octets[:end])
        assert (cut.octets, holding(cut)) == (octets[:end], [])
        assert [one for one in read(octets[:end])[1] if one.trouble.holds] == []


@pytest.mark.parametrize(
    ("kind", "mark"), [("jpeg", b"\xff\xda"), ("png", b"IDAT"), ("webp", b"VP8L"), ("gif", b"!\xf9")]
)
def test_T57_a_picture_that_is_cut_within_its_data_is_cleaned_as_far_as_it_goes(kind: str, mark: bytes) -> None:
    octets = MAKERS[kind]()
    start = octets.rindex(mark)
    for end in range(start + 40, start + 90, 5):
        cut = clean(octets[:end])
        told = "".join(text.text for text in read(cut.octets)[0])
        assert (cut.troubles, samples.AUTHOR in told, samples.AUTHOR.encode() in cut.octets) == ((), False, False)
        assert octets[start:end] in cut.octets


@pytest.mark.parametrize("kind", MAKERS)
def test_T58_a_mark_with_chance_behind_it_is_no_picture_and_stays_as_it_is(kind: str) -> None:
    for seed in range(200):
        octets = MAKERS[kind]()[: 4 + 8 * (seed % 4)] + random.Random(seed).randbytes(500)
        cleaned = clean(octets)
        assert (cleaned.octets, holding(cleaned)) == (octets, [])


def test_T58_a_png_whose_sums_are_wrong_is_cleaned_and_keeps_its_data() -> None:
    octets = samples.png()
    at = octets.index(b"IDAT") - 4
    length = int.from_bytes(octets[at : at + 4], "big")
    damaged = octets[: at + 8 + length] + b"\x00\x00\x00\x00" + octets[at + 12 + length :]
    cleaned = _cleaned(damaged)
    assert not is_in(samples.AUTHOR, cleaned.octets)
    assert octets[at : at + 8 + length] + b"\x00\x00\x00\x00" in cleaned.octets


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("tail", [b"\x00", b"\n", b"x", b"\r\n--\r\n", b"\xff\x01\x99SEFT" * 9])
def test_a_garbage_octet_behind_a_picture_does_not_matter(kind: str, tail: bytes) -> None:
    octets = MAKERS[kind]()
    cleaned = clean(octets + tail)
    assert holding(cleaned) == []
    assert pixels(cleaned.octets) == pixels(octets)


def test_T65_a_picture_of_fifty_thousand_by_fifty_thousand_is_too_big() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    octets = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")
    assert [one.trouble for one in clean(octets).troubles] == [Trouble.TOO_BIG]


def test_a_picture_behind_a_picture_is_cut_off() -> None:
    octets = _cleaned(samples.jpeg()).octets
    assert _cleaned(octets + samples.archive({"a.txt": b"x"})).octets == octets


def test_a_screenshot_of_many_pixels_in_few_octets_is_read_without_decoding_it() -> None:
    made = io.BytesIO()
    Image.new("RGB", (8000, 8000), "white").save(made, "PNG")
    tracemalloc.start()
    try:
        texts, troubles = read(made.getvalue())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (texts, troubles) == ((), ())
    assert peak < 2_000_000


def _cleaned(octets: bytes) -> Cleaned:
    cleaned = clean(octets)
    assert cleaned.troubles == ()
    return cleaned


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
