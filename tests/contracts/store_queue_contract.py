"""What every database must do for deliveries and intents: claimed once, settled once, fenced off when late."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.delivery import (
    ClaimedDelivery,
    Deferred,
    Delivered,
    DeliveryState,
    Failed,
    Outcome,
    PostKind,
    Unknown,
)
from mailbridge.domain.ids import DeliveryId, IntentId, RecordId
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import EnhancedStatus
from mailbridge.errors import Conflict, NotFound, NotPossible
from mailbridge.policy.plan import Disposition, IntentKind
from mailbridge.store.records import Intake, LegRecord, NewIntent
from tests.store.world import ANNA, SHOP, START, World, a_message, a_plan, an_envelope, new_id

MINUTE = timedelta(minutes=1)


def _settle(
    world: World,
    claimed: ClaimedDelivery,
    *,
    outcome: Outcome | None = None,
    state: DeliveryState = DeliveryState.DELIVERED,
    after: timedelta | None = None,
) -> bool:
    return world.store.settle(
        claimed.delivery.id,
        claimed.fencing_token,
        outcome=outcome or Delivered(),
        state=state,
        next_attempt_at=None if after is None else world.clock.now + after,
        now=world.clock.now,
    )


class QueueContract:
    """Deliveries."""

    def test_a_claimed_delivery_is_the_one_that_was_committed(self, world: World) -> None:
        leg = world.first_mail()
        [claimed] = world.store.claim(START, worker="w", limit=5, lease=MINUTE)
        assert claimed == ClaimedDelivery(
            delivery=leg.deliveries[0], attempts=0, fencing_token=1, leased_until=START + MINUTE
        )
        assert world.store.claim(START, worker="w", limit=5, lease=MINUTE) == ()
        assert world.store.delivery(leg.deliveries[0].id) == leg.deliveries[0]

    def test_a_delivery_leased_at_commit_is_claimed_by_nobody_until_the_lease_is_over(self, world: World) -> None:
        world.store.leases_at_commit = True
        leg = world.first_mail()
        facts = world.facts(world.contact(), a_message())
        [leased] = world.store.leased(Intake(envelope=facts.envelope, message=a_message(), legs=(leg,)))
        assert world.store.claim(START, worker="w", limit=5, lease=MINUTE) == ()
        [claimed] = world.store.claim(leased.leased_until, worker="w", limit=5, lease=MINUTE)
        assert (leased.fencing_token, claimed.fencing_token) == (1, 2)
        assert not _settle(world, leased)
        assert _settle(world, claimed)

    def test_F08_a_settle_with_an_older_token_is_refused(self, world: World) -> None:
        world.first_mail()
        [late] = world.store.claim(START, worker="a", limit=5, lease=MINUTE)
        [new] = world.store.claim(START + MINUTE, worker="b", limit=5, lease=MINUTE)
        assert not _settle(world, late, state=DeliveryState.FAILED, outcome=Failed(diagnostic="no"))
        assert _settle(world, new)
        assert not _settle(world, new)
        assert world.store.queue_row(new.delivery.id).state is DeliveryState.DELIVERED

    def test_F35_each_delivery_is_claimed_once_however_many_claim(self, world: World) -> None:
        leg = world.first_mail()
        deliveries = tuple(
            replace(leg.deliveries[0], id=DeliveryId(new_id()), record_id=leg.record_id) for _ in range(150)
        )
        world.store.post_alone(deliveries)
        claimed: list[DeliveryId] = []

        def claim_all() -> None:
            while got := world.store.claim(START, worker="w", limit=7, lease=MINUTE):
                claimed.extend(one.delivery.id for one in got)

        threads = [threading.Thread(target=claim_all) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(claimed) == sorted([leg.deliveries[0].id, *(d.id for d in deliveries)])

    @pytest.mark.parametrize(
        ("outcome", "status"),
        [
            (Deferred(diagnostic="450 try łater", status=EnhancedStatus(4, 2, 1)), EnhancedStatus(4, 2, 1)),
            (Unknown(diagnostic="cut after the dot"), None),
        ],
    )
    def test_a_deferred_delivery_comes_back_when_it_is_due(
        self, world: World, outcome: Outcome, status: EnhancedStatus | None
    ) -> None:
        world.first_mail()
        [claimed] = world.store.claim(START, worker="w", limit=5, lease=MINUTE)
        assert _settle(world, claimed, outcome=outcome, state=DeliveryState.PENDING, after=timedelta(hours=1))
        row = world.store.queue_row(claimed.delivery.id)
        assert (row.diagnostic, row.status) == (getattr(outcome, "diagnostic", ""), status)
        assert world.store.claim(START + timedelta(minutes=59), worker="w", limit=5, lease=MINUTE) == ()
        [again] = world.store.claim(START + timedelta(hours=1), worker="w", limit=5, lease=MINUTE)
        assert (again.attempts, again.fencing_token, again.delivery) == (1, 2, claimed.delivery)

    def test_a_bounce_marks_its_delivery(self, world: World) -> None:
        leg = world.first_mail()
        [claimed] = world.store.claim(START, worker="w", limit=5, lease=MINUTE)
        assert _settle(world, claimed)
        noted = LegRecord(
            record_id=RecordId(new_id()),
            plan=a_plan("x", Disposition.NOTED),
            bounced=leg.deliveries[0].id,
            bounce_status=EnhancedStatus(5, 1, 1),
        )
        world.store.commit(Intake(envelope=an_envelope("x@alias.example"), message=a_message(), legs=(noted,)))
        row = world.store.queue_row(leg.deliveries[0].id)
        assert (row.state, row.status) == (DeliveryState.BOUNCED, EnhancedStatus(5, 1, 1))

    def test_T51_a_bounce_is_booked_as_the_other_deliveries_of_its_mail_were_read(self, world: World) -> None:
        message = a_message(ANNA)
        facts = world.facts(world.contact(), message)
        leg = world.first_leg(facts, message)
        [one] = leg.deliveries
        world.commit(facts, message, replace(leg, deliveries=(one, replace(one, id=DeliveryId(new_id())))))
        for beside, is_taken in (((), False), ((DeliveryState.BOUNCED,), False), ((DeliveryState.PENDING,), True)):
            noted = LegRecord(
                record_id=RecordId(new_id()),
                plan=a_plan("x", Disposition.NOTED),
                bounced=one.id,
                bounced_beside=beside,
            )
            intake = Intake(envelope=an_envelope("x@alias.example"), message=a_message(), legs=(noted,))
            if is_taken:
                world.store.commit(intake)
            else:
                with pytest.raises(Conflict):
                    world.store.commit(intake)
            assert (world.store.queue_row(one.id).state is DeliveryState.BOUNCED) == is_taken

    def test_a_person_holds_releases_and_retries(self, world: World) -> None:
        delivery_id = world.first_mail().deliveries[0].id
        world.store.hold_delivery(delivery_id, START)
        assert world.store.claim(START, worker="w", limit=5, lease=MINUTE) == ()
        world.store.release_delivery(delivery_id, START)
        [claimed] = world.store.claim(START, worker="w", limit=5, lease=MINUTE)
        with pytest.raises(NotPossible, match=r"state is pending: it is being sent now, until 2026-11-21 12:01:00 UTC"):
            world.store.hold_delivery(delivery_id, START)
        assert _settle(world, claimed, outcome=Failed(diagnostic="no"), state=DeliveryState.FAILED)
        world.clock.now = START + timedelta(days=9)
        world.store.retry_delivery(delivery_id, world.clock.now)
        [again] = world.store.claim(world.clock.now, worker="w", limit=5, lease=MINUTE)
        assert again.delivery.expires_at == world.clock.now + timedelta(days=1)
        assert _settle(world, again)
        with pytest.raises(NotPossible, match="can not be retried: its state is delivered"):
            world.store.retry_delivery(delivery_id, START)

    def test_the_state_that_is_in_the_way_is_named(self, world: World) -> None:
        delivery_id = world.first_mail().deliveries[0].id
        with pytest.raises(NotPossible, match="can not be released: its state is pending"):
            world.store.release_delivery(delivery_id, START)
        world.store.hold_delivery(delivery_id, START)
        for change, name in ((world.store.hold_delivery, "held back"), (world.store.retry_delivery, "retried")):
            with pytest.raises(NotPossible, match=f"can not be {name}: its state is held"):
                change(delivery_id, START)
        with pytest.raises(NotFound, match="no delivery nothing"):
            world.store.release_delivery(DeliveryId("nothing"), START)

    def test_the_queue_is_listed_and_measured(self, world: World) -> None:
        leg = world.first_mail()
        world.held_mail()
        world.clock.now = START + timedelta(minutes=3)
        [row] = world.store.queue_rows((DeliveryState.PENDING,), 10)
        assert (row.id, row.reader, row.next_attempt_at, row.leased_until) == (
            leg.deliveries[0].id,
            "seller",
            START,
            None,
        )
        assert world.store.queue_rows((DeliveryState.FAILED, DeliveryState.HELD), 10) == ()
        assert world.store.gauges() == {
            "held": 1,
            "screening": 0,
            "queued": 1,
            "oldest_due_s": 180,
            "intents_due": 1,
        }

    def test_where_a_delivery_came_from(self, world: World) -> None:
        mail = a_message(ANNA)
        leg = world.first_mail(message=mail)
        origin = world.store.delivery_origin(leg.deliveries[0].id)
        assert (origin.kind, origin.author_addr_spec, origin.author_message_id) == (
            PostKind.RELAY,
            ANNA,
            mail.message_id,
        )
        assert origin.thread is not None
        assert origin.buyer is not None
        assert origin.received_at == START
        with pytest.raises(NotFound):
            world.store.delivery_origin(DeliveryId("nothing"))

    def test_mail_of_ours_without_a_record_is_queued_too(self, world: World) -> None:
        alone = replace(world.delivery(RecordId(new_id()), None), record_id=None, kind=PostKind.DIGEST)
        world.store.post_alone((alone,))
        [claimed] = world.store.claim(START, worker="w", limit=5, lease=MINUTE)
        assert claimed.delivery == alone


class IntentContract:
    """Intents."""

    def test_an_intent_comes_with_its_people_and_is_finished_once(self, world: World) -> None:
        leg = world.first_mail()
        assert leg.thread is not None
        [due] = world.store.due_intents(START, limit=5, worker="w", lease=MINUTE)
        assert (due.kind, due.thread is not None and due.thread.id) == (IntentKind.ACKNOWLEDGE, leg.thread.id)
        assert (due.seller is not None and due.seller.name, due.buyer is not None and due.buyer.name) == (
            "Acme",
            "Anna K",
        )
        assert due.alias_of_seller is not None
        assert due.alias_of_seller.address.addr_spec == world.alias(Role.SELLER)
        mail = replace(world.delivery(leg.record_id, leg.thread, to=ANNA), kind=PostKind.ACKNOWLEDGEMENT)
        world.store.finish_intent(due.id, deliveries=(mail,), now=START)
        with pytest.raises(Conflict):
            world.store.finish_intent(due.id, deliveries=(replace(mail, id=DeliveryId(new_id())),), now=START)
        claimed = world.store.claim(START, worker="w", limit=5, lease=MINUTE)
        assert {one.delivery.id for one in claimed} == {leg.deliveries[0].id, mail.id}
        answer = a_message(ANNA, in_reply_to=(mail.message_id,))
        facts = world.facts(world.alias(Role.SELLER), answer)
        assert facts.threads[0].is_acknowledged
        assert facts.threads_by_id == (leg.thread.id,)

    def test_an_intent_that_was_not_finished_comes_back_after_its_lease(self, world: World) -> None:
        world.first_mail()
        [due] = world.store.due_intents(START, limit=5, worker="w", lease=MINUTE)
        assert world.store.due_intents(START, limit=5, worker="w", lease=MINUTE) == ()
        [again] = world.store.due_intents(START + MINUTE, limit=5, worker="w", lease=MINUTE)
        assert again.id == due.id
        world.store.finish_intent(due.id, cancelled_reason="not needed", now=START)
        assert world.store.due_intents(START + 9 * MINUTE, limit=5, worker="w", lease=MINUTE) == ()

    def test_an_intent_of_the_future_waits(self, world: World) -> None:
        leg = replace(world.held_mail(), record_id=RecordId(new_id()))
        later = NewIntent(
            id=IntentId(new_id()),
            kind=IntentKind.WAS_THIS_YOU,
            due_at=START + MINUTE,
            record_id=leg.record_id,
            unique_key="w",
        )
        alias = world.alias(Role.BUYER)
        leg = replace(leg, plan=replace(leg.plan, forward_path=alias), intents=(later,))
        world.store.commit(Intake(envelope=an_envelope(alias, from_=SHOP), message=a_message(SHOP), legs=(leg,)))
        assert world.store.due_intents(START, limit=5, worker="w", lease=MINUTE) == ()
        [due] = world.store.due_intents(START + MINUTE, limit=5, worker="w", lease=MINUTE)
        assert due.seller is not None
        assert due.buyer is not None

    def test_an_intent_that_never_was_can_not_be_finished(self, world: World) -> None:
        with pytest.raises(NotFound):
            world.store.finish_intent(IntentId("nothing"), now=START)
