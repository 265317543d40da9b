"""What every database must do for actions in conversations and for messages that wait to be stopped (N-11, N-15).

Run by `test_store.py`, for each database.
"""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.clocks import ClockEvent, ClockEventKind
from mailbridge.domain.facts import ActionKind, Facts
from mailbridge.domain.ids import DeliveryId, RecordId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import ThreadState
from mailbridge.errors import Conflict
from mailbridge.policy.clocks import Clock, tick_of
from mailbridge.policy.plan import Disposition
from mailbridge.store.actionrecords import ActionChange, ActionOffer
from mailbridge.store.records import Intake, LegRecord, NewAction
from tests.store.world import ANNA, SHOP, START, TRADE, World, a_message, a_plan, new_id, signed_by

_TOKEN = "abcdefghijklmnop" * 2
DAY = timedelta(days=1)
Kind = ClockEventKind


def _offered(world: World, kind: ActionKind) -> ActionOffer:
    """A buyer's first message with this action below it; what the token may do."""
    leg = world.first_mail()
    message = a_message(SHOP)
    facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
    world.commit(
        facts, message, replace(world.reply_leg(facts, message), actions=(_action(world, kind, leg.record_id),))
    )
    return _offer(world)


def _action(world: World, kind: ActionKind, record_id: RecordId) -> NewAction:
    return NewAction(
        token_hash=world.store.action_hash(_TOKEN), kind=kind, record_id=record_id, expires_at=START + 9 * DAY
    )


def _offer(world: World) -> ActionOffer:
    offer = world.store.action_offer(world.store.action_hash(_TOKEN), world.clock.now)
    assert offer is not None
    return offer


def _waiting(world: World) -> tuple[LegRecord, Facts, Message]:
    """An answer of the seller that he may stop, with the notice that tells him so."""
    world.first_mail()
    message = a_message(SHOP)
    facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
    record_id = RecordId(new_id())
    answer = world.reply_leg(facts, message)
    notice = replace(answer.deliveries[0], id=DeliveryId(new_id()), record_id=record_id)
    leg = LegRecord(
        record_id=record_id,
        plan=a_plan(facts.forward_path, Disposition.SCREENING),
        thread=facts.threads[0],
        dedupe_key=facts.dedupe_key,
        waits_key=world.store.waits_key(facts, message),
        deliveries=(notice,),
        actions=(_action(world, ActionKind.STOP_SENDING, record_id),),
    )
    world.store.commit(Intake(envelope=facts.envelope, message=message, legs=(leg,), auth=signed_by("acme.test")))
    return leg, facts, message


def _released(world: World, waiting: tuple[LegRecord, Facts, Message]) -> None:
    leg, facts, message = waiting
    facts = replace(facts, is_behind=False, duplicate_of=None)
    answer = world.reply_leg(facts, message)
    relay = replace(answer.deliveries[0], record_id=leg.record_id)
    world.commit(facts, message, replace(answer, record_id=leg.record_id, replaces=True, deliveries=(relay,)))


class ActionsContract:
    """One-use tokens of sellers."""

    def test_N11_a_token_tells_whose_it_is_and_what_it_is_about(self, world: World) -> None:
        offer = _offered(world, ActionKind.CLOSE)
        assert (offer.kind, offer.is_used, offer.is_overtaken) == (ActionKind.CLOSE, False, False)
        assert offer.thread is not None
        assert (offer.seller.id, offer.thread.seller_id) == (offer.thread.seller_id, offer.seller.id)
        assert offer.buyer is not None
        assert offer.buyer.id == offer.thread.buyer_id

    def test_N11_an_unknown_token_and_one_whose_time_is_over_are_nothing(self, world: World) -> None:
        unknown = world.store.action_hash(_TOKEN)
        assert world.store.action_offer(unknown, START) is None
        _offered(world, ActionKind.CLOSE)
        assert world.store.action_offer(world.store.action_hash(_TOKEN), START + 9 * DAY) is None

    def test_N11_a_use_moves_the_conversation_and_its_clocks_once(self, world: World) -> None:
        offer = _offered(world, ActionKind.CLOSE)
        assert offer.thread is not None
        change = ActionChange(state=ThreadState.CLOSED)
        world.store.use_offer(offer, change, deliveries=(), now=START)
        thread = world.store.thread(offer.thread.id).thread
        assert (thread.state, thread.version) == (ThreadState.CLOSED, offer.thread.version + 1)
        assert _offer(world).is_used
        with pytest.raises(Conflict):
            world.store.use_offer(offer, change, deliveries=(), now=START)

    def test_N11_what_was_decided_from_an_older_conversation_is_a_conflict_and_writes_nothing(
        self, world: World
    ) -> None:
        offer = _offered(world, ActionKind.CLOSE)
        assert offer.thread is not None
        world.store.change_state(offer.thread.id, ThreadState.RESOLVED, "", START)
        with pytest.raises(Conflict):
            world.store.use_offer(offer, ActionChange(state=ThreadState.CLOSED), deliveries=(), now=START)
        assert world.store.thread(offer.thread.id).thread.state is ThreadState.RESOLVED
        assert not _offer(world).is_used

    def test_N10_what_excuses_a_clock_is_for_the_conversation_as_it_was_read(self, world: World) -> None:
        offer = _offered(world, ActionKind.NO_REPLY_NEEDED)
        assert offer.thread is not None
        message = a_message(ANNA)
        facts = world.facts(world.alias(Role.SELLER), message)
        world.commit(facts, message, world.reply_leg(facts, message))
        clock = Clock(
            id="t.clock",
            pack="general",
            text={"en": "x"},
            within=DAY,
            starts=frozenset(),
            answered_by=frozenset(),
            excused_by=frozenset({Kind.NO_REPLY_NEEDED}),
        )
        tick = tick_of(ClockEvent(kind=Kind.NO_REPLY_NEEDED, at=START), clock)
        with pytest.raises(Conflict):
            world.store.use_offer(offer, ActionChange(tick=tick), deliveries=(), now=START)
        assert not _offer(world).is_used

    def test_N11_it_is_overtaken_when_the_buyer_writes_again(self, world: World) -> None:
        offer = _offered(world, ActionKind.CLOSE)
        world.clock.now += timedelta(hours=1)
        message = a_message(ANNA)
        facts = world.facts(world.alias(Role.SELLER), message)
        world.commit(facts, message, world.reply_leg(facts, message))
        assert (offer.is_overtaken, _offer(world).is_overtaken) == (False, True)

    def test_N15_what_is_stopped_is_stopped_and_can_not_be_released(self, world: World) -> None:
        waiting = _waiting(world)
        offer = _offer(world)
        assert offer.record_state == "screening"
        world.store.use_offer(offer, ActionChange(undoes=offer.record_id), deliveries=(), now=START)
        assert _offer(world).record_state == "undone"
        assert world.store.screening_records(10) == ()
        assert not world.facts(world.contact(), a_message(ANNA)).is_behind
        with pytest.raises(Conflict):
            _released(world, waiting)

    def test_N15_what_is_released_can_not_be_stopped_and_its_token_and_notice_stay(self, world: World) -> None:
        waiting = _waiting(world)
        before = _offer(world)
        _released(world, waiting)
        with pytest.raises(Conflict):
            world.store.use_offer(before, ActionChange(undoes=before.record_id), deliveries=(), now=START)
        assert (_offer(world).record_state, _offer(world).is_used) == ("relayed", False)
        claimed = world.store.claim(START + DAY, worker="w", limit=10, lease=DAY)
        of_record = [one.delivery for one in claimed if one.delivery.record_id == before.record_id]
        assert len(of_record) == 2  # the notice was sealed before, and is open to whoever sends it
        assert all(one.octets for one in of_record)

    def test_N15_of_a_stop_and_a_release_at_once_one_wins(self, world: World) -> None:
        waiting = _waiting(world)
        offer, ready = _offer(world), threading.Barrier(2)
        said: list[str] = []

        def stop() -> None:
            ready.wait(20)
            try:
                world.store.use_offer(offer, ActionChange(undoes=offer.record_id), deliveries=(), now=START)
                said.append("stopped")
            except Conflict:
                said.append("late")

        stopper = threading.Thread(target=stop)
        stopper.start()
        ready.wait(20)
        try:
            _released(world, waiting)
            said.append("sent")
        except Conflict:
            said.append("undone")
        stopper.join(20)
        assert set(said) in ({"stopped", "undone"}, {"late", "sent"})
        assert _offer(world).record_state == ("relayed" if "sent" in said else "undone")

    def test_N15_how_long_a_sellers_messages_wait_is_on_record_and_an_import_keeps_it(self, world: World) -> None:
        [row] = world.store.directory().sellers[:1]
        world.store.set_undo(row.seller.id, 90, START)
        assert world.store.directory().sellers[0].seller.undo_s == 90
        world.store.apply_trade(TRADE, START)
        assert world.store.directory().sellers[0].seller.undo_s == 90
