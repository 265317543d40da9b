"""Areas: what holds for a kind of conversation on a marketplace, as rows of data in rule packs (S-31, S-76 to S-86).

A row says only what differs: what it leaves out is taken from the rows of later packs, `general` last. Says who opens a
conversation, which clock runs in it, who may end it and open it again, what follows a long silence, and where its page
is. Whether somebody may is `transitions.py`, silence is `silence.py`, the page `links.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mailbridge.domain.parties import Marketplace, Role
from mailbridge.domain.thread import Actor, Area, LateMail, Move

#: in the place of a clock: none runs
NO_CLOCK = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """After how many days without a message something happens (S-31, S-56); 0 for never, None: as other packs say."""

    #: the marketplace is called to a conversation that is open
    market_joins_days: int | None = None
    #: a conversation that is open is closed
    close_days: int | None = None
    #: one that is resolved or unresolved is closed
    close_ended_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """What one pack says of one area."""

    area: Area
    #: name of the pack
    pack: str
    #: who may begin such a conversation; None: as other packs say
    opened_by: frozenset[Actor] | None = None
    #: id of the clock that runs in it, or NO_CLOCK; None: as other packs say
    clock: str | None = None
    #: who may do what with it, of the moves that this row speaks of
    may: Mapping[Move, frozenset[Actor]] = field(default_factory=dict)
    #: what late mail of a side does, of the sides that this row speaks of
    late_mail: Mapping[Role, LateMail] = field(default_factory=dict)
    #: what follows a silence
    silence: Silence = Silence()
    #: address of its page on the marketplace, with fields in braces; "" for none, None: as other packs say
    link: str | None = None
    source: str = ""
    source_date: date | None = None
    #: first and last day, in UTC, on which it is in force; None is open
    valid_from: date | None = None
    valid_until: date | None = None
    #: names of marketplaces; empty is every one that uses the pack
    markets: frozenset[str] = frozenset()

    def is_in_force(self, market: Marketplace, on: date) -> bool:
        """True where it holds for this marketplace on this day."""
        return (
            self.pack in market.rule_packs
            and (not self.markets or market.name in self.markets)
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_until is None or on <= self.valid_until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTerms:
    """What holds for an area of a marketplace."""

    area: Area
    #: who may begin such a conversation
    opened_by: frozenset[Actor] = frozenset(Actor)
    #: id of the clock that runs in it; None for none
    clock: str | None = None
    #: who may do what with it; what is missing nobody may
    may: Mapping[Move, frozenset[Actor]] = field(default_factory=dict)
    #: what late mail of a side does; what is missing opens the conversation again
    late_mail: Mapping[Role, LateMail] = field(default_factory=dict)
    #: what follows a silence
    silence: Silence = Silence()
    #: address of its page on the marketplace, with fields in braces; "" for none
    link: str = ""


def terms_of(rows: Iterable[AreaRow], area: Area) -> AreaTerms:
    """What these rows say of the area together: for each matter the first that says something. All are in force."""
    own = [row for row in rows if row.area is area]
    opened_by = next((row.opened_by for row in own if row.opened_by is not None), frozenset(Actor))
    clock = next((row.clock for row in own if row.clock is not None), NO_CLOCK)
    may: dict[Move, frozenset[Actor]] = {}
    late_mail: dict[Role, LateMail] = {}
    for row in reversed(own):
        may |= row.may
        late_mail |= row.late_mail
    return AreaTerms(
        area=area,
        opened_by=opened_by,
        clock=None if clock == NO_CLOCK else clock,
        may=may,
        late_mail=late_mail,
        silence=_silence([row.silence for row in own]),
        link=next((row.link for row in own if row.link is not None), ""),
    )


def _silence(said: list[Silence]) -> Silence:
    """Each number from the first row that says it."""
    return Silence(
        market_joins_days=next((one.market_joins_days for one in said if one.market_joins_days is not None), None),
        close_days=next((one.close_days for one in said if one.close_days is not None), None),
        close_ended_days=next((one.close_ended_days for one in said if one.close_ended_days is not None), None),
    )
