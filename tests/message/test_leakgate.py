"""The leak gate finds what the masker missed, in every layer, and fails closed (I4, I10, T-48 to T-57, K5, W8)."""

import ast
import base64
import binascii
import quopri
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

import mailbridge.message
from mailbridge.domain.address import OwnAddress
from mailbridge.domain.message import Attachment, Body
from mailbridge.domain.secrets import Secrets
from mailbridge.errors import GateBroken
from mailbridge.message import leakgate
from mailbridge.message.compose import Composition, compose
from mailbridge.message.leakgate import find_leaks
from tests.message.composing import READER, a_composition

ADDRESS = "anna.kowalska@buyer.example"
SECRETS = Secrets(
    addresses=(ADDRESS,),
    domains=("buyer.example",),
    traces=("mail.buyer.test", "203.0.113.9", "<id.1@buyer.test>"),
    hidden=("Anna Kowalska", "+48 600 123 456"),
)


def _places(composition: Composition, secrets: Secrets = SECRETS) -> list[str]:
    return [f"{leak.klass} {leak.place}" for leak in find_leaks(compose(composition), secrets, reader=READER)]


def _text(text: str) -> Composition:
    return a_composition(body=Body(plain=text))


def test_a_clean_mail_passes() -> None:
    assert _places(_text("Hello, where is my parcel? Greetings, Anna Kowalska, tel. 600 123 456")) == []


ENTITIES = "".join(f"&#{ord(character)};" for character in ADDRESS)
HIDDEN_FORMS = {
    "plain": ADDRESS,
    "upper case (P3)": ADDRESS.upper(),
    "in a link": f"https://x.example/?to={quote(ADDRESS, safe='')}",
    "percent twice": quote(quote(ADDRESS, safe=""), safe=""),
    "safelink (P19)": f"https://x.example/?data=05%7C01%7C{quote(ADDRESS, safe='')}%7Cabc",
    "entities": ENTITIES,
    "entity with zeros": ADDRESS.replace("@", f"&#{'0' * 5000}64;"),
    "behind an entity of a huge number": f"&#{'9' * 5000};{ADDRESS}",
    "entity for @": ADDRESS.replace("@", "&commat;"),
    "zero width": "\u200b".join(ADDRESS),
    "soft hyphen": ADDRESS.replace("buyer", "bu\u00adyer"),
    "full width": "".join(chr(ord(c) + 0xFEE0) if c != "." else "." for c in ADDRESS),
    "(at) and (dot)": ADDRESS.replace("@", " (at) ").replace(".example", " (dot) example"),
    "[at]": ADDRESS.replace("@", "[at]"),
    "blanks around @ (K2)": ADDRESS.replace("@", " @ "),
    "base64": base64.b64encode(f"write to {ADDRESS} please".encode()).decode(),
    "base64 url-safe": base64.urlsafe_b64encode(f"?? {ADDRESS} ??".encode()).decode(),
    "quoted-printable": ADDRESS.replace("@", "=40"),
    "other mailbox of the domain": "someone@buyer.example",
    "other mailbox of the domain, its sign a word": "someone (at) buyer.example",
    "other mailbox of the domain in Polish": "someone [małpa] buyer . example",
    "mailbox under the domain": "someone@mail.buyer.example",
    "host": "my server is mail.buyer.test.",
    "IP address": "[203.0.113.9]",
    "message id": "see id.1@buyer.test",
    "glued to punctuation": f"<{ADDRESS}>, ({ADDRESS})_{ADDRESS}_",
    "before a dot": f"{ADDRESS}.",
    "behind CJK": f"連絡先{ADDRESS}まで",
    "base64 in a path": f"https://x.example/abc/{base64.b64encode(ADDRESS.encode()).decode()}",
    "base64 behind a prefix": f"id_{base64.b64encode(ADDRESS.encode()).decode()}",
    "base64 in base64": base64.b64encode(base64.b64encode(ADDRESS.encode())).decode(),
    "base64 of percent": base64.b64encode(quote(f"e={ADDRESS}", safe="").encode()).decode(),
    "base64 over lines": "\n> ".join(
        base64.b64encode(f"{'x' * 40}, {ADDRESS}, {'y' * 30}".encode()).decode()[at : at + 60]
        for at in range(0, 120, 60)
    ),
    "hexadecimal": f"u={ADDRESS.encode().hex()}",
    "percent five times": quote(quote(quote(quote(quote(ADDRESS, safe=""))))),
    "entity nested": ADDRESS.replace("@", "&amp;amp;amp;amp;amp;amp;#64;"),
    "escape of JSON": ADDRESS.replace("@", "\\u0040"),
    "link of a filter (P19)": f"https://x.example/v2/url?u=https-3A__y_-3Fe-3D{ADDRESS.replace('@', '-40')}",
    "return path of a list": f"bounce+{ADDRESS.replace('@', '=')}@lists.example",
    "uuencode": f"\nbegin 644 a.txt\n{binascii.b2a_uu(ADDRESS.encode()).decode()}`\nend",
    "at and dot as words": ADDRESS.replace("@", " AT ").replace(".", " DOT "),
    "sign as underscore, as directories write guests": f"{ADDRESS.replace('@', '_')}#EXT#@tenant.example",
    "before a dash": f"my mail: {ADDRESS}-Anna",
    "before dashes": "someone@buyer.example-- ",
    "host before a dash": "from mail.buyer.test-in",
    "dashes around at": ADDRESS.replace("@", "-at-"),
    "blanks between letters": " ".join(ADDRESS),
    "blanks around dots": ADDRESS.replace(".", " . ").replace("@", " @ "),
    "over lines of a quote": ADDRESS.replace("buyer", "bu\n> yer"),
    "marks on letters": "\u0332".join(ADDRESS),
    "empty Braille between": "\u2800".join(ADDRESS),
    "a word behind what nobody sees": f"{ADDRESS}\u200bject",
    "a letter behind it that folds to a plain one": f"{ADDRESS}\u0130",
    "ideographic stop": ADDRESS.replace(".", "\u3002"),
    "Cyrillic letters": ADDRESS.replace("a", "\u0430").replace("e", "\u0435"),
}


@pytest.mark.parametrize("form", HIDDEN_FORMS.values(), ids=HIDDEN_FORMS.keys())
def test_T53_a_secret_is_found_in_text_in_every_form(form: str) -> None:
    secrets = replace(SECRETS, traces=(*SECRETS.traces, "id.1@buyer.test"))
    assert _places(_text(f"Please see {form} for more.\n" + "żółć " * 20), secrets) != []


HTML_FORMS = {
    "mailto": f'<a href="mailto:{ADDRESS}">me</a>',
    "mailto percent": f'<a href="mailto:{quote(ADDRESS, safe="")}">me</a>',
    "comment": f"<!-- {ADDRESS} -->",
    "title": f'<p title="{ADDRESS}">x</p>',
    "tags between": ADDRESS.replace("@", "<wbr>@<wbr>").replace("buyer", "bu<b>y</b>er"),
    "comment between": ADDRESS.replace("@", "<!-- x -->@"),
    "entities": ENTITIES,
    "named entity": ADDRESS.replace("@", "&commat;").replace(".", "&period;"),
}


@pytest.mark.parametrize("form", HTML_FORMS.values(), ids=HTML_FORMS.keys())
def test_T54_a_secret_is_found_in_html_in_every_form(form: str) -> None:
    assert _places(a_composition(body=Body(plain="x", html=f"<p>Hello {form}</p>"))) != []


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://x.example/p.gif">',
        "<IMG\nwidth=1 SRC='//x.example/p.gif'>",
        '<td background="http://x.example/p">',
        '<p style="background: url(&quot;x&quot;); background: url( //x.example/p )">',
        "<style>@import 'x';</style>",
        "<base href='https://x.example/'>",
        "<link rel=stylesheet href=x>",
        "<script>x</script>",
        "<iframe src=x></iframe>",
    ],
)
def test_T54_what_a_program_would_fetch_is_a_leak(html: str) -> None:
    assert "routing 2/remote" in _places(a_composition(body=Body(plain="x", html=f"<p>Hi</p>{html}")))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="cid:part1@inline.invalid">',
        '<a href="https://x.example/">x</a>',
        "<p>&lt;img src=&quot;https://x.example&quot;&gt; url (a)</p>",
        '<p style="color:red">url(//x) and @import x</p>',
        "<meta charset=utf-8>",
    ],
)
def test_T54_links_and_pictures_of_the_mail_are_none(html: str) -> None:
    assert _places(a_composition(body=Body(plain="x", html=html))) == []


@pytest.mark.parametrize(
    "clean",
    [
        "joanna.kowalska@buyer.exampleton",
        "xanna.kowalska@other.example",
        "www.mail.buyer.test",
        "buyer.example is a nice shop",
        "1203.0.113.9",
        "203.0.113.90",
        "k3jd8s2mfa7q9x1z@mail.buyer.test",
    ],
)
def test_T58_part_of_a_longer_word_is_no_secret(clean: str) -> None:
    assert _places(_text(clean), replace(SECRETS, domains=("buyer.example",))) == []


@pytest.mark.parametrize("charset", ["iso-8859-2", "utf-16", "utf-7", "utf-8"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_W8_parts_are_read_in_every_charset_and_encoding(charset: str, encoding: str) -> None:
    octets = f"zażółć {ADDRESS}".encode(charset)
    encoded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(octets)
    header = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    assert find_leaks(header.encode() + encoded, SECRETS, reader=READER) != ()


FILES = {
    "octets of a program": ("x.bin", "application/octet-stream", b"\x00\x01" + ADDRESS.encode() + b"\xff"),
    "UTF-16 in a document": ("x.doc", "application/msword", b"\xd0\xcf" + ADDRESS.encode("utf-16-le") + b"\xff"),
    "calendar with folds (P9)": (
        "i.ics",
        "text/calendar",
        f"ATTENDEE:mailto:{ADDRESS[:9]}\r\n {ADDRESS[9:]}\r\n".encode(),
    ),
    "calendar of an unknown type": (
        "i.ics",
        "application/octet-stream",
        f"ATTENDEE:mailto:{ADDRESS[:9]}\r\n {ADDRESS[9:]}\r\n".encode(),
    ),
    "card": ("a.vcf", "text/vcard", f"EMAIL:{ADDRESS.upper()}".encode()),
    "web page": ("a.html", "application/octet-stream", f"<p>{ENTITIES}</p>".encode()),
    "mail": ("m.eml", "application/octet-stream", f"From: {ADDRESS}\nTo: x@y.example\n\nx".encode()),
    "mail with an encoded part": (
        "m.eml",
        "message/rfc822",
        b"From: x@y.example\r\nTo: x@y.example\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(f"zażółć {ADDRESS}".encode()),
    ),
}


@pytest.mark.parametrize("case", FILES.values(), ids=FILES.keys())
def test_T55_a_secret_is_found_in_files(case: tuple[str, str, bytes]) -> None:
    attachment = Attachment(filename=case[0], content_type=case[1], octets=case[2])
    assert _places(a_composition(attachments=(attachment,))) != []


@pytest.mark.parametrize("charset", ["utf-7", "cp037", "utf-16-be", "iso-2022-jp"])
def test_T53_a_secret_is_found_in_files_by_their_charset(charset: str) -> None:
    octets = ADDRESS.replace("@", "+AEA-").encode() if charset == "utf-7" else ADDRESS.encode(charset)
    attachment = Attachment(filename="a.txt", content_type="text/plain", charset=charset, octets=octets)
    assert _places(a_composition(attachments=(attachment,))) != []


@pytest.mark.parametrize("name", [f"{ADDRESS}.pdf", f"faktura ą {ADDRESS}.pdf", f"Anna Kowalska {'ą' * 90}.pdf"])
def test_T57_a_secret_is_found_in_names_of_files(name: str) -> None:
    attachment = Attachment(filename=name, content_type="application/pdf", octets=b"x")
    assert _places(a_composition(attachments=(attachment,))) != []


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": f"from {ADDRESS}"},
        {"subject": f"ż {ADDRESS}"},
        {"subject": ADDRESS.replace("@", "&#64;")},
        {"subject": quote(ADDRESS, safe="")},
        {"subject": base64.b64encode(ADDRESS.encode()).decode()},
        {"subject": ADDRESS.replace("@", " AT ")},
        {"subject": "Anna Kowalska asks"},
        {"from_name": "Anna  Kowalska via Market"},
        {"from_name": f"{ADDRESS} via Market"},
        {"in_reply_to": "<id.1@buyer.test>"},
        {"references": ("<root@relay.example>", "<x@buyer.example>")},
        {"message_id": "<1@buyer.example>"},
    ],
)
def test_T48_T49_a_secret_is_found_in_the_header(fields: dict[str, object]) -> None:
    secrets = replace(SECRETS, hidden=(*SECRETS.hidden, "Anna  Kowalska"))
    assert _places(a_composition(**fields), secrets) != []


def test_the_readers_own_address_in_to_is_no_leak() -> None:
    own = replace(SECRETS, addresses=(READER.addr_spec,))
    assert _places(_text("x"), own) == []
    assert _places(_text(f"you are {READER.addr_spec}"), own) != []


def test_class_H_counts_in_quotes_and_not_in_the_authors_own_words() -> None:
    assert _places(_text("I am Anna Kowalska, +48 600-123-456")) == []
    assert _places(_text("Hello\n\n> I am Anna Kowalska\n")) == ["hidden 1/quoted"]
    assert _places(_text("Hello\n\n> call (+48) 600.123.456\n")) == ["hidden 1/quoted"]
    assert _places(_text("Hello\nAnna Kowalska\n\nOn 16 Nov 2026, X wrote:\n> hi\n")) == []
    assert _places(_text("Hello\n\nOn 16 Nov 2026, Anna Kowalska wrote:\n> hi\n")) == ["hidden 1/quoted"]


QUOTES = {
    "header block": "Hello\n\nFrom: Anna Kowalska\nSent: 16 Nov 2026\nTo: x\nSubject: y\n\nhi",
    "header block de": "Hallo\n\nVon: X\nGesendet: 16. Nov. 2026\nAn: Anna Kowalska\nBetreff: y\n\nhi",
    "separator": "Hello\n\n-----Original Message-----\nFrom: X\nhi\nAnna Kowalska",
    "rule": f"Hello\n\n{'_' * 32}\nOd: Anna Kowalska\nhi",
    "attribution without marks": "Hello\n\nOn 16 Nov 2026 15:04 x@y.example wrote:\n\nhi\nAnna Kowalska",
    "wrapped attribution": "Hello\n\nOn 16 Nov 2026 at 15:04 Anna\nKowalska wrote:\n> hi",
    "wrapped before its address": "Hello\n\nOn 16 Nov 2026 at 15:04, Anna Kowalska\nabcdefgh@relay.example:\n> hi",
    "wrapped before its address, no date": "Hello\n\nLundi Anna Kowalska a écrit\nabcdefgh@relay.example:\n> hi",
    "wrapped in brackets": "Hello\n\nAnna Kowalska <\nabcdefgh@relay.example:\n> hi",
    "bars": "On 16 Nov 2026, x@y.example wrote:\n| hi\n| Anna Kowalska\n\nBye",
    "over lines": "Hello\n\n> I am Anna\n> Kowalska\n",
    "other order of words": "Hello\n\n> I am KOWALSKA, ANNA\n",
    "no marks on letters": "Hello\n\n> I am A\u0301nna Kowalska\n",
}


@pytest.mark.parametrize("text", QUOTES.values(), ids=QUOTES.keys())
def test_class_H_counts_in_everything_that_is_quoted(text: str) -> None:
    secrets = replace(SECRETS, hidden=("Anna Kowalska", "Kowalska Anna"))
    assert _places(_text(text), secrets) == ["hidden 1/quoted"]
    html = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))
    assert _places(a_composition(body=Body(html=html)), secrets) == ["hidden 1/quoted"]


@pytest.mark.parametrize(
    "text",
    [
        "From: now on\nI am Anna Kowalska",
        "Call me at 15:00:\nAnna Kowalska",
        "Order: 213\nDate: 16 Nov\nName: Anna Kowalska",
        "On 16 Nov 2026, x@y.example wrote:\n<snip>\n> hi\n\nBye, Anna Kowalska",
        "On 16 Nov 2026, x@y.example wrote:\n| hi\n| hello\n\nBye, Anna Kowalska",
        "| a | Anna Kowalska |\n| b | c |",
        # An alias without a digit is drawn once in forty.
        "Bye\nAnna Kowalska, +48 600 123 456\nabcdefgh@relay.example:\n> hi",
    ],
)
def test_T58_class_H_does_not_count_in_what_only_looks_like_a_quote(text: str) -> None:
    assert _places(_text(text)) == []


def test_class_H_counts_in_quotes_of_html() -> None:
    assert _places(a_composition(body=Body(html="<p>I am Anna Kowalska</p>"))) == []
    assert _places(a_composition(body=Body(html="<blockquote><b>Anna</b> Kowalska</blockquote>"))) != []
    assert _places(a_composition(body=Body(html="<blockquote>An<b>na</b> Kowalska</blockquote>"))) != []
    assert _places(a_composition(body=Body(html="<blockquote>Anna<br>Kowalska</blockquote>"))) != []
    assert _places(a_composition(body=Body(html='<blockquote><p title="Anna Kowalska">x</p></blockquote>'))) != []
    assert _places(a_composition(body=Body(html='<blockquote><p title="<b> > Anna Kowalska">x</p></blockquote>'))) != []


def test_T58_class_H_does_not_count_below_a_quote_of_html() -> None:
    html = '<blockquote><p title="x">Hi</p><blockquote>x</blockquote></blockquote><div title="y">Anna Kowalska</div>'
    assert _places(a_composition(body=Body(html=html))) == []


@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_class_H_counts_in_all_of_the_text_of_a_mail_inside(encoding: str) -> None:
    text = "Hello, it is me.\r\nAnna Kowalska\r\n"
    body = base64.b64encode(text.encode()).decode() if encoding == "base64" else text
    mail = f"From: x@y.example\r\nX: y\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}"
    attachment = Attachment(filename="a.eml", content_type="message/rfc822", octets=mail.encode())
    assert "hidden 2.0/inside" in _places(a_composition(attachments=(attachment,)))


@pytest.mark.parametrize(
    "name", ["BEGIN:VCARD\r\nFN:Anna Kowalska", "BEGIN:VCALENDAR\r\nATTENDEE;CN=Anna\r\n  Kowalska:x"]
)
def test_class_H_counts_in_all_of_a_card_or_calendar(name: str) -> None:
    attachment = Attachment(filename="a.txt", content_type="application/octet-stream", octets=name.encode())
    assert _places(a_composition(attachments=(attachment,))) == ["hidden 2/data"]


def test_places_never_hold_the_secret() -> None:
    composition = a_composition(subject=ADDRESS, body=Body(plain=ADDRESS, html=ADDRESS))
    places = _places(composition)
    assert places == ["routing /subject", "hidden /subject", "routing 1/text", "routing 2/text"]


def test_T60_what_can_not_be_looked_into_is_a_leak() -> None:
    nested = b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" * 5000
    attachment = Attachment(filename="m.eml", content_type="message/rfc822", octets=nested)
    assert any("not inspected" in place for place in _places(a_composition(attachments=(attachment,))))


def test_I10_a_fault_of_its_own_is_gate_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(leakgate, "_split_entity", fail)
    with pytest.raises(GateBroken):
        find_leaks(b"x", SECRETS, reader=OwnAddress("reader@reader.test"))


def test_K5_gate_and_masker_share_no_code() -> None:
    folder = Path(mailbridge.message.__file__ or "").parent
    allowed = {
        "leakgate": {"leaksearch", "leakforms", "leakplaces"},
        "leaksearch": set[str](),
        "leakforms": set[str](),
        "leakplaces": {"leakforms"},
    }
    for name, modules in allowed.items():
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        ours = {module for module in imported if module.startswith("mailbridge.message")}
        assert ours == {f"mailbridge.message.{module}" for module in modules}
    for path in folder.glob("*.py"):
        if path.stem not in allowed:
            text = path.read_text(encoding="utf-8")
            assert not any(f"{gate_module} import" in text for gate_module in allowed if gate_module != "leakgate")
