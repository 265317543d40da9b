"""Seals what is at rest (design.md D14): the key file, the keys drawn from it, and the sealed columns.

One master key in a file gives a look-up key (addresses are found by keyed hash), a wrap key and MAC keys. Every
person and thread has a random holder key, wrapped under the wrap key; every record has a random content key, wrapped
for its thread and for each person in it. Destroying a wrapped key is erasing what it opens. Knows no tables.
"""

import base64
import binascii
import hmac
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mailbridge.errors import ConfigurationError, Problem, SealBroken
from mailbridge.randomness import random_octets

KEY_OCTETS = 32
_NONCE_OCTETS = 12  # NIST SP 800-38D: 96 bits, random; every content key seals a handful of values only
_LOOKUP_OCTETS = 16
_HOLDER_KEYS_KEPT = 16_384


class Sealer:
    """One AES-256-GCM key; a value is bound to its place by `place` ("table.column.id"), so rows can not be swapped."""

    __slots__ = ("_aead", "_key")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._aead = AESGCM(key)

    def seal(self, octets: bytes, place: str) -> bytes:
        """Nonce, ciphertext and tag."""
        nonce = random_octets(_NONCE_OCTETS)
        return nonce + self._aead.encrypt(nonce, octets, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The octets again; SealBroken when key, place or octets are not those of sealing."""
        try:
            return self._aead.decrypt(sealed[:_NONCE_OCTETS], sealed[_NONCE_OCTETS:], place.encode())
        except (InvalidTag, ValueError) as error:
            # The place holds ids only; the octets are never named.
            raise SealBroken(f"{place} does not open: wrong key or damaged") from error

    def wrap(self, inner: "Sealer", place: str) -> bytes:
        """The key of another sealer, sealed with this one."""
        return self.seal(inner._key, place)  # noqa: SLF001 - a key never leaves this class in the clear

    def unwrap(self, wrapped: bytes, place: str) -> "Sealer":
        """The sealer whose key was wrapped at this place."""
        return Sealer(self.open(wrapped, place))

    @classmethod
    def fresh(cls) -> "Sealer":
        """A sealer with a new random key."""
        return cls(random_octets(KEY_OCTETS))


class KeyRing:
    """Everything that is drawn from the master key."""

    def __init__(self, master: bytes) -> None:
        self._lookup_key = _derive(master, "mailbridge look-up")
        self._mac_key = _derive(master, "mailbridge mac")
        #: seals what belongs to no person and no thread, and wraps the holder keys
        self.store = Sealer(_derive(master, "mailbridge wrap"))
        self._holders: dict[str, Sealer] = {}

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """Read the key file; ConfigurationError when it is missing, open to others, or no key (F-42)."""
        return cls(_read_key_file(path))

    def lookup(self, text: str) -> bytes:
        """Keyed hash by which an address or an id is found without standing in the clear; case is ignored."""
        return hmac.digest(self._lookup_key, text.lower().encode("utf-8", "surrogatepass"), "sha256")[:_LOOKUP_OCTETS]

    def mac(self, purpose: str, octets: bytes) -> bytes:
        """HMAC-SHA256, 32 octets; another purpose gives another MAC."""
        return hmac.digest(self._mac_key, purpose.encode() + b"\0" + octets, "sha256")

    def new_holder(self, owner: str) -> tuple[Sealer, bytes]:
        """A new holder key for "buyer.ID", "seller.ID" or "thread.ID", and the same wrapped for its row."""
        sealer = Sealer.fresh()
        return sealer, self.store.wrap(sealer, owner)

    def holder(self, owner: str, wrapped: bytes) -> Sealer:
        """The holder key of an owner from its row; kept, since a running thread asks for the same ones again."""
        sealer = self._holders.get(owner)
        if sealer is None:
            sealer = self.store.unwrap(wrapped, owner)
            if len(self._holders) >= _HOLDER_KEYS_KEPT:
                for oldest in list(self._holders)[: _HOLDER_KEYS_KEPT // 8]:
                    self._holders.pop(oldest, None)
            self._holders[owner] = sealer
        return sealer

    def kept_holder(self, owner: str) -> Sealer | None:
        """The holder key of an owner if it was read lately."""
        return self._holders.get(owner)


def create_key_file(path: Path) -> None:
    """Make a new key file with mode 0600; ConfigurationError when something stands there already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise _refused(
            path, "is there already: a key is never overwritten, since it would lock what it sealed"
        ) from error
    except OSError as error:
        raise _refused(path, f"can not be made: {error.strerror}") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_OCTETS)) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _read_key_file(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()
    except FileNotFoundError as error:
        raise _refused(
            path, "is missing: without it nothing in the store can be read; restore it from where you keep it"
        ) from error
    except OSError as error:
        raise _refused(path, f"can not be read: {error.strerror}") from error
    if not stat.S_ISREG(mode) or stat.S_IMODE(mode) & 0o077:
        raise _refused(path, f"has mode {stat.S_IMODE(mode):04o}: nobody else may read it; run: chmod 600 {path}")
    try:
        master = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise _refused(path, "is not a key file: expected one line of base64") from error
    if len(master) != KEY_OCTETS:
        raise _refused(path, f"holds {len(master)} octets, a key has {KEY_OCTETS}: the file is cut or is no key file")
    return master


def _derive(master: bytes, purpose: str) -> bytes:
    # RFC 5869: one key per purpose, none tells anything about another or about the master
    return HKDF(algorithm=SHA256(), length=KEY_OCTETS, salt=None, info=purpose.encode()).derive(master)


def _refused(path: Path, reason: str) -> ConfigurationError:
    return ConfigurationError((Problem(file=str(path), line=None, key="key_file", reason=reason),))
