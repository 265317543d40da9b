"""What a seller's line says about acknowledgements: shape and values. A part of `trade_import/rows.py`.

What a text may hold is no matter of shape: `path/acktexts.py` tries it with the rules of its market.
"""

from typing import Annotated, Literal

import pydantic
from pydantic import AfterValidator, Field

from mailbridge.domain.acknowledgement import AREAS_OF_BUYERS, AckText, AckWishes
from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.trade_import.values import OBJECT, mail_address


def _areas(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    if len(set(areas)) < len(areas) or not set(areas) <= set(AREAS_OF_BUYERS):
        raise ValueError(f"must name each area once, of {', '.join(area.value for area in AREAS_OF_BUYERS)}")
    return areas


Seconds = Annotated[int, Field(ge=0, le=3600)]
Areas = Annotated[tuple[Area, ...], AfterValidator(_areas)]


class AckTextRow(pydantic.BaseModel):
    """A text of his own; `path/acktexts.py` says what is wrong with its words."""

    model_config = OBJECT

    language: Literal["en", "pl", "it", "de"]
    body: str
    subject: str = ""
    area: Area | None = None

    def value(self) -> AckText:
        """As the store keeps it."""
        return AckText(language=self.language, body=self.body, subject=self.subject, area=self.area)


class AckRow(pydantic.BaseModel):
    """What a seller set; null, or left out, is as his market has it."""

    model_config = OBJECT

    is_on: bool | None = None
    areas: Areas | None = None
    after_s: Seconds | None = None
    copies: bool | None = None
    sender_name: str = ""
    notify: Annotated[str, AfterValidator(mail_address)] | None = None
    texts: tuple[AckTextRow, ...] = ()

    def value(self) -> AckWishes:
        """As the store keeps it."""
        return AckWishes(
            is_on=self.is_on,
            areas=self.areas,
            after_s=self.after_s,
            copies=self.copies,
            sender_name=self.sender_name,
            notify=RealAddress(self.notify) if self.notify is not None else None,
            texts=tuple(row.value() for row in self.texts),
        )
