"""Which links lead away, and which words with a dot are no links."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy.checks.outside_link import find
from tests.policy.stage import a_message, from_buyer

_NONE = {"allowed_domains": (), "only": ()}

FOUND = [
    ("see https://shop.example/a?b=1.", "https://shop.example/a?b=1", "shop.example"),
    ("see (http://shop.example)", "http://shop.example", "shop.example"),
    ("HTTPS://SHOP.EXAMPLE", "HTTPS://SHOP.EXAMPLE", "shop.example"),
    ("www.shop.pl", "www.shop.pl", "www.shop.pl"),
    ("our page: acme-shop.pl!", "acme-shop.pl", "acme-shop.pl"),
    ("acme.com/sale", "acme.com/sale", "acme.com"),
    ("Acme.com", "Acme.com", "acme.com"),
    ("ftp://files.example/x", "ftp://files.example/x", "files.example"),
    ("https://user:pw@evil.example:8080/x", "https://user:pw@evil.example:8080/x", "evil.example"),
    ("https://bazaar.example@evil.example/", "https://bazaar.example@evil.example/", "evil.example"),
    ("https://bazaar.example.evil.example/", "https://bazaar.example.evil.example/", "bazaar.example.evil.example"),
    (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2F&data=x",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2F&data=x",
        "shop.example",
    ),
    (
        "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fbazaar.example",
        "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fbazaar.example",
        "safelinks.protection.outlook.com.evil.example",
    ),
    ("https://192.0.2.7/x", "https://192.0.2.7/x", "192.0.2.7"),
]
NOT_FOUND = [
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.bazaar.example%2Forder%2F1&data=05%7C02",
    "<https://urldefense.com/v3/__https://www.bazaar.example/order/1__;!!abc$>",
    "https://bazaar.example/order/1 and https://www.bazaar.example",
    "https://bridge.example/x",
    "anna@shop.example, anna@sklep.pl and user:pw@sklep.pl/x are addresses",
    "nie.ma problemu, got it.It is",
    "plik.pdf, zdjecie.jpg, v1.2.3, 12.50 zł, godz. 10.30",
    "np.ten, m.in. ten, itd.Dziękuję",
    "Pozdrawiam.Jan",
    "...",
    "",
]


@pytest.mark.parametrize(("text", "words", "host"), FOUND)
def test_P8_an_outside_link_is_found_as_written(text: str, words: str, host: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [(finding.words, finding.detail) for finding in findings] == [(words, host)]
    assert text[findings[0].start : findings[0].end] == words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_leads_nowhere_else_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


def test_an_allowed_domain_is_no_finding() -> None:
    message = a_message(text="https://track.carrier.example/1 https://evilcarrier.example/1")
    findings = find(message, from_buyer(), {"allowed_domains": ("carrier.example",), "only": ()})
    assert [finding.detail for finding in findings] == ["evilcarrier.example"]


@given(st.text(alphabet="ab.:/w@?plcom \n", max_size=300))
def test_spans_are_exact_and_in_order(text: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_T70_W14_hostile_text_costs_little() -> None:
    assert len(find(a_message(text="http://a.example " * 20_000), from_buyer(), _NONE)) == 50
    assert find(a_message(text="a." * 100_000), from_buyer(), _NONE) == ()
    dots = "http://" + ".".join("a" * 17) + "/" + "a" * 100
    assert len(find(a_message(text=dots), from_buyer(), _NONE)) <= 1
