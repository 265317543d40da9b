"""`seller list|authorise`: who may write for a shop."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_store
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.domain.address import RealAddress

commands = typer.Typer(name="seller", help="Who may write for a shop.", no_args_is_help=True)


def _address(text: str) -> "RealAddress":
    from mailbridge.domain.address import RealAddress

    address = RealAddress.parse(text)
    if address is None:
        raise typer.BadParameter('write one mail address, such as "post@example.com"')
    return address


@commands.command("list")
def list_(config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """List sellers and how many mailboxes may write for each."""
    with opened_store(config) as store:
        rows = store.directory().sellers
    if json:
        print_json(rows)
        return
    print_table(
        ("MARKET", "REFERENCE", "NAME", "CONTACT", "LANGUAGE", "MAILBOXES", "ACTIVE"),
        [
            (
                row.marketplace,
                row.reference,
                row.seller.name,
                row.seller.contact,
                row.seller.language,
                sum(mailbox.is_active for mailbox in row.seller.mailboxes),
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
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Let one more mailbox write for a seller. Mail held before stays held: `held release` it."""
    from mailbridge.domain.parties import Mailbox

    proofs = tuple(proof.lower() for proof in authenticated_as or ())
    mailbox = Mailbox(address=_address(address), authenticated_as=proofs, is_primary=False)
    with opened_store(config) as store:
        store.authorise(marketplace=market, seller=seller, mailbox=mailbox, now=now())
    emit(Event.PERSON_ACTED, command="seller authorise", object=seller, result="authorised")
    say(f"{address} may now write for {seller}")
