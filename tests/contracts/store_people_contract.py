"""What every database must do for imports and for the commands of people."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.facts import AliasDestination, ContactDestination
from mailbridge.domain.ids import OrderId, RecordId, ThreadId
from mailbridge.domain.parties import Buyer, Direction, Hides, Mailbox, PersonalData, Role, Seller
from mailbridge.domain.thread import AliasState, Area, ThreadState
from mailbridge.errors import ImportRejected, NotFound, NotPossible
from mailbridge.policy.plan import HoldReason
from mailbridge.store import catalogue
from mailbridge.store.records import Authorisation, TradeBatch
from tests.store.world import (
    ANNA,
    BUYER,
    DOMAIN,
    MARKET,
    OFFER,
    ORDER,
    SELLER,
    SHOP,
    START,
    STRANGER,
    TRADE,
    World,
    a_message,
    mailbox,
    open_store,
)


class TradeContract:
    """`mailbridge import`."""

    def test_the_same_file_twice_changes_nothing(self, world: World) -> None:
        before = (world.alias(Role.BUYER), world.store.destination(world.contact()))
        assert world.store.apply_trade(TRADE, START) == ()
        assert (world.alias(Role.BUYER), world.store.destination(world.contact())) == before

    def test_personal_data_on_record_comes_back_and_can_be_changed(self, world: World) -> None:
        data = PersonalData(names=("Max Müller",), phones=("+49 30 1",), postal=("Lange Str. 5",))
        market = replace(MARKET, hides=(Hides.PHONES,))
        batch = TradeBatch(
            marketplaces=(market,), sellers=(replace(SELLER, personal=data),), buyers=(replace(BUYER, personal=data),)
        )
        world.store.apply_trade(batch, START)
        behind = world.store.destination(world.alias(Role.BUYER))
        assert isinstance(behind, AliasDestination)
        assert (behind.seller.personal, behind.buyer.personal, behind.marketplace.hides) == (
            data,
            data,
            (Hides.PHONES,),
        )
        world.store.apply_trade(TRADE, START)
        behind = world.store.destination(world.alias(Role.BUYER))
        assert isinstance(behind, AliasDestination)
        assert behind.seller.personal == behind.buyer.personal == PersonalData()

    def test_a_new_order_mints_a_pair(self, world: World) -> None:
        buyer = replace(BUYER, reference="b2", handle="carl", mailboxes=())
        order = replace(ORDER, reference="2", buyer="b2")
        minted = world.store.apply_trade(TradeBatch(buyers=(buyer,), orders=(order,)), START)
        assert {alias.stands_for for alias in minted} == set(Role)
        assert all(isinstance(world.store.destination(a.address.addr_spec), AliasDestination) for a in minted)

    def test_every_problem_is_named_with_its_line_and_nothing_is_taken(self, world: World) -> None:
        batch = TradeBatch(
            file="bad.jsonl",
            sellers=(
                replace(SELLER, reference="s2", line=1),
                replace(SELLER, reference="s3", contact="postmaster", line=2),
                replace(SELLER, reference="s4", contact="fine", line=3, mailboxes=(mailbox(f"x@{DOMAIN}"),)),
            ),
            buyers=(
                replace(BUYER, marketplace="no", line=4),
                replace(BUYER, reference="b9", line=5),
                replace(BUYER, reference="b8", line=6, mailboxes=()),
                replace(BUYER, reference="b8", line=7, mailboxes=()),
            ),
            orders=(replace(ORDER, seller="no", line=8),),
            offers=(replace(OFFER, seller="no", line=9),),
        )
        with pytest.raises(ImportRejected) as rejected:
            world.store.apply_trade(batch, START)
        found = [(problem.line, problem.key) for problem in rejected.value.problems]
        assert found == [
            (1, "contact"),
            (2, "contact"),
            (3, "mailboxes"),
            (4, "marketplace"),
            (5, "mailboxes"),
            (7, "reference"),
            (8, "seller"),
            (9, "seller"),
        ]
        assert all(problem.file == "bad.jsonl" for problem in rejected.value.problems)
        assert not isinstance(world.store.destination(f"fine@{DOMAIN}"), ContactDestination)

    @pytest.mark.parametrize(
        ("change", "key"),
        [
            ({"alias_domain": "other.example"}, "alias_domain"),
            ({"cc_address": "cc@elsewhere.test"}, "cc_address"),
            ({"cc_address": f"abuse@{DOMAIN}"}, "cc_address"),
            ({"reference": "m2"}, "alias_domain"),
            ({"languages": ()}, "languages"),
        ],
    )
    def test_a_marketplace_that_can_not_be_is_refused(self, world: World, change: dict[str, object], key: str) -> None:
        market = replace(MARKET, **change)  # type: ignore[arg-type]  # fields of several types
        with pytest.raises(ImportRejected) as rejected:
            world.store.apply_trade(TradeBatch(marketplaces=(market,)), START)
        assert [problem.key for problem in rejected.value.problems] == [key]

    @pytest.mark.parametrize(
        "contact", ["Acme", "a b", "b-acme", "act-x", "aaaabbbbccccdddd", "x.o-1", "x.ticket", "cc", "x" * 41]
    )
    def test_a_contact_name_that_would_clash_is_refused(self, world: World, contact: str) -> None:
        with pytest.raises(ImportRejected) as rejected:
            world.store.apply_trade(TradeBatch(sellers=(replace(SELLER, contact=contact),)), START)
        assert [problem.key for problem in rejected.value.problems] == ["contact"]

    def test_a_mailbox_that_is_missing_in_a_delta_may_write_no_more(self, world: World) -> None:
        changed = replace(SELLER, mailboxes=(mailbox("new@acme.test", "helpdesk.test"),))
        world.store.apply_trade(TradeBatch(sellers=(changed,)), START)
        alias = world.alias(Role.BUYER)
        assert world.facts(alias, a_message(SHOP), from_=SHOP).author is None
        author = world.facts(alias, a_message("new@acme.test"), from_="new@acme.test").author
        assert isinstance(author, Seller)
        assert [m.authenticated_as for m in author.mailboxes if m.is_active] == [("helpdesk.test",)]

    def test_a_buyer_known_from_a_first_contact_is_the_same_when_the_market_names_him(self, world: World) -> None:
        leg = world.first_mail(from_=STRANGER)
        named = replace(BUYER, reference="b7", handle="eve", mailboxes=(mailbox(STRANGER),))
        world.store.apply_trade(TradeBatch(buyers=(named,)), START)
        facts = world.facts(world.contact(), a_message(STRANGER), from_=STRANGER)
        assert isinstance(facts.author, Buyer)
        assert facts.author.handle == "eve"
        assert leg.thread is not None
        assert [thread.id for thread in facts.threads] == [leg.thread.id]

    def test_what_another_process_imports_is_seen(
        self, world: World, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(catalogue, "POLL_EVERY_S", 0.0)
        assert isinstance(world.store.destination(world.contact()), ContactDestination)
        other = open_store(url, tmp_path, world.clock)
        other.apply_trade(TradeBatch(sellers=(replace(SELLER, name="Acme Ltd"),)), START)
        other.close()
        found = world.store.destination(world.contact())
        assert isinstance(found, ContactDestination)
        assert found.seller.name == "Acme Ltd"


class PeopleContract:
    """The commands of people."""

    def test_a_held_mail_is_shown_as_it_came(self, world: World) -> None:
        content = b"Received: from x\r\nSubject: caf\xe9\r\n\r\nheld \xff\r\n"
        held = world.held_mail(content)
        shown = world.store.held_record(held.record_id)
        assert (shown.envelope.content, shown.envelope.reverse_path, shown.envelope.forward_paths) == (
            content,
            STRANGER,
            (world.contact(),),
        )
        assert (shown.hold, shown.marketplace, shown.state) == (HoldReason.FIRST_CONTACT_UNPROVEN, "Market", "held")
        assert world.store.original(held.record_id) == content
        assert world.store.held_records(10) == (shown,)

    def test_holds_are_listed_oldest_first_and_since(self, world: World) -> None:
        first = world.held_mail()
        world.clock.now += timedelta(hours=1)
        second = world.held_mail()
        assert [h.record_id for h in world.store.held_records(10)] == [first.record_id, second.record_id]
        assert [h.record_id for h in world.store.held_records(10, world.clock.now)] == [second.record_id]

    def test_a_refused_hold_is_no_hold_any_more(self, world: World) -> None:
        held = world.held_mail()
        world.store.refuse_held(held.record_id, START)
        assert world.store.held_record(held.record_id).state == "refused"
        assert world.store.count_held() == 0
        with pytest.raises(NotPossible, match="it was refused"):
            world.store.refuse_held(held.record_id, START)

    def test_what_does_not_exist_is_not_found(self, world: World) -> None:
        for ask in (world.store.held_record, world.store.original, world.store.record):
            with pytest.raises(NotFound):
                ask(RecordId("nothing"))
        for look in (world.store.thread, world.store.thread_view):
            with pytest.raises(NotFound):
                look(ThreadId("nothing"))

    def test_a_thread_is_listed_and_shown_with_its_texts(self, world: World) -> None:
        leg = world.first_mail(message=a_message(ANNA, text="Zażółć?"))
        [row] = world.store.threads(10)
        assert (row.marketplace, row.seller, row.buyer, row.messages) == ("Market", "Acme", "Anna K", 1)
        [shown] = world.store.thread_view(row.thread.id)
        assert (shown.record_id, shown.direction, shown.state) == (leg.record_id, Direction.TO_SELLER, "relayed")
        assert (shown.new_text, shown.delivered_text) == ("Zażółć?", "Zażółć?")
        assert world.store.threads(10, before=START) == ()

    def test_a_message_is_moved_to_another_thread_of_the_pair_with_its_ids(self, world: World) -> None:
        first = world.first_mail(message=a_message(ANNA, text="old"))
        mail = a_message(ANNA, text="new")
        facts = world.facts(world.contact(), mail)
        second = world.first_leg(facts, mail)
        world.commit(facts, mail, second)
        assert first.thread is not None
        assert second.thread is not None
        world.store.move_record(second.record_id, first.thread.id, START)
        assert [row.new_text for row in world.store.thread_view(first.thread.id)] == ["old", "new"]
        assert world.store.thread_view(second.thread.id) == ()
        answer = a_message(SHOP, in_reply_to=(second.deliveries[0].message_id,))
        assert world.facts(world.alias(Role.BUYER), answer, from_=SHOP).threads_by_id == (first.thread.id,)
        [claimed] = [
            c
            for c in world.store.claim(START, worker="w", limit=5, lease=timedelta(minutes=1))
            if c.delivery.record_id == second.record_id
        ]
        assert claimed.delivery.octets == second.deliveries[0].octets

    def test_a_message_is_not_moved_to_other_people(self, world: World) -> None:
        ours, theirs = world.first_mail(), world.first_mail(from_=STRANGER)
        assert theirs.thread is not None
        with pytest.raises(NotFound):
            world.store.move_record(ours.record_id, theirs.thread.id, START)
        with pytest.raises(NotFound):
            world.store.move_record(ours.record_id, ThreadId("nothing"), START)

    def test_T3_two_threads_are_merged_and_answers_to_either_go_on_in_one(self, world: World) -> None:
        first = world.first_mail(message=a_message(ANNA, text="old"))
        mail = a_message(ANNA, text="new")
        second = world.first_leg(facts := world.facts(world.contact(), mail), mail)
        world.commit(facts, mail, second)
        assert first.thread is not None
        assert second.thread is not None
        with pytest.raises(NotPossible):
            world.store.merge_threads(first.thread.id, first.thread.id, START)
        assert world.store.merge_threads(second.thread.id, first.thread.id, START) == 1
        assert [row.new_text for row in world.store.thread_view(first.thread.id)] == ["old", "new"]
        assert world.store.thread(second.thread.id).thread.state is ThreadState.CLOSED
        for named in (second.deliveries[0].message_id, second.thread.root_message_id, first.thread.root_message_id):
            answer = a_message(SHOP, in_reply_to=(named,))
            found = world.facts(world.alias(Role.BUYER), answer, from_=SHOP).threads_by_id
            assert found[:1] == (first.thread.id,)

    def test_T3_S54_merged_is_what_lists_ask_for_and_where_the_marketplace_finds_it_again(self, world: World) -> None:
        first = world.first_mail(message=a_message(ANNA, text="old"))
        mail = a_message(ANNA, text="new")
        second = world.first_leg(facts := world.facts(world.contact(), mail), mail)
        assert first.thread is not None
        assert second.thread is not None
        said = {"market_reference": "D-7", "topics": ("complaint",), "last_by": Role.SELLER}
        later = replace(second.thread, last_at=START + timedelta(hours=1), **said)  # type: ignore[arg-type]  # by name
        world.commit(facts, mail, replace(second, thread=later))
        world.store.merge_threads(second.thread.id, first.thread.id, START)
        one, other = (world.store.thread(leg.thread.id).thread for leg in (first, second) if leg.thread is not None)
        assert (one.market_reference, one.topics, one.last_by) == tuple(said.values())
        assert other.market_reference == ""

    def test_T3_a_thread_of_other_people_is_not_merged(self, world: World) -> None:
        ours, theirs = world.first_mail(), world.first_mail(from_=STRANGER)
        assert ours.thread is not None
        assert theirs.thread is not None
        with pytest.raises(NotFound):
            world.store.merge_threads(ours.thread.id, theirs.thread.id, START)
        with pytest.raises(NotFound):
            world.store.merge_threads(ours.thread.id, ThreadId("nothing"), START)

    def test_T5_a_thread_is_split_and_what_was_split_off_goes_on_by_itself(self, world: World) -> None:
        first = world.first_mail(message=a_message(ANNA, text="old"))
        mail = a_message(ANNA, text="new")
        second = world.first_leg(facts := world.facts(world.contact(), mail), mail)
        world.commit(facts, mail, second)
        assert first.thread is not None
        assert second.thread is not None
        world.store.merge_threads(second.thread.id, first.thread.id, START)
        with pytest.raises(NotPossible):
            world.store.split_thread(first.record_id, "", START)
        with pytest.raises(NotFound):
            world.store.split_thread(second.record_id, "no such order", START)
        with pytest.raises(NotFound):
            world.store.split_thread(RecordId("nothing"), "", START)
        opened, count = world.store.split_thread(second.record_id, "", START)
        assert count == 1
        assert [row.new_text for row in world.store.thread_view(opened)] == ["new"]
        assert [row.new_text for row in world.store.thread_view(first.thread.id)] == ["old"]
        answer = a_message(SHOP, in_reply_to=(second.deliveries[0].message_id,))
        assert world.facts(world.alias(Role.BUYER), answer, from_=SHOP).threads_by_id[:1] == (opened,)

    def test_an_authorised_mailbox_may_write_at_once(self, world: World) -> None:
        alias = world.alias(Role.BUYER)
        assert world.facts(alias, a_message("boss@acme.test"), from_="boss@acme.test").author is None
        new = Mailbox(address=RealAddress("boss@acme.test"), is_primary=False)
        world.store.authorise(_may_write(new), START)
        world.store.authorise(_may_write(new), START)
        assert isinstance(world.facts(alias, a_message("Boss@acme.test"), from_="boss@acme.test").author, Seller)
        with pytest.raises(NotFound):
            world.store.authorise(_may_write(new, seller="s9"), START)
        with pytest.raises(NotPossible, match="alias domain"):
            world.store.authorise(_may_write(mailbox(f"x@{DOMAIN}")), START)

    def test_T47_a_buyers_mailbox_is_authorised_only_when_it_is_said_that_it_is_shared(self, world: World) -> None:
        with pytest.raises(NotPossible, match="buyer b1"):
            world.store.authorise(_may_write(mailbox(ANNA)), START)
        assert world.facts(world.alias(Role.BUYER), a_message(ANNA)).author is None
        world.store.authorise(_may_write(mailbox(ANNA), may_be_shared=True), START)
        assert isinstance(world.facts(world.alias(Role.BUYER), a_message(ANNA)).author, Seller)
        assert isinstance(world.facts(world.alias(Role.SELLER), a_message(ANNA)).author, Buyer)

    def test_T47_another_shops_mailbox_is_authorised_only_when_it_is_said_that_it_is_shared(self, world: World) -> None:
        other = replace(SELLER, reference="s2", name="Other", contact="other", mailboxes=(mailbox("o@other.test"),))
        world.store.apply_trade(TradeBatch(sellers=(other,)), START)
        with pytest.raises(NotPossible, match="seller s2"):
            world.store.authorise(_may_write(mailbox("O@other.test")), START)
        retired = replace(other, mailboxes=(mailbox("new@other.test"),))
        world.store.apply_trade(TradeBatch(sellers=(retired,)), START)
        world.store.authorise(_may_write(mailbox("o@other.test")), START)

    def test_aliases_are_exported_since_and_minted_on_demand(self, world: World) -> None:
        later = START + timedelta(days=1)
        world.store.apply_trade(TradeBatch(buyers=(replace(BUYER, reference="b2", mailboxes=()),)), later)
        minted = world.store.mint_alias(marketplace="m", seller="s1", buyer="b2", now=later)
        assert world.store.mint_alias(marketplace="m", seller="s1", buyer="b2", now=later) == minted
        assert {row.alias.id for row in world.store.aliases(later)} == {row.alias.id for row in minted}
        assert {(row.marketplace, row.seller, row.buyer) for row in minted} == {("m", "s1", "b2")}
        assert len(world.store.aliases()) == 4

    def test_a_muted_alias_is_muted_at_once(self, world: World) -> None:
        alias = world.alias(Role.SELLER)
        assert isinstance(world.store.destination(alias), AliasDestination)
        world.store.set_alias_state(alias.upper(), AliasState.MUTED, START)
        found = world.store.destination(alias)
        assert isinstance(found, AliasDestination)
        assert found.alias.state is AliasState.MUTED
        with pytest.raises(NotFound):
            world.store.set_alias_state(f"zzzzzzzzzzzzzzzz@{DOMAIN}", AliasState.MUTED, START)

    def test_a_thread_keeps_what_it_is_about(self, world: World) -> None:
        mail = a_message(ANNA)
        facts = world.facts(world.contact(".o-48213"), mail)
        [order] = facts.orders
        leg = world.first_leg(facts, mail)
        assert leg.thread is not None
        about = replace(leg.thread, area=Area.ORDER, order_id=OrderId(order.id), order_reference="48213")
        world.commit(facts, mail, replace(leg, thread=about))
        [thread] = world.facts(world.alias(Role.SELLER), a_message()).threads
        assert (thread.area, thread.order_id, thread.order_reference) == (Area.ORDER, order.id, "48213")


def _may_write(new: Mailbox, *, seller: str = "s1", may_be_shared: bool = False) -> Authorisation:
    return Authorisation(marketplace="m", seller=seller, mailbox=new, may_be_shared=may_be_shared)
