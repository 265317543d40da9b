"""Undo the entities of HTML in text of any origin.

The library's own function raises for a number of more digits than Python reads at once (T-68): here such a number is
none of a character, as in browsers, and leading zeros say nothing. Shares nothing with the leak gate.
"""

import re
from html import unescape

_MANY_DIGITS = re.compile(r"&#(?=[0-9]{8})0*([0-9]*)")
_MOST_DIGITS = 7
#: the first number behind the last character
_NO_CHARACTER = "1114112"


def without_entities(text: str) -> str:
    """The text with every entity undone once."""
    if "&" not in text:
        return text
    return unescape(_MANY_DIGITS.sub(_shorter, text) if "&#" in text else text)


def _shorter(number: re.Match[str]) -> str:
    digits = number[1] if len(number[1]) <= _MOST_DIGITS else _NO_CHARACTER
    return f"&#{digits or 0}"
