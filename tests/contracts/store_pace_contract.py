"""What every database must do to say how much a seller wrote of late (T-46)."""

from dataclasses import replace
from datetime import timedelta

from mailbridge.domain.facts import Pace
from mailbridge.domain.parties import Role
from mailbridge.policy.needs import Needs, PaceAsked
from mailbridge.policy.plan import Disposition
from tests.store.world import SHOP, World, a_message

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _writes(world: World, disposition: Disposition = Disposition.RELAYED) -> None:
    """Commit a mail of the shop to the buyer."""
    message = a_message(SHOP)
    facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
    leg = world.reply_leg(facts, message)
    world.commit(facts, message, replace(leg, plan=replace(leg.plan, disposition=disposition)))


def _pace(world: World) -> Pace:
    facts = world.facts(world.alias(Role.BUYER), a_message(SHOP), from_=SHOP)
    seller_id = world.store.seller_called("s1", "m").seller.id
    asked = PaceAsked(seller_id=seller_id, thread_id=facts.threads[0].id if facts.threads else None)
    found = world.store.with_needed(replace(facts, now=world.clock.now), Needs(pace_of=asked)).pace
    assert found is not None
    return found


class PaceContract:
    """Mails of a seller, counted."""

    def test_nobody_wrote_yet(self, world: World) -> None:
        assert _pace(world) == Pace()

    def test_T46_what_went_out_or_waits_counts_for_an_hour(self, world: World) -> None:
        world.first_mail()
        _writes(world)
        world.clock.now += 30 * MINUTE
        _writes(world)
        assert _pace(world) == Pace(in_hour=2, in_thread_in_hour=2)
        world.clock.now += 30 * MINUTE
        assert _pace(world) == Pace(in_hour=1, in_thread_in_hour=1)  # to the minute: one hour ago is over
        world.clock.now += HOUR
        assert _pace(world) == Pace()

    def test_T46_what_was_refused_does_not_count(self, world: World) -> None:
        world.first_mail()
        for disposition in (Disposition.REFUSED, Disposition.RECORDED, Disposition.HELD):
            _writes(world, disposition)
        assert _pace(world).in_hour == 1

    def test_T46_the_week_ends_where_this_hour_of_the_clock_begins(self, world: World) -> None:
        world.first_mail()
        for _ in range(3):
            _writes(world)
            world.clock.now += DAY
        world.clock.now = world.clock.now.replace(minute=59, second=59, microsecond=0) - DAY
        for _ in range(50):
            _writes(world)
        world.clock.now += timedelta(seconds=1)
        found = _pace(world)
        assert (found.in_hour, found.in_week) == (50, 53)
        world.clock.now += timedelta(seconds=1)
        assert _pace(world) == found

    def test_what_he_wrote_counts_for_a_ladder_refused_or_not(self, world: World) -> None:
        world.first_mail()
        begun = world.clock.now
        for disposition in (Disposition.RELAYED, Disposition.REFUSED, Disposition.HELD, Disposition.RECORDED):
            world.clock.now += MINUTE
            _writes(world, disposition)
        seller_id = world.store.seller_called("s1", "m").seller.id
        assert [world.store.count_mails(seller_id, begun + n * MINUTE) for n in range(4)] == [3, 2, 1, 0]
