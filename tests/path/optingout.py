"""A seller who starts messages and a buyer who may not want them, in a whole bridge."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import Reply
from tests.path.world import BUYER, SELLER, World, a_text, a_world, trade

PUBLIC_URL = "https://mail.market.example/o"
TOKEN = re.compile(r"[a-z2-7]{32}")


@dataclass
class Shop:
    """Acme, and Anna who ordered there."""

    world: World
    _number: int = 0

    @property
    def alias(self) -> str:
        """The address that the seller knows the buyer by."""
        rows = self.world.bridge.store.aliases()
        return next(row.alias.address.addr_spec for row in rows if row.alias.stands_for is Role.BUYER)

    def writes(self, subject: str, text: str = "How do you like the lamp?") -> tuple[ClaimedDelivery, Message]:
        """The seller starts a message; what the buyer got."""
        self._number += 1
        to, number = self.alias, f"<s{self._number}@client.example>"
        self.world.mail(a_text(SELLER, to, text, subject=subject, Message_ID=number), to)
        ((claimed, message),) = self.world.take(PostKind.RELAY)
        return claimed, message

    def mail_to(self, address: str, *, author: str = BUYER, **fields: str) -> Reply:
        """A mail to one of our one-use addresses, as a client sends it for a List-Unsubscribe; what it heard."""
        self._number += 1
        octets = a_text(author, address, "", subject="unsubscribe", Message_ID=f"<u{self._number}@client.example>")
        if fields:
            octets = b"".join(f"{n.replace('_', '-')}: {v}\r\n".encode() for n, v in fields.items()) + octets
        return self.world.mail(octets, address)[0]

    def notices(self) -> list[tuple[ClaimedDelivery, Message]]:
        """Notices that were left to be sent."""
        return self.world.take(PostKind.NOTICE)

    @property
    def wishes(self) -> list[tuple[str, str, str, str]]:
        """What the buyer wants no more: seller, buyer, kind, by which way."""
        return [(row.seller, row.buyer, row.kind.value, row.via) for row in self.world.bridge.store.opt_outs()]


@contextmanager
def a_shop(folder: Path, *, public_url: str = "") -> Iterator[Shop]:
    """A shop whose buyer has an alias already."""
    with a_world(folder, trade()) as world:
        settings = replace(world.bridge.settings, public_url=public_url)
        world.bridge = replace(world.bridge, settings=settings)
        yield Shop(world)


def way_out_in(claimed: ClaimedDelivery) -> str:
    """The token that stands in List-Unsubscribe."""
    found = re.search(rb"(?im)^List-Unsubscribe: (.*(?:\r\n[ \t].*)*)", claimed.delivery.octets)
    assert found is not None
    token = TOKEN.search(found[1].decode())
    assert token is not None
    return token[0]


def addresses_in(notice: Message) -> list[str]:
    """The one-use addresses of a notice, in its order."""
    return re.findall(r"act-[a-z2-7]{32}@[a-z.]+", notice.body.plain or "")
