"""Read Content-Type and Content-Disposition: a value and its parameters (RFC 2045 §5.1, RFC 2231); never raises.

The first of two parameters of one name counts; `name*` counts before `name` (one rule, T-62). Names of files are
cleaned here (T-74). Does not decide what a part is for.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from mailbridge.message.charsets import decode_text, one_line, without_direction_marks
from mailbridge.message.words import decode_words, unfold

_VALUE = re.compile(r"[^;]*")
# Begins with a character that must be there: what may stand before a name is passed over, not matched (T-62).
_PARAMETER = re.compile(r"""([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))""", re.DOTALL)
_SECTION = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*?))?$")
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
_MAX_PARAMETERS = 100  # T-62
_MAX_FILENAME = 120
_PATH_BEFORE = re.compile(r".*[/\\]", re.DOTALL)
_FORBIDDEN_IN_FILENAME = re.compile(r'[<>:"|?*]')
_DEVICE_NAME = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Structured:
    """A structured field body."""

    #: what stands before the first semicolon, lower case
    value: str
    #: lower-case name to decoded value
    parameters: dict[str, str] = field(default_factory=dict)


def read_structured(raw: bytes) -> Structured:
    """Read a field body of the form value; name=value; ..."""
    text = unfold(raw)
    head = _VALUE.match(text)
    value = head[0].strip().lower() if head else ""
    if ";" not in text:
        return Structured(value)
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for count, match in enumerate(_PARAMETER.finditer(text, len(head[0]) if head else 0)):
        if count >= _MAX_PARAMETERS:
            break
        name = match[1].lower()
        written = _QUOTED_PAIR.sub(r"\1", match[2]) if match[2] is not None else (match[3] or "").strip()
        section = _SECTION.match(name)
        if section is None:
            plain.setdefault(name, written)
        else:
            number = int(section[2] or 0)
            is_encoded = section[2] is None or bool(section[3])
            sections.setdefault(section[1], {}).setdefault(number, (written, is_encoded))
    for name, parts in sections.items():
        plain[name] = _joined(parts)
    return Structured(value, plain)


def _joined(sections: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231 §3 and §4: sections in order up to the first gap; the first encoded one names the charset."""
    octets = bytearray()
    charset = ""
    for number in range(len(sections)):
        if number not in sections:
            break
        written, is_encoded = sections[number]
        if is_encoded and number == 0 and written.count("'") >= 2:
            charset, _, rest = written.partition("'")
            written = rest.partition("'")[2]
        octets += unquote_to_bytes(written) if is_encoded else written.encode("utf-8", "replace")
    return one_line(decode_text(bytes(octets), charset))


def clean_filename(written: str) -> str:
    """Return a name that is no path, no device, no trick (T-74); "" where nothing is left."""
    name = without_direction_marks(decode_words(written))
    name = _PATH_BEFORE.sub("", name)
    name = _FORBIDDEN_IN_FILENAME.sub("_", name).strip(" .")
    if _DEVICE_NAME.match(name):
        name = f"_{name}"
    if len(name) <= _MAX_FILENAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        return name[:_MAX_FILENAME]
    return f"{stem[: _MAX_FILENAME - len(suffix) - 1]}.{suffix}"
