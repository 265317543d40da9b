"""Cleans Office files (docx, xlsx, pptx; ECMA-376): properties, comments, revisions and custom data go, what is read
stays.

Works on the package, not on the document: every part that a kept relationship does not reach is left out, so nothing
hides beside. Tracked insertions become plain text, tracked deletions are gone. Pictures inside are cleaned like
attachments.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from mailbridge.containers.markedup import Edit, edited, elements, prefixes_of, utf8
from mailbridge.containers.outcome import Budget, Refused
from mailbridge.containers.zips import Archive, Member, changed_member, unpack, write_archive
from mailbridge.domain.files import Trouble

_TYPES = "[Content_Types].xml"
_ROOT_RELATIONS = "_rels/.rels"
#: relationships that go with the part they lead to, by the last word of their type
_DROPPED_RELATIONS = {
    **dict.fromkeys(
        ("core-properties", "extended-properties", "custom-properties", "classificationlabels"), "properties"
    ),
    **dict.fromkeys(
        ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "person"), "comments"
    ),
    **dict.fromkeys(("threadedComment", "commentAuthors", "authors", "documenttasks"), "comments"),
    **dict.fromkeys(("customXml", "customXmlProps", "customXmlData", "recipientData"), "custom data"),
    **dict.fromkeys(("revisionHeaders", "revisionLog", "usernames", "revisionInfo", "changesInfo"), "revisions"),
    **dict.fromkeys(("thumbnail",), "thumbnail"),
    **dict.fromkeys(("printerSettings", "attachedTemplate", "mailMergeSource", "mailMergeHeaderSource"), "properties"),
    **dict.fromkeys(("origin", "signature", "certificate"), "signature"),
}
_ACTIVE_RELATIONS = frozenset(
    {"vbaProject", "wordVbaData", "control", "activeXControlBinary", "xlMacrosheet", "oleObject"}
)
_PACKAGE_RELATION = "package"
_WORD = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SHEET = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac",
    b"http://schemas.microsoft.com/office/spreadsheetml/2014/revision",
)
_SLIDE = (
    b"http://schemas.openxmlformats.org/presentationml/2006/main",
    b"http://purl.oclc.org/ooxml/presentationml/main",
)
_COMMENTS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"})
_REVISIONS = frozenset(
    (
        *("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange"),
        *("tcPrChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "moveFromRangeStart"),
        *("moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd"),
        *("customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart"),
        *("customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    )
)
_WORD_PROPERTIES = frozenset(
    {"attachedTemplate", "mailMerge", "docVars", "rsids", "dataBinding", "permStart", "permEnd", "writeProtection"}
)
_WORD_EDIT = Edit(
    dropped=_COMMENTS | _REVISIONS | _WORD_PROPERTIES,
    opened=frozenset({"ins", "moveTo"}),
    attributes=frozenset(("rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidDel", "rsidTr", "rsidSect")),
)
_SHEET_EDIT = Edit(dropped=frozenset({"fileSharing", "absPath", "revisionPtr"}))
#: of a sheet with comments: what draws their frames
_LEGACY_EDIT = Edit(dropped=frozenset({"legacyDrawing"}))
_SLIDE_EDIT = Edit(dropped=frozenset({"custDataLst"}))
_PAGE_SETUP = re.compile(rb"""(<(?:[\w.-]{1,60}:)?pageSetup(?=[\s/>])[^<>]*?)\s[\w.-]{1,60}:id\s*=\s*["'][^"'<]*["']""")
#: connections to databases and files: where to and with which name
_CONNECTION = Edit(attributes=frozenset({"connection", "sourceFile", "odcFile", "singleSignOnId", "command"}))
_EMPTY_OVERRIDE = re.compile(rb"""<(?:[\w.-]{1,60}:)?Override(?=\s)[^<>]*/>""")
_LOCAL_PATH = re.compile(r"\A(?:file:|[a-z]:[\\/]|\\\\)|\\", re.IGNORECASE)

CleanPart = Callable[[str, bytes], bytes]


@dataclass(slots=True)
class _Package:
    members: dict[str, Member]
    budget: Budget
    removed: set[str]
    #: cleans a picture or an embedded document; gets the name and the octets
    clean_part: CleanPart
    #: parts that stay, with new content where it changed
    kept: dict[str, bytes | None] = field(default_factory=dict)
    read: dict[str, bytes] = field(default_factory=dict)

    def content(self, name: str) -> bytes:
        """One part, unpacked once."""
        if name not in self.read:
            self.read[name] = unpack(self.members[name], self.budget)
        return self.read[name]


def is_office(archive: Archive) -> bool:
    """True for a package of ECMA-376, part 2."""
    names = {member.name for member in archive.members}
    return _TYPES in names and _ROOT_RELATIONS in names


def office_kind(archive: Archive) -> str:
    """ "docx", "xlsx", "pptx", or "office" for any other package."""
    tops = {member.name.partition("/")[0] for member in archive.members}
    return next((kind for top, kind in (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx")) if top in tops), "office")


def clean_office(archive: Archive, budget: Budget, removed: set[str], clean_part: CleanPart) -> bytes:
    """The same document without what only tells about its makers. Refused where it can not be done."""
    members = {member.name: member for member in archive.members if not member.is_folder}
    package = _Package(members, budget, removed, clean_part)
    package.kept[_TYPES] = None
    _follow(package, "", _ROOT_RELATIONS)
    if len(package.kept) <= 2:
        raise Refused(Trouble.BROKEN)
    dropped = set(members) - set(package.kept)
    if dropped:
        if not removed:
            removed.add("unused parts")
        package.kept[_TYPES] = _types_without(package.content(_TYPES), dropped)
    return write_archive(_written(package))


def _written(package: _Package) -> list[Member]:
    written = []
    for name, member in package.members.items():
        if name in package.kept:
            content = package.kept[name]
            written.append(member if content is None else changed_member(member, content))
    return written


def _follow(package: _Package, source: str, relations: str) -> None:
    """Keep what the relationships of one part lead to, and so on; each part once."""
    waiting = [(source, relations)]
    while waiting:
        of, name = waiting.pop()
        if name not in package.members:
            continue
        types, targets = _clean_relations(package, of, name)
        for target in targets:
            if target in package.kept or target not in package.members:
                continue
            _keep_part(package, target)
            waiting.append((target, _relations_of(target)))
        if of:
            _edit_part(package, of, types)


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _clean_relations(package: _Package, source: str, name: str) -> tuple[set[str], list[str]]:
    """Write the relationships that stay; the types that were there, and the parts the kept ones lead to."""
    xml = utf8(package.content(name))
    types: set[str] = set()
    targets: list[str] = []
    pieces: list[bytes] = []
    reached = 0
    has_comments = b'/comments"' in xml or b"/comments'" in xml
    for tag, attributes in elements(xml, b"Relationship"):
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        types.add(kind)
        changed: bytes | None = None
        if kind in _ACTIVE_RELATIONS:
            raise Refused(Trouble.ACTIVE, source)
        if kind in _DROPPED_RELATIONS or (kind == "vmlDrawing" and has_comments):
            package.removed.add(_DROPPED_RELATIONS.get(kind, "comments"))
            changed = b""
        elif attributes.get("TargetMode") == "External":
            changed = _without_path(tag[0], target, package.removed)
        else:
            targets.append(_resolved(source, target))
        if changed is not None:
            pieces += [xml[reached : tag.start()], changed]
            reached = tag.end()
    pieces.append(xml[reached:])
    cleaned = b"".join(pieces)
    package.kept[name] = None if cleaned == package.content(name) else cleaned
    return types, targets


def _without_path(tag: bytes, target: str, removed: set[str]) -> bytes | None:
    """A link to a file on the author's disk keeps the name of the file."""
    if not _LOCAL_PATH.search(target):
        return None
    removed.add("paths")
    name = re.split(r"[\\/]", target)[-1]
    safe = re.sub(r"[^\w.-]", "_", name).encode()
    return re.sub(rb"""(\sTarget\s*=\s*)(?:"[^"<]*"|'[^'<]*')""", lambda found: found[1] + b'"' + safe + b'"', tag)


def _resolved(source: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def _keep_part(package: _Package, name: str) -> None:
    """Keep one part; pictures and embedded documents are cleaned, XML is edited when its relationships are known."""
    package.kept[name] = None
    suffix = name.rpartition(".")[2].lower()
    if suffix in {"xml", "rels", "vml"}:
        if _relations_of(name) not in package.members:
            _edit_part(package, name, set())
        return
    content = package.content(name)
    cleaned = package.clean_part(name, content)
    if cleaned != content:
        package.kept[name] = cleaned
    package.read.pop(name, None)


def _edit_part(package: _Package, name: str, types: set[str]) -> None:
    """Cut out of one XML part what belongs to what was dropped."""
    if name.rpartition(".")[2].lower() not in {"xml", "vml"}:
        return
    content = package.content(name)
    xml = utf8(content)
    done: set[str] = set()
    xml = edited(xml, _WORD_EDIT, prefixes_of(xml, *_WORD), done)
    sheet = prefixes_of(xml, *_SHEET)
    xml = edited(xml, _SHEET_EDIT, sheet, done)
    if types & {"comments", "threadedComment"}:
        xml = edited(xml, _LEGACY_EDIT, sheet, done)
    xml = edited(xml, _SLIDE_EDIT, prefixes_of(xml, *_SLIDE), done)
    if name.endswith("/connections.xml"):
        xml = edited(xml, _CONNECTION, (), done)
    if "printerSettings" in types:
        xml = _PAGE_SETUP.sub(rb"\1", xml)
    _note(done, package.removed)
    package.kept[name] = None if xml == content else xml
    package.read.pop(name, None)


def _note(done: set[str], removed: set[str]) -> None:
    if done & _COMMENTS:
        removed.add("comments")
    if done & (_REVISIONS | _WORD_EDIT.opened):
        removed.add("revisions")
    if done - _COMMENTS - _REVISIONS - _WORD_EDIT.opened:
        removed.add("properties")


def _types_without(xml: bytes, dropped: set[str]) -> bytes:
    """[Content_Types].xml without the parts that are gone."""

    def kept(override: re.Match[bytes]) -> bytes:
        found = re.search(rb"""PartName\s*=\s*["']/([^"'<]*)["']""", override[0])
        return b"" if found and found[1].decode("utf-8", "replace") in dropped else override[0]

    return _EMPTY_OVERRIDE.sub(kept, utf8(xml))
