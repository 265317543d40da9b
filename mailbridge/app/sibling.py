"""A further process of a running bridge: one lane, told by its parent what to be and when to stop.

Started by `siblings.py`, never by people. Ends at once when the parent is gone: the database keeps what was answered,
and the next `serve` waits for the lock that this process holds too.
"""

import os
import signal
import socket
import threading
from multiprocessing.connection import Connection

from mailbridge.app.cores import keep_to
from mailbridge.app.lane import Lane
from mailbridge.app.running import stop_on_signals
from mailbridge.app.siblings import Door, Inheritance, Wellbeing
from mailbridge.errors import ConfigurationError
from mailbridge.events import JOURNAL, Event, emit
from mailbridge.inbound.limits import Bind
from mailbridge.store.store import Store


def main(descriptor: int) -> int:
    """Run until the parent says stop or is gone; the exit code."""
    asked_to_stop = stop_on_signals()
    line = Connection(descriptor)
    try:
        given = line.recv()
    except EOFError:
        return 1
    if not isinstance(given, Inheritance):
        raise TypeError("the parent speaks another version")
    JOURNAL.write_behind()
    try:
        lane = Lane(
            given.settings,
            processes=given.processes,
            on_opened=lambda store: _take_name(store, given.worker_name),
        )
        threading.Thread(target=_listen_to, args=(line, lane, asked_to_stop), name="parent", daemon=True).start()
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # from here on the line tells, and no mail is blamed for the end
        lane.start([_bind(door) for door in given.doors])
        keep_to(given.core)
        emit(Event.PROCESS_STARTED, pid=os.getpid())
        lane.settle()
        asked_to_stop.wait()
        lane.stop_taking()
        lane.stop()
    except ConfigurationError as error:
        for problem in error.problems:
            emit(Event.SETTINGS_REJECTED, **problem.fields)
        return 1
    finally:
        JOURNAL.close()
    return 0


def _take_name(store: Store, name: str) -> None:
    store.worker_name = name


def _bind(door: Door) -> Bind:
    return Bind(
        flavour=door.flavour,
        bound=socket.socket(fileno=door.descriptor),
        normalises_line_endings=door.normalises_line_endings,
    )


def _listen_to(line: Connection, lane: Lane, asked_to_stop: threading.Event) -> None:
    """Answer the parent; end with him (kill -9 of the parent alone must not leave half a bridge)."""
    while True:
        try:
            if line.recv() == "stop":
                asked_to_stop.set()
            else:
                line.send(Wellbeing(tally=JOURNAL.tally(), ill=lane.what_is_ill()))
        except (OSError, EOFError):
            lane.let_go()
            os._exit(1)
