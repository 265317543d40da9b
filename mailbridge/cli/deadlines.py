"""`deadlines due|report|clocks|no-reply`: until when sellers have to answer, and how often they were late."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, print_json, print_table, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_bridge, opened_store
from mailbridge.domain.ids import ThreadId
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from datetime import datetime

    from mailbridge.domain.parties import Marketplace
    from mailbridge.path.bridge import Bridge
    from mailbridge.store.clockrecords import DeadlineRow, LateShare

commands = typer.Typer(name="deadlines", help="Until when sellers have to answer.", no_args_is_help=True)

#: the windows of the report, in days (E-09)
_WINDOWS = (7, 30, 90)
_WITHIN = re.compile(r"([0-9]{1,5})(min|h|d)")
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _duration(text: str) -> timedelta:
    found = _WITHIN.fullmatch(text)
    if found is None:
        raise typer.BadParameter('must be a time such as "90min", "3h" or "2d"')
    return int(found[1]) * _UNITS[found[2]]


@commands.command()
def due(
    within: Annotated[
        str, typer.Option("--within", metavar="TIME", help="How far ahead: 90min, 3h, 2d. What is late is shown too.")
    ] = "24h",
    seller: Annotated[
        str | None, typer.Option("--seller", metavar="REFERENCE", help="Only what this seller has to answer.")
    ] = None,
    market: Annotated[
        str | None,
        typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace, where several have him."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most conversations shown.")] = 200,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """List conversations that wait for an answer which is due soon, or late, the most urgent first.

    DUE is by the honest clock, which an automatic reply does not stop; MARKET is until when the marketplace's own clock
    waits: nothing where that one is stopped.
    """
    from mailbridge.store.clockrecords import DueAsked

    at = now()
    until = at + _duration(within)
    with opened_store(config) as store:
        seller_id = store.seller_called(seller, market).seller.id if seller is not None else None
        rows = store.due(DueAsked(until=until, seller_id=seller_id, limit=limit))
    if json:
        print_json([_plain(row, at) for row in rows])
        return
    print_table(
        ("THREAD", "DUE (UTC)", "IN", "MARKET (UTC)", "MARKET", "SELLER", "BUYER", "ORDER", "AREA"),
        [_cells(row, at) for row in rows],
        nothing=f"Nothing is due within {within}.",
    )


def _cells(row: "DeadlineRow", at: "datetime") -> tuple[object, ...]:
    """One conversation for people."""
    return (
        row.thread.id,
        row.honest.due_at,
        _away(row.honest.due_at - at),
        row.market.due_at if row.market is not None else None,
        row.marketplace.name,
        row.seller_reference,
        row.buyer.name or row.buyer.handle,
        row.thread.order_reference,
        row.thread.area,
    )


def _plain(row: "DeadlineRow", at: "datetime") -> dict[str, object]:
    """One conversation for programs."""
    return {
        "thread_id": row.thread.id,
        "marketplace": row.marketplace.name,
        "seller": row.seller_reference,
        "buyer": row.buyer.name or row.buyer.handle,
        "order": row.thread.order_reference,
        "area": row.thread.area,
        "clock": row.honest.clock,
        "running_since": row.honest.started_at,
        "due_at": row.honest.due_at,
        "late_by_s": row.honest.late_by(at),
        "market_due_at": row.market.due_at if row.market is not None else None,
        "market_late_by_s": row.market.late_by(at) if row.market is not None else None,
    }


def _away(left: timedelta) -> str:
    """How far it is, for people: 3 h 20 min, or late by so much."""
    minutes = abs(left) // timedelta(minutes=1)
    words = f"{minutes // 60} h {minutes % 60:02} min"
    return f"late by {words}" if left < timedelta(0) else words


@commands.command()
def report(config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """Show which share of answers came late, by seller, over the last 7, 30 and 90 days, by both clocks.

    Counts what was asked in that time and was answered, or should have been by now; not what needed no reply.
    """
    with opened_store(config) as store:
        shares = store.late_shares(now(), _WINDOWS)
    if json:
        print_json([_share(one) for one in shares])
        return
    by_row: dict[tuple[str, str, str], dict[int, str]] = {}
    for one in shares:
        cell = f"{one.share:.1%} ({one.late} of {one.counted})"
        by_row.setdefault((one.marketplace, one.seller, one.which.value), {})[one.days] = cell
    print_table(
        ("MARKET", "SELLER", "CLOCK", *(f"{days} DAYS" for days in _WINDOWS)),
        [(*names, *(cells.get(days, "-") for days in _WINDOWS)) for names, cells in by_row.items()],
        nothing="No answer was due in the last 90 days.",
    )


def _share(one: "LateShare") -> dict[str, object]:
    return {
        "marketplace": one.marketplace,
        "seller": one.seller,
        "clock": one.which,
        "days": one.days,
        "counted": one.counted,
        "late": one.late,
        "share": round(one.share, 4),
    }


@commands.command()
def clocks(config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """Show for each marketplace who begins which kind of conversation, and which clock runs in it today."""
    with opened_bridge(config) as bridge:
        rows = [row for market in bridge.store.marketplaces() for row in _areas(market, bridge)]
    if json:
        print_json(rows)
        return
    print_table(
        ("MARKET", "AREA", "OPENED BY", "CLOCK", "WITHIN", "STARTED BY", "ANSWERED BY", "EXCUSED BY"),
        [tuple(", ".join(cell) if isinstance(cell, list) else cell for cell in row.values()) for row in rows],
        nothing="No marketplace is on record: `mailbridge import`",
    )


def _areas(market: "Marketplace", bridge: "Bridge") -> list[dict[str, object]]:
    """What holds for each kind of conversation on this marketplace today."""
    from mailbridge.domain.thread import Area

    rules, today, found = bridge.rules(), now().date(), []
    for area in Area:
        clock = rules.clock_of(market, area, today)
        row: dict[str, object] = {
            "market": market.name,
            "area": area,
            "opened_by": sorted(role.value for role in rules.area_of(market, area, today).opened_by),
            "clock": clock.id if clock is not None else None,
            "within": f"{clock.within / timedelta(hours=1):g} h" if clock is not None else None,
            "starts": sorted(kind.value for kind in clock.starts) if clock is not None else [],
            "answered_by": sorted(kind.value for kind in clock.answered_by) if clock is not None else [],
            "excused_by": sorted(kind.value for kind in clock.excused_by) if clock is not None else [],
        }
        found.append(row)
    return found


@commands.command("no-reply")
def no_reply(
    thread_id: Annotated[str, typer.Argument(metavar="THREAD", help="Id of the conversation, from `deadlines due`.")],
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Say that the buyer waits for nothing: the clocks stop, and it counts neither as in time nor as late."""
    from mailbridge.domain.clocks import ClockEventKind
    from mailbridge.path.clocks import excused

    with opened_bridge(config) as bridge:
        thread = bridge.store.thread(ThreadId(thread_id)).thread
        change = excused(thread, bridge.clock(), bridge)
        is_known = change is not None and ClockEventKind.NO_REPLY_NEEDED in change.tick.clock.excused_by
        if change is not None and is_known:
            bridge.store.tick(change)
    if not is_known:
        say(f"{thread_id}: the clock of this kind of conversation knows no such thing: an answer stops it")
        raise typer.Exit(ExitCode.PROBLEM)
    emit(Event.PERSON_ACTED, command="deadlines no-reply", object=thread_id, result="excused")
    say(f"{thread_id}: no reply needed")
