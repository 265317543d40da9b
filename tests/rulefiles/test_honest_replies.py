"""No shipped pack keeps back an honest reply of a seller, with the general pack beside it."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbridge.domain.parties import Direction
from mailbridge.domain.thread import Area
from mailbridge.domain.verdict import Action, Verdict
from mailbridge.message.parse import parse
from mailbridge.policy.judge import judge
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import read_packs
from mailbridge.rulefiles.scene import Person, Scene, a_market, an_order

_OPEN = Path(__file__).parents[1] / "policy" / "held_out" / "honest_open.toml"
_REPLIES = tomllib.loads(_OPEN.read_text(encoding="utf-8"))["reply"]
_RULES, _PACKS = read_packs((data_folder("rules"),))
_MARKETS = sorted(pack.name for pack in _PACKS if pack.name != "general")
_NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)


def _action(reply: dict[str, str], pack: str) -> Action:
    """What becomes of this reply about an order."""
    person = Person(language=reply["language"])
    market = replace(a_market(pack, pack), rule_packs=("general", pack), cc_address=None)
    scene = Scene(
        market=market,
        direction=Direction.TO_BUYER,
        author=person,
        reader=person,
        area=Area.ORDER,
        order=an_order(),
        is_about_order=True,
    )
    content = (
        "From: shop@acme.example\r\nTo: bbbbbbbbbbbbbbbb@bridge.example\r\n"
        f"Subject: {reply['subject']}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + reply["text"].strip().replace("\n", "\r\n")
    ).encode()
    message = parse(content)
    verdict = judge(message, scene.facts(message, content, _NOW), scene.route, _RULES)
    assert isinstance(verdict, Verdict)
    return verdict.action


@pytest.mark.parametrize("pack", _MARKETS)
def test_an_honest_reply_goes_out_as_it_is(pack: str) -> None:
    assert [reply["id"] for reply in _REPLIES if _action(reply, pack) > Action.WARN] == []
