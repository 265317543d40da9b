"""Files that are made to hurt whoever opens them: bombs, claims, loops, floods. Each a few hundred KiB at most."""

import gzip
import io
import random
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from tests.containers import samples
from tests.containers.winmail import winmail

MIB = 1024 * 1024


def zip_bomb() -> bytes:
    """One member of 200 MiB of zeros."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("zeros.txt", "w") as member,
    ):
        for _ in range(200):
            member.write(bytes(MIB))
    return made.getvalue()


def zip_nested(depth: int = 10) -> bytes:
    """A zip in a zip in a zip ..."""
    octets = b"the core"
    for number in range(depth):
        octets = samples.archive({f"{number}.zip": octets})
    return octets


def zip_wide_bomb() -> bytes:
    """Sixteen archives of sixteen archives of sixteen files of 1 MiB."""
    octets = bytes(MIB)
    for _ in range(3):
        octets = samples.archive({f"{number}": octets for number in range(16)})
    return octets


def zip_overlapping() -> bytes:
    """Two hundred names for the same packed octets (Fifield's better zip bomb, first form)."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(bytes(MIB)) + packed.flush()
    head = (
        struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, zlib.crc32(bytes(MIB)), len(data), MIB, 1, 0)
        + b"a"
    )
    one = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\x01\x02",
        20,
        20,
        0,
        8,
        0,
        33,
        zlib.crc32(bytes(MIB)),
        len(data),
        MIB,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
    )
    directory = (one + b"a") * 200
    start = len(head) + len(data)
    return head + data + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 200, 200, len(directory), start, 0)


def zip_many_members() -> bytes:
    """Sixty thousand empty members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}", b"")
    return made.getvalue()


def zip_claims() -> bytes:
    """A member that says it has 4 GiB less one."""
    octets = bytearray(samples.archive({"a.txt": b"x" * 1000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = octets.index(mark) + offset
        octets[at : at + 4] = b"\xfe\xff\xff\xff"
    return bytes(octets)


def gzip_bomb() -> bytes:
    """300 MiB of zeros."""
    return gzip.compress(bytes(300 * MIB), 9)


def tar_claims() -> bytes:
    """A member of 2 GiB in a file of 10 KiB."""
    entry = tarfile.TarInfo("big.txt")
    entry.size = 2 * 1024 * MIB
    return entry.tobuf() + bytes(10_240)


def tar_many() -> bytes:
    """Ten thousand members."""
    entry = tarfile.TarInfo("a")
    return entry.tobuf() * 10_000 + bytes(1024)


def xml_bomb() -> bytes:
    """A letter with entities that grow."""
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "xxxxxxxxxx">' + entities + b"]><d>&a11;</d>"
    return samples.rezipped(samples.word(), lambda name, old: bomb if name == "word/document.xml" else old)


def xml_flood() -> bytes:
    """A letter of two million tags."""
    flood = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    flood += b"<w:ins><w:t/></w:ins>" * 400_000 + b"</w:document>"
    return samples.rezipped(samples.word(), lambda name, old: flood if name == "word/document.xml" else old)


def xml_unclosed() -> bytes:
    """Half a million tags that nothing closes."""
    flood = (
        b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>" + b'<w:del a="' * 300_000
    )
    return samples.rezipped(samples.word(), lambda name, old: flood if name == "word/document.xml" else old)


def many_relationships() -> bytes:
    """A hundred thousand relationships to nowhere."""
    one = b'<Relationship Id="r" Target="nowhere.xml" Type="http://x/y"/>'

    def change(name: str, old: bytes) -> bytes:
        return old.replace(b"</Relationships>", one * 100_000 + b"</Relationships>") if name == "_rels/.rels" else old

    return samples.rezipped(samples.word(), change)


def pdf_with(body: bytes) -> bytes:
    """A PDF of these objects."""
    octets = b"%PDF-1.7\n" + body
    places = {int(found[1]): found.start(1) for found in re.finditer(rb"(?:\A|\n)(\d+) 0 obj", octets)}
    last = max(places)
    table = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(last + 1)
    )
    tail = b"xref\n0 %d\n%btrailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n"
    return octets + tail % (last + 1, table, last + 1, len(octets))


def pdf_page_loop() -> bytes:
    """Pages that are their own children."""
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [ 2 0 R 2 0 R 3 0 R ] /Count 1000000 /Parent 2 0 R >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources 3 0 R >> endobj\n"
    )


def pdf_reference_loop() -> bytes:
    """References, lengths and outlines that lead to themselves."""
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R /Outlines 4 0 R /Names 5 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [ 3 0 R ] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /Contents [ 6 0 R 6 0 R ] /Annots 3 0 R >> endobj\n"
        b"4 0 obj << /First 4 0 R /Next 4 0 R /Prev 4 0 R /Title (x) >> endobj\n5 0 obj 5 0 R endobj\n"
        b"6 0 obj << /Length 6 0 R >> stream\nBT (x) Tj ET\nendstream endobj\n"
    )


def pdf_deep() -> bytes:
    """Arrays three hundred thousand deep."""
    return pdf_with(b"1 0 obj << /Type /Catalog /Pages 2 0 R /X " + b"[" * 300_000 + b"]" * 300_000 + b" >> endobj\n")


def pdf_many_objects() -> bytes:
    """A hundred and fifty thousand objects."""
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n"
        + b"".join(b"%d 0 obj<</A(b)>>endobj\n" % number for number in range(3, 150_000))
    )


def pdf_flate_bomb() -> bytes:
    """A page of 400 MiB."""
    packed = zlib.compress(bytes(400 * MIB), 9)
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >> endobj\n"
        b"4 0 obj << /Filter /FlateDecode /Length %d >> stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    )


def pdf_nested_filters() -> bytes:
    """A stream packed five times."""
    packed = bytes(100 * MIB)
    for _ in range(5):
        packed = zlib.compress(packed, 9)
    filters = b"/FlateDecode " * 5
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R /Metadata 4 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n"
        b"4 0 obj << /Type /Metadata /Filter [ "
        + filters
        + b"] /Length %d >> stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\n"
    )


def pdf_text_flood() -> bytes:
    """A page of three million strings."""
    content = zlib.compress(b"BT " + b"(a)Tj()Tj<61>Tj " * 1_000_000 + b"ET", 9)
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >> endobj\n"
        b"4 0 obj << /Filter /FlateDecode /Length %d >> stream\n" % len(content) + content + b"\nendstream endobj\n"
    )


def pdf_brackets() -> bytes:
    """A page of unclosed strings."""
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >> endobj\n"
        b"4 0 obj << /Length 500000 >> stream\n" + b"(a(" * 166_666 + b"  \nendstream endobj\n"
    )


def rtf_deep() -> bytes:
    """A million open groups."""
    return b"{\\rtf1" + b"{" * 1_000_000


def rtf_flood() -> bytes:
    """A million control words."""
    return b"{\\rtf1" + b"\\b\\'61 x{\\i}" * 150_000 + b"}"


def jpeg_markers() -> bytes:
    """Half a million empty comments."""
    return b"\xff\xd8" + b"\xff\xfe\x00\x02" * 500_000 + samples.jpeg()[2:]


def jpeg_fill() -> bytes:
    """Two million fill octets."""
    return b"\xff\xd8" + b"\xff" * 2_000_000


def png_claims() -> bytes:
    """A chunk of 2 GiB."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31 - 1) + b"IHDR" + bytes(1000)


def png_text_bomb() -> bytes:
    """Packed texts of 60 MiB each; one behind the picture, where few look."""
    text = b"Comment\x00\x00" + zlib.compress(b"A" * 60 * MIB, 9)
    profile = b"icc\x00\x00" + zlib.compress(b"A" * 60 * MIB, 9)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    octets = samples.png()
    at = octets.index(b"IDAT") - 4
    return octets[:at] + chunk(b"iCCP", profile) + chunk(b"zTXt", text) * 3 + octets[at:]


def gif_blocks() -> bytes:
    """A million blocks of one octet."""
    octets = samples.gif()
    return octets[: octets.rindex(b"\x21\xff\x0bXMP")] + b"\x21\xfe" + b"\x01a" * 1_000_000 + b"\x00;"


def tiff_directories() -> bytes:
    """Directories that lead to each other, and values of 4 GiB."""
    entry = struct.pack("<HHII", 273, 4, 0xFFFFFFFF, 8)
    return b"II*\x00" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 8)


def tiff_overlapping() -> bytes:
    """Sixty thousand strips that all lie over each other."""
    count = 60_000
    values = 8 + 2 + 24 + 4
    head = b"II*\x00" + struct.pack("<IH", 8, 2)
    head += struct.pack("<HHII", 273, 4, count, values) + struct.pack("<HHII", 279, 4, count, values + 4 * count)
    head += struct.pack("<I", 0)
    return head + struct.pack("<I", 8) * count + struct.pack("<I", 400_000) * count


def boxes_nested() -> bytes:
    """Boxes in boxes."""
    octets = b""
    for _ in range(20_000):
        octets = struct.pack(">I", len(octets) + 8) + b"moov" + octets if len(octets) < 100_000 else octets
    return struct.pack(">I", 16) + b"ftypheic" + bytes(4) + octets


def boxes_items() -> bytes:
    """A table that says it has four billion pieces of no length."""
    iloc = b"\x02\x00\x00\x00\x00\x00" + struct.pack(">I", 4999) + (struct.pack(">IHHH", 1, 0, 0, 0xFFFF)) * 4999
    meta = struct.pack(">I", len(iloc) + 8) + b"iloc" + iloc
    hdlr = struct.pack(">I", 32) + b"hdlr" + bytes(8) + b"pict" + bytes(12)
    return (
        struct.pack(">I", 16)
        + b"ftypheic"
        + bytes(4)
        + struct.pack(">I", len(meta) + len(hdlr) + 12)
        + b"meta"
        + bytes(4)
        + hdlr
        + meta
    )


def tnef_claims() -> bytes:
    """Four billion properties in one object."""
    octets = bytearray(winmail({"a.txt": b"x"}, html=b"<p>x</p>"))
    at = octets.index(struct.pack("<I", 0x00069003)) + 8
    octets[at : at + 4] = b"\xff\xff\xff\xff"
    length = struct.unpack_from("<I", octets, at - 4)[0]
    octets[at + length : at + length + 2] = struct.pack("<H", sum(octets[at : at + length]) & 0xFFFF)
    return bytes(octets)


def tnef_many() -> bytes:
    """A hundred thousand objects."""
    one = struct.pack("<BII", 1, 0x00089006, 4) + struct.pack("<I", 0) + struct.pack("<H", 0)
    return struct.pack("<IH", 0x223E9F78, 7) + one * 50_000


def ole_loop() -> bytes:
    """Streams that come back to where they began."""
    octets = bytearray(samples.old_word())
    table = octets.rindex(struct.pack("<I", 0xFFFFFFFD)) // 512 * 512
    octets[table : table + 16] = struct.pack("<IIII", 1, 0, 1, 0)
    return bytes(octets)


def ole_endless() -> bytes:
    """Small streams stand in a chain of sectors that leads to itself."""
    octets = bytearray(samples.old_word())
    table = octets.rindex(struct.pack("<I", 0xFFFFFFFD)) // 512 * 512
    root = octets.index("Root Entry".encode("utf-16-le"))
    (start,) = struct.unpack_from("<I", octets, root + 116)
    octets[table + 4 * start : table + 4 * start + 4] = struct.pack("<I", start)
    return bytes(octets)


def ole_many() -> bytes:
    """Fifty thousand streams: the directory says so, and leads to itself."""
    octets = bytearray(samples.old_word())
    at = octets.index("1Table".encode("utf-16-le"))
    octets[at + 68 : at + 80] = struct.pack("<III", 1, 2, 3)
    return bytes(octets)


def beginnings() -> bytes:
    """Nothing but beginnings of packed data, in a file that can not be opened."""
    return b"%PDF-1.4\n1 0 obj\n" + b"\x78\x9c\x4b" * 300_000


def many_packed() -> bytes:
    """A hundred thousand packed texts in a file that can not be opened."""
    return b"%PDF-1.4\n1 0 obj\n" + zlib.compress(b"(some words) Tj " * 60) * 20_000


def broken_bomb() -> bytes:
    """A packed text of 400 MiB in a file that can not be opened."""
    return b"%PDF-1.4\n1 0 obj\nstream\n" + zlib.compress(b"A" * 400 * MIB, 9)


def noise(mark: bytes) -> Callable[[], bytes]:
    """Chance behind an honest beginning."""

    def made() -> bytes:
        return mark + random.Random(mark).randbytes(300_000)

    return made


HOSTILE: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        *(zip_bomb, zip_nested, zip_wide_bomb, zip_overlapping, zip_many_members, zip_claims, gzip_bomb, tar_claims),
        *(tar_many, xml_bomb, xml_flood, xml_unclosed, many_relationships, pdf_page_loop, pdf_reference_loop, pdf_deep),
        *(pdf_many_objects, pdf_flate_bomb, pdf_nested_filters, pdf_text_flood, pdf_brackets, rtf_deep, rtf_flood),
        *(jpeg_markers, jpeg_fill, png_claims, png_text_bomb, gif_blocks, tiff_directories, tiff_overlapping),
        *(
            boxes_nested,
            boxes_items,
            tnef_claims,
            tnef_many,
            ole_loop,
            ole_endless,
            ole_many,
            beginnings,
            many_packed,
            broken_bomb,
        ),
    )
} | {
    f"noise behind {name}": noise(mark)
    for name, mark in {
        "jpeg": b"\xff\xd8\xff\xe0",
        "png": b"\x89PNG\r\n\x1a\n",
        "gif": b"GIF89a",
        "webp": b"RIFF\xff\xff\x00\x00WEBPVP8X",
        "tiff": b"II*\x00",
        "boxes": b"\x00\x00\x00\x18ftypheic",
        "pdf": b"%PDF-1.4\n1 0 obj\n",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00",
        "zip": b"PK\x03\x04",
        "rtf": b"{\\rtf1 ",
        "tnef": b"\x78\x9f\x3e\x22",
        "gzip": b"\x1f\x8b\x08\x00",
        "xz": b"\xfd7zXZ\x00",
        "bzip2": b"BZh91AY&SY",
    }.items()
}
