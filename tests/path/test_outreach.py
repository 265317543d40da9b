"""Messages that a seller starts, through the whole path: reasons, what is refused, what goes out; random histories."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import ACCEPTED, ACTION_INVALID, REASON_UNKNOWN
from mailbridge.domain.trade import OrderState
from mailbridge.domain.trade_batch import TradeBatch
from mailbridge.path.admit import admit
from tests.path.starting import ZONE, Shop, a_shop, address_in, an_order
from tests.path.world import ALIAS_DOMAIN, START
from tests.policy.outreach_model import Past, Sale, Sent, Talk, Wish, refusals, talk_found

_REASONS = {
    "invoice": "[invoice]",
    "review": "[opinia]",
    "return": "[Rückgabe]",
    "order_problem": "[problema]",
    "needed_data": "[data]",
    "delivery": "[delivery]",
    "": "",
}


# Reasons


def test_S23_with_a_reason_it_goes_out_and_the_buyer_does_not_read_it(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        assert shop.write("[Faktura] Zamówienie 48213-1")
        assert shop.relayed().subject == "Zamówienie 48213-1"


def test_S23_the_reason_may_stand_behind_the_address(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        assert shop.write("Order 48213-1", tag=".invoice")
        shop.relayed()
        assert not shop.write("Order 48213-1", buyer="b1")
        assert "Put one of these into the subject" in (shop.notice().body.plain or "")


def test_S23_the_tag_opens_no_door_that_the_alias_does_not(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        assert admit(f"aaaaaaaaaaaaaaaa.invoice@{ALIAS_DOMAIN}", shop.world.bridge.store).code == 550
        local_part = shop.alias(Role.BUYER).partition("@")[0]
        assert admit(f"{local_part}.@{ALIAS_DOMAIN}", shop.world.bridge.store).code == 550


def test_S23_without_one_the_notice_offers_the_reasons_that_help_and_a_mail_gives_one(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        assert not shop.write("Order 48213-1")
        notice = shop.notice()
        text = notice.body.plain or ""
        assert "Send it with a reason" in text
        assert "- [invoice]" in text
        address = address_in(notice)
        assert shop.act(address, "hello") == REASON_UNKNOWN
        assert shop.act(address, "Re: [invoice]") == ACCEPTED
        [(_, relayed)] = [pair for pair in _run(shop) if pair[0].delivery.kind is PostKind.RELAY]
        assert (relayed.subject, relayed.to[0].addr_spec) == ("Order 48213-1", "b1@buyer-post.example")
        assert shop.act(address, "[review]") == ACTION_INVALID


def _run(shop: Shop) -> list[tuple[ClaimedDelivery, Message]]:
    shop.world.take()
    return [*shop.world.run_intents(), *shop.world.take()]


def test_S22_a_reason_that_would_not_help_is_not_offered(tmp_path: Path) -> None:
    late = an_order(state=OrderState.COMPLETED, completed_at=START - timedelta(days=31))
    with a_shop(tmp_path, late) as shop:
        assert not shop.write("Order 48213-1")
        assert "Send it with a reason" not in (shop.notice().body.plain or "")
    (tmp_path / "2").mkdir()
    with a_shop(tmp_path / "2", an_order(state=OrderState.CANCELLED)) as shop:
        assert not shop.write("Order 48213-1")
        text = shop.notice().body.plain or ""
        assert ("- [problem]" in text, "- [return]" in text, "- [invoice]" in text) == (True, True, False)


def test_S23_what_the_reason_allows_is_judged_when_it_is_given(tmp_path: Path) -> None:
    with a_shop(tmp_path, an_order(state=OrderState.COMPLETED, completed_at=START - timedelta(days=29))) as shop:
        assert not shop.write("Order 48213-1")
        address = address_in(shop.notice())
        shop.world.now += timedelta(days=2)
        assert shop.act(address, "[invoice]") == ACCEPTED
        assert [pair for pair in _run(shop) if pair[0].delivery.kind is PostKind.RELAY] == []


def test_N02_a_reason_is_tried_at_the_check_address(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        assert not shop.write("Order 48213-1", tag=".invoice", trial=True)
        shop.notice()
        assert shop.write("[review] Order 48213-1")
        shop.world.take()
        assert not shop.write("[review] Order 48213-1")


# What is refused, and what always goes


def test_S24_an_answer_needs_no_reason_and_knows_no_term(tmp_path: Path) -> None:
    late = an_order(state=OrderState.COMPLETED, completed_at=START - timedelta(days=300))
    with a_shop(tmp_path, late) as shop:
        shop.hear("Order 48213-1")
        assert shop.write("Re: Order 48213-1")


def test_E03_a_review_is_asked_for_once_per_order(tmp_path: Path) -> None:
    with a_shop(tmp_path, an_order(), an_order("48213-2")) as shop:
        assert shop.write("[review] 48213-1")
        shop.world.take()
        assert not shop.write("[review] 48213-1")
        assert "already" in (shop.notice().body.plain or "")
        assert shop.write("[review] 48213-2")


def test_S15_S16_E05_an_opt_out_stops_what_is_not_needed_and_both_sides_stay_informed(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        shop.opt_out("b1", "s1", "all")
        assert not shop.write("[invoice] 48213-1")
        assert "does not want messages" in (shop.notice().body.plain or "")
        assert shop.write("[problem] 48213-1")
        assert "delivered because of the reason" in (shop.notice().body.plain or "")
        shop.hear("Re: 48213-1")
        assert shop.write("Re: 48213-1")


def test_E11_a_shop_without_many_orders_starts_20_a_day(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        for _ in range(20):
            assert shop.write("[data] 48213-1")
            shop.world.take()
        assert not shop.write("[data] 48213-1")
        shop.world.take()
        shop.world.now += timedelta(hours=15)  # 00:00 in Warsaw is 23:00 UTC
        assert shop.write("[data] 48213-1")


# Random histories against the model


@dataclass
class _Replay:
    """Plays what may happen in shops, and compares each message with the model."""

    shop: Shop
    draw: random.Random
    past: Past
    talks: dict[tuple[str, str], list[Talk]] = field(default_factory=dict)
    steps: int = 0
    compared: int = 0
    relayed: int = 0

    def step(self) -> None:
        """One thing happens."""
        passed = self.draw.choice([timedelta(minutes=7), timedelta(hours=5), timedelta(days=2), timedelta(seconds=1)])
        self.shop.world.now += passed
        self.steps += 1
        seller, buyer = self.draw.choice(["s1", "s2"]), self.draw.choice(["b1", "b2", "b3"])
        happens = self.draw.choices((self._order, self._hear, self._opt_out, self._write), weights=(3, 1, 0.3, 20))[0]
        happens(seller, buyer)

    def _of_pair(self, seller: str, buyer: str) -> list[str]:
        return [ref for ref, sale in self.past.sales.items() if (sale.seller, sale.buyer) == (seller, buyer)]

    def _order(self, seller: str, buyer: str) -> None:
        """An order comes, or one of theirs changes."""
        now, known = self.shop.world.now, self._of_pair(seller, buyer)
        reference = self.draw.choice([f"4{len(self.past.sales):05}-{seller}", *known])
        sale = self.past.sales.get(reference) or Sale(seller=seller, buyer=buyer, placed_at=now)
        sale.state = self.draw.choice(["open", "completed", "completed", "cancelled", "returned"])
        sale.completed_at = now - timedelta(days=self.draw.randrange(40)) if sale.state == "completed" else None
        sale.ships = self.draw.choice(["seller", "seller", "marketplace"])
        sale.is_gift = self.draw.random() < 0.3
        self.past.sales[reference] = sale
        order = an_order(
            reference,
            seller,
            buyer,
            state=OrderState(sale.state),
            completed_at=sale.completed_at,
            fulfilled_by=sale.ships,
            is_gift=sale.is_gift,
            placed_at=sale.placed_at,
        )
        self.shop.world.bridge.store.apply_trade(TradeBatch(orders=(order,)), now)

    def _hear(self, seller: str, buyer: str) -> None:
        """The buyer writes about one of his orders."""
        known = self._of_pair(seller, buyer)
        if known:
            reference = self.draw.choice(known)
            self.shop.hear(f"Order {reference}", seller=seller, buyer=buyer)
            talk = self._talk(seller, buyer, reference)
            talk.is_answered, talk.waits, talk.last = True, True, self.steps

    def _opt_out(self, seller: str, buyer: str) -> None:
        kind, of = self.draw.choice(["all", "review"]), self.draw.choice([seller, ""])
        if self._of_pair(seller, buyer):
            self.shop.opt_out(buyer, of, kind)
            self.past.opt_outs.add((buyer, of, kind))

    def _write(self, seller: str, buyer: str) -> None:
        """The seller writes; the bridge and the model must agree."""
        known = self._of_pair(seller, buyer)
        if not known:
            return
        reason = self.draw.choice(list(_REASONS))
        named = self.draw.choice([None, *known, *known])
        talk = talk_found(self.talks.get((seller, buyer), []), named)
        order = talk.order if talk is not None else named or (known[0] if len(known) == 1 else None)
        wish = Wish(seller, buyer, order, reason, self.shop.world.now, is_answer=talk is not None and talk.is_answered)
        expected = not refusals(wish, self.past)
        # A subject of its own, so that no thread is continued for its subject.
        subject = f"{_REASONS[reason]} {named or 'hello' + 'o' * self.steps}"
        assert self.shop.write(subject, seller=seller, buyer=buyer) == expected, (wish, refusals(wish, self.past))
        self.shop.world.take()
        self.compared += 1
        if expected:
            self.relayed += 1
            talk = talk or self._talk(seller, buyer, order)
            talk.waits, talk.last = False, self.steps
            if not wish.is_answer:
                self.past.sent.append(Sent(seller, order, reason, self.shop.world.now))

    def _talk(self, seller: str, buyer: str, order: str | None) -> Talk:
        talks = self.talks.setdefault((seller, buyer), [])
        found = next((talk for talk in talks if talk.order == order and order is not None), None)
        if found is None:
            found = Talk(order=order, last=self.steps)
            talks.append(found)
        return found


def _replay(folder: Path, seed: int, messages: int) -> None:
    people = [(seller, buyer) for seller in ("s1", "s2") for buyer in ("b1", "b2", "b3")]
    pairs = [an_order(f"4{number}-{seller}{buyer}", seller, buyer) for number, (seller, buyer) in enumerate(people)]
    with a_shop(folder, *pairs) as shop:
        past = Past(zone=ZoneInfo(ZONE))
        for order in pairs:
            past.sales[order.reference] = Sale(seller=order.seller, buyer=order.buyer, placed_at=START)
        replay = _Replay(shop, random.Random(seed), past)
        while replay.compared < messages:
            replay.step()
        assert 0 < replay.relayed < messages


@pytest.mark.parametrize("seed", range(4))
def test_S15_S22_S23_E11_random_histories_go_as_the_model_says(tmp_path: Path, seed: int) -> None:
    _replay(tmp_path, seed, 60)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(100, 200))
def test_S15_S22_S23_E11_ten_thousand_random_messages_go_as_the_model_says(tmp_path: Path, seed: int) -> None:
    _replay(tmp_path, seed, 100)
