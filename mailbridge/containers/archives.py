"""Cleans archives (zip, tar, gzip, bzip2, xz): names and contents stay, owners, dates and comments go.

Every member is cleaned like an attachment of its own, to a few levels deep. Nothing is written to disk. Links, devices
and members that would be unpacked outside their folder are refused.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable

from mailbridge.containers.kinds import Kind
from mailbridge.containers.outcome import Budget, Refused
from mailbridge.containers.zips import Archive, Member, changed_member, unpack, write_archive
from mailbridge.domain.files import Trouble

CleanPart = Callable[[str, bytes], bytes]

_XZ_MEMORY = 16 * 1024 * 1024
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def clean_zip(archive: Archive, budget: Budget, removed: set[str], clean_part: CleanPart) -> bytes:
    """The same archive with clean members and nothing but their names."""
    if archive.has_more:
        removed.add("archive data")
    written: list[Member] = []
    for member in archive.members:
        content = unpack(member, budget)
        cleaned = clean_part(member.name, content)
        written.append(member if cleaned == content else changed_member(member, cleaned))
    return write_archive(written)


def clean_tar(octets: bytes, budget: Budget, removed: set[str], clean_part: CleanPart) -> bytes:
    """The same archive with clean members, no owners and no dates. Refused for links and devices."""
    into = io.BytesIO()
    try:
        with (
            tarfile.open(fileobj=io.BytesIO(octets), mode="r:") as source,
            tarfile.open(fileobj=into, mode="w", format=tarfile.PAX_FORMAT) as target,
        ):
            for entry in source:
                _check_entry(entry, budget, removed)
                new, content = _copied(source, entry, clean_part)
                target.addfile(new, content)
            if source.offset > len(octets):
                raise Refused(Trouble.BROKEN)
    except (tarfile.TarError, EOFError, OSError, OverflowError):
        raise Refused(Trouble.BROKEN) from None
    return into.getvalue()


def _check_entry(entry: tarfile.TarInfo, budget: Budget, removed: set[str]) -> None:
    budget.take_member()
    if not (entry.isreg() or entry.isdir()) or entry.issparse():
        raise Refused(Trouble.DISGUISED, entry.name)
    if entry.name.startswith("/") or ".." in entry.name.split("/"):
        raise Refused(Trouble.DISGUISED, entry.name)
    if entry.isreg():
        budget.take_octets(entry.size)
    if entry.uname or entry.gname or entry.uid or entry.gid or entry.mtime:
        removed.add("archive data")


def _copied(
    source: tarfile.TarFile, entry: tarfile.TarInfo, clean_part: CleanPart
) -> tuple[tarfile.TarInfo, io.BytesIO | None]:
    """An entry that says its name only, and its content cleaned."""
    new = tarfile.TarInfo(entry.name)
    if entry.isdir():
        new.type, new.mode = tarfile.DIRTYPE, 0o755
        return new, None
    file = source.extractfile(entry)
    content = file.read(entry.size) if file is not None else b""
    if len(content) != entry.size:
        raise Refused(Trouble.BROKEN)
    cleaned = clean_part(entry.name, content)
    new.size = len(cleaned)
    return new, io.BytesIO(cleaned)


def clean_packed(kind: Kind, octets: bytes, budget: Budget, removed: set[str], clean_part: CleanPart) -> bytes:
    """One packed file: what is in it cleaned, and packed again where it changed or its header said more."""
    content = unpacked(kind, octets, budget)
    cleaned = clean_part("", content)
    if kind is Kind.GZIP:
        if octets[3] & 0x1C or octets[4:8] != bytes(4):  # RFC 1952 §2.3: name, comment, extra field, date
            removed.add("archive data")
        packed = gzip.compress(cleaned, mtime=0)
        return _GZIP_HEAD + packed[len(_GZIP_HEAD) :]
    if cleaned == content:
        return octets
    return bz2.compress(cleaned) if kind is Kind.BZIP2 else lzma.compress(cleaned, preset=1)


def unpacked(kind: Kind, octets: bytes, budget: Budget) -> bytes:
    """What a gzip, bzip2 or xz file holds. Refused where it is broken, has a tail, or holds too much."""
    most = budget.left
    try:
        if kind is Kind.GZIP:
            worker = zlib.decompressobj(wbits=31)
            content = worker.decompress(octets, most + 1)
            is_whole, tail = worker.eof, worker.unused_data
        elif kind is Kind.BZIP2:
            bzip2 = bz2.BZ2Decompressor()
            content = bzip2.decompress(octets, most + 1)
            is_whole, tail = bzip2.eof, bzip2.unused_data
        else:
            xz = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
            content = xz.decompress(octets, most + 1)
            is_whole, tail = xz.eof, xz.unused_data
    except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError):
        raise Refused(Trouble.BROKEN) from None
    if len(content) > most:
        raise Refused(Trouble.TOO_BIG)
    budget.take_octets(len(content))
    if not is_whole or tail.strip(b"\x00"):
        raise Refused(Trouble.BROKEN)
    return content
