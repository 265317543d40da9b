"""Find the secrets of one reader in text, and replace them: the masker's own search.

A shadow of the text (lower case, NFKC, without invisible characters, with entities and percent forms undone) says
whether a secret is there at all; only then the text itself is cut, by a pattern that allows for the disguises.
Shares no code with the leak gate. Does not know what a mail is.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from mailbridge.domain.secrets import Secrets
from mailbridge.message.named import CLOSE, MARK, OPEN, without_names

_INVISIBLE_CLASS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_ASCII_OCTETS = bytes(range(0x80))
_PERCENT_FORM = re.compile(r"%[0-9A-Fa-f]{2}")
_INVISIBLE = re.compile(f"[{_INVISIBLE_CLASS}]+")
_AT_WORDS, _DOT_WORDS = r"\s?(?:at|ät|małpa|chiocciola|@)\s?[)\]}]", r"\s?(?:dot|punkt|kropka|punto)\s?[)\]}]"
# Patterns begin with a character that must be there, and with one only: else they cost ten times as much.
_SPELLED = tuple(
    (bracket, re.compile(re.escape(bracket) + _AT_WORDS), re.compile(rf"{re.escape(bracket)}{_DOT_WORDS}\s?"))
    for bracket in "([{"
)
#: before a dot that was spelled out: a blank in front of it goes too
_JOIN = "\ue002"
_BLANK_AFTER_AT = re.compile(r"@\s{1,3}")
_AT = re.compile(
    r"@|\uff20|\ufe6b|%40|&#0{0,4}64;|&#x0{0,4}40;|&commat;|[(\[{]\s?(?:at|ät|małpa|chiocciola|@)\s?[)\]}]",
    re.IGNORECASE,
)
_DOT = (
    r"(?:\.|\uff0e|\u3002|%2e|&#0{0,4}46;|&#x0{0,4}2e;|&period;"
    r"|\s{0,3}[(\[{]\s?(?:dot|punkt|kropka|punto)\s?[)\]}]\s{0,3})"
)
# A percent form or entity of a letter belongs to the word, one of < > " , : = / or a blank does not.
_LETTER = (
    rf"(?:[A-Za-z0-9!$'*+^_`|~.\u00a1-\uffdf{_INVISIBLE_CLASS}-]"
    r"|%(?!3[ACDE]|2[0-2CF])[0-9A-F]{2}|&#x?[0-9A-F]{1,6};)"
)
# Begins where a word begins and never steps back: else each of 140 places is tried for each sign.
_LOCAL_PART_BEFORE = re.compile(
    rf"(?<![A-Za-z0-9._+-]){_LETTER}{{1,128}}+[{_INVISIBLE_CLASS}]*\s{{0,3}}\Z", re.IGNORECASE
)
_DOMAIN_BEHIND = re.compile(
    rf"\s{{0,3}}(?:[A-Za-z0-9\u00a1-\uffdf{_INVISIBLE_CLASS}-]|%(?!3[ACDE]|2[0-2CEF])[0-9A-F]{{2}}"
    rf"|&#x?[0-9A-F]{{1,6}};|{_DOT}(?=[^\s.])){{1,255}}",
    re.IGNORECASE,
)
_MAX_LOCAL_PART = 140
_MAX_SIGNS = 3_000
_MAX_HOST = 255
_HOST_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789.-"
_BEFORE = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))"
_AFTER = r"(?![A-Za-z0-9-])"
_HOST_BEFORE = r"(?<![A-Za-z0-9._@-])"
_HOST_AFTER = r"(?![A-Za-z0-9-]|\.[A-Za-z0-9])"


def shadow(text: str) -> str:
    """Return text in the form that secrets are looked for in; what layers undo is added below."""
    return _shadow_of(_lowered(text))


def _shadow_of(lowered: str) -> str:
    folded = _visible(lowered)
    layers = folded
    if "&" in folded:
        layers = _visible(unescape(layers))
    if "%" in layers and _PERCENT_FORM.search(layers):
        layers = unquote(layers)
    layers = _unspelled(layers)
    return folded if layers == folded else f"{folded}\n{layers.lower()}"


def _lowered(text: str) -> str:
    """`text.lower()`; much faster where all that has two cases is ASCII."""
    if text.isascii():
        return text.lower()
    octets = text.encode("utf-8", "surrogatepass")
    others = octets.translate(None, _ASCII_OCTETS).decode("utf-8", "surrogatepass")
    return octets.lower().decode("utf-8", "surrogatepass") if others == others.lower() else text.lower()


def _visible(lowered: str) -> str:
    """Lower-case text in NFKC, without characters that nobody sees."""
    if lowered.isascii():
        return lowered
    # Most text holds a few letters that are not ASCII; they alone say whether there is anything to do.
    others = lowered.encode("utf-8", "surrogatepass").translate(None, _ASCII_OCTETS).decode("utf-8", "surrogatepass")
    if _INVISIBLE.search(others):
        lowered = _INVISIBLE.sub("", lowered)
    if not unicodedata.is_normalized("NFKC", others) or any(map(unicodedata.combining, set(others))):
        lowered = unicodedata.normalize("NFKC", lowered).lower()
    return lowered


def _unspelled(text: str) -> str:
    """Read "bob (at) firm (dot) example" and "bob @ firm.example" as the addresses they are."""
    for bracket, spelled_at, spelled_dot in _SPELLED:
        if bracket in text:
            text = spelled_dot.sub(f"{_JOIN}.", spelled_at.sub("@", text))
    if _JOIN in text:
        text = text.replace(f" {_JOIN}.", ".").replace(f"{_JOIN}.", ".")
    if "@" not in text:
        return text
    if " @" in text:
        text = text.replace("  @", "@").replace(" @", "@")
    return _BLANK_AFTER_AT.sub("@", text)


class Needles:
    """The secrets of one reader, ready to be searched for."""

    __slots__ = ("_addresses", "_domains", "_label", "_open_secrets", "_replacement")

    def __init__(self, secrets: Secrets, replacement: Mapping[str, str], label: str) -> None:
        self._replacement = {address.lower(): stands_for for address, stands_for in replacement.items()}
        addresses = dict.fromkeys([*(a.lower() for a in secrets.addresses), *self._replacement])
        # Longest first: bob@firm.example.com before bob@firm.example
        self._addresses = sorted(addresses, key=len, reverse=True)
        self._domains = tuple(domain.lower() for domain in secrets.domains)
        traces = sorted({trace.lower() for trace in secrets.traces if len(trace) >= 4}, key=len, reverse=True)
        #: kind and secret of all that is found as it is written
        self._open_secrets = (*(("address", a) for a in self._addresses), *(("trace", t) for t in traces))
        self._label = label

    def are_in(self, seen: str) -> bool:
        """True where any of the secrets is in this shadow of a text."""
        return any(True for _ in self._present(seen))

    def replaced(self, text: str, removed: set[str]) -> str:
        """Return text with every secret replaced; adds to `removed` what kinds were."""
        shown: list[str] = []
        return unmarked(self.marked(text, shown, removed), shown)

    def named(self, text: str, removed: set[str]) -> str:
        """As `replaced`; "Name <address>", as it stands in what introduces a quote, is replaced as a whole."""
        shown: list[str] = []
        return unmarked(without_names(self.marked(text, shown, removed)), shown)

    def marked(self, text: str, shown: list[str], removed: set[str]) -> str:
        """Put a mark in place of each secret; `shown` gets what each mark stands for."""
        text, lowered = self._mark_open(text.replace(OPEN, "").replace(CLOSE, ""), shown, removed)
        if not self.are_in(_shadow_of(lowered)):
            return text
        text = self._mark_addresses(text, shown, removed)
        for kind, secret in tuple(self._present(shadow(text))):
            if kind != "domain":
                # A trace, or an address with odd letters or in deep disguise.
                mark = _new_mark(shown, self._replacement.get(secret, self._label))
                text, count = _pattern(kind, secret).subn(mark, text)
                removed |= {kind} if count else set()
        return text

    def _mark_open(self, text: str, shown: list[str], removed: set[str]) -> tuple[str, str]:
        """Mark addresses and traces that are written as they are: all that honest mail holds.

        Returns the text, and the same in lower case.
        """
        lowered = _lowered(text)
        if len(lowered) != len(text):  # one letter, \u0130, becomes two
            return text, lowered
        found = [(at, kind, secret) for kind, secret in self._open_secrets for at in _places(kind, lowered, secret)]
        if not found:
            return text, lowered
        spans: list[tuple[int, int]] = []
        for at, kind, secret in sorted(found, key=lambda each: (each[0], -len(each[2]))):
            if not spans or at >= spans[-1][1]:
                removed.add(kind)
                spans.append((at, at + len(secret)))
                _new_mark(shown, self._replacement.get(secret, self._label))
        first = len(shown) - len(spans)
        return _with_marks(text, spans, first), _with_marks(lowered, spans, first)

    def _mark_addresses(self, text: str, shown: list[str], removed: set[str]) -> str:
        """Look at everything that reads as an address, in whatever disguise, and mark those that are secret.

        Raises ValueError where there are more than any honest text has: each costs microseconds (I6).
        """
        pieces: list[str] = []
        done = 0
        for count, at in enumerate(_AT.finditer(text)):
            if count >= _MAX_SIGNS:
                raise ValueError("too many addresses to look at")
            local_part = _LOCAL_PART_BEFORE.search(text, max(done, at.start() - _MAX_LOCAL_PART), at.start())
            domain = _DOMAIN_BEHIND.match(text, at.end())
            if local_part is None or domain is None:
                continue
            start, end = local_part.start(), domain.end()
            kind, secret, stands_for = self._judge(shadow(text[start:end]).rpartition("\n")[2])
            if kind:
                literal = text[start:end].lower().find(secret) if kind == "address" else -1
                if literal != -1:  # written openly: what is glued to it stays
                    start, end = start + literal, start + literal + len(secret)
                removed.add(kind)
                pieces += [text[done:start], _new_mark(shown, stands_for)]
                done = end
        pieces.append(text[done:])
        return "".join(pieces)

    def _judge(self, address: str) -> tuple[str, str, str]:
        """What kind of secret this address is, "" for none, which one, and what is shown instead."""
        for secret in self._addresses:
            at = address.find(secret)
            if at != -1 and not _is_word(address[at - 1 : at]) and not _is_word(address[at + len(secret) :][:1]):
                return "address", secret, self._replacement.get(secret, self._label)
        host = address.rpartition("@")[2]
        for domain in self._domains:
            if host == domain or host.endswith(f".{domain}") or host.startswith(f"{domain}."):
                return "domain", domain, self._label
        return "", "", ""

    def _present(self, seen: str) -> Iterator[tuple[str, str]]:
        for kind, secret in (*self._open_secrets, *(("domain", domain) for domain in self._domains)):
            if secret in seen and next(_places(kind, seen, secret), None) is not None:
                yield kind, secret


def _places(kind: str, lowered: str, secret: str) -> Iterator[int]:
    """Where the secret stands by itself, in text that is lower case."""
    is_there = _STANDS[kind]
    at = lowered.find(secret)
    while at != -1:
        end = at + len(secret)
        if is_there(lowered, at, end):
            yield at
            at = lowered.find(secret, end)
        else:
            at = lowered.find(secret, at + 1)


def _is_address(lowered: str, start: int, end: int) -> bool:
    return not _is_word(lowered[max(0, start - 1) : start]) and not _is_word(lowered[end : end + 1])


def _is_host(lowered: str, start: int, end: int) -> bool:
    before, after = lowered[max(0, start - 1) : start], lowered[end : end + 2]
    if _is_word(before) or before in {".", "_", "@"} or _is_word(after[:1]):
        return False
    return not (after[:1] == "." and _is_word(after[1:]) and after[1:] != "-")


def _is_domain(lowered: str, start: int, end: int) -> bool:
    if _is_word(lowered[end : end + 1]) or lowered[max(0, start - 1) : start] not in {".", "@"}:
        return False
    return lowered[max(0, start - _MAX_HOST) : start].rstrip(_HOST_CHARACTERS)[-1:] == "@"


_STANDS = {"address": _is_address, "trace": _is_host, "domain": _is_domain}


def _is_word(character: str) -> bool:
    return character == "-" or (character.isascii() and character.isalnum())


def _with_marks(text: str, spans: list[tuple[int, int]], first: int) -> str:
    pieces: list[str] = []
    done = 0
    for number, (start, end) in enumerate(spans, start=first):
        pieces += [text[done:start], f"{OPEN}{number}{CLOSE}"]
        done = end
    return "".join([*pieces, text[done:]])


def _new_mark(shown: list[str], stands_for: str) -> str:
    shown.append(stands_for)
    return f"{OPEN}{len(shown) - 1}{CLOSE}"


def unmarked(text: str, shown: list[str]) -> str:
    """Put what each mark stands for in its place."""
    return MARK.sub(lambda mark: shown[int(mark[1])], text) if shown else text


@lru_cache(maxsize=512)
def _pattern(kind: str, secret: str) -> re.Pattern[str]:
    disguised = f"[{_INVISIBLE_CLASS}]{{0,8}}".join(_disguised_character(character) for character in secret)
    before, after = (_BEFORE, _AFTER) if kind == "address" else (_HOST_BEFORE, _HOST_AFTER)
    return re.compile(before + disguised + after, re.IGNORECASE)


def _disguised_character(character: str) -> str:
    if character == "@":
        return rf"\s{{0,3}}(?:{_AT.pattern})\s{{0,3}}"
    if character == ".":
        return _DOT
    forms = [re.escape(character)]
    if character.isascii():
        code = ord(character)
        forms += [f"%{code:02x}", f"&#0{{0,4}}{code};", f"&#x0{{0,4}}{code:x};", re.escape(chr(code + 0xFEE0))]
    return f"(?:{'|'.join(forms)})"
