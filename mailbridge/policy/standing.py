"""Decides which step follows breaches of rules: the ladder of a market (S-26, S-28, E-10).

A step starts the count anew, so each has to be earned by messages that came after the one before, and none is passed
over. What is dismissed, too old, or came before the seller could read the notice of the last step counts nothing.
A pure function of ladder, breaches and sanctions; writes nothing and tells nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailbridge.domain.ids import RecordId
from mailbridge.domain.parties import Marketplace
from mailbridge.domain.standing import BY_PERSON, Breach, Ground, Sanction, Step, strictest
from mailbridge.domain.verdict import Action, Judgement, Mode, Severity
from mailbridge.policy.plan import Disposition, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of a ladder."""

    step: Step
    #: as many must have come together since the step before
    points: int
    #: how long it lasts; None: until a person lifts it
    lasts: timedelta | None
    #: as many for each 100 mails that he wrote meanwhile must have come too; 0: however many he wrote
    per_100_mails: int = 0

    def needed(self, mails: int) -> int:
        """The points that this step asks for of a seller who wrote so many mails since the count began.

        >>> Rung(step=Step.WARNED, points=16, lasts=None, per_100_mails=5).needed(321)
        17
        """
        return max(self.points, -(-self.per_100_mails * mails // 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What follows breaches on a market: dated data of a rule pack."""

    id: str
    #: name of the pack that holds it
    pack: str
    #: per language code: the ladder in words, for the seller
    text: Mapping[str, str]
    #: what a message weighs whose worst breach is of this severity
    weights: Mapping[Severity, int]
    #: a breach counts for this long
    counts_for: timedelta
    #: a step is remembered for this long: after it the ladder begins at its foot again
    remembered_for: timedelta
    #: breaches that come this soon after a step do not count: the seller has to read of it first
    to_read: timedelta
    #: in the order in which they are taken; none: nothing follows
    rungs: tuple[Rung, ...]
    source: str = ""
    source_date: date | None = None
    #: first and last day, in UTC, on which it is in force; None is open
    valid_from: date | None = None
    valid_until: date | None = None
    #: names of marketplaces; empty is every one that uses the pack
    markets: frozenset[str] = frozenset()

    @property
    def counts_mails(self) -> bool:
        """True where a step asks how many mails its seller wrote."""
        return any(rung.per_100_mails for rung in self.rungs)

    def is_in_force(self, market: Marketplace, on: date) -> bool:
        """True where it is the ladder of this marketplace on this day, as far as itself is asked."""
        return (
            self.pack in market.rule_packs
            and (not self.markets or market.name in self.markets)
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_until is None or on <= self.valid_until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """The step that follows."""

    rung: int
    step: Step
    #: aware UTC; None: until a person lifts it
    until: datetime | None
    #: how many were needed, and how many there are
    needed: int
    points: int
    #: the messages that count, oldest first
    grounds: tuple[Ground, ...]


def breaches_in(plan: Plan) -> tuple[Judgement, ...]:
    """What counts against the author of this message, each rule once: what was enforced, and what he was told of.

    Not what is only repaired, warned about or held, not a trial, and no rule that says that it is no breach.
    """
    is_refused = plan.disposition is Disposition.REFUSED
    is_direct = plan.disposition is Disposition.RECORDED and plan.reason == "record_only_breach"
    if plan.verdict is None or plan.trial is not None or not plan.notices or not (is_refused or is_direct):
        return ()
    found = {
        judgement.rule: judgement
        for judgement in plan.verdict.judgements
        if judgement.mode is Mode.ENFORCE
        and judgement.action is Action.REFUSE
        and judgement.severity is not Severity.NONE
        and not judgement.is_broken
    }
    return tuple(found.values())


def next_step(
    ladder: Ladder, breaches: Iterable[Breach], sanctions: tuple[Sanction, ...], now: datetime, *, mails: int = 0
) -> Advance | None:
    """The step that is due now; None for none. `sanctions` are all of the seller, those that are over included.

    `mails` is what he wrote to buyers since `counts_from`.
    """
    number = _next_number(ladder, sanctions, now)
    if number is None:
        return None
    rung = ladder.rungs[number]
    grounds = counted(ladder, breaches, sanctions, now)
    points, needed = sum(ground.points for ground in grounds), rung.needed(mails)
    if points < needed:
        return None
    return Advance(
        rung=number,
        step=rung.step,
        until=None if rung.lasts is None else now + rung.lasts,
        needed=needed,
        points=points,
        grounds=grounds,
    )


def next_rung(ladder: Ladder, sanctions: tuple[Sanction, ...], now: datetime) -> Rung | None:
    """The rung that comes next, once there are points enough; None for none."""
    number = _next_number(ladder, sanctions, now)
    return None if number is None else ladder.rungs[number]


def _next_number(ladder: Ladder, sanctions: tuple[Sanction, ...], now: datetime) -> int | None:
    number = place_on(ladder, sanctions, now)
    if number < len(ladder.rungs):
        return number
    stands_under = strictest(sanctions, now)  # beyond the last there is none: it comes again when it is over
    if not number or (stands_under is not None and stands_under.step.rank >= ladder.rungs[-1].step.rank):
        return None
    return number - 1


def place_on(ladder: Ladder, sanctions: tuple[Sanction, ...], now: datetime) -> int:
    """Number of the rung that comes next; as many as there are rungs when the seller took the last.

    What a person did counts as far as its step, while it is in force; what was lifted counts as never taken.
    """
    place = 0
    for sanction in sanctions:
        if sanction.lifted_at is not None:
            continue
        if sanction.by == ladder.id and sanction.rung is not None:
            if sanction.is_in_force(now) or now < sanction.at + ladder.remembered_for:
                place = max(place, min(sanction.rung + 1, len(ladder.rungs)))
        elif sanction.is_in_force(now):
            passed = sum(rung.step.rank <= sanction.step.rank for rung in ladder.rungs)
            place = max(place, passed)
    return place


def counted(
    ladder: Ladder, breaches: Iterable[Breach], sanctions: tuple[Sanction, ...], now: datetime
) -> tuple[Ground, ...]:
    """The messages that count towards the next rung, oldest first, each once by the worst that it breaks."""
    begins_at = _count_begins_at(ladder, sanctions)
    by_message: dict[RecordId, list[Breach]] = {}
    for breach in breaches:
        is_new = begins_at is None or breach.at > begins_at
        if is_new and not breach.is_dismissed and now < breach.at + ladder.counts_for:
            by_message.setdefault(breach.record_id, []).append(breach)
    grounds = (_ground(ladder, found) for found in by_message.values())
    return tuple(sorted((ground for ground in grounds if ground.points), key=lambda g: (g.at, g.record_id)))


def no_longer_founded(
    sanctions: Iterable[Sanction], dismissed: frozenset[RecordId], now: datetime
) -> tuple[Sanction, ...]:
    """Steps in force that a ladder would not have taken without the messages that a person found to be in order."""
    return tuple(
        sanction
        for sanction in sanctions
        if sanction.by != BY_PERSON
        and sanction.is_in_force(now)
        and sum(ground.points for ground in sanction.grounds if ground.record_id not in dismissed) < sanction.needed
    )


def counts_from(ladder: Ladder, sanctions: Iterable[Sanction], now: datetime) -> datetime:
    """What a seller wrote before this instant counts no more, neither breaches nor mails."""
    begins_at = _count_begins_at(ladder, sanctions)
    return now - ladder.counts_for if begins_at is None else max(begins_at, now - ladder.counts_for)


def _count_begins_at(ladder: Ladder, sanctions: Iterable[Sanction]) -> datetime | None:
    """Breaches after this instant count; None: all do."""
    begins = [sanction.at + ladder.to_read for sanction in sanctions]
    begins += [sanction.lifted_at for sanction in sanctions if sanction.lifted_at is not None]
    return max(begins, default=None)


def _ground(ladder: Ladder, breaches: list[Breach]) -> Ground:
    first = breaches[0]
    return Ground(
        record_id=first.record_id,
        rules=tuple(sorted({breach.rule for breach in breaches})),
        points=max(ladder.weights.get(breach.severity, 0) for breach in breaches),
        at=first.at,
    )
