"""What a process does for itself when its doors are open; each time in a process of its own."""

import subprocess
import sys

_SETTLED = """
import gc, sys, time
from mailbridge.app.settling import settle
from mailbridge.policy import wordsearch
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
rules = load_rules((data_folder("rules"),))
settle(rules)
before = wordsearch._lexicon.cache_info().misses
settle(rules)
print(gc.get_freeze_count() > 100_000, before > 5, wordsearch._lexicon.cache_info().misses == before)
"""
_BIG = """
from mailbridge.app.settling import use_big_pages
kept = [bytes(50_000) for _ in range(400)] + [object() for _ in range(800_000)]
print(use_big_pages())
with open("/proc/self/smaps_rollup") as rollup:
    print(next(int(line.split()[1]) * 1024 for line in rollup if line.startswith("AnonHugePages")))
"""


def _said_by(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120)
    return done.stdout.split()


def test_rules_are_ready_and_what_stands_is_left_alone_by_the_collector() -> None:
    assert _said_by(_SETTLED) == ["True", "True", "True"]


def test_memory_stands_in_big_pages_where_the_kernel_can() -> None:
    collapsed, in_big_pages = map(int, _said_by(_BIG))
    assert collapsed <= in_big_pages
    assert collapsed % (2 << 20) == 0
