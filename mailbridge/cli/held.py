"""`held list|show|release|refuse`: messages that wait for a person."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, print_json, print_table, say, shown
from mailbridge.cli.surroundings import (
    SETTINGS_FILE,
    ConfigOption,
    JsonOption,
    now,
    opened_bridge,
    opened_store,
    words_for_operator,
)
from mailbridge.domain.ids import RecordId
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.store.records import HeldRecord

commands = typer.Typer(name="held", help="Messages that wait for a person.", no_args_is_help=True)

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of the message, from `held list`.")]


@commands.command("list")
def list_(
    config: ConfigOption = SETTINGS_FILE,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most messages shown.")] = 100,
    json: JsonOption = False,
) -> None:
    """List held messages, the oldest first.

    With them stand those whose files are being looked into (screening), and those that are kept while their seller has
    messaging switched off: for these no person need do anything.
    """
    from mailbridge.cli.reasons import why_it_waits

    with opened_store(config) as store:
        held, total, screening = store.held_records(limit), store.count_held(), store.screening_records(limit)
        kept = store.kept_messages(limit)
    listed = sorted((*held, *screening, *kept), key=lambda record: (record.received_at, record.record_id))
    if json:
        print_json([_summary(record) for record in listed])
        return
    texts, language = words_for_operator(config)
    print_table(
        ("ID", "SINCE (UTC)", "MARKET", "WHY", "SUBJECT"),
        [(h.record_id, h.received_at, h.marketplace, why_it_waits(h, texts, language), h.subject) for h in listed],
        nothing="Nothing is held.",
    )
    if total > len(held):
        say(f"{total - len(held)} more: --limit")


@commands.command()
def show(
    record_id: IdArgument,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
    raw: Annotated[bool, typer.Option("--raw", help="Print the mail as it came in.")] = False,
) -> None:
    """Show one held message: why it waits, and what it says."""
    from mailbridge.cli.reasons import why_it_waits
    from mailbridge.message.parse import parse

    with opened_store(config) as store:
        held = store.held_record(RecordId(record_id))
        asked_in = store.second_look_asked_in(held.record_id)
        appeal = parse(store.original(asked_in)).own_text.strip() if asked_in is not None else ""
    if raw:
        typer.get_binary_stream("stdout").write(held.envelope.content)
        return
    message = parse(held.envelope.content)
    if json:
        print_json(
            _summary(held)
            | {
                "text": message.own_text,
                "attachments": [a.filename for a in message.attachments],
                "author_says": appeal,
            }
        )
        return
    say(f"{'why:':<14}{why_it_waits(held, *words_for_operator(config))} ({held.reason})")
    for name, value in _summary(held).items():
        if name not in ("hold", "reason"):
            say(f"{name + ':':<14}{shown(', '.join(value) if isinstance(value, tuple) else value)}")
    say(f"{'author:':<14}{shown(message.author.addr_spec if message.author else None)}")
    say(f"{'attachments:':<14}{', '.join(attachment.filename for attachment in message.attachments) or '-'}")
    say()
    say(message.own_text.strip() or "(no text)")
    if asked_in is not None:
        say(f"\nIts author asks for a second look and says:\n\n{appeal or '(nothing)'}")


@commands.command()
def release(
    record_id: IdArgument,
    config: ConfigOption = SETTINGS_FILE,
    despite_leak: Annotated[
        bool, typer.Option("--despite-leak", help="Send it even where the leak gate found a secret of the author.")
    ] = False,
) -> None:
    """Let one held message go on: its author and content are vouched for by you."""
    from mailbridge.cli.reasons import why
    from mailbridge.path.held import release as let_go
    from mailbridge.policy.plan import Disposition

    with opened_bridge(config) as bridge:
        plans = let_go(RecordId(record_id), bridge, despite_leak=despite_leak)
        reasons = [why(plan, bridge.texts, bridge.settings.operator_language) for plan in plans]
    for plan, reason in zip(plans, reasons, strict=True):
        emit(Event.PERSON_ACTED, command="held release", object=record_id, result=plan.disposition.value)
        say(f"{record_id}: {plan.disposition.value}: {reason} ({plan.reason})")
    if any(plan.disposition is Disposition.HELD or not plan.reply.is_positive for plan in plans):
        raise typer.Exit(ExitCode.PROBLEM)


@commands.command()
def refuse(record_id: IdArgument, config: ConfigOption = SETTINGS_FILE) -> None:
    """Refuse one held message: it is kept in the record and goes nowhere; its author is told where he may be."""
    from mailbridge.path.held import refuse as settle

    with opened_store(config) as store:
        settle(RecordId(record_id), store, now)
    emit(Event.PERSON_ACTED, command="held refuse", object=record_id, result="refused")
    say(f"{record_id}: refused")


def _summary(held: "HeldRecord") -> dict[str, object]:
    """What may be shown of a held message without its text."""
    return {
        "record_id": held.record_id,
        "received_at": held.received_at,
        "marketplace": held.marketplace,
        "thread_id": held.thread_id,
        "state": held.state,
        "hold": held.hold,
        "reason": held.reason,
        "findings": held.findings,
        "gate_places": held.gate_places,
        "to": held.envelope.forward_paths,
        "subject": held.subject,
    }
