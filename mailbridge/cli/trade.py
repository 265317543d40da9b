"""`import FILE`: trade data of a marketplace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.aliases import as_plain
from mailbridge.cli.output import print_json, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_bridge, opened_store
from mailbridge.errors import ImportRejected, NotFound
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.domain.trade_batch import TradeBatch


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
    _check_words(batch, config)
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


def _check_words(batch: "TradeBatch", config: Path) -> None:
    """Words of sellers that buyers would read go by the rules before anything is taken."""
    wishes = (seller.acknowledgement for seller in batch.sellers)
    if not any(wished is not None and (wished.texts or wished.sender_name) for wished in wishes):
        return  # rules are read only where there is something to judge
    from mailbridge.path.acktrial import import_problems

    with opened_bridge(config) as bridge:
        problems = import_problems(batch, bridge)
    if problems:
        raise ImportRejected(problems)
