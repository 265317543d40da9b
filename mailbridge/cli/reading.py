"""`reply FILE`: what the author of a mail wrote this time, told apart from history, signature and imprint.

The command with its help; what it prints is made in `cli/answers.py`. Needs no settings and no store.
"""

from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.answers import Asked, SignOff
from mailbridge.cli.surroundings import JsonOption


def reply(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A mail (.eml), or a body alone: plain (.txt) or HTML (.html); - for a mail from stdin.",
        ),
    ],
    sign_off: Annotated[
        SignOff,
        typer.Option(
            "--sign-off", metavar="keep|cut", help='Keep or cut "Kind regards, Anna" and what stands under it.'
        ),
    ] = SignOff.KEEP,
    json: JsonOption = False,
) -> None:
    """Print what was written anew in a mail, without quoted history, signature, imprint and what programs add."""
    Asked(file=file, sign_off=sign_off, json=json).show()
