"""The data of `introductions.toml` and `below.toml`, and short words for reading: what the reply tests arrange with."""

import tomllib
from pathlib import Path

from mailbridge.domain.reading import PartKind, Reading
from mailbridge.message.body import read_plain

_HERE = Path(__file__).parent
INTRODUCTIONS: dict[str, dict[str, str]] = tomllib.loads((_HERE / "introductions.toml").read_text(encoding="utf-8"))
BELOW = tomllib.loads((_HERE / "below.toml").read_text(encoding="utf-8"))


def answer(text: str) -> str:
    """What a person wrote this time, with his formula at the end."""
    return said(read_plain(text))


def said(reading: Reading) -> str:
    """The same of a reading."""
    return reading.of(PartKind.NEW, PartKind.SIGN_OFF)


def part(text: str, *kinds: PartKind) -> str:
    """The text of all parts of these kinds."""
    return read_plain(text).of(*kinds)
