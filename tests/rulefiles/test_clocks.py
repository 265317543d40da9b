"""Areas and clocks in rule files: read, refused with file and line, found for a marketplace, in the fingerprint."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest

from mailbridge.domain.clocks import ClockEventKind
from mailbridge.domain.thread import Actor, Area
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.policy.areas import Silence
from mailbridge.rulefiles.clockmodels import AreaModel, CalendarModel, ClockModel
from mailbridge.rulefiles.clocks import AREA_KEYS, CALENDAR_KEYS, CLOCK_KEYS
from mailbridge.rulefiles.publicholidays import KNOWN, PublicHolidays, is_known
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.reference import EXAMPLE_CLOCK
from mailbridge.rulefiles.reload import RuleKeeper
from mailbridge.rulefiles.scene import a_market
from mailbridge.rulefiles.schema import rules_schema
from tests.rulefiles.packs import RULE, write_pack

CLOCKS = """\
areas:
  - area: question
    opened_by: [buyer]
    clock: t.clock
  - area: order
    clock: none
clocks:
  - id: t.clock
    text: {en: x, pl: x, it: x, de: x}
    within_minutes: 1440
    starts: [opened, buyer_wrote]
    restarts: [buyer_wrote]
    answered_by: [seller_wrote, acknowledged]
    excused_by: [closed]
    calendar:
      days: [mon, tue]
      opens: "08:00"
      closes: "17:30"
      holidays: PL
      time_zone: Europe/Warsaw
"""
MARKET = replace(a_market("Bazaar", "general"), rule_packs=("general", "bazaar"))
DAY = date(2026, 7, 1)


def _problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ConfigurationError) as raised:
        load_rules((folder,))
    return raised.value.problems


def test_a_clock_is_read(tmp_path: Path) -> None:
    write_pack(tmp_path, CLOCKS)
    rules = load_rules((tmp_path,))
    clock = rules.clocks["t.clock"]
    assert (clock.pack, clock.within, clock.warns) == ("general", timedelta(days=1), timedelta(hours=4))
    assert clock.starts == {ClockEventKind.OPENED, ClockEventKind.BUYER_WROTE}
    assert clock.restarts == {ClockEventKind.BUYER_WROTE}
    assert clock.answered_by == {ClockEventKind.SELLER_WROTE, ClockEventKind.ACKNOWLEDGED}
    assert clock.excused_by == {ClockEventKind.CLOSED}
    calendar = clock.calendar
    assert (sorted(calendar.weekdays), calendar.opens, calendar.closes) == ([0, 1], time(8), time(17, 30))
    assert calendar.time_zone == ZoneInfo("Europe/Warsaw")
    assert [day in calendar.holidays for day in (date(2026, 11, 11), date(2026, 11, 12))] == [True, False]


def test_a_clock_without_a_time_zone_has_that_of_the_marketplace(tmp_path: Path) -> None:
    write_pack(tmp_path, CLOCKS.replace("      time_zone: Europe/Warsaw\n", ""))
    rules = load_rules((tmp_path,))
    market = replace(MARKET, time_zone=ZoneInfo("America/New_York"))
    clock = rules.clock_of(market, Area.QUESTION, DAY)
    assert clock is not None
    assert clock.calendar.time_zone == ZoneInfo("America/New_York")
    # Monday, 13:00 UTC: 9:00 there; 8.5 hours of it are left, then 9.5 on each of Tuesday and the next Monday
    assert clock.due_after(datetime(2026, 6, 1, 13, tzinfo=UTC)) == datetime(2026, 6, 8, 18, tzinfo=UTC)


@pytest.mark.parametrize("place", sorted(KNOWN))
def test_the_places_known_without_the_library_are_known_to_it(place: str) -> None:
    assert place in holidays.list_supported_countries()


def test_holidays_of_a_part_are_its_own() -> None:
    epiphany = date(2026, 1, 6)
    assert [epiphany in PublicHolidays(place) for place in ("DE", "DE-BY", "PL")] == [False, True, True]
    assert [is_known(place) for place in ("DE-BY", "DE-XX", "XX", "US")] == [True, False, False, True]
    assert "2026-01-06" not in PublicHolidays("PL")


def test_the_example_of_the_reference_is_good(tmp_path: Path) -> None:
    write_pack(tmp_path, EXAMPLE_CLOCK)
    rules = load_rules((tmp_path,))
    clock = rules.clock_of(MARKET, Area.ORDER, DAY)
    assert clock is not None
    assert clock.id == "bazaar.answers"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "key", "said"),
    [
        ("restarts", "restart", 12, "clocks[1].restart", 'did you mean "restarts"?'),
        ("1440", "14", 10, "clocks[1].within_minutes", "greater than or equal to 15"),
        ("1440", "86401", 10, "clocks[1].within_minutes", "less than or equal to 86400"),
        ('"08:00"', '"8:00"', 17, "clocks[1].calendar.opens", 'such as "08:00"'),
        ('"17:30"', '"07:30"', 18, "clocks[1].calendar.closes", "is not after opens"),
        ("holidays: PL", "holidays: Poland", 19, "clocks[1].calendar.holidays", "must be a country such as PL"),
        ("holidays: PL", "holidays: XX", 19, "clocks[1].calendar.holidays", "names no place"),
        ("Europe/Warsaw", "Europe/Cracow", 20, "clocks[1].calendar.time_zone", "IANA"),
        ("Europe/Warsaw", "../etc/passwd", 20, "clocks[1].calendar.time_zone", "IANA"),
        ("[mon, tue]", "[]", 16, "clocks[1].calendar.days", "must not be empty"),
        ("[mon, tue]", "[moon]", 16, "clocks[1].calendar.days[1]", "'mon'"),
        ("[opened, buyer_wrote]", "[opened]", 12, "clocks[1].restarts", "buyer_wrote does not start the clock"),
        ("[opened, buyer_wrote]", "[seller_wrote]", 11, "clocks[1].starts[1]", "'opened'"),
        ("seller_wrote, ", "", 13, "clocks[1].answered_by", "needs what a person writes"),
        ("[closed]", "[acknowledged]", 14, "clocks[1].excused_by", "acknowledged stands in answered_by already"),
        ("clock: t.clock", "clock: t.clok", 4, "areas[1].clock", 'did you mean "t.clock"?'),
        ("area: order", "area: question", 5, "areas[2].area", "is in force on the same days as the row in"),
        ("    clock: none\n", "", 5, "areas[2]", "says nothing"),
        ("id: t.clock", "id: none", 8, "clocks[1].id", "choose another"),
        (
            "    clock: none",
            "    valid_from: 2026-02-01\n    valid_until: 2026-01-01\n    clock: none",
            7,
            "areas[2].valid_until",
            "is before valid_from",
        ),
        ("    clock: none", "    source_date: 2026-02-01\n    clock: none", 6, "areas[2].source_date", "name it with"),
        ("    within", "    source_date: 2026-02-01\n    within", 10, "clocks[1].source_date", "name it with"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, wrong: str, right: str, line: int, key: str, said: str
) -> None:
    file = write_pack(tmp_path, CLOCKS.replace(wrong, right, 1))
    problem = _problems(tmp_path)[0]
    assert (problem.file, problem.line, problem.key) == (str(file), line, key)
    assert said in problem.reason


def test_T72_a_clock_that_would_count_for_years_is_refused(tmp_path: Path) -> None:
    text = CLOCKS.replace("1440", "86400").replace('"08:00"', '"17:29"').replace("[mon, tue]", "[mon]")
    write_pack(tmp_path, text)
    [problem] = _problems(tmp_path)
    assert problem.reason == "takes more than a year to be counted on this calendar"


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    file = write_pack(tmp_path, CLOCKS, name="a.yaml")
    write_pack(tmp_path, CLOCKS, pack="markets/bazaar", name="b.yaml")
    [problem] = _problems(tmp_path)
    assert f'"t.clock" stands already in {file}:8' in problem.reason


def test_a_market_s_row_has_the_say_and_leaves_the_rest_to_general(tmp_path: Path) -> None:
    write_pack(tmp_path, CLOCKS)
    write_pack(tmp_path, "areas:\n  - {area: question, opened_by: [buyer, seller]}\n", pack="markets/bazaar")
    rules = load_rules((tmp_path,))
    own = rules.area_of(MARKET, Area.QUESTION, DAY)
    assert (own.opened_by, own.clock) == (frozenset({Actor.BUYER, Actor.SELLER}), "t.clock")
    general = rules.area_of(replace(MARKET, rule_packs=("general",)), Area.QUESTION, DAY)
    assert (general.opened_by, general.clock) == (frozenset({Actor.BUYER}), "t.clock")
    assert rules.area_of(MARKET, Area.ORDER, DAY).clock is None  # "none" is said
    assert rules.area_of(MARKET, Area.TICKET, DAY).clock is None  # nothing is said
    assert rules.area_of(MARKET, Area.TICKET, DAY).opened_by == frozenset(Actor)
    assert rules.clock_of(replace(MARKET, rule_packs=("etsy",)), Area.QUESTION, DAY) is None


def test_rows_have_dates_and_marketplaces(tmp_path: Path) -> None:
    write_pack(tmp_path, CLOCKS)
    dated = "areas:\n  - {area: question, clock: none, valid_from: 2026-08-01, markets: [Bazaar]}\n"
    write_pack(tmp_path, dated, pack="markets/bazaar")
    rules = load_rules((tmp_path,))

    def found(on: date, name: str = "Bazaar") -> str | None:
        return rules.area_of(replace(MARKET, name=name), Area.QUESTION, on).clock

    assert [found(date(2026, 7, 31)), found(date(2026, 8, 1)), found(date(2026, 8, 1), "Fair")] == [
        "t.clock",
        None,
        "t.clock",
    ]


def test_a_changed_clock_is_another_rule_set_and_reloaded(tmp_path: Path) -> None:
    file = write_pack(tmp_path, f"{RULE}\n{CLOCKS}")
    keeper = RuleKeeper((tmp_path,), on_reloaded=lambda _: None, on_problems=lambda _: None)
    before = keeper.current()
    file.write_text(f"{RULE}\n{CLOCKS}".replace("1440", "60"))
    assert keeper.look()
    assert keeper.current().fingerprint != before.fingerprint
    assert keeper.current().clocks["t.clock"].within == timedelta(hours=1)
    assert keeper.current().rules == before.rules


@pytest.mark.parametrize(
    ("name", "keys", "shape"),
    [
        ("AreaModel", AREA_KEYS, AreaModel),
        ("ClockModel", CLOCK_KEYS, ClockModel),
        ("CalendarModel", CALENDAR_KEYS, CalendarModel),
    ],
)
def test_every_key_is_described_also_to_editors(
    name: str, keys: dict[str, str], shape: type[AreaModel | ClockModel | CalendarModel]
) -> None:
    assert tuple(keys) == tuple(shape.model_fields)
    described = json.loads(rules_schema())["definitions"][name]["properties"]
    assert {key: described[key]["description"] for key in described} == keys


def test_S31_S54_a_row_says_where_its_page_is_and_what_follows_a_silence(tmp_path: Path) -> None:
    silence = "{market_joins_days: 7, close_days: 30}"
    row = f'  - {{area: dispute, link: "https://bazaar.example/{{order}}", silence: {silence}}}\n'
    write_pack(tmp_path, "areas:\n  - {area: dispute, link: '', silence: {close_ended_days: 14, close_days: 60}}\n")
    write_pack(tmp_path, f"areas:\n{row}", pack="markets/bazaar")
    rules = load_rules((tmp_path,))
    terms = rules.area_of(MARKET, Area.DISPUTE, DAY)
    assert terms.link == "https://bazaar.example/{order}"
    assert terms.silence == Silence(market_joins_days=7, close_days=30, close_ended_days=14)
    general = rules.area_of(replace(MARKET, rule_packs=("general",)), Area.DISPUTE, DAY)
    assert (general.link, general.silence) == ("", Silence(close_days=60, close_ended_days=14))


@pytest.mark.parametrize(
    ("row", "key", "reason"),
    [
        ('link: "http://bazaar.example/"', "areas[1].link", "must be an https address"),
        ('link: "https://bazaar.example/{buyer}"', "areas[1].link", '"{buyer}" is no field'),
        ("silence: {close_days: -1}", "areas[1].silence.close_days", ""),
        ("silence: {closes: 3}", "areas[1].silence.closes", ""),
        ("silence: {market_joins_days: 30, close_days: 30}", "areas[1].silence.market_joins_days", "after"),
        ("opened_by: [everybody]", "areas[1].opened_by[1]", ""),
        ("opened_by: []", "areas[1].opened_by", ""),
    ],
)
def test_S31_S54_what_is_wrong_with_a_row_is_told_with_its_key(tmp_path: Path, row: str, key: str, reason: str) -> None:
    write_pack(tmp_path, f"areas:\n  - area: dispute\n    {row}\n")
    [problem] = _problems(tmp_path)
    assert (problem.key, problem.line) == (key, 3)
    assert reason in problem.reason
