"""Rules change while mail is judged on several threads: each mail sees one version, and a bad one never counts."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import QueueId
from mailbridge.domain.verdict import Verdict
from mailbridge.errors import Problem
from mailbridge.path.receive import rehearse
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.reload import RuleKeeper
from tests.path.test_sidenotes import lenient
from tests.path.world import BUYER, CLIENT_IP, CONTACT, START, World, a_text, a_world, trade
from tests.rulefiles.packs import RULE, write_samples

_THREADS = 3
_TAGGED = CONTACT.replace("@", ".o-48213@")
_ALWAYS = RULE.replace("    check: email_address\n", '    when: "true"\n').replace("refuse", "allow")


def _version(number: int) -> str:
    """Two rules that apply to every mail; they name their version."""
    second = _ALWAYS.removeprefix("rules:\n").replace("r.one", f"r.b{number}")
    return _ALWAYS.replace("r.one", f"r.a{number}") + second


def _bad(number: int) -> str:
    """Half written, misspelt, or with a condition that means nothing."""
    good = _version(number)
    return (good[: len(good) * 3 // 4], good.replace("action", "acton"), good.replace('"true"', "order.stat"))[
        number % 3
    ]


@dataclass(slots=True)
class Judged:
    """What threads that judge without pause saw."""

    world: World
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    mixtures: list[object] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    count: int = 0

    def run(self) -> None:
        """Rehearse one mail to two of our addresses until told to stop."""
        envelope = Envelope(
            queue_id=QueueId("q"),
            door=Door.LMTP,
            reverse_path=BUYER,
            forward_paths=(CONTACT, _TAGGED),
            content=a_text(BUYER, CONTACT, "Is the lamp still there?"),
            received_at=START,
            peer=Peer(ip=CLIENT_IP, helo="client.example"),
        )
        while not self.stopping.is_set():
            self._note([leg.plan.verdict for leg in rehearse(envelope, self.world.bridge)])

    def _note(self, verdicts: list[object]) -> None:
        versions = {(v.ruleset, *(str(j.rule) for j in v.judgements)) for v in verdicts if isinstance(v, Verdict)}
        if len(versions) != 1 or len(verdicts) != 2:
            self.mixtures.append(verdicts)
        for version in versions:
            self.seen[version] = self.seen.get(version, 0) + 1
        self.count += 1


@contextmanager
def _under_load(world: World) -> Iterator[Judged]:
    judged = Judged(world)
    threads = [threading.Thread(target=judged.run) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    try:
        yield judged
    finally:
        judged.stopping.set()
        for thread in threads:
            thread.join()


def _write(folder: Path, text: str) -> None:
    """As editors and deployments do: a new file takes the place of the old one."""
    fresh = folder / "own" / "fresh"
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_text(text)
    fresh.replace(folder / "own" / "rules.yaml")


def _fingerprints(folder: Path, versions: range) -> dict[str, int]:
    """Fingerprint -> number of the version, for every good version."""
    found = {}
    for number in versions:
        _write(folder, _version(number))
        found[load_rules((folder,)).fingerprint] = number
    return found


def _check(judged: Judged, good: dict[str, int]) -> None:
    assert judged.mixtures == []
    wrong = [seen for seen in judged.seen if seen[1:] != (f"r.a{good.get(seen[0])}", f"r.b{good.get(seen[0])}")]
    assert wrong == []


def _keeper(folder: Path, told: list[tuple[Problem, ...]]) -> RuleKeeper:
    write_samples(folder, "pass: []\n", pack="own", name="pass.yaml")
    return RuleKeeper((folder,), on_reloaded=lambda _: None, on_problems=told.append)


def _wait_for(judged: Judged, more: int) -> None:
    """Until so many more mails were judged."""
    target = judged.count + more
    while judged.count < target:
        time.sleep(0.001)


def test_T71_no_mail_is_judged_by_a_mixture_while_rules_are_reloaded(tmp_path: Path) -> None:
    versions = range(12)
    good = _fingerprints(tmp_path / "rules", versions)
    told: list[tuple[Problem, ...]] = []
    _write(tmp_path / "rules", _version(0))
    keeper = _keeper(tmp_path / "rules", told)
    with a_world(tmp_path, lenient(trade(), packs=("own",))) as world:
        world.bridge = replace(world.bridge, rules=keeper.current)
        with _under_load(world) as judged:
            for number in versions:
                _write(tmp_path / "rules", _version(number))
                keeper.look()
                _wait_for(judged, 2 * _THREADS)
                _write(tmp_path / "rules", _bad(number))
                assert not keeper.look()
                _wait_for(judged, _THREADS)
    _check(judged, good)
    assert len(judged.seen) == len(versions)
    assert len(told) == len(versions)


@pytest.mark.slow
def test_T71_a_reload_each_second_for_a_minute_is_seen_whole_by_every_mail(tmp_path: Path) -> None:
    versions = range(60)
    good = _fingerprints(tmp_path / "rules", versions)
    told: list[tuple[Problem, ...]] = []
    _write(tmp_path / "rules", _version(0))
    keeper = _keeper(tmp_path / "rules", told)
    with a_world(tmp_path, lenient(trade(), packs=("own",))) as world:
        world.bridge = replace(world.bridge, rules=keeper.current)
        keeper.start()
        with _under_load(world) as judged:
            started = time.monotonic()
            for number in versions:
                _write(tmp_path / "rules", _bad(number // 3) if number % 3 == 2 else _version(number))
                while time.monotonic() < started + number + 1:
                    time.sleep(0.05)
        keeper.stop()
    _check(judged, good)
    assert len(judged.seen) > 20
    assert told
