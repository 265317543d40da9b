"""How many questions one message costs: each is a share of the time a mail takes (performance.md)."""

import sqlite3
from collections.abc import Callable

from sqlalchemy.dialects import sqlite

from mailbridge.domain.address import RealAddress
from mailbridge.domain.facts import ContactDestination
from mailbridge.domain.parties import Role
from mailbridge.domain.staff import Gets, StaffTerms
from mailbridge.domain.thread import Area, ThreadState
from mailbridge.store.prepared import prepare
from mailbridge.store.records import Intake
from mailbridge.store.staff import _WITH_KEPT
from mailbridge.store.staffrecords import Assignment
from mailbridge.store.threadrecords import ThreadsAsked
from tests.store.world import ANNA, SHOP, STRANGER, World, a_message, an_envelope


def _questions(world: World, ask: Callable[[], object]) -> list[str]:
    """The SELECTs that `ask` runs on readers, however they are run."""
    seen: list[str] = []
    with world.store._database.reading() as connection:
        connection.connection.dbapi_connection.set_trace_callback(seen.append)  # type: ignore[union-attr]  # sqlite3
    ask()
    with world.store._database.reading() as connection:
        connection.connection.dbapi_connection.set_trace_callback(None)  # type: ignore[union-attr]  # sqlite3
    return [text for text in seen if text.startswith("SELECT")]


def test_a_reply_in_a_running_thread_costs_two_questions(world: World) -> None:
    leg = world.first_mail()
    alias = world.alias(Role.BUYER)
    mail = a_message(SHOP, in_reply_to=(leg.deliveries[0].message_id,))
    world.facts(alias, mail, from_=SHOP)
    assert len(_questions(world, lambda: world.facts(alias, mail, from_=SHOP))) == 2


def test_S13_a_shop_with_staff_costs_no_question_more(world: World) -> None:
    leg = world.first_mail()
    destination, alias = world.store.destination(world.contact()), world.alias(Role.BUYER)
    assert isinstance(destination, ContactDestination)
    terms = {RealAddress(SHOP): StaffTerms(name="Jan", gets=Gets.ALL, copies=True)}
    world.store.save_staff_terms(destination.seller.id, terms, world.clock())
    assert leg.thread is not None
    world.store.assign(Assignment(thread_id=leg.thread.id, mailbox=RealAddress(SHOP), by="command"), world.clock())
    mail = a_message(SHOP, in_reply_to=(leg.deliveries[0].message_id,))
    facts = world.facts(alias, mail, from_=SHOP)
    assert facts.threads[0].assigned_to == RealAddress(SHOP)
    assert len(_questions(world, lambda: world.facts(alias, mail, from_=SHOP))) == 2


def test_S17_what_is_kept_is_found_by_indexes(world: World) -> None:
    statement = str(_WITH_KEPT.compile(compile_kwargs={"literal_binds": True}, dialect=sqlite.dialect()))
    with sqlite3.connect(world.store._database.path) as connection:
        plan = " ".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
    assert "ix_sellers_messaging_off_at" in plan
    assert "ix_records_held" in plan


def test_a_first_contact_of_a_stranger_costs_two_questions(world: World) -> None:
    mail = a_message(STRANGER)
    world.facts(world.contact(), mail, from_=STRANGER)
    assert len(_questions(world, lambda: world.facts(world.contact(), mail, from_=STRANGER))) == 2


def test_a_pair_that_is_not_in_memory_costs_five_questions(world: World) -> None:
    world.first_mail()
    mail = a_message(ANNA)
    alias = world.alias(Role.SELLER)
    assert len(_questions(world, lambda: world.facts(alias, mail))) == 5


def test_a_list_of_conversations_is_found_in_one_index_alone(world: World) -> None:
    world.first_mail()
    asked = ThreadsAsked(
        limit=50,
        area=Area.DISPUTE,
        state=ThreadState.OPEN,
        topic="return",
        last_by=Role.BUYER,
        people_only=True,
        by_priority=True,
        market="m",
        order="48213",
    )
    [question] = _questions(world, lambda: world.store.list_threads(asked))
    with world.store._database.reading() as connection:
        plan = [str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}").all()]
    assert any("threads USING COVERING INDEX ix_threads_listed" in step for step in plan), plan
    assert not any("SCAN orders" in step and "INDEX" not in step for step in plan), plan


def test_mails_that_wait_together_are_inserted_together(world: World) -> None:
    world.first_mail()
    facts = world.facts(world.alias(Role.SELLER), a_message(ANNA))
    prepared = []
    with world.store._database.reading() as reader:
        for _ in range(3):
            mail = a_message(ANNA)
            leg = world.reply_leg(facts, mail)
            intake = Intake(envelope=an_envelope(facts.forward_path), message=mail, legs=(leg,))
            prepared.append(prepare(intake, reader, world.store._keys, worker=None))
    texts: list[str] = []
    with world.store._database.writing() as connection:
        connection.connection.dbapi_connection.set_trace_callback(texts.append)  # type: ignore[union-attr]  # sqlite3
        world.store._intakes.write(connection, prepared)
    inserted = [text.split()[2] for text in texts if text.startswith("INSERT")]
    # three rows go as two and one
    assert sorted(inserted) == ["deliveries", "deliveries", "events", "events", "records", "records"]
    assert len(world.store.thread_view(facts.threads[0].id)) == 4


def test_deadlines_are_found_by_an_index(world: World) -> None:
    runs = "SELECT * FROM deadlines WHERE ended_at IS NULL AND"
    asked = {
        "ix_deadlines_due_at": f"{runs} which = 'honest' AND due_at <= 9",
        "ix_deadlines_tell_at": "SELECT * FROM deadlines WHERE tell_at <= 9",
        "ix_deadlines_seller_id": f"{runs} seller_id = 's' AND due_at <= 9",
        "ix_deadlines_started_at": "SELECT * FROM deadlines WHERE started_at >= 9",
    }
    with sqlite3.connect(world.store._database.path) as connection:
        for index, statement in asked.items():
            plan = " ".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
            assert f"USING INDEX {index}" in plan
