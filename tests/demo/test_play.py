"""The demo as a person meets it: what it prints can be typed, and nothing of it stays behind."""

import signal
import subprocess
import sys
from pathlib import Path

from mailbridge.cli.output import ExitCode

DEMO = [sys.executable, "-m", "mailbridge", "demo"]


def _read_until(demo: subprocess.Popen[str], words: str) -> list[str]:
    assert demo.stdout is not None
    lines: list[str] = []
    for line in demo.stdout:
        lines.append(line)
        if words in line:
            break
    return lines


def test_the_command_it_prints_works_and_sigterm_leaves_nothing_behind(tmp_path: Path) -> None:
    """Its folder is made in the temporary folder of the system."""
    with subprocess.Popen(DEMO, stdout=subprocess.PIPE, text=True, env={"TMPDIR": str(tmp_path)}) as demo:
        lines = _read_until(demo, "Ctrl-C ends the demo")
        (command,) = [line.split() for line in lines if "thread list" in line]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == ExitCode.OK
    assert (listed.returncode, "48213" in listed.stdout) == (ExitCode.OK, True)
    assert "".join(lines).count("┌─") == 12
    assert list(tmp_path.iterdir()) == []


def test_sigterm_in_the_middle_of_the_conversation_leaves_nothing_behind(tmp_path: Path) -> None:
    with subprocess.Popen(DEMO, stdout=subprocess.PIPE, text=True, env={"TMPDIR": str(tmp_path)}) as demo:
        _read_until(demo, "┌─")
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == ExitCode.INTERRUPTED
    assert list(tmp_path.iterdir()) == []
