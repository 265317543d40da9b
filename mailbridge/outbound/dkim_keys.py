"""DKIM keys: make them, read them, say what to publish (RFC 6376 §3.6, RFC 8463).

A key file is PKCS#8 PEM with mode 0600, unencrypted: the process signs without a person beside it. Does not sign and
does not ask the DNS whether the record is there.
"""

import base64
import enum
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from typing_extensions import override

from mailbridge.errors import ConfigurationError, Problem

_RSA_BITS = 2048
_SMALLEST_RSA_BITS = 1024  # RFC 8301 §3.2
_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
_TXT_STRING_OCTETS = 255  # RFC 1035 §3.3.14


class Algorithm(enum.Enum):
    """a= of RFC 6376 §3.3 and RFC 8463 §3."""

    RSA = "rsa-sha256"
    ED25519 = "ed25519-sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimKey:
    """A private key and where its public half is published."""

    #: d=, A-label, lower case
    domain: str
    #: s=
    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey

    @override
    def __repr__(self) -> str:
        return f"DkimKey({self.selector}._domainkey.{self.domain}, {self.algorithm.value})"

    @property
    def algorithm(self) -> Algorithm:
        """Which a= this key signs with."""
        return Algorithm.RSA if isinstance(self.private, RSAPrivateKey) else Algorithm.ED25519


@dataclass(frozen=True, slots=True, kw_only=True)
class TxtRecord:
    """A TXT record to publish."""

    #: without the final dot
    name: str
    value: str

    def zone_line(self) -> str:
        """As a line of a zone file, cut into strings of at most 255 octets."""
        starts = range(0, len(self.value), _TXT_STRING_OCTETS)
        strings = " ".join(f'"{self.value[start : start + _TXT_STRING_OCTETS]}"' for start in starts)
        return f"{self.name}. IN TXT ( {strings} )"


def make_key_file(path: Path, algorithm: Algorithm) -> None:
    """Make a key and write it, mode 0600. Raises FileExistsError: a key in use is never written over."""
    private: RSAPrivateKey | Ed25519PrivateKey
    if algorithm is Algorithm.RSA:
        private = generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    else:
        private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def load_key(path: Path, *, domain: str, selector: str) -> DkimKey:
    """Read a key file. Raises ConfigurationError: missing, open to others, or no key we sign with."""
    try:
        if path.stat().st_mode & _OTHERS_MAY:
            raise _unusable(path, "other users may read this key: chmod 600 it")
        # Whether its numbers are primes is not asked: that takes 40 ms for each key of each start.
        private = load_pem_private_key(path.read_bytes(), password=None, unsafe_skip_rsa_key_validation=True)
    except OSError as why:
        raise _unusable(path, f"can not be read ({why.strerror}): `mailbridge dkim` makes keys") from why
    except (ValueError, TypeError, UnsupportedAlgorithm) as why:
        raise _unusable(path, "is no unencrypted PEM private key") from why
    if not isinstance(private, RSAPrivateKey | Ed25519PrivateKey):
        raise _unusable(path, "is neither an RSA nor an Ed25519 key")
    if isinstance(private, RSAPrivateKey) and private.key_size < _SMALLEST_RSA_BITS:
        raise _unusable(path, f"has {private.key_size} bits; receivers want at least {_SMALLEST_RSA_BITS}")
    if isinstance(private, RSAPrivateKey) and not _signs(private):
        raise _unusable(path, "is damaged: what it signs can not be verified")
    return DkimKey(domain=domain.lower(), selector=selector, private=private)


def _signs(private: RSAPrivateKey) -> bool:
    """True where its public half verifies what it signs."""
    try:
        signature = private.sign(b"", PKCS1v15(), SHA256())
        private.public_key().verify(signature, b"", PKCS1v15(), SHA256())
    except (ValueError, InvalidSignature, InternalError):
        return False
    return True


def _unusable(path: Path, reason: str) -> ConfigurationError:
    return ConfigurationError((Problem(file=str(path), line=None, key="", reason=reason),))


def txt_record(key: DkimKey) -> TxtRecord:
    """The record that lets receivers check this key's signatures (RFC 6376 §3.6.1, RFC 8463 §4)."""
    public = key.private.public_key()
    if key.algorithm is Algorithm.RSA:
        kind, octets = "rsa", public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        kind, octets = "ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    value = f"v=DKIM1; k={kind}; p={base64.b64encode(octets).decode('ascii')}"
    return TxtRecord(name=f"{key.selector}._domainkey.{key.domain}", value=value)
