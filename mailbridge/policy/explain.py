"""Says why a message is judged as it is: what proves its author, what every check found, why each rule applies or not.

The same functions as the path's, with nothing left out. Decides nothing and prints nothing.
"""

from dataclasses import dataclass

from mailbridge.domain.facts import Facts
from mailbridge.domain.ids import RuleId
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Action, Finding, Mode, Verdict
from mailbridge.policy.checks import CHECKS
from mailbridge.policy.factview import FactValue, area_of
from mailbridge.policy.judge import Bench, judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.originator import Proof, proof_of
from mailbridge.policy.plan import Route, Stop
from mailbridge.policy.resolve import resolve
from mailbridge.policy.ruleset import CheckCall, ConditionResult, Rule, RuleSet, default_call


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTrace:
    """One check with its parameters, and what it found."""

    call: CheckCall
    #: honest quotes left out, as for a verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrace:
    """One rule of the market's packs, and why it has a say or none."""

    rule: RuleId
    #: file:line
    place: str
    action: Action
    mode: Mode
    applies: bool
    #: "applies", "condition is broken", "check found nothing", "condition is false", or "not in force: " and by what
    reason: str
    #: what its check found, honest quotes left out; none for a rule that is not in force
    findings: tuple[Finding, ...] = ()
    #: of a condition that is false, the facts that it asks for, in the order of their names
    facts: tuple[tuple[str, FactValue], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything about one message at one forward-path."""

    proof: Proof | None
    outcome: Route | Stop
    #: None where the message stops before the rules
    verdict: Verdict | None = None
    checks: tuple[CheckTrace, ...] = ()
    rules: tuple[RuleTrace, ...] = ()


def explain(message: Message, facts: Facts, ruleset: RuleSet) -> Explanation | Needs:
    """Explain one message; asks for what is missing like `judge`."""
    outcome = resolve(message, facts)
    route = outcome if isinstance(outcome, Route) else outcome.route
    proof = proof_of(message, facts)
    if route is None or facts.marketplace is None:
        return Explanation(proof=proof, outcome=outcome)
    verdict = judge(message, facts, route, ruleset)
    if isinstance(verdict, Needs):
        return verdict
    bench = Bench(message, facts, route)
    rules = tuple(rule for pack in facts.marketplace.rule_packs for rule in ruleset.by_pack.get(pack, ()))
    checks: list[CheckTrace] = []
    for call in _calls(rules):
        findings = bench.findings_of(call)
        if isinstance(findings, Needs):
            return findings
        checks.append(CheckTrace(call=call, findings=findings))
    traces = tuple(trace_rule(rule, bench, facts, route) for rule in rules)
    return Explanation(proof=proof, outcome=outcome, verdict=verdict, checks=tuple(checks), rules=traces)


def _calls(rules: tuple[Rule, ...]) -> tuple[CheckCall, ...]:
    """Every check as the rules call it; with its defaults where no rule does."""
    called = dict.fromkeys(rule.check for rule in rules if rule.check is not None)
    names = {call.name for call in called}
    unused = (default_call(check) for check in CHECKS if check.name not in names)
    return (*called, *unused)


def trace_rule(rule: Rule, bench: Bench, facts: Facts, route: Route) -> RuleTrace:
    """Why this rule has a say about the message on the bench, or none."""
    reason, findings = _reason(rule, bench, facts, route)
    applies = reason in {"applies", "condition is broken"}
    return RuleTrace(
        rule=rule.id,
        place=rule.place,
        action=bench.action_of(rule, findings),
        mode=rule.mode,
        applies=applies,
        reason=reason,
        findings=findings,
        facts=_asked_in_vain(rule, bench, findings) if reason == "condition is false" else (),
    )


def _asked_in_vain(rule: Rule, bench: Bench, findings: tuple[Finding, ...]) -> tuple[tuple[str, FactValue], ...]:
    return tuple(sorted(bench.view_for(rule.condition, findings).items())) if rule.condition is not None else ()


def _reason(rule: Rule, bench: Bench, facts: Facts, route: Route) -> tuple[str, tuple[Finding, ...]]:
    if facts.marketplace is not None:
        area = area_of(facts, route)
        excluded = rule.why_not_in_force(facts.marketplace, area=area, direction=route.direction, on=facts.now.date())
        if excluded:
            return f"not in force: {excluded}", ()
    findings = bench.findings_for(rule)
    if isinstance(findings, Needs) or (rule.check is not None and not findings):
        return "check found nothing", ()
    match bench.applies(rule, findings):
        case ConditionResult.HOLDS:
            return "applies", findings
        case ConditionResult.NOT:
            return "condition is false", findings
        case ConditionResult.BROKEN:
            return "condition is broken", findings
