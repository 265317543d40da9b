"""The door to the HTML sanitiser: what of an HTML text may cross, by an allow-list (T-54, T-78).

Comments, MSO markup, scripts, forms, event handlers, style sheets, frames and everything that loads from the
network are removed; images inside the mail (cid:), links and safe inline style stay, and what a sheet says goes into
the elements (`message/stylesheets.py`). Does not look for secrets: that is `message/mask.py`.
"""

import re
from html import escape, unescape

import nh3

from mailbridge.message.stylesheets import body_style, inlined, sheet_of

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
# None of these can cover other text or take it out of sight; what some could load is taken out behind.
_STYLE = frozenset(
    """
    background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width
    border-collapse border-color border-left border-left-color border-left-style border-left-width border-radius
    border-right border-right-color border-right-style border-right-width border-spacing border-style border-top
    border-top-color border-top-style border-top-width border-width clear color direction float font font-family
    font-size font-style font-variant font-weight height letter-spacing line-height list-style list-style-position
    list-style-type margin margin-bottom margin-left
    margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top
    table-layout text-align text-decoration text-indent text-transform unicode-bidi vertical-align white-space width
    word-break word-spacing word-wrap overflow-wrap
    """.split()
)
_CLASSES = {"div": frozenset({"gmail_quote", "gmail_attr"}), "blockquote": frozenset({"gmail_quote"})}


def _cleaner(attributes_of_all: set[str], classes: dict[str, frozenset[str]] | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes={"*": attributes_of_all, **_ATTRIBUTES},
        strip_comments=True,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        allowed_classes=classes,
        # Names of properties are written in either case; the sanitiser compares them as they are.
        filter_style_properties=_STYLE | {name.upper() for name in _STYLE},
        url_relative="deny",
    )


_CLEANER = _cleaner(_ATTRIBUTES_OF_ALL, _CLASSES)
#: keeps all classes, until the style sheet of the mail is written into its elements
_CLASSY_CLEANER = _cleaner({*_ATTRIBUTES_OF_ALL, "class"}, None)
_KEPT_CLASSES = frozenset(name for names in _CLASSES.values() for name in names)
# Works on the sanitiser's own output: lower-case names, every attribute in double quotes.
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
_CALLING = re.compile(r' style="([^"(]*\([^"]*)"')
_MAX_TAG = 4_000
_FUNCTION = re.compile(r"([a-z0-9-]*)\(")
_HARMLESS_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "calc"})
#: a declaration that calls nothing but those
_HARMLESS = re.compile(r"[a-z-]+:(?:(?:rgb|rgba|hsl|hsla|calc)\([^()\\:;]*\)|[^()\\:;/])*", re.IGNORECASE)
#: a parser takes one line end behind <pre> away, and another one would take the next
_PRE_WITH_LINE_END = re.compile(r'(<pre(?: [a-z]+="[^"]*")*>)\n')
_ALT = re.compile(r' alt="([^"]*)"')
_CID_SOURCE = re.compile(r' src="cid:', re.IGNORECASE)


def sanitise(html: str) -> str:
    """Return the safe form of HTML as a fragment without <html> and <body>."""
    sheet = sheet_of(html, _CLEANER.clean)
    if sheet is None:
        clean = _CLEANER.clean(html).replace(' class=""', "").strip()
    else:
        clean = inlined(_CLASSY_CLEANER.clean(html).strip(), sheet, _KEPT_CLASSES)
    inherited = body_style(html, sheet, _CLEANER.clean)
    if inherited and clean:
        clean = f'<div style="{inherited}">{clean}</div>'
    if "<img" in clean:
        clean = _IMAGE.sub(_image_of_the_mail, clean)
    if "<pre" in clean:
        clean = _PRE_WITH_LINE_END.sub(r"\1\n\n", clean)
    return _CALLING.sub(_styled_harmlessly, clean) if "(" in clean else clean


def _styled_harmlessly(attribute: re.Match[str]) -> str:
    """The attribute without declarations that load or run something, under whatever property (url(), expression())."""
    calls = attribute[1].count("(")
    if calls == attribute[1].count("rgb(") + attribute[1].count("rgba("):  # all that honest mail calls
        return attribute[0]
    before = attribute.string[max(0, attribute.start() - _MAX_TAG) : attribute.start()]
    style = unescape(attribute[1])
    # The sanitiser writes both signs as entities, in text and in attributes.
    is_text = before.rfind("<") < before.rfind(">")
    if is_text or all(name in _HARMLESS_FUNCTIONS for name in _FUNCTION.findall(style.lower())):
        return attribute[0]
    kept = ";".join(each for each in style.split(";") if _HARMLESS.fullmatch(each))
    return f' style="{escape(kept)}"' if kept else ""


def _image_of_the_mail(image: re.Match[str]) -> str:
    """The image where it is in the mail; of any other what it says in words, as clients show it that load nothing."""
    if _CID_SOURCE.search(image[0]):
        return image[0]
    words = _ALT.search(image[0])
    return words[1] if words is not None else ""
