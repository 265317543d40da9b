"""Asks about the files of one message, for as long as its client or a person may be kept waiting.

While another process looks, this one computes for somebody else. Decides nothing.
"""

from datetime import timedelta

from mailbridge.domain.files import Screened
from mailbridge.domain.message import Message
from mailbridge.path.bridge import Bridge

#: inside a transaction: pictures take milliseconds, the first of them half a second until the process stands
AT_ONCE = timedelta(seconds=1)
#: where nobody waits for a reply to DATA
PATIENCE = timedelta(seconds=15)


def look_into(message: Message, bridge: Bridge, *, within: timedelta) -> Screened | None:
    """What the files hold; None where that takes longer. For callers that hold a CPU slot."""
    if within <= timedelta(0):
        return None
    with bridge.slots.released():
        return bridge.screener.look_into(message, within=within)
