"""Find the secrets of one reader in text, and replace them: the masker's own search.

A shadow of the text (lower case, NFKC, without invisible characters, with entities and percent forms undone) says
whether a secret is there at all; only then the text itself is cut, by a pattern that allows for the disguises.
Shares no code with the leak gate. Does not know what a mail is.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
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
_AT = (
    r"(?:\s{0,3}@\s{0,3}|\uff20|\ufe6b|%40|&#0{0,4}64;|&#x0{0,4}40;|&commat;"
    r"|\s{0,3}[(\[{<]\s?(?:at|ät|małpa|chiocciola)\s?[)\]}>]\s{0,3})"
)
_DOT = (
    r"(?:\.|\uff0e|\u3002|%2e|&#0{0,4}46;|&#x0{0,4}2e;|&period;"
    r"|\s{0,3}[(\[{<]\s?(?:dot|punkt|kropka|punto)\s?[)\]}>]\s{0,3})"
)
_BEFORE = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))"
_AFTER = r"(?![A-Za-z0-9-])"
_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}"
_HOST_BEFORE = r"(?<![A-Za-z0-9._@-])"
_HOST_AFTER = r"(?![A-Za-z0-9-]|\.[A-Za-z0-9])"

Replace = Callable[[str], str]


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
        for kind, secret in tuple(self._present(shadow(text))):
            text, count = _pattern(kind, secret).subn(self._template(secret), text)
            if count:
                removed.add(kind)
        return text

    def named(self, text: str, removed: set[str]) -> str:
        """Replace "Name <address>" as a whole, as it stands in what introduces a quote; then the rest."""
        for kind, secret in tuple(self._present(shadow(text))):
            if kind != "address":
                continue
            text, count = _named_pattern(secret).subn(rf"\g<1>{self._template(secret)}", text)
            if count:
                removed.add("name")
        return self.replaced(text, removed)

    def _template(self, secret: str) -> str:
        return self._replacement.get(secret.lower(), self._label).replace("\\", r"\\")

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


@lru_cache(maxsize=2048)
def _pattern(kind: str, secret: str) -> re.Pattern[str]:
    disguised = _disguised(secret)
    if kind == "address":
        return re.compile(_BEFORE + disguised + _AFTER, re.IGNORECASE)
    if kind == "domain":
        return re.compile(
            rf"{_BEFORE}{_LOCAL_PART}{_AT}(?:[A-Za-z0-9-]{{1,63}}\.){{0,5}}{disguised}{_AFTER}", re.IGNORECASE
        )
    return re.compile(_HOST_BEFORE + disguised + _HOST_AFTER, re.IGNORECASE)


@lru_cache(maxsize=2048)
def _named_pattern(address: str) -> re.Pattern[str]:
    """`Name <address>`, `"Name" [mailto:address]`, in HTML with tags between; group 1 is what stays in front."""
    tags = r"(?:\s|<[^<>]{0,300}>){0,6}"
    lead_in = r"((?:^|[,;:>]|\d{1,2}[:.]\d\d(?:\s?[AP]M|\sUhr)?|\b(?:schrieb|przez|użytkownik))\s*)"
    name = r'(?:"[^"\n<>]{1,80}"|[^\d\s,;:<>"&][^,;:<>"&\n]{0,80})'
    opening = rf"{tags}(?:<|&lt;|\[|\()(?:<[^<>]{{0,300}}>){{0,3}}(?:mailto:)?"
    closing = r"(?:</a>)?(?:<mailto:[^<>\s]{0,300}>)?(?:>|&gt;|\]|\))"
    return re.compile(lead_in + name + opening + _BEFORE + _disguised(address) + closing, re.IGNORECASE | re.MULTILINE)


def _disguised(secret: str) -> str:
    """A pattern for a secret in any of its written forms; linear, as no two repeats touch."""
    return f"[{_INVISIBLE_CLASS}]{{0,8}}".join(_disguised_character(character) for character in secret)


def _disguised_character(character: str) -> str:
    if character == "@":
        return _AT
    if character == ".":
        return _DOT
    forms = [re.escape(character)]
    if character.isascii():
        code = ord(character)
        forms += [f"%{code:02x}", f"&#0{{0,4}}{code};", f"&#x0{{0,4}}{code:x};", re.escape(chr(code + 0xFEE0))]
    return f"(?:{'|'.join(forms)})"
