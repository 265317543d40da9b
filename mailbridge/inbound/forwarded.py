"""Forwarded: what a listed front MTA tells of its client (Postfix XFORWARD_README, XCLIENT_README).

Reads attributes; whether the peer may use these commands at all is decided in `dialogue.py`. Nothing told here
proves anything about an author: it only stands for the address of the connection.
"""

import ipaddress
import re
from dataclasses import dataclass, replace

from mailbridge.inbound.commands import parse_helo

_XTEXT_HEX = re.compile(r"\+([0-9A-F]{2})")  # RFC 3461 §4
_XTEXT = re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})*")
_UNKNOWN = frozenset({"[UNAVAILABLE]", "[TEMPUNAVAIL]"})

XFORWARD_ATTRIBUTES = frozenset({"NAME", "ADDR", "PORT", "PROTO", "HELO", "IDENT", "SOURCE"})
XCLIENT_ATTRIBUTES = frozenset({"NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT"})


@dataclass(frozen=True, slots=True)
class Told:
    """The client of a front, as far as the front told."""

    #: address of the client; None: not told, or the front says it does not know
    ip: str | None = None
    #: name the client gave in EHLO/HELO; None: not told
    helo: str | None = None


def decode_xtext(text: str) -> str | None:
    """Undo xtext (RFC 3461 §4); None when it is none or does not give UTF-8."""
    if not _XTEXT.fullmatch(text):
        return None
    try:
        octets = _XTEXT_HEX.sub(lambda found: chr(int(found.group(1), 16)), text).encode("latin-1")
        return octets.decode("utf-8")
    except UnicodeError:
        return None


def read_attributes(argument: str, known: frozenset[str], told: Told) -> Told | None:
    """Add the attributes of one command to what was `told` before; None on bad syntax or an unknown attribute."""
    words = argument.split()
    if not words:
        return None
    for word in words:
        name, equals, raw = word.partition("=")
        value = decode_xtext(raw)
        if not equals or value is None or name.upper() not in known:
            return None
        changed = _with_attribute(told, name.upper(), value)
        if changed is None:
            return None
        told = changed
    return told


def _with_attribute(told: Told, name: str, value: str) -> Told | None:
    is_unknown = value.upper() in _UNKNOWN or not value
    if name == "ADDR":
        ip = None if is_unknown else _address(value)
        return None if ip is None and not is_unknown else replace(told, ip=ip)
    if name == "HELO":
        # A name that is none came from the client, not from the front: it is forgotten, not refused.
        return replace(told, helo=None if is_unknown else parse_helo(value))
    return told


def _address(value: str) -> str | None:
    if value[:5].upper() == "IPV6:":
        value = value[5:]
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        return None
