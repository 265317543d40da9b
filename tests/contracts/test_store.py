"""The store's contract on each database it speaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.store_acknowledgements_contract import AcknowledgementContract
from tests.contracts.store_actions_contract import ActionsContract
from tests.contracts.store_clocks_contract import ClocksContract
from tests.contracts.store_contract import CommitContract, DestinationContract, FactsContract
from tests.contracts.store_copies_contract import CopiesContract
from tests.contracts.store_optouts_contract import OptOutContract
from tests.contracts.store_outreach_contract import OutreachContract
from tests.contracts.store_pace_contract import PaceContract
from tests.contracts.store_people_contract import PeopleContract, TradeContract
from tests.contracts.store_queue_contract import IntentContract, QueueContract
from tests.contracts.store_reviews_contract import ReviewsContract
from tests.contracts.store_rules_contract import RuleCountsContract
from tests.contracts.store_screening_contract import ScreeningContract
from tests.contracts.store_staff_contract import StaffContract
from tests.contracts.store_standing_contract import StandingContract
from tests.contracts.store_threads_contract import ThreadsContract
from tests.store.postgresql import Cluster
from tests.store.world import TRADE, Clock, World, open_store


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of our own for this module."""
    with Cluster.started() as running:
        yield running


class StoreContract(
    AcknowledgementContract,
    ActionsContract,
    DestinationContract,
    FactsContract,
    CommitContract,
    ClocksContract,
    CopiesContract,
    OptOutContract,
    OutreachContract,
    PaceContract,
    QueueContract,
    IntentContract,
    ReviewsContract,
    RuleCountsContract,
    ScreeningContract,
    StaffContract,
    StandingContract,
    ThreadsContract,
    TradeContract,
    PeopleContract,
):
    """Everything that a store promises."""


class TestOnSqlite(StoreContract):
    """Embedded, the default."""

    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}/store.db"

    @pytest.fixture
    def world(self, url: str, tmp_path: Path) -> Iterator[World]:
        yield from _world(url, tmp_path)


class TestOnPostgresql(StoreContract):
    """For several machines."""

    @pytest.fixture
    def url(self, cluster: Cluster) -> str:
        return cluster.new_database()

    @pytest.fixture
    def world(self, url: str, tmp_path: Path) -> Iterator[World]:
        yield from _world(url, tmp_path)


def _world(url: str, folder: Path) -> Iterator[World]:
    clock = Clock()
    store = open_store(url, folder, clock)
    store.apply_trade(TRADE, clock())
    yield World(store, clock)
    store.close()
