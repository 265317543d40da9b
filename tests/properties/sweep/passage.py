"""One mail of the data through parse, mask, compose and gate, with everybody whom it names as a secret."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from mailbridge.domain.address import OwnAddress, RealAddress
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import BuyerId, MarketplaceId, QueueId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Hides, Mailbox, PersonalData
from mailbridge.domain.secrets import Leak, Secrets
from mailbridge.message.compose import compose
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import Masked, MaskRequest, mask
from mailbridge.message.parse import parse
from mailbridge.path.exchange import Terms, secrets_towards
from mailbridge.path.publicdomains import PUBLIC_DOMAINS
from tests.message.composing import ALIAS, a_composition
from tests.properties.sweep.mails import DataMail

READERS_ALIAS = "readers.alias@relay.example"
_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_TERMS = Terms(ours=frozenset({"relay.example"}), public=PUBLIC_DOMAINS, hides=tuple(Hides))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What became of one mail."""

    mail: DataMail
    message: Message
    secrets: Secrets
    masked: Masked
    #: what would be sent
    octets: bytes
    #: what the gate says of it
    leaks: tuple[Leak, ...]
    seconds: float


def passed(mail: DataMail) -> Passage | None:
    """Pass this mail on; None for one that can not be read and is held for a person."""
    start = time.process_time()
    message = parse(mail.octets)
    if message.opaque is not None:
        return None
    secrets = secrets_of(message)
    masked = mask(message, _request(secrets))
    octets = compose(a_composition(subject=masked.subject, body=masked.body, attachments=masked.attachments))
    leaks = find_leaks(octets, secrets, reader=OwnAddress("reader@reader.test"))
    return Passage(
        mail=mail,
        message=message,
        secrets=secrets,
        masked=masked,
        octets=octets,
        leaks=leaks,
        seconds=time.process_time() - start,
    )


def secrets_of(message: Message) -> Secrets:
    """Collected by the path's own hand, for an author who has every mailbox and every name that the header names."""
    named = (*message.authors, *message.reply_to, *message.to, *message.cc)
    addresses = dict.fromkeys(each.addr_spec.lower() for each in named)
    names = tuple(dict.fromkeys(each.display_name for each in named if "@" not in each.display_name))
    author = Buyer(
        id=BuyerId("1"),
        marketplace_id=MarketplaceId("1"),
        handle="kunde1",
        personal=PersonalData(names=names),
        mailboxes=tuple(Mailbox(address=RealAddress(address)) for address in addresses),
    )
    envelope = Envelope(
        queue_id=QueueId("q"),
        door=Door.COMMAND,
        reverse_path=None,
        forward_paths=(),
        content=b"",
        received_at=_NOW,
        peer=Peer(ip=None, helo=None),
    )
    return secrets_towards(None, author, _TERMS, written=(message, envelope))


def _request(secrets: Secrets) -> MaskRequest:
    return MaskRequest(
        secrets=secrets,
        replacement={**dict.fromkeys(secrets.addresses, ALIAS.addr_spec), READERS_ALIAS: "Acme"},
        label="[address removed]",
        other_label="[removed]",
        file_label="[file removed]",
        people={**dict.fromkeys(secrets.addresses, ALIAS.addr_spec), READERS_ALIAS: "reader@reader.test"},
    )
