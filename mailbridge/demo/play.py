"""Plays the demo's conversation and prints what each party sees; then stays up for mail of one's own.

Waits for every mail that must come and says so when one does not. Text for people goes to stdout.
"""

import secrets
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from mailbridge.demo import world
from mailbridge.demo.stage import Stage, set_up
from mailbridge.domain.message import Message
from mailbridge.message.parse import parse
from mailbridge.outbound.catcher import CaughtMail

_WIDTH = 88
_PATIENCE_S = 30.0
_OWNERS = {world.BUYER: "Anna (buyer)", world.SELLER: "Lumen Lamps (seller)"}

#: after each line of the play, how many mails must have reached each mailbox in all
_EXPECTED = (
    {world.SELLER: 2, world.BUYER: 1},  # relayed and welcome; acknowledgement
    {world.SELLER: 2, world.BUYER: 2},
    {world.SELLER: 3, world.BUYER: 2},
    {world.SELLER: 4, world.BUYER: 2},  # the notice that explains the refusal
    {world.SELLER: 4, world.BUYER: 3},
)


@dataclass(frozen=True, slots=True)
class _Received:
    """One mail in a mailbox."""

    owner: str
    message: Message


def run(*, once: bool, program: str, port: int = 0) -> int:
    """Play the conversation; with `once` end after it. Returns 0, or 1 when a mail did not arrive.

    `program` is what a person types for `mailbridge`.
    """
    print("Mailbridge demo: a marketplace, a shop and a buyer on this machine. Nothing leaves it.\n", flush=True)
    with set_up(port) as stage:
        if not _play(stage):
            print("What the bridge logged:\n\n" + stage.log_file.read_text(encoding="utf-8"))
            return 1
        if once:
            print("The conversation is over: neither side ever saw the other's address.")
            return 0
        _stay(stage, program)
    return 0


def _play(stage: Stage) -> bool:
    shown = 0
    for number, line in enumerate(world.PLAY):
        print(f"{number + 1}. {line.direction}\n", flush=True)
        to, octets = _written(line, list(_received(stage)))
        _show_sent(line, to)
        stage.send(line.author, to, octets)
        expected = sum(_EXPECTED[number].values())
        try:
            stage.catcher.wait_for(expected, timeout_s=_PATIENCE_S)
        except TimeoutError:
            print(f"A mail did not arrive within {_PATIENCE_S:.0f} seconds.")
            return False
        mails = list(_received(stage))
        for owner, count in _EXPECTED[number].items():
            if sum(mail.owner == owner for mail in mails) != count:
                print(f"{_OWNERS[owner]} should have {count} mails now.")
                return False
        for mail in mails[shown:]:
            _show_received(mail)
        shown = len(mails)
    return True


def _received(stage: Stage) -> Iterator[_Received]:
    for mail in stage.catcher.mails:
        yield _Received(mail.forward_paths[0], parse(mail.content))


def _written(line: world.Line, mails: list[_Received]) -> tuple[str, bytes]:
    """The forward-path and the octets of one line of the play, as a mail client would write them."""
    head = {"From": f"<{line.author}>", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
    if not line.is_answer:
        to, text = world.CONTACT, line.text
        head |= {"Subject": line.subject}
    else:
        newest = [mail.message for mail in mails if mail.owner == line.author and _is_relayed(mail.message)][-1]
        to = newest.authors[0].addr_spec
        references = " ".join((*newest.references, newest.message_id or ""))
        head |= {"Subject": "Re: " + newest.subject.removeprefix("Re: ")}
        head |= {"In-Reply-To": newest.message_id or "", "References": references}
        quoted = textwrap.indent((newest.body.plain or "").strip(), "> ", lambda _: True)
        text = f"{line.text}\nOn Saturday, {newest.authors[0].display_name} <{to}> wrote:\n\n{quoted}\n"
    head |= {"To": f"<{to}>", "Message-ID": f"<{secrets.token_hex(8)}@{line.author.partition('@')[2]}>"}
    header = "".join(f"{name}: {body}\r\n" for name, body in head.items())
    return to, (header + "\r\n" + text.replace("\n", "\r\n")).encode("utf-8")


def _is_relayed(message: Message) -> bool:
    """True for a mail under an alias: what a person answers; not our notices and acknowledgements."""
    return not message.authors[0].addr_spec.startswith("notice@") and message.automatic.value == "no"


def _show_sent(line: world.Line, to: str) -> None:
    _box(f"{_OWNERS[line.author]} sends to {to}", line.text)


def _show_received(mail: _Received) -> None:
    author = mail.message.authors[0]
    about = [f"From:    {author.display_name} <{author.addr_spec}>", f"Subject: {mail.message.subject}", ""]
    text = (mail.message.body.plain or mail.message.new_text).strip()
    _box(f"{_OWNERS.get(mail.owner, mail.owner)} receives", "\n".join(about) + "\n" + text)


def _box(title: str, text: str) -> None:
    print(f"  ┌─ {title} " + "─" * max(0, _WIDTH - len(title) - 5))
    for line in text.strip().splitlines():
        for piece in textwrap.wrap(line, _WIDTH) or [""]:
            print(f"  │ {piece}".rstrip())
    print("  └" + "─" * (_WIDTH - 1) + "\n", flush=True)


def _stay(stage: Stage, program: str) -> None:
    """Print how to go on, then show every further mail until Ctrl-C."""
    print(_INVITATION.format(host=stage.host, port=stage.port, contact=world.CONTACT, buyer=world.BUYER,
                             settings=stage.settings_file, program=program), flush=True)  # fmt: skip
    seen = len(stage.catcher.mails)
    try:
        while True:
            try:
                mails = stage.catcher.wait_for(seen + 1, timeout_s=3600)
            except TimeoutError:
                continue
            _show_new(mails[seen:])
            seen = len(mails)
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)


def _show_new(mails: tuple[CaughtMail, ...]) -> None:
    for mail in mails:
        _show_received(_Received(mail.forward_paths[0], parse(mail.content)))


_INVITATION = """\
The conversation is over: neither side ever saw the other's address. The bridge stays up.

Send a mail yourself (swaks is a Debian package), as Anna:

  swaks --server {host}:{port} --from {buyer} --to {contact} \\
    --header 'Subject: One more question' --body 'Does it come with a bulb?'

See the record, in another terminal:

  {program} thread list --config {settings}
  {program} thread show ID --config {settings}

Whatever either side receives is shown here. Ctrl-C ends the demo.
"""
