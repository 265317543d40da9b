"""Acknowledgements that are only looked at or tried: preview, test mail, and what an import would save.

Books nothing and answers nobody. What is really sent is `ackmail.py`, in the same words.
"""

from dataclasses import dataclass, replace
from typing import Final

from mailbridge.domain.acknowledgement import NO_AREA, AckText, AckWishes
from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.ids import MarketplaceId, SellerId
from mailbridge.domain.parties import Marketplace, Seller
from mailbridge.domain.trade_batch import TradeBatch, TradeMarketplace, TradeSeller
from mailbridge.errors import NotPossible, Problem
from mailbridge.path.ackcopies import Copy, copy_posting
from mailbridge.path.ackmail import sender_name, words_of
from mailbridge.path.acktexts import Subject, chosen_text, problems_of
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting, Withheld, post

_SAMPLE_BUYER: Final = "Anna K."
_SAMPLE_ALIAS: Final = "aaaaaaaaaaaaaaaa"
_LEAKS: Final = "holds an address or other secret of the seller's: buyers never get one"
_NOWHERE: Final = RealAddress("buyer@mail.invalid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An acknowledgement and the seller's copy of it, as they would be sent now."""

    acknowledgement: Posting
    copy: Posting


def trial(about: Subject, language: str, to: RealAddress, bridge: Bridge, *, text: AckText | None = None) -> Trial:
    """Both mails to one mailbox, about a buyer who is none; in the words of `text`, else in those that are saved.

    They come from the notice address, since there is no conversation that an answer could reach.
    """
    now = bridge.clock()
    own = text if text is not None else chosen_text(about.seller.acknowledgement, about.area, language)
    acknowledgement = _posting(about, language, to, bridge, text=own)
    copy = Copy(
        about=about,
        other_party=_SAMPLE_BUYER,
        written_at=now,
        waits_until=None,
        answer_to=AliasAddress(f"{_SAMPLE_ALIAS}@{about.market.alias_domain}"),
        sent=acknowledgement.composition.body.plain or "",
    )
    return Trial(acknowledgement=acknowledgement, copy=copy_posting(copy, to, bridge, now))


def send_test(about: Subject, language: str, to: RealAddress, bridge: Bridge) -> None:
    """Queue both mails (S-51); NotPossible for an address of ours, or where the gate stops one."""
    if to.key.rpartition("@")[2] in _our_domains(bridge):
        raise NotPossible(f"{to.addr_spec} is an address of ours: give a mailbox of your own")
    tried = trial(about, language, to, bridge)
    made = [post(posting, bridge) for posting in (tried.acknowledgement, tried.copy)]
    ready = tuple(delivery for delivery in made if isinstance(delivery, NewDelivery))
    if len(ready) < len(made):
        raise NotPossible("the leak gate stops it: a secret of the seller's would stand in it; see `ack show`")
    bridge.store.post_alone(ready)


def wrong_with(wishes: AckWishes, market: Marketplace, seller: Seller, bridge: Bridge) -> tuple[tuple[str, str], ...]:
    """Why these wishes can not be saved: key and reason of each thing that is wrong; empty when they can."""
    found: list[tuple[str, str]] = []
    areas = market.acknowledged_areas if wishes.areas is None else wishes.areas
    is_on = market.acknowledges if wishes.is_on is None else wishes.is_on
    if is_on and not areas:
        found.append(("areas" if wishes.is_on is None else "is_on", NO_AREA))
    if wishes.notify is not None and wishes.notify.key.rpartition("@")[2] in _our_domains(bridge):
        found.append(("notify", "is an address of ours: a copy to it would go round"))
    about = Subject(market=market, seller=replace(seller, acknowledgement=wishes))
    found += problems_of(wishes, about, bridge)
    return tuple(found) or _leaks_of(wishes, about, bridge)


def import_problems(batch: TradeBatch, bridge: Bridge) -> tuple[Problem, ...]:
    """What is wrong with words of sellers in a batch that is not taken yet, with file, line and key."""
    in_file = {market.reference: _as_market(market) for market in batch.marketplaces}
    problems = []
    for seller in (seller for seller in batch.sellers if seller.acknowledgement is not None):
        market = in_file.get(seller.marketplace) or bridge.store.marketplace_called(seller.marketplace)
        if market is None or seller.acknowledgement is None:
            continue  # the store will say so
        about = Subject(market=market, seller=_as_seller(seller, market.id))
        wrong = problems_of(seller.acknowledgement, about, bridge) or _leaks_of(seller.acknowledgement, about, bridge)
        problems += [
            Problem(file=batch.file, line=seller.line or None, key=f"acknowledgement.{key}", reason=reason)
            for key, reason in wrong
        ]
    return tuple(problems)


def _leaks_of(wishes: AckWishes, about: Subject, bridge: Bridge) -> tuple[tuple[str, str], ...]:
    """What the leak gate would stop: the name, or each text."""
    found = []
    if isinstance(post(_posting(about, about.market.language, _NOWHERE, bridge, text=None), bridge), Withheld):
        return (("sender_name", _LEAKS),)
    for number, text in enumerate(wishes.texts, start=1):
        posting = _posting(about, text.language, _NOWHERE, bridge, text=text)
        if isinstance(post(posting, bridge), Withheld):
            found.append((f"texts[{number}].body", _LEAKS))
    return tuple(found)


def _posting(about: Subject, language: str, to: RealAddress, bridge: Bridge, *, text: AckText | None) -> Posting:
    words = words_of(about, language, bridge, text=text)
    mail = OwnMail(
        kind=PostKind.ACKNOWLEDGEMENT,
        template=words.template,
        language=language,
        fields=words.fields,
        to=to,
        from_=notice_address(about.market.alias_domain),
        from_name=sender_name(about.seller, about.market),
        record_id=None,
        market=about.market,
        thread_id=None,
        secrets=secrets_towards(None, about.seller, terms_of(about.market, bridge.settings)),
        reader="operator",
        now=bridge.clock(),
    )
    return posting_of(mail, bridge)


def _our_domains(bridge: Bridge) -> frozenset[str]:
    return frozenset((bridge.settings.hostname, *(market.alias_domain for market in bridge.store.marketplaces())))


def _as_market(market: TradeMarketplace) -> Marketplace:
    """As far as rules and texts ask."""
    return Marketplace(
        id=MarketplaceId(market.reference),
        name=market.name,
        alias_domain=market.alias_domain,
        languages=market.languages,
        cc_address=AliasAddress(market.cc_address) if market.cc_address is not None else None,
        rule_packs=market.rule_packs,
        own_domains=market.own_domains,
        hides=market.hides,
        regions=market.regions,
    )


def _as_seller(seller: TradeSeller, market_id: MarketplaceId) -> Seller:
    return Seller(
        id=SellerId(seller.reference),
        marketplace_id=market_id,
        name=seller.name,
        contact=seller.contact,
        mailboxes=seller.mailboxes,
        language=seller.language,
        is_business=seller.is_business,
        personal=seller.personal,
        acknowledgement=seller.acknowledgement or AckWishes(),
    )
