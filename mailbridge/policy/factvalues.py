"""Facts that have one of a few values: compared with any other, a condition would be false for ever, and nobody knew.

The facts themselves are `factview.py`. What a rule compares them with is checked when it is read (`rulefiles/cel.py`).
"""

import enum
from collections.abc import Mapping
from typing import Final

from mailbridge.domain.classification import MailKind
from mailbridge.domain.outreach import Reason
from mailbridge.domain.parties import Direction, Role
from mailbridge.domain.standing import Step
from mailbridge.domain.thread import Area
from mailbridge.domain.trade import OrderState


def _values(kind: type[enum.Enum], *more: str) -> tuple[str, ...]:
    return (*(str(member.value) for member in kind), *more)


#: every value of each, as `factview.py` gives it; "" where there may be none
FACT_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "author.role": _values(Role),
    "author.standing": _values(Step, ""),
    "direction": _values(Direction),
    "thread.area": _values(Area),
    "thread.last_by": _values(Role, ""),
    "order.state": _values(OrderState, ""),
    "order.fulfilled_by": ("seller", "marketplace", ""),
    "outreach.reason": _values(Reason, ""),
    "message.kind": _values(MailKind),
    "message.priority": ("high", "normal", "low"),
}
