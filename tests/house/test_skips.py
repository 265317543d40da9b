"""In CI a skip that nobody expected turns the run red and is named; at a desk it does not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import TOP

SUITE = """
import pytest

def test_needs_a_peer() -> None:
    pytest.skip("no swaks here")

@pytest.mark.skip(reason="the moon is not full")
def test_needs_the_moon() -> None: ...

@pytest.mark.xfail(strict=True)
def test_known_to_fail() -> None:
    assert False
"""


def _run(folder: Path, *, ci: str, expected: str) -> tuple[int, str]:
    shutil.copy(TOP / "tests" / "conftest.py", folder)
    (folder / "expected_skips.txt").write_text(expected, encoding="utf-8")
    (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "1",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    done = subprocess.run(
        command, check=False, cwd=folder, env={**os.environ, "CI": ci}, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout


def test_an_unexpected_skip_fails_ci_and_is_named(tmp_path: Path) -> None:
    code, output = _run(tmp_path, ci="true", expected="# peers\nno * here\n")
    named = [line for line in output.splitlines() if "the moon is not full" in line]
    assert (code, len(named), "no swaks" in output) == (1, 1, False), output


def test_expected_skips_leave_ci_green(tmp_path: Path) -> None:
    code, output = _run(tmp_path, ci="true", expected="no * here\nthe moon *\n")
    assert (code, "2 skipped, 1 xfailed in" in output.splitlines()[-1]) == (0, True), output


@pytest.mark.parametrize("ci", ["", "false"])
def test_at_a_desk_every_skip_is_fine(tmp_path: Path, ci: str) -> None:
    assert _run(tmp_path, ci=ci, expected="")[0] == 0
