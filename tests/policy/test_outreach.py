"""What a seller starts: what counts as outreach, why he writes, and the borders of every rule, also against a model."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbridge.domain.facts import AliasDestination, Facts
from mailbridge.domain.ids import SellerId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import JudgedBy, OptOut, OptOutKind, OutreachHistory, Reason
from mailbridge.domain.parties import Direction
from mailbridge.domain.thread import Area
from mailbridge.domain.trade import Order, OrderState
from mailbridge.domain.verdict import Action, Mode, Verdict
from mailbridge.policy.judge import judge, judged_by
from mailbridge.policy.needs import Needs
from mailbridge.policy.outreach import day_began, outreach_of, reason_in, reason_named, whole_days, without_reasons
from mailbridge.policy.plan import Opening, Route
from mailbridge.policy.ruleset import RuleSet
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from tests.policy.outreach_model import CRITICAL, NOT_CRITICAL, Past, Sale, Sent, Wish, refusals
from tests.policy.stage import (
    MARKET,
    NOW,
    SELLER_MAILBOX,
    TO_BUYER,
    TO_SELLER,
    a_message,
    a_thread,
    an_order,
    at_record_only,
    from_buyer,
    from_seller,
)

WARSAW = ZoneInfo("Europe/Warsaw")
_AMAZON = replace(MARKET, name="Amazon", rule_packs=("general", "amazon"), cc_address=None, time_zone=WARSAW)
_RULES = load_rules((data_folder("rules"),))
#: rules about outreach alone: what a text says is judged elsewhere
_OUTREACH_RULES = RuleSet.of(
    tuple(
        rule
        for rule in _RULES.rules
        if rule.check is None and rule.condition is not None and "outreach." in rule.condition.source
    ),
    "outreach",
    packs=("general", "amazon"),
)
_NOTHING = OutreachHistory()
_WORDS = {reason.value: reason.value.replace("_", " ") for reason in Reason}
_SLOW, _FEW = 100_000, 3_000


def _opening(order: Order | None) -> Route:
    opening = Opening(area=Area.ORDER, order_id=order.id if order else None)
    return Route(direction=Direction.TO_BUYER, opening=opening)


def _written(reason: str, *, subject: str = "48213") -> Message:
    tag = f"[{_WORDS[reason]}] " if reason else ""
    return a_message(SELLER_MAILBOX, TO_BUYER, "Here you are.", subject=f"{tag}{subject}")


def _at(now: datetime, order: Order | None, history: OutreachHistory = _NOTHING) -> Facts:
    orders = (order,) if order is not None else ()
    facts = from_seller(now=now, orders=orders, outreach=history, marketplace=_AMAZON)
    destination = facts.destination
    assert isinstance(destination, AliasDestination)
    return replace(facts, destination=replace(destination, marketplace=_AMAZON))


def _refused_by(message: Message, facts: Facts, route: Route, rules: RuleSet = _OUTREACH_RULES) -> set[str]:
    verdict = judge(message, facts, route, rules)
    assert isinstance(verdict, Verdict)
    return {j.rule for j in verdict.judgements if j.action is Action.REFUSE and j.mode is Mode.ENFORCE}


# What counts


def test_S24_what_opens_a_conversation_is_outreach_and_an_answer_is_none() -> None:
    opens = _opening(an_order())
    goes_on = Route(direction=Direction.TO_BUYER, thread_id=a_thread().id)
    message = a_message(SELLER_MAILBOX, TO_BUYER)
    assert outreach_of(message, from_seller(), opens) is not None
    one_sided = from_seller(threads=(a_thread(buyer_was_written_to=True),))
    assert outreach_of(message, one_sided, goes_on) is not None
    answered = from_seller(threads=(a_thread(seller_was_written_to=True),))
    assert outreach_of(message, answered, goes_on) is None
    assert outreach_of(a_message(), from_buyer(), Route(direction=Direction.TO_SELLER, opening=opens.opening)) is None


def test_S73_a_direct_mail_is_judged_by_its_own_rules() -> None:
    facts = at_record_only()
    assert outreach_of(a_message(SELLER_MAILBOX, "jan@buyer.example"), facts, _opening(None)) is None


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("[Invoice] your order", Reason.INVOICE),
        ("Your order [INVOICE]", Reason.INVOICE),
        ("Re: [faktura] 48213", Reason.INVOICE),
        ("[Ważne] 48213", Reason.NEEDED_TO_RECEIVE),
        ("[Rückgabe] 48213", Reason.RETURN),
        ("[Custom-choice] 48213", Reason.CUSTOM_CHOICE),
        ("[wybór] kolor", Reason.CUSTOM_CHOICE),
        ("[ Usługa ]", Reason.HOME_SERVICE),
        ("[Recensione] ordine", Reason.REVIEW),
        ("[lieferung] [48213]", Reason.DELIVERY),
        ("invoice for your order", None),
        ("(invoice)", None),
        ("[invoice", None),
        ("[48213]", None),
        ("", None),
    ],
)
def test_S23_the_reason_stands_in_brackets_in_any_language(subject: str, reason: Reason | None) -> None:
    assert reason_in(subject) is reason


def test_S23_of_two_reasons_the_one_that_allows_less_counts() -> None:
    assert reason_in("[important] [review]") is Reason.REVIEW
    assert reason_in("[review] [important]") is Reason.REVIEW
    assert reason_in("[problem]", "invoice") is Reason.INVOICE
    assert reason_in("", "zwrot") is Reason.RETURN


def test_S23_no_word_names_two_reasons_and_each_reason_has_one() -> None:
    assert {reason_named(reason.value) for reason in Reason} == set(Reason)
    assert {reason.value for reason in Reason if reason.is_critical} == CRITICAL
    assert {reason.value for reason in Reason if not reason.is_critical} == NOT_CRITICAL


def test_D8_the_buyer_does_not_read_the_reason_in_the_subject() -> None:
    assert without_reasons("[Invoice] Your order [48213]") == "Your order [48213]"
    assert without_reasons("Your  order [hello]") == "Your  order [hello]"
    assert without_reasons("[invoice]") == ""


# Terms


@pytest.mark.parametrize(
    ("completed", "now", "days"),
    [
        (datetime(2026, 3, 1, 10, 0, tzinfo=WARSAW), datetime(2026, 3, 31, 9, 0, tzinfo=WARSAW), 29),
        # the clock goes forward on 29 March: 30 days in the calendar, 719 hours
        (datetime(2026, 3, 1, 10, 0, tzinfo=WARSAW), datetime(2026, 3, 31, 9, 59, 59, tzinfo=WARSAW), 29),
        (datetime(2026, 3, 1, 10, 0, tzinfo=WARSAW), datetime(2026, 3, 31, 10, 0, tzinfo=WARSAW), 30),
        # and back on 25 October: 721 hours
        (datetime(2026, 10, 1, 10, 0, tzinfo=WARSAW), datetime(2026, 10, 31, 9, 59, tzinfo=WARSAW), 29),
        (datetime(2026, 10, 1, 10, 0, tzinfo=WARSAW), datetime(2026, 10, 31, 10, 0, tzinfo=WARSAW), 30),
        (datetime(2028, 1, 30, 12, 0, tzinfo=WARSAW), datetime(2028, 2, 29, 12, 0, tzinfo=WARSAW), 30),
        (datetime(2028, 2, 29, 12, 0, tzinfo=WARSAW), datetime(2028, 3, 30, 11, 59, tzinfo=WARSAW), 29),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), datetime(2026, 12, 31, 22, 0, tzinfo=UTC), 0),
    ],
)
def test_S22_days_end_at_the_same_time_of_day_in_the_markets_zone(
    completed: datetime, now: datetime, days: int
) -> None:
    assert whole_days(completed.astimezone(UTC), now.astimezone(UTC), WARSAW) == days
    order = an_order(state=OrderState.COMPLETED, completed_at=completed.astimezone(UTC))
    refused = _refused_by(_written("invoice"), _at(now.astimezone(UTC), order), _opening(order))
    assert refused == ({"amazon.within-30-days"} if days >= 30 else set())


def test_S22_an_order_that_was_completed_nobody_knows_when_has_no_term() -> None:
    order = an_order(state=OrderState.COMPLETED)
    assert _refused_by(_written("invoice"), _at(NOW, order), _opening(order)) == set()


def test_S66_S75_an_order_that_the_market_took_back_is_none() -> None:
    order = an_order(is_active=False)
    assert _refused_by(_written("invoice"), _at(NOW, order), _opening(order)) == {"amazon.order-needed"}


# Decision tables: one row for each border


@pytest.mark.parametrize(("sent", "orders", "is_refused"), [
    (19, 0, False), (20, 0, True), (20, 120, True), (20, 121, False), (49, 300, False), (50, 300, True),
])  # fmt: skip
def test_E11_the_daily_limit_follows_the_orders(sent: int, orders: int, is_refused: bool) -> None:
    order = an_order()
    history = OutreachHistory(sent_today=sent, orders_in_30_days=orders)
    refused = _refused_by(_written("invoice"), _at(NOW, order, history), _opening(order))
    assert refused == ({"amazon.daily-limit"} if is_refused else set())


@pytest.mark.parametrize(
    ("now", "began"),
    [
        (datetime(2026, 11, 21, 0, 0, tzinfo=WARSAW), datetime(2026, 11, 20, 23, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 23, 59, tzinfo=WARSAW), datetime(2026, 11, 19, 23, 0, tzinfo=UTC)),
        # the days on which the clock goes forward and back
        (datetime(2026, 3, 29, 12, 0, tzinfo=WARSAW), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 12, 0, tzinfo=WARSAW), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
    ],
)
def test_E11_a_day_begins_at_midnight_of_the_market(now: datetime, began: datetime) -> None:
    assert day_began(now.astimezone(UTC), WARSAW) == began
    outreach = outreach_of(_written("invoice"), _at(now.astimezone(UTC), an_order()), _opening(an_order()))
    assert outreach is not None
    assert outreach.today == began


@pytest.mark.parametrize("reason", [reason.value for reason in Reason])
@pytest.mark.parametrize("kind", list(OptOutKind))
@pytest.mark.parametrize("seller", [None, SellerId("s"), SellerId("another")])
def test_S15_S16_N05_E05_what_an_opt_out_stops(reason: str, kind: OptOutKind, seller: SellerId | None) -> None:
    order = an_order()
    wish = OptOut(seller_id=seller, kind=kind, at=NOW)
    facts = _at(NOW, order, OutreachHistory(opt_outs=(wish,)))
    concerns = seller != SellerId("another") and (kind is OptOutKind.ALL or reason == "review")
    is_stopped = concerns and reason in NOT_CRITICAL
    assert _refused_by(_written(reason), facts, _opening(order)) == ({"general.opted-out"} if is_stopped else set())
    verdict = judge(_written(reason), facts, _opening(order), _OUTREACH_RULES)
    assert isinstance(verdict, Verdict)
    told = {j.rule for j in verdict.warnings}
    assert told == ({"general.opted-out-but-needed"} if concerns and reason in CRITICAL else set())


def test_E06_an_opt_out_does_not_bind_answers() -> None:
    wish = OptOut(seller_id=None, kind=OptOutKind.ALL, at=NOW)
    facts = _at(NOW, an_order(), OutreachHistory(opt_outs=(wish,)))
    facts = replace(facts, threads=(a_thread(seller_was_written_to=True),))
    route = Route(direction=Direction.TO_BUYER, thread_id=a_thread().id)
    assert _refused_by(_written(""), facts, route) == set()


@pytest.mark.parametrize("reason", [reason.value for reason in Reason])
@pytest.mark.parametrize(("ships", "is_gift"), [("seller", True), ("marketplace", False), ("marketplace", True)])
def test_S10_S11_S12_what_the_market_ships_itself(reason: str, ships: str, is_gift: bool) -> None:
    order = an_order(fulfilled_by=ships, is_gift=is_gift)
    expected: set[str] = set()
    if ships == "marketplace" and is_gift:
        expected = {"amazon.gift-from-amazon"}
    elif ships == "marketplace" and reason in {"delivery", "return", "needed_to_receive"}:
        expected = {"amazon.fulfilled-by-amazon"}
    assert _refused_by(_written(reason), _at(NOW, order), _opening(order)) == expected


@pytest.mark.parametrize("reason", ["", *(reason.value for reason in Reason)])
@pytest.mark.parametrize("state", list(OrderState))
def test_S22_S23_the_state_of_the_order_and_the_reason(reason: str, state: OrderState) -> None:
    order = an_order(state=state)
    expected = {"amazon.reason-needed"} if not reason else set()
    if state is OrderState.CANCELLED and reason not in {"order_problem", "return"}:
        expected |= {"amazon.cancelled-order"}
    assert _refused_by(_written(reason), _at(NOW, order), _opening(order)) == expected


# What is asked of the record


def test_what_went_before_is_asked_for_only_when_a_seller_starts_something_and_a_rule_counts_it() -> None:
    order = an_order()
    asked = judge(_written("review"), replace(_at(NOW, order), outreach=None), _opening(order), _OUTREACH_RULES)
    assert isinstance(asked, Needs)
    assert asked.outreach_of is not None
    assert (asked.outreach_of.order_id, asked.outreach_of.reason) == (order.id, Reason.REVIEW)
    answered = replace(_at(NOW, order), outreach=None, threads=(a_thread(seller_was_written_to=True),))
    route = Route(direction=Direction.TO_BUYER, thread_id=a_thread().id)
    assert isinstance(judge(_written(""), answered, route, _OUTREACH_RULES), Verdict)
    uncounted = RuleSet.of(tuple(r for r in _OUTREACH_RULES.rules if r.id == "amazon.reason-needed"), "one")
    assert isinstance(judge(_written(""), replace(_at(NOW, order), outreach=None), _opening(order), uncounted), Verdict)


@pytest.mark.parametrize(("sent", "slack"), [(0, 8), (11, 8), (12, 0), (19, 0)])
def test_E11_how_many_may_go_out_at_once_follows_the_limit(sent: int, slack: int) -> None:
    order, history = an_order(), OutreachHistory(sent_today=sent, number=sent + 5, about_order=(Reason.INVOICE,))
    counts = judged_by(_written("invoice"), _at(NOW, order, history), _opening(order), _OUTREACH_RULES)
    assert counts == JudgedBy(number=sent + 5, about_order=1, slack=slack)
    large = replace(history, orders_in_30_days=90_000)
    counts = judged_by(_written("invoice"), _at(NOW, order, large), _opening(order), _OUTREACH_RULES)
    assert counts is not None
    assert counts.slack == 64


# Against the model


def _a_past(draw: random.Random, now: datetime, zone: ZoneInfo) -> Past:
    past = Past(zone=zone)
    for number in range(draw.randrange(4)):
        ended = draw.choice([None, now - timedelta(days=30) + _near(draw), now - timedelta(days=draw.randrange(70))])
        past.sales[f"PL-{number}0001"] = Sale(
            seller=draw.choice(["s", "s", "another"]),
            buyer="b",
            placed_at=now - timedelta(days=30) + _near(draw),
            state=draw.choice(["open", "completed", "cancelled", "returned"]),
            completed_at=ended,
            ships=draw.choice(["seller", "seller", "marketplace"]),
            is_gift=draw.random() < 0.3,
        )
    for _ in range(draw.choice([0, 1, 5, 19, 20, 21, 60])):
        at = now - draw.choice(
            [timedelta(0), timedelta(hours=draw.randrange(30)), timedelta(minutes=draw.randrange(90))]
        )
        order = draw.choice([None, *past.sales])
        past.sent.append(Sent(draw.choice(["s", "s", "s", "another"]), order, draw.choice(["review", "invoice"]), at))
    for number in range(draw.choice([0, 0, 119, 121, 200])):
        past.sales[f"DE-{number}"] = Sale(seller="s", buyer="c", placed_at=now - timedelta(days=draw.randrange(29, 32)))
    for _ in range(draw.randrange(3)):
        past.opt_outs.add((draw.choice("bc"), draw.choice(["", "s", "another"]), draw.choice(["all", "review"])))
    return past


def _near(draw: random.Random) -> timedelta:
    """Close to a border, on either side of it, and upon it."""
    return draw.choice([-1, 1]) * draw.choice(
        [timedelta(0), timedelta(microseconds=1), timedelta(minutes=59), timedelta(hours=1), timedelta(hours=2)]
    )


def _history(wish: Wish, past: Past) -> OutreachHistory:
    """What the store would say of this past."""
    sent = sorted((one for one in past.sent if one.seller == wish.seller), key=lambda one: one.at, reverse=True)
    about = [one for one in sent if wish.order is not None and one.order == wish.order]
    placed = [one for one in past.sales.values() if one.seller == wish.seller]
    return OutreachHistory(
        opt_outs=tuple(
            OptOut(seller_id=SellerId(seller) if seller else None, kind=OptOutKind(kind), at=wish.at)
            for buyer, seller, kind in past.opt_outs
            if buyer == wish.buyer and seller in {"", wish.seller}
        ),
        sent_today=sum(1 for one in sent if one.at >= day_began(wish.at, past.zone)),
        about_order=tuple(Reason(one.reason) for one in about),
        orders_in_30_days=sum(1 for one in placed if one.placed_at > wish.at - timedelta(days=30)),
    )


def _compare(seed: int) -> None:
    draw = random.Random(seed)
    zone = ZoneInfo(draw.choice(["Europe/Warsaw", "Europe/London", "America/New_York", "Asia/Kolkata", "UTC"]))
    days = draw.choice([draw.randrange(3000), 86, 87, 88, 296, 297, 298, 789, 790])  # 2026's clock changes, 29.2.2028
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days, minutes=draw.randrange(1440))
    past = _a_past(draw, now, zone)
    mine = [reference for reference, sale in past.sales.items() if (sale.seller, sale.buyer) == ("s", "b")]
    wish = Wish(
        seller="s",
        buyer="b",
        order=draw.choice([None, *mine, *mine]),
        reason=draw.choice(["", *(reason.value for reason in Reason)]),
        at=now,
        is_answer=draw.random() < 0.1,
    )
    sale = past.sales.get(wish.order or "")
    order = None
    if sale is not None and wish.order is not None:
        order = an_order(
            wish.order,
            state=OrderState(sale.state),
            completed_at=sale.completed_at,
            fulfilled_by=sale.ships,
            is_gift=sale.is_gift,
        )
    facts = _at(now, order, _history(wish, past))
    market = replace(_AMAZON, time_zone=zone)
    route = _opening(order)
    if wish.is_answer:
        facts = replace(facts, threads=(a_thread(seller_was_written_to=True),))
        route = Route(direction=Direction.TO_BUYER, thread_id=a_thread().id)
    facts = replace(facts, marketplace=market)
    assert _refused_by(_written(wish.reason), facts, route) == refusals(wish, past), seed


def test_S22_S23_E11_the_shipped_rules_say_what_a_slow_model_says() -> None:
    for seed in range(_FEW):
        _compare(seed)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_S22_S23_E11_the_shipped_rules_say_what_a_slow_model_says_a_hundred_thousand_times() -> None:
    for seed in range(_FEW, _FEW + _SLOW):
        _compare(seed)


def test_a_buyers_mail_is_never_kept_back_by_rules_of_outreach() -> None:
    route = Route(direction=Direction.TO_SELLER, opening=Opening(area=Area.QUESTION))
    facts = replace(from_buyer(), marketplace=_AMAZON)
    assert _refused_by(a_message(to=TO_SELLER, subject="[review]"), facts, route) == set()
