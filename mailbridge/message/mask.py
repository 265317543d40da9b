"""Take out of a message what must not reach its reader (promise 2): both forms of the text, subject, files.

Text that holds no secret passes as it is. What the reader gets as HTML is sanitised always. Proves nothing: the leak
gate does, over the composed octets, with code of its own.
"""

import re
from dataclasses import dataclass, replace
from html import escape

from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.errors import GateBroken
from mailbridge.message.masker import Masker, MaskRequest
from mailbridge.message.parts import SIGNATURE_REMOVED
from mailbridge.message.textfiles import cleaned

__all__ = ["SIGNATURE", "MaskRequest", "Masked", "mask"]

#: kind of digital signatures and keys, which a program adds to a mail
SIGNATURE = "signature"
_MAX_DEPTH = 3
_CONTENT_ID = re.compile(r"""cid:([^\s"'<>()]+)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What may be composed for the reader."""

    subject: str
    body: Body
    attachments: tuple[Attachment, ...]
    #: short kinds of what was taken out, sorted: "address", "history" ...; for log and console, never content
    removed: tuple[str, ...] = ()
    #: those of them that the author himself wrote or sent this time, and is told of
    own_words: tuple[str, ...] = ()


def mask(message: Message, request: MaskRequest) -> Masked:
    """Return what of the message its reader may get. Raises GateBroken and nothing else."""
    try:
        masker = Masker(request)
        kept = _masked(message, masker, depth=0)
    except Exception as fault:  # fail closed whatever the fault is (I10)
        raise GateBroken(f"masker failed: {type(fault).__name__}") from fault
    return Masked(
        subject=kept.subject,
        body=kept.body,
        attachments=kept.attachments,
        removed=tuple(sorted(masker.removed)),
        own_words=_told(message, masker) if masker.own_words else (),
    )


def _told(message: Message, masker: Masker) -> tuple[str, ...]:
    """Kinds that the author is told of: not what stood in his signature only, which he did not write this time."""
    below = masker.kinds_in("\n".join((message.signature, message.imprint)))
    above = masker.kinds_in("\n".join((message.subject, message.new_text))) if below else set()
    return tuple(sorted(masker.own_words - (below - above)))


def _masked(message: Message, masker: Masker, *, depth: int) -> Message:
    """The message with all that is kept of it; mails inside it in the same way."""
    removed_before, masker.removed = masker.removed, set()
    if SIGNATURE_REMOVED in message.defects:
        masker.removed.add(SIGNATURE)
        masker.own_words.add(SIGNATURE)

    def mail_inside(inner: Message) -> Message | None:
        written, masker.own_words = masker.own_words, set()
        try:
            return _masked(inner, masker, depth=depth + 1) if depth < _MAX_DEPTH else None
        finally:  # what is passed on, others wrote
            masker.own_words = written

    body, attachments = message.body, message.attachments
    plain, html = body.plain, body.html
    if attachments:
        kept = tuple(file for each in attachments if (file := cleaned(each, masker, mail_inside)) is not None)
        attachments, html = _renamed(kept, html, masker)
        if len(kept) < len(message.attachments):
            plain, html = _with_note(plain, html, masker.file_label)
    of_text = masker.for_history() if depth else masker
    plain = of_text.plain(plain) if plain is not None else None
    html = of_text.html(html) if html is not None else None
    if SIGNATURE in masker.removed and len(attachments) == len(message.attachments):
        plain, html = _with_note(plain, html, masker.signature_label)
    subject = masker.line(message.subject)
    masker.removed |= removed_before
    return replace(message, subject=subject, body=Body(plain=plain, html=html), attachments=attachments)


def _with_note(plain: str | None, html: str | None, label: str) -> tuple[str | None, str | None]:
    """Say under the text, in each form that it has, that a file is missing."""
    noted_html = None if html is None else f"{html}<p>{escape(label)}</p>"
    if plain is None and html is not None:
        return None, noted_html
    return f"{(plain or '').rstrip()}\n\n{label}\n".lstrip("\n"), noted_html


def _renamed(
    attachments: tuple[Attachment, ...], html: str | None, masker: Masker
) -> tuple[tuple[Attachment, ...], str | None]:
    """Mask names of files; give content ids that name no host (T-57), in the HTML too."""
    renamed: list[Attachment] = []
    new_ids: dict[str, str] = {}
    for number, attachment in enumerate(attachments, start=1):
        content_id = None
        if attachment.content_id is not None:
            content_id = f"part{number}@inline.invalid"
            new_ids.setdefault(attachment.content_id, content_id)
        renamed.append(replace(attachment, filename=masker.line(attachment.filename), content_id=content_id))
    if html is not None and new_ids:
        # In one pass: an id that is the beginning of another, or of a new one, must not grow with every file (I6).
        html = _CONTENT_ID.sub(lambda used: f"cid:{new_ids.get(used[1], used[1])}", html)
    return tuple(renamed), html
