"""Which step follows breaches: the ladder (S-26, S-28, E-10), by a table with borders and beside a slow reference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.ids import RecordId, RuleId, SanctionId
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.standing import BY_PERSON, Breach, Ground, Sanction, Step, strictest
from mailbridge.domain.verdict import Action, Judgement, Mode, Severity, Verdict
from mailbridge.policy.plan import Disposition, Notice, NoticeKind, Plan, Trial
from mailbridge.policy.standing import (
    Advance,
    Ladder,
    Rung,
    breaches_in,
    next_rung,
    next_step,
    no_longer_founded,
)
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
LADDER = Ladder(
    id="t.ladder",
    pack="general",
    text={"en": "x"},
    weights={Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 4},
    counts_for=30 * DAY,
    remembered_for=90 * DAY,
    to_read=24 * HOUR,
    rungs=(
        Rung(step=Step.REMINDED, points=4, lasts=90 * DAY),
        Rung(step=Step.WARNED, points=6, lasts=90 * DAY),
        Rung(step=Step.BARRED, points=6, lasts=5 * DAY),
        Rung(step=Step.BARRED, points=6, lasts=30 * DAY),
        Rung(step=Step.SUSPENDED, points=6, lasts=None),
    ),
)


def breach(number: int, ago: timedelta, severity: Severity = Severity.MEDIUM, *, rule: str = "r") -> Breach:
    return Breach(record_id=RecordId(f"m{number}"), rule=RuleId(rule), severity=severity, at=NOW - ago)


def breaches(count: int, ago: timedelta, severity: Severity = Severity.MEDIUM) -> tuple[Breach, ...]:
    return tuple(breach(number, ago, severity) for number in range(count))


def taken(rung: int, ago: timedelta, *, lifted_ago: timedelta | None = None) -> Sanction:
    """A step that the ladder took."""
    step, at = LADDER.rungs[rung], NOW - ago
    return Sanction(
        id=SanctionId(f"s{rung}"),
        step=step.step,
        at=at,
        until=None if step.lasts is None else at + step.lasts,
        lifted_at=None if lifted_ago is None else NOW - lifted_ago,
        by=LADDER.id,
        rung=rung,
    )


def by_person(step: Step, ago: timedelta, *, lasts: timedelta | None = None) -> Sanction:
    at = NOW - ago
    return Sanction(id=SanctionId("p"), step=step, at=at, until=None if lasts is None else at + lasts)


def step_of(advance: Advance | None) -> str:
    return "" if advance is None else f"{advance.step.value} {advance.rung}"


_OLD = tuple(taken(rung, (60 - 10 * rung) * DAY) for rung in range(3))  # the bar began 40 days ago, and is over
_CASES: dict[str, tuple[Sequence[Breach], tuple[Sanction, ...], str]] = {
    "nothing": ((), (), ""),
    "one point too few": ((*breaches(1, HOUR), breach(9, HOUR, Severity.LOW)), (), ""),
    "as many as asked for": (breaches(2, HOUR), (), "reminded 0"),
    "one message counts once, by its worst": (
        (breach(1, HOUR, rule="a"), breach(1, HOUR, Severity.LOW, rule="b"), breach(1, HOUR, rule="c")),
        (),
        "",
    ),
    "the worst of one message is enough": (
        (breach(1, HOUR, Severity.HIGH, rule="a"), breach(1, HOUR, Severity.LOW, rule="b")),
        (),
        "reminded 0",
    ),
    "severity none weighs nothing": (breaches(100, HOUR, Severity.NONE), (), ""),
    "what a person dismissed": (tuple(replace(b, is_dismissed=True) for b in breaches(2, HOUR)), (), ""),
    "the last moment in which it counts": (breaches(2, 30 * DAY - MOMENT), (), "reminded 0"),
    "the first in which it does not": (breaches(2, 30 * DAY), (), ""),
    "no step is passed over": (breaches(1000, HOUR, Severity.HIGH), (), "reminded 0"),
    "what came before the step": (breaches(3, 3 * DAY), (taken(0, 2 * DAY),), ""),
    "what came at the end of the time to read": (breaches(3, DAY), (taken(0, 2 * DAY),), ""),
    "what came after the time to read": (breaches(3, DAY - MOMENT), (taken(0, 2 * DAY),), "warned 1"),
    "a step is still remembered": (breaches(3, HOUR), (taken(0, 90 * DAY - MOMENT),), "warned 1"),
    "a step is forgotten": (breaches(3, HOUR), (taken(0, 90 * DAY),), "reminded 0"),
    "after the first bar comes the second": (breaches(3, HOUR), _OLD, "barred 3"),
    "while it is barred too": (breaches(3, HOUR), (*_OLD[:2], taken(2, 3 * DAY)), "barred 3"),
    "the second bar, then suspended": (breaches(3, HOUR), (*_OLD, taken(3, 3 * DAY)), "suspended 4"),
    "suspended: nothing follows": (breaches(90, HOUR), (*_OLD, taken(3, 9 * DAY), taken(4, 3 * DAY)), ""),
    "suspended long ago and never lifted": (breaches(90, HOUR), (taken(4, 900 * DAY),), ""),
    "lifted: the step before is the last": (
        breaches(3, HOUR),
        (*_OLD, taken(3, 3 * DAY, lifted_ago=2 * DAY)),
        "barred 3",
    ),
    "what came before it was lifted": (breaches(3, 3 * HOUR), (taken(0, 9 * DAY, lifted_ago=2 * HOUR),), ""),
    "what came after it was lifted": (breaches(3, HOUR), (taken(0, 9 * DAY, lifted_ago=2 * HOUR),), "reminded 0"),
    "a person warned: the bar is next": (breaches(3, HOUR), (by_person(Step.WARNED, 2 * DAY),), "barred 2"),
    "a person suspended": (breaches(99, HOUR), (by_person(Step.SUSPENDED, 2 * DAY),), ""),
    "what a person did is over": (breaches(3, HOUR), (by_person(Step.WARNED, 9 * DAY, lasts=8 * DAY),), "reminded 0"),
}


@pytest.mark.parametrize(("found", "sanctions", "step"), _CASES.values(), ids=_CASES.keys())
def test_S26_the_step_that_follows(found: Sequence[Breach], sanctions: tuple[Sanction, ...], step: str) -> None:
    assert step_of(next_step(LADDER, found, sanctions, NOW)) == step


def test_a_step_names_its_grounds_and_its_end() -> None:
    found = (breach(2, HOUR, rule="b"), breach(1, 2 * HOUR), breach(2, HOUR, Severity.LOW, rule="a"))
    assert next_step(LADDER, found, (), NOW) == Advance(
        rung=0,
        step=Step.REMINDED,
        until=NOW + 90 * DAY,
        needed=4,
        points=4,
        grounds=(
            Ground(record_id=RecordId("m1"), rules=(RuleId("r"),), points=2, at=NOW - 2 * HOUR),
            Ground(record_id=RecordId("m2"), rules=(RuleId("a"), RuleId("b")), points=2, at=NOW - HOUR),
        ),
    )


@pytest.mark.parametrize(("ago", "step"), [(30 * DAY - MOMENT, ""), (30 * DAY, "barred 3")])
def test_the_last_step_comes_again_once_it_is_over(ago: timedelta, step: str) -> None:
    ladder = replace(LADDER, rungs=LADDER.rungs[:-1])
    assert step_of(next_step(ladder, breaches(9, HOUR), (*_OLD, taken(3, ago)), NOW)) == step


def test_the_rung_that_comes_next_is_known_before_there_are_points() -> None:
    assert next_rung(LADDER, (), NOW) == LADDER.rungs[0]
    assert next_rung(LADDER, (taken(4, DAY),), NOW) is None


def test_a_ladder_without_steps_does_nothing() -> None:
    assert next_step(replace(LADDER, rungs=()), breaches(99, HOUR), (), NOW) is None


def _with_grounds(
    points: Iterable[int], needed: int, *, until: datetime | None = NOW + DAY, lifted_at: datetime | None = None
) -> Sanction:
    grounds = (
        Ground(record_id=RecordId(f"m{number}"), rules=(RuleId("r"),), points=each, at=NOW - 2 * DAY)
        for number, each in enumerate(points)
    )
    step = taken(2, DAY)
    return replace(step, needed=needed, grounds=tuple(grounds), until=until, lifted_at=lifted_at)


@pytest.mark.parametrize(
    ("sanction", "dismissed", "is_unfounded"),
    [
        (_with_grounds((2, 2, 3), 6), ("m0",), True),
        (_with_grounds((2, 2, 4), 6), ("m0",), False),
        (_with_grounds((2, 2, 2), 6), ("other",), False),
        (_with_grounds((2, 2, 2), 6, until=NOW), ("m0",), False),  # over
        (_with_grounds((2, 2, 2), 6, lifted_at=NOW - HOUR), ("m0",), False),
        (by_person(Step.SUSPENDED, DAY), ("m0",), False),
    ],
)
def test_S28_a_step_that_stood_on_a_wrong_refusal_ends(
    sanction: Sanction, dismissed: tuple[str, ...], is_unfounded: bool
) -> None:
    found = no_longer_founded((sanction,), frozenset(map(RecordId, dismissed)), NOW)
    assert found == ((sanction,) if is_unfounded else ())


def test_the_strictest_in_force_is_where_a_seller_stands() -> None:
    barred, longer = by_person(Step.BARRED, DAY, lasts=5 * DAY), by_person(Step.BARRED, DAY)
    over = by_person(Step.CLOSED, 9 * DAY, lasts=DAY)
    assert strictest((by_person(Step.WARNED, DAY), barred, longer, over), NOW) is longer
    assert strictest((by_person(Step.WARNED, DAY), barred), NOW + 5 * DAY) == by_person(Step.WARNED, DAY)
    assert strictest((over,), NOW) is None


_REFUSED = Judgement(rule=RuleId("r"), action=Action.REFUSE, mode=Mode.ENFORCE, findings=())
_TOLD = (Notice(kind=NoticeKind.REFUSED, language="en"),)


def _plan(*judgements: Judgement, **changed: object) -> Plan:
    plan = Plan(
        forward_path="a@b",
        disposition=Disposition.REFUSED,
        reply=ACCEPTED,
        reason="rule",
        verdict=Verdict(action=Action.REFUSE, judgements=judgements),
        notices=_TOLD,
    )
    return replace(plan, **changed)  # type: ignore[arg-type]  # fields by name, for tests


@pytest.mark.parametrize(
    ("plan", "counts"),
    [
        (_plan(_REFUSED), ["r"]),
        (_plan(_REFUSED, _REFUSED), ["r"]),
        (_plan(_REFUSED, disposition=Disposition.RECORDED, reason="record_only_breach"), ["r"]),
        (_plan(_REFUSED, disposition=Disposition.RECORDED, reason="trial", trial=Trial.REFUSED), []),
        (_plan(_REFUSED, disposition=Disposition.HELD), []),
        (_plan(_REFUSED, disposition=Disposition.RELAYED, reason="repaired"), []),
        (_plan(_REFUSED, notices=()), []),
        (_plan(_REFUSED, verdict=None), []),
        *(
            (_plan(_REFUSED, replace(_REFUSED, rule=RuleId("other"), **other)), ["r"])
            for other in (
                {"action": Action.REPAIR},
                {"action": Action.HOLD},
                {"action": Action.WARN},
                {"mode": Mode.WARN},
                {"mode": Mode.DRY_RUN},
                {"severity": Severity.NONE},
                {"is_broken": True},
            )
        ),
    ],
)
def test_only_what_was_enforced_and_told_is_a_breach(plan: Plan, counts: list[str]) -> None:
    assert [judgement.rule for judgement in breaches_in(plan)] == counts


# Beside a slow reference


@dataclass(frozen=True, slots=True)
class _History:
    breaches: tuple[Breach, ...]
    sanctions: tuple[Sanction, ...]


_AGES = st.one_of(
    st.integers(0, 100 * 24).map(lambda hours: timedelta(hours=hours)),
    st.sampled_from([30 * DAY, 30 * DAY - MOMENT, 90 * DAY, 90 * DAY - MOMENT, DAY, 2 * DAY]),
)


@st.composite
def _histories(draw: st.DrawFn) -> _History:
    found = [
        Breach(
            record_id=RecordId(f"m{draw(st.integers(0, 9))}"),
            rule=RuleId(draw(st.sampled_from("ab"))),
            severity=draw(st.sampled_from(Severity)),
            at=NOW - draw(_AGES),
            is_dismissed=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 12)))
    ]
    sanctions = [_some_sanction(draw) for _ in range(draw(st.integers(0, 4)))]
    return _History(tuple(found), tuple(sanctions))


def _some_sanction(draw: st.DrawFn) -> Sanction:
    ago = draw(_AGES)
    if draw(st.booleans()):
        lifted = draw(st.one_of(st.none(), st.just(ago / 2)))
        return taken(draw(st.integers(0, len(LADDER.rungs) - 1)), ago, lifted_ago=lifted)
    return by_person(draw(st.sampled_from(Step)), ago, lasts=draw(st.one_of(st.none(), _AGES)))


def _slow(history: _History) -> str:
    """The same by plain words: first the place, then the count."""
    standing = [s for s in history.sanctions if s.lifted_at is None]
    lasting = [s for s in standing if s.until is None or s.until > NOW]
    place = 0
    while place < len(LADDER.rungs) and any(
        s in lasting or s.at + timedelta(days=90) > NOW for s in standing if s.rung is not None and s.rung >= place
    ):
        place += 1
    for sanction in lasting:
        if sanction.by == BY_PERSON:
            while place < len(LADDER.rungs) and list(Step).index(LADDER.rungs[place].step) <= list(Step).index(
                sanction.step
            ):
                place += 1
    if place == len(LADDER.rungs):
        if any(s.step in (Step.SUSPENDED, Step.CLOSED) for s in lasting):
            return ""
        place -= 1
    points: dict[str, int] = {}
    for found in history.breaches:
        too_soon = any(found.at <= s.at + timedelta(hours=24) for s in history.sanctions)
        too_soon |= any(s.lifted_at is not None and found.at <= s.lifted_at for s in history.sanctions)
        if found.is_dismissed or too_soon or (NOW - found.at) >= timedelta(days=30):
            continue
        weight = {"none": 0, "low": 1, "medium": 2, "high": 4}[found.severity.value]
        points[found.record_id] = max(points.get(found.record_id, 0), weight)
    return f"{LADDER.rungs[place].step.value} {place}" if sum(points.values()) >= LADDER.rungs[place].points else ""


@given(_histories())
def test_the_ladder_does_what_the_slow_reference_does(history: _History) -> None:
    assert step_of(next_step(LADDER, history.breaches, history.sanctions, NOW)) == _slow(history)


@given(_histories(), st.sampled_from(Severity))
def test_one_breach_more_never_makes_it_milder(history: _History, severity: Severity) -> None:
    before = step_of(next_step(LADDER, history.breaches, history.sanctions, NOW))
    more = (*history.breaches, breach(99, HOUR, severity))
    assert before in ("", step_of(next_step(LADDER, more, history.sanctions, NOW)))


@given(_histories(), st.timedeltas(timedelta(0), timedelta(days=20)))
def test_time_alone_never_makes_a_step(history: _History, passed: timedelta) -> None:
    """Only a mail can lead to one: the ladder is asked when one is refused, and may be asked at any other time."""
    now = [s for s in history.sanctions if s.until is None and s.lifted_at is None]
    if next_step(LADDER, history.breaches, tuple(now), NOW) is None:
        assert next_step(LADDER, history.breaches, tuple(now), NOW + passed) is None


@given(st.lists(st.tuples(st.integers(1, 72), st.sampled_from(Severity)), max_size=120))
def test_steps_are_taken_one_after_the_other(mails: list[tuple[int, Severity]]) -> None:
    """A life: each mail some hours after the one before; each step is the one after the last that is remembered."""
    at, found, sanctions = NOW, list[Breach](), list[Sanction]()
    for number, (hours, severity) in enumerate(mails):
        at += timedelta(hours=hours)
        found.append(replace(breach(number, HOUR, severity), at=at))
        step = next_step(LADDER, found, tuple(sanctions), at)
        if step is None:
            continue
        remembered = [s.rung for s in sanctions if s.rung is not None and at < s.at + LADDER.remembered_for]
        assert step.rung == max(remembered, default=-1) + 1
        assert all(ground.at > sanctions[-1].at + LADDER.to_read for ground in step.grounds if sanctions)
        sanctions.append(
            Sanction(id=SanctionId(f"s{number}"), step=step.step, at=at, until=step.until, by=LADDER.id, rung=step.rung)
        )


SHIPPED = load_rules((data_folder("rules"),)).ladders


@pytest.mark.parametrize("ladder", SHIPPED, ids=lambda ladder: ladder.id)
@pytest.mark.parametrize("severity", Severity)
def test_one_refusal_a_week_leads_to_a_reminder_at_most(ladder: Ladder, severity: Severity) -> None:
    at, found, sanctions = NOW, list[Breach](), list[Sanction]()
    for week in range(150):
        at += 7 * DAY
        found.append(replace(breach(week, HOUR, severity), at=at))
        step = next_step(ladder, found, tuple(sanctions), at)
        if step is not None:
            sanctions.append(
                Sanction(id=SanctionId("s"), step=step.step, at=at, until=step.until, by=ladder.id, rung=step.rung)
            )
    assert {sanction.step for sanction in sanctions} <= {Step.REMINDED}
    assert len(sanctions) <= 150 * 7 * DAY / ladder.remembered_for + 1


def test_amazon_bars_for_5_to_30_days_and_then_for_good() -> None:
    [ladder] = [ladder for ladder in SHIPPED if ladder.pack == "amazon"]
    bars = [rung.lasts for rung in ladder.rungs if rung.step is Step.BARRED]
    assert (bars[0], bars[-2], bars[-1]) == (5 * DAY, 30 * DAY, None)
    assert bars[:-1] == sorted(lasts for lasts in bars if lasts is not None)


def test_files_of_a_wrong_kind_or_size_are_no_breach() -> None:
    rules = load_rules((data_folder("rules"),)).rules
    of_files = [r for r in rules if r.check is not None and r.check.name in ("attachment_type", "attachment_size")]
    refusing = {r.id: r.severity for r in of_files if r.action is Action.REFUSE}
    assert len(refusing) > 3
    assert set(refusing.values()) == {Severity.NONE}
