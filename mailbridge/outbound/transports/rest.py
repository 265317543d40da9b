"""A pause for a smarthost that can not be reached (threats.md F-26): backoff, then one mail tries, then all.

While it rests, an attempt is deferred at once and holds no thread, so that a dead smarthost neither starves the other
routes nor is stormed when it comes back. Makes no connection itself.
"""

import threading
from dataclasses import replace
from datetime import timedelta

from mailbridge.domain.delivery import Deferred


class Rest:
    """Safe to share between threads. Times are of one monotonic clock, in seconds."""

    def __init__(self, shortest: timedelta, longest: timedelta) -> None:
        self._shortest = shortest.total_seconds()
        self._longest = longest.total_seconds()
        self._lock = threading.Lock()
        self._pause = 0.0
        self._until = 0.0
        self._is_tried = False
        self._reason: Deferred | None = None

    def ask(self, now: float) -> Deferred | None:
        """None: connect, and call `begin` or `end` after. Else why not."""
        with self._lock:
            if self._reason is None:
                return None
            if now < self._until or self._is_tried:
                return replace(self._reason, diagnostic=f"not tried again yet: {self._reason.diagnostic}")
            self._is_tried = True
            return None

    def begin(self, now: float, reason: Deferred) -> None:
        """It could not be reached."""
        with self._lock:
            # Threads that failed together are one failure.
            if now >= self._until:
                self._pause = min(self._pause * 2 or self._shortest, self._longest)
                self._until = now + self._pause
            self._reason = reason
            self._is_tried = False

    def end(self) -> None:
        """It was reached, or nobody knows."""
        with self._lock:
            self._pause = 0.0
            self._until = 0.0
            self._reason = None
            self._is_tried = False
