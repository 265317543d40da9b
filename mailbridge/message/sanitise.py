"""The door to the HTML sanitiser: what of an HTML text may cross, by an allow-list (T-54, T-78).

Comments, MSO markup, scripts, forms, event handlers, style sheets, frames and everything that loads from the
network are removed; images inside the mail (cid:), links and safe inline style stay. Does not look for secrets:
that is `message/mask.py`.
"""

import re
from html import escape, unescape

import nh3

_ATTRIBUTES_OF_ALL = {"style", "dir", "lang", "align", "valign", "title", "width", "height", "bgcolor"}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "border"},
    "font": {"color", "face", "size"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "blockquote": {"type"},
    "hr": {"size", "noshade", "color"},
    "col": {"span"},
}
_TAGS = frozenset(
    """
    a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div
    dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s
    samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split()
)
_DROPPED_WITH_CONTENT = frozenset(
    """
    script style title head template noscript iframe object embed applet svg math select textarea xml audio video canvas
    """.split()
)
# None of these can name an address on the network, cover other text, or take it out of sight.
_STYLE = frozenset(
    """
    background-color border border-bottom border-collapse border-color border-left border-radius border-right
    border-spacing border-style border-top border-width color direction font font-family font-size font-style
    font-variant font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left
    margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top
    table-layout text-align text-decoration text-indent text-transform unicode-bidi vertical-align white-space width
    word-break word-spacing word-wrap overflow-wrap
    """.split()
)
_CLASSES = {"div": frozenset({"gmail_quote", "gmail_attr"}), "blockquote": frozenset({"gmail_quote"})}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes={"*": _ATTRIBUTES_OF_ALL, **_ATTRIBUTES},
    strip_comments=True,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    allowed_classes=_CLASSES,
    filter_style_properties=_STYLE,
    url_relative="deny",
)
# Works on the sanitiser's own output: lower-case names, every attribute in double quotes.
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
_STYLED = re.compile(r'(<[a-z][a-z0-9]*+(?: (?!style=)[a-z]+="[^"]*")*) style="([^"]*)"')
_FUNCTION = re.compile(r"([a-z0-9-]*)\(")
_HARMLESS_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "calc"})
#: a declaration that calls nothing but those
_HARMLESS = re.compile(r"[a-z-]+:(?:(?:rgb|rgba|hsl|hsla|calc)\([^()\\:;]*\)|[^()\\:;/])*")
_CID_SOURCE = re.compile(r' src="cid:', re.IGNORECASE)


def sanitise(html: str) -> str:
    """Return the safe form of HTML as a fragment without <html> and <body>."""
    clean = _CLEANER.clean(html).replace(' class=""', "").strip()
    if "<img" in clean:
        clean = _IMAGE.sub(_image_of_the_mail, clean)
    if "(" in clean and ' style="' in clean:
        clean = _STYLED.sub(_styled_harmlessly, clean)
    return clean


def _styled_harmlessly(tag: re.Match[str]) -> str:
    """The tag without declarations that load or run something, under whatever property (url(), expression())."""
    style = unescape(tag[2])
    if all(name in _HARMLESS_FUNCTIONS for name in _FUNCTION.findall(style)):
        return tag[0]
    kept = ";".join(each for each in style.split(";") if _HARMLESS.fullmatch(each))
    return f'{tag[1]} style="{escape(kept)}"' if kept else tag[1]


def _image_of_the_mail(image: re.Match[str]) -> str:
    return image[0] if _CID_SOURCE.search(image[0]) else ""
