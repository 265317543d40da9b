"""The part of the desk that is about the staff of sellers: their terms, who takes a conversation, what is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from mailbridge.domain.address import RealAddress
from mailbridge.domain.ids import MarketplaceId, RecordId, SellerId
from mailbridge.domain.parties import Marketplace, Seller
from mailbridge.domain.staff import StaffTerms
from mailbridge.policy.plan import HoldReason
from mailbridge.store import staff
from mailbridge.store.assigning import assign
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.committer import Committer
from mailbridge.store.database import Database
from mailbridge.store.held import kept_messages
from mailbridge.store.records import HeldRecord
from mailbridge.store.rows import micros
from mailbridge.store.seal import KeyRing
from mailbridge.store.staffrecords import Assignment
from mailbridge.store.trade import count_up

_T = TypeVar("_T")


class StaffDesk:
    """Questions and commits about staff; a part of `Desk`."""

    _database: Database
    _keys: KeyRing
    _committer: Committer
    _catalogue: Catalogue

    def assign(self, wanted: Assignment, now: datetime) -> bool:
        """Note who takes a conversation; False where nothing changes. NotFound when there is no such conversation."""
        return self._committer.run(lambda connection: assign(connection, self._keys, wanted, micros(now)))

    def save_staff_terms(self, seller_id: SellerId, terms: dict[RealAddress, StaffTerms], now: datetime) -> None:
        """Set terms of mailboxes of a seller, with what follows where that switches messaging off or on (S-17).

        NotFound where one of them is none of his.
        """
        self._change_staff(lambda c: staff.save_terms(c, self._keys, seller_id, terms, now))

    def sellers_with_mailbox(self, marketplace_id: MarketplaceId, addr_spec: str) -> tuple[Seller, ...]:
        """Every shop of this marketplace that has this active mailbox."""
        with self._database.reading() as connection:
            return self._catalogue.sellers_by_mailbox(connection, marketplace_id, addr_spec)

    def save_taking(self, seller_id: SellerId, now: datetime, *, first_answer_takes: bool) -> None:
        """Note whether whoever answers first takes a conversation of this seller."""
        self._change_staff(lambda c: staff.save_taking(c, seller_id, first_answer_takes=first_answer_takes, now=now))

    def look_again(self) -> None:
        """Forget what is kept in memory: another process changed it a moment ago, and it must not be missed."""
        self._catalogue.forget()

    def kept_records(self, seller_id: SellerId, limit: int) -> tuple[RecordId, ...]:
        """Messages that are kept while this seller's messaging is switched off, the oldest first."""
        with self._database.reading() as connection:
            return staff.kept_records(connection, seller_id, limit)

    def kept_messages(self, limit: int) -> tuple[HeldRecord, ...]:
        """What is kept until its seller switches messaging on again, of every seller, the oldest first."""
        with self._database.reading() as connection:
            return kept_messages(connection, self._keys, limit)

    def count_kept(self, seller_id: SellerId) -> int:
        """How many messages are kept for this seller while his messaging is switched off."""
        with self._database.reading() as connection:
            return staff.count_kept(connection, seller_id)

    def sellers_with_kept(self) -> tuple[tuple[Seller, Marketplace], ...]:
        """The sellers for whom messages are kept while their messaging is switched off, each with his marketplace."""
        with self._database.reading() as connection:
            sellers = [self._catalogue.seller(connection, seller_id) for seller_id in staff.with_kept(connection)]
            return tuple((seller, self._catalogue.marketplace(connection, seller.marketplace_id)) for seller in sellers)

    def rehold(self, record_id: RecordId, hold: HoldReason) -> None:
        """A message that was kept waits for another reason now: a person sees it."""
        self._committer.run(lambda connection: staff.rehold(connection, record_id, hold))

    def _change_staff(self, work: Callable[[Connection], _T]) -> _T:
        """Run a change of what every process keeps in memory, and forget that."""

        def change(connection: Connection) -> _T:
            done = work(connection)
            count_up(connection)
            return done

        try:
            return self._committer.run(change)
        finally:
            self._catalogue.forget()
