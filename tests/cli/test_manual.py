"""docs/commands.md is what the commands say of themselves."""

from pathlib import Path

from tests.cli.bridge_folder import Say

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"


def test_the_page_in_docs_is_the_generated_one(say: Say) -> None:
    assert say("settings", "commands", config=False)[1] == PAGE.read_text(encoding="utf-8")


def test_every_command_argument_and_option_says_what_it_is(say: Say) -> None:
    page = say("settings", "commands", config=False)[1]
    assert ": None" not in page
    assert "``" not in page
