"""Staff of a seller on the path: who takes a conversation by a mail, and for whom a mail is kept (S-13, S-17).

Whoever gets what is decided in `policy/staff.py`; what becomes of kept mail is `messaging.py`.
"""

from dataclasses import replace

from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts
from mailbridge.domain.ids import SellerId
from mailbridge.policy.plan import Disposition, HoldReason, Plan
from mailbridge.store.records import LegRecord
from mailbridge.store.staffrecords import Assignment

#: what a conversation is taken by: an answer that goes out, or a message that says only this
_TAKES = frozenset({Disposition.RELAYED, Disposition.RECORDED})
_AT_ONCE = 200


def with_assignment(record: LegRecord) -> LegRecord:
    """The record with who takes its conversation by this message."""
    route, thread = record.plan.route, record.thread
    if route is None or route.taking is None or thread is None or record.plan.disposition not in _TAKES:
        return record
    taking = route.taking
    wanted = Assignment(
        thread_id=thread.id,
        mailbox=taking.mailbox,
        by="answer" if taking.is_by_answer else "word",
        record_id=record.record_id,
        only_if_free=taking.is_by_answer,
    )
    return replace(record, assignment=wanted)


def kept_for(plan: Plan, facts: Facts) -> SellerId | None:
    """Whose message it is that is kept while messaging is switched off; None for every other."""
    if plan.hold is not HoldReason.MESSAGING_OFF or not isinstance(
        facts.destination, AliasDestination | ContactDestination
    ):
        return None
    return facts.destination.seller.id
