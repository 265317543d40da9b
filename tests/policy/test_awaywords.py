"""How somebody of a shop says by mail that he is away, or there again, and what becomes of his terms (S-13)."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.ids import MarketplaceId, SellerId
from mailbridge.domain.parties import Mailbox, Seller
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.message.parse import parse
from mailbridge.policy.awaywords import AwayWords, Unclear, away_words, terms_after
from tests.builders import a_mail

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
WARSAW = ZoneInfo("Europe/Warsaw")
EVA, JAN, OLA, OFF = (f"{name}@acme.example" for name in ("eva", "jan", "ola", "off"))


def _shop(**terms: StaffTerms) -> Seller:
    boxes = [
        Mailbox(address=RealAddress(address), staff=terms.get(address.partition("@")[0]))
        for address in (EVA, JAN, OLA, OFF)
    ]
    return Seller(
        id=SellerId("s"), marketplace_id=MarketplaceId("m"), name="Acme", contact="acme", mailboxes=tuple(boxes)
    )


NAMED = _shop(
    eva=StaffTerms(name="Eva", gets=Gets.ALL),
    jan=StaffTerms(name="Jan", role=StaffRole.AGENT),
    ola=StaffTerms(name="Ola", role=StaffRole.OBSERVER),
    off=StaffTerms(gets=Gets.NOTHING),
)


def _said(text: str) -> AwayWords | None:
    return away_words(parse(a_mail(EVA, "test@relay.example", text)))


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("#away until 2026-12-10", "until 2026-12-10"),
        ("#Away 2026-12-10.", "2026-12-10"),
        ("# away until 10 December", "until 10 December"),
        ("#nieobecny do 10 grudnia", "do 10 grudnia"),
        ("#nieobecna do 10.12.2026", "do 10.12.2026"),
        ("#assente fino al 10 dicembre", "fino al 10 dicembre"),
        ("#abwesend bis 10. Dezember", "bis 10. Dezember"),
        ("Hello,\nI go skiing.\n#away until 2026-12-10", "until 2026-12-10"),
        ("#away until 2026-12-10\n\nThank you,\nEva", "until 2026-12-10"),
        ("#away", ""),
    ],
)
def test_S13_away_is_said_in_each_language(text: str, until: str) -> None:
    said = _said(text)
    assert said == AwayWords(until=until)


@pytest.mark.parametrize(
    "text", ["#back", "#Back!", "#jestem", "#wróciłam", "#tornato", "#zurück", "#zurueck", "#BACK"]
)
def test_S13_so_is_being_there_again(text: str) -> None:
    assert _said(text) == AwayWords(is_back=True)


@pytest.mark.parametrize(
    "text",
    [
        "#away until 2026-12-10 #standin Jan",
        "#away until 2026-12-10 #stand-in Jan",
        "#away until 2026-12-10, #Vertretung: Jan",
        "#away until 2026-12-10\n#zastępca Jan",
        "#sostituto Jan\n#away until 2026-12-10",
    ],
)
def test_S13_a_stand_in_stands_behind_or_in_the_other_line(text: str) -> None:
    assert _said(text) == AwayWords(until="until 2026-12-10", stand_in="Jan")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Does it work?",
        "I am away until 2026-12-10",
        "It is #away until 2026-12-10",
        "#closed",
        "#standin Jan",
        "One.\n#away until 2026-12-10\nThree.",
        "Does it work?\n\n> #away until 2026-12-10",
    ],
)
def test_what_stands_elsewhere_says_nothing(text: str) -> None:
    assert _said(text) is None


@pytest.mark.parametrize(
    "until",
    ["until 2026-12-10", "10 December", "do 10 grudnia", "10.12.2026", "December 10, 2026", "2026-12-10 10.12.2026"],
)
def test_S13_the_day_begins_where_the_marketplace_is(until: str) -> None:
    terms = terms_after(AwayWords(until=until), NAMED, NAMED.mailboxes[0], NOW, WARSAW)
    assert terms == StaffTerms(name="Eva", gets=Gets.ALL, away_until=datetime(2026, 12, 9, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    "until",
    [
        *("", "soon", "until Friday", "2026-11-30", "2026-11-29", "2025-12-10", "2027-12-10", "2026-13-40"),
        *("4/5/2027", "from 2026-12-05 to 2026-12-10"),
    ],
)
def test_S13_what_is_no_one_day_to_come_changes_nothing(until: str) -> None:
    assert terms_after(AwayWords(until=until), NAMED, NAMED.mailboxes[0], NOW, WARSAW) is Unclear.NO_DAY


def test_S13_today_is_that_of_the_marketplace() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # the first of December in Warsaw
    words = AwayWords(until="2026-12-01")
    assert terms_after(words, NAMED, NAMED.mailboxes[0], late, WARSAW) is Unclear.NO_DAY
    assert isinstance(terms_after(words, NAMED, NAMED.mailboxes[0], late, UTC), StaffTerms)


@pytest.mark.parametrize("name", ["Jan", "jan", JAN])
def test_S13_a_colleague_stands_in_by_name_or_address(name: str) -> None:
    terms = terms_after(AwayWords(until="2026-12-10", stand_in=name), NAMED, NAMED.mailboxes[0], NOW, UTC)
    assert isinstance(terms, StaffTerms)
    assert terms.stand_in == RealAddress(JAN)


@pytest.mark.parametrize("name", ["Nobody", "Eva", EVA, "Ola", OFF, "jan@elsewhere.example"])
def test_S13_nobody_stands_in_who_is_himself_unknown_or_may_not(name: str) -> None:
    words = AwayWords(until="2026-12-10", stand_in=name)
    assert terms_after(words, NAMED, NAMED.mailboxes[0], NOW, UTC) is Unclear.NO_COLLEAGUE


def test_S13_back_ends_both_and_leaves_the_rest() -> None:
    away = StaffTerms(name="Eva", copies=True, away_until=NOW, stand_in=RealAddress(JAN))
    shop = _shop(eva=away)
    terms = terms_after(AwayWords(is_back=True), shop, shop.mailboxes[0], NOW, UTC)
    assert terms == replace(away, away_until=None, stand_in=None)
