"""The key locator: the line of every key in any TOML that `tomllib` accepts."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.config.lines import KeyPath, locate

STRINGS = (
    '"a"',
    "'a # [b]'",
    '"""one\ntwo = 2\n[three]\n"""',
    "'''\nx = 1\n'''",
    '"""a\\"""b"""',
    '""""quoted""""',
    '["a", "]",\n "b" # c = 1\n]',
    "{ a = 1, b = [1, 2] }",
    "1",
    "2026-11-21T14:05:00Z",
    "1.5e3",
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[KeyPath, int]]:
    """A TOML document and the line of every key in it."""
    text = draw(st.sampled_from(("", "# head\n\n")))
    lines: dict[KeyPath, int] = {}
    for number in range(draw(st.integers(1, 4))):
        is_array = draw(st.booleans())
        name = f"t{number}"
        for index in range(draw(st.integers(1, 3)) if is_array else 1):
            path: KeyPath = (name, index) if is_array else (name,)
            lines[path] = text.count("\n") + 1
            lines.setdefault((name,), lines[path])
            text += f"[[{name}]] # a\n" if is_array else f"[ {name} ]\n"
            for key in range(draw(st.integers(0, 4))):
                written = draw(st.sampled_from((f"k{key}", f'"k{key}"', f"'k{key}'")))
                lines[*path, f"k{key}"] = text.count("\n") + 1
                text += f"{written}{draw(st.sampled_from((' = ', '=')))}{draw(st.sampled_from(STRINGS))}\n"
            text += draw(st.sampled_from(("", "\n", "  # x = 1\n")))
    return text, lines


@given(documents())
def test_every_key_is_found_on_its_line(document: tuple[str, dict[KeyPath, int]]) -> None:
    text, lines = document
    tomllib.loads(text)
    assert locate(text) == lines


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a.b.c = 1\n", ("a", "b", "c"), 1),
        ("\n[a.b]\nc.d = 1", ("a", "b", "c", "d"), 3),
        ("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n", ("a", 1, "b", "c"), 6),
        ("a = { b = 1 }", ("a",), 1),
        ('"a b" = 1', ("a b",), 1),
    ],
)
def test_dotted_keys_and_nested_tables_are_found(text: str, path: KeyPath, line: int) -> None:
    tomllib.loads(text)
    assert locate(text)[path] == line
