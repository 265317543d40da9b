"""Reads what is written in a code that anybody can undo: base 64 and 32, octets in hexadecimal, decimal or binary,
Morse, Braille, and the letters of the wireless alphabet.

Gives what stands there, so that the checks of contacts can read it like any other text. Says nothing of what is a
contact: a licence key decodes to noise, and noise is none. Bounded in what is undone (T-70).
"""

import re
from base64 import b32decode, b64decode
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import Read
from mailbridge.policy.shadow import Shadow, shadow_of

_MOST_UNDONE, _FEWEST_SIGNS = 30, 7
_LONGEST = 400
#: of a longer text only the beginning is asked, as letters are short
_MOST_READ = 30_000

_MORSE = dict(
    zip(
        ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
        "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----. .--.-. .-.-.- -....- ..--.- -..-.".split(),
        "abcdefghijklmnopqrstuvwxyz0123456789@.-_/",
        strict=True,
    )
)
_SIGNS_OF_MORSE = lazy_pattern(r"[.\u2026-]{1,9}")
_DIT, _DAH = "\u00b7\u2022\u2219*", "_\u2013\u2014\u2212"
_MORSE_TABLE = str.maketrans(dict.fromkeys(_DIT, ".") | dict.fromkeys(_DAH, "-") | {"\u2026": "..."})
#: the dots of a cell, as bits, and what they mean; behind the sign for numbers the first ten are digits
_BRAILLE = dict(
    zip(
        (1, 3, 9, 25, 17, 11, 27, 19, 10, 26, 5, 7, 13, 29, 21, 15, 31, 23, 14, 30, 37, 39, 58, 45, 61, 53),
        "abcdefghijklmnopqrstuvwxyz",
        strict=True,
    )
)
_OTHER_CELLS = {50: ".", 36: "-", 8: "@", 38: "?", 0: " "}
_NUMBERS_FOLLOW = 60
_TEN = "abcdefghij"
_AS_DIGITS = dict(zip(_TEN, "1234567890", strict=True))
_WIRELESS = (
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar papa "
    "quebec romeo sierra tango uniform victor whiskey whisky x-ray xray yankee zulu"
)
_SAID = {word: word[0] for word in _WIRELESS.split()}
_ONE_SAID = "|".join(sorted(_SAID, key=len, reverse=True))
_PAIR = r"(?:%|\\x|0x|=)?[2-7][0-9a-f]"
_OCTET = r"(?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6])"
_BITS = r"0?[01]{7}"


def through_codes(shadow: Shadow, read: Callable[[Shadow], Iterable[Read]]) -> Iterator[Read]:
    """What `read` finds in what is written in code, each where the whole code stands."""
    for start, end, plain in _plain(shadow) if len(shadow.text) >= _FEWEST_SIGNS else ():
        for found in read(shadow_of(plain)):
            yield Read(start, end, found.value)


@lru_cache(maxsize=16)
def _plain(shadow: Shadow) -> tuple[tuple[int, int, str], ...]:
    """What is written in code, and what it means; several checks ask for it."""
    found: list[tuple[int, int, str]] = []
    for number in _CLUES.in_text(shadow.lower[:_MOST_READ]):
        pattern, undo = _CODES[number][1:]
        for code in islice(pattern.finditer(shadow.text, 0, _MOST_READ), _MOST_UNDONE):
            plain = undo(code[0])
            if len(plain) >= _FEWEST_SIGNS:
                found.append((*code.span(), plain))
    return tuple(found)


def _printable(octets: bytes) -> str:
    """The octets as text; "" where they are none."""
    text = octets.decode("ascii", "replace").strip()
    return text if text.isascii() and text.isprintable() else ""


def _of_base64(code: str) -> str:
    bare = code.rstrip("=").translate(_URL_SAFE)
    if len(bare) % 4 == 1:
        return ""
    return _printable(b64decode(bare + "=" * (-len(bare) % 4)))


def _of_base32(code: str) -> str:
    bare = code.rstrip("=")
    if len(bare) % 8 in (1, 3, 6):
        return ""
    return _printable(b32decode(bare + "=" * (-len(bare) % 8)))


def _of_pairs(code: str) -> str:
    return _printable(bytes(int(pair, 16) for pair in _HEX.findall(code)))


def _of_octets(code: str) -> str:
    return _printable(bytes(map(int, re.findall("[0-9]+", code))))


def _of_bits(code: str) -> str:
    return _printable(bytes(int(bits, 2) for bits in re.findall(_BITS, code)))


def _of_percents(code: str) -> str:
    return re.sub(r"%([2-7][0-9a-fA-F])", lambda pair: chr(int(pair[1], 16)), code)


def _of_morse(code: str) -> str:
    signs = _SIGNS_OF_MORSE.findall(code.translate(_MORSE_TABLE))
    return "".join(_MORSE.get(sign, " ") for sign in signs).strip()


def _of_braille(code: str) -> str:
    read, is_number = "", False
    for cell in code:
        dots = ord(cell) - 0x2800 if cell >= "\u2800" else 0
        if dots in (0, _NUMBERS_FOLLOW):
            # A blank ends a number by the book, but nobody writes the sign for numbers twice in one.
            is_number = is_number or dots == _NUMBERS_FOLLOW
            read += "" if dots else " "
            continue
        letter = _BRAILLE.get(dots) or _OTHER_CELLS.get(dots, "?")
        is_number = is_number and letter in _TEN
        read += _AS_DIGITS[letter] if is_number else letter
    return read.strip()


def _of_wireless(code: str) -> str:
    words = re.findall(r"x-ray|[a-z]+|[0-9]+", code.lower())
    read = "".join(_SAID.get(word, f" {word} " if word.isalpha() else word) for word in words)
    return " ".join(read.split())


_URL_SAFE = str.maketrans("-_", "+/")
_HEX = lazy_pattern(r"[2-7][0-9a-fA-F]")
_ALONE, _NO_MORE = r"(?<![\w/+=@.-])", r"(?![\w/+=-])"
_CODES: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    (
        r"[a-z0-9+/_-]{16}",  # no more: parts that count from anywhere make the automaton grow
        lazy_pattern(rf"[A-Za-z0-9+/_-]{{16,{_LONGEST}}}={{0,2}}{_NO_MORE}"),
        _of_base64,
    ),
    (r"[a-z2-7]{20}", lazy_pattern(rf"{_ALONE}[A-Z2-7]{{20,{_LONGEST}}}={{0,6}}{_NO_MORE}"), _of_base32),
    (
        rf"{_PAIR}(?:[\s:,.-]?{_PAIR}){{4}}",
        lazy_pattern(rf"(?<![\w%])(?i:{_PAIR}(?:[\s:,.-]?{_PAIR}){{8,{_LONGEST}}})(?![\w%])"),
        _of_pairs,
    ),
    (
        r"[\w.-]%[2-7][0-9a-f]",
        lazy_pattern(r"(?<![\w%/?=&.-])[\w.+-]{1,64}%(?:[\w.+-]|%(?=[2-7][0-9a-fA-F])){3,120}"),
        _of_percents,
    ),
    (
        rf"{_OCTET}[\s,;.-]{{1,2}}{_OCTET}[\s,;.-]{{1,2}}{_OCTET}",
        lazy_pattern(rf"(?<![\w.,])\b{_OCTET}(?:[\s,;.-]{{1,2}}{_OCTET}){{9,{_LONGEST}}}(?![\w])"),
        _of_octets,
    ),
    (r"[01]{7}[\s,]?[01]{7}", lazy_pattern(rf"\b{_BITS}(?:[\s,]?{_BITS}){{8,{_LONGEST}}}\b"), _of_bits),
    (
        r"[.…·•*_-]{3,8}(?:[\s/|]{1,4}[.…·•*_-]{1,8}){2}",
        lazy_pattern(rf"[.\u2026{_DIT}{_DAH}-]{{1,8}}(?:[\s/|]{{1,4}}[.\u2026{_DIT}{_DAH}-]{{1,8}}){{6,{_LONGEST}}}"),
        _of_morse,
    ),
    (r"[⠁-⣿]{4}", lazy_pattern(rf"[\u2800-\u28ff](?: ?[\u2800-\u28ff]){{6,{_LONGEST}}}"), _of_braille),
    (
        rf"(?:{_ONE_SAID})(?:[\s,-]{{1,3}}(?:{_ONE_SAID})){{3}}",
        lazy_pattern(rf"(?i:\b(?:{_ONE_SAID})(?:[\s,-]{{1,3}}(?:{_ONE_SAID}|[a-z]{{2,9}}|[0-9]{{1,4}})){{6,60}})"),
        _of_wireless,
    ),
)
_CLUES = Clues(*(clue for clue, _, _ in _CODES))
