"""Tries the samples of rule packs, and loads a rule set only when every sample is judged as it should be (N-17).

A sample of a rule is shown to that rule alone; a mail that must pass the whole pack, to every rule of it. Sends and
stores nothing.
"""

import hashlib
import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mailbridge.domain.verdict import Finding, Mode
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.message.parse import parse
from mailbridge.policy.explain import RuleTrace, trace_rule
from mailbridge.policy.judge import Bench
from mailbridge.policy.ruleset import RuleSet
from mailbridge.resources import data_folder
from mailbridge.rulefiles.lines import yaml_of
from mailbridge.rulefiles.read import Pack, read_packs, rule_files
from mailbridge.rulefiles.readbefore import written
from mailbridge.rulefiles.samples import Sample, find_samples, sample_files

_SHOWN_WORDS = 3
#: characters of a fact
_SHOWN_OF_FACT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What the rules said about one sample."""

    sample: Sample
    #: the rules that caught it
    caught_by: tuple[str, ...]
    #: the words they found
    words: tuple[str, ...]
    #: what is wrong; "" when the sample was judged as it should be
    complaint: str = ""


class Trials:
    """Loads rule sets and tries their samples; a pack that was found good is not tried again until a file changes."""

    def __init__(self) -> None:
        self._good = _tried_before_release()

    def load(self, folders: tuple[Path, ...]) -> RuleSet:
        """Read every pack and try its samples. Raises ConfigurationError with every problem of files, else of samples.

        Any pack that fails refuses the whole (threats.md T-71).
        """
        before = _digests(folders)
        ruleset, packs = read_packs(folders)
        problems = tuple(_problems(pack for pack in packs if before.get(pack.folder) not in self._good))
        if problems:
            raise ConfigurationError(problems)
        after = _digests(folders)  # a file that changed while it was read is tried again
        self._good |= frozenset(digest for folder, digest in before.items() if after.get(folder) == digest)
        return ruleset


def load_tried_rules(folders: tuple[Path, ...]) -> RuleSet:
    """Load once: see `Trials.load`."""
    return Trials().load(folders)


def shipped_digests() -> str:
    """What `rules/tried.txt` must say: a hash of each pack that comes with Mailbridge, whose samples the tests try.

    A `serve` need not try them again: that would be a second and more of every start. A pack that was edited has
    another hash, and is tried.
    """
    lines = (f"{folder.name} {digest.hex()}\n" for folder, digest in _digests((data_folder("rules"),)).items())
    return "".join(sorted(lines))


def shipped_contents() -> str:
    """What `rules/read.json` must say: all that stands in the rule files that come with Mailbridge."""
    files = (file.read_bytes() for _, file in rule_files(data_folder("rules")))
    return written({octets: yaml_of(octets.decode("utf-8")).known() for octets in files})


def _tried_before_release() -> frozenset[bytes]:
    lines = _octets(data_folder("rules") / "tried.txt").decode("ascii", "replace").splitlines()
    return frozenset(bytes.fromhex(words[1]) for line in lines if len(words := line.split()) == 2)  # name and hash


def _digests(folders: tuple[Path, ...]) -> dict[Path, bytes]:
    """For the folder of each pack, a hash over the names and octets of its rule files and samples."""
    found: dict[Path, list[Path]] = {}
    for folder in folders:
        for _, file in rule_files(folder):
            found.setdefault(file.parent, []).append(file)
    digests: dict[Path, bytes] = {}
    for pack, files in found.items():
        digest = hashlib.sha256()
        for file in (*files, *sample_files(pack)):
            octets = _octets(file)
            name = file.relative_to(pack).as_posix()
            digest.update(f"{name}\n{len(octets)}\n".encode("utf-8", "surrogateescape") + octets)
        digests[pack] = digest.digest()
    return digests


def _octets(file: Path) -> bytes:
    """What stands in it; nothing where it can not be read, which is told when it is read for its content."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _problems(packs: Iterable[Pack]) -> Iterator[Problem]:
    for pack in packs:
        for found in try_pack(pack):
            if isinstance(found, Problem):
                yield found
            elif found.complaint:
                yield found.sample.problem(found.complaint)


def try_pack(pack: Pack) -> Iterator[Tried | Problem]:
    """Try every sample of a pack; what is wrong with how one is written is a problem."""
    for sample in find_samples(pack):
        yield sample if isinstance(sample, Problem) else try_sample(sample, pack)


def try_sample(sample: Sample, pack: Pack) -> Tried:
    """Show one sample to the rule it is about, or to all of its pack."""
    try:
        return _tried(sample, pack)
    except Exception as error:  # noqa: BLE001 - a check that fails on a sample would fail on mail: do not load it
        return Tried(sample=sample, caught_by=(), words=(), complaint=f"judging it fails: {type(error).__name__}")


def _tried(sample: Sample, pack: Pack) -> Tried:
    message = parse(sample.content)
    if message.date is None or message.author is None or not message.to:
        return Tried(sample=sample, caught_by=(), words=(), complaint="needs From, To and Date")
    facts, route = sample.scene.facts(message, sample.content, message.date), sample.scene.route
    bench = Bench(message, facts, route)
    of_pack = (rule for rule in pack.rules if rule.mode is not Mode.DRY_RUN)
    traces = [trace_rule(rule, bench, facts, route) for rule in ((sample.rule,) if sample.rule else of_pack)]
    caught = [trace for trace in traces if trace.applies]
    words = tuple(dict.fromkeys(finding.words for trace in caught for finding in trace.findings))
    complaint = _complaint(sample, traces)
    return Tried(sample=sample, caught_by=tuple(trace.rule for trace in caught), words=words, complaint=complaint)


def _complaint(sample: Sample, traces: list[RuleTrace]) -> str:
    broken = [trace for trace in traces if trace.reason == "condition is broken"]
    if broken:
        return f"the condition of {broken[0].rule} can not be evaluated on it: the mail would be held"
    if not sample.must_be_caught:
        return "; ".join(f"must pass, but is caught by {_caught(trace)}" for trace in traces if trace.applies)
    [trace] = traces
    if not trace.applies:
        why = _WHY_NOT.get(trace.reason, f"the rule is {trace.reason}")
        return f"must be caught by {trace.rule}, but {why}{_asked(trace)}"
    found = {finding.words.strip() for finding in trace.findings}
    missing = [words for words in sample.finds if words.strip() not in found]
    if not missing:
        return ""
    return f'{trace.rule} must find "{missing[0]}", but finds {_quoted(trace.findings)}'


_WHY_NOT = {
    "check found nothing": "its check finds nothing",
    "condition is false": "its condition is false",
}


def _asked(trace: RuleTrace) -> str:
    """The facts that a false condition asks for."""
    values = (
        (name, textwrap.shorten(json.dumps(value, ensure_ascii=False), _SHOWN_OF_FACT, placeholder=" ..."))
        for name, value in trace.facts
    )
    said = ", ".join(f"{name} is {value}" for name, value in values)
    return f": {said}" if said else ""


def _caught(trace: RuleTrace) -> str:
    return f"{trace.rule}, which finds {_quoted(trace.findings)}" if trace.findings else trace.rule


def _quoted(findings: tuple[Finding, ...]) -> str:
    words = list(dict.fromkeys(finding.words or finding.detail for finding in findings))
    more = f" and {len(words) - _SHOWN_WORDS} more" if len(words) > _SHOWN_WORDS else ""
    return ", ".join(f'"{word}"' for word in words[:_SHOWN_WORDS]) + more if words else "nothing"
