"""What texts show beside plain values: rules, runs of words, messages, conversations. Values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """One rule as its notice explains it, in the reader's language."""

    title: str
    text: str
    #: the words found, as the reader wrote them
    words: tuple[str, ...] = ()
    #: how to put it right; "" when the rule does not say
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of the reader's own text, marked or not; the runs of a text join up to it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldShown:
    """One held message in the daily list: ids and names only."""

    record_id: str
    #: why it waits, in words (console/<lang>/hold)
    reason: str
    market: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachShown:
    """One message that counts against its author, as he can find it again."""

    written_at: datetime
    #: whom he wrote to, as he knows him; "" where the message belongs to no conversation
    other_party: str = ""
    #: order number on record; "" without
    order: str = ""
    #: titles of the rules that it broke
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionShown:
    """One thing that a seller can do with a conversation, without writing to his buyer."""

    #: a value of ActionKind, such as close
    kind: str
    #: one-use address
    address: str
    #: its public page; "" where there is none
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueShown:
    """One conversation in the list of what is due soon."""

    #: the buyer as the seller knows him
    other_party: str
    #: order number on record; "" without
    order: str
    #: as the seller knows it; "" without
    subject: str
    #: since when an answer is awaited
    asked_at: datetime
    due_at: datetime
    is_late: bool
    #: how far from now, whole minutes or hours
    amount: int
    #: "min" or "h"
    unit: str
    #: False: by the marketplace's own clock it is answered
    counts_for_market: bool
    #: alias of the buyer; "" where there is none
    answer_address: str
    #: with the tag of the conversation
    answer_subject: str
    #: what ends the wait without an answer, at most one; empty where nothing does
    actions: tuple[ActionShown, ...]


FieldValue = (
    str
    | int
    | datetime
    | tuple[RuleShown, ...]
    | tuple[HeldShown, ...]
    | tuple[BreachShown, ...]
    | tuple[DueShown, ...]
    | tuple[ActionShown, ...]
    | tuple[Run, ...]
    | tuple[str, ...]
)
