"""What a line says that brings a message which somebody wrote on the marketplace: shape and values. A part of
`trade_import/rows.py`.

Whether it can be posted is `path/posted.py`: that needs what is on record.
"""

from typing import Annotated, Any, Literal

import pydantic
from pydantic import Field, ValidationInfo, field_validator

from mailbridge.domain.area import Area
from mailbridge.domain.trade_batch import TradeMessage
from mailbridge.trade_import.values import OBJECT, Line, MaybeLine

_MAX_CHARACTERS = 100_000
#: what the marketplace calls something by; "" for nothing
_MaybeName = Annotated[MaybeLine, Field(max_length=200)]


class MessageRow(pydantic.BaseModel):
    """One message; `reference` is the marketplace's own name of it."""

    model_config = OBJECT

    type: Literal["message"]
    marketplace: Line
    reference: Line
    seller: Line
    buyer: Line
    text: Annotated[str, Field(max_length=_MAX_CHARACTERS)]
    author: Literal["buyer", "seller"] = "buyer"
    area: Annotated[Area | None, Field(validate_default=True)] = None
    subject: MaybeLine = ""
    order: _MaybeName = ""
    offer: _MaybeName = ""
    conversation: Annotated[_MaybeName, Field(validate_default=True)] = ""
    for_customer: bool = False

    @field_validator("area")
    @classmethod
    def _is_the_author_s(cls, area: Area | None, info: ValidationInfo) -> Area | None:
        author = info.data.get("author")
        if author == "buyer" and area is None:
            raise ValueError("is missing: which kind of conversation it begins")
        if author == "buyer" and area is Area.NOTE:
            raise ValueError('a note is the seller\'s: "author": "seller"')
        if author == "seller" and area not in {Area.NOTE, None}:
            raise ValueError("an answer of the seller names its conversation, and no area")
        return area

    @field_validator("order", "offer")
    @classmethod
    def _begins_one(cls, reference: str, info: ValidationInfo) -> str:
        if reference and _is_answer(info):
            raise ValueError("an answer of the seller names its conversation, and no order or offer")
        return reference

    @field_validator("conversation")
    @classmethod
    def _is_answered(cls, conversation: str, info: ValidationInfo) -> str:
        if not conversation and _is_answer(info):
            raise ValueError("is missing: an answer of the seller goes into a conversation that there is")
        return conversation

    @field_validator("for_customer")
    @classmethod
    def _is_of_a_note(cls, for_customer: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - as pydantic calls it
        if for_customer and info.data.get("area", Area.NOTE) is not Area.NOTE:
            raise ValueError("goes with a note")
        return for_customer

    def value(self, line: int) -> TradeMessage:
        """As the path posts it."""
        own: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields if name not in _OTHERWISE}
        return TradeMessage(is_for_customer=self.for_customer, line=line, **own)


_OTHERWISE = ("type", "author", "for_customer")


def _is_answer(info: ValidationInfo) -> bool:
    """An answer of a seller goes into a conversation that there is, whatever that is about."""
    return info.data.get("author") == "seller" and info.data.get("area", Area.NOTE) is None
