"""Armour of OpenPGP and PEM in text (RFC 9580 §6.2, §7): what makes it encrypted, what is taken off signed text.

Signatures, keys and certificates name their owner, and fit no text that was changed (T-56, P7). Parts and files of a
mail that are signatures are `message/parts.py`'s.
"""

import re

_QUOTE = r"[>\s|]*"
_NAMES = r"(?:PGP (?:SIGNATURE|PUBLIC KEY BLOCK|PRIVATE KEY BLOCK|MESSAGE)|CERTIFICATE|PKCS7|CMS)"
_ENCRYPTED = re.compile(r"^\s{0,20}-----BEGIN PGP MESSAGE(?:, PART \d{1,4}(?:/\d{1,4})?)?-----\s*$", re.MULTILINE)
_SIGNED = re.compile(rf"{_QUOTE}-----BEGIN PGP SIGNED MESSAGE-----\s*")
_BEGIN = re.compile(rf"{_QUOTE}-----BEGIN ({_NAMES})-----\s*")
_END = re.compile(rf"{_QUOTE}-----END ({_NAMES})-----\s*")
#: what an unfinished block is made of: header fields, base64, its checksum, blank lines
_INSIDE = re.compile(rf"{_QUOTE}(?:[A-Z][A-Za-z]{{2,20}}: .*|[A-Za-z0-9+/]{{0,90}}={{0,2}}|=[A-Za-z0-9+/]{{4}})\s*")
_HASH = re.compile(rf"{_QUOTE}[A-Z][A-Za-z]{{2,20}}: .*")
_DASHED = re.compile(rf"^({_QUOTE})- -")

_BEGIN_ANYWHERE = re.compile(rf"-----BEGIN ({_NAMES})-----")
_SIGNED_ANYWHERE = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----(?:<[^<>]{0,300}>|&nbsp;|\s){0,20}(?:Hash: ?[A-Z0-9, -]{1,40})?"
)


def is_encrypted(text: str) -> bool:
    """True where a line of this text that nobody quotes begins an encrypted message."""
    return "-----BEGIN PGP MESSAGE" in text and _ENCRYPTED.search(text) is not None


def without_armour(text: str) -> str:
    """Plain text without the frame of signed text and without blocks of armour; itself where there are none."""
    if "-----BEGIN " not in text:
        return text
    lines = text.split("\n")
    last_end = {match[1]: index for index, line in enumerate(lines) if (match := _END.fullmatch(line))}
    kept: list[str] = []
    index, is_signed = 0, False
    while index < len(lines):
        line = lines[index]
        begin = _BEGIN.fullmatch(line)
        if begin is not None:
            index = _behind(lines, index + 1, begin[1], is_finished=last_end.get(begin[1], -1) > index)
        elif _SIGNED.fullmatch(line):
            is_signed = True
            index = _behind_head(lines, index + 1)
        else:
            kept.append(_DASHED.sub(r"\1-", line) if is_signed else line)
            index += 1
    return "\n".join(kept)


def _behind(lines: list[str], index: int, name: str, *, is_finished: bool) -> int:
    """The line behind a block; where its end was cut off, the first one that is no armour."""
    while index < len(lines):
        if is_finished:
            end = _END.fullmatch(lines[index])
            if end is not None and end[1] == name:
                return index + 1
        elif not _INSIDE.fullmatch(lines[index]):
            return index
        index += 1
    return index


def _behind_head(lines: list[str], index: int) -> int:
    """The first line of the text that is signed: behind its Hash fields and one blank line."""
    while index < len(lines) and _HASH.fullmatch(lines[index]):
        index += 1
    return index + 1 if index < len(lines) and not lines[index].strip(" >|\t\r") else index


def armour_spans(html: str) -> list[tuple[int, int]]:
    """Where armour stands in sanitised HTML, in order; tags may stand inside. A block without its end is not found."""
    if "-----BEGIN " not in html:
        return []
    spans = [match.span() for match in _SIGNED_ANYWHERE.finditer(html)]
    done = 0
    lost: set[str] = set()
    for begin in _BEGIN_ANYWHERE.finditer(html):
        if begin.start() < done or begin[1] in lost:
            continue
        end = f"-----END {begin[1]}-----"
        at = html.find(end, begin.end())
        if at < 0:
            lost.add(begin[1])
        else:
            done = at + len(end)
            spans.append((begin.start(), done))
    return sorted(spans)
