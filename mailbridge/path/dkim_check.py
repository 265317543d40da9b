"""DKIM: does a signature of this message hold, and does it cover what makes an author (RFC 6376, RFC 8301, RFC 8463).

A signature passes or fails with a detail; only a DNS failure is TEMPERROR. RSA and Ed25519 are `cryptography`'s. A
parsed key is remembered by its record. Does not know whose signature counts: that is alignment, in `authenticate.py`.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mailbridge.domain.authresults import AuthResult, DkimSignature
from mailbridge.errors import AuthenticationUnavailable
from mailbridge.path import dkim_form
from mailbridge.path.dkim_form import Field, Parts
from mailbridge.path.resolver import Resolver

_MAX_FIELD_OCTETS = 8192
_MAX_SIGNED_NAMES = 200
_MAX_RECORD_OCTETS = 4096
_SMALLEST_RSA_BITS = 1024  # RFC 8301 §3.2
_BIGGEST_RSA_BITS = 4096
_NAME = re.compile(rb"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?")
_NUMBER = re.compile(rb"[0-9]{1,18}")
_HASHED_FORMS = (b"relaxed", b"simple")
#: what must be signed wherever it stands in the message, every time it stands there (T-39)
_COVERED = (b"from", b"to", b"cc", b"subject")
_KEY_KINDS = {b"rsa-sha256": b"rsa", b"ed25519-sha256": b"ed25519"}
_SIGNATURE_FIELD = b"dkim-signature"


class _Invalid(Exception):
    """This signature does not hold; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One DKIM-Signature field that can be read."""

    header_field: Field
    #: d=, lower case
    domain: str
    #: s=
    selector: str
    #: a=
    algorithm: bytes
    header_form: bytes
    body_form: bytes
    #: h=, lower case, in order
    names: tuple[bytes, ...]
    body_hash: bytes
    value: bytes
    #: domain of i=, lower case
    identity_domain: str
    #: l=; None without
    length: int | None
    #: x=; None without
    expires: datetime | None


@dataclass(slots=True)
class Signed:
    """One message and the signatures in it; remembers its body hashes."""

    parts: Parts
    #: readable signatures, topmost first
    signatures: tuple[Signature, ...]
    #: those that can not be read, as failed
    unreadable: tuple[DkimSignature, ...]
    _body_hashes: dict[tuple[bytes, int | None], bytes] = field(default_factory=dict)

    def body_hash(self, form: bytes, length: int | None) -> bytes:
        """SHA-256 of the canonical body, or of its first `length` octets."""
        key = (form, length)
        if key not in self._body_hashes:
            body = dkim_form.hashed_body(self.parts.body, form)
            if length is not None and length > len(body):
                raise _Invalid("l= is longer than the body")
            self._body_hashes[key] = hashlib.sha256(body if length is None else body[:length]).digest()
        return self._body_hashes[key]

    def covers_message(self, signature: Signature) -> bool:
        """True when nothing that makes an author, a reader or a subject can be added or changed (T-39)."""
        if signature.length is not None:
            return False
        keys = [each.key for each in self.parts.fields]
        return all(keys.count(name) <= signature.names.count(name) for name in _COVERED)


def read_signatures(octets: bytes) -> Signed:
    """Find the signatures of a message; none holds where its header is not made of proper fields."""
    parts = dkim_form.cut(octets)
    if parts is None:
        return Signed(Parts((), b""), (), (_failed("the header is malformed"),))
    readable, unreadable = [], []
    for each in parts.fields:
        if each.key == _SIGNATURE_FIELD:
            try:
                readable.append(_read(each))
            except _Invalid as why:
                unreadable.append(_failed(str(why)))
    return Signed(parts, tuple(readable), tuple(unreadable))


def _failed(detail: str) -> DkimSignature:
    return DkimSignature(domain="", result=AuthResult.FAIL, covers_message=False, detail=detail)


def verify(signed: Signed, signature: Signature, *, now: datetime, resolver: Resolver, until: float) -> DkimSignature:
    """Check one signature. Never raises: TEMPERROR stands for a key that could not be asked for in time."""
    checked = DkimSignature(
        domain=signature.domain,
        result=AuthResult.PASS,
        covers_message=signed.covers_message(signature),
        signed_fields=frozenset(name.decode("ascii", "replace") for name in signature.names),
    )
    try:
        _check(signed, signature, now=now, resolver=resolver, until=until)
    except _Invalid as why:
        return replace(checked, result=AuthResult.FAIL, detail=str(why))
    except AuthenticationUnavailable as why:
        return replace(checked, result=AuthResult.TEMPERROR, detail=str(why))
    return checked


def _check(signed: Signed, signature: Signature, *, now: datetime, resolver: Resolver, until: float) -> None:
    if signature.expires is not None and signature.expires < now:
        raise _Invalid("x= is past")
    # The hash before the question: a changed body costs no DNS.
    if signed.body_hash(signature.body_form, signature.length) != signature.body_hash:
        raise _Invalid("the body was changed")
    key = _find_key(signature, resolver=resolver, until=until)
    # RFC 6376 §5.4.2; From once more than listed, so that a second From on top breaks the signature (§8.15).
    names = (*signature.names, b"from")
    form = signature.header_form
    hashed = dkim_form.hashed_fields(signed.parts.fields, names, form)
    hashed += dkim_form.hashed_signature(signature.header_field, form)
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature.value, hashed, PKCS1v15(), SHA256())
        else:
            key.verify(signature.value, hashlib.sha256(hashed).digest())  # RFC 8463 §3
    except InvalidSignature:
        raise _Invalid("the signature does not match") from None


def _find_key(signature: Signature, *, resolver: Resolver, until: float) -> RSAPublicKey | Ed25519PublicKey:
    records = resolver.txt(f"{signature.selector}._domainkey.{signature.domain}", until=until)
    if not records:
        raise _Invalid("no key in the DNS")
    key = _read_key(records[0])
    if isinstance(key, str):
        raise _Invalid(key)
    if key.kind != _KEY_KINDS[signature.algorithm]:
        raise _Invalid("the key is of another kind than a=")
    if key.is_strict and signature.identity_domain != signature.domain:
        raise _Invalid("the key forbids subdomains in i=")
    return key.public


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    public: RSAPublicKey | Ed25519PublicKey
    #: k=
    kind: bytes
    #: t=s: i= must have the very domain of d=
    is_strict: bool


@lru_cache(maxsize=4096)
def _read_key(record: bytes) -> _Key | str:
    """Read a key record (RFC 6376 §3.6.1); a text says why it can not be used."""
    tags = dkim_form.read_tags(record) if len(record) <= _MAX_RECORD_OCTETS else None
    if tags is None or "p" not in tags or tags.get("v", b"DKIM1") != b"DKIM1":
        return "the key record can not be read"
    if not tags["p"]:
        return "the key is revoked"
    if "h" in tags and b"sha256" not in _listed(tags["h"]):
        return "the key forbids sha256"
    if not {b"*", b"email"} & set(_listed(tags.get("s", b"*"))):
        return "the key is not for mail"
    kind = tags.get("k", b"rsa")
    is_strict = b"s" in _listed(tags.get("t", b""))
    try:
        octets = base64.b64decode(b"".join(tags["p"].split()), validate=True)
        if kind == b"ed25519":
            return _Key(public=Ed25519PublicKey.from_public_bytes(octets), kind=kind, is_strict=is_strict)
        public = load_der_public_key(octets)
    except (ValueError, UnsupportedAlgorithm):
        return "the key can not be read"
    if kind != b"rsa" or not isinstance(public, RSAPublicKey):
        return "the key is of an unknown kind"
    if not _SMALLEST_RSA_BITS <= public.key_size <= _BIGGEST_RSA_BITS:
        return f"the key has {public.key_size} bits"
    return _Key(public=public, kind=kind, is_strict=is_strict)


def _listed(value: bytes) -> list[bytes]:
    return [each.strip() for each in value.split(b":")]


def _read(header_field: Field) -> Signature:
    """Read one DKIM-Signature field (RFC 6376 §3.5), strictly."""
    if len(header_field.value) > _MAX_FIELD_OCTETS:
        raise _Invalid("the field is too long")
    tags = dkim_form.read_tags(header_field.value)
    if tags is None:
        raise _Invalid("the field can not be read")
    missing = {"v", "a", "b", "bh", "d", "h", "s"} - tags.keys()
    if missing:
        raise _Invalid(f"{min(missing)}= is missing")
    if tags["v"] != b"1" or tags["a"] not in _KEY_KINDS or tags.get("q", b"dns/txt") != b"dns/txt":
        raise _Invalid("v=, a= or q= is unknown")  # rsa-sha1 too: RFC 8301 §3.1
    names = tuple(each.lower() for each in _listed(tags["h"]))
    if b"from" not in names or len(names) > _MAX_SIGNED_NAMES:
        raise _Invalid("h= does not name From, or too much")
    header_form, body_form = _read_forms(tags.get("c", b"simple/simple"))
    domain, selector = _read_name(tags["d"]), _read_name(tags["s"])
    length = _read_number(tags, "l")
    expires = _read_number(tags, "x")
    return Signature(
        header_field=header_field,
        domain=domain,
        selector=selector,
        algorithm=tags["a"],
        header_form=header_form,
        body_form=body_form,
        names=names,
        body_hash=_read_base64(tags["bh"]),
        value=_read_base64(tags["b"]),
        identity_domain=_read_identity(tags.get("i"), domain),
        length=length,
        expires=None if expires is None else _instant(expires),
    )


def _read_forms(value: bytes) -> tuple[bytes, bytes]:
    header_form, _, body_form = value.partition(b"/")
    body_form = body_form or b"simple"
    if header_form not in _HASHED_FORMS or body_form not in _HASHED_FORMS:
        raise _Invalid("c= is unknown")
    return header_form, body_form


def _read_name(value: bytes) -> str:
    if not _NAME.fullmatch(value) or b".." in value:
        raise _Invalid("d= or s= is no domain name")
    return value.decode("ascii").lower()


def _read_identity(value: bytes | None, domain: str) -> str:
    """The domain of i= (RFC 6376 §3.5): the same as d= or below it."""
    if value is None:
        return domain
    identity = value.rpartition(b"@")[2].decode("ascii", "replace").lower()
    if b"@" not in value or (identity != domain and not identity.endswith("." + domain)):
        raise _Invalid("i= is outside d=")
    return identity


def _read_base64(value: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(value.split()), validate=True)
    except binascii.Error:
        raise _Invalid("b= or bh= is no base64") from None


def _read_number(tags: dict[str, bytes], name: str) -> int | None:
    value = tags.get(name)
    if value is None:
        return None
    if not _NUMBER.fullmatch(value):
        raise _Invalid(f"{name}= is no number")
    return int(value)


def _instant(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.max.replace(tzinfo=UTC)
