"""`import FILE`: trade data of a marketplace."""

from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.aliases import as_plain
from mailbridge.cli.output import print_json, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_store
from mailbridge.errors import NotFound
from mailbridge.events import Event, emit


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, see docs/import.md.")],
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Take marketplaces, sellers, buyers, orders and offers from a file: all of it or nothing."""
    from mailbridge.trade_import import read_trade

    if not file.exists():
        raise NotFound(f"{file}: there is no such file")
    batch = read_trade(file)
    begun = now()
    with opened_store(config) as store:
        minted = {alias.id for alias in store.apply_trade(batch, begun)}
        aliases = [as_plain(row) for row in store.aliases(begun) if row.alias.id in minted] if json else []
    counts = {
        "marketplaces": len(batch.marketplaces),
        "sellers": len(batch.sellers),
        "buyers": len(batch.buyers),
        "orders": len(batch.orders),
        "offers": len(batch.offers),
    }
    emit(Event.IMPORT_DONE, file=str(file), count=sum(counts.values()), minted=len(minted))
    if json:
        print_json({"taken": counts, "aliases": aliases})
        return
    say(f"{file}: taken: {', '.join(f'{name} {count}' for name, count in counts.items() if count) or 'nothing'}")
    say(f"aliases minted: {len(minted)}" + ("; `mailbridge alias export` lists them" if minted else ""))
