"""`explain FILE.eml`: what the bridge would do with a mail, and why. Nothing is kept and nothing is sent."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, print_json, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_bridge
from mailbridge.domain.ids import QueueId
from mailbridge.errors import NotFound

if TYPE_CHECKING:
    from mailbridge.domain.authresults import AuthResults
    from mailbridge.domain.envelope import Envelope
    from mailbridge.domain.message import Message
    from mailbridge.path.leg import Leg


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A mail as it came in (.eml).")],
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ADDRESS", help="Envelope recipient; without it those in To and Cc."),
    ] = None,
    mail_from: Annotated[
        str | None,
        typer.Option("--mail-from", metavar="ADDRESS", help='Envelope sender; without it the author; "" for none.'),
    ] = None,
    ip: Annotated[str | None, typer.Option("--ip", help="Address of the client that handed it over, for SPF.")] = None,
    is_from_front: Annotated[bool, typer.Option("--front", help="As if it came from a trusted front.")] = False,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Say what would become of a mail: who wrote it, which conversation, what every rule found, what would be sent."""
    from mailbridge.cli.reasons import why
    from mailbridge.message.parse import parse
    from mailbridge.path.receive import rehearse

    content = _read(file)
    message = parse(content)
    given = _Given(to=tuple(to or ()), mail_from=mail_from, ip=ip, is_from_front=is_from_front)
    envelope = _envelope(content, message, given)
    with opened_bridge(config) as bridge:
        legs = rehearse(envelope, bridge)
        reasons = [why(leg.plan, bridge.texts, bridge.settings.operator_language) for leg in legs]
    if json:
        print_json([_as_plain(leg) for leg in legs])
    else:
        _tell_message(message)
        for leg, reason in zip(legs, reasons, strict=True):
            _tell_leg(leg, reason)
    if not all(leg.plan.reply.is_positive for leg in legs):
        raise typer.Exit(ExitCode.PROBLEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the person says of the envelope."""

    to: tuple[str, ...]
    mail_from: str | None
    ip: str | None
    is_from_front: bool


def _read(file: Path) -> bytes:
    """The mail with CRLF line ends, as it comes by SMTP."""
    try:
        return file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from None


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _envelope(content: bytes, message: "Message", given: _Given) -> "Envelope":
    from mailbridge.domain.envelope import Door, Envelope, Peer

    author = message.author.addr_spec if message.author else None
    in_header = [mailbox.addr_spec for mailbox in (*message.to, *message.cc)]
    forward_paths = tuple(dict.fromkeys(given.to or in_header))
    if given.ip is not None and not _is_ip(given.ip):
        raise typer.BadParameter(f"--ip: {given.ip} is no IP address")
    if not forward_paths:
        raise typer.BadParameter("the mail names no recipient: give --to ADDRESS")
    return Envelope(
        queue_id=QueueId("explain"),
        door=Door.COMMAND,
        reverse_path=author if given.mail_from is None else given.mail_from or None,
        forward_paths=forward_paths,
        content=content,
        received_at=now(),
        peer=Peer(ip=given.ip, helo=None, is_trusted_front=given.is_from_front),
    )


def _tell_message(message: "Message") -> None:
    say(f"{'author:':<14}{shown(message.author.addr_spec if message.author else None)}")
    say(f"{'subject:':<14}{shown(message.subject)}")
    say(f"{'automatic:':<14}{shown(message.automatic)}")
    if message.opaque is not None:
        say(f"{'not read:':<14}{shown(message.opaque)}")
    for defect in message.defects:
        say(f"{'defect:':<14}{defect}")
    say(f"{'new text:':<14}{len(message.new_text)} characters")
    say(f"{'signature:':<14}{len(message.signature) + len(message.imprint)} characters")
    say(f"{'quoted text:':<14}{len(message.quoted_text)} characters")
    for attachment in message.attachments:
        say(f"{'attachment:':<14}{attachment.filename} ({attachment.content_type}, {len(attachment.octets)} octets)")


def _tell_leg(leg: "Leg", reason: str) -> None:
    plan = leg.plan
    say(f"\n{plan.forward_path}: {plan.disposition.value}")
    say(f"{'  why:':<14}{reason} ({plan.reason})")
    say(f"{'  reply:':<14}{plan.reply}")
    _tell_authentication(leg.facts.auth)
    say(f"{'  address is:':<14}{type(leg.facts.destination).__name__.removesuffix('Destination').lower()}")
    if plan.route is not None:
        opening = "a new one" if plan.route.opening else shown(plan.route.thread_id)
        doubt = " (guessed)" if plan.route.is_uncertain else ""
        say(f"{'  direction:':<14}{shown(plan.route.direction)}")
        say(f"{'  thread:':<14}{opening}{doubt}")
    for judgement in plan.verdict.judgements if plan.verdict else ():
        what = f"{judgement.action.name.lower()} ({judgement.mode.value})"
        say(f"{'  rule:':<14}{judgement.rule}: {what} {judgement.title}")
        for finding in judgement.findings:
            detail = f" ({finding.detail})" if finding.detail else ""
            say(f"{'    found:':<14}{finding.check} in {finding.place.value}: {finding.words or '-'}{detail}")
    if plan.verdict is not None:
        say(f"{'  rule set:':<14}{plan.verdict.ruleset}")
    for notice in plan.notices:
        say(f"{'  notice:':<14}{notice.kind.value} ({notice.language})")
    for intent in plan.intents:
        say(f"{'  later:':<14}{intent.kind.value} after {int(intent.after.total_seconds())} s")


def _tell_authentication(auth: "AuthResults") -> None:
    say(f"{'  proven:':<14}{shown(auth.is_aligned)} (by {auth.source})")
    say(f"{'  spf:':<14}{auth.spf.value}, exact: {shown(auth.spf_exact)}, aligned: {shown(auth.spf_aligned)}")
    for signature in auth.dkim:
        detail = f" ({signature.detail})" if signature.detail else ""
        say(f"{'  dkim:':<14}{signature.domain}: {signature.result.value}{detail}")
    say(f"{'  dmarc:':<14}policy {auth.dmarc_policy.value}, fails it: {shown(auth.fails_own_policy)}")


def _as_plain(leg: "Leg") -> dict[str, object]:
    return {"plan": leg.plan, "auth": leg.facts.auth, "author_role": leg.facts.author_role}
