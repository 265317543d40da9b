"""`thread list|show|move|merge|split|close|resolve|give-up|reopen`: the recorded conversations."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, load_settings, now, opened_store
from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.thread import Actor, Move, ThreadState
from mailbridge.errors import NotFound, NotPossible
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.store.shownrows import RecordRow
    from mailbridge.store.store import Store

ThreadArgument = Annotated[str, typer.Argument(metavar="THREAD", help="Id of the conversation, from `thread list`.")]
WhyOption = Annotated[str, typer.Option("--why", help="Why, for the record.")]

#: by the value of `NotMoved`
_WHY_NOT = {
    "so_already": "nothing to do",
    "ended_otherwise": "it has ended in another way; `thread reopen` comes first",
    "not_yours": "rule files do not let the marketplace do that in this area",
}

commands = typer.Typer(name="thread", help="The recorded conversations.", no_args_is_help=True)


@commands.command("list")
def list_(
    config: ConfigOption = SETTINGS_FILE,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most conversations shown.")] = 50,
    json: JsonOption = False,
) -> None:
    """List conversations, the newest first."""
    with opened_store(config) as store:
        rows = store.threads(limit=limit)
    if json:
        print_json(rows)
        return
    print_table(
        ("ID", "LAST (UTC)", "MARKET", "SELLER", "BUYER", "ORDER", "STATE", "TAKEN BY", "MAILS", "SUBJECT"),
        [
            (
                row.thread.id,
                row.thread.last_at,
                row.marketplace,
                row.seller,
                row.buyer,
                row.thread.order_reference,
                row.thread.state,
                row.thread.assigned_to.addr_spec if row.thread.assigned_to is not None else None,
                row.messages,
                row.thread.subject_for_seller or row.thread.subject_for_buyer,
            )
            for row in rows
        ],
        nothing="There is no conversation yet.",
    )


@commands.command()
def show(
    any_id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of the conversation, from `thread list`; or of one message.")
    ],
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Show one conversation, message by message, as it was written and as it was delivered; or one message alone."""
    with opened_store(config) as store:
        records = _records(store, any_id)
    if json:
        print_json(records)
        return
    for record in records:
        say_message(record)


def say_message(record: "RecordRow") -> None:
    """Print one message as it was written and as it was delivered, for people."""
    direction = record.direction.value.replace("_", " ") if record.direction else "-"
    say(f"--- {shown(record.received_at)}  {direction}  {record.state} ({record.reason})  {record.record_id}")
    say(f"Subject: {record.subject}")
    if record.is_uncertain:
        say(f"Uncertain: it may belong to another conversation; `thread move {record.record_id} THREAD` moves it")
    if record.kind is not None:
        say(f"Kind: {shown(record.kind)}; about: {shown(', '.join(record.topics))}; priority: {record.priority}")
    for name in record.attachments:
        say(f"Attachment: {name}")
    for line in record.files:
        say(f"File: {line}")
    for finding in record.findings:
        say(f"Finding: {finding}")
    if record.facts:
        say(f"Conditions saw: {', '.join(record.facts)}")
    say()
    say(record.new_text.strip() or "(no text)")
    if record.delivered_text.strip() not in ("", record.new_text.strip()):
        say()
        say("Delivered as:")
        say(record.delivered_text.strip())
    say()


@commands.command()
def move(
    record_id: Annotated[str, typer.Argument(metavar="MESSAGE", help="Id of the message, from `thread show`.")],
    thread_id: Annotated[str, typer.Argument(metavar="THREAD", help="Id of the conversation it belongs to.")],
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Move one message to another conversation of the same buyer and seller."""
    with opened_store(config) as store:
        store.move_record(RecordId(record_id), ThreadId(thread_id), now())
    emit(Event.PERSON_ACTED, command="thread move", object=record_id, result=thread_id)
    say(f"{record_id}: now in {thread_id}")


@commands.command()
def assign(
    thread_id: ThreadArgument,
    mailbox: Annotated[
        str, typer.Argument(metavar="[MAILBOX]", help="Mailbox or name of the colleague at the seller who takes it.")
    ] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody has it any more.")] = False,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Say who at the seller takes a conversation: buyers' messages in it come to him and to those who get all."""
    from mailbridge.policy.staff import colleague_called
    from mailbridge.store.staffrecords import Assignment

    if nobody == bool(mailbox):
        raise typer.BadParameter("say either a mailbox or --nobody")
    with opened_store(config) as store:
        thread = store.thread(ThreadId(thread_id)).thread
        seller = next(row.seller for row in store.directory().sellers if row.seller.id == thread.seller_id)
        found = colleague_called(seller, mailbox)
        if found is None and not nobody:
            raise NotFound(f"{mailbox} is no mailbox of this seller to which a conversation can be assigned")
        wanted = Assignment(thread_id=thread.id, mailbox=found.address if found else None, by="command")
        store.assign(wanted, now())
    emit(Event.PERSON_ACTED, command="thread assign", object=thread_id, result="nobody" if nobody else "assigned")
    say(f"{thread_id}: {'nobody has it' if found is None else f'taken by {found.address.addr_spec}'}")


@commands.command()
def merge(
    source_id: Annotated[str, typer.Argument(metavar="FROM", help="Id of the conversation that ends.")],
    target_id: Annotated[str, typer.Argument(metavar="INTO", help="Id of the conversation that goes on.")],
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Put all messages of one conversation into another of the same buyer and seller, and close the first."""
    with opened_store(config) as store:
        count = store.merge_threads(ThreadId(source_id), ThreadId(target_id), now())
    emit(Event.PERSON_ACTED, command="thread merge", object=source_id, result=target_id)
    say(f"{source_id}: closed; messages now in {target_id}: {count}")


@commands.command()
def split(
    record_id: Annotated[
        str, typer.Argument(metavar="MESSAGE", help="Id of the message with which the new conversation begins.")
    ],
    order: Annotated[
        str, typer.Option("--order", metavar="REFERENCE", help="The order that the new one is about; none without it.")
    ] = "",
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Put a message and all that came after it into a new conversation of the same buyer and seller."""
    with opened_store(config) as store:
        thread_id, count = store.split_thread(RecordId(record_id), order, now())
    emit(Event.PERSON_ACTED, command="thread split", object=record_id, result=thread_id)
    say(f"{thread_id}: new, with messages: {count}")


@commands.command()
def close(thread_id: ThreadArgument, why: WhyOption = "", config: ConfigOption = SETTINGS_FILE) -> None:
    """Close a conversation, as the marketplace."""
    _change(thread_id, Move.CLOSE, why, config)


@commands.command()
def resolve(thread_id: ThreadArgument, why: WhyOption = "", config: ConfigOption = SETTINGS_FILE) -> None:
    """Call a conversation resolved, as the marketplace."""
    _change(thread_id, Move.RESOLVE, why, config)


@commands.command("give-up")
def give_up(thread_id: ThreadArgument, why: WhyOption = "", config: ConfigOption = SETTINGS_FILE) -> None:
    """Call a conversation unresolved, as the marketplace."""
    _change(thread_id, Move.GIVE_UP, why, config)


@commands.command()
def reopen(thread_id: ThreadArgument, why: WhyOption = "", config: ConfigOption = SETTINGS_FILE) -> None:
    """Open a conversation again, as the marketplace."""
    _change(thread_id, Move.REOPEN, why, config)


def _change(thread_id: str, move: Move, why: str, config: Path) -> None:
    """Do it where the rules of its area let the marketplace."""
    from mailbridge import app
    from mailbridge.domain.clocks import ClockEvent, ClockEventKind
    from mailbridge.policy.clocks import tick_of
    from mailbridge.policy.transitions import NotMoved, moved
    from mailbridge.rulefiles.read import load_rules
    from mailbridge.store.clockrecords import ClockChange

    rules = load_rules(app.rule_folders(load_settings(config)))
    with opened_store(config) as store:
        thread = store.thread(ThreadId(thread_id)).thread
        market = next(market for market in store.marketplaces() if market.id == thread.marketplace_id)
        terms = rules.area_of(market, thread.area, now().date())
        after = moved(thread.state, move, Actor.MARKET, terms)
        if isinstance(after, NotMoved):
            raise NotPossible(f"{thread_id} is {thread.state.value}: {_WHY_NOT[after.value]} ({thread.area.value})")
        store.change_state(thread.id, after, why, now())
        clock = rules.clock_of(market, thread.area, now().date())
        if clock is not None:
            kind = ClockEventKind.REOPENED if after is ThreadState.OPEN else ClockEventKind.CLOSED
            store.tick(ClockChange(thread_id=thread.id, tick=tick_of(ClockEvent(kind=kind, at=now()), clock)))
    emit(Event.PERSON_ACTED, command=f"thread {move.value}", object=thread_id, result=after.value)
    say(f"{thread_id}: {after.value}")


def _records(store: "Store", any_id: str) -> "tuple[RecordRow, ...]":
    """The messages of a conversation, or the one message that has this id: a direct mail may be in none."""
    try:
        return store.thread_view(ThreadId(any_id))
    except NotFound:
        pass
    try:
        return (store.record(RecordId(any_id)),)
    except NotFound:
        raise NotFound(f"no conversation and no message {any_id}") from None
