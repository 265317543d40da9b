"""The one exit: whatever we send is composed, gated and turned into a delivery here (design.md §2, K5).

Relayed mail, notices, acknowledgements, digests, DSNs and releases differ only in the `Posting` they hand over, so no
new kind of mail can forget the leak gate or the return path. Commits nothing and sends nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.domain.address import OwnAddress, RealAddress
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.files import FileText
from mailbridge.domain.ids import DeliveryId, MarketplaceId, RecordId, ThreadId
from mailbridge.domain.secrets import Secrets
from mailbridge.errors import GateBroken
from mailbridge.events import Event, emit
from mailbridge.message.compose import Composition, compose
from mailbridge.message.leakfiles import find_leaks_in_files
from mailbridge.message.leakgate import find_leaks
from mailbridge.path.bridge import Bridge
from mailbridge.policy.plan import HoldReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One mail we want to send, before it is composed."""

    kind: PostKind
    record_id: RecordId | None
    marketplace_id: MarketplaceId | None
    thread_id: ThreadId | None
    composition: Composition
    #: what this reader must not see
    secrets: Secrets
    forward_path: RealAddress
    #: True: DSNs come back to a VERP address of ours; False: null reverse-path (RFC 3834 §3.3, RFC 3464 §2)
    wants_dsn: bool
    #: "seller", "buyer" or "operator"
    reader: str
    composed_at: datetime
    #: what the files of the composition say, for those that are containers; the gate can not see into them by itself
    file_texts: tuple[tuple[FileText, ...], ...] = ()
    #: octets of files that are content by their author's word: the gate is shown their metadata only (promise 2)
    declared: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """The gate did not let it pass: nothing may go out."""

    reason: HoldReason
    #: where leaks were found; names of places, never the secrets
    places: tuple[str, ...] = ()


def post(posting: Posting, bridge: Bridge, *, leak_accepted: bool = False) -> NewDelivery | Withheld:
    """Compose and gate one mail; the delivery is ready to be committed, not yet signed (it is signed when sent).

    `leak_accepted`: a person looked at what the gate found in this very message and lets it go.
    """
    octets = compose(posting.composition)
    withheld = _gate(_without_declared(posting) if posting.declared else octets, posting)
    if withheld is not None and not leak_accepted:
        return withheld
    delivery_id = DeliveryId(bridge.mint.new_id())
    domain = posting.composition.from_.domain
    settings, composed_at = bridge.settings, posting.composed_at
    return NewDelivery(
        id=delivery_id,
        record_id=posting.record_id,
        kind=posting.kind,
        marketplace_id=posting.marketplace_id,
        thread_id=posting.thread_id,
        forward_path=posting.forward_path,
        reverse_path=_return_path(delivery_id, domain, posting, bridge),
        octets=octets,
        message_id=posting.composition.message_id,
        signing_domain=domain,
        composed_at=composed_at,
        expires_at=composed_at + settings.expire_after,
        reader=posting.reader,
    )


def _without_declared(posting: Posting) -> bytes:
    """The mail as it would be with nothing in the files that are content by their author's word."""
    attachments = tuple(
        replace(attachment, octets=b"") if any(attachment.octets is one for one in posting.declared) else attachment
        for attachment in posting.composition.attachments
    )
    return compose(replace(posting.composition, attachments=attachments))


def _return_path(delivery_id: DeliveryId, domain: str, posting: Posting, bridge: Bridge) -> str | None:
    if not posting.wants_dsn:
        return None
    return bridge.store.return_path(delivery_id, domain, posting.composed_at + bridge.settings.return_path_valid_for)


def _gate(octets: bytes, posting: Posting) -> Withheld | None:
    reader = OwnAddress.of(posting.forward_path)
    try:
        leaks = find_leaks(octets, posting.secrets, reader=reader)
        if posting.file_texts:
            leaks += find_leaks_in_files(posting.file_texts, posting.secrets, reader=reader)
    except GateBroken as broken:
        emit(Event.GATE_BROKEN, record_id=posting.record_id, error=type(broken.__cause__ or broken).__name__)
        return Withheld(reason=HoldReason.GATE_BROKEN)
    if not leaks:
        return None
    places = tuple(f"{leak.klass} {leak.place}" for leak in leaks)
    emit(Event.GATE_LEAK, record_id=posting.record_id, places=places)
    return Withheld(reason=HoldReason.LEAK_GATE, places=places)
