"""Which mailboxes a buyer's message goes to: a table, and what must hold for any staff at all (S-13, S-17)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.parties import Mailbox, Seller
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.domain.thread import Thread
from mailbridge.policy.staff import (
    colleague_called,
    head_mailbox,
    is_switched_off,
    may_switch,
    may_take,
    problem_with,
    readers,
    wishing_copies,
)
from tests.policy.stage import NOW, SELLER, a_mailbox, a_thread

LATER, BEFORE = NOW + timedelta(days=3), NOW - timedelta(days=1)


def _box(name: str, **terms: object) -> Mailbox:
    """A colleague at name@acme.example; without terms nothing was set."""
    stand_in = terms.pop("stand_in", None)
    if stand_in is not None:
        terms["stand_in"] = RealAddress(f"{stand_in}@acme.example")
    staff = StaffTerms(name=name.title(), **terms) if terms else None  # type: ignore[arg-type]  # fields of several types
    return a_mailbox(f"{name}@acme.example", staff=staff)


def _shop(*mailboxes: Mailbox) -> Seller:
    return replace(SELLER, mailboxes=mailboxes)


def _assigned(name: str | None) -> Thread:
    return a_thread(assigned_to=RealAddress(f"{name}@acme.example") if name else None)


def _got(shop: Seller, assigned: str | None = None, area: Area = Area.QUESTION) -> list[str]:
    return [m.address.local_part for m in readers(shop, _assigned(assigned), area, NOW)]


#: what is set, to whom it is assigned, in which area -> who gets it
TABLE = {
    "nothing set: the primary mailbox": ([_box("eva"), _box("jan")], None, Area.QUESTION, ["eva"]),
    "nothing set, another is primary": (
        [replace(_box("eva"), is_primary=False), _box("jan")],
        None,
        Area.QUESTION,
        ["jan"],
    ),
    "two want all": ([_box("eva"), _box("jan", gets=Gets.ALL)], None, Area.QUESTION, ["eva", "jan"]),
    "who is no longer active": (
        [_box("eva"), replace(_box("jan", gets=Gets.ALL), is_active=False)],
        None,
        Area.ORDER,
        ["eva"],
    ),
    "an area of his": (
        [_box("eva"), _box("jan", gets=Gets.AREAS, areas=(Area.DISPUTE,))],
        None,
        Area.DISPUTE,
        ["eva", "jan"],
    ),
    "no area of his": (
        [_box("eva"), _box("jan", gets=Gets.AREAS, areas=(Area.DISPUTE,))],
        None,
        Area.ORDER,
        ["eva"],
    ),
    "an area that nobody named": (
        [
            _box("eva", gets=Gets.AREAS, areas=(Area.ORDER,)),
            _box("jan", gets=Gets.AREAS, areas=(Area.DISPUTE,)),
        ],
        None,
        Area.QUESTION,
        ["eva"],
    ),
    "an area that nobody named, and the primary one wants none": (
        [_box("eva", gets=Gets.NOTHING), _box("jan", gets=Gets.AREAS, areas=(Area.DISPUTE,))],
        None,
        Area.QUESTION,
        ["jan"],
    ),
    "assigned: he and who wants all": ([_box("eva"), _box("jan"), _box("ola")], "jan", Area.ORDER, ["jan", "eva"]),
    "assigned: others' areas do not count": (
        [_box("eva", gets=Gets.ASSIGNED), _box("jan"), _box("ola", gets=Gets.AREAS, areas=(Area.ORDER,))],
        "jan",
        Area.ORDER,
        ["jan"],
    ),
    "assigned to one who wants nothing by now": (
        [_box("eva"), _box("jan", gets=Gets.NOTHING)],
        "jan",
        Area.ORDER,
        ["eva"],
    ),
    "assigned to nobody's mailbox": ([_box("eva")], "gone", Area.ORDER, ["eva"]),
    "away, with a stand-in": ([_box("eva", away_until=LATER, stand_in="jan"), _box("jan")], None, Area.ORDER, ["jan"]),
    "back again": ([_box("eva", away_until=BEFORE, stand_in="jan"), _box("jan")], None, Area.ORDER, ["eva"]),
    "back at this very moment": ([_box("eva", away_until=NOW, stand_in="jan"), _box("jan")], None, Area.ORDER, ["eva"]),
    "away, nobody else gets it": ([_box("eva", away_until=LATER), _box("jan")], None, Area.ORDER, ["eva"]),
    "away, a colleague gets it anyway": (
        [_box("eva", away_until=LATER), _box("jan", gets=Gets.ALL)],
        None,
        Area.ORDER,
        ["jan"],
    ),
    "a chain of stand-ins": (
        [_box("eva", away_until=LATER, stand_in="jan"), _box("jan", away_until=LATER, stand_in="ola"), _box("ola")],
        None,
        Area.ORDER,
        ["ola"],
    ),
    "a ring of stand-ins": (
        [_box("eva", away_until=LATER, stand_in="jan"), _box("jan", away_until=LATER, stand_in="eva")],
        None,
        Area.ORDER,
        ["eva"],
    ),
    "his own stand-in": ([_box("eva", away_until=LATER, stand_in="eva")], None, Area.ORDER, ["eva"]),
    "a stand-in who wants nothing": (
        [_box("eva", away_until=LATER, stand_in="jan"), _box("jan", gets=Gets.NOTHING)],
        None,
        Area.ORDER,
        ["eva"],
    ),
    "a stand-in who may not answer": (
        [_box("eva", away_until=LATER, stand_in="jan"), _box("jan", role=StaffRole.OBSERVER)],
        None,
        Area.ORDER,
        ["eva"],
    ),
    "a stand-in who gets it anyway gets it once": (
        [_box("eva", away_until=LATER, stand_in="jan"), _box("jan", gets=Gets.ALL)],
        None,
        Area.ORDER,
        ["jan"],
    ),
    "assigned and away, with a stand-in": (
        [_box("eva", gets=Gets.ASSIGNED), _box("jan", away_until=LATER, stand_in="ola"), _box("ola")],
        "jan",
        Area.ORDER,
        ["ola"],
    ),
    "assigned and away, without: as if it were not": (
        [_box("eva"), _box("jan", away_until=LATER)],
        "jan",
        Area.ORDER,
        ["eva"],
    ),
    "an observer beside": (
        [_box("eva"), _box("jan", role=StaffRole.OBSERVER, gets=Gets.ALL)],
        None,
        Area.ORDER,
        ["eva", "jan"],
    ),
    "an observer of another area": (
        [_box("eva"), _box("jan", role=StaffRole.OBSERVER, gets=Gets.AREAS, areas=(Area.DISPUTE,))],
        None,
        Area.ORDER,
        ["eva"],
    ),
    "switched off for everybody": ([_box("eva", gets=Gets.NOTHING), _box("jan")], None, Area.ORDER, []),
    "switched off, but assigned": ([_box("eva", gets=Gets.NOTHING), _box("jan")], "jan", Area.ORDER, ["jan"]),
    "only an observer wants it: nobody could answer": (
        [_box("eva", gets=Gets.NOTHING), _box("jan", role=StaffRole.OBSERVER, gets=Gets.ALL)],
        None,
        Area.ORDER,
        [],
    ),
}


@pytest.mark.parametrize("case", TABLE.values(), ids=TABLE)
def test_S13_who_gets_a_message(case: tuple[list[Mailbox], str | None, Area, list[str]]) -> None:
    mailboxes, assigned, area, expected = case
    assert _got(_shop(*mailboxes), assigned, area) == expected


def test_S13_a_message_that_opens_a_conversation_goes_by_its_area() -> None:
    shop = _shop(_box("eva", gets=Gets.AREAS, areas=(Area.ORDER,)), _box("jan", gets=Gets.AREAS, areas=(Area.DISPUTE,)))
    assert [m.address.local_part for m in readers(shop, None, Area.DISPUTE, NOW)] == ["jan"]


_NAMES = ("eva", "jan", "ola")
_TERMS = st.builds(
    StaffTerms,
    role=st.sampled_from(StaffRole),
    gets=st.sampled_from([None, *Gets]),
    areas=st.lists(st.sampled_from([Area.ORDER, Area.DISPUTE]), max_size=2).map(tuple),
    away_until=st.sampled_from([None, BEFORE, LATER]),
    stand_in=st.sampled_from([None, *(RealAddress(f"{name}@acme.example") for name in _NAMES)]),
)
_SHOPS = st.tuples(*(st.tuples(st.none() | _TERMS, st.booleans(), st.booleans()) for _ in _NAMES)).map(
    lambda rows: _shop(
        *(
            a_mailbox(f"{name}@acme.example", staff=staff, is_primary=is_primary, is_active=is_active)
            for name, (staff, is_primary, is_active) in zip(_NAMES, rows, strict=True)
        )
    )
)


@given(shop=_SHOPS, assigned=st.sampled_from([None, *_NAMES]), area=st.sampled_from([Area.ORDER, Area.QUESTION]))
def test_S13_S17_no_message_is_lost_unless_messaging_is_off(shop: Seller, assigned: str | None, area: Area) -> None:
    got = readers(shop, _assigned(assigned), area, NOW)
    assert len({mailbox.address.key for mailbox in got}) == len(got)
    assert all(mailbox.is_active for mailbox in got)
    is_anybody = any(mailbox.is_active for mailbox in shop.mailboxes)
    if is_anybody and not is_switched_off(shop):
        assert any(may_take(shop, mailbox) for mailbox in got)
    elif assigned is None:
        assert got == ()


@given(shop=_SHOPS)
def test_S17_switched_off_means_that_nothing_comes_as_it_comes(shop: Seller) -> None:
    is_anybody = any(mailbox.is_active for mailbox in shop.mailboxes)
    assert is_switched_off(shop) == (is_anybody and readers(shop, None, Area.ORDER, NOW) == ())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Jan", "jan"),
        ("  jan ", "jan"),
        ("JAN@ACME.EXAMPLE", "jan"),
        ("ola", "ola"),
        ("Eva", None),
        ("obs", None),
        ("", None),
    ],
)
def test_S13_a_colleague_is_named_by_name_or_address(said: str, meant: str | None) -> None:
    shop = _shop(
        _box("jan", gets=Gets.ASSIGNED),
        _box("ola"),
        replace(_box("eva1", copies=True), staff=StaffTerms(name="Eva")),
        replace(_box("eva2", copies=True), staff=StaffTerms(name="Eva")),
        _box("obs", role=StaffRole.OBSERVER),
    )
    found = colleague_called(shop, said)
    assert (found.address.local_part if found else None) == meant


def test_U5_copies_go_to_those_who_wish_them_and_not_to_the_author() -> None:
    shop = _shop(_box("eva", copies=True), _box("jan"), _box("ola", copies=True))
    assert [m.address.local_part for m in wishing_copies(shop, "EVA@acme.example")] == ["ola"]


def test_S13_the_shop_itself_is_told_at_an_owners_mailbox() -> None:
    shop = _shop(_box("eva", role=StaffRole.AGENT), _box("jan", role=StaffRole.AGENT), _box("ola"))
    head = head_mailbox(shop)
    assert head is not None
    assert head.address.local_part == "ola"
    assert (may_switch(shop, "ola@acme.example"), may_switch(shop, "eva@acme.example")) == (True, False)
    only_agents = _shop(_box("eva", role=StaffRole.AGENT))
    assert head_mailbox(only_agents) == only_agents.mailboxes[0]


@pytest.mark.parametrize(
    ("mailboxes", "said"),
    [
        ([_box("eva"), _box("jan", role=StaffRole.OBSERVER)], None),
        ([_box("eva", role=StaffRole.OBSERVER), _box("jan", role=StaffRole.OBSERVER)], "able to answer"),
        ([_box("eva", copies=True), replace(_box("jan"), staff=StaffTerms(name="EVA"))], "same name"),
        ([_box("eva", copies=True), replace(_box("jan"), is_active=False, staff=StaffTerms(name="EVA"))], None),
        ([_box("eva", gets=Gets.AREAS)], "at least one"),
        ([_box("eva", areas=(Area.ORDER,))], "areas go with"),
        ([_box("eva", stand_in="jan"), _box("jan")], "goes with away_until"),
        ([_box("eva", away_until=LATER, stand_in="eva")], "another active"),
        ([_box("eva", away_until=LATER, stand_in="jan"), _box("jan")], None),
        ([], None),
    ],
)
def test_S13_what_can_not_be_set_is_said(mailboxes: list[Mailbox], said: str | None) -> None:
    problem = problem_with(mailboxes)
    assert (problem is None) == (said is None)
    assert (said or "") in (problem or "")


def test_S13_all_that_can_not_be_is_said_at_once_and_of_which_mailbox() -> None:
    problem = problem_with(
        [_box("eva", role=StaffRole.OBSERVER, gets=Gets.AREAS), _box("jan", role=StaffRole.OBSERVER, stand_in="eva")]
    )
    assert problem is not None
    for said in ("somebody must be able", "eva@acme.example: areas go", "jan@acme.example: a stand-in goes"):
        assert said in problem
