"""Mails with canaries, one for each number: who writes, which carriers, in which structure, charset and encoding."""

import base64
import binascii
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from html import escape

from mailbridge.domain.parties import Role
from tests.builders import Client, Draft, File, Original, write
from tests.properties.canaries.carriers import CLIENT_MADE, DELIBERATE, Part, Piece, Scene
from tests.properties.canaries.decoder import forms_of_address, squeezed
from tests.properties.canaries.people import Pair, Person

_TEXTS = (
    "Hello, where is my parcel? Thank you and best regards.",
    "Guten Tag, die Lampe kommt morgen. Viele Grüße und schönen Tag!",
    "Dzień dobry, kiedy przyjdzie paczka? Pozdrawiam serdecznie, żółć.",
    "Buongiorno, è già partito il pacco? Così sapremo quando arriverà.",
    "Добрый день, когда придёт посылка?",
    "注文はいつ届きますか。",
)
_CHARSETS = (
    "utf-8 utf-8 utf-8 us-ascii iso-8859-1 iso-8859-2 windows-1252 windows-1250 iso-8859-15 koi8-r windows-1251 utf-16"
    " utf-7 iso-2022-jp shift_jis gb18030"
).split()
_DATE = datetime(2026, 11, 16, 9, tzinfo=UTC)
_STRUCTURES = ("plain", "plain", "html", "alternative", "alternative", "related", "nested", "two texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail, and what must not come out of it."""

    number: int
    pair: Pair
    author: Person
    octets: bytes
    #: names of what was planted
    carriers: tuple[str, ...]
    is_deliberate: bool
    #: squeezed; the author's side, and the words made for this mail
    canaries: frozenset[str]
    #: True: class H stands in the author's own words too, and may stay there
    has_own_words: bool
    #: squeezed: what the author wrote himself and must come through
    own_words: tuple[str, ...]


def canaries_of(person: Person, *, with_hidden: bool = True) -> frozenset[str]:
    """Everything of this person that the other side may not see, squeezed."""
    found = {*forms_of_address(person.address), squeezed(person.domain)}
    if with_hidden:
        *_, last = person.name.split()
        first = person.name.removesuffix(last).strip()
        found |= {squeezed(person.name), squeezed(f"{last} {first}")}
        found.add("".join(filter(str.isdigit, person.phone))[-9:])
        found |= {squeezed(part) for part in person.postal.split(", ")}
    return frozenset(found)


def letter(
    seed: int,
    number: int,
    pairs: tuple[Pair, ...],
    aliases: Callable[[Pair, Role], str],
    received: Callable[[Person], Original | None] = lambda _: None,
) -> Letter:
    """The mail of this number.

    `aliases` tells the alias of a pair that stands for a role, `received` what a person got last and may answer.
    """
    chance = random.Random(f"{seed}/{number}")
    pair = chance.choice(pairs)
    author = pair.side(chance.choice((Role.BUYER, Role.SELLER)))
    scene = Scene(chance, author, readers_alias=aliases(pair, author.role.other))
    is_deliberate = chance.random() < 0.25
    names = chance.sample(list(CLIENT_MADE), chance.choice((1, 1, 2, 3)))
    names += [chance.choice(list(DELIBERATE))] if is_deliberate else []
    pieces = [(CLIENT_MADE | DELIBERATE)[name](scene) for name in names]
    has_own_words = chance.random() < 0.1
    text = chance.choice(_TEXTS)
    own = f"\n{author.name}, {author.phone}\n" if has_own_words else ""
    if chance.random() < 0.4:
        octets = _by_client(scene, pieces, f"{text}\n{own}", received)
        names.append("client")
    else:
        octets = _written(scene, pieces, f"{text}\n{own}")
    words = {squeezed(each) for each in scene.tokens}
    return Letter(
        number=number,
        pair=pair,
        author=author,
        octets=octets,
        carriers=tuple(names),
        is_deliberate=is_deliberate,
        canaries=canaries_of(author, with_hidden=not has_own_words) | words,
        has_own_words=has_own_words,
        own_words=tuple(squeezed(each) for each in (text, author.name if has_own_words else "") if each),
    )


def _by_client(scene: Scene, pieces: list[Piece], own: str, got: Callable[[Person], Original | None]) -> bytes:
    """As a known client writes it: an answer to what the author got, or to his own mail (P1)."""
    chance, author = scene.chance, scene.author
    answers = got(author) if chance.random() < 0.5 else None
    if answers is None:
        answers = Original(
            author_name=author.name,
            author=author.address,
            to=scene.readers_alias,
            date=_DATE,
            subject="Order",
            message_id=f"<{scene.token()}@{author.domain}>",
            references=(),
            text="\n".join(("Hello,", *author.hidden, scene.colleague())),
            html=f"<html><body><p>Hello</p><p>{'<br>'.join(map(escape, author.hidden))}</p></body></html>",
        )
    draft = Draft(
        author=author.address,
        author_name=chance.choice((author.name.replace('"', ""), "")) if author.name.isascii() else "",
        to=scene.readers_alias,
        text=own + "".join(piece.new for piece in pieces) + "\n".join(piece.quote for piece in pieces),
        client=chance.choice(list(Client)),
        answers=answers,
        files=tuple(
            File(name=part.name, octets=part.octets, content_type=part.content_type.partition(";")[0])
            for piece in pieces
            for part in piece.parts
            if part.name and not part.content_type.startswith("message/")
        ),
        plain_only=chance.random() < 0.2,
        date=_DATE,
        message_id=f"<{scene.token()}@{author.domain}>",
        subject="Order" if chance.random() < 0.2 else "",
    )
    header = "".join(f"{_ascii(each)}\r\n" for piece in pieces for each in piece.fields if each[:8] != "Subject:")
    return header.encode() + write(draft)


def _written(scene: Scene, pieces: list[Piece], own: str) -> bytes:
    chance = scene.chance
    new = own + "".join(piece.new for piece in pieces)
    quote = "\n".join(piece.quote for piece in pieces if piece.quote)
    plain = f"{new}\n{quote}" if quote else new
    html_pieces = "".join(piece.html for piece in pieces)
    quoted_html = f"<blockquote type=cite>{escape(quote).replace(chr(10), '<br>')}</blockquote>" if quote else ""
    page = f"<p>{escape(new).replace(chr(10), '<br>')}</p>{html_pieces}{quoted_html}"
    html = f"<html><head></head><body>{page}</body></html>"
    structure = chance.choice(_STRUCTURES)
    if html_pieces and structure == "plain":
        structure = "alternative"
    content = _structured(chance, structure, plain, html, [part for piece in pieces for part in piece.parts])
    if any(piece.wrapping == "signed" for piece in pieces):
        content = content.replace(b"multipart/mixed", b'multipart/signed; protocol="application/x"', 1)
    return _header(scene, pieces) + content


def _header(scene: Scene, pieces: list[Piece]) -> bytes:
    author, chance = scene.author, scene.chance
    fields = [each for piece in pieces for each in piece.fields]
    # Of some fields there may be one only.
    given = {each.partition(":")[0].lower() for each in fields}
    named = chance.choice((f"{_encoded(author.name)} <{author.address}>", author.address))
    lines = [*fields, f"From: {named}", f"To: {scene.readers_alias}"]
    if "subject" not in given:
        lines.append(f"Subject: {_encoded(chance.choice(('Order', 'Frage zur Lampe', 'Zamówienie żółte')))}")
    lines.append("Date: Mon, 16 Nov 2026 10:00:00 +0100")
    lines.append(f"Message-ID: <{scene.token()}@{scene.token()}.{author.domain}>")
    lines.append("MIME-Version: 1.0")
    return "".join(f"{_ascii(line)}\r\n" for line in lines).encode()


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8").encode(linesep="\r\n")


def _ascii(line: str) -> str:
    name, _, body = line.partition(": ")
    return line if line.isascii() else f"{name}: {_encoded(body)}"


def _structured(chance: random.Random, structure: str, plain: str, html: str, parts: list[Part]) -> bytes:
    text = _text(chance, "plain", plain)
    page = _text(chance, "html", html)
    match structure:
        case "plain":
            body = text
        case "html":
            body = page
        case "two texts":
            body = _multipart(chance, "mixed", [text, page])
        case "nested":
            inner = _multipart(chance, "alternative", [text, page])
            body = _multipart(chance, "mixed", [_multipart(chance, "mixed", [inner])])
        case "related":
            body = _multipart(chance, "alternative", [text, _multipart(chance, "related", [page])])
        case _:
            body = _multipart(chance, "alternative", [text, page])
    return _multipart(chance, "mixed", [body, *(_file(chance, part) for part in parts)]) if parts else body


def _multipart(chance: random.Random, kind: str, parts: list[bytes]) -> bytes:
    boundary = f"b{chance.randrange(10**12)}".encode()
    pieces = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode(), boundary)
        + pieces
        + b"--"
        + boundary
        + b"--\r\n"
    )


def _text(chance: random.Random, subtype: str, text: str) -> bytes:
    charset = chance.choice(_CHARSETS)
    try:
        octets = text.replace("\n", "\r\n").encode(charset)
    except UnicodeError:
        charset = "utf-8"
        octets = text.replace("\n", "\r\n").encode(charset)
    must_be_encoded = charset in {"utf-16"} or b"\x1b" in octets
    encoding = chance.choice(
        ("base64", "quoted-printable") if must_be_encoded else ("base64", "quoted-printable", "8bit")
    )
    encoders: dict[str, Callable[[bytes], bytes]] = {"base64": _base64, "quoted-printable": _quoted_printable}
    encoded = encoders[encoding](octets) if encoding in encoders else octets
    header = f"Content-Type: text/{subtype}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return header.encode() + encoded


def _base64(octets: bytes) -> bytes:
    return base64.encodebytes(octets).replace(b"\n", b"\r\n")


def _quoted_printable(octets: bytes) -> bytes:
    return binascii.b2a_qp(octets, istext=True)


def _file(chance: random.Random, part: Part) -> bytes:
    name = chance.choice(('filename="{}"', "filename*=utf-8''{}"))
    shown = ""
    if part.name:
        from urllib.parse import quote

        is_extended = "*" in name
        written = quote(part.name, safe="") if is_extended else _encoded(part.name)
        shown = f"; {name.format(written)}"
    fields = [f"Content-Type: {part.content_type}", *part.fields]
    fields.append(f"Content-Disposition: {'inline' if part.is_inline else 'attachment'}{shown}")
    is_mail = part.content_type == "message/rfc822"
    fields.append(f"Content-Transfer-Encoding: {'8bit' if is_mail else 'base64'}")
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + (part.octets if is_mail else _base64(part.octets))
