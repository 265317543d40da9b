"""Reads the body of a form, of the two kinds that browsers and mail services send (RFC 8058 §3.2): small ones only."""

from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from urllib.parse import parse_qsl

#: longest body that is read, octets: the forms here have three fields
MAX_BODY_OCTETS = 8192
_MAX_FIELDS = 20
_MAX_BOUNDARY = 200


def read_form(content_type: str, body: bytes) -> dict[str, str]:
    """Name to value, the first of each name; empty for anything that is no form. Files and nested parts do not count.

    >>> read_form("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click")
    {'List-Unsubscribe': 'One-Click'}
    """
    if len(body) > MAX_BODY_OCTETS:
        return {}
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MAX_FIELDS)
        elif kind == "multipart/form-data" and len(content_type) <= _MAX_BOUNDARY + len(kind):
            pairs = _parts(content_type, body)
        else:
            return {}
    except (ValueError, LookupError):  # not UTF-8, too many fields, a charset that nobody knows
        return {}
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name, value)
    return fields


def _parts(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """RFC 7578: each field is a part whose Content-Disposition has its name."""
    head = b"Content-Type: " + "".join(c for c in content_type if c.isprintable()).encode("ascii", "replace")
    whole = BytesParser(policy=compat32).parsebytes(head + b"\r\n\r\n" + body)
    inside, pairs = whole.get_payload(), []
    for part in inside[:_MAX_FIELDS] if isinstance(inside, list) else ():
        if not isinstance(part, Message) or part.is_multipart() or part.get_filename() is not None:
            continue
        name, octets = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(octets, bytes):
            pairs.append((name, octets.decode("utf-8").strip()))
    return pairs
