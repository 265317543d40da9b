"""Replies that were written before the reader saw any of them, in the manner of many clients and languages.

Shares are asserted and not single mails, so that nobody is tempted to make a rule for one of them; what the reader made
of each file when it first saw it stands in `held_out/README`.
"""

import tomllib
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest

from mailbridge.domain.reading import SOURCE_BREAK, PartKind
from mailbridge.message.body import read_reply

_FOLDER = Path(__file__).with_name("held_out")
FILES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8"))["mail"] for file in sorted(_FOLDER.glob("*.toml"))}
_PASS, _LOST, _LEAK, _SAME = 0.95, 0.025, 0.05, 0.98


class Shares(NamedTuple):
    """Of the mails of one file, how many were read right, lost a line of their author, or kept one of others."""

    passed: float
    lost: float
    leaked: float


def _lines(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.split("\n")} - {""}


def shares(mails: list[dict[str, str]]) -> Shares:
    """Measure one file, formulas and names at the end kept."""
    passed = lost = leaked = 0
    for mail in mails:
        reading = read_reply(mail.get("plain"), mail.get("html"))
        found = reading.of(PartKind.NEW, PartKind.FORWARD, PartKind.SIGN_OFF).replace(SOURCE_BREAK, " ")
        wanted = f"{mail['new']}\n{mail.get('sign_off', '')}"
        passed += found.split() == wanted.split()
        lost += bool(_lines(wanted) - _lines(found))
        leaked += bool(_lines(found) - _lines(wanted))
    return Shares(passed / len(mails), lost / len(mails), leaked / len(mails))


@pytest.mark.parametrize("mails", FILES.values(), ids=FILES.keys())
def test_Q1_replies_of_many_clients_lose_none_of_their_authors_words(mails: list[dict[str, str]]) -> None:
    assert shares(mails).lost <= _LOST


@pytest.mark.parametrize("mails", FILES.values(), ids=FILES.keys())
def test_Q4_replies_of_many_clients_keep_little_of_others(mails: list[dict[str, str]]) -> None:
    assert shares(mails).leaked <= _LEAK


@pytest.mark.parametrize("mails", FILES.values(), ids=FILES.keys())
def test_replies_of_many_clients_are_read_as_they_were_meant(mails: list[dict[str, str]]) -> None:
    assert shares(mails).passed >= _PASS


_PLAIN = [mail["plain"].replace("\r", "") for mails in FILES.values() for mail in mails if "plain" in mail]
#: what a gateway or a program does to a text without changing what it says: (plain, HTML)
_CHANGED: dict[str, Callable[[str], tuple[str | None, str | None]]] = {
    "hard blanks": lambda text: (text.replace(" ", "\u00a0"), None),
    "blank lines around": lambda text: (f"\n\n\n{text}\n\n\n", None),
    "HTML with breaks": lambda text: (None, escape(text).replace("\n", "<br>\n")),
    "HTML as it was": lambda text: (None, f"<pre>{escape(text)}</pre>"),
    "HTML with divs": lambda text: (
        None,
        "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n")),
    ),
}


def _said(plain: str | None, html: str | None) -> list[str]:
    reading = read_reply(plain, html)
    kept = reading.of(PartKind.NEW, PartKind.FORWARD, PartKind.SIGN_OFF)
    return kept.replace(SOURCE_BREAK, " ").replace("\u00a0", " ").split()


@pytest.mark.parametrize("changed", _CHANGED.values(), ids=_CHANGED.keys())
def test_the_dress_of_a_text_does_not_change_what_is_read(
    changed: Callable[[str], tuple[str | None, str | None]],
) -> None:
    same = [_said(*changed(text)) == _said(text, None) for text in _PLAIN]
    assert sum(same) / len(same) >= _SAME


@pytest.mark.parametrize(
    "introduction", ["On Tue, Nov 17, 2026 at 9:00 AM Zed <zed@z.example> wrote:", "Zed wrote:", ""]
)
def test_Q1_of_a_whole_mail_in_a_marked_quote_nothing_is_new(introduction: str) -> None:
    for text in _PLAIN:
        quoted = "\n".join(f">{line}" if line[:1] == ">" else f"> {line}" for line in text.strip("\n").split("\n"))
        assert _said(f"Hello.\n\n{introduction}\n{quoted}", None) == ["Hello."]


def test_there_are_enough_of_them_and_each_says_which_it_is() -> None:
    names = [mail["name"] for mails in FILES.values() for mail in mails]
    assert len(names) > 210
    assert all(names)
