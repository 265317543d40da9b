"""Steps that ask for points for each hundred mails of a seller: borders, and a year of shops that write much (S-26)."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.ids import SanctionId
from mailbridge.domain.standing import Breach, Sanction, Step
from mailbridge.domain.verdict import Severity
from mailbridge.policy.standing import Ladder, Rung, counts_from, next_step, no_longer_founded
from tests.policy.test_standing import DAY, HOUR, LADDER, NOW, SHIPPED, breach, breaches, taken


def _life(ladder: Ladder, *, a_day: int, share: float, severity: Severity, seed: int) -> list[Step]:
    """The steps against a shop in a year: so many mails a day, of which this share is refused, as chance has it."""
    chance, found, sanctions = random.Random(seed), list[Breach](), list[Sanction]()
    apart = DAY / a_day
    for number in range(365 * a_day):
        at = NOW + number * apart
        if chance.random() >= share:
            continue
        found = [old for old in found if at - old.at < ladder.counts_for]
        found.append(replace(breach(number, HOUR, severity), at=at))
        mails = (at - max(counts_from(ladder, sanctions, at), NOW)) // apart
        step = next_step(ladder, found, tuple(sanctions), at, mails=mails)
        if step is not None:
            sanctions.append(
                Sanction(id=SanctionId("s"), step=step.step, at=at, until=step.until, by=ladder.id, rung=step.rung)
            )
    return [sanction.step for sanction in sanctions]


@pytest.mark.parametrize("ladder", SHIPPED, ids=lambda ladder: ladder.id)
@pytest.mark.parametrize(
    ("severity", "never"),
    [
        (Severity.LOW, {Step.WARNED, Step.BARRED}),
        (Severity.MEDIUM, {Step.WARNED, Step.BARRED}),
        (Severity.HIGH, {Step.BARRED}),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_shop_with_a_hundred_mails_a_day_and_one_in_a_hundred_refused_is_not_barred(
    ladder: Ladder, severity: Severity, never: set[Step], seed: int
) -> None:
    assert not set(_life(ladder, a_day=100, share=0.01, severity=severity, seed=seed)) & never


@pytest.mark.parametrize("ladder", SHIPPED, ids=lambda ladder: ladder.id)
def test_a_shop_of_whose_mails_one_in_ten_is_refused_is_barred_however_many_they_are(ladder: Ladder) -> None:
    assert Step.BARRED in _life(ladder, a_day=100, share=0.1, severity=Severity.MEDIUM, seed=1)


_SHARED = replace(LADDER, rungs=(Rung(step=Step.REMINDED, points=4, lasts=90 * DAY, per_100_mails=5),))


@pytest.mark.parametrize(
    ("mails", "count", "needed"),
    [
        pytest.param(0, 2, 4, id="he wrote nothing else: the points alone"),
        pytest.param(80, 2, 4, id="as many points as for 80 mails"),
        pytest.param(81, 2, None, id="one mail more asks for one point more"),
        pytest.param(81, 3, 5, id="which are there"),
        pytest.param(120, 3, 6, id="exactly the share"),
        pytest.param(121, 3, None, id="a little less than the share"),
        pytest.param(10_000, 249, None, id="many mails"),
        pytest.param(10_000, 250, 500, id="many mails, and many breaches"),
    ],
)
def test_a_step_may_ask_for_points_for_each_hundred_mails_too(mails: int, count: int, needed: int | None) -> None:
    step = next_step(_SHARED, breaches(count, HOUR), (), NOW, mails=mails)
    assert (None if step is None else step.needed) == needed


def test_a_step_taken_for_its_share_is_founded_by_no_fewer_points() -> None:
    step = next_step(_SHARED, breaches(3, HOUR), (), NOW, mails=120)
    assert step is not None
    stands = replace(taken(0, HOUR), needed=step.needed, grounds=step.grounds)
    assert no_longer_founded((stands,), frozenset(), NOW) == ()
    assert no_longer_founded((stands,), frozenset({step.grounds[0].record_id}), NOW) == (stands,)


@pytest.mark.parametrize(
    ("sanctions", "since"),
    [
        pytest.param((), 30 * DAY, id="as long as a breach counts"),
        pytest.param((taken(0, 9 * DAY),), 8 * DAY, id="since the last step could be read"),
        pytest.param((taken(0, 80 * DAY),), 30 * DAY, id="which was long ago"),
        pytest.param((taken(0, 9 * DAY, lifted_ago=2 * DAY),), 2 * DAY, id="since it was lifted"),
    ],
)
def test_mails_count_from_where_breaches_do(sanctions: tuple[Sanction, ...], since: timedelta) -> None:
    assert counts_from(LADDER, sanctions, NOW) == NOW - since
