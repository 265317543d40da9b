"""The key file and what is sealed with it (F-42, T-89)."""

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.delivery import Deferred, DeliveryState
from mailbridge.domain.message import Attachment
from mailbridge.errors import ConfigurationError, SealBroken
from mailbridge.store.records import Intake, TradeBatch
from mailbridge.store.seal import KEY_OCTETS, KeyRing, Sealer, create_key_file
from mailbridge.store.store import Store
from tests.store.world import (
    ANNA,
    BUYER,
    START,
    Clock,
    World,
    a_message,
    mailbox,
    open_store,
)

MASTER = bytes(range(KEY_OCTETS))


def test_F42_a_new_key_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    create_key_file(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert isinstance(KeyRing.load(tmp_path / "key"), KeyRing)


def test_F42_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    create_key_file(tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(ConfigurationError, match="never overwritten"):
        create_key_file(tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (None, 0o600, "is missing"),
        ("A" * 43 + "=", 0o640, "chmod 600"),
        ("A" * 43 + "=", 0o604, "chmod 600"),
        ("not base64!", 0o600, "not a key file"),
        ("QUJD", 0o600, "holds 3 octets"),
        ("", 0o600, "holds 0 octets"),
    ],
)
def test_F42_a_key_file_that_can_not_be_used_stops_the_start(
    tmp_path: Path, content: str | None, mode: int, words: str
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)
        path.chmod(mode)
    with pytest.raises(ConfigurationError, match=words) as refused:
        Store.open(f"sqlite:///{tmp_path}/store.db", key_file=path, clock=Clock())
    assert [(p.file, p.key) for p in refused.value.problems] == [(str(path), "key_file")]
    assert not (tmp_path / "store.db").exists()


def test_F42_the_key_file_of_another_database_stops_the_start(url: str, tmp_path: Path) -> None:
    open_store(url, tmp_path, Clock()).close()
    create_key_file(tmp_path / "other")
    with pytest.raises(ConfigurationError, match="sealed with another"):
        Store.open(url, key_file=tmp_path / "other", clock=Clock())
    open_store(url, tmp_path, Clock()).close()


@given(st.binary(max_size=300), st.text(max_size=20))
def test_what_is_sealed_opens_at_its_place_only(octets: bytes, place: str) -> None:
    sealer = Sealer(MASTER)
    sealed = sealer.seal(octets, place)
    assert sealer.open(sealed, place) == octets
    with pytest.raises(SealBroken):
        sealer.open(sealed, place + "x")
    with pytest.raises(SealBroken):
        Sealer(bytes(KEY_OCTETS)).open(sealed, place)
    with pytest.raises(SealBroken):
        sealer.open(sealed[:-1], place)


def test_a_key_that_was_wrapped_is_the_same_key() -> None:
    outer, inner = Sealer(MASTER), Sealer.fresh()
    again = outer.unwrap(outer.wrap(inner, "place"), "place")
    assert again.open(inner.seal(b"x", "y"), "y") == b"x"


def test_each_purpose_has_a_mac_of_its_own() -> None:
    keys = KeyRing(MASTER)
    assert keys.mac("a", b"x") != keys.mac("b", b"x")
    assert keys.mac("a", b"x") == KeyRing(MASTER).mac("a", b"x") != KeyRing(bytes(KEY_OCTETS)).mac("a", b"x")
    assert keys.lookup("Anna@Home.test") == keys.lookup("anna@home.test")


def test_T89_neither_database_nor_wal_nor_backup_holds_what_people_wrote_or_where_they_live(
    world: World, tmp_path: Path
) -> None:
    canaries = [f"canary{n:02d}zq" for n in range(12)]
    address, name, handle, body, subject, text, file, words, host, helpdesk, diagnostic, reference = canaries
    party = replace(
        BUYER, reference="b5", handle=handle, name=name, mailboxes=(mailbox(f"{address}@home.test", helpdesk),)
    )
    world.store.apply_trade(TradeBatch(buyers=(party,)), START)
    mail = replace(
        a_message(f"{address}@home.test", text=text, subject=subject, message_id=f"<1@{host}.test>"),
        attachments=(Attachment(filename=file, content_type="text/plain", octets=b"x"),),
    )
    facts = world.facts(world.contact(), mail, from_=f"{address}@home.test")
    envelope = replace(facts.envelope, content=f"Subject: {subject}\r\n\r\n{body}\r\n".encode())
    leg = world.first_leg(facts, mail)
    assert leg.thread is not None
    leg = replace(
        leg,
        thread=replace(leg.thread, order_reference=reference),
        deliveries=(world.delivery(leg.record_id, leg.thread, to=f"{address}@home.test", octets=body.encode()),),
    )
    world.store.commit(Intake(envelope=envelope, message=mail, legs=(leg,)))
    world.held_mail(words.encode())
    world.store.settle(
        leg.deliveries[0].id,
        0,
        outcome=Deferred(diagnostic=f"450 {diagnostic}"),
        state=DeliveryState.PENDING,
        next_attempt_at=START,
        now=START,
    )
    world.store.backup(tmp_path / "copy.db")
    files = [path for path in tmp_path.iterdir() if path.name != "key"]
    assert {"store.db", "store.db-wal", "copy.db"} <= {path.name for path in files}
    octets = b"".join(path.read_bytes() for path in files)
    assert [canary for canary in [*canaries, ANNA] if canary.encode() in octets] == []
    # the search itself finds what stands in the clear
    assert b"acme.shop" in octets


def test_a_backup_opens_by_itself_with_the_key_and_is_as_the_store_was(world: World, tmp_path: Path) -> None:
    leg = world.first_mail()
    world.store.backup(tmp_path / "copy.db")
    world.held_mail()
    with pytest.raises(ConfigurationError):
        world.store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    with contextlib.closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy = open_store(f"sqlite:///{tmp_path}/copy.db", tmp_path, Clock())
    assert copy.count_held() == 0
    assert copy.delivery(leg.deliveries[0].id) == leg.deliveries[0]
    copy.close()
