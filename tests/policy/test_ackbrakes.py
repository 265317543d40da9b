"""Whether an acknowledgement that fell due still goes out: T-27, T-28, B1."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailbridge.domain.acknowledgement import AckHistory, AckLimits, AckWishes
from mailbridge.domain.ids import SanctionId
from mailbridge.domain.parties import Role
from mailbridge.domain.standing import Sanction, Step
from mailbridge.domain.thread import AliasState, Area, ThreadState
from mailbridge.policy.ackbrakes import Due, why_braked, why_not_due
from tests.policy.stage import BUYER, MARKET, NOW, SELLER, a_thread, an_alias

_LIMITS = AckLimits(cool_down=timedelta(hours=24), per_buyer=3, per_seller=10, per_domain=5, per_hour=20)


def _due(**more: Any) -> Due:
    fields: dict[str, Any] = {
        "thread": a_thread(),
        "market": MARKET,
        "seller": SELLER,
        "buyer": BUYER,
        "alias": an_alias(Role.SELLER),
        "due_at": NOW,
        "now": NOW,
    }
    return Due(**(fields | more))


def _under(step: Step) -> Any:
    sanction = Sanction(id=SanctionId("s"), step=step, at=datetime(2000, 1, 1, tzinfo=UTC))
    return replace(SELLER, sanctions=(sanction,))


DUE: tuple[tuple[str, Due, str], ...] = (
    ("nothing happened", _due(), ""),
    ("S-36 the seller was faster", _due(thread=a_thread(buyer_was_written_to=True)), "seller_answered_first"),
    ("S-36 there was one", _due(thread=a_thread(is_acknowledged=True)), "acknowledged_before"),
    ("closed meanwhile", _due(thread=a_thread(state=ThreadState.CLOSED)), "thread_closed"),
    ("S-41 switched off meanwhile", _due(market=replace(MARKET, acknowledges=False)), "switched_off"),
    (
        "S-41 this area was switched off meanwhile",
        _due(seller=replace(SELLER, acknowledgement=AckWishes(areas=(Area.ORDER,)))),
        "switched_off",
    ),
    ("S-38 the shop is gone", _due(seller=replace(SELLER, is_active=False)), "address_closed"),
    ("S-38 the market is gone", _due(market=replace(MARKET, is_active=False)), "address_closed"),
    ("the buyer is gone", _due(buyer=replace(BUYER, is_active=False)), "address_closed"),
    ("its address is muted", _due(alias=an_alias(Role.SELLER, state=AliasState.MUTED)), "address_closed"),
    ("there is no address", _due(alias=None), "address_closed"),
    ("the shop is suspended", _due(seller=_under(Step.SUSPENDED)), "seller_suspended"),
    ("the shop is warned", _due(seller=_under(Step.WARNED)), ""),
    ("S-45 an hour late", _due(due_at=NOW - timedelta(hours=1)), ""),
    ("S-45 a day late", _due(due_at=NOW - timedelta(days=1)), "too_late"),
)


@pytest.mark.parametrize(("name", "due", "reason"), DUE, ids=[case[0] for case in DUE])
def test_S36_S38_S45_what_happened_meanwhile_is_minded(name: str, due: Due, reason: str) -> None:
    assert why_not_due(due) == reason, name


BRAKES: tuple[tuple[str, AckHistory, str], ...] = (
    ("nothing before", AckHistory(), ""),
    ("just below each", AckHistory(to_buyer=2, of_seller=9, to_domain=4, within_hour=19), ""),
    ("T-27 within the cool-down", AckHistory(pair_at=NOW - timedelta(hours=23, minutes=59)), "cool_down"),
    ("T-27 after it", AckHistory(pair_at=NOW - timedelta(hours=24)), ""),
    ("T-27 to one buyer", AckHistory(to_buyer=3), "too_many_to_buyer"),
    ("T-28 of one seller", AckHistory(of_seller=10), "too_many_of_seller"),
    ("B1 to addresses of one domain", AckHistory(to_domain=5), "too_many_to_domain"),
    ("T-28 of all", AckHistory(within_hour=20), "breaker_open"),
)


@pytest.mark.parametrize(("name", "history", "reason"), BRAKES, ids=[case[0] for case in BRAKES])
def test_T27_T28_B1_each_limit_is_a_brake(name: str, history: AckHistory, reason: str) -> None:
    assert why_braked(history, _LIMITS, NOW) == reason, name
