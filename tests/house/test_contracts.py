"""The import contracts bite: a planted violation breaks its contract by name. `make check` looks at the real code."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import TOP

# What is planted, where, and the contract that must break.
PLANTED = {
    "clock_in_the_core": ("policy/planted.py", "import time", "the core does no I/O"),
    "store_read_by_the_core": ("domain/planted.py", "import mailbridge.store", "imports point down"),
    "path_called_by_a_door_below_it": ("store/planted.py", "import mailbridge.path", "imports point down"),
    "module_without_a_place": ("planted.py", '"""Has no place."""', "imports point down"),
    "sql_outside_the_store": ("path/planted.py", "import sqlalchemy", "each library has its one door"),
    "smtplib_anywhere": ("outbound/planted.py", "import smtplib", "each library has its one door"),
}


LINTER = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as main; main()"


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_violation_breaks_its_contract(case: str, tmp_path: Path) -> None:
    where, statement, contract = PLANTED[case]
    shutil.copytree(TOP / "mailbridge", tmp_path / "mailbridge", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TOP / "pyproject.toml", tmp_path)
    (tmp_path / "mailbridge" / where).write_text(statement + "\n", encoding="utf-8")

    command = [sys.executable, "-c", LINTER, "--no-cache", "--no-logo"]
    linter = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    broken = [line for line in linter.stdout.splitlines() if " BROKEN" in line]
    assert (linter.returncode, [line for line in broken if contract in line] != []) == (1, True), linter.stdout
