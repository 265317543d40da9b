"""Sellers of two shops who write first to three buyers, in a whole bridge."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import delete, insert

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox, Role
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.trade_batch import TradeBatch, TradeBuyer, TradeMarketplace, TradeOrder, TradeSeller
from mailbridge.store.conducttables import opt_outs
from tests.path.world import ALIAS_DOMAIN, World, a_text, a_world

ZONE: Final = "Europe/Warsaw"


def _boxes(local_part: str, domain: str) -> tuple[Mailbox, ...]:
    return (Mailbox(address=RealAddress(f"{local_part}@{domain}.example")),)


def a_trade(*orders: TradeOrder) -> TradeBatch:
    """Two shops and three buyers on one market, with these orders."""
    market = TradeMarketplace(
        reference="market",
        name="Amazon",
        alias_domain=ALIAS_DOMAIN,
        rule_packs=("general", "amazon"),
        time_zone=ZONE,
        acknowledges=False,
    )
    sellers = tuple(
        TradeSeller(
            marketplace="market", reference=name, name=f"Shop {name}", contact=name, mailboxes=_boxes(name, "acme-shop")
        )
        for name in ("s1", "s2")
    )
    buyers = tuple(
        TradeBuyer(marketplace="market", reference=name, handle=name, mailboxes=_boxes(name, "buyer-post"))
        for name in ("b1", "b2", "b3")
    )
    return TradeBatch(marketplaces=(market,), sellers=sellers, buyers=buyers, orders=orders)


def an_order(reference: str = "48213-1", seller: str = "s1", buyer: str = "b1", **more: object) -> TradeOrder:
    """An order, by the references of its two."""
    plain = TradeOrder(marketplace="market", reference=reference, seller=seller, buyer=buyer)
    return replace(plain, **more)  # type: ignore[arg-type]  # fields by name, for tests


@dataclass
class Shop:
    """Sellers who write first."""

    world: World
    #: what sellers write
    says: str = "We write about the order."
    _number: int = 0

    def alias(self, role: Role, seller: str = "s1", buyer: str = "b1") -> str:
        """The alias that stands for this side of a pair."""
        [found] = [
            row.alias.address.addr_spec
            for row in self.world.bridge.store.aliases()
            if (row.alias.stands_for, row.seller, row.buyer) == (role, seller, buyer)
        ]
        return found

    def write(
        self,
        subject: str,
        *,
        seller: str = "s1",
        buyer: str = "b1",
        tag: str = "",
        text: str = "We write about the order.",
        trial: bool = False,
    ) -> bool:
        """The seller writes to the buyer's alias; True when it is relayed."""
        local_part, _, domain = self.alias(Role.BUYER, seller, buyer).partition("@")
        to = f"{'check-' if trial else ''}{local_part}{tag}@{domain}"
        self._number += 1
        octets = a_text(
            f"{seller}@acme-shop.example",
            to,
            self.says,
            subject=subject,
            Message_ID=f"<{self._number}@acme-shop.example>",
        )
        assert self.world.mail(octets, to) == (ACCEPTED,)
        return any(claimed.delivery.kind is PostKind.RELAY for claimed in self.world.sent)

    def hear(self, subject: str = "A question", *, seller: str = "s1", buyer: str = "b1") -> None:
        """The buyer writes to the seller's alias, and is relayed."""
        to = self.alias(Role.SELLER, seller, buyer)
        self._number += 1
        octets = a_text(
            f"{buyer}@buyer-post.example",
            to,
            "Hello.",
            subject=subject,
            Message_ID=f"<{self._number}@buyer-post.example>",
        )
        assert self.world.mail(octets, to) == (ACCEPTED,)
        assert len(self.world.take(PostKind.RELAY)) == 1

    def notice(self) -> Message:
        """The one notice that was left to be sent."""
        [(_, message)] = self.world.take(PostKind.NOTICE)
        return message

    def relayed(self) -> Message:
        """The one relayed mail that was left to be sent."""
        [(_, message)] = self.world.take(PostKind.RELAY)
        return message

    def act(self, address: str, subject: str, seller: str = "s1") -> object:
        """A mail to an action address; what its client hears."""
        self._number += 1
        mail = a_text(
            f"{seller}@acme-shop.example",
            address,
            "ok",
            subject=subject,
            Message_ID=f"<{self._number}@acme-shop.example>",
        )
        return self.world.mail(mail, address)[0]

    def opt_out(self, buyer: str, seller: str, kind: str) -> None:
        """The buyer wants no more of this."""
        with self.world.bridge.store._database.writing() as connection:
            values = {"buyer_id": self.id_of(buyer), "seller_id": self.id_of(seller), "kind": kind}
            connection.execute(delete(opt_outs).filter_by(**values))
            connection.execute(insert(opt_outs), {**values, "at": 0, "via": "command"})

    def id_of(self, name: str) -> str:
        """Our id of a seller or buyer; "" for all."""
        if not name:
            return ""
        rows = [row for row in self.world.bridge.store.aliases() if name in {row.seller, row.buyer}]
        return rows[0].alias.seller_id if rows[0].seller == name else rows[0].alias.buyer_id


@contextmanager
def a_shop(folder: Path, *orders: TradeOrder) -> Iterator[Shop]:
    """A world in which these orders are on record."""
    with a_world(folder, a_trade(*(orders or (an_order(),)))) as world:
        yield Shop(world)


def address_in(message: Message, before: str = "act-") -> str:
    """The first address in it that begins so."""
    return next(word for word in (message.body.plain or "").split() if word.startswith(before))
