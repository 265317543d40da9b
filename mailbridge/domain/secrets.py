"""The secrets of one exchange, in the two classes of design.md promise 2.

Collected by `path/post.py` for one reader; the masker and the leak gate are given the same value and share no code.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What must not reach one reader."""

    #: class R, addr-specs of the author's side, lower case: never in any byte
    addresses: tuple[str, ...] = ()
    #: class R, other strings: hosts, IP addresses, foreign message ids, client names; as written
    traces: tuple[str, ...] = ()
    #: class R, domains of the author's side that belong to nobody else (no mail provider's), lower case: never after @
    domains: tuple[str, ...] = ()
    #: class H: names and numbers on record; never in headers, quotes, history or metadata
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One secret found where it must not be."""

    #: "routing" or "hidden"
    klass: str
    #: where it was found: header field name, part path ("1.2") and layer ("base64", "entity"); never the secret itself
    place: str
