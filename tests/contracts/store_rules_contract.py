"""What every database must say of the rules that judged mail. Run by `test_store.py`, for each database."""

from dataclasses import replace
from datetime import timedelta

from mailbridge.domain.ids import RecordId, RuleId
from mailbridge.domain.verdict import Action, Judgement, Mode, Verdict
from mailbridge.store.records import LegRecord
from mailbridge.store.rulecounts import RuleCount
from tests.store.world import ANNA, START, World, a_message, a_plan, new_id

_HOUR = timedelta(hours=1)


def _judgement(rule: str, mode: Mode = Mode.ENFORCE, *, is_broken: bool = False) -> Judgement:
    return Judgement(rule=RuleId(rule), action=Action.HOLD, mode=mode, findings=(), is_broken=is_broken)


def _judged(world: World, number: int, *judgements: Judgement, ruleset: str = "f") -> RecordId:
    """A mail received this many hours after the start, with the verdict of these rules."""
    mail = replace(a_message(ANNA), message_id=f"<{number}@anna.test>")
    facts = world.facts(world.contact(), mail, at=START + number * _HOUR)
    facts_seen = (("files.kinds", ("pdf",)), ("order.is_known", True))
    verdict = Verdict(
        action=Action.ALLOW, judgements=judgements, ruleset=ruleset, facts=facts_seen if judgements else ()
    )
    plan = replace(a_plan(world.contact()), verdict=verdict)
    leg = LegRecord(record_id=RecordId(new_id()), plan=plan, dedupe_key=facts.dedupe_key)
    world.commit(facts, mail, leg)
    return leg.record_id


class RuleCountsContract:
    """How often each rule applied."""

    def test_rules_are_counted_by_action_and_mode(self, world: World) -> None:
        _judged(world, 0, _judgement("a"), _judgement("b", Mode.DRY_RUN))
        _judged(world, 1, _judgement("a"))
        _judged(world, 2)
        _judged(world, 3, _judgement("a", is_broken=True), ruleset="g")
        counts = world.store.rule_counts(START, START + 9 * _HOUR)
        assert counts.judged == 4
        assert counts.rules == (
            RuleCount(rule="a", action="hold", mode="enforce", times=2, last_at=START + _HOUR),
            RuleCount(rule="a", action="broken", mode="enforce", times=1, last_at=START + 3 * _HOUR),
            RuleCount(rule="b", action="hold", mode="dry_run", times=1, last_at=START),
        )

    def test_only_mail_of_that_time_counts(self, world: World) -> None:
        for number in range(4):
            _judged(world, number, _judgement("a"))
        counts = world.store.rule_counts(START + _HOUR, START + 3 * _HOUR)
        assert (counts.judged, [count.times for count in counts.rules]) == (2, [2])

    def test_mail_that_no_rule_judged_does_not_count(self, world: World) -> None:
        world.first_mail()
        counts = world.store.rule_counts(START - _HOUR, START + _HOUR)
        assert (counts.judged, counts.rules) == (0, ())

    def test_D13_what_conditions_were_told_is_kept_with_the_verdict(self, world: World) -> None:
        judged, other = _judged(world, 0, _judgement("a")), _judged(world, 1)
        assert world.store.record(judged).facts == ('files.kinds = ["pdf"]', "order.is_known = true")
        assert world.store.record(other).facts == ()
