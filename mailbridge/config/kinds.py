"""The kinds of values a setting may have: how each is written, read and refused.

A kind reads what `tomllib` gives into one Python value, or raises `BadValue` with a sentence for people.
Knows no setting by name and opens no file but those that a value names.
"""

import ipaddress
import os
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from typing_extensions import override

from mailbridge.domain.address import RealAddress, split_addr_spec

T = TypeVar("T")

_DURATION = re.compile(r"(\d{1,9})(ms|s|m|h|d)")
_DURATION_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_SIZE = re.compile(r"(\d{1,12})(B|KiB|MiB|GiB)")
_SIZE_UNITS = {"B": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
_HOST = re.compile(
    r"(?=.{1,253}\Z)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_FIELD_NAME = re.compile(r"[!-9;-~]{1,76}")  # RFC 5322 §2.2: printable US-ASCII except the colon
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
_OCR_LANGUAGE = re.compile(r"[a-z]{3}(?:_[a-z]{2,10}){0,2}")
_MAX_SECRET_OCTETS = 4096


class BadValue(ValueError):
    """A value that can not stand for a setting; the text says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password read from its file: never shown, `reveal` is the only way to it (T-90)."""

    _value: str

    def reveal(self) -> str:
        """The secret itself; never log it."""
        return self._value

    @override
    def __repr__(self) -> str:
        return "Secret(hidden)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Where a listener binds."""

    #: IP address or host name
    host: str
    #: 0 lets the system choose
    port: int

    @override
    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class UnixSocket:
    """A UNIX socket to listen on: file modes say who may connect."""

    path: Path

    @override
    def __str__(self) -> str:
        return f"unix:{self.path}"


@dataclass(frozen=True, slots=True)
class FieldPattern:
    """A header field that a trusted front writes, and what its body must start with."""

    #: field name, lower case
    name: str
    #: lower case; the field's body, stripped, must start with it
    value: str

    @override
    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of value: its name, how it is written, and its reader."""

    #: for people: "duration"
    name: str
    #: how to write it, for the reference and for error messages
    how: str
    #: turns a TOML value into the Python value; the folder is that of the settings file; raises BadValue
    read: Callable[[object, Path], T]


def _text_of(raw: object, how: str) -> str:
    if not isinstance(raw, str):
        raise BadValue(f"must be text in quotation marks: {how}")
    if any(ord(c) < 0x20 or ord(c) == 0x7F for c in raw):
        raise BadValue("must be one line without control characters")
    return raw


def _one(name: str, how: str, read: Callable[[str], T]) -> Kind[T]:
    """A kind written as text."""

    def reader(raw: object, folder: Path) -> T:
        try:
            return read(_text_of(raw, how))
        except BadValue:
            raise
        except ValueError:
            raise BadValue(f"{raw!r} is no {name}: write {how}") from None

    return Kind(name, how, reader)


def _not_empty(text: str) -> str:
    if not text.strip():
        raise BadValue("must not be empty")
    return text


def _duration(text: str) -> timedelta:
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError
    return int(match[1]) * _DURATION_UNITS[match[2]]


def _size(text: str) -> int:
    match = _SIZE.fullmatch(text)
    if match is None:
        raise ValueError
    return int(match[1]) * _SIZE_UNITS[match[2]]


def _listen(text: str) -> ListenAddress | None:
    if not text:
        return None
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 0xFFFF or not _is_host(host):
        raise ValueError
    return ListenAddress(host, int(port))


def _listen_or_socket(text: str) -> ListenAddress | UnixSocket | None:
    if text.startswith("unix:/"):
        return UnixSocket(Path(text.removeprefix("unix:")))
    return _listen(text)


def _is_host(text: str) -> bool:
    if _HOST.fullmatch(text):
        return True
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _host(text: str) -> str:
    if not _is_host(text):
        raise ValueError
    return text.lower()


def _domain(text: str) -> str:
    if not _HOST.fullmatch(text) or "." not in text:
        raise ValueError
    return text.lower()


def _address(text: str) -> RealAddress:
    if split_addr_spec(text) is None:
        raise ValueError
    return RealAddress(text)


def _field_pattern(text: str) -> FieldPattern | None:
    if not text:
        return None
    name, colon, value = text.partition(":")
    if not colon or not _FIELD_NAME.fullmatch(name) or not value.strip():
        raise ValueError
    return FieldPattern(name.lower(), value.strip().lower())


def _field_name(text: str) -> str:
    if not _FIELD_NAME.fullmatch(text):
        raise ValueError
    return text


def _label(text: str) -> str:
    if not _LABEL.fullmatch(text):
        raise ValueError
    return text.lower()


def _ocr_language(text: str) -> str:
    if not _OCR_LANGUAGE.fullmatch(text):
        raise ValueError
    return text


def _time_of_day(text: str) -> time:
    if not re.fullmatch(r"\d\d:\d\d", text):
        raise ValueError
    return time.fromisoformat(text)


TEXT = _one("text", '"text"', str)
NAME = _one("name", '"text", not empty', _not_empty)
HOST = _one("host", 'a host name or IP address, such as "mail.example.com"', _host)
DOMAIN = _one("domain", 'a domain with a dot, such as "relay.example.com"', _domain)
ADDRESS = _one("mail address", 'one address, such as "post@example.com"', _address)
LISTEN = _one("listening address", '"127.0.0.1:2525", "[::1]:2525", or "" for off', _listen)
LISTEN_OR_SOCKET = _one(
    "listening address or socket", '"127.0.0.1:2424", "unix:/run/mailbridge/lmtp", or "" for off', _listen_or_socket
)
FIELD_PATTERN = _one(
    "header field with value", '"Name: value", such as "X-Spam-Flag: YES", or "" for off', _field_pattern
)
FIELD_NAME = _one("header field name", 'a field name without colon, such as "Delivered-To"', _field_name)
SELECTOR = _one("DKIM selector", 'letters, digits, "-" and ".", such as "mb1"', _label)
OCR_LANGUAGE = _one("language of Tesseract", 'its short name, such as "eng", "deu" or "chi_sim"', _ocr_language)
TIME_OF_DAY = _one("time of day", '"hh:mm", such as "07:30"', _time_of_day)
IP = _one("IP address", 'such as "192.0.2.1"', lambda text: str(ipaddress.ip_address(text)))
NETWORK: Kind[Network] = _one("network", 'such as "192.0.2.0/24" or "192.0.2.1"', ipaddress.ip_network)


def duration(low: str, high: str) -> Kind[timedelta]:
    """A span of time between two written spans."""
    how = f'a number with ms, s, m, h or d, such as "30s" or "5m"; from "{low}" to "{high}"'

    def read(text: str) -> timedelta:
        value = _duration(text)
        if not _duration(low) <= value <= _duration(high):
            raise BadValue(f'"{text}" is out of range: from "{low}" to "{high}"')
        return value

    return _one("duration", how, read)


def size(low: str, high: str) -> Kind[int]:
    """A number of octets between two written sizes."""
    how = f'a number with B, KiB, MiB or GiB, such as "25MiB"; from "{low}" to "{high}"'

    def read(text: str) -> int:
        value = _size(text)
        if not _size(low) <= value <= _size(high):
            raise BadValue(f'"{text}" is out of range: from "{low}" to "{high}"')
        return value

    return _one("size", how, read)


def whole(low: int, high: int) -> Kind[int]:
    """A whole number between two."""
    how = f"a whole number from {low} to {high}"

    def read(raw: object, folder: Path) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise BadValue(f"must be {how}, without quotation marks")
        if not low <= raw <= high:
            raise BadValue(f"{raw} is out of range: {how}")
        return raw

    return Kind("whole number", how, read)


def choice(*allowed: str) -> Kind[str]:
    """One of a few words."""
    words = ", ".join(f'"{word}"' for word in allowed)

    def read(raw: object, folder: Path) -> str:
        if not isinstance(raw, str) or raw not in allowed:
            raise BadValue(f"must be one of {words}")
        return raw

    return Kind("choice", f"one of {words}", read)


def _switch(raw: object, folder: Path) -> bool:
    if not isinstance(raw, bool):
        raise BadValue("must be true or false, without quotation marks")
    return raw


SWITCH = Kind("switch", "true or false", _switch)


def optional(kind: Kind[T]) -> Kind[T | None]:
    """The same kind, or "" for none."""

    def read(raw: object, folder: Path) -> T | None:
        return None if raw == "" else kind.read(raw, folder)

    return Kind(kind.name, f'{kind.how}; "" for none', read)


def many(kind: Kind[T]) -> Kind[tuple[T, ...]]:
    """A list of values of one kind."""

    def read(raw: object, folder: Path) -> tuple[T, ...]:
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            raise BadValue(f"must be a list in square brackets, each {kind.how}")
        return tuple(kind.read(item, folder) for item in raw)

    return Kind(f"list of {kind.name}", f"a list, each {kind.how}", read)


def _path(raw: object, folder: Path) -> Path:
    return folder / Path(_not_empty(_text_of(raw, "a path"))).expanduser()


def _file(raw: object, folder: Path) -> Path:
    path = _path(raw, folder)
    if not path.is_file():
        raise BadValue(f"there is no file {path}")
    if not os.access(path, os.R_OK):
        raise BadValue(f"{path} can not be read: give this user the right to read it")
    return path


def _folder(raw: object, folder: Path) -> Path:
    path = _path(raw, folder)
    if not path.is_dir():
        raise BadValue(f"there is no folder {path}")
    return path


def _private_file(raw: object, folder: Path) -> Path:
    path = _file(raw, folder)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadValue(f"others may read {path}: type chmod 600 {path}")
    return path


def _secret(raw: object, folder: Path) -> Secret:
    path = _private_file(raw, folder)
    octets = path.read_bytes()
    if len(octets) > _MAX_SECRET_OCTETS:
        raise BadValue(f"{path} is too long for a password")
    try:
        value = octets.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise BadValue(f"{path} is not UTF-8 text") from None
    if not value or "\n" in value or "\r" in value:
        raise BadValue(f"{path} must hold one line: the password")
    return Secret(value)


_RELATIVE = "relative to the folder of the settings file"
PATH = Kind("path", f"a path, {_RELATIVE}", _path)
FILE = Kind("file", f"a file that exists, {_RELATIVE}", _file)
FOLDER = Kind("folder", f"a folder that exists, {_RELATIVE}", _folder)
PRIVATE_FILE = Kind("private file", f"a file that only its owner may read (mode 600), {_RELATIVE}", _private_file)
SECRET_FILE = Kind("secret file", f"a file of mode 600 that holds one line, the secret; {_RELATIVE}", _secret)
