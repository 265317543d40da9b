"""Finds out whether a message may go when what its rules stop is cut out of it (features.md N-06).

What is left is judged again by the same rules: nothing goes out that they would stop. Sends nothing, and does not
decide whether it is cut: the admin's rule says so (`action: repair`), or the author asks for it.
"""

from dataclasses import dataclass, replace

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import Reason
from mailbridge.domain.verdict import Action, Finding, Judgement, Mode, Place, Verdict
from mailbridge.message.cutting import Cut, without
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.factview import REASON_FACTS
from mailbridge.policy.judge import judge, rules_in_force
from mailbridge.policy.outreach import is_unwanted, outreach_of
from mailbridge.policy.plan import Route
from mailbridge.policy.ruleset import RuleSet

#: where words stand that can be cut out
_IN_TEXT = frozenset(set(Place) - {Place.HEADER, Place.ATTACHMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a message is judged by: the facts, its route, and the rule set in force."""

    facts: Facts
    route: Route
    ruleset: RuleSet


def mended(message: Message, verdict: Verdict, rules: Rules, label: str) -> Message | None:
    """The message without what its rules stop; None where that can not be cut out, or what is left may not go either.

    `label` stands where words were.
    """
    cut = _what_to_cut(message, verdict)
    if not cut:
        return None
    rest = without(message, cut, label)
    if not _says_something(rest, label):
        return None
    again = judge(rest, rules.facts, rules.route, rules.ruleset)
    if not isinstance(again, Verdict) or offences(again):
        return None
    return rest


def offences(verdict: Verdict) -> tuple[Judgement, ...]:
    """Every judgement that keeps the message from going as it is."""
    return tuple(
        judgement
        for judgement in verdict.judgements
        if is_mended_by_cutting(judgement) or (judgement.mode is Mode.ENFORCE and judgement.action >= Action.HOLD)
    )


def reasons_that_help(message: Message, verdict: Verdict, rules: Rules) -> tuple[Reason, ...]:
    """The reasons with which a refused message that a seller starts might go; none where he gave one, or none helps.

    Judged again are only the rules that ask for the reason: what the others found stays as it is.
    """
    outreach = outreach_of(message, rules.facts, rules.route)
    if outreach is None or outreach.reason is not None or verdict.action is not Action.REFUSE:
        return ()
    asking = tuple(
        rule
        for rule in rules_in_force(rules.facts, rules.route, rules.ruleset)
        if rule.condition is not None and rule.condition.names & REASON_FACTS
    )
    if not {judgement.rule for judgement in offences(verdict)} <= {rule.id for rule in asking}:
        return ()  # something stops it that no reason changes
    few = replace(rules, ruleset=RuleSet.of(asking, rules.ruleset.fingerprint, packs=rules.ruleset.by_pack))
    return tuple(reason for reason in Reason if _goes_with(reason, message, few))


def _goes_with(reason: Reason, message: Message, rules: Rules) -> bool:
    facts = replace(rules.facts, pardon=replace(rules.facts.pardon, reason=reason))
    again = judge(message, facts, rules.route, rules.ruleset)
    return isinstance(again, Verdict) and not offences(again)


def is_only_unwanted(message: Message, verdict: Verdict, rules: Rules) -> bool:
    """True for a refused message that would go, had its buyer not opted out (S-15)."""
    outreach, history = outreach_of(message, rules.facts, rules.route), rules.facts.outreach
    if verdict.action is not Action.REFUSE or outreach is None or history is None or not is_unwanted(outreach, history):
        return False
    facts = replace(rules.facts, outreach=replace(history, opt_outs=()))
    again = judge(message, facts, rules.route, rules.ruleset)
    return isinstance(again, Verdict) and not offences(again)


def is_mended_by_cutting(judgement: Judgement) -> bool:
    """True where a rule wants something cut out of the text, and not what relaying repairs by itself."""
    return (
        judgement.mode is Mode.ENFORCE
        and judgement.action is Action.REPAIR
        and not judgement.is_broken
        and not all(CHECKS_BY_NAME[finding.check].is_repaired_by_relaying for finding in judgement.findings)
    )


def _what_to_cut(message: Message, verdict: Verdict) -> Cut:
    """All that its rules stop; nothing where not all of it can be cut out."""
    words: set[str] = set()
    files: set[str] = set()
    names = {attachment.filename for attachment in message.attachments}
    for judgement in offences(verdict):
        if judgement.is_broken or judgement.action is Action.HOLD or not judgement.findings:
            return Cut()
        for finding in judgement.findings:
            if finding.place is Place.ATTACHMENT and finding.words in names:
                files.add(finding.words)
            elif _can_be_cut(finding):
                words.add(finding.words)
            else:
                return Cut()
    return Cut(words=frozenset(words), files=frozenset(files))


def _can_be_cut(finding: Finding) -> bool:
    is_beginning = finding.end - finding.start > len(finding.words)  # of a text that is meant as a whole
    return finding.place in _IN_TEXT and bool(finding.words.strip()) and not is_beginning


def _says_something(rest: Message, label: str) -> bool:
    """True where more is left than labels."""
    said = rest.new_text.replace(label, "")
    return any(character.isalnum() for character in said) or bool(rest.attachments)
