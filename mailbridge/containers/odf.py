"""Cleans OpenDocument files (ODF 1.3: odt, ods, odp): properties, comments, tracked changes and signatures go.

Tracked insertions stay as text, tracked deletions are gone. Parts that no reader of the text needs (earlier versions,
thumbnails, configuration) are left out. Pictures inside are cleaned like attachments.
"""

import re
from collections.abc import Callable

from mailbridge.containers.markedup import Edit, edited, elements, prefixes_of, utf8
from mailbridge.containers.outcome import Budget, Refused
from mailbridge.containers.zips import STORED, Archive, Member, changed_member, packed_member, unpack, write_archive
from mailbridge.domain.files import Trouble

_MANIFEST = "META-INF/manifest.xml"
_MIMETYPE = "mimetype"
_TYPE = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z-]+)")
_KINDS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_OFFICE = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = b"urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = b"urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_CONFIG = b"urn:oasis:names:tc:opendocument:xmlns:config:1.0"
_EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    b"<office:meta/></office:document-meta>"
)
#: folders and parts that go, by how their names begin
_DROPPED = {
    "Thumbnails/": "thumbnail",
    "Configurations2/": "properties",
    "Versions/": "revisions",
    "VersionList.xml": "revisions",
    "META-INF/documentsignatures.xml": "signature",
    "META-INF/macrosignatures.xml": "signature",
    "manifest.rdf": "properties",
    "layout-cache": "properties",
}
_ACTIVE = ("Basic/", "Scripts/")
_COMMENTS = Edit(dropped=frozenset({"annotation", "annotation-end"}))
_CHANGES = Edit(dropped=frozenset({"tracked-changes", "change", "change-start", "change-end"}))
_SHEET_CHANGES = Edit(dropped=frozenset({"tracked-changes"}))
#: settings name printers, folders and databases
_SETTINGS = Edit(dropped=frozenset({"config-item"}))

CleanPart = Callable[[str, bytes], bytes]


def is_open_document(archive: Archive) -> bool:
    """True where the first member says so (ODF 1.3, part 2, 3.3)."""
    return bool(archive.members) and archive.members[0].name == _MIMETYPE


def clean_open_document(
    archive: Archive, budget: Budget, removed: set[str], clean_part: CleanPart
) -> tuple[str, bytes]:
    """Its kind, and the same document without what only tells about its makers. Refused where it can not be done."""
    declared = _TYPE.match(unpack(archive.members[0], budget))
    if declared is None:
        raise Refused(Trouble.UNSUPPORTED)
    written: list[Member] = []
    gone: set[str] = set()
    for member in archive.members:
        reason = _why_dropped(member.name)
        if reason:
            removed.add(reason)
            gone.add(member.name)
        elif member.name != _MANIFEST:
            written.append(_clean_member(member, budget, removed, clean_part))
    manifest = next((member for member in archive.members if member.name == _MANIFEST), None)
    if manifest is None:
        raise Refused(Trouble.BROKEN)
    written.append(packed_member(_MANIFEST, _manifest_without(unpack(manifest, budget), gone)))
    return _KINDS.get(declared[1].decode().partition("-")[0], "odf"), write_archive(written)


def _why_dropped(name: str) -> str:
    if name.startswith(_ACTIVE) and not name.endswith("/"):
        raise Refused(Trouble.ACTIVE, name)
    return next((reason for start, reason in _DROPPED.items() if name.startswith(start)), "")


def _clean_member(member: Member, budget: Budget, removed: set[str], clean_part: CleanPart) -> Member:
    if member.is_folder:
        return member
    content = unpack(member, budget)
    if member.name == _MIMETYPE:
        return packed_member(_MIMETYPE, content, method=STORED)
    last = member.name.rpartition("/")[2]
    if last == "meta.xml":
        if content != _EMPTY_META:
            removed.add("properties")
        return packed_member(member.name, _EMPTY_META)
    changed = _edited(last, content, removed) if last.endswith(".xml") else clean_part(member.name, content)
    return member if changed == content else changed_member(member, changed)


def _edited(name: str, content: bytes, removed: set[str]) -> bytes:
    xml = utf8(content)
    comments: set[str] = set()
    changes: set[str] = set()
    settings: set[str] = set()
    xml = edited(xml, _COMMENTS, prefixes_of(xml, _OFFICE), comments)
    xml = edited(xml, _CHANGES, prefixes_of(xml, _TEXT), changes)
    xml = edited(xml, _SHEET_CHANGES, prefixes_of(xml, _TABLE), changes)
    if name == "settings.xml":
        xml = edited(xml, _SETTINGS, prefixes_of(xml, _CONFIG), settings)
    for done, word in ((comments, "comments"), (changes, "revisions"), (settings, "properties")):
        if done:
            removed.add(word)
    return xml


def _manifest_without(content: bytes, gone: set[str]) -> bytes:
    """The list of parts without those that are gone. Refused where one of them is encrypted."""
    xml = utf8(content)
    if b"encryption-data" in xml:
        raise Refused(Trouble.ENCRYPTED)
    pieces: list[bytes] = []
    reached = 0
    for tag, attributes in elements(xml, b"file-entry"):
        if attributes.get("full-path", "") in gone and tag[0].endswith(b"/>"):
            pieces.append(xml[reached : tag.start()])
            reached = tag.end()
    return b"".join((*pieces, xml[reached:]))
