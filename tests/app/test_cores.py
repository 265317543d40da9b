"""How many processes there are and which core each keeps to."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge import config
from mailbridge.app.cores import deal_cores, keep_to
from mailbridge.config import Settings
from tests.config.test_read import MINIMAL


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "mailbridge.toml").write_text(MINIMAL)
    return config.load(tmp_path / "mailbridge.toml")


def _with(settings: Settings, *, processes: int, own_cores: bool = True) -> Settings:
    return replace(settings, bridge=replace(settings.bridge, processes=processes, own_cores=own_cores))


@pytest.mark.parametrize(
    ("allowed", "processes", "dealt"),
    [
        ({2, 5}, 0, (2, 5)),
        ({2, 5}, 3, (2, 5, 2)),
        ({2, 5}, 1, (None,)),
        ({4}, 0, (None,)),
        (set(range(32)), 0, (0, 1, 2, 3, 4, 5, 6, 7)),
    ],
)
def test_each_process_gets_a_core_in_turn(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    allowed: set[int],
    processes: int,
    dealt: tuple[int | None, ...],
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: allowed)
    assert deal_cores(_with(settings, processes=processes)) == dealt


def test_no_process_keeps_to_a_core_where_the_settings_say_so(settings: Settings) -> None:
    assert deal_cores(_with(settings, processes=3, own_cores=False)) == (None, None, None)


def test_a_core_that_is_gone_leaves_all_as_it_is() -> None:
    before = os.sched_getaffinity(0)
    keep_to(10_000)
    keep_to(None)
    assert os.sched_getaffinity(0) == before
