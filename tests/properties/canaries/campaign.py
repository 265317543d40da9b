"""The big run of the canary factory, in blocks: what is done is kept in a file, so that it can be stopped and split.

    python -m tests.properties.canaries.campaign --numbers 0-100000 --done canaries.jsonl
    python -m tests.properties.canaries.campaign --numbers 0-50000 --done one.jsonl     (beside it, on another machine:)
    python -m tests.properties.canaries.campaign --numbers 50000-100000 --done two.jsonl

Each block is a bridge of its own, so a block gives the same letters whoever runs it. Exits 1 where a canary came out,
where an author's own words did not, or where less than 99 % of the honest letters were relayed.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.properties.canaries.factory import Outcome, a_factory

#: not the seed of the slice that every run of the tests takes
SEED = 20261125
BLOCK = 500
ENOUGH_RELAYED = 0.99


def run_block(seed: int, numbers: range) -> Outcome:
    """These letters of this seed on a new bridge."""
    with tempfile.TemporaryDirectory(prefix="mb-canaries-") as folder, a_factory(Path(folder), seed) as factory:
        return factory.run(numbers)


def blocks(numbers: range) -> Iterator[range]:
    """The numbers in blocks that begin at multiples of their length, whatever the first number is."""
    start = numbers.start
    while start < numbers.stop:
        stop = min(start - start % BLOCK + BLOCK, numbers.stop)
        yield range(start, stop)
        start = stop


def as_line(seed: int, numbers: range, outcome: Outcome) -> dict[str, object]:
    """What is kept of a block."""
    return {
        "seed": seed,
        "from": numbers.start,
        "to": numbers.stop,
        "honest": dict(outcome.honest),
        "deliberate": dict(outcome.deliberate),
        "leaks": outcome.leaks,
        "damaged": outcome.damaged,
        "held": outcome.held,
    }


def _read(done: Path, seed: int) -> dict[tuple[int, int], dict[str, object]]:
    lines = done.read_text(encoding="utf-8").splitlines() if done.exists() else []
    kept = {}
    for line in filter(None, lines):
        try:
            block = json.loads(line)
        except ValueError:  # the run was stopped while it wrote this one
            continue
        if block["seed"] == seed:
            kept[block["from"], block["to"]] = block
    return kept


def run(numbers: range, seed: int, done: Path) -> list[dict[str, object]]:
    """Run the blocks that are not done yet, and return all of them."""
    kept = _read(done, seed)
    wanted = list(blocks(numbers))
    for block in wanted:
        if (block.start, block.stop) not in kept:
            made = json.loads(json.dumps(as_line(seed, block, run_block(seed, block))))
            with done.open("a", encoding="utf-8") as file:
                # A line end before it too: the line above may be half a line.
                file.write(f"\n{json.dumps(made, ensure_ascii=False)}\n")
            kept[block.start, block.stop] = made
    return [kept[block.start, block.stop] for block in wanted]


def summary(lines: list[dict[str, object]]) -> tuple[str, bool]:
    """What came of all blocks, and whether that is good enough."""
    counted = {
        kind: {state: sum(line[kind].get(state, 0) for line in lines) for state in ("relayed", "stopped")}  # type: ignore[attr-defined]  # a dict, out of JSON
        for kind in ("honest", "deliberate")
    }
    odd = {kind: [each for line in lines for each in line[kind]] for kind in ("leaks", "damaged", "held")}  # type: ignore[attr-defined]  # a list, out of JSON
    honest = counted["honest"]
    share = honest["relayed"] / max(1, honest["relayed"] + honest["stopped"])
    total = sum(sum(states.values()) for states in counted.values())
    text = [f"{total} letters, {len(lines)} blocks; honest relayed {100 * share:.2f} %", f"{counted}"]
    text += [f"{kind}: {len(found)} {found[:20]}" for kind, found in odd.items()]
    return "\n".join(text), not odd["leaks"] and not odd["damaged"] and share >= ENOUGH_RELAYED


def main() -> int:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(description="the big run of the canary factory")
    parser.add_argument("--numbers", default="0-100000", help="first and the one behind the last, as 0-100000")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--done", type=Path, default=Path("canaries.jsonl"), help="where finished blocks are kept")
    given = parser.parse_args()
    first, _, last = given.numbers.partition("-")
    text, is_good = summary(run(range(int(first), int(last)), given.seed, given.done))
    print(text)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
