"""`rules explain FILE.eml`: which rules look at a mail, what each finds, what would follow. Needs nobody on record.

The mail is judged as if it stood in a running conversation about an order, and as if its author had been sent before
what it quotes. What the whole bridge would do, with the people on record, is `mailbridge explain`.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mailbridge.cli.output import ExitCode, print_json, print_table, say
from mailbridge.cli.surroundings import load_settings, now
from mailbridge.errors import ConfigurationError, NotFound, NotPossible, StoreError

if TYPE_CHECKING:
    from mailbridge.config import Settings
    from mailbridge.domain.facts import Facts
    from mailbridge.domain.message import Message
    from mailbridge.domain.parties import Marketplace
    from mailbridge.domain.verdict import Finding, Verdict
    from mailbridge.policy.explain import RuleTrace
    from mailbridge.policy.ruleset import RuleSet
    from mailbridge.rulefiles.read import Pack
    from mailbridge.rulefiles.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the person asks."""

    file: Path
    to_buyer: bool
    #: name of a marketplace or pack; None for the only marketplace on record
    market: str | None
    on: datetime | None
    #: state of the order; "none" for none
    order: str
    #: how many other buyers got the same text
    same_text_to: int
    shows_all: bool
    json: bool

    def answer(self, config: Path) -> None:
        """Print it; exit code 1 where the mail would be held or refused."""
        from mailbridge import app
        from mailbridge.domain.verdict import Action
        from mailbridge.rulefiles.read import read_packs

        settings = load_settings(config)
        ruleset, packs = read_packs(app.rule_folders(settings))
        scene = self._scene(_market(self.market, settings, packs))
        message, facts = self._read(scene)
        verdict, traces = _judged(message, facts, scene, ruleset)
        if self.json:
            print_json({"market": scene.market.name, "on": facts.now, "verdict": verdict, "rules": traces})
        else:
            self._tell(scene, facts, verdict, traces)
        if verdict.action >= Action.HOLD:
            raise typer.Exit(ExitCode.PROBLEM)

    def _scene(self, market: "Marketplace") -> "Scene":
        from mailbridge.domain.parties import Direction
        from mailbridge.domain.thread import Area
        from mailbridge.domain.trade import OrderState
        from mailbridge.rulefiles.scene import Scene, an_order

        order = None if self.order == "none" else replace(an_order(), state=OrderState(self.order))
        return Scene(
            market=market,
            direction=Direction.TO_BUYER if self.to_buyer else Direction.TO_SELLER,
            order=order,
            is_about_order=order is not None,
            area=Area.ORDER if order is not None else Area.QUESTION,
            same_text_to=self.same_text_to,
        )

    def _read(self, scene: "Scene") -> "tuple[Message, Facts]":
        from mailbridge.message.parse import parse

        try:
            content = self.file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        except OSError as error:
            raise NotFound(f"{self.file}: {error.strerror}") from None
        message = parse(content)
        if message.opaque is not None:
            raise NotPossible(f"{self.file}: can not be read ({message.opaque.value})")
        if message.author is None or not message.to:
            raise NotPossible(f"{self.file}: needs one author in From, and a recipient in To")
        scene = replace(scene, history=(message.quoted_text,))
        moment = now() if self.on is None else datetime.combine(self.on.date(), time(12), tzinfo=UTC)
        return message, scene.facts(message, content, moment)

    def _tell(self, scene: "Scene", facts: "Facts", verdict: "Verdict", traces: "tuple[RuleTrace, ...]") -> None:
        day, direction = facts.now.date().isoformat(), scene.direction.value
        say(f"{scene.market.name}, {direction}, received {day}, order: {self.order}\n")
        shown = [trace for trace in traces if self.shows_all or not trace.reason.startswith("not in force")]
        print_table(
            ("RULE", "ACTION", "MODE", "RESULT", "FOUND"),
            [(t.rule, t.action.name.lower(), t.mode, t.reason, _found(t.findings)) for t in shown],
            nothing="No rule looks at it.",
        )
        if len(shown) < len(traces):
            say(f"{len(traces) - len(shown)} more are not in force here; --all shows them.")
        say(f"\nWhat follows: {_CONSEQUENCES[verdict.action.name]}")
        for judgement in dict.fromkeys((*verdict.deciding, *verdict.warnings)):
            say(f"\n{judgement.rule}: {judgement.title}\n  {judgement.text}\n  {judgement.fix}")
        say(f"\nRule set: {verdict.ruleset}")


_CONSEQUENCES = {
    "ALLOW": "it goes on.",
    "WARN": "it goes on, and its author is told.",
    "REPAIR": "it goes on, put right, and its author is told.",
    "HOLD": "it is held for a person.",
    "REFUSE": "it is refused, and its author is told why.",
}


def _found(findings: "tuple[Finding, ...]") -> str:
    return ", ".join(f'"{finding.words or finding.detail}" ({finding.place.value})' for finding in findings)


def _judged(
    message: "Message", facts: "Facts", scene: "Scene", ruleset: "RuleSet"
) -> "tuple[Verdict, tuple[RuleTrace, ...]]":
    from mailbridge.policy.explain import trace_rule
    from mailbridge.policy.judge import Bench, judge
    from mailbridge.policy.needs import Needs

    verdict = judge(message, facts, scene.route, ruleset)
    if isinstance(verdict, Needs):
        raise TypeError("judge asks for what it was given")
    bench = Bench(message, facts, scene.route)
    rules = (rule for pack in scene.market.rule_packs for rule in ruleset.by_pack.get(pack, ()))
    return verdict, tuple(trace_rule(rule, bench, facts, scene.route) for rule in rules)


def _market(name: str | None, settings: "Settings", packs: "tuple[Pack, ...]") -> "Marketplace":
    """The marketplace on record, else one made up with the pack of that name; without a name the only one there is."""
    from mailbridge.rulefiles.models import Refusal
    from mailbridge.rulefiles.samples import market_of

    known = _on_record(settings)
    if name is None and len(known) > 1:
        names = ", ".join(market.name for market in known)
        raise typer.BadParameter(f"there are several marketplaces: give --market, one of {names}")
    if name is None and known:
        return known[0]
    for market in known:
        if market.name == name:
            return market
    for pack in packs:
        if pack.name == (name or "general"):
            made_up = market_of(pack)
            if isinstance(made_up, Refusal):
                raise ConfigurationError(made_up.problems)
            return made_up
    there = ", ".join(dict.fromkeys((*(market.name for market in known), *(pack.name for pack in packs))))
    raise NotFound(f"{name} is neither a marketplace nor a rule pack; there are: {there}")


def _on_record(settings: "Settings") -> "tuple[Marketplace, ...]":
    """The marketplaces on record; none where there is no database yet, or none that can be read."""
    from mailbridge import app

    file = settings.store_url.removeprefix("sqlite:///")
    if file != settings.store_url and not Path(file).exists():
        return ()
    try:
        with app.open_store(settings) as store:
            return store.directory().marketplaces
    except (ConfigurationError, StoreError):
        return ()
