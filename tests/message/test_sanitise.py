"""Nothing of a mail's HTML loads from the network when it is opened (T-54, K7): pictures, pixels, styles."""

import itertools

import pytest

from mailbridge.domain.message import Body, Message
from mailbridge.domain.secrets import Secrets
from mailbridge.message.mask import MaskRequest, mask
from mailbridge.message.sanitise import sanitise

_URL = "https://t.tracker.example/p.gif?u=1"
_CSS = "background-image:url({u})"
_FORMS = {
    "img": '<img src="{u}" width="1" height="1">',
    "img in capitals": "<IMG SRC='{u}'>",
    "img without quotes": "<img src={u}>",
    "img with blanks around": '<img src=" \t{u} ">',
    "img without scheme": '<img src="//t.tracker.example/p.gif">',
    "img with a broken scheme": '<img src="ht\ntps://t.tracker.example/p.gif">',
    "img by a base": '<base href="https://t.tracker.example/"><img src="p.gif">',
    "srcset alone": '<img srcset="{u} 1x, {u} 2x">',
    "srcset beside a picture of the mail": '<img src="cid:a@b" srcset="{u} 2x" sizes="1px">',
    "old attributes beside a picture of the mail": '<img src="cid:a@b" lowsrc="{u}" dynsrc="{u}" usemap="{u}">',
    "image, an old name of img": '<image src="{u}">',
    "picture": '<picture><source srcset="{u}"><img src="{u}"></picture>',
    "background of body": '<body background="{u}">x</body>',
    "background of table": '<table background="{u}"><tr background="{u}"><td background="{u}">x</td></tr></table>',
    "style url": f'<div style="{_CSS}">x</div>',
    "style url in quotes": '<div style="background:#fff url(&quot;{u}&quot;) no-repeat">x</div>',
    "style url in escapes": '<div style="background-image:u\\72 l({u})">x</div>',
    "style with a comment": '<div style="background/**/:/**/url({u})">x</div>',
    "style image-set": "<div style=\"background-image:image-set('{u}' 1x)\">x</div>",
    "style list": '<ul style="list-style-image:url({u});list-style:url({u})"><li>x</li></ul>',
    "style content": '<div style="content:url({u})">x</div>',
    "style border": '<div style="border-image:url({u}) 30;border-image-source:url({u})">x</div>',
    "style border, shorthand of one that is kept": '<div style="border:1px solid red;border-left:url({u})">x</div>',
    "style cursor": '<div style="cursor:url({u}),auto">x</div>',
    "style behaviour": '<div style="behavior:url({u});-moz-binding:url({u})">x</div>',
    "style filter and mask": '<div style="filter:url({u});mask:url({u});clip-path:url({u})">x</div>',
    "style font": "<div style=\"font:12px url({u});font-family:url('{u}')\">x</div>",
    "style expression": "<div style=\"width:expression(new Image().src='{u}')\">x</div>",
    "style of a picture of the mail": f'<img src="cid:a@b" style="{_CSS}">',
    "style element": f"<style>@import url({{u}}); body {{{{ {_CSS} }}}} @font-face {{{{ src: url({{u}}) }}}}</style>x",
    "link": '<link rel="stylesheet" href="{u}"><link rel="preload prefetch dns-prefetch" href="{u}">x',
    "video": '<video poster="{u}" src="{u}"><source src="{u}"><track src="{u}"></video>',
    "audio": '<audio src="{u}" autoplay></audio><bgsound src="{u}">',
    "input": '<form action="{u}"><input type="image" src="{u}"><button formaction="{u}">x</button></form>',
    "svg": '<svg><image href="{u}" xlink:href="{u}"/><use href="{u}"/><style>@import "{u}"</style></svg>',
    "math": '<math href="{u}"><mi xlink:href="{u}">x</mi></math>',
    "frames": '<iframe src="{u}" srcdoc="&lt;img src={u}&gt;"></iframe><frameset><frame src="{u}"></frameset>',
    "objects": '<object data="{u}"><embed src="{u}"></object><applet code="{u}" archive="{u}"></applet>',
    "script": "<script src='{u}'></script><script>fetch('{u}')</script>",
    "handler": "<p onload=\"fetch('{u}')\">x</p><img src='cid:a@b' onerror=\"fetch('{u}')\">",
    "refresh": '<meta http-equiv="refresh" content="0;url={u}">x',
    "ping of a link": '<a href="mailto:x@y.example" ping="{u}">x</a>',
    "mso fill": '<v:rect><v:fill type="frame" src="{u}"/><v:imagedata src="{u}"/></v:rect>',
    "mso block": '<!--[if gte mso 9]><v:background fill="t"><v:fill src="{u}"/></v:background><![endif]-->x',
    "mso block shown to others": '<!--[if !mso]><!--><img src="{u}"><!--<![endif]-->x',
    "xml": '<xml><o:p><img src="{u}"></o:p></xml>',
    "noscript": '<noscript><img src="{u}"></noscript>',
    "template": '<template><img src="{u}"></template>',
    "table of old": '<td background="{u}" style="background:url({u})">x',
    "amp": '<amp-img src="{u}"></amp-img><amp-pixel src="{u}"></amp-pixel>',
    "cite": '<blockquote cite="{u}"><q cite="{u}">x</q></blockquote><ins cite="{u}">y</ins>',
}


@pytest.mark.parametrize("form", _FORMS)
def test_T54_K7_nothing_that_loads_from_the_network_is_left(form: str) -> None:
    html = f"<p>before</p>{_FORMS[form].format(u=_URL)}<p>after</p>"
    clean = sanitise(html)
    assert "tracker.example" not in clean.lower()
    assert "url(" not in clean.lower()
    assert "<p>after</p>" in clean


@pytest.mark.parametrize("form", ["img", "srcset alone", "picture", "image, an old name of img"])
def test_K7_a_remote_picture_that_is_taken_out_is_booked(form: str) -> None:
    request = MaskRequest(secrets=Secrets(), replacement={}, label="[removed]")
    masked = mask(Message(body=Body(html=f"<p>x</p>{_FORMS[form].format(u=_URL)}")), request)
    assert masked.removed == ("remote image",)
    assert masked.own_words == ()


def test_K7_pictures_of_the_mail_links_and_plain_style_stay() -> None:
    html = (
        '<p style="color:red;background-color:#eee">Hello <a href="https://market.example/x?a=1&amp;b=2">link</a></p>'
        '<img src="cid:a@b" alt="a lamp" width="20" height="10" style="border:1px solid red">'
    )
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        (
            '<p style="BORDER-TOP: #b5c4df 1pt solid; COLOR: RGB(1,2,3)">x</p>',
            '<p style="BORDER-TOP:#b5c4df 1pt solid;COLOR:RGB(1, 2, 3)">x</p>',
        ),
        ('<p style="BACKGROUND: URL(https://x.example/p)">x</p>', "<p>x</p>"),
        ('<pre style="background: rgb(253, 243, 218)">x</pre>', '<pre style="background:rgb(253, 243, 218)">x</pre>'),
        (
            '<blockquote style="border-left-width:1px;border-left-style:solid">x</blockquote>',
            '<blockquote style="border-left-width:1px;border-left-style:solid">x</blockquote>',
        ),
        ('<p style="position:fixed;display:none;opacity:0;color:red">x</p>', '<p style="color:red">x</p>'),
        ('<p><img src="https://x.example/logo.png" alt="Lamps &amp; more" width="9"></p>', "<p>Lamps &amp; more</p>"),
        ('<p><img alt="&lt;img src=https://x.example/&gt;"></p>', "<p>&lt;img src=https://x.example/&gt;</p>"),
    ],
)
def test_K7_what_harms_nobody_stays_as_it_was_written(html: str, clean: str) -> None:
    assert sanitise(html) == clean


def test_T54_harmless_declarations_beside_one_that_loads_stay() -> None:
    style = 'color:rgb(1, 2, 3);border-left:url("https://t/a;b");font-family:"Segoe UI", serif;width:calc(1px)'
    clean = sanitise(f"<div align='left' style='{style}'>x style=\"width:url(y)\"</div>")
    assert clean == (
        '<div align="left" style="color:rgb(1, 2, 3);font-family:&quot;Segoe UI&quot; , serif;width:calc(1px)">'
        'x style="width:url(y)"</div>'
    )


def test_T54_one_form_inside_another_hides_nothing() -> None:
    for outer, inner in itertools.product(
        ("svg", "mso block", "noscript", "style element", "math"), ("img", "style url")
    ):
        wrapped = _FORMS[outer].format(u=_URL).replace(">", f">{_FORMS[inner].format(u=_URL)}", 1)
        assert "tracker.example" not in sanitise(f"<p>x</p>{wrapped}")
