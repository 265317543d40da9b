"""Replies in HTML, in the manner of each client: what is new, what is history, and what is left when history is cut."""

import tomllib
from html import escape
from pathlib import Path

import pytest

from mailbridge.domain.reading import SOURCE_BREAK, PartKind, Reading
from mailbridge.message.body import read_reply, split_reply
from mailbridge.message.htmlreading import html_lines, split_html
from mailbridge.message.quirks import QUIRKS
from mailbridge.message.selectors import Selectors
from tests.message.reading_data import INTRODUCTIONS, said

_LINE = "On Mon, 16 Nov 2026 at 15:04, X &lt;x@y.example&gt; wrote:"
QUOTES: dict[str, str] = tomllib.loads(Path(__file__).with_name("html_quotes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("html", QUOTES.values(), ids=QUOTES.keys())
def test_history_is_told_apart_from_new_text(html: str) -> None:
    reading = read_reply(None, html)
    assert said(reading) == "Hello"
    assert "old" in reading.of(PartKind.QUOTE)


@pytest.mark.parametrize("html", QUOTES.values(), ids=QUOTES.keys())
def test_cutting_history_leaves_the_new_html(html: str) -> None:
    left, cut = split_html(html)
    assert "old" in cut
    assert not any(words in left for words in ("old", "wrote", "x@y.example", "16 Nov"))
    assert "Hello" in left


@pytest.mark.parametrize("name", INTRODUCTIONS["header_blocks"])
def test_a_header_block_of_any_language_begins_the_history(name: str) -> None:
    lines = "".join(
        f"<p class=MsoNormal>{line}</p>" for line in escape(INTRODUCTIONS["header_blocks"][name]).split("\n")
    )
    html = f"<div class=WordSection1><p class=MsoNormal>Hello</p>{lines}<p class=MsoNormal>o&nbsp;</p></div>"
    assert split_reply(None, html)[0] == "Hello"


@pytest.mark.parametrize("name", INTRODUCTIONS["attributions"])
def test_an_attribution_of_any_language_begins_the_history(name: str) -> None:
    line = escape(INTRODUCTIONS["attributions"][name]).replace("\n", " ")
    html = f"<div>Hello</div><div>{line}</div><blockquote>old</blockquote>"
    assert split_reply(None, html)[0] == "Hello"


def test_Q2_a_blockquote_of_the_authors_own_is_new_text() -> None:
    new_text, quoted_text = split_reply(None, "<p>They say:</p><blockquote>all sales are final</blockquote>")
    assert "all sales are final" in new_text
    assert quoted_text == ""


def test_Q2_a_bare_blockquote_behind_an_attribution_is_a_quote_and_what_follows_is_not() -> None:
    html = f"<p>Hello</p><p>{_LINE}</p><blockquote>old<br>older</blockquote><p>answer</p>"
    assert split_reply(None, html)[0].split() == ["Hello", "answer"]


def test_Q1_answers_between_quotes_of_html_are_new_text() -> None:
    html = '<blockquote type="cite">one?</blockquote><p>yes</p><blockquote type="cite">two?</blockquote><p>no</p>'
    assert split_reply(None, html)[0].split() == ["yes", "no"]


def test_Q1_answers_within_the_quote_of_gmail_stay_when_history_is_cut() -> None:
    html = (
        f'<div class="gmail_quote"><div class="gmail_attr">{_LINE}</div>'
        '<blockquote class="gmail_quote">one?</blockquote>'
        '<div>yes</div><blockquote class="gmail_quote">two?</blockquote><div>no <img src="cid:a"></div></div>'
    )
    left, cut = split_html(html)
    assert ("yes" in left, "no" in left, "cid:a" in left) == (True, True, True)
    assert "?" not in left
    assert "one?" in cut


def test_pictures_of_the_history_go_with_it() -> None:
    html = '<p>Hello</p><blockquote type="cite"><p>old<img src="cid:a"></p><hr></blockquote>'
    assert split_html(html)[0].strip() == "<p>Hello</p>"


def test_html_without_history_is_left_alone() -> None:
    html = "<p>Hello<BR>you</p>"
    assert split_html(html) == (html, "")


def test_what_is_passed_on_is_not_cut() -> None:
    html = (
        "<p>See below</p><div>---------- Forwarded message ---------<br>From: X<br>Subject: L</div><div>the lamp</div>"
    )
    assert split_html(html) == (html, "")


@pytest.mark.parametrize(
    "html",
    [
        '<div>Hello</div><div class="gmail_signature">Anna<br>Lamps Ltd</div>',
        '<p>Hello</p><pre class="moz-signature" cols="72">-- \nAnna\nLamps Ltd</pre>',
        '<div>Hello</div><div id="Signature"><p>Anna</p><p>Lamps Ltd</p></div>',
        '<div>Hello</div><div class="protonmail_signature_block">Anna<br>Lamps Ltd</div>',
    ],
)
def test_a_signature_by_markup_is_told_apart(html: str) -> None:
    reading = read_reply(None, html)
    assert said(reading) == "Hello"
    assert "Lamps Ltd" in reading.of(PartKind.SIGNATURE)


def test_what_is_typed_inside_the_signature_element_is_not_lost() -> None:
    assert said(read_reply(None, '<div id="Signature"><div>Yes, it is.</div></div>')) == "Yes, it is."


def test_lines_are_those_that_a_reader_sees() -> None:
    html = (
        "<head><title>t</title><style>p{}</style></head><p>one\n  two</p><p>three<br>four</p><ul><li>five<li>six</ul>"
        "<table><tr><td>a</td><td>b</td></tr></table><div>x <b>y</b>z</div><script>s</script><pre>p  q\n r</pre>"
    )
    assert [line for line in html_lines(html)[0] if line] == [
        f"one{SOURCE_BREAK}two",
        "three",
        "four",
        "five",
        "six",
        "a b",
        "x yz",
        "p  q",
        " r",
    ]


def test_blank_lines_are_one_at_most() -> None:
    assert html_lines("<div>a</div><div><br></div><div><br></div><p>&nbsp;</p><div>b</div>")[0] == ["a", "", "b"]


def test_html_beyond_any_honest_mail_is_read_as_text() -> None:
    reading = read_reply(None, "<div>" * 3000 + "words")
    assert isinstance(reading, Reading)
    assert reading.text == "words"


def test_every_selector_of_every_client_is_understood() -> None:
    known = [s for quirk in QUIRKS for s in (*quirk.quotes, *quirk.history, *quirk.signatures)]
    assert Selectors([(selector, 1) for selector in known]).mark_of("div", {"class": "gmail_attr"}) == 1


def test_a_selector_that_is_not_understood_is_an_error() -> None:
    with pytest.raises(ValueError, match="not understood"):
        Selectors([("div > p", 1)])


def test_selectors_match_tag_class_id_and_attributes() -> None:
    selectors = Selectors([("div.a", 1), ("#b", 2), ("p[name*=x]", 3), ("[data-m]", 4), ("div[id^=y]", 5)])
    found = [
        selectors.mark_of(tag, attributes)
        for tag, attributes in (
            ("div", {"class": "z a"}),
            ("p", {"class": "a"}),
            ("p", {"id": "b"}),
            ("p", {"name": "wxy"}),
            ("hr", {"data-m": None}),
            ("div", {"id": "y12"}),
            ("div", {}),
        )
    ]
    assert found == [1, 0, 2, 3, 4, 5, 0]


_TITLED = "---------- Forwarded message ---------<br>From: X &lt;x@y.example&gt;<br>Subject: L"


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="gmail_quote"><div class="gmail_attr">{_TITLED}</div><div>the lamp</div></div>',
        f'<p>See below</p><div class="gmail_quote"><div class="gmail_attr">{_TITLED}</div><div>the lamp</div></div>',
        f'<p>See below</p><div class="yahoo_quoted"><div>{_TITLED}</div><div>the lamp</div></div>',
        f'<div class="moz-forward-container">{_TITLED}<br>the lamp</div>',
        f'<p>See below</p><blockquote type="cite"><div>{_TITLED}</div><div>the lamp</div></blockquote>',
    ],
    ids=["Gmail alone", "Gmail", "Yahoo", "Thunderbird alone", "Apple Mail"],
)
def test_what_a_client_passes_on_in_its_quote_element_is_kept(html: str) -> None:
    assert read_reply(None, html).of(PartKind.FORWARD).endswith("the lamp")
    assert split_html(html) == (html, "")


def test_a_forward_within_the_history_is_history() -> None:
    html = f'<p>Hello</p><blockquote type="cite"><p>{_LINE}</p><p>old</p><p>{_TITLED}</p><p>older</p></blockquote>'
    assert split_reply(None, html)[0] == "Hello"


def test_a_mail_that_is_one_quote_and_nobodys_is_kept() -> None:
    html = '<blockquote class="gmail_quote"><div>Hi all,</div><div>below is the link.</div></blockquote>'
    assert read_reply(None, html).of(PartKind.FORWARD) == "Hi all,\nbelow is the link."


def test_an_answer_without_words_has_no_new_text() -> None:
    html = f'<div><br></div><blockquote type="cite"><div>{_LINE}</div><div>old</div></blockquote>'
    assert said(read_reply(None, html)) == ""
    assert read_reply(None, html).of(PartKind.FORWARD) == ""


def test_what_stands_below_a_marked_signature_is_no_part_of_it() -> None:
    html = '<div>Yes.</div>-- <br><div class="gmail_signature">Anna<br>Lamps</div><div>The second came broken.</div>'
    reading = read_reply(None, html)
    assert (said(reading).split("\n")[-1], reading.of(PartKind.SIGNATURE)) == (
        "The second came broken.",
        "--\nAnna\nLamps",
    )


def test_a_line_end_of_the_source_inside_an_element_is_one() -> None:
    assert html_lines("<p>mended <a href=x>\nhere</a></p>")[0] == [f"mended{SOURCE_BREAK}here"]


def test_the_first_row_of_a_table_behind_a_paragraph_is_one_line() -> None:
    html = "<p>We need</p><table><tr><th>Room</th><th>Pieces</th></tr><tr><td>Lobby</td><td>14</td></tr></table>"
    assert html_lines(html)[0] == ["We need", "", "Room Pieces", "Lobby 14"]


def test_a_row_whose_first_cell_holds_a_paragraph_is_read_as_one() -> None:
    html = "<p>So:</p><table><tr><td><p>Colour?</p></td><td><p>white</p></td></tr></table>"
    assert html_lines(html)[0] == ["So:", "", f"Colour?{SOURCE_BREAK}white"]


def test_Q2_a_blockquote_with_a_bar_that_nobody_introduces_is_new_text() -> None:
    html = '<p>Your page says</p><blockquote style="border-left:2px solid #11f">free</blockquote><p>It was not.</p>'
    assert split_reply(None, html) == ("Your page says\n\nfree\n\nIt was not.", "")


def test_Q1_answers_between_bare_blockquotes_behind_an_attribution_are_new_text() -> None:
    html = f"<p>{_LINE}</p><blockquote>one?</blockquote><p>yes</p><blockquote>two?</blockquote><p>no</p>"
    assert split_reply(None, html)[0].split() == ["yes", "no"]


def test_marked_lines_in_a_blockquote_are_a_quote() -> None:
    html = "<p>Hello</p><blockquote>&gt; Message du 16/11/26 15:04<br>&gt; De : X<br>&gt; old</blockquote>"
    assert split_reply(None, html)[0] == "Hello"


def test_a_history_inside_the_element_of_a_signature_is_history() -> None:
    html = (
        '<div>Hello</div><div id="Signature"><div>Anna</div><div>From: X &lt;x@y.example&gt;<br>Sent: Monday<br>'
        "To: A<br>Subject: L</div><div>old</div></div>"
    )
    reading = read_reply(None, html)
    assert (said(reading), reading.of(PartKind.SIGNATURE)) == ("Hello", "Anna")


@pytest.mark.parametrize("words", ["Your page writes:", "Váš web píše:", "Wie Herr Berg schrieb:"])
def test_Q2_a_blockquote_behind_a_verb_without_a_date_is_new_text(words: str) -> None:
    html = f"<p>{words}</p><blockquote>free delivery</blockquote><p>It was not.</p>"
    assert split_reply(None, html)[1] == ""


def test_a_blockquote_behind_a_name_with_a_time_is_a_quote() -> None:
    html = "<p>Hello</p><p>Max Berg, 2026-11-16 15:04:</p><blockquote>old</blockquote>"
    assert split_reply(None, html)[0] == "Hello"
