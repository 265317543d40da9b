"""Finds mailboxes in To and Cc that are neither ours nor the author's own (cases.md C2, C5; threats.md T-43), nor, in a
direct mail, its reader's.

Whoever stands there got the mail directly, from the author's own server: we can not take that back, only say so.
Bcc can not be seen, and nobody found here ever becomes a party.
"""

from mailbridge.domain.facts import Facts, RecordOnlyDestination
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.originator import party_writing, party_written_to
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, addresses_on_record, strings


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per mailbox; its detail is "party" for the other side's real mailbox, else "outsider"."""
    own = _own_addresses(message, facts)
    domains = facts.our_domains.union(strings(parameters, "allowed_domains"))
    found: dict[str, Finding] = {}
    for mailbox in (*message.to, *message.cc):
        key = mailbox.addr_spec.lower()
        if key in own or key in found or key.rpartition("@")[2] in domains:
            continue
        detail = "party" if key in addresses_on_record(facts) else "outsider"
        found[key] = Finding(check="outside_recipient", place=Place.HEADER, words=mailbox.addr_spec, detail=detail)
    return tuple(found.values())[:MAX_FINDINGS]


def _own_addresses(message: Message, facts: Facts) -> frozenset[str]:
    author = party_writing(facts)
    own = {mailbox.address.key for mailbox in author.mailboxes} if author is not None else set()
    own |= {mailbox.addr_spec.lower() for mailbox in message.authors}
    if isinstance(facts.destination, RecordOnlyDestination):
        reader = party_written_to(facts)  # a direct mail is meant for him (S-73)
        own |= {mailbox.address.key for mailbox in reader.mailboxes} if reader is not None else set()
    cc_address = facts.marketplace.cc_address if facts.marketplace is not None else None
    return frozenset(own | {cc_address.key} if cc_address is not None else own)
