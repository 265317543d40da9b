"""The days that an automatic reply names: those that nobody can misread, or none (T-51)."""

from datetime import date

import pytest

from mailbridge.message.nameddates import dates_named

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I am back on 2026-12-03.", ["2026-12-03"]),
        ("Ich bin vom 27.11.2026 bis 3. Dezember 2026 nicht da.", ["2026-11-27", "2026-12-03"]),
        ("Ich bin ab 7.12.2026 wieder da.", ["2026-12-07"]),
        ("Wracam 3 grudnia.", ["2026-12-03"]),
        ("Sarò assente fino al 3 gennaio 2027.", ["2027-01-03"]),
        ("I return on January 4th, 2027", ["2027-01-04"]),
        ("I return on the 4th of January", ["2027-01-04"]),
        ("back 24/12/2026", ["2026-12-24"]),
        ("back 12/24/2026", ["2026-12-24"]),
        ("back 11/12/2026 or 12/11/2026", []),
        ("I was away until 20 November 2026.", []),
        ("I was away until 1 November.", []),
        ("born on 3.4.1971, ticket 2026-12-033, version 1.2.2027.4", []),
        ("on 2026-12-01, 2026-12-02 or 2026-12-03", []),
        ("in the year 2030-01-01", []),
        ("on 31.11.2026 and 45 December 2026", []),
        ("", []),
    ],
)
def test_T51_dates_are_named_where_nobody_can_misread_them(text: str, days: list[str]) -> None:
    assert [day.isoformat() for day in dates_named(text, TODAY)] == days
