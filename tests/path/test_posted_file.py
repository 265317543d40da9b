"""Messages of a file that people wrote on the marketplace: checked together, posted one by one (S-32, S-81)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.domain.area import Area
from mailbridge.domain.clocks import WhichClock
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.parties import Role
from mailbridge.domain.trade_batch import TradeMessage
from mailbridge.errors import ImportRejected
from mailbridge.path.posted import Post, post_message
from mailbridge.path.postedfile import post_all
from tests.path.world import BUYER, SELLER, World, a_world, trade

ASKED = TradeMessage(
    marketplace="market",
    reference="m-1",
    seller="s1",
    buyer="b1",
    text="It is broken.",
    area=Area.DISPUTE,
    order="48213",
    conversation="D-7",
    line=1,
)
ANSWERED = replace(ASKED, reference="m-2", text="We send another.", area=None, order="", line=2)


@contextmanager
def _world(folder: Path) -> Iterator[World]:
    batch = trade()
    market = replace(batch.marketplaces[0], cc_address=None)
    with a_world(folder, replace(batch, marketplaces=(market,))) as world:
        yield world


def _posted(world: World, *messages: TradeMessage) -> list[tuple[str, str]]:
    """What became of each."""
    rows = post_all(messages, "posts.jsonl", world.bridge)
    return [(row.message.reference, row.plan.disposition.value if row.plan else row.problem) for row in rows]


def _reached(world: World) -> list[tuple[str, str]]:
    """Who got which words."""
    sent = world.take(PostKind.RELAY)
    return [(one.delivery.forward_path.addr_spec, (mail.body.plain or "").strip()) for one, mail in sent]


def test_S31_S32_S81_a_question_and_the_seller_s_answer_go_the_way_of_mail(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        assert _posted(world, ASKED, ANSWERED) == [("m-1", "relayed"), ("m-2", "relayed")]
        (asked, at_seller), (answered, at_buyer) = world.take(PostKind.RELAY)
        assert [one.delivery.forward_path.addr_spec for one in (asked, answered)] == [SELLER, BUYER]
        assert "It is broken." in (at_seller.body.plain or "")
        assert "We send another." in (at_buyer.body.plain or "")
        assert (at_seller.subject, at_buyer.subject) == (
            "A dispute about order 48213",
            "Re: A dispute about order 48213",
        )
        [row] = world.bridge.store.threads(9)
        assert (row.thread.area, row.thread.market_reference) == (Area.DISPUTE, "D-7")
        [one] = world.bridge.store.rounds(row.thread.id)[WhichClock.HONEST]
        assert one.ending is not None
        assert one.ending.value == "answered"


def test_S67_taken_again_each_counts_once(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        _posted(world, ASKED)
        again = replace(ASKED, reference="m-3", text="And dented.", line=3)
        expected = [("m-1", "duplicate"), ("m-2", "relayed"), ("m-3", "relayed")]
        assert _posted(world, ASKED, ANSWERED, again) == expected
        assert _posted(world, ASKED, ANSWERED, again) == [(name, "duplicate") for name, _ in expected]
        assert len(world.bridge.store.threads(9)) == 1


def test_S31_an_answer_finds_a_conversation_that_was_there_before(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        post = Post(market="market", seller="s1", buyer="b1", area=Area.TICKET, text="I need it.", reference="D-7")
        post_message(post, world.bridge)
        post_message(replace(post, text="Hello?", area=Area.QUESTION, reference="Q-1"), world.bridge)
        world.take()
        assert _posted(world, ANSWERED) == [("m-2", "relayed")]
        rows = [row.thread for row in world.bridge.store.threads(9) if row.thread.last_by is Role.SELLER]
        assert [thread.market_reference for thread in rows] == ["D-7"]


def test_rules_and_masking_hold_for_them(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        phoned = replace(ANSWERED, text="Call +48 601 234 567 or see https://acme-shop.example/pay")
        assert _posted(world, ASKED, phoned) == [("m-1", "relayed"), ("m-2", "refused")]
        assert [to for to, _ in _reached(world)] == [SELLER]


@pytest.mark.parametrize(
    ("changed", "key", "words"),
    [
        ({"marketplace": "m9"}, "marketplace", "no marketplace has the reference m9"),
        ({"seller": "s9"}, "seller", "no seller of this marketplace has the reference s9"),
        ({"buyer": "b9"}, "buyer", "no buyer of this marketplace has the reference b9"),
        ({"order": "99999"}, "order", "order 99999 is not of the two"),
        ({"order": "", "offer": "99999"}, "offer", "offer 99999 is not of the two"),
        ({"order": "48 213"}, "order", "can not stand in an address"),
        ({"area": Area.ORDER, "order": ""}, "area", "needs the order"),
        ({"text": " \n"}, "text", "there is no text"),
        ({"area": None, "conversation": "D-9"}, "conversation", "have no conversation D-9"),
    ],
)
def test_one_that_can_not_be_posted_keeps_all_from_it_and_is_said_with_line_and_field(
    tmp_path: Path, changed: dict[str, object], key: str, words: str
) -> None:
    with _world(tmp_path) as world:
        odd = replace(ASKED, reference="m-9", line=9, **changed)  # type: ignore[arg-type]  # by name, for tests
        with pytest.raises(ImportRejected) as rejected:
            _posted(world, ASKED, odd)
        [problem] = rejected.value.problems
        assert (problem.file, problem.line, problem.key) == ("posts.jsonl", 9, key)
        assert words in problem.reason
        assert world.bridge.store.threads(9) == ()
        assert world.take() == []


def test_an_answer_to_what_was_held_back_is_not_posted_as_another_conversation(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        refused = replace(ASKED, text="Write to me: anna@private-mail.example, +48 601 234 567")
        (_, first), (_, second) = _posted(world, refused, ANSWERED)
        assert first in {"refused", "held"}
        assert second == "the two have no conversation D-7"
        assert world.bridge.store.threads(9) == ()
