"""The list of what is due soon, by mail to each seller at the times he wants it (N-10): to each colleague his own.

Each entry can be answered from the mail itself: a link begins a mail to the alias of the buyer, with the tag of the
conversation in its subject. Beside it stands one action at most, that which ends the wait without an answer. What is
due, and by which clock, is `store/deadlines.py` and `policy/clocks.py`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import IntentId
from mailbridge.domain.parties import Mailbox, Marketplace, Role, Seller
from mailbridge.path.actionways import ActionWay, way_to
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.actions import offered, without_answer
from mailbridge.policy.plan import IntentKind
from mailbridge.policy.staff import concerned, head_mailbox
from mailbridge.policy.thread_choice import tag_of
from mailbridge.store.clockrecords import DeadlineRow, DueAsked
from mailbridge.store.records import DueIntent, NewAction, NewIntent
from mailbridge.texts import ActionShown, DueShown

#: what is due by then stands in the list
_AHEAD: Final = timedelta(hours=24)
#: what was due before stands in it no more: who has not answered by then does not by being told once more
_BACK: Final = timedelta(days=7)
#: a list that was missed is made up for so long
_MISSED: Final = timedelta(hours=1)
_SHOWN: Final = 40
#: so many are sorted out among colleagues
_SORTED: Final = 400
_MINUTES: Final = 90


class DueMails:
    """Plans the lists: whenever a time of day has come that a seller wants one at, and an answer of his is awaited."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        #: until when was looked; None: not since the start
        self._looked_at: datetime | None = None

    def plan(self) -> None:
        """Plan what has come since the last look, of the last hour: what was missed longer ago is not made up."""
        bridge, now = self._bridge, self._bridge.clock()
        since, self._looked_at = max(self._looked_at or now - _MISSED, now - _MISSED), now
        wanted = []
        # Whoever has messaging switched off hears what is kept for him, also where nothing else is due (S-17).
        asked = (*bridge.store.sellers_with_due(_asked(now)), *bridge.store.sellers_with_kept())
        for seller, market in {seller.id: (seller, market) for seller, market in asked}.values():
            came = _came(seller, market, since, now)
            if came is not None:
                wanted.append(_intent(seller, came, now, bridge))
        if wanted:
            bridge.store.plan_intents(tuple(wanted))


def _came(seller: Seller, market: Marketplace, since: datetime, now: datetime) -> datetime | None:
    """The newest time after `since`, by the market's clock on the wall, at which the seller wants a list."""
    today = now.astimezone(market.time_zone).date()
    days = (today, today - timedelta(days=1))
    times = (datetime.combine(day, at, market.time_zone) for day in days for at in seller.due_mail_at)
    return max((at for at in times if since < at <= now), default=None)


def _asked(now: datetime) -> DueAsked:
    """What stands in the lists."""
    return DueAsked(since=now - _BACK, until=now + _AHEAD, limit=_SHOWN)


def _intent(seller: Seller, came: datetime, now: datetime, bridge: Bridge) -> NewIntent:
    return NewIntent(
        id=IntentId(bridge.mint.new_id()),
        kind=IntentKind.DUE_SOON,
        due_at=now,
        seller_id=seller.id,
        # once, however many processes look, and however often the machine's clock is set back (F-34)
        unique_key=f"due-soon:{seller.id}:{came:%Y-%m-%dT%H:%M}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMail:
    """The lists of one seller, one for each colleague whom something concerns, with the one-use addresses in them."""

    postings: tuple[Posting, ...]
    actions: tuple[NewAction, ...]


def due_soon(intent: DueIntent, bridge: Bridge) -> DueMail | str:
    """The lists as things stand now; else why there is none."""
    market, seller = intent.marketplace, intent.seller
    head = head_mailbox(seller) if seller is not None else None
    if market is None or seller is None or head is None or not seller.is_active:
        return "nobody_to_tell"
    now = bridge.clock()
    is_shared = sum(mailbox.is_active for mailbox in seller.mailboxes) > 1
    asked = replace(_asked(now), seller_id=seller.id, limit=_SORTED if is_shared else _SHOWN)
    rows = bridge.store.due(asked)
    kept = bridge.store.count_kept(seller.id) if seller.messaging_off_at is not None else 0
    if not rows and not kept:
        return "nothing_due"
    total = bridge.store.count_due(asked) if rows else 0
    lists = {head.address.key: _List(mailbox=head, kept=kept)} if kept else {}
    for row in rows:
        for mailbox in concerned(seller, row.thread, now):
            lists.setdefault(mailbox.address.key, _List(mailbox=mailbox)).rows.append(row)
    made = [one.made(market, seller, more=total - len(rows), of=len(rows), bridge=bridge) for one in lists.values()]
    return DueMail(postings=tuple(posting for posting, _ in made), actions=tuple(a for _, more in made for a in more))


@dataclass(slots=True, kw_only=True)
class _List:
    """What stands in the list of one mailbox."""

    mailbox: Mailbox
    rows: list[DeadlineRow] = field(default_factory=list)
    #: how many messages are kept while messaging is switched off, for the shop itself
    kept: int = 0

    def made(
        self, market: Marketplace, seller: Seller, *, more: int, of: int, bridge: Bridge
    ) -> tuple[Posting, tuple[NewAction, ...]]:
        """The list; beside the `of` rows that were sorted out among colleagues there are so many `more`."""
        now, shown = bridge.clock(), tuple(self.rows[:_SHOWN])
        language = language_for(seller, market, bridge.texts)
        entries = tuple(_Entry.of(row, now, bridge) for row in shown)
        mail = OwnMail(
            kind=PostKind.NOTICE,
            template=("notice", "due_soon"),
            language=language,
            fields={
                "market": market.name,
                "seller": shown_name(seller),
                "due": tuple(entry.shown for entry in entries),
                "late": sum(entry.shown.is_late for entry in entries),
                "unlisted": len(self.rows) - len(shown) + (more if len(self.rows) == of else 0),
                "clocks": _clocks_in_words(shown, language, bridge),
                "off_since": seller.messaging_off_at or "" if self.kept else "",
                "kept": self.kept,
            },
            to=self.mailbox.address,
            from_=notice_address(market.alias_domain),
            from_name=market.name,
            record_id=None,
            market=market,
            thread_id=None,
            secrets=secrets_towards(seller, None, terms_of(market, bridge.settings)),
            reader=Role.SELLER.value,
            now=now,
        )
        return posting_of(mail, bridge), tuple(entry.action for entry in entries if entry.action is not None)


def _clocks_in_words(rows: tuple[DeadlineRow, ...], language: str, bridge: Bridge) -> tuple[str, ...]:
    known = bridge.rules().clocks
    ids = dict.fromkeys(row.honest.clock for row in rows)
    texts = (known[clock_id].text for clock_id in ids if clock_id in known)
    return tuple(dict.fromkeys(text.get(language, text["en"]) for text in texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One conversation of the list."""

    shown: DueShown
    #: to be committed with the mail; None where nothing but an answer ends the wait
    action: NewAction | None = None

    @classmethod
    def of(cls, row: DeadlineRow, now: datetime, bridge: Bridge) -> "_Entry":
        """The entry, with the one action that ends the wait without an answer, where there is one."""
        way = _way_without_answer(row, now, bridge)
        return cls(shown=_shown(row, now, _shown_ways(way, row.marketplace)), action=way.action if way else None)


def _way_without_answer(row: DeadlineRow, now: datetime, bridge: Bridge) -> ActionWay | None:
    """A new one-use address by which nobody need answer; "no reply needed" also where the market offers no actions."""
    market, rules = row.marketplace, bridge.rules()
    clock = rules.clocks.get(row.honest.clock)
    kinds: tuple[ActionKind, ...] = (ActionKind.NO_REPLY_NEEDED,)
    if market.offers_actions:
        terms = rules.area_of(market, row.thread.area, now.date())
        kinds = (*kinds, *offered(row.thread.state, terms, clock))
    kind = without_answer(kinds, clock)
    if kind is None or row.newest_record is None:
        return None
    return way_to(kind, row.newest_record, market.alias_domain, now, bridge)


def _shown_ways(way: ActionWay | None, market: Marketplace) -> tuple[ActionShown, ...]:
    """As it stands in the list: with its page where the market offers actions, as below a message."""
    if way is None:
        return ()
    return (way.shown if market.offers_actions else replace(way.shown, link=""),)


def _shown(row: DeadlineRow, now: datetime, actions: tuple[ActionShown, ...]) -> DueShown:
    thread, due_at = row.thread, row.honest.due_at
    away = abs(due_at - now)
    is_short = away < timedelta(minutes=_MINUTES)
    return DueShown(
        other_party=shown_name(row.buyer),
        order=thread.order_reference,
        subject=thread.subject_for_seller,
        asked_at=row.honest.started_at,
        due_at=due_at,
        is_late=due_at < now,
        amount=away // timedelta(minutes=1) if is_short else away // timedelta(hours=1),
        unit="min" if is_short else "h",
        counts_for_market=row.market is not None,
        answer_address=row.alias_of_buyer.address.addr_spec if row.alias_of_buyer is not None else "",
        answer_subject=f"Re: {thread.subject_for_seller} {tag_of(thread)}",
        actions=actions,
    )
