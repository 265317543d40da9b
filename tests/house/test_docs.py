"""What the documents tell people to type exists: make targets, commands, links between pages."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from mailbridge.cli.commands import app
from mailbridge.domain.trade_batch import TradeBuyer, TradeMarketplace, TradeOffer, TradeOrder, TradeSeller
from tests.house.sources import TOP, files

PAGES = [path for path in files() if path.suffix == ".md" and path.relative_to(TOP).parts[0] not in {"tests", "bench"}]


def _text(pages: list[Path]) -> Iterator[tuple[str, str]]:
    for page in pages:
        yield page.relative_to(TOP).as_posix(), page.read_text(encoding="utf-8")


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (page, target)
        for page, text in _text(PAGES)
        for target in re.findall(r"(?:^    (?:[A-Z]+=\S+ )?|`(?:[A-Z]+=\S+ )?)make ([a-z][a-z-]*)", text, re.MULTILINE)
    }
    assert named
    assert sorted((page, target) for page, target in named if target not in targets) == []


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page}: {link}"
        for page, text in _text(PAGES)
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
        if not (TOP / page).parent.joinpath(link).exists()
    ]
    assert broken == []


def test_every_command_that_is_named_exists() -> None:
    root = get_command(app)
    unknown = []
    for page, text in _text(PAGES):
        for line in re.findall(r"\bmailbridge((?: [a-z][a-z-]+)+)", "\n".join(_code(text))):
            command: object = root
            for word in line.split():
                commands = getattr(command, "commands", None)
                if commands is None:  # what follows are arguments
                    break
                if word not in commands:
                    unknown.append(f"{page}: mailbridge{line}")
                    break
                command = commands[word]
    assert unknown == []


def _code(text: str) -> list[str]:
    """What stands as code: between backticks, or indented by four."""
    return re.findall(r"`([^`\n]+)`", text) + re.findall(r"^    (.*)$", text, re.MULTILINE)


TRADE_OBJECTS = (TradeMarketplace, TradeSeller, TradeBuyer, TradeOffer, TradeOrder)


def test_every_field_of_trade_data_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", (TOP / "docs" / "import.md").read_text(encoding="utf-8")))
    fields = {field.name for noun in TRADE_OBJECTS for field in dataclasses.fields(noun)}
    # `personal` is `people`, `phones` and `postal` in the file.
    assert fields - described == {"line", "personal"}
    assert {"people", "phones", "postal"} <= described
