"""What follows when a delivery fails for good or its time runs out: its author hears it, in neutral words (T-51, W19).

Called by the delivery worker before it settles the outcome. A crash in between brings it here again, and still the
author is told once: the notice's id is made of the message's. Where several deliveries carry one message, the last one
that fails tells; of two in one moment each may take the other for alive, so it is asked again when the end is booked.
Only relayed mail has an author to tell; a failed notice or acknowledgement ends here (I8).
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from mailbridge.domain.delivery import ClaimedDelivery, Failed, NewDelivery, PostKind
from mailbridge.domain.ids import DeliveryId
from mailbridge.errors import Conflict
from mailbridge.path.bridge import Bridge
from mailbridge.path.notices import is_with_a_colleague, undeliverable
from mailbridge.path.post import post


def report_undelivered(claimed: ClaimedDelivery, failed: Failed | None, bridge: Bridge) -> bool:
    """Tell the author of a relayed mail; `failed` is None when the time to deliver ran out.

    True where another mailbox of its reader has it, or may have it yet: then nobody is told.
    """
    delivery = claimed.delivery
    if delivery.kind is not PostKind.RELAY or delivery.record_id is None:
        return False
    now = bridge.clock()
    origin = bridge.store.delivery_origin(delivery.id)
    if is_with_a_colleague(origin):
        return True
    hours = None if failed else _hours(now - delivery.composed_at)
    postings = undeliverable(origin, delivery.record_id, now, bridge, tried_hours=hours)
    deliveries = tuple(d for posting in postings if isinstance(d := post(posting, bridge), NewDelivery))
    if deliveries:
        told_once = replace(deliveries[0], id=DeliveryId(f"undelivered-{delivery.record_id}"))
        with suppress(Conflict):  # told before a crash
            bridge.store.post_alone((told_once,))
    return False


def _hours(duration: timedelta) -> int:
    return max(1, round(duration / timedelta(hours=1)))
