"""Threads know each side's words; verdicts know which rule decided."""

from dataclasses import replace

import pytest

from mailbridge.domain.ids import BuyerId, MarketplaceId, RuleId, SellerId, ThreadId
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Thread, ThreadMessageIds
from mailbridge.domain.verdict import Action, Judgement, Mode, Verdict


def test_T4_each_side_knows_a_message_by_its_own_id() -> None:
    ids = ThreadMessageIds(for_buyer="<b@x.example>", for_seller=None)
    assert (ids.known_to(Role.BUYER), ids.known_to(Role.SELLER)) == ("<b@x.example>", None)


def test_each_side_keeps_its_own_subject() -> None:
    thread = Thread(
        id=ThreadId("t"),
        marketplace_id=MarketplaceId("m"),
        seller_id=SellerId("s"),
        buyer_id=BuyerId("b"),
        subject_for_buyer="Hose",
        subject_for_seller="[48213] Hose",
    )
    assert (thread.subject_for(Role.BUYER), thread.subject_for(Role.SELLER)) == ("Hose", "[48213] Hose")


def _judgement(rule: str, action: Action, mode: Mode = Mode.ENFORCE) -> Judgement:
    return Judgement(rule=RuleId(rule), action=action, mode=mode, findings=())


def test_the_deciding_rules_are_the_enforced_ones_of_the_strictest_action() -> None:
    verdict = Verdict(
        action=Action.REFUSE,
        judgements=(
            _judgement("decides", Action.REFUSE),
            _judgement("milder", Action.WARN),
            _judgement("tried", Action.REFUSE, Mode.DRY_RUN),
            _judgement("told", Action.REFUSE, Mode.WARN),
        ),
    )
    assert [judgement.rule for judgement in verdict.deciding] == ["decides"]


@pytest.mark.parametrize(
    ("action", "mode", "is_told"),
    [
        (Action.WARN, Mode.ENFORCE, True),
        (Action.REFUSE, Mode.WARN, True),
        (Action.REFUSE, Mode.ENFORCE, False),
        (Action.WARN, Mode.DRY_RUN, False),
        (Action.REFUSE, Mode.DRY_RUN, False),
    ],
)
def test_a_warning_is_told_and_a_dry_run_never(action: Action, mode: Mode, is_told: bool) -> None:
    verdict = Verdict(action=Action.ALLOW, judgements=(_judgement("r", action, mode),))
    assert (len(verdict.warnings) == 1) is is_told


def test_a_rule_that_could_not_be_evaluated_tells_the_author_nothing() -> None:
    broken = replace(_judgement("broken", Action.HOLD, Mode.WARN), is_broken=True)
    verdict = Verdict(action=Action.ALLOW, judgements=(broken,))
    assert (verdict.warnings, verdict.breaches) == ((), ())


def test_a_breach_is_what_a_rule_would_have_done_something_about() -> None:
    judgements = (
        _judgement("refuses", Action.REFUSE),
        _judgement("repairs", Action.REPAIR),
        _judgement("told", Action.REFUSE, Mode.WARN),
        _judgement("tried", Action.REFUSE, Mode.DRY_RUN),
        _judgement("allows", Action.ALLOW),
    )
    assert [j.rule for j in Verdict(action=Action.REFUSE, judgements=judgements).breaches] == [
        "refuses",
        "repairs",
        "told",
    ]
