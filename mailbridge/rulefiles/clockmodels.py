"""The shape of areas and clocks in rule files. What they do is `policy/areas.py` and `policy/clocks.py`."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from mailbridge.rulefiles.shapes import Id, Strict, Text, TextsModel

_TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
_Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_Start = Literal["opened", "buyer_wrote", "reopened"]
_End = Literal["seller_wrote", "answered_elsewhere", "acknowledged", "seller_automatic", "no_reply_needed", "closed"]


class _Strict(Strict, BaseModel):
    """A mapping whose every key is known; ruff knows a model by its base alone."""


class CalendarModel(_Strict):
    """Which time counts."""

    days: Annotated[list[_Weekday], Field(min_length=1)] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    opens: _TimeOfDay = "00:00"
    closes: _TimeOfDay = "00:00"
    holidays: Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Za-z0-9]{1,20})?$")] | None = None
    time_zone: Annotated[str, Field(min_length=1, max_length=64)] | None = None


class ClockModel(_Strict):
    """One clock as written."""

    id: Id
    text: TextsModel
    source: Annotated[str, Field(max_length=500)] = ""
    source_date: date | None = None
    within_minutes: Annotated[int, Field(ge=15, le=60 * 24 * 60)]
    starts: Annotated[list[_Start], Field(min_length=1)]
    restarts: list[_Start] = []
    answered_by: Annotated[list[_End], Field(min_length=1)]
    excused_by: list[_End] = []
    warn_minutes: Annotated[int, Field(ge=0, le=7 * 24 * 60)] = 240
    calendar: CalendarModel = CalendarModel()


_Who = Literal["buyer", "seller", "market"]
_Late = Literal["reopen", "keep", "new"]


class LateMailModel(_Strict):
    """What mail to a conversation that has ended does, by who writes it."""

    buyer: _Late | None = None
    seller: _Late | None = None


_Days = Annotated[int, Field(ge=0, le=3650)]


class SilenceModel(_Strict):
    """What follows a silence, in days; 0 for never."""

    market_joins_days: _Days | None = None
    close_days: _Days | None = None
    close_ended_days: _Days | None = None


class AreaModel(_Strict):
    """What a pack says of one kind of conversation."""

    area: Literal["question", "order", "dispute", "ticket", "enquiry", "note"]
    opened_by: Annotated[list[_Who], Field(min_length=1)] | None = None
    clock: Id | None = None
    close: list[_Who] | None = None
    resolve: list[_Who] | None = None
    give_up: list[_Who] | None = None
    reopen: list[_Who] | None = None
    late_mail: LateMailModel = LateMailModel()
    silence: SilenceModel = SilenceModel()
    link: Annotated[str, Field(max_length=500)] | None = None
    source: Annotated[str, Field(max_length=500)] = ""
    source_date: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    markets: list[Text] = []
