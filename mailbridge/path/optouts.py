"""Opt-out by the buyer: the way out that stands in mail which a seller started, and what happens when it is taken.

Which mail carries it is said here (D19: never an answer, never what an order needs); how it is used by mail stands in
`legs.py`, by a browser in `web/`. The token is the authority: it went to the buyer's mailbox alone, and mail programs
use it by themselves (RFC 8058). Whatever changes is told to the buyer, with a way back.
"""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import RecordId
from mailbridge.domain.outreach import Outreach, Wish
from mailbridge.domain.parties import primary_mailbox, role_of
from mailbridge.events import Event, emit
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.mint import ActionToken
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting, post
from mailbridge.path.wording import language_for, shown_name
from mailbridge.store.records import NewAction
from mailbridge.store.wishes import NewOptOut, OptOutOffer
from mailbridge.texts import FieldValue

_ALL_OF_MARKET = Wish(of_all_sellers=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A one-use address, and where the operator has a public web address a link, for one thing."""

    address: AliasAddress
    #: "" where there is no public web address
    link: str
    token: ActionToken
    #: to be committed with the mail that it stands in
    action: NewAction

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The header fields of RFC 2369 §3.2 and RFC 8058 §3.1; one click needs HTTPS."""
        by_mail = f"<mailto:{self.address.addr_spec}?subject=unsubscribe>"
        if not self.link:
            return (("List-Unsubscribe", by_mail),)
        return (
            ("List-Unsubscribe", f"<{self.link}>, {by_mail}"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        )


def way_out_of(
    outreach: Outreach | None, record_id: RecordId, *, domain: str, now: datetime, bridge: Bridge
) -> WayOut | None:
    """The way out of this mail; None for an answer, and for what an order can not be fulfilled without (S-15, D19)."""
    if outreach is None or (outreach.reason is not None and outreach.reason.is_critical):
        return None
    return _way(ActionKind.OPT_OUT, Wish(), record_id, domain=domain, now=now, bridge=bridge)


def _way(  # one row of the store, and where it is shown
    kind: ActionKind, wish: Wish, record_id: RecordId, *, domain: str, now: datetime, bridge: Bridge
) -> WayOut:
    token = bridge.mint.action_token()
    public_url = bridge.settings.public_url
    return WayOut(
        address=AliasAddress(f"act-{token}@{domain}"),
        link=link_to(token, bridge) if public_url else "",
        token=token,
        action=NewAction(
            token_hash=bridge.store.action_hash(token),
            kind=kind,
            record_id=record_id,
            expires_at=now + bridge.settings.opt_out_within,
            wish=wish,
        ),
    )


def link_to(token: str, bridge: Bridge) -> str:
    """Where the public page of this token stands."""
    return f"{bridge.settings.public_url}/u/{token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What follows from the use of a token, to be committed with it."""

    new: NewOptOut
    actions: tuple[NewAction, ...] = ()
    postings: tuple[Posting, ...] = ()
    #: the way back; None from one
    way_back: WayOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBy:
    """The mail that a token was used by."""

    record_id: RecordId
    #: with angle brackets
    message_id: str | None


def turned(offer: OptOutOffer, wish: Wish, bridge: Bridge, *, asked_by: AskedBy | None = None) -> Turn:
    """What the use of this token for this wish brings: the wish, the way back, and the mail that tells the buyer.

    Without `asked_by` it is used in a browser; then who stopped this before is told nothing again.
    """
    now, domain = bridge.clock(), offer.marketplace.alias_domain
    is_back = offer.kind is ActionKind.OPT_IN
    new = NewOptOut(
        buyer_id=offer.buyer.id,
        seller_id=None if wish.of_all_sellers else offer.seller.id,
        kind=wish.kind,
        via="web" if asked_by is None else "mail",
        is_taken_back=is_back,
    )
    if is_back:
        return Turn(new=new, postings=_told(offer, wish, _taken_back(offer, wish), bridge, asked_by=asked_by))
    back = _way(ActionKind.OPT_IN, wish, offer.record_id, domain=domain, now=now, bridge=bridge)
    if asked_by is None and offer.holds(wish):
        return Turn(new=new, actions=(back.action,), way_back=back)
    ways: tuple[WayOut, ...] = (back,)
    further: dict[str, FieldValue] = {"all_address": "", "all_link": ""}
    if not wish.of_all_sellers and not offer.holds(_ALL_OF_MARKET):
        every = _way(ActionKind.OPT_OUT, _ALL_OF_MARKET, offer.record_id, domain=domain, now=now, bridge=bridge)
        ways = (back, every)
        further = {"all_address": every.address.addr_spec, "all_link": every.link}
    fields = further | {
        "opt_in_address": back.address.addr_spec,
        "opt_in_link": back.link,
        "valid_until": back.action.expires_at,
    }
    postings = _told(offer, wish, fields, bridge, asked_by=asked_by)
    return Turn(new=new, actions=tuple(way.action for way in ways), postings=postings, way_back=back)


def _taken_back(offer: OptOutOffer, wish: Wish) -> dict[str, FieldValue]:
    return {"still_stopped": still_stopped(offer, wish)}


def still_stopped(offer: OptOutOffer, wish: Wish) -> str:
    """What stays stopped of this seller when this wish is taken back: "all", "review" or "" for nothing."""
    seller_id = None if wish.of_all_sellers else offer.seller.id
    left = {each.kind.value for each in offer.opt_outs if (each.seller_id, each.kind) != (seller_id, wish.kind)}
    return "all" if "all" in left else "review" if left else ""


def about(offer: OptOutOffer, wish: Wish) -> dict[str, FieldValue]:
    """The fields of every text about a wish."""
    return {
        "market": offer.marketplace.name,
        "seller": shown_name(offer.seller),
        "scope": "market" if wish.of_all_sellers else "seller",
        "wish": wish.kind.value,
    }


def _told(
    offer: OptOutOffer, wish: Wish, fields: dict[str, FieldValue], bridge: Bridge, *, asked_by: AskedBy | None
) -> tuple[Posting, ...]:
    """The notice to the buyer's own mailbox, whoever used the token; none where he has none."""
    market, buyer, mailbox = offer.marketplace, offer.buyer, primary_mailbox(offer.buyer)
    if mailbox is None:
        return ()
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "opted_in" if offer.kind is ActionKind.OPT_IN else "opted_out"),
        language=language_for(buyer, market, bridge.texts),
        fields=about(offer, wish) | fields,
        to=mailbox.address,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=offer.record_id if asked_by is None else asked_by.record_id,
        market=market,
        thread_id=None,
        secrets=secrets_towards(buyer, offer.seller, terms_of(market, bridge.settings)),
        reader=role_of(buyer).value,
        now=bridge.clock(),
        auto_submitted="auto-generated" if asked_by is None else "auto-replied",
        answers=asked_by.message_id if asked_by is not None else None,
    )
    return (posting_of(mail, bridge),)


def offer_behind(token: str, bridge: Bridge) -> OptOutOffer | None:
    """What a buyer may do with this token; None alike for one that is unknown, for something else, or over."""
    return bridge.store.opt_out_offer(bridge.store.action_hash(token), bridge.clock())


def use_in_browser(offer: OptOutOffer, wish: Wish, bridge: Bridge) -> Turn:
    """Do at once what the token is for. Conflict where somebody did so meanwhile: then nothing was written."""
    turn = turned(offer, wish, bridge)
    deliveries = tuple(d for posting in turn.postings if isinstance(d := post(posting, bridge), NewDelivery))
    bridge.store.use_opt_out(offer, turn.new, deliveries=deliveries, actions=turn.actions, now=bridge.clock())
    result = "taken_back" if turn.new.is_taken_back else "stopped_before" if offer.holds(wish) else "stopped"
    emit(Event.OPT_OUT_BY_WEB, record_id=offer.record_id, result=result)
    return turn
