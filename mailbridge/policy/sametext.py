"""Decides when two mails of a seller say the same: by their letters alone, without what differs in a form letter.

Left out are the first line or clause (the greeting), every word with a digit (numbers of orders and parcels, dates,
prices) and the reader's name. What is left is compared as a whole: a text that was changed otherwise is another text.
"""

import unicodedata

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Seller
from mailbridge.message.markup import visible_lines
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.needs import FormText
from mailbridge.policy.originator import party_writing, party_written_to

#: two texts with the same long beginning are the same (T-60)
_LOOKED_AT_CHARACTERS = 20_000
#: a first line of more characters, or a first clause, is no greeting
_GREETING_CHARACTERS = 60
_GREETING_WORDS = 5
#: shorter words of a name may be any word of the text
_NAME_LETTERS = 3
#: HTML with more than this is not read to see whether it says more than the text form
_LOOKED_AT_HTML = 200_000
#: how much more of letters HTML may have, for quotes that only it holds and the words of pictures
_TIMES_MORE = 3
_DIGIT = lazy_pattern(r"\d")
_NO_LETTERS = lazy_pattern(r"[\W\d_]+")
_CLAUSE_END = lazy_pattern(r"[,!:]")


def form_text_of(message: Message, facts: Facts) -> FormText | None:
    """What a seller writes to a buyer on record, as it is compared; None for the mail of anybody else."""
    author, reader = party_writing(facts), party_written_to(facts)
    if not isinstance(author, Seller) or not isinstance(reader, Buyer):
        return None
    names = " ".join((reader.name, reader.handle, *reader.personal.names))
    return FormText(author=author.id, reader=reader.id, text=form_of(message.new_text, names))


def form_of(text: str, names: str = "") -> str:
    """The letters of a text in lower case, without greeting, words with digits, and words of `names`."""
    plain = _normal(_without_greeting(text[:_LOOKED_AT_CHARACTERS].strip()))
    left_out = {word for word in map(_letters, _normal(names).split()) if len(word) >= _NAME_LETTERS}
    letters = (_letters(word) for word in plain.split() if word.isalpha() or not _DIGIT.search(word))
    return "".join(word for word in letters if word not in left_out)


def says_more_in_html(message: Message) -> bool:
    """True where the text form stands in for an HTML form that says much more: "this mail needs HTML"."""
    plain, html = message.body.plain, message.body.html
    if plain is None or plain.isspace() or html is None:
        return False  # what is read is the only form
    if len(html) > _LOOKED_AT_HTML:
        return True
    return len(_letters(visible_lines(html))) > _TIMES_MORE * len(_letters(plain))


def _without_greeting(text: str) -> str:
    """The text without a short first line; where that is long, without its first clause of a few words."""
    first, _, rest = text.partition("\n")
    if len(first) <= _GREETING_CHARACTERS:
        return rest
    end = _CLAUSE_END.search(text, 0, _GREETING_CHARACTERS)
    is_greeting = end is not None and len(text[: end.start()].split()) <= _GREETING_WORDS
    return text[end.end() :] if end is not None and is_greeting else text


def _normal(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()


def _letters(word: str) -> str:
    return word if word.isalpha() else _NO_LETTERS.sub("", word)
