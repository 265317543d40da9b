"""What every database must do for lists of conversations, and for those that fell silent (S-18 to S-20, S-29, S-55)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbridge.domain.clocks import ClockEvent, ClockEventKind
from mailbridge.domain.envelope import Posted
from mailbridge.domain.ids import IntentId, RecordId, ThreadId
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Area, ThreadState
from mailbridge.errors import Conflict, NotFound
from mailbridge.policy.clocks import tick_of
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind
from mailbridge.store.records import Intake, LegRecord, NewIntent, TradeBatch, TradeBuyer
from mailbridge.store.threadrecords import SilentAsked, ThreadChange, ThreadsAsked
from tests.contracts.store_clocks_contract import CLOCK
from tests.store.world import ANNA, World, a_message, a_plan, new_id

HOUR = timedelta(hours=1)


def _begins(world: World, subject: str, **thread: Any) -> ThreadId:
    """One more conversation of the two, an hour after the one before."""
    world.clock.now += HOUR
    message = a_message(ANNA, subject=subject)
    facts = world.facts(world.contact(), message)
    leg = world.first_leg(facts, message)
    assert leg.thread is not None
    begun = replace(leg.thread, **thread)
    tick = tick_of(ClockEvent(kind=ClockEventKind.OPENED, at=world.clock.now), CLOCK)
    world.commit(facts, message, replace(leg, thread=begun, tick=tick))
    return begun.id


def _listed(world: World, **asked: Any) -> list[str]:
    rows = world.store.list_threads(ThreadsAsked(**{"limit": 50, **asked}))
    return [row.thread.subject_for_seller for row in rows]


class ThreadsContract:
    """Lists of conversations."""

    def test_S18_all_of_them_the_newest_first(self, world: World) -> None:
        for subject in ("one", "two", "three"):
            _begins(world, subject)
        assert _listed(world) == ["three", "two", "one"]
        assert _listed(world, limit=1) == ["three"]
        assert _listed(world, before=world.clock.now) == ["two", "one"]

    def test_S19_S86_sent_and_unanswered(self, world: World) -> None:
        _begins(world, "waits", last_by=Role.BUYER)
        _begins(world, "sent", last_by=Role.SELLER)
        _begins(world, "ended", last_by=Role.BUYER, state=ThreadState.CLOSED)
        _begins(world, "of before that was kept")
        assert _listed(world, last_by=Role.SELLER) == ["sent"]
        assert _listed(world, last_by=Role.BUYER) == ["waits"]

    def test_S20_automatic_mail_alone_is_left_out(self, world: World) -> None:
        _begins(world, "a shop's confirmation", has_people=False)
        _begins(world, "a question")
        assert _listed(world, people_only=True) == ["a question"]
        assert len(_listed(world)) == 2

    def test_S29_by_topic_and_by_priority(self, world: World) -> None:
        _begins(world, "return", topics=("return", "shipping"))
        _begins(world, "question", topics=("question",))
        _begins(world, "nothing")
        _begins(world, "complaint", topics=("complaint",))
        assert _listed(world, by_priority=True) == ["complaint", "return", "question", "nothing"]
        assert _listed(world, topic="shipping") == ["return"]
        assert _listed(world, topic="ship") == []
        assert _listed(world, topic="%") == []

    def test_S55_S57_by_kind_state_and_what_it_is_about(self, world: World) -> None:
        [order] = world.facts(world.contact(".o-48213"), a_message()).orders
        _begins(world, "dispute", area=Area.DISPUTE, order_id=order.id)
        _begins(world, "ended dispute", area=Area.DISPUTE, state=ThreadState.RESOLVED)
        _begins(world, "question")
        assert _listed(world, area=Area.DISPUTE) == ["ended dispute", "dispute"]
        assert _listed(world, area=Area.DISPUTE, state=ThreadState.OPEN) == ["dispute"]
        assert _listed(world, order="48213") == ["dispute"]
        assert _listed(world, order="99999") == _listed(world, offer="9912") == []
        assert _listed(world, market="m", seller="s1") == ["question", "ended dispute", "dispute"]
        assert _listed(world, market="other") == _listed(world, seller="other") == []

    def test_S30_what_is_late(self, world: World) -> None:
        _begins(world, "late")
        world.clock.now += 23 * HOUR
        _begins(world, "not yet")
        assert _listed(world, late_at=world.clock.now + HOUR) == ["late"]
        assert _listed(world, late_at=world.clock.now - HOUR) == []

    def test_S31_those_that_nobody_wrote_in(self, world: World) -> None:
        first = _begins(world, "one", area=Area.DISPUTE)
        _begins(world, "two", area=Area.DISPUTE)
        _begins(world, "question")
        market_id = world.store.marketplaces()[0].id
        asked = SilentAsked(
            marketplace_id=market_id, area=Area.DISPUTE, states=(ThreadState.OPEN,), until=world.clock.now - HOUR
        )
        assert [thread.subject_for_seller for thread in world.store.silent_threads(asked)] == ["one", "two"]
        earlier = replace(asked, until=world.clock.now - 2 * HOUR)
        assert [thread.id for thread in world.store.silent_threads(earlier)] == [first]
        assert world.store.silent_threads(replace(asked, states=(ThreadState.RESOLVED,))) == ()

    def test_S31_a_silence_is_written_only_where_nobody_wrote_meanwhile(self, world: World) -> None:
        thread_id = _begins(world, "one", area=Area.DISPUTE)
        seen = world.store.thread(thread_id).thread
        joined = ThreadChange(
            thread_id=thread_id,
            seen_version=seen.version,
            state=seen.state,
            market_joined_at=world.clock.now,
            by="silence",
        )
        _finish(world, joined)
        assert world.store.thread(thread_id).thread.market_joined_at == world.clock.now
        assert _listed(world, market_joined=True) == ["one"]
        with pytest.raises(Conflict):
            _finish(world, replace(joined, state=ThreadState.CLOSED))
        assert world.store.thread(thread_id).thread.state is ThreadState.OPEN
        with pytest.raises(NotFound):
            _finish(world, replace(joined, thread_id=ThreadId("none")))

    def test_S55_what_stands_with_a_conversation_comes_back(self, world: World) -> None:
        kept = {"market_reference": "D-7", "topics": ("complaint", "shipping"), "last_by": Role.BUYER}
        thread_id = _begins(world, "one", **kept, has_people=False)
        thread = world.store.thread(thread_id).thread
        assert {name: getattr(thread, name) for name in kept} == kept
        assert not thread.has_people

    def test_S55_what_the_market_posted_is_still_posted_when_it_was_held(self, world: World) -> None:
        message = a_message(ANNA)
        facts = world.facts(world.contact(), message)
        plan = a_plan(world.contact(), Disposition.HELD, HoldReason.RULE)
        envelope = replace(facts.envelope, posted=Posted(market_reference="D-7"))
        leg = LegRecord(record_id=RecordId(new_id()), plan=plan)
        world.store.commit(Intake(envelope=envelope, message=message, legs=(leg,)))
        assert world.store.held_record(leg.record_id).envelope.posted == Posted(market_reference="D-7")
        assert world.store.held_record(world.held_mail().record_id).envelope.posted is None

    def test_S66_a_pair_is_found_by_its_references_and_gets_aliases_where_it_has_none(self, world: World) -> None:
        known = {row.alias.address for row in world.store.aliases()}
        new = TradeBuyer(marketplace="m", reference="b2", handle="ben")
        world.store.apply_trade(TradeBatch(buyers=(new,)), world.clock.now)
        pairs = [
            world.store.pair_called(market="m", seller="s1", buyer=buyer, now=world.clock.now)
            for buyer in ("b1", "b1", "b2", "b2")
        ]
        assert pairs[0] == pairs[1]
        assert {pairs[0].alias_of_buyer.address, pairs[0].alias_of_seller.address} == known
        assert pairs[2] == pairs[3]
        assert pairs[2].buyer.handle == "ben"
        assert len(world.store.aliases()) == len(known) + 2
        for unknown in ({"market": "x"}, {"seller": "x"}, {"buyer": "x"}):
            with pytest.raises(NotFound):
                world.store.pair_called(
                    **{"market": "m", "seller": "s1", "buyer": "b1", **unknown}, now=world.clock.now
                )

    def test_S29_two_who_write_at_once_leave_both_their_topics(self, world: World) -> None:
        _begins(world, "one", topics=("shipping",))
        first, second = (a_message(ANNA) for _ in range(2))
        facts = [world.facts(world.alias(Role.SELLER), message) for message in (first, second)]
        for each, message, topic in zip(facts, (first, second), ("complaint", "invoice"), strict=True):
            leg = world.reply_leg(each, message)
            assert leg.thread is not None
            world.commit(each, message, replace(leg, thread=replace(leg.thread, topics=(topic, "shipping"))))
        [row] = world.store.list_threads(ThreadsAsked(limit=5))
        assert set(row.thread.topics) == {"complaint", "invoice", "shipping"}


def _finish(world: World, change: ThreadChange) -> None:
    """An intent that a silence asks for, done."""
    intent_id = IntentId(new_id())
    now = world.clock.now
    new = NewIntent(id=intent_id, kind=IntentKind.SILENCE, due_at=now, unique_key=f"silence:{intent_id}")
    world.store.plan_intents((new,))
    world.store.finish_intent(intent_id, change=change, now=now)
