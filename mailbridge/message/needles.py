"""Find the secrets of one reader in text, and replace them: the masker's own search.

A shadow of the text (lower case, NFKC, without invisible characters, with entities and percent forms undone) says
whether a secret is there at all; only then the text itself is cut, by a pattern that allows for the disguises.
Shares no code with the leak gate. Does not know what a mail is.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from mailbridge.domain.secrets import Secrets

_INVISIBLE_CLASS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{_INVISIBLE_CLASS}]+")
# Patterns begin with a character that must be there: one that begins with an optional blank costs ten times as much.
_SPELLED_AT = re.compile(r"[(\[{]\s?(?:at|ät|małpa|chiocciola|@)\s?[)\]}]")
_SPELLED_DOT = re.compile(r"\s?[(\[{]\s?(?:dot|punkt|kropka|punto)\s?[)\]}]\s?")
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
#: farther than this no name and no closing bracket stands from its address: six tags of 300 and 80 letters each
_NAME_REACH = 2500
_NAME_REACH_IN_PLAIN = 400
_MAX_SIGNS = 3_000
_BEFORE = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))"
_AFTER = r"(?![A-Za-z0-9-])"
_HOST_BEFORE = r"(?<![A-Za-z0-9._@-])"
_HOST_AFTER = r"(?![A-Za-z0-9-]|\.[A-Za-z0-9])"
# Stand for a replaced secret until the names beside it are gone: private use characters, taken out of the text before.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TAGS = r"(?:\s|<[^<>]{0,300}>){0,6}"
# `Name <address>`, `"Name" [mailto:address]`, in HTML with tags between; group 1 stays in front, group 2 is the mark.
_NAMED = re.compile(
    r"((?:^|[,;:>]|\d{1,2}[:.]\d\d(?:\s?[AP]M|\sUhr)?|\b(?:schrieb|przez|użytkownik))\s{0,20})"
    r'(?:"[^"\n<>]{1,80}"|[^\d\s,;:<>"&][^,;:<>"&\n]{0,80})'
    rf"{_TAGS}(?:<|&lt;|\[|\()(?:<[^<>]{{0,300}}>){{0,3}}(?:mailto:)?({_OPEN}\d+{_CLOSE})"
    r"(?:</a>)?(?:<mailto:[^<>\s]{0,300}>)?(?:>|&gt;|\]|\))",
    re.IGNORECASE | re.MULTILINE,
)


def shadow(text: str) -> str:
    """Return text in the form that secrets are looked for in; what layers undo is added below."""
    folded = text.lower()
    if not folded.isascii():
        folded = _INVISIBLE.sub("", folded)
        if not unicodedata.is_normalized("NFKC", folded):
            folded = unicodedata.normalize("NFKC", folded).lower()
    layers = folded
    if "&" in folded:
        layers = unescape(layers)
        layers = layers if layers.isascii() else _INVISIBLE.sub("", layers)
    if "%" in layers:
        layers = unquote(layers)
    layers = _unspelled(layers)
    return folded if layers == folded else f"{folded}\n{layers.lower()}"


def _unspelled(text: str) -> str:
    """Read "bob (at) firm (dot) example" and "bob @ firm.example" as the addresses they are."""
    if "(" in text or "[" in text or "{" in text:
        spelled = _SPELLED_AT.sub("@", text)
        text = _SPELLED_DOT.sub(".", spelled) if spelled != text or "dot" in text else text
    if "@" not in text:
        return text
    if " @" in text:
        text = text.replace("  @", "@").replace(" @", "@")
    return _BLANK_AFTER_AT.sub("@", text)


class Needles:
    """The secrets of one reader, ready to be searched for."""

    __slots__ = ("_addresses", "_domains", "_label", "_replacement", "_traces")

    def __init__(self, secrets: Secrets, replacement: Mapping[str, str], label: str) -> None:
        self._replacement = {address.lower(): stands_for for address, stands_for in replacement.items()}
        addresses = dict.fromkeys([*(a.lower() for a in secrets.addresses), *self._replacement])
        # Longest first: bob@firm.example.com before bob@firm.example
        self._addresses = sorted(addresses, key=len, reverse=True)
        self._domains = tuple(domain.lower() for domain in secrets.domains)
        self._traces = sorted({trace for trace in secrets.traces if len(trace) >= 4}, key=len, reverse=True)
        self._label = label

    def are_in(self, seen: str) -> bool:
        """True where any of the secrets is in this shadow of a text."""
        return any(True for _ in self._present(seen))

    def replaced(self, text: str, removed: set[str]) -> str:
        """Return text with every secret replaced; adds to `removed` what kinds were."""
        shown: list[str] = []
        return _unmarked(self._marked(text, shown, removed), shown)

    def named(self, text: str, removed: set[str]) -> str:
        """As `replaced`; "Name <address>", as it stands in what introduces a quote, is replaced as a whole."""
        shown: list[str] = []
        text = self._marked(text, shown, removed)
        if shown:
            # Names stand close before their mark: the rest of a long quote need not be looked at.
            reach = _NAME_REACH if "</" in text else _NAME_REACH_IN_PLAIN
            start, end = max(0, text.find(_OPEN) - reach), text.rfind(_CLOSE) + reach
            start = text.rfind("\n", 0, start) + 1
            cut, count = _NAMED.subn(r"\1\2", text[start:end])
            if count:
                removed.add("name")
                text = text[:start] + cut + text[end:]
        return _unmarked(text, shown)

    def _marked(self, text: str, shown: list[str], removed: set[str]) -> str:
        """Put a mark in place of each secret; `shown` gets what each mark stands for."""
        if not self.are_in(shadow(text)):
            return text
        text = text.replace(_OPEN, "").replace(_CLOSE, "")
        text = self._mark_addresses(text, shown, removed)
        for kind, secret in tuple(self._present(shadow(text))):
            if kind != "domain":
                # A trace, or an address with odd letters or in deep disguise.
                mark = _new_mark(shown, self._replacement.get(secret.lower(), self._label))
                text, count = _pattern(kind, secret).subn(mark, text)
                removed |= {kind} if count else set()
        return text

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

    def _present(self, seen: str) -> Iterable[tuple[str, str]]:
        for address in self._addresses:
            if address in seen:
                yield "address", address
        for domain in self._domains:
            if domain in seen:
                yield "domain", domain
        for trace in self._traces:
            if trace.lower() in seen:
                yield "trace", trace


def _is_word(character: str) -> bool:
    return character == "-" or (character.isascii() and character.isalnum())


def _new_mark(shown: list[str], stands_for: str) -> str:
    shown.append(stands_for)
    return f"{_OPEN}{len(shown) - 1}{_CLOSE}"


def _unmarked(text: str, shown: list[str]) -> str:
    return _MARK.sub(lambda mark: shown[int(mark[1])], text) if shown else text


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
