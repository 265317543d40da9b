"""Public holidays of a country or a part of it: the only door of the library that knows them.

It is loaded when somebody first asks for a day, and asked once for each year.
"""

import datetime
import functools
from typing import Final

#: places that clocks of shipped packs name, so that no start has to load the library to know them; a test compares
KNOWN: Final = frozenset({"AT", "DE", "ES", "FR", "GB", "IT", "NL", "PL"})


def is_known(place: str) -> bool:
    """True where the holidays of this place are known: PL, or DE-BY for a part (ISO 3166-1, ISO 3166-2)."""
    if place in KNOWN:
        return True
    import holidays

    country, _, part = place.partition("-")
    parts = holidays.list_supported_countries().get(country)
    return parts is not None and (not part or part in parts)


@functools.cache
def _of_year(place: str, year: int) -> frozenset[datetime.date]:
    import holidays

    country, _, part = place.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


class PublicHolidays:
    """The public holidays of one place, as calendars ask for them."""

    __slots__ = ("_place",)

    def __init__(self, place: str) -> None:
        self._place = place

    def __contains__(self, day: object) -> bool:
        return isinstance(day, datetime.date) and day in _of_year(self._place, day.year)
