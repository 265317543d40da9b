"""What PostgreSQL does to us, and what is left of what was acknowledged (F-19, F-21)."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from mailbridge.domain.delivery import ClaimedDelivery
from mailbridge.domain.ids import DeliveryId
from mailbridge.errors import ConfigurationError, Conflict, StoreUnavailable
from tests.store.postgresql import Cluster
from tests.store.world import START, TRADE, Clock, World, a_message, open_store


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of our own for this module."""
    with Cluster.started() as running:
        yield running


@pytest.fixture
def url(cluster: Cluster) -> str:
    """A new database."""
    return cluster.new_database()


@pytest.fixture
def world(url: str, tmp_path: Path) -> Iterator[World]:
    """The marketplace, imported."""
    store = open_store(url, tmp_path, Clock())
    store.apply_trade(TRADE, START)
    yield World(store, Clock())
    store.close()


def test_F19_backends_that_are_ended_at_random_lose_nothing_acknowledged(world: World, url: str) -> None:
    acknowledged: list[DeliveryId] = []
    pause = threading.Event()  # never set: waiting for it is the time between two blows

    def write(name: str) -> None:
        for number in range(25):
            mail = a_message(f"{name}{number}@home.test")
            try:
                facts = world.facts(world.contact(), mail, from_=f"{name}{number}@home.test")
                leg = world.first_leg(facts, mail)
                world.commit(facts, mail, leg)
            except (StoreUnavailable, Conflict):
                continue  # 451: the client tries again
            acknowledged.append(leg.deliveries[0].id)

    writers = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for writer in writers:
        writer.start()
    ended = 0
    with psycopg.connect(url, autocommit=True) as admin:
        while any(writer.is_alive() for writer in writers):
            pause.wait(0.1)
            rows = admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
            ).fetchall()
            ended += len(rows)
    for writer in writers:
        writer.join()
    assert ended > 0
    assert acknowledged
    kept = {one.delivery.id for one in _claim_everything(world)}
    assert [delivery_id for delivery_id in acknowledged if delivery_id not in kept] == []


def test_F19_the_store_goes_on_after_a_restart_of_the_server(world: World, cluster: Cluster) -> None:
    first = world.first_mail()
    cluster.stop()
    for ask in (lambda: world.facts(world.contact(), a_message()), world.held_mail):
        with pytest.raises(StoreUnavailable):
            ask()
    cluster.start()
    second = world.first_mail(from_="later@home.test")
    kept = {one.delivery.id for one in _claim_everything(world)}
    assert kept == {first.deliveries[0].id, second.deliveries[0].id}


def test_F21_a_server_that_does_not_wait_for_its_disk_is_refused(url: str, tmp_path: Path) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$"
        )
    with pytest.raises(ConfigurationError, match="synchronous_commit=off"):
        open_store(url, tmp_path, Clock())


def _claim_everything(world: World) -> list[ClaimedDelivery]:
    claimed: list[ClaimedDelivery] = []
    for _ in range(5):  # the first question after a fault may meet a dead connection
        try:
            claimed += world.store.claim(START, worker="w", limit=10_000, lease=timedelta(minutes=1))
        except StoreUnavailable:
            continue
        return claimed
    raise AssertionError("the store does not come back")
