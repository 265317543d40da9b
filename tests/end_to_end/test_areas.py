"""Each kind of conversation in real clients: begun, answered, ended by a word, opened again, written to late.

Postfix in front and behind, mailboxes in Dovecot, neomutt as the client in which both sides press reply. Questions on
a product and tickets are posted by the marketplace, notes written by the seller, the others begun by the buyer's mail
(S-31, S-32, S-54, S-76 to S-86). Last the list of what is due, one entry of which is answered.
"""

import json
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tests.builders import Client, a_mail
from tests.peers.bazaar import ALIAS_DOMAIN, BUYER, OF_BUYER, OF_SELLER, SELLER, bazaar, text_of
from tests.peers.clients import neomutt_reply
from tests.peers.mailbox import Mailbox
from tests.peers.neighbourhood import FrontKind, Neighbourhood
from tests.peers.oracle import find_canaries
from tests.peers.processes import wait_until
from tests.peers.trade import buyer, marketplace, order, seller

_LINK = "https://bazaar-market.example/talk/{reference}"
_PACK = f"""\
areas:
  - {{area: question, link: "{_LINK}"}}
  - {{area: ticket, link: "{_LINK}"}}
  - {{area: dispute, silence: {{market_joins_days: 7}}}}
"""
_HOURLY = [f"{hour:02d}:00" for hour in range(24)]


class Talk:
    """The two people, their mailboxes, and what the bridge knows of the conversation."""

    def __init__(self, place: Neighbourhood, at_seller: Mailbox, at_buyer: Mailbox, area: str) -> None:
        self.place = place
        self._inboxes = {SELLER: at_seller, BUYER: at_buyer}
        self.area = area
        #: a word that only subjects of this conversation have
        self.word = f"{area}wood"

    def replies(self, author: str, text: str) -> None:
        """Open the mailbox in neomutt, press reply on the newest mail of this conversation, type above the quote."""
        name = "Jan Kowal" if author == SELLER else "Anna Berg"
        neomutt_reply(self.place.account(author, name), about=self.word, text=text)

    def arrives(self, reader: str, said: str) -> EmailMessage:
        """The next mail of this conversation in this mailbox; it says this, and holds nothing of the other side."""
        while True:
            octets = self._inboxes[reader].new_mail()
            mail = message_from_bytes(octets, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            if self.word in str(mail["Subject"]) and mail["Auto-Submitted"] is None:
                assert said in text_of(mail)
                assert find_canaries(octets, OF_BUYER if reader == SELLER else OF_SELLER) == []
                return mail

    def is_in(self, state: str, order: str = "") -> None:
        """One conversation of this kind is in this state, or comes to be; of this order, where others have one too."""
        asked = f"SELECT count(*) FROM threads WHERE area = '{self.area}' AND state = '{state}'"
        if order:
            asked += f" AND order_id = (SELECT id FROM orders WHERE reference = '{order}')"
        wait_until(lambda: self.place.bridge.ask(asked) == 1, f"one of kind {self.area} {state}")

    def later(self, seconds: int) -> None:
        """Move the clock of the bridge on; other tests may have done so before."""
        clock = self.place.bridge.moved_clock
        assert clock is not None
        clock.write_text(str(int(clock.read_text("ascii")) + seconds), "ascii")


@pytest.fixture(scope="module")
def place() -> Iterator[Neighbourhood]:
    with bazaar("neomutt", kind=FrontKind.SMTP) as place:
        folder = place.bridge.folder
        pack = folder / "own-rules" / "markets" / "bazaar"
        pack.mkdir(parents=True)
        (pack / "areas.yaml").write_text(_PACK, "utf-8")
        place.bridge.moved_clock = Path(folder / "clock")
        place.bridge.moved_clock.write_text("0", "ascii")
        place.bridge.change("bridge", processes=1)  # others would go by the clock of the machine
        place.bridge.change("rules", folders=[str(folder / "own-rules")])
        place.bridge.prepare(
            [
                marketplace(
                    "bazaar",
                    alias_domain=ALIAS_DOMAIN,
                    rule_packs=["bazaar", "general"],
                    own_domains=["bazaar-market.example"],
                ),
                seller("bazaar", "S1", contact="kowal", name="Kowal Furniture", mailbox=SELLER, due_mail_at=_HOURLY),
                buyer("bazaar", "B1", mailbox=BUYER),
                {"type": "offer", "marketplace": "bazaar", "reference": "9912", "seller": "S1", "title": "Table"},
                *(
                    order("bazaar", number, seller="S1", buyer="B1")
                    for number in ("1001", "1002", "1003", "1004", "1005", "1006", "1007")
                ),
            ]
        )
        place.bridge.start()
        yield place


@pytest.fixture
def talk(place: Neighbourhood, request: pytest.FixtureRequest) -> Iterator[Talk]:
    with place.mailbox(SELLER) as at_seller, place.mailbox(BUYER) as at_buyer:
        yield Talk(place, at_seller, at_buyer, request.param)


def _posted(talk: Talk, text: str, *about: str) -> None:
    """The marketplace posts what the buyer wrote into a form."""
    file = talk.place.folder / "form.txt"
    file.write_text(text, "utf-8")
    people = ("--market", "bazaar", "--seller", "S1", "--buyer", "B1", "--area", talk.area)
    said = ("--text", str(file), "--subject", f"The {talk.word} table", *about)
    [found] = [json.loads(talk.place.bridge.command("thread", "open", *people, *said, "--json"))]
    assert found["result"] == "relayed"


def _answered_on_the_market(talk: Talk, text: str, conversation: str) -> None:
    """The seller answers on the marketplace's own page, which hands it over in a file."""
    file = talk.place.folder / "posts.jsonl"
    row = {"type": "message", "marketplace": "bazaar", "seller": "S1", "buyer": "B1", "author": "seller"}
    file.write_text(json.dumps({**row, "reference": "m-1", "conversation": conversation, "text": text}), "utf-8")
    assert "relayed 1" in talk.place.bridge.command("import", str(file))


def _mailed(talk: Talk, author: str, to: str, text: str) -> None:
    octets = a_mail(author, to, text, subject=f"The {talk.word} table", client=Client.THUNDERBIRD)
    talk.place.submit(author, octets, to=to)


def _closed_and_opened_again(talk: Talk, order: str = "") -> None:
    """The seller answers and closes in one, the buyer opens it again by replying."""
    talk.replies(SELLER, "It is oak.\n\n#close")
    assert "#close" not in text_of(talk.arrives(BUYER, "It is oak."))
    talk.is_in("closed", order)
    talk.replies(BUYER, "And the legs?")
    talk.arrives(SELLER, "And the legs?")
    talk.is_in("open", order)


@pytest.mark.parametrize("talk", ["question"], indirect=True)
def test_S32_S54_S57_S83_S85_a_question_about_a_product(talk: Talk) -> None:
    _posted(talk, "Is it oak?", "--offer", "9912", "--reference", "Q/1")
    asked = text_of(talk.arrives(SELLER, "Is it oak?"))
    assert "offer 9912" in asked
    assert "https://bazaar-market.example/talk/Q%2F1" in asked
    _closed_and_opened_again(talk)


@pytest.mark.parametrize("talk", ["enquiry"], indirect=True)
def test_S84_S86_an_enquiry_at_the_shop(talk: Talk) -> None:
    _mailed(talk, BUYER, f"kowal.enquiry@{ALIAS_DOMAIN}", "Do you make benches?")
    talk.arrives(SELLER, "Do you make benches?")
    _closed_and_opened_again(talk)


@pytest.mark.parametrize("talk", ["order"], indirect=True)
def test_S67_an_order(talk: Talk) -> None:
    _mailed(talk, BUYER, f"kowal.o-1001@{ALIAS_DOMAIN}", "When does it come?")
    assert "order 1001" in text_of(talk.arrives(SELLER, "When does it come?"))
    _closed_and_opened_again(talk, "1001")
    talk.replies(BUYER, "#resolved")
    talk.is_in("resolved", "1001")
    talk.replies(SELLER, "It left today.")  # late mail of the seller opens it again
    talk.arrives(BUYER, "It left today.")
    talk.is_in("open", "1001")


@pytest.mark.parametrize("talk", ["dispute"], indirect=True)
def test_S31_S56_caseT12_a_dispute_is_the_buyers_to_end(talk: Talk) -> None:
    _mailed(talk, BUYER, f"kowal.dispute-1002@{ALIAS_DOMAIN}", "A leg is broken.")
    talk.arrives(SELLER, "A leg is broken.")
    talk.replies(SELLER, "We send another.\n\n#close")
    talk.arrives(BUYER, "We send another.")
    talk.is_in("open", "1002")  # that was not his to do
    talk.replies(BUYER, "#resolved")
    talk.is_in("resolved", "1002")
    talk.replies(SELLER, "Thank you for waiting.")
    talk.arrives(BUYER, "Thank you for waiting.")
    talk.is_in("resolved", "1002")
    talk.replies(BUYER, "This one is broken too.")
    talk.arrives(SELLER, "This one is broken too.")
    talk.is_in("open", "1002")


@pytest.mark.parametrize("talk", ["ticket"], indirect=True)
def test_S78_S79_S81_S82_a_ticket(talk: Talk) -> None:
    _posted(talk, "I need the manual.", "--order", "1003", "--reference", "T-3")
    assert "https://bazaar-market.example/talk/T-3" in text_of(talk.arrives(SELLER, "I need the manual."))
    talk.replies(SELLER, "It is in the box.\n\n#close")
    told = talk.arrives(BUYER, "It is in the box.")
    assert "bazaar-market.example" not in told.as_string()
    talk.is_in("closed")
    talk.replies(SELLER, "Under the lid.")  # late mail of the seller goes in, and leaves it closed
    talk.arrives(BUYER, "Under the lid.")
    talk.is_in("closed")
    talk.replies(BUYER, "It is not.")
    talk.arrives(SELLER, "It is not.")
    talk.is_in("open")
    _answered_on_the_market(talk, "We print one for you.", "T-3")
    talk.arrives(BUYER, "We print one for you.")


@pytest.mark.parametrize("talk", ["note"], indirect=True)
def test_S76_S77_a_note_on_an_order(talk: Talk) -> None:
    [alias] = {
        str(one["address"]).partition("@")[0]
        for one in json.loads(talk.place.bridge.command("alias", "export", "--json"))
        if one["stands_for"] == "buyer"
    }
    to = f"{alias}.note-1004@{ALIAS_DOMAIN}"
    _mailed(talk, SELLER, to, "She called twice.")
    talk.is_in("closed")
    _mailed(talk, SELLER, to, "#customer\n\nIt leaves on Monday.")
    told = text_of(talk.arrives(BUYER, "It leaves on Monday."))
    assert "called" not in told
    assert "#customer" not in told
    talk.is_in("open")
    talk.replies(BUYER, "Thank you.")
    talk.arrives(SELLER, "Thank you.")
    talk.replies(SELLER, "#close")
    talk.is_in("closed")
    talk.replies(BUYER, "Monday came, the table did not.")  # late mail of the buyer begins another
    talk.arrives(SELLER, "Monday came")
    talk.is_in("closed")
    about = "FROM threads JOIN orders ON orders.id = threads.order_id WHERE orders.reference = '1004'"
    assert talk.place.bridge.ask(f"SELECT count(*) {about} AND area = 'order' AND threads.state = 'open'") == 1


@pytest.mark.parametrize("talk", ["order"], indirect=True)
def test_N10_S30_S68_the_list_of_what_is_due_is_answered_by_replying_to_an_entry(talk: Talk) -> None:
    talk.word = "duewood"
    _mailed(talk, BUYER, f"kowal.o-1005@{ALIAS_DOMAIN}", "Does it fold?")
    talk.arrives(SELLER, "Does it fold?")
    thanks = a_mail(BUYER, f"kowal.o-1006@{ALIAS_DOMAIN}", "Thank you!", subject="Thanks", client=Client.THUNDERBIRD)
    talk.place.submit(BUYER, thanks, to=f"kowal.o-1006@{ALIAS_DOMAIN}")
    wait_until(lambda: "1006" in _waiting(talk), "an answer about order 1006 is due")
    talk.later(3_700)
    (to, subject), (excused, _) = _entries(talk)
    octets = a_mail(SELLER, to, "It does.", subject=subject, client=Client.OUTLOOK)
    talk.place.submit(SELLER, octets, to=to)
    answered = talk.arrives(BUYER, "It does.")
    assert "[" not in str(answered["Subject"])
    assert "1005" not in _waiting(talk)
    talk.place.submit(SELLER, a_mail(SELLER, excused, "", subject="No reply needed", client=Client.OUTLOOK), to=excused)
    wait_until(lambda: "1006" not in _waiting(talk), "no answer about order 1006 is due any more")


@pytest.mark.parametrize("talk", ["dispute"], indirect=True)
def test_S31_after_a_long_silence_the_person_in_charge_is_called_and_both_are_told(talk: Talk) -> None:
    talk.word = "silentwood"
    _mailed(talk, BUYER, f"kowal.dispute-1007@{ALIAS_DOMAIN}", "Nobody answers me.")
    talk.arrives(SELLER, "Nobody answers me.")
    talk.later(7 * 86_400 + 600)
    taken = talk.place.elsewhere.taken
    wait_until(lambda: any(_is_call(mail.octets) for mail in taken), "the person in charge is called")
    called = [mail for mail in taken if _is_call(mail.octets)]
    assert [mail.forward_paths for mail in called] == [("operator@office.example",)]
    told = {reader: _told_of_call(talk, reader) for reader in (SELLER, BUYER)}
    assert "Kowal Furniture" in str(told[BUYER]["Subject"])
    to, subject = _begun_by(told[BUYER], "Re: ")
    talk.place.submit(BUYER, a_mail(BUYER, to, "Please write.", subject=subject, client=Client.OUTLOOK), to=to)
    talk.arrives(SELLER, "Please write.")
    talk.is_in("open", "1007")


def _is_call(octets: bytes) -> bool:
    """Whether it is the mail about the dispute of this test; there may be one about another."""
    return b"Nobody has written for 7 days" in octets and b"order 1007" in octets


def _told_of_call(talk: Talk, reader: str) -> EmailMessage:
    """The notice that the marketplace was called, as it lies in this mailbox."""
    while True:
        octets = talk._inboxes[reader].new_mail()
        mail = message_from_bytes(octets, policy=policy.default)
        if "1007" in str(mail["Subject"]) and "was asked to join" in str(mail["Subject"]):
            assert isinstance(mail, EmailMessage)
            assert mail["Auto-Submitted"] == "auto-generated"
            assert find_canaries(octets, OF_BUYER if reader == SELLER else OF_SELLER) == []
            return mail


def _begun_by(mail: EmailMessage, word: str) -> tuple[str, str]:
    """What a button in this mail begins a mail with, that has this word in its subject."""
    body = mail.get_body(("html",))
    [found] = re.findall(
        rf'mailto:([^"?]+)\?subject=([^"]*{quote(word)}[^"]*)"', str(body.get_content()) if body else ""
    )
    return unquote(found[0]), unquote(found[1].replace("&amp;", "&"))


def _waiting(talk: Talk) -> set[str]:
    """Orders about which an answer is due."""
    due = json.loads(talk.place.bridge.command("deadlines", "due", "--within", "30d", "--json"))
    return {row["order"] for row in due if row["area"] == "order"}


def _entries(talk: Talk) -> tuple[tuple[str, str], ...]:
    """Address and subject of what the list begins: "Answer" here, and "No reply needed" about order 1006."""
    while True:
        octets = talk._inboxes[SELLER].new_mail()
        body = message_from_bytes(octets, policy=policy.default).get_body(("html",))
        html = str(body.get_content()) if body is not None else ""
        found = re.search(rf'mailto:([^"?]+)\?subject=([^"]*{talk.word}[^"]*)"', html)
        needless = re.search(r'order 1006<br>(?:(?!<div).)*?mailto:(act-[^"?]+)\?subject=([^"]*)"', html, re.DOTALL)
        if found is not None and needless is not None:
            assert find_canaries(octets, OF_BUYER) == []
            return tuple((unquote(one[1]), unquote(one[2].replace("&amp;", "&"))) for one in (found, needless))
