"""Reads which hosts the words of an HTML link name, for a target: a link that shows one host and leads to another.

Knows nothing of rules and judges nothing; the target itself is found by `htmlform.py`.
"""

import re
from functools import lru_cache

from mailbridge.message.entities import without_entities
from mailbridge.patterns import lazy_pattern

# Bounded, and each alternative ends where the next begins (T-70).
_ANCHOR = lazy_pattern(
    r"<a\b[^<>]{0,400}?href\s{0,9}=\s{0,9}(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})')[^<>]{0,2000}>(.{1,400}?)</a",
    re.IGNORECASE | re.DOTALL,
)
_TAG = lazy_pattern(r"<[^<>]{0,400}>")
_SHOWN = lazy_pattern(
    r"\s{0,9}(?:https?://)?((?:[\w-]{1,63}\.){1,6}[a-z]{2,18})(?:[/?#:][^\s]{0,300})?\s{0,9}", re.IGNORECASE
)
_IGNORED = str.maketrans("", "", "\t\r\n")
_MAX_ANCHORS = 500


def shown_hosts(html: str, url: str) -> tuple[str, ...]:
    """The hosts that the words of links to this target name; none where the words name no host."""
    return tuple(shown for target, shown in _anchors(html) if target == url)


@lru_cache(maxsize=4)
def _anchors(html: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for number, anchor in enumerate(_ANCHOR.finditer(html)):
        if number == _MAX_ANCHORS:
            break
        target = without_entities(anchor[1] or anchor[2]).translate(_IGNORED).strip()
        shown = _SHOWN.fullmatch(without_entities(_TAG.sub("", anchor[3])))
        if shown is not None:
            found.append((target, shown[1].lower()))
    return tuple(found)
