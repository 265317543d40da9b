"""Clean the files of a mail that are text: calendars, cards, mails, and whatever else reads as text (T-55, T-57).

A file in which nothing is found keeps its octets. Containers (archives, documents, pictures) are screening's
(`containers/`). Never raises for what a file holds: what can not be cleaned is taken out.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from mailbridge.domain.message import Attachment, Message
from mailbridge.message.calendars import is_calendar, rewritten
from mailbridge.message.charsets import codec_for
from mailbridge.message.enclosed import looks_like_mail, rebuilt
from mailbridge.message.masker import Masker

MaskMail = Callable[[Message], Message | None]

_MAX_TEXT_OCTETS = 8 * 1024 * 1024
_CARDS = frozenset({"text/vcard", "text/x-vcard", "text/directory"})
_CARD = re.compile(r"\ufeff?\s*BEGIN:VCARD", re.IGNORECASE)
_KEY = re.compile(r"-----BEGIN (?:PGP (?:PUBLIC|PRIVATE) KEY BLOCK|PGP SIGNATURE|CERTIFICATE|PKCS7)-----")
_CONTAINERS = (
    b"%PDF",
    b"PK\x03\x04",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|div|p|table)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Text:
    """What a file reads as."""

    text: str
    #: how it is written
    codec: str
    #: octets in front that name the charset
    mark: bytes


def cleaned(attachment: Attachment, masker: Masker, mask_mail: MaskMail) -> Attachment | None:
    """The file as the reader may have it; itself where it holds nothing, None where it is taken out.

    `mask_mail` returns what of a mail inside the mail may be kept, or None.
    """
    octets, kind = attachment.octets, attachment.content_type
    if kind in {"message/rfc822", "message/global"} or _is_mail_file(attachment):
        return _mail(attachment, masker, mask_mail)
    if octets.startswith(_CONTAINERS) or len(octets) > _MAX_TEXT_OCTETS:
        return attachment
    read = _read(attachment)
    if read is None:
        return attachment
    if kind in _CARDS or _CARD.match(read.text):
        _take_out("contact card", masker)
        return None
    if _KEY.search(read.text):
        _take_out("signature", masker)
        return None
    return _rewritten(attachment, read, masker)


def _take_out(kind: str, masker: Masker) -> None:
    """Book that a file of this kind goes."""
    masker.removed.add(kind)
    masker.own_words.add(kind)


def _is_mail_file(attachment: Attachment) -> bool:
    is_named_so = attachment.filename.lower().endswith((".eml", ".msg.txt")) or attachment.content_type in {
        "text/rfc822-headers",
        "application/octet-stream",
    }
    return is_named_so and looks_like_mail(attachment.octets)


def _mail(attachment: Attachment, masker: Masker, mask_mail: MaskMail) -> Attachment | None:
    octets = rebuilt(attachment.octets, mask_mail, masker.everywhere)
    if octets is None:
        _take_out("mail", masker)
        return None
    return replace(attachment, octets=octets, content_type="message/rfc822", charset="")


def _rewritten(attachment: Attachment, read: _Text, masker: Masker) -> Attachment | None:
    text = read.text.replace("\r\n", "\n")
    if is_calendar(text):
        try:
            new = rewritten(text, masker.people, masker.everywhere)
        except ValueError:
            _take_out("calendar", masker)
            return None
        # RFC 5545 §3.1.4: UTF-8, whatever it was.
        return replace(attachment, octets=new.encode("utf-8", "replace"), charset="utf-8")
    masked = _masked(attachment, text, masker)
    if masked == text:
        return attachment
    return _with_text(attachment, masked.replace("\n", "\r\n") if "\r\n" in read.text else masked, read)


def _masked(attachment: Attachment, text: str, masker: Masker) -> str:
    if attachment.content_type.startswith("message/"):  # what servers report of people
        return masker.everywhere(text)
    is_html = attachment.content_type == "text/html" or _HTML.match(text) is not None
    return masker.html_file(text) if is_html else masker.plain(text)


def _with_text(attachment: Attachment, text: str, read: _Text) -> Attachment:
    try:
        octets = read.mark + text.encode("utf-8" if read.mark == codecs.BOM_UTF8 else read.codec)
        charset = attachment.charset
    except UnicodeError:  # a label in letters that the charset lacks
        octets, charset = text.encode("utf-8", "replace"), "utf-8"
    return replace(attachment, octets=octets, charset=charset)


def _read(attachment: Attachment) -> _Text | None:
    """The text of a file, None for one that is none."""
    octets = attachment.octets
    for mark, codec in _MARKS:
        if octets.startswith(mark):
            rest = octets[len(mark) :] if codec == "utf-8" else octets
            return _decoded(rest, codec, mark if codec == "utf-8" else b"")
    declared = codec_for(attachment.charset) if attachment.charset else None
    is_text = attachment.content_type.startswith("text/")
    codecs_to_try = [declared] if declared else []
    codecs_to_try += ["utf-8", *(["cp1252", "latin-1"] if is_text else [])]
    for codec in codecs_to_try:
        read = _decoded(octets, codec, b"")
        if read is not None and (is_text or "\x00" not in read.text):
            return read
    return None


def _decoded(octets: bytes, codec: str, mark: bytes) -> _Text | None:
    try:
        return _Text(octets.decode(codec), codec, mark)
    except UnicodeError:
        return None
