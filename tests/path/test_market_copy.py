"""The marketplace's CC address in mail through an alias: repaired and kept, warned about, or refused (S-73, C8)."""

from pathlib import Path

import pytest

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.reply import ACCEPTED
from tests.path.test_repair import Talk, talking
from tests.path.world import BUYER, CC_DOOR, SELLER, a_text, answer_to
from tests.rulefiles.packs import RULE

_CHECKED = RULE.replace("email_address", "required_cc_missing")
_RULE = _CHECKED.replace("    action:", "    directions: [to_buyer]\n    action:")


def _rule(action: str, mode: str = "enforce") -> str:
    return _RULE.replace("action: refuse", f"action: {action}").replace("mode: enforce", f"mode: {mode}")


def _copied(message: Message) -> list[str]:
    return [mailbox.addr_spec for mailbox in message.cc]


def _relayed(posted: list[tuple[ClaimedDelivery, Message]]) -> Message:
    [message] = [message for claimed, message in posted if claimed.delivery.kind is PostKind.RELAY]
    return message


def test_S73_a_rule_that_repairs_adds_the_copy_and_the_conversation_keeps_it(tmp_path: Path) -> None:
    with talking(tmp_path, _rule("repair")) as talk:
        relayed = _relayed(talk.answer("Yes, it is."))
        assert _copied(relayed) == [CC_DOOR]
        to, octets = answer_to(relayed, BUYER, "Thank you.")
        assert talk.world.mail(octets, to) == (ACCEPTED,)
        assert _copied(_relayed(talk.world.take())) == [CC_DOOR]


def test_S73_C7_reply_all_to_alias_and_copy_brings_one_mail(tmp_path: Path) -> None:
    with talking(tmp_path, _rule("repair")) as talk:
        relayed = _relayed(talk.answer("Yes, it is."))
        to, octets = answer_to(relayed, BUYER, "Thank you.")
        both = octets.replace(b"\r\nSubject:", f"\r\nCc: {CC_DOOR}\r\nSubject:".encode(), 1)
        assert talk.world.mail(both, to, CC_DOOR) == (ACCEPTED, ACCEPTED)
        assert _copied(_relayed(talk.world.take())) == [CC_DOOR]


@pytest.mark.parametrize(("action", "mode"), [("warn", "enforce"), ("repair", "warn"), ("repair", "dry_run")])
def test_S73_a_rule_that_only_warns_changes_nothing_of_the_mail(tmp_path: Path, action: str, mode: str) -> None:
    with talking(tmp_path, _rule(action, mode)) as talk:
        posted = talk.answer("Yes, it is.")
        assert _copied(_relayed(posted)) == []
        warned = [message for claimed, message in posted if claimed.delivery.kind is PostKind.NOTICE]
        assert [CC_DOOR in (notice.body.plain or "") for notice in warned] == ([] if mode == "dry_run" else [True])


def test_S73_a_rule_that_refuses_names_the_address_and_the_mail_with_it_goes(tmp_path: Path) -> None:
    with talking(tmp_path, _rule("refuse")) as talk:
        [(claimed, notice)] = talk.answer("Yes, it is.")
        assert (claimed.delivery.kind, CC_DOOR in (notice.body.plain or "")) == (PostKind.NOTICE, True)
        assert _copied(_relayed(_with_copy(talk))) == [CC_DOOR]


def test_C8_a_copy_that_the_author_wrote_is_shown_to_the_other_side(tmp_path: Path) -> None:
    with talking(tmp_path, _rule("warn")) as talk:
        assert _copied(_relayed(_with_copy(talk))) == [CC_DOOR]
        assert _copied(_relayed(talk.answer("One thing more.", 3))) == [CC_DOOR]


def test_C1_the_copy_counts_in_any_case(tmp_path: Path) -> None:
    with talking(tmp_path, _rule("refuse")) as talk:
        assert _copied(_relayed(_with_copy(talk, CC_DOOR.upper()))) == [CC_DOOR]


def _with_copy(talk: Talk, cc: str = CC_DOOR) -> list[tuple[ClaimedDelivery, Message]]:
    octets = a_text(SELLER, talk.to, "Yes, it is here.", subject="Re: A question", Cc=cc)
    assert talk.world.mail(octets, talk.to) == (ACCEPTED,)
    return talk.world.take()
