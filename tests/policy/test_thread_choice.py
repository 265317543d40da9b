"""Which thread: design.md D7 as a table."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.facts import Facts
from mailbridge.domain.ids import BuyerId, OfferId, OrderId, ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.domain.thread import Area, ThreadState
from mailbridge.policy.thread_choice import choose_thread, names, tag_of, without_tag
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    CONTACT,
    SELLER_MAILBOX,
    TO_BUYER,
    a_message,
    a_thread,
    an_offer,
    an_order,
    at_contact,
    from_buyer,
    from_seller,
)

_ORDER = an_order()
_OFFER = an_offer()
_ORDER_THREAD = a_thread("order", area=Area.ORDER, order_id=_ORDER.id, order_reference=_ORDER.reference)
_OFFER_THREAD = a_thread("offer", offer_id=_OFFER.id)
_CLOSED = a_thread("closed", state=ThreadState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Facts and subject, and the thread they lead to; None opens one."""

    name: str
    facts: Facts
    subject: str = "Question"
    thread: str | None
    is_uncertain: bool = False


CASES = (
    Case(
        name="T2 a mapped id",
        facts=from_buyer(threads=(a_thread("new"), a_thread("old")), threads_by_id=(ThreadId("old"),)),
        thread="old",
    ),
    Case(
        name="T2 a mapped id wins over the subject",
        facts=from_buyer(
            threads=(_ORDER_THREAD, a_thread("other")), threads_by_id=(ThreadId("other"),), orders=(_ORDER,)
        ),
        subject="Re: PL-2134",
        thread="other",
    ),
    Case(
        name="T12 a mapped id reopens a closed thread",
        facts=from_buyer(threads=(_CLOSED, a_thread("open")), threads_by_id=(ThreadId("closed"),)),
        thread="closed",
    ),
    Case(
        name="an id of a thread that is not at hand decides nothing",
        facts=from_buyer(threads=(a_thread("open"),), threads_by_id=(ThreadId("ancient"),)),
        thread="open",
    ),
    Case(
        name="the order in the subject",
        facts=from_buyer(threads=(a_thread("newer"), _ORDER_THREAD), orders=(_ORDER,)),
        subject="Re: [PL-2134] Question",
        thread="order",
    ),
    Case(
        name="the order in the subject has no thread yet",
        facts=from_buyer(threads=(a_thread("open"),), orders=(_ORDER,)),
        subject="pl-2134 arrived broken",
        thread=None,
    ),
    Case(
        name="the offer in the subject",
        facts=from_buyer(threads=(a_thread("newer"), _OFFER_THREAD), offers=(_OFFER,)),
        subject="OF-9912?",
        thread="offer",
    ),
    Case(name="T1 no ids, one open thread", facts=from_buyer(threads=(a_thread("only"), _CLOSED)), thread="only"),
    Case(
        name="T1 no ids, two open threads: the newest, uncertain",
        facts=from_buyer(threads=(a_thread("newest"), a_thread("older"))),
        thread="newest",
        is_uncertain=True,
    ),
    Case(name="only closed threads", facts=from_buyer(threads=(_CLOSED,)), thread=None),
    Case(name="no thread at all", facts=from_buyer(), thread=None),
    Case(
        name="contact: the tag names the order of a running thread",
        facts=at_contact(BUYER_MAILBOX, author=BUYER, tag="o-pl-2134", threads=(_ORDER_THREAD,), orders=(_ORDER,)),
        thread="order",
    ),
    Case(
        name="contact: the tag names an offer without a thread",
        facts=at_contact(BUYER_MAILBOX, author=BUYER, tag="i-of-9912", threads=(a_thread("open"),), offers=(_OFFER,)),
        thread=None,
    ),
    Case(
        name="contact: a tag that names nothing is no hint",
        facts=at_contact(BUYER_MAILBOX, author=BUYER, tag="o-77777", threads=(a_thread("open"),), orders=(_ORDER,)),
        thread="open",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_T1_T2_T12_thread_of_the_pair(case: Case) -> None:
    route = choose_thread(a_message(subject=case.subject), case.facts)
    assert (route.thread_id, route.is_uncertain) == (case.thread, case.is_uncertain)
    assert (route.opening is None) == (case.thread is not None)


def _opening(facts: Facts, **more: Any) -> tuple[Area, OrderId | None, OfferId | None, bool]:
    opening = choose_thread(a_message(**more), facts).opening
    assert opening is not None
    return opening.area, opening.order_id, opening.offer_id, opening.creates_buyer


def test_A7_an_order_of_another_buyer_is_no_hint() -> None:
    facts = at_contact(BUYER_MAILBOX, author=BUYER, tag="o-pl-2134", orders=(an_order(buyer_id=BuyerId("other")),))
    assert _opening(facts, subject="PL-2134") == (Area.QUESTION, None, None, False)


def test_A7_an_unknown_buyer_attaches_no_order() -> None:
    facts = at_contact(tag="o-pl-2134", orders=(_ORDER,))
    assert _opening(facts) == (Area.QUESTION, None, None, True)


def test_an_unknown_buyer_may_ask_about_an_offer() -> None:
    assert _opening(at_contact(tag="i-of-9912", offers=(_OFFER,))) == (Area.QUESTION, None, _OFFER.id, True)


def test_a_seller_who_writes_first_means_the_buyers_one_order() -> None:
    route = choose_thread(a_message(SELLER_MAILBOX, TO_BUYER), from_seller(orders=(_ORDER,)))
    assert route.direction is Direction.TO_BUYER
    assert route.opening is not None
    assert (route.opening.area, route.opening.order_reference) == (Area.ORDER, "PL-2134")


def test_a_seller_who_writes_first_to_a_buyer_of_two_orders_means_none() -> None:
    facts = from_seller(orders=(_ORDER, an_order("PL-9999")))
    assert _opening(facts) == (Area.QUESTION, None, None, False)


def test_T44_ids_of_other_pairs_do_not_reach_this_choice() -> None:
    # The store maps only ids of the pair; an unknown id leaves the choice to the subject and the open threads.
    message = a_message(references=("<x@other.example>",), in_reply_to=("<y@other.example>",))
    assert choose_thread(message, from_buyer(threads=(a_thread("only"),))).thread_id == "only"


_TAGGED = a_thread("0123456789abk3x9wvut")


@pytest.mark.parametrize(
    ("subject", "thread", "left"),
    [
        ("Re: Hello [k3x9wvut]", _TAGGED.id, "Re: Hello"),
        ("Aw: [K3X9WVUT] Hello", _TAGGED.id, "Aw: Hello"),
        ("[k3x9wvut]", _TAGGED.id, ""),
        ("Re: Hello k3x9wvut", "newest", "Re: Hello k3x9wvut"),  # no tag without brackets
        ("Re: Hello [k3x9]", "newest", "Re: Hello [k3x9]"),
    ],
)
def test_D7_a_tag_in_the_subject_names_a_thread_of_the_pair(subject: str, thread: str, left: str) -> None:
    facts = from_seller(threads=(a_thread("newest"), _TAGGED))
    assert choose_thread(a_message(subject=subject), facts).thread_id == thread
    assert without_tag(subject, _TAGGED) == left


def test_A7_a_tag_of_another_pair_is_no_hint() -> None:
    facts = from_buyer(threads=(a_thread("newest"),))
    assert choose_thread(a_message(subject=f"Re: Hello {tag_of(_TAGGED)}"), facts).thread_id == "newest"


def test_a_mapped_id_wins_over_a_tag() -> None:
    facts = from_seller(threads=(a_thread("newest"), _TAGGED), threads_by_id=(ThreadId("newest"),))
    assert choose_thread(a_message(subject=f"Re: Hello {tag_of(_TAGGED)}"), facts).thread_id == "newest"


def test_contact_and_alias_lead_to_the_same_thread() -> None:
    threads = (a_thread("only"),)
    by_contact = choose_thread(a_message(to=CONTACT), at_contact(BUYER_MAILBOX, author=BUYER, threads=threads))
    assert by_contact == choose_thread(a_message(), from_buyer(threads=threads))


@pytest.mark.parametrize(
    ("subject", "reference", "is_named"),
    [
        ("Re: [PL-2134] hi", "PL-2134", True),
        ("zamówienie pl-2134.", "PL-2134", True),
        ("order PL-21345", "PL-2134", False),
        ("order XPL-2134", "PL-2134", False),
        ("order PL-2134-2", "PL-2134", False),
        ("PL-21345 and PL-2134", "PL-2134", True),
        ("12 pieces", "12", False),
        ("#12", "12", True),
        ("[12] hi", "12", True),
        ("my order", "order", False),
        ("anything", "", False),
        ("T10 [Ticket#77] PL-2134", "PL-2134", True),
    ],
)
def test_T10_a_subject_names_a_reference_as_a_whole_word(subject: str, reference: str, *, is_named: bool) -> None:
    assert names(subject, reference) is is_named


@given(st.text(max_size=80), st.text(max_size=12))
def test_naming_never_raises(subject: str, reference: str) -> None:
    assert names(subject, reference) in {True, False}
