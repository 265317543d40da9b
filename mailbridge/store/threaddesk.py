"""What the store answers about conversations as a whole; a part of the desk. The work is done in `threadlists.py`."""

from datetime import datetime

from sqlalchemy import select

from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Thread
from mailbridge.errors import NotFound
from mailbridge.store import people, threadlists
from mailbridge.store.conversations import Conversations
from mailbridge.store.deadlinedesk import DeadlineDesk
from mailbridge.store.facts import threads_between
from mailbridge.store.records import Pair
from mailbridge.store.shownrows import ThreadRow
from mailbridge.store.tables import offers, orders
from mailbridge.store.threadrecords import SilentAsked, ThreadsAsked


class ThreadDesk(DeadlineDesk):
    """Questions about conversations."""

    _conversations: Conversations

    def list_threads(self, asked: ThreadsAsked) -> tuple[ThreadRow, ...]:
        """The conversations that are asked for, in order."""
        with self._database.reading() as connection:
            found = threadlists.found(connection, asked)
            return tuple(self._conversations.thread(connection, thread_id) for thread_id in found)

    def silent_threads(self, asked: SilentAsked) -> tuple[Thread, ...]:
        """Conversations of one kind that nobody wrote in for long, the longest silent first."""
        with self._database.reading() as connection:
            return threadlists.silent(connection, self._keys, asked)

    def pair_called(self, *, market: str, seller: str, buyer: str, now: datetime) -> Pair:
        """A seller and a buyer by the market's references, with their aliases, minted where they were missing.

        NotFound names the reference that nobody has.
        """
        named = {"marketplace": market, "seller": seller, "buyer": buyer}
        with self._database.reading() as connection:
            rows = people.aliases_called(connection, **named)
        if len(rows) < len(Role):
            try:
                rows = self._committer.run(lambda connection: people.mint_alias(connection, **named, now=now))
            finally:
                self._catalogue.forget()
        aliases = {row.alias.stands_for: row.alias for row in rows}
        one = aliases[Role.SELLER]
        with self._database.reading() as connection:
            return Pair(
                marketplace=self._catalogue.marketplace(connection, one.marketplace_id),
                seller=self._catalogue.seller(connection, one.seller_id),
                buyer=self._catalogue.buyer(connection, one.buyer_id),
                alias_of_seller=one,
                alias_of_buyer=aliases[Role.BUYER],
            )

    def conversation_called(self, pair: Pair, reference: str) -> Thread:
        """The conversation of the two that the market numbers so; NotFound where the path would find none either."""
        with self._database.reading() as connection:
            known = threads_between(connection, self._keys, pair.seller, pair.buyer)
        thread = next((thread for thread in known if reference and thread.market_reference == reference), None)
        if thread is None:
            raise NotFound(f"the two have no conversation {reference}", kind="conversation")
        return thread

    def refuse_foreign(self, pair: Pair, *, order: str, offer: str) -> None:
        """NotFound where the order is none between the two, or the offer none of the seller; "" is none."""
        of_pair = (orders.c.seller_id == pair.seller.id, orders.c.buyer_id == pair.buyer.id)
        asked = (
            ("order", order, select(orders.c.id).where(*of_pair, orders.c.reference == order)),
            (
                "offer",
                offer,
                select(offers.c.id).where(offers.c.seller_id == pair.seller.id, offers.c.reference == offer),
            ),
        )
        with self._database.reading() as connection:
            for kind, reference, statement in asked:
                if reference and connection.execute(statement).first() is None:
                    raise NotFound(f"{kind} {reference} is not of the two")
