"""Whether the buyer a seller writes to has an open or recent order of his."""

from datetime import timedelta
from typing import Any

import pytest

from mailbridge.domain.trade import OrderState
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.checks import no_recent_order
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    CC,
    NOW,
    SELLER,
    SELLER_MAILBOX,
    TO_BUYER,
    a_message,
    an_order,
    at_record_only,
    from_buyer,
    from_seller,
    mailboxes,
)

_PARAMETERS = {"recent_days": 30}


def _direct(to: str = BUYER_MAILBOX, **facts: Any) -> tuple[Finding, ...]:
    message = a_message(SELLER_MAILBOX, to, cc=mailboxes(CC))
    known = {"author": SELLER, "seller": SELLER, "buyer": BUYER} | facts
    return no_recent_order.find(message, at_record_only(SELLER_MAILBOX, **known), _PARAMETERS)


@pytest.mark.parametrize(
    ("state", "days_ago"),
    [
        (OrderState.OPEN, None),
        (OrderState.COMPLETED, 30),
        (OrderState.COMPLETED, None),
        (OrderState.RETURNED, 1),
        (OrderState.CANCELLED, 1),
    ],
)
def test_S73_an_open_or_recent_order_is_enough(state: OrderState, days_ago: int | None) -> None:
    completed_at = NOW - timedelta(days=days_ago) if days_ago is not None else None
    old = an_order("PL-1", state=OrderState.COMPLETED, completed_at=NOW - timedelta(days=400))
    assert _direct(orders=(old, an_order(state=state, completed_at=completed_at))) == ()


@pytest.mark.parametrize(
    ("state", "days_ago", "is_active"),
    [
        (OrderState.COMPLETED, 31, True),
        (OrderState.CANCELLED, None, True),
        (OrderState.OPEN, None, False),
    ],
)
def test_S73_an_old_cancelled_or_withdrawn_order_is_none(
    state: OrderState, days_ago: int | None, is_active: bool
) -> None:
    completed_at = NOW - timedelta(days=days_ago) if days_ago is not None else None
    [finding] = _direct(orders=(an_order(state=state, completed_at=completed_at, is_active=is_active),))
    assert (finding.place, finding.words, finding.detail) == (Place.HEADER, BUYER_MAILBOX, "no open or recent order")


def test_S73_a_recipient_who_is_no_buyer_on_record_is_found() -> None:
    [finding] = _direct("eve@elsewhere.example", buyer=None)
    assert (finding.words, finding.detail) == ("eve@elsewhere.example", "no buyer on record")


def test_a_seller_who_writes_to_an_alias_is_looked_at_too() -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER)
    assert [f.words for f in no_recent_order.find(message, from_seller(), _PARAMETERS)] == [TO_BUYER]
    assert no_recent_order.find(message, from_seller(orders=(an_order(),)), _PARAMETERS) == ()


def test_a_buyer_may_always_write() -> None:
    assert no_recent_order.find(a_message(), from_buyer(), _PARAMETERS) == ()
