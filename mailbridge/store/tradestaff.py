"""What a file of trade data does to the staff of its sellers: part of taking it (`store/trade.py`).

A file that says nothing of a mailbox's terms leaves them as they are: sellers change them by command too.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import Connection

from mailbridge.domain.ids import MarketplaceId, SellerId
from mailbridge.domain.parties import Mailbox, Seller
from mailbridge.domain.trade_batch import TradeSeller
from mailbridge.store.rows import AnyRow
from mailbridge.store.staff import switch_if_changed


def takes_by_answer(seller: TradeSeller, row: AnyRow) -> bool | None:
    """Whether the first answer takes a conversation, as the file says, else as it is on record."""
    return row.first_answer_takes if seller.first_answer_takes is None else seller.first_answer_takes


def switch_messaging(
    connection: Connection, active: Mapping[str, tuple[Mailbox, ...]], off_before: AbstractSet[str], now: datetime
) -> None:
    """Note for which of these sellers, with the active mailboxes they will have, messaging is switched off or on."""
    for seller_id, mailboxes in active.items():
        if seller_id not in off_before and all(mailbox.staff is None for mailbox in mailboxes):
            continue  # as nearly all
        after = Seller(
            id=SellerId(seller_id),
            marketplace_id=MarketplaceId(""),
            name="",
            contact="",
            mailboxes=mailboxes,
            messaging_off_at=now if seller_id in off_before else None,
        )
        switch_if_changed(connection, after, now)
