"""Mail of our own making: the frame that notices, acknowledgements, digests and forwarded mail share (RFC 3834).

Renders one template into a posting with honest marks: Auto-Submitted, null reverse-path, an address of ours in From.
What is said, to whom and when is in `notices.py` and `automatic.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from mailbridge.domain.address import AliasAddress, OwnAddress, RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.facts import NOTICE_LOCAL_PART
from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.message import Attachment, Body
from mailbridge.domain.parties import Marketplace
from mailbridge.domain.secrets import Secrets
from mailbridge.message.compose import Composition, DeliveryStatus
from mailbridge.path.bridge import Bridge
from mailbridge.path.post import Posting
from mailbridge.texts import FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMail:
    """One mail of ours, before it is rendered."""

    kind: PostKind
    #: folder and name of the template
    template: tuple[str, str]
    language: str
    fields: Mapping[str, FieldValue]
    to: RealAddress
    from_: AliasAddress
    from_name: str
    record_id: RecordId | None
    #: whose mail it is; times stand in its time zone. None: the bridge's own, times are UTC
    market: Marketplace | None
    thread_id: ThreadId | None
    secrets: Secrets
    #: "seller", "buyer" or "operator"
    reader: str
    now: datetime
    #: "auto-replied" for an answer to one mail, "auto-generated" otherwise (RFC 3834 §5)
    auto_submitted: str = "auto-generated"
    #: Message-ID, with angle brackets, of the reader's own mail that this answers
    answers: str | None = None
    references: tuple[str, ...] = ()
    reply_to: AliasAddress | None = None
    attachments: tuple[Attachment, ...] = ()
    #: makes it a DSN (RFC 3464); None for everything else
    delivery_status: DeliveryStatus | None = None


def notice_address(domain: str) -> AliasAddress:
    """The address that notices of this domain come from: never the other party's alias (D20)."""
    return AliasAddress(f"{NOTICE_LOCAL_PART}@{domain}")


def posting_of(mail: OwnMail, bridge: Bridge) -> Posting:
    """Render and frame one mail of ours; `post` composes and gates it."""
    kind, name = mail.template
    zone = mail.market.time_zone if mail.market is not None else UTC
    rendered = bridge.texts.render(kind, mail.language, name, mail.fields, zone=zone)
    composition = Composition(
        from_=mail.from_,
        from_name=mail.from_name,
        to=OwnAddress.of(mail.to),
        reply_to=mail.reply_to,
        subject=rendered.subject,
        date=mail.now,
        message_id=bridge.mint.message_id(mail.from_.domain),
        in_reply_to=mail.answers,
        references=mail.references or ((mail.answers,) if mail.answers else ()),
        body=Body(plain=rendered.plain, html=rendered.html),
        attachments=mail.attachments,
        auto_submitted=mail.auto_submitted,
        lead=None,
        footer=None,
        language=mail.language,
        extra_fields=(),
        boundary=bridge.mint.boundary(),
        delivery_status=mail.delivery_status,
    )
    return Posting(
        kind=mail.kind,
        record_id=mail.record_id,
        marketplace_id=mail.market.id if mail.market is not None else None,
        thread_id=mail.thread_id,
        composition=composition,
        secrets=mail.secrets,
        forward_path=mail.to,
        wants_dsn=False,  # RFC 3834 §3.3: an automatic mail has a null reverse-path
        reader=mail.reader,
        composed_at=mail.now,
    )
