"""Clocks in a whole bridge: moved by mail, stopped by answers and actions, told to sellers (N-10, S-35, E-09)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from mailbridge.app.loops import Chores
from mailbridge.domain.clocks import ClockEventKind, WhichClock
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.thread import Thread
from mailbridge.domain.trade_batch import TradeOrder
from mailbridge.path.clocks import excused, tick_in
from mailbridge.path.duesoon import DueMails
from mailbridge.policy.thread_choice import tag_of
from mailbridge.store.clockrecords import ClockChange, DueAsked
from tests.path.quickladder import plain_of
from tests.path.world import ALIAS_DOMAIN, BUYER, CC_DOOR, CONTACT, SELLER, START, World, a_text, a_world, trade

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RUNS = "runs"


@dataclass
class Talk:
    """A buyer and a seller on one market."""

    world: World
    number: int = 0

    def asks(self, subject: str = "Order 48213", text: str = "Is the lamp still there?", to: str = CONTACT) -> None:
        """The buyer writes."""
        self.number += 1
        self.world.mail(a_text(BUYER, to, text, subject=subject, Message_ID=f"<b{self.number}@b.example>"), to)

    def answers(self, text: str = "Yes.", to: str = "", subject: str = "Re: Order 48213", **fields: str) -> None:
        """The seller writes, to the alias of the buyer unless told otherwise."""
        self.number += 1
        to = to or self.alias
        fields.setdefault("Cc", CC_DOOR)
        fields["Message_ID"] = f"<s{self.number}@s.example>"
        self.world.mail(a_text(SELLER, fields.pop("To", to), text, subject=subject, **fields), to)

    @property
    def alias(self) -> str:
        """Stands for the buyer."""
        [found] = [row.alias for row in self.world.bridge.store.aliases() if row.alias.stands_for.value == "buyer"]
        return found.address.addr_spec

    @property
    def threads(self) -> list[Thread]:
        return [row.thread for row in reversed(self.world.bridge.store.threads(9))]

    def told(self, which: WhichClock, thread: Thread | None = None) -> str:
        """How each round of a clock of a conversation ended; without one of the only one."""
        rounds = self.world.bridge.store.rounds((thread or self.threads[0]).id)[which]
        return " ".join(one.ending.value if one.ending else RUNS for one in rounds)

    @property
    def both(self) -> tuple[str, str]:
        """The market's clock, and the honest one."""
        return self.told(WhichClock.MARKET), self.told(WhichClock.HONEST)

    def lists(self) -> list[Message]:
        """The lists of what is due that are sent now."""
        # what was claimed before and not settled is claimed again, with a higher token
        new = [message for claimed, message in self.world.run_intents() if claimed.fencing_token == 1]
        return [message for message in new if "your answer" in message.subject]


@contextmanager
def a_talk(
    folder: Path, pack: str = "general", *, zone: str = "UTC", language: str = "en", at: tuple[time, ...] = (time(9),)
) -> Iterator[Talk]:
    """A market with this pack."""
    batch = trade()
    second = TradeOrder(marketplace="market", reference="77001", seller="s1", buyer="b1")
    batch = replace(
        batch,
        marketplaces=(replace(batch.marketplaces[0], rule_packs=("general", pack), time_zone=zone),),
        sellers=(replace(batch.sellers[0], due_mail_at=at, language=language),),
        orders=(*batch.orders, second),
    )
    with a_world(folder, batch) as world:
        yield Talk(world)


def test_S35_a_question_starts_the_clock_and_an_answer_stops_it(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        assert talk.both == (RUNS, RUNS)
        [row] = talk.world.bridge.store.due(DueAsked(until=START + DAY))
        assert (row.honest.started_at, row.honest.due_at, row.honest.clock) == (START, START + DAY, "general.answers")
        talk.world.now += 2 * HOUR
        talk.answers()
        assert talk.both == ("answered", "answered")
        [one] = talk.world.bridge.store.rounds(talk.threads[0].id)[WhichClock.HONEST]
        assert one.answered_in == 2 * HOUR
        talk.asks("Re: Order 48213")
        assert talk.both == (f"answered {RUNS}", f"answered {RUNS}")


@pytest.mark.parametrize(
    ("pack", "market", "honest"),
    [("allegro", "answered", RUNS), ("etsy", "answered", RUNS), ("amazon", RUNS, RUNS), ("general", RUNS, RUNS)],
)
def test_S36_E09_E23_an_acknowledgement_stops_the_clock_where_the_market_says_so(
    tmp_path: Path, pack: str, market: str, honest: str
) -> None:
    with a_talk(tmp_path, pack) as talk:
        talk.asks()
        sent = talk.world.run_intents()
        assert PostKind.ACKNOWLEDGEMENT in {claimed.delivery.kind for claimed, _ in sent}
        assert talk.both == (market, honest)


def test_what_reaches_nobody_is_no_answer(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        talk.answers("Look at https://acme-shop.example/lamp please.")  # refused
        talk.answers("I am away.", Auto_Submitted="auto-replied")
        talk.answers(to=f"check-{talk.alias}")  # only tried
        assert talk.both == (RUNS, RUNS)


def test_S73_an_answer_past_the_bridge_counts_where_the_market_says_so(tmp_path: Path) -> None:
    for pack, expected in (("general", "answered"), ("amazon", RUNS)):
        folder = tmp_path / pack
        folder.mkdir()
        with a_talk(folder, pack) as talk:
            talk.asks()
            talk.answers(to=CC_DOOR, To=BUYER)
            assert talk.both == (expected, expected)


def test_a_conversation_that_the_seller_begins_waits_for_nobody_until_the_buyer_writes(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.answers("Which colour would you like?", subject="Order 48213")
        assert talk.both == ("", "")
        talk.asks("Re: Order 48213", "Blue.", to=_alias_of_seller(talk))
        assert talk.both == (RUNS, RUNS)


def _alias_of_seller(talk: Talk) -> str:
    [found] = [row.alias for row in talk.world.bridge.store.aliases() if row.alias.stands_for.value == "seller"]
    return found.address.addr_spec


def _look(talk: Talk, lists: DueMails | None = None) -> list[Message]:
    """One turn of the chores; the lists that it sends. Without `lists` the bridge has just been started."""
    (lists or DueMails(talk.world.bridge)).plan()
    return talk.lists()


def test_N10_the_list_comes_at_the_times_the_seller_wants_it_and_only_when_something_is_due(tmp_path: Path) -> None:
    with a_talk(tmp_path, zone="Europe/Warsaw", at=(time(10), time(16, 30))) as talk:
        world, lists = talk.world, DueMails(talk.world.bridge)
        assert _look(talk, lists) == []  # Saturday, 10:00 in Warsaw: nothing is due
        world.now += timedelta(minutes=1)
        talk.asks()
        world.now += timedelta(minutes=1)
        assert _look(talk, lists) == []  # the time is over
        world.now = START + timedelta(hours=6, minutes=29)  # 16:29 there
        assert _look(talk, lists) == []
        world.now += timedelta(minutes=1)
        [first] = _look(talk, lists)
        assert first.subject == "1 buyer waits for your answer (Market)"
        world.now += timedelta(minutes=1)
        assert _look(talk, lists) == []
        assert _look(talk) == []  # nor does a restart send it again
        world.now = START + DAY + timedelta(minutes=6)  # Sunday
        [late] = _look(talk, lists)
        assert late.subject == "1 buyer waits for your answer, 1 is late (Market)"
        assert "Late by 5 min, was due 2026-11-22 10:01 CET" in plain_of(late)
        talk.answers()
        world.now = START + 2 * DAY
        assert _look(talk, lists) == []


def test_N10_times_stand_as_the_clocks_on_the_walls_of_the_market_show_them(tmp_path: Path) -> None:
    with a_talk(tmp_path, zone="Europe/Warsaw", at=(time(10),)) as talk:
        talk.asks()
        [mail] = _look(talk)
        due = (START + DAY).astimezone(ZoneInfo("Europe/Warsaw"))
        for text in (mail.body.plain or "", mail.body.html or ""):
            assert f"{due:%Y-%m-%d %H:%M} CET" in text
            assert "UTC" not in text


def test_a_list_that_was_missed_is_made_up_for_an_hour(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        talk.world.now += timedelta(minutes=61)
        assert _look(talk) == []
        talk.world.now = START + DAY + timedelta(minutes=59)
        assert len(_look(talk)) == 1


def test_a_list_at_midnight_is_not_lost_between_two_days(tmp_path: Path) -> None:
    with a_talk(tmp_path, at=(time(23, 59),)) as talk:
        talk.asks()
        lists = DueMails(talk.world.bridge)
        talk.world.now = START + timedelta(hours=14, minutes=58)
        assert _look(talk, lists) == []
        talk.world.now = START + timedelta(hours=15, minutes=1)  # one minute past midnight
        assert len(_look(talk, lists)) == 1


def test_what_was_due_a_week_ago_is_listed_no_more(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        talk.world.now = START + 7 * DAY
        [mail] = _look(talk)
        assert "Late by 144 h" in plain_of(mail)
        talk.world.now = START + 9 * DAY
        assert _look(talk) == []
        assert len(talk.world.bridge.store.due(DueAsked(until=talk.world.now))) == 1


def test_a_seller_who_wants_no_list_gets_none(tmp_path: Path) -> None:
    with a_talk(tmp_path, at=()) as talk:
        talk.asks()
        assert _look(talk) == []


def test_F34_a_clock_that_is_set_back_sends_no_list_twice(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        lists = DueMails(talk.world.bridge)
        for days in (0, 1, 0, 1, 0):
            talk.world.now = START + days * DAY
            lists.plan()
        assert len(talk.lists()) == 1
        talk.world.now = START + DAY
        lists.plan()
        assert len(talk.lists()) == 1  # that of the second day, which was planned three times


def test_N10_an_entry_is_answered_from_the_list_into_its_own_conversation(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        world = talk.world
        talk.asks("Order 48213", "Is the lamp still there?")
        world.now += timedelta(minutes=30)
        talk.asks("Order 77001", "Where is my chair?")
        first, second = talk.threads
        [mail] = _look(talk)
        html = mail.body.html or ""
        links = [unquote(link) for link in re.findall(r'mailto:([^"]+)"', html)]
        answer = f"{talk.alias}?subject=Re: Order 48213 {tag_of(first)}"
        assert answer in links
        world.take()
        # Outlook on a phone names no id; the subject alone says which conversation it is
        talk.answers("It is.", subject=f"Hello {tag_of(first).upper()}")
        assert (talk.told(WhichClock.HONEST, first), talk.told(WhichClock.HONEST, second)) == ("answered", RUNS)
        ((_, relayed),) = world.take(PostKind.RELAY)
        assert relayed.subject == "Hello"
        talk.answers(
            "It comes tomorrow.",
            subject=answer.partition("subject=")[2].replace("48213", "77001").replace(tag_of(first), tag_of(second)),
        )
        ((_, relayed),) = world.take(PostKind.RELAY)
        assert relayed.subject == "Re: Order 77001"  # the tag is ours alone (D8)
        assert talk.told(WhichClock.HONEST, second) == "answered"


def _no_reply_address(mail: Message) -> str:
    [found] = set(re.findall(rf"act-[a-z2-7]+@{re.escape(ALIAS_DOMAIN)}", plain_of(mail)))
    return str(found)


def test_N10_no_reply_needed_by_one_mail(tmp_path: Path) -> None:
    with a_talk(tmp_path, "amazon") as talk:
        talk.asks(text="Thank you!")
        [mail] = _look(talk)
        address = _no_reply_address(mail)
        reply = talk.world.mail(a_text(SELLER, address, "", Message_ID="<n1@s.example>"), address)
        assert reply[0].code == 250
        talk.world.run_intents()
        assert talk.both == ("excused", "excused")
        again = talk.world.mail(a_text(SELLER, address, "", Message_ID="<n2@s.example>"), address)
        assert again[0].code == 550
        talk.asks("Re: Order 48213", "One more question: is it blue?")
        assert talk.both == (f"excused {RUNS}", f"excused {RUNS}")


def test_N10_what_the_buyer_wrote_since_is_not_excused_unseen(tmp_path: Path) -> None:
    with a_talk(tmp_path, "amazon") as talk:
        talk.asks(text="Thank you!")
        [mail] = _look(talk)
        talk.world.now += HOUR
        talk.asks("Re: Order 48213", "But is it blue?")
        address = _no_reply_address(mail)
        refused = talk.world.mail(a_text(SELLER, address, "", Message_ID="<n3@s.example>"), address)
        assert refused[0].code == 550
        assert talk.both == (RUNS, RUNS)


def test_E23_where_the_market_knows_no_excuse_none_is_offered(tmp_path: Path) -> None:
    with a_talk(tmp_path, "etsy") as talk:
        talk.asks()
        talk.world.run_intents()  # acknowledged: the market's clock stands
        [mail] = _look(talk)
        text = plain_of(mail)
        assert "act-" not in text
        assert "Market counts this one as answered, by an automatic reply. The buyer still waits." in text
        assert "Etsy counts how many first messages" in text


def test_a_reopened_discussion_waits_again_and_a_closed_one_does_not(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        bridge, thread = talk.world.bridge, talk.threads[0]
        [market] = bridge.store.marketplaces()
        for kind, expected in ((ClockEventKind.CLOSED, "excused"), (ClockEventKind.REOPENED, f"excused {RUNS}")):
            talk.world.now += HOUR
            tick = tick_in(thread, market, kind, talk.world.now, bridge)
            assert tick is not None
            bridge.store.tick(ClockChange(thread_id=thread.id, tick=tick))
            assert talk.both == (expected, expected)
        change = excused(thread, talk.world.now, bridge)
        assert change is not None
        bridge.store.tick(change)
        assert talk.both == ("excused excused", "excused excused")


def test_the_log_hears_once_that_an_answer_is_near_and_that_it_is_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        chores = Chores(talk.world.bridge, time(23, 59), review_within=timedelta(days=3))
        told = []
        for hours in (0, 19, 20, 21, 23, 24, 25, 100):
            talk.world.now = START + hours * HOUR
            chores.look()
            lines = capsys.readouterr().err
            told.append((hours, lines.count('"deadline_near"'), lines.count('"deadline_missed"')))
        assert [one for one in told if one[1] or one[2]] == [(20, 2, 0), (24, 0, 2)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("Due in 24 h", "order 48213", "To answer, write to", "No reply needed: any", "How the time is counted"),
        ),
        (
            "pl",
            ("Pozostało: 24 h", "zamówienie 48213", "Aby odpowiedzieć", "Odpowiedź niepotrzebna: dowolna", "Jak liczy"),
        ),
        (
            "it",
            ("Scade fra 24 h", "ordine 48213", "Per rispondere", "Nessuna risposta necessaria: un", "Come si conta"),
        ),
        (
            "de",
            ("Fällig in 24 h", "Bestellung 48213", "Um zu antworten", "Keine Antwort nötig: eine", "So wird die Zeit"),
        ),
    ],
)
def test_the_list_in_each_language_holds_no_secret_of_a_buyer(
    tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    with a_talk(tmp_path, language=language) as talk:
        talk.asks()
        DueMails(talk.world.bridge).plan()
        mails = [m for _, m in talk.world.run_intents() if m.authors[0].addr_spec == f"notice@{ALIAS_DOMAIN}"]
        [mail] = [m for m in mails if "48213" in plain_of(m) and talk.alias in plain_of(m)]
        text = plain_of(mail)
        for said in (*words, "Anna K.", talk.alias):
            assert said in text
        for part in (text, mail.body.html or ""):
            assert BUYER not in part
            assert "Kowalska" not in part
        assert mail.automatic.value == "generated"
