"""Killed with mail in flight, at every named place, the bridge loses nothing, makes up nothing, posts nothing twice."""

from collections.abc import Iterator

import pytest

from tests.dns_server import DnsServer
from tests.faults.kill_run import ALIAS_DOMAIN, BUYERS, FAILPOINTS, SELLERS, Accounts, KillRun, plan, trade
from tests.peers.bridge import Bridge
from tests.peers.neighbourhood import publish
from tests.peers.processes import open_folder
from tests.peers.sink import Sink

_CONNECTIONS = 8  # to the smarthost, by default, all processes together

pytestmark = pytest.mark.xdist_group("kills")


@pytest.fixture
def kill_run() -> Iterator[KillRun]:
    with open_folder("mb-kills-") as folder, Sink() as sink, DnsServer() as dns:
        for domain in (BUYERS, SELLERS):
            publish(dns, domain)
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=ALIAS_DOMAIN) as bridge:
            yield KillRun(bridge=bridge, sink=sink, aliases=bridge.prepare(trade()))


def _check(accounts: Accounts) -> None:
    print(accounts.report())
    assert accounts.refused == []
    assert accounts.lost == set(), accounts.report()
    assert accounts.phantoms == set()
    assert accounts.posts == len(accounts.copies), "one post for each mail, never two"
    assert accounts.unexplained() == []
    assert accounts.most_at_one_kill() <= _CONNECTIONS
    assert accounts.unanswered == set()
    assert set(accounts.held.values()) <= {"poison"}


@pytest.mark.timeout(300)
def test_I1_I2_I3_F01_F02_F04_a_kill_at_every_named_place_loses_and_doubles_nothing(kill_run: KillRun) -> None:
    accounts = kill_run.run(plan(len(FAILPOINTS) + 6, seed=7))
    assert set(accounts.kills) == set(FAILPOINTS)
    _check(accounts)


@pytest.mark.timeout(300)
def test_I1_I2_I3_F01_a_killed_process_of_several_is_started_again_and_nothing_is_lost(kill_run: KillRun) -> None:
    kill_run.bridge.change("bridge", processes=2)
    kill_run.bridge.write_settings()
    accounts = kill_run.run_sibling_kills(5)
    assert accounts.kills == {"sibling": 5}
    _check(accounts)


def test_F07_a_stop_under_load_ends_soon_and_loses_and_doubles_nothing(kill_run: KillRun) -> None:
    took = kill_run.run_stops(4)
    _check(kill_run.accounts)
    assert kill_run.accounts.twice == {}
    assert max(took) < 30


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_I1_I2_I3_F01_F02_F04_two_hundred_kills_lose_and_double_nothing(kill_run: KillRun) -> None:
    accounts = kill_run.run(plan(200, seed=11))
    assert min(accounts.kills[place] for place in FAILPOINTS) >= 5
    _check(accounts)
