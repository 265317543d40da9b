"""Take out of a message what must not reach its reader (promise 2): both forms of the text, subject, files.

Text that holds no secret passes as it is. What the reader gets as HTML is sanitised always. Proves nothing: the leak
gate does, over the composed octets, with code of its own.
"""

import re
from dataclasses import dataclass, replace

from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.errors import GateBroken
from mailbridge.message.masker import Masker, MaskRequest

__all__ = ["MaskRequest", "Masked", "mask"]

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
        return _masked(message, Masker(request))
    except Exception as fault:  # fail closed whatever the fault is (I10)
        raise GateBroken(f"masker failed: {type(fault).__name__}") from fault


def _masked(message: Message, masker: Masker) -> Masked:
    body, attachments = message.body, message.attachments
    html = body.html
    if attachments:
        attachments, html = _renamed(attachments, html, masker)
    plain = masker.plain(body.plain) if body.plain is not None else None
    html = masker.html(html) if html is not None else None
    return Masked(
        subject=masker.line(message.subject),
        body=Body(plain=plain, html=html),
        attachments=attachments,
        removed=tuple(sorted(masker.removed)),
        own_words=tuple(sorted(masker.own_words)),
    )


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
