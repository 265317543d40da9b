"""The secrets of one exchange: what of the author's side must not reach this reader (design.md promise 2).

Collected once per posting from the record, the envelope and the message, and given alike to the masker and to the leak
gate. Does not search and does not replace.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailbridge.domain.envelope import Envelope
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Hides, Marketplace, Party, Seller
from mailbridge.domain.secrets import Secrets
from mailbridge.path.bridge import PathSettings
from mailbridge.path.dmarc import spellings
from mailbridge.path.wording import shown_name

_NO_DIGIT = re.compile(r"\D+")
_MIN_DIGITS = 7
_WORD = re.compile(r"[^\W_]+")
# Shorter ones stand in honest text too easily; a host name of three labels is specific enough.
_SPECIFIC_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+){2,}", re.IGNORECASE)


def addresses_of(party: Party | None) -> tuple[str, ...]:
    """Every address on record of this party, active or not, lower case; also those that may stand in for them (D9)."""
    if party is None:
        return ()
    found = [mailbox.address.key for mailbox in party.mailboxes]
    found += [entry for mailbox in party.mailboxes for entry in mailbox.authenticated_as if "@" in entry]
    if isinstance(party, Seller) and party.acknowledgement.notify is not None:
        found.append(party.acknowledgement.notify.key)
    return tuple(found)


def _in_both_forms(texts: Iterable[str]) -> Iterator[str]:
    """Addresses and hosts with their domain in A-labels and U-labels: a mail may hold either (T-53)."""
    for text in texts:
        before, at, domain = text.rpartition("@")
        if domain.isascii() and "xn--" not in domain.lower():
            yield text
        else:
            yield from (f"{before}{at}{spelled}" for spelled in spellings(domain))


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


def hidden_of(party: Party | None, hides: tuple[Hides, ...]) -> tuple[str, ...]:
    """What of this party's record is class H, in the forms that people write it in; nothing that the other is shown."""
    if party is None:
        return ()
    personal = party.personal
    found: list[str] = []
    if Hides.NAMES in hides:
        names = (party.name, *personal.names) if isinstance(party, Buyer) else (*personal.names, *_of_staff(party))
        found += [form for name in names for form in _forms_of_name(name)]
    if Hides.PHONES in hides:
        found += personal.phones
    if Hides.POSTAL in hides:
        found += [part for address in personal.postal for part in _parts_of_postal(address)]
    shown = f" {_words(shown_name(party))} "
    return tuple(each for each in dict.fromkeys(found) if f" {_words(each)} " not in shown)


def _of_staff(seller: Seller) -> tuple[str, ...]:
    """What colleagues call one another: never for buyers (S-13)."""
    return tuple(mailbox.staff.name for mailbox in seller.mailboxes if mailbox.staff is not None)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _forms_of_name(name: str) -> tuple[str, ...]:
    """As it is, and family name first; one word alone is too common to be looked for."""
    first, _, rest = name.strip().partition(" ")
    *given, last = rest.split() or [""]
    return (name, " ".join((last, first, *given))) if last else ()


def _parts_of_postal(address: str) -> list[str]:
    """Street and number, postal code and town: the parts with more than one word, of which one holds a digit."""
    parts = (part.strip() for part in address.split(","))
    return [part for part in parts if " " in part and any(map(str.isdigit, part))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a marketplace and this bridge hold to be no secret, or to be one."""

    #: domains of ours and of the marketplaces, lower case: they tell nothing about a person
    ours: frozenset[str] = frozenset()
    #: domains of mail providers open to everybody
    public: frozenset[str] = frozenset()
    #: what of a party's record is class H
    hides: tuple[Hides, ...] = ()


def terms_of(marketplace: Marketplace | None, settings: PathSettings) -> Terms:
    """What holds in mail of this marketplace, or of none."""
    ours = {settings.hostname}
    if marketplace is not None:
        ours |= {marketplace.alias_domain, *marketplace.own_domains}
    hides = marketplace.hides if marketplace is not None else ()
    return Terms(ours=frozenset(ours), public=settings.public_domains, hides=hides)


def secrets_towards(
    reader: Party | None,
    author: Party | None,
    terms: Terms,
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
        addresses += [a for a in _written_addresses(message, envelope) if a.rpartition("@")[2] not in terms.ours]
        traces = [*message.trace_secrets, *_peer_traces(envelope), *_foreign_ids(message, terms, set(known_ids))]
    own = set(_in_both_forms(addresses_of(reader)))
    own_domains = {address.rpartition("@")[2] for address in own}
    addresses = [address for address in dict.fromkeys(_in_both_forms(addresses)) if address not in own]
    domains = {address.rpartition("@")[2] for address in addresses} - terms.ours - terms.public - own_domains
    own_hidden = hidden_of(reader, tuple(Hides))
    return Secrets(
        addresses=tuple(addresses),
        traces=tuple(dict.fromkeys(_in_both_forms(traces))),
        domains=tuple(sorted(domains)),
        hidden=tuple(each for each in hidden_of(author, terms.hides) if each not in own_hidden),
    )


def _foreign_ids(message: Message, terms: Terms, known_ids: set[str]) -> list[str]:
    ids = (message.message_id, *message.in_reply_to, *message.references)
    bare = [identifier.strip("<>") for identifier in ids if identifier and identifier not in known_ids]
    return [identifier for identifier in bare if identifier.rpartition("@")[2].lower() not in terms.ours]


def without_own_words(secrets: Secrets, message: Message) -> Secrets:
    """The secrets less those that the reader wrote himself in this message: his own words are no leak to him."""
    texts = (message.subject, message.body.plain or "", message.body.html or "", message.quoted_text)
    copied = (mailbox.addr_spec for mailbox in (*message.to, *message.cc))
    text = "\n".join((*texts, *copied)).lower()
    words, digits = f" {_words(text)} ", _NO_DIGIT.sub("", text)
    return Secrets(
        addresses=tuple(a for a in secrets.addresses if a not in text),
        traces=tuple(t for t in secrets.traces if t.lower() not in text),
        domains=tuple(d for d in secrets.domains if f"@{d}" not in text),
        hidden=tuple(h for h in secrets.hidden if not _is_written_in(h, words, digits)),
    )


def _is_written_in(hidden: str, words: str, digits: str) -> bool:
    number = _NO_DIGIT.sub("", hidden)
    return f" {_words(hidden)} " in words or (len(number) >= _MIN_DIGITS and number[-_MIN_DIGITS:] in digits)
