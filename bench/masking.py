"""What masker and gate add to a mail: CPU of this process, in the median of replies that quote what was relayed before.

The rest of the path is not in it; no server runs.
"""

import statistics
import time

from bench.load import ALIAS_DOMAIN, Letters
from mailbridge.domain.address import AliasAddress, OwnAddress
from mailbridge.domain.secrets import Secrets
from mailbridge.message.compose import Composition, compose
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import MaskRequest, mask
from mailbridge.message.parse import parse
from tests.builders import Client, Original, a_mail

_MAILS = 40
_BUYER, _SELLER = "anna.kowalska@home.example", OwnAddress("jan@shop.example")
_OF_BUYER, _OF_SELLER = (AliasAddress(f"{local}@{ALIAS_DOMAIN}") for local in ("k3jd8s2mfa7q2x4z", "z4x2q7afm2s3dj3k"))


def cost_ms(octets: int, client: Client) -> float:
    """Milliseconds of CPU for masker and gate together; replies of so many octets, text or HTML with its text form."""
    letters = Letters(run=1)
    is_html = client is not Client.THUNDERBIRD
    length = octets // 4 if is_html else octets // 2
    before = a_mail(_OF_SELLER.addr_spec, _BUYER, letters.prose(length), client=client, plain_only=not is_html)
    took = []
    for _ in range(_MAILS):
        octets_of_reply = a_mail(
            _BUYER,
            _OF_SELLER.addr_spec,
            letters.prose(length),
            client=client,
            answers=Original.read(before),
            plain_only=not is_html,
        )
        took.append(_cost_ms(octets_of_reply))
    return round(statistics.median(took), 2)


def _cost_ms(content: bytes) -> float:
    message = parse(content)
    if message.date is None:
        raise TypeError("our own mail has a date")
    secrets = Secrets(
        addresses=(_BUYER,),
        traces=(*message.trace_secrets, "198.51.100.7"),
        domains=("home.example",),
        hidden=("Anna Kowalska", "Kowalska Anna", "+48 601 234 567"),
    )
    request = MaskRequest(
        secrets=secrets,
        replacement={_BUYER: _OF_BUYER.addr_spec, _OF_SELLER.addr_spec: "Shop"},
        label="[address removed]",
    )
    began = time.process_time()
    masked = mask(message, request)
    masked_at = time.process_time()
    composition = Composition(
        from_=_OF_BUYER,
        to=_SELLER,
        subject=masked.subject,
        date=message.date,
        message_id=f"<m1@{ALIAS_DOMAIN}>",
        body=masked.body,
        boundary="b0123456789abcdef",
    )
    composed = compose(composition)
    composed_at = time.process_time()
    leaks = find_leaks(composed, secrets, reader=_SELLER)
    if leaks:
        raise RuntimeError(f"the gate stopped an honest mail: {leaks}")
    return (masked_at - began + time.process_time() - composed_at) * 1000


def costs_ms() -> dict[str, float]:
    """For the sizes that the aims name."""
    return {
        "4 KiB text": cost_ms(4 * 1024, Client.THUNDERBIRD),
        "50 KiB HTML (Gmail)": cost_ms(50 * 1024, Client.GMAIL),
        "50 KiB HTML (Outlook)": cost_ms(50 * 1024, Client.OUTLOOK),
    }


if __name__ == "__main__":
    print(costs_ms())
