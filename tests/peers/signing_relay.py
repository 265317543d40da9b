"""The outgoing filter of the parties' providers: adds an honest DKIM signature and hands the mail on.

It stands where opendkim stands, after the provider's queue, and signs with the key of the author's domain where it has
one. What the next hop answers goes back unchanged, so that the provider's queue retries or bounces.
"""

import smtplib
from collections.abc import Mapping
from email import message_from_bytes
from email.utils import parseaddr
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from tests.builders import sign

SELECTOR = "k1"


class SigningRelay:
    """A context manager; `port` takes mail, which goes to `to_port` from the address `source`."""

    def __init__(
        self, *, port: int, to_port: int, keys: Mapping[str, RSAPrivateKey], source: str = "127.0.0.1"
    ) -> None:
        self.port = port
        self._to_port = to_port
        self._keys = keys
        self._source = source
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Sign and relay; the answer is that of the next hop."""
        octets = envelope.original_content or b""
        domain = parseaddr(str(message_from_bytes(octets)["From"] or ""))[1].rpartition("@")[2].lower()
        if domain in self._keys:
            octets = sign(octets, domain, SELECTOR, self._keys[domain])
        try:
            with smtplib.SMTP(
                "127.0.0.1", self._to_port, "mail." + (domain or "provider.example"), source_address=(self._source, 0)
            ) as next_hop:
                next_hop.sendmail(envelope.mail_from or "", envelope.rcpt_tos, octets)
        except smtplib.SMTPResponseException as error:
            text = error.smtp_error
            return f"{error.smtp_code} {text.decode() if isinstance(text, bytes) else text}"
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            return f"{code} {text.decode()}"
        return "250 2.0.0 relayed"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
