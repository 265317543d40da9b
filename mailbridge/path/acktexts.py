"""Texts of acknowledgements that sellers write themselves: which is sent, and whether it may be (S-47, S-48).

A text of theirs goes by the rules of their market like any mail of theirs, when it is saved and each time it is sent;
so does the name that they show. Composes and sends nothing: that is `ackmail.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mailbridge.domain.acknowledgement import AREAS_OF_BUYERS, AckText, AckWishes
from mailbridge.domain.area import Area
from mailbridge.domain.facts import AliasDestination
from mailbridge.domain.message import Body, HeaderMailbox, Message
from mailbridge.domain.parties import Direction, Marketplace, Seller, primary_mailbox
from mailbridge.domain.verdict import Action, Judgement, Mode, Verdict
from mailbridge.path.bridge import Bridge
from mailbridge.policy.judge import judge
from mailbridge.rulefiles.scene import Scene
from mailbridge.texts import OwnTextProblem, check_own_text, render_own_text

_MAX_NAME_CHARACTERS: Final = 60
#: an address of ours in a text that is only tried
_SAMPLE_LOCAL_PART: Final = "aaaaaaaaaaaaaaaa"
_SAMPLE_ORDERS: Final = ("48213", "")


def chosen_text(wishes: AckWishes, area: Area, language: str) -> AckText | None:
    """The seller's own text in this language: of this area, else of every area; None for ours."""
    own = {text.area: text for text in wishes.texts if text.language == language}
    return own.get(area) or own.get(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an acknowledgement is about."""

    market: Marketplace
    seller: Seller
    area: Area = Area.QUESTION
    #: number on record; "" without
    order: str = ""
    #: short reference of the conversation
    reference: str = "k3x9q2ab"

    @property
    def fields(self) -> dict[str, str]:
        """The fields of a seller's own text."""
        names = {"market": self.market.name, "seller": self.seller.name}
        return names | {"order": self.order, "reference": self.reference}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text as a buyer would read it."""

    #: language code
    language: str
    subject: str = ""
    body: str = ""


def breaches_of(written: Written, about: Subject, bridge: Bridge) -> tuple[Judgement, ...]:
    """What of this text no mail of this seller may hold, by the rules in force now."""
    message = _as_mail(written, about)
    scene = Scene(market=about.market, direction=Direction.TO_BUYER, area=about.area)
    facts = scene.facts(message, b"", bridge.clock())
    if isinstance(facts.destination, AliasDestination):
        facts = replace(facts, destination=replace(facts.destination, seller=about.seller), author=about.seller)
    verdict = judge(message, facts, scene.route, bridge.rules())
    if not isinstance(verdict, Verdict):
        raise TypeError("nothing is asked for that the scene does not hold")
    return tuple(
        judgement
        for judgement in verdict.judgements
        if judgement.mode is Mode.ENFORCE
        and judgement.action >= Action.REPAIR
        and (judgement.findings or judgement.is_broken)
    )


def problems_of(wishes: AckWishes, about: Subject, bridge: Bridge) -> tuple[tuple[str, str], ...]:
    """Why these wishes can not be saved: key and reason of each thing that is wrong with a text or the name."""
    found = [("sender_name", reason) for reason in _wrong_with_name(wishes.sender_name, about, bridge)]
    for number, text in enumerate(wishes.texts, start=1):
        found += [(f"texts[{number}].{key}", reason) for key, reason in _wrong_with(text, about, bridge)]
    return tuple(found)


def _wrong_with(text: AckText, about: Subject, bridge: Bridge) -> list[tuple[str, str]]:
    if text.area is not None and text.area not in AREAS_OF_BUYERS:
        return [("area", f"must be one that buyers open: {', '.join(area.value for area in AREAS_OF_BUYERS)}")]
    found = []
    for key, source, is_subject in (("subject", text.subject, True), ("body", text.body, False)):
        try:
            if source or not is_subject:
                check_own_text(source, is_subject=is_subject)
        except OwnTextProblem as problem:
            found.append((key, str(problem)))
    return found or list(_breaches_said(text, about, bridge))


def _breaches_said(text: AckText, about: Subject, bridge: Bridge) -> Iterator[tuple[str, str]]:
    """What each part breaks, tried by itself, with and without an order, so that the right one is named."""
    for key, source in (("subject", text.subject), ("body", text.body)):
        said: dict[str, None] = {}
        for order in _SAMPLE_ORDERS:
            tried = replace(about, order=order, area=text.area or about.area)
            words = render_own_text(source, tried.fields)
            written = Written(language=text.language, **{key: words})
            said |= dict.fromkeys(map(_said, breaches_of(written, tried, bridge)))
        yield from ((key, reason) for reason in said)


def _wrong_with_name(name: str, about: Subject, bridge: Bridge) -> Iterator[str]:
    if not name:
        return
    if not name.isprintable() or not name.strip() or len(name) > _MAX_NAME_CHARACTERS:
        yield f"must be one line of at most {_MAX_NAME_CHARACTERS} characters"
        return
    if about.market.name.casefold() in name.casefold():
        yield f"holds the name of the marketplace: a buyer would take it for {about.market.name}"
    # A name stands in each mail, so it is judged like a text (P13).
    yield from map(_said, breaches_of(Written(language=about.seller.language, body=name), about, bridge))


def _said(judgement: Judgement) -> str:
    words = ", ".join(f'"{finding.words}"' for finding in judgement.findings if finding.words)
    rule = f"breaks the rule {judgement.rule}" + (f" ({judgement.title})" if judgement.title else "")
    return f"{rule}: {words}" if words else rule


def _as_mail(written: Written, about: Subject) -> Message:
    """The text as a mail of the seller's. All of it is his new text: nothing of it is a signature to be cut."""
    market, mailbox = about.market, primary_mailbox(about.seller)
    author = mailbox.address.addr_spec if mailbox is not None else f"shop@{market.alias_domain}"
    copied = (market.cc_address.addr_spec,) if market.cc_address is not None else ()
    return Message(
        authors=(HeaderMailbox(addr_spec=author),),
        from_field_count=1,
        to=(HeaderMailbox(addr_spec=f"{_SAMPLE_LOCAL_PART}@{market.alias_domain}"),),
        cc=tuple(HeaderMailbox(addr_spec=address) for address in copied),
        subject=written.subject,
        body=Body(plain=written.body),
        new_text=written.body,
        language=written.language,
    )
