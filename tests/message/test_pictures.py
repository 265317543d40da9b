"""Which pictures an HTML text shows or loads, and how its elements describe them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.message.pictures import Picture, pictures_in

SOURCES = [
    ('<img src="https://a.example/x.png">', "https://a.example/x.png"),
    ("<IMG SRC='https://a.example/x.png'>", "https://a.example/x.png"),
    ('<img src=" https://a.example/x\n.png ">', "https://a.example/x.png"),
    ('<img src="https://a.example/?a=1&amp;b=2">', "https://a.example/?a=1&b=2"),
    ('<img srcset="https://a.example/x.png 2x">', "https://a.example/x.png"),
    ('<input type="image" src="//a.example/x">', "//a.example/x"),
    ('<table><tr><td background="http://a.example/x">a</td></tr></table>', "http://a.example/x"),
    ('<div style="background:url(https://a.example/x)">a</div>', "https://a.example/x"),
    ("<style>p { background-image: url('https://a.example/x.png') }</style><p>a</p>", "https://a.example/x.png"),
    ('<video poster="https://a.example/x"></video>', "https://a.example/x"),
    ('<object data="https://a.example/x"></object>', "https://a.example/x"),
    ('<iframe src="https://a.example/x"></iframe>', "https://a.example/x"),
]


@pytest.mark.parametrize(("html", "source"), SOURCES)
def test_S25_a_picture_is_seen_however_it_is_loaded(html: str, source: str) -> None:
    [picture] = pictures_in(html)
    assert (picture.source, picture.is_remote) == (source, True)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>no picture: img src=https://a.example</p>",
        "<!-- <img src='https://a.example/x'> --><p>a</p>",
        "<style>@import url(https://a.example/x.css); @font-face { src: url(https://a.example/x.woff2) }</style>",
        "<img>",
    ],
)
def test_what_shows_no_picture_has_none(html: str) -> None:
    assert pictures_in(html) == ()


def test_a_picture_of_the_mail_itself_is_not_remote() -> None:
    sources = [(p.source, p.is_remote) for p in pictures_in('<img src="cid:a@b"><img src="data:image/png;base64,AA">')]
    assert sources == [("cid:a@b", False), ("data:image/png;base64,AA", False)]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="1" height="2"', (1, 2)),
        ('width="1px"', (1, None)),
        ('width="100%"', (None, None)),
        ('style="width:3px;height: 4px"', (3, 4)),
        ('style="max-width:600px" width="5"', (600, None)),
        ('style="border-width:1px"', (None, None)),
        ('width="x"', (None, None)),
    ],
)
def test_its_size_is_what_the_element_says(attributes: str, size: tuple[int | None, int | None]) -> None:
    [picture] = pictures_in(f'<img src="cid:a" {attributes}>')
    assert (picture.width, picture.height) == size


@pytest.mark.parametrize(
    ("attributes", "is_hidden"),
    [
        ('style="display: none"', True),
        ('style="visibility:hidden"', True),
        ('style="opacity:0"', True),
        ('style="opacity:0.9"', False),
        ("hidden", True),
        ('alt="hidden"', False),
    ],
)
def test_a_hidden_picture_is_called_so(attributes: str, is_hidden: bool) -> None:
    assert pictures_in(f'<img src="cid:a" {attributes}>')[0].is_hidden is is_hidden


def test_it_knows_the_link_it_stands_in() -> None:
    html = '<a href="https://shop.example"><b><img src="cid:a" alt=" Logo "></b></a><img src="cid:b">'
    assert pictures_in(html) == (
        Picture(source="cid:a", alt="Logo", link="https://shop.example"),
        Picture(source="cid:b"),
    )


def test_T68_html_beyond_any_honest_mail_is_read_by_its_tags_and_not_to_its_end() -> None:
    deep = "<div>" * 3_000 + '<img class="x" src="https://a.example/x">'
    assert [picture.source for picture in pictures_in(deep)] == ["https://a.example/x"]
    assert len(pictures_in('<img src="cid:a">' * 5_000)) == 300
    styled = '<p style="background:url(https://a.example/x)">a</p>' * 5_000
    assert {picture.source for picture in pictures_in(styled)} == {"https://a.example/x"}


@given(st.text(alphabet="<>img src=\"'a:/.()url", max_size=300))
def test_reading_never_raises(html: str) -> None:
    assert all(picture.source for picture in pictures_in(f"<img {html}"))
