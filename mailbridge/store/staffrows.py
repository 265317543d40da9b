"""What was set about a mailbox of a seller, as it stands in its sealed content: values that are JSON, and back.

What is as it would be anyway is left out, so that what nobody set takes no room.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def terms_values(terms: StaffTerms) -> dict[str, object]:
    """The terms as JSON; instants in whole seconds since 1970 UTC."""
    values = {
        "name": terms.name,
        "role": "" if terms.role is StaffRole.OWNER else terms.role.value,
        "gets": terms.gets.value if terms.gets is not None else "",
        "areas": [area.value for area in terms.areas],
        "copies": terms.copies,
        "away_until": (terms.away_until - _EPOCH) // _SECOND if terms.away_until is not None else None,
        "stand_in": terms.stand_in.addr_spec if terms.stand_in is not None else "",
    }
    return {name: value for name, value in values.items() if value}


def to_terms(values: dict[str, Any]) -> StaffTerms:
    """What `terms_values` was given."""
    until, gets, stand_in = values.get("away_until"), values.get("gets"), values.get("stand_in")
    return StaffTerms(
        name=values.get("name", ""),
        role=StaffRole(values.get("role", StaffRole.OWNER.value)),
        gets=Gets(gets) if gets else None,
        areas=tuple(Area(area) for area in values.get("areas", ())),
        copies=values.get("copies", False),
        away_until=_EPOCH + until * _SECOND if until else None,
        stand_in=RealAddress(stand_in) if stand_in else None,
    )
