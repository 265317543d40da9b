"""Addresses: one strict grammar, and three types that can not be mixed up.

`RealAddress` is a secret (design.md promise 2, class R) and hides itself in `repr`. `AliasAddress` is what we may write
into From, Reply-To, Cc and bodies. `OwnAddress` is the reader's own mailbox, the only thing that may stand in To.
Does not parse header fields: that is `message/fields.py`.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from typing_extensions import override

# RFC 5321 §4.1.2 Dot-string with the RFC 6531 extension (any non-ASCII character is atext). Quoted local parts,
# comments, routes and address literals are refused on purpose (threats.md T-22): nothing is guessed.
# Classes of what is left out: one that names all characters takes long to compile.
_ATOM = r"[^\x00- \"(),.:;<>@\[\\\]\x7f-\u00a0]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LETTER, _LETTER_OR_HYPHEN = r"[^\x00-/:-@\[-`{-\u00a0]", r"[^\x00-,./:-@\[-`{-\u00a0]"
_LABEL = f"{_LETTER}(?:{_LETTER_OR_HYPHEN}{{0,61}}{_LETTER})?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_MAX_LOCAL_PART_OCTETS = 64  # RFC 5321 §4.5.3.1.1
_MAX_DOMAIN_OCTETS = 255  # RFC 5321 §4.5.3.1.2


def split_addr_spec(text: str) -> tuple[str, str] | None:
    """Split an addr-spec into local part and lower-case domain; None if it is not one (RFC 5321 §4.1.2, strict)."""
    local_part, at, domain = text.rpartition("@")
    if not at or len(domain) > _MAX_DOMAIN_OCTETS:
        return None
    if len(local_part.encode("utf-8", "replace")) > _MAX_LOCAL_PART_OCTETS:
        return None
    if not _LOCAL_PART.fullmatch(local_part) or not _DOMAIN.fullmatch(domain) or not _is_plain(text):
        return None
    return local_part, domain.lower()


def _is_plain(text: str) -> bool:
    """No blank, control, format, surrogate or unassigned character, and nothing that a mapping turns into another.

    RFC 6531 §3.3 calls them atext, but they change what a person reads or where a later hop sends it: a right-to-left
    override, a zero-width space, a full-width "@" or dot (threats.md T-18, T-36).
    """
    return text.isascii() or (
        unicodedata.is_normalized("NFKC", text) and not any(unicodedata.category(c)[0] in "CZ" for c in text)
    )


@dataclass(frozen=True, slots=True)
class _Address:
    #: local-part@domain; the domain in lower case, the local part as written
    addr_spec: str

    def __post_init__(self) -> None:
        parts = split_addr_spec(self.addr_spec)
        if parts is None:
            raise ValueError("not an addr-spec (RFC 5321 §4.1.2)")
        object.__setattr__(self, "addr_spec", f"{parts[0]}@{parts[1]}")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the address, or None where `text` is no strict addr-spec."""
        return cls(text) if split_addr_spec(text) is not None else None

    @property
    def local_part(self) -> str:
        """What stands before the last @, as written."""
        return self.addr_spec.rpartition("@")[0]

    @property
    def domain(self) -> str:
        """What stands after the last @, in lower case."""
        return self.addr_spec.rpartition("@")[2]

    @property
    def key(self) -> str:
        """The form two spellings of one mailbox share: all lower case. Look-ups and comparisons use this."""
        return self.addr_spec.lower()


@dataclass(frozen=True, slots=True)
class RealAddress(_Address):
    """The mailbox of a person: never shown to the other side, never logged; `repr` hides it."""

    @override
    def __repr__(self) -> str:
        return "RealAddress(hidden)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class AliasAddress(_Address):
    """An address in an alias domain of ours: what From, Reply-To, Cc and bodies may carry."""


@dataclass(frozen=True, slots=True)
class OwnAddress(_Address):
    """The reader's own mailbox, for the To field of the mail that goes there; made by `of` only."""

    @classmethod
    def of(cls, forward_path: RealAddress) -> "OwnAddress":
        """The address that a delivery to `forward_path` may show in its To field."""
        return cls(forward_path.addr_spec)

    @override
    def __repr__(self) -> str:
        return "OwnAddress(hidden)"

    __str__ = __repr__
