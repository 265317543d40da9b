"""What every database must do for destinations, facts and the one commit. Run by `test_store.py`, for each database."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.delivery import Delivered, DeliveryState
from mailbridge.domain.facts import (
    ActionDestination,
    ActionKind,
    AliasDestination,
    ContactDestination,
    DeliveredBefore,
    RecordOnlyDestination,
    ReturnPathDestination,
    RoleDestination,
    UnknownDestination,
)
from mailbridge.domain.ids import DeliveryId, IntentId, RecordId
from mailbridge.domain.message import HeaderMailbox, Message
from mailbridge.domain.parties import Buyer, Role, Seller
from mailbridge.errors import Conflict, NotFound
from mailbridge.policy.needs import Needs
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind
from mailbridge.store.records import Intake, LegRecord, NewAction, NewIntent
from tests.store.world import (
    ANNA,
    DOMAIN,
    HOSTNAME,
    SHOP,
    START,
    STRANGER,
    World,
    a_message,
    a_plan,
    an_envelope,
    new_id,
    signed_by,
)


class DestinationContract:
    """What an address means."""

    @pytest.mark.parametrize("local_part", ["postmaster", "abuse", "notice", "PostMaster"])
    def test_every_alias_domain_has_its_roles(self, world: World, local_part: str) -> None:
        found = world.store.destination(f"{local_part}@{DOMAIN}")
        assert found == RoleDestination(local_part=local_part.lower(), domain=DOMAIN)

    @pytest.mark.parametrize("local_part", ["postmaster", "abuse", "notice", "Abuse"])
    def test_the_name_of_the_bridge_has_the_same_roles_and_nothing_else(self, world: World, local_part: str) -> None:
        found = world.store.destination(f"{local_part}@{HOSTNAME.upper()}")
        assert found == RoleDestination(local_part=local_part.lower(), domain=HOSTNAME)
        assert world.store.destination(f"x{local_part}@{HOSTNAME}") == UnknownDestination(is_our_domain=True)

    def test_an_alias_is_found_whatever_the_case(self, world: World) -> None:
        alias = world.alias(Role.SELLER)
        found = world.store.destination(alias.upper())
        assert isinstance(found, AliasDestination)
        assert (found.alias.stands_for, found.seller.name, found.buyer.name) == (Role.SELLER, "Acme", "Anna K")

    @pytest.mark.parametrize("tag", ["note", "Note-48213", "note-ab/12", "invoice", "order-problem", "faktura"])
    def test_S23_S76_an_alias_may_carry_a_reason_or_note(self, world: World, tag: str) -> None:
        found = world.store.destination(world.alias(Role.BUYER).replace("@", f".{tag}@"))
        assert isinstance(found, AliasDestination)
        assert found.tag == tag.lower()

    @pytest.mark.parametrize(
        "tag", ["notes-48213", "note_48213", "note48213", "note/48213", "notiz", "invoices", "-", "x"]
    )
    def test_S76_what_says_nothing_behind_an_alias_is_nobodys_address(self, world: World, tag: str) -> None:
        alias = world.alias(Role.BUYER)
        for address in (alias.replace("@", f".{tag}@"), f"check-{alias}".replace("@", f".{tag}@")):
            assert world.store.destination(address) == UnknownDestination(is_our_domain=True)

    @pytest.mark.parametrize("tag", ["", "o-48213", "i-9912", "o-2026.11.48"])
    def test_a_contact_address_may_carry_a_tag(self, world: World, tag: str) -> None:
        found = world.store.destination(f"Acme.Shop{'.' + tag if tag else ''}@{DOMAIN}")
        assert isinstance(found, ContactDestination)
        assert (found.seller.name, found.tag) == ("Acme", tag)

    def test_a_longer_contact_name_wins_over_a_tag(self, world: World) -> None:
        assert isinstance(world.store.destination(f"acme.shop.x-1@{DOMAIN}"), UnknownDestination)
        assert isinstance(world.store.destination(f"acme@{DOMAIN}"), UnknownDestination)

    def test_the_cc_address_is_the_record_only_door(self, world: World) -> None:
        assert isinstance(world.store.destination(f"CC@{DOMAIN}"), RecordOnlyDestination)

    def test_what_is_not_ours_is_unknown(self, world: World) -> None:
        assert world.store.destination("acme.shop@elsewhere.test") == UnknownDestination(is_our_domain=False)
        assert world.store.destination(f"aaaaaaaaaaaaaaaa@{DOMAIN}") == UnknownDestination(is_our_domain=True)
        assert world.store.destination("no address") == UnknownDestination(is_our_domain=False)

    def test_T24_a_return_path_of_ours_is_known_until_it_expires(self, world: World) -> None:
        delivery_id = DeliveryId(new_id())
        address = world.store.return_path(delivery_id, DOMAIN, START + timedelta(days=7))
        assert world.store.destination(address.upper()) == ReturnPathDestination(delivery_id=delivery_id)
        world.clock.now = START + timedelta(days=7, hours=1)
        assert world.store.destination(address) == ReturnPathDestination(delivery_id=delivery_id, is_expired=True)

    def test_T24_a_forged_return_path_is_told_from_an_unknown_alias(self, world: World) -> None:
        address = world.store.return_path(DeliveryId(new_id()), DOMAIN, START + timedelta(days=7))
        local_part = address.partition("@")[0]
        forged = [local_part[:-1], local_part[:7], local_part + "a", "b-" + local_part, "b-"]
        for place in range(2, len(local_part)):
            other = "a" if local_part[place] != "a" else "b"
            forged.append(local_part[:place] + other + local_part[place + 1 :])
        for text in forged:
            found = world.store.destination(f"{text}@{DOMAIN}")
            assert found == UnknownDestination(is_our_domain=True, is_forged_return_path=True)

    def test_an_action_address_is_found_by_its_token_only(self, world: World) -> None:
        token = "abcdefgh234567abcdefgh234567abcd"
        leg = _with_action(world, token)
        expected = ActionDestination(
            kind=ActionKind.CONFIRM_HELD, token_hash=world.store.action_hash(token), record_id=leg.record_id
        )
        assert world.store.destination(f"act-{token}@{DOMAIN}") == expected
        assert isinstance(world.store.destination(f"act-{token[:-1]}a@{DOMAIN}"), UnknownDestination)
        world.clock.now = START + timedelta(days=3)
        assert world.store.destination(f"act-{token}@{DOMAIN}") == replace(expected, is_expired=True)


class FactsContract:
    """What is read for one message."""

    def test_at_an_alias_the_author_is_the_party_opposite(self, world: World) -> None:
        to_seller, to_buyer = world.alias(Role.SELLER), world.alias(Role.BUYER)
        by_buyer = world.facts(to_seller, a_message(ANNA.upper()))
        by_seller = world.facts(to_buyer, a_message(SHOP), from_=SHOP)
        assert isinstance(by_buyer.author, Buyer)
        assert by_buyer.alias_of_author is not None
        assert by_buyer.alias_of_author.address.addr_spec == to_buyer
        assert isinstance(by_seller.author, Seller)
        assert by_seller.alias is not None
        assert by_seller.alias.address.addr_spec == to_buyer
        assert [order.reference for order in by_seller.orders] == ["48213"]

    @pytest.mark.parametrize("author", [SHOP, STRANGER])
    def test_at_an_alias_nobody_else_is_an_author(self, world: World, author: str) -> None:
        assert world.facts(world.alias(Role.SELLER), a_message(author), from_=author).author is None

    def test_at_a_contact_address_a_tag_or_the_subject_names_orders_and_offers(self, world: World) -> None:
        tagged = world.facts(world.contact(".i-9912"), a_message(STRANGER), from_=STRANGER)
        in_subject = world.facts(world.contact(), a_message(STRANGER, subject="Re: order 48213"), from_=STRANGER)
        assert ([o.reference for o in tagged.offers], tagged.author, tagged.threads) == (["9912"], None, ())
        assert [order.reference for order in in_subject.orders] == ["48213"]

    def test_at_the_record_only_door_both_parties_are_found(self, world: World) -> None:
        message = replace(a_message(SHOP), to=(HeaderMailbox(addr_spec=ANNA),))
        facts = world.facts(f"cc@{DOMAIN}", message, from_=SHOP)
        assert isinstance(facts.author, Seller)
        assert facts.buyer is not None
        assert facts.buyer.handle == "anna"
        assert len(facts.orders) == 1

    def test_at_an_action_address_the_author_is_the_party_that_the_record_claims(self, world: World) -> None:
        token = "abcdefgh234567abcdefgh234567abcd"
        _with_action(world, token, to=world.alias(Role.SELLER))
        assert isinstance(world.facts(f"act-{token}@{DOMAIN}", a_message(ANNA)).author, Buyer)
        assert world.facts(f"act-{token}@{DOMAIN}", a_message(STRANGER), from_=STRANGER).author is None

    def test_a_thread_is_found_by_the_ids_its_messages_have(self, world: World) -> None:
        leg = world.first_mail()
        assert leg.thread is not None
        answered = leg.deliveries[0].message_id
        message = a_message(SHOP, in_reply_to=("<unknown@elsewhere.test>", answered))
        assert world.facts(world.alias(Role.BUYER), message, from_=SHOP).threads_by_id == (leg.thread.id,)

    def test_a_thread_is_found_by_ids_older_than_those_it_carries(self, world: World) -> None:
        leg = world.first_mail()
        assert leg.thread is not None
        for _ in range(25):
            mail = a_message(ANNA)
            facts = world.facts(world.alias(Role.SELLER), mail)
            world.commit(facts, mail, world.reply_leg(facts, mail))
        message = a_message(SHOP, in_reply_to=(leg.deliveries[0].message_id,))
        facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
        assert leg.deliveries[0].message_id not in [ids.for_seller for ids in facts.threads[0].message_ids]
        assert facts.threads_by_id == (leg.thread.id,)

    def test_a_thread_is_found_by_the_id_that_the_smarthost_gave(self, world: World) -> None:
        leg = world.first_mail()
        [claimed] = world.store.claim(START, worker="w", limit=5, lease=timedelta(minutes=1))
        outcome = Delivered(remote_id="0100018f3c-000000")
        world.store.settle(
            claimed.delivery.id,
            claimed.fencing_token,
            outcome=outcome,
            state=DeliveryState.DELIVERED,
            next_attempt_at=None,
            now=START,
        )
        message = a_message(SHOP, in_reply_to=("<0100018f3c-000000@eu.smarthost.test>",))
        assert leg.thread is not None
        assert world.facts(world.alias(Role.BUYER), message, from_=SHOP).threads_by_id == (leg.thread.id,)

    def test_ids_of_another_pair_choose_no_thread(self, world: World) -> None:
        leg = world.first_mail(from_=STRANGER)
        message = a_message(SHOP, in_reply_to=(leg.deliveries[0].message_id,))
        assert world.facts(world.alias(Role.BUYER), message, from_=SHOP).threads_by_id == ()

    def test_history_is_what_was_delivered_to_this_author_newest_first(self, world: World) -> None:
        leg = world.first_mail(message=a_message(ANNA, text="first"))
        for author, text in ((ANNA, "second"), (SHOP, "answer")):
            mail = a_message(author, text=text)
            facts = world.facts(world.alias(Role.BUYER if author == SHOP else Role.SELLER), mail, from_=author)
            world.clock.now += timedelta(seconds=1)
            facts = replace(facts, envelope=replace(facts.envelope, received_at=world.clock.now))
            world.commit(facts, mail, world.reply_leg(facts, mail))
        assert leg.thread is not None
        facts = world.facts(world.alias(Role.BUYER), a_message(SHOP), from_=SHOP)
        assert facts.history is None
        assert world.store.with_needed(facts, Needs(history_of=leg.thread.id)).history == ("second", "first")


class CommitContract:
    """The one commit, and how races end."""

    def test_a_commit_is_read_again_by_the_next_facts(self, world: World) -> None:
        mail = a_message(ANNA)
        leg = world.first_mail(message=mail)
        facts = world.facts(world.contact(), mail)
        assert facts.duplicate_of == DeliveredBefore(record_id=leg.record_id)
        [thread] = facts.threads
        assert leg.thread is not None
        assert leg.message_ids is not None
        assert thread == replace(leg.thread, version=1, message_ids=(leg.message_ids,))

    def test_acceptance_6_two_first_mails_at_once_become_one_thread(self, world: World) -> None:
        for number in range(12):
            author = f"buyer{number}@home.test"
            mails = [a_message(author, text=f"mail {n}") for n in range(2)]
            start = threading.Barrier(2)
            threads = [threading.Thread(target=_until_committed, args=(world, mail, start)) for mail in mails]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            facts = world.facts(world.contact(), a_message(author), from_=author)
            assert isinstance(facts.author, Buyer)
            assert facts.alias is not None
            assert facts.alias_of_author is not None
            [thread_] = facts.threads
            assert len(world.store.thread_view(thread_.id)) == 2
        # one acknowledgement for each buyer, and every mail relayed
        lease = timedelta(minutes=1)
        assert len(world.store.due_intents(START, limit=100, worker="w", lease=lease)) == 12
        assert len(world.store.claim(START, worker="w", limit=100, lease=lease)) == 24

    def test_a_thread_of_another_version_is_a_conflict_that_leaves_nothing(self, world: World) -> None:
        world.first_mail()
        mail, other = a_message(ANNA), a_message(ANNA)
        facts = world.facts(world.alias(Role.SELLER), mail)
        world.commit(facts, other, world.reply_leg(facts, other, expects=True))
        late = world.reply_leg(facts, mail, expects=True)
        with pytest.raises(Conflict):
            world.commit(facts, mail, late)
        assert late.record_id not in [row.record_id for row in world.store.thread_view(facts.threads[0].id)]
        assert world.facts(world.alias(Role.SELLER), mail).duplicate_of is None

    def test_a_plain_append_never_conflicts_and_keeps_what_others_added(self, world: World) -> None:
        world.first_mail()
        mails = [a_message(ANNA) for _ in range(3)]
        old = world.facts(world.alias(Role.SELLER), mails[0])
        for mail in mails:
            facts = replace(old, envelope=an_envelope(old.forward_path))
            world.commit(facts, mail, world.reply_leg(facts, mail))
        [thread] = world.facts(world.alias(Role.SELLER), a_message()).threads
        assert thread.version == 4
        assert [ids.for_buyer for ids in thread.message_ids[-3:]] == [mail.message_id for mail in mails]

    def test_a_conflict_in_one_leg_leaves_nothing_of_the_others(self, world: World) -> None:
        first = world.first_mail()
        held = LegRecord(record_id=first.record_id, plan=a_plan(world.contact(), Disposition.HELD, HoldReason.SPAM))
        good = replace(held, record_id=RecordId(new_id()))
        with pytest.raises(Conflict):
            world.store.commit(Intake(envelope=an_envelope(world.contact()), message=a_message(), legs=(good, held)))
        assert world.store.count_held() == 0

    def test_T45_a_dedupe_key_can_not_be_poisoned_by_a_stranger(self, world: World) -> None:
        honest = a_message(ANNA, message_id="<coming@home.test>")
        envelope = an_envelope(world.contact())
        forged = world.store.facts_for(
            envelope, honest, AuthResults(author_domain="home.test"), forward_path=world.contact(), now=START
        )
        plan = a_plan(world.contact(), Disposition.HELD, HoldReason.FIRST_CONTACT_UNPROVEN)
        record = LegRecord(
            record_id=RecordId(new_id()),
            plan=plan,
            dedupe_key=forged.dedupe_key,
        )
        world.commit(forged, honest, record)
        assert world.facts(world.contact(), honest).duplicate_of is None
        other_words = replace(honest, new_text="other words")
        world.first_mail(
            from_="carl@home.test", message=replace(other_words, authors=(HeaderMailbox(addr_spec="carl@home.test"),))
        )
        assert world.facts(world.contact(), honest).duplicate_of is None

    def test_without_a_message_id_the_same_mail_is_the_same_for_five_days(self, world: World) -> None:
        mail = a_message(ANNA, message_id="")
        leg = world.first_mail(message=mail)
        later = START + timedelta(days=5)
        assert world.facts(world.contact(), mail, at=later - timedelta(seconds=1)).duplicate_of is not None
        facts = world.facts(world.contact(), mail, at=later)
        assert facts.duplicate_of is None
        again = world.reply_leg(facts, mail)
        assert again.dedupe_key == leg.dedupe_key
        world.commit(facts, mail, again)

    def test_the_same_mail_twice_at_once_is_a_conflict(self, world: World) -> None:
        world.first_mail()
        mail = a_message(ANNA)
        facts = world.facts(world.alias(Role.SELLER), mail)
        world.commit(facts, mail, world.reply_leg(facts, mail))
        with pytest.raises(Conflict):
            world.commit(facts, mail, world.reply_leg(facts, mail))

    def test_an_action_works_once(self, world: World) -> None:
        token = "abcdefgh234567abcdefgh234567abcd"
        _with_action(world, token)
        mail = a_message(STRANGER)
        for expected in (False, True):
            facts = world.facts(f"act-{token}@{DOMAIN}", mail, from_=STRANGER)
            assert isinstance(facts.destination, ActionDestination)
            assert facts.destination.is_used is expected
            leg = LegRecord(
                record_id=RecordId(new_id()),
                plan=a_plan(facts.forward_path, Disposition.CONFIRMED),
                uses_action=facts.destination.token_hash,
            )
            if expected:
                with pytest.raises(Conflict):
                    world.commit(facts, mail, leg)
            else:
                world.commit(facts, mail, leg)

    def test_a_hold_is_settled_once(self, world: World) -> None:
        held = world.held_mail()
        mail = a_message(STRANGER)
        facts = world.facts(world.contact(), mail, from_=STRANGER)
        release = replace(world.first_leg(facts, mail), releases=held.record_id)
        world.commit(facts, mail, release)
        assert world.store.held_record(held.record_id).state == "released"
        mail = a_message(STRANGER)
        facts = world.facts(world.contact(), mail, from_=STRANGER)
        with pytest.raises(Conflict):
            world.commit(facts, mail, replace(world.reply_leg(facts, mail), releases=held.record_id))

    def test_a_second_intent_with_the_same_key_is_left_out(self, world: World) -> None:
        leg = world.first_mail()
        again = NewIntent(
            id=IntentId(new_id()), kind=IntentKind.ACKNOWLEDGE, due_at=START, unique_key=leg.intents[0].unique_key
        )
        mail = a_message(ANNA)
        facts = world.facts(world.alias(Role.SELLER), mail)
        world.commit(facts, mail, replace(world.reply_leg(facts, mail), intents=(again,)))
        due = world.store.due_intents(START, limit=10, worker="w", lease=timedelta(minutes=1))
        assert [intent.id for intent in due] == [leg.intents[0].id]

    def test_a_rejected_leg_keeps_no_record(self, world: World) -> None:
        leg = LegRecord(record_id=RecordId("rejected"), plan=a_plan(world.contact(), Disposition.REJECTED))
        facts = world.facts(world.contact(), a_message())
        world.commit(facts, a_message(), leg)
        with pytest.raises(NotFound):
            world.store.record(leg.record_id)

    def test_begun_mails_are_counted_until_cleared(self, world: World) -> None:
        digest = b"\x01" * 32
        assert [world.store.note_attempt(digest) for _ in range(3)] == [1, 2, 3]
        assert world.store.attempts(digest) == 3
        world.store.clear_attempt(digest)
        assert world.store.attempts(digest) == 0
        assert world.store.note_attempt(digest) == 1


def _with_action(world: World, token: str, to: str = "") -> LegRecord:
    """A held mail with an action address for it."""
    record = world.held_mail() if not to else None
    if record is None:
        mail = a_message(ANNA)
        facts = world.store.facts_for(
            an_envelope(to), mail, signed_by("elsewhere.test"), forward_path=to, now=world.clock.now
        )
        plan = a_plan(to, Disposition.HELD, HoldReason.AUTHOR_UNPROVEN)
        record = LegRecord(record_id=RecordId(new_id()), plan=plan)
        world.commit(facts, mail, record)
    action = NewAction(
        token_hash=world.store.action_hash(token),
        kind=ActionKind.CONFIRM_HELD,
        record_id=record.record_id,
        expires_at=START + timedelta(days=3),
    )
    leg = LegRecord(
        record_id=RecordId(new_id()),
        plan=a_plan(world.contact(), Disposition.RECORDED),
        actions=(action,),
    )
    world.store.commit(Intake(envelope=an_envelope(world.contact()), message=a_message(STRANGER), legs=(leg,)))
    return record


def _until_committed(world: World, mail: Message, start: threading.Barrier) -> None:
    """The path's loop: facts, then commit; again on a conflict."""
    assert mail.author is not None
    author = mail.author.addr_spec
    for attempt in range(4):
        facts = world.facts(world.contact(), mail, from_=author)
        leg = world.reply_leg(facts, mail) if facts.threads else world.first_leg(facts, mail)
        if attempt == 0:
            start.wait(10)
        try:
            world.commit(facts, mail, leg)
        except Conflict:
            continue
        return
    raise AssertionError("four runs were not enough")
