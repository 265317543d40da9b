"""Writes a new rule with its samples, for an admin to fill in: it loads as it is, and only runs dry.

Its texts are placeholders, which `read.py` takes in a rule that runs dry and in no other. Writes over no file.
"""

from dataclasses import dataclass
from pathlib import Path

from mailbridge.errors import NotPossible
from mailbridge.resources import data_folder
from mailbridge.rulefiles.schema import RULES_SCHEMA, SAMPLES_SCHEMA

_LANGUAGES = ("en", "pl", "it", "de")
#: what the rule looks for until its author says what
_WORDS = "example words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold:
    """What was written."""

    rule: str
    rules_file: Path
    samples_file: Path


def write_scaffold(folder: Path, pack: str, name: str) -> Scaffold:
    """Write `<pack>/<name>.yaml` and its samples below this rule folder. NotPossible where one of them exists."""
    rule = name if name.startswith(f"{pack}.") else f"{pack}.{name}"
    market = folder / "markets" / pack
    home = market if market.is_dir() else folder / pack
    made = Scaffold(
        rule=rule,
        rules_file=home / f"{name.removeprefix(f'{pack}.')}.yaml",
        samples_file=home / "samples" / f"{rule}.yaml",
    )
    for file in (made.rules_file, made.samples_file):
        if file.exists():
            raise NotPossible(f"{file} is there already: choose another name")
    try:
        made.samples_file.parent.mkdir(parents=True, exist_ok=True)
        # The rule first: a bridge that looks in between must not meet samples of a rule that is not there yet.
        made.rules_file.write_text(_rule(rule), encoding="utf-8")
        made.samples_file.write_text(_samples(rule), encoding="utf-8")
    except OSError as error:
        raise NotPossible(f"{error.filename}: can not be written: {error.strerror}") from None
    return made


def _schema(name: str) -> str:
    return f"# yaml-language-server: $schema={data_folder('rules') / name}\n"


def _texts(key: str, meaning: str) -> str:
    lines = "".join(f'      {language}: "<{meaning}, in {language}>"\n' for language in _LANGUAGES)
    return f"    {key}:\n{lines}"


def _rule(rule: str) -> str:
    return (
        _schema(RULES_SCHEMA)
        + "# What each key means, all checks and all facts: `mailbridge rules reference`.\n"
        + f"rules:\n  - id: {rule}\n"
        + _texts("title", "the rule in a few words")
        + _texts("text", "what the rule says")
        + _texts("fix", "what to do to put it right")
        + "    # source: where the market says so\n"
        + "    # source_date: 2026-01-31\n"
        + "    # valid_from: 2026-01-31\n"
        + "    # markets: [Name of a marketplace]\n"
        + "    directions: [to_buyer]\n"
        + "    # What to look for: a check, a condition, or both.\n"
        + "    # check: outside_link\n"
        + "    when: |\n"
        + f'      message.text.lowerAscii().contains("{_WORDS}")\n'
        + "    action: refuse\n"
        + "    # dry_run is only recorded (`mailbridge rules stats`); then warn; enforce when it does what it should.\n"
        + "    mode: dry_run\n"
    )


def _samples(rule: str) -> str:
    return (
        _schema(SAMPLES_SCHEMA)
        + f"# Mails that {rule} must let pass, and mails that it must catch: `mailbridge rules test {rule}`.\n"
        + "pass:\n"
        + "  - text: Your parcel left today.\n"
        + "  - text: The words of this example are other ones.\n"
        + "    order: {state: completed, completed_days_ago: 3}\n"
        + "fail:\n"
        + f"  - text: These are the {_WORDS}.\n"
        + f"  - text: {_WORDS.upper()} in capital letters.\n"
        + "    order: {state: none}\n"
    )
