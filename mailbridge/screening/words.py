"""What an OCR program says of a picture (Tesseract's table of words), as text that checks may trust.

Keeps what the program is sure of. Starts no program and finds nothing.
"""

#: how sure the program must be of a word, of 100
_SURE = 60.0
#: letters and digits of a line, below which it says nothing: edges and grain look like single letters
_TELLING = 3
#: stands where a word was left out: what stands before and behind it is not read as one
_GAP = "\N{REPLACEMENT CHARACTER}"
_COLUMNS = 12


def words_of(table: str) -> str:
    """The text, a line each; lines that stand apart from others are parted by an empty one.

    Raises ValueError for anything that is no such table.
    """
    head, *rows = table.splitlines()
    if head.split("\t")[-2:] != ["conf", "text"]:
        raise ValueError("no table of words")
    lines: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) != _COLUMNS:
            raise ValueError("a row of another length")
        word, sure = cells[11].strip(), float(cells[10])
        if word:
            lines.setdefault(tuple(cells[1:5]), []).append(word if sure >= _SURE else _GAP)
    text: list[str] = []
    paragraph: tuple[str, ...] = ()
    for place, words in lines.items():
        if sum(sign.isalnum() for word in words for sign in word) < _TELLING:
            continue
        if text and place[:3] != paragraph:
            text.append("")
        paragraph = place[:3]
        text.append(" ".join(words))
    return "\n".join(text)
