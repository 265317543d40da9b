"""What the store answers about deadlines; a part of the desk. The work is done in `deadlines.py` and `clocks.py`."""

from collections.abc import Iterable
from datetime import datetime

from mailbridge.domain.clocks import Round, WhichClock
from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.parties import Marketplace, Seller
from mailbridge.store import deadlines
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.clockrecords import ClockChange, DeadlineRow, DueAsked, LateShare, Told
from mailbridge.store.clocks import running_until, tick_thread
from mailbridge.store.committer import Committer
from mailbridge.store.database import Database
from mailbridge.store.newestmessage import newest_of_buyer
from mailbridge.store.seal import KeyRing


class DeadlineDesk:
    """Questions about deadlines."""

    _database: Database
    _keys: KeyRing
    _committer: Committer
    _catalogue: Catalogue

    def due(self, asked: DueAsked) -> tuple[DeadlineRow, ...]:
        """Conversations that wait for an answer, by the honest clock, the most urgent first."""
        with self._database.reading() as connection:
            return deadlines.due(connection, self._keys, self._catalogue, asked)

    def count_due(self, asked: DueAsked) -> int:
        """How many of one seller do, whatever the limit."""
        with self._database.reading() as connection:
            return deadlines.count_due(connection, asked)

    def sellers_with_due(self, asked: DueAsked) -> tuple[tuple[Seller, Marketplace], ...]:
        """The sellers from whom such an answer is awaited, each with his marketplace."""
        with self._database.reading() as connection:
            found = deadlines.sellers_with_due(connection, asked)
            sellers = [self._catalogue.seller(connection, seller_id) for seller_id in found]
            return tuple((seller, self._catalogue.marketplace(connection, seller.marketplace_id)) for seller in sellers)

    def rounds(self, thread_id: ThreadId) -> dict[WhichClock, tuple[Round, ...]]:
        """Every round of both clocks of a conversation, in order."""
        with self._database.reading() as connection:
            return deadlines.rounds(connection, thread_id)

    def running_until(self, thread_id: ThreadId) -> tuple[datetime, ...]:
        """When answers are due in a conversation by the clocks that run now."""
        with self._database.reading() as connection:
            return running_until(connection, thread_id)

    def newest_of_buyer(self, thread_id: ThreadId) -> RecordId | None:
        """The newest message of the buyer that went on to the seller; None where there is none."""
        with self._database.reading() as connection:
            return newest_of_buyer(connection, thread_id)

    def tick(self, change: ClockChange) -> None:
        """Something that is no message happens in a conversation; NotFound when there is no such one."""
        self._committer.run(lambda connection: tick_thread(connection, change))

    def take_told(self, now: datetime, limit: int) -> tuple[Told, ...]:
        """Deadlines that came near or were missed since the last time, each once."""
        with self._database.reading() as connection:
            if not deadlines.any_to_tell(connection, now):
                return ()
        return self._committer.run(lambda connection: deadlines.take_told(connection, now, limit))

    def late_shares(self, now: datetime, windows: Iterable[int]) -> tuple[LateShare, ...]:
        """How many answers came late, by seller and clock, in windows of so many days that end now."""
        with self._database.reading() as connection:
            return deadlines.late_shares(connection, now, windows)
