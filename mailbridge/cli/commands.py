"""All commands, put together: one module per noun. What is done before they are loaded stands in `cli/__init__.py`."""

import sys
from collections.abc import Sequence

import typer

from mailbridge import __version__
from mailbridge.cli import (
    acknowledging,
    aliases,
    checking,
    classifying,
    deadlines,
    explaining,
    held,
    keys,
    optouts,
    queue,
    reading,
    references,
    reviewing,
    rules,
    running,
    sellers,
    setup,
    staff,
    standing,
    threads,
    trade,
)
from mailbridge.cli.outcomes import exit_code_of
from mailbridge.cli.output import ExitCode, complain
from mailbridge.errors import Problem
from mailbridge.events import JOURNAL

app = typer.Typer(
    name="mailbridge",
    help="A mail gateway between the buyers and sellers of a marketplace: neither learns the other's address.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Take the options before the command."""
    # Events are for logs. On the terminal of a person who gave a command they would bury the answer.
    if context.invoked_subcommand != "serve" and sys.stderr.isatty():
        JOURNAL.be_quiet()


app.command("serve")(running.serve)
app.command("demo")(running.demo)
app.command("init")(setup.init)
app.command("check")(checking.check)
app.command("import")(trade.import_)
app.command("explain")(explaining.explain)
app.command("reply")(reading.reply)
app.command("classify")(classifying.classify)
app.command("backup")(running.backup)
for group in (held, threads, deadlines, aliases, optouts, sellers, staff, acknowledging, standing, reviewing):
    app.add_typer(group.commands)
for group in (queue, rules):
    app.add_typer(group.commands)
app.add_typer(keys.dkim_commands)
app.add_typer(keys.key_commands)
app.add_typer(references.commands)


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; every error that has a name becomes a message and an exit code."""
    command = typer.main.get_command(app)
    try:
        return exit_code_of(lambda: command.main(list(arguments), prog_name="mailbridge", standalone_mode=False))
    except typer.TyperException as error:
        complain((Problem(file="", line=None, key="", reason=_usage(error)),))
        return int(ExitCode.USAGE)
    except typer.Abort:
        return int(ExitCode.INTERRUPTED)


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the words that were typed, and where the right ones stand."""
    reason = error.format_message().replace(": Value error, ", ": ")  # what pydantic puts before each reason
    if reason.startswith("Usage: "):  # a group without a command: this is its help
        return reason
    # Typer does not export the class of errors that know their command.
    command = getattr(getattr(error, "ctx", None), "command_path", "mailbridge")
    return f"{reason.rstrip('.')}; see `{command} --help`"
