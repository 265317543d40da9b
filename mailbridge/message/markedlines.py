"""Lines that begin with ">" and are no quote, and lines without it that are the end of one.

Asked of single lines with the few around them. Does not walk a text (`message/quotewalk.py`).
"""

import re

from mailbridge.message.vocabulary import VERB_WORDS

#: a link that goes on to the end of the line, its bracket open
_ENDS_WITH_LINK = re.compile(r"[(<\[]https?://[^\s()<>\[\]]{1,400}$")
_MAX_TAIL = 600
#: a quoted line at least this long may have been wrapped by a program that did not know its mark
_MIN_WRAPPED = 60


def is_attribution_tail(lines: list[str], index: int) -> bool:
    """True for "> wrote:" below an open "<": the address was wrapped before its bracket; or for a verb alone."""
    line = lines[index].strip()
    if len(line) > 40 or not line.endswith(":") or index == 0:
        return False
    if line.strip("> :").lower() in VERB_WORDS and not lines[index - 1].lstrip().startswith(">"):
        return True
    above = " ".join(lines[max(0, index - 3) : index])[-_MAX_TAIL:]
    return above.count("<") > above.count(">")


def is_no_quote(lines: list[str], index: int, stripped: str) -> bool:
    """True for arrows as decoration (">>> offer <<<") and for ">From" as old mailboxes escape it."""
    if stripped.rstrip().endswith("<<"):
        return True
    if stripped.startswith(">From "):
        above = lines[index - 1].lstrip() if index else ""
        below = lines[index + 1].lstrip() if index + 1 < len(lines) else ""
        return not above.startswith(">") and not below.startswith(">")
    return False


def is_wrapped(above: str, line: str) -> bool:
    """True where this line is the end of the quoted one above: its first word did not fit there any more."""
    stripped = line.strip()
    if _is_link_alone(stripped) or (" " not in stripped and _ENDS_WITH_LINK.search(above)):
        return True
    if len(above) < _MIN_WRAPPED:
        return False
    first_word = stripped.split(None, 1)[0]
    is_cut = above.rstrip()[-1:] not in ".?!:;" and len(above) + len(first_word) > 76
    return is_cut and not stripped[0].isupper() and len(stripped) < len(above)


def _is_link_alone(stripped: str) -> bool:
    bare = stripped.strip("<>()[] ")
    return bare.startswith(("http://", "https://", "mailto:")) and " " not in bare
