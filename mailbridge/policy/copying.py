"""Finds out whether the marketplace's CC address stands in a relayed mail, so that Reply-All keeps it (S-73, C8).

It does once its author put it there, or a rule repaired that he did not; and from then on in that conversation.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.thread import Thread
from mailbridge.domain.verdict import Action, Mode, Verdict


def copies_market(message: Message, facts: Facts, verdict: Verdict | None, thread: Thread) -> bool:
    """True where the relayed mail shows the market's CC address."""
    cc_address = facts.marketplace.cc_address if facts.marketplace is not None else None
    if cc_address is None:
        return False
    is_written = any(mailbox.addr_spec.lower() == cc_address.key for mailbox in (*message.to, *message.cc))
    return thread.copies_market or is_written or _is_repaired(verdict)


def _is_repaired(verdict: Verdict | None) -> bool:
    return verdict is not None and any(
        judgement.mode is Mode.ENFORCE
        and judgement.action is Action.REPAIR
        and any(finding.check == "required_cc_missing" for finding in judgement.findings)
        for judgement in verdict.judgements
    )
