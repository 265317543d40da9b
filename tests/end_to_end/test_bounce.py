"""A relayed mail bounces behind the bridge, by a real Postfix: the delivery is marked, the author told neutrally."""

import json
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, require_programs
from tests.peers.sink import Stage, reply
from tests.peers.trade import buyer, marketplace, order, seller

_ALIAS_DOMAIN = "bazaar.example"
_SELLER, _GONE = "jan.k@meble-kowal.example", "anna.b@familie-berg.example"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", as_root=True)
    with (
        open_folder("mb-bounce-") as folder,
        neighbourhood(
            folder,
            alias_domain=_ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=FrontKind.LMTP,
            unreachable=_GONE,
        ) as place,
    ):
        place.elsewhere.always(Stage.RCPT, reply(f"550 5.1.1 <{_GONE}>: this customer has left us"))
        yield place


def test_a_bounce_marks_the_delivery_and_tells_the_author_in_neutral_words(place: Neighbourhood) -> None:
    aliases = place.bridge.prepare(
        [
            marketplace("bazaar", alias_domain=_ALIAS_DOMAIN),
            seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=_SELLER),
            buyer("bazaar", "B1", mailbox=_GONE),
            order("bazaar", "48213", seller="S1", buyer="B1"),
        ]
    )
    place.bridge.start()
    [alias] = [one["address"] for one in aliases if one["stands_for"] == "buyer"]
    octets = a_mail(_SELLER, alias, "The chairs are ready.", subject="Order 48213", client=Client.GMAIL)
    with place.mailbox(_SELLER) as inbox:
        place.submit(_SELLER, octets, to=alias)
        notice = _notice(inbox)
        assert Original.read(octets).message_id in str(message_from_bytes(notice)["In-Reply-To"])
        assert find_canaries(notice, {_GONE, "familie-berg.example", "has left us"}) == []
    deliveries = json.loads(place.bridge.command("queue", "list", "--all", "--json"))
    assert [one["state"] for one in deliveries if one["kind"] == "relay"] == ["bounced"]


def _notice(inbox: Mailbox) -> bytes:
    """The notice, perhaps after the welcome that a new seller gets."""
    while True:
        octets = inbox.new_mail()
        mail = message_from_bytes(octets, policy=policy.default)
        if mail["In-Reply-To"]:
            assert mail["Auto-Submitted"] is not None
            return octets
