"""Read the text of a mail: undo format=flowed, and tell what the author wrote now from what he quotes (D11, Q1 to
Q7).

Linear on any input. Text between and below quotes is new text; only behind a quoted header block, a separator, or an
attribution without ">" does the rest count as quoted. Does not parse HTML: that is `message/markup.py`.
"""

from mailbridge.message.attribution import attribution_start, is_header_block, is_rule, is_separator, is_strong
from mailbridge.message.markup import html_to_text, split_html

_MAX_FLOWED_DEPTH = 50
#: more lines that end like an attribution than these are looked at in no mail (I6)
_MAX_ATTRIBUTIONS = 5_000


def split_reply(plain: str | None, html: str | None) -> tuple[str, str]:
    """Return (new text, quoted text) of a body: from the plain form where there is one, else from the HTML."""
    if plain is not None:
        return split_plain(plain)
    if html is None:
        return "", ""
    new_html, quoted_html = split_html(html)
    new_text, more_quoted = split_plain(html_to_text(new_html))
    quoted = html_to_text(quoted_html) if quoted_html else ""
    return new_text, "\n".join(part for part in (more_quoted, quoted) if part)


def split_plain(text: str) -> tuple[str, str]:
    """Return (new text, quoted text) of plain text."""
    lines = text.split("\n")
    flags = quoted_flags(lines)
    if 1 not in flags:
        return text.strip(), ""
    new = "\n".join(line for line, is_quoted in zip(lines, flags, strict=True) if not is_quoted)
    quoted = "\n".join(line for line, is_quoted in zip(lines, flags, strict=True) if is_quoted)
    return new.strip(), quoted.strip()


def quoted_flags(lines: list[str]) -> bytearray:
    """Return one flag for each line: 1 where it is quoted history or introduces it."""
    flags = bytearray(len(lines))
    looked_at = 0
    for index, line in enumerate(lines):
        if not line or flags[index]:
            continue
        begin = line[0]
        if begin == ">" or (begin in " \t" and line.lstrip()[:1] == ">"):
            flags[index] = 1
        elif line[-1] in ":： \t\re" and looked_at < _MAX_ATTRIBUTIONS:
            looked_at += 1
            start = attribution_start(lines, index)
            if start is not None and _mark_attribution(lines, flags, start, index):
                break
        if flags[index] == 0 and _begins_history(lines, index):
            _mark(flags, index, len(lines))
            break
    return flags


def _begins_history(lines: list[str], index: int) -> bool:
    line = lines[index]
    if line[0] == "_" or line[0] == " ":
        following = next((at for at in range(index + 1, min(index + 4, len(lines))) if lines[at].strip()), None)
        if is_rule(line):
            return following is not None and is_header_block(lines, following)
    if ":" in line[:40] and is_header_block(lines, index):
        return True
    return (":" in line or not line[0].isalnum()) and is_separator(line)


def _mark_attribution(lines: list[str], flags: bytearray, start: int, end: int) -> bool:
    """Flag the attribution and what it introduces; True where that is all the rest of the text."""
    following = end + 1
    while following < len(lines) and not lines[following].strip():
        following += 1
    if following < len(lines) and lines[following].lstrip()[:1] == ">":
        _mark(flags, start, following)
        return False
    if following < len(lines) and is_strong(" ".join(lines[start : end + 1])):
        _mark(flags, start, len(lines))
        return True
    return False


def _mark(flags: bytearray, start: int, end: int) -> None:
    flags[start:end] = b"\x01" * (end - start)


def unflow(text: str, *, delete_space: bool) -> str:
    """Undo format=flowed (RFC 3676 §4): join soft-broken lines of one quote depth, remove stuffed blanks."""
    joined: list[str] = []
    open_depth = -1  # depth of the paragraph that goes on; -1 without one
    for line in text.split("\n"):
        depth = 0
        if line[:1] == ">":
            content = line.lstrip(">")
            depth = min(len(line) - len(content), _MAX_FLOWED_DEPTH)
        else:
            content = line
        content = content.removeprefix(" ")
        is_signature_mark = content == "-- "
        if depth == open_depth and not is_signature_mark:
            joined.append(content)
        else:
            joined.append(f"\n{'>' * depth}{' ' if depth else ''}{content}")
        is_soft = content.endswith(" ") and not is_signature_mark
        if is_soft and delete_space:
            joined[-1] = joined[-1][:-1]
        open_depth = depth if is_soft else -1
    return "".join(joined).removeprefix("\n")
