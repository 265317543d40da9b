"""The canary factory: no byte that leaves any door holds what the other side may not see; honest mail is relayed (I4).

Judged by a third decoder that is neither the masker's nor the gate's. Seeded: letter N of a seed is always the same.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.envelope import Peer
from mailbridge.domain.parties import Role
from mailbridge.events import JOURNAL
from mailbridge.web.metrics import Metrics
from tests.path.world import CLIENT_IP
from tests.properties.canaries import campaign
from tests.properties.canaries.decoder import found, squeezed
from tests.properties.canaries.factory import Factory, Outcome, a_factory
from tests.properties.canaries.letters import canaries_of
from tests.properties.canaries.people import ALIAS_DOMAIN, RULED_DOMAIN, Person

_SEED = 20261124
_SHARD = 500
_SHARDS = range(10)
_BIG_SHARD = 10_000
_PEER = Peer(ip=CLIENT_IP, helo="x.test")


def _check(folder: Path, numbers: range) -> None:
    with a_factory(folder, _SEED) as factory:
        outcome = factory.run(numbers)
    assert outcome.leaks == []
    assert outcome.damaged == []
    assert outcome.relayed_share >= 0.99, outcome.held
    assert outcome.doors["notice by intent"] > 0
    assert outcome.honest.total() + outcome.deliberate.total() == len(numbers)


@pytest.mark.parametrize("shard", _SHARDS)
def test_I4_T48_T49_T52_T53_T54_T55_T56_T57_P19_no_canary_comes_out(shard: int, tmp_path: Path) -> None:
    _check(tmp_path, range(shard * _SHARD, (shard + 1) * _SHARD))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("shard", range(10))
def test_I4_no_canary_comes_out_of_100_000_letters(shard: int, tmp_path: Path) -> None:
    numbers = range(shard * _BIG_SHARD, (shard + 1) * _BIG_SHARD)
    text, is_good = campaign.summary(campaign.run(numbers, campaign.SEED, tmp_path / "done.jsonl"))
    assert is_good, text


def test_the_big_run_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[range] = []

    def run_block(_: int, numbers: range) -> Outcome:
        ran.append(numbers)
        return Outcome(honest=Counter(relayed=len(numbers)))

    monkeypatch.setattr(campaign, "run_block", run_block)
    done = tmp_path / "done.jsonl"
    campaign.run(range(700, 1200), 1, done)
    done.write_text(done.read_text(encoding="utf-8") + '{"seed": 1, "fr', encoding="utf-8")
    lines = campaign.run(range(700, 2000), 1, done)
    assert ran == [range(700, 1000), range(1000, 1200), range(1000, 1500), range(1500, 2000)]
    assert campaign.summary(lines) == campaign.summary(campaign.run(range(700, 2000), 1, done))
    assert campaign.summary(lines)[1]


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(honest=Counter(relayed=98, stopped=2)),
        Outcome(honest=Counter(relayed=1), leaks=[(1, "relay", (), ["x"])]),
        Outcome(honest=Counter(relayed=1), damaged=[(1, ())]),
    ],
)
def test_the_big_run_fails_where_something_leaks_or_is_damaged_or_too_much_is_held(outcome: Outcome) -> None:
    assert not campaign.summary([campaign.as_line(1, range(100), outcome)])[1]


def test_I4_the_decoder_sees_what_it_is_to_find() -> None:
    for octets in (
        b"Subject: =?utf-8?B?YW5uYUBob21lLnRlc3Q=?=\r\n\r\nx",
        b"Content-Transfer-Encoding: base64\r\n\r\nYW5uYUBob21lLnRlc3Q=",
        b"Content-Type: text/html\r\n\r\na<b>n</b>na&#64;home<wbr>.test",
        b"\r\nanna (at) home (dot) test",
        b"\r\n%61nna%2540home.test",
        b"Content-Type: application/octet-stream\r\n\r\n" + "anna@home.test".encode("utf-16"),
        "Content-Type: text/plain; charset=utf-8\r\n\r\n\u0430nn\u0430@h\u200bome.test".encode(),
    ):
        assert found(octets, {"annahometest", "annaathomedottest"}) != []
    assert found(b"\r\nhanna at home, test", {"annahometest"}) == []


@pytest.fixture
def factory(tmp_path: Path) -> Iterator[Factory]:
    with a_factory(tmp_path, _SEED) as made:
        yield made


def _other(factory: Factory, person: Person) -> Person:
    return factory.pairs[person.number].side(person.role.other)


def test_T59_T51_notices_of_refusals_and_holds_tell_nothing_of_the_other_side(factory: Factory) -> None:
    outcome = factory.run(range(200), market="strict")
    assert outcome.leaks == []
    assert outcome.doors["notice"] > 20


def test_T59_acknowledgements_welcomes_and_digests_tell_nothing_of_the_other_side(factory: Factory) -> None:
    world, outcome = factory.world, factory.run(range(60))
    for pair in factory.pairs:  # the first mail of a pair whose seller was never written to
        contact = f"shop{pair.number}@{RULED_DOMAIN}"
        world.mail(_short(pair.buyer, contact), contact, reverse_path=pair.buyer.address, peer=_PEER)
    world.sent.clear()
    kinds = set()
    for claimed, _ in world.run_intents():
        kinds.add(claimed.delivery.kind)
        to = claimed.delivery.forward_path.addr_spec.lower()
        readers = [p for pair in factory.pairs for p in (pair.buyer, pair.seller) if p.address.lower() == to]
        for reader in readers:
            assert found(claimed.delivery.octets, canaries_of(_other(factory, reader))) == []
    assert {PostKind.ACKNOWLEDGEMENT, PostKind.NOTICE} <= kinds
    assert outcome.leaks == []


@pytest.mark.parametrize("kind", ["dsn", "vacation", "read receipt"])
def test_T51_P12_P17_what_a_far_server_or_robot_says_never_reaches_the_author(kind: str, factory: Factory) -> None:
    for pair in factory.pairs:
        reader, author = pair.buyer, pair.seller
        octets = _automatic(kind, reader, factory.alias(pair, Role.SELLER))
        to = factory.alias(pair, Role.SELLER)
        if kind == "dsn":
            factory.world.sent.clear()
            alias = factory.alias(pair, Role.BUYER)
            factory.world.mail(_short(author, alias), alias, reverse_path=author.address, peer=_PEER)
            [(claimed, _)] = factory.world.take(PostKind.RELAY)
            to = claimed.delivery.reverse_path or ""
        factory.world.mail(octets, to, reverse_path=None, peer=Peer(ip=CLIENT_IP, helo="mx.far.test"))
        told = factory.world.take()
        assert [claimed.delivery.kind for claimed, _ in told] == ([PostKind.NOTICE] if kind == "dsn" else [])
        for claimed, _ in told:
            assert claimed.delivery.forward_path.addr_spec == author.address
            assert found(claimed.delivery.octets, canaries_of(reader)) == []


def _short(author: Person, to: str) -> bytes:
    header = f"From: {author.address}\r\nTo: {to}\r\nSubject: Hi\r\nMessage-ID: <{author.number}@x.test>\r\n"
    return f"{header}\r\nHi".encode()


def _automatic(kind: str, reader: Person, alias: str) -> bytes:
    detail = f"{reader.name} <{reader.address}>, call {reader.phone}, {reader.postal}"
    if kind == "vacation":
        head = (
            f"From: {reader.address}\r\nTo: {alias}\r\nSubject: Away: {reader.name}\r\nAuto-Submitted: auto-replied\r\n"
        )
        return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\nI am on leave. {detail}".encode()
    status = (
        f"Reporting-MTA: dns; mx.{reader.domain}\r\n\r\nFinal-Recipient: rfc822; {reader.address}\r\n"
        f"Action: failed\r\nStatus: 5.1.1\r\n"
        f"Diagnostic-Code: smtp; 550 <{reader.address}> unknown at {reader.domain}\r\n"
    )
    report = "delivery-status" if kind == "dsn" else "disposition-notification"
    head = f"From: MAILER-DAEMON@mx.{reader.domain}\r\nTo: x@{ALIAS_DOMAIN}\r\nSubject: Failure: {reader.address}\r\n"
    return (
        f'{head}Content-Type: multipart/report; report-type={report}; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{detail}\r\n"
        f"--b\r\nContent-Type: message/{report}\r\n\r\n{status}\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: {reader.address}\r\n\r\n{detail}\r\n--b--\r\n"
    ).encode()


def test_T59_metrics_and_the_log_tell_nothing_of_anybody(factory: Factory) -> None:
    outcome = factory.run(range(100))
    page = squeezed(Metrics(JOURNAL.tally, dict).render().decode())
    everything = {canary for pair in factory.pairs for role in Role for canary in canaries_of(pair.side(role))}
    assert [canary for canary in everything if canary in page] == []
    assert outcome.log_lines >= 100
    assert outcome.leaks == []
