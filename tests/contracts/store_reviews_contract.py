"""What every database must do for reports and appeals: taken once, settled once, counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.facts import ActionDestination, ActionKind
from mailbridge.domain.ids import RecordId, ReviewId, RuleId, SanctionId
from mailbridge.domain.parties import Role
from mailbridge.domain.reviews import RULE_OF_REPORTS, Found, ReviewKind
from mailbridge.domain.standing import Breach, Ground, NewBreaches, Sanction, Step
from mailbridge.domain.verdict import Severity
from mailbridge.errors import Conflict, NotFound, NotPossible
from mailbridge.policy.plan import Disposition
from mailbridge.store.conductrecords import ConductChange, NewSanction
from mailbridge.store.records import Intake, LegRecord, NewAction
from mailbridge.store.reviewrecords import ConductFigures, NewReview, Settlement
from tests.store.world import ANNA, SHOP, START, World, a_message, a_plan, an_envelope, new_id

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
_TOKEN = "k3xamwq2rj7t5abc" * 2


def _delivered(world: World) -> LegRecord:
    """Commit a mail of the shop to the buyer."""
    if not world.facts(world.alias(Role.BUYER), a_message(SHOP), from_=SHOP).threads:
        world.first_mail()
    message = a_message(SHOP)
    facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
    leg = world.reply_leg(facts, message)
    world.commit(facts, message, leg)
    return leg


def _suspended(world: World, *grounds: RecordId) -> Sanction:
    step = Sanction(
        id=SanctionId(new_id()),
        step=Step.SUSPENDED,
        at=START,
        by="t.ladder",
        rung=0,
        needed=1,
        grounds=tuple(Ground(record_id=each, rules=(RuleId("a"),), points=1, at=START) for each in grounds),
    )
    seller_id = world.store.seller_called("s1", "m").seller.id
    taken = NewSanction(sanction=step, number=0)
    world.store.change_conduct(ConductChange(seller_id=seller_id, now=world.clock.now, taken=taken))
    return step


def _asks(world: World, *, record_id: RecordId | None = None, sanction_id: SanctionId | None = None) -> NewReview:
    """Commit a mail that reports a message or appeals a step."""
    asked_in = RecordId(new_id())
    review = NewReview(
        id=ReviewId(new_id()),
        kind=ReviewKind.REPORT if sanction_id is None else ReviewKind.APPEAL,
        seller_id=world.store.seller_called("s1", "m").seller.id,
        record_id=record_id,
        sanction_id=sanction_id,
        asked_in=asked_in,
    )
    token_hash = world.store.action_hash(new_id())
    kind = ActionKind.REPORT if sanction_id is None else ActionKind.APPEAL
    action = NewAction(
        token_hash=token_hash, kind=kind, record_id=record_id, sanction_id=sanction_id, expires_at=START + 90 * DAY
    )
    world.store.change_conduct(ConductChange(seller_id=review.seller_id, now=world.clock.now), (), (action,))
    leg = LegRecord(
        record_id=asked_in,
        plan=a_plan("act-x@alias.example", Disposition.CONFIRMED),
        uses_action=token_hash,
        review=review,
    )
    envelope = an_envelope("act-x@alias.example", from_=ANNA, at=world.clock.now)
    world.store.commit(Intake(envelope=envelope, message=a_message(ANNA), legs=(leg,)))
    return review


def _settlement(review: NewReview, found: Found = Found.DISMISSED, **more: object) -> Settlement:
    plain = Settlement(id=review.id, seller_id=review.seller_id, found=found, why="Żółw & co")
    return replace(plain, **more)  # type: ignore[arg-type]  # fields by name, for tests


class ReviewsContract:
    """Reports and appeals."""

    def test_a_report_is_read_with_the_people_of_the_message(self, world: World) -> None:
        leg = _delivered(world)
        asked = _asks(world, record_id=leg.record_id)
        [review] = world.store.reviews(9)
        assert (review.id, review.kind, review.asked_in) == (asked.id, ReviewKind.REPORT, asked.asked_in)
        assert (review.marketplace, review.seller, review.at) == ("m", "s1", world.clock.now)
        subject = review.subject
        assert subject.buyer is not None
        assert subject.thread is not None
        assert leg.thread is not None
        assert (subject.thread.id, subject.buyer.id) == (leg.thread.id, leg.thread.buyer_id)
        assert subject.written_at is not None
        assert world.store.review(asked.id) == review

    def test_an_appeal_is_read_with_its_step(self, world: World) -> None:
        step = _suspended(world)
        asked = _asks(world, sanction_id=step.id)
        review = world.store.review(asked.id)
        assert (review.kind, review.record_id, review.subject.sanction) == (ReviewKind.APPEAL, None, step)

    def test_a_message_is_reported_once_and_a_step_appealed_once(self, world: World) -> None:
        leg, step = _delivered(world), _suspended(world)
        _asks(world, record_id=leg.record_id)
        _asks(world, sanction_id=step.id)
        with pytest.raises(Conflict):
            _asks(world, record_id=leg.record_id)
        with pytest.raises(Conflict):
            _asks(world, sanction_id=step.id)
        assert (len(world.store.reviews(9)), world.store.count_reviews()) == (2, 2)

    def test_an_address_for_a_step_is_known_as_such(self, world: World) -> None:
        step = _suspended(world)
        action = NewAction(
            token_hash=world.store.action_hash(_TOKEN),
            kind=ActionKind.APPEAL,
            record_id=None,
            sanction_id=step.id,
            expires_at=START + DAY,
        )
        seller_id = world.store.seller_called("s1", "m").seller.id
        world.store.change_conduct(ConductChange(seller_id=seller_id, now=START), (), (action,))
        address = f"act-{_TOKEN}@{world.alias(Role.BUYER).rpartition('@')[2]}"
        found = world.store.destination(address)
        assert isinstance(found, ActionDestination)
        assert (found.kind, found.record_id, found.sanction_id) == (ActionKind.APPEAL, None, step.id)
        assert (found.is_used, found.is_in_force) == (False, False)
        by_seller = world.facts(address, a_message(SHOP), from_=SHOP)
        assert by_seller.author == world.store.seller_called("s1", "m").seller
        assert world.facts(address, a_message(ANNA), from_=ANNA).author is None

    def test_a_review_is_settled_once_with_its_reason(self, world: World) -> None:
        asked = _asks(world, record_id=_delivered(world).record_id)
        world.store.settle_review(_settlement(asked), now=START + MINUTE)
        assert (world.store.reviews(9), world.store.count_reviews()) == ((), 0)
        [review] = world.store.reviews(9, is_settled=True)
        assert (review.found, review.why, review.settled_at) == (Found.DISMISSED, "Żółw & co", START + MINUTE)
        with pytest.raises(NotPossible):
            world.store.settle_review(_settlement(asked, Found.UPHELD), now=START + MINUTE)
        with pytest.raises(NotFound):
            world.store.review(ReviewId("none"))

    def test_what_follows_is_one_transaction(self, world: World) -> None:
        leg = _delivered(world)
        asked = _asks(world, record_id=leg.record_id)
        breach = Breach(record_id=leg.record_id, rule=RULE_OF_REPORTS, severity=Severity.LOW, at=START)
        breaches = NewBreaches(seller_id=asked.seller_id, breaches=(breach,))
        upheld = _settlement(asked, Found.UPHELD, breaches=breaches)
        stale = ConductChange(seller_id=asked.seller_id, now=START, lifted=(SanctionId("none"),))
        with pytest.raises(Conflict):
            world.store.settle_review(upheld, change=stale, now=START)
        assert world.store.conduct(asked.seller_id, START).breaches == ()
        world.store.settle_review(upheld, now=START)
        assert world.store.conduct(asked.seller_id, START).breaches == (breach,)
        step = _suspended(world, leg.record_id)
        appeal = _asks(world, sanction_id=step.id)
        lifting = ConductChange(seller_id=asked.seller_id, now=START, lifted=(step.id,))
        settled = _settlement(appeal, Found.UPHELD, dismisses=(leg.record_id,))
        world.store.settle_review(settled, change=lifting, now=START)
        conduct = world.store.conduct(asked.seller_id, START)
        assert [each.is_dismissed for each in conduct.breaches] == [True]
        assert conduct.sanctions[0].lifted_at == START

    def test_breaches_and_reports_are_counted_by_seller_and_rule(self, world: World) -> None:
        leg = _delivered(world)
        asked = _asks(world, record_id=leg.record_id)
        breach = Breach(record_id=leg.record_id, rule=RULE_OF_REPORTS, severity=Severity.LOW, at=START)
        other = replace(breach, rule=RuleId("a.rule"))
        breaches = NewBreaches(seller_id=asked.seller_id, breaches=(breach, other))
        world.store.settle_review(_settlement(asked, Found.UPHELD, breaches=breaches), now=START)
        plain = ConductFigures(marketplace="m", seller="s1", rule=RuleId("a.rule"), breaches=1)
        assert world.store.conduct_figures(START) == (
            plain,
            replace(plain, rule=RULE_OF_REPORTS, reported=1),
        )
        assert world.store.conduct_figures(START + 2 * DAY) == ()

    def test_what_waits_is_counted_by_kind_with_the_age_of_the_oldest(self, world: World) -> None:
        assert [(each.kind, each.count, each.since) for each in world.store.waiting_reviews()] == [
            (kind, 0, None) for kind in ("report", "appeal", "breach_appeal", "direct_mail", "second_look")
        ]
        first, second = _delivered(world), _delivered(world)
        begun = world.clock.now
        asked = _asks(world, record_id=first.record_id)
        world.clock.now += DAY
        _asks(world, record_id=second.record_id)
        [reports, *others] = world.store.waiting_reviews()
        assert (reports.count, reports.since, reports.age_s(world.clock.now)) == (2, begun, 86_400)
        assert {each.count for each in others} == {0}
        world.store.settle_review(_settlement(asked), now=world.clock.now)
        assert world.store.waiting_reviews()[0].since == world.clock.now
