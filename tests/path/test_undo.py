"""A seller has time to stop his message (N-15): it waits, goes out or is stopped; never both, never neither."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.thread import ThreadState
from mailbridge.errors import Conflict
from mailbridge.path.acting import offer_behind, use_in_browser
from mailbridge.path.screening import run_due_screenings
from mailbridge.store.pace import mails_written
from tests.path.actionworld import ADDRESS, PUBLIC_URL, Talk, a_talk, stop_address
from tests.path.staffing import BOTH, JAN, a_shop, answer, ask, relayed, taken_by, the_seller, told
from tests.path.world import BUYER, CONTACT, SELLER, a_text

HOLD = 60


def _held(talk: Talk, text: str = "Yes, it is.", **fields: str) -> Message:
    """The seller writes and it waits; the notice that he gets at once."""
    assert talk.writes(text, **fields).code == 250
    taken = talk.world.take()
    assert [claimed.delivery.kind for claimed, _ in taken] == [PostKind.NOTICE]
    return taken[0][1]


def _relayed(sent: list[tuple[PostKind, Message]]) -> list[str]:
    return [(message.body.plain or "").splitlines()[0] for kind, message in sent if kind is PostKind.RELAY]


def test_without_the_setting_a_message_goes_at_once(tmp_path: Path) -> None:
    with a_talk(tmp_path) as talk:
        talk.asks()
        talk.writes()
        assert [claimed.delivery.kind for claimed, _ in talk.world.take()] == [PostKind.RELAY]


@pytest.mark.parametrize("public_url", ["", PUBLIC_URL])
def test_N15_it_waits_the_seller_hears_how_to_stop_it_and_then_it_goes_out(tmp_path: Path, public_url: str) -> None:
    with a_talk(tmp_path, undo_s=HOLD, public_url=public_url) as talk:
        talk.asks()
        told = _held(talk)
        at = talk.world.now + timedelta(seconds=HOLD)
        assert f"{at:%H:%M} UTC" in told.subject
        assert (f"{PUBLIC_URL}/u/" in (told.body.plain or "")) == bool(public_url)
        assert ADDRESS.search(told.body.html or "")
        assert talk.states == [("relayed", "relayed"), ("undo", "screening")]
        assert talk.later(HOLD - 1) == []
        assert talk.clock == "runs"
        received = talk.world.now
        assert _relayed(talk.later(2)) == ["Yes, it is."]
        assert talk.clock == "answered"
        [one] = next(iter(talk.world.bridge.store.rounds(talk.thread.id).values()))
        assert one.ended_at is not None
        assert one.ended_at < received  # the time of receipt counts
        assert talk.later(1000) == []


def test_N15_one_mail_stops_it_and_he_gets_his_words_back(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        notice = _held(talk, "It is gone. You may call me.\n\n#close", subject="Re: Order 48213")
        assert talk.acts(stop_address(notice)).code == 250
        [(claimed, told)] = talk.world.take()
        assert (claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) == (PostKind.NOTICE, SELLER)
        assert "It is gone. You may call me." in (told.body.plain or "")
        assert talk.alias in (told.body.plain or "")
        assert talk.later(1000) == []
        assert (talk.clock, talk.thread.state) == ("runs", ThreadState.OPEN)
        assert ("undo", "undone") in talk.states
        assert talk.acts(stop_address(notice)).code == 550


def test_N15_too_late_is_said_truly(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        notice = _held(talk)
        assert _relayed(talk.later(HOLD)) == ["Yes, it is."]
        assert talk.acts(stop_address(notice)).code == 250
        [(_, told)] = talk.world.take()
        assert told.subject.startswith("Not stopped")
        assert "It had gone out already." in (told.body.plain or "")


def test_N15_it_is_stopped_as_long_as_it_is_here_whatever_the_clock_says(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        notice = _held(talk)
        talk.world.now += timedelta(hours=1)  # the bridge was down
        assert talk.acts(stop_address(notice)).code == 250
        talk.world.take()
        assert _relayed(talk.later()) == []


def test_N15_rules_at_release_judge_and_he_hears_that_it_does_not_wait_any_more(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        notice = _held(talk)
        store = talk.world.bridge.store
        store.set_alias_state(talk.alias, type(store.aliases()[0].alias.state)("muted"), talk.world.now)
        [(kind, told)] = talk.later(HOLD)
        assert (kind, "no longer in use" in (told.body.plain or "")) == (PostKind.NOTICE, True)
        assert talk.acts(stop_address(notice)).code == 250
        [(_, late)] = talk.world.take()
        assert "does not wait any more" in (late.body.plain or "")


@pytest.mark.parametrize("text", ["#close", "#private\nA note.", "See https://shop.elsewhere.example please."])
def test_N15_what_would_not_go_out_does_not_wait(tmp_path: Path, text: str) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        talk.writes(text)
        assert not any("Goes out" in message.subject for _, message in talk.world.take())
        assert "screening" not in [state for _, state in talk.states]


@pytest.mark.parametrize(("minutes", "waits"), [(24 * 60 - 16, True), (24 * 60 - 15, False), (24 * 60 + 30, False)])
def test_N15_where_the_clock_is_short_or_late_nothing_waits(tmp_path: Path, minutes: int, waits: bool) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        talk.world.now += timedelta(minutes=minutes, seconds=-1)
        talk.writes()
        kinds = [claimed.delivery.kind for claimed, _ in talk.world.take()]
        assert kinds == ([PostKind.NOTICE] if waits else [PostKind.RELAY])


def test_N15_later_mail_of_the_two_queues_behind_it_and_keeps_its_order(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        _held(talk, "First.")
        assert talk.sends(BUYER, CONTACT, "And?", subject="Re: Order 48213").code == 250
        assert talk.world.take(PostKind.RELAY) == []
        _held(talk, "Second.")
        assert _relayed(talk.later(HOLD - 4)) == []
        assert _relayed(talk.later(3)) == ["First."]
        assert _relayed(talk.later(1)) == ["Market · order 48213 · from Anna K.", "Second."]


def test_N15_a_first_message_of_the_seller_waits_and_is_stopped_too(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        notice = _held(talk, "Your invoice is ready.", subject="[invoice] Order 48213")
        assert talk.world.bridge.store.threads(10) == ()
        assert talk.acts(stop_address(notice)).code == 250
        [(_, told)] = talk.world.take()
        assert "Your invoice is ready." in (told.body.plain or "")
        assert talk.later(HOLD) == []
        again = _held(talk, "Your invoice is ready.", subject="[invoice] Order 48213")
        assert again.subject.startswith("Goes out")
        assert _relayed(talk.later(HOLD + 1)) == ["Your invoice is ready."]


def test_N15_the_notice_can_be_read_when_the_message_has_gone_out_before_it_was_sent(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        talk.world.bridge.store.leases_at_commit = False  # nobody sends the notice now
        talk.writes()
        sent = talk.later(HOLD + 1)
        assert _relayed(sent) == ["Yes, it is."]
        assert [message.subject[:8] for kind, message in sent if kind is PostKind.NOTICE] == ["Goes out"]


def test_N15_no_automatic_answer_to_the_notice_stops_it(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        notice = _held(talk)
        assert talk.acts(stop_address(notice), Auto_Submitted="auto-replied").code == 250
        assert _relayed(talk.later(HOLD)) == ["Yes, it is."]


def test_N15_a_retry_of_what_was_stopped_does_not_send_it(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        notice = _held(talk, Message_ID="<once@client.example>")
        talk.acts(stop_address(notice))
        talk.world.take()
        assert talk.writes(Message_ID="<once@client.example>").code == 250  # the client never heard the first 250
        assert talk.later(HOLD + 1) == []


def test_N15_what_was_stopped_counts_in_no_pace(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        notice = _held(talk)
        talk.acts(stop_address(notice))
        [row] = talk.world.bridge.store.directory().sellers
        assert row.seller.undo_s == HOLD
        with talk.world.bridge.store._database.reading() as connection:
            assert mails_written(connection, row.seller.id, talk.world.now - timedelta(days=1)) == 0


class _Race:
    """One message that waits, and everybody who may act on it."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        talk.asks()
        self.address = stop_address(_held(talk))
        self.sent: list[tuple[PostKind, Message]] = []
        self.said: list[str] = []

    def step(self, name: str) -> None:
        """One thing that happens."""
        getattr(self, name)()

    def by_mail(self) -> None:
        """He sends the mail; what he hears of it is read later."""
        self.talk.acts(self.address)
        self._keep()

    def by_web(self) -> None:
        """He presses the button; the page says what came of it."""
        bridge = self.talk.world.bridge
        offer = offer_behind(self.address[4:36], bridge)
        if offer is not None and not offer.is_used:
            self.said.append(use_in_browser(offer, bridge).why_not or "stopped")
        self._keep()

    def waits(self) -> None:
        """Time goes by."""
        self.talk.world.now += timedelta(seconds=25)

    def released(self) -> None:
        """The bridge looks for what is due."""
        self.sent += self.talk.later()

    def killed(self) -> None:
        """The process dies after it claimed what is due: leases are given back at the next start."""
        store = self.talk.world.bridge.store
        store.due_intents(self.talk.world.now, limit=1, worker="dead", lease=timedelta(minutes=5), is_screening=True)
        store.lock_for_serve()
        if store._serve_lock is not None:
            store._serve_lock.release()

    def _keep(self) -> None:
        self.sent += [(claimed.delivery.kind, message) for claimed, message in self.talk.world.take()]

    def ends(self) -> tuple[int, int]:
        """How often the buyer got it, and how often the seller heard that it was stopped; all turns are over."""
        self.talk.world.now += timedelta(hours=1)
        for _ in range(3):
            self.released()
        for message in (message for kind, message in self.sent if kind is PostKind.NOTICE):
            self.said.append(message.subject.partition(":")[0])
        delivered = _relayed(self.sent).count("Yes, it is.")
        return delivered, sum(one == "Stopped" for one in self.said)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["by_mail", "by_web", "waits", "released", "killed"]), max_size=10))
def test_N15_never_both_stopped_and_delivered_and_never_neither(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    with a_talk(tmp_path_factory.mktemp("race"), undo_s=30) as talk:
        race = _Race(talk)
        for step in steps:
            race.step(step)
        delivered, stopped = race.ends()
        assert (delivered, stopped) in {(1, 0), (0, 1)}
        [state] = [state for reason, state in talk.states if reason == "undo" or state == "relayed"][1:2] or ["?"]
        assert (state == "undone") == (stopped == 1)
        if "stopped" in race.said:
            assert delivered == 0
        if "sent" in race.said or "Not stopped" in race.said:
            assert delivered == 1


def test_N15_of_a_stop_and_a_release_in_one_moment_one_wins_and_the_other_knows_it(tmp_path: Path) -> None:
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        with a_talk(folder, undo_s=30) as talk:
            race = _Race(talk)
            talk.world.now += timedelta(seconds=30)
            bridge, ready = talk.world.bridge, threading.Barrier(2)
            said: list[str] = []

            def stop(said: list[Any] = said, ready: Any = ready, race: _Race = race, bridge: Any = bridge) -> None:
                offer = offer_behind(race.address[4:36], bridge)
                ready.wait(20)
                try:
                    said.append(use_in_browser(offer, bridge).why_not if offer is not None else "?")
                except Conflict:
                    said.append("sent")

            stopper = threading.Thread(target=stop)
            stopper.start()
            ready.wait(20)
            run_due_screenings(bridge, "test")
            stopper.join(20)
            delivered, stopped = race.ends()
            assert (delivered, said) in [(1, ["sent"]), (0, [""])]
            assert stopped == 1 - delivered


def test_N15_the_setting_off_again_lets_go_what_waits_at_its_time(tmp_path: Path) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        _held(talk)
        store = talk.world.bridge.store
        [row] = store.directory().sellers
        store.set_undo(row.seller.id, 0, talk.world.now)
        assert talk.writes("Another.").code == 250
        assert _relayed(talk.later(HOLD + 1) + talk.later(1)) == ["Yes, it is.", "Another."]


@pytest.mark.parametrize("stops", [True, False])
def test_N15_S13_a_colleagues_answer_is_nothing_to_anybody_while_it_waits(tmp_path: Path, stops: bool) -> None:
    with a_shop(tmp_path, BOTH, takes=True) as world:
        ask(world)
        got = relayed(world)[JAN]
        world.bridge.store.set_undo(the_seller(world).id, 60, world.now)
        answer(world, got, JAN, "On Monday.")
        [(claimed, notice)] = world.take()
        assert claimed.delivery.forward_path.addr_spec == JAN
        assert taken_by(world) is None
        if stops:
            address = stop_address(notice)
            assert world.mail(a_text(JAN, address, ""), address)[0].code == 250
            assert set(told(world)) == {JAN}
        world.now += timedelta(seconds=60)
        sent = [pair[1] for pair in [*world.run_intents(), *world.take()] if pair[0].delivery.kind is PostKind.RELAY]
        to_buyer = [message for message in sent if "On Monday." in (message.body.plain or "")]
        assert (bool(to_buyer), taken_by(world)) == ((False, None) if stops else (True, JAN))
