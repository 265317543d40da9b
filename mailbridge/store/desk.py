"""The desk: what people ask and change by command: held mail, threads, the queue, trade data, aliases.

The other half of `Store`. Each method is one question or one commit; the parts beside this module do the work.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from mailbridge.domain.acknowledgement import AckLimits, AckVersion
from mailbridge.domain.delivery import DeliveryState, NewDelivery
from mailbridge.domain.ids import DeliveryId, RecordId, ReviewId, SanctionId, SellerId, ThreadId
from mailbridge.domain.parties import Mailbox, Marketplace, Role
from mailbridge.domain.thread import Alias, AliasState, ThreadState
from mailbridge.store import acknowledgements, held, optouts, people, reviewqueue, standing, trade, upkeep
from mailbridge.store.acknowledgements import AckClaim
from mailbridge.store.aliases import alias_by_address, aliases_since
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.committer import Committer
from mailbridge.store.conductfigures import figures_of
from mailbridge.store.conductrecords import BreachOrigin, Conduct, ConductChange, ReviewMail, StandingRow
from mailbridge.store.conversations import Conversations
from mailbridge.store.database import Database
from mailbridge.store.intake import insert_actions
from mailbridge.store.intents import insert_deliveries, sealed_deliveries
from mailbridge.store.newintents import insert_intents
from mailbridge.store.pace import mails_written
from mailbridge.store.records import Authorisation, Directory, HeldRecord, NewAction, NewIntent, TradeBatch
from mailbridge.store.reviewrecords import ConductFigures, Review, ReviewSubject, Settlement, Waiting
from mailbridge.store.rows import micros
from mailbridge.store.rulecounts import RuleCounts, count_rules
from mailbridge.store.seal import KeyRing
from mailbridge.store.shownrows import AliasRow, QueueRow, RecordRow, ThreadRow
from mailbridge.store.staffdesk import StaffDesk
from mailbridge.store.tellings import apply_telling, apply_undo
from mailbridge.store.threaddesk import ThreadDesk
from mailbridge.store.threadmending import ThreadMending
from mailbridge.store.wishes import OptOutOrder, OptOutRow, OptOutTelling

_T = TypeVar("_T")


class Desk(ThreadDesk, StaffDesk):
    """The commands' half of the store; made by `Store` only."""

    _database: Database
    _keys: KeyRing
    _clock: Callable[[], datetime]
    _committer: Committer
    _catalogue: Catalogue
    _conversations: Conversations
    _mending: ThreadMending

    def held_records(self, limit: int, since: datetime | None = None) -> tuple[HeldRecord, ...]:
        """What waits for a person, received at or after `since`, the oldest first."""
        with self._database.reading() as connection:
            return held.held_records(connection, self._keys, limit, since)

    def count_held(self) -> int:
        """How many messages wait for a person."""
        with self._database.reading() as connection:
            return held.count_held(connection)

    def held_record(self, record_id: RecordId) -> HeldRecord:
        """One message that waits or waited for a person; NotFound when no such one was ever held."""
        with self._database.reading() as connection:
            return held.held_record(connection, self._keys, record_id)

    def refused_record(self, record_id: RecordId) -> HeldRecord:
        """One message that a rule refused; NotFound when there is none, NotPossible when it went on meanwhile."""
        with self._database.reading() as connection:
            return held.refused_record(connection, self._keys, record_id)

    def second_look_asked_in(self, record_id: RecordId) -> RecordId | None:
        """The mail by which its author asked a person to look at this refused message; None where he did not."""
        with self._database.reading() as connection:
            return held.asked_in(connection, record_id)

    def screening_records(self, limit: int) -> tuple[HeldRecord, ...]:
        """What waits for its files to be looked into, the oldest first."""
        with self._database.reading() as connection:
            return held.screening_records(connection, self._keys, limit)

    def waits_behind_another(self, record_id: RecordId) -> bool:
        """True while older mail of the same people is being screened."""
        with self._database.reading() as connection:
            return held.waits_behind_another(connection, record_id)

    def refuse_held(self, record_id: RecordId, now: datetime, *, tell: tuple[NewIntent, ...] = ()) -> None:
        """Settle a hold: the message goes nowhere; `tell` is added with it.

        NotFound when it never was held, NotPossible when it is no more.
        """

        def settle(connection: Connection) -> None:
            held.refuse_held(connection, record_id, now)
            insert_intents(connection, tell)

        self._committer.run(settle)

    def original(self, record_id: RecordId) -> bytes:
        """The mail as it came; NotFound when there is no such record."""
        with self._database.reading() as connection:
            return held.original(connection, self._keys, record_id)

    def threads(self, limit: int, before: datetime | None = None) -> tuple[ThreadRow, ...]:
        """Threads, those with the newest message first; `before` is for the next page."""
        with self._database.reading() as connection:
            return self._conversations.threads(connection, limit, before)

    def thread(self, thread_id: ThreadId) -> ThreadRow:
        """One thread; NotFound when there is none."""
        with self._database.reading() as connection:
            return self._conversations.thread(connection, thread_id)

    def thread_view(self, thread_id: ThreadId) -> tuple[RecordRow, ...]:
        """The messages of a thread with their texts, oldest first; NotFound when there is no such thread."""
        with self._database.reading() as connection:
            return self._conversations.view(connection, thread_id)

    def record(self, record_id: RecordId) -> RecordRow:
        """One message with its text; NotFound when there is none."""
        with self._database.reading() as connection:
            return self._conversations.record(connection, record_id)

    def move_record(self, record_id: RecordId, to_thread: ThreadId, now: datetime) -> None:
        """Put a message into another thread of the same two people (D7); NotFound when that can not be."""
        self._committer.run(lambda connection: self._conversations.move(connection, record_id, to_thread, now))

    def change_state(self, thread_id: ThreadId, state: ThreadState, why: str, now: datetime) -> None:
        """End a conversation or open it again; NotFound, or Conflict when it changed since it was looked at."""
        self._committer.run(lambda connection: self._mending.change_state(connection, thread_id, state, why, now))

    def merge_threads(self, source: ThreadId, target: ThreadId, now: datetime) -> int:
        """Put every message of one thread into another of the same two people and close it; how many (D7)."""
        return self._committer.run(lambda connection: self._mending.merge(connection, source, target, now))

    def split_thread(self, record_id: RecordId, order: str, now: datetime) -> tuple[ThreadId, int]:
        """Put a message and all after it into a new thread about this order, "" for none; the thread and how many."""
        return self._committer.run(lambda connection: self._mending.split(connection, record_id, order, now))

    def rule_counts(self, since: datetime, until: datetime) -> RuleCounts:
        """How often each rule applied to messages received from `since` to before `until`."""
        with self._database.reading() as connection:
            return count_rules(connection, since, until)

    def queue_rows(self, states: tuple[DeliveryState, ...], limit: int) -> tuple[QueueRow, ...]:
        """Deliveries in these states, the oldest first."""
        with self._database.reading() as connection:
            return upkeep.queue_rows(connection, self._keys, states, limit)

    def queue_row(self, delivery_id: DeliveryId) -> QueueRow:
        """One delivery; NotFound when there is none."""
        with self._database.reading() as connection:
            return upkeep.queue_row(connection, self._keys, delivery_id)

    def retry_delivery(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Try it now, also when it had failed or expired; NotPossible when it is done or being sent."""
        self._committer.run(lambda connection: upkeep.retry(connection, delivery_id, now))

    def hold_delivery(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Keep it back; NotPossible unless it waits and nobody is sending it now."""
        self._committer.run(lambda connection: upkeep.hold(connection, delivery_id, now))

    def release_delivery(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Let it go after a hold; NotPossible when it is not held back."""
        self._committer.run(lambda connection: upkeep.release(connection, delivery_id, now))

    def gauges(self) -> dict[str, int]:
        """Figures of this moment for the metrics: held, queued, oldest_due_s, intents_due."""
        with self._database.reading() as connection:
            return upkeep.gauges(connection, self._clock())

    def backup(self, path: Path) -> None:
        """Write a consistent copy to a file that is not there yet; ConfigurationError when that can not be done."""
        self._database.backup(path)

    def marketplaces(self) -> tuple[Marketplace, ...]:
        """All marketplaces, from memory where nothing changed."""
        with self._database.reading() as connection:
            return self._catalogue.marketplaces(connection)

    def marketplace_called(self, reference: str) -> Marketplace | None:
        """The marketplace with this reference of the operator's; None when there is none."""
        with self._database.reading() as connection:
            return people.marketplace_called(connection, self._catalogue, reference)

    def directory(self) -> Directory:
        """All marketplaces and sellers."""
        with self._database.reading() as connection:
            return people.directory(connection, self._catalogue)

    def apply_trade(self, batch: TradeBatch, now: datetime) -> tuple[Alias, ...]:
        """Take a file of trade data whole, or raise ImportRejected; returns the aliases minted for its orders."""
        return self._change_trade(lambda connection: trade.apply_trade(connection, self._keys, batch, now))

    def authorise(self, wanted: Authorisation, now: datetime) -> None:
        """Let a seller write from one more mailbox.

        NotFound names the reference that is not known, NotPossible whose mailbox it is already.
        """
        self._change_trade(lambda connection: people.authorise(connection, self._keys, wanted, now))

    def adopt_mailbox(self, thread_id: ThreadId, role: Role, mailbox: Mailbox, now: datetime) -> None:
        """Let this side of a thread write from this mailbox too: its owner said so; NotFound without such a thread."""
        self._change_trade(
            lambda c: people.adopt(c, self._keys, thread_id=thread_id, role=role, mailbox=mailbox, now=now)
        )

    def conduct(self, seller_id: SellerId, since: datetime) -> Conduct:
        """Breaches of a seller since this instant, and every step that was ever taken against him."""
        with self._database.reading() as connection:
            return standing.conduct(connection, self._keys, seller_id, since=since, now=self._clock())

    def count_mails(self, seller_id: SellerId, since: datetime) -> int:
        """How many mails this seller wrote to buyers after this instant."""
        with self._database.reading() as connection:
            return mails_written(connection, seller_id, since)

    def breach_origins(self, record_ids: Iterable[RecordId]) -> tuple[BreachOrigin, ...]:
        """The conversations of these messages, as far as they belong to one; at most 200."""
        with self._database.reading() as connection:
            return standing.origins(connection, self._keys, self._catalogue, record_ids)

    def seller_called(self, reference: str, market: str | None) -> StandingRow:
        """The seller with this reference of the market's; NotFound for none, NotPossible where several have it."""
        with self._database.reading() as connection:
            return standing.seller_called(connection, self._catalogue, reference, market)

    def sellers_under_sanction(self, now: datetime) -> tuple[StandingRow, ...]:
        """Every seller against whom a step is in force."""
        with self._database.reading() as connection:
            return standing.sellers_under_sanction(connection, self._catalogue, now)

    def change_conduct(
        self,
        change: ConductChange,
        deliveries: tuple[NewDelivery, ...] = (),
        actions: tuple[NewAction, ...] = (),
    ) -> None:
        """What a person does to a seller, with the mail that tells him; Conflict when somebody else was first."""
        with self._database.reading() as connection:
            mail = sealed_deliveries(connection, self._keys, deliveries)

        def do(connection: Connection) -> None:
            standing.change_conduct(connection, self._keys, change)
            insert_deliveries(connection, mail)
            insert_actions(connection, actions)

        self._change_trade(do)

    def review_subject(
        self, *, record_id: RecordId | None = None, sanction_id: SanctionId | None = None
    ) -> ReviewSubject:
        """The message that is reported, or the step that is appealed, with its people; NotFound when there is none."""
        with self._database.reading() as connection:
            return reviewqueue.subject(
                connection, self._keys, self._catalogue, record_id=record_id, sanction_id=sanction_id
            )

    def reviews(self, limit: int, *, is_settled: bool = False) -> tuple[Review, ...]:
        """Reports and appeals, the oldest first; those that are settled the newest first."""
        with self._database.reading() as connection:
            return reviewqueue.listed(connection, self._keys, self._catalogue, limit=limit, is_settled=is_settled)

    def count_reviews(self) -> int:
        """How many reports and appeals wait for a person."""
        with self._database.reading() as connection:
            return reviewqueue.count_open(connection)

    def waiting_reviews(self) -> tuple[Waiting, ...]:
        """How many reports, appeals, direct mails and second looks wait for a person, and since when."""
        with self._database.reading() as connection:
            return reviewqueue.waiting(connection)

    def review(self, review_id: ReviewId) -> Review:
        """One report or appeal; NotFound when there is none."""
        with self._database.reading() as connection:
            return reviewqueue.one(connection, self._keys, self._catalogue, review_id)

    def second_looks(self, limit: int) -> tuple[HeldRecord, ...]:
        """Refused messages whose authors asked a person to look at them, the oldest first."""
        with self._database.reading() as connection:
            return held.second_looks(connection, self._keys, limit)

    def settle_review(
        self,
        settled: Settlement,
        *,
        change: ConductChange | None = None,
        mail: ReviewMail | None = None,
        intents: tuple[NewIntent, ...] = (),
        now: datetime,
    ) -> None:
        """What a person decides about a review, with all that follows.

        NotPossible when it is settled already; Conflict when somebody else was first with the step.
        """
        told = mail or ReviewMail()
        with self._database.reading() as connection:
            sealed = sealed_deliveries(connection, self._keys, told.deliveries)

        def do(connection: Connection) -> None:
            reviewqueue.settle(connection, self._keys, settled, now)
            if change is not None:
                standing.change_conduct(connection, self._keys, change)
            insert_intents(connection, intents)
            insert_deliveries(connection, sealed)
            insert_actions(connection, told.actions)

        self._change_trade(do)

    def conduct_figures(self, since: datetime) -> tuple[ConductFigures, ...]:
        """How often rules were broken and reports came since this instant, by seller and rule."""
        with self._database.reading() as connection:
            return figures_of(connection, since)

    def aliases(self, since: datetime | None = None) -> tuple[AliasRow, ...]:
        """Aliases made at or after `since`, oldest first."""
        with self._database.reading() as connection:
            return aliases_since(connection, since)

    def alias(self, address: str) -> AliasRow | None:
        """The alias with this address, case ignored; None when there is none."""
        with self._database.reading() as connection:
            return alias_by_address(connection, address)

    def mint_alias(self, *, marketplace: str, seller: str, buyer: str, now: datetime) -> tuple[AliasRow, ...]:
        """Both aliases of a pair, named by the market's references; minted where missing."""
        pair = {"marketplace": marketplace, "seller": seller, "buyer": buyer}
        return self._change_trade(lambda connection: people.mint_alias(connection, **pair, now=now))

    def set_alias_state(self, address: str, state: AliasState, now: datetime) -> AliasRow:
        """Mute, expire or wake an alias; NotFound when there is none with this address."""
        return self._change_trade(lambda connection: people.set_alias_state(connection, address, state, now))

    def opt_outs(self, *, market: str = "", buyer: str = "", limit: int = 100) -> tuple[OptOutRow, ...]:
        """What buyers want no more, the newest first; references, "" for all."""
        with self._database.reading() as connection:
            return optouts.listed(connection, market=market, buyer=buyer, limit=limit)

    def order_opt_out(self, wanted: OptOutOrder, now: datetime) -> bool:
        """Stop messages for a buyer, or let them come again; False where it was so already.

        NotFound names the reference that is not known.
        """
        return self._committer.run(lambda connection: optouts.order(connection, wanted, now))

    def tell_of_opt_outs(self, wanted: OptOutTelling, now: datetime) -> None:
        """Note whether a seller wants to be told of buyers who opted out."""
        self._change_trade(lambda connection: apply_telling(connection, wanted, at=micros(now)))

    def set_undo(self, seller_id: SellerId, seconds: int, now: datetime) -> None:
        """Note how long a seller's messages wait for him to stop them; 0 for not at all."""
        self._change_trade(lambda connection: apply_undo(connection, seller_id, seconds, at=micros(now)))

    def claim_acknowledgement(self, wanted: AckClaim, limits: AckLimits, now: datetime) -> str:
        """Book an acknowledgement that is due; returns the brake that stops it, "" for none."""
        return self._committer.run(lambda c: acknowledgements.claim(c, self._keys, wanted, limits=limits, now=now))

    def ack_versions(self, seller_id: SellerId, limit: int = 1) -> tuple[AckVersion, ...]:
        """Every state of a seller's settings about acknowledgements, the newest first."""
        with self._database.reading() as connection:
            return acknowledgements.versions(connection, self._keys, seller_id, limit)

    def save_acknowledgement(self, seller_id: SellerId, new: AckVersion) -> bool:
        """Save a seller's settings about acknowledgements; False where nothing changes.

        Conflict when somebody else saved some meanwhile: `new.number` is not the next one.
        """
        return self._change_trade(lambda c: self._saved_acknowledgement(c, seller_id, new))

    def _saved_acknowledgement(self, connection: Connection, seller_id: SellerId, new: AckVersion) -> bool:
        is_new = acknowledgements.save(connection, self._keys, seller_id, new)
        if is_new:
            trade.count_up(connection)
        return is_new

    def _change_trade(self, work: Callable[[Connection], _T]) -> _T:
        """Run a change of what the catalogue keeps in memory, and forget that."""
        try:
            return self._committer.run(work)
        finally:
            self._catalogue.forget()
