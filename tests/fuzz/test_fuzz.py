"""The fuzz targets in CI: a seeded slice by coverage, the same properties by hypothesis, and all that ever broke one.

The whole is `make fuzz`: ten minutes for each target.
"""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import WORDS, seeds
from tests.fuzz.targets import PLANTED, SECRETS, TARGETS
from tests.house.sources import TOP

_SLICE_S = 15
_MAX_SECONDS = 2.0
_CRASHES = sorted(path for path in (TOP / "tests" / "fuzz" / "crashes").rglob("*") if path.is_file())


def _feed(target: str, octets: bytes) -> None:
    start = time.process_time()
    TARGETS[target](octets)
    assert time.process_time() - start < _MAX_SECONDS


@pytest.mark.parametrize("target", TARGETS)
def test_T63_I10_a_slice_of_fuzzing_breaks_nothing(target: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris has no wheel for this platform")
    # A shell between: the peak memory of who starts a process counts as that of the process (getrusage, Linux), and a
    # test run may have used more than the fuzzer allows itself.
    command = ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-m", "tests.fuzz", target]
    program = [*command, f"--seconds={_SLICE_S}", f"--folder={tmp_path}"]
    ran = subprocess.run(program, cwd=TOP, capture_output=True, text=True, check=False, timeout=240)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert [path.name for path in (tmp_path / target).glob("*-*")] == []
    runs = [line for line in ran.stderr.splitlines() if line.startswith("stat::number_of_executed_units:")]
    assert int(runs[0].rpartition(" ")[2]) > len(seeds(target)) / 2


_octets = st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(WORDS), max_size=30).map(b"".join))


@pytest.mark.parametrize("target", TARGETS)
@given(octets=_octets)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_T63_I10_any_octets_and_any_mixture_of_words_break_nothing(target: str, octets: bytes) -> None:
    _feed(target, octets)


@pytest.mark.parametrize("target", TARGETS)
def test_T63_the_first_corpus_of_each_fuzzer_breaks_nothing(target: str) -> None:
    for octets in seeds(target):
        _feed(target, octets)


@pytest.mark.parametrize("crash", _CRASHES, ids=[f"{path.parent.name}/{path.name}" for path in _CRASHES])
def test_T63_what_once_broke_a_target_does_so_no_more(crash: Path) -> None:
    _feed(crash.parent.name, crash.read_bytes())


def test_the_targets_notice_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = b"\x00" + ", ".join(PLANTED).encode()
    monkeypatch.setattr("tests.fuzz.targets.find_leaks", lambda *_, **__: ())
    with pytest.raises(AssertionError):
        TARGETS["gate"](planted)
    monkeypatch.setattr("tests.fuzz.targets.mask", lambda message, _: message)
    with pytest.raises(AssertionError):
        TARGETS["mask"](planted)
    assert SECRETS.addresses[0] in PLANTED.values()
