"""Finds the samples of a rule pack: mails that must pass, and mails that a rule must catch. Tries none of them.

They stand in the folder `samples` beside the rule files of a pack:

- `<rule id>.yaml`: lists `pass` (that rule must not catch them) and `fail` (it must);
- `pass.yaml`: a list `pass` of mails that no rule of the pack may catch;
- `market.yaml`: the marketplace that they are written on;
- `pass/*.eml` and `fail/<rule id>/*.eml`: the same as whole mails. The name of one begins with its direction
  (`to_buyer-...`, `to_seller-...`); then `direct-` for one that went to the other side directly and copied the market.
  Quotes in `pass` count as delivered before, those in `fail` as never; the two have an open order in `pass`, none in
  `fail`. The Date of a mail says on which day it is judged, so that dated rules keep their samples.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.parties import Direction, Marketplace
from mailbridge.errors import Problem
from mailbridge.message.parse import parse
from mailbridge.policy.ruleset import Rule
from mailbridge.rulefiles.models import (
    Refusal,
    SampleFileModel,
    SampleMarketModel,
    SampleModel,
    key_of,
    read_as,
    suggestion,
)
from mailbridge.rulefiles.read import Pack
from mailbridge.rulefiles.samplemails import SAMPLE_TYPES, perform
from mailbridge.rulefiles.scene import ALIAS_DOMAIN, Scene, a_market, an_order

MAX_SAMPLES = 5000
MAX_MAIL_OCTETS = 32 * 1024 * 1024
_HONEST, _MARKET = "pass.yaml", "market.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One mail with what is around it, and what must be said of it."""

    #: the file that holds it, as problems call it
    file: str
    #: where in the file; None for a whole mail
    line: int | None = None
    #: `pass[2]`; "" for a whole mail
    key: str = ""
    #: the rule that it is about; None for one that every rule of the pack must let pass
    rule: Rule | None
    #: True: the rule must catch it
    must_be_caught: bool
    content: bytes
    scene: Scene
    #: words that the rule's check must find
    finds: tuple[str, ...] = ()

    def problem(self, reason: str) -> Problem:
        """A problem of this sample."""
        return Problem(file=self.file, line=self.line, key=self.key, reason=reason)


def find_samples(pack: Pack) -> Iterator[Sample | Problem]:
    """Every sample of a pack in a fixed order, and everything that is wrong with how they are written."""
    for number, found in enumerate(_all_samples(pack)):
        if number == MAX_SAMPLES:
            reason = f"holds more than {MAX_SAMPLES} samples; each start would take seconds"
            yield Problem(file=str(pack.folder / "samples"), line=None, key="", reason=reason)
            return
        yield found


def _all_samples(pack: Pack) -> Iterator[Sample | Problem]:
    folder = pack.folder / "samples"
    market = market_of(pack)
    if isinstance(market, Refusal):
        yield from market.problems
        return
    rules = {str(rule.id): rule for rule in pack.rules}
    for file in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        if file.name != _MARKET:
            yield from _compact(file, rules, market)
    for file in sorted((*folder.glob("pass/*.eml"), *folder.glob("fail/*/*.eml"))):
        yield _whole(file, rules, market)


def sample_files(folder: Path) -> Iterator[Path]:
    """Every file of samples in the folder of a pack."""
    for pattern in ("*.yaml", "*.yml", "pass/*.eml", "fail/*/*.eml"):
        yield from sorted((folder / "samples").glob(pattern))


def market_of(pack: Pack) -> Marketplace | Refusal:
    """The marketplace that the samples of this pack are written on: made up, with what `market.yaml` says of it."""
    file = pack.folder / "samples" / _MARKET
    market = a_market(pack.name, pack.name)
    if not file.exists():
        return market
    read = read_as(file, SampleMarketModel)
    if isinstance(read, Refusal):
        return read
    shape = read.content
    return replace(
        market,
        name=shape.name or pack.name,
        own_domains=tuple(shape.own_domains),
        languages=tuple(shape.languages),
        regions=tuple(shape.regions),
        cc_address=AliasAddress(f"copy@{ALIAS_DOMAIN}") if shape.has_cc_address else None,
    )


def _compact(file: Path, rules: Mapping[str, Rule], market: Marketplace) -> Iterator[Sample | Problem]:
    """The samples of one YAML file."""
    rule = rules.get(file.stem)
    if rule is None and file.name != _HONEST:
        reason = f'is named after "{file.stem}", which is no rule of this pack' + suggestion(file.stem, tuple(rules))
        yield Problem(file=str(file), line=None, key="", reason=reason)
        return
    read = read_as(file, SampleFileModel)
    if isinstance(read, Refusal):
        yield from read.problems
        return
    if rule is None and read.content.fails:
        reason = "mails that must be caught belong into the file of their rule, samples/<rule id>.yaml"
        yield Problem(file=str(file), line=read.yaml.line_of(("fail",)), key="fail", reason=reason)
        return
    for name, samples in (("pass", read.content.passes), ("fail", read.content.fails)):
        for number, written in enumerate(samples):
            line = read.yaml.line_of((name, number))
            problem = Problem(file=str(file), line=line, key=key_of((name, number)), reason=_nonsense(written))
            if problem.reason:
                yield problem
                continue
            performed = perform(written, market, rule)
            yield Sample(
                file=str(file),
                line=line,
                key=problem.key,
                rule=rule,
                must_be_caught=name == "fail",
                content=performed.content,
                scene=performed.scene,
                finds=tuple(written.finds),
            )


def _nonsense(written: SampleModel) -> str:
    """What can not be meant so; "" for a good sample."""
    if not (written.text or written.html or written.attachments):
        return "says nothing: give it a text, html, or attachments"
    for attachment in written.attachments:
        named = (attachment.type or attachment.name.rpartition(".")[2]).lower()
        if named not in SAMPLE_TYPES:
            return f'"{named}" is no type of a file that samples can have' + suggestion(named, SAMPLE_TYPES)
    if written.order.completed_days_ago is not None and written.order.state in ("open", "none"):
        return f"order.completed_days_ago: an order that is {written.order.state} was never completed"
    return ""


def _whole(file: Path, rules: Mapping[str, Rule], market: Marketplace) -> Sample | Problem:
    """The sample of one whole mail."""
    must_be_caught = file.parent.name != "pass"
    direction, _, rest = file.name.partition("-")
    reason = ""
    if must_be_caught and file.parent.name not in rules:
        reason = f'stands in a folder named after no rule of this pack: "{file.parent.name}"'
    elif direction not in {each.value for each in Direction}:
        reason = "its name must begin with to_buyer- or to_seller-"
    content = b"" if reason else _read_mail(file)
    if reason or isinstance(content, str):
        return Problem(file=str(file), line=None, key="", reason=reason or str(content))
    scene = Scene(
        market=market,
        direction=Direction(direction),
        is_direct=rest.startswith("direct-"),
        order=None if must_be_caught else an_order(),
        history=() if must_be_caught else (parse(content).quoted_text,),
    )
    rule = rules.get(file.parent.name) if must_be_caught else None
    return Sample(file=str(file), rule=rule, must_be_caught=must_be_caught, content=content, scene=scene)


def _read_mail(file: Path) -> bytes | str:
    """The octets with CRLF, or what is wrong."""
    try:
        if file.stat().st_size > MAX_MAIL_OCTETS:
            return f"is bigger than {MAX_MAIL_OCTETS} octets"
        return file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    except OSError as error:
        return f"can not be read: {error.strerror or error}"
