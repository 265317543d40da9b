"""Mails as people's clients write them, and the signing that their providers do: what tests arrange with.

`a_mail()` builds raw octets in the manner of one client, new or as a reply with its own way of quoting; `sign()` adds
an honest DKIM signature. Wording is ours; structure, header fields and quoting follow the clients. The signer is
written from RFC 6376 and shares no code with `mailbridge` or dkimpy, so that each can be the other's witness.
"""

import base64
import enum
import functools
import hashlib
import html
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_NUMBERS = itertools.count(1)
_SMTP = policy.SMTP.clone(max_line_length=76, cte_type="7bit")

#: what an honest provider signs (RFC 6376 §5.4.1); From twice, so that a second one breaks the signature
SIGNED_FIELDS = (
    "from from to cc subject date message-id reply-to in-reply-to references mime-version content-type"
    " content-transfer-encoding"
).split()


class Client(enum.Enum):
    """Mail clients whose manner is known here."""

    OUTLOOK = "Outlook 2016 to 2021 on Windows"
    OUTLOOK_NEW = "new Outlook and Outlook on the web"
    GMAIL = "Gmail on the web"
    APPLE_MAIL = "Apple Mail on macOS"
    IPHONE = "Mail on iPhone"
    THUNDERBIRD = "Thunderbird 128"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment."""

    name: str
    octets: bytes
    content_type: str = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The mail that a reply answers, as the answering client shows it."""

    author_name: str
    author: str
    to: str
    date: datetime
    subject: str
    message_id: str
    references: tuple[str, ...]
    text: str
    html: str | None

    @classmethod
    def read(cls, octets: bytes) -> "Original":
        """Read a mail the way a mail client does (standard library; the mail is one that the bridge composed)."""
        mail = message_from_bytes(octets, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        # policy.default leaves a space between two encoded words of one name, which RFC 2047 §6.2 forbids.
        [(encoded, addr_spec)] = getaddresses([str(message_from_bytes(octets)["From"])])
        name = str(make_header(decode_header(encoded)))
        plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
        date = mail["Date"].datetime
        assert isinstance(date, datetime)
        return cls(
            author_name=name,
            author=addr_spec,
            to=str(mail["To"]),
            date=date,
            subject=str(mail["Subject"] or ""),
            message_id=str(mail["Message-ID"] or "").strip(),
            references=tuple(str(mail["References"] or "").split()),
            text=plain.get_content().replace("\r\n", "\n") if plain is not None else "",
            html=rich.get_content() if rich is not None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person typed into a client."""

    #: addr-spec of the author's own mailbox
    author: str
    to: str
    text: str
    author_name: str = ""
    cc: tuple[str, ...] = ()
    subject: str = ""
    client: Client = Client.THUNDERBIRD
    answers: Original | None = None
    files: tuple[File, ...] = ()
    #: True: plain text only, where the client can be told so
    plain_only: bool = False
    date: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    #: further header fields, put on top as they are
    extra: tuple[tuple[str, str], ...] = ()
    #: with angle brackets; None: as the client makes them; "": the field is left out
    message_id: str | None = None


def a_mail(author: str, to: str, text: str, **more: object) -> bytes:
    """The octets, CRLF, of one mail; `more` are the other fields of `Draft`."""
    return write(Draft(author=author, to=to, text=text, **more))  # type: ignore[arg-type]  # field names and types are Draft's


def write(draft: Draft) -> bytes:
    """Write `draft` as its client does."""
    mail = EmailMessage(policy=_SMTP)
    for name, value in draft.extra:
        mail[name] = value
    mail["From"] = f'"{draft.author_name}" <{draft.author}>' if draft.author_name else draft.author
    mail["To"] = draft.to
    if draft.cc:
        mail["Cc"] = ", ".join(draft.cc)
    mail["Subject"] = _subject(draft)
    mail["Date"] = format_datetime(draft.date)
    message_id = draft.message_id if draft.message_id is not None else new_message_id(draft.client, draft.author)
    if message_id:
        mail["Message-ID"] = message_id
    if draft.answers is not None and draft.answers.message_id:
        mail["In-Reply-To"] = draft.answers.message_id
        mail["References"] = " ".join((*draft.answers.references, draft.answers.message_id))
    for name, value in _FINGERPRINTS[draft.client]:
        mail[name] = value
    _fill(mail, draft)
    return mail.as_bytes()


def new_message_id(client: Client, author: str) -> str:
    """A Message-ID in the manner of the client: most show the author's host or provider."""
    number, domain = next(_NUMBERS), author.rpartition("@")[2]
    token = hashlib.sha256(f"{number} {author}".encode()).hexdigest()
    return {
        Client.OUTLOOK: f"<{token[:6]}01dc5a$c1b0${number:08x}$@{domain}>",
        Client.OUTLOOK_NEW: f"<AM0PR04MB{number:04d}{token[:20].upper()}@AM0PR04MB{number:04d}.mail.{domain}>",
        Client.GMAIL: f"<CA{token[:30]}={token[30:40]}_{number}@mail.{domain}>",
        Client.APPLE_MAIL: f"<{token[:8]}-{token[8:12]}-4{token[12:15]}-{number:04d}-{token[20:32]}@{domain}>".upper(),
        Client.IPHONE: f"<{token[:8]}-{token[8:12]}-4{token[12:15]}-{number:04d}-{token[20:32]}@{domain}>".upper(),
        Client.THUNDERBIRD: f"<{token[:8]}-{token[8:12]}-{number:04x}-{token[12:24]}@{domain}>",
    }[client]


_FINGERPRINTS: dict[Client, tuple[tuple[str, str], ...]] = {
    Client.OUTLOOK: (
        ("X-Mailer", "Microsoft Outlook 16.0"),
        ("Thread-Index", "AQHcWgK2p0m3l0mJ0UuXo5y2T1d2Xw=="),
        ("Content-Language", "de"),
    ),
    Client.OUTLOOK_NEW: (
        ("Thread-Topic", "question"),
        ("Thread-Index", "AQHcWgNq4uW8l3eA4k2c8H1j5Zl9Bw=="),
        ("Accept-Language", "en-GB, en-US"),
        ("X-MS-Has-Attach", ""),
        ("x-ms-exchange-senderadcheck", "1"),
        ("x-originating-ip", "[198.51.100.77]"),
    ),
    Client.GMAIL: (("X-Gm-Message-State", "AOJu0YzQx7Xy0d7u1lXkqV"), ("X-Google-Smtp-Source", "AGHT+IHlq8b2")),
    Client.APPLE_MAIL: (("X-Mailer", "Apple Mail (2.3826.200.121)"),),
    Client.IPHONE: (("X-Mailer", "iPhone Mail (22B91)"),),
    Client.THUNDERBIRD: (("User-Agent", "Mozilla Thunderbird"), ("Content-Language", "en-US")),
}


def _subject(draft: Draft) -> str:
    if draft.answers is None or draft.subject:
        return draft.subject or "A question"
    prefix = {Client.OUTLOOK: "AW: ", Client.OUTLOOK_NEW: "Re: "}.get(draft.client, "Re: ")
    known = draft.answers.subject
    return known if re.match(r"(?i)(re|aw|odp|r|sv)\s*:", known) else prefix + known


def _fill(mail: EmailMessage, draft: Draft) -> None:
    plain = draft.text + _SIGN_OFFS.get(draft.client, "") + _quote_plain(draft)
    mail.set_content(plain.rstrip("\n") + "\n", cte="quoted-printable" if not plain.isascii() else None)
    if not draft.plain_only and draft.client is not Client.IPHONE:
        mail.add_alternative(_html(draft), subtype="html", cte="quoted-printable")
    for one in draft.files:
        maintype, _, subtype = one.content_type.partition("/")
        mail.add_attachment(one.octets, maintype=maintype, subtype=subtype, filename=one.name)


_SIGN_OFFS = {Client.IPHONE: "\n\nSent from my iPhone"}


def _quote_plain(draft: Draft) -> str:
    original = draft.answers
    if original is None:
        return ""
    if draft.client in (Client.OUTLOOK, Client.OUTLOOK_NEW):
        return f"\n\n{_outlook_block(original, draft)}\n\n{original.text}"
    quoted = "\n".join(("> " + line).rstrip() for line in original.text.rstrip("\n").split("\n"))
    return f"\n\n{attribution(original, draft.client)}\n\n{quoted}"


def _outlook_block(original: Original, draft: Draft) -> str:
    when = original.date.strftime("%A, %d %B %Y %H:%M")
    if draft.client is Client.OUTLOOK:
        return (
            f"Von: {original.author_name} <{original.author}> \nGesendet: {when}\n"
            f"An: {draft.author_name} <{draft.author}>\nBetreff: {original.subject}"
        )
    return (
        f"________________________________\nFrom: {original.author_name} <{original.author}>\nSent: {when}\n"
        f"To: {draft.author}\nSubject: {original.subject}"
    )


def attribution(original: Original, client: Client) -> str:
    """The line with which this client introduces a quote."""
    day, name = original.date, original.author_name or original.author
    if client is Client.GMAIL:
        return f"On {day:%a, %b} {day.day}, {day:%Y at %I:%M %p} {name} <{original.author}>\nwrote:"
    if client is Client.APPLE_MAIL:
        return f"> On {day.day} {day:%b %Y, at %H:%M}, {name} <{original.author}> wrote:"
    if client is Client.IPHONE:
        return f"> On {day.day} {day:%b %Y, at %H:%M}, {name} <{original.author}> wrote:\n> "
    return f"On {day:%m/%d/%y %H:%M}, {name} wrote:"


def _html(draft: Draft) -> str:
    paragraphs = [html.escape(part).replace("\n", "<br>\n") for part in draft.text.split("\n\n")]
    return _HTML[draft.client](draft, paragraphs)


def _outlook_html(draft: Draft, paragraphs: list[str]) -> str:
    body = "".join(
        f"<p class=MsoNormal>{text}<o:p></o:p></p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n" for text in paragraphs
    )
    original = draft.answers
    if original is not None:
        block = html.escape(_outlook_block(original, draft)).replace("\n", "<br>")
        body += (
            "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
            f"<p class=MsoNormal>{block}<o:p></o:p></p></div></div>\n{_original_html(original)}"
        )
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        '<meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--\np.MsoNormal {margin:0cm; '
        "font-size:11.0pt;}\n--></style></head><body lang=DE link=blue vlink=purple><div class=WordSection1>\n"
        f"{body}</div></body></html>\n"
    )


def _outlook_new_html(draft: Draft, paragraphs: list[str]) -> str:
    style = 'style="font-family: Aptos, Calibri, sans-serif; font-size: 12pt;"'
    body = "".join(f'<div class="elementToProof" {style}>{text}</div>\n' for text in paragraphs)
    original = draft.answers
    if original is not None:
        block = html.escape(_outlook_block(original, draft).partition("\n")[2]).replace("\n", "<br>")
        body += (
            '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">\n'
            f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{block}</font>'
            "<div>&nbsp;</div></div>\n"
            f"{_original_html(original)}"
        )
    charset = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    return f'<html><head>{charset}</head><body dir="ltr">{body}</body></html>\n'


def _gmail_html(draft: Draft, paragraphs: list[str]) -> str:
    body = '<div dir="ltr">' + "".join(f"<div>{text}</div><div><br></div>" for text in paragraphs) + "</div>"
    original = draft.answers
    if original is not None:
        line = html.escape(attribution(original, Client.GMAIL)).replace("\n", " ")
        address = html.escape(original.author)
        line = line.replace(address, f'<a href="mailto:{address}">{address}</a>')
        body += (
            f'<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{line}<br></div>'
            '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
            f'padding-left:1ex">{_original_html(original)}</blockquote></div>'
        )
    return body + "\n"


def _apple_html(draft: Draft, paragraphs: list[str]) -> str:
    body = "".join(f"<div>{text}</div><div><br></div>" for text in paragraphs)
    original = draft.answers
    if original is not None:
        line = html.escape(attribution(original, Client.APPLE_MAIL).removeprefix("> "))
        quoted = f"<div>{line}</div><br><div>{_original_html(original)}</div>"
        body += f'<div><br><blockquote type="cite">{quoted}</blockquote></div>'
    return (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>'
        f'<body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">{body}</body></html>\n'
    )


def _thunderbird_html(draft: Draft, paragraphs: list[str]) -> str:
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    original = draft.answers
    if original is not None:
        line = html.escape(attribution(original, Client.THUNDERBIRD))
        cite = html.escape(original.message_id.strip("<>"))
        body += (
            f'<div class="moz-cite-prefix">{line}<br></div>\n<blockquote type="cite" cite="mid:{cite}">'
            f"{_original_html(original)}</blockquote>\n"
        )
    return (
        '<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n'
        f"  </head>\n  <body>\n{body}  </body>\n</html>\n"
    )


_HTML = {
    Client.OUTLOOK: _outlook_html,
    Client.OUTLOOK_NEW: _outlook_new_html,
    Client.GMAIL: _gmail_html,
    Client.APPLE_MAIL: _apple_html,
    Client.IPHONE: _apple_html,
    Client.THUNDERBIRD: _thunderbird_html,
}


def _original_html(original: Original) -> str:
    if original.html is None:
        return html.escape(original.text).replace("\n", "<br>\n")
    inner = re.search(r"(?is)<body[^>]*>(.*)</body>", original.html)
    return inner[1] if inner else original.html


# --- signing -------------------------------------------------------------------------------------------------------


@functools.cache
def signing_key(name: str = "", *, bits: int = 2048) -> rsa.RSAPrivateKey:
    """One RSA key per name, drawn once per process."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def dkim_record(key: rsa.RSAPrivateKey) -> str:
    """The TXT record that stands at SELECTOR._domainkey.DOMAIN (RFC 6376 §3.6.1)."""
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


def sign(
    octets: bytes,
    domain: str,
    selector: str,
    key: rsa.RSAPrivateKey,
    *,
    fields: Sequence[str] = SIGNED_FIELDS,
    tags: str = "",
) -> bytes:
    """`octets` (CRLF) under a DKIM-Signature field, relaxed/relaxed, rsa-sha256 (RFC 6376 §3.4, §3.5).

    `tags` goes in as it is ("l=10; x=1; "), for signatures that are not so honest.
    """
    header, _, body = octets.partition(b"\r\n\r\n")
    present = _unfolded(header)
    body_hash = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode()
    unsigned = (
        f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector}; {tags}\r\n\th={':'.join(fields)};"
        f"\r\n\tbh={body_hash};\r\n\tb="
    )
    chosen = _fields_to_sign(present, fields)
    signed = b"".join(line + b"\r\n" for line in (*chosen, _relaxed_field(b"DKIM-Signature: " + unsigned.encode())))
    signature = base64.b64encode(key.sign(signed[:-2], padding.PKCS1v15(), hashes.SHA256())).decode()
    folded = "\r\n\t ".join(signature[start : start + 70] for start in range(0, len(signature), 70))
    return b"DKIM-Signature: " + unsigned.encode() + folded.encode() + b"\r\n" + octets


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376 §3.4.4."""
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def _unfolded(header: bytes) -> list[bytes]:
    return re.split(rb"\r\n(?![ \t])", header)


def _relaxed_field(line: bytes) -> bytes:
    # RFC 6376 §3.4.2
    name, _, value = line.partition(b":")
    return name.strip().lower() + b":" + re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip()


def _fields_to_sign(present: list[bytes], fields: Sequence[str]) -> list[bytes]:
    # RFC 6376 §5.4.2: several of one name are taken from the bottom up; one too many signs its absence.
    left: dict[bytes, list[bytes]] = {}
    for line in present:
        left.setdefault(line.partition(b":")[0].strip().lower(), []).append(line)
    chosen = (left[name].pop() for name in (one.encode().lower() for one in fields) if left.get(name))
    return [_relaxed_field(line) for line in chosen]
