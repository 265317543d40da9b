"""Rule and RuleSet: what an admin decided, ready to be applied; and the seam to the engine that evaluates conditions.

Built by `rulefiles/`, handed to `judge()` as an argument (design.md D12). Reads no files, knows no expression language.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from mailbridge.domain.ids import RuleId
from mailbridge.domain.parties import Direction, Marketplace
from mailbridge.domain.thread import Area
from mailbridge.domain.verdict import Action, Mode, Severity
from mailbridge.policy.areas import AreaRow, AreaTerms, terms_of
from mailbridge.policy.check import Check
from mailbridge.policy.clocks import Clock
from mailbridge.policy.factview import FactValue
from mailbridge.policy.standing import Ladder

#: answers that a rule set keeps: markets x areas x directions, of a day or two
_MAX_KEPT = 4_096

#: the pack whose ladder holds where no other of the market's packs has one
GENERAL_PACK = "general"

_Answer = TypeVar("_Answer")
ParameterValue = int | bool | str | tuple[str, ...]


class ConditionResult(enum.Enum):
    """What a condition says about one message."""

    HOLDS = "holds"
    NOT = "not"
    #: it could not be evaluated: the message is held (I10)
    BROKEN = "broken"


class Condition(Protocol):
    """The `when` of one rule, checked against the declared facts when it was loaded."""

    @property
    def source(self) -> str:
        """The expression as the admin wrote it."""
        ...

    @property
    def names(self) -> frozenset[str]:
        """The facts of `policy/factview.py` that it asks for, perhaps a few more."""
        ...

    def evaluate(self, view: Mapping[str, FactValue]) -> ConditionResult:
        """Evaluate over a view that has at least the facts of `names`; never raises, cost-bounded."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCall:
    """A check with its parameters: what a rule looks for. Equal calls are made once per message."""

    #: name of the check, as in `policy/checks/__init__.py`
    name: str
    #: every parameter of the check, defaults filled in, sorted by name
    parameters: tuple[tuple[str, ParameterValue], ...] = ()


def default_call(check: Check) -> CheckCall:
    """The check as it is by itself."""
    return CheckCall(name=check.name, parameters=tuple(sorted((p.name, p.default) for p in check.parameters)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One dated rule of one pack."""

    id: RuleId
    #: name of the pack: `general`, or of a market
    pack: str
    #: per language code, every supported language
    title: Mapping[str, str]
    text: Mapping[str, str]
    fix: Mapping[str, str]
    action: Action
    mode: Mode
    #: what it asks for instead where all that its check finds stands below the author's words; None for the same
    in_signature: Action | None = None
    #: None: the rule has only a condition
    check: CheckCall | None = None
    #: None: the rule applies whenever its check finds something
    condition: Condition | None = None
    #: where the market's own page says so; "" when it is the operator's own rule
    source: str = ""
    #: the day on which the source said so; None when unknown
    source_date: date | None = None
    severity: Severity = Severity.MEDIUM
    #: first and last day, in UTC, on which it is in force; None is open
    valid_from: date | None = None
    valid_until: date | None = None
    #: names of marketplaces; empty is every one that uses the pack
    markets: frozenset[str] = frozenset()
    #: areas of threads; empty is every one
    areas: frozenset[str] = frozenset()
    directions: frozenset[Direction] = frozenset(Direction)
    #: file:line, for people
    place: str = ""

    def why_not_in_force(self, market: Marketplace, *, area: str, direction: Direction, on: date) -> str:
        """Why the rule has no say about this message; "" when it is in force."""
        checks = (
            ("pack", self.pack in market.rule_packs),
            ("market", not self.markets or market.name in self.markets),
            ("area", not self.areas or area in self.areas),
            ("direction", direction in self.directions),
            ("valid_from", self.valid_from is None or self.valid_from <= on),
            ("valid_until", self.valid_until is None or on <= self.valid_until),
        )
        return next((name for name, is_met in checks if not is_met), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Every rule of every pack, in the order of the files; immutable and swapped as a whole."""

    rules: tuple[Rule, ...] = ()
    #: hash over the canonical content (D13): kept with every verdict
    fingerprint: str = ""
    #: the rules of each pack that was read, also of one that holds none
    by_pack: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    #: what follows breaches, of every pack, in the order of the files
    ladders: tuple[Ladder, ...] = ()
    #: what packs say of kinds of conversations, in the order of the files
    areas: tuple[AreaRow, ...] = ()
    #: the clocks that areas name, by id
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    #: what was answered before: every mail asks the same of the same day
    _kept: "_Kept" = field(default_factory=lambda: _Kept({}, {}), init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls, rules: tuple[Rule, ...], fingerprint: str, *, packs: Iterable[str] = (), ladders: tuple[Ladder, ...] = ()
    ) -> "RuleSet":
        """The rule set of these rules; `packs` names those that were read, with or without rules."""
        names = dict.fromkeys((*packs, *(rule.pack for rule in rules)))
        by_pack = {pack: tuple(rule for rule in rules if rule.pack == pack) for pack in names}
        return cls(rules=rules, fingerprint=fingerprint, by_pack=by_pack, ladders=ladders)

    def missing_packs(self, market: Marketplace) -> tuple[str, ...]:
        """Packs that the market asks for and that were not read: its mail can not be judged (I10).

        A rule set that read no pack at all belongs to an operator who wants no rules.
        """
        return tuple(pack for pack in market.rule_packs if self.by_pack and pack not in self.by_pack)

    def minds_standing(self, market: Marketplace, on: date) -> bool:
        """True where an enforced rule of this marketplace asks what the author of a message to a buyer stands under."""
        in_force = self.in_force(market, area="", direction=Direction.TO_BUYER, on=on)
        conditions = (rule.condition for rule in in_force if rule.mode is Mode.ENFORCE)
        return any("author.standing" in condition.names for condition in conditions if condition is not None)

    def ladder_of(self, market: Marketplace, on: date) -> Ladder | None:
        """The ladder of this marketplace: of the first of its packs that has one, `general` last; None for none."""
        by_pack = {ladder.pack: ladder for ladder in self.ladders if ladder.is_in_force(market, on)}
        packs = sorted(market.rule_packs, key=lambda pack: pack == GENERAL_PACK)
        return next((by_pack[pack] for pack in packs if pack in by_pack), None)

    def area_of(self, market: Marketplace, area: Area, on: date) -> AreaTerms:
        """What holds for this kind of conversation on this marketplace; a pack before `general` has the say."""
        asked = (market.rule_packs, market.name, area.value, on)
        terms = self._kept.terms.get(asked)
        if terms is None:
            packs = sorted(dict.fromkeys(market.rule_packs), key=lambda pack: pack == GENERAL_PACK)
            place = {pack: number for number, pack in enumerate(packs)}
            rows = [row for row in self.areas if row.area is area and row.is_in_force(market, on)]
            terms = _keep(self._kept.terms, asked, terms_of(sorted(rows, key=lambda row: place[row.pack]), area))
        return terms

    def clock_of(self, market: Marketplace, area: Area, on: date) -> Clock | None:
        """The clock of this kind of conversation on this marketplace; None where none runs."""
        clock = self.clocks.get(self.area_of(market, area, on).clock or "")
        if clock is None or not clock.is_in_zone_of_market:
            return clock
        return replace(clock, calendar=replace(clock.calendar, time_zone=market.time_zone))

    def in_force(self, market: Marketplace, *, area: str, direction: Direction, on: date) -> tuple[Rule, ...]:
        """The rules that have a say about this message."""
        asked = (market.rule_packs, market.name, area, direction.value, on)
        rules = self._kept.rules.get(asked)
        if rules is None:
            in_force = (
                rule
                for pack in market.rule_packs
                for rule in self.by_pack.get(pack, ())
                if not rule.why_not_in_force(market, area=area, direction=direction, on=on)
            )
            rules = _keep(self._kept.rules, asked, tuple(in_force))
        return rules


class _Kept(NamedTuple):
    """Answers of one rule set, by all that they depend on."""

    rules: "dict[tuple[object, ...], tuple[Rule, ...]]"
    terms: dict[tuple[object, ...], AreaTerms]


def _keep(kept: dict[tuple[object, ...], _Answer], asked: tuple[object, ...], answer: _Answer) -> _Answer:
    if len(kept) >= _MAX_KEPT:
        kept.clear()
    kept[asked] = answer
    return answer
