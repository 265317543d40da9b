"""`queue list|show|retry|hold|release`: mail on its way out."""

from typing import Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_store
from mailbridge.domain.ids import DeliveryId
from mailbridge.events import Event, emit

commands = typer.Typer(name="queue", help="Mail on its way out.", no_args_is_help=True)

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of the delivery, from `queue list`.")]


@commands.command("list")
def list_(
    config: ConfigOption = SETTINGS_FILE,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most deliveries shown.")] = 100,
    all_: Annotated[bool, typer.Option("--all", help="Also what was delivered or given up.")] = False,
    json: JsonOption = False,
) -> None:
    """List deliveries that are not done, the oldest first."""
    from mailbridge.domain.delivery import DeliveryState

    states = tuple(DeliveryState) if all_ else (DeliveryState.PENDING, DeliveryState.HELD)
    with opened_store(config) as store:
        rows = store.queue_rows(states, limit)
    if json:
        print_json(rows)
        return
    print_table(
        ("ID", "KIND", "TO", "STATE", "ATTEMPTS", "NEXT (UTC)", "EXPIRES (UTC)", "STATUS", "DIAGNOSTIC"),
        [
            (
                row.id,
                row.kind,
                row.reader,
                row.state,
                row.attempts,
                row.next_attempt_at,
                row.expires_at,
                row.status,
                row.diagnostic,
            )
            for row in rows
        ],
        nothing="Nothing is queued.",
    )


@commands.command()
def show(delivery_id: IdArgument, config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """Show one delivery."""
    with opened_store(config) as store:
        row = store.queue_row(DeliveryId(delivery_id))
    if json:
        print_json(row)
        return
    for name in ("id", "record_id", "kind", "reader", "state", "attempts", "next_attempt_at", "leased_until"):
        say(f"{name + ':':<18}{shown(getattr(row, name))}")
    for name in ("expires_at", "status", "diagnostic"):
        say(f"{name + ':':<18}{shown(getattr(row, name))}")


@commands.command()
def retry(delivery_id: IdArgument, config: ConfigOption = SETTINGS_FILE) -> None:
    """Try one delivery now. One that was given up is tried again."""
    with opened_store(config) as store:
        store.retry_delivery(DeliveryId(delivery_id), now())
    _done("retry", delivery_id, "due now")


@commands.command()
def hold(delivery_id: IdArgument, config: ConfigOption = SETTINGS_FILE) -> None:
    """Keep one delivery back until it is released."""
    with opened_store(config) as store:
        store.hold_delivery(DeliveryId(delivery_id), now())
    _done("hold", delivery_id, "held")


@commands.command()
def release(delivery_id: IdArgument, config: ConfigOption = SETTINGS_FILE) -> None:
    """Let a delivery go on that was kept back."""
    with opened_store(config) as store:
        store.release_delivery(DeliveryId(delivery_id), now())
    _done("release", delivery_id, "due now")


def _done(command: str, delivery_id: str, result: str) -> None:
    emit(Event.PERSON_ACTED, command=f"queue {command}", object=delivery_id, result=result)
    say(f"{delivery_id}: {result}")
