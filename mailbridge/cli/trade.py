"""`import FILE`: trade data of a marketplace."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from mailbridge.cli.aliases import as_plain
from mailbridge.cli.output import ExitCode, print_json, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_bridge, opened_store
from mailbridge.errors import ImportRejected, NotFound
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.domain.trade_batch import TradeBatch


#: what became of a message that could not be posted any more
_NOT_POSTED: Final = "not_posted"
#: results that somebody should look at; those of Disposition
_FOR_A_PERSON: Final = frozenset({"held", "refused", "rejected", _NOT_POSTED})


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, see docs/import.md.")],
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Take marketplaces, sellers, buyers, orders and offers from a file: all of it or nothing.

    A file of messages, which people wrote on the marketplace, is posted: each goes the way of mail.
    """
    from mailbridge.trade_import import read_trade

    if not file.exists():
        raise NotFound(f"{file}: there is no such file")
    batch = read_trade(file)
    if batch.messages:
        _post(batch, config, json=json)
        return
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


def _post(batch: "TradeBatch", config: Path, *, json: bool) -> None:
    """Post the messages of a file; each is said as soon as it is known what became of it."""
    from mailbridge.cli.reasons import why
    from mailbridge.path.postedfile import post_all

    counts: Counter[str] = Counter()
    rows: list[dict[str, object]] = []
    with opened_bridge(config) as bridge:
        for row in post_all(batch.messages, batch.file, bridge):
            plan, result = row.plan, row.plan.disposition.value if row.plan is not None else _NOT_POSTED
            counts[result] += 1
            reason = plan.reason if plan is not None else row.problem
            rows.append({"reference": row.message.reference, "result": result, "reason": reason})
            if not json and result in _FOR_A_PERSON:
                words = why(plan, bridge.texts, bridge.settings.operator_language) if plan is not None else row.problem
                say(f"line {row.message.line}: {row.message.reference}: {result}: {words}")
    emit(Event.IMPORT_DONE, file=batch.file, count=len(rows), minted=0)
    if json:
        print_json({"posted": rows})
    else:
        say(f"{batch.file}: messages: {', '.join(f'{result} {count}' for result, count in counts.items())}")
    if _FOR_A_PERSON & counts.keys():
        raise typer.Exit(ExitCode.PROBLEM)
