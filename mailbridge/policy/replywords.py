"""Reads the words by which a party says what is to happen beside its reply: `#close`, `#private`, `#noreply` (N-11).

They stand alone in the first or the last line of his new words, or in brackets in the subject, in any of our languages.
What they do is `states.py`; that they do not reach the other side is `path/receive.py`.
"""

import unicodedata
from dataclasses import dataclass

from mailbridge.domain.message import Message
from mailbridge.domain.thread import Move
from mailbridge.patterns import lazy_pattern

#: as people type them: case and accents aside
_MOVES = {
    Move.CLOSE: ("close", "closed", "zamknij", "zamkniete", "chiudi", "chiuso", "schliessen", "geschlossen"),
    Move.RESOLVE: ("resolved", "solved", "rozwiazane", "risolto", "erledigt", "geloest", "gelost"),
    Move.GIVE_UP: ("unresolved", "nierozwiazane", "irrisolto", "ungeloest", "ungelost"),
    Move.REOPEN: ("reopen", "otworz", "riapri", "wiederoeffnen", "wiederoffnen"),
}
_PRIVATE = frozenset({"private", "note", "prywatne", "notatka", "privato", "nota", "privat", "notiz"})
_NO_REPLY = frozenset(
    {"noreply", "noreplyneeded", "bezodpowiedzi", "nessunarisposta", "senzarisposta", "keineantwort", "ohneantwort"}
)
_BY_WORD = {word: move for move, words in _MOVES.items() for word in words}
_IN_BRACKETS = lazy_pattern(r"\[\s?#?([^\W\d_]{4,20})\s?\]")
_ALONE = lazy_pattern(r"#([^\W\d_]{4,20})[.!]?")
_SUBJECT_READ = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWords:
    """What was said so."""

    #: to do with the conversation; None for nothing
    move: Move | None = None
    #: True: the message is a note for the seller alone
    is_private: bool = False
    #: True: the seller says that the buyer waits for nothing (N-10)
    needs_no_reply: bool = False
    #: the words as they stand in text and subject: they are for us
    written: frozenset[str] = frozenset()


def reply_words(message: Message) -> ReplyWords:
    """What the author says in words of this kind; of two moves the one in his text."""
    found = [(_plain(word), line) for line in _lines(message) if (word := _alone(line))]
    in_subject = _IN_BRACKETS.finditer(message.subject[:_SUBJECT_READ]) if "[" in message.subject else ()
    found += [(_plain(match[1]), match[0]) for match in in_subject]
    known = [(word, written) for word, written in found if word in _BY_WORD or word in _PRIVATE or word in _NO_REPLY]
    return ReplyWords(
        move=next((_BY_WORD[word] for word, _ in known if word in _BY_WORD), None),
        is_private=any(word in _PRIVATE for word, _ in known),
        needs_no_reply=any(word in _NO_REPLY for word, _ in known),
        written=frozenset(written for _, written in known),
    )


def _lines(message: Message) -> tuple[str, ...]:
    """The first and the last line of his own words, formula and name below aside."""
    if "#" not in message.new_text:
        return ()
    lines = [line.strip() for line in message.new_text[: message.sign_off_at].splitlines() if line.strip()]
    return (*lines[:1], *lines[1:][-1:])


def _alone(line: str) -> str:
    found = _ALONE.fullmatch(line)
    return found[1] if found is not None else ""


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(character for character in folded if not unicodedata.combining(character))
