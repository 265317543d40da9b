"""The same text to many buyers, on its whole way: counted from the record, while a rule asks for it (S-75)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.ids import RecordId
from mailbridge.domain.parties import Mailbox, Role
from mailbridge.domain.trade_batch import TradeBuyer
from mailbridge.message.parse import parse
from mailbridge.path.held import refuse, release
from mailbridge.policy.needs import Needs
from mailbridge.rulefiles.read import load_rules
from mailbridge.store.store import Store
from mailbridge.store.tables import records
from tests.path.world import BUYER, CC_DOOR, SELLER, World, a_text, a_world, answer_to, trade
from tests.rulefiles.packs import RULE, write_pack

_BUYERS = {"Anna": BUYER, "Ben": "ben@buyer-post.example", "Carl": "carl@buyer-post.example", "Dora": "d@home.example"}
_HOLDS = RULE.replace("email_address", "duplicate_text\n    parameters: {min_buyers: 2}").replace("refuse", "hold")
_WARNS = _HOLDS.replace("action: hold", "action: warn")
_REFUSES = _HOLDS.replace("action: hold", "action: refuse")
_NEWS = (
    "Hello {name},\nwe have new lamps, stools and shelves in the workshop; come and see them whenever you like. "
    "Your number is {number}.\nWe are looking forward to seeing you, {name}!"
)


@dataclass
class Shop:
    """A seller who writes to buyers on record, to whom nobody wrote before."""

    world: World
    #: of each buyer, by his name
    aliases: dict[str, str]
    _number: int = 0

    def write(self, name: str, text: str = _NEWS, *, to: str = "", number: int = 0) -> str:
        """The seller writes to this buyer; the state of its record, "" where none is kept."""
        self._number += 1
        number = number or self._number
        address = to or self.aliases[name]
        words = text.format(name=name, number=f"{number:03d}-XK")
        copied = {"Cc": CC_DOOR} if "buyer-post" in address else {}
        octets = a_text(SELLER, address, words, Message_ID=f"<{number}@acme-shop.example>", **copied)
        return self.send(octets, CC_DOOR if copied else address)

    def send(self, octets: bytes, forward_path: str) -> str:
        """Hand over a mail; the state of its record, "" where none is kept."""
        self.world.now += timedelta(seconds=1)  # ids of records sort by time
        before = self.states()
        [reply] = self.world.mail(octets, forward_path)
        assert reply.is_positive
        return next((state for record, state in self.states().items() if record not in before), "")

    def write_to_each(self, *names: str) -> list[str]:
        """The same to several."""
        return [self.write(name) for name in names]

    def states(self) -> dict[RecordId, str]:
        """The state of every record, in the order of the mail."""
        with self.world.bridge.store._database.reading() as connection:
            return {RecordId(row.id): row.state for row in connection.execute(records.select().order_by(records.c.id))}

    def hashes(self) -> list[tuple[bytes | None, bytes | None]]:
        """What the records are found by."""
        with self.world.bridge.store._database.reading() as connection:
            rows = connection.execute(records.select().order_by(records.c.id))
            return [(row.text_hash, row.reader_hash) for row in rows]


@contextmanager
def a_shop(folder: Path, rules: str) -> Iterator[Shop]:
    """A shop and its buyers, under this pack."""
    batch = trade()
    buyers = tuple(
        TradeBuyer(
            marketplace="market",
            reference=name,
            handle=name.lower(),
            name=f"{name} Kowalska",
            mailboxes=(Mailbox(address=RealAddress(address)),),
        )
        for name, address in _BUYERS.items()
    )
    orders = tuple(replace(batch.orders[0], reference=f"48213-{name}", buyer=name) for name in _BUYERS)
    with a_world(folder, replace(batch, buyers=buyers, orders=orders)) as world:
        write_pack(folder / "rules", rules)
        ruleset = load_rules((folder / "rules",))
        world.bridge = replace(world.bridge, rules=lambda: ruleset)
        aliases = world.bridge.store.aliases()
        yield Shop(
            world, {row.buyer: row.alias.address.addr_spec for row in aliases if row.alias.stands_for is Role.BUYER}
        )


def test_S75_the_same_text_to_one_buyer_too_many_is_held(tmp_path: Path) -> None:
    with a_shop(tmp_path, _HOLDS) as shop:
        assert shop.write_to_each("Anna", "Ben", "Carl", "Dora") == ["relayed", "relayed", "held", "held"]
        assert shop.write("Dora", "Hello Dora,\nyour shelf is ready and leaves tomorrow, number {number}.") == "relayed"
        held = shop.world.bridge.store.held_records(5)
    assert [record.findings[0].partition(":")[0] for record in held] == ["duplicate_text"] * 2


def test_the_same_to_one_buyer_again_is_no_finding(tmp_path: Path) -> None:
    with a_shop(tmp_path, _HOLDS) as shop:
        assert shop.write_to_each("Anna", "Ben", "Anna", "Ben", "Ben") == ["relayed"] * 5


def test_the_same_mail_twice_counts_once(tmp_path: Path) -> None:
    with a_shop(tmp_path, _HOLDS) as shop:
        assert [shop.write("Anna", number=7), shop.write("Anna", number=7)] == ["relayed", ""]
        assert shop.write_to_each("Ben", "Carl") == ["relayed", "held"]


def test_N02_a_trial_says_what_would_be_and_counts_for_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, _REFUSES) as shop:
        shop.write_to_each("Anna", "Ben")
        for name in ("Carl", "Dora"):
            assert shop.write(name, to=f"check-{shop.aliases[name]}") == "recorded"
        told = [notice.subject for _, notice in shop.world.take(PostKind.NOTICE)]
        hashes = shop.hashes()
    assert len(told) == 2
    assert all("It would not be delivered" in subject for subject in told)
    assert hashes[2:] == [(None, None)] * 2


def test_what_is_refused_reached_nobody_and_does_not_count(tmp_path: Path) -> None:
    with a_shop(tmp_path, _REFUSES) as shop:
        assert shop.write_to_each("Anna", "Ben", "Carl", "Dora") == ["relayed", "relayed", "refused", "refused"]
        assert [text_hash is not None for text_hash, _ in shop.hashes()] == [True, True, False, False]


def test_held_mail_counts_until_a_person_refuses_it(tmp_path: Path) -> None:
    with a_shop(tmp_path, _HOLDS.replace("min_buyers: 2", "min_buyers: 3")) as shop:
        assert shop.write_to_each("Anna", "Ben", "Carl", "Dora") == ["relayed"] * 3 + ["held"]
        [held] = shop.world.bridge.store.held_records(5)
        refuse(held.record_id, shop.world.bridge.store, shop.world.bridge.clock)
        assert shop.write("Carl") == "relayed"


def test_a_released_mail_counts_once(tmp_path: Path) -> None:
    with a_shop(tmp_path, _HOLDS.replace("min_buyers: 2", "min_buyers: 1")) as shop:
        assert shop.write_to_each("Anna", "Ben") == ["relayed", "held"]
        [held] = shop.world.bridge.store.held_records(5)
        shop.world.now += timedelta(seconds=1)
        release(held.record_id, shop.world.bridge)
        assert list(shop.states().values()) == ["relayed", "released", "relayed"]
        first, waited, went = shop.hashes()
    assert waited == went
    assert first[0] == went[0] != first[1] != went[1]


def test_S73_direct_mail_that_copies_the_market_counts_too(tmp_path: Path) -> None:
    with a_shop(tmp_path, _WARNS) as shop:
        for name in ("Anna", "Ben"):
            assert shop.write(name, to=_BUYERS[name]) == "recorded"
        assert shop.world.take(PostKind.NOTICE) == []
        assert shop.write("Carl", to=_BUYERS["Carl"]) == "recorded"
        assert len(shop.world.take(PostKind.NOTICE)) == 1


def test_an_answer_is_told_from_a_mail_that_nobody_asked_for(tmp_path: Path) -> None:
    condition = "when: thread.is_new || thread.last_by == 'seller'\n    action"
    with a_shop(tmp_path, _HOLDS.replace("action", condition)) as shop:
        assert shop.write_to_each("Anna", "Ben", "Carl") == ["relayed", "relayed", "held"]
        to_anna = next(
            mail
            for delivery, mail in shop.world.take(PostKind.RELAY)
            if delivery.delivery.forward_path.addr_spec == BUYER
        )
        to, answer = answer_to(to_anna, BUYER, "How much is the lamp?")
        assert shop.send(answer, to) == "relayed"
        [(_, question)] = shop.world.take(PostKind.RELAY)
        assert "How much" in (question.body.plain or "")
        _, copy = answer_to(question, SELLER, _NEWS.format(name="Anna", number="1"))
        assert parse(copy).new_text.startswith("Hello Anna")
        assert [shop.write("Dora"), shop.send(copy, shop.aliases["Anna"]), shop.write("Anna")] == [
            "held",
            "relayed",
            "held",
        ]


@pytest.mark.parametrize(
    "rules",
    [
        RULE,
        _HOLDS.replace("action", "directions: [to_seller]\n    action"),
        _HOLDS.replace("action", "valid_until: 2026-11-20\n    action"),
        _HOLDS.replace("min_buyers: 2", "min_letters: 1000"),
    ],
    ids=["no such rule", "for buyers", "over", "longer texts"],
)
def test_where_no_rule_in_force_counts_copies_nothing_is_asked_or_hashed(
    tmp_path: Path, rules: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Needs] = []
    monkeypatch.setattr(Store, "with_needed", lambda store, facts, needs: asked.append(needs))
    with a_shop(tmp_path, rules) as shop:
        assert shop.write_to_each("Anna", "Ben", "Carl") == ["relayed"] * 3
        assert (asked, shop.hashes()) == ([], [(None, None)] * 3)
