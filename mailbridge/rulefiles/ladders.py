"""Builds the ladders of rule files, or says what is wrong with one. What a ladder does is `policy/standing.py`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Final

from mailbridge.domain.standing import BY_PERSON, Step
from mailbridge.domain.verdict import Severity
from mailbridge.errors import Problem
from mailbridge.policy.standing import Ladder, Rung
from mailbridge.rulefiles.lines import YamlFile
from mailbridge.rulefiles.models import LadderModel, RungModel, key_of

#: every key, in the order of the file; a test compares them with the model
LADDER_KEYS: Final[dict[str, str]] = {
    "id": "unique name: 3 to 64 characters of a-z, 0-9, dot and hyphen; stands in the record of each step",
    "text": "for the seller, in en, pl, it and de: the ladder in words; stands in the notice of each step",
    "source": "where the ladder comes from, for admins",
    "source_date": "the day on which the source said so, such as 2026-01-31",
    "valid_from": "first day (UTC), such as 2026-01-31; without it from ever",
    "valid_until": "last day (UTC)",
    "markets": "only for these marketplaces, by name; without it for all that use the pack",
    "weights": "points of a refused message, by the severity of the worst rule that it breaks: low, medium, high; "
    "severity none weighs nothing",
    "counts_for_days": "how long a refused message counts",
    "remembered_for_days": "how long a step is remembered; after it the ladder begins at its foot again",
    "hours_to_read": "messages refused this soon after a step do not count (default 24): its notice comes first",
    "steps": "in order, each with step (reminded, warned, barred, suspended, closed), points (collected since the step "
    "before), per_100_mails (optional: the step also asks for so many points for each 100 messages that the seller "
    "wrote to buyers in that time, so that few refusals among very many messages lead nowhere) and days (how long it "
    "lasts; without it barred and suspended last until a person lifts them, reminded and warned as long as they are "
    "remembered). A step may stand there several times, longer each time. An empty list: nothing follows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLadder:
    """One ladder where it stands."""

    model: LadderModel
    pack: str
    #: file as problems call it
    file: str
    index: int
    yaml: YamlFile

    def problem(self, reason: str, *path: str | int) -> Problem:
        """A problem of this ladder."""
        whole = ("ladders", self.index, *path)
        return Problem(file=self.file, line=self.yaml.line_of(whole), key=key_of(whole), reason=reason)

    @property
    def canonical(self) -> str:
        """The same ladder always as the same text."""
        return f"{self.pack}\nladder\n{self.model.model_dump_json()}"


def build_ladders(written: Sequence[WrittenLadder], problems: list[Problem]) -> tuple[Ladder, ...]:
    """The ladders, in the order of the files; `problems` grows by everything that is wrong with them."""
    for ladder in written:
        problems += _nonsense(ladder)
    problems += _clashes(written)
    return tuple(map(_built, written))


def _built(written: WrittenLadder) -> Ladder:
    model = written.model
    return Ladder(
        id=model.id,
        pack=written.pack,
        text=model.text.model_dump(),
        weights={severity: getattr(model.weights, severity.value, 0) for severity in Severity},
        counts_for=timedelta(days=model.counts_for_days),
        remembered_for=timedelta(days=model.remembered_for_days),
        to_read=timedelta(hours=model.hours_to_read),
        rungs=tuple(_rung(rung, model) for rung in model.steps),
        source=model.source,
        source_date=model.source_date,
        valid_from=model.valid_from,
        valid_until=model.valid_until,
        markets=frozenset(model.markets),
    )


def _rung(rung: RungModel, ladder: LadderModel) -> Rung:
    step, days = Step(rung.step), rung.days
    if days is None and step.rank < Step.BARRED.rank:
        days = ladder.remembered_for_days
    lasts = None if days is None else timedelta(days=days)
    return Rung(step=step, points=rung.points, lasts=lasts, per_100_mails=rung.per_100_mails)


def _nonsense(written: WrittenLadder) -> Iterator[Problem]:
    model = written.model
    if model.id == BY_PERSON:
        yield written.problem(f'"{BY_PERSON}" is what people are called; choose another', "id")
    if model.valid_from is not None and model.valid_until is not None and model.valid_from > model.valid_until:
        yield written.problem("is before valid_from; the ladder would never be in force", "valid_until")
    if model.source_date is not None and not model.source:
        yield written.problem("is the day of a source; name it with `source:`", "source_date")
    if not model.weights.low <= model.weights.medium <= model.weights.high:
        yield written.problem("must not fall from low to high", "weights")
    ranks = [Step(rung.step).rank for rung in model.steps]
    for number, (before, after) in enumerate(pairwise(ranks), start=1):
        if after < before:
            yield written.problem("is milder than the step before it; put the steps in order", "steps", number, "step")
    for number, rung in enumerate(model.steps):
        if rung.days is not None and rung.step == "closed":
            yield written.problem(
                "closed is for good; leave the days out, or choose suspended", "steps", number, "days"
            )
        if rung.days is not None and rung.days > model.remembered_for_days:
            reason = "is longer than remembered_for_days: the step would be forgotten while it lasts"
            yield written.problem(reason, "steps", number, "days")


def _clashes(written: Sequence[WrittenLadder]) -> Iterator[Problem]:
    for one, other in combinations(written, 2):
        where = f"{one.file}:{one.yaml.line_of(('ladders', one.index))}"
        if one.model.id == other.model.id:
            yield other.problem(f'"{other.model.id}" stands already in {where}; choose another', "id")
        elif one.pack == other.pack and _meet(one.model, other.model):
            yield other.problem(f"is in force on the same days as {one.model.id} in {where}; a pack has one at a time")


def _meet(one: LadderModel, other: LadderModel) -> bool:
    """True where both may be in force for one marketplace on one day."""
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_until or date.max, other.valid_until or date.max)
    share_market = not one.markets or not other.markets or bool(set(one.markets) & set(other.markets))
    return starts <= ends and share_market
