"""Every reason that the path may give has words for people."""

import ast
from pathlib import Path

from mailbridge import policy
from mailbridge.cli.reasons import REASONS
from mailbridge.domain.facts import ActionKind
from mailbridge.policy.plan import HoldReason

_PACKAGE = Path(policy.__file__).parents[1]
#: modules that make plans and stops, and their functions that take a reason as a word
_MODULES = (
    *("policy/resolve.py", "policy/originator.py", "policy/planning.py", "policy/states.py"),
    *("policy/taking.py", "policy/undo.py"),
    *("path/receive.py", "path/poison.py"),
)
_MAKERS = {"_stop", "_rejected", "_held", "Stop", "Plan", "replace", "screening"}


def _reasons(module: str) -> set[str]:
    """The words that a module gives as reasons."""
    tree = ast.parse((_PACKAGE / module).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    found: set[str] = set()
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id in _MAKERS:
            given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "reason")]
            words = (node for value in given for node in ast.walk(value) if isinstance(node, ast.Constant))
            found |= {word.value for word in words if isinstance(word.value, str)}
    return found


def test_every_reason_of_the_path_has_words() -> None:
    given = set().union(*(_reasons(module) for module in _MODULES)) | {kind.value for kind in ActionKind}
    assert given > {"role", "author_count", "beside_another_copy", "relayed", "rule"}
    assert given - {reason.value for reason in HoldReason} <= set(REASONS)
    assert set(REASONS) <= given
