"""The small world of `mailbridge demo`: one marketplace, a shop, a buyer, an order, and what they write.

Text only. The parties' domains exist nowhere but in `ZONE`, which answers the questions of authentication in the demo's
process: everybody on this machine may write for them (SPF), nobody else.
"""

from dataclasses import dataclass

MARKET = "Lantern Market"
ALIAS_DOMAIN = "mail.lantern.example"
BUYER = "anna@anna-post.example"
SELLER = "sales@lumen-lamps.example"
CONTACT = f"lumen.o-48213@{ALIAS_DOMAIN}"

#: name -> TXT records
ZONE: dict[str, tuple[bytes, ...]] = {
    "anna-post.example": (b"v=spf1 ip4:127.0.0.0/8 ip6:::1 -all",),
    "_dmarc.anna-post.example": (b"v=DMARC1; p=reject",),
    "lumen-lamps.example": (b"v=spf1 ip4:127.0.0.0/8 ip6:::1 -all",),
    "_dmarc.lumen-lamps.example": (b"v=DMARC1; p=reject",),
}

TRADE = (
    '{"type": "marketplace", "reference": "lantern", "name": "Lantern Market", "alias_domain": "mail.lantern.example",'
    ' "languages": ["en", "pl", "it", "de"], "own_domains": ["lantern.example"]}\n'
    '{"type": "seller", "marketplace": "lantern", "reference": "S-1", "name": "Lumen Lamps", "contact": "lumen",'
    ' "language": "en", "mailboxes": [{"address": "sales@lumen-lamps.example"}]}\n'
    '{"type": "buyer", "marketplace": "lantern", "reference": "B-7", "handle": "anna-k", "name": "Anna Kowalska",'
    ' "language": "en", "mailboxes": [{"address": "anna@anna-post.example"}]}\n'
    '{"type": "order", "marketplace": "lantern", "reference": "48213", "seller": "S-1", "buyer": "B-7"}\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One mail of the play."""

    author: str
    subject: str
    text: str
    #: True: an answer, sent by pressing Reply on the newest mail of the other side
    is_answer: bool
    #: what the stage direction says
    direction: str


PLAY = (
    Line(
        author=BUYER,
        subject="Is the lamp safe in a bathroom?",
        text="Hello,\n\nI ordered the brass lamp. May I hang it above the wash basin?\n\nThank you\nAnna\n",
        is_answer=False,
        direction="Anna writes to the shop's contact address, with her order in it.",
    ),
    Line(
        author=SELLER,
        subject="",
        text="Hello Anna,\n\nyes, it is splash-proof (IP44). Keep 60 cm off the tap.\n\nKind regards\nLumen Lamps\n",
        is_answer=True,
        direction="The shop presses Reply.",
    ),
    Line(
        author=BUYER,
        subject="",
        text="Good. Which bulb fits?\n\nAnna\n",
        is_answer=True,
        direction="Anna presses Reply.",
    ),
    Line(
        author=SELLER,
        subject="",
        text="Any E27 bulb up to 40 W. Call us on +44 20 7946 0958 and we help you choose.\n\nLumen Lamps\n",
        is_answer=True,
        direction="The shop answers with a phone number, which the market's rules do not allow.",
    ),
    Line(
        author=SELLER,
        subject="",
        text="Any E27 bulb up to 40 W. Ask here and we help you choose.\n\nLumen Lamps\n",
        is_answer=True,
        direction="The shop puts it right and sends it again.",
    ),
)
