"""What cleaning one file comes to, and the limits it works under.

`Refused` never leaves the package: `cleaning.py` turns it into a trouble with its place.
"""

from dataclasses import dataclass

from mailbridge.domain.files import FileTrouble, Trouble

#: archives inside archives, documents inside documents
MAX_DEPTH = 4
#: members of one file, with those of files inside it
MAX_MEMBERS = 2_000
#: unpacked octets that every file may have, whatever its own size
_FREE_OCTETS = 16 * 1024 * 1024
#: unpacked octets per octet of the file (T-65)
_MAX_RATIO = 100
#: unpacked octets beyond the free ones, per octet of the file: with what work on them takes, 8 times in all
_MAX_GROWTH = 3
#: ratio counts from here: small documents of much white space pack better than any bomb
_RATIO_FROM = 1024 * 1024
#: more pixels than any camera takes, fewer than what fills a reader's memory
_MAX_PIXELS = 300_000_000


class Refused(Exception):
    """This file can not be made safe."""

    def __init__(self, trouble: Trouble, place: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.place = place


@dataclass(slots=True)
class Budget:
    """What may still be unpacked out of one attachment, at whatever depth."""

    #: octets of the attachment
    size: int
    unpacked: int = 0
    members: int = 0

    def take_member(self) -> None:
        """One more member; Refused when there are too many."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise Refused(Trouble.TOO_MANY_PARTS)

    def take_octets(self, count: int) -> None:
        """So many octets are unpacked next, as the file claims; Refused before any of them is."""
        self.unpacked += count
        if self.unpacked > _FREE_OCTETS + _MAX_GROWTH * self.size:
            raise Refused(Trouble.TOO_BIG)
        if self.unpacked > max(_RATIO_FROM, _MAX_RATIO * self.size):
            raise Refused(Trouble.TOO_BIG)

    @property
    def left(self) -> int:
        """How many octets more may be unpacked."""
        most = min(_FREE_OCTETS + _MAX_GROWTH * self.size, max(_RATIO_FROM, _MAX_RATIO * self.size))
        return max(0, most - self.unpacked)


def check_pixels(width: int, height: int) -> None:
    """Refused for a picture that fills the memory of whoever opens it (T-65)."""
    if width * height > _MAX_PIXELS:
        raise Refused(Trouble.TOO_BIG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """One file that stood in a winmail.dat."""

    name: str
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """One file after cleaning."""

    #: "jpeg", "docx", "zip" ...
    kind: str
    #: the file as it may go out; as it came where a trouble is named that holds it
    octets: bytes
    removed: frozenset[str] = frozenset()
    #: what is wrong with it; BROKEN for a part that was left as it is
    troubles: tuple[FileTrouble, ...] = ()
    #: what stands in place of a winmail.dat, itself uncleaned; None for any other file
    unpacked: tuple[Unpacked, ...] | None = None
    #: plain and HTML text that a winmail.dat holds
    plain: str | None = None
    html: str | None = None
