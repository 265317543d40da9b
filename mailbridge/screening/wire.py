"""What bridge and worker process say to each other: lengths, JSON and octets, nothing that is executed when read.

A request is one file, and whether the pixels of its pictures are wanted. An answer is checked like any input: the
process that gives it has read hostile octets.
"""

import json
import struct
from dataclasses import dataclass

from mailbridge.containers.reading.findings import MOST_SIDE, Pixels
from mailbridge.domain.files import FileText, FileTrouble, Trouble

#: octets of the file, milliseconds of CPU, whether pixels are wanted
REQUEST = struct.Struct(">QI?")
ANSWER = struct.Struct(">I")
#: octets of the JSON of an answer: names and places of some thousand texts
MOST_JSON = 8 * 1024 * 1024
#: octets of an answer beside its JSON, per octet of the request and in any case
_GROWTH = 8
_FREE = 48 * 1024 * 1024
#: said once, when the process is ready
READY = b"ready\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file that stands in place of the one that was sent."""

    #: "" for the file itself
    name: str
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one file."""

    kind: str
    removed: tuple[str, ...] = ()
    troubles: tuple[FileTrouble, ...] = ()
    texts: tuple[FileText, ...] = ()
    #: None: the file stays as it was sent
    pieces: tuple[Piece, ...] | None = None
    plain: str | None = None
    html: str | None = None
    #: of its pictures, where they were asked for
    pixels: tuple[Pixels, ...] = ()
    #: milliseconds of CPU it took
    cpu_ms: int = 0
    #: True where the process asks to be replaced
    is_spent: bool = False


def encoded(answer: Answer) -> list[bytes]:
    """The octets of an answer, in pieces."""
    texts = [(text.place, text.is_metadata, _octets(text.text)) for text in answer.texts]
    bodies = [None if body is None else _octets(body) for body in (answer.plain, answer.html)]
    header = {
        "kind": answer.kind,
        "removed": answer.removed,
        "troubles": [(one.trouble.value, one.place) for one in answer.troubles],
        "texts": [(place, is_metadata, len(octets)) for place, is_metadata, octets in texts],
        "pieces": None if answer.pieces is None else [(piece.name, len(piece.octets)) for piece in answer.pieces],
        "bodies": [None if body is None else len(body) for body in bodies],
        "pixels": [(one.place, one.width, one.height, one.is_second) for one in answer.pixels],
        "cpu_ms": answer.cpu_ms,
        "is_spent": answer.is_spent,
    }
    body = json.dumps(header).encode("utf-8", "surrogatepass")
    blobs = [octets for *_, octets in texts]
    blobs += [piece.octets for piece in answer.pieces or ()]
    blobs += [one for one in bodies if one is not None]
    blobs += [one.octets for one in answer.pixels]
    return [ANSWER.pack(len(body)), body, *blobs]


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The JSON of an answer, checked; says how many octets follow."""

    kind: str
    removed: tuple[str, ...]
    troubles: tuple[FileTrouble, ...]
    #: place, whether it is metadata, octets
    texts: tuple[tuple[str, bool, int], ...]
    #: name, octets
    pieces: tuple[tuple[str, int], ...] | None
    #: octets of plain text and HTML
    bodies: tuple[int | None, int | None]
    #: place, width, height, whether it is a second look
    pixels: tuple[tuple[str, int, int, bool], ...]
    cpu_ms: int
    is_spent: bool

    @property
    def sizes(self) -> tuple[int, ...]:
        """Octets of everything that follows, in order."""
        bodies = tuple(size for size in self.bodies if size is not None)
        pixels = (width * height for _, width, height, _ in self.pixels)
        return (*(size for *_, size in self.texts), *(size for _, size in self.pieces or ()), *bodies, *pixels)


def read_header(body: bytes, *, sent: int) -> Header:
    """Read and check the JSON of an answer to a file of `sent` octets.

    Raises ValueError, KeyError or TypeError for anything odd.
    """
    content = json.loads(body)
    plain, html = content["bodies"]
    pieces = content["pieces"]
    header = Header(
        kind=str(content["kind"]),
        removed=tuple(map(str, content["removed"])),
        troubles=tuple(FileTrouble(trouble=Trouble(name), place=str(place)) for name, place in content["troubles"]),
        texts=tuple((str(place), is_metadata is True, _size(size)) for place, is_metadata, size in content["texts"]),
        pieces=None if pieces is None else tuple((str(name), _size(size)) for name, size in pieces),
        bodies=(None if plain is None else _size(plain), None if html is None else _size(html)),
        pixels=tuple(
            (str(place), _side(width), _side(height), is_second is True)
            for place, width, height, is_second in content["pixels"]
        ),
        cpu_ms=_size(content["cpu_ms"]),
        is_spent=content["is_spent"] is True,
    )
    if sum(header.sizes) > _FREE + _GROWTH * sent:
        raise ValueError("an answer out of proportion")
    return header


def _size(size: object) -> int:
    if not isinstance(size, int) or size < 0:
        raise ValueError("a size is no number")
    return size


def _side(size: object) -> int:
    if not 0 < _size(size) <= MOST_SIDE:
        raise ValueError("a picture of another size than was agreed")
    return _size(size)


def decoded(header: Header, blob: bytes) -> Answer:
    """The answer: its header, and the octets that followed."""
    parts: list[bytes] = []
    at = 0
    for size in header.sizes:
        parts.append(blob[at : at + size])
        at += size
    waiting = iter(parts)
    texts = tuple(
        FileText(place=place, text=next(waiting).decode("utf-8", "replace"), is_metadata=is_metadata)
        for place, is_metadata, _ in header.texts
    )
    pieces = header.pieces
    plain, html = header.bodies
    return Answer(
        kind=header.kind,
        removed=header.removed,
        troubles=header.troubles,
        texts=texts,
        pieces=None if pieces is None else tuple(Piece(name=name, octets=next(waiting)) for name, _ in pieces),
        plain=None if plain is None else next(waiting).decode("utf-8", "replace"),
        html=None if html is None else next(waiting).decode("utf-8", "replace"),
        pixels=tuple(
            Pixels(place=place, width=width, height=height, octets=next(waiting), is_second=is_second)
            for place, width, height, is_second in header.pixels
        ),
        cpu_ms=header.cpu_ms,
        is_spent=header.is_spent,
    )
