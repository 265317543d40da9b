"""A process that dies while it sends, or stops, a message that waits: then it is one or the other, and once (N-15)."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge import failpoints
from mailbridge.domain.delivery import PostKind
from tests.house.sources import TOP
from tests.path.actionworld import Talk, a_talk, stop_address
from tests.path.world import SELLER, START, a_text

HOLD = 60
_DIES = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.faults.test_undo_kills import again, release, stop
with again(Path(sys.argv[1])) as talk:
    {"release": release, "stop": lambda talk: stop(talk, sys.argv[3])}[sys.argv[2]](talk)
"""


@contextmanager
def again(folder: Path) -> Iterator[Talk]:
    """The bridge as it starts anew, when the message is due; what a dead process had leased is free."""
    with a_talk(folder, undo_s=HOLD) as talk:
        talk.world.bridge.store.lock_for_serve()
        talk.world.now = START + timedelta(seconds=HOLD + 10)
        yield talk


def release(talk: Talk) -> list[str]:
    """Everything that is due happens; how each mail begins, by its subject to the seller and its words to the buyer."""
    sent = talk.world.run_intents() + talk.world.take()
    told = [m.subject.partition(":")[0] for claimed, m in sent if claimed.delivery.kind is PostKind.NOTICE]
    got = [m.body.plain or "" for claimed, m in sent if claimed.delivery.kind is PostKind.RELAY]
    return told + [text.partition("\n")[0] for text in got]


def stop(talk: Talk, address: str) -> int:
    """The same mail each time, as a client repeats it that heard nothing; the reply code."""
    octets = a_text(SELLER, address, "", subject="stop", Message_ID="<stop@client.example>")
    return talk.world.mail(octets, address)[0].code


def _killed(folder: Path, what: str, address: str, place: str) -> None:
    environment = {**os.environ, failpoints.VARIABLE: f"{place}:kill@1", "PYTHONPATH": str(TOP)}
    command = [sys.executable, "-c", _DIES, str(folder), what, address]
    ended = subprocess.run(command, check=False, cwd=TOP, env=environment, timeout=120, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.parametrize("then_stops", [True, False])
@pytest.mark.parametrize("place", ["path.before_commit", "path.after_commit"])
@pytest.mark.parametrize("what", ["release", "stop"])
def test_N15_F01_after_a_kill_it_is_sent_or_stopped_and_never_both_or_neither(
    tmp_path: Path, what: str, place: str, then_stops: bool
) -> None:
    with a_talk(tmp_path, undo_s=HOLD) as talk:
        talk.asks()
        talk.writes()
        [(_, notice)] = talk.world.take()
        address = stop_address(notice)
        talk.later()
    _killed(tmp_path, what, address, place)
    is_done = place == "path.after_commit"
    with again(tmp_path) as talk:
        if then_stops:
            assert stop(talk, address) == 250
        heard = release(talk) + release(talk)
        seen = [one for one in heard if one in {"Yes, it is.", "Stopped", "Not stopped"}]
        if what == "release" and is_done:
            assert seen == (["Not stopped", "Yes, it is."] if then_stops else ["Yes, it is."])
        elif then_stops or (what == "stop" and is_done):
            assert seen == ["Stopped"]
        else:
            assert seen == ["Yes, it is."]
