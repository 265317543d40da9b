"""Office, OpenDocument, RTF and PDF files lose what tells about their makers, and not one word of what they say."""

import base64
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

import docx
import olefile
import openpyxl
import pikepdf
import pptx
import pytest
from odf import teletype
from odf.opendocument import load as load_open_document
from odf.text import P

from mailbridge.containers.cleaning import clean
from mailbridge.containers.outcome import Cleaned
from mailbridge.containers.reading.files import read
from mailbridge.domain.files import Trouble
from tests.containers import samples
from tests.containers.compound import compound
from tests.containers.oracle import holding, is_in, pixels

MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": samples.word,
    "xlsx": samples.sheet,
    "pptx": samples.slides,
    "odt": samples.open_document,
    "rtf": samples.rich_text,
    "pdf": samples.pdf,
    "doc": samples.old_word,
    "xls": samples.old_sheet,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_T57_the_sample_shows_its_maker_before(kind: str) -> None:
    octets = MAKERS[kind]()
    assert is_in(samples.AUTHOR, octets)
    assert is_in(samples.ADDRESS, octets)


@pytest.mark.parametrize("kind", MAKERS)
def test_T57_no_word_about_the_maker_is_left(kind: str) -> None:
    cleaned = _cleaned(MAKERS[kind]())
    assert cleaned.kind == kind
    assert not is_in(samples.AUTHOR, cleaned.octets)
    assert not is_in(samples.ADDRESS, cleaned.octets)


@pytest.mark.parametrize("kind", MAKERS)
def test_T58_what_the_document_says_is_still_read(kind: str) -> None:
    texts, troubles = read(_cleaned(MAKERS[kind]()).octets)
    assert troubles == ()
    assert any(samples.WORDS in text.text and not text.is_metadata for text in texts)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_reader_for_the_gate_finds_the_maker_where_nothing_was_cleaned(kind: str) -> None:
    texts, _ = read(MAKERS[kind]())
    assert any(samples.AUTHOR in text.text and text.is_metadata for text in texts)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_reader_for_the_gate_finds_nothing_in_what_was_cleaned(kind: str) -> None:
    texts, _ = read(_cleaned(MAKERS[kind]()).octets)
    assert [text for text in texts if "anary" in text.text or "Kanarka" in text.text] == []


@pytest.mark.parametrize("kind", MAKERS)
def test_cleaning_twice_changes_nothing_more(kind: str) -> None:
    once = _cleaned(MAKERS[kind]()).octets
    again = _cleaned(once)
    assert again.removed == frozenset()
    assert _cleaned(again.octets).octets == again.octets  # qpdf writes the keys of a dictionary in its own order


def test_word_reads_insertions_as_text_and_no_deletion() -> None:
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(_cleaned(samples.word()).octets)).paragraphs]
    assert paragraphs[0] == samples.WORDS
    assert paragraphs[1:] == ["An inserted line.", ""]


def test_word_names_what_was_taken_out() -> None:
    assert {"comments", "revisions", "properties", "custom data"} <= _cleaned(samples.word()).removed


def test_excel_reads_the_same_cells() -> None:
    page = openpyxl.load_workbook(io.BytesIO(_cleaned(samples.sheet()).octets)).active
    assert page is not None
    assert ([[cell.value for cell in row] for row in page.rows], page["A1"].comment) == (
        [[samples.WORDS], [1299.5]],
        None,
    )


def test_powerpoint_shows_the_same_title_and_pixels() -> None:
    before, after = samples.slides(), _cleaned(samples.slides()).octets
    assert pptx.Presentation(io.BytesIO(after)).slides[0].shapes.title.text == samples.WORDS
    assert [pixels(one) for one in _media(after)] == [pixels(one) for one in _media(before)]


def test_libreoffice_reads_the_same_paragraph_without_its_note() -> None:
    letter = load_open_document(io.BytesIO(_cleaned(samples.open_document()).octets))
    assert [teletype.extractText(one) for one in letter.getElementsByType(P)] == [samples.WORDS]


def test_an_open_document_still_begins_with_its_type() -> None:
    with zipfile.ZipFile(io.BytesIO(_cleaned(samples.open_document()).octets)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        listed = archive.read("META-INF/manifest.xml")
        assert b"Thumbnails" not in listed


def test_rtf_keeps_accents_insertions_and_the_picture() -> None:
    cleaned = _cleaned(samples.rich_text())
    texts, _ = read(cleaned.octets)
    [said] = [text.text for text in texts if text.place == "text"]
    assert (said.count("Gruß an alle."), said.count("New words."), "Old words" in said) == (1, 1, False)
    assert b"jpegblip" in cleaned.octets


def test_a_pdf_shows_the_same_page() -> None:
    before, after = samples.pdf(), _cleaned(samples.pdf()).octets
    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(after)) as new:
        assert new.pages[0].Contents.read_bytes() == old.pages[0].Contents.read_bytes()
        assert "/Info" not in new.trailer


def test_a_pdf_without_a_word_about_anybody_says_the_same_wherever_it_was_made() -> None:
    first, second = samples.pdf(), samples.pdf().replace(samples.AUTHOR.encode(), b"Somebody Quite Else")
    assert first != second
    assert _cleaned(first).octets == _cleaned(second).octets


def test_a_pdf_keeps_saying_that_it_is_an_electronic_invoice() -> None:
    packet = (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="B"/>'
        b'<rdf:Description xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">'
        b"<fx:DocumentType>INVOICE</fx:DocumentType><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>"
        b"</rdf:Description>"
        b'<rdf:Description dc:creator="' + samples.AUTHOR.encode() + b'"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    invoice = b"<rsm:CrossIndustryInvoice>47,11</rsm:CrossIndustryInvoice>"
    cleaned = _cleaned(_with(samples.pdf(), packet, {"factur-x.xml": invoice})).octets
    with pikepdf.open(io.BytesIO(cleaned)) as pdf:
        kept = pdf.Root.Metadata.read_bytes()
        assert pdf.attachments["factur-x.xml"].get_file().read_bytes() == invoice
    assert (b"<pdfaid:part>3<" in kept, b">EN 16931<" in kept) == (True, True)
    assert not is_in(samples.AUTHOR, cleaned)


def test_a_pdf_keeps_its_form_and_its_notes_but_not_who_wrote_them() -> None:
    with pikepdf.open(io.BytesIO(samples.pdf())) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 9, 9],
            Contents=pikepdf.String("Delivery on Friday"),
            T=pikepdf.String(samples.AUTHOR),
            M=pikepdf.String("D:20261120083000+01'00'"),
        )
        form = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            Rect=[0, 9, 9, 18],
            T=pikepdf.String("order"),
            V=pikepdf.String("48213"),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note), pdf.make_indirect(form)]))
        octets = _saved(pdf)
    cleaned = _cleaned(octets).octets
    texts, _ = read(cleaned)
    said = "\n".join(text.text for text in texts)
    assert ("Delivery on Friday" in said, "order" in said, "48213" in said) == (True, True, True)
    assert not is_in(samples.AUTHOR, cleaned)


@pytest.mark.parametrize("outer", [(), ("/FlateDecode",), ("/ASCII85Decode",), ("/ASCII85Decode", "/FlateDecode")])
def test_a_photo_in_a_pdf_loses_its_exif_and_no_pixel(outer: tuple[str, ...]) -> None:
    photo = samples.jpeg()
    packed = zlib.compress(photo) if "/FlateDecode" in outer else photo
    packed = base64.a85encode(packed) + b"~>" if "/ASCII85Decode" in outer else packed
    with pikepdf.open(io.BytesIO(samples.pdf())) as pdf:
        image = pdf.make_stream(packed, {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image})
        image.Width, image.Height, image.BitsPerComponent = 40, 30, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB
        image.Filter = pikepdf.Array([pikepdf.Name(name) for name in (*outer, "/DCTDecode")])
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im1=image)
        octets = _saved(pdf)
    cleaned = _cleaned(octets).octets
    assert not is_in(samples.AUTHOR, cleaned)
    with pikepdf.open(io.BytesIO(cleaned)) as pdf:
        assert pixels(pdf.pages[0].Resources.XObject.Im1.read_raw_bytes()) == pixels(photo)


def test_a_pdf_of_an_earlier_revision_is_gone() -> None:
    octets = samples.pdf()
    hidden = octets.replace(b"%%EOF", b"", 1) + b"99 0 obj\n(" + samples.AUTHOR.encode() + b")\nendobj\n%%EOF\n"
    assert not is_in(samples.AUTHOR, clean(hidden).octets) or clean(hidden).troubles != ()


@pytest.mark.parametrize(("user", "owner", "troubles"), [("secret", "secret", (Trouble.ENCRYPTED,)), ("", "owner", ())])
def test_a_pdf_that_asks_for_a_password_is_encrypted(user: str, owner: str, troubles: tuple[Trouble, ...]) -> None:
    with pikepdf.open(io.BytesIO(samples.pdf())) as pdf:
        made = io.BytesIO()
        pdf.save(made, encryption=pikepdf.Encryption(user=user, owner=owner))
    cleaned = clean(made.getvalue())
    assert tuple(one.trouble for one in cleaned.troubles) == troubles
    if not troubles:
        texts, _ = read(cleaned.octets)
        assert any(samples.WORDS in text.text for text in texts)
        assert samples.AUTHOR not in "\n".join(text.text for text in texts)


def test_K3_a_number_in_a_pdf_is_read_whatever_way_its_letters_are_set() -> None:
    made = io.BytesIO()
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(made)
    page.drawString(72, 700, "Call (0)30 901820", charSpace=4)
    words = page.beginText(72, 600)
    for letter in "sales@acme.example":
        words.textOut(letter)
        words.moveCursor(7, 0)
    page.drawText(words)
    page.showPage()
    page.save()
    texts, _ = read(made.getvalue())
    said = "\n".join(text.text for text in texts)
    assert "Call (0)30 901820" in said
    assert "sales@acme.example" in said


def test_a_pdf_with_an_embedded_font_is_read() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    made = io.BytesIO()
    page = canvas.Canvas(made)
    page.setFont("Vera", 12)
    page.drawString(72, 700, "Straße nach Łódź: größer")
    page.showPage()
    page.save()
    texts, _ = read(_cleaned(made.getvalue()).octets)
    assert any("Straße nach" in text.text and "größer" in text.text for text in texts)


@pytest.mark.parametrize(
    ("relation", "part"), [("vbaProject", "word/vbaProject.bin"), ("oleObject", "word/embeddings/oleObject1.bin")]
)
def test_macros_and_embedded_programs_are_refused(relation: str, part: str) -> None:
    entry = (
        f'<Relationship Id="rV" Target="{part.removeprefix("word/")}" '
        f'Type="http://schemas.microsoft.com/office/2006/relationships/{relation}"/></Relationships>'
    ).encode()

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</Relationships>", entry) if name == "word/_rels/document.xml.rels" else content

    octets = samples.rezipped(samples.word(), change, {part: b"\xd0\xcf\x11\xe0" + bytes(100)})
    assert [one.trouble for one in clean(octets).troubles] == [Trouble.ACTIVE]


def test_a_sheet_inside_a_letter_is_cleaned_too() -> None:
    entry = (
        b'<Relationship Id="rE" Target="embeddings/prices.xlsx" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"/></Relationships>'
    )

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</Relationships>", entry) if name == "word/_rels/document.xml.rels" else content

    cleaned = _cleaned(samples.rezipped(samples.word(), change, {"word/embeddings/prices.xlsx": samples.sheet()}))
    assert not is_in(samples.AUTHOR, cleaned.octets)
    with zipfile.ZipFile(io.BytesIO(cleaned.octets)) as archive:
        assert "word/embeddings/prices.xlsx" in archive.namelist()


@pytest.mark.parametrize("make", [samples.old_word, samples.old_sheet])
def test_K4_an_old_document_changes_only_where_it_told_of_its_maker(make: Callable[[], bytes]) -> None:
    before, after = make(), _cleaned(make()).octets
    assert len(after) == len(before)
    with olefile.OleFileIO(before) as old, olefile.OleFileIO(after) as new:
        assert new.listdir() == old.listdir()
        for path in (path for path in old.listdir() if path[-1] in {"WordDocument", "Workbook"}):
            one, other = (file.openstream(path).read() for file in (old, new))
            changed = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
            assert changed == [] or changed[-1] - changed[0] < 112
        assert new.getproperties("\x05SummaryInformation") == {1: 1252}


@pytest.mark.parametrize(
    ("octets", "trouble"),
    [
        (compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(100)}), Trouble.ENCRYPTED),
        (samples.old_word(more={"Macros/VBA": b"Sub AutoOpen"}), Trouble.ACTIVE),
        (samples.old_word(more={"_1/\x01Ole10Native": b"MZ"}), Trouble.ACTIVE),
        (compound({"__properties_version1.0": bytes(64), "__substg1.0_1000001F": b"x"}), Trouble.UNSUPPORTED),
        (compound({"WordDocument": struct.pack("<10xH", 0x0100).ljust(5000)}), Trouble.ENCRYPTED),
        (compound({"Workbook": struct.pack("<HH16xHH", 0x809, 16, 0x2F, 0).ljust(5000, b"\x00")}), Trouble.ENCRYPTED),
    ],
    ids=["encrypted package", "macros", "program", "mail", "encrypted letter", "encrypted sheet"],
)
def test_an_old_file_that_can_not_be_looked_into_is_held(octets: bytes, trouble: Trouble) -> None:
    cleaned = clean(octets)
    assert (holding(cleaned), cleaned.octets) == ([trouble], octets)


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "ISO-8859-2"])
def test_a_sheet_in_another_charset_is_cleaned_and_says_the_same(charset: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        if not name.endswith(".xml"):
            return content
        text = content.decode().replace("UTF-8", charset).replace("utf-8", charset)
        head = "" if text.startswith("<?xml") else f'<?xml version="1.0" encoding="{charset}"?>'
        return (head + text).replace("oak", "öak").encode(charset)

    cleaned = _cleaned(samples.rezipped(samples.sheet(), change))
    page = openpyxl.load_workbook(io.BytesIO(cleaned.octets)).active
    assert page is not None
    assert (page["A1"].value, is_in(samples.AUTHOR, cleaned.octets)) == (samples.WORDS.replace("oak", "öak"), False)


def test_an_open_document_of_old_openoffice_is_cleaned() -> None:
    kind = b'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'

    def change(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"<manifest:manifest", kind + b"\n<manifest:manifest", 1) if "manifest" in name else content
        )

    cleaned = _cleaned(samples.rezipped(samples.open_document(), change))
    assert not is_in(samples.AUTHOR, cleaned.octets)


def test_K3_an_old_letter_says_what_it_says_in_letters_of_both_widths() -> None:
    for codec in ("utf-16-le", "cp1252"):
        text = "Ruf an: +48 601 234 567, Grüße Łukasz".encode(codec, "replace")
        texts, _ = read(compound({"WordDocument": bytes(600) + text + bytes(4000)}))
        told = "\n".join(one.text for one in texts)
        assert ("+48 601 234 567" in told, "Grüße" in told) == (True, True)


@pytest.mark.parametrize("kind", MAKERS)
def test_T58_a_cut_document_is_left_as_it_is_unless_it_can_be_mended(kind: str) -> None:
    octets = MAKERS[kind]()
    for end in (20, 60, len(octets) // 3, len(octets) // 2, len(octets) - 30):
        cut = clean(octets[:end])
        assert holding(cut) == []
        assert cut.octets == octets[:end] or (kind == "pdf" and cut.octets.startswith(b"%PDF"))
        assert [one for one in read(octets[:end])[1] if one.trouble.holds] == []


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt"])
def test_K3_what_a_cut_document_still_says_is_read(kind: str) -> None:
    octets = MAKERS[kind]()
    cut = octets[: octets.rindex(b"PK\x01\x02") - 1]  # its directory is gone: programs offer to mend it
    texts, troubles = read(cut)
    assert samples.WORDS in "\n".join(text.text for text in texts)
    assert troubles != ()


def test_K3_what_a_pdf_without_a_root_still_says_is_read() -> None:
    page = b"BT /F1 12 Tf (Call +48 601 234 567) Tj ET"
    stream = b"4 0 obj << /Filter /FlateDecode >> stream\n" + zlib.compress(page) + b"\nendstream endobj\n"
    texts, troubles = read(b"%PDF-1.4\n" + stream + b"trailer << >>\n%%EOF")
    assert any("+48 601 234 567" in text.text for text in texts)
    assert [one.trouble for one in troubles] == [Trouble.BROKEN]


def test_a_pdf_with_a_wrong_table_is_mended_and_cleaned() -> None:
    octets = samples.pdf()
    at = octets.rindex(b"startxref") + 10
    cleaned = clean(octets[:at] + b"7" + octets[at + 1 :])
    assert (cleaned.troubles, is_in(samples.AUTHOR, cleaned.octets)) == ((), False)
    assert any(samples.WORDS in text.text for text in read(cleaned.octets)[0])


@pytest.mark.parametrize("tail", [b"\n", b"x", b"\x00" * 40, b"\r\n-- \r\nscanned by"])
@pytest.mark.parametrize("kind", MAKERS)
def test_a_garbage_octet_behind_a_document_does_not_matter(kind: str, tail: bytes) -> None:
    cleaned = clean(MAKERS[kind]() + tail)
    assert (holding(cleaned), is_in(samples.AUTHOR, cleaned.octets)) == ([], False)
    assert samples.WORDS in "\n".join(text.text for text in read(cleaned.octets)[0])


def _cleaned(octets: bytes) -> Cleaned:
    cleaned = clean(octets)
    assert cleaned.troubles == ()
    return cleaned


def _media(octets: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return [archive.read(name) for name in archive.namelist() if "/media/" in name]


def _with(octets: bytes, packet: bytes, files: dict[str, bytes]) -> bytes:
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        pdf.Root.Metadata = pdf.make_stream(packet, {"/Type": pikepdf.Name.Metadata, "/Subtype": pikepdf.Name.XML})
        for name, content in files.items():
            pdf.attachments[name] = content
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pdf.save(made)
    return made.getvalue()
