"""What every database must do for the staff of sellers: terms kept, conversations taken, messages kept and found."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.facts import ContactDestination
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.parties import Role, Seller
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.domain.thread import Thread
from mailbridge.errors import NotFound
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind
from mailbridge.store.records import Authorisation, DueIntent, TradeBatch
from mailbridge.store.staffrecords import Assignment
from mailbridge.store.tables import events
from tests.store.world import ANNA, SELLER, SHOP, START, STRANGER, World, a_message, a_plan, mailbox, new_id

JAN = "jan@acme.test"
_ALL = StaffTerms(
    name="Jan Nowak",
    role=StaffRole.AGENT,
    gets=Gets.AREAS,
    areas=(Area.ORDER, Area.DISPUTE),
    copies=True,
    away_until=START + timedelta(days=2),
    stand_in=RealAddress(SHOP),
)
_OFF = StaffTerms(gets=Gets.NOTHING)


def _shop(world: World) -> Seller:
    destination = world.store.destination(world.contact())
    assert isinstance(destination, ContactDestination)
    return destination.seller


def _two(world: World) -> Seller:
    world.store.apply_trade(TradeBatch(sellers=(replace(SELLER, mailboxes=(mailbox(SHOP), mailbox(JAN))),)), START)
    return _shop(world)


def _terms(world: World) -> dict[str, StaffTerms | None]:
    return {one.address.key: one.staff for one in _shop(world).mailboxes if one.is_active}


def _thread(world: World) -> Thread:
    [row] = world.store.threads(10)
    return row.thread


def _intents(world: World) -> list[DueIntent]:
    due = world.store.due_intents(world.clock() + timedelta(1), limit=50, worker="t", lease=timedelta(minutes=5))
    return [one for one in due if one.kind in {IntentKind.TELL_MESSAGING_OFF, IntentKind.DELIVER_KEPT}]


def _events(world: World, kind: str) -> list[str]:
    with world.store._database.reading() as connection:
        return list(connection.execute(select(events.c.detail).where(events.c.kind == kind)).scalars())


class StaffContract:
    """Terms, assignments, and messaging that is switched off."""

    def test_S13_terms_come_back_and_name_nobody_in_events(self, world: World) -> None:
        shop = _two(world)
        world.store.save_staff_terms(shop.id, {RealAddress(JAN): _ALL}, START)
        assert _terms(world) == {SHOP: None, JAN: _ALL}
        [detail] = _events(world, "seller.staff")
        assert "jan" not in detail.lower()
        assert "nowak" not in detail.lower()

    def test_S13_a_strangers_mailbox_has_no_terms(self, world: World) -> None:
        with pytest.raises(NotFound):
            world.store.save_staff_terms(_shop(world).id, {RealAddress(STRANGER): _ALL}, START)

    def test_S13_an_import_that_says_nothing_leaves_them_and_one_that_does_sets_them(self, world: World) -> None:
        shop = _two(world)
        world.store.save_staff_terms(shop.id, {RealAddress(JAN): _ALL}, START)
        world.store.save_taking(shop.id, START, first_answer_takes=True)
        _two(world)
        assert (_terms(world)[JAN], _shop(world).first_answer_takes) == (_ALL, True)
        said = replace(mailbox(JAN), staff=StaffTerms(name="J"))
        world.store.apply_trade(
            TradeBatch(sellers=(replace(SELLER, mailboxes=(mailbox(SHOP), said), first_answer_takes=False),)), START
        )
        assert (_terms(world)[JAN], _shop(world).first_answer_takes) == (StaffTerms(name="J"), False)

    def test_S13_a_mailbox_that_is_authorised_again_keeps_its_terms(self, world: World) -> None:
        shop = _two(world)
        world.store.save_staff_terms(shop.id, {RealAddress(JAN): _ALL}, START)
        world.store.authorise(Authorisation(marketplace="m", seller="s1", mailbox=mailbox(JAN, "desk.test")), START)
        assert _terms(world)[JAN] == _ALL

    def test_S13_a_conversation_is_taken_given_on_and_given_back(self, world: World) -> None:
        world.first_mail()
        thread = _thread(world)
        for to, is_change in ((JAN, True), (JAN.upper(), False), (SHOP, True), (None, True), (None, False)):
            wanted = Assignment(thread_id=thread.id, mailbox=RealAddress(to) if to else None, by="command")
            assert world.store.assign(wanted, START) is is_change
            now = _thread(world).assigned_to
            assert (now.key if now else None) == (to.lower() if to else None)
        told = _events(world, "thread.assigned")
        assert len(told) == 3
        assert not any("acme" in detail for detail in told)
        with pytest.raises(NotFound):
            world.store.assign(Assignment(thread_id=ThreadId("none"), mailbox=None, by="command"), START)

    def test_S13_who_answers_first_takes_only_what_nobody_has(self, world: World) -> None:
        world.first_mail()
        first = Assignment(
            thread_id=_thread(world).id, mailbox=RealAddress(JAN), by="answer", only_if_free=True, record_id=None
        )
        assert world.store.assign(first, START)
        assert not world.store.assign(replace(first, mailbox=RealAddress(SHOP)), START)
        assert _thread(world).assigned_to == RealAddress(JAN)

    def test_S13_a_mail_that_was_read_before_an_assignment_leaves_it(self, world: World) -> None:
        world.first_mail()
        message = a_message(SHOP)
        facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
        thread = _thread(world)
        world.store.assign(Assignment(thread_id=thread.id, mailbox=RealAddress(JAN), by="command"), START)
        world.commit(facts, message, world.reply_leg(facts, message, expects=False))
        assert _thread(world).assigned_to == RealAddress(JAN)
        assert _thread(world).version == thread.version + 2

    def test_S13_the_commit_of_an_answer_takes_the_conversation(self, world: World) -> None:
        world.first_mail()
        message = a_message(SHOP)
        facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
        taken = Assignment(thread_id=_thread(world).id, mailbox=RealAddress(SHOP), by="word")
        world.commit(facts, message, replace(world.reply_leg(facts, message, expects=False), assignment=taken))
        assert _thread(world).assigned_to == RealAddress(SHOP)

    def test_S17_switching_off_and_on_is_noted_once_and_plans_what_follows(self, world: World) -> None:
        shop = _shop(world)
        for _ in range(2):
            world.store.save_staff_terms(shop.id, {RealAddress(SHOP): _OFF}, START)
        assert _shop(world).messaging_off_at == START
        assert [intent.kind for intent in _intents(world)] == [IntentKind.TELL_MESSAGING_OFF]
        world.store.save_staff_terms(shop.id, {RealAddress(SHOP): StaffTerms()}, START + timedelta(hours=1))
        assert _shop(world).messaging_off_at is None
        assert [intent.kind for intent in _intents(world)] == [IntentKind.DELIVER_KEPT]

    def test_S17_an_import_switches_off_and_on_too(self, world: World) -> None:
        off = replace(SELLER, mailboxes=(replace(mailbox(SHOP), staff=_OFF),))
        world.store.apply_trade(TradeBatch(sellers=(off,)), START)
        assert _shop(world).messaging_off_at == START
        on = replace(SELLER, mailboxes=(mailbox(SHOP), replace(mailbox(JAN), staff=StaffTerms(gets=Gets.ALL))))
        world.store.apply_trade(TradeBatch(sellers=(on,)), START + timedelta(hours=1))
        assert _shop(world).messaging_off_at is None
        assert {intent.kind for intent in _intents(world)} == {IntentKind.TELL_MESSAGING_OFF, IntentKind.DELIVER_KEPT}

    def test_S13_every_shop_of_the_marketplace_that_has_a_mailbox_is_found_by_it(self, world: World) -> None:
        shop = _shop(world)
        assert [one.id for one in world.store.sellers_with_mailbox(shop.marketplace_id, SHOP.upper())] == [shop.id]
        other = replace(SELLER, reference="s-other", contact="other", mailboxes=(mailbox(SHOP),))
        world.store.apply_trade(TradeBatch(sellers=(other,)), START)
        found = world.store.sellers_with_mailbox(shop.marketplace_id, SHOP)
        assert {one.contact for one in found} == {shop.contact, "other"}
        gone = replace(SELLER, mailboxes=(mailbox(JAN),))
        world.store.apply_trade(TradeBatch(sellers=(gone,)), START)
        assert [one.contact for one in world.store.sellers_with_mailbox(shop.marketplace_id, SHOP)] == ["other"]
        assert world.store.sellers_with_mailbox(shop.marketplace_id, STRANGER) == ()

    def test_S17_what_is_kept_is_found_by_its_seller_without_a_conversation_too(self, world: World) -> None:
        shop = _shop(world)
        world.store.save_staff_terms(shop.id, {RealAddress(SHOP): _OFF}, START)
        message = a_message(ANNA)
        facts = world.facts(world.contact(), message)
        plan = a_plan(world.contact(), Disposition.HELD, HoldReason.MESSAGING_OFF)
        leg = replace(world.first_leg(facts, message), plan=plan, thread=None, opens_thread=False)
        leg = replace(leg, deliveries=(), intents=(), new_aliases=(), message_ids=None, seller_id=shop.id)
        world.commit(facts, message, leg)
        assert world.store.kept_records(shop.id, 10) == (leg.record_id,)
        assert world.store.count_kept(shop.id) == 1
        assert [intent.kind for intent in _intents(world)] == [IntentKind.TELL_MESSAGING_OFF]
        world.store.rehold(leg.record_id, HoldReason.RULE)
        assert world.store.kept_records(shop.id, 10) == ()
        assert world.store.held_record(leg.record_id).hold is HoldReason.RULE

    def test_S17_a_message_that_was_looked_at_while_messaging_was_off_goes_on_if_it_is_on_by_now(
        self, world: World
    ) -> None:
        shop, message = _shop(world), a_message(ANNA, message_id=f"<{new_id()}@home.test>")
        facts = world.facts(world.contact(), message)
        plan = a_plan(world.contact(), Disposition.HELD, HoldReason.MESSAGING_OFF)
        leg = replace(world.first_leg(facts, message), plan=plan, thread=None, opens_thread=False)
        leg = replace(leg, deliveries=(), intents=(), new_aliases=(), message_ids=None, seller_id=shop.id)
        world.commit(facts, message, leg)
        assert [intent.kind for intent in _intents(world)] == [IntentKind.DELIVER_KEPT]
