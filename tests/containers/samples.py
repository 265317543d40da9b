"""Small real files, made by the programs people use, with a canary in every place that only tells about the maker.

`AUTHOR` stands in metadata only: none may be left. `WORDS` stands in what the document says: all must be.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import docx
import olefile
import openpyxl
import pptx
import xlwt
from odf import dc, office, text
from odf.opendocument import OpenDocumentText
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin
from reportlab.pdfgen import canvas

from tests.containers.compound import compound, summary

#: canaries of class R and H
ADDRESS = "canary.mailbox@secret-shop.example"
AUTHOR = "Kanarka Tajnowska"
#: what the file is for
WORDS = "The oak table is 140 cm wide"
_WHEN = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
_MAKER = f"{AUTHOR} <{ADDRESS}>"


def picture(size: tuple[int, int] = (40, 30)) -> Image.Image:
    """Pixels that differ from each other."""
    made = Image.new("RGB", size)
    made.putdata([(x * 6 % 256, y * 8 % 256, (x * y) % 256) for y in range(size[1]) for x in range(size[0])])
    return made


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: who, what with, where, which side is up."""
    fields = Image.Exif()
    fields[0x0112] = orientation
    fields[0x013B] = _MAKER  # Artist
    fields[0x8298] = _MAKER  # Copyright
    fields[0x010E] = _MAKER  # ImageDescription
    fields[0x0131] = f"Camera of {AUTHOR}"
    fields[0x9C9D] = (_MAKER + "\x00").encode("utf-16-le")  # author, as Windows writes it
    fields.get_ifd(0x8769)[0x9286] = b"ASCII\x00\x00\x00" + _MAKER.encode()  # UserComment
    fields.get_ifd(0x8769)[0xA430] = _MAKER  # CameraOwnerName
    fields.get_ifd(0x8825).update({1: "N", 2: (52.0, 13.0, 47.0), 3: "E", 4: (21.0, 0.0, 42.0), 29: "2026:11:20"})
    return fields


def xmp() -> bytes:
    """An XMP packet."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{AUTHOR}" dc:rights="{ADDRESS}"/></rdf:RDF>'
        '</x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def iptc() -> bytes:
    """A Photoshop segment with an IPTC by-line."""
    record = b"\x1c\x02\x50" + struct.pack(">H", len(_MAKER)) + _MAKER.encode()
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record + b"\x00" * (len(record) % 2)
    return b"Photoshop 3.0\x00" + block


def jpeg(orientation: int = 1) -> bytes:
    """A photo of a phone that went through a program for photographers."""
    made = io.BytesIO()
    picture().save(made, "JPEG", exif=exif(orientation), xmp=xmp(), comment=_MAKER.encode(), quality=90)
    octets = made.getvalue()
    segment = iptc()
    extra = b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment
    # A film or a second picture behind the first, as phones put it there.
    return octets[:2] + extra + octets[2:] + b"MotionPhoto " + _MAKER.encode()


def png(orientation: int = 1) -> bytes:
    """A drawing with texts of each kind."""
    fields = PngImagePlugin.PngInfo()
    fields.add_text("Author", _MAKER)
    fields.add_text("Description", _MAKER * 3, zip=True)
    fields.add_itxt("Comment", _MAKER, "de", "Kommentar", zip=True)
    fields.add_itxt("XML:com.adobe.xmp", xmp().decode())
    made = io.BytesIO()
    picture().save(made, "PNG", pnginfo=fields, exif=exif(orientation))
    octets = made.getvalue()
    body = b"prVt" + _MAKER.encode()
    private = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    at = octets.index(b"IDAT") - 4
    return octets[:at] + private + octets[at:] + _MAKER.encode()


def gif() -> bytes:
    """An animation with a comment and XMP."""
    made = io.BytesIO()
    frames = [picture((20, 20)), picture((20, 20)).rotate(90)]
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=80, comment=_MAKER.encode())
    octets = made.getvalue().rstrip(b";")
    trailer = b"".join(bytes((255 - value,)) for value in range(256))
    return octets + b"\x21\xff\x0bXMP DataXMP" + xmp() + b"\x01" + trailer + b"\x00;" + _MAKER.encode()


def webp(orientation: int = 1) -> bytes:
    """A picture of the web."""
    made = io.BytesIO()
    picture().save(made, "WEBP", lossless=True, exif=exif(orientation), xmp=xmp())
    return made.getvalue()


def tiff(orientation: int = 1) -> bytes:
    """Two scanned pages."""
    made = io.BytesIO()
    fields = exif(orientation)
    fields[700] = xmp()
    fields[33723] = iptc()
    picture().save(
        made, "TIFF", exif=fields, save_all=True, append_images=[picture().rotate(180)], compression="tiff_lzw"
    )
    return made.getvalue() + _MAKER.encode()


def avif(orientation: int = 1) -> bytes:
    """A picture in boxes."""
    made = io.BytesIO()
    picture((64, 64)).save(made, "AVIF", exif=exif(orientation), xmp=xmp(), quality=90)
    return made.getvalue()


def heic() -> bytes:
    """A photo of an iPhone's kind."""
    import pillow_heif

    made = io.BytesIO()
    photo = pillow_heif.from_pillow(picture((64, 64)))
    photo.save(made, exif=exif().tobytes(), xmp=xmp())
    return made.getvalue()


def pdf(words: str = WORDS) -> bytes:
    """A letter with properties."""
    made = io.BytesIO()
    page = canvas.Canvas(made, invariant=False)
    page.setAuthor(AUTHOR)
    page.setTitle("Letter")
    page.setSubject(_MAKER)
    page.setKeywords(ADDRESS)
    page.setCreator(_MAKER)
    page.drawString(72, 700, words)
    page.showPage()
    page.save()
    return made.getvalue()


def word(words: str = WORDS) -> bytes:
    """A letter with properties, a comment, and tracked changes."""
    letter = docx.Document()
    properties = letter.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.category = _MAKER
    paragraph = letter.add_paragraph(words)
    letter.add_comment(paragraph.runs, text=f"Ask {_MAKER}", author=AUTHOR, initials="KT")
    made = io.BytesIO()
    letter.save(made)
    return _tracked(made.getvalue())


def _tracked(octets: bytes) -> bytes:
    """The letter as Word saves it with change tracking on, custom XML beside it, a template and a photo."""
    track = f'w:id="1" w:author="{AUTHOR}" w:date="2026-11-20T08:30:00Z"'
    body = (
        f"<w:p><w:ins {track}><w:r><w:t>An inserted line.</w:t></w:r></w:ins>"
        f"<w:del {track}><w:r><w:delText>Old words of {_escaped(_MAKER)}</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:pPr><w:pPrChange {track}><w:pPr/></w:pPrChange><w:rPr><w:ins {track}/></w:rPr></w:pPr></w:p>"
    ).encode()
    relation = (
        '<Relationship Id="rCustom" Target="../customXml/item9.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"/>'
    )
    template = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rT" TargetMode="External" Target="file:///C:\\Users\\' + AUTHOR + '\\letter.dotx" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )

    def change(name: str, content: bytes) -> bytes:
        if name == "word/document.xml":
            return content.replace(b"<w:sectPr", body + b"<w:sectPr", 1).replace(
                b"<w:p>", b'<w:p w:rsidR="00CA11A9">', 1
            )
        if name == "word/_rels/document.xml.rels":
            return content.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        if name == "word/settings.xml":
            at = content.index(b">", content.index(b"<w:settings")) + 1
            more = b'<w:attachedTemplate r:id="rT" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
            return content[:at] + more + b'<w:rsids><w:rsid w:val="00CA11A9"/></w:rsids>' + content[at:]
        return content

    extra = {
        "customXml/item9.xml": f"<client>{_escaped(_MAKER)}</client>".encode(),
        "word/_rels/settings.xml.rels": template.encode(),
        "word/media/unused.jpg": jpeg(),
    }
    return rezipped(octets, change, extra)


def _escaped(words: str) -> str:
    return words.replace("<", "&lt;").replace(">", "&gt;")


def rezipped(octets: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """A zip file with changed members and more of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)), entry.compress_type)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
        new.comment = _MAKER.encode()
    return made.getvalue()


def sheet(words: str = WORDS) -> bytes:
    """A price list with properties, comments and the path it was saved under."""
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = book.properties.description = _MAKER
    page = book.active
    assert page is not None
    page["A1"] = words
    page["A2"] = 1299.5
    page["A1"].comment = Comment(f"From {_MAKER}", AUTHOR)
    made = io.BytesIO()
    book.save(made)
    path = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" '
        f'url="C:\\Users\\{AUTHOR}\\"/></mc:Choice></mc:AlternateContent>'
    ).encode()
    return rezipped(
        made.getvalue(),
        lambda name, content: (
            content.replace(b"<bookViews", path + b"<bookViews") if name == "xl/workbook.xml" else content
        ),
    )


def slides(words: str = WORDS) -> bytes:
    """A presentation with properties, comment authors and a picture of a phone."""
    deck = pptx.Presentation()
    deck.core_properties.author = deck.core_properties.last_modified_by = deck.core_properties.comments = _MAKER
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = words
    slide.shapes.add_picture(io.BytesIO(jpeg()), 0, 0)
    made = io.BytesIO()
    deck.save(made)
    relation = (
        '<Relationship Id="rA" Target="commentAuthors.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/commentAuthors"/></Relationships>'
    )
    authors = (
        '<p:cmAuthorLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
        f'<p:cmAuthor id="1" name="{AUTHOR}" initials="KT" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
    ).encode()

    def change(name: str, content: bytes) -> bytes:
        is_one = name == "ppt/_rels/presentation.xml.rels"
        return content.replace(b"</Relationships>", relation.encode()) if is_one else content

    return rezipped(made.getvalue(), change, {"ppt/commentAuthors.xml": authors})


def open_document(words: str = WORDS) -> bytes:
    """A letter of LibreOffice with properties, a note and tracked changes."""
    letter = OpenDocumentText()
    letter.meta.addElement(dc.Creator(text=AUTHOR))
    letter.meta.addElement(dc.Description(text=_MAKER))
    paragraph = text.P(text=words)
    note = office.Annotation()
    note.addElement(dc.Creator(text=AUTHOR))
    note.addElement(text.P(text=f"Ask {_MAKER}"))
    paragraph.addElement(note)
    letter.text.addElement(paragraph)
    made = io.BytesIO()
    letter.save(made)
    tracked = (
        '<text:tracked-changes xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:changed-region '
        f'text:id="ct1"><text:deletion><office:change-info><dc:creator>{AUTHOR}</dc:creator></office:change-info>'
        f"<text:p>Old words of {_escaped(_MAKER)}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    ).encode()

    def change(name: str, content: bytes) -> bytes:
        if name != "content.xml":
            return content
        at = content.index(b"<office:text>") + len(b"<office:text>")
        return (
            content[:at] + tracked + content[at:].replace(b"</text:p>", b'<text:change text:change-id="ct1"/></text:p>')
        )

    return rezipped(made.getvalue(), change, {"Thumbnails/thumbnail.png": png()})


def rich_text(words: str = WORDS) -> bytes:
    """A letter as WordPad's bigger brothers write it."""
    photo = jpeg().hex()
    return (
        r"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0 Arial;}}{\info{\title Letter}{\author "
        + AUTHOR
        + r"}{\operator "
        + AUTHOR
        + r"}{\doccomm "
        + ADDRESS
        + r"}}{\*\company "
        + _MAKER
        + r"}{\*\revtbl{Unknown;}{"
        + AUTHOR
        + r";}}"
        r"{\*\rsidtbl \rsid1234\rsid5678}\pard " + words + r"\par Gru\'df an alle.\par "
        r"{\*\atnid KT}{\*\atnauthor " + AUTHOR + r"}{\*\annotation\pard Ask " + _MAKER + r"}"
        r"{\deleted\revauthdel1 Old words of " + _MAKER + r"}{\insrsid1234 \revised\revauth1 New words.}\par "
        r"{\pict\jpegblip\picw40\pich30 " + photo + r"}\par }"
    ).encode("ascii")


def archive(members: dict[str, bytes]) -> bytes:
    """A zip file of a person, with a comment."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _WHEN.timetuple()[:6])
            entry.comment = _MAKER.encode()
            entry.extra = struct.pack("<HH", 0x7075, len(_MAKER)) + _MAKER.encode()
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
        new.comment = _MAKER.encode()
    return made.getvalue()


def _old_properties() -> dict[str, bytes]:
    told = summary({2: f"Prices of {_MAKER}", 4: AUTHOR, 8: AUTHOR, 15: f"{AUTHOR} Ltd"})
    return {"\x05SummaryInformation": told, "\x05DocumentSummaryInformation": told}


def old_word(words: str = WORDS, more: dict[str, bytes] | None = None) -> bytes:
    """A letter as Word 97 kept it: text of 16 bits, a table of who saved it, a photo; `more` streams beside."""
    head = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x409, 0, 0x0200).ljust(0x800, b"\x00")
    saved_by = struct.pack("<HHH", 0xFFFF, 1, len(AUTHOR)) + AUTHOR.encode("utf-16-le")
    streams = {
        "WordDocument": head + f"{words}\rKind regards\r".encode("utf-16-le").ljust(4096, b"\x00"),
        "1Table": b"\x01\x02\x03" * 50 + saved_by + b"\x04" * 90,
        "Data": jpeg().partition(b"MotionPhoto")[0],
    }
    return compound(streams | _old_properties() | (more or {}))


def old_sheet(words: str = WORDS) -> bytes:
    """A price list as Excel 97 kept it, with who wrote it last."""
    book = xlwt.Workbook()
    book.owner = AUTHOR
    page = book.add_sheet("Prices")
    page.write(0, 0, words)
    page.write(1, 0, 1299.5)
    made = io.BytesIO()
    book.save(made)
    with olefile.OleFileIO(made.getvalue()) as ole:
        stream = ole.openstream("Workbook").read()
    return compound({"Workbook": stream} | _old_properties())
