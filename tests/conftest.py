"""What holds for the whole suite: hypothesis profiles, and no skip in CI that nobody expected.

With CI=true every skip must match a line of `tests/expected_skips.txt`; any other is named and turns the run red.
"""

import fnmatch
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"

# Two cores, many servers: a deadline would measure the neighbours. In CI the same examples every time.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "desk")


def pytest_configure(config: pytest.Config) -> None:
    """Watch the skips, in the process that sees all reports (not in an xdist worker)."""
    if not hasattr(config, "workerinput"):
        expected = (Path(__file__).parent / "expected_skips.txt").read_text(encoding="utf-8")
        config.pluginmanager.register(SkipWatch(expected, enforced=IN_CI), "skip-watch")


class SkipWatch:
    """Collects skips whose reason is not expected, and fails the session for them where `enforced`."""

    def __init__(self, expected: str, *, enforced: bool) -> None:
        lines = (line.strip() for line in expected.splitlines())
        self._patterns = [line for line in lines if line and not line.startswith("#")]
        self._enforced = enforced
        self.unexpected: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See one test's report; an expected failure (xfail) is no skip."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self.see(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """See a module that skipped itself as a whole."""
        if report.skipped:
            self.see(report.nodeid, report.longrepr)

    def see(self, nodeid: str, longrepr: object) -> None:
        """Keep this skip if no line of the list covers its reason."""
        reason = str(longrepr[2] if isinstance(longrepr, tuple) else longrepr).removeprefix("Skipped: ")
        if not any(fnmatch.fnmatchcase(reason, pattern) for pattern in self._patterns):
            self.unexpected.append(f"{nodeid}: {reason}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a green run red when something was skipped that must not be."""
        if self._enforced and self.unexpected and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name them; pytest's own closing line stays the last."""
        if self._enforced and self.unexpected:
            terminalreporter.section("unexpected skips (tests/expected_skips.txt)", red=True)
            for line in self.unexpected:
                terminalreporter.line(line)
