"""Cleans one file of whatever kind: metadata out, pixels and text kept. Returns troubles, raises nothing.

Looks at the octets only. A file inside a file is cleaned by the same function, within one budget and to a few levels;
a trouble anywhere inside is a trouble of the whole. What is broken stays as it is, and all around it is cleaned.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from mailbridge.containers.archives import clean_packed, clean_tar, clean_zip
from mailbridge.containers.boxes import clean_boxes
from mailbridge.containers.gif import clean_gif
from mailbridge.containers.jpeg import clean_jpeg
from mailbridge.containers.kinds import Kind, kind_of
from mailbridge.containers.odf import clean_open_document, is_open_document
from mailbridge.containers.ooxml import clean_office, is_office, office_kind
from mailbridge.containers.outcome import MAX_DEPTH, Budget, Cleaned, Refused
from mailbridge.containers.png import clean_png
from mailbridge.containers.rtf import clean_rtf
from mailbridge.containers.tiff import clean_tiff
from mailbridge.containers.webp import clean_webp
from mailbridge.containers.zips import read_archive
from mailbridge.domain.files import FileTrouble, Trouble

_PICTURES: dict[Kind, Callable[[bytes, set[str]], bytes]] = {
    Kind.JPEG: clean_jpeg,
    Kind.PNG: clean_png,
    Kind.GIF: clean_gif,
    Kind.WEBP: clean_webp,
    Kind.TIFF: clean_tiff,
    Kind.BOXES: clean_boxes,
}


def clean(octets: bytes) -> Cleaned:
    """One attachment, cleaned; as it came, with a trouble named, where that can not be done."""
    job = _Job(Budget(len(octets)))
    kind = kind_of(octets)
    name = kind.value if kind is not None else ""
    try:
        if kind is Kind.TNEF:
            return _unpacked(octets)
        name, cleaned = job.clean(octets, 0)
    except Refused as refused:
        trouble = FileTrouble(trouble=refused.trouble, place=refused.place)
        return Cleaned(kind=name, octets=octets, troubles=(trouble,))
    except MemoryError:
        return Cleaned(kind=name, octets=octets, troubles=(FileTrouble(trouble=Trouble.TOO_MUCH_WORK),))
    return Cleaned(kind=name, octets=cleaned, removed=frozenset(job.removed), troubles=tuple(job.broken))


def _unpacked(octets: bytes) -> Cleaned:
    from mailbridge.containers.tnef import unpack_tnef

    contents = unpack_tnef(octets)
    return Cleaned(
        kind=Kind.TNEF.value,
        octets=octets,
        removed=frozenset({"winmail.dat"}),
        unpacked=tuple(contents.files),
        plain=contents.plain,
        html=contents.html,
    )


@dataclass(slots=True)
class _Job:
    """One attachment with all that is in it."""

    budget: Budget
    removed: set[str] = field(default_factory=set)
    #: parts that were left as they are
    broken: list[FileTrouble] = field(default_factory=list)
    #: where in the file the part stands that is being cleaned
    place: str = ""

    def clean(self, octets: bytes, depth: int) -> tuple[str, bytes]:
        """The kind of a file, and the file cleaned; itself where it is broken. Refused where it may not go out."""
        kind = kind_of(octets)
        if kind is None:
            return "", octets
        removed, broken = set(self.removed), list(self.broken)
        try:
            return self._cleaned(kind, octets, depth)
        except Refused as refused:
            if refused.trouble.holds:
                raise
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S110  # a cleaner, or its library, met what it was not made for
            pass
        self.removed.clear()
        self.removed |= removed  # what was taken out of parts of it stays in after all
        self.broken[:] = [*broken, FileTrouble(trouble=Trouble.BROKEN, place=self.place)]
        return kind.value, octets

    def _cleaned(self, kind: Kind, octets: bytes, depth: int) -> tuple[str, bytes]:
        if kind in _PICTURES:
            return kind.value, _PICTURES[kind](octets, self.removed)
        if kind is Kind.PDF:
            from mailbridge.containers.pdf import clean_pdf

            return kind.value, clean_pdf(octets, self.removed, self._inside(depth))
        if kind is Kind.OLE:
            from mailbridge.containers.ole import clean_ole

            return clean_ole(octets, self.removed)
        if kind is Kind.RTF:
            return kind.value, clean_rtf(octets, self.removed, lambda picture: self.clean(picture, depth + 1)[1])
        return self._clean_holder(kind, octets, depth)

    def _clean_holder(self, kind: Kind, octets: bytes, depth: int) -> tuple[str, bytes]:
        """A file that holds files."""
        if kind in {Kind.RAR, Kind.SEVEN_ZIP} or (kind is Kind.TNEF and depth):
            raise Refused(Trouble.UNSUPPORTED)
        if depth >= MAX_DEPTH:
            raise Refused(Trouble.TOO_DEEP)
        inside = self._inside(depth)
        if kind is Kind.ZIP:
            return self._clean_zip(octets, inside)
        if kind is Kind.TAR:
            return kind.value, clean_tar(octets, self.budget, self.removed, inside)
        return kind.value, clean_packed(kind, octets, self.budget, self.removed, inside)

    def _clean_zip(self, octets: bytes, inside: Callable[[str, bytes], bytes]) -> tuple[str, bytes]:
        archive = read_archive(octets, self.budget)
        if is_office(archive):
            return office_kind(archive), clean_office(archive, self.budget, self.removed, inside)
        if is_open_document(archive):
            return clean_open_document(archive, self.budget, self.removed, inside)
        return Kind.ZIP.value, clean_zip(archive, self.budget, self.removed, inside)

    def _inside(self, depth: int) -> Callable[[str, bytes], bytes]:
        """Cleans what is in a file of this depth; a trouble there says where."""

        def clean_part(name: str, octets: bytes) -> bytes:
            outer = self.place
            self.place = f"{outer}/{name}" if outer and name else outer or name
            try:
                return self.clean(octets, depth + 1)[1]
            except Refused as refused:
                place = f"{name}/{refused.place}" if name and refused.place else name or refused.place
                raise Refused(refused.trouble, place) from None
            finally:
                self.place = outer

        return clean_part
