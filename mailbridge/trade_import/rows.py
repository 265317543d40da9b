"""The objects of a trade data file: shape and values of each, one model a type.

The door to pydantic here, with `ackrows.py`. What objects of one file have to do with one another is
`trade_import/read.py`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pydantic
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from typing_extensions import override

from mailbridge.config import LANGUAGES, suggestion
from mailbridge.domain.acknowledgement import AREAS_OF_BUYERS
from mailbridge.domain.address import RealAddress
from mailbridge.domain.parties import FirstContact, Hides, History, Mailbox, PersonalData
from mailbridge.domain.trade import OrderState
from mailbridge.domain.trade_batch import (
    TradeBuyer,
    TradeMarketplace,
    TradeMessage,
    TradeOffer,
    TradeOrder,
    TradeSeller,
)
from mailbridge.policy.staff import problem_with
from mailbridge.trade_import.ackrows import AckRow, AckTextRow, Areas, Seconds
from mailbridge.trade_import.messagerows import MessageRow
from mailbridge.trade_import.staffrows import StaffRow
from mailbridge.trade_import.values import OBJECT, Line, MaybeLine, mail_address

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: local parts of the machinery (RFC 2142, RFC 5321 §4.5.1): never a party's mailbox, never a contact address (T-47)
RESERVED_LOCAL_PARTS: Final = frozenset(
    [
        "postmaster",
        "abuse",
        "notice",
        "hostmaster",
        "webmaster",
        "mailer-daemon",
        "root",
        "noreply",
        "no-reply",
        "bounce",
        "bounces",
    ]
)
#: how long a seller's messages may wait for him to stop them, seconds: a hold of a minute or two (N-15)
UNDO_SECONDS: Final = (30, 120)
_DOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")
_CONTACT = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_MAX_CONTACT = 32
#: shapes that addresses of ours have: aliases, return paths, action addresses, order and offer tags
_OUR_SHAPES = re.compile(r"[a-z2-7]{16}|b-.*|act-.*|.*\.[oi]-.*|.*\.(?:question|dispute|ticket|enquiry)(?:-.*)?")
_PACK = re.compile(r"[a-z0-9]+(?:[/_-][a-z0-9]+)*")


def _domain(text: str) -> str:
    if not _DOMAIN.fullmatch(text.lower()):
        raise ValueError('must be a domain with a dot, such as "relay.example.com"')
    return text.lower()


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
    return text


def _party_address(text: str) -> str:
    if mail_address(text).partition("@")[0].lower() in RESERVED_LOCAL_PARTS:
        raise ValueError("is an address of a mail system, not of a person or shop")
    return text


def _proof(text: str) -> str:
    if "@" in text:
        return mail_address(text).lower()
    return _domain(text)


def _our_local_part(text: str) -> str:
    if not _CONTACT.fullmatch(text) or len(text) > _MAX_CONTACT:
        raise ValueError(f'must be at most {_MAX_CONTACT} lower-case letters, digits, "." and "-", such as "acme"')
    if text in RESERVED_LOCAL_PARTS or _OUR_SHAPES.fullmatch(text):
        raise ValueError("is taken by the bridge: choose another")
    return text


def _pack(text: str) -> str:
    if not _PACK.fullmatch(text):
        raise ValueError('must be the name of a rule pack, such as "general"')
    return text


def _region(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError('must be a country code of two capitals, such as "PL"')
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, ZoneInfoNotFoundError):
        raise ValueError('must be a time zone of the IANA database, such as "Europe/Warsaw"') from None
    return text


def _cc_address(text: str) -> str:
    local_part, _, domain = mail_address(text).rpartition("@")
    return f"{_our_local_part(local_part.lower())}@{domain.lower()}"


def _maybe_language(text: str) -> str:
    return _language(text) if text else text


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


_WHEN: Final = 'must be a time with zone, such as "2026-11-21T14:05:00Z"'


def _time_of_day(text: object) -> time:
    if not isinstance(text, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError('must be a time of day such as "08:00"')
    return time.fromisoformat(text)


def undo_seconds(seconds: int) -> int:
    """How long a seller's messages may wait for him to stop them; ValueError says what is wrong."""
    if seconds and not UNDO_SECONDS[0] <= seconds <= UNDO_SECONDS[1]:
        raise ValueError(f"must be 0 (not at all) or from {UNDO_SECONDS[0]} to {UNDO_SECONDS[1]} seconds")
    return seconds


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Domain = Annotated[str, AfterValidator(_domain)]
Language = Annotated[str, AfterValidator(_language)]
MaybeLanguage = Annotated[str, AfterValidator(_maybe_language)]
CcAddress = Annotated[str, AfterValidator(_cc_address)]
Pack = Annotated[str, AfterValidator(_pack)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Region = Annotated[str, AfterValidator(_region)]
PartyAddress = Annotated[str, AfterValidator(_party_address)]
Proof = Annotated[str, AfterValidator(_proof)]
OurLocalPart = Annotated[str, AfterValidator(_our_local_part)]


class _Row(pydantic.BaseModel):
    """One object of the file. Field names are those of the domain."""

    model_config = OBJECT

    is_active: bool = True

    def own_fields(self, *left_out: str) -> dict[str, Any]:
        """The fields as they are, but `type` and what is named."""
        return {name: getattr(self, name) for name in type(self).model_fields if name not in ("type", *left_out)}


class _MailboxRow(_Row):
    address: PartyAddress
    authenticated_as: tuple[Proof, ...] = ()
    is_primary: bool = True

    def value(self) -> Mailbox:
        return Mailbox(address=RealAddress(self.address), **self.own_fields("address"))


class _SellerMailboxRow(_MailboxRow):
    staff: StaffRow | None = None

    @override
    def value(self) -> Mailbox:
        staff = self.staff.value() if self.staff is not None else None
        return Mailbox(address=RealAddress(self.address), staff=staff, **self.own_fields("address", "staff"))


class _MarketplaceRow(_Row):
    type: Literal["marketplace"]
    reference: Line
    name: Line
    alias_domain: Domain
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)
    cc_address: CcAddress | None = None
    rule_packs: tuple[Pack, ...] = ("general",)
    own_domains: tuple[Domain, ...] = ()
    first_contact: FirstContact = FirstContact.HOLD
    history: History = History.KEEP
    hides: tuple[Hides, ...] = tuple(Hides)
    acknowledges: bool = True
    acknowledge_after_s: Seconds = 0
    acknowledged_areas: Areas = AREAS_OF_BUYERS
    copies_acknowledgements: bool = False
    regions: tuple[Region, ...] = ("PL", "IT", "DE", "GB")
    time_zone: TimeZone = "UTC"
    takes_reports: bool = False
    offers_actions: bool = False
    tells_when_called: bool = True

    def value(self, line: int) -> TradeMarketplace:
        return TradeMarketplace(**self.own_fields(), line=line)


class _PartyRow(_Row):
    marketplace: Line
    reference: Line
    phones: tuple[Line, ...] = ()
    postal: tuple[Line, ...] = ()

    def personal(self, names: tuple[str, ...]) -> PersonalData:
        return PersonalData(names=names, phones=self.phones, postal=self.postal)

    def boxes(self, rows: Sequence[_MailboxRow]) -> tuple[Mailbox, ...]:
        return tuple(row.value() for row in rows)


def _of_one_shop(rows: tuple[_SellerMailboxRow, ...]) -> tuple[_SellerMailboxRow, ...]:
    problem = problem_with([row.value() for row in rows])
    if problem is not None:
        raise ValueError(problem)
    return rows


class _SellerRow(_PartyRow):
    type: Literal["seller"]
    name: Line
    contact: OurLocalPart
    mailboxes: Annotated[tuple[_SellerMailboxRow, ...], Field(min_length=1), AfterValidator(_of_one_shop)]
    first_answer_takes: bool | None = None
    language: Language = "en"
    is_business: bool = True
    told_of_opt_outs: bool | None = None
    people: tuple[Line, ...] = ()
    due_mail_at: Annotated[tuple[TimeOfDay, ...], Field(max_length=24)] = (time(8),)
    undo_s: Annotated[int, AfterValidator(undo_seconds)] | None = None
    acknowledgement: AckRow | None = None

    def value(self, line: int) -> TradeSeller:
        own = self.own_fields("mailboxes", "people", "phones", "postal", "acknowledgement")
        own |= {"personal": self.personal(self.people), "mailboxes": self.boxes(self.mailboxes)}
        wishes = self.acknowledgement.value() if self.acknowledgement is not None else None
        return TradeSeller(**own, acknowledgement=wishes, line=line)


class _BuyerRow(_PartyRow):
    type: Literal["buyer"]
    handle: Line
    name: MaybeLine = ""
    mailboxes: tuple[_MailboxRow, ...] = ()
    language: MaybeLanguage = ""

    def value(self, line: int) -> TradeBuyer:
        own = self.own_fields("mailboxes", "phones", "postal")
        return TradeBuyer(**own, personal=self.personal(()), mailboxes=self.boxes(self.mailboxes), line=line)


class _OrderRow(_Row):
    type: Literal["order"]
    marketplace: Line
    reference: Line
    seller: Line
    buyer: Line
    state: OrderState = OrderState.OPEN
    completed_at: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None
    fulfilled_by: Literal["seller", "marketplace"] = "seller"
    is_gift: bool = False
    placed_at: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None

    def value(self, line: int) -> TradeOrder:
        return TradeOrder(**self.own_fields(), line=line)


class _OfferRow(_Row):
    type: Literal["offer"]
    marketplace: Line
    reference: Line
    seller: Line
    title: MaybeLine = ""

    def value(self, line: int) -> TradeOffer:
        return TradeOffer(**self.own_fields(), line=line)


_Model = _MarketplaceRow | _SellerRow | _BuyerRow | _OrderRow | _OfferRow | MessageRow
Trade = TradeMarketplace | TradeSeller | TradeBuyer | TradeOrder | TradeOffer | TradeMessage

#: type in the file -> its model
_MODELS: Final[dict[str, type[_Model]]] = {
    "marketplace": _MarketplaceRow,
    "seller": _SellerRow,
    "buyer": _BuyerRow,
    "order": _OrderRow,
    "offer": _OfferRow,
    "message": MessageRow,
}


#: field that holds objects of their own -> what one is called, and its model; the innermost first
_PARTS: Final[dict[str, tuple[str, type[pydantic.BaseModel]]]] = {
    "staff": ("staff", StaffRow),
    "mailboxes": ("mailbox", _MailboxRow),
    "texts": ("text", AckTextRow),
    "acknowledgement": ("acknowledgement", AckRow),
}

#: pydantic error type -> what to do, for people
_WORDS: Final = {
    "missing": "is missing",
    "string_type": "must be text in quotation marks",
    "bool_type": "must be true or false, without quotation marks",
    "int_type": "must be a whole number, without quotation marks",
    "tuple_type": "must be a list in square brackets",
    "datetime_type": _WHEN,
    "datetime_parsing": _WHEN,
    "datetime_from_date_parsing": _WHEN,
    "timezone_aware": _WHEN,
    "too_short": "must not be an empty list",
}


#: field that holds objects -> what one of them looks like, for those that people write otherwise at first
_EXAMPLES: Final = {"mailboxes": ', such as {"address": "post@example.com"}'}


#: the types an object may have
TYPES: Final = tuple(_MODELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One field that can not be used."""

    #: mailboxes[1].address; numbers count from 1
    key: str
    reason: str


def read_mailbox(address: str, authenticated_as: tuple[str, ...]) -> Mailbox:
    """One more mailbox of a party, not its primary one; ValueError says what no import would take either."""
    proofs = tuple(_proof(proof) for proof in authenticated_as)
    return Mailbox(address=RealAddress(_party_address(address)), authenticated_as=proofs, is_primary=False)


def read_row(kind: str, octets: bytes, line: int) -> Trade | tuple[Fault, ...]:
    """The object of one line, or everything that is wrong with it. `kind` is one of TYPES."""
    try:
        return _MODELS[kind].model_validate_json(octets).value(line)
    except pydantic.ValidationError as error:
        return tuple(_faults(kind, error))


def _faults(kind: str, error: pydantic.ValidationError) -> Iterator[Fault]:
    details = error.errors(include_url=False, include_input=False)
    for detail in details:
        # pydantic counts only the good items of a list: with a bad one in it, "too short" says nothing new.
        if detail["type"] == "too_short" and any(
            detail["loc"] == other["loc"][: len(detail["loc"])] != other["loc"] for other in details
        ):
            continue
        key = ""
        for part in detail["loc"]:
            key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
        yield Fault(key=key, reason=_reason(kind, detail))


def _reason(kind: str, detail: "ErrorDetails") -> str:
    place = detail["loc"]
    if detail["type"] == "extra_forbidden":
        thing, model = next((names for part, names in _PARTS.items() if part in place[:-1]), (kind, _MODELS[kind]))
        return f"is no field of a {thing}{suggestion(str(place[-1]), model.model_fields)}"
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    if detail["type"] == "model_type":
        field = next((part for part in reversed(place) if isinstance(part, str)), "")
        return f"must be an object in braces{_EXAMPLES.get(field, '')}"
    message = detail["msg"].replace("Input should be", "must be")
    return _WORDS.get(detail["type"]) or message[0].lower() + message[1:]
