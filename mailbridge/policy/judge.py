"""Judges one message by the rules in force: which apply, what they found, what follows (design.md D12).

A pure function of message, facts, route and rule set: the same verdict tomorrow (promise 4). Does not choose what
is sent or said; that is `planning.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from mailbridge.domain.facts import Facts, RecordOnlyDestination
from mailbridge.domain.ids import RuleId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import JudgedBy, Outreach
from mailbridge.domain.parties import Direction, Seller
from mailbridge.domain.verdict import MISSING_PACK, Action, Finding, Judgement, Mode, Place, Verdict
from mailbridge.message.subjects import strip_prefixes
from mailbridge.policy.attachments import judgements_on_files
from mailbridge.policy.checks import CHECKS, CHECKS_BY_NAME
from mailbridge.policy.factview import (
    CHECKS_FACT,
    HISTORY_FACTS,
    PACE_FACTS,
    TOPIC_FACTS,
    FactValue,
    area_of,
    facts_of_findings,
    facts_of_message,
    facts_of_topics,
)
from mailbridge.policy.htmlform import HtmlForm
from mailbridge.policy.needs import FormText, Needs, PaceAsked
from mailbridge.policy.notices import language_for_author
from mailbridge.policy.originator import party_writing
from mailbridge.policy.outreach import outreach_of
from mailbridge.policy.plan import Route
from mailbridge.policy.quoting import DeliveredTexts, without_known
from mailbridge.policy.ruleset import CheckCall, Condition, ConditionResult, Rule, RuleSet, default_call
from mailbridge.policy.sametext import form_text_of
from mailbridge.policy.scanning import integer

#: facts that stand in the record as texts, or in each judgement
_KEPT_ELSEWHERE = (
    "message.text",
    "message.html_text",
    "message.subject",
    "message.signature",
    "files.names",
    "findings.",
)
#: facts that are not known before the rule's check has looked
_OF_WHAT_IS_FOUND = "findings."
#: how many messages of one seller may be on their way at once without being judged again by what the others left
_SLACK = (8, 64)
_BELOW = (Place.SIGNATURE, Place.IMPRINT)
_QUOTED = (Place.QUOTED_TEXT, Place.QUOTED_HTML)
_COUNT_COPIES = frozenset(check.name for check in CHECKS if check.counts_copies)
_COUNT_COPIES_FACTS = frozenset(f"{CHECKS_FACT}{name}" for name in _COUNT_COPIES)


def judge(message: Message, facts: Facts, route: Route, ruleset: RuleSet) -> Verdict | Needs:
    """The verdict of every rule in force at the time of receipt."""
    rules = rules_in_force(facts, route, ruleset)
    pace_of = _pace_missing(facts, route, rules)
    started = _outreach_missing(message, facts, route, rules)
    if started is not None or pace_of is not None:
        return Needs(outreach_of=started, pace_of=pace_of)
    bench = Bench(message, facts, route)
    copies_of = _copies_missing(message, facts, rules, bench)
    if copies_of is not None:
        return Needs(copies_of=copies_of)  # before texts are looked at: that is done once, with the answer
    judgements: list[Judgement] = [*_missing_packs(facts, ruleset), *judgements_on_files(facts)]
    for rule in rules:
        findings = bench.findings_for(rule)
        if isinstance(findings, Needs):
            return findings
        if not findings and rule.check is not None:
            continue  # most rules of most mails
        judgement = bench.judgement(rule, findings)
        if judgement is not None:
            judgements.append(judgement)
    enforced = [j.action for j in judgements if j.mode is Mode.ENFORCE]
    return Verdict(
        action=max(enforced, default=Action.ALLOW),
        judgements=tuple(judgements),
        ruleset=ruleset.fingerprint,
        facts=bench.facts_seen(),
    )


def judged_by(message: Message, facts: Facts, route: Route, ruleset: RuleSet) -> JudgedBy | None:
    """The counts behind the verdict on a message that its seller starts; None where no rule asked for them."""
    history, outreach = facts.outreach, outreach_of(message, facts, route)
    if history is None or outreach is None or facts.pardon.content_released:
        return None
    rules = rules_in_force(facts, route, ruleset)
    counting = tuple(rule for rule in rules if rule.condition is not None and rule.condition.names & HISTORY_FACTS)
    said = _said(message, facts, route, counting)
    slack = 0
    for more in _SLACK:
        later = replace(facts, outreach=replace(history, sent_today=history.sent_today + more))
        if _said(message, later, route, counting) == said:
            slack = more
    return JudgedBy(number=history.number, about_order=history.about_order.count(outreach.reason), slack=slack)


def _said(message: Message, facts: Facts, route: Route, rules: tuple[Rule, ...]) -> list[ConditionResult]:
    bench = Bench(message, facts, route)
    found = ((rule, bench.findings_for(rule)) for rule in rules)
    return [bench.applies(rule, findings) for rule, findings in found if not isinstance(findings, Needs)]


def rules_in_force(facts: Facts, route: Route, ruleset: RuleSet) -> tuple[Rule, ...]:
    """The rules that have a say about this message: by pack, market, area, direction and day of receipt."""
    if facts.marketplace is None:
        return ()
    area = area_of(facts, route)
    return ruleset.in_force(facts.marketplace, area=area, direction=route.direction, on=facts.now.date())


def _missing_packs(facts: Facts, ruleset: RuleSet) -> list[Judgement]:
    """A market whose pack was not read is not a market without rules: its mail is held."""
    missing = ruleset.missing_packs(facts.marketplace) if facts.marketplace is not None else ()
    return [
        Judgement(
            rule=RuleId(f"{MISSING_PACK}{pack}"), action=Action.HOLD, mode=Mode.ENFORCE, findings=(), is_broken=True
        )
        for pack in missing
    ]


def _outreach_missing(message: Message, facts: Facts, route: Route, rules: tuple[Rule, ...]) -> Outreach | None:
    """The message that a seller starts, where a rule asks what went before and nobody has said."""
    if facts.outreach is not None:
        return None
    outreach = outreach_of(message, facts, route)
    if outreach is None or not any(rule.condition and rule.condition.names & HISTORY_FACTS for rule in rules):
        return None
    return outreach


def _pace_missing(facts: Facts, route: Route, rules: tuple[Rule, ...]) -> PaceAsked | None:
    """The seller whose pace a rule asks for and nobody has said."""
    author = party_writing(facts)
    if facts.pace is not None or route.direction is not Direction.TO_BUYER or not isinstance(author, Seller):
        return None
    if not any(rule.condition and rule.condition.names & PACE_FACTS for rule in rules):
        return None
    return PaceAsked(seller_id=author.id, thread_id=route.thread_id)


def _copies_missing(message: Message, facts: Facts, rules: tuple[Rule, ...], bench: "Bench") -> FormText | None:
    """The text whose copies a rule counts that may apply; None where none does, it is known, or the text is short."""
    if facts.copies is not None:
        return None
    calls = (call for rule in rules for call in _calls_that_count_copies(rule) if bench.may_apply(rule))
    min_letters = min((integer(dict(call.parameters), "min_letters") for call in calls), default=None)
    if min_letters is None:
        return None
    form = form_text_of(message, facts)
    return form if form is not None and len(form.text) >= min_letters else None


def _calls_that_count_copies(rule: Rule) -> Iterator[CheckCall]:
    if rule.check is not None and rule.check.name in _COUNT_COPIES:
        yield rule.check
    if rule.condition is not None:
        for fact in rule.condition.names & _COUNT_COPIES_FACTS:
            yield default_call(CHECKS_BY_NAME[fact.removeprefix(CHECKS_FACT)])


class Bench:
    """One message on trial: every check is made once, the facts for conditions are gathered only when one asks."""

    def __init__(self, message: Message, facts: Facts, route: Route) -> None:
        self._message = message
        self._facts = facts
        self._route = route
        self._html = HtmlForm(message)
        self._found: dict[CheckCall, tuple[Finding, ...]] = {}
        self._view: dict[str, FactValue] | None = None
        self._seen: dict[str, FactValue] = {}

    @cached_property
    def _read(self) -> Message:
        """The message without what was there before: what texts are looked for in."""
        return _without_known_words(self._message, self._facts, self._route)

    def may_apply(self, rule: Rule) -> bool:
        """False where the rule's condition is false whatever its check finds."""
        condition = rule.condition
        if condition is None or any(name.startswith(_OF_WHAT_IS_FOUND) for name in condition.names):
            return True
        asked = [call for call in _asked_for(condition) if call.name not in _COUNT_COPIES]
        if len(asked) < len(_asked_for(condition)) or any(isinstance(self.findings_of(call), Needs) for call in asked):
            return True
        return condition.evaluate(self.view_for(condition, ())) is not ConditionResult.NOT

    def findings_for(self, rule: Rule) -> tuple[Finding, ...] | Needs:
        """What the rule's check found, without honest quotes."""
        findings = self.findings_of(rule.check) if rule.check is not None else ()
        if isinstance(findings, Needs) or (rule.check is not None and not findings):
            return findings
        for asked in _asked_for(rule.condition):
            found = self.findings_of(asked)
            if isinstance(found, Needs):
                return found
        return findings

    def findings_of(self, call: CheckCall) -> tuple[Finding, ...] | Needs:
        """What this check found, without honest quotes."""
        found = self._found.get(call)
        if found is not None:
            return found
        judged = self._without_honest_quotes(self._find(call))
        if not isinstance(judged, Needs):
            self._found[call] = judged
        return judged

    def _find(self, call: CheckCall) -> tuple[Finding, ...]:
        """What the check finds in the message, and in what only its HTML form shows."""
        check, parameters = CHECKS_BY_NAME[call.name], dict(call.parameters)
        found = check.find(self._read if check.reads_texts else self._message, self._facts, parameters)
        if not check.reads_texts or self._message.body.html is None:
            return found
        return found + self._html.findings(lambda message: check.find(message, self._facts, parameters))

    def judgement(self, rule: Rule, findings: tuple[Finding, ...]) -> Judgement | None:
        """What this rule says, or None when it does not apply."""
        result = self.applies(rule, findings)
        return None if result is ConditionResult.NOT else self._applied(rule, findings, result)

    def applies(self, rule: Rule, findings: tuple[Finding, ...]) -> ConditionResult:
        """Whether a rule in force applies to what its check found."""
        if rule.check is not None and not findings:
            return ConditionResult.NOT
        return (
            rule.condition.evaluate(self.view_for(rule.condition, findings))
            if rule.condition is not None
            else ConditionResult.HOLDS
        )

    def _without_honest_quotes(self, found: tuple[Finding, ...]) -> tuple[Finding, ...] | Needs:
        if not found or not any(finding.place in _QUOTED for finding in found):
            return found
        if isinstance(self._facts.destination, RecordOnlyDestination):
            # What is quoted came directly too: nothing of it is on record, and nothing could be hidden in it from us.
            return tuple(finding for finding in found if finding.place not in _QUOTED)
        history = self._facts.history
        if history is None and self._route.thread_id is not None:
            return Needs(history_of=self._route.thread_id)
        delivered = DeliveredTexts(history or ())
        return tuple(f for f in found if f.place not in _QUOTED or not self._is_delivered(f, delivered))

    def _is_delivered(self, finding: Finding, delivered: DeliveredTexts) -> bool:
        if finding.place is Place.QUOTED_TEXT:
            return delivered.contain(finding, self._message.quoted_text)
        words = finding.words  # in HTML there is no span
        return delivered.contain(replace(finding, start=0, end=len(words)), words)

    def action_of(self, rule: Rule, findings: tuple[Finding, ...]) -> Action:
        """What the rule asks for, where it applies to what its check found."""
        return rule.in_signature if rule.in_signature is not None and self._are_below(findings) else rule.action

    def _are_below(self, findings: tuple[Finding, ...]) -> bool:
        return bool(findings) and all(map(self._is_below, findings))

    def _is_below(self, finding: Finding) -> bool:
        """True where it stands below the author's words: in his formula at the end, signature or imprint."""
        if finding.place is Place.NEW_TEXT:
            return finding.start >= self._message.sign_off_at
        return finding.place in _BELOW or (finding.place is Place.HTML and self._html.is_below(finding.words))

    def facts_seen(self) -> tuple[tuple[str, bool | int | str | tuple[str, ...]], ...]:
        """What conditions asked for and were told so far, sorted; texts that are on record by themselves left out."""
        return tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in sorted(self._seen.items())
            if not name.startswith(_KEPT_ELSEWHERE)
        )

    def view_for(self, condition: Condition, findings: tuple[Finding, ...]) -> Mapping[str, FactValue]:
        """The facts that the condition asks for: a check that nobody asks for is not made."""
        if self._view is None:
            html_text = self._html.strange_text()
            self._view = facts_of_message(self._message, self._facts, self._route, html_text=html_text)
        known = self._view
        view = {name: known[name] for name in condition.names if name in known}
        if len(view) < len(condition.names):
            checks = {f"{CHECKS_FACT}{call.name}": self._count(call) for call in _asked_for(condition)}
            more = facts_of_findings(findings, below=sum(map(self._is_below, findings))) | checks
            if condition.names & TOPIC_FACTS:
                more |= facts_of_topics(self._message)
            view |= {name: more[name] for name in condition.names if name in more}
        self._seen |= view
        return view

    def _count(self, call: CheckCall) -> int:
        found = self.findings_of(call)
        return 0 if isinstance(found, Needs) else len(found)  # `findings_for` asked for it before

    def _applied(self, rule: Rule, findings: tuple[Finding, ...], result: ConditionResult) -> Judgement:
        language = language_for_author(self._message, self._facts)
        is_broken = result is ConditionResult.BROKEN
        return Judgement(
            rule=rule.id,
            # A rule that can not be evaluated holds the message (I10); one that does not count only says so.
            action=Action.HOLD if is_broken else self.action_of(rule, findings),
            mode=rule.mode,
            findings=findings,
            title=rule.title[language],
            text=rule.text[language],
            fix=rule.fix[language],
            source=rule.source,
            source_date=rule.source_date,
            severity=rule.severity,
            is_below=self._are_below(findings),
            is_broken=is_broken,
        )


def _without_known_words(message: Message, facts: Facts, route: Route) -> Message:
    """What the author wrote anew, as far as that is cheap to tell: without quotes that are known by their mark, and
    without a subject that both sides have on record, since the reader gets it as it is there."""
    author = facts.author_role
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    if thread is None or author is None:
        return message
    # A subject that only its author knows, as of a note for himself, was never judged.
    is_kept = bool(thread.subject_for(author.other)) and strip_prefixes(message.subject) == thread.subject_for(author)
    marks = (ids.text for ids in reversed(thread.message_ids) if ids.text and ids.text.reader is author)
    quoted_text = without_known(message.quoted_text, marks) if message.quoted_text else ""
    return replace(message, quoted_text=quoted_text, subject="" if is_kept else message.subject)


def _asked_for(condition: Condition | None) -> tuple[CheckCall, ...]:
    """The checks, with their defaults, whose findings a condition counts."""
    if condition is None:
        return ()
    names = (name.removeprefix(CHECKS_FACT) for name in condition.names if name.startswith(CHECKS_FACT))
    return tuple(default_call(CHECKS_BY_NAME[name]) for name in sorted(names))
