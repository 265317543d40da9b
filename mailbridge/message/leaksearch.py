"""How the leak gate looks for secrets in text: folding, spelled-out addresses, and what counts as a hit.

An address counts also where only a person reads it as one: with blanks, dashes, marks or line ends between its letters,
or with words for its signs. Uses the standard library only and shares nothing with `message/needles.py`, on purpose.
Does not walk a mail and undoes no encoding: that is `message/leakforms.py`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from mailbridge.domain.secrets import Secrets

_MIN_TRACE = 4
_MIN_PHONE_DIGITS = 7
_PHONE = re.compile(r"\+?\d(?:[\s().\xa0/-]{0,3}\d){6,}")
_BETWEEN_DIGITS = r"[\s().\xa0/-]{0,3}"
_NO_DIGIT = re.compile(r"\D+")
_WORD = re.compile(r"[^\W_]+")
# Format characters and variation selectors: they leave no trace on the screen.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]+"
)
_LETTERS_AND_DIGITS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
_HOST_CHARACTERS = _LETTERS_AND_DIGITS | frozenset(b"-.")
_ALL_BUT_LETTERS_AND_DIGITS = bytes(sorted(set(range(256)) - _LETTERS_AND_DIGITS))
_ASCII = bytes(range(0x80))
_NOT_ASCII = bytes(range(0x80, 0x100))
_DASH, _STOP, _SIGN = b"-.@"
_GAP = r"[^a-z0-9]{0,8}"
# "=" as in a return path made of an address, "_" as in a guest's name in a directory; the words as they stand when
# marks on letters are gone
_AT_WORDS = "at|malpa|mapa|chiocciola|arroba|klammeraffe"
_BRACKETED_AT = rf"[(\[{{]\s?(?:{_AT_WORDS})\s?[)\]}}]"
_AT = rf"(?:{_GAP}[@=_]{_GAP}|[^a-z0-9]{{1,8}}(?:{_AT_WORDS})[^a-z0-9]{{1,8}})"
_DOT = r"(?:[^a-z0-9]{1,8}(?:(?:dot|punkt|kropka|punto)[^a-z0-9]{1,8})?)"
# Letters of other scripts that look the same, or nearly: a person reads them as Latin.
_LOOK_ALIKES = tuple(
    (look_alike.encode(), letter.encode())
    for look_alike, letter in zip(
        "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445\u0443\u0501\u03bf\u03b1\u0142\u00e4\u3002",
        "aceijopsxydoala.",
        strict=True,
    )
)


class Search:
    """The secrets of one exchange, folded; asks whether a text holds one."""

    __slots__ = ("_addresses", "_domains", "_hidden", "_is_ascii", "_phones", "_spelled", "_traces", "has_hidden")

    def __init__(self, secrets: Secrets) -> None:
        self._addresses = tuple(dict.fromkeys(_folded_octets(address) for address in secrets.addresses))
        self._domains = tuple(dict.fromkeys(_folded_octets(domain) for domain in secrets.domains))
        spelled = (*(_spelled_address(a) for a in self._addresses), *(_spelled_domain(d) for d in self._domains))
        self._spelled = tuple(each for each in spelled if each is not None)
        self._traces = tuple(
            dict.fromkeys(_folded_octets(trace) for trace in secrets.traces if len(trace) >= _MIN_TRACE)
        )
        self._is_ascii = all(secret.isascii() for secret in (*self._addresses, *self._domains, *self._traces))
        hidden = tuple(dict.fromkeys(_folded(hidden).strip() for hidden in secrets.hidden if hidden.strip()))
        self._hidden = tuple(f" {_words(each)} " for each in hidden if _words(each))
        phones = ("".join(filter(str.isdigit, each)) for each in hidden if _PHONE.fullmatch(each))
        numbers = tuple(digits[-9:] for digits in phones if len(digits) >= _MIN_PHONE_DIGITS)
        self._phones = tuple((number, _phone_pattern(number)) for number in numbers)
        self.has_hidden = bool(self._hidden)

    def is_routing_in(self, text: str) -> bool:
        """True where a secret of class R stands in the text, up to case, width, and what stands between its letters."""
        folded = _folded_octets(text)
        if self._is_routing_in_folded(folded) or self._is_spelled_in(folded):
            return True
        # What a person reads as one word a program reads octet by octet: there the secret ends before a character that
        # is not seen, or that folding makes a plain letter.
        return not text.isascii() and self._is_routing_in_folded(text.encode("utf-8", "surrogatepass").lower())

    def is_routing_in_octets(self, octets: bytes) -> bool:
        """As they are, up to case, for octets of any kind: as UTF-8, and each octet as one character."""
        if self._is_routing_in_folded(octets.lower()):
            return True
        return not self._is_ascii and self._is_routing_in_folded(octets.decode("latin-1").lower().encode())

    def _is_routing_in_folded(self, folded: bytes) -> bool:
        return (
            any(address in folded and _stands_alone(folded, address) for address in self._addresses)
            or any(domain in folded and _follows_at(folded, domain) for domain in self._domains)
            or any(trace in folded and _is_whole_trace(folded, trace) for trace in self._traces)
        )

    def _is_spelled_in(self, folded: bytes) -> bool:
        plain = folded if folded.isascii() else _plain(folded)
        letters = plain.translate(None, _ALL_BUT_LETTERS_AND_DIGITS)
        # Nearly every text ends here: the parts of the secret are not in it, and its pattern need not be compiled.
        return any(
            compiled(secret).search(plain)
            for parts, compiled, secret in self._spelled
            if all(part in letters for part in parts)
        )

    def may_be_hidden_in(self, text: str) -> bool:
        """False only where `is_hidden_in` finds nothing in this text, nor in any part of it however cut."""
        if not self.has_hidden:
            return False
        folded = _without_marks(_folded(text))
        if any(all(word in folded for word in hidden.split()) for hidden in self._hidden):
            return True
        digits = _NO_DIGIT.sub("", folded) if self._phones else ""
        return any(number in digits for number, _ in self._phones)

    def is_hidden_in(self, text: str) -> bool:
        """True where a secret of class H stands in the text as whole words, or a phone number in any grouping."""
        if not self.has_hidden:
            return False
        folded = _folded(text)
        words = f" {_words(folded)} "
        if any(hidden in words for hidden in self._hidden):
            return True
        digits = _NO_DIGIT.sub("", folded) if self._phones else ""
        return any(number in digits and phone.search(folded) for number, phone in self._phones)


def _folded(text: str) -> str:
    if "\x00" in text:  # UTF-16 read as something else
        text = text.replace("\x00", "")
    if "\xa0" in text:  # of what is not ASCII by far the commonest; NFKC makes it a blank too
        text = text.replace("\xa0", " ")
    if text.isascii():
        return text.lower()
    # Few characters of a text are not ASCII: what is to be done is told from those alone.
    odd = _odd_in(text.encode("utf-8", "surrogatepass"))
    if _INVISIBLE.search(odd):
        text, odd = _INVISIBLE.sub("", text), _INVISIBLE.sub("", odd)
    if _is_changed_by_form(odd):
        text = unicodedata.normalize("NFKC", text)
    return text.casefold() if text.isascii() else text.lower()


def _words(folded: str) -> str:
    """Words alone, without the marks on their letters, one blank between two: however they are set apart."""
    return " ".join(_WORD.findall(_without_marks(folded)))


def _without_marks(folded: str) -> str:
    if folded.isascii():
        return folded
    bare = {character: _bare(character) for character in set(_odd_in(folded.encode("utf-8", "surrogatepass")))}
    changed = {ord(character): kept for character, kept in bare.items() if kept != character}
    return folded.translate(changed) if changed else folded


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


def _folded_octets(text: str) -> bytes:
    """`_folded`, in UTF-8: octets are searched much faster than wide characters."""
    octets = text.encode("utf-8", "surrogatepass")
    if b"\x00" in octets or (not octets.isascii() and _is_folded_by_more_than_case(octets)):
        octets = _folded(text).encode("utf-8", "surrogatepass")
    return octets.lower()


def _is_folded_by_more_than_case(octets: bytes) -> bool:
    """False where folding changes nothing but the case of ASCII letters, told from the other characters alone."""
    odd = _odd_in(octets)
    return odd != odd.lower() or _INVISIBLE.search(odd) is not None or _is_changed_by_form(odd)


def _odd_in(octets: bytes) -> str:
    """The characters of a text in UTF-8 that are not ASCII."""
    return octets.translate(None, _ASCII).decode("utf-8", "surrogatepass")


def _is_changed_by_form(odd: str) -> bool:
    """False where NFKC changes no text whose characters beyond ASCII are these."""
    # Combining ones are the only ones that may form one character with an ASCII letter before them.
    return not unicodedata.is_normalized("NFKC", odd) or any(map(unicodedata.combining, set(odd)))


@lru_cache(maxsize=4096)
def _phone_pattern(digits: str) -> re.Pattern[str]:
    # Digits inside a word or a longer number are no telephone number; a country code in front is part of it.
    number = _BETWEEN_DIGITS.join(digits)
    return re.compile(rf"(?<![a-z\d])(?:\+?\d[\d\s().\xa0/-]{{0,8}})?{number}(?![a-z\d])")


def _plain(folded: bytes) -> bytes:
    """Only the ASCII of it, look-alikes as what they look like: marks on and blanks between letters go."""
    odd = folded.translate(None, _ASCII)
    for look_alike, letter in _LOOK_ALIKES:
        if look_alike in odd:
            folded = folded.replace(look_alike, letter)
    return folded.translate(None, _NOT_ASCII)


#: what must be among the letters of a text, and what makes the pattern of which secret
_Spelled = tuple[tuple[bytes, ...], Callable[[bytes], re.Pattern[bytes]], bytes]


def _spelled_address(address: bytes) -> _Spelled | None:
    """How this address is found however it is set apart."""
    local_part, _, domain = address.rpartition(b"@")
    if not address.isascii() or not _letters(local_part):
        return None
    return tuple(map(_letters, (*local_part.split(b"."), *domain.split(b".")))), _address_pattern, address


def _spelled_domain(domain: bytes) -> _Spelled | None:
    """As `_spelled_address`, for any address of a domain: here the sign must stand, as it is or in brackets."""
    if not domain.isascii():
        return None
    return tuple(map(_letters, domain.split(b"."))), _domain_pattern, domain


# Compiling one costs milliseconds: more than all of the gate for a text that does not need it.
@lru_cache(maxsize=4096)
def _address_pattern(address: bytes) -> re.Pattern[bytes]:
    local_part, _, domain = address.decode().rpartition("@")
    pattern = rf"(?<![a-z0-9]){_spaced(local_part)}{_AT}{_spaced(domain)}(?![a-z0-9])"
    return re.compile(pattern.encode())


@lru_cache(maxsize=4096)
def _domain_pattern(domain: bytes) -> re.Pattern[bytes]:
    return re.compile(rf"(?:@|{_BRACKETED_AT}){_GAP}{_spaced(domain.decode())}(?![a-z0-9])".encode())


def _letters(text: bytes) -> bytes:
    return text.translate(None, _ALL_BUT_LETTERS_AND_DIGITS)


def _spaced(text: str) -> str:
    """The pattern of a local part or domain whose characters stand apart."""
    labels = (_GAP.join(chr(c) for c in label.encode() if c in _LETTERS_AND_DIGITS) for label in text.split("."))
    return _DOT.join(label for label in labels if label)


def _positions(folded: bytes, secret: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Yield the octet before each occurrence (a blank where it begins the text), what comes behind, and its place."""
    at = folded.find(secret)
    while at != -1:
        after = at + len(secret)
        yield folded[at - 1] if at else 0x20, folded[after : after + 2] + b"  ", at
        at = folded.find(secret, at + 1)


def _stands_alone(folded: bytes, address: bytes) -> bool:
    """Part of a longer word is another address; any other neighbour leaves it readable."""
    return any(
        before not in _LETTERS_AND_DIGITS and after[0] not in _LETTERS_AND_DIGITS
        for before, after, _ in _positions(folded, address)
    )


def _follows_at(folded: bytes, domain: bytes) -> bool:
    """The domain, or a host under it, as the domain of an address."""
    for before, after, at in _positions(folded, domain):
        if after[0] in _LETTERS_AND_DIGITS or before in _LETTERS_AND_DIGITS or before == _DASH:
            continue
        start = at
        while start and at - start < 255 and folded[start - 1] in _HOST_CHARACTERS:
            start -= 1
        if start and folded[start - 1] == _SIGN:
            return True
    return False


def _is_whole_trace(folded: bytes, trace: bytes) -> bool:
    """A host inside a longer host name, or behind an @, is not that host: our alias domains end like our hosts."""
    return any(
        before not in _HOST_CHARACTERS
        and before not in b"@_"
        and after[0] not in _LETTERS_AND_DIGITS
        and not (after[0] == _STOP and after[1] in _LETTERS_AND_DIGITS)
        for before, after, _ in _positions(folded, trace)
    )
