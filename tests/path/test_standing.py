"""What follows breaches on the path: counted, told, barred, suspended, kept back, lifted (S-26, S-28, E-38)."""

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.delivery import Deferred, Delivered, DeliveryState, PostKind
from mailbridge.domain.ids import SanctionId
from mailbridge.domain.parties import Role
from mailbridge.domain.standing import Breach, Sanction, Step
from mailbridge.errors import Conflict, NotPossible
from mailbridge.path import intents, standing
from mailbridge.path.held import release
from mailbridge.path.intents import run_due_intents
from mailbridge.path.post import Withheld
from mailbridge.path.standing import lift_standing, set_standing
from mailbridge.policy.plan import HoldReason
from mailbridge.store.conductrecords import ConductChange, NewSanction
from tests.path.quickladder import DAY, LADDER, MINUTE, Shop, a_shop, plain_of, settle
from tests.path.world import ALIAS_DOMAIN, BUYER, CC_DOOR, CONTACT, SELLER, START, World, a_text, a_world


def _states(world: World, kind: PostKind = PostKind.RELAY) -> list[DeliveryState]:
    rows = world.bridge.store.queue_rows(tuple(DeliveryState), 100)
    return [row.state for row in rows if row.kind is kind and row.reader == "buyer"]


def _events(folder: Path, kind: str) -> list[dict[str, object]]:
    with sqlite3.connect(folder / "store.sqlite") as connection:
        found = connection.execute("SELECT detail FROM events WHERE kind = ? ORDER BY id", (kind,)).fetchall()
    return [json.loads(detail) for (detail,) in found]


def test_S26_S28_from_a_reminder_to_a_suspension_and_back(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        world = shop.world
        [reminder] = shop.breaks_rules()
        assert (shop.stands, reminder.subject) == (Step.REMINDED, "Reminder: messages of yours break rules (Market)")
        [warning] = shop.breaks_rules()
        assert (shop.stands, warning.subject) == (Step.WARNED, "Warning: messages of yours break rules (Market)")
        [bar] = shop.breaks_rules()
        assert (shop.stands, bar.subject) == (Step.BARRED, "For now you cannot start conversations (Market)")
        shop.writes("Yes, it is still there.")
        assert shop.relayed() == ["Yes, it is still there."]

        world.bridge.store.leases_at_commit = False
        shop.writes("Do you want the blue one?")
        world.bridge.store.leases_at_commit = True
        [suspension] = shop.breaks_rules()
        assert (shop.stands, suspension.subject) == (Step.SUSPENDED, "Your messages are suspended (Market)")
        assert _states(world) == [DeliveryState.DELIVERED, DeliveryState.HELD]
        shop.writes("And it is blue.")
        ((_, refusal),) = world.take()
        assert "Why: Your messages are suspended" in plain_of(refusal)

        done = lift_standing(shop.row, "We talked on the phone.", world.bridge)
        assert (done.is_told, shop.stands) == (True, None)
        assert _states(world) == [DeliveryState.DELIVERED, DeliveryState.PENDING]
        said = " ".join(map(plain_of, shop.claimed()))
        assert "We talked on the phone." in said
        assert "Do you want the blue one?" in said
        shop.writes("It is blue indeed.")
        assert shop.relayed() == ["It is blue indeed."]
    assert [event["step"] for event in _events(tmp_path, "seller.sanctioned")] == [
        *("reminded", "warned", "barred", "suspended")
    ]
    [end] = _events(tmp_path, "seller.sanction_lifted")[-1:]
    assert len(end["let_go"]) == 1  # type: ignore[arg-type]  # a list of ids


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("to Anna K., order 48213: No links to other sites", "Two refusals a step.", "no person was involved")),
        (
            "pl",
            ("adresat: Anna K., zamówienie 48213: Bez linków do innych stron", "Dwie odmowy", "bez udziału"),
        ),
        ("it", ("a Anna K., ordine 48213: Niente link ad altri siti", "Due rifiuti", "senza l’intervento di persone")),
        (
            "de",
            ("an Anna K., Bestellung 48213: Keine Links zu anderen Seiten", "Je Schritt", "kein Mensch war"),
        ),
    ],
)
def test_a_step_gives_its_reasons_and_no_secret_of_a_buyer(
    tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    with a_shop(tmp_path, language=language) as shop:
        [notice] = shop.breaks_rules()
    assert notice.authors[0].addr_spec == f"notice@{ALIAS_DOMAIN}"  # an answer reaches a person
    text = plain_of(notice)
    for said in (*words, "2026-11-21 11:01 UTC", "2026-11-21 11:02 UTC"):
        assert said in text
    assert BUYER not in text
    assert "Kowalska" not in text


def test_an_answer_to_the_notice_reaches_the_person_in_charge(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        [notice] = shop.breaks_rules()
        shop.writes("That was our own carrier.", to=notice.authors[0].addr_spec, Cc="")
        ((claimed, _),) = shop.world.take(PostKind.ROLE)
    assert claimed.delivery.forward_path.addr_spec == "operator@market.example"


def test_S28_a_suspension_holds_what_waits_and_what_is_deferred_then_lets_it_go_in_time(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        world, store = shop.world, shop.world.bridge.store
        store.leases_at_commit = False
        for text in ("One.", "Two.", "Three."):
            shop.writes(text)
        claimed = store.claim(world.now, worker="w", limit=2, lease=10 * MINUTE)
        first, second = sorted(claimed, key=lambda one: one.delivery.composed_at)
        set_standing(shop.row, Step.SUSPENDED, 7, "Buyers complained.", world.bridge)
        assert _states(world) == [DeliveryState.PENDING, DeliveryState.PENDING, DeliveryState.HELD]
        assert (store.is_held_back(first.delivery.id), store.is_held_back(second.delivery.id)) == (True, True)
        settle(shop, first, Deferred(diagnostic="busy"), DeliveryState.PENDING)
        settle(shop, second, Delivered(), DeliveryState.DELIVERED)
        assert _states(world) == [DeliveryState.HELD, DeliveryState.DELIVERED, DeliveryState.HELD]
        world.now += 7 * DAY - MINUTE
        assert [message.subject for message in shop.claimed()] == ["Your messages are suspended (Market)"]
        world.now += MINUTE
        assert sorted(plain_of(mail).partition(".")[0] for mail in shop.claimed(again=True)) == ["One", "Three"]
        assert shop.stands is None


def test_what_a_worker_died_with_is_held_at_the_next_claim(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        world, store = shop.world, shop.world.bridge.store
        store.leases_at_commit = False
        shop.writes("One.")
        store.claim(world.now, worker="w", limit=9, lease=MINUTE)
        set_standing(shop.row, Step.SUSPENDED, None, "Buyers complained.", world.bridge)
        world.now += 2 * MINUTE
        claimed = store.claim(world.now, worker="w2", limit=9, lease=MINUTE)
        assert [one.delivery.kind for one in claimed] == [PostKind.NOTICE]
        assert _states(world) == [DeliveryState.HELD]


def test_a_person_may_let_one_kept_mail_go(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        world, store = shop.world, shop.world.bridge.store
        store.leases_at_commit = False
        shop.writes("One.")
        set_standing(shop.row, Step.CLOSED, None, "Buyers complained.", world.bridge)
        [row] = store.queue_rows((DeliveryState.HELD,), 9)
        store.release_delivery(row.id, world.now)
        [claimed] = [c for c in store.claim(world.now, worker="w", limit=9, lease=MINUTE) if c.delivery.id == row.id]
        settle(shop, claimed, Deferred(diagnostic="busy"), DeliveryState.PENDING)
        assert _states(world) == [DeliveryState.PENDING]


def test_another_suspension_keeps_back_what_the_first_kept(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        world = shop.world
        world.bridge.store.leases_at_commit = False
        shop.writes("One.")
        set_standing(shop.row, Step.SUSPENDED, 7, "Buyers complained.", world.bridge)
        set_standing(shop.row, Step.SUSPENDED, 30, "More of them.", world.bridge)
        assert [(s.why, s.is_in_force(world.now)) for s in shop.steps] == [
            ("Buyers complained.", False),
            ("More of them.", True),
        ]
        assert _states(world) == [DeliveryState.HELD]
        set_standing(shop.row, Step.BARRED, 5, "They were few.", world.bridge)
        assert (_states(world), shop.stands) == ([DeliveryState.PENDING], Step.BARRED)


def test_a_buyer_still_reaches_a_suspended_seller(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        set_standing(shop.row, Step.SUSPENDED, None, "Buyers complained.", shop.world.bridge)
        shop.world.mail(a_text(BUYER, CONTACT, "Are you there? (order 48213)", Message_ID="<9@buyer.example>"), CONTACT)
        ((claimed, _),) = shop.world.take(PostKind.RELAY)
    assert claimed.delivery.forward_path.addr_spec == SELLER


def test_S26_a_barred_seller_answers_but_starts_nothing(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        row = world.bridge.store.seller_called("s1", "market")
        [alias] = [a.alias for a in world.bridge.store.aliases() if a.alias.stands_for is Role.BUYER]
        shop = Shop(world, alias.address.addr_spec)
        set_standing(row, Step.BARRED, 5, "Too many offers.", world.bridge)
        shop.writes("Which size do you need? (order 48213)")
        ((_, refusal),) = world.take()
        assert "For now you may answer, but not write first" in plain_of(refusal)
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there? (order 48213)"), CONTACT)
        ((_, question),) = world.take(PostKind.RELAY)
        shop.writes("Yes, it is.", to=question.authors[0].addr_spec)
        assert shop.relayed() == ["Yes, it is."]
        world.now += 5 * DAY
        assert shop.stands is None


def test_S28_what_a_person_releases_counts_no_more_and_ends_the_step(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        world = shop.world
        world.now += timedelta(hours=2)
        shop.writes("See https://acme-shop.example/lamp please.")
        ((_, refusal),) = world.take()
        shop.breaks_rules(1)
        assert (shop.stands,) == (Step.REMINDED,)
        appeal = refusal.reply_to[0].addr_spec
        shop.writes("It is our own carrier.", to=appeal, Cc="")
        [held] = world.bridge.store.held_records(9)
        release(held.record_id, world.bridge)
        [lifted] = shop.told()
        assert "The reminder is taken back" in lifted.subject
        assert "break no rule" in plain_of(lifted)
        assert shop.stands is None
        assert [b.is_dismissed for b in _breaches(shop)] == [False, True]  # newest first


def _breaches(shop: Shop) -> tuple[Breach, ...]:
    return shop.world.bridge.store.conduct(shop.row.seller.id, START - DAY).breaches


def test_only_what_was_enforced_and_told_counts(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        link = "See https://acme-shop.example/lamp please."
        shop.writes(link, to=f"check-{shop.alias}")  # only tried
        shop.writes("Write to us.\n\nBest regards\nMax\nTel. +48 501 234 567")  # repaired below his words
        shop.writes("SHOUTING IS LOUD AND NOT NICE AT ALL!!!!")  # at most warned about
        assert _breaches(shop) == ()
        shop.writes("Our other shop has it too: https://acme-shop.example", to=CC_DOOR, To=f"{BUYER}, {CC_DOOR}", Cc="")
        assert {str(breach.rule) for breach in _breaches(shop)} == {"general.no-outside-link"}
        set_standing(shop.row, Step.SUSPENDED, None, "Buyers complained.", shop.world.bridge)
        shop.writes("Nothing bad.")
        assert len(_breaches(shop)) == 1


def test_a_message_counts_once_with_every_rule_on_record(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        shop.writes("See https://acme-shop.example, write to us@acme-shop.example, or call +48 501 234 567.")
        assert len({breach.record_id for breach in _breaches(shop)}) == 1
        assert len(_breaches(shop)) == 3
        assert shop.told() == []


def test_without_a_ladder_breaches_are_recorded_and_nothing_follows(tmp_path: Path) -> None:
    with a_shop(tmp_path, ladder=LADDER.partition("    steps:")[0] + "    steps: []\n") as shop:
        assert shop.breaks_rules(9) == []
        assert (len(_breaches(shop)), shop.stands) == (9, None)


def test_a_fault_in_the_ladder_takes_no_step_and_keeps_no_mail_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise TypeError("a fault of ours")

    monkeypatch.setattr(standing, "next_step", broken)
    with a_shop(tmp_path) as shop:
        assert shop.breaks_rules() == []
        shop.writes("Yes, it is.")
        assert (shop.relayed(), shop.stands) == (["Yes, it is."], None)
    assert '"where": "standing", "error": "TypeError"' in capsys.readouterr().err


def test_no_ladder_takes_a_step_that_the_seller_can_not_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intents, "post", lambda *_: Withheld(reason=HoldReason.LEAK_GATE, places=("body",)))
    with a_shop(tmp_path) as shop:
        assert shop.breaks_rules() == []
        assert (shop.steps, shop.stands) == ((), None)


def test_of_two_steps_decided_on_the_same_facts_one_is_taken(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        store, now = shop.world.bridge.store, shop.world.now
        seller_id = shop.row.seller.id
        step = Sanction(id=SanctionId("one"), step=Step.WARNED, at=now)
        store.change_conduct(ConductChange(seller_id=seller_id, now=now, taken=NewSanction(sanction=step, number=0)))
        second = NewSanction(sanction=replace(step, id=SanctionId("two")), number=0)
        with pytest.raises(Conflict):
            store.change_conduct(ConductChange(seller_id=seller_id, now=now, taken=second))
        assert [sanction.id for sanction in shop.steps] == ["one"]


def test_two_processes_that_judge_at_once_take_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second to commit looks again, and finds nothing left to do."""
    with a_shop(tmp_path) as shop:
        world = shop.world
        world.now += timedelta(hours=2)
        for _ in range(2):
            shop.writes("See https://acme-shop.example/lamp please.")
        store = world.bridge.store
        stale = store.conduct(shop.row.seller.id, START - DAY)
        with monkeypatch.context() as patched:
            patched.setattr(type(store), "conduct", lambda *_: stale)
            run_due_intents(world.bridge, "test")
        run_due_intents(world.bridge, "test")
        assert [sanction.step for sanction in shop.steps] == [Step.REMINDED]


def test_lifting_nothing_is_said_to_be_impossible(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop, pytest.raises(NotPossible, match="no step is in force"):
        lift_standing(shop.row, "why", shop.world.bridge)
