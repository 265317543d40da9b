"""A text in the plain letters that phrases are looked for in: one octet for each character, so that spans stay exact.

Letters lose case, marks and look-alike shapes; what ends a sentence or a clause is one sign each; what is not seen is
taken out. Knows no phrases.
"""

import codecs
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

#: of a longer text only the beginning is read; what looks for words says so by a finding (T-60)
MAX_READ = 300_000

#: letters of a beginning, and of those that words are listed by
BEGINNING, WORDS_BY = 5, 3

#: the signs of a folded text beside letters and digits
SENTENCE, CLAUSE, BLANK, LINE, UNSEEN = b".", b",", b" ", b"\n", b"\x01"

#: what is read as the letter in front: with marks, and the Cyrillic letters that look the same
_LETTERS = {
    "a": "ÀÁÂÃÄÅĄàáâãäåąаА",
    "b": "В",
    "c": "ÇĆČçćčсС",
    "e": "ÈÉÊËĘĚèéêëęěеЕ",
    "h": "Н",
    "i": "ÌÍÎÏìíîïіІ",
    "j": "ј",
    "k": "К",
    "l": "Łł",
    "m": "М",
    "n": "ÑŃñń",
    "o": "ÒÓÔÕÖØòóôõöøоО",
    "p": "рР",
    "r": "Řř",
    "s": "ŚŠßẞśš",
    "t": "Т",
    "u": "ÙÚÛÜŮùúûüů",
    "x": "хХ",
    "y": "Ýýÿу",
    "z": "ŹŻŽźżž",
}
_SIGNS = {
    # A question mark is made an exclamation mark before, since it stands for every character that has no place here.
    SENTENCE: ".!…•·",
    CLAUSE: ",;()[]–—",
    LINE: "\n\u2028",
    UNSEEN: "\u200b\u200c\u200d\u2060\ufeff\u00ad\u0300\u0301\u0302\u0303\u0307\u0308\u030a\u0327\u0328",
}
_CONTROLS = "".join(map(chr, (*range(1, 9), *range(11, 32))))


def _code_page() -> tuple[str, bytes]:
    """The 256 characters that have a place, and what each is read as."""
    read_as = {chr(code): b" " for code in range(128) if chr(code) not in _CONTROLS}
    read_as |= {letter: letter.lower().encode() for letter in map(chr, range(128)) if letter.isalnum()}
    read_as |= {character: letter.encode() for letter, characters in _LETTERS.items() for character in characters}
    read_as |= {character: sign for sign, characters in _SIGNS.items() for character in characters}
    characters = "".join(read_as).ljust(256, "\ufffe")
    return characters, b"".join(read_as.values()).ljust(256, b" ")


_CHARACTERS, _READ_AS = _code_page()
_ENCODING = codecs.charmap_build(_CHARACTERS)
_CUT = itemgetter(slice(BEGINNING))
_WORDS_ONLY = bytes(octet if chr(octet) in "abcdefghijklmnopqrstuvwxyz0123456789" else 32 for octet in range(256))


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """One text, folded."""

    #: the text as written
    text: str
    #: one octet for each character that is read
    octets: bytes
    #: what words begin with, of three to five letters, and shorter words: says cheaply what can not be in the text
    beginnings: frozenset[bytes]
    #: where each octet stands in the text; empty where nothing was taken out
    places: tuple[int, ...] = ()

    @property
    def words(self) -> Mapping[bytes, list[int]]:
        """Where words stand, by their first three letters, or all of a shorter word."""
        return _words_in(self.octets)

    @property
    def is_cut(self) -> bool:
        """True when the text goes on where reading ended."""
        return len(self.text) > MAX_READ

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where these octets stand in the text as written."""
        return (self.places[start], self.places[end - 1] + 1) if self.places and start < end else (start, end)


@lru_cache(maxsize=16)
def _words_in(octets: bytes) -> Mapping[bytes, list[int]]:
    pieces = octets.translate(_WORDS_ONLY).split(b" ")
    # Each begins behind all before it and their blanks.
    places = accumulate(map(len, pieces), lambda place, length: place + length + 1, initial=0)
    words: defaultdict[bytes, list[int]] = defaultdict(list)
    for piece, place in zip(pieces, places, strict=False):
        words[piece[:WORDS_BY]].append(place)
    words.pop(b"", None)
    return words


@lru_cache(maxsize=16)
def folded(text: str) -> Folded:
    """Read a text; all checks of a message ask for the same few, so the last ones are kept."""
    octets = fold(text[:MAX_READ])
    places: tuple[int, ...] = ()
    if UNSEEN in octets:
        places = tuple(place for place, octet in enumerate(octets) if octet != UNSEEN[0])
        octets = octets.replace(UNSEEN, b"")
    return Folded(text=text, octets=octets, beginnings=beginnings_of(octets), places=places)


def beginnings_of(octets: bytes) -> frozenset[bytes]:
    """See `Folded.beginnings`."""
    whole = set(map(_CUT, octets.translate(_WORDS_ONLY).split(b" ")))
    return frozenset(whole | {word[:4] for word in whole} | {word[:WORDS_BY] for word in whole} | {b""})


def fold(text: str) -> bytes:
    """The signs of this text, one for each character."""
    return codecs.charmap_encode(text.replace("?", "!"), "replace", _ENCODING)[0].translate(_READ_AS)
