"""What a seller's line says about the user of one of its mailboxes: shape and values. A part of `trade_import/rows.py`.

What terms of several mailboxes have to do with one another is `policy/staff.py`.
"""

from datetime import UTC, datetime
from typing import Annotated

import pydantic
from pydantic import AfterValidator, AwareDatetime, Field

from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.trade_import.values import OBJECT, mail_address


def _name(text: str) -> str:
    if text and (not text.strip() or not text.isprintable() or "]" in text or "[" in text):
        raise ValueError("must be one line of text without brackets")
    return text.strip()


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def read_name(text: str) -> str:
    """The name of a colleague; ValueError says what no import would take either."""
    return _name(text)


class StaffRow(pydantic.BaseModel):
    """What was set about one mailbox, the whole of it."""

    model_config = OBJECT

    name: Annotated[str, Field(max_length=60), AfterValidator(_name)] = ""
    role: StaffRole = StaffRole.OWNER
    gets: Gets | None = None
    areas: tuple[Area, ...] = ()
    copies: bool = False
    away_until: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None
    stand_in: Annotated[str, AfterValidator(mail_address)] | None = None

    def value(self) -> StaffTerms:
        """As the store keeps it."""
        return StaffTerms(
            name=self.name,
            role=self.role,
            gets=self.gets,
            areas=self.areas,
            copies=self.copies,
            away_until=self.away_until,
            stand_in=RealAddress(self.stand_in) if self.stand_in is not None else None,
        )
