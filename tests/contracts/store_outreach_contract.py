"""What every database must say of messages that sellers start. Run by `test_store.py`, for each database."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from mailbridge.domain.ids import OrderId, RecordId
from mailbridge.domain.outreach import JudgedBy, OptOutKind, Outreach, OutreachHistory, Reason
from mailbridge.domain.parties import Direction, Role
from mailbridge.domain.trade_batch import TradeBatch
from mailbridge.errors import Conflict
from mailbridge.policy.needs import Needs
from mailbridge.store.conducttables import opt_outs
from mailbridge.store.records import LegRecord
from tests.store.world import ORDER, SHOP, START, World, a_message, a_plan, new_id

_HOUR = timedelta(hours=1)


def _about(world: World, reason: Reason | None = Reason.INVOICE) -> Outreach:
    """What the shop starts about its one order."""
    facts = world.facts(world.alias(Role.BUYER), a_message(SHOP), from_=SHOP)
    [order] = facts.orders
    return Outreach(seller_id=order.seller_id, buyer_id=order.buyer_id, order_id=order.id, reason=reason, today=START)


def _history(world: World, about: Outreach, *, at: datetime = START) -> OutreachHistory:
    facts = replace(world.facts(world.alias(Role.BUYER), a_message(SHOP), from_=SHOP), now=at)
    history = world.store.with_needed(facts, Needs(outreach_of=about)).outreach
    assert history is not None
    return history


def _send(world: World, about: Outreach, *, after: int | None, same: int = 0, slack: int = 0) -> None:
    leg = LegRecord(
        record_id=RecordId(new_id()),
        plan=a_plan("x@alias.example"),
        direction=Direction.TO_BUYER,
        outreach=about,
        judged_by=None if after is None else JudgedBy(number=after, about_order=same, slack=slack),
    )
    facts = world.facts(world.alias(Role.BUYER), a_message(SHOP), from_=SHOP)
    world.commit(facts, a_message(SHOP), leg)


class OutreachContract:
    """What sellers started, and who does not want it."""

    def test_E11_what_went_out_is_counted_for_its_seller(self, world: World) -> None:
        about = _about(world)
        assert _history(world, about) == OutreachHistory(orders_in_30_days=1)
        _send(world, about, after=0)
        world.clock.now += _HOUR
        _send(world, replace(about, order_id=None, reason=None), after=1)
        history = _history(world, about, at=START + _HOUR)
        assert history.sent_today == 2
        assert _history(world, replace(about, today=START + _HOUR), at=START + _HOUR).sent_today == 1
        assert (history.about_order, history.number) == ((Reason.INVOICE,), 2)

    def test_E11_what_went_out_before_today_counts_for_no_day(self, world: World) -> None:
        about = _about(world)
        _send(world, about, after=0)
        later = START + timedelta(days=1)
        history = _history(world, replace(about, today=later), at=later)
        assert (history.sent_today, history.about_order, history.number) == (0, (Reason.INVOICE,), 1)

    def test_E11_of_two_that_were_judged_by_the_same_counts_the_second_runs_again(self, world: World) -> None:
        about = replace(_about(world), order_id=None)
        _send(world, about, after=0)
        with pytest.raises(Conflict):
            _send(world, about, after=0)
        assert _history(world, about).number == 1
        _send(world, about, after=1)

    def test_E11_far_from_a_limit_many_go_out_at_once(self, world: World) -> None:
        about = replace(_about(world), order_id=None)
        for _ in range(9):
            _send(world, about, after=0, slack=8)
        with pytest.raises(Conflict):
            _send(world, about, after=0, slack=8)

    def test_E03_of_two_about_one_order_with_one_reason_the_second_runs_again(self, world: World) -> None:
        about = _about(world, Reason.REVIEW)
        _send(world, about, after=0, slack=64)
        with pytest.raises(Conflict):
            _send(world, about, after=0, slack=64)
        _send(world, replace(about, reason=Reason.INVOICE), after=0, slack=64)

    def test_E03_what_is_counted_no_further_stops_nobody(self, world: World) -> None:
        about = _about(world)
        for _ in range(101):
            _send(world, about, after=None)
        history = _history(world, about)
        _send(world, about, after=history.number, same=history.about_order.count(about.reason))
        assert _history(world, about).number == 102

    def test_what_no_rule_counted_is_counted_later(self, world: World) -> None:
        about = _about(world)
        _send(world, about, after=None)
        _send(world, about, after=None)
        assert _history(world, about).number == 2

    def test_E11_orders_count_for_30_days_from_the_day_they_were_placed(self, world: World) -> None:
        about = _about(world)
        world.clock.now += timedelta(days=40)
        again = replace(ORDER, placed_at=None)
        placed = replace(ORDER, reference="2", placed_at=START + timedelta(days=5))
        world.store.apply_trade(TradeBatch(orders=(again, placed)), START + timedelta(days=40))
        assert _history(world, about, at=START + timedelta(days=29)).orders_in_30_days == 2
        assert _history(world, about, at=START + timedelta(days=30)).orders_in_30_days == 1
        assert _history(world, about, at=START + timedelta(days=35)).orders_in_30_days == 0

    def test_S15_a_wish_counts_for_its_seller_or_for_all(self, world: World) -> None:
        about = _about(world)
        rows = [(about.seller_id, "review"), ("", "all"), ("another", "all")]
        with world.store._database.writing() as connection:
            for seller_id, kind in rows:
                values = {"buyer_id": about.buyer_id, "seller_id": seller_id, "kind": kind, "at": 0, "via": "command"}
                connection.execute(insert(opt_outs), values)
        wishes = {(wish.seller_id, wish.kind) for wish in _history(world, about).opt_outs}
        assert wishes == {(about.seller_id, OptOutKind.REVIEW), (None, OptOutKind.ALL)}

    def test_an_order_of_another_says_nothing(self, world: World) -> None:
        about = _about(world)
        _send(world, about, after=0)
        assert _history(world, replace(about, order_id=OrderId("none"))).about_order == ()
