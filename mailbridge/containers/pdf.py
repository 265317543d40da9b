"""Cleans PDF files (ISO 32000-1): properties, XMP, dates and names of editors go; pages, forms and files inside stay.

The file is written anew by qpdf from what its newest revision reaches, so that earlier revisions and what stands behind
the end are gone. What makes a file an invoice for machines (PDF/A, Factur-X) is said again in a fresh XMP packet. Text
is not looked at here. The only door of pikepdf for cleaning.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from mailbridge.containers.outcome import Refused, check_pixels
from mailbridge.domain.files import Trouble

CleanPart = Callable[[str, bytes], bytes]

_MOST_OBJECTS = 100_000
_MANY_LETTERS = 1024 * 1024
#: what the library says where a stream unpacks to more than the process may have
_NO_MEMORY = "bad_alloc"
#: keys that tell about makers and times, whatever dictionary they stand in (14.3.2, 14.5, 14.4)
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/SpiderInfo")
#: of annotations (12.5.6.2) and of parameters of embedded files (7.11.4)
_OF_MARKS = ("/T", "/M", "/NM", "/CreationDate", "/Popup", "/RC")
_OF_FILES = ("/ModDate", "/CreationDate", "/Mac")
#: marks of reviewers: their author stands in /T. A form field's /T is its name
_NOT_MARKS = frozenset({"/Widget", "/Link"})
_XMP_VALUE = rb"""(?:\s*=\s*["']|>)\s*([\w .-]{1,60})\s*(?:["']|<)"""
_CLAIMS = (
    b"pdfaid:part",
    b"pdfaid:conformance",
    b"fx:DocumentType",
    b"fx:DocumentFileName",
    b"fx:Version",
    b"fx:ConformanceLevel",
)
_NAMESPACES = {
    b"pdfaid": b"http://www.aiim.org/pdfa/ns/id/",
    b"fx": b"urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#",
}


def clean_pdf(octets: bytes, removed: set[str], clean_part: CleanPart) -> bytes:
    """The same pages without metadata. Refused where it is broken or asks for a password."""
    try:
        with (
            _quiet(),
            pikepdf.open(io.BytesIO(octets), suppress_warnings=True) as pdf,
        ):
            return _cleaned(pdf, octets, removed, clean_part)
    except pikepdf.PasswordError:
        raise Refused(Trouble.ENCRYPTED) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, pikepdf.ForeignObjectError, RuntimeError) as error:
        raise Refused(Trouble.TOO_MUCH_WORK if _NO_MEMORY in str(error) else Trouble.BROKEN) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """What pikepdf thinks of other people's forms goes nowhere."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _cleaned(pdf: Pdf, octets: bytes, removed: set[str], clean_part: CleanPart) -> bytes:
    if len(pdf.objects) > _MOST_OBJECTS:
        raise Refused(Trouble.TOO_MANY_PARTS)
    claims = _claims(pdf)
    if "/Info" in pdf.trailer:
        del pdf.trailer.Info
        removed.add("properties")
    for found in pdf.objects:
        if isinstance(found, Dictionary | Stream):
            _clean_object(found, removed, clean_part)
    if claims:
        pdf.Root.Metadata = pdf.make_stream(_packet(claims), {"/Type": Name.Metadata, "/Subtype": Name.XML})
    into = io.BytesIO()
    if pdf.is_encrypted:
        # Opened without a password: what it forbids stays forbidden. Its /ID belongs to the key and stays.
        pdf.save(into, encryption=True, **_manner(pdf))
    else:
        if "/ID" in pdf.trailer:
            del pdf.trailer.ID
        pdf.save(into, deterministic_id=True, **_manner(pdf))
    if octets.rstrip()[-5:] != b"%%EOF":
        removed.add("trailing data")
    return into.getvalue()


def _manner(pdf: Pdf) -> Any:
    """How to write it: big pictures that stand in it as letters stay so, since packing them anew takes seconds."""
    as_letters = sum(
        int(found.get("/Length", 0))
        for found in pdf.objects
        if isinstance(found, Stream) and _filters(found)[0][:1] == ["/ASCII85Decode"]
    )
    manner = {"object_stream_mode": pikepdf.ObjectStreamMode.preserve}
    if as_letters < _MANY_LETTERS:
        return manner
    return manner | {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def _clean_object(found: Any, removed: set[str], clean_part: CleanPart) -> None:
    for key in _TELLING:
        if key in found:
            removed.add("xmp" if key == "/Metadata" else "properties")
            del found[key]
    kind, subtype = found.get("/Type"), found.get("/Subtype")
    if "/Annots" in found:
        _clean_marks(found, removed)
    if kind == "/Sig" or ("/ByteRange" in found and "/Contents" in found):
        _blank_signature(found, removed)
    if kind == "/EmbeddedFile" or (isinstance(found, Stream) and "/Params" in found):
        _clean_file(found, removed, clean_part)
    if subtype == "/Image" and isinstance(found, Stream):
        _clean_picture(found, clean_part)


def _clean_marks(page: Any, removed: set[str]) -> None:
    """Who marked a page, and when."""
    for mark in page.Annots:
        if not isinstance(mark, Dictionary):
            continue
        telling = [key for key in _OF_MARKS if key in mark]
        if str(mark.get("/Subtype")) in _NOT_MARKS:
            telling = [key for key in telling if key in {"/M", "/NM"}]
        for key in telling:
            removed.add("comments" if key == "/T" else "properties")
            del mark[key]


def _blank_signature(signature: Any, removed: set[str]) -> None:
    """A signature names its owner, and is no longer true of a changed file."""
    removed.add("signature")
    for key in list(signature.keys()):
        if key != "/Type":
            del signature[key]


def _clean_file(stream: Any, removed: set[str], clean_part: CleanPart) -> None:
    """A file inside: its dates go, and it is cleaned like an attachment."""
    parameters = stream.get("/Params")
    if isinstance(parameters, Dictionary):
        for key in _OF_FILES:
            if key in parameters:
                removed.add("properties")
                del parameters[key]
    if stream.get("/Type") != "/EmbeddedFile":
        return
    content = stream.read_bytes()
    cleaned = clean_part("embedded file", content)
    if cleaned != content:
        stream.write(cleaned)
        if isinstance(parameters, Dictionary):
            for key in ("/Size", "/CheckSum"):
                if key in parameters:
                    del parameters[key]


def _clean_picture(stream: Any, clean_part: CleanPart) -> None:
    """A picture that stands in the file as JPEG may hold what any JPEG holds."""
    width, height = stream.get("/Width"), stream.get("/Height")
    if isinstance(width, int) and isinstance(height, int):
        check_pixels(width, height)
    outer, last = _filters(stream)
    if last != "/DCTDecode":
        return
    content = stream.read_raw_bytes()
    if outer:
        with pikepdf.new() as scratch:
            content = scratch.make_stream(
                content, {"/Filter": pikepdf.Array([Name(name) for name in outer])}
            ).read_bytes()
    cleaned = clean_part("picture", content)
    if cleaned != content:
        parameters = stream.get("/DecodeParms")
        parameters = parameters[-1] if isinstance(parameters, pikepdf.Array) and len(parameters) else parameters
        is_said = isinstance(parameters, Dictionary)
        stream.write(cleaned, filter=Name.DCTDecode, decode_parms=parameters if is_said else None)


def _filters(stream: Any) -> tuple[list[str], str]:
    """The names of the filters around the innermost, and that one; "" for none (ISO 32000-1, 7.4)."""
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters or "")]
    return names[:-1], (names or [""])[-1]


def _claims(pdf: Pdf) -> dict[bytes, bytes]:
    """What the XMP packet says of the kind of file, and nothing else of it."""
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, Stream):
        return {}
    packet = metadata.read_bytes()[:200_000]
    found = {}
    for name in _CLAIMS:
        value = re.search(re.escape(name) + _XMP_VALUE, packet)
        if value:
            found[name] = value[1]
    return found


def _packet(claims: dict[bytes, bytes]) -> bytes:
    prefixes = sorted({name.partition(b":")[0] for name in claims})
    spaces = b"".join(b' xmlns:%s="%s"' % (prefix, _NAMESPACES[prefix]) for prefix in prefixes)
    values = b"".join(b"<%s>%s</%s>" % (name, value, name) for name, value in claims.items())
    return (
        b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about=""' + spaces + b">" + values + b"</rdf:Description></rdf:RDF></x:xmpmeta>"
        b'<?xpacket end="r"?>'
    )
