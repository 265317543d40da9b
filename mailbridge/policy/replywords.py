"""Reads the words by which a party says what is to happen beside its reply: `#close`, `#noreply`, `#take` (N-11).

They stand alone in the first or the last line of his new words, or in brackets in the subject, in any of our languages;
those by which staff of a seller take conversations (S-13) in the text only.
What they do is `states.py` and `taking.py`; that they do not reach the other side is `path/receive.py`.
"""

import unicodedata
from dataclasses import dataclass

from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Move
from mailbridge.patterns import lazy_pattern

#: as people type them: case and accents aside
_MOVES = {
    Move.CLOSE: ("close", "closed", "zamknij", "zamkniete", "chiudi", "chiuso", "schliessen", "geschlossen"),
    Move.RESOLVE: ("resolved", "solved", "rozwiazane", "risolto", "erledigt", "geloest", "gelost"),
    Move.GIVE_UP: ("unresolved", "nierozwiazane", "irrisolto", "ungeloest", "ungelost"),
    Move.REOPEN: ("reopen", "otworz", "riapri", "wiederoeffnen", "wiederoffnen"),
}
#: by staff of a seller: the conversation is mine; it is for the colleague who is named behind the word (S-13)
_TAKE = frozenset({"take", "mine", "biore", "przejmuje", "prendo", "ubernehme", "uebernehme"})
_ASSIGN = frozenset({"assign", "przydziel", "przypisz", "assegna", "zuweisen", "zuteilen"})
_PRIVATE = frozenset({"private", "note", "prywatne", "notatka", "privato", "nota", "privat", "notiz"})
_NO_REPLY = frozenset(
    {"noreply", "noreplyneeded", "bezodpowiedzi", "nessunarisposta", "senzarisposta", "keineantwort", "ohneantwort"}
)
#: what makes a note, which is private by itself, one for the customer (S-77)
_FOR_CUSTOMER = frozenset({"customer", "klient", "klienta", "cliente", "kunde", "kunden"})
_BY_WORD = {word: move for move, words in _MOVES.items() for word in words}
_IN_BRACKETS = lazy_pattern(r"\[\s?#?([^\W\d_]{4,20})\s?\]")
_ALONE = lazy_pattern(r"#([^\W\d_]{4,20})[.!]?")
_WITH_NAME = lazy_pattern(r"#([^\W\d_]{4,20})\s{1,3}(\S[^\n]{0,99})")
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
    #: True: its author takes the conversation
    takes: bool = False
    #: whom its author wants to have it, as he calls him; "" for nobody
    assign_to: str = ""
    #: True: a note is for the customer
    is_for_customer: bool = False
    #: the words as they stand in text and subject: they are for us
    written: frozenset[str] = frozenset()


def reply_words(message: Message, author: Role = Role.BUYER, *, is_note: bool = False) -> ReplyWords:
    """What the author says in words of this kind; of two moves the one in his text. Only a note is for the customer.

    Words of staff count in his text only: a subject may have come from the buyer, and back in an answer.
    """
    in_text = [(plain_word(word), line) for line in lines_for_us(message) if (word := _alone(line))]
    in_subject = _IN_BRACKETS.finditer(message.subject[:_SUBJECT_READ]) if "[" in message.subject else ()
    found = [*in_text, *((plain_word(match[1]), match[0]) for match in in_subject)]
    ours = _BY_WORD.keys() | _PRIVATE | _NO_REPLY | (_FOR_CUSTOMER if is_note else frozenset())
    known = [(word, written) for word, written in found if word in ours]
    taken = [line for word, line in in_text if word in _TAKE and author is Role.SELLER]
    assign_to, assigned = _assigned(message) if author is Role.SELLER else ("", "")
    return ReplyWords(
        move=next((_BY_WORD[word] for word, _ in known if word in _BY_WORD), None),
        is_private=any(word in _PRIVATE for word, _ in known),
        is_for_customer=any(word in _FOR_CUSTOMER for word, _ in known),
        needs_no_reply=any(word in _NO_REPLY for word, _ in known),
        takes=bool(taken),
        assign_to=assign_to,
        written=frozenset((*(written for _, written in known), *taken, *filter(None, [assigned]))),
    )


def _assigned(message: Message) -> tuple[str, str]:
    """Whom the author names as the one to have it, and how that stands there; "" twice for nobody."""
    found = (match for line in lines_for_us(message) if (match := _WITH_NAME.fullmatch(line)))
    match = next((match for match in found if plain_word(match[1]) in _ASSIGN), None)
    return (match[2].strip().rstrip(".!"), match[0]) if match is not None else ("", "")


def lines_for_us(message: Message) -> tuple[str, ...]:
    """The first and the last line of his own words, formula and name below aside."""
    if "#" not in message.new_text:
        return ()
    lines = [line.strip() for line in message.new_text[: message.sign_off_at].splitlines() if line.strip()]
    return (*lines[:1], *lines[1:][-1:])


def _alone(line: str) -> str:
    found = _ALONE.fullmatch(line)
    return found[1] if found is not None else ""


def plain_word(word: str) -> str:
    """The word as our lists have it: small letters without accents."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(character for character in folded if not unicodedata.combining(character))
