"""Somebody of a shop said by mail to test@ that he is away, or there again: it is set, and he hears what holds (S-13).

Who wrote was proven when the mail came. A mailbox that several shops of the marketplace have is away for each of them;
it hears of each. Setting the same twice changes nothing, so a crash in between does no harm.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox, Marketplace, Role, Seller, mailbox_of
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy import staff
from mailbridge.policy.awaywords import AwayWords, Unclear, away_words, terms_after
from mailbridge.store.records import DueIntent
from mailbridge.texts import FieldValue

#: how far ahead the day is that shows how to write one
_EXAMPLE: Final = timedelta(days=14)


def said_away(intent: DueIntent, message: Message, bridge: Bridge) -> tuple[Posting, ...]:
    """Set it for each shop that has the author's mailbox, and the answers; () where none has it any more."""
    market, words, author = intent.marketplace, away_words(message), message.author
    if market is None or words is None or author is None:
        return ()
    bridge.store.look_again()  # terms are set whole: what another process changed a moment ago must not be lost
    said = _Said(words, message, intent, market)
    return tuple(
        said.settled(shop, mailbox, bridge)
        for shop in bridge.store.sellers_with_mailbox(market.id, author.addr_spec)
        if shop.is_active and (mailbox := mailbox_of(shop, author.addr_spec)) is not None
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What somebody said, and the mail that he said it in."""

    words: AwayWords
    message: Message
    intent: DueIntent
    market: Marketplace

    def settled(self, shop: Seller, mailbox: Mailbox, bridge: Bridge) -> Posting:
        """Do it for one shop, and say what holds now."""
        market, now = self.market, bridge.clock()
        after = terms_after(self.words, shop, mailbox, now, market.time_zone)
        problem = after.value if isinstance(after, Unclear) else ""
        if not isinstance(after, Unclear):
            bridge.store.save_staff_terms(shop.id, {mailbox.address: after}, now)
            mailbox = replace(mailbox, staff=after)
        mail = OwnMail(
            kind=PostKind.NOTICE,
            template=("notice", "staff_away"),
            language=language_for(shop, market, bridge.texts),
            fields=_fields(shop, mailbox, market, now) | {"problem": problem},
            to=mailbox.address,
            from_=notice_address(market.alias_domain),
            from_name=market.name,
            record_id=self.intent.record_id,
            market=market,
            thread_id=None,
            secrets=secrets_towards(shop, None, terms_of(market, bridge.settings)),
            reader=Role.SELLER.value,
            now=now,
            auto_submitted="auto-replied",
            answers=self.message.message_id,
        )
        return posting_of(mail, bridge)


def _fields(shop: Seller, mailbox: Mailbox, market: Marketplace, now: datetime) -> dict[str, FieldValue]:
    """What holds for this mailbox."""
    terms, is_away = staff.terms_of(mailbox), staff.is_away(mailbox, now)
    others = (one for one in shop.mailboxes if one.address.key != mailbox.address.key)
    names = (staff.name_of_colleague(shop, one.address.addr_spec) for one in others if staff.may_take(shop, one))
    stand_in = terms.stand_in.addr_spec if is_away and terms.stand_in is not None else ""
    return {
        "market": market.name,
        "seller": shown_name(shop),
        "away_until": terms.away_until if is_away and terms.away_until is not None else "",
        "stand_in": staff.name_of_colleague(shop, stand_in) if stand_in else "",
        "colleagues": tuple(names),
        "example_day": (now.astimezone(market.time_zone).date() + _EXAMPLE).isoformat(),
        "test_address": f"test@{market.alias_domain}",
    }
