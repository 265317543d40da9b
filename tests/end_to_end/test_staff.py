"""Two colleagues at one shop through real servers: both get a message, one takes it, away, switched off and on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.builders import Client, Original, a_mail
from tests.peers.bazaar import ALIAS_DOMAIN, BUYER, OF_BUYER, ORDER, SELLER, an_order, next_mail, text_of
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, require_programs
from tests.peers.trade import buyer, marketplace, seller

_OLA = "ola.n@meble-kowal.example"
_OF_SHOP = frozenset({SELLER, _OLA, "meble-kowal.example", "Jan Kowal", "Ola Nowak"})
_CONTACT = f"kowal.o-{ORDER}@{ALIAS_DOMAIN}"


@pytest.fixture
def place() -> Iterator[Neighbourhood]:
    require_programs("postfix", "dovecot", as_root=True)
    with (
        open_folder("mb-staff-") as folder,
        neighbourhood(
            folder,
            alias_domain=ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=FrontKind.LMTP,
        ) as place,
    ):
        jan = {"name": "Jan Kowal", "role": "owner", "gets": "all", "copies": True}
        ola = {"name": "Ola Nowak", "role": "agent", "gets": "all"}
        boxes = [{"address": SELLER, "staff": jan}, {"address": _OLA, "staff": ola, "is_primary": False}]
        place.bridge.prepare(
            [
                marketplace("bazaar", alias_domain=ALIAS_DOMAIN, acknowledges=False),
                seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=SELLER, mailboxes=boxes),
                buyer("bazaar", "B1", mailbox=BUYER, name="Anna Berg"),
                an_order(ORDER),
            ]
        )
        place.bridge.start()
        yield place


def _asks(place: Neighbourhood, text: str, subject: str, to: str = _CONTACT) -> None:
    """The buyer writes."""
    place.submit(BUYER, a_mail(BUYER, to, text, subject=subject, client=Client.GMAIL), to=to)


def _answers(place: Neighbourhood, author: str, got: EmailMessage, text: str, client: Client) -> None:
    """Somebody presses Reply in his client."""
    original = Original.read(got.as_bytes())
    to = got["Reply-To"].addresses[0].addr_spec if got["Reply-To"] else original.author
    subject = f"Re: {original.subject.removeprefix('Re: ')}"
    place.submit(author, a_mail(author, to, text, subject=subject, client=client, answers=original), to=to)


def _says(place: Neighbourhood, inbox: Mailbox, words: str) -> str:
    """Jan writes to test@; what he is answered."""
    to = f"test@{ALIAS_DOMAIN}"
    place.submit(SELLER, a_mail(SELLER, to, words, subject="Me", client=Client.APPLE_MAIL), to=to)
    return text_of(next_mail(inbox, "You are "))


def _stays_empty(inbox: Mailbox) -> bool:
    """Nothing came beside what was read."""
    before = inbox.count()
    inbox._idle(2.0)
    return inbox.count() == before


def test_S13_U5_two_colleagues_get_it_one_takes_it_the_other_reads_a_copy(place: Neighbourhood) -> None:
    with place.mailbox(SELLER) as jan, place.mailbox(_OLA) as ola, place.mailbox(BUYER) as anna:
        _asks(place, "Is the table oiled?", "My table")
        at_jan, at_ola = next_mail(jan, "My table"), next_mail(ola, "My table")
        assert at_jan["Message-ID"] == at_ola["Message-ID"]
        assert [at_jan["To"].addresses[0].addr_spec, at_ola["To"].addresses[0].addr_spec] == [SELLER, _OLA]
        assert find_canaries(at_ola.as_bytes(), {*OF_BUYER, SELLER}) == []

        _answers(place, _OLA, at_ola, "Yes, with two coats.\n\n#take", Client.THUNDERBIRD)
        told = next_mail(anna, "My table")
        assert ("two coats" in text_of(told), "#take" in text_of(told)) == (True, False)
        assert find_canaries(told.as_bytes(), _OF_SHOP) == []

        copy = next_mail(jan, "Re: My table")
        assert "Copy for you: Ola Nowak wrote this." in text_of(copy)
        assert "> Yes, with two coats." in text_of(copy)
        assert (copy["Auto-Submitted"], copy["Reply-To"].addresses[0].addr_spec) == (
            "auto-generated",
            at_jan["From"].addresses[0].addr_spec,
        )
        assert at_jan["Message-ID"] in str(copy["References"])
        assert find_canaries(copy.as_bytes(), OF_BUYER) == []
        assert _OLA in place.bridge.command("thread", "list")

        _answers(place, SELLER, copy, "And it smells of honey.", Client.OUTLOOK)
        text = text_of(next_mail(anna, "Re: My table"))
        assert ("honey" in text, "Ola" in text, "Copy for you" in text) == (True, False, False)
        assert place.bridge.command("thread", "list").count(ORDER) == 1


def test_S13_S17_away_with_a_stand_in_then_switched_off_and_on_again(place: Neighbourhood) -> None:
    with place.mailbox(SELLER) as jan, place.mailbox(_OLA) as ola, place.mailbox(BUYER) as anna:
        place.bridge.command("staff", "set", "S1", _OLA, "--gets", "assigned")
        day = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"
        said = _says(place, jan, f"#away until {day} #standin Ola Nowak")
        assert f"You are away until {day}" in said
        assert "Meanwhile they go to Ola Nowak." in said
        assert _OLA in place.bridge.command("staff", "list", "S1")
        place.bridge.wait_until_seen()
        _asks(place, "Which chairs go with it?", "Chairs")
        next_mail(ola, "Chairs")
        assert _stays_empty(jan)
        assert "You are there" in _says(place, jan, "#back")

        said = place.bridge.command("staff", "set", "S1", SELLER, "--gets", "nothing")
        assert "Messaging is switched off since" in said
        notice = next_mail(jan, "Messaging is switched off")
        assert "Messages of buyers are kept" in text_of(notice)
        place.bridge.wait_until_seen()
        _asks(place, "And which bench?", "A bench", f"kowal@{ALIAS_DOMAIN}")
        kept = next_mail(anna, "Kept for later")
        assert find_canaries(kept.as_bytes(), _OF_SHOP) == []
        assert "messages kept: 1" in place.bridge.command("staff", "list", "S1")
        assert (_stays_empty(jan), _stays_empty(ola)) == (True, True)

        place.bridge.command("staff", "set", "S1", _OLA, "--gets", "all")
        late = next_mail(ola, "bench")
        assert "And which bench?" in text_of(late)
        assert _stays_empty(jan)
        assert "kept" not in place.bridge.command("staff", "list", "S1")


def test_S13_an_observers_answer_comes_back_with_the_reason(place: Neighbourhood) -> None:
    with place.mailbox(_OLA) as ola, place.mailbox(BUYER) as anna:
        place.bridge.command("staff", "set", "S1", _OLA, "--role", "observer")
        place.bridge.wait_until_seen()
        _asks(place, "Is the table oiled?", "My table")
        _answers(place, _OLA, next_mail(ola, "My table"), "Yes.", Client.GMAIL)
        refused = message_from_bytes(ola.new_mail(), policy=policy.default)
        assert "may read, not write" in str(refused["Subject"])
        assert _stays_empty(anna)
