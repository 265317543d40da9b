"""The one strict parser of address fields (RFC 5322 §3.4), and of lists of message ids (§3.6.4).

What can be read in two ways is refused whole: nothing is guessed (T-22, T-35 to T-37). Groups are read where people
are addressed, never for an author. Display names are for the eye only: decoded, cleaned, without authority. Does
not judge who may write: that is `policy/originator.py`.
"""

import re
from dataclasses import dataclass, field

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.message import HeaderMailbox
from mailbridge.message.charsets import without_direction_marks
from mailbridge.message.words import decode_words, unfold

MAX_ADDRESSES = 500  # T-61
_MAX_FIELD_CHARACTERS = 65536
_MAX_COMMENT_DEPTH = 10
_MAX_DISPLAY_NAME = 200

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_TOKEN = re.compile(
    r"""[ \t]*(?:
      "(?P<quoted>(?:[^"\\]|\\.)*)"
    | (?P<special>[<>,;:(])
    | (?P<atom>[^\s()<>,;:"\\\[\]]+)
    )[ \t]*""",
    re.VERBOSE,
)
_COMMENT_PIECE = re.compile(r"[^()\\]+|\\.|[()]")
_QUOTED_PAIR = re.compile(r"\\(.)")
# Many clients write a name with a comma, colon or bracket and forget the quotes (E5, E6). One pair of angle brackets
# at the end and no other @, quote or parenthesis anywhere leaves one reading only.
_BARE_NAME_AND_ADDRESS = re.compile(r'([^<>@"()\\;]*)<([^<>\s@]+@[^<>\s@]+)>[ \t]*')
_MESSAGE_ID = re.compile(r"<([^<>\s@\"\\]{1,250}@[^<>\s@\"\\]{1,250})>")


@dataclass(slots=True)
class _Element:
    """One address while it is read."""

    words: list[str] = field(default_factory=list)
    #: words that were written without quotes
    bare_words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str | None = None

    @property
    def is_empty(self) -> bool:
        return not self.words and self.angle is None


def parse_address_field(raw: bytes | str) -> tuple[HeaderMailbox, ...] | None:
    """Return the mailboxes of To, Cc or Reply-To in order, members of groups too; None where the field is refused."""
    text = _readable(raw)
    if text is None:
        return None
    read = _read_list(text)
    return read[0] if read is not None else _bare_name_and_address(text)


def parse_author_field(raw: bytes | str) -> tuple[HeaderMailbox, ...] | None:
    """Return the mailboxes of a From field; None where it is refused, as is any group (RFC 6854 asks to avoid them)."""
    text = _readable(raw)
    if text is None:
        return None
    read = _read_list(text)
    if read is None:
        return _bare_name_and_address(text)
    mailboxes, has_group = read
    return None if has_group else mailboxes


def parse_message_ids(raw: bytes) -> tuple[str, ...]:
    """Return the message ids of Message-ID, In-Reply-To or References, with angle brackets, first occurrence only."""
    text = unfold(raw[:_MAX_FIELD_CHARACTERS])
    return tuple(dict.fromkeys(f"<{match[1]}>" for match in _MESSAGE_ID.finditer(text) if match[1].isprintable()))


def _readable(raw: bytes | str) -> str | None:
    text = unfold(raw) if isinstance(raw, bytes) else unfold(raw.encode("utf-8", "replace"))
    return None if len(text) > _MAX_FIELD_CHARACTERS or _CONTROL.search(text) else text


def _bare_name_and_address(text: str) -> tuple[HeaderMailbox, ...] | None:
    match = _BARE_NAME_AND_ADDRESS.fullmatch(text)
    mailbox = _mailbox(match[2], match[1]) if match else None
    return None if mailbox is None else (mailbox,)


def _read_list(text: str) -> tuple[tuple[HeaderMailbox, ...], bool] | None:
    """Return mailboxes and whether a group was among them; None where the grammar is broken."""
    reader = _Reader(text)
    while reader.position < len(text):
        token = _TOKEN.match(text, reader.position)
        if token is None or len(reader.mailboxes) > MAX_ADDRESSES:
            return None
        reader.position = token.end()
        if not reader.take(token):
            return None
    if reader.in_group or not _finish(reader.element, reader.mailboxes):
        return None
    return tuple(reader.mailboxes), reader.has_group


class _Reader:
    """Walks over one address list; `take` says False where the grammar is broken."""

    __slots__ = ("element", "has_group", "in_group", "mailboxes", "position", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.element = _Element()
        self.mailboxes: list[HeaderMailbox] = []
        self.in_group = self.has_group = False

    def take(self, token: re.Match[str]) -> bool:
        special = token["special"]
        if special is None:
            return _take_word(self.element, token)
        if special in "(<":
            take = _take_comment if special == "(" else _take_angle
            after = take(self.element, self.text, self.position)
            self.position = after or self.position
            return after is not None
        if special == ":":
            return self._open_group()
        if special == ">" or (special == ";" and not self.in_group) or not _finish(self.element, self.mailboxes):
            return False
        self.element = _Element()
        self.in_group = self.in_group and special == ","
        return True

    def _open_group(self) -> bool:
        element = self.element
        if self.in_group or element.angle is not None or not element.words or _has_at(element):
            return False
        self.element = _Element()
        self.in_group = self.has_group = True
        return True


def _has_at(element: _Element) -> bool:
    return any("@" in word for word in element.bare_words)


def _take_word(element: _Element, token: re.Match[str]) -> bool:
    if element.angle is not None:
        return False
    if token["quoted"] is not None:
        element.words.append(_QUOTED_PAIR.sub(r"\1", token["quoted"]))
    else:
        element.words.append(token["atom"])
        element.bare_words.append(token["atom"])
    return True


def _take_comment(element: _Element, text: str, position: int) -> int | None:
    """Read a comment whose "(" was just read; return the position behind it, None if not closed or too deep."""
    depth, pieces = 1, []
    while depth:
        piece = _COMMENT_PIECE.match(text, position)
        if piece is None:
            return None
        position = piece.end()
        depth += (piece[0] == "(") - (piece[0] == ")")
        if depth > _MAX_COMMENT_DEPTH:
            return None
        pieces.append(piece[0])
    element.comments.append(_QUOTED_PAIR.sub(r"\1", "".join(pieces[:-1])).strip())
    return position


def _take_angle(element: _Element, text: str, position: int) -> int | None:
    """Read addr-spec and ">"; no route, no comment, no blank inside (T-22)."""
    close = text.find(">", position)
    if element.angle is not None or close == -1:
        return None
    element.angle = text[position:close]
    return close + 1


def _finish(element: _Element, mailboxes: list[HeaderMailbox]) -> bool:
    """Add the mailbox of a complete element; False where it is none. Empty elements are allowed (RFC 5322 §4.4)."""
    if element.is_empty:
        return not element.comments or bool(mailboxes)
    if element.angle is not None:
        if _has_at(element) and [word.lower() for word in element.words] != [element.angle.lower()]:
            return False  # evil@one.example <good@two.example>: two readings (T-36)
        mailbox = _mailbox(element.angle, " ".join(element.words))
    elif len(element.words) == 1 == len(element.bare_words):
        mailbox = _mailbox(element.words[0], element.comments[0] if len(element.comments) == 1 else "")
    else:
        return False
    if mailbox is None:
        return False
    mailboxes.append(mailbox)
    return True


def _mailbox(addr_spec: str, written_name: str) -> HeaderMailbox | None:
    parts = split_addr_spec(addr_spec)
    if parts is None or "=?" in addr_spec:  # some readers would decode a word there, others not
        return None
    name = without_direction_marks(decode_words(written_name))
    return HeaderMailbox(addr_spec=f"{parts[0]}@{parts[1]}", display_name=" ".join(name.split())[:_MAX_DISPLAY_NAME])
