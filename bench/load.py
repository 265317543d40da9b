"""The honest load: mail of real parties, signed by their domains, with history on record and text that no rule minds.

Nine of ten are replies in threads that exist, quoting what their author got in that thread; one of ten is a first
contact of a buyer nobody knows yet. All are built and signed before any clock starts.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.generator import Post
from tests.builders import Client, File, Original, a_mail, sign, signing_key
from tests.peers.trade import buyer, marketplace, order, seller

ALIAS_DOMAIN = "bazaar.example"
SELECTOR = "k1"
_DOMAINS = 20  # of each side

_WORDS = (
    "the order was packed on monday and the parcel leaves our store tomorrow morning please look at the colour of"
    " the handle before you decide we keep a second one on the shelf in case the first does not fit thanks for your"
    " patience kind regards the window of the room faces the garden and the table is made of oak with a light finish"
).split()


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a pair."""

    reference: str
    addr_spec: str
    #: the alias under which the other side writes to this party
    alias: str = ""

    @property
    def domain(self) -> str:
        return self.addr_spec.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Pair:
    """One buyer and one seller who know each other's alias."""

    number: int
    buyer: Party
    seller: Party


@dataclass(frozen=True, slots=True)
class Expected:
    """What counts as the delivery of one mail."""

    forward_path: str
    #: addr-spec in From; "" where it is drawn by the bridge: then any of the alias domain but the contact addresses
    from_alias: str


def party_domains() -> list[str]:
    """Every domain that signs mail of the load; all have one key."""
    return [f"{side}{number}.example" for side in ("shop", "home") for number in range(_DOMAINS)]


def trade(pairs: int) -> tuple[list[dict[str, object]], list[Pair]]:
    """What to import, and the pairs (aliases still to come)."""
    lines: list[dict[str, object]] = [marketplace("bazaar", alias_domain=ALIAS_DOMAIN)]
    made = []
    for number in range(pairs):
        one = Pair(
            number,
            buyer=Party(f"B{number}", f"customer{number}@home{number % _DOMAINS}.example"),
            seller=Party(f"S{number}", f"desk{number}@shop{number % _DOMAINS}.example"),
        )
        lines.append(seller("bazaar", one.seller.reference, contact=f"store{number}", mailbox=one.seller.addr_spec))
        lines.append(buyer("bazaar", one.buyer.reference, mailbox=one.buyer.addr_spec))
        lines.append(order("bazaar", f"A-{number}", seller=one.seller.reference, buyer=one.buyer.reference))
        made.append(one)
    return lines, made


class Letters:
    """Builds posts; each has its own token in the first line of its new text."""

    def __init__(self, *, run: int) -> None:
        self._chance = random.Random(run)
        self._numbers = itertools.count(run * 1_000_000)
        self.expected: dict[str, Expected] = {}

    def opening(self, pair: Pair, *, octets: int) -> Post:
        """The first mail of a pair: the buyer to the seller's alias... the history that later replies quote."""
        return self._post(pair.buyer, pair.seller, Expected(pair.seller.addr_spec, pair.buyer.alias), octets=octets)

    def reply(self, author: Party, reader: Party, answered: Original, *, octets: int) -> Post:
        """An answer to what `author` got, in the thread of the two."""
        return self._post(author, reader, Expected(reader.addr_spec, author.alias), octets=octets, answers=answered)

    def first_contact(self, to: Pair, *, octets: int) -> Post:
        """A buyer nobody knows writes to a seller's contact address."""
        number = next(self._numbers)
        author = Party("", f"visitor{number}@home{number % _DOMAINS}.example")
        contact = Party(to.seller.reference, to.seller.addr_spec, f"store{to.number}@{ALIAS_DOMAIN}")
        return self._post(author, contact, Expected(to.seller.addr_spec, ""), octets=octets)

    def _post(
        self, author: Party, reader: Party, expected: Expected, *, octets: int, answers: Original | None = None
    ) -> Post:
        token = _token(next(self._numbers))
        self.expected[token] = expected
        unsigned = self._write(author, reader, token, octets=octets, answers=answers)
        signed = sign(unsigned, author.domain, SELECTOR, signing_key("load"))
        return Post(token, author.addr_spec, reader.alias, signed.replace(b"\r\n.", b"\r\n.."))

    def _write(self, author: Party, reader: Party, token: str, *, octets: int, answers: Original | None) -> bytes:
        is_big = octets > 20_000
        quoted = len(answers.text) if answers is not None else 0
        shares = 3 if is_big else 1  # text and HTML, and half of the big ones is an attachment
        length = max(300, (octets - 1500 - quoted * (2 if is_big else 1)) // shares)
        return a_mail(
            author.addr_spec,
            reader.alias,
            f"{token}\n\nHello,\n\n{self.prose(length)}",
            subject="About my order",
            client=Client.GMAIL if is_big else Client.THUNDERBIRD,
            answers=answers,
            plain_only=not is_big,
            files=(self._drawing(octets // 4),) if is_big else (),
        )

    def _drawing(self, octets: int) -> File:
        png = b"\x89PNG\r\n\x1a\n" + self._chance.randbytes(octets)
        return File(name="drawing.png", octets=png, content_type="image/png")

    def prose(self, length: int) -> str:
        """Lines of honest text, about so many characters."""
        lines, size = [], 0
        while size < length:
            line = " ".join(self._chance.choices(_WORDS, k=12))[:72]
            lines.append(line)
            size += len(line) + 1
        return "\n".join(lines)


def mixed(letters: Letters, pairs: list[Pair], got: dict[str, Original], *, octets: int) -> Iterator[Post]:
    """Endless: nine replies, each in another thread and in turn from either side, then one first contact."""
    for number in itertools.count():
        pair = pairs[number % len(pairs)]
        if number % 10 == 9:
            yield letters.first_contact(pair, octets=octets)
        elif (number // len(pairs) + number) % 2:
            yield letters.reply(pair.seller, pair.buyer, got[pair.seller.addr_spec], octets=octets)
        else:
            yield letters.reply(pair.buyer, pair.seller, got[pair.buyer.addr_spec], octets=octets)


def _token(number: int) -> str:
    """Letters only, so that no rule takes it for a number of anything."""
    digits = ""
    while number:
        number, digit = divmod(number, 26)
        digits += chr(ord("a") + digit)
    return f"bench{digits.ljust(6, 'a')}note"
