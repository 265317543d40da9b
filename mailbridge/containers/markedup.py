"""Edits XML parts of documents without building a tree: elements are cut out or opened, all other octets stay.

Prefixes stay as they are, since attributes speak of them (mc:Ignorable). A document type that defines something is
refused: no office program writes one (T-65). Linear: a tag ends before the next "<".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from mailbridge.containers.outcome import Refused
from mailbridge.domain.files import Trouble

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_CODECS = {b"iso-8859-1": "latin-1", b"windows-1252": "cp1252", b"windows-1250": "cp1250", b"iso-8859-2": "iso8859-2"}
#: as old OpenOffice wrote it before its list of parts: it names a document type and defines nothing
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[\]<>]{1,300}>")
_XMLNS = re.compile(rb"""xmlns(?::([\w.-]{1,60}))?\s*=\s*["']([^"'<]{1,300})["']""")
_TAIL = rb"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*+"""
_ATTRIBUTE = re.compile(rb"""([\w:.-]{1,200})\s*=\s*("[^"<]*"|'[^'<]*')""")


def utf8(xml: bytes) -> bytes:
    """The part as UTF-8. Refused for entities, and for an encoding that nobody writes."""
    for mark, codec in _BOMS:
        if xml.startswith(mark):
            try:
                text = xml.decode(codec).lstrip("\ufeff")
            except UnicodeDecodeError:
                raise Refused(Trouble.BROKEN) from None
            xml = re.sub(r"""encoding\s*=\s*["'][\w.-]+["']""", 'encoding="UTF-8"', text, count=1).encode()
            break
    declared = _ENCODING.match(xml)
    if declared and declared[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
        xml = _recoded(xml, declared)
    xml = _DOCTYPE.sub(b"", xml, count=1)
    if _DECLARATION.search(xml):
        raise Refused(Trouble.DISGUISED)
    if b"<!" in xml:
        xml = b"".join(_without_sections(xml))
    return xml


def _recoded(xml: bytes, declared: re.Match[bytes]) -> bytes:
    """The part as UTF-8 that says so. Refused for what no shop's export is written in."""
    codec = _CODECS.get(declared[1].lower())
    if codec is None:
        raise Refused(Trouble.UNSUPPORTED)
    head = xml[: declared.start(1)] + b"UTF-8"
    return head + xml[declared.end(1) :].decode(codec, "replace").encode()


def _without_sections(xml: bytes) -> Iterator[bytes]:
    """Comments go and CDATA becomes escaped text, so that every "<" left begins a tag."""
    reached = 0
    at = xml.find(b"<!")
    while at != -1:
        is_comment = xml.startswith(b"<!--", at)
        if not is_comment and not xml.startswith(b"<![CDATA[", at):
            raise Refused(Trouble.BROKEN)
        closing = b"-->" if is_comment else b"]]>"
        end = xml.find(closing, at + (4 if is_comment else 9))
        if end == -1:
            raise Refused(Trouble.BROKEN)
        yield xml[reached:at]
        if not is_comment:
            yield xml[at + 9 : end].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
        reached = end + len(closing)
        at = xml.find(b"<!", reached)
    yield xml[reached:]


def prefixes_of(xml: bytes, *namespaces: bytes) -> tuple[bytes, ...]:
    """The prefixes, each with its colon ("" for the default), that stand for any of these namespaces."""
    found = {(prefix + b":" if prefix else b"") for prefix, namespace in _XMLNS.findall(xml) if namespace in namespaces}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What is to be done to elements, by local name within the prefixes given."""

    #: cut out with all they hold
    dropped: frozenset[str] = frozenset()
    #: only their own tags are cut out
    opened: frozenset[str] = frozenset()
    #: local names of attributes that lose name and value, on whatever element
    attributes: frozenset[str] = frozenset()


@lru_cache(maxsize=64)
def _tags(names: frozenset[str], prefixes: tuple[bytes, ...]) -> re.Pattern[bytes]:
    either = b"|".join(sorted((name.encode() for name in names), reverse=True))
    prefix = b"|".join(re.escape(prefix) for prefix in sorted(prefixes, reverse=True))
    return re.compile(rb"<(/?)(?:" + prefix + rb")(" + either + rb")(?=[\s/>])" + _TAIL + rb">")


def edited(xml: bytes, edit: Edit, prefixes: tuple[bytes, ...], done: set[str]) -> bytes:
    """The part after the edit; adds to `done` the names of elements and attributes it met. Refused when tags do not
    match."""
    if prefixes and (edit.dropped or edit.opened):
        xml = b"".join(_kept_pieces(xml, edit, _tags(edit.dropped | edit.opened, prefixes), done))
    if edit.attributes and any(name.encode() in xml for name in edit.attributes):
        xml = _without_attributes(xml, edit.attributes, done)
    return xml


@dataclass(slots=True)
class _Open:
    """Dropped elements that are open: pieces inside them are not kept."""

    names: list[bytes] = field(default_factory=list)


def _kept_pieces(xml: bytes, edit: Edit, tags: re.Pattern[bytes], done: set[str]) -> Iterator[bytes]:
    dropping = _Open()
    reached = 0
    for tag in tags.finditer(xml):
        if not dropping.names:
            yield xml[reached : tag.start()]
        reached = tag.end()
        name = tag[2]
        done.add(name.decode())
        if name.decode() not in edit.dropped or tag[0].endswith(b"/>"):
            continue
        if not tag[1]:
            dropping.names.append(name)
        elif dropping.names and dropping.names[-1] == name:
            dropping.names.pop()
        else:
            raise Refused(Trouble.BROKEN)
    if dropping.names:
        raise Refused(Trouble.BROKEN)
    yield xml[reached:]


def _without_attributes(xml: bytes, names: frozenset[str], done: set[str]) -> bytes:
    either = b"|".join(sorted(name.encode() for name in names))
    pattern = re.compile(rb"""\s(?:[\w.-]{1,60}:)?(""" + either + rb""")\s*=\s*(?:"[^"<]*"|'[^'<]*')(?=[\s/>?])""")

    def cut(attribute: re.Match[bytes]) -> bytes:
        done.add(attribute[1].decode())
        return b""

    return pattern.sub(cut, xml)


def elements(xml: bytes, name: bytes) -> Iterator[tuple[re.Match[bytes], dict[str, str]]]:
    """Each start tag of this local name, with its attributes by local name."""
    pattern = re.compile(rb"<(?:[\w.-]{1,60}:)?" + name + rb"(?=[\s/>])(" + _TAIL + rb")>")
    for tag in pattern.finditer(xml):
        yield tag, attributes_of(tag[1])


def attributes_of(tag: bytes) -> dict[str, str]:
    """Attributes by local name, entities undone."""
    return {
        name.rpartition(b":")[2].decode("utf-8", "replace"): unescaped(value[1:-1])
        for name, value in _ATTRIBUTE.findall(tag)
    }


_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def unescaped(value: bytes) -> str:
    """Text of an attribute or element with its entities undone."""
    text = value.decode("utf-8", "replace")
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    if entity[3]:
        return _NAMED[entity[3]]
    code = int(entity[1]) if entity[1] else int(entity[2], 16)
    return chr(code) if code < 0x110000 else "\ufffd"
