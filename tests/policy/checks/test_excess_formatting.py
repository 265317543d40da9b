"""What shouts, and what does not."""

import pytest

from mailbridge.domain.message import Body, Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.checks.excess_formatting import find
from tests.policy.stage import a_message, from_seller

_DEFAULTS = {parameter.name: parameter.default for parameter in CHECKS_BY_NAME["excess_formatting"].parameters}


def _look(text: str | Message) -> tuple[Finding, ...]:
    return find(text if isinstance(text, Message) else a_message(text=text), from_seller(), _DEFAULTS)


@pytest.mark.parametrize(
    ("text", "words", "detail"),
    [
        (
            "Hello Anna, PLEASE READ THIS MESSAGE BEFORE OPENING YOUR PARCEL TODAY, thanks",
            "PLEASE READ THIS MESSAGE BEFORE OPENING YOUR PARCEL TODAY",
            "capitals",
        ),
        (
            "PROSZĘ PRZECZYTAĆ CAŁĄ WIADOMOŚĆ PRZED ŚCIĄGNIĘCIEM FOLII ORAZ ZAŁOŻENIEM CZĘŚCI ŻÓŁTEJ",
            "PROSZĘ PRZECZYTAĆ CAŁĄ WIADOMOŚĆ PRZED ŚCIĄGNIĘCIEM FOLII ORAZ ZAŁOŻENIEM CZĘŚCI ŻÓŁTEJ",
            "capitals",
        ),
        ("Sent today 🎉🎉🎉🎉 bye", "🎉🎉🎉🎉", "emoji"),
        ("It is here!!!!", "!!!!", "exclamation marks"),
    ],
)
def test_E04_shouting_is_found(text: str, words: str, detail: str) -> None:
    [finding] = _look(text)
    assert (finding.words, finding.detail) == (words, detail)
    assert text[finding.start : finding.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "THANK YOU!",
        "Order PL-ABCD-EFGH, colour BLACK, size XXL, parcel RR123456789PL, and the rest of the text is plain as usual.",
        "Thanks!!! 🙂",
        "We ship to the USA, EU and UK by DHL, DPD and UPS every day of the week.",
        "Das EXTRA starke Kabel hat ein GS-Zeichen und wird ohne Stecker in einer Schachtel geliefert.",
        "★ 4.5 mm → 5 mm ✓",
        "Ile kosztuje?!?!",
    ],
)
def test_honest_forms_are_no_finding(text: str) -> None:
    assert _look(text) == ()


def test_what_is_quoted_is_not_the_authors() -> None:
    assert (
        _look(a_message(text="Tak.", quoted_text="> WHERE IS MY PARCEL WHERE IS MY PARCEL WHERE IS!!!! 😡😡😡😡")) == ()
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p style="font-size: 40px">Hi</p>',
        '<p style="font-size:30pt">Hi</p>',
        '<p style="font-size:2.5em;color:red">Hi</p>'.replace("2.5", "3"),
        '<p style="font: bold 48px Arial">Hi</p>',
        '<font color=red size="7">Hi</font>',
    ],
)
def test_E04_oversized_letters_are_found(html: str) -> None:
    [finding] = _look(a_message(text="Hi", body=Body(html=html)))
    assert (finding.place, finding.detail) == (Place.HTML, "font size")
    assert finding.words in html


@pytest.mark.parametrize(
    "html",
    [
        '<p style="font-size: 11pt">Hi</p>',
        '<p style="font-size:100%">Hi</p>',
        '<font size="2">Hi</font>',
        '<p>Hi</p><blockquote type="cite"><p style="font-size:60px">Sale</p></blockquote>',
    ],
)
def test_letters_of_usual_size_and_quoted_ones_are_no_finding(html: str) -> None:
    assert _look(a_message(text="Hi", body=Body(html=html))) == ()


def test_sizes_by_name_count_where_the_rule_is_strict() -> None:
    message = a_message(text="Hi", body=Body(html='<p style="font-size:xx-large">Hi</p>'))
    assert find(message, from_seller(), _DEFAULTS) == ()
    assert find(message, from_seller(), _DEFAULTS | {"max_font_px": 20})


def test_T70_a_long_text_costs_little() -> None:
    assert len(_look("!!!!! " * 100_000)) == 50
    assert len(_look("SHOUT IT OUT " * 50_000)) == 1
    assert len(_look("😀 x " * 100_000)) == 50
    assert _look(a_message(body=Body(html="<font " * 100_000))) == ()
