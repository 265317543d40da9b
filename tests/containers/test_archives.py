"""Archives and winmail.dat: names and contents stay, what else they tell goes; files inside are cleaned too."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from mailbridge.containers.cleaning import clean
from mailbridge.containers.outcome import Cleaned
from mailbridge.containers.reading.files import read
from mailbridge.domain.files import Trouble
from tests.containers import samples
from tests.containers.oracle import is_in
from tests.containers.winmail import winmail
from tests.shared_data import shared_files, shared_path

MEMBERS = {"notes/list.txt": samples.WORDS.encode(), "photo.jpg": samples.jpeg(), "letter.docx": samples.word()}
_RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Riched20;}"
    rb"\pard The table is sold.\par Gr\'fc\'dfe\par}"
)


def test_T57_a_zip_keeps_names_and_contents_and_nothing_else() -> None:
    octets = samples.archive(MEMBERS)
    assert is_in(samples.AUTHOR, octets)
    cleaned = _cleaned(octets)
    assert not is_in(samples.AUTHOR, cleaned.octets)
    with zipfile.ZipFile(io.BytesIO(cleaned.octets)) as archive:
        assert (archive.namelist(), archive.read("notes/list.txt"), archive.testzip()) == (
            list(MEMBERS),
            samples.WORDS.encode(),
            None,
        )
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_T58_a_clean_zip_stays_as_it_is() -> None:
    once = _cleaned(samples.archive(MEMBERS)).octets
    assert (_cleaned(once).octets, _cleaned(once).removed) == (once, frozenset())


def test_a_zip_in_a_zip_is_cleaned_and_read() -> None:
    octets = samples.archive({"inner.zip": samples.archive(MEMBERS)})
    cleaned = _cleaned(octets)
    assert not is_in(samples.AUTHOR, cleaned.octets)
    texts, troubles = read(cleaned.octets)
    assert troubles == ()
    assert {"inner.zip/notes/list.txt"} <= {text.place for text in texts if text.text == samples.WORDS}
    assert "photo.jpg" in {text.text for text in texts if text.is_metadata}


def test_names_of_members_are_metadata_for_the_gate() -> None:
    texts, _ = read(samples.archive({f"{samples.AUTHOR}.txt": b"x"}))
    assert [text.is_metadata for text in texts if text.text == f"{samples.AUTHOR}.txt"] == [True]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_member_names_of_every_language_are_kept(method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("zażółć/größe.txt", b"x")
        archive.mkdir("empty")
    with zipfile.ZipFile(io.BytesIO(_cleaned(made.getvalue()).octets)) as archive:
        assert archive.namelist() == ["zażółć/größe.txt", "empty/"]


def test_T57_a_tar_keeps_names_and_contents_and_no_owner() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in MEMBERS.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.uname, entry.gname, entry.mtime = len(content), samples.AUTHOR, "staff", 1_763_600_000
            entry.pax_headers = {"comment": samples.ADDRESS}
            archive.addfile(entry, io.BytesIO(content))
    assert is_in(samples.AUTHOR, made.getvalue())
    cleaned = _cleaned(made.getvalue()).octets
    assert not is_in(samples.AUTHOR, cleaned)
    assert not is_in(samples.ADDRESS, cleaned)
    with tarfile.open(fileobj=io.BytesIO(cleaned)) as archive:
        assert archive.getnames() == list(MEMBERS)
        file = archive.extractfile("notes/list.txt")
        assert file is not None
        assert file.read() == samples.WORDS.encode()


def test_T57_a_gzip_keeps_its_content_and_no_name() -> None:
    made = io.BytesIO()
    with gzip.GzipFile(f"{samples.AUTHOR}.txt", "wb", fileobj=made) as file:
        file.write(samples.WORDS.encode())
    cleaned = _cleaned(made.getvalue()).octets
    assert (gzip.decompress(cleaned), samples.AUTHOR.encode() in cleaned) == (samples.WORDS.encode(), False)
    assert cleaned[4:8] == bytes(4)


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress, gzip.compress])
def test_a_packed_photo_is_cleaned(pack: object) -> None:
    assert callable(pack)
    assert not is_in(samples.AUTHOR, _cleaned(pack(samples.jpeg())).octets)


def test_what_is_wrong_inside_is_named_with_its_place() -> None:
    [trouble] = clean(samples.archive({"a.txt": b"x", "in/old.rar": b"Rar!\x1a\x07\x01\x00" + bytes(99)})).troubles
    assert (trouble.trouble, trouble.place) == (Trouble.UNSUPPORTED, "in/old.rar")


@pytest.mark.parametrize("mark", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c"])
def test_rar_and_7zip_are_not_supported(mark: bytes) -> None:
    assert [one.trouble for one in clean(mark + bytes(100)).troubles] == [Trouble.UNSUPPORTED]


def test_an_encrypted_zip_is_encrypted() -> None:
    octets = bytearray(samples.archive({"a.txt": b"secret words"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        octets[octets.index(mark) + offset] |= 1
    assert [one.trouble for one in clean(bytes(octets)).troubles] == [Trouble.ENCRYPTED]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/passwd", "a/../../b", "C:\\x.txt", "..\\x.txt"])
def test_T74_a_member_outside_its_folder_is_a_disguise(name: str) -> None:
    assert [one.trouble for one in clean(samples.archive({name: b"x"})).troubles] == [Trouble.DISGUISED]


def test_two_names_for_one_member_are_a_disguise() -> None:
    octets = samples.archive({"invoice.txt": b"x"})
    at = octets.index(b"invoice.txt")
    assert [one.trouble for one in clean(octets[:at] + b"malware.exe" + octets[at + 11 :]).troubles] == [
        Trouble.DISGUISED
    ]


def test_a_link_in_a_tar_is_a_disguise() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        entry = tarfile.TarInfo("notes")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    assert [one.trouble for one in clean(made.getvalue()).troubles] == [Trouble.DISGUISED]


def test_a_zip_behind_other_octets_is_found_and_stands_alone_afterwards() -> None:
    octets = b"#!/bin/sh\necho hidden\n" + samples.archive({"a.txt": b"x"})
    troubles = [one.trouble for one in clean(octets).troubles]
    assert troubles == [Trouble.BROKEN]  # its offsets count from its own beginning: programs differ on what that means


def test_E14_winmail_dat_is_unpacked() -> None:
    octets = winmail({"Photo of table.jpg": samples.jpeg(), "list.txt": b"x"}, rtf=_RTF, author=samples.ADDRESS)
    cleaned = _cleaned(octets)
    assert cleaned.unpacked is not None
    assert [file.name for file in cleaned.unpacked] == ["Photo of table.jpg", "list.txt"]
    assert (cleaned.plain, cleaned.html) == ("The table is sold.\nGrüße", None)


def test_E14_winmail_dat_with_html_gives_its_html() -> None:
    cleaned = _cleaned(winmail({}, html=b"<p>The table is sold.</p>"))
    assert (cleaned.plain, cleaned.html) == (None, "<p>The table is sold.</p>")


@pytest.mark.parametrize("cut", [3, 20, 100, -40])
def test_T65_a_cut_winmail_dat_is_broken(cut: int) -> None:
    octets = winmail({"a.txt": b"x" * 500}, rtf=_RTF)
    assert clean(octets[:cut]).troubles != () or octets[:cut][:4] != octets[:4]


@pytest.mark.parametrize("path", shared_files("data/mime/mimekit_tnef", "*.tnef"), ids=lambda path: path.stem)
def test_E14_the_winmail_dat_of_others_hold_what_others_found(path: Path) -> None:
    cleaned = clean(path.read_bytes())
    listed = path.with_suffix(".list").read_text("utf-8", "replace").splitlines()
    # MimeKit shows the body as a file.
    wanted = sorted(name.strip() for name in listed if name.strip() and not name.startswith("body."))
    found = sorted(file.name for file in cleaned.unpacked or ())
    assert [name for name in wanted if name not in found] == []
    assert (cleaned.plain or cleaned.html or not any(name.startswith("body.") for name in listed)) != ""


def test_the_set_of_others_is_there() -> None:
    assert len(list(shared_path("data", "mime", "mimekit_tnef").glob("*.tnef"))) >= 15


def test_compressed_rtf_is_undone_as_the_specification_shows() -> None:
    from mailbridge.containers.compressedrtf import decompressed

    # MS-OXRTFCP 3.2: a run that reaches into what it is itself writing.
    packed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert decompressed(packed) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def _cleaned(octets: bytes) -> Cleaned:
    cleaned = clean(octets)
    assert cleaned.troubles == ()
    return cleaned
