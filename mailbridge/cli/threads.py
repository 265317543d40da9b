"""`thread list|open|show|move|merge|split|close|resolve|give-up|reopen`: the recorded conversations."""

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, print_json, print_table, say, shown
from mailbridge.cli.surroundings import (
    SETTINGS_FILE,
    ConfigOption,
    JsonOption,
    load_settings,
    now,
    opened_bridge,
    opened_store,
)
from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Actor, Area, Move, ThreadState
from mailbridge.errors import ConfigurationError, NotFound, NotPossible
from mailbridge.events import Event, emit
from mailbridge.policy.plan import Disposition
from mailbridge.policy.topics import URGENT_FIRST, priority_of
from mailbridge.store.threadrecords import ThreadsAsked

if TYPE_CHECKING:
    from mailbridge.domain.parties import Marketplace
    from mailbridge.path.telling import Settled
    from mailbridge.store.shownrows import RecordRow, ThreadRow
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
    area: Annotated[Area | None, typer.Option("--area", help="Of this kind.")] = None,
    state: Annotated[ThreadState | None, typer.Option("--state", help="In this state.")] = None,
    topic: Annotated[str, typer.Option("--topic", help=f"About this: {', '.join(URGENT_FIRST)}.")] = "",
    market: Annotated[str, typer.Option("--market", metavar="REFERENCE", help="Of this marketplace.")] = "",
    seller: Annotated[str, typer.Option("--seller", metavar="REFERENCE", help="Of this seller.")] = "",
    order: Annotated[str, typer.Option("--order", metavar="REFERENCE", help="About this order.")] = "",
    offer: Annotated[str, typer.Option("--offer", metavar="REFERENCE", help="About this offer.")] = "",
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Open, and the buyer wrote last.")] = False,
    sent: Annotated[bool, typer.Option("--sent", help="The seller wrote last.")] = False,
    late: Annotated[bool, typer.Option("--late", help="An answer is late, by the honest clock.")] = False,
    joined: Annotated[bool, typer.Option("--market-joined", help="The marketplace was called to it.")] = False,
    people_only: Annotated[bool, typer.Option("--people-only", help="Not those of automatic mail alone.")] = False,
    by_priority: Annotated[bool, typer.Option("--by-priority", help="Complaints and returns first.")] = False,
    config: ConfigOption = SETTINGS_FILE,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most conversations shown.")] = 50,
    json: JsonOption = False,
) -> None:
    """List conversations, the newest first; what is asked for narrows the list."""
    if topic and topic not in URGENT_FIRST:
        raise typer.BadParameter(f"--topic: {topic} is none; there are {', '.join(URGENT_FIRST)}")
    if unanswered and sent:
        raise typer.BadParameter("--unanswered and --sent: nobody wrote last where both did")
    last_by = Role.BUYER if unanswered else Role.SELLER if sent else None
    asked = ThreadsAsked(limit=limit, area=area, state=state, topic=topic, last_by=last_by, by_priority=by_priority)
    asked = replace(asked, market=market, seller=seller, order=order, offer=offer, late_at=now() if late else None)
    asked = replace(asked, people_only=people_only, market_joined=joined)
    with opened_store(config) as store:
        rows, markets = store.list_threads(asked), store.marketplaces()
    _print_rows(rows, _links(rows, markets, config), json=json)


def _links(rows: "tuple[ThreadRow, ...]", markets: "tuple[Marketplace, ...]", config: Path) -> dict[str, str]:
    """The pages of these conversations on the marketplace, by id; "" for none."""
    from mailbridge import app
    from mailbridge.policy.links import link_of
    from mailbridge.rulefiles.read import load_rules

    try:
        rules = load_rules(app.rule_folders(load_settings(config)))
    except ConfigurationError:  # `mailbridge check` tells what is wrong with them; a list is still a list
        return {row.thread.id: "" for row in rows}
    today, by_id, found = now().date(), {market.id: market for market in markets}, {}
    for row in rows:
        market = by_id[row.thread.marketplace_id]
        found[str(row.thread.id)] = link_of(rules.area_of(market, row.thread.area, today).link, row.thread, market)
    return found


def _print_rows(rows: "tuple[ThreadRow, ...]", links: dict[str, str], *, json: bool) -> None:
    if json:
        print_json([_fields(row) | {"link": links[row.thread.id], "priority": _priority(row)} for row in rows])
        return
    print_table(
        (
            *("ID", "LAST (UTC)", "MARKET", "SELLER", "BUYER", "AREA", "ORDER", "STATE", "PRIORITY"),
            *("TAKEN BY", "MAILS", "SUBJECT"),
        ),
        [
            (
                row.thread.id,
                row.thread.last_at,
                row.marketplace,
                row.seller,
                row.buyer,
                row.thread.area,
                row.thread.order_reference or row.thread.offer_reference,
                "market joined" if row.thread.market_joined_at else row.thread.state,
                _priority(row),
                _taker(row),
                row.messages,
                row.thread.subject_for_seller or row.thread.subject_for_buyer,
            )
            for row in rows
        ],
        nothing="There is no such conversation.",
    )
    for row in rows:
        if links[row.thread.id]:
            say(f"{row.thread.id}: {links[row.thread.id]}")


def _fields(row: "ThreadRow") -> dict[str, object]:
    """What a program is told of a conversation; who has it by itself, since real addresses inside nouns are null."""
    return {one.name: getattr(row, one.name) for one in fields(row)} | {"taken_by": _taker(row)}


def _taker(row: "ThreadRow") -> str | None:
    return row.thread.assigned_to.addr_spec if row.thread.assigned_to is not None else None


def _priority(row: "ThreadRow") -> str:
    return priority_of(row.thread.topics)


@commands.command("open")
def open_(
    market: Annotated[str, typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace.")],
    seller: Annotated[str, typer.Option("--seller", metavar="REFERENCE", help="Reference of the seller.")],
    buyer: Annotated[str, typer.Option("--buyer", metavar="REFERENCE", help="Reference of the buyer.")],
    area: Annotated[
        Area, typer.Option("--area", help="Kind of conversation; a note is the seller's, others the buyer's.")
    ],
    text: Annotated[
        Path, typer.Option("--text", metavar="FILE", help="What he wrote, in UTF-8; - for standard input.")
    ],
    subject: Annotated[str, typer.Option("--subject", help="Its subject; of ours without it.")] = "",
    order: Annotated[str, typer.Option("--order", metavar="REFERENCE", help="The order it is about.")] = "",
    offer: Annotated[str, typer.Option("--offer", metavar="REFERENCE", help="The offer it is about.")] = "",
    reference: Annotated[
        str, typer.Option("--reference", help="The marketplace's own number of the conversation.")
    ] = "",
    message: Annotated[str, typer.Option("--message", help="Its own name of the message: one name counts once.")] = "",
    for_customer: Annotated[
        bool, typer.Option("--for-customer", help="A note is passed on, not kept private.")
    ] = False,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Post what a buyer or a seller wrote on the marketplace: it goes the way of his mail."""
    from mailbridge.cli.reasons import why
    from mailbridge.path.posted import Post, post_message

    if for_customer and area is not Area.NOTE:
        raise typer.BadParameter("--for-customer goes with --area note: everything else is passed on anyhow")
    wanted = Post(market=market, seller=seller, buyer=buyer, area=area, text=_read(text), order=order, offer=offer)
    named = replace(wanted, subject=subject, reference=reference, message_id=message, is_for_customer=for_customer)
    with opened_bridge(config) as bridge:
        settled = post_message(named, bridge)
        [reason] = [why(plan, bridge.texts, bridge.settings.operator_language) for plan in settled.plans]
    _tell_posted(settled, reason, json=json)


def _tell_posted(settled: "Settled", reason: str, *, json: bool) -> None:
    [plan] = settled.plans
    thread = next((record.thread for record in settled.records if record.thread is not None), None)
    emit(Event.PERSON_ACTED, command="thread open", object=thread.id if thread else "", result=plan.disposition.value)
    if json:
        print_json({"thread_id": thread.id if thread else None, "result": plan.disposition, "reason": plan.reason})
    else:
        say(f"{thread.id if thread else '-'}: {plan.disposition.value}: {reason} ({plan.reason})")
    if plan.disposition in {Disposition.HELD, Disposition.REFUSED} or not plan.reply.is_positive:
        raise typer.Exit(ExitCode.PROBLEM)


def _read(file: Path) -> str:
    try:
        octets = typer.get_binary_stream("stdin").read() if str(file) == "-" else file.read_bytes()
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        raise NotPossible(f"{file}: is no UTF-8") from None
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from None


@commands.command()
def show(
    any_id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of the conversation, from `thread list`; or of one message.")
    ],
    people_only: Annotated[bool, typer.Option("--people-only", help="Leave automatic mail out.")] = False,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Show one conversation, message by message, as it was written and as it was delivered; or one message alone."""
    with opened_store(config) as store:
        records = tuple(r for r in _records(store, any_id) if not (people_only and r.kind and r.kind.is_automatic))
        about = {r.thread_id for r in records if r.thread_id is not None and r.record_id != any_id}
        rows, markets = tuple(map(store.thread, about)), store.marketplaces()
    if json:
        print_json(records)
        return
    for row in rows:
        _say_thread(row, _links(rows, markets, config)[row.thread.id])
    for record in records:
        say_message(record)


def _say_thread(row: "ThreadRow", link: str) -> None:
    thread = row.thread
    about = thread.order_reference or thread.offer_reference
    say(f"{thread.area.value}{' ' + about if about else ''}, {thread.state.value}; {row.seller} and {row.buyer}")
    if thread.market_joined_at is not None:
        say(f"The marketplace was called to it: {shown(thread.market_joined_at)}")
    if link:
        say(f"Page: {link}")
    say()


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
