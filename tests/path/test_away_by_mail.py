"""Somebody of a shop says by mail to test@ that he is away, or there again (S-13), through the whole path."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain import reply as replies
from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.path.intents import run_due_intents
from mailbridge.policy.staff import terms_of
from tests.path.staffing import BOTH, DAY, JAN, OLA, a_shop, ask, relayed, the_seller
from tests.path.world import ALIAS_DOMAIN, BUYER, SELLER, START, World, a_text, a_world, trade

TEST = f"test@{ALIAS_DOMAIN}"
SHOP = {
    SELLER: StaffTerms(name="Eva", gets=Gets.ALL),
    JAN: StaffTerms(name="Jan", role=StaffRole.AGENT),
    OLA: StaffTerms(name="Ola", role=StaffRole.OBSERVER),
}


def _says(world: World, text: str, author: str = SELLER, **fields: str) -> list[Message]:
    """A mail to test@; the answers to it."""
    assert world.mail(a_text(author, TEST, text, **fields), TEST) == (ACCEPTED,)
    sent = world.run_intents() + world.take()
    first = [(claimed.delivery, message) for claimed, message in sent if claimed.fencing_token == 1]
    notices = [(delivery, message) for delivery, message in first if delivery.kind is PostKind.NOTICE]
    return [message for delivery, message in notices if delivery.forward_path.addr_spec == author]


def _terms(world: World, address: str = SELLER) -> StaffTerms:
    [found] = [mailbox for mailbox in the_seller(world).mailboxes if mailbox.address.addr_spec == address]
    return terms_of(found)


def _text(message: Message) -> str:
    return message.body.plain or ""


def test_S13_away_with_a_stand_in_and_back_again_by_mail(tmp_path: Path) -> None:
    with a_shop(tmp_path, SHOP) as world:
        [told] = _says(world, "#away until 2026-12-10 #standin Jan")
        assert told.subject == "You are away until 2026-12-10 00:00 UTC (Acme, Market)"
        for said in ("Meanwhile they go to Jan.", f"#back to {TEST}"):
            assert said in _text(told)
        assert told.automatic.value == "replied"
        ask(world)
        assert set(relayed(world)) == {JAN}
        world.run_intents()
        [told] = _says(world, "#back", Message_ID="<2@c.example>")
        assert told.subject == "You are there (Acme, Market)"
        ask(world, "And the other?", subject="Re: Order 48213")
        assert set(relayed(world)) == {SELLER}
        assert _terms(world) == SHOP[SELLER]  # nothing else of it changed


def test_S13_it_ends_by_itself_when_the_day_begins(tmp_path: Path) -> None:
    with a_shop(tmp_path, SHOP) as world:
        _says(world, "#away until 2026-11-23 #standin Jan")
        world.now = START + DAY
        ask(world)
        assert set(relayed(world)) == {JAN}
        world.now = START + 2 * DAY
        ask(world, "And the other?", subject="Re: Order 48213")
        assert set(relayed(world)) == {SELLER}


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [
        ("en", "#away until 10 December", "Meanwhile they go to colleagues"),
        ("pl", "#nieobecna do 10 grudnia", "Do tego czasu dostają je osoby"),
        ("it", "#assente fino al 10 dicembre", "Nel frattempo li ricevono i colleghi"),
        ("de", "#abwesend bis 10. Dezember", "Bis dahin bekommen sie Kollegen"),
    ],
)
def test_S13_in_each_language(tmp_path: Path, language: str, words: str, answer: str) -> None:
    batch = trade()
    with a_world(tmp_path, replace(batch, sellers=(replace(batch.sellers[0], language=language),))) as world:
        [told] = _says(world, words)
        assert "2026-12-10" in told.subject
        assert answer in _text(told)


@pytest.mark.parametrize("words", ["#away", "#away until Friday", "#away until 2026-11-20", "#away until 4/5/2027"])
def test_S13_a_day_that_is_none_is_answered_and_changes_nothing(tmp_path: Path, words: str) -> None:
    away = replace(SHOP[SELLER], away_until=START + 9 * DAY, stand_in=RealAddress(JAN))
    with a_shop(tmp_path, SHOP | {SELLER: away}) as world:
        [told] = _says(world, words)
        assert told.subject.startswith("Not changed: you are away until 2026-11-30")
        assert "#away until 2026-12-05" in _text(told)
        assert _terms(world) == away


@pytest.mark.parametrize("name", ["Ola", "Eva", "Nobody"])
def test_S13_a_stand_in_who_can_not_is_answered_with_those_who_can(tmp_path: Path, name: str) -> None:
    with a_shop(tmp_path, SHOP) as world:
        [told] = _says(world, f"#away until 2026-12-10 #standin {name}")
        assert told.subject == "Not changed: you are there (Acme, Market)"
        assert "These can:\n- Jan\n" in _text(told).replace("\r\n", "\n")
        assert "Ola" not in _text(told)
        assert _terms(world) == SHOP[SELLER]


def test_S13_each_speaks_for_his_own_mailbox(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        _says(world, "#away until 2026-12-10", author=JAN)
        assert _terms(world, JAN).away_until is not None
        assert _terms(world).away_until is None
        ask(world)
        assert set(relayed(world)) == {SELLER}


def test_S13_D9_who_proves_nothing_changes_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, SHOP) as world:
        world.resolver.records.clear()
        reply = world.mail(a_text(SELLER, TEST, "#away until 2026-12-10"), TEST)
        assert reply == (replies.MAILBOX_TEST_FAILED,)
        assert world.run_intents() == []
        assert _terms(world) == SHOP[SELLER]


@pytest.mark.parametrize("fields", [{"Auto_Submitted": "auto-replied"}, {"To": "somebody@elsewhere.example"}])
def test_S13_T39_no_robot_changes_it_nor_mail_that_was_not_addressed_here(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    with a_shop(tmp_path, SHOP) as world:
        octets = a_text(SELLER, fields.pop("To", TEST), "#away until 2026-12-10", **fields)
        world.mail(octets, TEST)
        assert [message for _, message in world.run_intents() + world.take()] == []
        assert _terms(world) == SHOP[SELLER]


def test_S13_the_same_mail_again_changes_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, SHOP) as world:
        octets = a_text(SELLER, TEST, "#back", Message_ID="<back@c.example>")
        assert world.mail(octets, TEST) == (ACCEPTED,)
        run_due_intents(world.bridge, "test")
        _says(world, "#away until 2026-12-10")
        world.now += timedelta(days=9)
        assert world.mail(octets, TEST) == (replies.ALREADY_ACCEPTED,)
        run_due_intents(world.bridge, "test")
        assert _terms(world).away_until is not None


def test_S13_a_buyer_is_nobody_s_staff(tmp_path: Path) -> None:
    with a_shop(tmp_path, SHOP) as world:
        [told] = _says(world, "#away until 2026-12-10", author=BUYER)
        assert told.subject == "Test passed: your mailbox works with Market"


def test_S13_a_mailbox_of_two_shops_is_away_for_both(tmp_path: Path) -> None:
    batch = trade()
    [shop] = batch.sellers
    box = Mailbox(address=RealAddress(SELLER))
    other = replace(shop, reference="s2", name="Other", contact="other", mailboxes=(box,))
    with a_world(tmp_path, replace(batch, sellers=(shop, other))) as world:
        told = _says(world, "#away until 2026-12-10")
        assert sorted(message.subject for message in told) == [
            f"You are away until 2026-12-10 00:00 UTC ({name}, Market)" for name in ("Acme", "Other")
        ]
        sellers = [row.seller for row in world.bridge.store.directory().sellers]
        assert all(terms_of(seller.mailboxes[0]).away_until is not None for seller in sellers)
