"""DNS questions: each once, bounded in time and memory, and never a guess when nobody answers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from mailbridge.errors import AuthenticationUnavailable
from mailbridge.path.resolver import Resolver, ResolverSettings
from tests.dns_server import DnsServer, Misbehaviour


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    with DnsServer() as running:
        yield running


class _Time:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _resolver(dns: DnsServer, *, time: _Time | None = None, **settings: object) -> Resolver:
    usual: dict[str, object] = {"deadline": timedelta(seconds=2), "attempt": timedelta(seconds=1)} | settings
    made = ResolverSettings(nameservers=("127.0.0.1",), port=dns.port, **usual)  # type: ignore[arg-type]  # its fields
    return Resolver(made, monotonic=time) if time is not None else Resolver(made)


def test_the_strings_of_a_txt_record_are_joined(dns: DnsServer) -> None:
    dns.add("long.example", "TXT", "a" * 300 + "b" * 300)
    assert _resolver(dns).txt("long.example") == (b"a" * 300 + b"b" * 300,)


def test_every_record_of_a_name_is_given(dns: DnsServer) -> None:
    dns.add("two.example", "TXT", "one")
    dns.add("two.example", "TXT", "two")
    assert set(_resolver(dns).txt("two.example")) == {b"one", b"two"}


def test_a_truncated_answer_is_asked_for_again_by_tcp(dns: DnsServer) -> None:
    for number in range(40):
        dns.add("many.example", "TXT", f"{number} " + "x" * 100)
    assert len(_resolver(dns).txt("many.example")) == 40
    assert dns.asked["many.example", "TXT"] == 2


@pytest.mark.parametrize("name", ["none.example", "has-a-only.example"])
def test_no_name_and_no_record_are_empty_answers(dns: DnsServer, name: str) -> None:
    dns.add("has-a-only.example", "A", "192.0.2.1")
    assert _resolver(dns).txt(name) == ()


@pytest.mark.parametrize(
    "name", ["", ".", "a..example", "x" * 64 + ".example", ".".join(["abcdefgh"] * 30), "żółw.example", "a\\.example"]
)
def test_what_is_no_name_is_not_asked(dns: DnsServer, name: str) -> None:
    assert _resolver(dns).txt(name) == ()
    assert dns.asked.total() == 0


def test_an_answer_is_asked_for_once_however_it_is_spelled(dns: DnsServer) -> None:
    dns.add("one.example", "TXT", "yes")
    resolver = _resolver(dns)
    answers = {resolver.txt("one.example"), resolver.txt("ONE.example."), resolver.txt("one.example")}
    assert (answers, dns.asked["one.example", "TXT"]) == ({(b"yes",)}, 1)


def test_an_answer_is_asked_for_again_when_its_ttl_is_over(dns: DnsServer) -> None:
    dns.add("one.example", "TXT", "yes")
    time = _Time()
    resolver = _resolver(dns, time=time)
    resolver.txt("one.example")
    time.now += 299  # the server says 300
    resolver.txt("one.example")
    before = dns.asked["one.example", "TXT"]
    time.now += 2
    resolver.txt("one.example")
    assert (before, dns.asked["one.example", "TXT"]) == (1, 2)


def test_no_ttl_is_believed_for_longer_than_the_setting(dns: DnsServer) -> None:
    dns.add("one.example", "TXT", "yes")
    time = _Time()
    resolver = _resolver(dns, time=time, longest_ttl=timedelta(seconds=10))
    resolver.txt("one.example")
    time.now += 11
    resolver.txt("one.example")
    assert dns.asked["one.example", "TXT"] == 2


@pytest.mark.parametrize("how", [Misbehaviour.SERVFAIL, Misbehaviour.REFUSED, Misbehaviour.SILENT])
def test_F25_a_failure_is_unavailable_and_never_an_empty_answer(dns: DnsServer, how: Misbehaviour) -> None:
    dns.misbehave("sick.example", how)
    with pytest.raises(AuthenticationUnavailable, match=r"sick\.example"):
        _resolver(dns, deadline=timedelta(seconds=0.5), attempt=timedelta(seconds=0.2)).txt("sick.example")


def test_F25_a_name_server_that_is_not_there_is_unavailable() -> None:
    with DnsServer() as gone:
        resolver = _resolver(gone, deadline=timedelta(seconds=0.5))
    with pytest.raises(AuthenticationUnavailable):
        resolver.txt("one.example")


def test_F25_a_failure_is_remembered_for_a_moment_and_then_asked_again(dns: DnsServer) -> None:
    dns.add("sick.example", "TXT", "well again")
    dns.misbehave("sick.example", Misbehaviour.SERVFAIL)
    time = _Time()
    resolver = _resolver(dns, time=time)
    for _ in range(3):
        with pytest.raises(AuthenticationUnavailable):
            resolver.txt("sick.example")
    asked = dns.asked["sick.example", "TXT"]
    dns.behave()
    time.now += 11
    assert (resolver.txt("sick.example"), asked) == ((b"well again",), 1)


def test_T40_a_question_without_time_left_is_not_asked_and_not_remembered(dns: DnsServer) -> None:
    dns.add("one.example", "TXT", "yes")
    resolver = _resolver(dns)
    with pytest.raises(AuthenticationUnavailable):
        resolver.txt("one.example", until=resolver.monotonic() - 1)
    assert resolver.txt("one.example") == (b"yes",)


def test_a_cached_answer_needs_no_time(dns: DnsServer) -> None:
    dns.add("one.example", "TXT", "yes")
    resolver = _resolver(dns)
    resolver.txt("one.example")
    assert resolver.txt("one.example", until=resolver.monotonic() - 1) == (b"yes",)


def test_equal_questions_at_the_same_time_go_out_once(dns: DnsServer) -> None:
    dns.add("late.example", "TXT", "yes")
    dns.misbehave("late.example", Misbehaviour.LATE, seconds=0.3)
    resolver = _resolver(dns)
    answers: list[tuple[bytes, ...]] = []
    threads = [threading.Thread(target=lambda: answers.append(resolver.txt("late.example"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, dns.asked["late.example", "TXT"]) == ([(b"yes",)] * 8, 1)


def test_a_thread_says_when_it_waits_and_not_when_it_does_not(dns: DnsServer) -> None:
    dns.add("one.example", "TXT", "yes")
    waits = []

    @contextmanager
    def waiting() -> Iterator[None]:
        waits.append("began")
        yield
        waits.append("ended")

    resolver = Resolver(ResolverSettings(nameservers=("127.0.0.1",), port=dns.port), waiting=waiting)
    resolver.txt("one.example")
    resolver.txt("one.example")
    assert waits == ["began", "ended"]


def test_the_least_recently_used_answers_are_forgotten_first(dns: DnsServer) -> None:
    for name in ("a", "b", "c"):
        dns.add(f"{name}.example", "TXT", name)
    resolver = _resolver(dns, max_entries=2)
    for name in ("a", "b", "a", "c", "a", "b"):
        resolver.txt(f"{name}.example")
    assert [dns.asked[f"{name}.example", "TXT"] for name in ("a", "b", "c")] == [1, 2, 1]


def test_T40_big_answers_do_not_fill_the_memory(dns: DnsServer) -> None:
    for number in range(10):
        dns.add(f"big{number}.example", "TXT", "x" * 4000)
    resolver = _resolver(dns, max_octets=10_000)
    for _ in range(2):
        for number in range(10):
            resolver.txt(f"big{number}.example")
    assert len(resolver._cache) <= 2


@pytest.mark.parametrize(
    ("kind", "value", "answer"),
    [("A", "192.0.2.1", b"192.0.2.1"), ("MX", "10 mx.example", b"10 mx.example"), ("PTR", "h.example", b"h.example")],
)
def test_other_records_come_as_text(dns: DnsServer, kind: str, value: str, answer: bytes) -> None:
    dns.add("one.example", kind, value)
    assert _resolver(dns).ask("one.example", kind).records == (answer,)
