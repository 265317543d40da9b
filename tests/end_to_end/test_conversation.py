"""A buyer and a seller hold a conversation through real mail servers; neither learns the other's address.

Checked in the mailboxes, over IMAP: each answer stands in the right thread for its reader's client, is signed, carries
its attachment byte for byte, and holds no secret of the other side in any decoded byte.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim
import pytest

from tests.builders import Client, Draft, File, Original, write
from tests.peers.clients import neomutt_reply, s_nail_reply, swaks_send
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood, neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import open_folder, require_programs
from tests.peers.trade import buyer, marketplace, order, seller

ALIAS_DOMAIN = "bazaar.example"
PEERS = ("postfix", "dovecot", "swaks", "s-nail", "neomutt")

_PDF = b"%PDF-1.4\n" + bytes(range(256)) * 150
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(reversed(range(256))) * 90


@dataclass(slots=True)
class Person:
    """One side: where it writes from, what of it the other side must never see, and what it knows of the thread."""

    addr_spec: str
    name: str
    #: address, domain, hosts, client fingerprints and message ids of this side
    canaries: set[str]
    #: under which the other side writes to this person; "" until seen
    alias: str = ""
    #: Message-IDs this side's client knows: its own, in order, and those of the mail it got
    own_ids: list[str] = field(default_factory=list)
    got_ids: list[str] = field(default_factory=list)
    #: the newest mail it got
    newest: bytes = b""


@pytest.fixture(scope="module", params=FrontKind, ids=lambda kind: f"front by {kind.value}")
def place(request: pytest.FixtureRequest) -> Iterator[Neighbourhood]:
    require_programs(*PEERS, as_root=True)
    with (
        open_folder("mb-talk-") as folder,
        neighbourhood(
            folder,
            alias_domain=ALIAS_DOMAIN,
            domains=("familie-berg.example", "meble-kowal.example"),
            kind=request.param,
        ) as place,
    ):
        place.bridge.prepare(
            [
                marketplace("bazaar", alias_domain=ALIAS_DOMAIN),
                seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox="jan.k@meble-kowal.example"),
                buyer("bazaar", "B1", mailbox="anna.b@familie-berg.example", handle="anna77", name="Anna Berg"),
                order("bazaar", "48213", seller="S1", buyer="B1"),
            ]
        )
        place.bridge.start()
        yield place


def _person(addr_spec: str, name: str) -> Person:
    domain = addr_spec.rpartition("@")[2]
    hosts = {"laptop.lan", "out.provider.example", "127.0.0.25", "198.51.100.77"}
    return Person(addr_spec=addr_spec, name=name, canaries={addr_spec, domain, *hosts} | _FINGERPRINTS)


_FINGERPRINTS = {"Microsoft Outlook 16.0", "Apple Mail (2.3826", "iPhone Mail (22B91)", "AOJu0YzQx7Xy0d7u1lXkqV"} | {
    "s-nail v14",
    "NeoMutt",
    "AQHcWgK2p0m3l0mJ0UuXo5y2T1d2Xw",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One mail of the conversation."""

    #: "buyer" or "seller"
    by: str
    text: str
    #: a client of `builders.Client`, or a real one: "swaks", "s-nail", "neomutt"
    client: Client | str
    files: tuple[File, ...] = ()


TURNS = (
    Turn(by="buyer", client="swaks", text="Good morning,\n\nis the oak table still on sale? It is for our kitchen."),
    Turn(by="seller", client="neomutt", text="Good morning,\n\nyes, it is, and the chairs are in the same oak."),
    Turn(
        by="buyer",
        client=Client.GMAIL,
        text="Lovely. The room is on the attached plan.\n\nWould it fit?",
        files=(File(name="plan.pdf", octets=_PDF),),
    ),
    Turn(by="seller", client=Client.OUTLOOK, text="It fits well, there is even room for a bench."),
    Turn(by="buyer", client=Client.IPHONE, text="Which finish does it have?"),
    Turn(
        by="seller",
        client=Client.THUNDERBIRD,
        text="Oiled, see the picture.",
        files=(File(name="oil finish.png", octets=_PNG, content_type="image/png"),),
    ),
    Turn(by="buyer", client="s-nail", text="That looks good. Can it be delivered on a Saturday?"),
    Turn(by="seller", client=Client.OUTLOOK_NEW, text="Yes, in the morning."),
    Turn(by="buyer", client=Client.APPLE_MAIL, text="Then we take it, thank you."),
    Turn(by="seller", client=Client.GMAIL, text="Thank you, we look forward to it."),
)


def test_I4_P2_P6_T49_T52_ten_turns_by_real_clients_keep_threads_files_and_secrets(place: Neighbourhood) -> None:
    people = {
        "buyer": _person("anna.b@familie-berg.example", "Anna Berg"),
        "seller": _person("jan.k@meble-kowal.example", "Jan Kowal"),
    }
    people["seller"].alias = f"kowal@{ALIAS_DOMAIN}"  # the contact address; the first answer shows the alias
    with ExitStack() as stack:
        inboxes = {side: stack.enter_context(place.mailbox(one.addr_spec)) for side, one in people.items()}
        for number, turn in enumerate(TURNS):
            other = "seller" if turn.by == "buyer" else "buyer"
            author, reader = people[turn.by], people[other]
            _say(place, turn, author, reader)
            octets = _next_relayed(inboxes[other], turn.text)
            _learn_own_id(author, place)
            _check(place, octets, author=author, reader=reader, turn=turn)
            reader.newest = octets
            if number == 0:
                author.newest = _acknowledgement(inboxes["buyer"])
    assert place.elsewhere.taken == []


def _say(place: Neighbourhood, turn: Turn, author: Person, reader: Person) -> None:
    account = place.account(author.addr_spec, author.name)
    real: dict[str, Callable[[], None]] = {
        "neomutt": lambda: neomutt_reply(account, about="oak", text=turn.text),
        "s-nail": lambda: s_nail_reply(account, text=turn.text),
    }
    if isinstance(turn.client, str) and turn.client in real:
        real[turn.client]()
        return
    octets = write(
        Draft(
            author=author.addr_spec,
            author_name=author.name,
            to=reader.alias,
            text=turn.text,
            subject="" if author.newest else "The oak table 48213",
            client=turn.client if isinstance(turn.client, Client) else Client.THUNDERBIRD,
            answers=Original.read(author.newest) if author.newest else None,
            files=turn.files,
        )
    )
    if turn.client == "swaks":
        swaks_send(account, to=reader.alias, octets=octets)
    else:
        place.submit(author.addr_spec, octets, to=reader.alias)


def _next_relayed(inbox: Mailbox, text: str) -> bytes:
    """The next mail in this inbox that holds what was said: welcomes and acknowledgements come in between."""
    said = re.sub(r"\s+", " ", text.splitlines()[-1])
    while True:
        octets = inbox.new_mail()
        if said in re.sub(r"\s+", " ", Original.read(octets).text):
            return octets


def _acknowledgement(inbox: Mailbox) -> bytes:
    octets = inbox.new_mail()
    mail = message_from_bytes(octets, policy=policy.default)
    assert mail["Auto-Submitted"] == "auto-replied"
    return b""


def _learn_own_id(author: Person, place: Neighbourhood) -> None:
    """The id the author's client drew: it passed the front just now, and the reader must never see it."""
    author.own_ids.append(place.front.message_ids()[-1])
    author.canaries.add(author.own_ids[-1].strip("<>"))


def _check(place: Neighbourhood, octets: bytes, *, author: Person, reader: Person, turn: Turn) -> None:
    mail = message_from_bytes(octets, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    shown = Original.read(octets)
    assert shown.author.endswith("@" + ALIAS_DOMAIN)
    assert author.alias in ("", f"kowal@{ALIAS_DOMAIN}") or shown.author == author.alias
    author.alias = shown.author
    assert reader.addr_spec in shown.to
    assert _is_signed(place, octets)
    assert find_canaries(octets, author.canaries) == []
    _check_thread(mail, shown, reader)
    reader.got_ids.append(shown.message_id)
    got = {
        part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments() if part.get_filename()
    }
    assert {file.name: file.octets for file in turn.files} == got


def _check_thread(mail: EmailMessage, shown: Original, reader: Person) -> None:
    """In-Reply-To and References name only what this reader's client has, the newest of its own mails above all."""
    assert shown.references[0].endswith(f"@{ALIAS_DOMAIN}>")  # the synthetic root of the thread
    assert set(shown.references[1:]) <= {*reader.own_ids, *reader.got_ids}
    if reader.own_ids:
        assert str(mail["In-Reply-To"]).strip() == reader.own_ids[-1]
        assert shown.references[-1] == reader.own_ids[-1]


def _is_signed(place: Neighbourhood, octets: bytes) -> bool:
    def texts(name: bytes, timeout: int = 5) -> bytes | None:
        del timeout
        return next((text.encode() for text in place.dns.texts(name.decode())), None)

    verifier = dkim.DKIM(octets)
    return bool(verifier.verify(dnsfunc=texts)) and verifier.domain == ALIAS_DOMAIN.encode()
