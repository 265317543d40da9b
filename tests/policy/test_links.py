"""The page of a conversation on the market: there only, whole only, every field encoded (S-54, S-55, S-57, S-58)."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy.links import link_of, why_no_link
from tests.policy.stage import MARKET, a_thread

TALK = "https://bazaar.example/talk/{reference}"


@pytest.mark.parametrize(
    ("template", "link"),
    [
        (TALK, "https://bazaar.example/talk/D%2F7%20%3F"),
        ("https://my.bazaar.example/o/{order}?offer={offer}", "https://my.bazaar.example/o/PL-1?offer=OF%261"),
        ("https://bazaar.example/t/{thread}#{thread}", "https://bazaar.example/t/k3x9abcd#k3x9abcd"),
        ("https://bazaar.example/", "https://bazaar.example/"),
        ("https://bazaar.example.evil.example/{order}", ""),
        ("https://notbazaar.example/{order}", ""),
        ("", ""),
    ],
)
def test_S54_S55_S57_a_link_is_made_of_the_conversation(template: str, link: str) -> None:
    thread = a_thread(
        "0000000000000000k3x9abcd", market_reference="D/7 ?", order_reference="PL-1", offer_reference="OF&1"
    )
    assert link_of(template, thread, MARKET) == link


def test_S58_without_a_number_that_stands_in_it_there_is_no_link() -> None:
    assert link_of(TALK, a_thread(order_reference="PL-1"), MARKET) == ""
    assert link_of("https://bazaar.example/{order}/{offer}", a_thread(order_reference="PL-1"), MARKET) == ""


def test_a_market_without_domains_of_its_own_has_no_links() -> None:
    market = replace(MARKET, own_domains=())
    assert link_of(TALK, a_thread(market_reference="7"), market) == ""


@given(st.text(max_size=40))
def test_S54_no_reference_leads_out_of_the_page(reference: str) -> None:
    link = link_of(TALK, a_thread(market_reference=reference), MARKET)
    if reference:
        parts = urlsplit(link)
        assert (parts.hostname, parts.query, parts.fragment, parts.path.count("/")) == ("bazaar.example", "", "", 2)
        assert link.isascii()
        assert not set(link) & set(" \"<>'\r\n")


@pytest.mark.parametrize(
    ("template", "why"),
    [
        (TALK, ""),
        ("https://bazaar.example/a?b={order}&c={offer}#{thread}", ""),
        ("http://bazaar.example/{order}", "https"),
        ("https://{order}.example/", "host"),
        ("https://bazaar.example@evil.example/", "host"),
        ("https:///talk/{order}", "host"),
        ("//bazaar.example/{order}", "https"),
        ("javascript:alert({order})", "https"),
        ("https://bazaar.example/{buyer}", "{buyer}"),
        ("https://bazaar.example/{}", "no field"),
        ("https://bazaar.example/{order", "character"),
        ("https://bazaar.example/a b", "character"),
        ('https://bazaar.example/"onclick', "character"),
        ("https://bazaar.example/zażółć", "character"),
        ("https://[bazaar.example/", "host"),
    ],
)
def test_a_template_is_checked_when_it_is_read(template: str, why: str) -> None:
    found = why_no_link(template)
    assert (found == "") == (why == "")
    assert why in found
