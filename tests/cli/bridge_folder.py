"""What stands in the bridge of the command tests: a shop, a customer, an order; and a mail that is held there."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mailbridge import app
from mailbridge.config import load
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import QueueId
from mailbridge.path.receive import receive

TRADE = (
    '{"type": "marketplace", "reference": "market", "name": "Market", "alias_domain": "relay.example"}\n'
    '{"type": "seller", "marketplace": "market", "reference": "s1", "name": "Acme", "contact": "acme",'
    ' "mailboxes": [{"address": "shop@acme.example"}]}\n'
    '{"type": "buyer", "marketplace": "market", "reference": "b1", "handle": "anna77",'
    ' "mailboxes": [{"address": "anna@post.example"}]}\n'
    '{"type": "order", "marketplace": "market", "reference": "48213", "seller": "s1", "buyer": "b1"}\n'
)
MAIL = (
    b"From: Anna <anna@post.example>\r\nTo: acme.o-48213@relay.example\r\nSubject: Hose \x1b[31m\r\n"
    b"Message-ID: <1@post.example>\r\nDate: Sat, 21 Nov 2026 14:05:00 +0000\r\n\r\nHow long is the hose?\r\n"
)

#: runs a command: exit code, stdout, stderr
Say = Callable[..., tuple[int, str, str]]


def hold_a_mail(folder: Path) -> str:
    """A first contact that nobody signed comes in by a door that knows no peer: held. Returns its id."""
    envelope = Envelope(
        queue_id=QueueId("q1"),
        door=Door.COMMAND,
        reverse_path="anna@post.example",
        forward_paths=("acme.o-48213@relay.example",),
        content=MAIL,
        received_at=datetime.now(UTC),
        peer=Peer(ip=None, helo=None),
    )
    settings = load(folder / "mailbridge.toml")
    with app.open_bridge(settings) as path:
        replies = receive(envelope, path)
        assert [reply.code for reply in replies] == [250]
        return path.store.held_records(10)[0].record_id
