"""What the fuzzers feed with octets, and what must hold then: AssertionError where it does not.

The same functions are run by atheris (`python -m tests.fuzz`), by hypothesis, and over every input that once broke one.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from email.utils import getaddresses

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.message import Attachment, Body, HeaderMailbox, Message
from mailbridge.domain.secrets import Secrets
from mailbridge.message.compose import compose
from mailbridge.message.fields import parse_address_field, parse_author_field
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import Masked, MaskRequest, mask
from mailbridge.message.parse import parse
from mailbridge.message.sanitise import sanitise
from tests.fuzz import reply
from tests.message.composing import ALIAS, READER, a_composition
from tests.properties.sweep.judge import defects_in, leaks_in

SECRETS = Secrets(
    addresses=("anna.kowalska@buyer.example", "a.k@gmail.com"),
    domains=("buyer.example",),
    traces=("mail.buyer-host.test", "203.0.113.9"),
    hidden=("Anna Kowalska", "Kowalska Anna", "+48 600 111 222"),
)
REQUEST = MaskRequest(
    secrets=SECRETS,
    replacement={**dict.fromkeys(SECRETS.addresses, ALIAS.addr_spec), "r3@relay.example": "Shop"},
    people={SECRETS.addresses[0]: ALIAS.addr_spec},
    label="[address removed]",
    other_label="[removed]",
    own_lines=("Relayed by Market.",),
)
#: octets that stand for what a fuzzer would hardly guess
PLANTED = {
    "\x01": "anna.kowalska@buyer.example",
    "\x02": "Anna Kowalska",
    "\x03": "mail.buyer-host.test",
    "\x04": "a.k@gmail.com",
    "\x05": "x@mx.buyer.example",
    "\x06": "600 111 222",
}
_ROUTING = frozenset({"address", "domain", "trace", "encoded"})
_FILES = ("text/plain", "text/html", "text/calendar", "text/vcard", "message/rfc822", "application/octet-stream")


def _is_clean(text: str) -> bool:
    return all(unicodedata.category(character) not in {"Cc", "Cs"} or character in "\n\t" for character in text)


def parse_mail(octets: bytes) -> None:
    """Parse never raises, gives the same twice, and lets no control character in."""
    message = parse(octets)
    assert parse(octets) == message
    texts = (message.subject, message.body.plain or "", message.body.html or "", message.new_text, message.quoted_text)
    assert all(map(_is_clean, texts))
    assert all(_is_clean(file.filename) and "\n" not in file.filename for file in message.attachments)
    _check_mailboxes((*message.authors, *message.to, *message.cc, *message.reply_to))


def _check_mailboxes(mailboxes: tuple[HeaderMailbox, ...]) -> None:
    for mailbox in mailboxes:
        assert split_addr_spec(mailbox.addr_spec) is not None
        assert _is_clean(mailbox.display_name)
        assert "\n" not in mailbox.display_name


def address_field(octets: bytes) -> None:
    """The strict parser gives strict mailboxes or none, and never another one than the standard library sees."""
    _check_mailboxes(tuple(parse_address_field(octets) or ()))
    ours = parse_author_field(octets)
    _check_mailboxes(tuple(ours or ()))
    if ours is not None and len(ours) == 1 and octets.isascii():
        theirs = {address.lower() for _, address in getaddresses([octets.decode()]) if "@" in address}
        assert theirs <= {ours[0].addr_spec.lower()}


def _planted(octets: bytes) -> tuple[int, str]:
    """The first octet, which says where the text stands, and the text."""
    text = octets[1:].decode("utf-8", "replace")
    for mark, secret in PLANTED.items():
        text = text.replace(mark, secret)
    # What the parser hands on holds no others.
    return (octets[0] if octets else 0), "".join(c for c in text if _is_clean(c))


def _message(where: int, text: str) -> Message:
    if where % 4 == 0:
        return Message(body=Body(plain=text))
    if where % 4 == 1:
        return Message(body=Body(plain="x", html=text))
    if where % 4 == 2:
        line = " ".join(text.split())
        file = Attachment(filename=line or "a", content_type="image/png", octets=b"\x89PNG")
        return Message(subject=line, body=Body(plain="x"), attachments=(file,))
    kind = _FILES[where // 4 % len(_FILES)]
    file = Attachment(filename="a.bin", content_type=kind, octets=text.encode())
    return Message(body=Body(plain="x"), attachments=(file,))


def _composed(masked: Masked | Message) -> bytes:
    return compose(a_composition(subject=masked.subject, body=masked.body, attachments=masked.attachments))


def mask_text(octets: bytes) -> None:
    """Masking never raises and has nothing left to do; a third reader finds nothing in what the gate lets out."""
    where, text = _planted(octets)
    message = _message(where, text)
    masked = mask(message, REQUEST)
    composed = _composed(masked)
    assert defects_in(composed) == []
    if find_leaks(composed, SECRETS, reader=READER) == ():
        assert leaks_in(composed, SECRETS) == []
    # What is quoted may be read otherwise once a name beside an address is gone; routing secrets are gone at once.
    again = mask(replace(message, subject=masked.subject, body=masked.body, attachments=masked.attachments), REQUEST)
    assert _ROUTING.isdisjoint(again.removed)
    html = masked.body.html or ""
    assert sanitise(html) == html


def gate_octets(octets: bytes) -> None:
    """The gate never raises on any octets, and sees in a mail of ours what a third reader sees."""
    find_leaks(octets, SECRETS, reader=READER)
    composed = _composed(_message(*_planted(octets)))
    if leaks_in(composed, SECRETS):
        assert find_leaks(composed, SECRETS, reader=READER) != ()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "parse": parse_mail,
    "address": address_field,
    "mask": mask_text,
    "gate": gate_octets,
    "reply": reply.check,
}
