"""The shape of rule files and of sample files, and what is said when one is wrong: the main door of pydantic.

Strict: an unknown key, a wrong type or a missing language is a problem, never guessed at. Does not compile
conditions and does not know checks: that is `read.py`.
"""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, Field, ValidationError
from pydantic.fields import FieldInfo

from mailbridge.errors import Problem
from mailbridge.rulefiles.clockmodels import AreaModel, ClockModel
from mailbridge.rulefiles.lines import YamlFile, read_yaml
from mailbridge.rulefiles.shapes import Id, Strict, Text, TextsModel

_Date = date
_Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class _Strict(Strict, BaseModel):
    """A mapping whose every key is known; ruff knows a model by its base alone."""


class RuleModel(_Strict):
    """One rule as written."""

    id: Id
    title: TextsModel
    text: TextsModel
    fix: TextsModel
    source: Annotated[str, Field(max_length=500)] = ""
    source_date: date | None = None
    severity: Literal["none", "low", "medium", "high"] = "medium"
    valid_from: date | None = None
    valid_until: date | None = None
    markets: list[Text] = []
    areas: list[Literal["question", "order", "dispute", "ticket", "enquiry", "note"]] = []
    directions: Annotated[list[Literal["to_buyer", "to_seller"]], Field(min_length=1)] = ["to_buyer", "to_seller"]
    check: str | None = None
    parameters: dict[str, Any] = {}
    when: Annotated[str, Field(min_length=1)] | None = None
    action: Literal["allow", "warn", "repair", "hold", "refuse"]
    in_signature: Literal["allow", "warn", "repair", "hold", "refuse"] | None = None
    mode: Literal["enforce", "warn", "dry_run"]


_Weight = Annotated[int, Field(ge=0, le=1000)]


class WeightsModel(_Strict):
    """What a refused message weighs on a ladder, by the severity of the worst rule that it breaks."""

    low: _Weight
    medium: _Weight
    high: _Weight


class RungModel(_Strict):
    """One step of a ladder."""

    step: Literal["reminded", "warned", "barred", "suspended", "closed"]
    points: Annotated[int, Field(ge=1, le=100_000)]
    per_100_mails: Annotated[int, Field(ge=0, le=100_000)] = 0
    days: Annotated[int, Field(ge=1, le=366)] | None = None


class LadderModel(_Strict):
    """One ladder as written."""

    id: Id
    text: TextsModel
    source: Annotated[str, Field(max_length=500)] = ""
    source_date: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    markets: list[Text] = []
    weights: WeightsModel
    counts_for_days: Annotated[int, Field(ge=1, le=366)]
    remembered_for_days: Annotated[int, Field(ge=1, le=3660)]
    hours_to_read: Annotated[int, Field(ge=0, le=720)] = 24
    steps: Annotated[list[RungModel], Field(max_length=20)]


class RuleFileModel(_Strict):
    """One rule file: rules, ladders, areas, clocks, or several of them."""

    rules: list[RuleModel] = []
    ladders: list[LadderModel] = []
    areas: list[AreaModel] = []
    clocks: list[ClockModel] = []


_Area = Literal["question", "order", "dispute", "ticket", "enquiry", "note"]
_Direction = Literal["to_buyer", "to_seller"]
_Side = Literal["buyer", "seller"]
_Days = Annotated[int, Field(ge=0, le=36_500)]
_MAX_SAMPLE_OCTETS = 64 * 1024 * 1024


class SampleOrderModel(_Strict):
    """The order that the thread of a sample is about."""

    state: Annotated[
        Literal["open", "completed", "cancelled", "returned", "none"], Field(description="none: there is no order")
    ] = "open"
    completed_days_ago: Annotated[_Days | None, Field(description="whole days before the date of the sample")] = None
    fulfilled_by: Annotated[Literal["seller", "marketplace"], Field(description="who ships")] = "seller"
    is_gift: Annotated[bool, Field(description="the receiver is not the buyer")] = False
    reference: Annotated[str, Field(min_length=1, max_length=100, description="number for people")] = "48213"


class SampleThreadModel(_Strict):
    """The conversation that a sample belongs to."""

    is_new: Annotated[bool, Field(description="the sample opens the thread")] = False
    is_uncertain: Annotated[bool, Field(description="only the time of the last message chose the thread")] = False
    is_closed: Annotated[bool, Field(description="it was closed before the sample")] = False
    messages: Annotated[int, Field(ge=0, le=20, description="in it before the sample")] = 1
    last_days_ago: Annotated[_Days, Field(description="whole days since the message before the sample")] = 0
    last_by: Annotated[
        _Side | None, Field(description="who wrote that message; without it the reader of the sample")
    ] = None
    area: Annotated[_Area | None, Field(description="without it the rule's first area, else order")] = None
    buyer_wrote: Annotated[bool, Field(description="the buyer wrote in it; false: its seller started it")] = True
    mails_in_hour: Annotated[int, Field(ge=0, le=500, description="mails of its seller in it in the hour before")] = 0


class SampleOutreachModel(_Strict):
    """What went before a sample that its seller starts."""

    opted_out: Annotated[
        Literal["no", "all", "review"], Field(description="what the buyer wants no more of from this seller")
    ] = "no"
    sent_today: Annotated[int, Field(ge=0, le=10_000, description="outreach of the seller that day")] = 0
    sent_about_order: Annotated[
        int, Field(ge=0, le=100, description="outreach about this order before, with the same reason")
    ] = 0
    orders_in_30_days: Annotated[int, Field(ge=0, description="orders of the seller in the 30 days before")] = 0


class SampleAuthorModel(_Strict):
    """Who writes a sample."""

    mails_in_hour: Annotated[int, Field(ge=0, le=1_000, description="mails of a seller in the hour before")] = 0
    mails_in_week: Annotated[int, Field(ge=0, le=20_000, description="mails of a seller in the week before that")] = 0
    is_business: Annotated[bool, Field(description="account of a seller: business or private")] = True
    is_unproven: Annotated[bool, Field(description="a first contact without proof of its author")] = False
    language: Annotated[str, Field(max_length=10, description="on record; without it that of the sample")] = ""
    standing: Annotated[
        Literal["", "reminded", "warned", "barred", "suspended", "closed"],
        Field(description="of a seller: the step that he stands under"),
    ] = ""


class SampleReaderModel(_Strict):
    """Who a sample is for."""

    is_business: Annotated[bool, Field(description="account of a seller: business or private")] = True
    language: Annotated[str, Field(max_length=10, description="on record; without it that of the sample")] = ""


class SampleAttachmentModel(_Strict):
    """A file of a sample."""

    name: Annotated[Text, Field(description="of the file")]
    type: Annotated[str, Field(max_length=20, description="what it really is; without it as its name ends")] = ""
    size_octets: Annotated[int, Field(ge=0, le=_MAX_SAMPLE_OCTETS, description="at least this big")] = 0
    text: Annotated[str, Field(max_length=20_000, description="what the document says")] = ""


class SampleModel(_Strict):
    """One mail, and what is around it."""

    text: Annotated[str, Field(max_length=200_000, description="the plain form, quotes and signature included")] = ""
    html: Annotated[str, Field(max_length=200_000, description="the HTML form; without it there is none")] = ""
    subject: Annotated[str, Field(max_length=1000, description="as the author wrote it")] = "Re: 48213"
    language: Annotated[str, Field(pattern=r"^([a-z]{2,3})?$", description="code that the mail declares, as pl")] = ""
    direction: Annotated[_Direction | None, Field(description="without it the rule's first")] = None
    date: Annotated[_Date | None, Field(description="day of receipt; without it the first day of the rule")] = None
    order: SampleOrderModel = SampleOrderModel()
    thread: SampleThreadModel = SampleThreadModel()
    outreach: SampleOutreachModel = SampleOutreachModel()
    author: SampleAuthorModel = SampleAuthorModel()
    reader: SampleReaderModel = SampleReaderModel()
    attachments: Annotated[list[SampleAttachmentModel], Field(max_length=50)] = []
    to: Annotated[list[Text], Field(description="further addresses in To")] = []
    cc: Annotated[list[Text], Field(description="addresses in Cc, beside the marketplace's")] = []
    copies_market: Annotated[bool, Field(description="the marketplace's CC address stands in Cc")] = True
    is_direct: Annotated[bool, Field(description="went to the other side directly and copied the marketplace")] = False
    is_reply: Annotated[
        bool | None, Field(description="says which message it answers; without it where the buyer wrote before")
    ] = None
    history: Annotated[list[Text], Field(description="what was delivered to the author before")] = []
    same_text_to: Annotated[
        int, Field(ge=0, le=500, description="how many other buyers got this text from the author that day")
    ] = 0
    finds: Annotated[
        list[Text], Field(description="what the rule's check must find: each the whole of what it finds, as written")
    ] = []


class SampleFileModel(_Strict):
    """samples/<rule id>.yaml: mails that the rule must let pass, and that it must catch; pass.yaml for all rules."""

    passes: Annotated[list[SampleModel], Field(alias="pass")] = []
    fails: Annotated[list[SampleModel], Field(alias="fail")] = []


class SampleMarketModel(_Strict):
    """samples/market.yaml: the marketplace that the samples of a pack are written on."""

    name: Annotated[Text | None, Field(description="without it that of the pack")] = None
    own_domains: Annotated[list[Text], Field(description="its own sites")] = ["market.example"]
    languages: Annotated[
        list[Literal["en", "pl", "it", "de"]], Field(min_length=1, description="the first is the default")
    ] = ["en", "pl", "it", "de"]
    regions: Annotated[list[_Country], Field(description="whose phone numbers are known, ISO 3166")] = [
        "PL",
        "IT",
        "DE",
        "GB",
    ]
    has_cc_address: Annotated[bool, Field(description="the marketplace has a CC address")] = True


#: the keys of a sample that hold keys of their own
SAMPLE_PARTS = ("order", "thread", "outreach", "author", "reader", "attachments")


def described_keys(shape: type[BaseModel], parts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Name, values with the default, and meaning of every key; keys of `parts` written with a dot."""
    for name, field in shape.model_fields.items():
        if name in parts:
            part = next(found for found in _inside(field.annotation) if issubclass(found, BaseModel))
            yield from ((f"{name}.{key}", values, doc) for key, values, doc in described_keys(part, ()))
        else:
            yield name, _values(field), field.description or ""


def _values(field: FieldInfo) -> str:
    """What may stand there: the choices or the type; with the default, when there is one."""
    choices = [choice for choice in _choices(field.annotation) if choice]
    kinds = {str: "text", bool: "true or false", int: "number", date: "date", list: "list"}
    is_list = get_origin(field.annotation) is list
    found = next((kinds[kind] for kind in _inside(field.annotation) if kind in kinds), "text")
    said = ", ".join(f"`{choice}`" for choice in choices) or found
    default = field.default if isinstance(field.default, str | bool | int) else ""
    written = str(default).lower() if isinstance(default, bool) else str(default)
    return f"{'list of ' if is_list else ''}{said}{f' (default `{written}`)' if written else ''}"


def _choices(annotation: Any) -> Iterator[str]:
    """The words of a Literal, wherever it stands in the annotation."""
    for argument in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield str(argument)
        else:
            yield from _choices(argument)


#: path into the file, and what is wrong there
Complaint = tuple[tuple[str | int, ...], str]

_SAID: dict[str, str] = {
    "missing": "is missing; add it",
    "bool_type": "must be true or false",
    "string_type": "must be a text; put it in quotes",
    "int_type": "must be a whole number",
    "list_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "date_type": "must be a date such as 2026-01-31, without quotes",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}
#: what a text under this key must look like
_PATTERNS: dict[str, str] = {
    "id": "must be 3 to 64 characters of a-z, 0-9, dot and hyphen",
    "language": "must be a language code such as pl",
    "clock": "must be the id of a clock: 3 to 64 characters of a-z, 0-9, dot and hyphen",
    "opens": 'must be a time of day such as "08:00", in quotes',
    "closes": 'must be a time of day such as "17:00", in quotes; "00:00" is the end of the day',
    "holidays": "must be a country such as PL, or a part of it such as DE-BY",
}
_M = TypeVar("_M", bound=BaseModel)


def validate(content: dict[str, Any], shape: type[_M]) -> _M | tuple[Complaint, ...]:
    """The file as a model of this shape, or everything that is wrong with it."""
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        return tuple(_complaint(shape, item["type"], item["loc"], item["msg"]) for item in error.errors())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped(Generic[_M]):
    """A file that has the shape it should have."""

    content: _M
    yaml: YamlFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that can not be used."""

    problems: tuple[Problem, ...]


def read_as(file: Path, shape: type[_M]) -> Shaped[_M] | Refusal:
    """A YAML file as a model of this shape, or everything that is wrong with it."""
    yaml = read_yaml(file, str(file))
    if isinstance(yaml, Problem):
        return Refusal(problems=(yaml,))
    model = validate(yaml.content, shape)
    if isinstance(model, tuple):
        return Refusal(
            problems=tuple(
                Problem(file=str(file), line=yaml.line_of(loc), key=key_of(loc), reason=reason) for loc, reason in model
            )
        )
    return Shaped(content=model, yaml=yaml)


def key_of(path: Sequence[str | int]) -> str:
    """A path as all problems write it, the first of a list being number one: rules[1].action."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def suggestion(name: str, known: tuple[str, ...]) -> str:
    """`; did you mean "x"?`, or what there is to choose from."""
    close = difflib.get_close_matches(name, known, n=1)
    return f'; did you mean "{close[0]}"?' if close else f"; known are {', '.join(known)}"


def canonical(rule: RuleModel) -> str:
    """The same rule always as the same text, whatever order and layout it was written in."""
    return rule.model_dump_json()


def _complaint(shape: type[BaseModel], kind: str, loc: tuple[str | int, ...], message: str) -> Complaint:
    if kind == "extra_forbidden":
        return loc, "is not known" + suggestion(str(loc[-1]), _keys_at(shape, loc[:-1]))
    if kind == "string_pattern_mismatch":
        return loc, _PATTERNS[str(loc[-1])] if loc[-1] in _PATTERNS else message
    return loc, _SAID.get(kind, message[:1].lower() + message[1:])


def _keys_at(shape: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that the mapping at this place may have."""
    for step in loc:
        if isinstance(step, str):
            field = next(field for name, field in shape.model_fields.items() if step in (name, field.alias))
            shape = next(found for found in _inside(field.annotation) if issubclass(found, BaseModel))
    return tuple(field.alias or name for name, field in shape.model_fields.items())


def _inside(annotation: Any) -> Iterator[type]:
    """The classes that an annotation is made of."""
    for argument in get_args(annotation):
        yield from _inside(argument)
    if isinstance(annotation, type):
        yield annotation
