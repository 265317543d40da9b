"""A seller on a market with a quick ladder, in a whole bridge."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from mailbridge.domain.delivery import ClaimedDelivery, Delivered, DeliveryState, Outcome, PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.standing import Sanction, Step
from mailbridge.message.parse import parse
from mailbridge.path.intents import run_due_intents
from mailbridge.path.mint import Mint
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from mailbridge.store.conductrecords import StandingRow
from tests.path.world import (
    BUYER,
    CC_DOOR,
    CONTACT,
    SELLER,
    START,
    World,
    a_text,
    a_world,
    counted_octets,
    trade,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LADDER = """\
ladders:
  - id: t.ladder
    text: {en: Two refusals a step., pl: Dwie odmowy na krok., it: Due rifiuti a passo., de: Je Schritt zwei.}
    weights: {low: 1, medium: 1, high: 1}
    counts_for_days: 30
    remembered_for_days: 90
    hours_to_read: 1
    steps:
      - {step: reminded, points: 2}
      - {step: warned, points: 2}
      - {step: barred, points: 2, days: 5}
      - {step: suspended, points: 2, days: 7}
"""


class Shop:
    """A seller in a conversation with a buyer, on a market with a quick ladder."""

    def __init__(self, world: World, alias: str) -> None:
        self.world = world
        self.alias = alias
        self._number = 0

    def writes(self, text: str, *, to: str = "", subject: str = "Re: A question", **fields: str) -> None:
        """One mail of the seller, some minutes after the one before."""
        self._number += 1
        self.world.now += MINUTE
        to = to or self.alias
        fields.setdefault("Cc", CC_DOOR if to != CC_DOOR else "")
        octets = a_text(
            SELLER, fields.pop("To", to), text, subject=subject, Message_ID=f"<{self._number}@acme.example>", **fields
        )
        self.world.mail(octets, to)

    def breaks_rules(self, times: int = 2) -> list[Message]:
        """As many refused messages, hours after whatever was before; what he was told of the step that followed."""
        self.world.now += timedelta(hours=2)
        for _ in range(times):
            self.writes("See https://acme-shop.example/lamp please.")
        self.world.take()
        return self.told()

    def told(self) -> list[Message]:
        """Notices that intents posted."""
        return [message for message in self.claimed() if message.authors[0].addr_spec.startswith("notice@")]

    def claimed(self, *, again: bool = False) -> list[Message]:
        """What intents and commands posted, and what was let go; with `again` also what was claimed before."""
        run_due_intents(self.world.bridge, "test")
        lease = timedelta(days=365)
        found = self.world.bridge.store.claim(self.world.now, worker="test", limit=100, lease=lease)
        return [parse(c.delivery.octets) for c in found if again or c.fencing_token == 1]

    @property
    def row(self) -> StandingRow:
        return self.world.bridge.store.seller_called("s1", None)

    @property
    def steps(self) -> tuple[Sanction, ...]:
        return self.world.bridge.store.conduct(self.row.seller.id, START - DAY).sanctions

    @property
    def stands(self) -> Step | None:
        found = self.row.seller.standing(self.world.now)
        return None if found is None else found.step

    def relayed(self) -> list[str]:
        """What buyers got since the last call, without the last line, which is ours."""
        taken = self.world.take(PostKind.RELAY)
        for claimed, _ in taken:
            settle(self, claimed, Delivered(), DeliveryState.DELIVERED)
        return [plain_of(message).partition("\n\n")[0] for _, message in taken]


@contextmanager
def a_shop(folder: Path, ladder: str = LADDER, language: str = "en", *, reports: bool = False) -> Iterator[Shop]:
    """A market with this ladder, on which a buyer wrote first."""
    pack = folder / "rules" / "markets" / "quick"
    pack.mkdir(parents=True)
    (pack / "ladder.yaml").write_text(ladder)
    rules = load_rules((data_folder("rules"), folder / "rules"))
    batch = trade()
    batch = replace(
        batch,
        marketplaces=(replace(batch.marketplaces[0], rule_packs=("general", "quick"), takes_reports=reports),),
        sellers=(replace(batch.sellers[0], language=language),),
        buyers=(replace(batch.buyers[0], language=language), *batch.buyers[1:]),
    )
    with a_world(folder, batch) as world:
        world.bridge = replace(world.bridge, rules=lambda: rules, mint=Mint(lambda: world.now, counted_octets()))
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?", subject="Order 48213"), CONTACT)
        ((_, first),) = world.take(PostKind.RELAY)
        shop = Shop(world, first.authors[0].addr_spec)
        shop.told()
        yield shop


def plain_of(message: Message) -> str:
    """Its plain text."""
    return (message.body.plain or "").replace("\r\n", "\n")


def settle(shop: Shop, claimed: ClaimedDelivery, outcome: Outcome, state: DeliveryState) -> None:
    """What became of an attempt."""
    is_over = state is not DeliveryState.PENDING
    assert shop.world.bridge.store.settle(
        claimed.delivery.id,
        claimed.fencing_token,
        outcome=outcome,
        state=state,
        next_attempt_at=None if is_over else shop.world.now + MINUTE,
        now=shop.world.now,
    )
