"""One measured run: load in, deliveries out, what it cost. Knows of its subject but a port and a process id."""

import multiprocessing
import os
import re
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bench import generator, machine, sink
from bench.generator import Handed, Order, Post
from bench.load import ALIAS_DOMAIN, Expected
from bench.sink import Arrived

_TOKEN = re.compile(rb"bench[a-z]{6,}?note")
_FROM = re.compile(rb"(?im)^From:(?:[^\r\n]|\r\n[ \t])*?([^\s<>]+@[^\s<>]+)>?\r\n")
_DRAIN_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is measured."""

    name: str
    port: int
    #: the process whose tree is charged
    root: int
    #: whether From and To must be what the bridge makes of them
    rewrites: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run showed."""

    subject: str
    octets: int
    concurrency: int
    #: mails per second that the load was paced at; 0: as fast as taken
    rate: float
    accepted: int
    refused: tuple[str, ...]
    delivered: int
    #: accepted, but never seen as it should be
    lost: int
    #: seen more than once
    doubled: int
    #: other mail that came out: acknowledgements, welcomes, notices
    others: int
    accepted_per_s: float
    delivered_per_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms_per_message: float
    peak_rss_mib: float
    #: share of the machine that neither subject nor bench used: above 0.15 the figures say little
    others_share: float


class Workbench:
    """Generator and sink, running; a context manager."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._generator, theirs = context.Pipe()
        self._sink, sinks = context.Pipe()
        self._processes = [
            context.Process(target=generator.main, args=(theirs,), daemon=True),
            context.Process(target=sink.main, args=(sinks,), daemon=True),
        ]
        self.sink_port = 0

    def __enter__(self) -> Self:
        for process in self._processes:
            process.start()
        self.sink_port = self._sink.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in (self._generator, self._sink):
            pipe.send(None)
        for process in self._processes:
            process.join(5)
            process.kill()

    def deliver(self, port: int, posts: list[Post], *, concurrency: int = 20) -> tuple[Handed, list[Arrived]]:
        """Hand over and wait for everything, without measuring."""
        self._take()
        handed = self._hand_over(Order(port, posts, concurrency))
        return handed, self._drained(handed.accepted)

    def run(
        self,
        subject: Subject,
        posts: list[Post],
        expected: Mapping[str, Expected],
        *,
        octets: int,
        concurrency: int,
        rate: float = 0.0,
    ) -> Figures:
        """One measured run."""
        self._take()
        cpu, busy, own, began = (
            machine.cpu_seconds(subject.root),
            machine.busy_seconds(),
            self._own_cpu(),
            time.monotonic(),
        )
        with machine.PeakMemory(subject.root) as memory:
            handed = self._hand_over(Order(subject.port, posts, concurrency, rate))
            arrived = self._drained(handed.accepted)
        cpu, busy = machine.cpu_seconds(subject.root) - cpu, machine.busy_seconds() - busy
        others = busy - cpu - (self._own_cpu() - own)
        first, doubled = _delivered(arrived, expected, rewrites=subject.rewrites)
        took = sorted((first[token] - start) * 1000 for token, (start, _) in handed.accepted.items() if token in first)
        count = max(1, len(handed.accepted))
        return Figures(
            subject=subject.name,
            octets=octets,
            concurrency=concurrency,
            rate=rate,
            accepted=len(handed.accepted),
            refused=tuple(handed.refused),
            delivered=len(took),
            lost=len(handed.accepted) - len(took),
            doubled=doubled,
            others=len(arrived) - len(first) - doubled,
            accepted_per_s=_per_second(
                len(handed.accepted), handed.started, (end for _, end in handed.accepted.values())
            ),
            delivered_per_s=_per_second(len(took), handed.started, (first[t] for t in handed.accepted if t in first)),
            p50_ms=_quantile(took, 0.5),
            p99_ms=_quantile(took, 0.99),
            cpu_ms_per_message=cpu * 1000 / count,
            peak_rss_mib=memory.mib,
            others_share=max(0.0, others / (time.monotonic() - began) / machine.cores()),
        )

    def _own_cpu(self) -> float:
        """CPU that generator, sink and this process used so far."""
        return machine.cpu_seconds(os.getpid(), with_children=False) + sum(
            machine.cpu_seconds(process.pid, with_children=False) for process in self._processes if process.pid
        )

    def _hand_over(self, order: Order) -> Handed:
        self._generator.send(order)
        handed = self._generator.recv()
        assert isinstance(handed, Handed)
        return handed

    def _take(self) -> list[Arrived]:
        self._sink.send("take")
        return list(self._sink.recv())

    def _drained(self, accepted: Mapping[str, object]) -> list[Arrived]:
        """Everything at the sink, once all that was accepted came out and half a second was quiet."""
        arrived: list[Arrived] = []
        missing = set(accepted)
        deadline = time.monotonic() + _DRAIN_S
        while time.monotonic() < deadline:
            if self._quiet(0.5 if missing else 1.0) and not missing:
                break
            arrived += (news := self._take())
            missing -= {token for mail in news if (token := token_of(mail)) is not None}
        return arrived + self._take()

    def _quiet(self, seconds: float) -> bool:
        """Whether nothing waits at the sink after so long."""
        time.sleep(seconds)
        self._sink.send("count")
        return bool(self._sink.recv() == 0)


def token_of(mail: Arrived) -> str | None:
    """The token in its new text: the first one, for quotes come after."""
    found = _TOKEN.search(mail.octets)
    return found[0].decode() if found else None


def median(runs: list[Figures], value: Callable[[Figures], float]) -> float:
    """The median over several runs."""
    return statistics.median(map(value, runs))


def _delivered(
    arrived: list[Arrived], expected: Mapping[str, Expected], *, rewrites: bool
) -> tuple[dict[str, float], int]:
    """Token -> when it was first delivered as it should be; and how many came again."""
    first: dict[str, float] = {}
    doubled = 0
    for mail in arrived:
        token = token_of(mail)
        if token is None or token not in expected or (rewrites and not _is_relayed(mail, expected[token])):
            continue
        if token in first:
            doubled += 1
        else:
            first[token] = mail.at
    return first, doubled


def _is_relayed(mail: Arrived, expected: Expected) -> bool:
    """From is the right alias, and it went to the mapped mailbox alone."""
    found = _FROM.search(mail.octets)
    author = found[1].decode("latin-1").lower() if found else ""
    if expected.from_alias:
        is_right = author == expected.from_alias.lower()
    else:
        is_right = author.endswith("@" + ALIAS_DOMAIN) and not author.startswith(("store", "postmaster"))
    return is_right and mail.forward_paths == (expected.forward_path,)


def _per_second(count: int, started: float, ends: Iterable[float]) -> float:
    last = max(ends, default=started)
    return count / (last - started) if last > started else 0.0


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
