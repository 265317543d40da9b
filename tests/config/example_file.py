"""A settings file with every table and every setting, each with a good value: what the tests change and break."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from mailbridge.config.declare import Declared, Plain, declared_in
from mailbridge.config.reference import written
from mailbridge.config.settings import TABLES

#: good values where a setting has no default, or where its default is "off"
GIVEN: dict[tuple[str, str], Plain] = {
    ("bridge", "hostname"): "bridge.example.com",
    ("bridge", "operator"): "operator@example.com",
    ("listen", "trusted_fronts"): ["192.0.2.0/24"],
    ("listen", "spam_field"): "X-Spam-Flag: YES",
    ("dns", "nameservers"): ["192.0.2.53"],
    ("route", "host"): "smarthost.example.com",
    ("dkim", "domain"): "relay.example.com",
    ("dkim", "selector"): "mb1",
    ("dkim", "key_file"): "dkim.pem",
    ("imap", "host"): "imap.example.com",
    ("imap", "user"): "catchall",
    ("imap", "password_file"): "password",
}

Tables = dict[str, dict[str, str]]


def full() -> Tables:
    """Table name -> setting -> value as written in TOML."""
    return {name: {key: _value(name, key, d) for key, d in settings_of(name).items()} for name in TABLES}


def settings_of(table: str) -> dict[str, Declared]:
    """The settings of one table."""
    return declared_in(TABLES[table][0])


def _value(table: str, key: str, declared: Declared) -> str:
    value = GIVEN.get((table, key), declared.default)
    if value is None:
        raise ValueError(f"give a good value for {table}.{key}")
    return written(value)


@dataclass(frozen=True)
class File:
    """A settings file as written, and the line of every key."""

    path: Path
    lines: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)


def write(folder: Path, tables: Tables) -> File:
    """Write the file and the files that it names."""
    for name in ("password", "dkim.pem"):
        (folder / name).write_text("secret\n")
        (folder / name).chmod(0o600)
    text: list[str] = []
    lines: dict[tuple[str, str], int] = {}
    for table, values in tables.items():
        is_many = table in TABLES and TABLES[table][1]
        text.append(f"[[{table}]]" if is_many else f"[{table}]")
        lines[table, ""] = len(text)
        for key, value in values.items():
            text.append(f"{key} = {value}")
            lines[table, key] = len(text)
    path = folder / "mailbridge.toml"
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return File(path, lines)
