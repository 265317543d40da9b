"""Failpoints: nothing when off, exactly the named hit when on."""

import os
import signal
import subprocess
import sys

import pytest

from mailbridge import failpoints


def _run(armed: str | None, hits: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that reaches `one` for each letter of `hits` and prints it."""
    program = (
        "from mailbridge import failpoints\n"
        f"for letter in {hits!r}:\n"
        "    failpoints.hit('one')\n"
        "    print(letter, flush=True)"
    )
    environment = {name: value for name, value in os.environ.items() if name != failpoints.VARIABLE}
    if armed is not None:
        environment[failpoints.VARIABLE] = armed
    return subprocess.run(
        [sys.executable, "-c", program], check=False, env=environment, capture_output=True, text=True, timeout=60
    )


def test_F04_a_process_is_killed_at_the_named_hit_and_not_before() -> None:
    ended = _run("one:kill@3,other:kill@1", "abcd")
    assert (ended.returncode, ended.stdout.split()) == (-signal.SIGKILL, ["a", "b"])


def test_an_exception_is_raised_at_the_named_hit_only() -> None:
    ended = _run("one:raise@2", "abc")
    assert (ended.returncode, ended.stdout.split()) == (1, ["a"])
    assert "FailpointHit: one" in ended.stderr


def test_nothing_happens_without_the_variable() -> None:
    assert _run(None, "abc").stdout.split() == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["one", "one:stop", "one:kill@x", ":kill", "one:kill@-1"])
def test_an_entry_that_can_not_be_read_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="MAILBRIDGE_FAILPOINTS"):
        failpoints.parse(text)


def test_a_missing_count_is_the_first_hit() -> None:
    assert failpoints.parse("one:raise")["one"].at_hit == 1
