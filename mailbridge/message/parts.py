"""Choose among the parts of a mail: what is its text, what is a file, what can not be looked into (RFC 2046, RFC
1847).

Text parts beside each other are joined, so that a text below an image is not lost; an alternative gives both its
forms. A signature part is left out and named as a defect: nothing that is changed may carry it (E19, P7). Does not
split new text from quotes: that is `message/body.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from mailbridge.domain.message import Attachment, Body, OpaqueReason
from mailbridge.message.armour import is_encrypted, without_armour
from mailbridge.message.body import unflow
from mailbridge.message.charsets import codec_for, decode_text
from mailbridge.message.markup import html_to_text, is_bounded
from mailbridge.message.parameters import Structured, clean_filename, read_structured
from mailbridge.message.structure import Part, decoded_body, read_structure
from mailbridge.message.words import unfold

SIGNATURE_REMOVED = "signature removed"

_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
_PARTIAL = frozenset({"message/partial", "message/external-body"})
_SIGNATURES = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-keys",
    }
)
_SIGNATURE_FILE = re.compile(r"smime\.p7[cs]|signature\.asc|openpgp_0x.*\.asc|publickey.*\.asc", re.IGNORECASE)
#: a file that nobody but its reader's program can look into, whatever type a gateway gave it
_SEALED_FILE = re.compile(r".*\.(?:p7m|p7z|pgp|gpg)|encrypted\.asc", re.IGNORECASE)
_SEALED = b"-----BEGIN PGP MESSAGE"
_SUFFIXES = {
    "text/calendar": "invite.ics",
    "message/rfc822": "message.eml",
    "message/delivery-status": "delivery-status.txt",
    "text/plain": "text.txt",
    "text/html": "text.html",
    "image/jpeg": "image.jpg",
    "image/png": "image.png",
    "image/gif": "image.gif",
    "application/pdf": "file.pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the parts of a mail hold."""

    body: Body = field(default_factory=Body)
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = ()
    opaque: OpaqueReason | None = None


@dataclass(slots=True)
class _Collector:
    """What was found so far, in the order of the parts."""

    content: bytes
    #: each (plain, html); None where the form is absent
    texts: list[tuple[str | None, str | None]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def read_content(content: bytes, root: Part) -> Content:
    """Return texts and files of a mail; opaque where a part of it can not be looked into."""
    for part in _all_parts(root):
        if part.content_type.value in _ENCRYPTED and not _is_certificate(part):
            return Content(opaque=OpaqueReason.ENCRYPTED)
        if part.content_type.value in _PARTIAL:
            return Content(opaque=OpaqueReason.PARTIAL_OR_EXTERNAL)
    collector = _Collector(content)
    _collect(collector, root)
    body = _joined(collector.texts)
    if _is_sealed(body, collector.attachments):
        return Content(opaque=OpaqueReason.ENCRYPTED)
    if body.plain is not None and (bare := without_armour(body.plain)) != body.plain:
        body = Body(plain=bare, html=body.html)
        collector.defects.append(SIGNATURE_REMOVED)
    return Content(body=body, attachments=tuple(collector.attachments), defects=tuple(collector.defects))


def read_body(content: bytes) -> Body:
    """The texts of a mail alone; an empty body where the mail can not be looked into. Never raises."""
    try:
        return read_content(content, read_structure(content)).body
    except Exception:  # noqa: BLE001 - T-63: as in `message/parse.py`
        return Body()


def _is_certificate(part: Part) -> bool:
    """RFC 8551 §3.2.2: a file of certificates alone is no encrypted text."""
    return part.content_type.parameters.get("smime-type", "").lower() == "certs-only"


def _is_sealed(body: Body, attachments: list[Attachment]) -> bool:
    """True where the text, or a file, is encrypted, or signed in a form that hides what it says (T-56)."""
    if any(_SEALED_FILE.fullmatch(each.filename) or each.octets.lstrip().startswith(_SEALED) for each in attachments):
        return True
    if body.plain is not None and is_encrypted(body.plain):
        return True
    return body.html is not None and "PGP MESSAGE" in body.html and is_encrypted(html_to_text(body.html))


def _all_parts(root: Part) -> Iterator[Part]:
    waiting = [root]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += part.children


def _collect(collector: _Collector, part: Part) -> None:
    """Enter one part; as deep as `structure.MAX_DEPTH` at most."""
    kind = part.content_type.value
    if part.children and kind == "multipart/alternative":
        _collect_alternative(collector, part)
    elif part.children and kind == "multipart/signed":
        _collect(collector, part.children[0])
        collector.defects.append(SIGNATURE_REMOVED)
    elif part.children:
        for child in part.children:
            _collect(collector, child)
    elif kind.startswith("multipart/"):
        collector.defects.append("multipart without parts")
        collector.texts.append((decode_text(decoded_body(collector.content, part), ""), None))
    else:
        _collect_leaf(collector, part)


def _collect_alternative(collector: _Collector, part: Part) -> None:
    """Take one plain and one HTML form; files inside (related images, an invitation) stay files."""
    inner = _Collector(collector.content)
    for child in part.children:
        _collect(inner, child)
    plain = next((text for text, _ in inner.texts if text is not None), None)
    html = next((text for _, text in inner.texts if text is not None), None)
    if plain is not None or html is not None:
        collector.texts.append((plain, html))
    collector.attachments += inner.attachments
    collector.defects += inner.defects


def _collect_leaf(collector: _Collector, part: Part) -> None:
    kind = part.content_type.value
    raw_disposition = part.first("content-disposition")
    disposition = read_structured(raw_disposition) if raw_disposition else Structured("")
    filename = clean_filename(disposition.parameters.get("filename") or part.content_type.parameters.get("name") or "")
    if kind in _SIGNATURES or kind in _ENCRYPTED or _SIGNATURE_FILE.fullmatch(filename):
        collector.defects.append(SIGNATURE_REMOVED)
        return
    is_text = kind in {"text/plain", "text/html"} or (kind.startswith("text/") and not part.path and not filename)
    is_file = disposition.value == "attachment" or (
        bool(filename) and (bool(collector.texts) or disposition.value != "")
    )
    if is_text and not is_file:
        _collect_text(collector, part)
    elif kind == "text/x-amp-html":  # a third form of the same text, active content
        collector.defects.append("active alternative removed")
    else:
        collector.attachments.append(_attachment(collector, part, disposition, filename))


def _collect_text(collector: _Collector, part: Part) -> None:
    text = decode_text(decoded_body(collector.content, part), part.content_type.parameters.get("charset", ""))
    if part.content_type.value != "text/html":
        if part.content_type.parameters.get("format", "").lower() == "flowed":
            text = unflow(text, delete_space=part.content_type.parameters.get("delsp", "").lower() == "yes")
        collector.texts.append((text, None))
    elif is_bounded(text):
        collector.texts.append((None, text))
    else:
        collector.defects.append("html too big or too deep")
        collector.texts.append((html_to_text(text), None))


def _attachment(collector: _Collector, part: Part, disposition: Structured, filename: str) -> Attachment:
    kind = part.content_type.value
    raw_id = part.first("content-id")
    content_id = unfold(raw_id).strip("<> ")[:250] if raw_id else ""
    charset = part.content_type.parameters.get("charset", "")
    return Attachment(
        filename=filename or _SUFFIXES.get(kind, f"file.{_plain_suffix(kind)}"),
        content_type=kind,
        octets=decoded_body(collector.content, part),
        # Any other label could hold a host, or have the file read in a way that nothing of ours reads it.
        charset=charset if codec_for(charset) else "",
        content_id=content_id or None,
        is_inline=disposition.value == "inline" or (bool(content_id) and disposition.value != "attachment"),
    )


def _plain_suffix(kind: str) -> str:
    subtype = kind.rpartition("/")[2].removeprefix("x-")
    return subtype if subtype.isalnum() and len(subtype) <= 5 else "bin"


def _joined(texts: list[tuple[str | None, str | None]]) -> Body:
    """One body of all text parts; a form that some of them lack is made from the other."""
    if len(texts) == 1:
        return Body(plain=texts[0][0], html=texts[0][1])
    has_plain = any(plain is not None for plain, _ in texts)
    has_html = any(html is not None for _, html in texts)
    plains = [plain if plain is not None else html_to_text(html or "") for plain, html in texts]
    htmls = [html if html is not None else f"<pre>{escape(plain or '')}</pre>" for plain, html in texts]
    return Body(plain="\n".join(plains) if has_plain else None, html="\n".join(htmls) if has_html else None)
