"""`seller list|authorise|notices|undo`: who may write for a shop, what it is told, how long its messages wait."""

from typing import Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_store
from mailbridge.events import Event, emit

commands = typer.Typer(name="seller", help="Who may write for a shop, and what it is told.", no_args_is_help=True)


@commands.command("list")
def list_(config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """List sellers, how many mailboxes each has, and for whom messaging is switched off."""
    with opened_store(config) as store:
        rows = store.directory().sellers
    if json:
        print_json(rows)
        return
    print_table(
        ("MARKET", "REFERENCE", "NAME", "CONTACT", "LANGUAGE", "MAILBOXES", "MESSAGING", "ACTIVE"),
        [
            (
                row.marketplace,
                row.reference,
                row.seller.name,
                row.seller.contact,
                row.seller.language,
                sum(mailbox.is_active for mailbox in row.seller.mailboxes),
                "on" if row.seller.messaging_off_at is None else "switched off",
                row.seller.is_active,
            )
            for row in rows
        ],
        nothing="No seller is on record: `mailbridge import`",
    )


@commands.command()
def authorise(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The mailbox to allow.")],
    seller: Annotated[str, typer.Option("--seller", metavar="REFERENCE", help="Reference of the seller.")],
    market: Annotated[str, typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace.")],
    authenticated_as: Annotated[
        list[str] | None,
        typer.Option(
            "--authenticated-as",
            metavar="PROOF",
            help="What may prove this mailbox beside its own domain: a MAIL FROM address (with @) or a DKIM domain.",
        ),
    ] = None,
    shared: Annotated[
        bool, typer.Option("--shared", help="Also when it is the mailbox of a buyer or another seller there.")
    ] = False,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Let one more mailbox write for a seller. Mail held before stays held: `held release` it.

    The mailbox of a buyer or another seller of the same marketplace is refused unless you say that both use it.
    """
    from mailbridge.store.records import Authorisation
    from mailbridge.trade_import import read_mailbox

    try:
        mailbox = read_mailbox(address, tuple(authenticated_as or ()))
    except ValueError as error:
        raise typer.BadParameter(f"the mailbox or its proof {error}") from None
    with opened_store(config) as store:
        wanted = Authorisation(marketplace=market, seller=seller, mailbox=mailbox, may_be_shared=shared)
        store.authorise(wanted, now())
    emit(Event.PERSON_ACTED, command="seller authorise", object=seller, result="authorised")
    say(f"{address} may now write for {seller}")


@commands.command()
def notices(
    seller: Annotated[str, typer.Argument(metavar="SELLER", help="Reference of the seller.")],
    market: Annotated[
        str | None,
        typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace, where several have it."),
    ] = None,
    opt_outs: Annotated[
        bool | None,
        typer.Option(
            "--opt-outs/--no-opt-outs",
            help="Whether the seller is told that a message was not delivered because its buyer opted out.",
        ),
    ] = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Show or change what a seller is told; every other notice is always sent."""
    from mailbridge.store.wishes import OptOutTelling

    with opened_store(config) as store:
        row = store.seller_called(seller, market)
        is_told = row.seller.told_of_opt_outs if opt_outs is None else opt_outs
        if opt_outs is not None:
            store.tell_of_opt_outs(OptOutTelling(seller_id=row.seller.id, is_told=opt_outs, via="command"), now())
    if opt_outs is not None:
        emit(Event.PERSON_ACTED, command="seller notices", object=seller, result="told" if is_told else "not told")
    if json:
        print_json({"market": row.marketplace, "seller": row.reference, "opt_outs": is_told})
        return
    say(f"{seller} is {'told' if is_told else 'not told'} of buyers who opted out")


@commands.command()
def undo(
    seller: Annotated[str, typer.Argument(metavar="SELLER", help="Reference of the seller.")],
    market: Annotated[
        str | None,
        typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace, where several have it."),
    ] = None,
    seconds: Annotated[
        int | None,
        typer.Option("--seconds", metavar="NUMBER", help="How long each message waits, 30 to 120; 0: not at all."),
    ] = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Show or change how long a seller's messages wait, so that he can stop them."""
    from mailbridge.trade_import import undo_seconds

    try:
        wanted = undo_seconds(seconds) if seconds is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--seconds") from None
    with opened_store(config) as store:
        row = store.seller_called(seller, market)
        waits = row.seller.undo_s if wanted is None else wanted
        if wanted is not None:
            store.set_undo(row.seller.id, wanted, now())
    if wanted is not None:
        emit(Event.PERSON_ACTED, command="seller undo", object=seller, result=f"{waits} s")
    if json:
        print_json({"market": row.marketplace, "seller": row.reference, "undo_s": waits})
        return
    say(f"messages of {seller} wait {waits} seconds, and he may stop them" if waits else f"{seller}: no message waits")
