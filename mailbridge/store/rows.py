"""Rows into nouns and nouns into rows: the only place that knows both.

Opens what is sealed with the keys it is given; runs no statement.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from mailbridge.domain.acknowledgement import AREAS_OF_BUYERS
from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.ids import AliasId, BuyerId, MarketplaceId, OfferId, OrderId, SanctionId, SellerId, ThreadId
from mailbridge.domain.parties import (
    Buyer,
    FirstContact,
    Hides,
    History,
    Mailbox,
    Marketplace,
    PersonalData,
    Role,
    Seller,
)
from mailbridge.domain.standing import Sanction, Step
from mailbridge.domain.thread import Alias, AliasState, Area, TextMark, Thread, ThreadMessageIds, ThreadState
from mailbridge.domain.trade import Offer, Order, OrderState
from mailbridge.domain.trade_batch import TradeBuyer, TradeMarketplace
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.staffrows import terms_values, to_terms

#: how many message ids stay with the thread; older ones are found by their hash (`Thread.message_ids`)
MESSAGE_IDS_KEPT = 20

#: a row of whatever was selected
AnyRow = Row[*tuple[Any, ...]]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def micros(instant: datetime) -> int:
    """Whole microseconds since 1970 UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(number: int) -> datetime:
    """Aware UTC again."""
    return _EPOCH + timedelta(microseconds=number)


def maybe_micros(value: datetime | None) -> int | None:
    """The same for a column that may be NULL."""
    return None if value is None else micros(value)


def maybe_instant(number: int | None) -> datetime | None:
    """The same for a column that may be NULL."""
    return None if number is None else instant(number)


def to_json(value: object) -> str:
    """Compact JSON."""
    return _dumps(value)


def to_octets(value: object) -> bytes:
    """Compact JSON as octets; lone surrogates of broken mail survive the round trip."""
    return _dumps(value).encode("utf-8", "surrogatepass")


def from_octets(octets: bytes) -> Any:
    """What `to_octets` was given."""
    return json.loads(octets.decode("utf-8", "surrogatepass"))


def marketplace_settings(market: TradeMarketplace) -> str:
    """The settings column."""
    return to_json(
        {
            "languages": market.languages,
            "cc_address": market.cc_address,
            "rule_packs": market.rule_packs,
            "own_domains": market.own_domains,
            "first_contact": market.first_contact.value,
            "history": market.history.value,
            "hides": [hidden.value for hidden in market.hides],
            "acknowledges": market.acknowledges,
            "acknowledge_after_s": market.acknowledge_after_s,
            "acknowledged_areas": [area.value for area in market.acknowledged_areas],
            "copies_acknowledgements": market.copies_acknowledgements,
            "regions": market.regions,
            "time_zone": market.time_zone,
            "takes_reports": market.takes_reports,
            "offers_actions": market.offers_actions,
            "tells_when_called": market.tells_when_called,
        }
    )


def to_marketplace(row: AnyRow) -> Marketplace:
    """A row of marketplaces."""
    settings = json.loads(row.settings)
    cc_address = settings["cc_address"]
    return Marketplace(
        id=MarketplaceId(row.id),
        name=row.name,
        alias_domain=row.alias_domain,
        languages=tuple(settings["languages"]),
        cc_address=None if cc_address is None else AliasAddress(cc_address),
        rule_packs=tuple(settings["rule_packs"]),
        own_domains=tuple(settings["own_domains"]),
        first_contact=FirstContact(settings["first_contact"]),
        history=History(settings["history"]),
        hides=tuple(Hides(hidden) for hidden in settings.get("hides", [each.value for each in Hides])),
        acknowledges=settings["acknowledges"],
        acknowledge_after_s=settings["acknowledge_after_s"],
        acknowledged_areas=tuple(
            map(Area, settings.get("acknowledged_areas", [each.value for each in AREAS_OF_BUYERS]))
        ),
        copies_acknowledgements=settings.get("copies_acknowledgements", False),
        regions=tuple(settings["regions"]),
        time_zone=ZoneInfo(settings["time_zone"]) if settings.get("time_zone", "UTC") != "UTC" else UTC,
        takes_reports=settings.get("takes_reports", False),
        offers_actions=settings.get("offers_actions", False),
        tells_when_called=settings.get("tells_when_called", True),
        is_active=row.is_active,
    )


def mailbox_place(owner_id: str, address_hash: bytes) -> str:
    """Where the sealed content of a mailbox stands."""
    return f"mailboxes.content.{owner_id}.{address_hash.hex()}"


def mailbox_content(mailbox: Mailbox, holder: Sealer, place: str) -> bytes:
    """The sealed content of a mailbox."""
    said = [] if mailbox.staff is None else [terms_values(mailbox.staff)]
    return holder.seal(to_octets([mailbox.address.addr_spec, mailbox.authenticated_as, *said]), place)


def to_mailboxes(rows: Iterable[AnyRow], holder: Sealer) -> tuple[Mailbox, ...]:
    """Rows of mailboxes of one owner."""
    found = []
    for row in rows:
        place = mailbox_place(row.owner_id, row.address_hash)
        addr_spec, proofs, *said = from_octets(holder.open(row.content, place))
        found.append(
            Mailbox(
                address=RealAddress(addr_spec),
                authenticated_as=tuple(proofs),
                is_primary=row.is_primary,
                is_active=row.is_active,
                staff=to_terms(said[0]) if said else None,
            )
        )
    return tuple(found)


def to_seller(row: AnyRow, mailbox_rows: Iterable[AnyRow], keys: KeyRing) -> Seller:
    """A row of sellers with its mailboxes."""
    holder = keys.holder(f"seller.{row.id}", row.holder)
    return Seller(
        id=SellerId(row.id),
        marketplace_id=MarketplaceId(row.marketplace_id),
        name=row.name,
        contact=row.contact,
        mailboxes=to_mailboxes(mailbox_rows, holder),
        language=row.language,
        is_business=row.is_business,
        told_of_opt_outs=row.told_of_opt_outs is None or bool(row.told_of_opt_outs),
        personal=_personal(from_octets(holder.open(row.content, seller_place(row.id))) if row.content else []),
        due_mail_at=_times(row.due_mail_at),
        undo_s=row.undo_s or 0,
        is_active=row.is_active,
        first_answer_takes=bool(row.first_answer_takes),
        messaging_off_at=maybe_instant(row.messaging_off_at),
    )


def _times(column: str | None) -> tuple[time, ...]:
    return tuple(map(time.fromisoformat, json.loads(column or '["08:00"]')))


def to_sanction(row: AnyRow) -> Sanction:
    """A row of sanctions, as far as it says what its seller may do."""
    return Sanction(id=SanctionId(row.id), step=Step(row.step), at=instant(row.at), until=maybe_instant(row.until))


def seller_place(seller_id: str) -> str:
    """Where the sealed content of a seller stands."""
    return f"sellers.content.{seller_id}"


def seller_content(seller_id: str, personal: PersonalData, holder: Sealer) -> bytes:
    """The sealed content of a seller."""
    return holder.seal(to_octets(_of_personal(personal)), seller_place(seller_id))


def _of_personal(personal: PersonalData) -> list[tuple[str, ...]]:
    return [personal.names, personal.phones, personal.postal]


def _personal(values: list[list[str]]) -> PersonalData:
    names, phones, postal = values or ([], [], [])
    return PersonalData(names=tuple(names), phones=tuple(phones), postal=tuple(postal))


def buyer_content(buyer_id: str, buyer: Buyer | TradeBuyer, holder: Sealer) -> bytes:
    """The sealed content of a buyer."""
    content = [buyer.handle, buyer.name, _of_personal(buyer.personal)]
    return holder.seal(to_octets(content), f"buyers.content.{buyer_id}")


def to_buyer(row: AnyRow, mailbox_rows: Iterable[AnyRow], keys: KeyRing) -> Buyer:
    """A row of buyers with its mailboxes."""
    holder = keys.holder(f"buyer.{row.id}", row.holder)
    handle, name, *more = from_octets(holder.open(row.content, f"buyers.content.{row.id}"))
    return Buyer(
        id=BuyerId(row.id),
        marketplace_id=MarketplaceId(row.marketplace_id),
        handle=handle,
        name=name,
        personal=_personal(more[0] if more else []),
        mailboxes=to_mailboxes(mailbox_rows, holder),
        language=row.language,
        is_active=row.is_active,
    )


def to_alias(row: AnyRow) -> Alias:
    """A row of aliases."""
    return Alias(
        id=AliasId(row.id),
        address=AliasAddress(row.address),
        marketplace_id=MarketplaceId(row.marketplace_id),
        seller_id=SellerId(row.seller_id),
        buyer_id=BuyerId(row.buyer_id),
        stands_for=Role(row.stands_for),
        state=AliasState(row.state),
    )


def alias_values(alias: Alias, now: int) -> dict[str, object]:
    """The row of a new alias."""
    return {
        "id": alias.id,
        "address": alias.address.key,
        "marketplace_id": alias.marketplace_id,
        "seller_id": alias.seller_id,
        "buyer_id": alias.buyer_id,
        "stands_for": alias.stands_for.value,
        "state": alias.state.value,
        "created_at": now,
    }


def to_order(row: AnyRow) -> Order:
    """A row of orders."""
    return Order(
        id=OrderId(row.id),
        marketplace_id=MarketplaceId(row.marketplace_id),
        reference=row.reference,
        seller_id=SellerId(row.seller_id),
        buyer_id=BuyerId(row.buyer_id),
        state=OrderState(row.state),
        completed_at=maybe_instant(row.completed_at),
        fulfilled_by=row.fulfilled_by,
        is_gift=row.is_gift,
        placed_at=maybe_instant(row.placed_at),
        is_active=row.is_active,
    )


def to_offer(row: AnyRow) -> Offer:
    """A row of offers."""
    return Offer(
        id=OfferId(row.id),
        marketplace_id=MarketplaceId(row.marketplace_id),
        reference=row.reference,
        seller_id=SellerId(row.seller_id),
        title=row.title,
        is_active=row.is_active,
    )


def thread_content(thread: Thread, holder: Sealer) -> bytes:
    """The sealed content of a thread."""
    content = [
        thread.subject_for_buyer,
        thread.subject_for_seller,
        thread.root_message_id,
        thread.order_reference,
        thread.offer_reference,
        [_of_ids(ids) for ids in thread.message_ids[-MESSAGE_IDS_KEPT:]],
        thread.copies_market,
        thread.assigned_to.addr_spec if thread.assigned_to is not None else None,
        thread.market_reference,
    ]
    return holder.seal(to_octets(content), f"threads.content.{thread.id}")


def _of_ids(ids: ThreadMessageIds) -> tuple[str | int | None, ...]:
    mark = ids.text
    kept = (mark.reader.value, mark.characters, mark.digest, mark.subject) if mark else ()
    return ids.for_buyer, ids.for_seller, *kept


def _to_ids(for_buyer: str | None, for_seller: str | None, *mark: Any) -> ThreadMessageIds:
    """What `_of_ids` gave; without a mark where it was kept before there were any."""
    text = TextMark(Role(mark[0]), *mark[1:]) if mark else None
    return ThreadMessageIds(for_buyer=for_buyer, for_seller=for_seller, text=text)


def to_thread(row: AnyRow, keys: KeyRing) -> Thread:
    """A row of threads."""
    holder = keys.holder(f"thread.{row.id}", row.holder)
    subject_for_buyer, subject_for_seller, root, order_reference, offer_reference, ids, *more = from_octets(
        holder.open(row.content, f"threads.content.{row.id}")
    )
    return Thread(
        id=ThreadId(row.id),
        marketplace_id=MarketplaceId(row.marketplace_id),
        seller_id=SellerId(row.seller_id),
        buyer_id=BuyerId(row.buyer_id),
        area=Area(row.area),
        order_id=_maybe(OrderId, row.order_id),
        order_reference=order_reference,
        offer_id=_maybe(OfferId, row.offer_id),
        offer_reference=offer_reference,
        state=ThreadState(row.state),
        version=row.version,
        subject_for_buyer=subject_for_buyer,
        subject_for_seller=subject_for_seller,
        root_message_id=root,
        message_ids=tuple(_to_ids(*each) for each in ids),
        last_at=instant(row.last_at),
        is_acknowledged=row.is_acknowledged,
        seller_was_written_to=row.seller_was_written_to,
        buyer_was_written_to=row.buyer_was_written_to,
        copies_market=bool(more and more[0]),
        assigned_to=_maybe(RealAddress, more[1] if more[1:] else None),
        market_reference=more[2] if more[2:] else "",
        market_joined_at=None if row.market_joined_at is None else instant(row.market_joined_at),
        last_by=_maybe(Role, row.last_by),
        topics=tuple((row.topics or "").split()),
        has_people=row.has_people is not False,
    )


def _maybe(kind: Any, value: str | None) -> Any:
    return None if value is None else kind(value)
