"""What the author wrote now, and what he quotes (D11, Q1 to Q4), in plain text and HTML."""

import pytest

from mailbridge.message.body import split_plain, split_reply, unflow

INTRODUCTIONS = {
    "Gmail en": "On Mon, Nov 16, 2026 at 3:04 PM Max <max@firm.example> wrote:",
    "Gmail en wrapped": "On Mon, Nov 16, 2026 at 3:04 PM Max Very Long Name <max@firm.example>\nwrote:",
    "Gmail en wrapped twice": "On Mon, Nov 16, 2026 at 3:04 PM\nMax Very Long Name <\nmax@firm.example> wrote:",
    "Gmail pl": "pon., 16 lis 2026 o 15:04 Max <max@firm.example> napisał(a):",
    "Gmail it": "Il giorno lun 16 nov 2026 alle ore 15:04 Max <max@firm.example> ha scritto:",
    "Gmail de": "Am Mo., 16. Nov. 2026 um 15:04 Uhr schrieb Max <max@firm.example>:",
    "Gmail fr": "Le lun. 16 nov. 2026 à 15:04, Max <max@firm.example> a écrit :",
    "Gmail es": "El lun, 16 nov 2026 a las 15:04, Max (<max@firm.example>) escribió:",
    "Thunderbird pl": "W dniu 16.11.2026 o 15:04, Max pisze:",
    "Thunderbird it": "Il 16/11/2026 15:04, Max ha scritto:",
    "Thunderbird de": "Am 16.11.26 um 15:04 schrieb Max:",
    "Apple en": "On 16 Nov 2026, at 15:04, Max <max@firm.example> wrote:",
    "Apple pl": "Wiadomość napisana przez Max <max@firm.example> w dniu 16 lis 2026, o godz. 15:04:",
    "Yandex": '16.11.2026, 15.04, "Max" <max@firm.example>:',
    "name only": "Max wrote:",
}
HEADER_BLOCKS = {
    "Outlook en": "From: Max <max@firm.example>\nSent: Monday, 16 November 2026 15:04\nTo: Anna\nSubject: Lamp",
    "Outlook pl": "Od: Max <max@firm.example>\nWysłano: poniedziałek, 16 listopada 2026 15:04\nDo: Anna\nTemat: Lampa",
    "Outlook it": "Da: Max <max@firm.example>\nInviato: lunedì 16 novembre 2026 15:04\nA: Anna\nOggetto: Lampada",
    "Outlook de": "Von: Max <max@firm.example>\nGesendet: Montag, 16. November 2026 15:04\nAn: Anna\nBetreff: Lampe",
    "bold": "*From:* Max <max@firm.example>\n*Sent:* Monday, 16 November 2026 15:04\n*To:* Anna\n*Subject:* Lamp",
    "Outlook web": "________________________________\nFrom: Max\nSent: Monday\nTo: Anna\nSubject: Lamp",
    "separator en": "-----Original Message-----",
    "separator pl": "-----Oryginalna wiadomość-----",
    "separator it": "-----Messaggio originale-----",
    "separator de": "-----Ursprüngliche Nachricht-----",
    "forward": "---------- Forwarded message ---------",
}


@pytest.mark.parametrize("introduction", INTRODUCTIONS.values(), ids=INTRODUCTIONS.keys())
def test_T52_an_attribution_belongs_to_the_quote(introduction: str) -> None:
    new_text, quoted_text = split_plain(f"Hello,\nthanks.\n\n{introduction}\n\n> old one\n> old two\n")
    assert new_text == "Hello,\nthanks."
    assert quoted_text == f"{introduction}\n\n> old one\n> old two"


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS.keys())
def test_Q4_all_behind_a_quoted_header_is_quoted(block: str) -> None:
    assert split_plain(f"Hello\n\n{block}\n\nold text\n") == ("Hello", f"{block}\n\nold text")


def test_Q1_answers_between_and_below_quotes_are_new_text() -> None:
    text = "> one?\nanswer one\n> two?\n\nanswer two\n> three\n> four\nlast"
    assert split_plain(text)[0] == "answer one\n\nanswer two\nlast"


@pytest.mark.parametrize(
    "text",
    [
        "As my mother wrote:\n\ntake care",
        "From: Hamburg\nTo: Rome\nis the way it went",
        "To: whom it may concern\nthe lamp is broken",
        "Please note:\n- one\n- two",
        "On 3 May you wrote:\n\nsomething unkind. I did not like it.",
        "-----\nthe end\n-----",
        "a > b and b > c",
    ],
)
def test_Q3_the_authors_own_words_stay(text: str) -> None:
    assert split_plain(text) == (text, "")


_OUTLOOK_HEADER = "<b>From:</b> X &lt;x@y.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> A<br><b>Subject:</b> L"
HTML_QUOTES = {
    "Gmail": '<div dir="ltr">Hello</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, X &lt;'
    '<a href="mailto:x@y.example">x@y.example</a>&gt; wrote:<br></div>'
    '<blockquote class="gmail_quote" style="margin:0"><div>old</div></blockquote></div>',
    "Thunderbird": '<p>Hello</p><div class="moz-cite-prefix">On 16.11.2026 15:04, X wrote:<br></div>'
    '<blockquote type="cite" cite="mid:x"><p>old</p></blockquote>',
    "Apple Mail": '<div>Hello</div><div><br><blockquote type="cite"><div>On 16 Nov 2026, at 15:04, X wrote:</div>'
    "<div>old</div></blockquote></div>",
    "Outlook desktop": '<div class="WordSection1"><p>Hello</p><div>'
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;'
    f'padding:3.0pt 0cm 0cm 0cm"><p>{_OUTLOOK_HEADER}</p></div></div><p>old</p></div>',
    "Outlook web": f'<div>Hello</div><hr><div id="divRplyFwdMsg" dir="ltr">{_OUTLOOK_HEADER}</div><div>old</div>',
    "Yahoo": '<div>Hello</div><div class="yahoo_quoted"><div>On Monday, X wrote:</div><div>old</div></div>',
    "attribution beside": "<div>Hello</div><div>On 16 Nov 2026 15:04, X &lt;x@y.example&gt; wrote:</div>"
    '<blockquote type="cite">old</blockquote>',
}


@pytest.mark.parametrize("html", HTML_QUOTES.values(), ids=HTML_QUOTES.keys())
def test_quotes_of_html_are_taken_out(html: str) -> None:
    new_text, quoted_text = split_reply(None, html)
    assert new_text == "Hello"
    assert "old" in quoted_text


def test_Q2_a_blockquote_of_the_authors_own_is_new_text() -> None:
    new_text, quoted_text = split_reply(None, "<p>They say:</p><blockquote>all sales are final</blockquote>")
    assert "all sales are final" in new_text
    assert quoted_text == ""


def test_Q1_answers_between_quotes_of_html_are_new_text() -> None:
    html = '<blockquote type="cite">one?</blockquote><p>yes</p><blockquote type="cite">two?</blockquote><p>no</p>'
    assert split_reply(None, html)[0].split() == ["yes", "no"]


def test_the_plain_form_counts_before_the_html() -> None:
    assert split_reply("plain\n> old", "<p>html</p>") == ("plain", "> old")


def test_no_body_is_no_text() -> None:
    assert split_reply(None, None) == ("", "")


def test_unflow_keeps_depths_apart() -> None:
    assert unflow("> a \n>> b \n> c\n", delete_space=False) == "> a \n>> b \n> c\n"
