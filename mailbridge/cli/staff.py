"""`staff list|set|away|back|taking`: who works for a shop, what each may do, which mail comes to him (S-13, S-17)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_store
from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.errors import NotFound, NotPossible
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.domain.parties import Mailbox, Seller
    from mailbridge.store.conductrecords import StandingRow
    from mailbridge.store.store import Store

commands = typer.Typer(
    name="staff", help="Who works for a shop, and which mail of buyers comes to whom.", no_args_is_help=True
)


def _day(text: str) -> datetime:
    try:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d").date(), time(0), UTC)  # noqa: DTZ007  # a day
    except ValueError:
        raise typer.BadParameter("must be a day such as 2026-12-05") from None


SellerArgument = Annotated[str, typer.Argument(metavar="SELLER", help="Reference of the seller.")]
AddressArgument = Annotated[str, typer.Argument(metavar="ADDRESS", help="One of its mailboxes.")]
MarketOption = Annotated[
    str | None, typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace, if several have it.")
]
NameOption = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help='What colleagues call him, never buyers; "" for none.')
]
RoleOption = Annotated[
    StaffRole | None, typer.Option("--role", help="owner: everything; agent: answers; observer: only reads.")
]
GetsOption = Annotated[
    Gets | None, typer.Option("--gets", help="Which mail of buyers comes: all, areas, assigned, or nothing.")
]
AreaOption = Annotated[
    list[Area] | None, typer.Option("--area", metavar="AREA", help="With --gets areas: one of them; may be repeated.")
]
CopiesOption = Annotated[
    bool | None, typer.Option("--copies/--no-copies", help="Whether he gets a copy of what colleagues answer.")
]
BackOption = Annotated[
    datetime,
    typer.Option("--back-on", parser=_day, metavar="DAY", help="The day on which he is there again: 2026-12-05."),
]
StandInOption = Annotated[
    str, typer.Option("--stand-in", metavar="ADDRESS", help="The colleague's mailbox that gets his mail meanwhile.")
]
TakingOption = Annotated[
    bool | None,
    typer.Option("--by-answer/--by-word", help="Whether whoever answers first takes a conversation that nobody has."),
]


@commands.command("list")
def list_(
    seller: SellerArgument, market: MarketOption = None, config: ConfigOption = SETTINGS_FILE, json: JsonOption = False
) -> None:
    """List the mailboxes of a seller with what holds for each, and say so where messaging is switched off."""
    with opened_store(config) as store:
        row = store.seller_called(seller, market)
        kept = store.count_kept(row.seller.id)
    people = [_plain(row.seller, mailbox) for mailbox in row.seller.mailboxes if mailbox.is_active]
    if json:
        print_json(
            {
                "market": row.marketplace,
                "seller": row.reference,
                "messaging_off_at": row.seller.messaging_off_at,
                "kept": kept,
                "first_answer_takes": row.seller.first_answer_takes,
                "mailboxes": people,
            }
        )
        return
    _say_messaging(row.seller, kept)
    print_table(
        ("ADDRESS", "NAME", "ROLE", "GETS", "COPIES", "AWAY UNTIL (UTC)", "STAND-IN"),
        [
            (one["address"], one["name"], one["role"], one["shown"], one["copies"], one["away_until"], one["stand_in"])
            for one in people
        ],
        nothing="It has no mailbox.",
    )


@commands.command("set")
def set_(
    seller: SellerArgument,
    address: AddressArgument,
    name: NameOption = None,
    role: RoleOption = None,
    gets: GetsOption = None,
    area: AreaOption = None,
    copies: CopiesOption = None,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Set who uses a mailbox and which mail comes to it; what is not named stays as it is.

    Where nobody who may answer wants mail any more, messaging is switched off: messages are kept, and go on when
    somebody wants them again. The shop is told by mail.
    """
    from mailbridge.trade_import import read_name

    def changed(terms: StaffTerms) -> StaffTerms:
        wanted = terms if gets is None else replace(terms, gets=gets, areas=())
        return replace(
            wanted,
            name=terms.name if name is None else read_name(name),
            role=terms.role if role is None else role,
            areas=wanted.areas if area is None else tuple(dict.fromkeys(area)),
            copies=terms.copies if copies is None else copies,
        )

    try:
        _change(seller, market, address, changed, config)
    except ValueError as error:
        raise typer.BadParameter(f"the name {error}") from None


@commands.command()
def away(
    seller: SellerArgument,
    address: AddressArgument,
    back_on: BackOption,
    stand_in: StandInOption = "",
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Somebody is away until a day begins, in the market's time zone: his stand-in gets his mail.

    Without one it comes to whoever else gets it anyway, and to himself where that is nobody. An automatic reply of his
    changes nothing.
    """
    from mailbridge.domain.parties import mailbox_of
    from mailbridge.policy.staff import may_answer

    with opened_store(config) as store:
        row = store.seller_called(seller, market)
    until = back_on.replace(tzinfo=row.market.time_zone).astimezone(UTC)
    if until <= now():
        raise typer.BadParameter("--back-on: that day has begun already; `mailbridge staff back` ends an absence")
    place = RealAddress.parse(stand_in) if stand_in else None
    if stand_in and place is None:
        raise typer.BadParameter("the stand-in must be one mail address")
    colleague = mailbox_of(row.seller, place.addr_spec) if place is not None else None
    if colleague is not None and not may_answer(colleague):
        raise NotPossible(f"{stand_in} may only read, and can stand in for nobody")
    _change(seller, market, address, lambda terms: replace(terms, away_until=until, stand_in=place), config)


@commands.command()
def back(
    seller: SellerArgument, address: AddressArgument, market: MarketOption = None, config: ConfigOption = SETTINGS_FILE
) -> None:
    """Somebody is there again: his mail comes to himself."""
    _change(seller, market, address, lambda terms: replace(terms, away_until=None, stand_in=None), config)


@commands.command()
def taking(
    seller: SellerArgument,
    by_answer: TakingOption = None,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Show or change how colleagues take a conversation: by a word in the answer, or by answering first."""
    with opened_store(config) as store:
        row = store.seller_called(seller, market)
        takes = row.seller.first_answer_takes if by_answer is None else by_answer
        if by_answer is not None:
            store.save_taking(row.seller.id, now(), first_answer_takes=by_answer)
    if by_answer is not None:
        emit(Event.PERSON_ACTED, command="staff taking", object=seller, result="by answer" if takes else "by word")
    if json:
        print_json({"market": row.marketplace, "seller": row.reference, "first_answer_takes": takes})
        return
    say(f"{seller}: a conversation is taken {'by whoever answers first, or ' if takes else ''}by #take or #assign NAME")


def _change(
    seller: str, market: str | None, address: str, changed: Callable[[StaffTerms], StaffTerms], config: Path
) -> None:
    """Change the terms of one mailbox, unless what comes of it can not be; say whether messaging is switched off."""
    from mailbridge.policy.staff import problem_with, terms_of

    with opened_store(config) as store:
        row = store.seller_called(seller, market)
        found = _mailbox(row, address)
        terms = changed(terms_of(found))
        after = tuple(replace(one, staff=terms) if one is found else one for one in row.seller.mailboxes)
        problem = problem_with(after)
        if problem is not None:
            raise NotPossible(problem)
        store.save_staff_terms(row.seller.id, {found.address: terms}, now())
        seller_now, kept = _now(store, seller, market)
    emit(Event.PERSON_ACTED, command="staff", object=seller, result="set")
    one = _plain(seller_now, next(m for m in seller_now.mailboxes if m.address.key == found.address.key))
    absence = f", away until {shown(one['away_until'])} UTC" if one["away_until"] is not None else ""
    place = f", {one['stand_in']} stands in" if one["stand_in"] else ""
    copies = ", with copies" if terms.copies else ""
    say(f"{address}: {shown(one['role'])}, gets {one['shown']}{copies}{absence}{place}")
    _say_messaging(seller_now, kept)


def _now(store: "Store", seller: str, market: str | None) -> "tuple[Seller, int]":
    """The seller as it is by now, and how many messages are kept for it."""
    row = store.seller_called(seller, market)
    return row.seller, store.count_kept(row.seller.id)


def _mailbox(row: "StandingRow", address: str) -> "Mailbox":
    from mailbridge.domain.parties import mailbox_of

    found = mailbox_of(row.seller, address)
    if found is None:
        raise NotFound(f"{address} is no active mailbox of {row.reference}")
    return found


def _say_messaging(seller: "Seller", kept: int) -> None:
    """What an empty inbox means (S-17)."""
    if seller.messaging_off_at is not None:
        say(f"Messaging is switched off since {shown(seller.messaging_off_at)} UTC; messages kept: {kept}")


def _plain(seller: "Seller", mailbox: "Mailbox") -> dict[str, object]:
    """What holds for one mailbox."""
    from mailbridge.policy.staff import gets_of, is_away, terms_of

    terms, gets = terms_of(mailbox), gets_of(seller, mailbox)
    areas = tuple(area.value for area in terms.areas)
    return {
        "address": mailbox.address.addr_spec,
        "name": terms.name,
        "role": terms.role,
        "gets": gets,
        "areas": areas,
        "shown": f"{gets.value} ({', '.join(areas)})" if areas else gets.value,
        "copies": terms.copies,
        "away_until": terms.away_until if is_away(mailbox, now()) else None,
        "stand_in": terms.stand_in.addr_spec if terms.stand_in is not None and is_away(mailbox, now()) else "",
    }
