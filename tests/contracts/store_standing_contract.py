"""What every database must do for conduct: breaches, steps, and the mail that a suspension keeps back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.delivery import Deferred, Delivered, DeliveryState
from mailbridge.domain.ids import IntentId, RecordId, RuleId, SanctionId, SellerId
from mailbridge.domain.parties import Role
from mailbridge.domain.standing import BY_PERSON, Breach, Ground, NewBreaches, Sanction, Step
from mailbridge.domain.verdict import Severity
from mailbridge.errors import Conflict, NotFound
from mailbridge.policy.plan import Disposition, IntentKind
from mailbridge.store.conductrecords import ConductChange, NewSanction
from mailbridge.store.records import Intake, LegRecord, NewIntent
from tests.store.world import SHOP, START, World, a_message, a_plan, an_envelope, new_id

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def _seller(world: World) -> SellerId:
    return world.store.seller_called("s1", "m").seller.id


def _breach(world: World, *rules: str, dismisses: RecordId | None = None) -> RecordId:
    """Commit a refused message of the shop that breaks these rules."""
    record_id = RecordId(new_id())
    found = tuple(
        Breach(record_id=record_id, rule=RuleId(rule), severity=Severity.HIGH, at=world.clock.now) for rule in rules
    )
    leg = LegRecord(
        record_id=record_id,
        plan=a_plan("x@alias.example", Disposition.REFUSED),
        breaches=NewBreaches(seller_id=_seller(world), breaches=found) if found else None,
        dismisses=dismisses,
    )
    envelope = an_envelope("x@alias.example", from_=SHOP, at=world.clock.now)
    world.store.commit(Intake(envelope=envelope, message=a_message(SHOP), legs=(leg,)))
    return record_id


def _sanction(step: Step = Step.SUSPENDED, **changed: object) -> Sanction:
    plain = Sanction(id=SanctionId(new_id()), step=step, at=START, by="t.ladder", rung=3, needed=2)
    return replace(plain, **changed)  # type: ignore[arg-type]  # fields by name, for tests


def _take(world: World, sanction: Sanction, number: int = 0) -> Sanction:
    taken = NewSanction(sanction=sanction, number=number)
    world.store.change_conduct(ConductChange(seller_id=_seller(world), now=world.clock.now, taken=taken))
    return sanction


def _lift(world: World, *sanctions: Sanction) -> None:
    lifted = tuple(sanction.id for sanction in sanctions)
    world.store.change_conduct(ConductChange(seller_id=_seller(world), now=world.clock.now, lifted=lifted))


def _to_buyer(world: World) -> LegRecord:
    """Commit a mail of the shop to the buyer, which then waits to be sent."""
    message = a_message(SHOP)
    facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
    leg = world.reply_leg(facts, message)
    leg = replace(leg, deliveries=tuple(replace(delivery, reader="buyer") for delivery in leg.deliveries))
    world.commit(facts, message, leg)
    return leg


def _state(world: World, leg: LegRecord) -> DeliveryState:
    return world.store.queue_row(leg.deliveries[0].id).state


class StandingContract:
    """Conduct of sellers."""

    def test_breaches_are_read_newest_first_since_an_instant(self, world: World) -> None:
        first = _breach(world, "b", "a")
        world.clock.now += MINUTE
        second = _breach(world, "a")
        found = world.store.conduct(_seller(world), START).breaches
        assert [(breach.record_id, breach.rule) for breach in found] == [(second, "a"), (first, "a"), (first, "b")]
        assert found[0] == Breach(record_id=second, rule=RuleId("a"), severity=Severity.HIGH, at=START + MINUTE)
        assert len(world.store.conduct(_seller(world), START + MINUTE).breaches) == 1

    def test_a_dismissed_message_is_known_as_such(self, world: World) -> None:
        record_id = _breach(world, "a", "b")
        _take(world, _sanction(grounds=(Ground(record_id=record_id, rules=(RuleId("a"),), points=2, at=START),)))
        assert world.store.conduct(_seller(world), START).dismissed == frozenset()
        _breach(world, dismisses=record_id)
        conduct = world.store.conduct(_seller(world), START)
        assert [breach.is_dismissed for breach in conduct.breaches] == [True, True]
        assert conduct.dismissed == {record_id}

    def test_a_step_comes_back_as_it_was_taken(self, world: World) -> None:
        ground = Ground(record_id=RecordId("r"), rules=(RuleId("a"), RuleId("b")), points=3, at=START)
        step = _take(world, _sanction(until=START + DAY, grounds=(ground,), why="Żółw & co"))
        person = _take(world, _sanction(Step.CLOSED, by=BY_PERSON, rung=None), number=1)
        assert world.store.conduct(_seller(world), START).sanctions == (step, person)

    def test_a_seller_is_read_with_his_standing_and_without_what_was_lifted(self, world: World) -> None:
        step = _take(world, _sanction(until=START + DAY))
        seller = world.store.seller_called("s1", None).seller
        assert [known.step for known in seller.sanctions] == [Step.SUSPENDED]
        assert seller.standing(START + DAY) is None
        _lift(world, step)
        assert world.store.seller_called("s1", None).seller.sanctions == ()

    def test_a_step_decided_on_old_facts_is_a_conflict_and_keeps_nothing(self, world: World) -> None:
        _take(world, _sanction())
        with pytest.raises(Conflict):
            _take(world, _sanction())
        record_id = _breach(world, "a")
        _breach(world, dismisses=record_id)
        ground = Ground(record_id=record_id, rules=(RuleId("a"),), points=3, at=START)
        with pytest.raises(Conflict):
            _take(world, _sanction(grounds=(ground,)), number=1)
        assert world.store.conduct(_seller(world), START).number == 1

    def test_what_is_lifted_already_is_a_conflict(self, world: World) -> None:
        step = _take(world, _sanction())
        _lift(world, step)
        with pytest.raises(Conflict):
            _lift(world, step)

    def test_a_suspension_keeps_back_mail_of_its_seller_to_buyers_only(self, world: World) -> None:
        to_seller = world.first_mail()
        leg = _to_buyer(world)
        step = _take(world, _sanction())
        assert (_state(world, leg), _state(world, to_seller)) == (DeliveryState.HELD, DeliveryState.PENDING)
        _lift(world, step)
        assert _state(world, leg) == DeliveryState.PENDING
        assert len(world.store.claim(world.clock.now, worker="w", limit=9, lease=MINUTE)) == 2

    @pytest.mark.parametrize("step", [Step.REMINDED, Step.WARNED, Step.BARRED])
    def test_a_milder_step_keeps_nothing_back(self, world: World, step: Step) -> None:
        world.first_mail()
        leg = _to_buyer(world)
        _take(world, _sanction(step))
        assert _state(world, leg) == DeliveryState.PENDING

    @pytest.mark.parametrize("is_delivered", [True, False])
    def test_what_is_being_sent_ends_its_attempt_and_is_not_tried_again(self, world: World, is_delivered: bool) -> None:
        world.first_mail()
        leg = _to_buyer(world)
        claimed = world.store.claim(START, worker="w", limit=9, lease=MINUTE)
        [ours] = [one for one in claimed if one.delivery.id == leg.deliveries[0].id]
        _take(world, _sanction())
        assert (_state(world, leg), world.store.is_held_back(ours.delivery.id)) == (DeliveryState.PENDING, True)
        assert world.store.settle(
            ours.delivery.id,
            ours.fencing_token,
            outcome=Delivered() if is_delivered else Deferred(diagnostic="busy"),
            state=DeliveryState.DELIVERED if is_delivered else DeliveryState.PENDING,
            next_attempt_at=None if is_delivered else START + MINUTE,
            now=START,
        )
        assert _state(world, leg) == (DeliveryState.DELIVERED if is_delivered else DeliveryState.HELD)

    def test_what_outlived_its_lease_is_held_instead_of_claimed(self, world: World) -> None:
        world.first_mail()
        leg = _to_buyer(world)
        world.store.claim(START, worker="w", limit=9, lease=MINUTE)
        _take(world, _sanction())
        world.clock.now += 2 * MINUTE
        claimed = world.store.claim(world.clock.now, worker="w", limit=9, lease=MINUTE)
        assert leg.deliveries[0].id not in {one.delivery.id for one in claimed}
        assert _state(world, leg) == DeliveryState.HELD

    def test_what_waited_too_long_has_a_day_more_when_it_is_let_go(self, world: World) -> None:
        world.first_mail()
        leg = _to_buyer(world)
        step = _take(world, _sanction())
        world.clock.now += 30 * DAY
        _lift(world, step)
        row = world.store.queue_row(leg.deliveries[0].id)
        assert (row.next_attempt_at, row.expires_at) == (world.clock.now, world.clock.now + DAY)

    def test_of_two_suspensions_the_second_goes_on_keeping_it_back(self, world: World) -> None:
        world.first_mail()
        leg = _to_buyer(world)
        first, second = _take(world, _sanction()), _take(world, _sanction(Step.CLOSED), number=1)
        _lift(world, first)
        assert _state(world, leg) == DeliveryState.HELD
        _lift(world, second)
        assert _state(world, leg) == DeliveryState.PENDING

    def test_the_end_of_its_time_lets_go_what_it_kept_back(self, world: World) -> None:
        world.first_mail()
        leg = _to_buyer(world)
        ends = NewIntent(
            id=IntentId(new_id()),
            kind=IntentKind.END_SANCTION,
            due_at=START + DAY,
            seller_id=_seller(world),
            unique_key=new_id(),
        )
        step = _sanction(until=START + DAY)
        taken = NewSanction(sanction=step, number=0, ends=ends)
        world.store.change_conduct(ConductChange(seller_id=_seller(world), now=START, taken=taken))
        world.clock.now += DAY
        due = world.store.due_intents(world.clock.now, limit=9, worker="w", lease=MINUTE)
        [intent] = [one for one in due if one.kind is IntentKind.END_SANCTION]
        change = ConductChange(seller_id=_seller(world), now=world.clock.now, over=(step.id,))
        world.store.finish_intent(intent.id, change=change, now=world.clock.now)
        assert _state(world, leg) == DeliveryState.PENDING

    def test_sellers_are_found_by_reference_and_by_what_is_in_force(self, world: World) -> None:
        assert world.store.sellers_under_sanction(START) == ()
        _take(world, _sanction(until=START + DAY))
        [row] = world.store.sellers_under_sanction(START)
        assert (row.marketplace, row.reference, row.seller.name) == ("m", "s1", "Acme")
        assert world.store.sellers_under_sanction(START + DAY) == ()
        with pytest.raises(NotFound, match="no seller on m has the reference s9"):
            world.store.seller_called("s9", "m")

    def test_a_message_is_brought_together_with_its_conversation(self, world: World) -> None:
        leg = world.first_mail()
        alone = _breach(world, "a")
        found = world.store.breach_origins((leg.record_id, alone))
        assert [origin.record_id for origin in found] == [leg.record_id, alone]
        assert (found[0].thread is not None, found[0].buyer is not None) == (True, True)
        assert (found[1].thread, found[1].buyer) == (None, None)
