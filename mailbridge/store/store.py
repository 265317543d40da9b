"""The store: one object for everything that is kept. Synchronous, for any number of threads.

Each method is one question or one commit; the parts beside this module do the work. What people ask by command stands
in `desk.py`. Decides nothing about messages, sends nothing.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.delivery import ClaimedDelivery, DeliveryState, NewDelivery, Outcome
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.facts import Destination, Facts
from mailbridge.domain.ids import DeliveryId, IntentId
from mailbridge.domain.message import Message
from mailbridge.policy.needs import Needs
from mailbridge.store import actionoffers, begun, optouts, queue, upkeep
from mailbridge.store.actionrecords import ActionChange, ActionOffer
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.clockrecords import ClockChange
from mailbridge.store.clocks import tick_thread
from mailbridge.store.committer import Committer
from mailbridge.store.conductrecords import ConductChange
from mailbridge.store.conversations import Conversations
from mailbridge.store.copies import copies_of
from mailbridge.store.database import BUSY_TIMEOUT_S, Database
from mailbridge.store.desk import Desk
from mailbridge.store.destinations import Destinations, action_hash
from mailbridge.store.facts import FactsReader
from mailbridge.store.fingerprints import known_buyer, waits_keys
from mailbridge.store.intake import IntakeWriter, insert_actions
from mailbridge.store.intents import (
    IntentReader,
    finish,
    insert_deliveries,
    postpone,
    release_leases,
    sealed_deliveries,
)
from mailbridge.store.newintents import insert_intents
from mailbridge.store.outreach import history_of
from mailbridge.store.pace import PaceReader
from mailbridge.store.participants import Finder
from mailbridge.store.prepared import LEASE_AT_COMMIT, prepare
from mailbridge.store.records import (
    DeliveryOrigin,
    DueIntent,
    Intake,
    NewAction,
    NewIntent,
)
from mailbridge.store.returnpath import return_path
from mailbridge.store.schema import make_ready
from mailbridge.store.seal import KeyRing
from mailbridge.store.servelock import ServeLock
from mailbridge.store.standing import change_conduct
from mailbridge.store.threadlists import change as change_thread
from mailbridge.store.threadmending import ThreadMending
from mailbridge.store.threadrecords import ThreadChange
from mailbridge.store.wishes import NewOptOut, OptOutOffer


class Store(Desk):
    """What is kept, and the only way to it."""

    def __init__(self, database: Database, keys: KeyRing, clock: Callable[[], datetime], hostname: str = "") -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._committer = Committer(database)
        self._catalogue = Catalogue(keys)
        self._destinations = Destinations(keys, self._catalogue, hostname)
        finder = Finder(keys, self._catalogue, self._destinations)
        self._facts = FactsReader(keys, self._catalogue, self._destinations, finder)
        self._intakes = IntakeWriter(keys)
        self._pace = PaceReader()
        self._intents = IntentReader(keys, self._catalogue, self._destinations)
        self._conversations = Conversations(keys, self._catalogue)
        self._mending = ThreadMending(keys, self._catalogue, self._conversations)
        self._serve_lock: ServeLock | None = None
        #: who holds the leases this process takes
        self.worker_name = secrets.token_hex(8)
        #: True: deliveries are committed already leased to this process, which then must send them
        self.leases_at_commit = False

    @classmethod
    def open(
        cls,
        url: str,
        *,
        key_file: Path,
        clock: Callable[[], datetime],
        hostname: str = "",
        busy_timeout_s: float = BUSY_TIMEOUT_S,
    ) -> Self:
        """Open, check and, where it is empty or older, migrate. `hostname` is the bridge's own name.

        ConfigurationError when the key file is missing, open to others or another one's, when commits would not be
        durable, or when the database belongs to a newer program; StoreUnavailable when it does not answer.
        """
        keys = KeyRing.load(key_file)
        database = Database(url, busy_timeout_s=busy_timeout_s)
        try:
            database.check()
            make_ready(database, keys, key_file)
        except BaseException:
            database.close()
            raise
        return cls(database, keys, clock, hostname)

    @property
    def kind(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._database.url.get_backend_name()

    @property
    def suspect(self) -> str | None:
        """Why nothing is written any more (F-14); None while all is well."""
        return self._committer.suspect

    def close(self) -> None:
        """Finish what waits for a commit and close; may be called twice."""
        self._committer.close()
        self._database.close()
        if self._serve_lock is not None:
            self._serve_lock.release()

    def lock_for_serve(self) -> None:
        """Be the one `serve` of a SQLite file, and take over what a dead one had leased.

        ConfigurationError names the process that serves it. PostgreSQL takes many: there leases end by themselves.
        """
        if self._database.is_sqlite:
            self._serve_lock = ServeLock.take(self._database.path)
            self._committer.run(lambda connection: queue.release_leases(connection) + release_leases(connection))

    @property
    def lock_descriptors(self) -> tuple[int, ...]:
        """What a further process of this bridge inherits, so that the lock lasts as long as it does."""
        lock = self._serve_lock
        return () if lock is None or lock.descriptor is None else (lock.descriptor,)

    def release_leases_of(self, worker: str) -> None:
        """Let others send at once what a process that died had leased under this name."""
        self._committer.run(lambda connection: queue.release_leases_of(connection, worker))

    # What an address means, and what a message is about

    def destination(self, addr_spec: str) -> Destination:
        """What mail to this address reaches; for RCPT."""
        with self._database.reading() as connection:
            return self._destinations.find(connection, addr_spec, self._clock())

    def facts_for(
        self,
        envelope: Envelope,
        message: Message,
        auth: AuthResults,
        *,
        forward_path: str,
        now: datetime,
    ) -> Facts:
        """Everything a decision about this message at this forward-path may look at that stands in the database."""
        with self._database.reading() as connection:
            return self._facts.read(connection, envelope, message, auth=auth, forward_path=forward_path, now=now)

    def with_needed(self, facts: Facts, needs: Needs) -> Facts:
        """The facts with what they lack: what was delivered to their author in a thread (D11), who else got a text."""
        with self._database.reading() as connection:
            if needs.history_of is not None:
                facts = replace(facts, history=self._facts.history(connection, facts, needs.history_of))
            if needs.copies_of is not None:
                facts = replace(facts, copies=copies_of(connection, self._keys, needs.copies_of))
            if needs.outreach_of is not None:
                facts = replace(facts, outreach=history_of(connection, needs.outreach_of, facts.now))
            if needs.pace_of is not None:
                facts = replace(facts, pace=self._pace.pace_of(connection, needs.pace_of, facts.now))
        return facts

    def waits_key(self, facts: Facts, message: Message) -> bytes | None:
        """Under what later mail of these two people waits for this one; None where it goes to nobody."""
        buyer = known_buyer(facts.author, facts.buyer)
        return next(iter(waits_keys(self._keys, facts.destination, message, buyer=buyer)), None)

    def mac(self, purpose: str, octets: bytes) -> bytes:
        """HMAC-SHA256 under a key of this store, 32 octets."""
        return self._keys.mac(purpose, octets)

    def action_hash(self, token: str) -> bytes:
        """What the store knows an action token by."""
        return action_hash(self._keys, token)

    def return_path(self, delivery_id: DeliveryId, domain: str, expires_at: datetime) -> str:
        """The VERP addr-spec a DSN about this delivery comes back to."""
        return return_path(self._keys, delivery_id, domain, expires_at)

    # The commit

    def commit(self, new: Intake) -> None:
        """Write one mail with everything that follows from it; durable when this returns.

        Conflict: run again from facts. StoreUnavailable and StoreSuspect: answer 451. In each case nothing was kept.
        """
        worker = self.worker_name if self.leases_at_commit else None
        with self._database.reading() as connection:
            legs = prepare(new, connection, self._keys, worker=worker)
        self._committer.run_batched(self._intakes.write, legs)

    def leased(self, new: Intake) -> tuple[ClaimedDelivery, ...]:
        """The deliveries of a committed intake that this process may send now; none unless `leases_at_commit`."""
        if not self.leases_at_commit:
            return ()
        return tuple(
            ClaimedDelivery(
                delivery=delivery, attempts=0, fencing_token=1, leased_until=delivery.composed_at + LEASE_AT_COMMIT
            )
            for leg in new.legs
            for delivery in leg.deliveries
        )

    def note_attempt(self, digest: bytes) -> int:
        """Count that a mail with this digest is begun; durable. Returns how many were begun and not cleared."""
        now = self._clock()
        return self._committer.run(lambda connection: begun.count(connection, digest, now))

    def attempts(self, digest: bytes) -> int:
        """How many mails with this digest were begun and not cleared."""
        with self._database.reading() as connection:
            return begun.attempts(connection, digest)

    def clear_attempt(self, digest: bytes) -> None:
        """A mail with this digest came to its end."""
        self._committer.run(lambda connection: begun.clear(connection, digest))

    # The way out

    def claim(self, now: datetime, *, worker: str, limit: int, lease: timedelta) -> tuple[ClaimedDelivery, ...]:
        """Lease what is due and not leased, or whose lease is over, oldest first."""
        with self._database.reading() as connection:
            if not queue.any_due(connection, now):
                return ()
        return self._committer.run(
            lambda connection: queue.claim(connection, self._keys, now=now, worker=worker, limit=limit, lease=lease)
        )

    def settle(
        self,
        delivery_id: DeliveryId,
        fencing_token: int,
        *,
        outcome: Outcome,
        state: DeliveryState,
        next_attempt_at: datetime | None,
        now: datetime,
    ) -> bool:
        """Write what became of an attempt; False when the lease was lost to another claim (F-08)."""
        settled = queue.Settlement(
            delivery_id=delivery_id,
            fencing_token=fencing_token,
            outcome=outcome,
            state=state,
            next_attempt_at=next_attempt_at,
        )
        with self._database.reading() as connection:
            values = queue.settlement_values(connection, self._keys, settled)
        return self._committer.run(lambda connection: queue.settle(connection, values))

    def is_held_back(self, delivery_id: DeliveryId) -> bool:
        """True where the author of a delivery was suspended since it was leased."""
        with self._database.reading() as connection:
            return queue.is_held_back(connection, delivery_id)

    def due_intents(
        self, now: datetime, *, limit: int, worker: str, lease: timedelta, is_screening: bool = False
    ) -> tuple[DueIntent, ...]:
        """Lease the intents that fell due, oldest first: screenings, or everything else."""
        with self._database.reading() as connection:
            if not self._intents.any_due(connection, now, is_screening=is_screening):
                return ()
        return self._committer.run(
            lambda connection: self._intents.claim(
                connection, is_screening=is_screening, now=now, worker=worker, limit=limit, lease=lease
            )
        )

    def postpone_intent(self, intent_id: IntentId, until: datetime) -> None:
        """Give back the lease of an intent that can not be done before `until`."""
        self._committer.run(lambda connection: postpone(connection, intent_id, until))

    def finish_intent(
        self,
        intent_id: IntentId,
        *,
        deliveries: tuple[NewDelivery, ...] = (),
        actions: tuple[NewAction, ...] = (),
        change: ConductChange | ClockChange | ThreadChange | None = None,
        cancelled_reason: str = "",
        now: datetime,
    ) -> None:
        """End an intent together with the mail it became, and with what is done to a seller, a conversation or clocks.

        Conflict when it is over already, or when seller or conversation changed meanwhile.
        """
        with self._database.reading() as connection:
            mail = sealed_deliveries(connection, self._keys, deliveries)

        def end(connection: Connection) -> None:
            finish(connection, intent_id, mail=mail, actions=actions, cancelled_reason=cancelled_reason, now=now)
            if isinstance(change, ConductChange):
                change_conduct(connection, self._keys, change)
            elif isinstance(change, ThreadChange):
                change_thread(connection, change, now)
            elif change is not None:
                tick_thread(connection, change)

        self._committer.run(end)
        if isinstance(change, ConductChange):
            self._catalogue.forget()

    def plan_intents(self, new: tuple[NewIntent, ...]) -> None:
        """Write intents that belong to no mail; one whose unique key is taken is left out."""
        self._committer.run(lambda connection: insert_intents(connection, new))

    def opt_out_offer(self, token_hash: bytes, now: datetime) -> OptOutOffer | None:
        """What a buyer may do with this token; None alike where it is unknown, for something else, or over."""
        with self._database.reading() as connection:
            return optouts.offer_of(connection, self._catalogue, token_hash=token_hash, now=now)

    def use_opt_out(
        self,
        offer: OptOutOffer,
        new: NewOptOut,
        *,
        deliveries: tuple[NewDelivery, ...] = (),
        actions: tuple[NewAction, ...] = (),
        now: datetime,
    ) -> None:
        """Use up a token, together with the mail that tells of it; Conflict where somebody did so meanwhile."""
        with self._database.reading() as connection:
            mail = sealed_deliveries(connection, self._keys, deliveries)

        def write(connection: Connection) -> None:
            optouts.use(connection, offer, new, now)
            insert_deliveries(connection, mail)
            insert_actions(connection, actions)

        self._committer.run(write)

    def action_offer(self, token_hash: bytes, now: datetime) -> ActionOffer | None:
        """What a seller may do with this token; None alike where it is unknown, for something else, or over."""
        with self._database.reading() as connection:
            return actionoffers.offer_of(
                connection, self._keys, self._catalogue, self._destinations, token_hash=token_hash, now=now
            )

    def use_offer(
        self, offer: ActionOffer, change: ActionChange, *, deliveries: tuple[NewDelivery, ...], now: datetime
    ) -> None:
        """Use up such a token with what follows and the mail that tells of it; Conflict where things changed since."""
        with self._database.reading() as connection:
            mail = sealed_deliveries(connection, self._keys, deliveries)

        def write(connection: Connection) -> None:
            actionoffers.use_offer(connection, offer, change, now)
            insert_deliveries(connection, mail)

        self._committer.run(write)

    def post_alone(self, deliveries: tuple[NewDelivery, ...]) -> None:
        """Queue mail of ours that belongs to no intake and no intent: what an author is told of an expired mail."""
        with self._database.reading() as connection:
            mail = sealed_deliveries(connection, self._keys, deliveries)
        self._committer.run(lambda connection: insert_deliveries(connection, mail))

    def delivery(self, delivery_id: DeliveryId) -> NewDelivery:
        """One delivery with its octets; NotFound when there is none."""
        with self._database.reading() as connection:
            return upkeep.delivery(connection, self._keys, delivery_id)

    def delivery_origin(self, delivery_id: DeliveryId) -> DeliveryOrigin:
        """The mail a delivery carries, and its people; NotFound when there is no such delivery."""
        with self._database.reading() as connection:
            return upkeep.delivery_origin(connection, self._keys, self._catalogue, delivery_id)

    # What people ask and do
