"""Trade data files: read whole or refused whole, and every field broken in every way is named with its line."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from mailbridge.domain.acknowledgement import NO_AREA, AckText, AckWishes
from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.parties import Hides, PersonalData
from mailbridge.domain.trade_batch import TradeBatch
from mailbridge.errors import ImportRejected, Problem
from mailbridge.trade_import import read_trade

Row = dict[str, object]

MAILBOX: Row = {
    "address": "shop@acme.example",
    "authenticated_as": ["bounces@helpdesk.example", "helpdesk.example"],
    "is_primary": True,
    "is_active": True,
}
#: every type with every field
ROWS: dict[str, Row] = {
    "marketplace": {
        "type": "marketplace",
        "reference": "market",
        "name": "Market",
        "alias_domain": "relay.example",
        "languages": ["pl", "en"],
        "cc_address": "copy@relay.example",
        "rule_packs": ["general"],
        "own_domains": ["market.example"],
        "first_contact": "hold",
        "history": "keep",
        "hides": ["names", "phones"],
        "acknowledges": True,
        "acknowledge_after_s": 60,
        "acknowledged_areas": ["question", "dispute"],
        "copies_acknowledgements": True,
        "offers_actions": True,
        "tells_when_called": False,
        "regions": ["PL"],
        "is_active": True,
    },
    "seller": {
        "type": "seller",
        "marketplace": "market",
        "reference": "s1",
        "name": "Acme",
        "contact": "acme",
        "mailboxes": [MAILBOX],
        "language": "pl",
        "is_business": True,
        "people": ["Max Müller"],
        "phones": ["+49 30 123456"],
        "postal": ["Lange Str. 5, 10115 Berlin"],
        "due_mail_at": ["08:00", "16:30"],
        "undo_s": 60,
        "acknowledgement": {
            "is_on": True,
            "areas": ["question", "order"],
            "after_s": 900,
            "copies": True,
            "sender_name": "Acme Support",
            "notify": "desk@acme.example",
            "texts": [
                {"language": "pl", "body": "Dzień dobry, tu {{ seller }}", "subject": "Mamy to", "area": "order"}
            ],
        },
        "is_active": True,
    },
    "buyer": {
        "type": "buyer",
        "marketplace": "market",
        "reference": "b1",
        "handle": "anna77",
        "name": "Anna Kowalska",
        "phones": ["600 123 456"],
        "postal": [],
        "mailboxes": [{"address": "anna@post.example"}],
        "language": "pl",
        "is_active": True,
    },
    "offer": {
        "type": "offer",
        "marketplace": "market",
        "reference": "9912",
        "seller": "s1",
        "title": "Hose",
        "is_active": True,
    },
    "order": {
        "type": "order",
        "marketplace": "market",
        "reference": "48213",
        "seller": "s1",
        "buyer": "b1",
        "state": "completed",
        "completed_at": "2026-11-21T15:05:00+01:00",
        "fulfilled_by": "seller",
        "is_gift": False,
        "is_active": True,
    },
}
REQUIRED = {
    "marketplace": ("reference", "name", "alias_domain"),
    "seller": ("marketplace", "reference", "name", "contact", "mailboxes"),
    "buyer": ("marketplace", "reference", "handle"),
    "offer": ("marketplace", "reference", "seller"),
    "order": ("marketplace", "reference", "seller", "buyer"),
}
OUT_OF_RANGE: dict[str, tuple[object, ...]] = {
    "reference": ("", " ", "a\nb", "x" * 201),
    "name": ("a\tb",),
    "alias_domain": ("localhost", "a b.example", "@relay.example"),
    "languages": (["fr"], []),
    "language": ("fr", "PL"),
    "cc_address": ("copy@other.example", "postmaster@relay.example", "nobody"),
    "rule_packs": (["no such pack"], ["../x"]),
    "own_domains": (["market"],),
    "first_contact": ("maybe",),
    "history": ("some",),
    "hides": (["faces"],),
    "people": ([""],),
    "phones": (["1\n2"],),
    "due_mail_at": ("08:00", ["8:00"], ["24:00"], ["08:00:00"], ["noon"], [8], ["08:00"] * 25),
    "undo_s": (29, 121, -1),
    "postal": ("Lange Str. 5",),
    "acknowledge_after_s": (-1, 3601),
    "acknowledged_areas": (["chat"], ["note"], ["question", "question"]),
    "regions": (["pl"], ["Poland"]),
    "acknowledgement": ("on", [1]),
    "marketplace": ("",),
    "contact": (
        "Acme",
        "a_b",
        "postmaster",
        "act-x",
        "b-1",
        "abcdefghijklmnop",
        "acme.o-1",
        "acme.ticket",
        "a" * 33,
        "",
    ),
    "mailboxes": (),
    "handle": ("",),
    "seller": ("",),
    "buyer": ("",),
    "state": ("done",),
    "completed_at": ("2026-11-21", "2026-11-21T15:05:00", "soon"),
    "fulfilled_by": ("nobody",),
    "title": ("a\u0007b",),
}
BAD_MAILBOXES: tuple[tuple[str, object], ...] = (
    ("address", "nobody"),
    ("address", "postmaster@acme.example"),
    ("address", "noreply@acme.example"),
    ("address", 1),
    ("authenticated_as", "helpdesk.example"),
    ("authenticated_as", ["helpdesk"]),
    ("authenticated_as", ["@helpdesk.example"]),
    ("is_primary", "yes"),
    ("is_active", 1),
    ("adress", "x@acme.example"),
)


def read(folder: Path, *rows: object) -> TradeBatch:
    file = folder / "trade.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_trade(file)


def problems(folder: Path, *rows: object) -> tuple[Problem, ...]:
    with pytest.raises(ImportRejected) as caught:
        read(folder, *rows)
    return caught.value.problems


def broken(kind: str, **changes: object) -> list[Row]:
    """All rows, the one of this type changed; a value of ... takes the field away."""
    row = {key: value for key, value in (ROWS[kind] | changes).items() if value is not ...}
    return [row if name == kind else good for name, good in ROWS.items()]


def assert_blamed(folder: Path, rows: list[Row], kind: str, key: str) -> None:
    found = problems(folder, *rows)
    blamed = [p for p in found if p.key == key or p.key.startswith((f"{key}[", f"{key}."))]
    assert {(p.file, p.line) for p in blamed} == {(str(folder / "trade.jsonl"), list(ROWS).index(kind) + 1)}
    assert all(len(p.reason) > len("wrong") for p in blamed)


def test_a_file_with_every_field_is_read(tmp_path: Path) -> None:
    batch = read(tmp_path, *ROWS.values())
    assert [len(part) for part in (batch.marketplaces, batch.sellers, batch.buyers, batch.offers, batch.orders)] == [
        1
    ] * 5
    assert batch.sellers[0].mailboxes[0].authenticated_as == ("bounces@helpdesk.example", "helpdesk.example")
    assert batch.marketplaces[0].hides == (Hides.NAMES, Hides.PHONES)
    assert batch.sellers[0].personal == PersonalData(
        names=("Max Müller",), phones=("+49 30 123456",), postal=("Lange Str. 5, 10115 Berlin",)
    )
    assert (batch.marketplaces[0].offers_actions, batch.sellers[0].undo_s) == (True, 60)
    assert batch.sellers[0].due_mail_at == (time(8), time(16, 30))
    assert batch.buyers[0].personal == PersonalData(phones=("600 123 456",))
    assert batch.orders[0].completed_at == datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
    assert [batch.marketplaces[0].line, batch.orders[0].line] == [1, 5]


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    required = [{k: v for k, v in row.items() if k in ("type", *REQUIRED[name])} for name, row in ROWS.items()]
    batch = read(tmp_path, *required)
    assert (batch.marketplaces[0].languages, batch.buyers[0].mailboxes, batch.offers[0].is_active) == (
        ("en",),
        (),
        True,
    )


def test_names_are_lower_cased_where_case_means_nothing(tmp_path: Path) -> None:
    batch = read(tmp_path, *broken("marketplace", alias_domain="Relay.EXAMPLE", cc_address="Copy@RELAY.example"))
    assert batch.marketplaces[0].alias_domain == "relay.example"
    assert batch.marketplaces[0].cc_address == "copy@relay.example"


def test_empty_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "trade.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(ROWS["marketplace"]).encode() + b"\r\n\r\n")
    assert len(read_trade(file).marketplaces) == 1


def _wrong_types() -> Iterator[tuple[str, str, object]]:
    for kind, row in ROWS.items():
        for key in row:
            if key != "type":
                yield kind, key, {"a": 1}
                yield kind, key, 1.5


@pytest.mark.parametrize(("kind", "key", "value"), list(_wrong_types()))
def test_a_value_of_the_wrong_type_is_named_with_its_line(tmp_path: Path, kind: str, key: str, value: object) -> None:
    assert_blamed(tmp_path, broken(kind, **{key: value}), kind, key)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [(kind, key, value) for kind, row in ROWS.items() for key in row for value in OUT_OF_RANGE.get(key, ())],
)
def test_a_value_out_of_range_is_named_with_its_line(tmp_path: Path, kind: str, key: str, value: object) -> None:
    assert_blamed(tmp_path, broken(kind, **{key: value}), kind, key)


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, keys in REQUIRED.items() for key in keys])
def test_a_missing_field_is_named_with_its_line(tmp_path: Path, kind: str, key: str) -> None:
    assert_blamed(tmp_path, broken(kind, **{key: ...}), kind, key)


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, row in ROWS.items() for key in row])
def test_a_misspelt_field_comes_with_the_right_spelling(tmp_path: Path, kind: str, key: str) -> None:
    found = problems(tmp_path, *broken(kind, **{f"{key}x": "x"}))
    assert f'did you mean "{key}"' in next(problem.reason for problem in found if problem.key == f"{key}x")


@pytest.mark.parametrize(("key", "value"), BAD_MAILBOXES)
def test_a_mailbox_that_can_not_be_is_named_with_its_place(tmp_path: Path, key: str, value: object) -> None:
    rows = broken("seller", mailboxes=[MAILBOX, MAILBOX | {"address": "b@acme.example"} | {key: value}])
    found = problems(tmp_path, *rows)
    assert {(p.line, p.key.removesuffix("[1]")) for p in found} == {(2, f"mailboxes[2].{key}")}


BAD_WISHES: tuple[tuple[str, object], ...] = (
    ("is_on", "yes"),
    ("areas", ["chat"]),
    ("areas", ["note"]),
    ("areas", ["order", "order"]),
    ("after_s", -1),
    ("after_s", 3601),
    ("copies", 1),
    ("notify", "nobody"),
    ("notify", "acme@relay.example"),
    ("senderName", "x"),
    ("texts", {}),
)
TEXT: Row = {"language": "pl", "body": "x"}


@pytest.mark.parametrize(("key", "value"), BAD_WISHES)
def test_S41_S50_what_a_seller_can_not_set_is_named_with_its_place(tmp_path: Path, key: str, value: object) -> None:
    found = problems(tmp_path, *broken("seller", acknowledgement={key: value}))
    assert {(p.line, p.key.partition("[")[0]) for p in found} == {(2, f"acknowledgement.{key}")}


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        ([TEXT | {"language": "fr"}], "texts[1].language"),
        ([TEXT, TEXT | {"area": "chat"}], "texts[2].area"),
        ([{"language": "pl"}], "texts[1].body"),
        ([TEXT | {"text": "x"}], "texts[1].text"),
        ([TEXT, TEXT | {"area": "order"}, TEXT], "texts[3]"),
    ],
)
def test_S47_a_text_that_can_not_be_is_named_with_its_place(tmp_path: Path, texts: list[Row], key: str) -> None:
    [found] = problems(tmp_path, *broken("seller", acknowledgement={"texts": texts}))
    assert (found.line, found.key) == (2, f"acknowledgement.{key}")


def test_S42_the_switch_can_not_be_on_while_every_area_is_off(tmp_path: Path) -> None:
    of_market = problems(tmp_path, *broken("marketplace", acknowledged_areas=[]))
    of_seller = problems(tmp_path, *broken("seller", acknowledgement={"is_on": True, "areas": []}))
    file = tmp_path / "trade.jsonl"
    assert [str(problem) for problem in of_market] == [f"{file}:1: acknowledges: {NO_AREA}"]
    assert [str(problem) for problem in of_seller] == [f"{file}:2: acknowledgement.is_on: {NO_AREA}"]
    read(tmp_path, *broken("marketplace", acknowledges=False, acknowledged_areas=[]))


def test_S36_S47_what_a_seller_sets_is_read(tmp_path: Path) -> None:
    wishes = read(tmp_path, *ROWS.values()).sellers[0].acknowledgement
    assert wishes == AckWishes(
        is_on=True,
        areas=(Area.QUESTION, Area.ORDER),
        after_s=900,
        copies=True,
        sender_name="Acme Support",
        notify=RealAddress("desk@acme.example"),
        texts=(AckText(language="pl", body="Dzień dobry, tu {{ seller }}", subject="Mamy to", area=Area.ORDER),),
    )
    assert read(tmp_path, *broken("seller", acknowledgement=None)).sellers[0].acknowledgement is None


@pytest.mark.parametrize("address", ["acme@relay.example", "abcdefghijklmnop@RELAY.example"])
@pytest.mark.parametrize("kind", ["seller", "buyer"])
def test_T47_an_address_of_ours_is_nobodys_mailbox(tmp_path: Path, kind: str, address: str) -> None:
    (problem,) = problems(tmp_path, *broken(kind, mailboxes=[{"address": address}]))
    assert (problem.line, problem.key) == (list(ROWS).index(kind) + 1, "mailboxes[1].address")


@pytest.mark.parametrize("given", ["b@x.example", 7, ["b@x.example"], None])
def test_what_is_no_mailbox_is_told_what_one_looks_like(tmp_path: Path, given: object) -> None:
    (problem,) = problems(tmp_path, *broken("seller", mailboxes=[given]))
    assert (problem.key, '{"address": "' in problem.reason) == ("mailboxes[1]", True)


def test_a_mailbox_stands_once(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, *broken("seller", mailboxes=[MAILBOX, MAILBOX | {"address": "SHOP@acme.example"}]))
    assert problem.key == "mailboxes[2].address"


@pytest.mark.parametrize("kind", ROWS)
def test_an_object_stands_once_in_a_file(tmp_path: Path, kind: str) -> None:
    again = ROWS[kind] | ({"alias_domain": "b.example", "cc_address": None} if kind == "marketplace" else {})
    again = again | ({"contact": "other"} if kind == "seller" else {})
    (problem,) = problems(tmp_path, *ROWS.values(), again)
    assert (problem.line, problem.key) == (6, "reference")


def test_two_sellers_do_not_share_a_contact_address(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, *ROWS.values(), ROWS["seller"] | {"reference": "s2"})
    assert (problem.line, problem.key) == (6, "contact")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("{", ""),
        ("[1]", ""),
        ('"x"', ""),
        ('{"type": "seller", "type": "buyer"}', "type"),
        ('{"type": "seler"}', "type"),
        ("{}", "type"),
        ('{"type": 1}', "type"),
        ("[" * 100_000, ""),
        ('{"type": "offer", "title": "' + "x" * 2**20 + '"}', ""),
    ],
)
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str, key: str) -> None:
    (problem,) = problems(tmp_path, ROWS["marketplace"], line)
    assert (problem.line, problem.key) == (2, key)


def test_octets_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "trade.jsonl").write_bytes(b'{"type": "\xff"}\n')
    with pytest.raises(ImportRejected, match="UTF-8"):
        read_trade(tmp_path / "trade.jsonl")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportRejected, match="can not be read"):
        read_trade(tmp_path / "nothing.jsonl")


def test_all_errors_of_a_file_are_said_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    rows = [row | {"reference": ""} for row in ROWS.values()]
    assert [problem.line for problem in problems(tmp_path, *rows)] == [1, 2, 3, 4, 5]


PAGE = (Path(__file__).resolve().parents[2] / "docs" / "import.md").read_text(encoding="utf-8")


def test_the_example_in_docs_is_read(tmp_path: Path) -> None:
    shown = [line.strip() for line in PAGE.splitlines() if line.startswith("    {")]
    batch = read(tmp_path, *(row for row in shown if '"message"' not in row))
    assert [len(part) for part in (batch.marketplaces, batch.sellers, batch.buyers, batch.offers, batch.orders)] == [
        1
    ] * 5


def test_the_example_of_messages_in_docs_is_read(tmp_path: Path) -> None:
    shown = [line.strip() for line in PAGE.splitlines() if line.startswith("    {")]
    batch = read(tmp_path, *(row for row in shown if '"message"' in row))
    assert [message.area is None for message in batch.messages] == [False, True]  # what the buyer asks, and the answer


@pytest.mark.parametrize("field", sorted({field for row in (*ROWS.values(), MAILBOX) for field in row}))
def test_every_field_is_described_in_docs(field: str) -> None:
    assert f"`{field}`" in PAGE
