"""WorkPool: the threads that run the path for the event loop.

Bounded on both sides: so many threads, so many calls waiting for one (I6). A call that was begun is never abandoned:
its thread finishes it whether or not anybody still waits for the result. Does not know what it runs.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class PoolIsFull(Exception):
    """More calls wait than may."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What a call raised instead of returning; a value, because SystemExit in a future would end the event loop."""

    error: BaseException


class WorkPool:
    """Runs calls on threads and hands the results to futures of the calling event loop."""

    def __init__(self, *, threads: int, waiting_calls: int, name: str = "mailbridge-door") -> None:
        self._limit = threads + waiting_calls
        self._threads = threads
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._started: list[threading.Thread] = []
        #: calls that wait or run; changed on the event loop's thread only
        self.pending = 0

    def run(self, call: Callable[[], T], loop: asyncio.AbstractEventLoop) -> "asyncio.Future[T | Raised]":
        """Run `call` on a thread; to be called on the thread of `loop`. Raises PoolIsFull."""
        if self.pending >= self._limit:
            raise PoolIsFull
        self.pending += 1
        if self.pending > len(self._started) and len(self._started) < self._threads:
            self._start_thread()
        future: asyncio.Future[T | Raised] = loop.create_future()

        def settle(result: T | Raised) -> None:
            self.pending -= 1
            if not future.done():
                future.set_result(result)

        def job() -> None:
            try:
                result: T | Raised = call()
            except BaseException as error:  # noqa: BLE001 - whatever it is, the client must not wait for ever
                result = Raised(error)
            try:
                loop.call_soon_threadsafe(settle, result)
            except RuntimeError:
                return  # the loop is closed: the grace of a stop is over and nobody waits; the call itself is done

        self._jobs.put(job)
        return future

    def stop(self, timeout: float) -> bool:
        """Let the threads end after the calls that wait; False when some still run after `timeout` seconds."""
        end = time.monotonic() + timeout
        for _ in self._started:
            self._jobs.put(None)
        for thread in self._started:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._started)

    def _start_thread(self) -> None:
        # Daemon: a call that hangs in the path must not keep a stopped process alive (F-07).
        thread = threading.Thread(target=self._work, name=f"{self._name}-{len(self._started)}", daemon=True)
        self._started.append(thread)
        thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # an idle thread must not hold the last message
