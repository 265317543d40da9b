"""Commands: the grammar of what an SMTP or LMTP client says, strict (RFC 5321 §4.1, threats.md T-15, T-18, T-22).

Reads single lines into values. Keeps no state, decides nothing about a transaction, guesses nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.reply import (
    ADDRESS_SYNTAX,
    MESSAGE_TOO_BIG,
    NON_ASCII_ADDRESS,
    PARAMETER_SYNTAX,
    PARAMETER_UNKNOWN,
    Reply,
)

# RFC 5321 §4.1.1.2 has no space after the colon; so many clients send one that it is taken.
_MAIL = re.compile(r"FROM: ?<([^<>]*)>((?: +[^ ]+)*) *", re.IGNORECASE)
_RCPT = re.compile(r"TO: ?<([^<>]*)>((?: +[^ ]+)*) *", re.IGNORECASE)
# RFC 5321 §4.1.2 Domain and address-literal; the underscore is no letter of a domain, but of many Windows names.
_HELO = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_.-])?|\[[0-9A-Za-z.:-]{1,64}\]")
_SIZE = re.compile(r"[0-9]{1,20}")  # RFC 1870 §3
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class MailFrom:
    """A MAIL command that may begin a transaction."""

    #: addr-spec, or None for the null reverse-path
    reverse_path: str | None
    #: SMTPUTF8 was given (RFC 6531 §3.4)
    is_international: bool


def parse_helo(argument: str) -> str | None:
    """Return the name a client gives itself, or None when it is neither a domain name nor an address literal."""
    name = argument.strip(" ")
    return name if _HELO.fullmatch(name) else None


def parse_mail(argument: str, *, size_limit: int, is_extended: bool) -> MailFrom | Reply:
    """Read what follows MAIL. A Reply says why not."""
    found = _MAIL.fullmatch(argument)
    if found is None:
        return _fault_of(argument, "FROM:")
    path, parameters = found.groups()
    if parameters and not is_extended:
        return PARAMETER_SYNTAX
    is_international = False
    for parameter in parameters.split():
        keyword, equals, value = parameter.partition("=")
        fault = _fault_of_mail_parameter(keyword.upper(), value if equals else None, size_limit)
        if fault is not None:
            return fault
        is_international = is_international or keyword.upper() == "SMTPUTF8"
    if not path:
        return MailFrom(None, is_international)
    addr_spec = _addr_spec(path, is_international=is_international)
    return addr_spec if isinstance(addr_spec, Reply) else MailFrom(addr_spec, is_international)


def parse_rcpt(argument: str, *, postmaster: str, is_international: bool) -> str | Reply:
    """Read what follows RCPT into a forward-path. A Reply says why not."""
    found = _RCPT.fullmatch(argument)
    if found is None:
        return _fault_of(argument, "TO:")
    path, parameters = found.groups()
    if parameters.strip(" "):
        return PARAMETER_UNKNOWN  # DSN is not offered (RFC 5321 §4.1.1.11)
    if path.lower() == "postmaster":
        return postmaster  # RFC 5321 §4.5.1
    return _addr_spec(path, is_international=is_international)


def _fault_of(argument: str, keyword: str) -> Reply:
    return ADDRESS_SYNTAX if argument[: len(keyword)].upper() == keyword else PARAMETER_SYNTAX


def _fault_of_mail_parameter(keyword: str, value: str | None, size_limit: int) -> Reply | None:
    match keyword:
        case "SIZE":
            if value is None or not _SIZE.fullmatch(value):
                return PARAMETER_SYNTAX
            return MESSAGE_TOO_BIG if int(value) > size_limit else None
        case "BODY":
            return None if value is not None and value.upper() in {"7BIT", "8BITMIME"} else PARAMETER_SYNTAX
        case "SMTPUTF8":
            return None if value is None else PARAMETER_SYNTAX
        case _:
            return PARAMETER_UNKNOWN


def _addr_spec(path: str, *, is_international: bool) -> str | Reply:
    parts = split_addr_spec(path)
    if parts is None or _CONTROL.search(path):
        return ADDRESS_SYNTAX
    if not path.isascii():
        if not is_international:
            return NON_ASCII_ADDRESS
        if not _is_sound_international(*parts):
            return ADDRESS_SYNTAX
    return f"{parts[0]}@{parts[1]}"


def _is_sound_international(local_part: str, domain: str) -> bool:
    # RFC 6531 §3.7.1 and RFC 5198: one spelling for one address, or look-alikes pass as different ones (T-18).
    if not unicodedata.is_normalized("NFC", local_part) or not unicodedata.is_normalized("NFC", domain):
        return False
    try:
        domain.encode("idna")
    except UnicodeError:
        return False
    return True
