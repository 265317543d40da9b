"""The octets of DATA (RFC 5321 §2.3.8, §4.5.2): CRLF only, dots stuffed, ended.

The last guard against smuggling (T-02). Does not compose, sign or send.
"""

import re

_BARE = re.compile(rb"\r\n|\r|\n")
_LONGEST_LINE_OCTETS = 998  # RFC 5321 §4.5.3.1.6, without CRLF


def with_crlf(octets: bytes) -> bytes:
    """The same lines, each ended by CRLF; a bare CR or LF ends a line too. Unchanged where nothing is bare."""
    ends = octets.count(b"\r\n")
    if octets.count(b"\n") != ends or octets.count(b"\r") != ends:
        octets = _BARE.sub(b"\r\n", octets)
    return octets if octets.endswith(b"\r\n") else octets + b"\r\n"


def has_long_line(octets: bytes) -> bool:
    """True when a line is longer than 998 octets; `octets` have CRLF."""
    return max(map(len, octets.split(b"\r\n"))) > _LONGEST_LINE_OCTETS


def for_data(octets: bytes) -> bytes:
    """What follows the 354: CRLF lines, a dot doubled at a line's start, and the dot that ends it."""
    lines = with_crlf(octets)
    if lines.startswith(b"."):
        lines = b"." + lines
    return lines.replace(b"\r\n.", b"\r\n..") + b".\r\n"
