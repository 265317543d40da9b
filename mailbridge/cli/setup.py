"""`init`: a folder to start from: settings with comments, master key, DKIM key."""

from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.keys import KeyKind, make_dkim_key, make_master_key
from mailbridge.cli.output import program, say
from mailbridge.errors import ConfigurationError, Problem

_Given = dict[str, dict[str, str | int | bool | list[str]]]
_FOR_SETTINGS = "Put this into the settings"


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made when missing.")],
    hostname: Annotated[
        str, typer.Option(prompt="Name of this machine for mail (hostname)", help="Name of the bridge.")
    ],
    operator: Annotated[str, typer.Option(prompt="Mailbox of the person in charge", help="Where postmaster@ goes.")],
    smarthost: Annotated[
        str,
        typer.Option(
            prompt="Mail server that sends for the bridge (smarthost)",
            metavar="HOST[:PORT]",
            help="Where mail goes out.",
        ),
    ],
    alias_domain: Annotated[str, typer.Option(help="Also make a DKIM key for this domain.")] = "",
) -> None:
    """Write a commented mailbridge.toml and the keys into a folder. Nothing that exists is written over."""
    from mailbridge import config

    file = folder / "mailbridge.toml"
    given: _Given = {
        "bridge": {"hostname": hostname, "operator": operator},
        "route": _route(smarthost),
    }
    if alias_domain:
        given["dkim"] = {"domain": alias_domain, "selector": "mb1", "key_file": f"dkim-{alias_domain}-mb1.pem"}
    _check(given)
    dkim = _written(file, config.starter(given), alias_domain)
    config.load(file)
    say(f"{file}: the settings, every one with its meaning")
    say(f"{folder / 'mailbridge.key'}: the master key; keep a copy elsewhere")
    if dkim:
        say(f"\n{dkim.partition(_FOR_SETTINGS)[0].strip()}")
    say("\nNext:")
    for command in ("check", "import FILE", "serve"):
        say(f"  {program()} {command} --config {file}")


def _written(file: Path, settings: str, alias_domain: str) -> str:
    """Make the keys and write the settings; what there is to say about the DKIM key."""
    folder = file.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_master_key(folder / "mailbridge.key")
        dkim = make_dkim_key(alias_domain, selector="mb1", kind=KeyKind.RSA, folder=folder) if alias_domain else ""
        with file.open("x", encoding="utf-8") as stream:
            stream.write(settings)
    except OSError as error:
        reason = f"can not be written: {error.strerror}"
        raise ConfigurationError(
            (Problem(file=str(error.filename or file), line=None, key="", reason=reason),)
        ) from None
    return dkim


def _route(smarthost: str) -> dict[str, str | int | bool | list[str]]:
    """The host, and the port where one is given; an IPv6 address alone has colons too."""
    host, colon, port = smarthost.rpartition(":")
    if not colon or (":" in host.strip("[]") and not host.startswith("[")) or not port.isdecimal():
        return {"host": smarthost}
    return {"host": host.strip("[]"), "port": int(port)}


def _check(given: _Given) -> None:
    """Refuse what the settings would refuse, before anything is written."""
    from mailbridge.config import refusal

    for table, values in given.items():
        for key, value in values.items():
            reason = "" if key == "key_file" else refusal(table, key, value)
            if reason:
                raise typer.BadParameter(f"{table}.{key}: {reason}")
