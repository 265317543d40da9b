"""What the sellers of a file set about acknowledgements: part of taking trade data (`store/trade.py`).

A file whose sellers say nothing of them leaves them as they are: sellers change them by command too.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from mailbridge.domain.acknowledgement import NO_AREA, AckVersion, AckWishes
from mailbridge.domain.ids import SellerId
from mailbridge.domain.trade_batch import TradeSeller
from mailbridge.store.acknowledgements import next_number, save
from mailbridge.store.rows import AnyRow
from mailbridge.store.seal import KeyRing


def acknowledgement_problem(wishes: AckWishes, settings: str, domains: frozenset[str]) -> tuple[str, str] | None:
    """The first thing that can not be, as key and reason: no area is on (S-42), or copies would come back to us.

    `settings` are those of the marketplace, `domains` all domains of aliases, lower case.
    """
    if wishes.notify is not None and wishes.notify.key.rpartition("@")[2] in domains:
        return "acknowledgement.notify", "is an address of ours: a copy to it would go round"
    market = json.loads(settings)
    areas = market.get("acknowledged_areas", ["question"]) if wishes.areas is None else wishes.areas
    is_on = market["acknowledges"] if wishes.is_on is None else wishes.is_on
    if areas or not is_on:
        return None
    return f"acknowledgement.{'areas' if wishes.is_on is None else 'is_on'}", NO_AREA


@dataclass(frozen=True, slots=True)
class WishTaker:
    """Takes them for one batch."""

    connection: Connection
    keys: KeyRing
    now: datetime
    #: told of the object, the key and the reason
    complain: Callable[[TradeSeller, str, str], None]

    def take(
        self,
        sellers: Sequence[TradeSeller],
        markets: Mapping[str, AnyRow],
        ids: Mapping[tuple[str, str], str],
        *,
        may_write: bool,
    ) -> None:
        """Save a new version for each seller whose settings change, unless the batch has problems anyway."""
        domains = frozenset(row.alias_domain for row in markets.values())
        for seller in sellers:
            market = markets.get(seller.marketplace)
            if seller.acknowledgement is None or market is None:
                continue
            problem = acknowledgement_problem(seller.acknowledgement, market.settings, domains)
            if problem is not None:
                self.complain(seller, *problem)
                may_write = False
            if may_write:
                self._save(SellerId(ids[market.id, seller.reference]), seller.acknowledgement)

    def _save(self, seller_id: SellerId, wishes: AckWishes) -> None:
        number = next_number(self.connection, seller_id)
        new = AckVersion(number=number, saved_at=self.now, by="import", wishes=wishes)
        save(self.connection, self.keys, seller_id, new)
