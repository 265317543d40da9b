"""Copies of what a colleague answered, for those of a seller who wish them (U5).

From the notice address, so that nobody takes a colleague's words for the buyer's; Reply goes to the alias that stands
for the buyer. It holds what the buyer got of the author's own words: no quotes, of files the names. Whoever gets a copy
gets it of answers only that go out; automatic mail is none. Who answers a copy quotes it: its lines are taken out again
(`wording.py`), and its subject is that of the conversation, so that the buyer reads nothing of colleagues.
"""

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.ids import RecordId
from mailbridge.domain.parties import Mailbox, Role, mailbox_of
from mailbridge.errors import GateBroken
from mailbridge.events import Event, emit
from mailbridge.message.subjects import strip_prefixes
from mailbridge.path.exchange import secrets_towards, terms_of, without_own_words
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.relay import Relaying
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.staff import short_name_of, wishing_copies


def copies_of_answer(relaying: Relaying, record_id: RecordId) -> tuple[Posting, ...]:
    """The copies of an answer that goes out; () for a buyer's message, and where its words can not be told."""
    cast, author = relaying.cast, relaying.message.author
    if cast.author_role is not Role.SELLER or author is None:
        return ()
    mailboxes = wishing_copies(cast.seller, author.addr_spec)
    if not mailboxes:
        return ()
    try:
        text = relaying.text_of_copy()
    except GateBroken as broken:
        emit(Event.GATE_BROKEN, record_id=record_id, error=type(broken.__cause__ or broken).__name__)
        return ()
    return tuple(_copy(relaying, mailbox, text.strip(), record_id) for mailbox in mailboxes)


def _copy(relaying: Relaying, mailbox: Mailbox, text: str, record_id: RecordId) -> Posting:
    cast, message, bridge = relaying.cast, relaying.message, relaying.bridge
    market, seller, buyer = cast.marketplace, cast.seller, cast.buyer
    author = mailbox_of(seller, message.author.addr_spec) if message.author is not None else None
    known = [identifier for ids in cast.thread.message_ids if (identifier := ids.known_to(Role.SELLER))]
    secrets = secrets_towards(seller, buyer, terms_of(market, bridge.settings))
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "answered"),
        language=language_for(seller, market, bridge.texts),
        fields={
            "market": market.name,
            "other_party": shown_name(buyer),
            "order": cast.thread.order_reference,
            # As the buyer's mail has it: in an answer to the copy each side keeps its own subject (D8).
            "subject": cast.thread.subject_for_seller or strip_prefixes(message.subject),
            "colleague": short_name_of(author) if author is not None else shown_name(seller),
            "sent_text": text,
            "files": tuple(attachment.filename for attachment in message.attachments),
        },
        to=mailbox.address,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=record_id,
        market=market,
        thread_id=cast.thread.id,
        # what the seller wrote himself is no leak to his own people
        secrets=without_own_words(secrets, message),
        reader=Role.SELLER.value,
        now=relaying.facts.now,
        answers=known[-1] if known else None,
        references=tuple(one for one in (cast.thread.root_message_id, *known) if one),
        reply_to=cast.alias_of_reader.address,
    )
    return posting_of(mail, bridge)
