"""SQLite as it is opened, locked and broken (design.md D4; F-12, F-14, F-17)."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from mailbridge.errors import ConfigurationError, Conflict, StoreUnavailable
from mailbridge.store import database
from mailbridge.store.committer import Committer
from mailbridge.store.database import Database
from mailbridge.store.servelock import ServeLock
from mailbridge.store.store import Store
from mailbridge.store.turn import WriteTurn
from tests.peers.processes import wait_until
from tests.store.world import START, TRADE, Clock, World, a_message, key_file_in, open_store


def test_commits_are_synchronous_and_in_wal(url: str) -> None:
    checked = Database(url)
    checked.check()
    with checked.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    checked.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("PRAGMA synchronous=NORMAL", "synchronous=FULL"),
        ("PRAGMA journal_mode=DELETE", "write-ahead"),
        ("PRAGMA foreign_keys=OFF", "foreign keys"),
    ],
)
def test_a_database_that_would_not_keep_its_promise_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, statement: str, words: str
) -> None:
    prepare = database._prepare_sqlite

    def weaker(connection: sqlite3.Connection, record: object) -> None:
        prepare(connection, record)
        connection.execute(statement)

    monkeypatch.setattr(database, "_prepare_sqlite", weaker)
    opened = Database(url)
    with pytest.raises(ConfigurationError, match=words):
        opened.check()
    opened.close()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "no url", "sqlite:////nowhere/at/all/store.db"]
)
def test_a_url_that_names_no_database_of_ours_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Database(url)
    assert [problem.key for problem in refused.value.problems] == ["store.url"]


def test_the_database_file_is_readable_by_its_owner_only(world: World, tmp_path: Path) -> None:
    world.first_mail()
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("store.db*")}
    assert set(modes.values()) == {0o600}


@pytest.fixture
def other_writer(url: str, world: World) -> Iterator[sqlite3.Connection]:
    """Another process that holds the write lock."""
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_F17_a_locked_database_is_waited_for_and_then_unavailable(url: str, tmp_path: Path) -> None:
    clock = Clock()
    store = Store.open(url, key_file=key_file_in(tmp_path), clock=clock, busy_timeout_s=0.1)
    store.apply_trade(TRADE, START)
    world = World(store, clock)
    mail = a_message()
    facts = world.facts(world.contact(), mail)
    leg = world.first_leg(facts, mail)
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            world.commit(facts, mail, leg)
        assert world.facts(world.contact(), mail).threads == ()  # reading goes on
        other.execute("ROLLBACK")
    world.commit(facts, mail, leg)
    assert len(world.facts(world.contact(), mail).threads) == 1
    store.close()


def test_F17_a_current_database_is_opened_while_somebody_writes(
    other_writer: sqlite3.Connection, url: str, tmp_path: Path
) -> None:
    assert other_writer.in_transaction
    store = Store.open(url, key_file=key_file_in(tmp_path), clock=Clock(), busy_timeout_s=0.1)
    assert store.count_held() == 0
    store.close()


def test_F17_a_new_database_that_is_locked_is_unavailable(url: str, tmp_path: Path) -> None:
    key_file = key_file_in(tmp_path)
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            Store.open(url, key_file=key_file, clock=Clock(), busy_timeout_s=0.1)


def test_F17_a_lock_that_is_let_go_in_time_is_not_noticed(world: World, other_writer: sqlite3.Connection) -> None:
    mail = a_message()
    facts = world.facts(world.contact(), mail)
    committing = threading.Thread(target=world.commit, args=(facts, mail, world.first_leg(facts, mail)))
    committing.start()
    other_writer.execute("COMMIT")
    committing.join(10)
    assert len(world.facts(world.contact(), mail).threads) == 1


def test_F12_a_full_disk_is_unavailable_and_room_is_enough_to_go_on(url: str, tmp_path: Path) -> None:
    store = open_store(url, tmp_path, Clock())
    store.apply_trade(TRADE, START)
    world = World(store, Clock())
    pages = {"most": 1}

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages['most']}")

    event.listen(store._database.writer, "begin", limit, insert=True)
    with pytest.raises(StoreUnavailable, match="SQLITE_FULL"):
        world.held_mail(b"x" * 1_000_000)
    before = store.count_held()
    pages["most"] = 1_000_000
    world.held_mail()
    assert store.count_held() == before + 1
    assert store.suspect is None
    store.close()


_FSYNC_FAILS = """
import resource, sys
from pathlib import Path
from tests.store.world import *
from mailbridge.errors import StoreSuspect, StoreUnavailable
store = open_store(sys.argv[1], Path(sys.argv[2]), Clock())
store.apply_trade(TRADE, START)
world = World(store, Clock())
world.held_mail()
size = max(path.stat().st_size for path in Path(sys.argv[2]).glob("store.db-wal"))
# From here on the file system takes no octet more: the write of the commit fails (EFBIG is an I/O error to SQLite).
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
try:
    world.held_mail()
except StoreUnavailable as error:
    print("unavailable", error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
try:
    world.held_mail()
except StoreSuspect as error:
    print("suspect", error)
print("held", store.count_held(), store.suspect is not None)
"""


def test_F14_a_commit_that_fails_on_the_disk_stops_all_writing(url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FSYNC_FAILS, url, str(tmp_path)]
    top = Path(__file__).parent.parent.parent
    done = subprocess.run(command, capture_output=True, text=True, cwd=top, timeout=60, check=True)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("unavailable SQLITE_IOERR")
    assert lines[1].startswith("suspect a commit failed with SQLITE_IOERR")
    assert lines[2] == "held 1 True"
    # A new process reads what was promised, and only that.
    again = open_store(url, tmp_path, Clock())
    assert again.count_held() == 1
    again.close()


def test_a_second_serve_is_told_who_serves(world: World, tmp_path: Path, url: str) -> None:
    with ServeLock.take(tmp_path / "store.db"):
        code = (
            "import sys; from pathlib import Path; from mailbridge.store.servelock import ServeLock;"
            "ServeLock.take(Path(sys.argv[1]))"
        )
        command = [sys.executable, "-c", code, str(tmp_path / "store.db")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 1
        assert f"served by process {os.getpid()} already" in done.stderr
    world.store.lock_for_serve()
    world.first_mail()  # a command writes beside it
    other = open_store(url, tmp_path, Clock())
    with pytest.raises(ConfigurationError):
        other.lock_for_serve()
    other.close()


def test_the_orphans_of_a_killed_serve_are_waited_for(tmp_path: Path) -> None:
    database = tmp_path / "store.db"
    code = (
        "import subprocess, sys; from pathlib import Path; from mailbridge.store.servelock import ServeLock;"
        "lock = ServeLock.take(Path(sys.argv[1]));"
        "orphan = subprocess.Popen(['sleep', '0.5'], pass_fds=[lock.descriptor]);"
        "print(orphan.pid)"
    )
    command = [sys.executable, "-c", code, str(database)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    orphan = int(done.stdout)
    with ServeLock.take(database):
        assert _open_files(orphan) == []


def _open_files(pid: int) -> list[str]:
    try:
        return [file.name for file in Path(f"/proc/{pid}/fd").iterdir()]
    except (FileNotFoundError, PermissionError):  # gone, or ended: then only root may look
        return []


def test_a_new_serve_takes_over_what_a_dead_one_had_leased(world: World, url: str, tmp_path: Path) -> None:
    world.store.lock_for_serve()
    world.store.leases_at_commit = True
    leg = world.first_mail()
    world.store.close()
    store = open_store(url, tmp_path, Clock())
    store.lock_for_serve()
    [claimed] = store.claim(START, worker="w", limit=5, lease=timedelta(minutes=1))
    assert (claimed.delivery, claimed.fencing_token) == (leg.deliveries[0], 2)
    store.close()


def test_a_new_serve_takes_over_the_intents_that_a_dead_one_had_leased(world: World, url: str, tmp_path: Path) -> None:
    world.store.lock_for_serve()
    world.first_mail()
    hour = timedelta(hours=1)
    [leased] = world.store.due_intents(START, limit=5, worker="w", lease=hour)
    world.store.close()
    store = open_store(url, tmp_path, Clock())
    store.lock_for_serve()
    assert [due.id for due in store.due_intents(START, limit=5, worker="w", lease=hour)] == [leased.id]
    store.close()


def test_two_processes_write_to_one_file(world: World, url: str, tmp_path: Path) -> None:
    other = World(open_store(url, tmp_path, Clock()), Clock())
    for number in range(5):
        world.first_mail(from_=f"x{number}@home.test")
        other.first_mail(from_=f"y{number}@home.test")
    assert len(world.store.threads(100)) == 10
    mail = a_message()
    ours, theirs = world.facts(world.contact(), mail), other.facts(other.contact(), mail)
    world.commit(ours, mail, world.first_leg(ours, mail))
    with pytest.raises(Conflict):
        other.commit(theirs, mail, other.first_leg(theirs, mail))
    other.store.close()


def test_what_comes_while_another_process_writes_is_one_commit(url: str, tmp_path: Path) -> None:
    own = Database(url)
    commits: list[Connection] = []
    event.listen(own.writer, "commit", commits.append)
    committer, turn = Committer(own), WriteTurn(tmp_path / "store.db", timeout_s=10)
    with ThreadPoolExecutor(4) as pool:
        with turn.taken():
            waiting = [pool.submit(committer.run, lambda connection: connection.closed) for _ in range(4)]
            wait_until(lambda: committer._waiting.qsize() == 3, "one waits for its turn, three behind it")
            assert commits == []
        assert [each.result(10) for each in waiting] == [False] * 4
    assert len(commits) == 1
    committer.close()
    own.close()


def test_a_closed_store_takes_nothing_more(url: str, tmp_path: Path) -> None:
    store = open_store(url, tmp_path, Clock())
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable):
        store.note_attempt(b"x")
