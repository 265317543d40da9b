"""`optout list|add|remove`: what buyers want no more of."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_store
from mailbridge.domain.outreach import OptOutKind
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.store.wishes import OptOutRow

commands = typer.Typer(
    name="optout", help="Messages that a buyer wants no more: those that sellers start.", no_args_is_help=True
)

_MARKET = "Reference of the marketplace."
_BUYER = "Reference of the buyer; the id in `optout list` of one whom the marketplace never named."
MarketOption = Annotated[str, typer.Option("--market", metavar="REFERENCE", help=_MARKET)]
BuyerOption = Annotated[str, typer.Option("--buyer", metavar="REFERENCE", help=_BUYER)]
SellerOption = Annotated[
    str, typer.Option("--seller", metavar="REFERENCE", help="Reference of the seller; of every seller without it.")
]
KindOption = Annotated[
    OptOutKind, typer.Option("--kind", help="all: what no order needs; review: requests for a review only.")
]


@commands.command("list")
def list_(
    config: ConfigOption = SETTINGS_FILE,
    market: MarketOption = "",
    buyer: BuyerOption = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Most lines shown.")] = 100,
    json: JsonOption = False,
) -> None:
    """List what buyers want no more, the newest first."""
    with opened_store(config) as store:
        rows = store.opt_outs(market=market, buyer=buyer, limit=limit)
    if json:
        print_json([_as_plain(row) for row in rows])
        return
    print_table(
        ("BUYER", "MARKET", "SELLER", "KIND", "SINCE (UTC)", "BY"),
        [(row.buyer, row.marketplace, row.seller or "(every)", row.kind, row.at, row.via) for row in rows],
        nothing="Nobody opted out.",
    )


@commands.command()
def add(
    market: MarketOption,
    buyer: BuyerOption,
    seller: SellerOption = "",
    kind: KindOption = OptOutKind.ALL,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Stop messages for a buyer who asked for it in another way; nobody is told."""
    _order(market, buyer, seller, kind=kind, is_taken_back=False, config=config, json=json)


@commands.command()
def remove(
    market: MarketOption,
    buyer: BuyerOption,
    seller: SellerOption = "",
    kind: KindOption = OptOutKind.ALL,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Let messages come again, for a buyer who asked for it in another way; nobody is told."""
    _order(market, buyer, seller, kind=kind, is_taken_back=True, config=config, json=json)


def _order(
    market: str, buyer: str, seller: str, *, kind: OptOutKind, is_taken_back: bool, config: Path, json: bool
) -> None:
    from mailbridge.store.wishes import OptOutOrder

    wanted = OptOutOrder(marketplace=market, buyer=buyer, seller=seller, kind=kind, is_taken_back=is_taken_back)
    with opened_store(config) as store:
        changed = store.order_opt_out(wanted, now())
    result = ("taken back" if is_taken_back else "stopped") if changed else "so already"
    emit(Event.PERSON_ACTED, command="optout remove" if is_taken_back else "optout add", object=buyer, result=result)
    if json:
        print_json({"marketplace": market, "buyer": buyer, "seller": seller, "kind": kind, "changed": changed})
        return
    say(f"{buyer}, {seller or 'every seller'}, {kind.value}: {result}")


def _as_plain(row: "OptOutRow") -> dict[str, object]:
    """One wish as programs read it; "" is every seller of the marketplace."""
    return {
        "marketplace": row.marketplace,
        "buyer": row.buyer,
        "seller": row.seller,
        "kind": row.kind,
        "at": row.at,
        "via": row.via,
    }
