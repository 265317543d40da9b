"""Run a fuzz target: `python -m tests.fuzz.run reply --seconds 600`.

Guided by coverage where `atheris` is installed (`pip install atheris`; it is no dependency of the project), by seeded
mutation of the target's own examples where it is not. Stops at the first octets that break a promise and writes them
to `fuzz-TARGET-failed`.
"""

import argparse
import importlib
import importlib.util
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_MAX_OCTETS = 20_000
_MAX_SECONDS_EACH = 5


def main() -> None:
    """Run the target that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run")
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if importlib.util.find_spec("atheris") is not None:
        _run_guided(chosen.target, chosen.seconds, chosen.seed)
    module = importlib.import_module(f"tests.fuzz.{chosen.target}")
    done = mutate(module.check, module.SEEDS, seconds=chosen.seconds, seed=chosen.seed, name=chosen.target)
    print(f"{chosen.target}: {done} inputs in {chosen.seconds} s, none breaks a promise")


def _run_guided(target: str, seconds: int, seed: int) -> None:
    """Let atheris choose the inputs; it ends the process."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["mailbridge"]):
        module = importlib.import_module(f"tests.fuzz.{target}")
    with tempfile.TemporaryDirectory() as folder:
        for number, octets in enumerate(module.SEEDS):
            (Path(folder) / str(number)).write_bytes(octets)
        limits = [f"-max_total_time={seconds}", f"-max_len={_MAX_OCTETS}", f"-timeout={_MAX_SECONDS_EACH}"]
        atheris.Setup([sys.argv[0], *limits, f"-seed={seed}", folder], module.check)
        atheris.Fuzz()


def mutate(check: Callable[[bytes], None], seeds: Sequence[bytes], *, seconds: float, seed: int, name: str) -> int:
    """Check mutations of the seeds for so long; return how many."""
    chance = random.Random(seed)
    done = 0
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        octets = mutated(chance, seeds)
        try:
            check(octets)
        except Exception:
            Path(f"fuzz-{name}-failed").write_bytes(octets)
            raise
        done += 1
    return done


def mutated(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One seed, with pieces of others and of itself put in, taken out, repeated or changed."""
    octets = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(octets) + 1)
        length = chance.randint(1, 40)
        kind = chance.randrange(5)
        if kind == 0:
            del octets[at : at + length]
        elif kind == 1:
            other = chance.choice(seeds)
            begin = chance.randrange(len(other) + 1)
            octets[at:at] = other[begin : begin + length * 10]
        elif kind == 2:
            octets[at:at] = octets[at : at + length] * chance.randint(1, 30)
        elif kind == 3:
            octets[at:at] = chance.randbytes(chance.randint(1, 4))
        else:
            octets[at:at] = chance.choice((b"\n", b"\r", b">", b"<", b":", b" ", b"\xe2\x80\xa8", b"-- ", b"```", b"&"))
    return bytes(octets[:_MAX_OCTETS])


if __name__ == "__main__":
    main()
