"""What carries canaries: header fields, quotes of every client and language, HTML, links, files, signatures.

A carrier of `CLIENT_MADE` is what programs put into honest mail; one of `DELIBERATE` is what a person writes on purpose
to be reached. Each returns a `Piece` or several: what to add to the text, to the HTML, to the header, and which files.
"""

import base64
import binascii
import quopri
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from tests.properties.canaries.people import Person, token


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file as it stands in the mail."""

    content_type: str
    octets: bytes
    name: str = ""
    #: further fields of its header, without line ends
    fields: tuple[str, ...] = ()
    is_inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a carrier adds to a mail."""

    #: quoted or at least not the author's own words: stands below the new text
    quote: str = ""
    #: the author's own words
    new: str = ""
    #: in HTML only, below the quote
    html: str = ""
    #: header fields, without line ends
    fields: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    #: further canaries: words made for this mail
    tokens: tuple[str, ...] = ()
    #: "" or how the whole is wrapped: "signed"
    wrapping: str = ""


@dataclass(slots=True)
class Scene:
    """Who writes, and the dice."""

    chance: random.Random
    author: Person
    #: aliases: of the reader as the author knows him, and of the author as the reader knows him
    readers_alias: str
    tokens: list[str] = field(default_factory=list)

    def token(self) -> str:
        """A new canary word."""
        made = token(self.chance)
        self.tokens.append(made)
        return made

    def address(self) -> str:
        """The author's address as programs write it."""
        address = self.author.address
        return self.chance.choice((address, address, address.lower(), address.upper(), address.title()))

    def colleague(self) -> str:
        """A mailbox of the author's domain that is not on record."""
        return f"{self.token()}@{self.author.domain}"

    def host(self) -> str:
        """A host that only this mail's trace names."""
        return f"mx.{self.token()}.test"


Carrier = Callable[[Scene], Piece]

# --- quotes --------------------------------------------------------------------------------------------------------

ATTRIBUTIONS = (
    "On Mon, Nov 16, 2026 at 3:04 PM {name} <{addr}> wrote:",
    "On Mon, Nov 16, 2026 at 3:04 PM {name}\n<{addr}> wrote:",
    "On 16 Nov 2026, at 15:04, {name} <{addr}> wrote:",
    "On 11/16/26 15:04, {name} wrote:",
    "Am Mo., 16. Nov. 2026 um 15:04 Uhr schrieb {name} <{addr}>:",
    "Am 16.11.26 um 15:04 schrieb {name}:",
    "pon., 16 lis 2026 o 15:04 {name} <{addr}> napisał(a):",
    "W dniu 16.11.2026 o 15:04, {name} pisze:",
    "Il giorno lun 16 nov 2026 alle ore 15:04 {name} <{addr}> ha scritto:",
    "Le lun. 16 nov. 2026 à 15:04, {name} <{addr}> a écrit :",
    "El lun, 16 nov 2026 a las 15:04, {name} (<{addr}>) escribió:",
    "Op ma 16 nov 2026 om 15:04 schreef {name} <{addr}>:",
    "Den mån 16 nov. 2026 kl 15:04 skrev {name} <{addr}>:",
    "Den man. 16. nov. 2026 kl. 15.04 skrev {name} <{addr}>:",
    "Em seg., 16 de nov. de 2026 às 15:04, {name} <{addr}> escreveu:",
    "po 16. 11. 2026 v 15:04 odesílatel {name} <{addr}> napsal:",
    "{name} <{addr}> ezt írta (időpont: 2026. nov. 16., H, 15:04):",
    "ma 16. marrask. 2026 klo 15.04 {name} ({addr}) kirjoitti:",
    "În lun., 16 nov. 2026 la 15:04, {name} <{addr}> a scris:",
    "пн, 16 нояб. 2026 г. в 15:04, {name} <{addr}>:",
    "пн, 16 лист. 2026 р. о 15:04 {name} <{addr}> пише:",
    "2026年11月16日(月) 15:04 {name} <{addr}>:",
    '16.11.2026, 15:04, "{name}" <{addr}>:',
)
HEADERS = (
    ("From: {name} <{addr}>", "Sent: Monday, 16 November 2026 15:04", "To: {alias}", "Subject: RE: Order"),
    ("From: {name} [mailto:{addr}]", "Sent: 16 November 2026 15:04", "To: 'Market' <{alias}>", "Subject: Order"),
    ("Von: {name} <{addr}>", "Gesendet: Montag, 16. November 2026 15:04", "An: {alias}", "Betreff: Bestellung"),
    ("Od: {name} <{addr}>", "Wysłano: poniedziałek, 16 listopada 2026 15:04", "Do: {alias}", "Temat: Zamówienie"),
    ("Da: {name} <{addr}>", "Inviato: lunedì 16 novembre 2026 15:04", "A: {alias}", "Oggetto: Ordine"),
    ("De : {name} <{addr}>", "Envoyé : lundi 16 novembre 2026 15:04", "À : {alias}", "Objet : Commande"),
    ("De: {name} <{addr}>", "Enviado: lunes, 16 de noviembre de 2026 15:04", "Para: {alias}", "Asunto: Pedido"),
    ("Van: {name} <{addr}>", "Verzonden: maandag 16 november 2026 15:04", "Aan: {alias}", "Onderwerp: Order"),
    ("Från: {name} <{addr}>", "Skickat: den 16 november 2026 15:04", "Till: {alias}", "Ämne: Order"),
    ("От: {name} <{addr}>", "Отправлено: 16 ноября 2026 г. 15:04", "Кому: {alias}", "Тема: Заказ"),
)
SEPARATORS = (
    "-----Original Message-----",
    "-----Ursprüngliche Nachricht-----",
    "-----Oryginalna wiadomość-----",
    "________________________________",
    "",
)


def _names(scene: Scene) -> dict[str, str]:
    return {"name": scene.author.name, "addr": scene.address(), "alias": scene.readers_alias}


def attribution(scene: Scene) -> Piece:
    """P1: follow-up on one's own mail, by a program that marks quotes."""
    line = scene.chance.choice(ATTRIBUTIONS).format(**_names(scene))
    words = scene.chance.choice(("I sent it on Monday.", f"Regards, {scene.author.name}", f"Tel. {scene.author.phone}"))
    marks = scene.chance.choice(("> ", ">", "> > "))
    return Piece(quote=f"{line}\n" + "".join(f"{marks}{text}\n" for text in ("Hello,", words, scene.author.postal)))


def header_block(scene: Scene) -> Piece:
    """P2: Outlook's header above an unmarked quote."""
    block = "\n".join(scene.chance.choice(HEADERS)).format(**_names(scene))
    separator = scene.chance.choice(SEPARATORS)
    return Piece(quote=f"{separator}\n{block}\n\nHello,\n{scene.author.name}\n{scene.author.phone}\n")


def signature_in_quote(scene: Scene) -> Piece:
    """An old signature in a quote, over lines."""
    first, _, rest = scene.author.name.partition(" ")
    lines = (f"{first}", f"{rest}, {scene.author.phone}", *scene.author.postal.split(", "), scene.address())
    return Piece(quote="".join(f"> {line}\n" for line in ("-- ", *lines)))


def full_header_in_quote(scene: Scene) -> Piece:
    """What "view source" shows, pasted below."""
    host = scene.host()
    lines = (f"Received: from {host} ([203.0.113.77])", f"Message-ID: <{scene.token()}@{scene.author.domain}>")
    trace = (f"Received: from {host} (unknown) by x; Mon, 16 Nov 2026 10:00:00 +0000",)
    return Piece(quote="".join(f"> {line}\n" for line in (*lines, f"Return-Path: {scene.address()}")), fields=trace)


# --- HTML ----------------------------------------------------------------------------------------------------------


def html_quote(scene: Scene) -> Piece:
    """The same in the HTML of a client."""
    names = {key: escape(value) for key, value in _names(scene).items()}
    link = f'<a href="mailto:{names["addr"]}">{names["addr"]}</a>'
    line = escape(scene.chance.choice(ATTRIBUTIONS)).format(**{**names, "addr": link}).replace("\n", " ")
    if scene.chance.random() < 0.15:
        return Piece(html=f"<pre>{line}\n&gt; Hello\n&gt; {names['name']}\n&gt; {escape(scene.author.phone)}</pre>")
    quote_of = scene.chance.choice(_HTML_QUOTES)
    inner = f"<p>Hello</p><p>{names['name']}<br>{escape(scene.author.phone)}</p>"
    return Piece(html=quote_of.format(line=line, inner=inner))


_HTML_QUOTES = (
    '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{line}<br></div><blockquote class="gmail_quote"'
    ' style="border-left:1px solid #ccc">{inner}</blockquote></div>',
    '<div class="moz-cite-prefix">{line}<br></div><blockquote type="cite" cite="mid:x">{inner}</blockquote>',
    '<br><blockquote type="cite"><div>{line}</div><br>{inner}</blockquote>',
    '<div class="yahoo_quoted"><div>{line}</div><blockquote>{inner}</blockquote></div>',
    '<div class="protonmail_quote">{line}<br><blockquote class="protonmail_quote">{inner}</blockquote></div>',
)


def html_header_block(scene: Scene) -> Piece:
    """Outlook's header in HTML."""
    block = [escape(each.format(**_names(scene))) for each in scene.chance.choice(HEADERS)]
    bold = "<br>".join(f"<b>{each.partition(':')[0]}:</b>{each.partition(':')[2]}" for each in block)
    start = scene.chance.choice(
        (
            "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>",
            '<hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><p>',
        )
    )
    return Piece(html=f"{start}{bold}</p></div><p>Hi</p><p>{escape(scene.author.name)}</p>")


def html_hidden(scene: Scene) -> Piece:
    """Comments, attributes, style, meta, Word's XML, preheaders, data attributes (T-54)."""
    address = escape(scene.address())
    forms = (
        f"<!-- {address} -->",
        f"<p data-owner='{address}'>x</p>",
        f"<style>/* {address} */ p {{ background: url(https://x.test/{quote(address)}) }}</style>",
        f"<meta name=author content='{address}'>",
        f"<!--[if gte mso 9]><xml><o:Author>{address}</o:Author></xml><![endif]-->",
        f"<blockquote><img src='cid:none' alt='{address}' title='{address}'></blockquote>",
        f'<blockquote><p title="{"".join(f"&#{ord(c)};" for c in scene.author.address)}">x</p></blockquote>',
        f"<blockquote>{address.replace('@', '<wbr>@')}</blockquote>",
        f"<base href='https://{scene.host()}/'><p>x</p>",
    )
    return Piece(html=scene.chance.choice(forms))


def tracking_pixel(scene: Scene) -> Piece:
    """A picture that is fetched from a host of the author's side."""
    host = f"track.{scene.token()}.test"
    url = f"https://{host}/p.gif?u={quote(scene.author.address)}"
    return Piece(html=scene.chance.choice((f'<img src="{url}" width=1 height=1>', f"<td background='{url}'>x</td>")))


# --- links (P19) ---------------------------------------------------------------------------------------------------


def wrapped_link(scene: Scene) -> Piece:
    """A link that the author's mail filter rewrote, in what he quotes."""
    target = "https://market.example/orders/1?a=b&c=d"
    address = scene.author.address
    links = (
        f"https://eur02.safelinks.protection.outlook.com/?url={quote(target, safe='')}&data=05%7C02%7C"
        f"{quote(address, safe='')}%7C0a1b2c%7C0&sdata=x%3D&reserved=0",
        f"https://urldefense.proofpoint.com/v1/url?u={quote(target, safe='')}&k=x&r={quote(address)}",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__market.example_orders_1-3Fa-3Db&d=x&e="
        + quote(address).replace("%", "-"),
        f"https://urldefense.com/v3/__https://market.example/orders/1?e={address}__;!!x!y$",
        f"https://linkprotect.cudasvc.com/url?a={quote(target, safe='')}&c=E,1,{quote(address, safe='')}",
        f"https://eu.protection.sophos.com/?d=x&u={base64.b64encode(target.encode()).decode()}&e={address}",
        f"https://unknown-filter.test/l?u={quote(target, safe='')}&rcpt={quote(address, safe='')}",
        f"https://unknown-filter.test/l/{base64.urlsafe_b64encode(f'rcpt={address}'.encode()).decode()}",
    )
    link = scene.chance.choice(links)
    return Piece(quote=f"> see {link}\n", html=f'<blockquote><a href="{escape(link)}">{escape(link)}</a></blockquote>')


# --- header fields (T-48, T-49) ------------------------------------------------------------------------------------


def header_fields(scene: Scene) -> Piece:
    """Every field that names the author's side."""
    address, host, word = scene.address(), scene.host(), scene.token()
    fields = (
        f"Received: from {host} ([203.0.113.9]) by mx.{word}.test for <{address}>; Mon, 16 Nov 2026 10:00:00 +0000",
        f"Return-Path: <{address}>",
        f"Sender: {address}",
        f"Resent-From: {address}",
        "X-Originating-IP: [203.0.113.200]",
        f"X-Sender: {address}",
        f"X-Mailer: {word} Mail 11.2",
        f"User-Agent: {word}/5.0 (build 7)",
        f"Organization: {word}",
        f"X-Google-Original-From: {address}",
        f"X-MS-Exchange-Organization-AuthAs: {word}",
        f"Thread-Topic: {word}",
        f"Autocrypt: addr={address}; keydata={base64.b64encode(address.encode()).decode()}",
        f"OpenPGP: id={word}; url=https://{host}/k",
        f"Disposition-Notification-To: {address}",
        f"X-Original-To: {address}",
        f"X-Forwarded-For: {address}",
        f"Comments: {scene.author.name}",
        f"Keywords: {word}",
        f"Content-Location: https://{host}/",
        f"Cc: {scene.author.name} <{address}>",
    )
    return Piece(fields=tuple(scene.chance.sample(fields, 6)))


def subject(scene: Scene) -> Piece:
    """Names and addresses that clients put into subjects."""
    words = scene.chance.choice((scene.author.name, scene.address(), scene.author.phone))
    return Piece(fields=(f"Subject: Question of {words}",))


# --- files (T-55 to T-57) ------------------------------------------------------------------------------------------


def file_name(scene: Scene) -> Piece:
    """Names of files and content ids."""
    stem = scene.chance.choice(
        (scene.author.name, scene.address(), f"Invoice {scene.author.name} {scene.author.phone}")
    )
    octets = b"\x89PNG\r\n\x1a\n" + scene.chance.randbytes(60)
    content_id = f"Content-ID: <{scene.token()}@{scene.author.domain}>"
    described = f"Content-Description: {scene.token()}"
    return Piece(
        parts=(Part(content_type="image/png", octets=octets, name=f"{stem}.png", fields=(content_id, described)),)
    )


def calendar(scene: Scene) -> Piece:
    """An invitation (P9)."""
    person = scene.author
    lines = (
        "BEGIN:VCALENDAR",
        f"PRODID:-//{scene.token()}//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:{scene.token() + '@' + person.domain if scene.chance.random() < 0.3 else 'u-1'}",
        "DTSTART:20261120T100000Z",
        f'ORGANIZER;CN="{person.name}":mailto:{scene.address()}',
        f"ATTENDEE;RSVP=TRUE:mailto:{scene.readers_alias}",
        f"SUMMARY:Visit of {person.name}",
        f"DESCRIPTION:Call {person.phone}\\n{scene.address()}\\n{person.postal}",
        f"X-OWNER:{scene.token()}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    folded = "\r\n".join("\r\n ".join(line[at : at + 60] for at in range(0, len(line), 60)) for line in lines) + "\r\n"
    kind = scene.chance.choice(("text/calendar; charset=utf-8; method=REQUEST", "application/ics"))
    return Piece(parts=(Part(content_type=kind, octets=folded.encode(), name="invite.ics"),))


def card(scene: Scene) -> Piece:
    """A contact card."""
    person = scene.author
    text = (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{person.name}\r\nEMAIL:{person.address}\r\nTEL:{person.phone}\r\n"
        f"ADR:;;{person.postal}\r\nX-ID:{scene.token()}\r\nEND:VCARD\r\n"
    )
    kind = scene.chance.choice(("text/vcard; charset=utf-8", "text/x-vcard", "application/octet-stream"))
    return Piece(parts=(Part(content_type=kind, octets=text.encode(), name="card.vcf"),))


def mail_inside(scene: Scene) -> Piece:
    """A mail as a file: forwarded, or out of a digest."""
    person = scene.author
    marks = scene.chance.choice(("> ", ""))
    body = f"Hello\r\n\r\n{marks}{person.name}, {person.phone}\r\n{marks}{scene.address()}\r\n"
    inner = (
        f"Received: from {scene.host()} by x; Mon, 16 Nov 2026 10:00:00 +0000\r\n"
        f"From: {person.name} <{person.address}>\r\n"
        f"To: {scene.colleague()}\r\nSubject: Offer of {person.name}\r\nDate: Mon, 16 Nov 2026 10:00:00 +0000\r\n"
        f"Message-ID: <{scene.token()}@{person.domain}>\r\nX-Mailer: {scene.token()} 1.2.3\r\nMIME-Version: 1.0\r\n"
    )
    encoded = base64.encodebytes(body.encode()).decode().replace("\n", "\r\n")
    inner += scene.chance.choice(
        (
            f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}",
            f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}",
        )
    )
    depth = scene.chance.choice((0, 0, 1))
    octets = inner.encode()
    for _ in range(depth):
        octets = b"From: x@third.test\r\nSubject: fwd\r\nContent-Type: message/rfc822\r\n\r\n" + octets
    kind, name = scene.chance.choice((("message/rfc822", ""), ("application/octet-stream", "mail.eml")))
    return Piece(parts=(Part(content_type=kind, octets=octets, name=name),))


def report(scene: Scene) -> Piece:
    """What a server reported of a mail, passed on as a file."""
    person = scene.author
    lines = (
        f"Reporting-MTA: dns; {scene.host()}",
        f"X-Sender-Name: {person.name}",
        "",
        f"Final-Recipient: rfc822; {scene.address()}",
        "Action: failed",
        "Status: 5.1.1",
        f"Diagnostic-Code: smtp; 550 {person.name} <{scene.colleague()}> is gone, call {person.phone}",
    )
    host = lines[0].partition("dns; ")[2]
    octets = "".join(f"{line}\r\n" for line in lines).encode()
    trace = (f"Received: from {host} ([203.0.113.8]) by x; Mon, 16 Nov 2026 10:00:00 +0000",)
    return Piece(parts=(Part(content_type="message/delivery-status", octets=octets, name="report.txt"),), fields=trace)


def text_file(scene: Scene) -> Piece:
    """A note, a table or a page with the address in it."""
    person = scene.author
    kind, name, text = scene.chance.choice(
        (
            ("text/plain; charset=utf-8", "notes.txt", f"write to {person.address}\n> {person.name}\n"),
            ("text/csv", "table.csv", f"id;mail\r\n1;{person.address}\r\n"),
            ("text/html", "page.html", f"<html><!-- {person.address} --><p>Hi</p></html>"),
            ("application/json", "data.json", f'{{"mail": "{person.address}", "note": "a\\nb"}}'),
            ("application/octet-stream", "log.txt", f"from {scene.colleague()} to x"),
        )
    )
    return Piece(parts=(Part(content_type=kind, octets=text.encode(), name=name),))


# --- signatures (T-56) ---------------------------------------------------------------------------------------------


def signature_part(scene: Scene) -> Piece:
    """A detached signature with a certificate or key in it."""
    der = b"\x30\x82\x01\x00" + scene.author.name.encode() + b"\x16\x20" + scene.author.address.encode() + bytes(40)
    kind, name, octets = scene.chance.choice(
        (
            ("application/pkcs7-signature; name=smime.p7s", "smime.p7s", der),
            ("application/pgp-signature", "signature.asc", _armour("SIGNATURE", scene.author.address.encode())),
        )
    )
    return Piece(parts=(Part(content_type=kind, octets=octets, name=name),), wrapping="signed")


def key_file(scene: Scene) -> Piece:
    """A public key that the client attaches (P7)."""
    uid = f"{scene.author.name} <{scene.author.address}>".encode()
    kind = scene.chance.choice(("application/pgp-keys", "text/plain", "application/octet-stream"))
    armour = _armour("PUBLIC KEY BLOCK", bytes(20) + uid + bytes(20))
    return Piece(
        parts=(Part(content_type=kind, octets=armour, name=scene.chance.choice(("key.asc", "OpenPGP_0x1.asc"))),)
    )


def _armour(what: str, octets: bytes) -> bytes:
    text = base64.encodebytes(octets).decode().replace("\n", "\r\n")
    return f"-----BEGIN PGP {what}-----\r\n\r\n{text}-----END PGP {what}-----\r\n".encode()


CLIENT_MADE: dict[str, Carrier] = {
    "attribution": attribution,
    "header block": header_block,
    "signature in quote": signature_in_quote,
    "full header in quote": full_header_in_quote,
    "html quote": html_quote,
    "html header block": html_header_block,
    "html hidden": html_hidden,
    "tracking pixel": tracking_pixel,
    "wrapped link": wrapped_link,
    "header fields": header_fields,
    "subject": subject,
    "file name": file_name,
    "calendar": calendar,
    "card": card,
    "mail inside": mail_inside,
    "report": report,
    "text file": text_file,
    "signature part": signature_part,
    "key file": key_file,
}

# --- what a person does on purpose (T-53) --------------------------------------------------------------------------

DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "plain": lambda a, _: a,
    "upper": lambda a, _: a.upper(),
    "percent": lambda a, _: quote(a, safe=""),
    "percent twice": lambda a, _: quote(quote(a, safe=""), safe=""),
    "all percent": lambda a, _: "".join(f"%{ord(c):02X}" for c in a),
    "entities": lambda a, _: "".join(f"&#{ord(c)};" for c in a),
    "entities hexadecimal": lambda a, _: "".join(f"&#x{ord(c):x};" for c in a),
    "nested entity": lambda a, _: a.replace("@", "&amp;amp;#64;"),
    "zero width": lambda a, _: "\u200b".join(a),
    "soft hyphen": lambda a, _: a[:3] + "\u00ad" + a[3:],
    "full width": lambda a, _: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() or c == "@" else c for c in a),
    "(at) (dot)": lambda a, _: a.replace("@", " (at) ").replace(".", " (dot) "),
    "at dot": lambda a, _: a.replace("@", " at ").replace(".", " dot "),
    "[at]": lambda a, _: a.replace("@", "[at]"),
    "blanks around": lambda a, _: a.replace("@", " @ "),
    "spaced": lambda a, _: " ".join(a),
    "marks": lambda a, _: "\u0332".join(a),
    "look-alikes": lambda a, _: a.replace("a", "\u0430").replace("e", "\u0435").replace("o", "\u043e"),
    "wrapped": lambda a, chance: _cut(a, chance, "\n"),
    "base64": lambda a, chance: base64.b64encode(f"{'x' * chance.randint(0, 3)}{a}, yes".encode()).decode(),
    "base64 url": lambda a, _: "https://x.test/p/" + base64.urlsafe_b64encode(f"e={a}".encode()).decode(),
    "base64 twice": lambda a, _: base64.b64encode(base64.b64encode(a.encode())).decode(),
    "hexadecimal": lambda a, _: a.encode().hex(),
    "quoted-printable": lambda a, _: quopri.encodestring(a.replace("@", "=40").encode()).decode().replace("=3D", "="),
    "uuencode": lambda a, _: f"\nbegin 644 a.txt\n{binascii.b2a_uu(a.encode()[:45]).decode()}`\nend\n",
    "escapes": lambda a, _: a.replace("@", "\\u0040"),
    "before a dash": lambda a, _: f"{a}-yes",
    "name of a guest": lambda a, _: a.replace("@", "_") + "#EXT#@tenant.test",
    "return path of a list": lambda a, _: f"bounce+{a.replace('@', '=')}@lists.test",
}


def _cut(text: str, chance: random.Random, between: str) -> str:
    at = chance.randint(2, len(text) - 2)
    return text[:at] + between + text[at:]


def disguised(scene: Scene) -> Piece:
    """The address in the author's own words, in some disguise."""
    name = scene.chance.choice(list(DISGUISES))
    written = DISGUISES[name](scene.author.address.lower(), scene.chance)
    as_html = written if "entit" in name else escape(written)
    tags = scene.chance.random() < 0.3
    if tags and name in {"plain", "upper", "spaced"}:
        as_html = _cut(written, scene.chance, "<b></b>") if "&" not in as_html else as_html
    return Piece(new=f"Write to {written} please.\n", html=f"<p>Or to {as_html} as well</p>")


DELIBERATE: dict[str, Carrier] = {"disguised": disguised}
