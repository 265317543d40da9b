"""Finds several aliases of ours in To and Cc of one mail (N-14).

The bridge splits such a mail: each reader gets a copy of his own and sees nobody else. The author's own alias, the
market's CC address and addresses that are no aliases (contact, notices) do not count.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters

#: 80 bits in base32 (design.md D6)
_ALIAS = lazy_pattern(r"[a-z2-7]{16}")


def find(message: Message, facts: Facts, _parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per alias where there are two or more; its detail says whether this copy is for it."""
    own = facts.alias_of_author.address.key if facts.alias_of_author is not None else ""
    cc_address = facts.marketplace.cc_address if facts.marketplace is not None else None
    left_out = {own, cc_address.key if cc_address is not None else ""}
    found: dict[str, Finding] = {}
    for mailbox in (*message.to, *message.cc):
        key = mailbox.addr_spec.lower()
        local_part, _, domain = key.rpartition("@")
        if key in left_out or domain not in facts.our_domains or not _ALIAS.fullmatch(local_part):
            continue
        detail = "this copy" if key == facts.forward_path.lower() else "another copy"
        found[key] = Finding(check="several_aliases", place=Place.HEADER, words=mailbox.addr_spec, detail=detail)
    return tuple(found.values())[:MAX_FINDINGS] if len(found) > 1 else ()
