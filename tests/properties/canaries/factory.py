"""Runs letters through a whole bridge in the process, and judges every octet that leaves it by any door."""

import contextlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.envelope import Peer
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import Reply
from tests.builders import Original
from tests.path.world import CLIENT_IP, World, a_world
from tests.properties.canaries.decoder import found, squeezed
from tests.properties.canaries.letters import Letter, canaries_of, letter
from tests.properties.canaries.people import Pair, Person, pairs, trade


@dataclass(slots=True)
class Outcome:
    """What came of a run."""

    #: canaries that came out: number of the letter, door, carriers, what
    leaks: list[tuple[int, str, tuple[str, ...], list[str]]] = field(default_factory=list)
    #: how many letters without a deliberate violation ended how
    honest: Counter[str] = field(default_factory=Counter)
    #: the same for the others
    deliberate: Counter[str] = field(default_factory=Counter)
    #: honest letters that were not relayed: number, carriers, and why
    held: list[tuple[int, tuple[str, ...], str]] = field(default_factory=list)
    #: relayed letters in which the author's own words did not come through: number and carriers
    damaged: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    #: numbers of all letters that were not relayed
    stopped: set[int] = field(default_factory=set)
    #: lines that the bridge logged
    log_lines: int = 0
    #: mails by kind of what left
    doors: Counter[str] = field(default_factory=Counter)

    @property
    def relayed_share(self) -> float:
        """Of those without a deliberate violation."""
        return self.honest["relayed"] / max(1, self.honest.total())


class Factory:
    """A bridge with all pairs on two marketplaces."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self._seed = seed
        self._market = "free"
        self.pairs = pairs()
        self._aliases = {
            (row.marketplace, int(row.buyer), row.alias.stands_for): row.alias.address.addr_spec
            for row in world.bridge.store.aliases()
        }
        for pair in self.pairs:
            for person in (pair.buyer, pair.seller):
                world.resolver.records[person.domain] = f"v=spf1 ip4:{CLIENT_IP} -all".encode()
                world.resolver.records[f"_dmarc.{person.domain}"] = b"v=DMARC1; p=reject"
        #: the octets that each person got last
        self._received: dict[Person, bytes] = {}
        self.outcome = Outcome()

    def run(self, numbers: Iterable[int], *, answers: bool = True, market: str = "free") -> Outcome:
        """Send these letters and judge what comes out; `answers`: some answer what their author got in this run."""
        self._market = market
        log = io.StringIO()
        got = self._got if answers else _nothing
        with contextlib.redirect_stderr(log):
            for number in numbers:
                self._send(letter(self._seed, number, self.pairs, self.alias, got))
            self._judge_what_follows()
        self._judge_log(log.getvalue())
        return self.outcome

    def alias(self, pair: Pair, role: Role) -> str:
        """The alias of this pair that stands for a role."""
        return self._aliases[self._market, pair.number, role]

    def _got(self, person: Person) -> Original | None:
        octets = self._received.get(person)
        return None if octets is None else Original.read(octets)

    def _send(self, sent: Letter) -> None:
        forward_path = self.alias(sent.pair, sent.author.role.other)
        answers = self.world.mail(
            sent.octets,
            forward_path,
            reverse_path=sent.author.address,
            peer=Peer(ip=CLIENT_IP, helo=f"mx.{sent.author.domain}"),
        )
        taken, self.world.sent = self.world.sent, []
        for claimed in taken:
            self._judge(sent, claimed)
        is_relayed = any(claimed.delivery.kind is PostKind.RELAY for claimed in taken)
        counted = self.outcome.deliberate if sent.is_deliberate else self.outcome.honest
        state = "relayed" if is_relayed else "stopped"
        counted[state] += 1
        if not is_relayed:
            self.outcome.stopped.add(sent.number)
        if not is_relayed and not sent.is_deliberate:
            self.outcome.held.append((sent.number, sent.carriers, self._why(answers)))

    def _why(self, answers: tuple[Reply, ...]) -> str:
        """What the client heard, and what the newest mail that waits for a person waits for."""
        held = self.world.bridge.store.held_records(1)
        reasons = [f"{record.hold} {record.findings}" for record in held]
        return f"{[str(answer) for answer in answers]}, newest held: {reasons}"

    def _judge(self, sent: Letter, claimed: ClaimedDelivery) -> None:
        """The reader may see nothing of the other side."""
        delivery = claimed.delivery
        self.outcome.doors[delivery.kind.value] += 1
        is_notice = delivery.forward_path.addr_spec.lower() == sent.author.address.lower()
        other = sent.pair.side(sent.author.role.other)
        canaries = canaries_of(other) if is_notice else sent.canaries
        seen = set(found(delivery.octets, canaries.union(sent.own_words)))
        if seen & canaries:
            self.outcome.leaks.append((sent.number, delivery.kind.value, sent.carriers, sorted(seen & canaries)))
        if delivery.kind is PostKind.RELAY:
            self._received[other] = delivery.octets
            if not seen.issuperset(sent.own_words):
                self.outcome.damaged.append((sent.number, sent.carriers))

    def _judge_what_follows(self) -> None:
        """What intents come to: acknowledgements, who lost what of his words, who is away."""
        people = {person.address.lower(): (pair, person) for pair in self.pairs for person in (pair.buyer, pair.seller)}
        while posted := [each for each, _ in self.world.run_intents() if each.fencing_token == 1]:
            for claimed in posted:
                delivery = claimed.delivery
                self.outcome.doors[f"{delivery.kind.value} by intent"] += 1
                pair, reader = people[delivery.forward_path.addr_spec.lower()]
                leaked = found(delivery.octets, canaries_of(pair.side(reader.role.other)))
                if leaked:
                    self.outcome.leaks.append((-1, f"{delivery.kind.value} by intent", (), sorted(leaked)))

    def _judge_log(self, log: str) -> None:
        self.outcome.log_lines += log.count("\n")
        seen = squeezed(log)
        for pair in self.pairs:
            for person in (pair.buyer, pair.seller):
                hits = [canary for canary in canaries_of(person) if canary in seen]
                if hits:
                    self.outcome.leaks.append((-1, "log", (), hits))


def _nothing(_: Person) -> None:
    return None


@contextlib.contextmanager
def a_factory(folder: Path, seed: int) -> Iterator[Factory]:
    """A factory in this folder."""
    with a_world(folder, trade()) as world:
        yield Factory(world, seed)
