"""Looks into the attachments of a message: which of them are containers, and what the worker process made of each.

The one thing of this package that the path knows. An answer becomes nouns here: names are cleaned, types of unpacked
files are told by their octets. Decides nothing.
"""

import time
from dataclasses import replace
from datetime import timedelta

from mailbridge.containers.kinds import Kind, kind_of
from mailbridge.domain.files import FileTrouble, LookedInto, Screened, Trouble
from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.message.parameters import clean_filename
from mailbridge.screening.wire import Answer, Piece
from mailbridge.screening.worker import Worker

#: CPU of all files of a message; hostile ones are made to need more
CPU_LIMIT = timedelta(seconds=1.5)
#: longest a file is waited for by the wall clock, on a machine that does much else
_PATIENCE = 12.0
_TYPES = {
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
    Kind.TIFF: "image/tiff",
    Kind.PDF: "application/pdf",
    Kind.ZIP: "application/zip",
    Kind.RTF: "application/rtf",
}


class Screener:
    """Asks the worker process about files."""

    def __init__(self) -> None:
        self._worker = Worker()

    def look_into(self, message: Message, *, within: timedelta, cpu: timedelta = CPU_LIMIT) -> Screened | None:
        """Every container among the attachments; None where that takes longer than `within`."""
        until = time.monotonic() + within.total_seconds()
        cpu_s = cpu.total_seconds()
        found: list[LookedInto] = []
        for number, attachment in enumerate(message.attachments):
            kind = kind_of(attachment.octets)
            if kind is None:
                continue
            answer: Answer | None
            if cpu_s <= 0:
                answer = Answer(kind=kind.value, troubles=(FileTrouble(trouble=Trouble.TOO_MUCH_WORK),))
            else:
                answer = self._worker.examine(attachment.octets, until=until, cpu_s=cpu_s)
            if answer is None:
                return None
            cpu_s -= answer.cpu_ms / 1000
            found.append(_looked_into(number, attachment, answer, kind))
        return Screened(files=tuple(found))

    def close(self) -> None:
        """End the worker process."""
        self._worker.close()

    @property
    def worker_pid(self) -> int | None:
        """The process that runs; None for none."""
        return self._worker.pid


def _looked_into(number: int, attachment: Attachment, answer: Answer, kind: Kind) -> LookedInto:
    files: tuple[Attachment, ...] = (attachment,)
    if answer.pieces is not None:
        files = tuple(_file(attachment, piece) for piece in answer.pieces)
    has_body = answer.plain is not None or answer.html is not None
    return LookedInto(
        number=number,
        kind=answer.kind or kind.value,
        files=files,
        removed=answer.removed,
        troubles=answer.troubles,
        texts=answer.texts,
        body=Body(plain=answer.plain, html=answer.html) if has_body else None,
    )


def _file(attachment: Attachment, piece: Piece) -> Attachment:
    """The cleaned file under its old name, or one that was unpacked."""
    if not piece.name:
        return replace(attachment, octets=piece.octets)
    kind = kind_of(piece.octets)
    return Attachment(
        filename=clean_filename(piece.name) or "file",
        content_type=_TYPES.get(kind, "application/octet-stream") if kind else _plain_type(piece),
        octets=piece.octets,
    )


def _plain_type(piece: Piece) -> str:
    is_text = piece.name.lower().endswith((".txt", ".csv")) and b"\x00" not in piece.octets
    return "text/plain" if is_text else "application/octet-stream"
