"""Files that are committed: no address of a package index, no path of somebody's machine, no unfinished business."""

import re

from tests.house.sources import TOP, files, modules

_TEXT_SUFFIXES = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".ini",
    ".j2",
    ".json",
    ".md",
    ".py",
    ".sh",
    ".sql",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}
# Put together here, so that this file does not hold what it forbids.
_INDEX_HOSTS = re.compile(
    r"\b(?:"
    + "|".join((r"pypi\." + "org", r"pythonhosted\." + "org", r"registry\.npmjs", r"deb\.debian" + r"\.org"))
    + ")"
)
_MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:"
    + "|".join(("work/" + "main", "work/" + "shared", "home/" + r"(?!vmail)\w+/", "root/" + r"\.", "Users/"))
    + ")"
)
_UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b(?!.*#\d)")

_BUILT_SQL = re.compile(r"\b(?:text|execute|exec_driver_sql)\(\s*(?:[rb]*f[\"']|[^)]*[\"']\s*(?:%|\.format\())")


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in files():
        if path.suffix in _TEXT_SUFFIXES and path.name != "LICENSE":
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if pattern.search(line):
                    found.append(f"{path.relative_to(TOP)}:{number} {line.strip()[:100]}")
    return found


def test_no_file_names_the_host_of_a_package_index() -> None:
    assert _lines_with(_INDEX_HOSTS) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert _lines_with(_MACHINE_PATHS) == []


def test_what_is_left_to_do_names_an_issue() -> None:
    unfinished = [
        line for line in _lines_with(_UNFINISHED) if line.split(":")[0].endswith((".py", ".yaml", ".sh", "Makefile"))
    ]
    assert unfinished == []


def test_scripts_may_be_executed() -> None:
    scripts = [path for path in files() if path.parent == TOP / "scripts"]
    assert scripts
    assert [path.name for path in scripts if not path.stat().st_mode & 0o100] == []


def test_T76_no_sql_is_put_together_from_strings() -> None:
    # PRAGMA takes no bound parameters; its values are constants of ours.
    built = [
        f"{module.name}:{number} {line.strip()}"
        for module in modules("mailbridge")
        for number, line in enumerate(module.text.splitlines(), 1)
        if _BUILT_SQL.search(line) and "PRAGMA" not in line
    ]
    assert built == []
