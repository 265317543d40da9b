"""`review list|show|approve|refuse|report`: what buyers report, what sellers appeal, direct mail, and second looks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_bridge, opened_store
from mailbridge.domain.ids import RecordId, ReviewId
from mailbridge.domain.reviews import Found, ReviewKind
from mailbridge.domain.verdict import Severity
from mailbridge.errors import NotFound, SealBroken
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.cli.standing import Picture
    from mailbridge.path.bridge import Bridge
    from mailbridge.store.records import HeldRecord
    from mailbridge.store.reviewrecords import Review
    from mailbridge.store.shownrows import RecordRow
    from mailbridge.store.store import Store

commands = typer.Typer(
    name="review",
    help="What a person is to look at: reports of buyers, appeals of sellers, direct mail, second looks.",
    no_args_is_help=True,
)

IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Id of the report, appeal, direct mail or message, from `review list`.")
]
_SECOND_LOOK = "second_look"
#: messages shown before and after the one that is looked at
_AROUND = 5
_ERASED = "(erased)"
_LOOKED_AT = {
    ReviewKind.REPORT: "The message that is reported",
    ReviewKind.BREACH_APPEAL: "The message that counts as a breach",
    ReviewKind.DIRECT_MAIL: "The mail that went to the buyer directly",
}


@commands.command("list")
def list_(
    config: ConfigOption = SETTINGS_FILE,
    settled: Annotated[bool, typer.Option("--settled", help="Those that a person decided, the newest first.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most lines shown.")] = 100,
    json: JsonOption = False,
) -> None:
    """List what waits for a decision, the oldest first."""
    with opened_store(config) as store:
        rows = [_summary(review) for review in store.reviews(limit, is_settled=settled)]
        if not settled:
            rows += [_second_look(held, store) for held in store.second_looks(limit)]
    if not settled:
        rows = sorted(rows, key=lambda row: (str(row["at"]), str(row["id"])))[:limit]
    if json:
        print_json(rows)
        return
    print_table(
        ("ID", "SINCE (UTC)", "WHAT", "MARKET", "SELLER", "ABOUT", "FOUND"),
        [tuple(row[name] for name in ("id", "at", "kind", "market", "seller", "about", "found")) for row in rows],
        nothing="Nothing is settled yet." if settled else "Nothing waits for a decision.",
    )


@commands.command()
def show(review_id: IdArgument, config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """Show one of them with what belongs to it: the words of who asks, the messages around, where the seller stands."""
    from mailbridge.cli import held
    from mailbridge.cli.standing import say_picture

    with opened_bridge(config) as bridge:
        review = _found(review_id, bridge.store)
        context = _context(review, bridge) if review is not None else None
    if review is None or context is None:
        held.show(review_id, config=config, json=json, raw=False)
        return
    if json:
        print_json(_summary(review) | context.as_plain())
        return
    for name, value in _summary(review).items():
        say(f"{name.replace('_', ' ') + ':':<12}{shown(value)}")
    if review.asked_in != review.record_id:
        say(f"\nWhat {'the buyer' if review.kind is ReviewKind.REPORT else 'the seller'} says:\n")
        say(context.asked or "(nothing)")
    for title, records in context.messages:
        say(f"\n=== {title}\n")
        _say_messages(records)
    say("=== Where the seller stands\n")
    say_picture(context.standing)


@commands.command()
def approve(
    review_id: IdArgument,
    config: ConfigOption = SETTINGS_FILE,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason: the seller reads it.")] = "",
    severity: Annotated[
        Severity, typer.Option("--severity", help="Of a message: how bad it is; low, medium or high.")
    ] = Severity.MEDIUM,
) -> None:
    """Say that who asks is right: the message is in breach, the step was wrong, the held message goes on."""
    from mailbridge.cli import held

    if severity is Severity.NONE:
        raise typer.BadParameter("a breach is low, medium or high; to find none, use `review refuse`")
    if not _decide(review_id, Found.UPHELD, why, config=config, severity=severity, command="review approve"):
        held.release(review_id, config=config, despite_leak=False)


@commands.command()
def refuse(
    review_id: IdArgument,
    config: ConfigOption = SETTINGS_FILE,
    why: Annotated[
        str, typer.Option("--why", metavar="TEXT", help="The reason; of an appeal the seller reads it.")
    ] = "",
) -> None:
    """Say that who asks is not right: the message breaks nothing, the step stays, the held message stays refused."""
    from mailbridge.cli import held

    if not _decide(review_id, Found.DISMISSED, why, config=config, command="review refuse"):
        held.refuse(review_id, config=config)


@commands.command()
def report(
    config: ConfigOption = SETTINGS_FILE,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="How far back.")] = 30,
    json: JsonOption = False,
) -> None:
    """Count refused messages, breaches and reports by seller and rule; review.report is what reports led to."""
    with opened_store(config) as store:
        rows = store.conduct_figures(now() - timedelta(days=days))
    if json:
        print_json(rows)
        return
    print_table(
        ("MARKET", "SELLER", "RULE", "REFUSED", "BREACHES", "DISMISSED", "REPORTED"),
        [(r.marketplace, r.seller, r.rule, r.refused, r.breaches, r.dismissed, r.reported) for r in rows],
        nothing=f"No rule was broken and nothing reported in {days} days.",
    )


def _found(review_id: str, store: "Store") -> "Review | None":
    """The report, appeal or direct mail with this id; None for a second look, NotFound for nothing."""
    try:
        return store.review(ReviewId(review_id))
    except NotFound:
        pass
    try:
        held = store.held_record(RecordId(review_id))
    except NotFound:
        held = None
    if held is None or held.hold is None or held.hold.value != _SECOND_LOOK:
        raise NotFound(f"no report, no appeal, no direct mail and no second look {review_id}")
    return None


def _decide(  # False: it is a second look, and nothing was done
    review_id: str,
    found: Found,
    why: str,
    *,
    config: ConfigOption,
    command: str,
    severity: Severity = Severity.MEDIUM,
) -> bool:
    from mailbridge.path.reviews import settle

    with opened_bridge(config) as bridge:
        review = _found(review_id, bridge.store)
        if review is None:
            return False
        is_appeal = review.kind in {ReviewKind.APPEAL, ReviewKind.BREACH_APPEAL}
        is_read = is_appeal or found is Found.UPHELD
        if is_read and not why.strip():
            raise typer.BadParameter("this decision needs a reason, --why: the seller reads it")
        settled = settle(review, found, why.strip(), bridge, severity=severity)
    emit(Event.PERSON_ACTED, command=command, object=review_id, result=found.value)
    say(f"{review_id}: {found.value}")
    if not settled.is_told:
        say("Not everybody could be told: somebody has no mailbox on record any more.")
    return True


def _summary(review: "Review") -> dict[str, object]:
    """One line for people and programs."""
    step = review.subject.sanction
    return {
        "id": review.id,
        "at": review.at,
        "kind": review.kind,
        "market": review.marketplace,
        "seller": review.seller,
        "about": step.step if step is not None else review.record_id,
        "found": review.found,
        "settled_at": review.settled_at,
        "why": review.why,
    }


def _second_look(held: "HeldRecord", store: "Store") -> dict[str, object]:
    """The same for a message that waits for a second look; here the names are those that people know."""
    return {
        "id": held.record_id,
        "at": held.received_at,
        "kind": _SECOND_LOOK,
        "market": held.marketplace,
        "seller": store.thread(held.thread_id).seller if held.thread_id is not None else "",
        "about": held.subject,
        "found": None,
        "settled_at": None,
        "why": "",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What belongs to a report, an appeal or a direct mail."""

    #: the words of who asks
    asked: str
    #: what they are about: a title, and messages
    messages: "tuple[tuple[str, tuple[RecordRow, ...]], ...]"
    standing: "Picture"

    def as_plain(self) -> dict[str, object]:
        """For programs."""
        messages = [{"what": title, "messages": records} for title, records in self.messages]
        return {"asked": self.asked, "context": messages, "standing": self.standing.as_plain()}


def _context(review: "Review", bridge: "Bridge") -> _Context:
    from mailbridge.cli.standing import picture_of

    store = bridge.store
    row = store.seller_called(review.seller, review.marketplace)
    step = review.subject.sanction
    about = _of_step(tuple(ground.record_id for ground in step.grounds), store) if step else _of_message(review, store)
    return _Context(asked=_words(review.asked_in, store), messages=about, standing=picture_of(row, bridge))


def _words(asked_in: RecordId, store: "Store") -> str:
    from mailbridge.message.parse import parse

    try:
        return parse(store.original(asked_in)).own_text.strip()
    except (NotFound, SealBroken):
        return _ERASED


def _of_message(review: "Review", store: "Store") -> "tuple[tuple[str, tuple[RecordRow, ...]], ...]":
    """The message that is looked at, and what was said before and after it."""
    thread = review.subject.thread
    try:
        alone = (store.record(review.record_id),) if thread is None and review.record_id is not None else ()
        records = store.thread_view(thread.id) if thread is not None else alone
    except (NotFound, SealBroken):
        records = ()
    places = [index for index, record in enumerate(records) if record.record_id == review.record_id]
    if not places:
        return ()
    at = places[0]
    parts = (
        ("Before it", records[max(0, at - _AROUND) : at]),
        (_LOOKED_AT[review.kind], records[at : at + 1]),
        ("After it", records[at + 1 : at + 1 + _AROUND]),
    )
    return tuple(part for part in parts if part[1])


def _of_step(record_ids: tuple[RecordId, ...], store: "Store") -> "tuple[tuple[str, tuple[RecordRow, ...]], ...]":
    """The messages that the step was taken for."""
    found = []
    for record_id in record_ids:
        try:
            found.append(store.record(record_id))
        except (NotFound, SealBroken):  # erased by now
            continue
    return (("The messages that the step was taken for", tuple(found)),) if found else ()


def _say_messages(records: "tuple[RecordRow, ...]") -> None:
    from mailbridge.cli.threads import say_message

    for record in records:
        say_message(record)
