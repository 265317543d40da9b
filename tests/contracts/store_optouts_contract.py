"""What every database must do with what buyers want no more (S-15, N-05)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import SellerId
from mailbridge.domain.outreach import OptOutKind, Wish
from mailbridge.errors import Conflict, NotFound
from mailbridge.store.records import Intake, NewAction
from mailbridge.store.tables import events
from mailbridge.store.wishes import NewOptOut, OptOutOffer, OptOutOrder
from tests.store.world import START, World, a_message

ORDER = OptOutOrder(marketplace="m", buyer="b1", seller="s1", kind=OptOutKind.ALL)
TOKEN = "a2" * 16


def _events(world: World) -> list[str]:
    with world.store._database.reading() as connection:
        kinds = connection.execute(select(events.c.kind).order_by(events.c.id)).scalars()
        return [kind for kind in kinds if kind.startswith("optout")]


def _offer(world: World, token: str = TOKEN, kind: ActionKind = ActionKind.OPT_OUT, wish: Wish | None = None) -> None:
    """A message with a way out, on record."""
    message = a_message()
    facts = world.facts(world.contact(), message)
    leg = world.first_leg(facts, message) if not facts.threads else world.reply_leg(facts, message)
    action = NewAction(
        token_hash=world.store.action_hash(token),
        kind=kind,
        record_id=leg.record_id,
        expires_at=START + timedelta(days=90),
        wish=wish or Wish(),
    )
    leg = replace(leg, actions=(action,))
    world.store.commit(Intake(envelope=facts.envelope, message=message, legs=(leg,)))


def _offered(world: World, token: str = TOKEN) -> OptOutOffer:
    offer = world.store.opt_out_offer(world.store.action_hash(token), START)
    assert offer is not None
    return offer


def _wish(offer: OptOutOffer, seller_id: SellerId | None, **more: object) -> NewOptOut:
    new = NewOptOut(buyer_id=offer.buyer.id, seller_id=seller_id, kind=OptOutKind.ALL, via="web")
    return replace(new, **more)  # type: ignore[arg-type]  # fields by name, for tests


class OptOutContract:
    """`mailbridge optout`, and the tokens that stand in mails."""

    def test_S15_a_wish_is_written_once_and_taken_back_once_with_an_event_each(self, world: World) -> None:
        back = replace(ORDER, is_taken_back=True)
        done = [world.store.order_opt_out(wanted, START) for wanted in (ORDER, ORDER, back, back)]
        assert done == [True, False, True, False]
        assert _events(world) == ["optout.added", "optout.taken_back"]
        assert world.store.opt_outs() == ()

    def test_N05_wishes_are_of_one_seller_or_all_and_of_each_kind(self, world: World) -> None:
        for seller in ("", "s1"):
            for kind in OptOutKind:
                assert world.store.order_opt_out(replace(ORDER, seller=seller, kind=kind), START)
        listed = {(row.marketplace, row.seller, row.buyer, row.kind, row.via) for row in world.store.opt_outs()}
        assert listed == {("m", s, "b1", kind, "command") for s in ("", "s1") for kind in OptOutKind}
        assert world.store.opt_outs(buyer="b1", market="m", limit=1)[0].at == START
        assert (world.store.opt_outs(buyer="b2"), world.store.opt_outs(market="x")) == ((), ())

    @pytest.mark.parametrize("wrong", [{"marketplace": "x"}, {"buyer": "x"}, {"seller": "x"}])
    def test_a_reference_that_names_nothing_is_refused(self, world: World, wrong: dict[str, str]) -> None:
        with pytest.raises(NotFound):
            world.store.order_opt_out(replace(ORDER, **wrong), START)  # type: ignore[arg-type]  # one text field
        assert world.store.opt_outs() == ()

    def test_N05_a_buyer_whom_the_market_never_named_is_known_by_the_listed_id(self, world: World) -> None:
        message = a_message("new@home.test")
        facts = world.facts(world.contact(), message, from_="new@home.test")
        leg = world.first_leg(facts, message)
        world.commit(facts, message, leg)
        assert leg.new_buyer is not None
        wanted = replace(ORDER, buyer=leg.new_buyer.id)
        assert world.store.order_opt_out(wanted, START)
        assert [row.buyer for row in world.store.opt_outs()] == [leg.new_buyer.id]

    def test_N05_a_token_is_bound_to_buyer_seller_and_record(self, world: World) -> None:
        _offer(world, wish=Wish(of_all_sellers=True, kind=OptOutKind.REVIEW))
        offer = _offered(world)
        assert (offer.buyer.handle, offer.seller.name, offer.marketplace.name) == ("anna", "Acme", "Market")
        assert (offer.kind, offer.wish) == (ActionKind.OPT_OUT, Wish(of_all_sellers=True, kind=OptOutKind.REVIEW))
        assert (offer.is_used, offer.opt_outs) == (False, ())

    def test_N05_unknown_old_and_other_tokens_are_alike(self, world: World) -> None:
        _offer(world)
        _offer(world, "c4" * 16, kind=ActionKind.CONFIRM_HELD)
        tokens = [world.store.action_hash(token) for token in ("b3" * 16, "c4" * 16, TOKEN)]
        late = START + timedelta(days=90)
        assert [world.store.opt_out_offer(token, late) for token in tokens] == [None, None, None]
        assert [world.store.opt_out_offer(token, START) for token in tokens[:2]] == [None, None]

    def test_N05_a_token_works_once_and_its_wish_stands_with_it(self, world: World) -> None:
        _offer(world)
        offer = _offered(world)
        world.store.use_opt_out(offer, _wish(offer, offer.seller.id), now=START)
        with pytest.raises(Conflict):
            world.store.use_opt_out(offer, _wish(offer, None), now=START)
        used = _offered(world)
        assert (used.is_used, used.is_in_force) == (True, True)
        assert [(row.seller, row.via) for row in world.store.opt_outs()] == [("s1", "web")]

    def test_N05_the_way_back_comes_with_the_use(self, world: World) -> None:
        _offer(world)
        offer = _offered(world)
        way_back = NewAction(
            token_hash=world.store.action_hash("d5" * 16),
            kind=ActionKind.OPT_IN,
            record_id=offer.record_id,
            expires_at=START + timedelta(days=90),
            wish=Wish(),
        )
        world.store.use_opt_out(offer, _wish(offer, offer.seller.id), actions=(way_back,), now=START)
        back = _offered(world, "d5" * 16)
        assert (back.kind, back.is_in_force) == (ActionKind.OPT_IN, True)
        world.store.use_opt_out(back, _wish(back, back.seller.id, is_taken_back=True), now=START)
        assert (_offered(world).is_in_force, world.store.opt_outs()) == (False, ())
        assert _events(world) == ["optout.added", "optout.taken_back"]
