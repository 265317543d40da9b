"""What the two people of a conversation hear when the marketplace is called to it (S-31): the same, to each in his
language.

From the notice address, in the conversation of their mail client (D20): a reply is for the person at the marketplace
who joins, and what to write to instead stands in it. It is no answer and moves no clock. Whether the marketplace is
called is `silence.py`.
"""

from dataclasses import dataclass

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.parties import Mailbox, Marketplace, Party, Seller, primary_mailbox, role_of
from mailbridge.domain.thread import Alias, AliasState, Thread
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.silence import days_silent
from mailbridge.policy.staff import concerned
from mailbridge.policy.thread_choice import tag_of
from mailbridge.store.records import DueIntent


def told_of_call(intent: DueIntent, thread: Thread, market: Marketplace, bridge: Bridge) -> tuple[Posting, ...]:
    """The notices; () where the marketplace wants none, and where nothing but automatic mail was ever passed on."""
    seller, buyer = intent.seller, intent.buyer
    if seller is None or buyer is None or not market.tells_when_called or not thread.has_people:
        return ()
    sides = (_Side(seller, buyer, intent.alias_of_buyer), _Side(buyer, seller, intent.alias_of_seller))
    return tuple(
        side.notice(mailbox, thread, market, bridge)
        for side in sides
        if side.reader.is_active
        for mailbox in _mailboxes(side.reader, thread, bridge)
    )


def _mailboxes(reader: Party, thread: Thread, bridge: Bridge) -> tuple[Mailbox, ...]:
    """Of a shop those for whom the conversation waits."""
    if isinstance(reader, Seller):
        return concerned(reader, thread, bridge.clock())
    primary = primary_mailbox(reader)
    return (primary,) if primary is not None else ()


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two, and what he knows of the other."""

    reader: Party
    other: Party
    #: stands for the other
    alias: Alias | None

    @property
    def _answer_address(self) -> str:
        is_open = self.alias is not None and self.alias.state is AliasState.ACTIVE
        return self.alias.address.addr_spec if self.alias is not None and is_open else ""

    def notice(self, mailbox: Mailbox, thread: Thread, market: Marketplace, bridge: Bridge) -> Posting:
        """What is said to him, at one mailbox."""
        now, role = bridge.clock(), role_of(self.reader)
        known = [identifier for ids in thread.message_ids if (identifier := ids.known_to(role))]
        mail = OwnMail(
            kind=PostKind.NOTICE,
            template=("notice", "market_called"),
            language=language_for(self.reader, market, bridge.texts),
            fields={
                "market": market.name,
                "other_party": shown_name(self.other),
                "order": thread.order_reference,
                "silent_days": days_silent(thread, now, market.time_zone),
                "answer_address": self._answer_address,
                "answer_subject": f"Re: {thread.subject_for(role)} {tag_of(thread)}",
            },
            to=mailbox.address,
            from_=notice_address(market.alias_domain),
            from_name=market.name,
            record_id=None,
            market=market,
            thread_id=thread.id,
            secrets=secrets_towards(self.reader, self.other, terms_of(market, bridge.settings)),
            reader=role.value,
            now=now,
            answers=known[-1] if known else None,
            references=tuple(identifier for identifier in (thread.root_message_id, *known[-1:]) if identifier),
        )
        return posting_of(mail, bridge)
