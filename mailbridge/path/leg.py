"""One forward-path of a mail: what was decided for it, on which facts, and what a person let go. Values only."""

from dataclasses import dataclass

from mailbridge.domain.facts import (
    AliasDestination,
    ContactDestination,
    Facts,
    Pardon,
    RecordOnlyDestination,
)
from mailbridge.domain.ids import BuyerId, RecordId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import JudgedBy, Reason
from mailbridge.domain.parties import Buyer
from mailbridge.policy.plan import Plan

#: what an action address asks for, and what its intent is known by


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """What was decided for one forward-path, and on which facts."""

    facts: Facts
    plan: Plan
    #: the message without what its rules stop: what goes out where the plan relays, what may go where it refuses
    mended: Message | None = None
    #: the reasons with which it might go, where its seller gave none and it is refused for that
    reasons: tuple[Reason, ...] = ()
    #: True for a refused message that would go, had its buyer not opted out
    is_only_unwanted: bool = False
    #: True where its author may change what his shop is told: not whoever only answers for it (S-13)
    may_switch: bool = False
    #: of a message that its seller starts: the counts that a rule asked for
    judged_by: JudgedBy | None = None

    @property
    def reader_key(self) -> object:
        """Equal for two legs that lead to the same reader from the same author."""
        destination = self.facts.destination
        buyer: BuyerId | None = None
        if isinstance(destination, AliasDestination):
            buyer = destination.buyer.id
        elif not isinstance(destination, ContactDestination):
            return self.facts.forward_path
        elif isinstance(self.facts.author, Buyer):
            buyer = self.facts.author.id
        return (destination.seller.id, buyer, self.plan.route.direction if self.plan.route else None)

    @property
    def is_record_only(self) -> bool:
        """True for the market's CC address."""
        return isinstance(self.facts.destination, RecordOnlyDestination)


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A held record that a person lets go on."""

    record_id: RecordId
    pardon: Pardon
    #: True: no person lets it go; its files are known now, and the commit takes the place of the record
    is_screened: bool = False
    #: fingerprint of the rules that judged it when it came
    ruleset: str = ""
    #: the conversation it was recorded in when it came
    thread_id: ThreadId | None = None

    @property
    def was_held(self) -> bool:
        """True where a person lets it go that waited for one; not what was refused, or only waited for its files."""
        return not self.is_screened and not self.was_refused

    @property
    def was_refused(self) -> bool:
        """True where its author asks for a refused message to go after all."""
        return self.pardon.without_offence or self.pardon.reason is not None
