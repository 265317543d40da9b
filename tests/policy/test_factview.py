"""What conditions may ask, and what they are told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from typing_extensions import override

from mailbridge.domain.facts import Pace
from mailbridge.domain.ids import OfferId, SanctionId, ThreadId
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.outreach import OutreachHistory
from mailbridge.domain.parties import Direction, Role
from mailbridge.domain.standing import Sanction, Step
from mailbridge.domain.thread import Area, TextMark, ThreadMessageIds, ThreadState
from mailbridge.domain.trade import OrderState
from mailbridge.domain.verdict import Finding, Place, Verdict
from mailbridge.policy.checks import CHECKS
from mailbridge.policy.factview import CHECKS_FACT, FACTS, FactValue, facts_of_findings
from mailbridge.policy.judge import judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.plan import Opening, Route
from mailbridge.policy.ruleset import ConditionResult
from tests.policy.rules_by_hand import FixedCondition, a_rule, a_ruleset
from tests.policy.stage import BUYER, NOW, SELLER, a_message, a_thread, an_order, from_buyer, from_seller

_TO_SELLER = Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))


class _Asking(FixedCondition):
    """Holds; asks for these facts only."""

    def __init__(self, *names: str) -> None:
        super().__init__(ConditionResult.HOLDS)
        self._asked = frozenset(names)

    @property
    @override
    def names(self) -> frozenset[str]:
        return self._asked


def _view(message: Message | None = None, route: Route = _TO_SELLER, **more: Any) -> dict[str, FactValue]:
    """What a condition sees of this message."""
    condition = FixedCondition(ConditionResult.NOT)
    facts = from_buyer(**({"threads": (a_thread("t"),)} | more))
    judge(message or a_message(), facts, route, a_ruleset(a_rule(check=None, condition=condition)))
    return dict(condition.views[0])


def test_the_names_of_facts_are_distinct_and_every_check_has_one() -> None:
    names = [fact.name for fact in FACTS]
    assert len(names) == len(set(names))
    assert {f"{CHECKS_FACT}{check.name}" for check in CHECKS} <= set(names)


def test_the_two_people_are_told_apart() -> None:
    buyer = replace(BUYER, language="it")
    view = _view(author=buyer)
    assert (view["author.is_known"], view["author.language"], view["author.is_business"]) == (True, "it", False)
    assert (view["reader.language"], view["reader.is_business"]) == (SELLER.language, True)
    condition = FixedCondition(ConditionResult.NOT)
    rules = a_ruleset(a_rule(check=None, condition=condition))
    facts = from_seller(outreach=OutreachHistory(), pace=Pace())
    judge(a_message(), facts, replace(_TO_SELLER, direction=Direction.TO_BUYER), rules)
    assert condition.views[0]["author.language"] == SELLER.language


@pytest.mark.parametrize(
    ("sanction", "said"),
    [
        (Sanction(id=SanctionId("s"), step=Step.BARRED, at=NOW, until=NOW + timedelta(seconds=1)), "barred"),
        (Sanction(id=SanctionId("s"), step=Step.BARRED, at=NOW - timedelta(days=5), until=NOW), ""),
        (Sanction(id=SanctionId("s"), step=Step.CLOSED, at=NOW), "closed"),
    ],
)
def test_S26_a_seller_says_what_he_stands_under_at_the_time_of_receipt(sanction: Sanction, said: str) -> None:
    seller = replace(SELLER, sanctions=(sanction,))
    condition = FixedCondition(ConditionResult.NOT)
    rules = a_ruleset(a_rule(check=None, condition=condition))
    judge(
        a_message(),
        from_seller(outreach=OutreachHistory(), pace=Pace(), author=seller),
        replace(_TO_SELLER, direction=Direction.TO_BUYER),
        rules,
    )
    assert condition.views[0]["author.standing"] == said
    assert _view()["author.standing"] == ""


def test_a_first_contact_is_not_on_record() -> None:
    view = _view(author=None, route=Route(direction=Direction.TO_SELLER, opening=Opening(area=Area.QUESTION)))
    assert (view["author.is_known"], view["author.language"]) == (False, "")


def test_a_thread_says_how_old_and_how_long_it_is() -> None:
    ids = tuple(ThreadMessageIds(for_buyer=f"<{n}@x>", for_seller=None) for n in range(3))
    last_at = NOW - timedelta(days=4, hours=3)
    thread = a_thread("t", message_ids=ids, last_at=last_at, state=ThreadState.CLOSED, offer_id=OfferId("i"))
    view = _view(threads=(thread, a_thread("u")))
    assert {
        name: view[f"thread.{name}"] for name in ("messages", "days_since_last", "is_closed", "is_about_offer")
    } == {
        "messages": 3,
        "days_since_last": 4,
        "is_closed": True,
        "is_about_offer": True,
    }
    assert view["pair.threads"] == 2


@pytest.mark.parametrize(("reader", "last_by"), [(Role.SELLER, "buyer"), (Role.BUYER, "seller"), (None, "")])
def test_a_thread_says_who_wrote_last(reader: Role | None, last_by: str) -> None:
    text = TextMark(reader=reader, characters=1, digest="0") if reader is not None else None
    first = ThreadMessageIds(
        for_buyer="<1@x>", for_seller=None, text=TextMark(reader=Role.BUYER, characters=1, digest="")
    )
    last = ThreadMessageIds(for_buyer="<2@x>", for_seller=None, text=text)
    assert _view(threads=(a_thread("t", message_ids=(first, last)),))["thread.last_by"] == last_by


def test_nobody_wrote_last_in_a_thread_without_messages() -> None:
    opening = Route(direction=Direction.TO_SELLER, opening=Opening(area=Area.QUESTION))
    assert [_view()["thread.last_by"], _view(route=opening)["thread.last_by"]] == ["", ""]


def test_a_new_thread_has_no_message_before_this_one() -> None:
    opening = Opening(area=Area.QUESTION, offer_id=OfferId("i"))
    view = _view(route=Route(direction=Direction.TO_SELLER, opening=opening), threads=())
    assert (view["thread.messages"], view["thread.days_since_last"], view["thread.is_about_offer"]) == (0, -1, True)


def test_the_orders_of_the_two_are_counted() -> None:
    done = an_order("A", state=OrderState.COMPLETED)
    gone = an_order("B", is_active=False)
    view = _view(orders=(done, gone, an_order("C")), threads=(a_thread("t", order_id=gone.id),))
    assert (view["pair.orders"], view["pair.open_orders"], view["order.is_withdrawn"]) == (3, 1, True)


def test_a_message_is_measured() -> None:
    files = (Attachment(filename="a.PDF", content_type="x/y", octets=b"123"),) * 2
    message = a_message(
        quoted_text="> hi", signature="-- \nAnna", imprint="HRB 1", attachments=files, in_reply_to=("<1@x>",)
    )
    view = _view(message)
    assert (view["message.quoted_characters"], view["message.signature"]) == (4, "-- \nAnna\nHRB 1")
    assert (view["message.attachments_octets"], view["files.names"], view["message.is_reply"]) == (
        6,
        ["a.PDF"] * 2,
        True,
    )


@pytest.mark.parametrize(
    ("place", "facts"),
    [
        (Place.SUBJECT, {"in_new_text", "in_subject"}),
        (Place.NEW_TEXT, {"in_new_text"}),
        (Place.HTML, {"in_new_text", "in_html"}),
        (Place.SIGNATURE, {"in_new_text"}),
        (Place.IMPRINT, {"in_new_text"}),
        (Place.QUOTED_TEXT, {"in_quotes"}),
        (Place.QUOTED_HTML, {"in_quotes"}),
        (Place.ATTACHMENT, {"in_attachments"}),
        (Place.HEADER, set()),
    ],
)
def test_findings_are_counted_by_place(place: Place, facts: set[str]) -> None:
    view = facts_of_findings((Finding(check="c", place=place, words="w", detail="d"),), below=7)
    counted = {name.removeprefix("findings.") for name, value in view.items() if value == 1}
    assert counted == {"count", *facts}
    assert (view["findings.words"], view["findings.details"], view["findings.in_signature"]) == (["w"], ["d"], 7)


def test_a_condition_may_count_what_other_checks_find() -> None:
    condition = _Asking("checks.phone_number", "checks.email_address")
    text = "Write to anna@shop.example or bob@shop.example, or call +48 601 234 567"
    rules = a_ruleset(a_rule("r", check=None, condition=condition))
    judge(a_message(text=text), from_buyer(threads=(a_thread("t"),)), _TO_SELLER, rules)
    [view] = condition.views
    assert {name: view[name] for name in view if name.startswith(CHECKS_FACT)} == {
        "checks.email_address": 2,
        "checks.phone_number": 1,
    }


def test_a_check_that_a_condition_counts_asks_for_the_history_too() -> None:
    rules = a_ruleset(a_rule("r", check=None, condition=_Asking("checks.email_address")))
    message = a_message(quoted_text="> anna@shop.example")
    facts = from_buyer(threads=(a_thread("t"),))
    assert judge(message, facts, _TO_SELLER, rules) == Needs(history_of=ThreadId("t"))
    verdict = judge(message, replace(facts, history=("anna@shop.example",)), _TO_SELLER, rules)
    assert isinstance(verdict, Verdict)


def test_a_check_that_only_a_condition_counts_is_not_made_when_the_rules_own_check_finds_nothing() -> None:
    condition = _Asking("checks.email_address")
    rules = a_ruleset(a_rule("r", "phone_number", condition=condition))
    message = a_message(quoted_text="> anna@shop.example")
    verdict = judge(message, from_buyer(threads=(a_thread("t"),)), _TO_SELLER, rules)
    assert isinstance(verdict, Verdict)
    assert (verdict.judgements, condition.views) == ((), [])


def test_D13_a_verdict_keeps_what_conditions_asked_for_and_were_told() -> None:
    asking = ("author.role", "checks.phone_number", "files.kinds", "message.text", "findings.words", "files.names")
    rules = a_ruleset(
        a_rule("r", check=None, condition=_Asking(*asking)),
        a_rule("s", check=None, condition=_Asking("order.is_known")),
        a_rule("never-asked", "email_address", condition=_Asking("thread.is_new")),
    )
    verdict = judge(a_message(), from_buyer(threads=(a_thread("t"),)), _TO_SELLER, rules)
    assert isinstance(verdict, Verdict)
    assert verdict.facts == (
        ("author.role", "buyer"),
        ("checks.phone_number", 0),
        ("files.kinds", ()),
        ("order.is_known", False),
    )
