"""Words and files cut out of a message (features.md N-06)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.message.body import with_body
from mailbridge.message.cutting import Cut, without, without_marked
from mailbridge.message.entities import without_entities

_LABEL = "[removed]"


def _message(plain: str | None = None, html: str | None = None, subject: str = "") -> Message:
    return with_body(Message(subject=subject), Body(plain=plain, html=html))


def _cut(message: Message, *words: str) -> Message:
    return without(message, Cut(words=frozenset(words)), _LABEL)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Write to anna@post.example now.", "anna@post.example", "Write to [removed] now."),
        ("a@b.example and aa@b.example", "a@b.example", "[removed] and aa@b.example"),
        ("Card 4111 1111 1111 1111, order 1111", "4111 1111 1111 1111", "Card [removed], order 1111"),
        ("See shop.example\nor SHOP.example", "shop.example", "See [removed]\nor [removed]"),
        ("broken over\nlines here", "over lines", "broken [removed]\n here"),
        ("smile 😀😀 again", "😀", "smile [removed][removed] again"),
        ("nothing of it", "else", "nothing of it"),
    ],
)
def test_words_are_cut_from_plain_text(text: str, words: str, left: str) -> None:
    assert _cut(_message(text), words).body.plain == left


@pytest.mark.parametrize(
    ("html", "words", "left"),
    [
        ("<p>Ask <b>anna@</b>post.example.</p>", "anna@post.example", "<p>Ask <b>[removed]</b>.</p>"),
        (
            '<p>My <a href="https://shop.example/?a=1&amp;b=2">shop</a></p>',
            "https://shop.example/?a=1&b=2",
            "<p>My <a>shop</a></p>",
        ),
        ('<img src="cid:1" alt="call 501 234 567">', "501 234 567", '<img src="cid:1">'),
        ("<p>501&nbsp;234&nbsp;567</p>", "501\u00a0234\u00a0567", "<p>[removed]</p>"),
    ],
)
def test_words_are_cut_from_html_with_what_leads_there(html: str, words: str, left: str) -> None:
    assert _cut(_message(html=html), words).body.html == left


def test_the_parts_of_the_text_are_told_apart_anew_and_files_go_by_name() -> None:
    message = _message("Hello shop.example\n\n> an old shop.example quote\n", subject="shop.example")
    files = tuple(Attachment(filename=name, content_type="text/plain", octets=b"x") for name in ("a.exe", "b.txt"))
    message = Message(subject=message.subject, body=message.body, attachments=files)
    rest = without(message, Cut(words=frozenset({"shop.example"}), files=frozenset({"a.exe"})), _LABEL)
    assert rest.subject == _LABEL
    assert rest.new_text.strip() == "Hello [removed]"
    assert "shop.example" not in rest.quoted_text
    assert [file.filename for file in rest.attachments] == ["b.txt"]


_WORDS = st.lists(
    st.sampled_from(["anna@post.example", "501 234 567", "shop.example", "wh4tsapp", "ćma żółta", "x"]), max_size=3
)


@given(st.lists(st.sampled_from(["Hello", "anna@post.example", "501 234 567", "\n", "(", "ćma żółta"])), _WORDS)
def test_nothing_that_was_to_be_cut_is_left_in_any_form(pieces: list[str], words: list[str]) -> None:
    text = " ".join(pieces)
    rest = _cut(_message(text, f"<div>{text}</div>"), *words)
    for word in words:
        assert f" {word} " not in f" {rest.body.plain} "
        assert f" {word} " not in f" {without_entities(rest.body.html or '')} "


@pytest.mark.parametrize(
    ("plain", "html", "words", "left", "left_html"),
    [
        (
            "We close at five.\n\n#close",
            "<p>We close at five.</p><p>#close</p>",
            "#close",
            "We close at five.\n\n",
            None,
        ),
        (
            "I take it.\n#take",
            "<div>I take it.<br>#<b>take</b></div>",
            "#take",
            "I take it.\n",
            "I take it.<br><b></b>",
        ),
        ("#gelöst.\nGelöst.", "<p>#gel&ouml;st.</p><p>Gelöst.</p>", "#gelöst.", "\nGelöst.", "<p></p><p>Gelöst.</p>"),
        ("#assign\xa0Jan\nJan", "<p>#assign&nbsp;Jan</p><p>Jan</p>", "#assign\xa0Jan", "\nJan", "<p></p><p>Jan</p>"),
        ("x#take #taken", "<p>x#take #taken</p>", "#take", "x#take #taken", "<p>x#take #taken</p>"),
    ],
)
def test_N11_a_word_for_us_goes_with_its_mark_and_without_it_stays(
    plain: str, html: str, words: str, left: str, left_html: str | None
) -> None:
    body = without_marked(_message(plain, html, "Close"), frozenset({words})).body
    assert body.plain == left
    assert (left_html or "<p>We close at five.</p><p></p>") in (body.html or "")


def test_N11_a_word_for_us_in_the_subject_stands_in_brackets() -> None:
    message = _message("[close]", subject="Re: [close] Close the [#take] lid")
    rest = without_marked(message, frozenset({"[close]", "[#take]"}))
    assert (rest.subject, rest.body.plain) == ("Re: Close the lid", "[close]")


@given(st.text(max_size=200), st.sampled_from(["#close", "#assign Jan", "#gelöst"]))
def test_N11_a_word_for_us_never_stays_where_it_stands_alone(text: str, word: str) -> None:
    rest = without_marked(_message(f"{text}\n{word}", f"<p>{word}</p>"), frozenset({word})).body
    assert word not in (rest.plain or "").split("\n")[-1]
    assert rest.html == "<p></p>"
