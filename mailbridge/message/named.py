"""Take away the name that stands before a replaced address: `Name <address>`, `"Name" [mailto:address]`, tags between.

Works on marks, which stand for what is replaced until everything beside it is settled. Looks at the surroundings of
each mark only. Does not find addresses: that is `message/needles.py`.
"""

import re

from mailbridge.patterns import lazy_pattern

# Private use characters; whoever marks a text takes them out of it before.
OPEN, CLOSE = "\ue000", "\ue001"
MARK = lazy_pattern(f"{OPEN}(\\d+){CLOSE}")

_BEHIND = lazy_pattern(r"(?:</a>)?(?:<mailto:[^<>\s]{0,300}>)?(?:>|&gt;|\]|\))", re.IGNORECASE)
_OPENING = frozenset("<[(")
_MAX_TAG = 300
_TAGS_INSIDE, _TAGS_BEFORE = 3, 6
#: a name, and what may stand between it and the line start or the sign it follows
_MAX_NAME = 80
_REACH = _MAX_NAME + 60
_BARE = r'[^\d\s,;:<>"&][^,;:<>"&\n]{0,79}'
# Group 1 stays in front.
_NAME = lazy_pattern(
    r"((?:^|[,;:>]|\d{1,2}[:.]\d\d(?:\s?[AP]M|\sUhr)?|\b(?:schrieb|przez|użytkownik))\s{0,20})"
    rf'(?:"[^"\n<>]{{1,80}}"|{_BARE})\Z',
    re.IGNORECASE | re.MULTILINE,
)


def without_names(text: str) -> str:
    """Return the text without the names beside marks, and without what brackets such an address."""
    pieces: list[str] = []
    done = 0
    at = text.find(OPEN)
    while at != -1:
        end = text.index(CLOSE, at) + 1
        behind = _BEHIND.match(text, end)
        start = _name_start(text, done, at) if behind is not None else -1
        if behind is not None and start != -1:
            pieces += [text[done:start], text[at:end]]
            done = behind.end()
            is_open = text.count("(", start, at) > text.count(")", start, done)
            done += 1 if is_open and text[done : done + 1] == ")" else 0
        at = text.find(OPEN, end)
    return "".join([*pieces, text[done:]])


def _name_start(text: str, begin: int, at: int) -> int:
    """Where the name before the mark at `at` begins, not before `begin`; -1 where none stands there."""
    if text[max(begin, at - 7) : at].lower() == "mailto:":
        at -= 7
    for _ in range(_TAGS_INSIDE):
        tag = _tag_start(text, begin, at)
        if tag == -1 or tag == at - 1:
            break
        at = tag
    bracket = 4 if text[max(begin, at - 4) : at].lower() == "&lt;" else 1
    if bracket == 1 and text[max(begin, at - 1) : at] not in _OPENING:
        return -1
    at = _before_tags(text, begin, at - bracket)
    found = _NAME.search(text, max(begin, at - _REACH), at)
    return found.end(1) if found else -1


def _before_tags(text: str, begin: int, at: int) -> int:
    """Step back over blanks and tags."""
    for _ in range(_TAGS_BEFORE):
        if at > begin and text[at - 1].isspace():
            at -= 1
        elif (tag := _tag_start(text, begin, at)) != -1:
            at = tag
        else:
            break
    return at


def _tag_start(text: str, begin: int, at: int) -> int:
    """Where the tag that ends at `at` begins, -1 where none does."""
    if text[max(begin, at - 1) : at] != ">":
        return -1
    tag = text.rfind("<", max(begin, at - _MAX_TAG - 2), at)
    return tag if tag != -1 and text.find(">", tag, at) == at - 1 else -1
