"""The mail that a message becomes which the marketplace posts for one of the two: so it takes the path of all mail.

Made of what the marketplace says; holds nothing else, and no Message-ID unless the marketplace names the message.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

#: RFC 2606 §2: nobody's; an id there can be no id of ours, which would look like a loop
_IDS = "posted.invalid"


def posted_octets(*, author: str, to: str, subject: str, text: str, at: datetime, message_id: str = "") -> bytes:
    """Octets with CRLF; `author` and `to` are addr-specs, `message_id` is what the marketplace calls the message by."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(addr_spec=author)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = at
    if message_id:
        mail["Message-ID"] = f"<{message_id.encode().hex()}@{_IDS}>"
    mail.set_content(text, subtype="plain", charset="utf-8", cte="base64")
    return mail.as_bytes()
