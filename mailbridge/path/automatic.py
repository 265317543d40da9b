"""Mail that an intent asks for: welcome, "was this you?", the daily list of held mail.

Each returns the posting, or None when there is nobody to send it to. Whether it is still due is `intents.py`.
"""

from collections.abc import Sequence

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction, Party, Role, Seller, mailbox_of, primary_mailbox, role_of
from mailbridge.domain.secrets import Secrets
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.mint import ActionToken
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.staff import head_mailbox
from mailbridge.store.records import DueIntent, HeldRecord
from mailbridge.texts import HeldShown


def welcome(intent: DueIntent, bridge: Bridge) -> Posting | None:
    """The first-day mail to a seller: how to reply, limits, where to ask."""
    market, seller = intent.marketplace, intent.seller
    mailbox = head_mailbox(seller) if seller else None
    if market is None or seller is None or mailbox is None or intent.record_id is None:
        return None
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "welcome"),
        language=language_for(seller, market, bridge.texts),
        fields={
            "market": market.name,
            "seller": shown_name(seller),
            "contact_address": f"{seller.contact}@{market.alias_domain}",
            "max_message_octets": bridge.settings.max_message_octets,
            "test_address": f"test@{market.alias_domain}",
        },
        to=mailbox.address,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=intent.record_id,
        market=market,
        thread_id=None,
        secrets=secrets_towards(seller, intent.buyer, terms_of(intent.marketplace, bridge.settings)),
        reader=Role.SELLER.value,
        now=bridge.clock(),
    )
    return posting_of(mail, bridge)


def was_this_you(
    intent: DueIntent, held: HeldRecord, bridge: Bridge, *, message: Message, token: ActionToken
) -> Posting | None:
    """Ask the registered mailbox whether it wrote the held mail; any mail to the action address confirms (D9, D20)."""
    market, author = intent.marketplace, message.author
    party = _claimed_party(intent, held)
    if market is None or party is None or author is None:
        return None
    mailbox = mailbox_of(party, author.addr_spec) or primary_mailbox(party)
    if mailbox is None:
        return None
    other: Party | None = intent.buyer if isinstance(party, Seller) else intent.seller
    action = AliasAddress(f"act-{token}@{market.alias_domain}")
    now = bridge.clock()
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "was_this_you"),
        language=language_for(party, market, bridge.texts),
        fields={
            "market": market.name,
            "other_party": shown_name(other) if other else market.name,
            "order": intent.thread.order_reference if intent.thread else "",
            "written_at": held.received_at,
            "valid_until": now + bridge.settings.confirm_within,
            "action_address": action.addr_spec,
        },
        to=mailbox.address,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=held.record_id,
        market=market,
        thread_id=None,
        secrets=secrets_towards(party, other, terms_of(intent.marketplace, bridge.settings)),
        reader=role_of(party).value,
        now=now,
        reply_to=action,
    )
    return posting_of(mail, bridge)


def _claimed_party(intent: DueIntent, held: HeldRecord) -> Party | None:
    if held.direction is None:  # a contact address, where everybody writes as a buyer
        return intent.buyer
    return intent.seller if held.direction is Direction.TO_BUYER else intent.buyer


def _why_held(record: HeldRecord, language: str, bridge: Bridge) -> str:
    if record.hold is None:
        return record.reason
    return bridge.texts.render("console", language, "hold", {"reason": record.hold.value}).plain


def digest(held: Sequence[HeldRecord], total: int, reviews: int, bridge: Bridge) -> Posting:
    """The daily list of mail that waits for the person in charge; `reviews` is how many reports and appeals do."""
    language = bridge.settings.operator_language
    mail = OwnMail(
        kind=PostKind.DIGEST,
        template=("notice", "digest"),
        language=language,
        fields={
            "hostname": bridge.settings.hostname,
            "total": total,
            "reviews": reviews,
            "held": tuple(
                HeldShown(
                    record_id=record.record_id,
                    reason=_why_held(record, language, bridge),
                    market=record.marketplace,
                    received_at=record.received_at,
                )
                for record in held
            ),
        },
        to=bridge.settings.operator,
        from_=notice_address(bridge.settings.hostname),
        from_name=bridge.settings.hostname,
        record_id=None,
        market=None,
        thread_id=None,
        secrets=Secrets(),
        reader="operator",
        now=bridge.clock(),
    )
    return posting_of(mail, bridge)
