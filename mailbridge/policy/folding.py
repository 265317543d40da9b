"""A text in the plain letters that phrases are looked for in: one octet for each character, so that spans stay exact.

Letters lose case, marks and look-alike shapes; what ends a sentence or a clause is one sign each; what is not seen is
taken out. Knows no phrases.
"""

import codecs
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import itemgetter

#: of a longer text only the beginning is read; what looks for words says so by a finding (T-60)
MAX_READ = 300_000

#: of a text up to so many octets words are looked for one by one
_SMALL = 16_384

#: letters of a beginning, at most and at least
BEGINNING, SHORTEST = 5, 3

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


class Folded:
    """One text, folded; what is asked of it is told once."""

    __slots__ = ("_index", "_places", "_spaced", "beginnings", "octets", "places", "text")

    def __init__(self, text: str) -> None:
        #: the text as written
        self.text = text
        octets = fold(text[:MAX_READ])
        #: where each octet stands in the text; empty where nothing was taken out
        self.places: tuple[int, ...] = ()
        if UNSEEN in octets:
            self.places = tuple(place for place, octet in enumerate(octets) if octet != UNSEEN[0])
            octets = octets.replace(UNSEEN, b"")
        #: one octet for each character that is read
        self.octets = octets
        self._spaced = b" %b " % octets.translate(_WORDS_ONLY)
        #: what words begin with, of three to five letters, and shorter words: says cheaply what can not be in the text
        self.beginnings = beginnings_of(self._spaced.split())
        self._places: dict[bytes, list[int]] = {}
        self._index: Mapping[bytes, list[int]] | None = None

    @property
    def is_cut(self) -> bool:
        """True when the text goes on where reading ended."""
        return len(self.text) > MAX_READ

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where these octets stand in the text as written."""
        return (self.places[start], self.places[end - 1] + 1) if self.places and start < end else (start, end)

    def places_of(self, start: bytes) -> list[int]:
        """Where words begin with these BEGINNING letters, in order; fewer letters are a whole word, or, with "*" behind
        them, any word that begins so."""
        found = self._places.get(start)
        if found is None:
            found = self._places[start] = self._find(start) if len(self._spaced) <= _SMALL else self._look_up(start)
        return found

    def _find(self, start: bytes) -> list[int]:
        is_whole = len(start) < BEGINNING and not start.endswith(b"*")
        needle = b" %b " % start if is_whole else b" %b" % start.removesuffix(b"*")
        spaced, found = self._spaced, []
        at = spaced.find(needle)
        while at >= 0:  # the blank before a word stands where the word does in the octets
            found.append(at)
            at = spaced.find(needle, at + 1)
        return found

    def _look_up(self, start: bytes) -> list[int]:
        """The same out of an index of all words, which pays for long texts only."""
        if self._index is None:
            self._index = _index_of(self._spaced)
        if not start.endswith(b"*"):
            return self._index.get(start, [])
        listed = (places for word, places in self._index.items() if word.startswith(start[:-1]))
        return sorted(chain.from_iterable(listed))


def _index_of(spaced: bytes) -> Mapping[bytes, list[int]]:
    pieces = spaced.split(b" ")
    # Each begins behind all before it and their blanks; the first is empty, before the blank that was put in front.
    places = accumulate(map(len, pieces), lambda place, length: place + length + 1, initial=-1)
    words: defaultdict[bytes, list[int]] = defaultdict(list)
    for piece, place in zip(pieces, places, strict=False):
        words[piece[:BEGINNING]].append(place)
    words.pop(b"", None)
    return words


def start_of(word: str, *, is_stem: bool) -> bytes:
    """What `Folded.places_of` is asked for a word in plain letters, or for all that begin with it."""
    return f"{word}*".encode() if is_stem and len(word) < BEGINNING else word[:BEGINNING].encode()


@lru_cache(maxsize=16)
def folded(text: str) -> Folded:
    """Read a text; all checks of a message ask for the same few, so the last ones are kept."""
    return Folded(text)


def beginnings_of(words: Iterable[bytes]) -> frozenset[bytes]:
    """See `Folded.beginnings`."""
    # People repeat their words: each is cut once.
    whole = set(map(_CUT, set(words)))
    return frozenset(whole | {word[:4] for word in whole} | {word[:SHORTEST] for word in whole} | {b""})


def rarest(needs: Sequence[frozenset[bytes]]) -> frozenset[bytes]:
    """Of several sets of beginnings, of each of which a text must have one, the one that the fewest texts have: of
    several letters, and with few spellings."""
    return max(needs, key=lambda need: (min(map(len, need)), -len(need)))


def fold(text: str) -> bytes:
    """The signs of this text, one for each character."""
    return codecs.charmap_encode(text.replace("?", "!"), "replace", _ENCODING)[0].translate(_READ_AS)
