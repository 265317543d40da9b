"""`settings reference|events|texts|rules|commands|example`: the pages that are made from the code."""

import typer
from typer.core import TyperGroup

commands = typer.Typer(name="settings", help="Print the reference pages.", no_args_is_help=True)


@commands.command()
def reference() -> None:
    """Print docs/settings.md."""
    from mailbridge import config

    print(config.reference(), end="")


@commands.command()
def events() -> None:
    """Print docs/events.md."""
    from mailbridge import events as catalogue

    print(catalogue.reference(), end="")


@commands.command()
def texts() -> None:
    """Print the tables of templates/README.md."""
    from mailbridge import texts as catalogue

    print(catalogue.reference(), end="")


@commands.command()
def rules() -> None:
    """Print docs/rules.md."""
    from mailbridge.rulefiles import reference as page

    print(page.reference(), end="")


@commands.command("commands")
def commands_(context: typer.Context) -> None:
    """Print docs/commands.md."""
    from mailbridge.cli.manual import manual

    root = context.find_root().command
    if not isinstance(root, TyperGroup):
        raise TypeError("the root of all commands is a group")
    print(manual(root), end="")


@commands.command()
def example() -> None:
    """Print docs/mailbridge.toml: every setting with its default, as comments."""
    from mailbridge import config

    print(config.starter(EXAMPLE), end="")


#: what the example file sets
EXAMPLE: dict[str, dict[str, str | int | bool | list[str]]] = {
    "bridge": {"hostname": "bridge.example.com", "operator": "postmaster@example.com"},
    "route": {"host": "smarthost.example.com"},
}
