"""Keeps the rule set in force: reloads it when its files change, and keeps the last good one when they are wrong.

A mail sees one whole rule set, the old or the new (F-39). Wrong is also a set whose samples are not judged as they
should be (N-17). Looks at names, sizes and times of the files once a second, so that an edit, an atomic rename and a
swapped symlink are all seen. Does not judge mail.
"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from mailbridge.errors import ConfigurationError, Problem
from mailbridge.policy.ruleset import RuleSet
from mailbridge.rulefiles.read import rule_files
from mailbridge.rulefiles.samples import sample_files
from mailbridge.rulefiles.trying import Trials

_LOOK_EVERY_S = 1.0
_Signature = tuple[tuple[str, int, int, int], ...]


class RuleKeeper:
    """The rule set in force. The first load must succeed; later ones may fail without harm."""

    def __init__(
        self,
        folders: tuple[Path, ...],
        *,
        on_reloaded: Callable[[RuleSet], None],
        on_problems: Callable[[tuple[Problem, ...]], None],
    ) -> None:
        """Load the rules. Raises ConfigurationError when they can not be used: there is no last good set yet."""
        self._folders = folders
        self._on_reloaded = on_reloaded
        self._on_problems = on_problems
        self._seen = self._signature()
        self._trials = Trials()
        self._current = self._trials.load(folders)
        self._unreadable: Problem | None = None
        self._is_wrong = False
        self._look_lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def current(self) -> RuleSet:
        """The rule set in force now; one reference, so a reader never sees half of a change."""
        return self._current

    def look(self) -> bool:
        """Reload if the files changed since the last look; True when another rule set is in force now.

        Files that were wrong and are put right are told of, also when they say again what is in force.
        """
        with self._look_lock:
            try:
                signature = self._signature()
                if signature == self._seen:
                    return False
                # Noted before reading: a file that changes while it is read differs again at the next look.
                self._seen = signature
                loaded = self._trials.load(self._folders)
                if self._signature() != signature:
                    return False  # a file changed meanwhile: what was read may be half of each; the next look sees it
            except ConfigurationError as error:
                self._is_wrong = True
                self._on_problems(error.problems)
                return False
            except OSError as error:
                reason = f"can not be looked at: {error.strerror or error}"
                problem = Problem(file=str(error.filename or ""), line=None, key="", reason=reason)
                if problem != self._unreadable:  # it is met again every second: said once
                    self._unreadable, self._is_wrong = problem, True
                    self._on_problems((problem,))
                return False
            is_other = loaded.fingerprint != self._current.fingerprint
            is_news = is_other or self._is_wrong
            self._unreadable, self._is_wrong = None, False
            self._current = loaded
        if is_news:
            self._on_reloaded(loaded)
        return is_other

    def start(self) -> None:
        """Look once a second from now on, on a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="rules", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; returns when the thread has ended."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(_LOOK_EVERY_S):
            self.look()

    def _signature(self) -> _Signature:
        found: list[tuple[str, int, int, int]] = []
        for file in self._files():
            try:
                status = file.stat()
            except FileNotFoundError:
                continue  # it went away between listing and looking: the next look sees the list without it
            found.append((str(file), status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(found)

    def _files(self) -> Iterator[Path]:
        """Every file that the rule set is made of or tried with."""
        for folder in self._folders:
            rules = [file for _, file in rule_files(folder)]
            yield from rules
            for pack in dict.fromkeys(file.parent for file in rules):
                yield from sample_files(pack)
