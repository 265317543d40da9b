"""The web endpoint as Prometheus and a load balancer see it."""

import http.client
import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mailbridge.config import ListenAddress
from mailbridge.events import Event, Journal
from mailbridge.web.endpoint import WebEndpoint
from mailbridge.web.metrics import Metrics
from mailbridge.web.pages import HEADERS


@contextmanager
def endpoint(*ill: str, metrics: bytes = b"") -> Iterator[tuple[str, int]]:
    web = WebEndpoint(ListenAddress("127.0.0.1", 0), what_is_ill=lambda: ill, metrics=lambda: metrics)
    web.start()
    try:
        yield web.address
    finally:
        web.stop()


def ask(address: tuple[str, int], path: str, method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection(*address, timeout=10)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_a_well_bridge_answers_200() -> None:
    with endpoint() as address:
        assert ask(address, "/healthz") == (200, "well\n")


def test_an_ill_part_is_named_with_503() -> None:
    with endpoint("store") as address:
        assert ask(address, "/healthz") == (503, "store: not well\n")


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/", 404), ("POST", "/healthz", 501), ("HEAD", "/healthz", 200)]
)
def test_nothing_else_is_answered(method: str, path: str, status: int) -> None:
    with endpoint() as address:
        assert ask(address, path, method)[0] == status


@pytest.mark.parametrize(("method", "path"), [("GET", "/healthz"), ("GET", "/metrics"), ("GET", "/"), ("POST", "/")])
def test_T84_the_header_fields_stand_on_every_answer(method: str, path: str) -> None:
    with endpoint() as address:
        connection = http.client.HTTPConnection(*address, timeout=10)
        connection.request(method, path)
        found = dict(connection.getresponse().getheaders())
        connection.close()
    assert HEADERS.items() <= found.items()
    assert "Access-Control-Allow-Origin" not in found


def test_more_clients_than_there_is_room_for_are_turned_away_and_the_others_served() -> None:
    with endpoint() as address:
        silent = [socket.create_connection(address, timeout=10) for _ in range(8)]
        try:
            silent[0].sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            assert silent[0].recv(100).startswith(b"HTTP/1.0 200")
        finally:
            for client in silent:
                client.close()


def metrics_of(journal: Journal, **gauges: int) -> list[str]:
    return Metrics(journal.tally, lambda: gauges).render().decode().splitlines()


def test_events_are_counters() -> None:
    journal = Journal(stream=io.StringIO())
    journal.emit(Event.MESSAGE_RECEIVED, {"door": "smtp", "dispositions": ["relayed"], "total_ms": 4.0})
    lines = metrics_of(journal)
    assert 'mailbridge_message_received_total{dispositions="relayed",door="smtp"} 1.0' in lines
    assert "mailbridge_gate_leak_total 0.0" in lines


def test_durations_are_cumulative_histograms_in_seconds() -> None:
    journal = Journal(stream=io.StringIO())
    for total_ms in (1.0, 4.0, 99_999.0):
        journal.emit(Event.DELIVERY_ATTEMPT, {"kind": "relay", "outcome": "delivered", "total_ms": total_ms})
    lines = metrics_of(journal)
    name = "mailbridge_delivery_attempt_seconds"
    assert f'{name}_bucket{{le="0.001"}} 1.0' in lines
    assert f'{name}_bucket{{le="0.005"}} 2.0' in lines
    assert f'{name}_bucket{{le="+Inf"}} 3.0' in lines
    assert f"{name}_count 3.0" in lines


def test_what_the_store_knows_is_a_gauge() -> None:
    lines = metrics_of(Journal(stream=io.StringIO()), held=2, oldest_due_s=7)
    assert {"mailbridge_held 2.0", "mailbridge_oldest_due_s 7.0"} <= set(lines)


def test_reviews_that_wait_are_gauges_by_kind() -> None:
    reviews = {"report": (2, 86_400), "appeal": (0, 0)}
    page = Metrics(Journal(stream=io.StringIO()).tally, dict, lambda: reviews).render().decode().splitlines()
    assert {
        'mailbridge_reviews{kind="report"} 2.0',
        'mailbridge_oldest_review_s{kind="report"} 86400.0',
        'mailbridge_reviews{kind="appeal"} 0.0',
    } <= set(page)


def test_the_process_itself_is_measured() -> None:
    assert any(line.startswith("process_resident_memory_bytes") for line in metrics_of(Journal(stream=io.StringIO())))
