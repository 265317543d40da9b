"""Which links lead away, and which words with a dot are no links."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.ids import ThreadId
from mailbridge.domain.message import Body
from mailbridge.domain.parties import Direction
from mailbridge.policy.checks.outside_link import find
from mailbridge.policy.judge import Bench
from mailbridge.policy.plan import Route
from mailbridge.policy.ruleset import CheckCall
from tests.policy.stage import a_message, from_buyer

_NONE: dict[str, tuple[str, ...]] = {"allowed_domains": (), "only": ()}
_ROUTE = Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))

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
DISGUISED = [
    ("more at nightlamps dot com today", "nightlamps dot com", "nightlamps.com"),
    ("NIGHTLAMPS DOT COM", "NIGHTLAMPS DOT COM", "nightlamps.com"),
    ("nightlamps (dot) com", "nightlamps (dot) com", "nightlamps.com"),
    ("nightlamps[.]com/x", "nightlamps[.]com/x", "nightlamps.com"),
    ("hxxps://nightlamps[.]com", "hxxps://nightlamps[.]com", "nightlamps.com"),
    ("hxxp://nightlamps.com/x", "hxxp://nightlamps.com/x", "nightlamps.com"),
    ("nightlamps . com", "nightlamps . com", "nightlamps.com"),
    ("www nightlamps pl", "www nightlamps pl", "nightlamps.pl"),
    ("www (dot) nightlamps (dot) pl", "www (dot) nightlamps (dot) pl", "www.nightlamps.pl"),
    ("lampynocne kropka pl", "lampynocne kropka pl", "lampynocne.pl"),
    ("lampade punto it", "lampade punto it", "lampade.it"),
    ("nachtlampen Punkt de", "nachtlampen Punkt de", "nachtlampen.de"),
    ("meslampes point com", "meslampes point com", "meslampes.com"),
    ("w w w . l a m p y . p l", "w w w . l a m p y . p l", "www.lampy.pl"),
    ("nightlamps,com", "nightlamps,com", "nightlamps.com"),
    ("nightlamps\u2024com", "nightlamps\u2024com", "nightlamps.com"),
    ("nightlamps\u00b7com", "nightlamps\u00b7com", "nightlamps.com"),
    ("nightl\u0430mps.com", "nightl\u0430mps.com", "nightlamps.com"),
    ("proszę wpisać lampynocne pl w przeglądarce", "lampynocne pl", "lampynocne.pl"),
    ("https://b\u0430zaar.example/x", "https://b\u0430zaar.example/x", "bazaar.example"),
    ("see bit.ly/x1", "bit.ly/x1", "bit.ly; a shortener"),
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
    "This is good . It works, va bene . it works",
    "un point de vente, el punto es que, a che punto it",
    "in diesem Punkt de facto, the dot com boom",
    "Fine . info follows, 1 . me too, rozmiar 10 . 20",
    "5 kropka na sukience, dot matrix, the dot is on the box",
    "np. pl, paczka , pl, strona jest pl",
    "ASP.NET, Makefile.PL, socket.io",
    "ul. Długa 5, m. 3, tel. kom.",
    "bazaar dot example, www.bazaar.example",
]


@pytest.mark.parametrize(("text", "words", "host"), FOUND)
def test_P8_an_outside_link_is_found_as_written(text: str, words: str, host: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [(finding.words, finding.detail) for finding in findings] == [(words, host)]
    assert text[findings[0].start : findings[0].end] == words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_leads_nowhere_else_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


@pytest.mark.parametrize(("text", "words", "detail"), DISGUISED)
def test_a_disguised_domain_is_found_as_written(text: str, words: str, detail: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [(finding.words, finding.detail) for finding in findings] == [(words, detail)]
    assert text[findings[0].start : findings[0].end] == words


def _shown(html: str, **parameters: tuple[str, ...]) -> list[str]:
    message = a_message(text="Yes.", body=Body(plain="Yes.", html=html))
    call = CheckCall(name="outside_link", parameters=tuple(sorted({**_NONE, **parameters}.items())))
    found = Bench(message, from_buyer(), _ROUTE).findings_of(call)
    assert isinstance(found, tuple)
    return [finding.detail for finding in found]


def test_a_link_whose_words_name_another_host_says_so() -> None:
    html = '<p>Yes. <a class="x" href="https://lamps.example/x?a=1&amp;b=2"><b>bazaar.example/order</b></a></p>'
    assert _shown(html) == ["lamps.example; shown as bazaar.example"]


@pytest.mark.parametrize("words", ["lamps.example", "www.lamps.example/x", "here", "our lamps. See"])
def test_a_link_whose_words_name_no_other_host_says_nothing_more(words: str) -> None:
    assert _shown(f'<p>Yes. <a href="https://lamps.example/x">{words}</a></p>')[-1] == "lamps.example"


def test_a_rule_may_look_for_shorteners_and_disguised_links_alone() -> None:
    html = (
        '<p>Yes. <a href="https://lamps.example/x">bazaar.example</a> <a href="https://tinyurl.com/abc">here</a>'
        ' <a href="https://carrier.example/">carrier</a></p>'
    )
    assert _shown(html, only=("shortener",)) == ["tinyurl.com; a shortener"]
    assert _shown(html, only=("disguised",)) == ["lamps.example; shown as bazaar.example"]


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
    assert find(a_message(text="a." * 50_000), from_buyer(), _NONE) == ()
    dots = "http://" + ".".join("a" * 17) + "/" + "a" * 100
    assert len(find(a_message(text=dots), from_buyer(), _NONE)) <= 1
