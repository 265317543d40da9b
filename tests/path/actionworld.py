"""A market that offers its sellers actions below each message, or time to stop one (N-11, N-15), in a whole bridge."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from mailbridge.domain.clocks import WhichClock
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.reply import Reply
from mailbridge.domain.thread import Thread
from tests.path.world import BUYER, CONTACT, SELLER, World, a_text, a_world, trade

PUBLIC_URL = "https://mail.market.example/o"
ADDRESS = re.compile(r"act-[a-z2-7]{32}@[a-z.]+")
#: by the words that stand before the address
WORDS = {
    "close": "#close",
    "resolve": "#resolved",
    "give_up": "#unresolved",
    "reopen": "#reopen",
    "no_reply_needed": "#noreply",
}


#: as nearly every client writes
BOTH_FORMS = (
    "--b1\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--b1\nContent-Type: text/html; charset=utf-8\n\n"
    "<html><body><p>{text}</p></body></html>\n--b1--"
)


@dataclass
class Talk:
    """A buyer and a seller, by mail."""

    world: World
    number: int = 0

    def sends(self, author: str, to: str, text: str, *, subject: str = "Order 48213", **fields: str) -> Reply:
        """One mail of one of them."""
        self.number += 1
        self.world.now += timedelta(seconds=1)
        fields.setdefault("Message_ID", f"<m{self.number}@client.example>")
        return self.world.mail(a_text(author, to, text, subject=subject, **fields), to)[0]

    def asks(self, text: str = "Is the lamp still there?", to: str = CONTACT, subject: str = "Order 48213") -> Message:
        """The buyer writes; what the seller gets."""
        both = BOTH_FORMS.format(text=text)
        head = "multipart/alternative; boundary=b1"
        assert self.sends(BUYER, to, both, subject=subject, Content_Type=head).code == 250
        ((_, got),) = self.world.take(PostKind.RELAY)
        return got

    def writes(self, text: str = "Yes, it is.", **fields: str) -> Reply:
        """The seller writes to the alias of the buyer."""
        return self.sends(SELLER, self.alias, text, **fields)

    def acts(self, address: str, author: str = SELLER, **fields: str) -> Reply:
        """A mail to a one-use address."""
        return self.sends(author, address, "", subject="as it is", **fields)

    def taken(self, kind: PostKind) -> list[Message]:
        """What was left to be sent of this kind; all else is forgotten."""
        return [message for _, message in self.world.take(kind)]

    def later(self, seconds: float = 0) -> list[tuple[PostKind, Message]]:
        """What goes out when so much time is over."""
        self.world.now += timedelta(seconds=seconds)
        sent = self.world.run_intents() + self.world.take()
        first = [(claimed.delivery.kind, message) for claimed, message in sent if claimed.fencing_token == 1]
        return [one for one in first if one[0] is not PostKind.ACKNOWLEDGEMENT and not _is_welcome(one[1])]

    @property
    def alias(self) -> str:
        """Stands for the buyer."""
        rows = self.world.bridge.store.aliases()
        return next(row.alias.address.addr_spec for row in rows if row.alias.stands_for.value == "buyer")

    @property
    def thread(self) -> Thread:
        """The only conversation."""
        [row] = self.world.bridge.store.threads(10)
        return row.thread

    @property
    def states(self) -> list[tuple[str, str]]:
        """Reason and state of each message of it, in order."""
        return [(row.reason, row.state) for row in self.world.bridge.store.thread_view(self.thread.id)]

    @property
    def clock(self) -> str:
        """How each round of the honest clock ended."""
        rounds = self.world.bridge.store.rounds(self.thread.id)[WhichClock.HONEST]
        return " ".join(one.ending.value if one.ending else "runs" for one in rounds)


def _is_welcome(message: Message) -> bool:
    return message.subject.startswith("Messages from buyers")


def action(got: Message, kind: str) -> str:
    """The address of this action in the seller's copy."""
    [line] = [line for line in (got.body.plain or "").splitlines() if f"({WORDS[kind]})" in line]
    [address] = ADDRESS.findall(line)
    return str(address)


def offered(got: Message) -> list[str]:
    """The actions below a message, in order."""
    lines = [line for line in (got.body.plain or "").splitlines() if ADDRESS.search(line)]
    return [next(kind for kind, word in WORDS.items() if f"({word})" in line) for line in lines]


def stop_address(notice: Message) -> str:
    """The address in the notice that a message goes out soon."""
    [address] = set(ADDRESS.findall(notice.body.plain or ""))
    return str(address)


@contextmanager
def a_talk(
    folder: Path,
    *,
    undo_s: int = 0,
    offers: bool = True,
    language: str = "en",
    pack: str = "general",
    public_url: str = "",
) -> Iterator[Talk]:
    """A market that offers actions, whose seller has so much time to stop a message."""
    batch = trade()
    packs = ("general", pack) if pack != "general" else ("general",)
    batch = replace(
        batch,
        marketplaces=(replace(batch.marketplaces[0], offers_actions=offers, rule_packs=packs, cc_address=None),),
        sellers=(replace(batch.sellers[0], undo_s=undo_s, language=language),),
    )
    with a_world(folder, batch) as world:
        world.bridge = replace(world.bridge, settings=replace(world.bridge.settings, public_url=public_url))
        yield Talk(world)
