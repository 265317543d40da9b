"""Mail that follows a message in its thread: to its author, what was taken out of it, or that it stays refused; to the
other side, who is away.

Each returns the posting, or None when there is nobody to send it to. Holds nothing of what was taken out, and nothing
that anybody wrote (T-51, T-59). Whether it is due is `intents.py`.
"""

from collections.abc import Iterable

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Party, Role, mailbox_of, primary_mailbox, role_of
from mailbridge.message.nameddates import dates_named
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import language_for, shown_name
from mailbridge.store.records import DueIntent
from mailbridge.texts import REMOVED_KINDS, FieldValue

#: what the masker calls it, to what the author is told it was
_SHOWN = {"address": "address", "domain": "address", "contact card": "card"}


def shown_kinds(removed: Iterable[str]) -> tuple[str, ...]:
    """Kinds of the masker as texts know them, in the order of the texts."""
    shown = {_SHOWN.get(kind, kind) for kind in removed}
    return tuple(kind for kind in REMOVED_KINDS if kind in {k if k in REMOVED_KINDS else "other" for k in shown})


def removed(intent: DueIntent, bridge: Bridge) -> Posting | None:
    """Tell the author of a relayed message what was taken out of his words (P14)."""
    kinds = shown_kinds(intent.origin.removed) if intent.origin is not None else ()
    return _to_author(intent, "removed", {"removed": kinds}, bridge)


def stays_refused(intent: DueIntent, bridge: Bridge) -> Posting | None:
    """Tell the author of a held message that a person looked at it and does not let it go (E-38)."""
    return _to_author(intent, "stays_refused", {}, bridge)


def _to_author(intent: DueIntent, name: str, fields: dict[str, FieldValue], bridge: Bridge) -> Posting | None:
    """A notice about a message to its author, at the mailbox he wrote from."""
    market, thread, origin = intent.marketplace, intent.thread, intent.origin
    if market is None or thread is None or origin is None or origin.direction is None:
        return None
    author, other = _sides(intent, origin.direction.author_role)
    if author is None or other is None or origin.author_addr_spec is None:
        return None
    if not author.is_active or mailbox_of(author, origin.author_addr_spec) is None:
        return None  # by now it is nobody's mailbox any more
    about: dict[str, FieldValue] = {
        "market": market.name,
        "other_party": shown_name(other),
        "order": thread.order_reference,
        "written_at": origin.received_at,
    }
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", name),
        language=language_for(author, market, bridge.texts),
        fields=about | fields,
        to=RealAddress(origin.author_addr_spec),
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=intent.record_id,
        market=market,
        thread_id=thread.id,
        secrets=secrets_towards(author, other, terms_of(market, bridge.settings)),
        reader=role_of(author).value,
        now=bridge.clock(),
        auto_submitted="auto-replied",
        answers=origin.author_message_id,
    )
    return posting_of(mail, bridge)


def away(intent: DueIntent, message: Message, bridge: Bridge) -> Posting | None:
    """Tell the other side that an automatic reply came to what it wrote: whose, and the days that it names (D19, T-51).

    None where the other side never wrote to whoever is away: then it is no answer to it.
    """
    market, thread, origin = intent.marketplace, intent.thread, intent.origin
    if market is None or thread is None or origin is None or origin.direction is None:
        return None
    role = origin.direction.author_role
    absent, told = _sides(intent, role)
    was_written_to = thread.seller_was_written_to if role is Role.SELLER else thread.buyer_was_written_to
    mailbox = primary_mailbox(told) if told is not None and told.is_active else None
    if absent is None or told is None or mailbox is None or not was_written_to:
        return None
    days = dates_named(message.new_text, origin.received_at.date())
    known = [identifier for ids in thread.message_ids if (identifier := ids.known_to(role.other))]
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "away"),
        language=language_for(told, market, bridge.texts),
        fields={
            "market": market.name,
            "other_party": shown_name(absent),
            "order": thread.order_reference,
            "dates": tuple(day.isoformat() for day in days),
        },
        to=mailbox.address,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=intent.record_id,
        market=market,
        thread_id=thread.id,
        secrets=secrets_towards(told, absent, terms_of(market, bridge.settings)),
        reader=role_of(told).value,
        now=bridge.clock(),
        auto_submitted="auto-replied",
        answers=known[-1] if known else None,
        references=tuple(identifier for identifier in (thread.root_message_id, *known[-1:]) if identifier),
    )
    return posting_of(mail, bridge)


def _sides(intent: DueIntent, author_role: Role) -> tuple[Party | None, Party | None]:
    """The author of the mail that the intent is about, and the other side."""
    if author_role is Role.SELLER:
        return intent.seller, intent.buyer
    return intent.buyer, intent.seller
