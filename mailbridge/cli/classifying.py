"""`classify FILE`: what kind of mail a file is, and of a bounce whom it is about and why.

Needs no settings and no store: says what the mail itself says, as the path reads it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import print_json, print_table, say, shown
from mailbridge.cli.surroundings import JsonOption
from mailbridge.errors import NotFound

if TYPE_CHECKING:
    from mailbridge.domain.classification import Classification, Failure
    from mailbridge.domain.message import Message

_STANDARD_INPUT = "-"


def classify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A mail as it came in (.eml); - for one from stdin.")],
    json: JsonOption = False,
) -> None:
    """Say what kind of mail it is, what it is about and how urgent; of a bounce whom it is about, and why it failed."""
    from mailbridge.message.parse import parse

    message = parse(_read(file))
    if json:
        print_json(_as_plain(message))
    else:
        _tell(message)


def _read(file: Path) -> bytes:
    """The mail with CRLF line ends, without the blank lines that webmails put before a source they show."""
    try:
        octets = sys.stdin.buffer.read() if str(file) == _STANDARD_INPUT else file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from None
    return octets.lstrip().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _as_plain(message: "Message") -> dict[str, object]:
    from mailbridge.policy.topics import priority_of, topics_of

    found = message.classification
    topics = topics_of(message)
    return {
        "kind": _kind(found),
        "mail": found.kind.value,
        "automated": found.kind.is_automatic,
        "proven_automatic": message.automatic.value,
        "topics": list(topics),
        "priority": priority_of(topics),
        "feedback_type": found.feedback_type,
        "failures": [_failure(failure) for failure in found.failures if failure.recipient],
    }


def _kind(found: "Classification") -> str:
    """In the words that scorers of bounces use: all else is "other"."""
    return found.kind.value if found.kind.value in {"bounce", "feedback", "autoreply"} else "other"


def _failure(failure: "Failure") -> dict[str, object]:
    return {
        "recipient": failure.recipient,
        "action": failure.action.value,
        "status": str(failure.status),
        "permanent": failure.is_hard,
        "reason": failure.reason.value,
        "diagnostic": failure.diagnostic,
    }


def _tell(message: "Message") -> None:
    from mailbridge.policy.topics import priority_of, topics_of

    found = message.classification
    topics = topics_of(message)
    say(f"{'kind:':<14}{shown(found.kind)}")
    say(f"{'automatic:':<14}{shown(found.kind.is_automatic)} (its header alone: {shown(message.automatic)})")
    say(f"{'about:':<14}{shown(', '.join(topics))} (priority: {priority_of(topics)})")
    if found.feedback_type:
        say(f"{'complaint:':<14}{found.feedback_type}")
    if found.failures:
        rows = [
            (one.recipient, one.action, str(one.status), "hard" if one.is_hard else "soft", one.reason, one.diagnostic)
            for one in found.failures
        ]
        print_table(("recipient", "action", "status", "address", "reason", "said"), rows, nothing="")
