"""`python -m bench`: measure the bridge beside Postfix and print the figures; the last line is one JSON object.

QUICK=1 takes under four minutes; without it there are more runs, more mails and all concurrencies with both sizes.
Exit status 1 when any mail was lost, doubled or refused, for then the figures mean nothing.
"""

import itertools
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass

from bench import judging, masking, outreach
from bench.generator import Post
from bench.load import Letters, mixed
from bench.measure import Figures, Subject, Workbench, median
from bench.subjects import BenchedBridge, postfix
from tests.peers.processes import open_folder, program

_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One cell of the table."""

    octets: int
    concurrency: int
    mails: int
    runs: int


QUICK = (
    Case(octets=4 * _KIB, concurrency=20, mails=700, runs=3),
    Case(octets=4 * _KIB, concurrency=1, mails=120, runs=1),
    Case(octets=4 * _KIB, concurrency=100, mails=500, runs=1),
    Case(octets=50 * _KIB, concurrency=20, mails=150, runs=1),
)
FULL = tuple(
    Case(octets=size * _KIB, concurrency=concurrency, mails=mails, runs=5)
    for size, per_concurrency in ((4, {20: 2000, 1: 400, 100: 2000}), (50, {20: 500, 1: 100, 100: 500}))
    for concurrency, mails in per_concurrency.items()
)


def main() -> int:
    """Measure; the exit status."""
    is_quick = os.environ.get("QUICK", "") not in ("", "0")
    with ExitStack() as stack:
        folder = stack.enter_context(open_folder("mb-bench-"))
        bench = stack.enter_context(Workbench())
        ours = BenchedBridge(folder / "bridge", bench, pairs=150 if is_quick else 500)
        subjects = [stack.enter_context(ours.running())]
        if program("postfix") is None or os.geteuid() != 0:
            print("postfix: not installed, or not root: measured without it")
        else:
            subjects.append(stack.enter_context(postfix(folder / "postfix", bench)))
        return _measure_all(QUICK if is_quick else FULL, subjects, bench, ours)


def _measure_all(cases: tuple[Case, ...], subjects: list[Subject], bench: Workbench, ours: BenchedBridge) -> int:
    letters = Letters(run=1)
    got = ours.make_history(letters, octets=4 * _KIB)
    posts = {octets: mixed(letters, ours.pairs, got, octets=octets) for octets in {case.octets for case in cases}}
    figures: dict[tuple[int, int], dict[str, list[Figures]]] = {}
    for case in cases:
        runs = figures.setdefault((case.octets, case.concurrency), {one.name: [] for one in subjects})
        for _ in range(case.runs):
            batch = list(itertools.islice(posts[case.octets], case.mails))
            for subject in subjects:
                one = bench.run(subject, batch, letters.expected, octets=case.octets, concurrency=case.concurrency)
                runs[subject.name].append(one)
                _print(one)
    best = median(figures[4 * _KIB, 20]["mailbridge"], lambda one: one.delivered_per_s)
    paced = _at_half(subjects[0], best / 2, posts[4 * _KIB], bench, letters)
    _print(paced)
    beside = _measure_beside(ours)
    everything = [one for runs in figures.values() for several in runs.values() for one in several] + [paced]
    broken = [one for one in everything if one.lost or one.doubled or one.refused]
    for one in broken:
        print("BROKEN:", one, file=sys.stderr)
    if broken:
        print(ours.dispositions(), file=sys.stderr)
    print(json.dumps(_summary(figures, paced) | beside | {"is_sound": not broken}), flush=True)
    return 1 if broken else 0


def _measure_beside(ours: BenchedBridge) -> dict[str, object]:
    """What is measured beside the load: CPU by stage, CPU of masker and gate alone, and a start after a kill."""
    stages, masked, restarts = ours.stage_milliseconds(), masking.costs_ms(), ours.restart_seconds()
    print("seconds from kill -9 to listening again:", *restarts)
    print("CPU ms per message by stage:", json.dumps(stages))
    judged = judging.costs_ms()
    print("CPU ms per message of masker and gate:", json.dumps(masked))
    print("CPU ms per message of rules:", json.dumps(judged))
    started = outreach.costs_ms()
    print("CPU ms per message that a seller starts:", json.dumps(started))
    return {
        "cpu_ms_by_stage": stages,
        "mask_and_gate_ms": masked,
        "rules_ms": judged,
        "outreach_ms": started,
        "restart_s": sorted(restarts)[1],
    }


def _at_half(subject: Subject, rate: float, posts: Iterator[Post], bench: Workbench, letters: Letters) -> Figures:
    batch = list(itertools.islice(posts, max(100, int(rate * 8))))
    return bench.run(subject, batch, letters.expected, octets=4 * _KIB, concurrency=0, rate=rate)


def _summary(figures: dict[tuple[int, int], dict[str, list[Figures]]], paced: Figures) -> dict[str, object]:
    middle = figures[4 * _KIB, 20]
    ours = middle["mailbridge"]
    delivered = median(ours, lambda one: one.delivered_per_s)
    ratio = delivered / median(middle["postfix"], lambda one: one.delivered_per_s) if "postfix" in middle else None
    return {
        "ratio_postfix": round(ratio, 3) if ratio is not None else None,
        "delivered_per_s": round(delivered, 1),
        "accepted_per_s": round(median(ours, lambda one: one.accepted_per_s), 1),
        "p50_ms": round(median(ours, lambda one: one.p50_ms), 1),
        "p99_ms": round(median(ours, lambda one: one.p99_ms), 1),
        "p99_ms_at_half": round(paced.p99_ms, 1),
        "cpu_ms_per_message": round(median(ours, lambda one: one.cpu_ms_per_message), 2),
        "others_share": round(max(one.others_share for runs in middle.values() for one in runs), 2),
        "peak_rss_mib": round(max(one.peak_rss_mib for runs in figures.values() for one in runs["mailbridge"]), 1),
        "delivered_per_s_by_case": {
            f"{octets // _KIB}KiB c={concurrency} {name}": round(median(runs, lambda one: one.delivered_per_s), 1)
            for (octets, concurrency), by_name in figures.items()
            for name, runs in by_name.items()
        },
    }


def _print(one: Figures) -> None:
    values = asdict(one) | {"kib": one.octets // _KIB, "refused": len(one.refused)}
    print(
        "{subject:<10} {kib:>2} KiB c={concurrency:<3} rate={rate:<5.0f}"
        " accepted {accepted:>5} ({accepted_per_s:6.1f}/s) delivered {delivered:>5} ({delivered_per_s:6.1f}/s)"
        " lost {lost} doubled {doubled} refused {refused} others {others}"
        "  p50 {p50_ms:7.1f} p99 {p99_ms:7.1f} ms  CPU {cpu_ms_per_message:5.2f} ms"
        "  {peak_rss_mib:5.1f} MiB  others {others_share:4.0%}".format(**values),
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
