"""What a trusted front says about spam: a fact, believed only of a listed front (design.md §2)."""

from mailbridge.domain.envelope import Envelope
from mailbridge.domain.message import Message


def is_called_spam(envelope: Envelope, message: Message, spam_field: tuple[str, str]) -> bool:
    """True when the front's topmost field of that name starts with the configured value (case ignored)."""
    name, value = spam_field
    if not name or not envelope.peer.is_trusted_front:
        return False
    for field_name, body in message.front_fields:
        if field_name == name.lower():
            return body.strip().lower().startswith(value.lower())
    return False
