"""Reads and writes zip files (APPNOTE.TXT 6.3.10) in memory, strictly: what two programs could read differently is
refused.

Central directory and local headers must agree, members must not lie over each other, and every octet before the
directory belongs to one of them. A written file has no comments, no extra fields, no true dates and no tail.
"""

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from mailbridge.containers.outcome import MAX_MEMBERS, Budget, Refused
from mailbridge.domain.files import Trouble

_END = b"PK\x05\x06"
_END_OCTETS = 22
_CENTRAL = b"PK\x01\x02"
_CENTRAL_OCTETS = 46
_LOCAL = b"PK\x03\x04"
_LOCAL_OCTETS = 30
_LOCATOR_64 = b"PK\x06\x07"
_ENCRYPTED, _DESCRIPTOR, _STRONG, _UTF8 = 0x0001, 0x0008, 0x0040, 0x0800
STORED, DEFLATED = 0, 8
_FIRST_DAY = 0x0021  # 1 January 1980: the zero of this format is no date
_DRIVE = re.compile(r"[A-Za-z]:")
_MADE_BY = 20
#: what packs to more than this is packed already: photos, archives
_HELPS = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file inside, as the archive keeps it."""

    name: str
    method: int
    crc: int
    #: octets when unpacked, as the archive claims
    size: int
    #: as they stand in the archive
    packed: bytes

    @property
    def is_folder(self) -> bool:
        """True for an entry that only names a folder."""
        return self.name.endswith("/")


@dataclass(frozen=True, slots=True)
class Archive:
    """What a zip file holds."""

    members: tuple[Member, ...]
    #: True where it said more than names and contents: comments, extra fields, leading octets
    has_more: bool


def read_archive(octets: bytes, budget: Budget) -> Archive:
    """Its members, none unpacked yet. Refused where it is broken, encrypted or in several volumes."""
    end = octets.rfind(_END, max(0, len(octets) - _END_OCTETS - 0xFFFF))
    if end == -1 or end + _END_OCTETS > len(octets):
        raise Refused(Trouble.BROKEN)
    disk, first_disk, _, count, size, start, comment = struct.unpack_from("<HHHHIIH", octets, end + 4)
    if octets[end - 20 : end - 16] == _LOCATOR_64 or count == 0xFFFF or start == 0xFFFFFFFF:
        raise Refused(Trouble.UNSUPPORTED)  # sizes of more than 4 GiB: no mail holds such a file
    if disk or first_disk or start + size > end or end + _END_OCTETS + comment > len(octets):
        raise Refused(Trouble.BROKEN)
    if count > MAX_MEMBERS:
        raise Refused(Trouble.TOO_MANY_PARTS)
    at = start
    places: list[tuple[int, int]] = []
    members: list[Member] = []
    has_more = end + _END_OCTETS != len(octets)
    for _ in range(count):
        member, place, at, more = _read_member(octets, at, end)
        budget.take_member()
        members.append(member)
        places.append(place)
        has_more |= more
    if at != start + size:
        raise Refused(Trouble.BROKEN)
    if len({member.name for member in members}) != len(members):
        raise Refused(Trouble.DISGUISED)
    return Archive(tuple(members), has_more | _check_places(places, start))


def _read_member(octets: bytes, at: int, end: int) -> tuple[Member, tuple[int, int], int, bool]:
    """A member by its central header; where it lies, where the next header is, whether it says more than needed."""
    if octets[at : at + 4] != _CENTRAL or at + _CENTRAL_OCTETS > end:
        raise Refused(Trouble.BROKEN)
    flags, method = struct.unpack_from("<HH", octets, at + 8)
    crc, packed_size, size, name_size, extra, comment = struct.unpack_from("<IIIHHH", octets, at + 16)
    (local,) = struct.unpack_from("<I", octets, at + 42)
    raw_name = octets[at + _CENTRAL_OCTETS : at + _CENTRAL_OCTETS + name_size]
    if flags & (_ENCRYPTED | _STRONG):
        raise Refused(Trouble.ENCRYPTED)
    if method not in {STORED, DEFLATED}:
        raise Refused(Trouble.UNSUPPORTED)
    if octets[local : local + 4] != _LOCAL or local + _LOCAL_OCTETS > len(octets):
        raise Refused(Trouble.BROKEN)
    local_name_size, local_extra = struct.unpack_from("<HH", octets, local + 26)
    if octets[local + _LOCAL_OCTETS : local + _LOCAL_OCTETS + local_name_size] != raw_name:
        raise Refused(Trouble.DISGUISED)
    data = local + _LOCAL_OCTETS + local_name_size + local_extra
    if data + packed_size > len(octets) or (method == STORED and packed_size != size):
        raise Refused(Trouble.BROKEN)
    member = Member(
        name=_decoded_name(raw_name, flags), method=method, crc=crc, size=size, packed=octets[data : data + packed_size]
    )
    data_end = data + packed_size + (_descriptor_octets(octets, data + packed_size) if flags & _DESCRIPTOR else 0)
    return (
        member,
        (local, data_end),
        at + _CENTRAL_OCTETS + name_size + extra + comment,
        bool(extra or comment or local_extra),
    )


def _descriptor_octets(octets: bytes, at: int) -> int:
    return 16 if octets[at : at + 4] == b"PK\x07\x08" else 12


def _decoded_name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & _UTF8 or not raw.isascii() else "ascii")
    except UnicodeDecodeError:
        name = raw.decode("cp437")
    parts = name.replace("\\", "/").split("/")
    if not name or "\x00" in name or name[:1] in {"/", "\\"} or ".." in parts or _DRIVE.match(name):
        raise Refused(Trouble.DISGUISED)
    return name


def _check_places(places: list[tuple[int, int]], directory: int) -> bool:
    """Refused where members lie over each other (bombs do); True where something lies between them."""
    reached = 0
    has_gap = False
    for start, end in sorted(places):
        if start < reached:
            raise Refused(Trouble.DISGUISED)
        has_gap |= start > reached
        reached = end
    if reached > directory:
        raise Refused(Trouble.BROKEN)
    return has_gap or reached < directory


def unpack(member: Member, budget: Budget) -> bytes:
    """Its octets. Refused where they are not as claimed, or too many."""
    budget.take_octets(member.size)
    content = member.packed if member.method == STORED else inflated(member.packed, member.size)
    if len(content) != member.size or zlib.crc32(content) != member.crc:
        raise Refused(Trouble.BROKEN)
    return content


def inflated(packed: bytes, most: int) -> bytes:
    """Raw deflate data undone; Refused where it holds more than `most` octets, or is broken."""
    worker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = worker.decompress(packed, most + 1)
    except zlib.error:
        raise Refused(Trouble.BROKEN) from None
    if len(content) > most or not worker.eof or worker.unused_data:
        raise Refused(Trouble.BROKEN)
    return content


def changed_member(member: Member, content: bytes) -> Member:
    """The member with new content; packed where packing helped before."""
    helps = len(member.packed) < _HELPS * member.size
    return packed_member(member.name, content, method=DEFLATED if helps else STORED)


def packed_member(name: str, content: bytes, *, method: int = DEFLATED) -> Member:
    """A member made of new content."""
    crc = zlib.crc32(content)
    if method == STORED:
        return Member(name=name, method=STORED, crc=crc, size=len(content), packed=content)
    worker = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = worker.compress(content) + worker.flush()
    return Member(name=name, method=DEFLATED, crc=crc, size=len(content), packed=packed)


def write_archive(members: Iterable[Member]) -> bytes:
    """A zip file of these members in this order that says nothing else."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for member in members:
        name = member.name.encode("utf-8")
        flags = 0 if name.isascii() else _UTF8
        common = struct.pack(
            "<HHHHIIIHH",
            *(flags, member.method, 0, _FIRST_DAY, member.crc, len(member.packed), member.size, len(name), 0),
        )
        pieces += [_LOCAL, struct.pack("<H", _MADE_BY), common, name, member.packed]
        attributes = 0x10 if member.is_folder else 0
        directory.append(
            _CENTRAL
            + struct.pack("<HH", _MADE_BY, _MADE_BY)
            + common
            + struct.pack("<HHHII", 0, 0, 0, attributes, at)
            + name
        )
        at += _LOCAL_OCTETS + len(name) + len(member.packed)
    tail = b"".join(directory)
    end = struct.pack("<HHHHIIH", 0, 0, len(directory), len(directory), len(tail), at, 0)
    return b"".join((*pieces, tail, _END, end))
