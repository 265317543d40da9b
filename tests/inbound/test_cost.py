"""What hostile clients may cost: memory and descriptors of a listener in a process of its own (I6)."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as File
from types import SimpleNamespace
from typing import cast

import pytest

from mailbridge.inbound.listener import Listener
from tests.inbound.door import Client

TOP = File(__file__).resolve().parents[2]
MIB = 1024 * 1024


@contextmanager
def serving(*options: str) -> Iterator[tuple[Listener, int]]:
    """A listener's place, in the shape `Client` wants, and its process id."""
    command = [sys.executable, "-m", "tests.inbound.serve_alone", *options]
    with subprocess.Popen(
        command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            port = int(process.stdout.readline())
            place = SimpleNamespace(places=(("smtp", ("127.0.0.1", port)),))
            yield cast("Listener", place), process.pid
        finally:
            process.stdin.close()
            process.wait(20)


def resident_octets(pid: int, field: str = "VmHWM") -> int:
    """VmHWM: the most it ever held; VmRSS: what it holds now."""
    lines = File(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


def warm_up(door: Listener) -> None:
    with Client(door) as client:
        client.greet().to_data()
        client.send(b"x\r\n.\r\n")
        assert client.reply().startswith("250")


def test_T07_an_endless_line_costs_little_memory() -> None:
    with serving("--message-octets", str(32 * MIB)) as (door, pid):
        warm_up(door)
        before = resident_octets(pid)
        with Client(door) as client:
            client.greet().to_data()
            chunk = b"x" * MIB
            with pytest.raises(OSError, match=r"reset|Broken pipe|abort"):
                client.send(chunk * 200)
        assert resident_octets(pid) - before < 16 * MIB


@pytest.mark.parametrize("line", [b"\r\n", b"..\r\n", b"x\r\n"])
def test_T09_a_message_of_short_lines_costs_at_most_twice_its_size(line: bytes) -> None:
    size = 24 * MIB
    with serving() as (door, pid):
        warm_up(door)
        before = resident_octets(pid)
        with Client(door) as client:
            client.greet().to_data()
            client.send(line * (size // len(line)) + b".\r\n")
            assert client.reply().startswith("250")
        assert resident_octets(pid) - before < 2 * size + 16 * MIB


def test_T09_others_are_served_while_a_big_message_comes() -> None:
    with serving() as (door, _), Client(door) as big, Client(door) as other:
        big.greet().to_data()
        other.greet()
        for _ in range(24):
            big.send(b"\r\n" * (MIB // 2))
            assert other.ask("NOOP").startswith("250")
        big.send(b".\r\n")
        assert big.reply().startswith("250")


def test_F10_T12_without_descriptors_it_says_421_does_not_spin_and_recovers() -> None:
    with serving("--descriptors", "64") as (door, pid):
        clients = [Client(door) for _ in range(60)]
        greetings = [client.reply()[:4] for client in clients]
        assert greetings.count("220 ") >= 20
        assert set(greetings) == {"220 ", "421 "}
        assert greetings.index("421 ") == greetings.count("220 ")
        before = _cpu_seconds(pid)
        begun = time.monotonic()
        while time.monotonic() - begun < 0.5:
            with pytest.raises((TimeoutError, BlockingIOError)):
                _peek(clients[0].socket)
        assert _cpu_seconds(pid) - before < 0.4
        for client in clients:
            client.socket.close()
        deadline = time.monotonic() + 20
        while True:
            with Client(door) as again:
                if again.reply().startswith("220 "):
                    break
            assert time.monotonic() < deadline


def _peek(connected: socket.socket) -> None:
    connected.settimeout(0.05)
    connected.recv(1, socket.MSG_PEEK)


def _cpu_seconds(pid: int) -> float:
    fields = File(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
