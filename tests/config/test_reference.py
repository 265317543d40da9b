"""What is made from the settings: the reference page, the starter file and the example in docs."""

import tomllib
from pathlib import Path

import pytest

from mailbridge import config
from mailbridge.cli.references import EXAMPLE
from mailbridge.config.settings import TABLES
from tests.config import example_file

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_in_docs_is_the_generated_one() -> None:
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == config.reference()


def test_the_example_in_docs_is_the_generated_one() -> None:
    assert (DOCS / "mailbridge.toml").read_text(encoding="utf-8") == config.starter(EXAMPLE)


def test_the_starter_file_is_read_and_gives_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "mailbridge.toml"
    file.write_text(config.starter(EXAMPLE), encoding="utf-8")
    settings = config.load(file)
    assert (settings.listen, settings.dns) == (config.ListenSettings(), config.DnsSettings())


@pytest.mark.parametrize("table", TABLES)
def test_the_starter_file_names_every_setting_with_its_default(table: str) -> None:
    uncommented = [line.removeprefix("# ") for line in config.starter(EXAMPLE).splitlines()]
    assert [
        key for key in example_file.settings_of(table) if not any(x.startswith(f"{key} = ") for x in uncommented)
    ] == []


def test_what_the_starter_file_comments_out_is_toml() -> None:
    lines = [line.removeprefix("# ") for line in config.starter(EXAMPLE).splitlines()]
    values = [
        line for line in lines if " = " in line and line.split(" = ")[0].isidentifier() and not line.endswith("...")
    ]
    assert len(values) > len(TABLES)
    for line in values:
        tomllib.loads(line)


def test_a_value_with_quotes_is_written_so_that_it_is_read_back() -> None:
    hostname = 'a"b\\c'
    assert tomllib.loads(config.starter({"bridge": {"hostname": hostname}}))["bridge"]["hostname"] == hostname
