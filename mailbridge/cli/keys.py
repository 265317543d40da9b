"""`dkim new|show` and `key new`: the keys of a bridge, each in a file of mode 600."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.output import ExitCode, print_json, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, load_settings
from mailbridge.errors import ConfigurationError, Problem

dkim_commands = typer.Typer(name="dkim", help="Keys that sign what the bridge sends.", no_args_is_help=True)
key_commands = typer.Typer(name="key", help="The master key.", no_args_is_help=True)


class KeyKind(enum.Enum):
    """What kinds of DKIM keys are made."""

    RSA = "rsa"
    ED25519 = "ed25519"


@dkim_commands.command("new")
def new_dkim(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="Alias domain.")],
    selector: Annotated[str, typer.Option(help="Selector of the new key.")] = "mb1",
    kind: Annotated[
        KeyKind, typer.Option(help="RSA is understood everywhere; Ed25519 is smaller and faster.")
    ] = KeyKind.RSA,
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the key file goes.")] = Path(),
) -> None:
    """Make a key, and print the DNS record to publish and the table for the settings."""
    say(make_dkim_key(domain, selector=selector, kind=kind, folder=folder))


def make_dkim_key(domain: str, *, selector: str, kind: KeyKind, folder: Path) -> str:
    """Make a key file; returns what a person has to do with it."""
    from mailbridge.config import refusal
    from mailbridge.outbound.dkim_keys import Algorithm, load_key, make_key_file, txt_record

    for key, value in (("domain", domain), ("selector", selector)):
        reason = refusal("dkim", key, value)
        if reason:
            raise typer.BadParameter(f"{key}: {reason}")
    domain = domain.lower()
    path = folder / f"dkim-{domain}-{selector}.pem"
    try:
        make_key_file(path, Algorithm.RSA if kind is KeyKind.RSA else Algorithm.ED25519)
    except OSError as error:
        raise _not_made(path, error) from None
    record = txt_record(load_key(path, domain=domain, selector=selector))
    return (
        f"Key: {path}\n\nPublish this record, then wait until it is seen everywhere:\n\n{record.zone_line()}\n\n"
        f"Put this into the settings:\n\n[[dkim]]\n"
        f'domain = "{domain}"\nselector = "{selector}"\nkey_file = "{path.name}"'
    )


@dkim_commands.command("show")
def show_dkim(config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """Print the DNS records of all keys in the settings."""
    from mailbridge.outbound.dkim_keys import load_key, txt_record

    settings = load_settings(config)
    records = [txt_record(load_key(key.key_file, domain=key.domain, selector=key.selector)) for key in settings.dkim]
    if json:
        print_json(records)
        return
    for record in records:
        say(record.zone_line())
    if not records:
        say("The settings name no key: `mailbridge dkim new DOMAIN`")
        raise typer.Exit(ExitCode.PROBLEM)


@key_commands.command("new")
def new_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The key file; must not exist yet.")] = Path(
        "mailbridge.key"
    ),
) -> None:
    """Make a master key. Without it nothing on record can be read, by nobody: keep a copy apart from the backups."""
    make_master_key(file)
    say(f"{file}: made, mode 600. Keep a copy apart from the backups: without it nothing on record can be read.")


def make_master_key(file: Path) -> None:
    """Make the file; a key in use is never written over."""
    from mailbridge.store.seal import create_key_file

    create_key_file(file)


def _not_made(path: Path, error: OSError) -> ConfigurationError:
    reason = "exists already and may be in use: it is not written over" if isinstance(error, FileExistsError) else ""
    reason = reason or f"can not be written: {error.strerror}"
    return ConfigurationError((Problem(file=str(path), line=None, key="", reason=reason),))
