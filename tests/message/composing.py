"""What the tests of compose, mask and gate arrange with."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from mailbridge.domain.address import AliasAddress, OwnAddress
from mailbridge.domain.message import Body
from mailbridge.message.compose import Composition

ALIAS = AliasAddress("k3jd8s2mfa7q9x1z@relay.example")
READER = OwnAddress("reader@reader.test")
BASE = Composition(
    from_=ALIAS,
    to=READER,
    subject="Lamp",
    date=datetime(2026, 11, 16, 14, 4, 5, tzinfo=UTC),
    message_id="<m.1@relay.example>",
    body=Body(plain="Hello"),
    boundary="b0123456789abcdef",
)


def a_composition(**fields: object) -> Composition:
    """`BASE` with other fields."""
    return replace(BASE, **fields)  # type: ignore[arg-type]  # names and types are those of Composition


def as_clients_read(octets: bytes) -> EmailMessage:
    """The mail as the standard library reads it: a second opinion on what we write."""
    mail = message_from_bytes(octets, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail
