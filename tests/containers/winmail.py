"""Writes winmail.dat files as Outlook does (MS-OXTNEF), for tests: text in RTF, attachments, names, who sent it."""

import struct

_MESSAGE, _ATTACHMENT = 1, 2
_VERSION, _CODE_PAGE, _FROM, _PROPERTIES = 0x00089006, 0x00069007, 0x00008000, 0x00069003
_RENDER_DATA, _TITLE, _DATA, _ATTACHMENT_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME, _BODY_HTML, _RTF = 0x3707, 0x1013, 0x1009
_STRING, _BINARY = 0x001E, 0x0102


def winmail(files: dict[str, bytes], *, rtf: bytes = b"", html: bytes = b"", author: str = "") -> bytes:
    """One winmail.dat."""
    parts = [
        _object(_MESSAGE, _VERSION, struct.pack("<I", 0x10000)),
        _object(_MESSAGE, _CODE_PAGE, struct.pack("<II", 1252, 0)),
    ]
    if author:
        name = author.encode() + b"\x00"
        address = b"SMTP:" + author.encode() + b"\x00"
        parts.append(_object(_MESSAGE, _FROM, struct.pack("<HHHH", 4, 16, len(name), len(address)) + name + address))
    properties = []
    if rtf:
        properties.append(_property(_BINARY, _RTF, struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf))
    if html:
        properties.append(_property(_BINARY, _BODY_HTML, html))
    if properties:
        parts.append(_object(_MESSAGE, _PROPERTIES, struct.pack("<I", len(properties)) + b"".join(properties)))
    for title, octets in files.items():
        parts.append(_object(_ATTACHMENT, _RENDER_DATA, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0)))
        parts.append(_object(_ATTACHMENT, _TITLE, title.encode("ascii", "replace")[:12] + b"\x00"))
        parts.append(_object(_ATTACHMENT, _DATA, octets))
        long_name = _property(_STRING, _LONG_NAME, title.encode("cp1252") + b"\x00")
        parts.append(_object(_ATTACHMENT, _ATTACHMENT_PROPERTIES, struct.pack("<I", 1) + long_name))
    return struct.pack("<IH", 0x223E9F78, 7) + b"".join(parts)


def _object(level: int, name: int, content: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def _property(kind: int, name: int, content: bytes) -> bytes:
    padded = content + b"\x00" * (-len(content) % 4)
    return struct.pack("<HHII", kind, name, 1, len(content)) + padded
