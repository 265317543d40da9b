"""`alias show|mint|export`: the addresses that stand for a buyer or seller."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_store

if TYPE_CHECKING:
    from mailbridge.store.shownrows import AliasRow

commands = typer.Typer(name="alias", help="Addresses that stand for a buyer or seller.", no_args_is_help=True)

MarketOption = Annotated[str, typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace.")]
SellerOption = Annotated[str, typer.Option("--seller", metavar="REFERENCE", help="Reference of the seller.")]
BuyerOption = Annotated[str, typer.Option("--buyer", metavar="REFERENCE", help="Reference of the buyer.")]


def _moment(text: str) -> datetime:
    """A time for --since: 2026-11-21, 2026-11-21T14:05 or with a zone; without one it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter('write a time such as "2026-11-21" or "2026-11-21T14:05:00Z"') from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


@commands.command()
def show(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Any address of ours.")],
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Say what mail to an address of ours reaches."""
    from mailbridge.domain.facts import ContactDestination

    with opened_store(config) as store:
        destination = store.destination(address)
    kind = type(destination).__name__.removesuffix("Destination")
    if json:
        print_json({"address": address, "kind": kind, "destination": destination})
        return
    say(f"{address}: {_MEANINGS[kind]}")
    for name in ("marketplace", "seller", "buyer"):
        noun = getattr(destination, name, None)
        if noun is not None:
            say(f"  {name + ':':<14}{getattr(noun, 'name', '') or getattr(noun, 'handle', '')}")
    alias = getattr(destination, "alias", None)
    if alias is not None:
        say(f"  {'stands for:':<14}{shown(alias.stands_for)}")
        say(f"  {'state:':<14}{shown(alias.state)}")
    if isinstance(destination, ContactDestination) and destination.tag:
        say(f"  {'tag:':<14}{destination.tag}")


_MEANINGS = {
    "Alias": "an alias",
    "Contact": "a public contact address of a seller",
    "RecordOnly": "the CC address of a marketplace: recorded, never relayed",
    "MailboxTest": "answers a proven party that its mailbox works; takes a shop's #away and #back",
    "Role": "goes to the person in charge",
    "ReturnPath": "a return path: bounces come back to it",
    "Action": "a one-use action address",
    "Unknown": "means nothing here; mail to it is refused",
}


@commands.command()
def mint(
    market: MarketOption,
    seller: SellerOption,
    buyer: BuyerOption,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Give a seller and a buyer an alias for one another; one that exists is given again."""
    with opened_store(config) as store:
        rows = store.mint_alias(marketplace=market, seller=seller, buyer=buyer, now=now())
    _print(rows, json=json)


@commands.command()
def export(
    since: Annotated[
        datetime | None, typer.Option(parser=_moment, metavar="TIME", help="Only aliases made at or after this time.")
    ] = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Print aliases with the market's own references, the oldest first."""
    with opened_store(config) as store:
        rows = store.aliases(since)
    _print(rows, json=json)


def _print(rows: "tuple[AliasRow, ...]", *, json: bool) -> None:
    if json:
        print_json([as_plain(row) for row in rows])
        return
    print_table(
        ("ADDRESS", "STANDS FOR", "MARKET", "SELLER", "BUYER", "STATE", "SINCE (UTC)"),
        [
            (
                row.alias.address.addr_spec,
                row.alias.stands_for,
                row.marketplace,
                row.seller,
                row.buyer,
                row.alias.state,
                row.created_at,
            )
            for row in rows
        ],
        nothing="There is no such alias.",
    )


def as_plain(row: "AliasRow") -> dict[str, object]:
    """One alias as programs read it."""
    return {
        "address": row.alias.address.addr_spec,
        "stands_for": row.alias.stands_for,
        "marketplace": row.marketplace,
        "seller": row.seller,
        "buyer": row.buyer,
        "state": row.alias.state,
        "created_at": row.created_at,
    }
