"""What every database must say of who else got a text. Run by `test_store.py`, for each database."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailbridge.domain.facts import Copies, Facts
from mailbridge.domain.ids import BuyerId, RecordId, SellerId
from mailbridge.domain.parties import Direction, Role
from mailbridge.policy.needs import FormText, Needs
from mailbridge.policy.plan import Disposition, HoldReason
from mailbridge.store.copies import COPIES_READ
from mailbridge.store.intake import undo
from mailbridge.store.records import Intake, LegRecord
from tests.store.world import SHOP, START, World, a_message, a_plan, new_id

_HOUR = timedelta(hours=1)


def _facts(world: World) -> Facts:
    return world.facts(world.alias(Role.BUYER), a_message(SHOP), from_=SHOP)


def _asked(world: World, reader: str, *, text: str = "thesametext", author: str = "s") -> Copies:
    """Who else got the text than this reader."""
    form = FormText(author=SellerId(author), reader=BuyerId(reader), text=text)
    copies = world.store.with_needed(_facts(world), Needs(copies_of=form)).copies
    assert copies is not None
    return copies


def _leg(copies: Copies | None, disposition: Disposition = Disposition.RELAYED) -> LegRecord:
    hold = HoldReason.RULE if disposition is Disposition.HELD else None
    plan = a_plan("x@alias.example", disposition, hold)
    return LegRecord(record_id=RecordId(new_id()), plan=plan, direction=Direction.TO_BUYER, copies=copies)


def _sent(
    world: World, copies: Copies, *, at: datetime = START, disposition: Disposition = Disposition.RELAYED
) -> LegRecord:
    """A mail with this text, received then."""
    facts, leg = _facts(world), _leg(copies, disposition)
    world.commit(replace(facts, envelope=replace(facts.envelope, received_at=at)), a_message(SHOP), leg)
    return leg


class CopiesContract:
    """Who else got a text from its author."""

    def test_each_other_reader_counts_once_with_the_newest_mail(self, world: World) -> None:
        for hours, reader in enumerate(("anna", "ben", "anna", "carl")):
            _sent(world, _asked(world, reader), at=START + hours * _HOUR)
        assert _asked(world, "dora").sent_at == tuple(START + hours * _HOUR for hours in (3, 2, 1))
        assert _asked(world, "anna").sent_at == tuple(START + hours * _HOUR for hours in (3, 1))

    def test_another_text_and_the_text_of_another_seller_count_apart(self, world: World) -> None:
        _sent(world, _asked(world, "anna"))
        assert _asked(world, "ben", text="anothertext").sent_at == ()
        assert _asked(world, "ben", author="t").sent_at == ()
        assert len(_asked(world, "ben").sent_at) == 1

    def test_equal_texts_of_two_sellers_and_one_reader_of_two_texts_do_not_show(self, world: World) -> None:
        asked = [_asked(world, "anna"), _asked(world, "anna", author="t"), _asked(world, "anna", text="anothertext")]
        assert len({copies.text_hash for copies in asked} | {copies.reader_hash for copies in asked}) == 6

    def test_mail_without_hashes_is_never_found(self, world: World) -> None:
        world.commit(_facts(world), a_message(SHOP), _leg(None))
        assert _asked(world, "anna").sent_at == ()

    def test_mail_that_waits_counts_until_a_person_refuses_it(self, world: World) -> None:
        held = _sent(world, _asked(world, "anna"), disposition=Disposition.HELD)
        _sent(world, _asked(world, "ben"), disposition=Disposition.SCREENING)
        assert len(_asked(world, "carl").sent_at) == 2
        world.store.refuse_held(held.record_id, START)
        assert len(_asked(world, "carl").sent_at) == 1

    def test_N15_mail_that_its_author_stopped_counts_no_more(self, world: World) -> None:
        waits = _sent(world, _asked(world, "anna"), disposition=Disposition.SCREENING)
        assert len(_asked(world, "ben").sent_at) == 1
        world.store._committer.run(lambda connection: undo(connection, waits.record_id, at=0, via="mail"))
        assert _asked(world, "ben").sent_at == ()

    def test_mail_whose_files_are_known_takes_the_place_of_itself(self, world: World) -> None:
        waits = _sent(world, _asked(world, "anna"), disposition=Disposition.SCREENING)
        refused = replace(_leg(None, Disposition.REFUSED), record_id=waits.record_id, replaces=True)
        world.commit(_facts(world), a_message(SHOP), refused)
        assert _asked(world, "ben").sent_at == ()

    def test_no_more_than_the_newest_mails_are_counted(self, world: World) -> None:
        key = _asked(world, "anna")
        legs = [_leg(replace(key, reader_hash=number.to_bytes(16, "big"))) for number in range(COPIES_READ + 3)]
        world.store.commit(Intake(envelope=_facts(world).envelope, message=a_message(SHOP), legs=tuple(legs)))
        assert len(_asked(world, "zoe").sent_at) == COPIES_READ

    def test_what_is_asked_for_is_added_and_nothing_else(self, world: World) -> None:
        world.first_mail()
        facts = _facts(world)
        form = FormText(author=SellerId("s"), reader=BuyerId("b"), text="x")
        both = world.store.with_needed(facts, Needs(history_of=facts.threads[0].id, copies_of=form))
        assert world.store.with_needed(facts, Needs()) == facts
        assert (both.history is not None, both.copies is not None) == (True, True)
        assert replace(both, history=None, copies=None) == facts
