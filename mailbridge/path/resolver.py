"""DNS questions: the one door of dnspython, with a cache, deadlines, and each question only once on the wire.

An answer is a value; "no such name" and "no such record" are empty answers. What can not be answered in time
(timeout, SERVFAIL, no name server) raises `AuthenticationUnavailable`, and is remembered for a few seconds: a dead
DNS must not cost a deadline per question (threats.md T-40, F-25). Does not validate DNSSEC and does not recurse: the
configured name servers do.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import dns.message
import dns.name
import dns.rdata
import dns.rdtypes.ANY.MX
import dns.rdtypes.ANY.PTR
import dns.rdtypes.ANY.TXT
import dns.rdtypes.IN.A
import dns.rdtypes.IN.AAAA
import dns.resolver

from mailbridge.errors import AuthenticationUnavailable

_MAX_NAME_OCTETS = 253
_MAX_LABEL_OCTETS = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The records of one name and type; empty when there are none."""

    #: TXT: the joined character-strings. A, AAAA, PTR: text in ASCII. MX: b"preference exchange"
    records: tuple[bytes, ...] = ()
    #: how long it may be kept
    ttl: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverSettings:
    """Where and how long to ask, and how much to remember."""

    #: addresses of name servers; empty: those of the operating system
    nameservers: tuple[str, ...] = ()
    #: port of the name servers
    port: int = 53
    #: longest wait for one question, with all its retries
    deadline: timedelta = timedelta(seconds=5)
    #: wait for one name server before the next is asked
    attempt: timedelta = timedelta(seconds=2)
    #: answers are kept no longer than this, whatever their TTL
    longest_ttl: timedelta = timedelta(hours=1)
    #: "no such name" is kept no longer than this (RFC 2308 §5)
    longest_negative_ttl: timedelta = timedelta(minutes=5)
    #: a failure is kept this long
    failure_ttl: timedelta = timedelta(seconds=10)
    #: answers kept; the least recently used go first
    max_entries: int = 20_000
    #: octets of answers kept
    max_octets: int = 16 * 1024 * 1024


@dataclass(slots=True)
class _Entry:
    expires: float
    #: None: the question failed
    answer: Answer | None
    octets: int


class _Cache:
    """Least recently used answers go first; bounded by count and by octets. Not locked by itself."""

    def __init__(self, settings: ResolverSettings) -> None:
        self._settings = settings
        self._entries: OrderedDict[tuple[str, str], _Entry] = OrderedDict()
        self._octets = 0

    def get(self, key: tuple[str, str], now: float) -> _Entry | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.expires <= now:
            self._drop(key)
            return None
        self._entries.move_to_end(key)
        return entry

    def put(self, key: tuple[str, str], entry: _Entry) -> None:
        self._drop(key)
        self._entries[key] = entry
        self._octets += entry.octets
        while len(self._entries) > self._settings.max_entries or self._octets > self._settings.max_octets:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: tuple[str, str]) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._octets -= entry.octets

    def __len__(self) -> int:
        return len(self._entries)


class Resolver:
    """Thread-safe, synchronous. `waiting` is entered while a thread waits for the network or for another's question."""

    def __init__(
        self,
        settings: ResolverSettings | None = None,
        *,
        waiting: Callable[[], AbstractContextManager[object]] = nullcontext,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings or ResolverSettings()
        self._waiting = waiting
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._cache = _Cache(self._settings)
        self._asked: dict[tuple[str, str], threading.Event] = {}
        self._stub = _make_stub(self._settings)

    def txt(self, name: str, *, until: float | None = None) -> tuple[bytes, ...]:
        """The TXT records of `name`, each with its character-strings joined (RFC 6376 §3.6.2.2)."""
        return self.ask(name, "TXT", until=until).records

    def ask(self, name: str, rdtype: str, *, until: float | None = None) -> Answer:
        """The answer to one question, or AuthenticationUnavailable; `until` (of `monotonic`) shortens the deadline."""
        name = name.rstrip(".").lower()
        if not _is_askable(name):
            return Answer()
        key = (name, rdtype)
        deadline = self._monotonic() + self._settings.deadline.total_seconds()
        if until is not None:
            deadline = min(deadline, until)
        while True:
            with self._lock:
                entry = self._cache.get(key, self._monotonic())
                if entry is not None:
                    break
                other = self._asked.get(key)
                if other is None:
                    self._asked[key] = threading.Event()
            if other is None:
                entry = self._ask_and_remember(key, deadline)
                break
            with self._waiting():
                if not other.wait(max(0.0, deadline - self._monotonic())):
                    raise AuthenticationUnavailable(f"DNS: no answer in time for {rdtype} {name}")
        if entry.answer is None:
            raise AuthenticationUnavailable(f"DNS: no answer for {rdtype} {name}")
        return entry.answer

    def monotonic(self) -> float:
        """The clock that `until` is told in."""
        return self._monotonic()

    def _ask_and_remember(self, key: tuple[str, str], deadline: float) -> _Entry:
        # An exception here other than a failed question must still wake the threads that wait for this one.
        entry = _Entry(expires=self._monotonic() + self._settings.failure_ttl.total_seconds(), answer=None, octets=128)
        remaining = deadline - self._monotonic()
        is_own_failure = remaining < self._settings.attempt.total_seconds()
        try:
            answer = self._ask_network(key, remaining)
            if answer is not None:
                octets = 256 + sum(map(len, answer.records))
                entry = _Entry(expires=self._monotonic() + answer.ttl.total_seconds(), answer=answer, octets=octets)
        finally:
            with self._lock:
                # A caller with hardly any time left says nothing about the name server.
                if entry.answer is not None or not is_own_failure:
                    self._cache.put(key, entry)
                self._asked.pop(key).set()
        return entry

    def _ask_network(self, key: tuple[str, str], seconds: float) -> Answer | None:
        if seconds <= 0:
            return None
        name, rdtype = key
        settings = self._settings
        try:
            with self._waiting():
                found = self._stub.resolve(
                    dns.name.from_text(name), rdtype, lifetime=seconds, raise_on_no_answer=False, search=False
                )
        except dns.resolver.NXDOMAIN as absent:
            responses = list(absent.kwargs["responses"].values())
            return Answer(ttl=min(_negative_ttl(responses), settings.longest_negative_ttl))
        except Exception:  # noqa: BLE001  # whatever dnspython trips over in a packet from outside is no answer
            return None
        ttl = timedelta(seconds=found.chaining_result.minimum_ttl)
        if found.rrset is None:
            return Answer(ttl=min(ttl, settings.longest_negative_ttl))
        return Answer(records=tuple(map(_text_of, found.rrset)), ttl=min(ttl, settings.longest_ttl))


def _make_stub(settings: ResolverSettings) -> dns.resolver.Resolver:
    try:
        stub = dns.resolver.Resolver(configure=not settings.nameservers)
    except dns.resolver.NoResolverConfiguration:
        # As every stub resolver does: the name server of this machine (resolv.conf(5)).
        stub = dns.resolver.Resolver(configure=False)
        stub.nameservers = ["127.0.0.1"]
    if settings.nameservers:
        stub.nameservers = list(settings.nameservers)
    stub.port = settings.port
    stub.timeout = settings.attempt.total_seconds()
    stub.search = []
    stub.use_edns(0, 0, 1232)
    return stub


def _is_askable(name: str) -> bool:
    """RFC 1035 §2.3.4: names and labels have a length; IDNs come here as A-labels."""
    if not name.isascii() or not 0 < len(name) <= _MAX_NAME_OCTETS or "\\" in name:
        return False
    return all(0 < len(label) <= _MAX_LABEL_OCTETS for label in name.split("."))


def _negative_ttl(responses: list[dns.message.QueryMessage]) -> timedelta:
    """RFC 2308 §5: the lesser of the SOA's TTL and its MINIMUM; dnspython works it out while it follows the chain."""
    if not responses:
        return timedelta(0)
    return timedelta(seconds=responses[-1].resolve_chaining().minimum_ttl)


def _text_of(record: dns.rdata.Rdata) -> bytes:
    match record:
        case dns.rdtypes.ANY.TXT.TXT():
            return b"".join(record.strings)
        case dns.rdtypes.IN.A.A() | dns.rdtypes.IN.AAAA.AAAA():
            return str(record.address).encode("ascii")
        case dns.rdtypes.ANY.MX.MX():
            return b"%d %s" % (record.preference, record.exchange.to_text(omit_final_dot=True).encode("ascii"))
        case dns.rdtypes.ANY.PTR.PTR():
            return record.target.to_text(omit_final_dot=True).encode("ascii")
        case _:
            return record.to_text().encode("ascii", "replace")
