"""`mailbridge serve`, asked plainly, begins without the library of command lines."""

from pathlib import Path

import pytest

from mailbridge import cli
from mailbridge.cli.commands import run_command
from mailbridge.cli.output import ExitCode
from mailbridge.cli.serving import SETTINGS_FILE, asked_plainly


@pytest.mark.parametrize(
    ("words", "file"), [([], SETTINGS_FILE), (["-c", "a.toml"], Path("a.toml")), (["--config", "b"], Path("b"))]
)
def test_the_settings_file_is_understood(words: list[str], file: Path) -> None:
    assert asked_plainly(words) == file


@pytest.mark.parametrize("words", [["--help"], ["a"], ["--config"], ["--config=a"], ["-c", "--help"], ["-c", "a", "b"]])
def test_what_is_not_asked_plainly_is_left_to_the_declared_command(words: list[str]) -> None:
    assert asked_plainly(words) is None


def test_settings_that_can_not_be_used_are_complained_of_in_both_ways(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["serve", "--config", str(tmp_path / "none.toml")]
    plainly = (cli.run(words), capsys.readouterr().err.splitlines()[-1])
    declared = (run_command(words), capsys.readouterr().err.splitlines()[-1])
    assert plainly == declared
    assert plainly[0] == ExitCode.CONFIGURATION
