"""Finds the real address of the reader in To or Cc beside his alias (cases.md C2, threats.md T-43).

Such a mail reached him directly as well, past the bridge: the author knows the address from elsewhere. Direct mail that
copies the market has no alias and is none. Strangers in To and Cc are the business of another check.
"""

from mailbridge.domain.facts import AliasDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.originator import party_writing, party_written_to
from mailbridge.policy.scanning import Parameters


def find(message: Message, facts: Facts, _parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per address of the reader."""
    reader = party_written_to(facts)
    if not isinstance(facts.destination, AliasDestination) or reader is None:
        return ()
    author = party_writing(facts)
    own = {mailbox.address.key for mailbox in author.mailboxes} if author is not None else set()
    known = {mailbox.address.key for mailbox in reader.mailboxes} - own
    written = {to.addr_spec.lower(): to.addr_spec for to in (*message.to, *message.cc)}
    return tuple(
        Finding(check="real_address_beside_alias", place=Place.HEADER, words=addr_spec, detail="reader")
        for key, addr_spec in written.items()
        if key in known
    )
