"""What a seller wants to be told: he stops notices about buyers who opted out, or lets them come again, by mail (E-06).

Which refusals these are says `policy/mending.py`; nothing else is ever left untold. The token that he uses went to his
mailbox alone; whatever changes is told to it, with the way back.
"""

from dataclasses import dataclass

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.facts import ActionDestination, ActionKind, Facts
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Marketplace, role_of
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.staff import head_mailbox
from mailbridge.store.records import NewAction
from mailbridge.store.wishes import OptOutTelling
from mailbridge.texts import FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What follows from the use of a token, to be committed with it."""

    telling: OptOutTelling
    actions: tuple[NewAction, ...]
    postings: tuple[Posting, ...]


def told_as_asked(
    facts: Facts, destination: ActionDestination, message: Message, asked_in: RecordId, bridge: Bridge
) -> Told | None:
    """What the mail to this address brings; None where nobody knows any more whose message it is about."""
    seller = facts.seller
    if seller is None or destination.record_id is None:
        return None
    market = next(market for market in bridge.store.marketplaces() if market.id == seller.marketplace_id)
    is_told = destination.kind is ActionKind.TOLD_OF_OPT_OUTS
    telling = OptOutTelling(seller_id=seller.id, is_told=is_told, via="mail")
    token, ends = bridge.mint.action_token(), facts.now + bridge.settings.opt_out_within
    back = NewAction(
        token_hash=bridge.store.action_hash(token),
        kind=ActionKind.UNTOLD_OF_OPT_OUTS if is_told else ActionKind.TOLD_OF_OPT_OUTS,
        record_id=destination.record_id,
        expires_at=ends,
    )
    address = AliasAddress(f"act-{token}@{market.alias_domain}")
    fields: dict[str, FieldValue] = {"switch_address": address.addr_spec, "valid_until": ends}
    asked = _Asked(record_id=asked_in, message_id=message.message_id)
    return Told(
        telling=telling, actions=(back,), postings=_told(facts, market, fields, asked, telling=telling, bridge=bridge)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The mail that asks for it."""

    record_id: RecordId
    #: with angle brackets
    message_id: str | None


def _told(
    facts: Facts,
    market: Marketplace,
    fields: dict[str, FieldValue],
    asked: _Asked,
    *,
    telling: OptOutTelling,
    bridge: Bridge,
) -> tuple[Posting, ...]:
    """The notice to the seller's own mailbox, whoever used the token; none where he has none."""
    seller = facts.seller
    mailbox = head_mailbox(seller) if seller is not None else None
    if seller is None or mailbox is None:
        return ()
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "opt_outs_told" if telling.is_told else "opt_outs_untold"),
        language=language_for(seller, market, bridge.texts),
        fields={"market": market.name, "seller": shown_name(seller)} | fields,
        to=mailbox.address,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=asked.record_id,
        market=market,
        thread_id=None,
        secrets=secrets_towards(seller, facts.buyer, terms_of(market, bridge.settings)),
        reader=role_of(seller).value,
        now=facts.now,
        auto_submitted="auto-replied",
        answers=asked.message_id,
    )
    return (posting_of(mail, bridge),)
