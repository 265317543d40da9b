"""What follows when a delivery fails for good or its time runs out: its author hears it, in neutral words (T-51, W19).

Called by the delivery worker after it has settled the outcome. Only relayed mail has an author to tell; a failed notice
or acknowledgement ends here (I8).
"""

from datetime import timedelta

from mailbridge.domain.delivery import ClaimedDelivery, Failed, NewDelivery, PostKind
from mailbridge.path.bridge import Bridge
from mailbridge.path.notices import undeliverable
from mailbridge.path.post import post


def report_undelivered(claimed: ClaimedDelivery, failed: Failed | None, bridge: Bridge) -> None:
    """Tell the author of a relayed mail; `failed` is None when the time to deliver ran out."""
    delivery = claimed.delivery
    if delivery.kind is not PostKind.RELAY or delivery.record_id is None:
        return
    now = bridge.clock()
    origin = bridge.store.delivery_origin(delivery.id)
    hours = None if failed else _hours(now - delivery.composed_at)
    postings = undeliverable(origin, delivery.record_id, now, bridge, tried_hours=hours)
    deliveries = tuple(d for posting in postings if isinstance(d := post(posting, bridge), NewDelivery))
    if deliveries:
        bridge.store.post_alone(deliveries)


def _hours(duration: timedelta) -> int:
    return max(1, round(duration / timedelta(hours=1)))
