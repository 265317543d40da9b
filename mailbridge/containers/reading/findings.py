"""What reading one file comes to: its texts, within a limit for all of them together, and pixels where they are wanted.

Reads nothing itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from mailbridge.domain.files import FileText, FileTrouble, Trouble

#: characters of all texts of one attachment: the gate looks at each of them several times
_MOST_CHARACTERS = 2_000_000
_MOST_OCTETS = 16 * 1024 * 1024
_MOST_OCTETS_PER_OCTET = 3
_MOST_FILES = 4_000
#: pictures of one attachment that are searched for codes, and that are kept for their words
_MOST_PICTURES = 40
#: pixels of the longer side of what is kept: small print on a page of A4
MOST_SIDE = 1600
#: where there are more, each is looked at once
_MOST_LOOKED_AT_TWICE = 8
#: octets of all pixels that are kept: they go over to the bridge in one answer
_MOST_PIXELS = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """One picture as it is seen, in shades of grey, one octet for each pixel, row by row."""

    #: where it stands in the file
    place: str
    width: int
    height: int
    octets: bytes
    #: True for the same picture once more, straightened and bigger: a second look, not one that must be
    is_second: bool = False


class TooMuch(Exception):
    """The file holds more than is read."""


@dataclass(slots=True)
class Findings:
    """Collects the texts of one attachment."""

    #: octets of the attachment
    size: int
    #: whether there is time to search one more picture for codes
    has_time: Callable[[], bool] = lambda: False
    #: whether somebody reads the words in pictures
    wants_pixels: bool = False
    texts: list[FileText] = field(default_factory=list)
    troubles: list[FileTrouble] = field(default_factory=list)
    pixels: list[Pixels] = field(default_factory=list)
    #: of few pictures: the same for a second look
    seconds: list[Pixels] = field(default_factory=list)
    _characters: int = 0
    _octets: int = 0
    _files: int = 0
    _pictures: int = 0

    def add(self, place: str, text: str, *, is_metadata: bool = False) -> None:
        """One text; blank ones are left out. TooMuch over the limit."""
        if not text.strip():
            return
        self._characters += len(text)
        if self._characters > _MOST_CHARACTERS:
            raise TooMuch
        self.texts.append(FileText(place=place, text=text, is_metadata=is_metadata))

    def trouble(self, place: str, trouble: Trouble) -> None:
        """Something could not be read."""
        self.troubles.append(FileTrouble(trouble=trouble, place=place))

    def has_time_for_codes(self) -> bool:
        """True while another picture may be searched."""
        self._pictures += 1
        return self._pictures <= _MOST_PICTURES and self.has_time()

    def keep(self, pixels: Pixels) -> None:
        """One picture whose words are to be read; what is too much of them could not be read, and is named so."""
        if pixels.is_second:
            self.seconds.append(pixels)
            return
        if any(one.octets == pixels.octets and one.width == pixels.width for one in self.pixels):
            return  # a logo on every page
        total = sum(len(one.octets) for one in self.pixels) + len(pixels.octets)
        if len(self.pixels) >= _MOST_PICTURES or total > _MOST_PIXELS:
            self.trouble(pixels.place, Trouble.TOO_MANY_PARTS)
        else:
            self.pixels.append(pixels)
        if len(self.pixels) > _MOST_LOOKED_AT_TWICE:
            self.seconds.clear()

    @property
    def wants_a_second_look(self) -> bool:
        """True while there are few pictures."""
        return len(self.pixels) <= _MOST_LOOKED_AT_TWICE

    @property
    def octets_left(self) -> int:
        """How many octets more may be unpacked."""
        return max(0, _MOST_OCTETS + _MOST_OCTETS_PER_OCTET * self.size - self._octets)

    def take_octets(self, count: int) -> None:
        """So many octets are unpacked next. TooMuch over the limit."""
        self._octets += count
        self._files += 1
        if self._octets > _MOST_OCTETS + _MOST_OCTETS_PER_OCTET * self.size or self._files > _MOST_FILES:
            raise TooMuch
