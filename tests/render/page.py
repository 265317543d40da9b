"""A mail as a page: header fields on top, the form of the text that a client shows, pictures of the mail in place.

Reads with the standard library alone, so that what it shows is no reading of ours. Nothing on the page loads from the
network: a remote picture is a grey box.
"""

import base64
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

_CID = re.compile(r"""cid:([^"'\s>)]+)""", re.IGNORECASE)
_FIELDS = ("From", "To", "Subject", "Date")
_STYLE = """
body { margin: 8px; font: 15px/1.4 "Liberation Sans", "DejaVu Sans", sans-serif; background: white; color: black }
.head { font-size: 13px; background: #eef; padding: 6px; margin-bottom: 10px; overflow-wrap: anywhere }
.files { font-size: 13px; background: #efe; padding: 6px; margin-top: 10px; overflow-wrap: anywhere }
pre.mail { white-space: pre-wrap; font: 13px/1.35 "Liberation Mono", "DejaVu Sans Mono", monospace; margin: 0 }
"""


def page(octets: bytes) -> str:
    """The mail as one HTML document."""
    mail = message_from_bytes(octets, policy=policy.default)
    if not isinstance(mail, EmailMessage):
        raise TypeError("the default policy makes an EmailMessage")
    fields = "<br>".join(f"<b>{name}:</b> {escape(_field(mail, name))}" for name in _FIELDS)
    text = mail.get_body(preferencelist=("html", "plain"))
    files = [_file_line(part) for part in _leaves(mail) if part is not text and _is_file(part)]
    below = f'<div class="files">{"<br>".join(files)}</div>' if files else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{_STYLE}</style></head><body>'
        f'<div class="head">{fields}</div>{_text(mail)}{below}</body></html>'
    )


def _field(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail[name] or "")
    except (ValueError, IndexError, AttributeError, LookupError):  # old mails break the standard parser
        return "(not readable)"


def _text(mail: EmailMessage) -> str:
    chosen = mail.get_body(preferencelist=("html", "plain"))
    if not isinstance(chosen, EmailMessage):
        return "<i>(no text)</i>"
    text = _decoded(chosen)
    if chosen.get_content_type() != "text/html":
        return f'<pre class="mail">{escape(text)}</pre>'
    pictures = {
        str(part["Content-ID"]).strip().strip("<>"): part for part in mail.walk() if part["Content-ID"] is not None
    }
    return _CID.sub(lambda cid: _data(pictures.get(cid[1])) or cid[0], text)


def _decoded(part: EmailMessage) -> str:
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    try:
        return octets.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return octets.decode("latin-1")


def _data(part: object) -> str:
    if not isinstance(part, EmailMessage):
        return ""
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    return f"data:{part.get_content_type()};base64,{base64.b64encode(octets).decode()}"


def _leaves(part: object) -> Iterator[EmailMessage]:
    """The parts that hold something; a mail inside the mail is one of them."""
    if not isinstance(part, EmailMessage):
        return
    if part.get_content_maintype() != "multipart":
        yield part
        return
    for child in part.iter_parts():
        yield from _leaves(child)


def _is_file(part: EmailMessage) -> bool:
    return part.get_filename() is not None or part.get_content_maintype() not in {"text", "multipart"}


def _file_line(part: EmailMessage) -> str:
    octets = part.get_payload(decode=True)
    size = len(octets) if isinstance(octets, bytes) else len(bytes(part))
    return escape(f"{part.get_filename() or '(no name)'} · {part.get_content_type()} · {size} octets")
