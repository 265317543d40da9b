"""Tracking pixels, remote pictures and linked logos in the HTML form."""

import json
import re

import pytest

from mailbridge.domain.message import Body, Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.checks import linked_logo, remote_image, tracking_pixel
from tests.policy.stage import a_message, from_buyer
from tests.shared_data import shared_path

_NONE = {"allowed_domains": ()}


def _html(html: str, **more: str) -> Message:
    return a_message(text="Hello", body=Body(plain=None, html=f"<p>Hello</p>{html}"), **more)


def _pixels(html: str, **more: str) -> tuple[Finding, ...]:
    return tracking_pixel.find(_html(html, **more), from_buyer(), _NONE)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<img src="https://a.example/a.png" width="1" height="1">', "dot"),
        ('<img src="https://a.example/a.png" width=0>', "dot"),
        ('<img src="https://a.example/a.png" style="height:1px;width:2px">', "dot"),
        ('<img src="https://a.example/a.png" style="display:none" width=90>', "hidden"),
        ('<img src="https://track.a.example/a.png" width="90" height="90" alt="a">', "address"),
        ('<img src="https://a.example/wf/open?upn=abc" width="90" alt="a">', "address"),
        ('<img src="https://a.example/e/o.gif" alt="a">', "address"),
        ('<img src="https://a.example/images/open.gif" alt="a">', "address"),
        ('<img src="https://a.example/log.php?u=1" alt="a">', "address"),
        ('<img src="https://u1.ct.sendgrid.net/x/y" alt="a">', "address"),
        ('<img src="https://a.example/EmailTracker/1" alt="a">', "address"),
        ('<img src="https://a.example/onepixel.png" alt="a">', "address"),
        ('<img src="https://a.example/c/8f3a9b">', "shapeless"),
        ('<img src="https://a.example/image.gif?id=8f3a9b">', "shapeless"),
        ('<div style="background:url(https://a.example/wf/open?upn=abc)">a</div>', "address"),
    ],
)
def test_S25_a_tracking_pixel_is_found(html: str, reason: str) -> None:
    assert [(f.place, f.detail) for f in _pixels(html)] == [(Place.HTML, reason)]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="cid:logo" width="1" height="1">',
        '<img src="https://a.example/photo.jpg">',
        '<img src="https://a.example/img/ship-track/thumbs.png" width="90">',
        '<img src="https://a.example/open-box.jpg" alt="open box">',
        '<img src="https://a.example/line.png" width="600" height="1">',
        '<img src="https://ci3.googleusercontent.example/mail-sig/AIorK4yX8f3" width="96" height="96">',
        '<img src="https://bazaar.example/open/1" width="1" height="1">',
        '<img src="https://[broken/open" width="90" alt="a">',
        "<p>track me with a pixel: https://a.example/open.gif</p>",
    ],
)
def test_a_picture_to_look_at_is_none(html: str) -> None:
    assert _pixels(html) == ()


def test_a_pixel_in_a_quote_is_not_his() -> None:
    quote = '<blockquote type="cite"><p>Your order</p><img src="https://a.example/wf/open?u=1" width=1></blockquote>'
    assert _pixels(quote, quoted_text="Your order") == ()
    assert len(_pixels(f'<img src="https://b.example/wf/open?u=2">{quote}', quoted_text="Your order")) == 1


def test_an_allowed_domain_is_no_finding() -> None:
    message = _html('<img src="https://a.carrier.example/x" width=1>')
    allowed = {"allowed_domains": ("carrier.example",)}
    assert (
        tracking_pixel.find(message, from_buyer(), allowed) == remote_image.find(message, from_buyer(), allowed) == ()
    )


def test_every_remote_picture_is_found_once_and_findings_are_bounded() -> None:
    message = _html('<img src="https://a.example/x.png"><img src="https://a.example/x.png"><img src="cid:a">')
    found = remote_image.find(message, from_buyer(), _NONE)
    assert [(f.place, f.words, f.detail) for f in found] == [(Place.HTML, "https://a.example/x.png", "a.example")]
    many = "".join(f'<a href="https://a.example/{n}"><img src="https://a.example/{n}" width=1></a>' for n in range(60))
    checks = (remote_image, tracking_pixel, linked_logo)
    assert [len(check.find(_html(many), from_buyer(), _NONE)) for check in checks] == [50, 50, 50]


def test_a_long_address_is_shown_in_part() -> None:
    [finding] = remote_image.find(_html(f'<img src="https://a.example/{"x" * 500}">'), from_buyer(), _NONE)
    assert (len(finding.words), finding.words[-1]) == (201, "…")


@pytest.mark.parametrize(
    ("html", "host"),
    [
        ('<a href="https://www.shop.example/"><img src="cid:logo"></a>', "www.shop.example"),
        ('<a href="//shop.example"><span><img src="https://a.example/x.png"></span></a>', "shop.example"),
        (
            '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2F">'
            '<img src="cid:a"></a>',
            "shop.example",
        ),
    ],
)
def test_S25_a_logo_that_leads_to_the_shop_is_found(html: str, host: str) -> None:
    assert [finding.detail for finding in linked_logo.find(_html(html), from_buyer(), _NONE)] == [host]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://www.bazaar.example/"><img src="cid:logo"></a>',
        '<a href="https://shop.example/">Shop</a><img src="cid:logo">',
        '<a href="mailto:a@shop.example"><img src="cid:logo"></a>',
        '<a name="top"><img src="cid:logo"></a>',
        '<a href="https://[broken"><img src="cid:logo"></a>',
    ],
)
def test_other_pictures_are_no_linked_logos(html: str) -> None:
    assert linked_logo.find(_html(html), from_buyer(), _NONE) == ()


@pytest.mark.parametrize("check", [tracking_pixel, remote_image, linked_logo])
def test_a_mail_without_html_has_none(check: object) -> None:
    assert check.find(a_message(), from_buyer(), _NONE) == ()  # type: ignore[attr-defined] # a module of checks


def _address(pattern: str) -> str:
    """An address that this pattern of the collection matches."""
    address = re.sub(r"\[\^?([^\]])[^\]]*\]\??|\\w", lambda match: match[1] or "a", pattern)
    address = re.sub(r"\((\w)\)\{10,\}", lambda match: match[1] * 10, address)
    address = re.sub(r"(\w)\{(\d+)\}", lambda match: match[1] * int(match[2]), address)
    address = address.replace(".+", "..").replace("(.*)", "").replace("\\?", "?").replace("\\", "")
    address = re.sub(r"\(([^()|]*)\)\??", r"\1", re.sub(r"\((:8)\)\?", r":8", address)).replace("+", "")
    host = address.partition("/")[0].partition("?")[0]
    if address.startswith(("/", "?", "#")) or "." not in host.strip("."):
        return f"https://news.example{'' if address.startswith('/') else '/'}{address}"
    return f"https://x{address}" if address.startswith(".") else f"https://{address}"


def _patterns() -> list[str]:
    path = shared_path("data", "policy", "mailtrackerblocker", "trackers.json")
    return [one for patterns in json.loads(path.read_text(encoding="utf-8")).values() for one in patterns]


def test_every_pattern_of_the_collection_is_found_as_a_dot_and_as_a_remote_picture() -> None:
    patterns = _patterns()
    assert [one for one in patterns if not re.search(one, _address(one))] == []
    dots = [one for one in patterns if not _pixels(f'<img src="{_address(one)}" width="1" height="1">')]
    message = [_html(f'<img src="{_address(one)}">') for one in patterns]
    remote = [one for one in message if not remote_image.find(one, from_buyer(), _NONE)]
    assert (len(patterns) > 400, dots, remote) == (True, [], [])


def test_nearly_every_pattern_of_the_collection_is_found_where_the_element_says_no_size() -> None:
    patterns = _patterns()
    missed = [one for one in patterns if not _pixels(f'<img src="{_address(one)}">')]
    assert len(missed) <= 0.02 * len(patterns), missed


def test_a_mail_whose_style_sheet_tracks_is_found() -> None:
    path = shared_path("data", "policy", "mailtrackerblocker", "multibgcsstrackers.html")
    assert _pixels(path.read_text(encoding="utf-8", errors="replace")) != ()
