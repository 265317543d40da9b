"""Looks into the attachments of a message: which of them are containers, and what the worker process made of each.

The one thing of this package that the path knows. Where somebody wants it, words in their pictures are read too
(`ocr.py`), which takes seconds. An answer becomes nouns here: names are cleaned, types of unpacked
files are told by their octets. Decides nothing.
"""

import functools
import hashlib
import time
from dataclasses import replace
from datetime import timedelta

from mailbridge.containers.kinds import Kind, kind_of
from mailbridge.containers.reading.findings import Pixels
from mailbridge.domain.files import FileText, FileTrouble, LookedInto, Screened, Trouble
from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.message.mailfiles import EnclosedFile, enclosed_files, is_mail_file, with_files
from mailbridge.message.parameters import clean_filename
from mailbridge.policy.attachments import MAIL, container_kind
from mailbridge.screening.ocr import NotNow, Reading, TextReader
from mailbridge.screening.wire import Answer, Piece
from mailbridge.screening.worker import Worker

#: CPU of all files of a message; hostile ones are made to need more
CPU_LIMIT = timedelta(seconds=1.5)
#: the same where pixels are wanted: a photograph takes 0.1 s to unpack
_CPU_FOR_PIXELS = timedelta(seconds=4)
#: CPU of the words in all pictures of a message, how often one is looked at, how long that may take on a busy machine
_CPU_FOR_WORDS = timedelta(seconds=60)
_MOST_LOOKS = 60
_LONGEST_READING = timedelta(seconds=120)
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

    def __init__(self, text_reader: TextReader | None = None) -> None:
        """Without `text_reader` words in pictures are not read."""
        self._worker = Worker()
        self._text_reader = text_reader

    @property
    def takes_longer(self) -> timedelta:
        """How much more time pictures may take than files without any: nothing where their words are not read."""
        return _LONGEST_READING if self._text_reader is not None else timedelta(0)

    def look_into(self, message: Message, *, within: timedelta, cpu: timedelta = CPU_LIMIT) -> Screened | None:
        """Every container among the attachments; None where that takes longer than `within`."""
        asking = _Asking(
            self._worker, self._text_reader, until=time.monotonic() + within.total_seconds(), cpu_s=cpu.total_seconds()
        )
        found: list[LookedInto] = []
        for number, attachment in enumerate(message.attachments):
            try:
                if (kind := container_kind(attachment)) is not None:
                    found.append(_looked_into(number, attachment, asking.about(attachment.octets, kind), kind))
                elif is_mail_file(attachment):
                    found += _mail_looked_into(number, attachment, asking)
            except NotNow:
                return None
        return Screened(files=tuple(found))

    def read_no_more(self) -> None:
        """Let nobody wait for words in pictures any longer: what is not read yet is looked into later."""
        if self._text_reader is not None:
            self._text_reader.close()

    def close(self) -> None:
        """End the worker process."""
        self.read_no_more()
        self._worker.close()

    @property
    def worker_pid(self) -> int | None:
        """The process that runs; None for none."""
        return self._worker.pid


class _Asking:
    """The questions about one message: together they have one end and one budget."""

    def __init__(self, worker: Worker, text_reader: TextReader | None, *, until: float, cpu_s: float) -> None:
        self._worker = worker
        self._text_reader = text_reader
        self._until = until
        self._cpu_s = cpu_s + (_CPU_FOR_PIXELS.total_seconds() if text_reader is not None else 0.0)
        self._cpu_for_words_s = _CPU_FOR_WORDS.total_seconds()
        #: what was read of each picture of this message, by its pixels
        self._read: dict[tuple[int, bytes], Reading] = {}

    def about(self, octets: bytes, kind: Kind) -> Answer:
        """What came of one file, words in its pictures included. Raises NotNow."""
        answer = self._examined(octets, kind)
        if self._text_reader is None:
            return answer
        read: dict[str, str] = {}
        troubles = list(answer.troubles)
        for pixels in answer.pixels:
            if pixels.is_second and (self._cpu_for_words_s <= 0 or len(self._read) >= _MOST_LOOKS // 2):
                continue
            place = f"{pixels.place}/words" if pixels.place else "words"
            reading = self._words_in(pixels, self._text_reader)
            if reading.trouble is not None:
                troubles.append(FileTrouble(trouble=reading.trouble, place=place))
            elif reading.text:
                read[place] = _both(read[place], reading.text) if place in read else reading.text
        texts = (FileText(place=place, text=text, is_metadata=False) for place, text in read.items())
        # A picture that could not be read is one trouble, however often it was looked at.
        return replace(answer, texts=(*answer.texts, *texts), troubles=tuple(dict.fromkeys(troubles)), pixels=())

    def _words_in(self, pixels: Pixels, reader: TextReader) -> Reading:
        key = (pixels.width, hashlib.sha256(pixels.octets).digest())
        if key in self._read:
            return self._read[key]
        if len(self._read) >= _MOST_LOOKS:
            return Reading(trouble=Trouble.TOO_MANY_PARTS)
        if self._cpu_for_words_s <= 0:
            return Reading(trouble=Trouble.TOO_MUCH_WORK)
        reading = reader.read(pixels, until=self._until, cpu_s=self._cpu_for_words_s)
        self._cpu_for_words_s -= reading.cpu_s
        return self._read.setdefault(key, reading)

    def _examined(self, octets: bytes, kind: Kind) -> Answer:
        if self._cpu_s <= 0:
            return Answer(kind=kind.value, troubles=(FileTrouble(trouble=Trouble.TOO_MUCH_WORK),))
        ask = functools.partial(self._worker.examine, octets, until=self._until)
        answer = ask(cpu_s=self._cpu_s, wants_pixels=self._text_reader is not None)
        if answer is not None and any(one.trouble is Trouble.WORKER_LOST for one in answer.troubles):
            # Perhaps for want of memory, or by somebody's hand: a new one may do better.
            answer = ask(cpu_s=self._cpu_s, wants_pixels=self._text_reader is not None)
        if answer is None:
            raise NotNow
        self._cpu_s -= answer.cpu_ms / 1000
        return answer


def _both(text: str, second: str) -> str:
    """What was read at a place, and the lines that a second look read otherwise."""
    known = {line.casefold() for line in text.splitlines()}
    news = [line for line in second.splitlines() if line and line.casefold() not in known]
    return "\n\n".join((text, *news))


def _mail_looked_into(number: int, attachment: Attachment, asking: _Asking) -> list[LookedInto]:
    """A mail that is a file: each container in it; nothing where it holds none."""
    cleaned: dict[EnclosedFile, bytes] = {}
    removed: set[str] = set()
    troubles: list[FileTrouble] = []
    texts: list[FileText] = []
    has_any = False
    for place, file in enumerate(enclosed_files(attachment.octets), start=1):
        kind = kind_of(file.octets)
        if kind is None:
            continue
        has_any = True
        answer = asking.about(file.octets, kind)
        removed |= set(answer.removed)
        troubles += [replace(trouble, place=f"{place} {trouble.place}".strip()) for trouble in answer.troubles]
        texts += answer.texts
        if answer.pieces is not None and (len(answer.pieces) != 1 or answer.pieces[0].name or not file.is_replaceable):
            troubles.append(FileTrouble(trouble=Trouble.UNSUPPORTED, place=str(place)))
        elif answer.pieces is not None:
            cleaned[file] = answer.pieces[0].octets
    looked = LookedInto(
        number=number,
        kind=MAIL,
        files=(replace(attachment, octets=with_files(attachment.octets, cleaned)) if cleaned else attachment,),
        removed=tuple(sorted(removed)),
        troubles=tuple(troubles),
        texts=tuple(texts),
    )
    return [looked] if has_any else []


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
