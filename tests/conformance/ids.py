"""Ids of invariants, threats, faults and field cases: which exist, which a test names, which are put off and why.

Written in a test's name: threats and faults with two digits (`T01`, `F43`), invariants and cases as they are (`I3`,
`P1`, `T9`).
The three threading cases that would look like threats (T10, T11, T12) are written `caseT10` there.
In `ids.toml` they stand as in the documents: `T-10` is the threat, `T10` the case.

    python -m tests.conformance.ids           what stands where
    python -m tests.conformance.ids --prune   take the ids that a test names by now out of ids.toml
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import TOP, modules

REASONS = Path(__file__).with_name("ids.toml")
_IN_A_NAME = re.compile(r"(?:^|[_/.\-\[])(?P<case>case)?(?P<letter>[A-Z])(?P<number>\d{1,2})(?=[_/.\-\]]|$)")


def ids_of_threats(text: str) -> list[str]:
    """The ids that `threats.md` defines, in its order: I1 ..., T-01 ..., F-01 ..."""
    return re.findall(r"^- \*\*((?:T|F)-\d+|I\d+)\b", text, re.MULTILINE)


def ids_of_cases(text: str) -> list[str]:
    """The ids that `cases.md` defines, in its order: W1 ... in the table, then P1 ..., several to a line."""
    table, _, cases = text.partition("\n## 2.")
    return re.findall(r"^\| (W\d+) \|", table, re.MULTILINE) + re.findall(
        r"(?:^- |(?<=[.\])] ))([PACTBEQDKU]\d+)(?= )", cases, re.MULTILINE
    )


def ids_in(name: str) -> set[str]:
    """The ids that the name of a test, a golden case or a conversation carries."""
    found = set()
    for match in _IN_A_NAME.finditer(name):
        letter, number = match["letter"], match["number"]
        threat = letter in "TF" and len(number) == 2 and not match["case"]
        found.add(f"{letter}-{number}" if threat else f"{letter}{int(number)}")
    return found


def _names() -> Iterator[str]:
    for module in modules("tests"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test"):
                yield node.name
            elif isinstance(node, ast.keyword) and node.arg == "id" and isinstance(node.value, ast.Constant):
                yield str(node.value.value)
    for folder in ("golden", "conversations"):
        for path in (TOP / "tests" / folder).rglob("*"):
            yield path.name


def named_by_tests() -> set[str]:
    """Every id that some test, golden case or conversation names."""
    return set().union(*(ids_in(name) for name in _names()))


def put_off() -> dict[str, str]:
    """Every id of ids.toml with its reason; an id that stands there twice raises ValueError."""
    reasons: dict[str, str] = {}
    for group in tomllib.loads(REASONS.read_text(encoding="utf-8"))["put_off"]:
        for identifier in group["ids"]:
            if identifier in reasons:
                raise ValueError(f"{identifier} stands twice in {REASONS.name}")
            reasons[identifier] = group["reason"]
    return reasons


def prune(text: str, done: set[str]) -> str:
    """The text of ids.toml without the ids in `done`; a group left empty goes with its reason."""
    for identifier in done:
        text = re.sub(rf'"{re.escape(identifier)}",? ?', "", text)
    text = re.sub(r",? *\]", "]", text)
    return re.sub(r"\[\[put_off\]\]\nreason = [^\n]*\nids = \[\s*\]\n+", "", text)


def main() -> None:
    """Print the state of the list, or prune it."""
    done = named_by_tests() & set(put_off())
    if "--prune" in sys.argv:
        REASONS.write_text(prune(REASONS.read_text(encoding="utf-8"), done), encoding="utf-8")
    print(f"named by tests: {len(named_by_tests())}; put off: {len(put_off())}; in both: {sorted(done)}")


if __name__ == "__main__":
    main()
