"""Every setting, broken in every way: each mutation is answered with file, line, key and what to do (generated)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbridge import config
from mailbridge.config.settings import TABLES
from mailbridge.errors import ConfigurationError
from tests.config import example_file

#: per name of a kind: values that are of the right type and can not be
OUT_OF_RANGE: dict[str, tuple[str, ...]] = {
    "name": ('""', '" "'),
    "text": ('"a\\u0007b"',),
    "host": ('"no host"', '""', '"-x.example"', f'"{"a" * 64}.example"'),
    "domain": ('"localhost"', '"a b.example"', '""'),
    "mail address": ('"nobody"', '"a@b@c"', '"a b@example.com"', '""'),
    "listening address": ('"127.0.0.1"', '"127.0.0.1:70000"', '":x"', '"a b:25"'),
    "listening address or socket": ('"unix:here"', '"127.0.0.1"', '":x"'),
    "web address": (
        '"http://a.example"',
        '"https://a.example/?x=1"',
        '"https://u@a.example"',
        '"https://"',
        '"a.example"',
    ),
    "header field with value": ('"X-Spam-Flag"', '"X Spam: YES"', '"X-Spam-Flag:"'),
    "list of header field name": ('["Delivered To"]', '["a:b"]', "[]"),
    "list of language of Tesseract": ('["english"]', '["eng+deu"]', "[]"),
    "DKIM selector": ('"a b"', '""', '"-"'),
    "time of day": ('"25:00"', '"7"', '"07:00:00"'),
    "list of IP address": ('["192.0.2.256"]', '["ns.example"]'),
    "list of network": ('["192.0.2.1/24"]', '["here"]', '["192.0.2.0/33"]'),
    "list of domain": ('["localhost"]', '[""]'),
    "duration": ('"1000000d"', '"soon"', '"5"', '"-5m"', '"0ms"'),
    "size": ('"1B"', '"1000GiB"', '"25MB"', '"-1KiB"'),
    "whole number": ("-1", "100000000"),
    "choice": ('"other"', '""'),
    "switch": (),
    "path": ('""', '"a\\u0000b"'),
    "file": ('"not-there"', '"."'),
    "private file": ('"not-there"', '"open.pem"'),
    "secret file": ('"not-there"', '"open.pem"'),
    "folder": ('"not-there"',),
    "list of folder": ('["not-there"]', '[""]'),
}
#: settings whose smallest value is nothing, or where "" means off
ALLOWED = {("bridge", "stop_grace", '"0ms"'), ("store", "url", '""')}
WRONG_TYPES = ("{ a = 1 }", "2026-11-21", "1.5", "[[1]]")


def _mutations() -> Iterator[tuple[str, str, str]]:
    for table in TABLES:
        for key, declared in example_file.settings_of(table).items():
            for value in (*WRONG_TYPES, *OUT_OF_RANGE[declared.kind.name]):
                if (table, key, value) not in ALLOWED and not (value == '""' and declared.default == ""):
                    yield table, key, value


def _required() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        for key, declared in example_file.settings_of(table).items():
            if declared.default is None:
                yield table, key


def _dotted(table: str, key: str) -> str:
    return f"{table}[1].{key}" if TABLES[table][1] else f"{table}.{key}"


def _assert_blamed(file: example_file.File, key: str, line: int) -> None:
    with pytest.raises(ConfigurationError) as caught:
        config.load(file.path)
    blamed = [problem for problem in caught.value.problems if problem.key == key]
    assert [(problem.file, problem.line) for problem in blamed] == [(str(file.path), line)]
    assert len(blamed[0].reason) > len("is wrong")


@pytest.mark.parametrize(("table", "key", "value"), list(_mutations()))
def test_a_value_that_can_not_be_is_named_with_its_place(tmp_path: Path, table: str, key: str, value: str) -> None:
    (tmp_path / "open.pem").write_text("x")
    (tmp_path / "open.pem").chmod(0o644)  # whatever the umask is
    tables = example_file.full()
    tables[table][key] = value
    file = example_file.write(tmp_path, tables)
    _assert_blamed(file, _dotted(table, key), file.lines[table, key])


@pytest.mark.parametrize(("table", "key"), [(t, k) for t in TABLES for k in example_file.settings_of(t)])
def test_a_misspelt_setting_is_named_with_the_right_spelling(tmp_path: Path, table: str, key: str) -> None:
    tables = example_file.full()
    wrong = f"{key[:-1]}{key[-1]}{key[-1]}x"
    tables[table][wrong] = '"x"'
    file = example_file.write(tmp_path, tables)
    _assert_blamed(file, _dotted(table, wrong), file.lines[table, wrong])
    with pytest.raises(ConfigurationError, match=f'did you mean "{key}"'):
        config.load(file.path)


@pytest.mark.parametrize(("table", "key"), list(_required()))
def test_a_missing_setting_is_named_with_what_to_write(tmp_path: Path, table: str, key: str) -> None:
    tables = example_file.full()
    del tables[table][key]
    file = example_file.write(tmp_path, tables)
    _assert_blamed(file, _dotted(table, key), file.lines[table, ""])


@pytest.mark.parametrize("table", TABLES)
def test_a_table_in_the_wrong_brackets_is_named(tmp_path: Path, table: str) -> None:
    file = example_file.write(tmp_path, example_file.full())
    text = file.path.read_text()
    right, wrong = (f"[[{table}]]", f"[{table}]") if TABLES[table][1] else (f"[{table}]", f"[[{table}]]")
    file.path.write_text(text.replace(right, wrong, 1))
    _assert_blamed(file, table, file.lines[table, ""])


@pytest.mark.parametrize("table", TABLES)
def test_a_misspelt_table_is_named_with_the_right_spelling(tmp_path: Path, table: str) -> None:
    tables = {f"{name}s" if name == table else name: values for name, values in example_file.full().items()}
    file = example_file.write(tmp_path, tables)
    with pytest.raises(ConfigurationError, match=f'did you mean "{table}"'):
        config.load(file.path)
