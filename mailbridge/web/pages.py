"""What a public page looks like, and the header fields that stand on every public answer (T-84).

Title and body come from `templates/page/`; the frame is here, so that no text can bring scripts or load anything.
"""

import base64
import hashlib
from collections.abc import Mapping
from html import escape

from mailbridge.texts import FieldValue, Texts

_STYLE = """\
:root{color-scheme:light dark}
body{margin:0 auto;max-width:36rem;padding:1.5rem 1rem;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.3}
fieldset{border:1px solid #8888;border-radius:.4rem;margin:0 0 1rem;padding:.5rem 1rem}
legend{font-weight:600;padding:0 .3rem}
label{display:flex;gap:.5rem;align-items:baseline;padding:.45rem 0}
button{font:inherit;padding:.7rem 1.2rem;border:0;border-radius:.4rem;background:#1a5fb4;color:#fff;cursor:pointer}
button.plain{background:none;color:inherit;border:1px solid #8888}
button:focus-visible,input:focus-visible{outline:3px solid #e5a50a;outline-offset:2px}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
_MAX_ACCEPT_LANGUAGE = 200

#: on every answer: no script, no frame around it, nothing kept, nothing told to the next site (tokens stand in URLs)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Connection": "close",
}


def page(texts: Texts, language: str, name: str, fields: Mapping[str, FieldValue]) -> str:
    """One public page in this language, whole."""
    rendered = texts.render("page", language, name, fields)
    title = escape(rendered.subject)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{rendered.html or ''}\n</main>\n</body>\n</html>\n"
    )


def language_asked_for(accept_language: str, known: tuple[str, ...], default: str) -> str:
    """The best language of an Accept-Language that there are texts in (RFC 9110 §12.5.4), else the default.

    >>> language_asked_for("fr, pl-PL;q=0.9, en;q=0.3", ("en", "pl"), "en")
    'pl'
    """
    best, weight = default, 0.0
    for entry in accept_language[:_MAX_ACCEPT_LANGUAGE].split(","):
        tag, _, quality = entry.strip().lower().partition(";")
        try:
            asked = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        language = tag.partition("-")[0].strip()
        if language in known and weight < asked <= 1:
            best, weight = language, asked
    return best
