"""A refused message, its explanation, and what its author makes of it by mail (features.md N-01, N-06; E-38)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Message
from mailbridge.domain.reply import Reply
from mailbridge.errors import NotPossible
from mailbridge.path.held import refuse, release
from mailbridge.policy.plan import HoldReason
from mailbridge.rulefiles.read import load_rules
from tests.path.world import BUYER, CONTACT, SELLER, World, a_text, a_world, trade
from tests.rulefiles.packs import RULE, write_pack

OFFENCE = "The lamp is here, order 48213.\nCall me on +44 20 7946 0958 before noon.\n"
REPAIRS = RULE.replace("email_address", "phone_number").replace("refuse", "repair")
MULTIPART = """\
From: {author}
To: {to}
Subject: Re: A question
Date: Sat, 21 Nov 2026 10:00:00 +0100
Message-ID: <html@client.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

The lamp is here. See my shop.

--b
Content-Type: text/html; charset=utf-8

<p>The lamp is here. See <a href="https://lamps.shop.example/x?id=1">my <b>shop</b></a>.</p>

--b--
"""


@dataclass
class Talk:
    """A seller who answers a buyer."""

    world: World
    #: the alias of the buyer
    to: str

    def answer(self, text: str, number: int = 0) -> list[tuple[ClaimedDelivery, Message]]:
        """The seller writes; everything that this left to be sent."""
        octets = a_text(SELLER, self.to, text, subject="Re: A question", Message_ID=f"<a{number}@client.example>")
        self.world.mail(octets, self.to)
        return self.world.take()

    def write_to(self, address: str, text: str = "ok", **fields: str) -> Reply:
        """A mail to an action address; what its client hears."""
        mail = a_text(SELLER, address, text, Message_ID=f"<{abs(hash((address, text)))}@client.example>", **fields)
        return self.world.mail(mail, address)[0]

    def run(self) -> list[tuple[ClaimedDelivery, Message]]:
        """What is sent by what the actions asked for."""
        before = {delivery.delivery.id for delivery, _ in self.world.take()}
        return [
            pair
            for pair in (*self.world.run_intents(), *self.world.take())
            if pair[0].delivery.id not in before and pair[0].fencing_token == 1
        ]


@contextmanager
def talking(folder: Path, rules: str = "") -> Iterator[Talk]:
    """A thread in which the seller got the buyer's first mail; `rules` is a pack in place of those as shipped."""
    batch = trade()
    with a_world(folder, batch) as world:
        if rules:
            write_pack(folder / "rules", rules)
            ruleset = load_rules((folder / "rules",))
            world.bridge = replace(world.bridge, rules=lambda: ruleset)
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there? (order 48213)"), CONTACT)
        ((_, relayed),) = world.take(PostKind.RELAY)
        world.run_intents()
        yield Talk(world=world, to=relayed.authors[0].addr_spec)


def action_in(notice: Message, near: str) -> str:
    """The action address that stands on the line behind these words."""
    lines = (notice.body.plain or "").splitlines()
    joined = "\n".join(lines)
    assert near in joined, joined
    return next(line for line in joined[joined.index(near) :].splitlines() if line.startswith("act-"))


def reply_address(notice: Message) -> str:
    (mailbox,) = notice.reply_to
    return mailbox.addr_spec


def the_notice(posted: list[tuple[ClaimedDelivery, Message]]) -> Message:
    ((claimed, notice),) = posted
    assert claimed.delivery.kind is PostKind.NOTICE
    assert claimed.delivery.forward_path.addr_spec == SELLER
    return notice


def test_N01_E38_a_refusal_marks_the_words_and_says_rule_remedy_decider_and_appeal(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
    plain, html = notice.body.plain or "", notice.body.html or ""
    assert "> Call me on **+44 20 7946 0958** before noon." in plain
    assert ">+44 20 7946 0958</mark> before noon." in html
    assert "No phone numbers" in plain
    assert "Take the number out" in plain
    assert "decided automatically, by the rules of Market" in plain
    assert reply_address(notice).startswith("act-")
    assert "> Call me on [removed] before noon." in plain  # what would be delivered


def test_N06_the_repaired_version_goes_out_when_its_author_asks_by_mail_and_once(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        address = action_in(notice, "Send an e-mail from this mailbox")
        assert talk.write_to(address).is_positive
        told = {claimed.delivery.kind: (claimed, message) for claimed, message in talk.run()}
        again = talk.write_to(address, "again")
    claimed, relayed = told[PostKind.RELAY]
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert "Call me on [removed] before noon." in relayed.new_text
    assert "7946" not in claimed.delivery.octets.decode()
    said = told[PostKind.NOTICE][1]
    assert said.subject.startswith("Delivered with changes")
    assert "> Call me on [removed] before noon." in (said.body.plain or "")
    assert not again.is_positive


def test_N06_links_in_html_are_cut_with_the_words_they_stand_behind(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        octets = MULTIPART.format(author=SELLER, to=talk.to).replace("\n", "\r\n").encode()
        talk.world.mail(octets, talk.to)
        notice = the_notice(talk.world.take())
        talk.write_to(action_in(notice, "Send an e-mail from this mailbox"))
        relayed = next(pair for pair in talk.run() if pair[0].delivery.kind is PostKind.RELAY)
    assert "lamps.shop.example" not in relayed[0].delivery.octets.decode()
    assert "The lamp is here." in (relayed[1].body.html or "")


def test_N01_a_reply_to_the_notice_asks_for_a_second_look_and_a_person_releases(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        talk.write_to(reply_address(notice), "That is the number of the carrier, not mine.")
        (held,) = talk.world.bridge.store.held_records(10)
        asked_in = talk.world.bridge.store.second_look_asked_in(held.record_id)
        assert asked_in is not None
        assert b"number of the carrier" in talk.world.bridge.store.original(asked_in)
        assert held.hold is HoldReason.SECOND_LOOK
        assert held.findings[0] == "phone_number: +44 20 7946 0958"
        talk.world.take()
        (plan,) = release(held.record_id, talk.world.bridge)
        ((claimed, relayed),) = talk.world.take(PostKind.RELAY)
    assert plan.reason == "released"
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert "+44 20 7946 0958" in relayed.new_text


def test_E38_where_a_person_leaves_it_refused_its_author_is_told(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        talk.write_to(reply_address(notice), "please look")
        (held,) = talk.world.bridge.store.held_records(10)
        refuse(held.record_id, talk.world.bridge.store, talk.world.bridge.clock)
        told = the_notice(talk.run())
        with pytest.raises(NotPossible):
            refuse(held.record_id, talk.world.bridge.store, talk.world.bridge.clock)
        assert talk.run() == []
    assert told.subject.startswith("Not passed on")
    assert "A person at Market looked at your message to Anna K." in (told.body.plain or "")


def test_both_actions_of_one_refusal_bring_one_mail(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        talk.write_to(action_in(notice, "Send an e-mail from this mailbox"))
        relays = [pair for pair in talk.run() if pair[0].delivery.kind is PostKind.RELAY]
        talk.write_to(reply_address(notice), "please look")
        held = talk.world.bridge.store.held_records(10)
    assert len(relays) == 1
    assert held == ()  # it has gone already


def test_a_second_look_takes_the_place_of_the_repaired_version(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        talk.write_to(reply_address(notice), "please look")
        talk.write_to(action_in(notice, "Send an e-mail from this mailbox"))
        assert [pair for pair in talk.run() if pair[0].delivery.kind is PostKind.RELAY] == []
        assert len(talk.world.bridge.store.held_records(10)) == 1


def test_T23_an_automatic_answer_to_the_notice_asks_for_nothing(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        talk.write_to(reply_address(notice), "I am away", Auto_Submitted="auto-replied")
        assert talk.world.bridge.store.held_records(10) == ()


@pytest.mark.parametrize("text", ["+44 20 7946 0958", "Mail: someone@elsewhere.example"])
def test_N06_where_nothing_would_be_left_to_say_no_version_is_offered(tmp_path: Path, text: str) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(text))
    offered = "Send it without the marked words" in (notice.body.plain or "")
    assert offered == ("Mail" in text)
    assert reply_address(notice).startswith("act-")


def test_N06_a_rule_that_repairs_cuts_at_once_and_tells_the_author(tmp_path: Path) -> None:
    with talking(tmp_path, REPAIRS) as talk:
        posted = {claimed.delivery.kind: (claimed, message) for claimed, message in talk.answer(OFFENCE)}
    assert "Call me on [removed] before noon." in posted[PostKind.RELAY][1].new_text
    assert "7946" not in posted[PostKind.RELAY][0].delivery.octets.decode()
    assert posted[PostKind.NOTICE][1].subject.startswith("Delivered with changes")


def test_N06_a_rule_that_repairs_refuses_what_can_not_be_repaired(tmp_path: Path) -> None:
    with talking(tmp_path, REPAIRS) as talk:
        notice = the_notice(talk.answer("+44 20 7946 0958"))
    assert notice.subject.startswith("Not delivered")


def test_a_message_refused_before_is_no_use_to_a_stranger(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        talk.answer(OFFENCE)
        guessed = f"act-{'a' * 32}@relay.example"
        answer = talk.world.mail(a_text(BUYER, guessed, "ok", Message_ID="<g@client.example>"), guessed)
    assert not answer[0].is_positive


def test_the_record_of_what_went_out_repaired_says_so(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        talk.write_to(action_in(notice, "Send an e-mail from this mailbox"))
        claimed = next(c for c, _ in talk.run() if c.delivery.kind is PostKind.RELAY)
        row = talk.world.bridge.store.record(RecordId(claimed.delivery.record_id or ""))
    assert row.reason == "repaired"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a trial says."""

    text: str
    subject: str
    first: str


OUTCOMES = [
    Tried(text="The lamp is here, order 48213.", subject="It would be delivered", first="It would be delivered."),
    Tried(text=OFFENCE, subject="It would not be delivered", first="It would not be delivered."),
]


@pytest.mark.parametrize("tried", OUTCOMES, ids=lambda tried: tried.subject)
def test_N02_a_mail_to_the_check_address_is_only_tried(tmp_path: Path, tried: Tried) -> None:
    with talking(tmp_path) as talk:
        real = talk.to
        talk.to = f"check-{real}"
        notice = the_notice(talk.answer(tried.text))
        assert talk.run() == []
        store = talk.world.bridge.store
        assert store.held_records(10) == ()
        talk.to = real
        sent = talk.answer(tried.text)  # the same Message-ID: a trial is no first copy of it
    assert tried.subject in notice.subject
    assert (notice.body.plain or "").startswith(tried.first)
    assert real in (notice.body.plain or "")
    assert notice.reply_to == ()
    is_refused = "not" in tried.subject
    assert sent[0][0].delivery.kind is (PostKind.NOTICE if is_refused else PostKind.RELAY)


def test_N02_a_refusal_names_the_address_to_try_at(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(talk.answer(OFFENCE))
        assert f"write to check-{talk.to}" in (notice.body.plain or "")


def test_N02_what_nothing_proves_or_a_machine_wrote_is_not_even_tried(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        check = f"check-{talk.to}"
        stranger = talk.world.mail(a_text("x@else.example", check, "Hi"), check)
        away = talk.world.mail(a_text(SELLER, check, "away", Auto_Submitted="auto-replied"), check)
        assert (stranger[0].is_positive, away[0].is_positive) == (False, True)
        assert talk.world.take() == []
        assert talk.run() == []
        unknown = talk.world.mail(
            a_text(SELLER, "check-aaaaaaaaaaaaaaaa@relay.example", "Hi"), "check-aaaaaaaaaaaaaaaa@relay.example"
        )
        assert not unknown[0].is_positive


def test_N02_a_rule_that_repairs_is_tried_too(tmp_path: Path) -> None:
    with talking(tmp_path, REPAIRS) as talk:
        talk.to = f"check-{talk.to}"
        notice = the_notice(talk.answer(OFFENCE))
    assert "It would be delivered with changes" in notice.subject
    assert "> Call me on [removed] before noon." in (notice.body.plain or "")


SIGNED = "Hello,\n\nthe lamp leaves tomorrow.\n\nKind regards\nAcme Lamps\nTel. +44 20 7946 0958\nwww.acme-lamps.com\n"
OUTLOOK = """\
From: {author}
To: {to}
Subject: Re: A question
Date: Sat, 21 Nov 2026 10:00:00 +0100
Message-ID: <signed@client.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Hello,

the lamp leaves tomorrow.{more}

Kind regards
Acme Lamps
+44 20 7946 0958 | Our shop

--b
Content-Type: text/html; charset=utf-8

<p>Hello,</p><p>the lamp leaves tomorrow.{more_html}</p><p>Kind regards<br>Acme Lamps<br>+44 20 7946 0958 |
<a href="https://acme-lamps.com/shop?id=1">Our shop</a>
<a href="mailto:hello@acme-lamps.com"><img src="cid:x" alt=""></a></p>

--b--
"""


@pytest.mark.parametrize("text", [SIGNED, SIGNED.replace("Kind regards\n", "-- \n")])
def test_N06_contact_data_below_the_text_is_cut_out_and_nobody_is_told(tmp_path: Path, text: str) -> None:
    with talking(tmp_path) as talk:
        (_, mail), *others = talk.answer(text)
    assert "the lamp leaves tomorrow." in mail.new_text
    assert not [notice for _, notice in others if "7946" in (notice.body.plain or "")]
    assert "7946" not in mail.own_text
    assert "acme-lamps" not in mail.own_text
    assert "Tel. [removed]" in mail.own_text


def test_N06_the_same_above_it_is_refused_with_a_notice(tmp_path: Path) -> None:
    with talking(tmp_path) as talk:
        notice = the_notice(
            talk.answer(SIGNED.replace("leaves tomorrow", "is at www.acme-lamps.com, and leaves tomorrow"))
        )
    assert "www.acme-lamps.com" in (notice.body.plain or "")


@pytest.mark.parametrize(
    ("more", "more_html", "is_relayed"),
    [("", "", True), (" See here.", ' See <a href="https://acme-lamps.com/shop?id=1">here</a>.', False)],
)
def test_N06_a_link_of_the_html_counts_where_it_stands(
    tmp_path: Path, more: str, more_html: str, is_relayed: bool
) -> None:
    with talking(tmp_path) as talk:
        octets = (
            OUTLOOK.format(author=SELLER, to=talk.to, more=more, more_html=more_html).replace("\n", "\r\n").encode()
        )
        talk.world.mail(octets, talk.to)
        (claimed, mail), *_ = talk.world.take()
    assert (claimed.delivery.kind is PostKind.RELAY) is is_relayed
    if is_relayed:
        assert "acme-lamps" not in (mail.body.html or "")
        assert "7946" not in (mail.body.plain or "")


def test_a_rule_without_in_signature_treats_all_places_alike(tmp_path: Path) -> None:
    rule = RULE.replace("email_address", "phone_number")
    with talking(tmp_path, rule) as talk:
        the_notice(talk.answer(SIGNED))
