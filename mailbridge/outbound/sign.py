"""The DKIM signatures of the mail we send (RFC 6376, RFC 8463): over the final octets, the same every time (W15, D16).

Signs the fields of RFC 6376 §5.4.1 that are there, and names those once more that may stand only once, so that none
can be added on the way (W16). A field that is absent is not named: strict receivers trip over that (E-10). Does not
change the message below the signatures.
"""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from mailbridge.outbound.dkim_keys import Algorithm, DkimKey
from mailbridge.path import dkim_form
from mailbridge.path.dkim_form import Field, Parts

#: may stand once (RFC 5322 §3.6, RFC 2045, RFC 2369 §2): signed, and signed once more to keep a second one out
_FROZEN = (
    *(b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to", b"references"),
    *(b"mime-version", b"content-type", b"content-transfer-encoding"),
    # RFC 8058 §3: one click counts only where both are signed
    *(b"list-unsubscribe", b"list-unsubscribe-post"),
)
#: signed as often as they stand there
_SIGNED = (
    *(b"sender", b"auto-submitted", b"list-id", b"list-help"),
    *(b"list-owner", b"list-archive", b"list-post", b"list-subscribe"),
)
_FORM = b"relaxed"
_FOLD = b"\r\n\t"
_LINE_OCTETS = 72


class Signer:
    """Signs with every key of a domain; RSA stands on top, because some receivers look at the first signature only."""

    def __init__(self, keys: Iterable[DkimKey]) -> None:
        self._keys: dict[str, list[DkimKey]] = defaultdict(list)
        for key in keys:
            self._keys[key.domain].append(key)
        for of_domain in self._keys.values():
            of_domain.sort(key=lambda key: key.algorithm is not Algorithm.RSA)

    @property
    def domains(self) -> frozenset[str]:
        """The domains that have a key."""
        return frozenset(self._keys)

    def sign(self, octets: bytes, domain: str, composed_at: datetime) -> bytes:
        """`octets` (CRLF) under one signature per key of `domain`; as they are when it has none.

        Raises ValueError when the header is not made of proper fields.
        """
        keys = self._keys.get(domain.lower())
        if not keys:
            return octets
        parts = dkim_form.cut(octets)
        if parts is None:
            raise ValueError("the header is not made of proper fields")
        body_hash = base64.b64encode(hashlib.sha256(dkim_form.hashed_body(parts.body, _FORM)).digest())
        names = _names(parts)
        hashed = dkim_form.hashed_fields(parts.fields, names, _FORM)
        signatures = (
            _signature(key, names=names, body_hash=body_hash, hashed=hashed, composed_at=composed_at) for key in keys
        )
        return b"".join((*signatures, octets))


def _names(parts: Parts) -> tuple[bytes, ...]:
    """h=: each name as often as it stands in the message, the frozen ones once more."""
    present = [field.key for field in parts.fields]
    frozen = [name for name in _FROZEN if name in present for _ in range(present.count(name) + 1)]
    return (*frozen, *(name for name in _SIGNED for _ in range(present.count(name))))


def _signature(
    key: DkimKey, *, names: tuple[bytes, ...], body_hash: bytes, hashed: bytes, composed_at: datetime
) -> bytes:
    lines = (
        b" v=1; a=%s; c=relaxed/relaxed;" % key.algorithm.value.encode("ascii"),
        b"d=%s; s=%s; t=%d;" % (key.domain.encode("ascii"), key.selector.encode("ascii"), composed_at.timestamp()),
        b"h=" + _folded_names(names) + b";",
        b"bh=" + body_hash + b";",
        b"b=",
    )
    value = _FOLD.join(lines)
    hashed += dkim_form.hashed_signature(Field(b"DKIM-Signature", value), _FORM)
    if isinstance(key.private, RSAPrivateKey):
        octets = key.private.sign(hashed, PKCS1v15(), SHA256())
    else:
        octets = key.private.sign(hashlib.sha256(hashed).digest())  # RFC 8463 §3
    text = base64.b64encode(octets)
    folded = (_FOLD + b" ").join(text[start : start + _LINE_OCTETS] for start in range(0, len(text), _LINE_OCTETS))
    return b"DKIM-Signature:" + value + folded + b"\r\n"


def _folded_names(names: tuple[bytes, ...]) -> bytes:
    """The names with colons between, folded (RFC 6376 §3.5, h=)."""
    lines, line = [], b""
    for name in names:
        if line and len(line) + len(name) > _LINE_OCTETS:
            lines.append(line)
            line = b""
        line += name + b":"
    return (_FOLD + b" ").join((*lines, line)).removesuffix(b":")
