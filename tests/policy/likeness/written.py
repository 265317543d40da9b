"""Reads the sentences written for `likeness.py`: `written/LANGUAGE_leads.txt` and `written/LANGUAGE_honest.txt`.

A line is one message; `{this|that}` is said either way, and `||` stands around what leads away. Lines in `[ ]` begin a
block of one kind and manner. Blocks "after reading" were written with what was missed of the open sets in view: who
wants to know how much of a set is found that nobody read leaves them out. Before blocks "after a glance" were written
every ninth case and every fourteenth reply of the open sets were read: these are what such figures leave out instead.
"""

import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "written"
_CHOICE = re.compile(r"\{([^{}]*)\}")
_MARK, _AFTER = "||", "after reading: "


class Written(NamedTuple):
    """One message as written."""

    language: str
    text: str
    #: [start, end) of what leads away; none in an honest message
    hidden: tuple[tuple[int, int], ...]


def written(side: str, *, unread: bool = False) -> Iterator[Written]:
    """What is written of a side, `leads` or `honest`, each line as often as its longest choice has words for it.

    `unread`: only what was written before the open sets were read for it.
    """
    for file in sorted(_FOLDER.glob(f"*_{side}.txt")):
        language, is_after = file.stem.split("_")[0], False
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("["):
                is_after = line.startswith(f"[{_AFTER}")
            elif line and not (unread and is_after):
                for text, hidden in said_as(line):
                    yield Written(language, text, hidden)


def said_as(line: str) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """A line in as many ways as its longest choice has, and where what leads away stands; drawn the same each time."""
    chance = random.Random(zlib.crc32(line.encode()))
    choices = [choice.split("|") for choice in _CHOICE.findall(line)]
    for choice in choices:
        chance.shuffle(choice)
    frame = _CHOICE.split(line)[::2]
    for turn in range(max(map(len, choices), default=1)):
        chosen = [choice[turn % len(choice)] for choice in choices]
        yield _parted("".join(part for pair in zip(frame, [*chosen, ""], strict=True) for part in pair))


def _parted(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A message without its marks, and where what stands between them is."""
    whole, hidden = "", []
    for number, part in enumerate(map(str.strip, text.replace("\\n", "\n").split(_MARK))):
        whole += " " if whole and part and not whole.endswith("\n") else ""
        if number % 2 and part:
            hidden.append((len(whole), len(whole) + len(part)))
        whole += part
    return whole, tuple(hidden)
