"""Writes compound files (MS-CFB, version 3) and sets of properties (MS-OLEPS), as old Office does. For samples only."""

import struct

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def compound(streams: dict[str, bytes]) -> bytes:
    """A file of these streams; "folder/name" stands in a storage of its own."""
    sectors: list[bytes] = []
    chain: list[int] = []

    def placed(content: bytes) -> int:
        count = -(-len(content) // _SECTOR)
        if not count:
            return _END
        start = len(sectors)
        sectors.extend(content[at : at + _SECTOR].ljust(_SECTOR, b"\x00") for at in range(0, len(content), _SECTOR))
        chain.extend([*range(start + 1, start + count), _END])
        return start

    small = bytearray()
    small_chain: list[int] = []
    starts: dict[str, int] = {}
    for name, content in streams.items():
        if len(content) >= _CUTOFF:
            starts[name] = placed(content)
            continue
        count = -(-len(content) // _SMALL)
        starts[name] = len(small_chain) if count else _END
        small_chain += [*range(len(small_chain) + 1, len(small_chain) + count), _END] if count else []
        small += content.ljust(count * _SMALL, b"\x00")
    root_start = placed(bytes(small))
    small_table = placed(struct.pack(f"<{len(small_chain)}I", *small_chain).ljust(_SECTOR, b"\xff"))
    directory = placed(_directory(streams, starts, root_start, len(small)))
    table = len(sectors)
    chain.append(_FAT)
    assert len(chain) <= _SECTOR // 4, "samples are small"
    sectors.append(struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff"))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, directory, 0, _CUTOFF, small_table),
        *(1, _END, 0, table),
    )
    return header.ljust(_SECTOR, b"\xff") + b"".join(sectors)


def _directory(streams: dict[str, bytes], starts: dict[str, int], root_start: int, root_size: int) -> bytes:
    """Root, then all streams and storages; siblings hang on each other to the right."""
    tops = [name for name in streams if "/" not in name]
    folders = sorted({name.partition("/")[0] for name in streams if "/" in name})
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, right, child, start, size
    below = {folder: [name for name in streams if name.startswith(f"{folder}/")] for folder in folders}
    order = [*tops, *folders]
    numbers: dict[str, int] = {}
    for name in [*order, *(each for folder in folders for each in below[folder])]:
        numbers[name] = len(numbers) + 1
    entries.append(("Root Entry", _ROOT, _NONE, 1 if order else _NONE, root_start, root_size))
    for group in (order, *below.values()):
        for name, following in zip(group, [*group[1:], ""], strict=True):
            right = numbers[following] if following else _NONE
            if name in folders:
                entries.append((name, _STORAGE, right, numbers[below[name][0]], 0, 0))
            else:
                entries.append((name.rpartition("/")[2], _STREAM, right, _NONE, starts[name], len(streams[name])))
    return b"".join(_entry(*entry) for entry in entries).ljust(_SECTOR, b"\x00")


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<64sHBBIII16xI16xIQ", letters, len(letters), kind, 1, _NONE, right, child, 0, start, size)


def summary(properties: dict[int, str]) -> bytes:
    """A set of properties that are texts."""
    values = [(1, struct.pack("<IHH", 2, 1252, 0))]
    for number, text in properties.items():
        octets = text.encode("cp1252") + b"\x00"
        values.append((number, struct.pack("<II", 30, len(octets)) + octets + bytes(-len(octets) % 4)))
    offset = 8 + 8 * len(values)
    table = b""
    for number, value in values:
        table += struct.pack("<II", number, offset)
        offset += len(value)
    section = struct.pack("<II", offset, len(values)) + table + b"".join(value for _, value in values)
    form = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0x00020105, 1) + form + struct.pack("<I", 48) + section
