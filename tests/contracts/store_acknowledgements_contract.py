"""What every database must do with sellers' settings about acknowledgements, and with the book of what went out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mailbridge.domain.acknowledgement import NO_AREA, AckLimits, AckText, AckVersion, AckWishes
from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.ids import SellerId
from mailbridge.errors import Conflict, ImportRejected
from mailbridge.store.acknowledgements import AckClaim
from mailbridge.store.acktables import ack_settings
from mailbridge.store.records import Intake
from mailbridge.store.tables import events
from tests.store.world import DOMAIN, MARKET, SELLER, START, TRADE, World, a_message

WISHES = AckWishes(
    is_on=True,
    areas=(Area.DISPUTE, Area.QUESTION),
    after_s=600,
    copies=True,
    sender_name="Acme Support",
    notify=RealAddress("desk@acme.test"),
    texts=(AckText(language="pl", body="Dzień dobry, tu {{ seller }}", subject="Mamy to", area=Area.DISPUTE),),
)
LIMITS = AckLimits(cool_down=timedelta(hours=24), per_buyer=2, per_seller=3, per_domain=9, per_hour=9)


def _seller_id(world: World) -> SellerId:
    return world.store.seller_called("s1", None).seller.id


def _save(world: World, wishes: AckWishes, number: int = 1) -> bool:
    new = AckVersion(number=number, saved_at=START, by="command", wishes=wishes)
    return world.store.save_acknowledgement(_seller_id(world), new)


def _first_contact(world: World, author: str) -> AckClaim:
    message = a_message(author)
    facts = world.facts(world.contact(), message, from_=author)
    leg = world.first_leg(facts, message)
    world.store.commit(Intake(envelope=facts.envelope, message=message, legs=(leg,)))
    assert leg.thread is not None
    return AckClaim(
        thread_id=leg.thread.id,
        seller_id=leg.thread.seller_id,
        buyer_id=leg.thread.buyer_id,
        crowd=author.rpartition("@")[2],
    )


class AcknowledgementContract:
    """`mailbridge ack`, and the brakes."""

    def test_S53_what_is_saved_is_in_force_at_once_and_the_old_version_stays(self, world: World) -> None:
        assert _save(world, WISHES)
        assert _save(world, replace(WISHES, is_on=False), number=2)
        assert world.store.seller_called("s1", None).seller.acknowledgement == replace(WISHES, is_on=False)
        kept = world.store.ack_versions(_seller_id(world), 10)
        assert [(version.number, version.wishes) for version in kept] == [
            (2, replace(WISHES, is_on=False)),
            (1, WISHES),
        ]

    def test_S53_what_changes_nothing_is_no_new_version(self, world: World) -> None:
        assert not _save(world, AckWishes())
        assert _save(world, WISHES)
        assert not _save(world, WISHES, number=2)
        with world.store._database.reading() as connection:
            kinds = connection.execute(select(events.c.kind)).scalars().all()
        assert kinds.count("seller.acknowledgement_saved") == 1

    def test_S53_of_two_people_who_save_the_second_is_told(self, world: World) -> None:
        assert _save(world, WISHES)
        with pytest.raises(Conflict):
            _save(world, replace(WISHES, after_s=0))

    def test_S50_texts_and_the_further_mailbox_are_sealed(self, world: World) -> None:
        _save(world, WISHES)
        with world.store._database.reading() as connection:
            [content] = connection.execute(select(ack_settings.c.content)).scalars()
        assert b"desk@acme.test" not in content
        assert "Dzień".encode() not in content

    def test_S41_an_import_saves_them_and_one_that_says_nothing_leaves_them(self, world: World) -> None:
        wanted = replace(SELLER, acknowledgement=WISHES)
        for batch in (replace(TRADE, sellers=(wanted,)), TRADE, replace(TRADE, sellers=(wanted,))):
            world.store.apply_trade(batch, START)
            assert world.store.seller_called("s1", None).seller.acknowledgement == WISHES
        [only] = world.store.ack_versions(_seller_id(world), 10)
        assert (only.number, only.by) == (1, "import")

    def test_S42_the_switch_can_not_be_on_where_the_market_has_no_area_on(self, world: World) -> None:
        market = replace(MARKET, acknowledges=False, acknowledged_areas=())
        wanted = replace(SELLER, acknowledgement=AckWishes(is_on=True))
        with pytest.raises(ImportRejected) as caught:
            world.store.apply_trade(replace(TRADE, marketplaces=(market,), sellers=(wanted,)), START)
        assert [str(problem) for problem in caught.value.problems] == [
            f"trade.jsonl:2: acknowledgement.is_on: {NO_AREA}"
        ]
        assert world.store.ack_versions(_seller_id(world)) == ()

    def test_S42_a_seller_can_not_take_every_area_from_a_switch_that_is_on(self, world: World) -> None:
        wanted = replace(SELLER, acknowledgement=AckWishes(areas=()))
        with pytest.raises(ImportRejected, match=r"acknowledgement\.areas"):
            world.store.apply_trade(replace(TRADE, sellers=(wanted,)), START)

    def test_S50_a_further_mailbox_of_ours_is_refused(self, world: World) -> None:
        wanted = replace(SELLER, acknowledgement=AckWishes(notify=RealAddress(f"acme.shop@{DOMAIN}")))
        with pytest.raises(ImportRejected, match=r"acknowledgement\.notify"):
            world.store.apply_trade(replace(TRADE, sellers=(wanted,)), START)

    def test_T27_a_pair_gets_one_until_it_was_quiet_for_the_cool_down(self, world: World) -> None:
        first = _first_contact(world, "anna@home.test")
        later = [replace(first, thread_id=_first_contact(world, f"x{n}@a{n}.test").thread_id) for n in range(4)]
        hours = (0, 23, 46, 71)
        answers = [
            world.store.claim_acknowledgement(wanted, LIMITS, START + timedelta(hours=at))
            for wanted, at in zip((first, *later), hours, strict=False)
        ]
        assert answers == ["", "cool_down", "cool_down", ""]

    def test_T27_what_is_written_in_another_conversation_begins_the_cool_down_anew(self, world: World) -> None:
        first = _first_contact(world, "anna@home.test")
        assert world.store.claim_acknowledgement(first, LIMITS, START) == ""
        later = START + timedelta(hours=23)
        message = a_message("anna@home.test")
        facts = world.facts(world.contact(), message, from_="anna@home.test", at=later)
        leg = world.reply_leg(facts, message)
        world.store.commit(Intake(envelope=facts.envelope, message=message, legs=(leg,)))
        others = [replace(first, thread_id=_first_contact(world, f"x{n}@a{n}.test").thread_id) for n in range(2)]
        hours = (46, 71)
        answers = [
            world.store.claim_acknowledgement(wanted, LIMITS, START + timedelta(hours=at))
            for wanted, at in zip(others, hours, strict=True)
        ]
        assert answers == ["cool_down", ""]

    def test_T27_the_same_acknowledgement_is_booked_once(self, world: World) -> None:
        wanted = _first_contact(world, "anna@home.test")
        later = START + timedelta(minutes=5)
        assert world.store.claim_acknowledgement(wanted, LIMITS, START) == ""
        assert world.store.claim_acknowledgement(wanted, LIMITS, later) == ""

    def test_T28_B1_sellers_domains_and_all_together_have_their_limits(self, world: World) -> None:
        def booked(day: int, limits: AckLimits) -> list[str]:
            now = START + timedelta(days=day)
            claims = [_first_contact(world, f"x{day}{number}@crm.test") for number in range(4)]
            return [world.store.claim_acknowledgement(claim, limits, now) for claim in claims]

        assert booked(0, replace(LIMITS, per_seller=3)) == ["", "", "", "too_many_of_seller"]
        assert booked(2, replace(LIMITS, per_seller=9, per_domain=2)) == ["", "", *["too_many_to_domain"] * 2]
        assert booked(4, replace(LIMITS, per_seller=9, per_hour=1)) == ["", *["breaker_open"] * 3]

    def test_T27_a_buyer_who_writes_to_many_shops_has_a_limit(self, world: World) -> None:
        first = _first_contact(world, "anna@home.test")
        others = [_first_contact(world, f"z{number}@b{number}.test") for number in range(2)]
        shops = [first, *(replace(claim, buyer_id=first.buyer_id) for claim in others)]
        second = replace(SELLER, reference="s2", name="Beta", contact="beta", mailboxes=())
        third = replace(SELLER, reference="s3", name="Gamma", contact="gamma", mailboxes=())
        world.store.apply_trade(replace(TRADE, sellers=(SELLER, second, third)), START)
        ids = [world.store.seller_called(name, None).seller.id for name in ("s1", "s2", "s3")]
        wanted = [replace(claim, seller_id=seller_id) for claim, seller_id in zip(shops, ids, strict=True)]
        answers = [world.store.claim_acknowledgement(claim, LIMITS, START) for claim in wanted]
        assert answers == ["", "", "too_many_to_buyer"]
