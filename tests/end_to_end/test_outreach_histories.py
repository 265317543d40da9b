"""Random histories of shops replayed over SMTP through the running server, its clock moved: what the rules bar is never
relayed, what they permit never refused (S-15, S-22, S-23, E-03, E-11)."""

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from typing_extensions import override

from mailbridge import app
from mailbridge.config import load
from mailbridge.domain.outreach import OptOutKind
from mailbridge.outbound.catcher import CaughtMail
from mailbridge.store.wishes import OptOutOrder
from tests.builders import Client, a_mail
from tests.dns_server import DnsServer
from tests.peers.bridge import Bridge
from tests.peers.injector import Client as Injector
from tests.peers.neighbourhood import publish
from tests.peers.processes import open_folder, wait_until
from tests.peers.trade import buyer, marketplace, order, seller
from tests.policy.outreach_model import Past, Sale, Sent, Wish, refusals
from tests.sink import Sink

_ALIAS_DOMAIN = "bazaar.example"
_ZONE = ZoneInfo("Europe/Warsaw")
_START = datetime(2026, 3, 9, 10, tzinfo=_ZONE)
_TAGS = {
    "invoice": "[invoice]",
    "review": "[opinia]",
    "return": "[Rückgabe]",
    "order_problem": "[problema]",
    "needed_data": "[data]",
    "delivery": "[delivery]",
    "": "",
}
_STATES = ("open", "completed", "completed", "cancelled", "returned")
_TOKEN = re.compile(rb"note-[a-z]+-end")
_LANES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """One mail that somebody sends, and whether it must come through."""

    token: str
    author: str
    reader: str
    #: the reader's alias
    to: str
    subject: str
    is_permitted: bool
    #: what the model knew, for the message of a failure
    why: object


@dataclass
class _Talk:
    """A conversation, as the model follows it."""

    order: str | None
    last: int
    is_answered: bool = False
    #: the buyer wrote last
    waits: bool = False


@dataclass
class _History:
    """One shop with two buyers, and what happened to them so far."""

    number: int
    draw: random.Random
    past: Past = field(default_factory=lambda: Past(zone=_ZONE))
    talks: dict[str, list[_Talk]] = field(default_factory=dict)
    #: party -> the alias under which the other side writes to it
    aliases: dict[tuple[str, str], str] = field(default_factory=dict)
    #: writes again and again in this round
    is_busy: bool = False
    _letters: int = 0

    @property
    def shop(self) -> str:
        return f"S{self.number}"

    @property
    def buyers(self) -> tuple[str, str]:
        return f"B{self.number}a", f"B{self.number}b"

    def people(self) -> Iterator[dict[str, object]]:
        """Lines of the first import: who they are, and one order of each buyer."""
        yield seller("bazaar", self.shop, contact=f"store{self.number}", mailbox=_mailbox(self.shop))
        for number, name in enumerate(self.buyers):
            yield buyer("bazaar", name, mailbox=_mailbox(name))
            self.past.sales[self._reference(number)] = Sale(seller=self.shop, buyer=name, placed_at=_START)
            yield order("bazaar", self._reference(number), seller=self.shop, buyer=name)

    def change_orders(self, now: datetime) -> Iterator[dict[str, object]]:
        """Lines of an import: an order comes or changes."""
        name = self.draw.choice(self.buyers)
        reference = self.draw.choice([self._reference(len(self.past.sales)), *self._orders_of(name)])
        sale = self.past.sales.get(reference) or Sale(seller=self.shop, buyer=name, placed_at=now)
        sale.state = self.draw.choice(_STATES)
        # half an hour off every hour that a round may begin at: a round takes minutes
        ended = now - timedelta(days=self.draw.randrange(40), minutes=210)
        sale.completed_at = ended if sale.state == "completed" else None
        sale.ships = self.draw.choice(["seller", "seller", "marketplace"])
        sale.is_gift = self.draw.random() < 0.3
        self.past.sales[reference] = sale
        yield order(
            "bazaar",
            reference,
            seller=self.shop,
            buyer=name,
            state=sale.state,
            completed_at=sale.completed_at.isoformat() if sale.completed_at else None,
            fulfilled_by=sale.ships,
            is_gift=sale.is_gift,
            placed_at=sale.placed_at.isoformat(),
        )

    def opt_out(self) -> OptOutOrder:
        """A buyer wants no more of something."""
        name, kind = self.draw.choice(self.buyers), self.draw.choice(list(OptOutKind))
        of = self.draw.choice([self.shop, ""])
        self.past.opt_outs.add((name, of, kind.value))
        return OptOutOrder(marketplace="bazaar", buyer=name, seller=of, kind=kind)

    def write(self, now: datetime) -> _Letter:
        """The next mail: the buyer asks, or the seller writes."""
        name = self.draw.choice(self.buyers)
        known = self._orders_of(name)
        if self.draw.random() < 0.15:
            reference = self.draw.choice(known)
            talk = self._found(name, reference) or self._begin(name, reference)
            talk.is_answered, talk.waits, talk.last = True, True, self._letters
            return self._letter(name, self.shop, f"Order {reference}", is_permitted=True, why="a buyer's own mail")
        reason, named = self.draw.choice(list(_TAGS)), self.draw.choice([None, *known, *known])
        if self.is_busy:
            reason = "needed_data"
        found = self._found(name, named)
        about = found.order if found is not None else named or (known[0] if len(known) == 1 else None)
        wish = Wish(self.shop, name, about, reason, now, is_answer=found is not None and found.is_answered)
        barred = refusals(wish, self.past)
        if not barred:
            talk = found or self._begin(name, about)
            talk.waits, talk.last = False, self._letters
            if not wish.is_answer:
                self.past.sent.append(Sent(self.shop, about, reason, now))
        # A subject of its own, so that no thread is continued for its subject.
        subject = f"{_TAGS[reason]} {named or 'hello ' + _in_letters(self._letters)}"
        return self._letter(self.shop, name, subject, is_permitted=not barred, why=(wish, barred))

    def _letter(self, author: str, reader: str, subject: str, *, is_permitted: bool, why: object) -> _Letter:
        self._letters += 1
        token = f"note-{_in_letters(self.number)}q{_in_letters(self._letters)}-end"
        pair = reader if reader != self.shop else author
        return _Letter(
            token=token,
            author=author,
            reader=reader,
            to=self.aliases[pair, "buyer" if reader == pair else "seller"],
            subject=subject,
            is_permitted=is_permitted,
            why=why,
        )

    def _reference(self, number: int) -> str:
        return f"48{self.number:05}-{number}"

    def _orders_of(self, name: str) -> list[str]:
        return [reference for reference, sale in self.past.sales.items() if sale.buyer == name]

    def _found(self, name: str, named: str | None) -> _Talk | None:
        """The conversation that a message belongs to (D7)."""
        talks = self.talks.get(name, [])
        if named is not None:
            return next((talk for talk in talks if talk.order == named), None)
        waiting = [talk for talk in talks if talk.waits]
        return max(waiting or talks, key=lambda talk: talk.last, default=None)

    def _begin(self, name: str, about: str | None) -> _Talk:
        talk = _Talk(order=about, last=self._letters)
        self.talks.setdefault(name, []).append(talk)
        return talk


def _in_letters(number: int) -> str:
    """No rule takes it for a number of anything."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _mailbox(party: str) -> str:
    return f"{party.lower()}@{'acme-shop' if party.startswith('S') else 'buyer-post'}.example"


class _Ear(Sink):
    """Keeps of each mail only which letter it is and who gets it: there are many."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[tuple[str, str]] = set()

    @override
    def keep(self, mail: CaughtMail) -> int:
        if (token := _TOKEN.search(mail.content)) is not None:
            self.heard |= {(token[0].decode(), path) for path in mail.forward_paths}
        return 0


class _Town:
    """The running bridge with all its histories."""

    def __init__(self, bridge: Bridge, sink: _Ear, histories: list[_History]) -> None:
        self._bridge = bridge
        self._sink = sink
        self._histories = histories
        self._clock = bridge.folder / "clock"
        self.now = _START
        self.relayed = self.kept_back = 0
        self._injector = Injector(port=bridge.smtp_port)

    def open(self) -> None:
        """Import everybody and start the server at the first moment."""
        self._turn_to(_START)
        self._bridge.moved_clock = self._clock
        market = marketplace("bazaar", alias_domain=_ALIAS_DOMAIN)
        market |= {"rule_packs": ["general", "amazon"], "time_zone": _ZONE.key, "acknowledges": False}
        lines = [market, *(line for one in self._histories for line in one.people())]
        by_buyer = {name: one for one in self._histories for name in one.buyers}
        for alias in self._bridge.prepare(lines):
            if alias["buyer"]:
                by_buyer[alias["buyer"]].aliases[alias["buyer"], alias["stands_for"]] = alias["address"]
        self._bridge.start()

    def _turn_to(self, moment: datetime) -> None:
        self._clock.parent.mkdir(parents=True, exist_ok=True)
        self.now = moment
        self._clock.write_text(f"{(moment - datetime.now(UTC)).total_seconds():+.0f}", "ascii")

    def live(self, after: timedelta, hour: int, draw: random.Random) -> None:
        """One round: later, orders change, buyers opt out, and everybody writes, some very often."""
        moment = (self.now + after).replace(hour=hour, minute=0)
        self._turn_to(max(moment, self.now + timedelta(hours=1)))
        changing = [one for one in self._histories if one.draw.random() < 0.5]
        self._bridge.import_changes(line for one in changing for line in one.change_orders(self.now))
        with app.open_store(load(self._bridge.folder / "mailbridge.toml")) as store:
            for one in self._histories:
                if one.draw.random() < 0.05:
                    store.order_opt_out(one.opt_out(), self.now)
        self._bridge.wait_until_seen()
        writing = self._histories
        while writing:
            self._send([one.write(self.now) for one in writing])
            writing = [one for one in writing if one.draw.random() < (0.95 if one.is_busy else 0.3)]
        for one in self._histories:
            one.is_busy = draw.random() < 0.05

    def _send(self, letters: list[_Letter]) -> None:
        """All at once; then what came out must be what the model says, no more and no less."""
        with ThreadPoolExecutor(_LANES) as lanes:
            list(lanes.map(self._hand_over, letters))
        wait_until(self._is_done, "everything is judged and sent", within_s=300)
        for one in letters:
            assert ((one.token, _mailbox(one.reader)) in self._sink.heard) == one.is_permitted, one
        self._sink.heard.clear()
        permitted = sum(one.is_permitted for one in letters)
        self.relayed += permitted
        self.kept_back += len(letters) - permitted

    def _hand_over(self, letter: _Letter) -> None:
        author = _mailbox(letter.author)
        text = f"{letter.token}\n\nWe write about the order."
        octets = a_mail(author, letter.to, text, subject=letter.subject, client=Client.THUNDERBIRD)
        [answered] = self._injector.send(octets, reverse_path=author, forward_paths=[letter.to])
        assert answered.is_accepted, (answered, letter)

    def _is_done(self) -> bool:
        return not self._bridge.waiting(timedelta(seconds=float(self._clock.read_text("ascii"))))


def _replay(histories: int, rounds: int, seed: int) -> _Town:
    draw = random.Random(seed)
    people = [_History(number, random.Random(f"{seed}-{number}")) for number in range(histories)]
    with open_folder("mb-histories-") as folder, DnsServer() as dns, _Ear() as sink:
        for domain in ("acme-shop.example", "buyer-post.example"):
            publish(dns, domain, spf="v=spf1 ip4:127.0.0.1 -all")
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_ALIAS_DOMAIN) as bridge:
            bridge.change("listen", trusted_fronts=[])
            bridge.change("bridge", processes=1)
            town = _Town(bridge, sink, people)
            town.open()
            for _ in range(rounds):
                town.live(timedelta(days=draw.choice([0, 1, 2, 9])), draw.randrange(10, 17), draw)
    return town


def test_S15_S22_S23_E03_E11_random_histories_over_smtp_go_as_the_model_says() -> None:
    town = _replay(histories=40, rounds=4, seed=1)
    assert town.relayed > 40
    assert town.kept_back > 40


@pytest.mark.slow
@pytest.mark.timeout(5400)
def test_S15_S22_S23_E03_E11_ten_thousand_random_histories_over_smtp_go_as_the_model_says() -> None:
    town = _replay(histories=10_000, rounds=5, seed=2)
    assert town.relayed > 10_000
    assert town.kept_back > 10_000
