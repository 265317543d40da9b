"""What a start does not do, so that a killed `serve` soon listens again (decision 0031); in processes of their own.

Nothing is timed: what takes long is counted.
"""

import json
import os
import subprocess
import sys

from mailbridge.policy.hints import Hints, hint

_LOADED = """
import gc, json, re, sys
real, compiled = re.compile, []
def counting(source, flags=0):
    if "mailbridge" in sys._getframe(1).f_globals.get("__name__", ""):
        compiled.append(source)
    return real(source, flags)
re.compile = counting
import mailbridge.cli.outcomes, mailbridge.cli.serving, mailbridge.app.sibling
from mailbridge.policy.hints import Hints
print(json.dumps({
    "modules": list(sys.modules),
    "patterns": len(compiled),
    "letters of patterns": sum(map(len, compiled)),
    "hints made ready": sum("_index" in vars(one) for one in gc.get_objects() if type(one) is Hints),
}))
"""
#: libraries that a start does without: for commands, for the other database, for what is asked later
_LATER = {
    "PIL",
    "alembic",
    "phonenumbers",
    "pikepdf",
    "prometheus_client",
    "psycopg",
    "py3langid",
    "rich",
    "sqlalchemy.dialects.postgresql",
    "typer",
}
_RULES = """
import sys
from mailbridge.resources import data_folder
from mailbridge.rulefiles import lines
from mailbridge.rulefiles.trying import load_tried_rules
def yaml_of(text): raise SystemExit("YAML is read")
lines.yaml_of = yaml_of
print(len(load_tried_rules((data_folder("rules"),)).rules) > 20)
"""
_SETTLED = """
import gc
gc.disable()
from mailbridge.app.settling import settle
from mailbridge.patterns import compile_all
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
settle(load_rules((data_folder("rules"),)))
print(gc.isenabled(), compile_all())
"""


def _said_by(code: str) -> str:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120, env=env
    ).stdout


def test_a_start_loads_compiles_and_makes_ready_what_it_needs_and_no_more() -> None:
    said = json.loads(_said_by(_LOADED))
    assert _LATER.intersection(said["modules"]) == set()
    assert said["hints made ready"] == 0
    assert said["patterns"] <= 300, "make the new ones by mailbridge.patterns.lazy_pattern"
    assert said["letters of patterns"] <= 12_000, "make the longest by mailbridge.patterns.lazy_pattern"


def test_the_shipped_rules_are_not_read_as_yaml() -> None:
    assert _said_by(_RULES) == "True\n"


def test_what_a_start_left_is_done_once_the_doors_are_open() -> None:
    assert _said_by(_SETTLED) == "True 0\n"


def test_hints_are_made_ready_by_the_first_text() -> None:
    hints = Hints(hint("it", "word"))
    before = "_index" in vars(hints)
    list(hints.possible(frozenset()))
    assert (before, "_index" in vars(hints)) == (False, True)
