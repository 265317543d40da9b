"""Which e-mail addresses are found, and which are none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.verdict import Place
from mailbridge.policy.checks.email_address import find
from mailbridge.policy.scanning import MAX_TEXT, TOO_MUCH
from tests.policy.stage import BUYER_MAILBOX, SELLER_MAILBOX, TO_BUYER, a_message, from_buyer

_NONE = {"allowed_domains": ()}

FOUND = [
    ("write to anna@shop.example today", "anna@shop.example"),
    ("(anna.k+x@mail.shop.example)", "anna.k+x@mail.shop.example"),
    ("anna @shop.example", "anna @shop.example"),
    ("anna@ shop.example", "anna@ shop.example"),
    ("ANNA@SHOP.EXAMPLE", "ANNA@SHOP.EXAMPLE"),
    ("zażółć@gęślą.example", "zażółć@gęślą.example"),
    ("anna\uff20shop.example", "anna\uff20shop.example"),
    ("anna (at) shop.example", "anna (at) shop.example"),
    ("anna[at]shop.example", "anna[at]shop.example"),
    ("anna [małpa] shop (kropka) example", "anna [małpa] shop (kropka) example"),
    ("anna (chiocciola) shop (punto) example", "anna (chiocciola) shop (punto) example"),
    ("mailto:anna@shop.example?subject=x", "anna@shop.example"),
    ("K2 anna@shop.gov.wales", "anna@shop.gov.wales"),
]
#: each with the address that is meant
DISGUISED = [
    ("pisz: lampa.nocna małpa poczta kropka pl", "lampa.nocna małpa poczta kropka pl"),
    ("ask lamps at gmail dot com", "lamps at gmail dot com"),
    ("LAMPS AT GMAIL DOT COM", "LAMPS AT GMAIL DOT COM"),
    ("nora.lux at lampen.de", "nora.lux at lampen.de"),
    ("oder nora.lux Klammeraffe gmx Punkt de", "nora.lux Klammeraffe gmx Punkt de"),
    ("luce chiocciola libero punto it", "luce chiocciola libero punto it"),
    ("luz arroba gmail punto com", "luz arroba gmail punto com"),
    ("lumiere arobase laposte point net", "lumiere arobase laposte point net"),
    ("lamps*at*gmail*dot*com", "lamps*at*gmail*dot*com"),
    ("lamps [@] gmail [.] com", "lamps [@] gmail [.] com"),
    ("lamps_at_gmail_dot_com", "lamps_at_gmail_dot_com"),
    ("use l a m p @ s h o p . p l, please", "l a m p @ s h o p . p l"),
    ("lamps @ gmail . com", "lamps @ gmail . com"),
    ("lamps@gmail,com", "lamps@gmail,com"),
    ("lamps@\ngmail.com", "lamps@\ngmail.com"),
    ("lamps\n@gmail.com", "lamps\n@gmail.com"),
    ("lamps@gmail", "lamps@gmail"),
    ("l\u0430mps@gm\u0430il.com", "l\u0430mps@gm\u0430il.com"),
    ("la\u200bmps@gmail.com", "la\u200bmps@gmail.com"),
    ("lamps&#64;gmail.com", "lamps&#64;gmail.com"),
    ("lamps\U0001f4e7gmail.com", "lamps\U0001f4e7gmail.com"),
    ("lampy \U0001f412 wp.pl", "lampy \U0001f412 wp.pl"),
    ("lamps83 on gmail", "lamps83 on gmail"),
    ("lamps83 / gmail", "lamps83 / gmail"),
    ("gmail: lamps83", "gmail: lamps83"),
    ("su gmail sono lucedinotte", "gmail sono lucedinotte"),
    ("read backwards: moc.liamg@spmal", "moc.liamg@spmal"),
]
NOT_FOUND = [
    f"write to {TO_BUYER}",
    "write to help@bazaar.example or help@mail.bazaar.example",
    "we meet @ noon",
    "price @ 12.50",
    "@anna on the platform",
    "anna@localhost",
    "see (at) the shop. Thanks",
    "Zamówienie nr 12@",
    "",
    "We are at gmail.com all day, look at shop.pl",
    "I have an account on gmail and my gmail is full",
    "photo.jpg on gmail, order PL-2134 na gmaila",
    "the mail servers at lamps.net",
    "see (at) shop.Thanks",
    "pluszowa małpa. Kropka na nosie, małpa w kropki",
    "Orange. Free. Me too, live it up: thanks",
    "Email me: thanks a lot",
    "2 pcs @ 3.50 each, 4 pcs @\n12.50",
    "paczka jest w drodze, wp. pl",
    "we look at the dot it shows",
    "stay-at-home.com-like mode",
    "punkt (a) np.ten, option (a) is.fine",
    "I would like red, orange.It fits",
]


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_K2_an_address_is_found_as_written(text: str, words: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [finding.words for finding in findings] == [words]
    assert text[findings[0].start : findings[0].end] == words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_outside_address_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


@pytest.mark.parametrize(("text", "words"), DISGUISED)
def test_K2_a_disguised_address_is_found_as_written(text: str, words: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [finding.words for finding in findings] == [words]
    assert text[findings[0].start : findings[0].end] == words


def test_a_disguised_address_of_the_market_is_no_finding() -> None:
    text = "help (at) bazaar (dot) example, h e l p @ b a z a a r . e x a m p l e"
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


def test_a_domain_that_only_looks_like_the_markets_is_found() -> None:
    text = "help@b\u0430zaar.example"
    assert [finding.words for finding in find(a_message(text=text), from_buyer(), _NONE)] == [text]


def test_every_address_is_found_where_it_stands() -> None:
    message = a_message(text="a@x.example b@x.example", subject="c@x.example", quoted_text="> d@x.example")
    places = [(finding.place, finding.words) for finding in find(message, from_buyer(), _NONE)]
    assert places == [
        (Place.SUBJECT, "c@x.example"),
        (Place.NEW_TEXT, "a@x.example"),
        (Place.NEW_TEXT, "b@x.example"),
        (Place.QUOTED_TEXT, "d@x.example"),
    ]


def test_D11_nothing_sent_anew_hides_below_the_signature() -> None:
    message = a_message(text="Hello", signature="-- \nanna@x.example", imprint="Lamps GmbH, HRB 1, info@x.example")
    places = [(finding.place, finding.words) for finding in find(message, from_buyer(), _NONE)]
    assert places == [(Place.SIGNATURE, "anna@x.example"), (Place.IMPRINT, "info@x.example")]


def test_the_parties_own_addresses_are_no_finding_in_quotes_but_are_in_new_text() -> None:
    text = f"From: {SELLER_MAILBOX.upper()}\nTo: {BUYER_MAILBOX}"
    assert find(a_message(quoted_text=text), from_buyer(), _NONE) == ()
    assert len(find(a_message(text=text), from_buyer(), _NONE)) == 2


def test_a_first_contacts_own_address_is_no_finding_in_quotes() -> None:
    message = a_message("new@buyer.example", quoted_text="On Monday New <new@buyer.example> wrote:")
    assert find(message, from_buyer(author=None), _NONE) == ()


def test_an_allowed_domain_is_no_finding() -> None:
    message = a_message(text="service@carrier.example, help@pl.carrier.example, x@other.example")
    findings = find(message, from_buyer(), {"allowed_domains": ("carrier.example",)})
    assert [finding.words for finding in findings] == ["x@other.example"]


@given(st.text(alphabet="a@.( )[]t-\n+\uff20\u200b\u0430", max_size=400))
def test_spans_are_exact_and_never_overlap(text: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_T70_hostile_text_costs_little_and_findings_are_bounded() -> None:
    assert find(a_message(text="a" * MAX_TEXT), from_buyer(), _NONE) == ()
    assert len(find(a_message(text="a@b.example " * 20_000), from_buyer(), _NONE)) == 50
    assert find(a_message(text="@" * MAX_TEXT), from_buyer(), _NONE) == ()


@pytest.mark.parametrize("text", ["a" * (MAX_TEXT + 1), "help@bazaar.example " * 2_000, "a\u200b" * 40_000])
def test_I6_more_than_can_be_looked_at_is_found_in_what_is_sent_anew_only(text: str) -> None:
    [finding] = find(a_message(text=text), from_buyer(), _NONE)
    assert finding.detail == TOO_MUCH
    assert find(a_message(quoted_text=text), from_buyer(), _NONE) == ()
