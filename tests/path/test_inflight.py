"""Marks of mails that are being computed: what a dead process leaves, and what is made of it."""

import fcntl
import os
from pathlib import Path

import pytest

from mailbridge.path.inflight import Inflight, note_all_crashed, note_crashed
from tests.path.world import a_world

A, B = b"a" * 32, b"b" * 32


def marks(file: Path) -> set[bytes]:
    """The digests that stand in a file of marks."""
    octets = file.read_bytes()
    return {octets[at : at + 32] for at in range(0, len(octets), 32)} - {bytes(32)}


def left_by_a_dead_process(folder: Path, name: str, *digests: bytes) -> Path:
    """The file that a killed process leaves."""
    file = folder / name
    file.write_bytes(b"".join(digests) + bytes(32))
    return file


def test_a_mail_is_marked_while_it_computes_and_no_longer(tmp_path: Path) -> None:
    inflight = Inflight(tmp_path, "p1", places=2)
    file = tmp_path / "p1"
    with inflight.computing(A):
        assert marks(file) == {A}
    assert marks(file) == set()
    inflight.close()
    assert not file.exists()


def test_a_mail_that_waits_is_not_marked(tmp_path: Path) -> None:
    inflight = Inflight(tmp_path, "p1")
    with inflight.computing(A):
        with inflight.stepping_aside():
            assert marks(tmp_path / "p1") == set()
            with inflight.computing(B):
                assert marks(tmp_path / "p1") == {B}
        assert marks(tmp_path / "p1") == {A}


def test_a_mail_whose_computing_is_done_is_not_marked_after_it_waited(tmp_path: Path) -> None:
    inflight = Inflight(tmp_path, "p1")
    with inflight.computing(A):
        inflight.done()
        with inflight.stepping_aside():
            pass
        assert marks(tmp_path / "p1") == set()
        inflight.again()
        assert marks(tmp_path / "p1") == {A}
    assert marks(tmp_path / "p1") == set()


def test_a_fault_takes_the_mark_away(tmp_path: Path) -> None:
    inflight = Inflight(tmp_path, "p1")
    with pytest.raises(ZeroDivisionError), inflight.computing(A):
        raise ZeroDivisionError
    assert marks(tmp_path / "p1") == set()


def test_more_mails_than_places_is_no_trouble(tmp_path: Path) -> None:
    inflight = Inflight(tmp_path, "p1", places=1)
    with inflight.computing(A), inflight.computing(B):
        assert marks(tmp_path / "p1") == {A}


def test_without_a_folder_nothing_is_marked() -> None:
    inflight = Inflight()
    with inflight.computing(A), inflight.stepping_aside():
        inflight.done()
    assert not inflight.is_suspect(A)
    inflight.close()


def test_a_disk_that_is_full_stops_no_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inflight = Inflight(tmp_path, "p1")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with inflight.computing(A):
        pass


def test_F03_what_a_dead_process_was_computing_is_counted_and_suspected(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        folder = tmp_path / "inflight"
        inflight = Inflight(folder, "alive")
        assert not inflight.is_suspect(A)
        file = left_by_a_dead_process(folder, "dead", A)
        assert note_crashed(file, world.bridge.store) == 1
        assert (world.bridge.store.attempts(A), world.bridge.store.attempts(B)) == (1, 0)
        assert (inflight.is_suspect(A), inflight.is_suspect(B), file.exists()) == (True, False, False)
        assert Inflight(folder, "later").is_suspect(A)


def test_F03_at_a_start_all_files_of_the_dead_are_counted_and_none_of_the_living(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        folder = tmp_path / "inflight"
        living = Inflight(folder, "living")
        left_by_a_dead_process(folder, "dead1", A)
        left_by_a_dead_process(folder, "dead2", A, B)
        with living.computing(B):
            note_all_crashed(folder, world.bridge.store)
            assert (world.bridge.store.attempts(A), world.bridge.store.attempts(B)) == (2, 1)
            assert marks(folder / "living") == {B}


def test_the_same_name_again_begins_anew(tmp_path: Path) -> None:
    left_by_a_dead_process(tmp_path, "p1", A, B)
    inflight = Inflight(tmp_path, "p1")
    assert marks(tmp_path / "p1") == set()
    inflight.close()


def test_suspects_that_came_to_an_end_are_forgotten_at_the_next_start(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        folder = tmp_path / "inflight"
        folder.mkdir()
        note_crashed(left_by_a_dead_process(folder, "dead", A, B), world.bridge.store)
        world.bridge.store.clear_attempt(A)
        note_all_crashed(folder, world.bridge.store)
        inflight = Inflight(folder, "p2")
        assert (inflight.is_suspect(A), inflight.is_suspect(B)) == (False, True)


@pytest.mark.parametrize("octets", [b"", b"short", bytes(5), b"\xff" * 100])
def test_a_file_that_was_not_written_whole_is_read_as_far_as_it_goes(tmp_path: Path, octets: bytes) -> None:
    with a_world(tmp_path) as world:
        file = tmp_path / "dead"
        file.write_bytes(octets)
        assert note_crashed(file, world.bridge.store) == (1 if octets.startswith(b"\xff") else 0)


def test_a_file_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        assert note_crashed(tmp_path / "nothing", world.bridge.store) == 0
        note_all_crashed(tmp_path / "no folder", world.bridge.store)


def test_a_file_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        file = left_by_a_dead_process(tmp_path, "p1", A)
        descriptor = os.open(file, os.O_RDWR)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        assert (note_crashed(file, world.bridge.store), file.exists()) == (0, True)
        os.close(descriptor)
