"""Keyed hashes by which a mail, a pair of people or a Message-ID is known again without standing in the clear.

A dedupe key names one mail of one author at one address of ours, by what it says and how its author was proven; never
by its octets, since every hop adds to those (design.md §2, Dedupe).
"""

import hashlib
from collections.abc import Iterator

from mailbridge.domain.authresults import AuthResult, AuthResults
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.facts import AliasDestination, ContactDestination, Destination
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Seller
from mailbridge.store.seal import KeyRing

#: first octet of a dedupe key: made with a Message-ID, or from content alone
KEY_WITH_ID, KEY_WITHOUT_ID = b"i", b"c"
_KEY_OCTETS = 24


def dedupe_key(keys: KeyRing, envelope: Envelope, message: Message, *, auth: AuthResults, forward_path: str) -> bytes:
    """Equal for two arrivals of one mail.

    How the author was proven counts: an unproven copy that a stranger sends ahead under a guessed Message-ID must not
    pass for the honest mail (T-45).
    """
    author = message.author.addr_spec if message.author else envelope.reverse_path or ""
    digest = hashlib.sha256()
    for field in (
        author.lower().encode(),
        forward_path.lower().encode(),
        (message.message_id or "").encode("utf-8", "surrogatepass"),
        *_proofs(auth, envelope.peer.authenticated_as),
        b"content",
        *_content(message),
    ):
        # Each field with its length: no two lists of fields run together to the same octets.
        digest.update(len(field).to_bytes(8, "big"))
        digest.update(field)
    if message.opaque is not None:
        digest.update(hashlib.sha256(envelope.content.partition(b"\r\n\r\n")[2]).digest())
    kind = KEY_WITHOUT_ID if message.message_id is None else KEY_WITH_ID
    return kind + keys.mac("dedupe", digest.digest())[:_KEY_OCTETS]


def _proofs(auth: AuthResults, authenticated_as: str | None) -> Iterator[bytes]:
    yield (authenticated_as or "").lower().encode()
    if auth.spf is AuthResult.PASS:
        yield (auth.spf_addr_spec or "").lower().encode()
    passing = {s.domain for s in auth.dkim if s.result is AuthResult.PASS and s.covers_message}
    yield from (domain.encode() for domain in sorted(passing))


def _content(message: Message) -> Iterator[bytes]:
    for text in (message.subject, message.own_text, message.quoted_text, message.body.html or ""):
        yield text.encode("utf-8", "surrogatepass")
    for attachment in message.attachments:
        yield attachment.filename.encode("utf-8", "surrogatepass")
        yield hashlib.sha256(attachment.octets).digest()


def waits_keys(keys: KeyRing, destination: Destination, message: Message, *, buyer: Buyer | None) -> tuple[bytes, ...]:
    """What mail of these two people waits under while files are looked into (design.md §2), its own key first.

    A buyer who is not on record yet is known by his address: under that his first mails wait for each other.
    """
    if not isinstance(destination, AliasDestination | ContactDestination):
        return ()
    if isinstance(destination, AliasDestination):
        buyer = destination.buyer
    named = [f"id {buyer.id}"] if buyer is not None else []
    named += [f"mailbox {message.author.addr_spec.lower()}"] if message.author is not None else []
    return tuple(keys.mac("waits", f"{destination.seller.id} {one}".encode())[:16] for one in named)


def known_buyer(author: Seller | Buyer | None, buyer: Buyer | None) -> Buyer | None:
    """The buyer of a mail to a seller's contact address: its author, where he is one on record."""
    return author if isinstance(author, Buyer) else buyer


def message_id_hash(keys: KeyRing, message_id: str) -> bytes:
    """What a Message-ID, with angle brackets, is found by."""
    return keys.mac("message id", message_id.encode("utf-8", "surrogatepass"))[:16]


def remote_id_hash(keys: KeyRing, remote_id: str) -> bytes:
    """What the id in a smarthost's 250 is found by: some put their domain behind it to make a Message-ID (D5)."""
    bare = remote_id.strip("<> ").partition("@")[0]
    return keys.mac("remote id", bare.encode("utf-8", "surrogatepass"))[:16]
