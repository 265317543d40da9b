"""Patterns that are compiled when first used."""

import re
import subprocess
import sys

import pytest

from mailbridge.patterns import compile_all, lazy_pattern

_ALL_OF_SERVE = """
import mailbridge.app.sibling
from mailbridge.patterns import compile_all
print(compile_all() > 300, compile_all())
"""


def test_a_lazy_pattern_answers_as_the_pattern_does() -> None:
    lazy, real = lazy_pattern(r"(a)(?P<more>b*)", re.IGNORECASE), re.compile(r"(a)(?P<more>b*)", re.IGNORECASE)
    found = lazy.search("xABB")
    assert found is not None
    assert (found.span(), found["more"], found.re) == ((1, 4), "BB", real)
    assert (lazy.pattern, lazy.flags, lazy.groups) == (real.pattern, real.flags, real.groups)
    assert lazy.sub("-", "xABBx") == "x-x"


def test_octets_have_patterns_too() -> None:
    assert lazy_pattern(rb"\d+").findall(b"1 22") == [b"1", b"22"]


def test_a_pattern_is_compiled_once_and_only_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def noted(source: str, flags: int) -> re.Pattern[str]:
        compiled.append(source)
        return real(source, flags)

    monkeypatch.setattr(re, "compile", noted)
    lazy = lazy_pattern("once")
    before = list(compiled)
    assert (lazy.search("once"), lazy.match("twice"), lazy.search("")) != (None, None, None)
    assert (before, compiled) == ([], ["once"])


def test_what_nobody_used_can_be_compiled_at_once() -> None:
    compile_all()
    used, unused = lazy_pattern("used"), lazy_pattern("unused")
    used.search("")
    assert compile_all() == 1
    assert unused.fullmatch("unused") is not None


def test_all_patterns_of_a_serve_are_patterns() -> None:
    done = subprocess.run([sys.executable, "-c", _ALL_OF_SERVE], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "0"]
