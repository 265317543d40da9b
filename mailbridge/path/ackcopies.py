"""What a seller hears of an acknowledgement in his name: it was sent, and the conversation waits for him (S-46, S-50).

It comes from the notice address, never from the buyer's alias: a reply to it must not reach the buyer (D20); what to
write to instead stands in it. Whether an acknowledgement is sent is `ackmail.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.parties import Buyer, Marketplace, Role, Seller
from mailbridge.domain.thread import Thread
from mailbridge.path.acktexts import Subject
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import language_for
from mailbridge.policy.autoreply import switches_of
from mailbridge.policy.staff import concerned


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a copy says, and where it belongs."""

    about: Subject
    #: the buyer as the seller may know him
    other_party: str
    #: aware UTC: when the buyer wrote
    written_at: datetime
    #: aware UTC: when an answer is due; None where no clock runs
    waits_until: datetime | None
    #: stands for the buyer
    answer_to: AliasAddress
    #: the text that went to the buyer
    sent: str
    #: None where it is only tried, like all that follows
    buyer: Buyer | None = None
    #: the buyer's message
    record_id: RecordId | None = None
    #: its conversation
    thread_id: ThreadId | None = None
    #: Message-ID, with angle brackets, under which the seller knows the buyer's message
    answers: str | None = None
    #: as in `OwnMail`
    references: tuple[str, ...] = ()


def readers_of_copies(market: Marketplace, seller: Seller, thread: Thread, now: datetime) -> tuple[RealAddress, ...]:
    """Where copies go: to those for whom the conversation waits if the seller wishes them, and to the further mailbox
    that he named."""
    waiting = concerned(seller, thread, now) if switches_of(market, seller).copies else ()
    notify = seller.acknowledgement.notify
    own = tuple(mailbox.address for mailbox in waiting)
    return (*own, notify) if notify is not None and notify not in own else own


def copy_posting(copy: Copy, to: RealAddress, bridge: Bridge, now: datetime) -> Posting:
    """One copy to one mailbox."""
    about = copy.about
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "acknowledged"),
        language=language_for(about.seller, about.market, bridge.texts),
        fields={
            "market": about.market.name,
            "other_party": copy.other_party,
            "order": about.order,
            "written_at": copy.written_at,
            "waits_until": copy.waits_until if copy.waits_until is not None else "",
            "answer_address": copy.answer_to.addr_spec,
            "sent_text": copy.sent,
        },
        to=to,
        from_=notice_address(about.market.alias_domain),
        from_name=about.market.name,
        record_id=copy.record_id,
        market=about.market,
        thread_id=copy.thread_id,
        secrets=secrets_towards(about.seller, copy.buyer, terms_of(about.market, bridge.settings)),
        reader=Role.SELLER.value,
        now=now,
        answers=copy.answers,
        references=copy.references,
    )
    return posting_of(mail, bridge)
