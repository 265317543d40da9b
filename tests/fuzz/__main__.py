"""Fuzz one target by coverage, with atheris: `python -m tests.fuzz mask --seconds 600`.

The corpus grows in `.fuzz/TARGET/` and is taken up by the next run; what breaks a target is left beside it as crash-*.
Put such a file into tests/fuzz/crashes/TARGET/ before mending: from then on every run of the tests feeds it.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mailbridge"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.seeds import MAX_OCTETS, dictionary, seeds

#: wall-clock for one input; code that counts its branches is several times slower
_TIMEOUT_S = 20
_MEMORY_MB = 1024


def _corpus(folder: Path, target: str) -> Path:
    """The folder of the corpus, with the seeds in it."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(target):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    (folder / "words.dict").write_text(dictionary(), encoding="ascii")
    return corpus


def main() -> None:
    """Run until the time is up (exit code 0) or something breaks."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="fuzz one target by coverage")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    given = parser.parse_args()
    folder = given.folder / given.target
    arguments = (
        *(f"-max_total_time={given.seconds}", f"-seed={given.seed}", f"-max_len={MAX_OCTETS}"),
        *(f"-timeout={_TIMEOUT_S}", f"-rss_limit_mb={_MEMORY_MB}", f"-artifact_prefix={folder}/"),
        *("-print_final_stats=1", f"-dict={folder}/words.dict", str(_corpus(folder, given.target))),
    )
    atheris.Setup([sys.argv[0], *arguments], TARGETS[given.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
