"""What is told from octets alone, in the main process: cheap, and by the build of a file, not by its first octets."""

import gzip
import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from mailbridge.containers.kinds import Kind, kind_of
from tests.containers import samples
from tests.containers.hostile import HOSTILE
from tests.containers.winmail import winmail

KINDS: dict[Kind, Callable[[], bytes]] = {
    Kind.JPEG: samples.jpeg,
    Kind.PNG: samples.png,
    Kind.GIF: samples.gif,
    Kind.WEBP: samples.webp,
    Kind.TIFF: samples.tiff,
    Kind.BOXES: samples.heic,
    Kind.PDF: samples.pdf,
    Kind.ZIP: samples.word,
    Kind.RTF: samples.rich_text,
    Kind.TNEF: lambda: winmail({"a.txt": b"x"}, html=b"<p>x</p>"),
    Kind.GZIP: lambda: gzip.compress(b"words"),
    Kind.OLE: samples.old_word,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_known_by_its_build_also_where_it_is_cut_short(kind: Kind) -> None:
    octets = KINDS[kind]()
    assert kind_of(octets) is kind
    assert kind_of(octets[: len(octets) * 9 // 10]) in {kind, None}
    assert kind_of(octets + b"\r\n") is kind


@pytest.mark.parametrize("kind", KINDS)
def test_T58_the_first_octets_alone_are_not_believed(kind: Kind) -> None:
    octets = KINDS[kind]()
    believed = sum(
        kind_of(octets[:8] + random.Random(seed).randbytes(600)) is not None
        for seed in range(100)
        if kind not in {Kind.TNEF, Kind.GZIP}  # no more than so many octets tell them
    )
    assert believed <= 5


@pytest.mark.parametrize("octets", [b"", b"\x00", b"words of a letter\n" * 400, b"%PDF-1.7 is a format", b"PK", b"BM"])
def test_text_is_no_container(octets: bytes) -> None:
    assert kind_of(octets) is None


def test_T57_a_photo_behind_many_segments_is_a_photo() -> None:
    octets = samples.jpeg()
    assert kind_of(b"\xff\xd8" + b"\xff\xfe\x00\x02" * 5000 + octets[2:]) is Kind.JPEG
    assert kind_of(b"\xff\xd8" + b"\xff" * 5000 + octets[3:]) is Kind.JPEG


def test_a_zip_behind_something_else_is_a_zip() -> None:
    assert kind_of(b"MZ" + bytes(600) + samples.archive({"a.txt": b"x"})) is Kind.ZIP


def test_T65_asking_costs_little_whatever_the_file() -> None:
    slow = {}
    files = {name: make() for name, make in HOSTILE.items()}
    files["objects"] = b"%PDF-1.4\n" + b"obj" * 3_000_000
    files["markers"] = b"\xff\xd8" + b"\xff\xfe\x00\x02" * 2_000_000
    files["big"] = random.Random(7).randbytes(20_000_000)
    for name, octets in files.items():
        taken = min(_cpu_of(octets) for _ in range(3))
        if taken > 0.05:
            slow[name] = taken
    assert slow == {}


def _cpu_of(octets: bytes) -> float:
    before = time.process_time()
    kind_of(octets)
    return time.process_time() - before


def test_D15_the_bridge_itself_never_loads_what_opens_files() -> None:
    code = (
        "import sys\nimport mailbridge.app.running, mailbridge.cli\n"
        "print(sorted({'pikepdf', 'PIL', 'olefile', 'tnefparse', 'tarfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]"
