"""Generated conversations of pairs over several orders: every mail into the thread of the mail it answers (T1 to T12,
D7), though clients leave out ids, people change subjects and a smarthost gives mail other Message-IDs."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.trade_batch import TradeBatch, TradeBuyer, TradeMarketplace, TradeOrder, TradeSeller
from tests.builders import Client, Original, a_mail
from tests.path.world import ALIAS_DOMAIN, START, World, a_world
from tests.path.world import _mailbox as a_mailbox

_ORDERS_EACH = 4
_SUBJECTS = (
    "Kiedy dojdzie paczka?",
    "Frage zur Lieferung",
    "Una domanda",
    "Question",
    "The colour of the handle",
    "Rechnung fehlt noch",
    "Where is my parcel",
    "Pytanie o wymiary",
)
_TEXTS = (
    "When does the parcel leave? I am at home in the morning only.",
    "Das Paket ist heute angekommen, danke. Eine Schraube fehlt aber noch.",
    "Dzień dobry, czy mogą Państwo wysłać fakturę? Z góry dziękuję.",
    "Va bene, aspetto. Il colore è quello giusto?",
    "Thanks!",
    "We packed it on Monday, it leaves tomorrow. The handle is dark, as in the picture.",
    "Yes.",
    "Leider ist die Farbe anders als auf dem Bild, was koennen wir tun?",
)


@dataclass(frozen=True)
class _Got:
    """A mail that somebody got, and the thread it came in: that is where an answer belongs."""

    original: Original
    thread_id: str


@dataclass
class _Talk:
    """One conversation: what each side got last in it."""

    number: int
    order: str
    #: where it began
    thread_id: str = ""
    got: dict[Role, _Got] = field(default_factory=dict)


@dataclass
class _Pair:
    """One buyer and one seller with several orders."""

    world: World
    draw: random.Random
    number: int
    renames: bool
    orders: list[str]
    addresses: dict[Role, str]
    #: role -> the alias under which this side is written to
    aliases: dict[Role, str] = field(default_factory=dict)
    talks: list[_Talk] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    _mails: int = 0

    def step(self) -> None:
        """A conversation begins, or goes on."""
        self.world.now += timedelta(minutes=self.draw.randrange(5, 900))
        begun = {talk.order for talk in self.talks}
        fresh = [order for order in self.orders if order not in begun]
        if fresh and (not self.talks or self.draw.random() < 0.2):
            self._begin(self.draw.choice(fresh))
        else:
            self._go_on(self.draw.choice(self.talks))

    def _begin(self, order: str) -> None:
        """The order stands in the subject, else in the text."""
        talk = _Talk(number=self.number * 100 + len(self.talks), order=order)
        role = self.draw.choice([Role.BUYER, Role.SELLER])
        if role is Role.SELLER or self.draw.random() < 0.7:
            subject, about = f"{self.draw.choice(_SUBJECTS)} ({order})", ""
        else:
            subject, about = self.draw.choice(_SUBJECTS), f"It is about my order {order}. "
        talk.thread_id, _ = self._send(talk, role, about + self._text(talk), subject=subject)
        self.talks.append(talk)

    def _go_on(self, talk: _Talk) -> None:
        role = self.draw.choice(list(talk.got))
        got = talk.got[role]
        more: dict[str, object] = {}
        has_ids, keeps_subject = self.draw.random() >= 0.3, self.draw.random() >= 0.2
        if not keeps_subject:
            more["subject"] = self.draw.choice(_SUBJECTS)
        text = self._text(talk)
        if self.draw.random() < 0.2:
            text = f"My order is {talk.order}. {text}"
        quotes = self.draw.random() < 0.75
        answers = got.original if quotes else replace(got.original, text="", html=None)
        if not has_ids:
            answers = replace(answers, message_id="", references=())
        thread_id, is_uncertain = self._send(talk, role, text, answers=answers, **more)
        name = "with ids" if has_ids else f"no ids, {'same' if keeps_subject else 'new'} subject"
        # Where a mail went astray before, an answer is right beside it, and right again where its words lead it home.
        is_right = thread_id in {got.thread_id, talk.thread_id}
        self.outcomes[f"{name}: {'right' if is_right else 'wrong'}"] += 1
        self.outcomes["right" if is_right else "wrong"] += 1
        if not is_right and not is_uncertain:
            self.outcomes["wrong and sure"] += 1

    def _text(self, talk: _Talk) -> str:
        self._mails += 1
        return f"{self.draw.choice(_TEXTS)}\n\ntalk{talk.number}mail{self._mails}"

    def _send(self, talk: _Talk, role: Role, text: str, **more: object) -> tuple[str, bool]:
        """Let this side write; the thread it went to, and whether that is uncertain."""
        author, to = self.addresses[role], self.aliases[role.other]
        client = self.draw.choice(list(Client))
        octets = a_mail(author, to, text, client=client, date=self.world.now, **more)
        [answer] = self.world.mail(octets, to)
        assert answer == ACCEPTED
        [(claimed, _)] = self.world.take(PostKind.RELAY)
        delivery = claimed.delivery
        assert delivery.forward_path.addr_spec == self.addresses[role.other]
        got = Original.read(delivery.octets)
        if self.renames:
            got = replace(got, message_id=f"<smart{self.number}.{self._mails}@smarthost.example>")
        assert delivery.thread_id is not None
        assert delivery.record_id is not None
        talk.got[role.other] = _Got(got, str(delivery.thread_id))
        shown = self.world.bridge.store.thread_view(delivery.thread_id)
        [is_uncertain] = [row.is_uncertain for row in shown if row.record_id == delivery.record_id]
        return str(delivery.thread_id), is_uncertain


def _play(folder: Path, *, seed: int, pairs: int, steps: int) -> Counter[str]:
    draw = random.Random(seed)
    market = TradeMarketplace(reference="market", name="Market", alias_domain=ALIAS_DOMAIN, acknowledges=False)
    people = [(f"s{number}@acme-shop.example", f"b{number}@buyer-post.example") for number in range(pairs)]
    batch = TradeBatch(
        marketplaces=(market,),
        sellers=tuple(
            TradeSeller(
                marketplace="market",
                reference=f"s{n}",
                name=f"Shop {n}",
                contact=f"c{n}",
                mailboxes=(a_mailbox(seller),),
            )
            for n, (seller, _) in enumerate(people)
        ),
        buyers=tuple(
            TradeBuyer(marketplace="market", reference=f"b{n}", handle=f"b{n}", mailboxes=(a_mailbox(buyer),))
            for n, (_, buyer) in enumerate(people)
        ),
        orders=tuple(
            TradeOrder(marketplace="market", reference=f"{48_000 + n}-{k}", seller=f"s{n}", buyer=f"b{n}")
            for n in range(pairs)
            for k in range(_ORDERS_EACH)
        ),
    )
    outcomes: Counter[str] = Counter()
    with a_world(folder, batch) as world:
        assert world.now == START
        by_buyer: dict[str, dict[Role, str]] = {}
        for row in world.bridge.store.aliases():
            by_buyer.setdefault(row.buyer, {})[row.alias.stands_for] = row.alias.address.addr_spec
        for number, (seller, buyer) in enumerate(people):
            pair = _Pair(
                world,
                random.Random(draw.random()),
                number,
                renames=draw.random() < 0.3,
                orders=[f"{48_000 + number}-{k}" for k in range(_ORDERS_EACH)],
                addresses={Role.SELLER: seller, Role.BUYER: buyer},
                aliases=by_buyer[f"b{number}"],
            )
            for _ in range(steps):
                pair.step()
            outcomes += pair.outcomes
    return outcomes


def _judge(outcomes: Counter[str]) -> None:
    print(dict(sorted(outcomes.items())))
    assert outcomes["wrong and sure"] == 0
    assert outcomes["right"] >= 0.97 * (outcomes["right"] + outcomes["wrong"])


def test_T1_T2_T4_generated_conversations_stay_in_their_threads(tmp_path: Path) -> None:
    _judge(_play(tmp_path, seed=1, pairs=12, steps=40))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_T1_T2_T4_many_generated_conversations_stay_in_their_threads(tmp_path: Path) -> None:
    _judge(_play(tmp_path, seed=2, pairs=100, steps=80))
