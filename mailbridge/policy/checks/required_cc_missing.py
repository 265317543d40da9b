"""Finds that the marketplace's CC address is missing from To and Cc (S-73).

Nothing to find where the marketplace has no CC address. Whether the message is a kind that needs it is the rule's
business.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.scanning import Parameters


def find(message: Message, facts: Facts, _parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding whose words are the address to copy, or none."""
    cc_address = facts.marketplace.cc_address if facts.marketplace is not None else None
    if cc_address is None:
        return ()
    if any(mailbox.addr_spec.lower() == cc_address.key for mailbox in (*message.to, *message.cc)):
        return ()
    return (Finding(check="required_cc_missing", place=Place.HEADER, words=cc_address.addr_spec),)
