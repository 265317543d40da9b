"""What a mail shows in its HTML form only is judged too: clients show the HTML."""

from dataclasses import replace
from typing import Any

import pytest

from mailbridge.domain.facts import Pace
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.message import Body, Message
from mailbridge.domain.outreach import OutreachHistory
from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Finding, Place, Verdict
from mailbridge.message import markup
from mailbridge.policy import htmlform
from mailbridge.policy.judge import Bench, judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.plan import Route
from mailbridge.policy.ruleset import ConditionResult
from tests.policy.rules_by_hand import FixedCondition, a_call, a_rule, a_ruleset
from tests.policy.stage import (
    MARKET,
    SELLER_MAILBOX,
    TO_BUYER,
    a_message,
    a_thread,
    from_seller,
)

_ROUTE = Route(direction=Direction.TO_BUYER, thread_id=ThreadId("t"))


def _written(plain: str | None, html: str, *, new_text: str | None = None, quoted: str = "") -> Message:
    body = Body(plain=plain, html=html)
    text = new_text if new_text is not None else plain or ""
    return a_message(SELLER_MAILBOX, TO_BUYER, text, body=body, quoted_text=quoted)


def _found(check: str, message: Message, **facts: Any) -> list[tuple[Place, str]]:
    market = replace(MARKET, regions=("PL",))
    known: dict[str, Any] = {"threads": (a_thread("t"),), "history": (), "marketplace": market} | facts
    findings = Bench(message, from_seller(**known), _ROUTE).findings_of(a_call(check))
    assert not isinstance(findings, Needs)
    return [(finding.place, finding.words) for finding in findings]


@pytest.mark.parametrize(
    ("check", "html", "words"),
    [
        ("email_address", "<p>Yes. Write to shop<b>@</b>acme-shop.example</p>", "shop@acme-shop.example"),
        ("email_address", "<p>Yes. Write to shop&#64;acme-shop.example</p>", "shop@acme-shop.example"),
        ("email_address", '<p>Yes. <a href="mailto:a%62c@x.example?subject=hi">Write</a></p>', "abc@x.example"),
        ("phone_number", "<p>Yes.</p><p>+48 601 <span>234</span> 567</p>", "+48 601 234 567"),
        ("phone_number", "<p>Yes. <a href='tel:+48601234567'>Call</a></p>", "+48601234567"),
        ("phone_number", '<p>Yes. <img src="cid:none" alt="+48 601 234 567"></p>', "+48 601 234 567"),
        ("email_address", '<p title="shop@acme-shop.example">Yes.</p>', "shop@acme-shop.example"),
        ("outside_link", "<p>Yes. www.my-shop.pl</p>", "www.my-shop.pl"),
        (
            "outside_link",
            '<p>Yes. <A HREF = "https://my-shop.pl/a?b=1&amp;c=2">here</A></p>',
            "https://my-shop.pl/a?b=1&c=2",
        ),
        ("outside_link", "<p>Yes. <a href=https://my-shop.pl>here</a></p>", "https://my-shop.pl"),
        ("outside_link", '<p>Yes. <a href="ht\ntps://my-\tshop.pl/x">here</a></p>', "https://my-shop.pl/x"),
    ],
)
def test_what_only_the_html_shows_is_found(check: str, html: str, words: str) -> None:
    assert _found(check, _written("Yes.", html)) == [(Place.HTML, words)]


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("email_address", "a@x.example"),
        ("phone_number", "+48 601 234 567"),
        ("outside_link", "https://my-shop.pl/x"),
    ],
)
def test_what_the_plain_text_says_too_is_found_once(check: str, words: str) -> None:
    message = _written(f"Yes. {words}", f"<div>Yes.&nbsp;<b>{words.upper() if '@' in words else words}</b></div>")
    assert _found(check, message) == [(Place.NEW_TEXT, words)]


def test_a_part_of_a_longer_word_in_the_plain_text_does_not_hide_it() -> None:
    message = _written("Ask joanna@x.example.pl", "<p>Ask joanna@x.example.pl or anna@x.example</p>")
    assert _found("email_address", message) == [
        (Place.NEW_TEXT, "joanna@x.example.pl"),
        (Place.HTML, "anna@x.example"),
    ]


def test_digits_that_stand_apart_in_the_plain_text_are_no_number_there() -> None:
    message = _written("601 pieces, 234 left, 567 sold", "<p>601 234 567</p>")
    assert _found("phone_number", message) == [(Place.HTML, "601 234 567")]


def test_the_target_of_a_link_counts_in_a_mail_without_plain_text_too() -> None:
    message = _written(None, '<p>Look <a href="https://my-shop.pl/">here</a></p>', new_text="Look here")
    assert _found("outside_link", message) == [(Place.HTML, "https://my-shop.pl/")]


_REPLY = (
    "<div>Yes.</div><div class='gmail_quote'><div class='gmail_attr'>On Sat, Anna wrote:</div>"
    "<blockquote class='gmail_quote'>Call me: 601 234 567 <a href='https://old.example/'>x</a></blockquote></div>"
)


def test_a_quote_in_html_is_no_hiding_place_and_an_honest_one_no_offence() -> None:
    message = _written("Yes.", _REPLY)
    assert _found("phone_number", message) == [(Place.QUOTED_HTML, "601 234 567")]
    assert _found("phone_number", message, history=("Call me: 601 234 567",)) == []


def test_the_targets_of_quoted_links_are_nothing_new() -> None:
    assert _found("outside_link", _written("Yes.", _REPLY)) == []


def test_a_quote_that_only_the_html_has_asks_for_the_history() -> None:
    facts = from_seller(threads=(a_thread("t"),), marketplace=replace(MARKET, regions=("PL",)))
    found = Bench(_written("Yes.", _REPLY), facts, _ROUTE).findings_of(a_call("phone_number"))
    assert found == Needs(history_of=ThreadId("t"))


def test_T68_a_number_of_thousands_of_digits_in_a_link_is_no_fault() -> None:
    message = _written("Yes.", f'<a href="&#{"1" * 5000};">here</a><a href="https://my-shop.pl/y">there</a>')
    assert _found("outside_link", message) == [(Place.HTML, "https://my-shop.pl/y")]


def test_the_markets_own_links_are_fine() -> None:
    message = _written("Yes.", "<p>Yes. <a href='https://bazaar.example/order'>order</a> <a href='#top'>up</a></p>")
    assert _found("outside_link", message) == []


def test_a_style_sheet_is_no_link() -> None:
    message = _written("Yes.", "<head><link href='https://fonts.example/css' rel=stylesheet></head><p>Yes.</p>")
    assert _found("outside_link", message) == []


def test_checks_of_headers_and_files_are_not_asked_twice() -> None:
    message = _written("Yes.", "<p>Yes. a@x.example</p>")
    assert _found("required_cc_missing", message) == [(Place.HEADER, "copy@bridge.example")]


def test_a_condition_sees_what_only_the_html_says() -> None:
    view = FixedCondition(ConditionResult.HOLDS)
    rules = a_ruleset(a_rule(check=None, condition=view))
    for message in (_written("Yes.", "<p>Yes.</p><p>No.</p>"), a_message(SELLER_MAILBOX, TO_BUYER)):
        judge(message, from_seller(threads=(a_thread("t"),), outreach=OutreachHistory(), pace=Pace()), _ROUTE, rules)
    assert [seen["message.html_text"] for seen in view.views] == ["No.", ""]


def test_a_finding_in_html_counts_as_new_text_for_conditions() -> None:
    view = FixedCondition(ConditionResult.HOLDS)
    rules = a_ruleset(a_rule(check="email_address", condition=view))
    facts = from_seller(threads=(a_thread("t"),), outreach=OutreachHistory(), pace=Pace())
    verdict = judge(_written("Yes.", "<p>a@x.example</p>"), facts, _ROUTE, rules)
    assert isinstance(verdict, Verdict)
    assert [seen["findings.in_new_text"] for seen in view.views] == [1]
    [judgement] = verdict.judgements
    assert judgement.findings == (Finding(check="email_address", place=Place.HTML, words="a@x.example"),)


def test_html_is_read_once_however_many_rules_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counting(html: str) -> str:
        read.append(html)
        return markup.visible_lines(html)

    monkeypatch.setattr(htmlform, "visible_lines", counting)
    rules = a_ruleset(*(a_rule(check, check) for check in ("email_address", "phone_number", "outside_link")))
    facts = from_seller(threads=(a_thread("t"),))
    judge(_written("Yes.", "<p>Yes.</p>"), facts, _ROUTE, rules)
    judge(a_message(SELLER_MAILBOX, TO_BUYER), facts, _ROUTE, rules)
    assert read == ["<p>Yes.</p>"]


@pytest.mark.parametrize(
    "html", ['<a href="' * 50_000, "<a href='x" * 50_000, "href=" * 100_000, "<p>a@x.example</p>" * 20_000]
)
def test_T68_T70_hostile_html_takes_no_time(html: str) -> None:
    assert isinstance(_found("outside_link", _written("Yes.", html)), list)
    assert len(_found("email_address", _written("Yes.", html))) <= 50


def test_T70_a_link_that_stands_very_often_is_looked_at_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def look(_html: str, place: int) -> str:
        looked_at.append(place)
        return "x"

    monkeypatch.setattr(htmlform, "_shown_before", look)
    html = '<a href="https://a.example/1">x</a>' * 2_000
    form = htmlform.HtmlForm(replace(a_message(text="hi"), body=Body(plain="hi", html=html)))
    assert not any(form.is_below("https://a.example/1") for _ in range(50))
    assert len(looked_at) <= 20
