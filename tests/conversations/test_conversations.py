"""Every `*.smtp` of this folder, played against the real server."""

from pathlib import Path

import pytest

from tests.conversations.play import play, read_script

SCRIPTS = sorted(Path(__file__).parent.glob("*.smtp"))


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.stem for script in SCRIPTS])
def test_the_server_keeps_to_the_script(script: Path) -> None:
    play(script)


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) >= 9


def test_a_script_that_can_not_be_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_script("C: NOOP\nX: NOOP\n")


def test_a_server_that_says_something_else_fails_the_script(tmp_path: Path) -> None:
    script = tmp_path / "wrong.smtp"
    script.write_text("door: smtp\nS: 220 *\nC: NOOP\nS: 550 *\n")
    with pytest.raises(AssertionError, match=r"wrong.smtp:4: '250 2\.0\.0 OK'"):
        play(script)
