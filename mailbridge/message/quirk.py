"""What one mail client contributes to reading a reply: how its HTML wraps quotes, and the lines that only it writes.

What differs by language and not by client stands in `message/languages/`. Recognises nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirk:
    """The habits of one client."""

    #: as people call it
    client: str
    #: CSS selectors of elements that hold quoted history and nothing else; answers between two of them stay
    quotes: tuple[str, ...] = ()
    #: CSS selectors of elements from which on everything is quoted history
    history: tuple[str, ...] = ()
    #: CSS selectors of elements that hold the signature
    signatures: tuple[str, ...] = ()
    #: titles between dashes that it does not translate, lower case
    titles: tuple[str, ...] = ()
    #: beginnings of lines that it adds below a text, lower case
    footers: tuple[str, ...] = ()
    #: links in such lines, lower case, below which the program puts the history and nobody writes
    last_links: tuple[str, ...] = ()
    #: (beginning, pattern) of single lines from which on everything is quoted history, lower case; a pattern must be
    #: linear: it sees 400 characters at most
    history_lines: tuple[tuple[str, str], ...] = ()
