"""Texts that sellers write themselves: fields and `if`, nothing that could cost or leak."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.texts import OWN_FIELDS, OwnTextProblem, check_own_text, own_text_reference, render_own_text

_FIELDS = {"seller": "Acme", "market": "Market", "order": "48213", "reference": "k3x9"}


def test_S48_fields_and_parts_that_depend_on_one_are_filled_in() -> None:
    source = (
        "Hello, this is {{ seller }}.{% if order %}\n\nAbout order {{ order | tail }}.{% else %} Thanks.{% endif %}"
    )
    check_own_text(source)
    assert render_own_text(source, _FIELDS) == "Hello, this is Acme.\n\nAbout order …213."
    assert render_own_text(source, _FIELDS | {"order": ""}) == "Hello, this is Acme. Thanks."


REFUSED = {
    "{{ 'a' * 1000000000 }}": "mul is not taken",
    "{{ '%1000000000d' % 1 }}": "mod is not taken",
    "{% for x in range(100000) %}{% for y in range(100000) %}x{% endfor %}{% endfor %}": "not taken",
    "{{ seller.__class__.__mro__ }}": "getattr is not taken",
    "{{ seller['x'] }}": "getitem is not taken",
    "{{ seller() }}": "call is not taken",
    "{{ seller ~ seller }}": "concat is not taken",
    "{% include 'notice/en/held.txt.j2' %}": "include is not taken",
    "{% extends 'layout.html.j2' %}": "extends is not taken",
    "{% import 'x' as y %}": "import is not taken",
    "{% macro a() %}{% endmacro %}": "macro is not taken",
    "{% set a = 1 %}x": "assign is not taken",
    "{{ seller | upper }}": "unknown filter upper; there is tail",
    "{{ seller is defined }}": "test is not taken",
    "{{ selller }}": 'unknown field selller, did you mean "seller"?',
    "{{ buyer }}": "unknown field buyer; there are seller, market, order, reference",
    "a\n{{ subject }}": "line 2 uses the unknown field subject",
    "{{ seller": "line 1 is no template",
    "{{ order > 5 }}": "does not render",
    "": "says nothing",
    " \n ": "says nothing",
    "{% if order %}x{% endif %}": "says nothing where there is no order",
    "a\x00b": "control characters",
    "a\u202eb": "control characters",
    "x" * 4_001: "at most 4000",
    "{{ " + "(" * 1_900 + "order" + ")" * 1_900 + " }}": "too many parts within parts",
    "{% if " + "not " * 900 + "order %}a{% endif %}": "too many parts within parts",
    "{% if order %}" * 120 + "x" + "{% endif %}" * 120: "too many parts within parts",
    "{{ " + "order and " * 380 + "order }}": "too many parts within parts",
}


@pytest.mark.parametrize("source", REFUSED, ids=[source[:40] for source in REFUSED])
def test_T69_what_is_more_than_fields_and_if_is_refused_with_the_reason(source: str) -> None:
    begun = time.monotonic()
    with pytest.raises(OwnTextProblem) as caught:
        check_own_text(source)
    assert REFUSED[source] in str(caught.value)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(("source", "reason"), [("a\nb", "one line"), ("x" * 151, "at most 150")])
def test_S49_a_subject_is_one_line(source: str, reason: str) -> None:
    check_own_text("a" * 150, is_subject=True)
    with pytest.raises(OwnTextProblem, match=reason):
        check_own_text(source, is_subject=True)


def test_T28_no_field_holds_what_a_buyer_wrote() -> None:
    assert set(OWN_FIELDS) == {"seller", "market", "order", "reference"}
    with pytest.raises(TypeError, match="subject"):
        render_own_text("x", _FIELDS | {"subject": "Buy now"})


def test_the_page_in_docs_has_the_generated_table() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "acknowledgement.md"
    assert own_text_reference() in page.read_text(encoding="utf-8")


_PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "if",
        "else",
        "endif",
        "order",
        "seller",
        " ",
        "(",
        ")",
        "not",
        "and",
        "'",
        "|",
        "tail",
        "[",
        ".",
        "for",
        "in",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=60).map(" ".join))
def test_T69_any_text_is_taken_or_refused_and_never_more(source: str) -> None:
    try:
        check_own_text(source)
    except OwnTextProblem:
        return
    assert len(render_own_text(source, _FIELDS)) <= 2 * len(source) + 100
