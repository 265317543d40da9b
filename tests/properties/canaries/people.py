"""Pairs of parties whose every datum is a canary: addresses, domains, names, phones and postal data of many shapes."""

import random
from dataclasses import dataclass

from mailbridge.domain.address import RealAddress
from mailbridge.domain.parties import Mailbox, PersonalData, Role
from mailbridge.domain.trade_batch import TradeBatch, TradeBuyer, TradeMarketplace, TradeOrder, TradeSeller

ALIAS_DOMAIN, RULED_DOMAIN = "relay.example", "strict.example"

_BUYERS = (
    ("anna.kowalska@buyer-post.test", "Anna Kowalska", "+48 600 111 222", "ul. Długa 5, 00-950 Warszawa"),
    ("j@short.test", "Jörg Müller-Lüdenscheidt", "030 55 66 77 88", "Lange Straße 17, 10115 Berlin"),
    ("PIETRO.ROSSI@Casa-Rossi.test", "Pietro D'Angelo Rossi", "(+39) 06.1234.9876", "Via Roma 12, 00184 Roma"),
    ("maria_1987@mail.uni.krakow.test", "Maria Nowak", "512-777-333", "os. Złotego Wieku 3, 31-610 Kraków"),
    ("o'neil+shop@irish.test", "Sinéad O'Neil", "+353 1 234 5678", "12 Abbey Street, D01 Dublin"),
    ("48600999888@gsm.test", "Żaneta Ćwiklińska", "+48 (22) 765-43-21", "Rynek 1, 50-101 Wrocław"),
    ("a-b.c-d@xn--bcher-kva.test", "Ольга Иванова", "+7 495 123-45-67", "Тверская 7, 125009 Москва"),
)
_SELLERS = (
    ("max.mueller@lampen-firma.test", "Lampenladen", "Max Müller", "+49 89 4455667788", "Hauptstr. 99, 80331 München"),
    ("desk@shop.acme-gmbh.test", "Acme", "Erika Mustermann", "0800 123 98 76", "Industriepark 4, 60549 Frankfurt"),
    ("biuro@meble.test", "Meble Kowal", "Krzysztof Kowal", "(+48) 61 222-33-44", "ul. Leśna 44, 60-101 Poznań"),
    ("s.bianchi@ceramiche.test", "Ceramiche", "Silvia Bianchi", "055.987.6543", "Piazza Grande 2, 50122 Firenze"),
    (
        "orders+eu@world-trade.test",
        "World Trade",
        "John Fitzgerald Smith",
        "+44 20 7946 0999",
        "1 High Street, SW1A London",
    ),
    ("info@x9.test", "X9", "Zoë Ångström", "+46 8 555 123 45", "Storgatan 8, 11122 Stockholm"),
    ("k.nakamura@tokyo-import.test", "Tokyo Import", "Kenji Nakamura", "+81 3 1234 5678", "Ginza 6, 104-0061 Tokyo"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One side of a pair, with everything that must not reach the other side."""

    number: int
    role: Role
    #: as registered; people write it in other cases
    address: str
    name: str
    phone: str
    postal: str
    #: what the other side may know
    shown: str

    @property
    def domain(self) -> str:
        """Its own domain, lower case."""
        return self.address.rpartition("@")[2].lower()

    @property
    def hidden(self) -> tuple[str, ...]:
        """Class H."""
        street, town = self.postal.split(", ")
        return self.name, self.phone, street, town


@dataclass(frozen=True, slots=True)
class Pair:
    """A buyer and a seller."""

    number: int
    buyer: Person
    seller: Person

    def side(self, role: Role) -> Person:
        """The person of this role."""
        return self.buyer if role is Role.BUYER else self.seller


def pairs() -> tuple[Pair, ...]:
    """All pairs."""
    made = []
    for number, (buyer, seller) in enumerate(zip(_BUYERS, _SELLERS, strict=True)):
        address, name, phone, postal = buyer
        one = Person(number, Role.BUYER, address, name, phone, postal, f"kunde{number}")
        shop_address, shop, owner, shop_phone, shop_postal = seller
        other = Person(number, Role.SELLER, shop_address, owner, shop_phone, shop_postal, shop)
        made.append(Pair(number, one, other))
    return tuple(made)


def trade() -> TradeBatch:
    """The pairs on two marketplaces: one without rules, where all that can be composed is relayed, one with them."""
    markets = tuple(
        TradeMarketplace(
            reference=reference,
            name="Market",
            alias_domain=domain,
            languages=("en", "pl", "it", "de"),
            rule_packs=packs,
        )
        for reference, domain, packs in (("free", ALIAS_DOMAIN, ()), ("strict", RULED_DOMAIN, ("general",)))
    )
    sellers: list[TradeSeller] = []
    buyers: list[TradeBuyer] = []
    orders: list[TradeOrder] = []
    languages = ("en", "pl", "it", "de")
    for market in markets:
        for pair in pairs():
            key, language = str(pair.number), languages[pair.number % 4]
            sellers.append(
                TradeSeller(
                    marketplace=market.reference,
                    reference=key,
                    name=pair.seller.shown,
                    contact=f"shop{key}",
                    mailboxes=(Mailbox(address=RealAddress(pair.seller.address)),),
                    language=language,
                    personal=_personal(pair.seller, with_name=True),
                )
            )
            buyers.append(
                TradeBuyer(
                    marketplace=market.reference,
                    reference=key,
                    handle=pair.buyer.shown,
                    name=pair.buyer.name,
                    mailboxes=(Mailbox(address=RealAddress(pair.buyer.address)),),
                    language=language,
                    personal=_personal(pair.buyer, with_name=False),
                )
            )
            orders.append(
                TradeOrder(marketplace=market.reference, reference=f"A-{1000 + pair.number}", seller=key, buyer=key)
            )
    return TradeBatch(marketplaces=markets, sellers=tuple(sellers), buyers=tuple(buyers), orders=tuple(orders))


def _personal(person: Person, *, with_name: bool) -> PersonalData:
    names = (person.name,) if with_name else ()
    return PersonalData(names=names, phones=(person.phone,), postal=(person.postal,))


def token(chance: random.Random) -> str:
    """Letters that stand nowhere else."""
    return "".join(chance.choices("bcdfghjkmnpqrstvwxz", k=12))
