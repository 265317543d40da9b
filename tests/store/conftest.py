"""A store on SQLite with the small marketplace in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.world import TRADE, Clock, World, open_store


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path}/store.db"


@pytest.fixture
def world(url: str, tmp_path: Path) -> Iterator[World]:
    """The marketplace, imported."""
    clock = Clock()
    store = open_store(url, tmp_path, clock)
    store.apply_trade(TRADE, clock())
    yield World(store, clock)
    store.close()
