"""The secrets of one exchange: what of the author's side must not reach this reader (design.md promise 2).

Collected once per posting from the record, the envelope and the message, and given alike to the masker and to the leak
gate. Does not search and does not replace.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailbridge.domain.envelope import Envelope
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Marketplace, Party
from mailbridge.domain.secrets import Secrets
from mailbridge.path.bridge import PathSettings

# Shorter ones stand in honest text too easily; a host name of three labels is specific enough.
_SPECIFIC_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+){2,}", re.IGNORECASE)


def addresses_of(party: Party | None) -> tuple[str, ...]:
    """Every address on record of this party, active or not, lower case; also those that may stand in for them (D9)."""
    if party is None:
        return ()
    found = [mailbox.address.key for mailbox in party.mailboxes]
    found += [entry for mailbox in party.mailboxes for entry in mailbox.authenticated_as if "@" in entry]
    return tuple(found)


def _peer_traces(envelope: Envelope) -> list[str]:
    traces = []
    if envelope.peer.helo and _SPECIFIC_HOST.fullmatch(envelope.peer.helo):
        traces.append(envelope.peer.helo)
    if envelope.peer.ip and ipaddress.ip_address(envelope.peer.ip).is_global:
        traces.append(envelope.peer.ip)
    return traces


def _written_addresses(message: Message, envelope: Envelope) -> list[str]:
    written = [mailbox.addr_spec.lower() for mailbox in (*message.authors, *message.reply_to)]
    if envelope.reverse_path:
        written.append(envelope.reverse_path.lower())
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonDomains:
    """Domains that tell nothing about a person, lower case."""

    #: ours and the marketplaces' own
    ours: frozenset[str] = frozenset()
    #: mail providers open to everybody
    public: frozenset[str] = frozenset()


def common_domains(marketplace: Marketplace | None, settings: PathSettings) -> CommonDomains:
    """The domains that tell nothing in mail of this marketplace, or of none."""
    ours = {settings.hostname}
    if marketplace is not None:
        ours |= {marketplace.alias_domain, *marketplace.own_domains}
    return CommonDomains(ours=frozenset(ours), public=settings.public_domains)


def secrets_towards(
    reader: Party | None,
    author: Party | None,
    common: CommonDomains,
    *,
    written: tuple[Message, Envelope] | None = None,
    known_ids: Iterable[str] = (),
) -> Secrets:
    """What this reader must not see of this author.

    `written` is the mail that is passed on, if any; `known_ids` are Message-IDs, with angle brackets, that the reader
    knows already. What the reader's own record holds is no secret to him.
    """
    addresses = list(addresses_of(author))
    traces: list[str] = []
    if written is not None:
        message, envelope = written
        addresses += [a for a in _written_addresses(message, envelope) if a.rpartition("@")[2] not in common.ours]
        traces = [*message.trace_secrets, *_peer_traces(envelope), *_foreign_ids(message, common, set(known_ids))]
    own = set(addresses_of(reader))
    own_domains = {address.rpartition("@")[2] for address in own}
    addresses = [address for address in dict.fromkeys(addresses) if address not in own]
    domains = {address.rpartition("@")[2] for address in addresses} - common.ours - common.public - own_domains
    return Secrets(addresses=tuple(addresses), traces=tuple(dict.fromkeys(traces)), domains=tuple(sorted(domains)))


def _foreign_ids(message: Message, common: CommonDomains, known_ids: set[str]) -> list[str]:
    ids = (message.message_id, *message.in_reply_to, *message.references)
    bare = [identifier.strip("<>") for identifier in ids if identifier and identifier not in known_ids]
    return [identifier for identifier in bare if identifier.rpartition("@")[2].lower() not in common.ours]


def without_own_words(secrets: Secrets, message: Message) -> Secrets:
    """The secrets less those that the reader wrote himself in this message: his own words are no leak to him."""
    texts = (message.subject, message.body.plain or "", message.body.html or "", message.quoted_text)
    copied = (mailbox.addr_spec for mailbox in (*message.to, *message.cc))
    text = "\n".join((*texts, *copied)).lower()
    return Secrets(
        addresses=tuple(a for a in secrets.addresses if a not in text),
        traces=tuple(t for t in secrets.traces if t.lower() not in text),
        domains=tuple(d for d in secrets.domains if f"@{d}" not in text),
        hidden=secrets.hidden,
    )
