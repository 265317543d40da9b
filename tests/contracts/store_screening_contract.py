"""What every database must do for mail whose files are being looked into. Run by `test_store.py`, for each database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.ids import IntentId, RecordId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.errors import Conflict, NotFound
from mailbridge.policy.plan import Disposition, IntentKind
from mailbridge.store.records import FileNote, Intake, LegRecord, NewIntent
from tests.store.world import ANNA, SHOP, START, STRANGER, World, a_message, a_plan, new_id, signed_by

_LEASE = timedelta(minutes=5)


def _screened_mail(world: World, to: str, mail: Message, from_: str) -> LegRecord:
    """A mail that waits for its files."""
    facts = world.facts(to, mail, from_=from_)
    record_id = RecordId(new_id())
    leg = LegRecord(
        record_id=record_id,
        plan=a_plan(to, Disposition.SCREENING),
        thread=facts.threads[0] if facts.threads else None,
        dedupe_key=facts.dedupe_key,
        waits_key=world.store.waits_key(facts, mail),
        intents=(
            NewIntent(
                id=IntentId(new_id()),
                kind=IntentKind.SCREEN,
                due_at=facts.now,
                record_id=record_id,
                unique_key=f"screen:{record_id}",
            ),
        ),
    )
    intake = Intake(envelope=facts.envelope, message=mail, legs=(leg,), auth=signed_by(from_.rpartition("@")[2]))
    world.store.commit(intake)
    return leg


class ScreeningContract:
    """Mail that was taken, and is judged when its files are known."""

    def test_D15_it_is_listed_with_who_wrote_it_and_is_no_hold(self, world: World) -> None:
        leg = _screened_mail(world, world.contact(), a_message(STRANGER), STRANGER)
        (waiting,) = world.store.screening_records(10)
        assert (waiting.record_id, waiting.state, waiting.hold) == (leg.record_id, "screening", None)
        assert waiting.auth == signed_by("elsewhere.test")
        assert world.store.held_record(leg.record_id) == waiting
        assert (world.store.held_records(10), world.store.count_held()) == ((), 0)
        with pytest.raises(NotFound):
            world.store.refuse_held(leg.record_id, START)

    def test_D15_it_is_counted(self, world: World) -> None:
        _screened_mail(world, world.contact(), a_message(STRANGER), STRANGER)
        _screened_mail(world, world.contact(), a_message(ANNA), ANNA)
        gauges = world.store.gauges()
        assert (gauges["screening"], gauges["held"]) == (2, 0)

    def test_D15_later_mail_of_the_same_two_waits_behind_it_and_nobody_elses(self, world: World) -> None:
        world.first_mail()
        first = _screened_mail(world, world.alias(Role.SELLER), a_message(ANNA), ANNA)
        world.clock.now += timedelta(seconds=1)
        second = _screened_mail(world, world.alias(Role.BUYER), a_message(SHOP), SHOP)
        assert [world.store.waits_behind_another(leg.record_id) for leg in (first, second)] == [False, True]
        assert world.facts(world.contact(), a_message(ANNA)).is_behind
        assert not world.facts(world.contact(), a_message(STRANGER), from_=STRANGER).is_behind

    def test_D15_first_mails_of_a_stranger_wait_for_each_other(self, world: World) -> None:
        _screened_mail(world, world.contact(), a_message(STRANGER), STRANGER)
        assert world.facts(world.contact(), a_message(STRANGER), from_=STRANGER).is_behind
        assert not world.facts(world.contact(), a_message("bob@home.test"), from_="bob@home.test").is_behind

    def test_D15_the_judged_mail_takes_its_place_once(self, world: World) -> None:
        mail = a_message(ANNA)
        leg = _screened_mail(world, world.contact(), mail, ANNA)
        facts = replace(world.facts(world.contact(), mail), is_behind=False, duplicate_of=None)
        note = FileNote(name="table.jpg", kind="jpeg", removed=("exif",), is_unread=True)
        judged = world.first_leg(facts, mail)
        delivery = replace(judged.deliveries[0], record_id=leg.record_id)
        judged = replace(
            judged, record_id=leg.record_id, replaces=True, files=(note,), deliveries=(delivery,), intents=()
        )
        world.commit(facts, mail, judged)
        assert (world.store.screening_records(10), world.store.gauges()["screening"]) == ((), 0)
        assert judged.thread is not None
        (row,) = world.store.thread_view(judged.thread.id)
        assert (row.record_id, row.state) == (leg.record_id, "relayed")
        said = "table.jpg: jpeg; removed exif; damaged or of another kind: searched octet by octet"
        assert row.files == (said,)
        assert not world.facts(world.contact(), a_message(ANNA)).is_behind
        with pytest.raises(Conflict):
            world.commit(facts, mail, replace(judged, dedupe_key=None))

    def test_D15_the_same_mail_is_known_again_while_it_waits(self, world: World) -> None:
        mail = a_message(ANNA)
        leg = _screened_mail(world, world.contact(), mail, ANNA)
        found = world.facts(world.contact(), mail).duplicate_of
        assert found is not None
        assert found.record_id == leg.record_id

    def test_D15_looking_has_a_line_of_its_own_and_can_be_put_off(self, world: World) -> None:
        store = world.store
        world.first_mail()
        _screened_mail(world, world.contact(), a_message(STRANGER), STRANGER)
        others = store.due_intents(START, limit=10, worker="a", lease=_LEASE)
        assert [intent.kind for intent in others] == [IntentKind.ACKNOWLEDGE]
        (due,) = store.due_intents(START, limit=10, worker="b", lease=_LEASE, is_screening=True)
        assert due.kind is IntentKind.SCREEN
        assert store.due_intents(START, limit=10, worker="c", lease=_LEASE, is_screening=True) == ()
        store.postpone_intent(due.id, START + timedelta(seconds=20))
        assert store.due_intents(START, limit=10, worker="c", lease=_LEASE, is_screening=True) == ()
        later = START + timedelta(seconds=20)
        assert [one.id for one in store.due_intents(later, limit=1, worker="c", lease=_LEASE, is_screening=True)] == [
            due.id
        ]
        store.finish_intent(due.id, now=later)
        store.postpone_intent(due.id, later)
        assert store.due_intents(later + _LEASE, limit=1, worker="c", lease=_LEASE, is_screening=True) == ()
