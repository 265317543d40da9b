"""Words in pictures: found as people send them, none where there are none; where it fails, nothing goes out unseen."""

import io
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mailbridge.containers.reading.files import read_all
from mailbridge.containers.reading.findings import MOST_SIDE, Pixels
from mailbridge.domain.files import FileText, LookedInto, Trouble
from mailbridge.domain.message import Attachment
from mailbridge.domain.verdict import Place
from mailbridge.policy.checks import CHECKS
from mailbridge.policy.scanning import texts_of
from mailbridge.screening import ocr
from mailbridge.screening import screener as screener_module
from mailbridge.screening.ocr import NotNow, Reading, TextReader, packages_for
from mailbridge.screening.screener import Screener
from tests.containers import samples
from tests.containers.winmail import winmail
from tests.peers.processes import open_folder, require_programs, wait_until
from tests.policy.stage import a_message, from_seller
from tests.screening.painted import CLEAN, CONTACTS, Painted, as_file, note, painted, scene
from tests.shared_data import shared_path

_ALL = ("eng", "pol", "ita", "deu")
_NUMBER = "+48 601 234 567"
_LONG = timedelta(seconds=100)


@pytest.fixture(scope="module")
def screener() -> Iterator[Screener]:
    """Reads English, as installed."""
    require_programs("tesseract")
    made = Screener(TextReader(("eng",)))
    yield made
    made.close()


def _looked_into(screener: Screener, octets: bytes, name: str = "photo.png") -> LookedInto:
    file = Attachment(filename=name, content_type="application/octet-stream", octets=octets)
    screened = screener.look_into(a_message(attachments=(file,)), within=_LONG)
    assert screened is not None
    (looked,) = screened.files
    return looked


def _words(looked: LookedInto) -> list[FileText]:
    return [text for text in looked.texts if text.place.endswith("words")]


def _found(screener: Screener, octets: bytes) -> set[str]:
    """Names of the checks, of those that look at texts, that find something in a picture."""
    file = Attachment(filename="photo.png", content_type="image/png", octets=octets)
    message = a_message(subject="", text="", attachments=(file,))
    facts = from_seller(screened=screener.look_into(message, within=_LONG))
    assert facts.screened is not None
    assert facts.screened.is_safe
    checks = (check for check in CHECKS if check.reads_texts)
    return {one.name for one in checks if one.find(message, facts, {p.name: p.default for p in one.parameters})}


def _is_found(one: Painted, screener: Screener) -> bool:
    wanted = {"email_address"} if "@" in one.text else {"phone_number", "messenger_handle"}
    return bool(wanted & _found(screener, one.octets()))


def test_nine_of_ten_contacts_painted_into_a_picture_are_found(screener: Screener) -> None:
    pictures = list(painted(CONTACTS, seed=21, rounds=2))
    missed = [one.text for one in pictures if not _is_found(one, screener)]
    assert len(missed) <= len(pictures) // 10, missed


def test_nothing_is_found_in_pictures_without_contacts(screener: Screener) -> None:
    pictures = [one.octets() for one in painted(CLEAN, seed=21, rounds=1)]
    pictures += [as_file(scene(seed=seed), "JPEG") for seed in range(5)]
    assert [found for octets in pictures if (found := _found(screener, octets))] == []


@pytest.mark.slow
@pytest.mark.parametrize("languages", [("eng",), _ALL], ids="+".join)
def test_the_whole_painted_set_in_these_languages(languages: tuple[str, ...]) -> None:
    require_programs("tesseract")
    reading = Screener(TextReader(languages))
    contacts = [one for seed in (7, 8) for one in painted(CONTACTS, seed=seed)]
    clean = [one.octets() for seed in (7, 8) for one in painted(CLEAN, seed=seed)]
    clean += [as_file(scene(seed=seed, size=(1600, 1200)), "JPEG") for seed in range(20)]
    try:
        missed = [one.text for one in contacts if not _is_found(one, reading)]
        false = [found for octets in clean if (found := _found(reading, octets))]
    finally:
        reading.close()
    assert (len(missed) <= len(contacts) // 10, false) == (True, []), missed


@pytest.mark.slow
def test_nothing_is_found_in_photographs_of_the_collection_that_show_no_code(screener: Screener) -> None:
    photographs = sorted(shared_path("data", "policy", "zxing_qr", "falsepositives-1").iterdir())
    assert {one.name: found for one in photographs if (found := _found(screener, one.read_bytes()))} == {}


def test_the_words_are_text_of_the_file_that_checks_see(screener: Screener) -> None:
    picture = Attachment(filename="a.png", content_type="image/png", octets=as_file(note(f"Tel. {_NUMBER}")))
    message = a_message(subject="", text="", attachments=(picture,))
    facts = from_seller(screened=screener.look_into(message, within=_LONG))
    assert list(texts_of(message, facts)) == [(Place.ATTACHMENT, f"Tel. {_NUMBER}")]


def _document(picture: bytes) -> bytes:
    document = docx.Document()
    document.add_picture(io.BytesIO(picture))
    octets = io.BytesIO()
    document.save(octets)
    return octets.getvalue()


def _scan(picture: bytes) -> bytes:
    octets = io.BytesIO()
    canvas = Canvas(octets)
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 50, 100)
    canvas.save()
    return octets.getvalue()


def _mail(picture: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "anna@post.example", "The table"
    mail.set_content("See the picture")
    mail.add_attachment(picture, maintype="image", subtype="png", filename="a.png")
    return mail.as_bytes()


@pytest.mark.parametrize("inside", [_document, _scan, _mail, lambda octets: samples.archive({"a.png": octets})])
def test_words_are_read_in_pictures_of_documents_mails_and_archives(inside: object, screener: Screener) -> None:
    assert callable(inside)
    looked = _looked_into(screener, inside(as_file(note(_NUMBER))), "file.eml" if inside is _mail else "file")
    assert ([one.text for one in _words(looked)], looked.troubles) == ([_NUMBER], ())


def test_words_are_read_in_pictures_of_a_winmail_dat(screener: Screener) -> None:
    looked = _looked_into(screener, winmail(files={"a.png": as_file(note(_NUMBER))}), "winmail.dat")
    assert [(one.place, one.text) for one in _words(looked)] == [("a.png/words", _NUMBER)]


def test_a_picture_is_read_as_viewers_show_it(screener: Screener) -> None:
    shown = note(_NUMBER)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 90 degrees to the right
    turned = io.BytesIO()
    shown.transpose(Image.Transpose.ROTATE_90).save(turned, "JPEG", exif=exif)
    ink = shown.convert("L").point(lambda shade: 255 - shade)
    see_through = Image.merge("LA", (Image.new("L", ink.size, 0), ink))
    whole = as_file(note(_NUMBER), "JPEG")
    tall = Image.new("RGB", (shown.width, 3 * shown.height), "white")
    tall.paste(shown, (0, 0))
    cut_short = as_file(tall, "JPEG")
    kept = {
        "turned": turned.getvalue(),
        "see through": as_file(see_through),
        "jpeg": whole,
        "cut short": cut_short[: len(cut_short) * 9 // 10],
        "big": as_file(shown.resize((shown.width * 8, shown.height * 8))),
    }
    read = {name: [one.text for one in _words(_looked_into(screener, octets))] for name, octets in kept.items()}
    # How far apart two groups of digits stand is a matter of taste.
    digits = {name: ["".join(text.split()) for text in texts] for name, texts in read.items()}
    assert digits == {name: ["".join(_NUMBER.split())] for name in kept}


def test_every_page_of_a_fax_is_read(screener: Screener) -> None:
    pages = [note("The first page", size=44), note(_NUMBER, size=44)]
    fax = io.BytesIO()
    pages[0].save(fax, "TIFF", save_all=True, append_images=pages[1:])
    assert [(one.place, one.text) for one in _words(_looked_into(screener, fax.getvalue()))] == [
        ("words", "The first page"),
        ("2/words", _NUMBER),
    ]


def _kept(octets: bytes) -> tuple[list[Pixels], list[Trouble]]:
    found = read_all(octets, has_time=lambda: False, wants_pixels=True)
    return found.pixels, [one.trouble for one in found.troubles]


def test_pixels_are_kept_small_and_only_once() -> None:
    picture = as_file(scene(seed=1, size=(3000, 2000)))
    (pixels,), troubles = _kept(samples.archive({"a.png": picture, "b.png": picture}))
    assert (pixels.place, pixels.width, pixels.height, troubles) == ("a.png", MOST_SIDE, 1067, [])


def test_what_shows_no_word_is_not_kept() -> None:
    assert _kept(as_file(Image.new("L", (300, 1)))) == ([], [])


def test_more_pictures_than_are_read_are_named() -> None:
    pictures = {f"{seed}.png": as_file(Image.effect_noise((40, 40), 50)) for seed in range(42)}
    kept, troubles = _kept(samples.archive(pictures))
    assert (len(kept), troubles) == (40, [Trouble.TOO_MANY_PARTS] * 2)


def test_pages_that_are_not_read_are_named() -> None:
    pages = [Image.effect_noise((40, 40), 50) for _ in range(10)]
    fax = io.BytesIO()
    pages[0].save(fax, "TIFF", save_all=True, append_images=pages[1:])
    kept, troubles = _kept(fax.getvalue())
    assert (len(kept), troubles) == (8, [Trouble.TOO_MANY_PARTS])


def test_a_picture_too_big_to_unpack_is_named() -> None:
    assert _kept(as_file(Image.new("1", (9_000, 9_000), 1))) == ([], [Trouble.TOO_BIG])


def test_where_it_is_off_no_pixel_leaves_the_process_and_no_program_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: pytest.fail("looked for"))
    off = Screener()
    try:
        looked = _looked_into(off, as_file(note(_NUMBER)))
        answer = off._worker.examine(as_file(note(_NUMBER)), until=time.monotonic() + 30, cpu_s=1.5)
    finally:
        off.close()
    assert answer is not None
    assert (looked.texts, answer.pixels, off.takes_longer) == ((), (), timedelta(0))


@contextmanager
def _fake(script: str) -> Iterator[TextReader]:
    """A program in the place of Tesseract that goes wrong in one way."""
    with open_folder("mailbridge-ocr-") as folder:
        program = folder / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        yield TextReader(("eng",), program=str(program))


_PICTURE = Pixels(place="", width=40, height=40, octets=bytes(1600))


def _until(seconds: float = 30.0) -> float:
    return time.monotonic() + seconds


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("while :; do :; done", Trouble.TOO_MUCH_WORK),
        ("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", Trouble.TOO_MUCH_WORK),
        ("exit 3", Trouble.WORKER_LOST),
        ("kill -SEGV $$", Trouble.WORKER_LOST),
        ("echo '<nonsense>'", Trouble.WORKER_LOST),
        (":", Trouble.WORKER_LOST),
        ("echo 'Failed loading language eng' >&2", Trouble.WORKER_LOST),
        ("printf '\\377\\376'", Trouble.WORKER_LOST),
    ],
)
def test_a_program_that_goes_wrong_is_a_trouble_of_the_picture(script: str, trouble: Trouble) -> None:
    with _fake(script) as reader:
        reading = reader.read(_PICTURE, until=_until(), cpu_s=1.0)
    assert (reading.text, reading.trouble) == ("", trouble)


def test_a_picture_that_could_not_be_read_is_not_safe_to_send() -> None:
    with _fake("while :; do :; done") as reader:
        screener = Screener(reader)
        try:
            looked = _looked_into_within(screener, cpu_s=0.3)
        finally:
            screener.close()
    assert [(one.trouble, one.place, one.trouble.holds) for one in looked.troubles] == [
        (Trouble.TOO_MUCH_WORK, "words", True)
    ]


def _looked_into_within(screener: Screener, *, cpu_s: float) -> LookedInto:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screener_module, "_CPU_FOR_WORDS", timedelta(seconds=cpu_s))
        return _looked_into(screener, as_file(note(_NUMBER)))


def test_pictures_of_a_message_share_one_budget(screener: Screener) -> None:
    pictures = samples.archive({f"{size}.png": as_file(note(_NUMBER, size=size)) for size in (30, 40, 50)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screener_module, "_CPU_FOR_WORDS", timedelta(milliseconds=1))
        looked = _looked_into(screener, pictures)
    assert [one.trouble for one in looked.troubles] == [Trouble.TOO_MUCH_WORK] * 3


def test_a_message_with_more_pictures_than_are_read_is_not_safe(screener: Screener) -> None:
    pictures = samples.archive({f"{size}.png": as_file(note(_NUMBER, size=size)) for size in (30, 40)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screener_module, "_MOST_LOOKS", 1)
        looked = _looked_into(screener, pictures)
    assert ([one.text for one in _words(looked)], [one.trouble for one in looked.troubles]) == (
        [_NUMBER],
        [Trouble.TOO_MANY_PARTS],
    )


def test_the_same_picture_in_two_files_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Pixels] = []

    def note_it(_: TextReader, pixels: Pixels, **__: float) -> Reading:
        read.append(pixels)
        return Reading(text=_NUMBER)

    monkeypatch.setattr(TextReader, "read", note_it)
    screener = Screener(TextReader(("eng",)))
    photo = Attachment(filename="a.png", content_type="image/png", octets=as_file(note(_NUMBER)))
    screened = screener.look_into(a_message(attachments=(photo, photo)), within=_LONG)
    screener.close()
    assert screened is not None
    assert [[one.text for one in _words(file)] for file in screened.files] == [[_NUMBER], [_NUMBER]]
    assert [pixels.is_second for pixels in read] == [False, True]


def test_who_has_no_time_hears_not_now() -> None:
    with _fake("while :; do :; done") as reader, pytest.raises(NotNow):
        reader.read(_PICTURE, until=_until(0.2), cpu_s=20.0)


@pytest.mark.parametrize("program", ["", "/nonexistent/tesseract"])
def test_without_a_program_nothing_goes_out(program: str) -> None:
    screener = Screener(TextReader(("eng",), program=program))
    file = Attachment(filename="a.png", content_type="image/png", octets=as_file(note(_NUMBER)))
    try:
        screened = screener.look_into(a_message(attachments=(file,)), within=timedelta(seconds=30))
    finally:
        screener.close()
    assert screened is None or not screened.is_safe


def test_a_reader_that_is_closed_ends_what_runs_and_says_not_now() -> None:
    ended: list[str] = []
    with _fake("while :; do :; done") as reader:

        def ask() -> None:
            try:
                reader.read(_PICTURE, until=_until(), cpu_s=20.0)
            except NotNow:
                ended.append("not now")

        asking = threading.Thread(target=ask)
        asking.start()
        wait_until(lambda: reader._process is not None, "the program runs")
        reader.close()
        asking.join(30)
        with pytest.raises(NotNow):
            reader.read(_PICTURE, until=_until(), cpu_s=1.0)
    assert ended == ["not now"]


def test_a_trial_says_what_is_there() -> None:
    require_programs("tesseract")
    trial = TextReader(_ALL).tried()
    assert (trial.missing, trial.trouble, "cpu" in trial.confined) == ((), ("", ""), True)


def test_a_trial_names_the_packages_that_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    require_programs("tesseract")
    some = TextReader(("eng", "xxx", "chi_xxx")).tried().trouble
    monkeypatch.setattr(ocr, "_FOLDERS", str(tmp_path))
    none = TextReader(("eng", "pol")).tried().trouble
    assert (some, none) == (
        ("tesseract does not know xxx, chi_xxx", "apt install tesseract-ocr tesseract-ocr-xxx tesseract-ocr-chi-xxx"),
        ("tesseract is not installed", "apt install tesseract-ocr tesseract-ocr-eng tesseract-ocr-pol"),
    )


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 97", "this system has no means to confine it"),
        ("exit 3", "it does not read a picture (exit 3)"),
        ('[ "$1" = stdin ] || echo "List:"; [ "$1" = stdin ] || echo eng', "it does not read a picture (exit 0)"),
    ],
)
def test_a_trial_says_what_is_wrong_with_a_program(script: str, said: str) -> None:
    with _fake(script) as reader:
        text, remedy = reader.tried().trouble
    assert (said in text, bool(remedy)) == (True, True), text


def test_a_trial_of_a_program_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    text, _ = TextReader(("eng",), program="/bin/sh").tried().trouble
    assert "it does not start (FileNotFoundError)" in text


def test_packages_are_named_as_debian_does() -> None:
    assert packages_for(("eng", "chi_sim")) == "tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-sim"
