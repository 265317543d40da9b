"""Builds the areas and clocks of rule files, or says what is wrong with one.

What they do is `policy/areas.py` and `policy/clocks.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, time, timedelta, tzinfo
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailbridge.domain.clocks import ClockEventKind
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Actor, Area, LateMail, Move
from mailbridge.errors import Problem
from mailbridge.policy.areas import NO_CLOCK, AreaRow, Silence
from mailbridge.policy.calendars import Calendar
from mailbridge.policy.clocks import Clock
from mailbridge.policy.links import why_no_link
from mailbridge.rulefiles.clockmodels import AreaModel, CalendarModel, ClockModel
from mailbridge.rulefiles.lines import YamlFile
from mailbridge.rulefiles.models import key_of, suggestion
from mailbridge.rulefiles.publicholidays import PublicHolidays, is_known

#: every key, in the order of the file; a test compares them with the model
AREA_KEYS: Final[dict[str, str]] = {
    "area": "question, order, dispute, ticket, enquiry or note; a pack has one row in force for each at a time",
    "opened_by": "who may begin such a conversation: buyer and seller by mail, market by `thread open`",
    "clock": f"id of the clock that runs in it, of any pack; `{NO_CLOCK}` for none",
    "close": "who may close such a conversation: buyer, seller, market (a person there, by command); [] for nobody",
    "resolve": "who may call it resolved",
    "give_up": "who may call it unresolved",
    "reopen": "who may open it again by a word or a command",
    "late_mail": "what mail to one that has ended does, of the buyer and of the seller: reopen, keep (it goes in, the "
    "conversation stays as it is) or new (it begins another about the same)",
    "silence": "what follows so many days without a message, 0 for never: market_joins_days (the person in charge is "
    "told, once), close_days (an open one is closed), close_ended_days (a resolved or unresolved one is closed)",
    "link": "address of its page on the marketplace for the seller, such as https://market.example/talk/{reference}: "
    "{reference} is the marketplace's own number of the conversation, {thread} ours, {order} and {offer} theirs, "
    'each percent-encoded; where one is missing there is no link; "" for none',
    "source": "where that comes from, for admins",
    "source_date": "the day on which the source said so, such as 2026-01-31",
    "valid_from": "first day (UTC), such as 2026-01-31; without it from ever",
    "valid_until": "last day (UTC)",
    "markets": "only for these marketplaces, by name; without it for all that use the pack",
}
CLOCK_KEYS: Final[dict[str, str]] = {
    "id": "unique name: 3 to 64 characters of a-z, 0-9, dot and hyphen; stands in the record of each deadline",
    "text": "for the seller, in en, pl, it and de: the clock in words; stands in the mail that lists what is due",
    "source": "where the clock comes from, for admins",
    "source_date": "the day on which the source said so, such as 2026-01-31",
    "within_minutes": "so many minutes may be counted before an answer is late, 15 to 86400: 1440 is a day",
    "starts": "what starts the clock while it stands: opened (the buyer's message that begins the conversation), "
    "buyer_wrote (any later one), reopened (what was closed is open again)",
    "restarts": "of these, what starts it anew while it runs; without it more words give no more time",
    "answered_by": "what stops it as answered: seller_wrote, answered_elsewhere (past the bridge, with the marketplace "
    "in copy), acknowledged (our acknowledgement), seller_automatic (an automatic reply of his). The last two stop the "
    "market's clock only, never the honest one",
    "excused_by": "what stops it as nothing that had to be answered: no_reply_needed (the seller says so), closed",
    "warn_minutes": "so long before an answer is due it is called near (default 240)",
    "calendar": "which time counts; without it every hour of every day",
}
CALENDAR_KEYS: Final[dict[str, str]] = {
    "days": "days of the week that count: mon, tue, wed, thu, fri, sat, sun; without it all",
    "opens": 'counts from this time of day, such as "08:00"',
    "closes": 'to this one; "00:00" is the end of the day',
    "holidays": "days that do not count: the public holidays of a country or a part of it, such as PL or DE-BY",
    "time_zone": "where days begin and end, a name of the IANA database; without it that of the marketplace",
}
_SAYS_SOMETHING = frozenset(
    {"opened_by", "clock", "close", "resolve", "give_up", "reopen", "late_mail", "silence", "link"}
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTES_OF_DAY, _WEEKS_OF_YEAR = 24 * 60, 52


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenClock:
    """One clock where it stands."""

    model: ClockModel
    pack: str
    #: file as problems call it
    file: str
    index: int
    yaml: YamlFile

    def problem(self, reason: str, *path: str | int) -> Problem:
        """A problem of this clock."""
        return _problem(self.file, self.yaml, reason, ("clocks", self.index, *path))

    @property
    def canonical(self) -> str:
        """The same clock always as the same text."""
        return f"{self.pack}\nclock\n{self.model.model_dump_json()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenArea:
    """One row of an area where it stands."""

    model: AreaModel
    pack: str
    #: file as problems call it
    file: str
    index: int
    yaml: YamlFile

    def problem(self, reason: str, *path: str | int) -> Problem:
        """A problem of this row."""
        return _problem(self.file, self.yaml, reason, ("areas", self.index, *path))

    @property
    def canonical(self) -> str:
        """The same row always as the same text."""
        return f"{self.pack}\narea\n{self.model.model_dump_json()}"


@dataclass(slots=True)
class WrittenClocks:
    """What the files say of areas and clocks."""

    areas: list[WrittenArea] = field(default_factory=list)
    clocks: list[WrittenClock] = field(default_factory=list)

    def build(self, problems: list[Problem]) -> tuple[tuple[AreaRow, ...], dict[str, Clock]]:
        """Rows in the order of the files, and clocks by id; `problems` grows by everything that is wrong with them."""
        before = len(problems)
        for clock in self.clocks:
            problems += _nonsense_of_clock(clock)
        for area in self.areas:
            problems += _nonsense_of_area(area, tuple(clock.model.id for clock in self.clocks))
        problems += _clashes_of_clocks(self.clocks)
        problems += _clashes_of_areas(self.areas)
        if len(problems) > before:
            return (), {}
        return tuple(map(_row, self.areas)), {clock.model.id: _built(clock) for clock in self.clocks}

    @property
    def canonical(self) -> list[str]:
        """The same content always as the same lines, sorted."""
        return sorted([area.canonical for area in self.areas] + [clock.canonical for clock in self.clocks])


def _problem(file: str, yaml: YamlFile, reason: str, path: tuple[str | int, ...]) -> Problem:
    return Problem(file=file, line=yaml.line_of(path), key=key_of(path), reason=reason)


def _built(written: WrittenClock) -> Clock:
    model = written.model
    return Clock(
        id=model.id,
        pack=written.pack,
        text=model.text.model_dump(),
        within=timedelta(minutes=model.within_minutes),
        starts=_kinds(model.starts),
        restarts=_kinds(model.restarts),
        answered_by=_kinds(model.answered_by),
        excused_by=_kinds(model.excused_by),
        calendar=_calendar(model.calendar),
        is_in_zone_of_market=model.calendar.time_zone is None,
        warns=timedelta(minutes=model.warn_minutes),
        source=model.source,
        source_date=model.source_date,
    )


def _kinds(names: Sequence[str]) -> frozenset[ClockEventKind]:
    return frozenset(map(ClockEventKind, names))


def _calendar(model: CalendarModel) -> Calendar:
    return Calendar(
        time_zone=_zone(model.time_zone) or UTC,
        weekdays=frozenset(map(_WEEKDAYS.index, model.days)),
        holidays=PublicHolidays(model.holidays) if model.holidays else frozenset(),
        opens=time.fromisoformat(model.opens),
        closes=time.fromisoformat(model.closes),
    )


def _zone(name: str | None) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None


def _row(written: WrittenArea) -> AreaRow:
    model = written.model
    return AreaRow(
        area=Area(model.area),
        pack=written.pack,
        opened_by=frozenset(map(Actor, model.opened_by)) if model.opened_by is not None else None,
        clock=model.clock,
        may={move: frozenset(map(Actor, who)) for move in Move if (who := getattr(model, move.value)) is not None},
        late_mail={role: LateMail(late) for role in Role if (late := getattr(model.late_mail, role.value)) is not None},
        silence=Silence(**model.silence.model_dump()),
        link=model.link,
        source=model.source,
        source_date=model.source_date,
        valid_from=model.valid_from,
        valid_until=model.valid_until,
        markets=frozenset(model.markets),
    )


def _nonsense_of_clock(written: WrittenClock) -> Iterator[Problem]:
    model, calendar = written.model, written.model.calendar
    if model.id == NO_CLOCK:
        yield written.problem(f'"{NO_CLOCK}" is how an area says that no clock runs; choose another', "id")
    if model.source_date is not None and not model.source:
        yield written.problem("is the day of a source; name it with `source:`", "source_date")
    for kind in sorted(set(model.restarts) - set(model.starts)):
        yield written.problem(f"{kind} does not start the clock, so it can not restart it", "restarts")
    for both in sorted(set(model.answered_by) & set(model.excused_by)):
        yield written.problem(f"{both} stands in answered_by already; it is one or the other", "excused_by")
    if not _kinds(model.answered_by) & {ClockEventKind.SELLER_WROTE, ClockEventKind.ANSWERED_ELSEWHERE}:
        yield written.problem("needs what a person writes: seller_wrote, answered_elsewhere, or both", "answered_by")
    if calendar.closes != "00:00" and calendar.closes <= calendar.opens:
        yield written.problem("is not after opens; nothing would ever count", "calendar", "closes")
    elif _is_endless(model):
        yield written.problem("takes more than a year to be counted on this calendar", "within_minutes")
    if calendar.time_zone is not None and _zone(calendar.time_zone) is None:
        reason = "must be a time zone of the IANA database, such as Europe/Warsaw"
        yield written.problem(reason, "calendar", "time_zone")
    if calendar.holidays is not None and not is_known(calendar.holidays):
        reason = "names no place whose holidays are known; write a country such as PL, or a part of it such as DE-BY"
        yield written.problem(reason, "calendar", "holidays")


def _nonsense_of_area(written: WrittenArea, known: tuple[str, ...]) -> Iterator[Problem]:
    model = written.model
    if model.clock not in (None, NO_CLOCK, *known):
        yield written.problem(
            f'"{model.clock}" is no clock' + suggestion(str(model.clock), (*known, NO_CLOCK)), "clock"
        )
    if not model.model_fields_set & _SAYS_SOMETHING:
        yield written.problem(f"says nothing: give it one of {', '.join(sorted(_SAYS_SOMETHING))}")
    if model.link and (reason := why_no_link(model.link)):
        yield written.problem(reason, "link")
    joins, closes = model.silence.market_joins_days, model.silence.close_days
    if joins and closes and joins >= closes:
        yield written.problem("would come after the conversation is closed", "silence", "market_joins_days")
    if model.valid_from is not None and model.valid_until is not None and model.valid_from > model.valid_until:
        yield written.problem("is before valid_from; the row would never be in force", "valid_until")
    if model.source_date is not None and not model.source:
        yield written.problem("is the day of a source; name it with `source:`", "source_date")


def _is_endless(model: ClockModel) -> bool:
    """True where it would take more than a year to count so much, holidays aside."""
    opens, closes = (time.fromisoformat(at) for at in (model.calendar.opens, model.calendar.closes))
    minutes = (closes.hour * 60 + closes.minute or _MINUTES_OF_DAY) - opens.hour * 60 - opens.minute
    return model.within_minutes > max(0, minutes) * len(set(model.calendar.days)) * _WEEKS_OF_YEAR


def _clashes_of_clocks(written: Sequence[WrittenClock]) -> Iterator[Problem]:
    for one, other in combinations(written, 2):
        if one.model.id == other.model.id:
            where = f"{one.file}:{one.yaml.line_of(('clocks', one.index))}"
            yield other.problem(f'"{other.model.id}" stands already in {where}; choose another', "id")


def _clashes_of_areas(written: Sequence[WrittenArea]) -> Iterator[Problem]:
    for one, other in combinations(written, 2):
        if one.pack == other.pack and one.model.area == other.model.area and _meet(one.model, other.model):
            where = f"{one.file}:{one.yaml.line_of(('areas', one.index))}"
            yield other.problem(f"is in force on the same days as the row in {where}; a pack has one at a time", "area")


def _meet(one: AreaModel, other: AreaModel) -> bool:
    """True where both may be in force for one marketplace on one day."""
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_until or date.max, other.valid_until or date.max)
    share_market = not one.markets or not other.markets or bool(set(one.markets) & set(other.markets))
    return starts <= ends and share_market
