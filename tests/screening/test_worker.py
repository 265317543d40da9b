"""The worker process: what it can not do, how it ends, how it comes back; hostile files cost it little."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.containers.cleaning import clean
from mailbridge.containers.reading.files import read
from mailbridge.domain.files import FileText, FileTrouble, Trouble
from mailbridge.domain.message import Attachment, Message
from mailbridge.screening import worker as module
from mailbridge.screening.screener import Screener
from mailbridge.screening.wire import ANSWER, Answer, Piece, decoded, encoded, read_header
from mailbridge.screening.worker import Worker
from tests.containers import samples
from tests.containers.big import BIG
from tests.containers.hostile import HOSTILE
from tests.containers.winmail import winmail
from tests.peers.processes import wait_until

_MIB = 1024 * 1024
_CPU_S = 1.5
#: what is wrong with them, where the name says it
_EXPECTED = {
    "zip_bomb": [Trouble.TOO_BIG],
    "zip_nested": [Trouble.TOO_DEEP],
    "zip_wide_bomb": [Trouble.TOO_BIG],
    "zip_many_members": [Trouble.TOO_MANY_PARTS],
    "zip_claims": [Trouble.TOO_BIG],
    "tar_claims": [Trouble.TOO_BIG],
    "tar_many": [Trouble.TOO_MANY_PARTS],
    "xml_bomb": [Trouble.DISGUISED],
    "zip_overlapping": [Trouble.DISGUISED],
    "pdf_page_loop": [Trouble.BROKEN],
    "pdf_deep": [Trouble.BROKEN],
    "png_claims": [Trouble.BROKEN],
    "tnef_claims": [Trouble.BROKEN],
    "boxes_items": [Trouble.TOO_MANY_PARTS],
    "ole_endless": [Trouble.BROKEN],
    "pdf_flate_bomb": [Trouble.TOO_MUCH_WORK],
    "pdf_nested_filters": [Trouble.TOO_MUCH_WORK],
    "pdf_text_flood": [Trouble.TOO_MUCH_WORK],
    "broken_bomb": [Trouble.BROKEN, Trouble.TOO_MUCH_WORK],
}


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def _until(seconds: float = 30.0) -> float:
    return time.monotonic() + seconds


def _examined(worker: Worker, octets: bytes, *, cpu_s: float = _CPU_S) -> Answer:
    answer = worker.examine(octets, until=_until(), cpu_s=cpu_s)
    assert answer is not None
    return answer


def _status(pid: int, field: str) -> int:
    """KiB."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def test_T65_hostile_files_cost_little_and_are_named(worker: Worker) -> None:
    files = sorted(((name, make()) for name, make in HOSTILE.items()), key=lambda pair: len(pair[1]))
    wrong: list[str] = []
    at_rest: dict[int, int] = {}
    for name, octets in files:  # the smallest first: the peak of memory is one of the whole life of a process
        _examined(worker, b"warm")
        pid = worker.pid
        assert pid is not None
        idle = at_rest.setdefault(pid, _status(pid, "VmRSS"))
        before = time.process_time()
        answer = _examined(worker, octets)
        cpu_s = answer.cpu_ms / 1000 + time.process_time() - before
        # One that was killed at a limit had no more memory than the system was told to give.
        peak = _status(pid, "VmHWM") - idle if worker.pid == pid else 0
        troubles = [one.trouble for one in answer.troubles]
        if cpu_s >= 2.0 or peak > (8 * len(octets) + 32 * _MIB) // 1024 or troubles != _EXPECTED.get(name, troubles):
            wrong.append(f"{name}: {cpu_s:.1f} s, {peak} KiB, {troubles}")
    assert wrong == []


def test_T58_big_honest_files_are_looked_into_within_the_limits(worker: Worker) -> None:
    held = []
    for name, make in BIG.items():
        octets = make()
        answer = _examined(worker, octets)
        if answer.troubles:
            held.append(f"{name}: {len(octets)} octets, {answer.cpu_ms} ms, {answer.troubles}")
    assert held == []


def test_T65_a_job_that_needs_more_cpu_than_it_may_have_is_ended_by_the_system(worker: Worker) -> None:
    answer = _examined(worker, HOSTILE["rtf_flood"](), cpu_s=0.05)
    assert [one.trouble for one in answer.troubles] == [Trouble.TOO_MUCH_WORK]
    assert _examined(worker, samples.jpeg()).troubles == ()


def test_F43_a_worker_that_is_killed_at_work_is_a_trouble_of_its_file_and_comes_back(worker: Worker) -> None:
    _examined(worker, b"warm")
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    answers: list[Answer | None] = []
    asking = threading.Thread(
        target=lambda: answers.append(worker.examine(samples.pdf(), until=_until(), cpu_s=_CPU_S))
    )
    asking.start()
    wait_until(lambda: _is_asked(worker), "the file is on its way")
    os.kill(first, signal.SIGKILL)
    asking.join(30)
    [answer] = answers
    assert answer is not None
    assert [one.trouble for one in answer.troubles] == [Trouble.WORKER_LOST]
    assert _examined(worker, samples.pdf()).troubles == ()
    assert worker.pid not in (None, first)


def _is_asked(worker: Worker) -> bool:
    """True when octets wait in the pipe to the process."""
    process = worker._process
    assert process is not None
    assert process.stdin is not None
    return any(fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)))


SAMPLES: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        *(samples.jpeg, samples.png, samples.gif, samples.webp, samples.tiff, samples.avif, samples.heic, samples.pdf),
        *(samples.word, samples.sheet, samples.slides, samples.open_document, samples.rich_text),
        *(samples.old_word, samples.old_sheet),
    )
}


def test_D15_a_confined_worker_answers_as_an_open_one_would(worker: Worker) -> None:
    members = {f"{name}.bin": made() for name, made in SAMPLES.items()}
    wholes = {name: made() for name, made in SAMPLES.items()} | {"zip": samples.archive(members)}
    different = []
    for name, octets in wholes.items():
        answer = _examined(worker, octets)
        cleaned = clean(octets)
        texts, troubles = read(cleaned.octets)
        found = answer.pieces[0].octets if answer.pieces else octets
        if (answer.texts, answer.troubles, found) != (texts, troubles, cleaned.octets) or troubles or cleaned.troubles:
            different.append(name)
    assert different == []


def test_a_worker_that_died_between_two_files_is_not_missed(worker: Worker) -> None:
    _examined(worker, b"warm")
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    process = worker._process
    assert process is not None
    process.wait(10)
    assert _examined(worker, samples.jpeg()).troubles == ()


def test_who_has_no_time_hears_not_now_and_the_next_one_is_served(worker: Worker) -> None:
    _examined(worker, b"warm")
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    assert worker.examine(samples.jpeg(), until=_until(0.2), cpu_s=_CPU_S) is None
    assert _examined(worker, samples.jpeg()).troubles == ()


def test_a_worker_that_can_not_start_is_not_tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker()
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    assert worker.examine(b"x", until=_until(), cpu_s=1) is None
    monkeypatch.undo()
    assert worker.examine(b"x", until=_until(), cpu_s=1) is None
    assert worker.pid is None


def test_a_worker_that_talks_nonsense_is_a_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    nonsense = "import os, sys; os.write(1, b'ready x\\n'); os.read(0, 12); os.write(1, b'\\xff' * 4000)"
    monkeypatch.setattr(module, "_PROGRAM", nonsense)
    worker = Worker()
    answer = worker.examine(b"x" * 10, until=_until(), cpu_s=1)
    worker.close()
    assert answer is not None
    assert [one.trouble for one in answer.troubles] == [Trouble.WORKER_LOST]


def test_D15_the_worker_may_open_nothing_and_start_nothing(worker: Worker) -> None:
    _examined(worker, b"warm")
    pid = worker.pid
    assert pid is not None
    limits = Path(f"/proc/{pid}/limits").read_text("ascii")
    wanted = {"Max open files": 4, "Max file size": 0, "Max processes": 0, "Max core file size": 0}
    found = {name: int(line.split()[-3]) for line in limits.splitlines() for name in wanted if line.startswith(name)}
    assert found == wanted


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may look into a process in a user namespace of its own")
def test_D15_the_worker_has_no_files_and_no_environment(worker: Worker) -> None:
    _examined(worker, b"warm")
    pid = worker.pid
    assert Path(f"/proc/{pid}/environ").read_bytes().replace(b"LC_CTYPE=C.UTF-8\x00", b"") == b""
    assert sorted(path.name for path in Path(f"/proc/{pid}/fd").iterdir()) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("attempt", ["socket.socket()", "open('/etc/passwd')", "os.pipe()", "os.fork()"])
def test_D15_what_a_parser_could_be_made_to_do_fails(attempt: str) -> None:
    code = (
        "import os, socket\nfrom mailbridge.screening.confine import Allowance, confine\n"
        "allowance = Allowance(); confine(); allowance.close_the_door()\n"
        f"try:\n    {attempt}\nexcept OSError as error:\n"
        "    print(type(error).__name__)\nelse:\n    print('done')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() in {"OSError", "BlockingIOError"}


def test_D15_where_the_system_lets_it_the_network_of_the_worker_is_empty() -> None:
    code = (
        "import socket\nnames = socket.if_nameindex\nfrom mailbridge.screening.confine import confine\n"
        "held = confine()\nprint('no_network' in held, [name for _, name in names()])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    is_held = done.stdout.startswith("True")
    assert (done.stdout.strip() == "True ['lo']") or not is_held
    assert socket.if_nameindex() != []


def test_a_worker_does_not_keep_to_the_core_of_the_process_that_started_it(worker: Worker) -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        _examined(worker, b"warm")
    finally:
        os.sched_setaffinity(0, allowed)
    assert worker.pid is not None
    assert os.sched_getaffinity(worker.pid) >= allowed


def test_an_idle_worker_ends_by_itself_and_the_next_file_is_not_the_worse_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PROGRAM", module._PROGRAM.replace("import main", "import main\nchild._IDLE_MS = 1"))
    monkeypatch.setattr(module, "_PROGRAM", "from mailbridge.screening import child\n" + module._PROGRAM)
    monkeypatch.setattr(module, "_PROGRAM", f"import sys; sys.path.insert(0, sys.argv[1])\n{module._PROGRAM}")
    worker = Worker()
    warm = _examined(worker, samples.jpeg())
    process = worker._process
    assert process is not None
    assert (warm.troubles, process.wait(30)) == ((), 0)
    monkeypatch.undo()  # else the next one may be gone again before the file arrives
    assert _examined(worker, samples.jpeg()).troubles == ()
    worker.close()


def test_who_can_not_wait_for_the_start_leaves_it_to_the_next(worker: Worker) -> None:
    assert worker.examine(samples.jpeg(), until=_until(0.01), cpu_s=_CPU_S) is None
    started = worker.pid
    assert started is not None
    assert _examined(worker, samples.jpeg()).troubles == ()
    assert worker.pid == started


def test_a_closed_worker_says_not_now(worker: Worker) -> None:
    _examined(worker, b"warm")
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    answers: list[Answer | None] = []
    asking = threading.Thread(target=lambda: answers.append(worker.examine(b"x", until=_until(), cpu_s=_CPU_S)))
    asking.start()
    wait_until(lambda: _is_asked(worker), "the file is on its way")
    worker.close()
    asking.join(30)
    assert answers == [None]
    assert worker.examine(b"x", until=_until(), cpu_s=_CPU_S) is None


def test_the_worker_ends_when_its_bridge_does() -> None:
    code = (
        "import time\nfrom mailbridge.screening.worker import Worker\nw = Worker()\n"
        "w.examine(b'x', until=time.monotonic() + 30, cpu_s=1)\nprint(w.pid, flush=True)\ntime.sleep(60)\n"
    )
    bridge = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert bridge.stdout is not None
    pid = int(bridge.stdout.readline())
    bridge.kill()
    bridge.wait(10)
    bridge.stdout.close()
    wait_until(lambda: not _is_alive(pid), "the worker has ended")


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_an_answer_comes_over_the_wire_as_it_was() -> None:
    answer = Answer(
        kind="zip",
        removed=("exif",),
        troubles=(FileTrouble(trouble=Trouble.BROKEN, place="a/ż"),),
        texts=(
            FileText(place="p", text="zażółć\ud800", is_metadata=True),
            FileText(place="", text="", is_metadata=False),
        ),
        pieces=(Piece(name="ü", octets=b"\x00\xff"), Piece(name="", octets=b"")),
        plain="p",
        html=None,
        cpu_ms=7,
    )
    head, body, *blobs = encoded(answer)
    assert ANSWER.unpack(head) == (len(body),)
    read = decoded(read_header(body, sent=10), b"".join(blobs))
    assert (read.pieces, read.troubles, read.plain, read.html) == (answer.pieces, answer.troubles, "p", None)
    assert [text.text for text in read.texts] == ["zażółć?", ""]


@pytest.mark.parametrize(
    "change",
    [
        {"texts": [["p", True, -1]]},
        {"texts": [["p", True, 2**40]]},
        {"troubles": [["nonsense", ""]]},
        {"pieces": 7},
        {"bodies": [None]},
        {"cpu_ms": "x"},
    ],
)
def test_an_odd_answer_is_refused(change: dict[str, object]) -> None:
    _, body, *_ = encoded(Answer(kind="zip"))
    odd = json.dumps(json.loads(body) | change).encode()
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_header(odd, sent=10)


def test_only_containers_are_looked_into() -> None:
    screener = Screener()
    text = Attachment(filename="list.txt", content_type="text/plain", octets=b"words")
    screened = screener.look_into(Message(attachments=(text,)), within=timedelta(seconds=1))
    assert screened is not None
    assert (screened.files, screener.worker_pid) == ((), None)


def test_files_of_a_message_share_one_budget() -> None:
    screener = Screener()
    photo = Attachment(filename="a.jpg", content_type="image/jpeg", octets=samples.jpeg())
    screened = screener.look_into(
        Message(attachments=(photo, photo)), within=timedelta(seconds=30), cpu=timedelta(milliseconds=1)
    )
    screener.close()
    assert screened is not None
    assert [file.troubles[-1:] for file in screened.files][1] == (FileTrouble(trouble=Trouble.TOO_MUCH_WORK),)


def test_E14_files_out_of_a_winmail_dat_become_attachments() -> None:
    screener = Screener()
    octets = winmail({"Photo.jpg": samples.jpeg(), "../list.txt": b"x"}, html=b"<p>Hello</p>")
    winmail_dat = Attachment(filename="winmail.dat", content_type="application/ms-tnef", octets=octets)
    screened = screener.look_into(Message(attachments=(winmail_dat,)), within=timedelta(seconds=30))
    screener.close()
    assert screened is not None
    [file] = screened.files
    assert [(one.filename, one.content_type) for one in file.files] == [
        ("Photo.jpg", "image/jpeg"),
        ("list.txt", "text/plain"),
    ]
    assert file.body is not None
    assert file.body.html == "<p>Hello</p>"
    assert samples.AUTHOR.encode() not in file.files[0].octets
