"""What a bridge makes of a mail: its author is a seller on record, its reader the buyer; no rule minds."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.parties import Mailbox, Role
from mailbridge.message.parse import parse
from tests.path.world import CLIENT_IP, a_world, trade

_TO = re.compile(
    rb"(?im)^(?:to|cc|bcc|auto-submitted|precedence|list-[a-z-]+|feedback-id):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n"
)
_UNNAMED = "author@elsewhere.example"


def as_mail(octets: bytes, *, name: str) -> bytes:
    """The octets of a .eml file; of a .html file, a mail that holds it."""
    if name.endswith(".html"):
        head = f"From: Author <{_UNNAMED}>\r\nSubject: {name}\r\nMIME-Version: 1.0\r\n"
        head += "Date: Sat, 21 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@elsewhere.example>\r\n"
        return (
            head + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        ).encode() + octets
    return octets if b"\r\n" in octets else octets.replace(b"\n", b"\r\n")


def relayed(octets: bytes) -> bytes | None:
    """The mail that the other side gets, None where nothing is relayed."""
    author = parse(octets).author
    if author is None:
        return None
    batch = trade()
    seller = replace(batch.sellers[0], mailboxes=(Mailbox(address=RealAddress(author.addr_spec)),))
    market = replace(batch.marketplaces[0], rule_packs=())
    with (
        tempfile.TemporaryDirectory(prefix="mb-through-") as folder,
        a_world(Path(folder), replace(batch, sellers=(seller,), marketplaces=(market,))) as world,
    ):
        world.resolver.records[author.addr_spec.rpartition("@")[2]] = f"v=spf1 ip4:{CLIENT_IP} -all".encode()
        alias = next(row.alias for row in world.bridge.store.aliases() if row.alias.stands_for is Role.BUYER)
        head, blank, body = octets.partition(b"\r\n\r\n")
        addressed = f"To: {alias.address.addr_spec}\r\n".encode() + _TO.sub(b"", head + b"\r\n") + blank[2:] + body
        world.mail(addressed, alias.address.addr_spec)
        taken = world.take(PostKind.RELAY)
    return taken[0][0].delivery.octets if taken else None
