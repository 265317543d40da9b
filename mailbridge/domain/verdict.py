"""Finding and Verdict: what a check saw, what the admin's rule makes of it, and why (promise 4)."""

import enum
from dataclasses import dataclass
from datetime import date

from mailbridge.domain.ids import RuleId

#: how the name begins under which a pack that is not there is judged
MISSING_PACK = "pack."


class Action(enum.IntEnum):
    """What a rule does; the strictest of all rules that apply wins, so they are ordered."""

    ALLOW = 0
    WARN = 1
    REPAIR = 2
    HOLD = 3
    REFUSE = 4


class Severity(enum.Enum):
    """How bad a breach is: what it weighs on the ladder of the market. It changes nothing of what the rule does."""

    #: no breach: a message that may not go now, without any fault of its author
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Mode(enum.Enum):
    """How much a rule counts: only `enforce` acts; `warn` tells the author; `dry_run` is recorded only."""

    ENFORCE = "enforce"
    WARN = "warn"
    DRY_RUN = "dry_run"


class Place(enum.Enum):
    """Where in the message a finding stands. In the HTML forms there is no span: their text is kept nowhere."""

    NEW_TEXT = "new_text"
    SIGNATURE = "signature"
    IMPRINT = "imprint"
    QUOTED_TEXT = "quoted_text"
    #: new, and shown by the HTML form only
    HTML = "html"
    #: quoted, and shown by the HTML form only
    QUOTED_HTML = "quoted_html"
    SUBJECT = "subject"
    HEADER = "header"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a check found."""

    #: name of the check, as rule files call it
    check: str
    #: in which text it was found
    place: Place
    #: [start, end) in characters of the text of `place`; (0, 0) where that makes no sense
    start: int = 0
    #: see `start`
    end: int = 0
    #: the words found, exactly as written: for the author's notice
    words: str = ""
    #: for the log and the console: never shown to the other side
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One rule that applied to one message."""

    #: the rule, by the name its pack gives it
    rule: RuleId
    #: what the rule asks for
    action: Action
    #: whether that counts: enforce, warn or dry run
    mode: Mode
    #: what made the rule's condition hold
    findings: tuple[Finding, ...]
    #: in the author's language: what the rule says, and what to do
    title: str = ""
    #: what the rule says, in the author's language
    text: str = ""
    #: what to do to put it right, in the author's language
    fix: str = ""
    #: where the market's own page says so; "" when it is the operator's own rule
    source: str = ""
    #: the day on which the source said so; None when unknown
    source_date: date | None = None
    #: how bad a breach is
    severity: Severity = Severity.MEDIUM
    #: True when all that was found stands below the author's words: in his formula, signature or imprint
    is_below: bool = False
    #: True when the rule itself could not be evaluated: the message is held (D12)
    is_broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules say about one message, in the strictest action that is enforced."""

    #: the strictest that an enforced rule asks for
    action: Action
    #: every rule that applied, also those that only warn or run dry
    judgements: tuple[Judgement, ...] = ()
    #: fingerprint of the rule set that judged (D13)
    ruleset: str = ""
    #: what conditions asked for and were told, by name, without the texts of the message and what each rule found
    facts: tuple[tuple[str, bool | int | str | tuple[str, ...]], ...] = ()

    @property
    def deciding(self) -> tuple[Judgement, ...]:
        """The enforced judgements that carry the action."""
        return tuple(j for j in self.judgements if j.mode is Mode.ENFORCE and j.action is self.action)

    @property
    def broken_rules(self) -> tuple[Judgement, ...]:
        """Rules whose condition could not be evaluated, in any mode; a pack that is not there has none."""
        return tuple(j for j in self.judgements if j.is_broken and not j.rule.startswith(MISSING_PACK))

    @property
    def breaches(self) -> tuple[Judgement, ...]:
        """What a mail breaks that can not be stopped any more (S-73): rules that would warn, repair or refuse."""
        return tuple(
            j
            for j in self.judgements
            if not j.is_broken and j.action is not Action.ALLOW and j.mode is not Mode.DRY_RUN
        )

    @property
    def warnings(self) -> tuple[Judgement, ...]:
        """What the author is told without consequence; a rule that could not be evaluated has nothing to tell him."""
        return tuple(
            j
            for j in self.judgements
            if not j.is_broken and (j.mode is Mode.WARN or (j.mode is Mode.ENFORCE and j.action is Action.WARN))
        )
