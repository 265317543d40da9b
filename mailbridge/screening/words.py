"""What an OCR program says of a picture (Tesseract's table of words), as text that checks may trust.

Keeps what the program is sure of. Starts no program and finds nothing.
"""

import re

#: how sure the program must be of a word, of 100
_SURE = 60.0
#: the same beside a word that it is sure of, and for what has the form of an address: grain looks like neither
_FAIRLY_SURE = 15.0
#: letters and digits of a line, below which it says nothing: edges and grain look like single letters
_TELLING = 3
_ADDRESS = re.compile(r"[\w.+-]{2,64}@[\w-]{2,64}")
#: what is taken for the sign between the halves of an address; nobody writes it within a word
_AT = re.compile(r"(?<=\w)[©®](?=\w)")
#: the letter l, where it stands within an address (".p!" for ".pl")
_TALL = re.compile(r"(?<=[^\W\d_])[!|/](?=[^\W\d_]|\.|\Z)")
#: stands where a word was left out: what stands before and behind it is not read as one
_GAP = "\N{REPLACEMENT CHARACTER}"
_COLUMNS = 12


def words_of(table: str) -> str:
    """The text, a line each; lines that stand apart from others are parted by an empty one.

    Raises ValueError for anything that is no such table.
    """
    head, *rows = table.splitlines() or [""]
    if head.split("\t")[-2:] != ["conf", "text"]:
        raise ValueError("no table of words")
    lines: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for row in rows:
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) != _COLUMNS:
            raise ValueError("a row of another length")
        word, sure = _AT.sub("@", cells[11].strip()), float(cells[10])
        if _ADDRESS.search(word):
            word = _TALL.sub("l", word)
        if word:
            lines.setdefault(tuple(cells[1:5]), []).append((word, sure))
    text: list[str] = []
    paragraph: tuple[str, ...] = ()
    for place, words in lines.items():
        line = _line(words)
        if not line:
            continue
        if text and place[:3] != paragraph:
            text.append("")
        paragraph = place[:3]
        text.append(line)
    return "\n".join(text)


def _line(words: list[tuple[str, float]]) -> str:
    """One line without what the program guessed; "" where too little is left to say anything."""
    has_sure = any(sure >= _SURE and _letters(word) >= _TELLING for word, sure in words)
    kept = [
        word if sure >= (_FAIRLY_SURE if has_sure or _ADDRESS.search(word) else _SURE) else _GAP for word, sure in words
    ]
    return " ".join(kept) if sum(map(_letters, kept)) >= _TELLING else ""


def _letters(word: str) -> int:
    return sum(sign.isalnum() for sign in word)
