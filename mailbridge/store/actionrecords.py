"""What the store is given and gives of actions in conversations (N-11) and messages that wait (N-15): values only."""

from dataclasses import dataclass

from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import RecordId
from mailbridge.domain.parties import Buyer, Marketplace, Seller
from mailbridge.domain.thread import Thread, ThreadState
from mailbridge.policy.clocks import Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOffer:
    """What a seller may do with a token, as things stand."""

    token_hash: bytes
    kind: ActionKind
    #: the buyer's message in whose copy it stood; of STOP_SENDING the message that it stops
    record_id: RecordId
    marketplace: Marketplace
    seller: Seller
    #: None where nobody is known
    buyer: Buyer | None
    #: None where the message that waits begins a conversation
    thread: Thread | None
    #: the address of ours that it was written to
    written_to: str
    #: state of that message in the record
    record_state: str
    #: True when the token did its work before
    is_used: bool
    #: True when the buyer has written again since
    is_overtaken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChange:
    """What the use of a token changes."""

    #: what the conversation becomes; None: it stays as it is
    state: ThreadState | None = None
    #: what it is for the clocks of the conversation; None: nothing
    tick: Tick | None = None
    #: the message that does not go out
    undoes: RecordId | None = None

    @property
    def is_of_thread(self) -> bool:
        """True where it holds for a conversation as it was read: another version of that by now is a Conflict."""
        return self.state is not None or self.tick is not None
