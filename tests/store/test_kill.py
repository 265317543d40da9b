"""A process that is killed between two commits loses nothing that it said was kept (I1, I2, F-01)."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.house.sources import TOP
from tests.store.world import START, Clock, open_store

_WRITER = """
import sys, threading
from pathlib import Path
from tests.store.world import *
store = open_store(sys.argv[1], Path(sys.argv[2]), Clock())
store.apply_trade(TRADE, START)
world, lock = World(store, Clock()), threading.Lock()

def write(name):
    for number in range(10_000):
        leg = world.first_mail(from_=f"{name}-{number}@home.test")
        with lock:
            print(leg.record_id, leg.deliveries[0].id, flush=True)

for name in "abcd":
    threading.Thread(target=write, args=(name,), daemon=True).start()
threading.Event().wait()
"""


@pytest.mark.parametrize("acknowledged", [1, 20, 60])
def test_F01_what_was_acknowledged_before_a_kill_is_there_and_nothing_is_half_there(
    url: str, tmp_path: Path, acknowledged: int
) -> None:
    command = [sys.executable, "-c", _WRITER, url, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TOP) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().split() for _ in range(acknowledged)]
        writer.send_signal(signal.SIGKILL)
        told += [line.split() for line in writer.stdout.read().splitlines() if len(line.split()) == 2]
    store = open_store(url, tmp_path, Clock())
    claimed = {
        one.delivery.id: one.delivery
        for one in store.claim(START, worker="w", limit=100_000, lease=timedelta(minutes=1))
    }
    assert [pair for pair in told if pair[1] not in claimed] == []
    rows = [row for thread in store.threads(100_000) for row in store.thread_view(thread.thread.id)]
    # each kept record has its delivery, and the other way round: a commit is whole or it is not
    assert {row.record_id for row in rows} == {delivery.record_id for delivery in claimed.values()}
    assert len(claimed) - len(told) <= 4  # at most what four writers had in flight
    store.close()
