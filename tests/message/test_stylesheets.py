"""Style sheets of a mail are written into its elements: paragraphs of Outlook keep margin and font (K7)."""

import time

import pytest

from mailbridge.message.sanitise import sanitise

_OUTLOOK = """<style><!--
/* Font Definitions */
@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}
/* Style Definitions */
p.MsoNormal, li.MsoNormal, div.MsoNormal
	{margin:0cm; margin-bottom:.0001pt; font-size:11.0pt; font-family:"Calibri","sans-serif";}
a:link, span.MsoHyperlink {mso-style-priority:99; color:blue; text-decoration:underline;}
@page WordSection1 {size:612.0pt 792.0pt; margin:72.0pt 72.0pt 72.0pt 72.0pt;}
--></style>"""
_FONT = "font-family:&quot;Calibri&quot; , &quot;sans-serif&quot;"


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        (
            f"<head>{_OUTLOOK}</head><p class=MsoNormal>x</p>",
            f'<p style="margin:0cm;margin-bottom:0.0001pt;font-size:11.0pt;{_FONT}">x</p>',
        ),
        (
            f"{_OUTLOOK}<p class=MsoNormal style='margin-left:36.0pt'>x</p>",
            f'<p style="margin:0cm;margin-bottom:0.0001pt;font-size:11.0pt;{_FONT};margin-left:36.0pt">x</p>',
        ),
        (
            f'{_OUTLOOK}<a href="https://x.example/">x</a>',
            '<a href="https://x.example/" style="color:blue;text-decoration:underline">x</a>',
        ),
        (
            "<style>p.a{color:blue} .a{color:green} p{color:red}</style><p class='a b'>x</p>",
            '<p style="color:red;color:green;color:blue">x</p>',
        ),
        ("<style>p{color:red}</style><div class=a>x</div>", "<div>x</div>"),
        (
            "<style>.a .b{color:red} .a>.b{color:red} .a:hover{color:red} *{color:red}</style><p class='a b'>x</p>",
            "<p>x</p>",
        ),
        (
            "<style>@media (max-width:600px){ .a{color:red} } .a{width:1px}</style><p class=a>x</p>",
            '<p style="width:1px">x</p>',
        ),
        ("<style media=print>.a{color:red}</style><p class=a>x</p>", "<p>x</p>"),
        ("<!--[if mso]><style>.a{color:red}</style><![endif]--><p class=a>x</p>", "<p>x</p>"),
        ("<style>.a{color:red", ""),
        ("<style>.a{color:red}</style>", ""),
        (
            "<style>.a{background:url(https://x.example/p);color:red}</style><p class=a>x</p>",
            '<p style="color:red">x</p>',
        ),
        ("<style>.a{border-top:url(https://x.example/p)}</style><p class=a>x</p>", "<p>x</p>"),
        (
            "<style>.gmail_quote{color:red}</style><div class='gmail_quote x'>x</div>",
            '<div class="gmail_quote" style="color:red">x</div>',
        ),
        (
            "<body style='font-family:Arial;margin:9px;color:#333'><p>x</p>",
            '<div style="font-family:Arial;color:#333"><p>x</p></div>',
        ),
        (
            "<style>body.hm{font-size:12pt;margin:0}</style><body class='hm'><p>x</p>",
            '<div style="font-size:12pt"><p>x</p></div>',
        ),
        ("<body bgcolor=white class=x><p>x</p>", "<p>x</p>"),
        ("<pre>\n\n  two</pre>", "<pre>\n\n  two</pre>"),
    ],
)
def test_K7_a_sheet_is_written_into_the_elements_it_speaks_of(html: str, clean: str) -> None:
    assert sanitise(html) == clean


def test_T68_sheets_of_hostile_size_cost_little() -> None:
    rules = "".join(f".a{number}{{color:red;margin:0}}" for number in range(50_000))
    elements = "".join(f"<p class='a{number % 300} a{number % 7} b{number}'>x</p>" for number in range(20_000))
    started = time.process_time()
    clean = sanitise(f"<style>{rules}</style>{'<style>' * 20_000}</style>{elements}")
    assert time.process_time() - started < 2
    assert len(clean) < 1_000_000
    started = time.process_time()
    sanitise("<style>" * 100_000 + "<!--" * 100_000)
    sanitise("<style>" + "{" * 100_000 + "@media{" * 50_000 + "</style><p>x</p>")
    sanitise("<style>" + "/*" * 100_000 + "</style><p>x</p>")
    sanitise("<body " + "class " * 100_000)
    assert time.process_time() - started < 2
