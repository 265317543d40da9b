"""What people read: every template in every language, and the reference pages as the code makes them."""

from pathlib import Path

import pytest

from mailbridge import config, events, texts
from mailbridge.resources import data_folder
from mailbridge.rulefiles import reference
from mailbridge.rulefiles.models import RuleModel
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


# `mailbridge settings reference`, `settings events`, `settings rules` and `settings texts` write them anew.
GENERATED = {
    "docs/settings.md": config.reference,
    "docs/events.md": events.reference,
    "docs/rules.md": reference.reference,
    "templates/README.md": texts.reference,
}


@pytest.mark.parametrize("page", GENERATED)
def test_a_generated_page_is_as_the_code_makes_it(page: str) -> None:
    assert GENERATED[page]() in (TOP / page).read_text(encoding="utf-8")


def test_every_key_of_a_rule_is_described() -> None:
    assert tuple(reference.KEYS) == tuple(RuleModel.model_fields)
