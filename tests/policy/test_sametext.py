"""When two mails say the same."""

import time
from dataclasses import replace

import pytest

from mailbridge.domain.message import Body
from mailbridge.domain.parties import PersonalData
from mailbridge.policy.needs import FormText
from mailbridge.policy.sametext import form_of, form_text_of, says_more_in_html
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    SELLER,
    SELLER_MAILBOX,
    a_message,
    at_contact,
    at_record_only,
    from_buyer,
    from_seller,
)

_NEWS = "we have new lamps, stools and shelves in the workshop; come and see them whenever you like."
#: two mails of one form
SAME = [
    (f"Hello Anna,\n{_NEWS}", f"Dear Mr. Jan van den Berg\n\n{_NEWS}"),
    (f"Hi Anna, {_NEWS}", f"Hello dear Jan! {_NEWS}"),
    (f"Szanowna Pani Anno,\n\n{_NEWS}", f"Szanowny Panie Janie,\n\n{_NEWS}"),
    (f"x\nOrder 48213: {_NEWS}", f"x\nOrder AB-9912/X: {_NEWS}"),
    (f"x\n{_NEWS} 12,50 EUR", f"x\n{_NEWS} 1.012,00 EUR"),
    (f"x\n{_NEWS} Parcel RR123456789PL", f"x\n{_NEWS} Parcel 00340434161094042557"),
    (f"x\n{_NEWS}", f"x\n{_NEWS.upper()}"),
    (f"x\n{_NEWS}", f"x\n{_NEWS.replace(' ', chr(10))}"),
    (f"x\n{_NEWS}", f"x\n{_NEWS.replace(';', ' -')}\n\n\n"),
    (f"x\n{_NEWS} Łódź", f"x\n{_NEWS} Ło\u0301dz\u0301"),
    (f"x\n{_NEWS} lamps", f"x\n{_NEWS} la\u200bm\u00adps"),
    (f"x\nWir laden ein: {_NEWS} Straße", f"x\nWir laden ein: {_NEWS} STRASSE"),
]
OTHER = [
    (f"x\n{_NEWS}", f"x\n{_NEWS.replace('lamps', 'tables')}"),
    (f"x\n{_NEWS}", f"x\n{_NEWS} Bye"),
    (f"{_NEWS} Yes", f"{_NEWS} No"),
    # a long first line without a short clause is no greeting
    (
        f"Because of the holidays and of the long weekend {_NEWS}",
        f"Because of the wedding and of the long weekend {_NEWS}",
    ),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_greeting_numbers_case_and_layout_make_no_other_text(one: str, two: str) -> None:
    assert form_of(one) == form_of(two)
    assert len(form_of(one)) > 60


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_other_words_make_another_text(one: str, two: str) -> None:
    assert form_of(one) != form_of(two)


def test_the_readers_name_is_left_out_wherever_it_stands() -> None:
    text = f"x\nWe hope that you are well, {{}}! {_NEWS}"
    assert form_of(text.format("Anna"), "Anna Kowalska") == form_of(text.format("Jan"), "Jan Nowak")
    assert form_of(text.format("Anna"), "Jan Nowak") != form_of(text.format("Jan"), "Jan Nowak")


def test_words_of_two_letters_are_no_name() -> None:
    assert form_of("x\nso to say", "So Kim") == "sotosay"


def test_a_text_of_one_line_is_all_greeting_when_it_is_short() -> None:
    assert form_of("Thank you, it is on its way.") == ""


@pytest.mark.parametrize("text", ["", "\n", " ", "12345", "x\n" + "1 " * 50])
def test_what_has_no_letters_is_nothing(text: str) -> None:
    assert form_of(text) == ""


def test_only_mail_of_a_seller_to_a_buyer_on_record_is_compared() -> None:
    message = a_message(SELLER_MAILBOX, text=f"Hi\nJan Maria: {_NEWS}")
    reader = replace(BUYER, personal=PersonalData(names=("Jan Maria",)))
    direct = at_record_only(author=SELLER, seller=SELLER, buyer=reader)
    found = form_text_of(message, direct)
    assert found == FormText(author=SELLER.id, reader=BUYER.id, text=form_of(f"x\n{_NEWS}"))
    assert "lamps" not in repr(found)
    assert form_text_of(message, from_seller()) is not None
    assert form_text_of(message, at_record_only(author=SELLER, seller=SELLER)) is None
    assert form_text_of(a_message(BUYER_MAILBOX), from_buyer()) is None
    assert form_text_of(a_message(BUYER_MAILBOX), at_contact()) is None


@pytest.mark.parametrize(
    ("plain", "html", "says_more"),
    [
        ("Please open the HTML form.", f"<p>{_NEWS}</p>", True),
        (_NEWS, f"<p>{_NEWS}</p><p>Acme</p>", False),
        (None, f"<p>{_NEWS}</p>", False),
        (" \n", f"<p>{_NEWS}</p>", False),
        (_NEWS, None, False),
        (_NEWS, "<p>x</p>" * 30_000, True),
    ],
)
def test_a_text_form_that_stands_in_for_html_is_told(plain: str | None, html: str | None, says_more: bool) -> None:
    message = replace(a_message(), body=Body(plain=plain, html=html))
    assert says_more_in_html(message) is says_more


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "a1" * 500_000,
        "\u0301a" * 500_000,
        "\ufdfa" * 1_000_000,
        " " * 1_000_000,
        "a\u200b" * 500_000,
        "x, " * 333_333,
        "x\n" * 500_000,
    ],
)
def test_T70_a_hostile_text_costs_little(text: str) -> None:
    began = time.process_time()
    form_of(text, "Anna Kowalska")
    assert time.process_time() - began < 0.1  # 20 ms on the machine it is made for
