"""What holds for every text: reading never raises, ends soon, throws nothing away, and never cuts an answer."""

import gc
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.domain.reading import PartKind, Reading
from mailbridge.message.body import quoted_flags, read_plain, read_reply
from mailbridge.message.htmlreading import split_html
from tests.message.reading_data import BELOW, INTRODUCTIONS

_PIECES = [
    *INTRODUCTIONS["attributions"].values(),
    *INTRODUCTIONS["header_blocks"].values(),
    *INTRODUCTIONS["forwards"].values(),
    *BELOW["device_lines"],
    *BELOW["closings"],
    *BELOW["imprints"].values(),
    *BELOW["footers"].values(),
    *"> old|>> older|>|> wrote:|>:|>>> x <<<|--|-- |__|—|Anna|answer?|:|wrote:|<".split("|"),
    *"<max@firm.example>|\u2028|\r|\u00a0".split("|"),
    "________________________________",
    "On 3 May",
    "16.11.2026, 15:04",
    "From:",
    "a" * 100,
    " ",
    "",
]
_lines = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=30)), max_size=25).map("\n".join)
_TAGS = """
<p> </p> <div> </div> <br> <blockquote> </blockquote> <blockquote~type=cite> <div~class=gmail_quote> <pre> </pre> <b>
</b> <div~class=gmail_signature> <div~id=divRplyFwdMsg> <hr~id=stopSpelling> <table><tr><td> </table> <td> <img~src=x>
<!-- --> <script> </script> &lt; &nbsp; <o:p> <style> </ <
""".split()
_html = st.lists(
    st.one_of(st.sampled_from([*(tag.replace("~", " ") for tag in _TAGS), *_PIECES]), st.text(max_size=10)), max_size=30
).map("".join)


def _whole(reading: Reading) -> str:
    return "".join(reading.text[part.start : part.end] for part in reading.parts)


@given(_lines)
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_Q1_the_parts_of_a_text_join_up_to_it(text: str) -> None:
    reading = read_plain(text)
    assert _whole(reading) == text == reading.text
    assert [part.start for part in reading.parts[1:]] == [part.end for part in reading.parts[:-1]]


@given(_html)
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_Q1_the_parts_of_html_join_up_to_its_text(html: str) -> None:
    reading = read_reply(None, html)
    assert _whole(reading) == reading.text


@given(_html)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_cutting_history_of_html_never_raises_and_leaves_what_is_new(html: str) -> None:
    left, cut = split_html(html)
    assert cut or left == html


@given(st.lists(st.sampled_from(["yes", "no, sorry", "ask Anna", "40 EUR", "tak"]), min_size=1, max_size=6), st.data())
def test_Q1_answers_between_marked_lines_are_never_cut(answers: list[str], data: st.DataObject) -> None:
    introduction = data.draw(st.sampled_from(sorted(INTRODUCTIONS["weak_attributions"].values())))
    text = f"Hello\n\n{introduction}\n" + "".join(f"> question?\n{answer}\n" for answer in answers)
    new_text = read_plain(text).of(PartKind.NEW, PartKind.SIGN_OFF)
    assert new_text.split("\n")[-len(answers) :] == answers


@given(_lines)
def test_the_flags_of_lines_are_zero_or_one_for_each(text: str) -> None:
    lines = text.split("\n")
    assert len(quoted_flags(lines)) == len(lines)
    assert set(quoted_flags(lines)) <= {0, 1}


_HOSTILE = {
    "newlines": "\n" * 20_000,
    "one long attribution": "On " + "x " * 20_000 + "wrote:",
    "marks": ">" * 100_000,
    "marked lines": ">\n" * 100_000,
    "attributions": "On 3 May 2026 10:00 <a@b.example>\nwrote:\n" * 10_000,
    "attributions in one line": ("On 3 " * 80 + "wrote:\n") * 5_000,
    "open brackets": ("<" * 390 + "\n> wrote:\n") * 5_000,
    "header blocks": "From: x\nx\nDate: y\n" * 20_000,
    "rules": ("_" * 40 + "\n\n") * 20_000,
    "titles": ("Original Message\n" + "\n" * 10) * 10_000,
    "delimiters": "-- \nx\n" * 50_000,
    "formulas": "> q\n\nThanks,\nMax\n" * 20_000,
    "phones": "Sent from my iPhone\n" * 30_000,
    "links": "Sent <https://" * 30_000,
    "one line": "x" * 2_000_000,
    "one field": "From: " + "x" * 1_000_000,
    "initials": "".join(f"{a}{b}{c}> x\n" for a in "ABCDEFG" for b in map(chr, range(97, 123)) for c in "abcdefgh")
    * 20,
    "answers between": "> a\nb\n" * 50_000,
    "blanks": " \n" * 100_000,
    "a megabyte of marked lines": "> old words\n" * 90_000,
    "deeper and deeper": "\n".join(">" * depth + " x" for depth in range(1_400)),
    "nearly attributions": "On 3 May 2026 at 10:00, Max Berg <max@firm.example> said nothing:\n" * 15_000,
    "attributions without an end": "On Mon, 3 May 2026 at 10:00, Max Berg\n" * 25_000,
    "nearly fields": "From Max\nSent: \nTo\n" * 50_000,
    "fields alone": "From: \n" * 130_000,
    "links of text": "see https://a.example/b <https://a.example/b>\n" * 25_000,
    "hundred thousand links": "<https://a.example/b> " * 100_000,
    "fences": "```\n" * 200_000,
    "open fences": "```\nx\n" + "x\n``` \n" * 100_000,
    "dates and names": "Max\n16.11.2026 15:04\nTo\n" * 50_000,
    "direction marks": "\u202b\u200f\u202c\n" * 100_000,
    "dashes and sentences": ("--\n" + "and so the letter goes on and on " * 4 + "\n") * 8_000,
    "short answers": "> q\n\nok\n" * 60_000,
    "announced": "Here it is:\n\nHRB 1, USt-ID 2\n\n" * 30_000,
}


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_T70_hostile_text_is_read_in_time(text: str, old_objects_left_alone: None) -> None:
    begun = time.process_time()
    reading = read_plain(text)
    assert time.process_time() - begun < 2
    assert _whole(reading) == text


@pytest.fixture
def old_objects_left_alone() -> Iterator[None]:
    """What other tests of this process left in memory costs the collector time that is not ours."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000,
        "<blockquote type=cite>" * 1_900 + "x",
        "<blockquote type=cite>x</blockquote>" * 20_000,
        "<span><div>" * 900,
        "<p>" + "\n>" * 100_000,
        "<br>" * 150_000,
        "<td>x" * 30_000,
        '<div class="' + "a " * 200_000 + '">x</div>',
        '<a href="https://a.example/b">x</a> ' * 100_000,
        "<p>x<b>y" * 100_000,
        "<div><table><tr><td>" * 450 + "x",
        '<blockquote type="cite"><p>x' * 240,
        "<" * 1_000_000,
        "<!--" * 200_000,
        "&amp" * 200_000,
        '<div class="gmail_attr">---------- Forwarded message</div>' * 15_000,
        "<pre>" + "> x\n" * 100_000 + "</pre>",
        "<table>" + "<tr><th>a<th>b" * 30_000,
        "<ul><li>" * 240 + "x",
    ],
    ids=[
        "tags",
        "nested quotes",
        "quotes",
        "mixed",
        "marks",
        "breaks",
        "cells",
        "classes",
        "links",
        "unclosed",
        "tables",
        "open quotes",
        "brackets",
        "comments",
        "entities",
        "forwards",
        "pre",
        "rows",
        "lists",
    ],
)
def test_T68_hostile_html_is_read_and_cut_in_time(html: str, old_objects_left_alone: None) -> None:
    begun = time.process_time()
    reading = read_reply(None, html)
    split_html(html)
    assert time.process_time() - begun < 2
    assert _whole(reading) == reading.text
