"""What people read: every template in every language, and the settings reference as the code has it."""

from pathlib import Path

import pytest

from mailbridge import config
from mailbridge.resources import data_folder
from tests.house.sources import TOP

LANGUAGES = ("en", "pl", "it", "de")


def _kinds() -> list[Path]:
    return sorted(entry for entry in data_folder("templates").iterdir() if entry.is_dir())


def test_there_are_templates() -> None:
    assert _kinds() != []


@pytest.mark.parametrize("kind", _kinds(), ids=lambda kind: kind.name)
def test_every_template_exists_in_every_language(kind: Path) -> None:
    languages = [entry.name for entry in kind.iterdir() if entry.is_dir()]
    names = {path.name for language in languages for path in (kind / language).iterdir()}
    missing = [f"{lang}/{name}" for lang in LANGUAGES for name in sorted(names) if not (kind / lang / name).is_file()]
    assert (names != set(), missing) == (True, [])


def test_the_settings_page_is_the_one_that_the_code_generates() -> None:
    page = (TOP / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == config.reference(), "mailbridge settings reference writes it anew"
