"""The cage of a program that loads libraries and data: what it can not do, whatever it is made to do."""

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from mailbridge.screening.exec_cage import NOT_CONFINED, call_filter
from mailbridge.screening.ocr import _PROGRAM
from tests.peers.processes import open_folder

_TOP = str(Path(__file__).parents[2])
_WRITE, _CREATE = os.O_WRONLY, os.O_RDWR | os.O_CREAT


def _caged(*command: str, cpu_ms: int = 5_000, program: str = _PROGRAM) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, _TOP, str(cpu_ms), *command],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={"SECRET": "of the bridge"},
    )


def _held() -> set[str]:
    return set(_caged("/bin/sh", "-c", ":").stderr.partition("\n")[0].removeprefix("confined ").split(","))


def test_a_program_in_the_cage_reads_its_input_and_answers() -> None:
    done = _caged("/bin/sh", "-c", "echo answer")
    assert (done.returncode, done.stdout) == (0, "answer\n")


def test_D15_what_holds_is_said_first() -> None:
    assert {"cpu", "memory", "no_new_privileges"} <= _held()


@pytest.mark.parametrize("attempt", ["(:)", "/bin/true & wait"])
def test_D15_it_starts_no_process(attempt: str) -> None:
    done = _caged("/bin/sh", "-c", f"{attempt}; echo done")
    assert ("done" in done.stdout, "Cannot fork" in done.stderr) == (False, True)


def test_D15_it_writes_no_file() -> None:
    with open_folder("mailbridge-cage-") as folder:
        folder.chmod(0o777)
        file = folder / "kept"
        file.write_text("as it was")
        file.chmod(0o666)
        _caged("/bin/sh", "-c", f"echo x > {file}; echo x > {folder}/new")
        assert (file.read_text(), [one.name for one in folder.iterdir()]) == ("as it was", ["kept"])


def test_D15_it_sees_no_file_of_the_bridge() -> None:
    if "files" not in _held():
        pytest.skip("no Landlock in this kernel: files are hidden by their modes only")
    file = Path("/etc/hostname") if Path("/etc/hostname").exists() else Path("/etc/passwd")
    done = _caged("/bin/sh", "-c", f"read line < {file} && echo $line")
    assert (done.stdout, "ermission denied" in done.stderr) == ("", True)


def test_D15_it_has_no_environment() -> None:
    done = _caged("/bin/sh", "-c", "echo $SECRET")
    assert done.stdout == "\n"


def test_D15_it_reaches_no_other_process() -> None:
    _caged("/bin/sh", "-c", f"kill -9 {os.getpid()}; kill -9 $PPID")
    assert _caged("/bin/sh", "-c", "echo alive").stdout == "alive\n"


def test_D15_it_ends_at_its_limit_of_cpu() -> None:
    assert _caged("/bin/sh", "-c", "while :; do :; done", cpu_ms=200).returncode == -27  # SIGPROF


def test_D15_where_nothing_keeps_the_network_away_nothing_runs() -> None:
    without = (
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom mailbridge.screening import exec_cage\n"
        "exec_cage.confine = lambda: ('no_descriptors', 'cpu')\nexec_cage._forbid_calls = lambda program: False\n"
        "exec_cage.main()\n"
    )
    done = _caged("/bin/sh", "-c", "echo ran", program=without)
    assert (done.returncode, done.stdout) == (NOT_CONFINED, "")


def _answer_of(steps: bytes, machine: int, call: int, *arguments: int) -> str:
    """What the kernel would do with a call: the filter, step by step (classic BPF)."""
    data = struct.pack("=IIQ6Q", call, machine, 0, *arguments, *[0] * (6 - len(arguments)))
    loaded, at = 0, 0
    while True:
        code, if_true, if_false, value = struct.unpack_from("=HBBI", steps, 8 * at)
        at += 1
        match code:
            case 0x20:
                (loaded,) = struct.unpack_from("=I", data, value)
            case 0x15:
                at += if_true if loaded == value else if_false
            case 0x35:
                at += if_true if loaded >= value else if_false
            case 0x45:
                at += if_true if loaded & value else if_false
            case 0x06:
                return {0x7FFF0000: "allowed", 0x00050026: "unknown", 0x0005000D: "refused"}[value]
            case _:
                raise ValueError(code)


@pytest.mark.parametrize(
    ("name", "machine", "calls"),
    [
        ("x86_64", 0xC000003E, {"read": 0, "openat": 257, "tgkill": 234, "socket": 41, "clone": 56, "unlinkat": 263}),
        ("aarch64", 0xC00000B7, {"read": 63, "openat": 56, "tgkill": 131, "socket": 198, "clone": 220, "unlinkat": 35}),
    ],
)
def test_D15_the_filter_lets_a_program_read_and_nothing_else(name: str, machine: int, calls: dict[str, int]) -> None:
    steps = call_filter(name, 4711)
    asked = {
        "read": _answer_of(steps, machine, calls["read"]),
        "open to read": _answer_of(steps, machine, calls["openat"], 0, 0, os.O_RDONLY | os.O_CLOEXEC),
        "open to write": _answer_of(steps, machine, calls["openat"], 0, 0, _WRITE),
        "create": _answer_of(steps, machine, calls["openat"], 0, 0, _CREATE),
        "end itself": _answer_of(steps, machine, calls["tgkill"], 4711, 4711, 6),
        "end another": _answer_of(steps, machine, calls["tgkill"], 1, 1, 9),
        "socket": _answer_of(steps, machine, calls["socket"]),
        "clone": _answer_of(steps, machine, calls["clone"]),
        "remove": _answer_of(steps, machine, calls["unlinkat"]),
        "x32": _answer_of(steps, machine, 0x40000000 | calls["read"]),
        "another machine": _answer_of(steps, 0x40000003, calls["read"]),
    }
    may = {"read", "open to read", "end itself"}
    refused = {"open to write", "create"}
    assert asked == {what: "allowed" if what in may else "refused" if what in refused else "unknown" for what in asked}
