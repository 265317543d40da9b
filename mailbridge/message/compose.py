"""Write a new mail from an allow-list: nothing of an incoming header survives by default (D10, T-48).

7-bit, CRLF, lines of at most 76, so that no hop re-encodes it after DKIM. Text stays readable 7-bit where it can,
else the shorter of quoted-printable and base64; files are base64 and byte-identical. Does not mask, and does not
sign.
"""

import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from mailbridge.domain.address import AliasAddress, OwnAddress
from mailbridge.domain.message import Attachment, Body
from mailbridge.domain.reply import DsnAction, EnhancedStatus
from mailbridge.message.headerlines import file_field, mailbox_field, references_field, text_field, token_field

_CRLF = "\r\n"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EXTRA_FIELDS = frozenset({"List-Unsubscribe", "List-Unsubscribe-Post"})

# What 7bit can carry unharmed: no long line, no bare control, no line that begins with "From " (mbox) or is one dot.
_FRAGILE = ("\nFrom ", "\n.\n", " \n", "\t\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MAX_LINE = 76
_BODY_START = re.compile(r"<body(?:\s[^>]*)?>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,30}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_CHARSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,30}")
_CONTENT_ID = re.compile(r"""cid:([^\s"'<>()]+)""")
_METHOD = re.compile(rb"^METHOD:([A-Za-z-]{1,20})\s*$", re.MULTILINE | re.IGNORECASE)
_MAX_METHOD_OCTETS = 65_536
_BASE64_LINE_OCTETS = 57


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryStatus:
    """What a DSN of ours reports (RFC 3464 §2): nothing of the other side's mailbox or host (T-51)."""

    #: our own name: the alias domain
    reporting_mta: str
    #: whom the failed mail was written to, as its author knows it
    final_recipient: AliasAddress
    action: DsnAction
    status: EnhancedStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Everything a mail of ours says. Ids, boundary and date are given: the same composition is the same octets."""

    from_: AliasAddress
    from_name: str = ""
    to: OwnAddress
    #: the marketplace's own address, where the conversation copies it
    cc: AliasAddress | None = None
    reply_to: AliasAddress | None = None
    subject: str
    #: aware
    date: datetime
    #: with angle brackets, as all ids here
    message_id: str
    in_reply_to: str | None = None
    #: thread root first, newest last
    references: tuple[str, ...] = ()
    body: Body
    attachments: tuple[Attachment, ...] = ()
    #: "auto-replied" or "auto-generated" (RFC 3834 §5); None for the words of a person
    auto_submitted: str | None = None
    #: set above and below the text, in both forms
    lead: Body | None = None
    footer: Body | None = None
    #: Content-Language; "" for none
    language: str = ""
    #: (name, value), names from EXTRA_FIELDS only
    extra_fields: tuple[tuple[str, str], ...] = ()
    #: makes the mail a multipart/report; None for any other mail
    delivery_status: DeliveryStatus | None = None
    #: drawn by the caller: letters and digits, 16 to 40
    boundary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What is kept of a mail that lies in another mail: everything in it is masked already."""

    from_name: str
    from_addr_spec: str
    subject: str
    #: aware; None where the mail did not say
    date: datetime | None
    body: Body
    attachments: tuple[Attachment, ...]
    #: as in `Composition`; part of no text in it
    boundary: str


def compose_enclosed(enclosed: Enclosed) -> bytes:
    """Return the octets of a mail that goes as a file inside another."""
    lines = [mailbox_field("From", enclosed.from_name, enclosed.from_addr_spec)]
    lines.append(text_field("Subject", enclosed.subject))
    if enclosed.date is not None:
        lines.append(f"Date: {_date(enclosed.date)}{_CRLF}")
    lines.append(token_field("Message-ID", [f"<{enclosed.boundary}@enclosed.invalid>"]))
    lines.append(f"MIME-Version: 1.0{_CRLF}")
    content = _content(enclosed.body, enclosed.attachments, enclosed.boundary)
    return "".join([*lines, *content]).encode("ascii")


def compose(composition: Composition) -> bytes:
    """Return the octets of the mail. Raises ValueError for an extra field that is not on the list."""
    body, status = _framed(composition), composition.delivery_status
    content = _content(body, composition.attachments, composition.boundary, status)
    return "".join([*_header(composition), *content]).encode("ascii")


def _header(composition: Composition) -> list[str]:
    lines = [mailbox_field("From", composition.from_name, composition.from_.addr_spec)]
    lines.append(mailbox_field("To", "", composition.to.addr_spec))
    if composition.cc is not None:
        lines.append(mailbox_field("Cc", "", composition.cc.addr_spec))
    if composition.reply_to is not None:
        lines.append(mailbox_field("Reply-To", "", composition.reply_to.addr_spec))
    lines.append(text_field("Subject", composition.subject))
    lines.append(f"Date: {_date(composition.date)}{_CRLF}")
    lines.append(token_field("Message-ID", [composition.message_id]))
    # RFC 6532 §3.2 lets an id hold any letter; in a 7-bit header such a one has no form and is left out.
    if composition.in_reply_to is not None and composition.in_reply_to.isascii():
        lines.append(token_field("In-Reply-To", [composition.in_reply_to]))
    references = tuple(identifier for identifier in composition.references if identifier.isascii())
    if references:
        lines.append(references_field(references))
    if composition.auto_submitted is not None:
        lines.append(f"Auto-Submitted: {composition.auto_submitted}{_CRLF}X-Auto-Response-Suppress: All{_CRLF}")
    for name, value in composition.extra_fields:
        if name not in EXTRA_FIELDS:
            raise ValueError(f"{name} is not a field we write")
        lines.append(token_field(name, value.split()))
    if composition.language:
        lines.append(token_field("Content-Language", [composition.language]))
    lines.append(f"MIME-Version: 1.0{_CRLF}")
    return lines


def _date(moment: datetime) -> str:
    """RFC 5322 §3.3, always UTC: a time zone is a trace (T-48)."""
    utc = moment.astimezone(UTC)
    return f"{_DAYS[utc.weekday()]}, {utc.day:02d} {_MONTHS[utc.month - 1]} {utc.year:04d} {utc:%H:%M:%S} +0000"


def _content(
    body: Body, attachments: tuple[Attachment, ...], boundary: str, report: DeliveryStatus | None = None
) -> list[str]:
    """The structure: text, alternative for two forms, related for images in the HTML, mixed for files."""
    shown = set(_CONTENT_ID.findall(body.html or ""))
    pictured = [a for a in attachments if a.content_id in shown]
    files = [a for a in attachments if a.content_id not in shown]
    entity = _text_entity(body, boundary, pictured)
    if report is not None:
        return _multipart("report; report-type=delivery-status", f"{boundary}s", [entity, _status_entity(report)])
    if not files:
        return entity
    return _multipart("mixed", f"{boundary}m", [entity, *(_file(attachment) for attachment in files)])


def _text_entity(body: Body, boundary: str, pictured: list[Attachment]) -> list[str]:
    if body.html is None:
        return _text("plain", body.plain or "")
    html = _text("html", body.html)
    if pictured:
        html = _multipart("related", f"{boundary}r", [html, *(_file(attachment) for attachment in pictured)])
    if body.plain is None:
        return html
    return _multipart("alternative", f"{boundary}a", [_text("plain", body.plain), html])


def _status_entity(report: DeliveryStatus) -> list[str]:
    """RFC 3464 §2.2 and §2.3: one group about the message, one about its one recipient."""
    return [
        f"Content-Type: message/delivery-status{_CRLF}{_CRLF}",
        f"Reporting-MTA: dns; {report.reporting_mta}{_CRLF}{_CRLF}",
        f"Final-Recipient: rfc822; {report.final_recipient.addr_spec}{_CRLF}",
        f"Action: {report.action.value}{_CRLF}Status: {report.status}{_CRLF}",
    ]


def _multipart(kind: str, boundary: str, parts: list[list[str]]) -> list[str]:
    pieces = [f'Content-Type: multipart/{kind};{_CRLF} boundary="{boundary}"{_CRLF}{_CRLF}']
    for part in parts:
        pieces.append(f"--{boundary}{_CRLF}")
        pieces += part
        pieces.append(_CRLF)
    pieces.append(f"--{boundary}--{_CRLF}")
    return pieces


def _framed(composition: Composition) -> Body:
    """Set lead and footer around the text, in each form it has."""
    body, lead, footer = composition.body, composition.lead or Body(), composition.footer or Body()
    plain = html = None
    if body.plain is not None or body.html is None:
        plain = "\n\n".join(text.strip("\n") for text in (lead.plain, body.plain, footer.plain) if text)
    if body.html is not None:
        html = _framed_html(body.html, _as_html(lead), _as_html(footer))
    return Body(plain=plain, html=html)


def _as_html(body: Body) -> str:
    if body.html is not None:
        return body.html
    return f"<p>{escape(body.plain).replace(chr(10), '<br>')}</p>" if body.plain else ""


def _framed_html(html: str, lead: str, footer: str) -> str:
    start = _BODY_START.search(html)
    if start is None:
        return f"<!DOCTYPE html>\n<html><body>\n{lead}\n{html}\n{footer}\n</body></html>"
    end = None
    for end in _BODY_END.finditer(html, start.end()):  # noqa: B007 - the last one counts
        pass
    cut = end.start() if end is not None else len(html)
    return f"{html[: start.end()]}{lead}{html[start.end() : cut]}{footer}{html[cut:]}"


def _text(subtype: str, text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        text += "\n"
    if _is_seven_bit(text):
        return [f"Content-Type: text/{subtype}; charset=us-ascii{_CRLF}{_CRLF}", text.replace("\n", _CRLF)]
    octets = text.replace("\n", _CRLF).encode("utf-8", "replace")
    encoding, encoded = _shorter(octets)
    return [
        f"Content-Type: text/{subtype}; charset=utf-8{_CRLF}Content-Transfer-Encoding: {encoding}{_CRLF}{_CRLF}",
        encoded,
    ]


def _is_seven_bit(text: str) -> bool:
    if not text.isascii():
        return False
    # "-- " ends in a blank and must: it marks a signature (RFC 3676 §4.3).
    text = f"\n{text}".replace("\n-- \n", "\n--\n")
    if any(fragile in text for fragile in _FRAGILE) or max(map(len, text.split("\n"))) > _MAX_LINE:
        return False
    return _CONTROLS.search(text) is None


def _shorter(octets: bytes) -> tuple[str, str]:
    """Quoted-printable takes 3 octets for each that is not ASCII, base64 4 for every 3 of all."""
    special = len(octets) - len(octets.translate(None, _SPECIAL_OCTETS))
    if special * 2 > len(octets) * 0.37:
        return "base64", _base64_lines(octets)
    return "quoted-printable", _quoted_printable(octets)


def _quoted_printable(octets: bytes) -> str:
    encoded = binascii.b2a_qp(octets, istext=True).decode("ascii")
    # b2a_qp leaves a "From " at the start of a line, which mbox writers change ...
    encoded = f"\n{encoded}".replace("\nFrom ", "\n=46rom ")[1:]
    # ... and writes =20 at the end of a line that is full already.
    lines = encoded.split(_CRLF)
    if max(map(len, lines)) <= _MAX_LINE:
        return encoded
    return _CRLF.join(line if len(line) <= _MAX_LINE else _broken_softly(line) for line in lines)


def _broken_softly(line: str) -> str:
    cut = _MAX_LINE - 1
    if "=" in line[cut - 2 : cut]:
        cut = line.rindex("=", 0, cut)
    return f"{line[:cut]}={_CRLF}{line[cut:]}"


_SPECIAL_OCTETS = bytes([*range(0x20), 0x3D, *range(0x7F, 0x100)]).translate(None, b"\t\r\n")


def _base64_lines(octets: bytes) -> str:
    encoded = binascii.b2a_base64(octets, newline=False).decode("ascii")
    width = _BASE64_LINE_OCTETS // 3 * 4
    lines = [encoded[at : at + width] for at in range(0, len(encoded), width)]
    return _CRLF.join([*lines, ""])


def _file(attachment: Attachment) -> list[str]:
    """One file. A mail in a mail may not be base64 as message/rfc822 (RFC 2046 §5.2.1): it goes as a file of octets."""
    kind = attachment.content_type if _TYPE.fullmatch(attachment.content_type) else "application/octet-stream"
    if kind.startswith(("message/", "multipart/")):
        kind = "application/octet-stream"
    disposition = "inline" if attachment.is_inline else "attachment"
    method = _METHOD.search(attachment.octets[:_MAX_METHOD_OCTETS]) if kind == "text/calendar" else None
    if method is not None:  # RFC 5546: without it no program offers to accept
        kind = f"{kind}; method={method[1].decode('ascii').upper()}"
    if kind.startswith("text/") and _CHARSET.fullmatch(attachment.charset):
        kind = f"{kind}; charset={attachment.charset}"
    lines = [file_field("Content-Type", kind, "name", attachment.filename)]
    lines.append(f"Content-Transfer-Encoding: base64{_CRLF}")
    if attachment.content_id is not None:
        lines.append(f"Content-ID: <{attachment.content_id}>{_CRLF}")
    lines.append(file_field("Content-Disposition", disposition, "filename", attachment.filename))
    return [*lines, _CRLF, _base64_lines(attachment.octets)]
