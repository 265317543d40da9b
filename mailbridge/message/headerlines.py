"""Write header fields in 7-bit lines of at most 76 (RFC 5322 §2.2.3, RFC 2047, RFC 2231, RFC 6532 not needed).

Every function returns a whole field with its CRLF. Does not decide which fields a message has: that is
`message/compose.py`.
"""

import base64
import re
from urllib.parse import quote

MAX_LINE = 76
_CRLF = "\r\n"
_ATEXT = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_SAFE_UNSTRUCTURED = re.compile(r"[!-~]+(?: [!-~]+)*")
_SAFE_FILENAME = re.compile(r"[A-Za-z0-9 ._()+,@#$&'=\[\]{}~^-]+")
_NOT_VISIBLE = re.compile(r"[\x00-\x1f\x7f]+")
# charset, encoding and marks of an encoded-word take 12 characters; a word has at most 75 (RFC 2047 §2).
_WORD_OCTETS = 39
_MAX_REFERENCES_OCTETS = 900  # stays under the 998 of one unfolded line (T9)


def text_field(name: str, value: str) -> str:
    """An unstructured field; what is not plain ASCII becomes encoded-words."""
    value = _NOT_VISIBLE.sub(" ", value).strip()
    if _SAFE_UNSTRUCTURED.fullmatch(value) and "=?" not in value:
        folded = _folded(name, value.split(" "))
        if folded is not None:
            return folded
    return _folded(name, encoded_words(value)) or f"{name}:{_CRLF}" if value else f"{name}: {_CRLF}"


def token_field(name: str, tokens: list[str]) -> str:
    """A field of tokens that may be parted by folds, and must not be changed."""
    return _folded(name, tokens) or f"{name}: {f'{_CRLF} '.join(tokens)}{_CRLF}"


def mailbox_field(name: str, display_name: str, addr_spec: str) -> str:
    """A field with one mailbox (RFC 5322 §3.4)."""
    return token_field(name, [*_phrase(display_name), f"<{addr_spec}>"] if display_name.strip() else [addr_spec])


def references_field(ids: tuple[str, ...]) -> str:
    """References: the root and the newest that fit, one in each line."""
    kept: list[str] = []
    room = _MAX_REFERENCES_OCTETS - len(ids[0])
    for message_id in reversed(ids[1:]):
        room -= len(message_id) + 1
        if room < 0:
            break
        kept.append(message_id)
    return f"References: {f'{_CRLF} '.join([ids[0], *reversed(kept)])}{_CRLF}"


def file_field(name: str, value: str, parameter: str, filename: str) -> str:
    """Content-Type or Content-Disposition with the name of a file, by RFC 2231 where it needs it."""
    if _SAFE_FILENAME.fullmatch(filename) and len(parameter) + len(filename) + 6 <= MAX_LINE:
        return f'{name}: {value};{_CRLF} {parameter}="{filename}"{_CRLF}'
    return f"{name}: {value};{_CRLF}{f';{_CRLF}'.join(_extended_parameter(parameter, filename))}{_CRLF}"


def _extended_parameter(parameter: str, value: str) -> list[str]:
    """RFC 2231 §3 and §4: one line if it fits, else numbered sections.

    Never cut inside a character: many a program decodes each section by itself.
    """
    sections = ["utf-8''"]
    room = MAX_LINE - len(parameter) - 7
    for character in value:
        encoded = quote(character, safe="", errors="replace")
        if len(sections[-1]) + len(encoded) > room:
            sections.append("")
        sections[-1] += encoded
    if len(sections) == 1:
        return [f" {parameter}*={sections[0]}"]
    return [f" {parameter}*{number}*={section}" for number, section in enumerate(sections)]


def encoded_words(text: str) -> list[str]:
    """Cut text into encoded-words, never inside a character."""
    words: list[str] = []
    octets = bytearray()
    for character in text:
        encoded = character.encode("utf-8", "replace")
        if len(octets) + len(encoded) > _WORD_OCTETS:
            words.append(_encoded_word(octets))
            octets = bytearray()
        octets += encoded
    if octets:
        words.append(_encoded_word(octets))
    return words


def _encoded_word(octets: bytearray) -> str:
    return f"=?utf-8?B?{base64.b64encode(octets).decode('ascii')}?="


def _phrase(display_name: str) -> list[str]:
    display_name = " ".join(_NOT_VISIBLE.sub(" ", display_name).split())
    if not display_name.isascii() or "=?" in display_name or any(len(word) > 60 for word in display_name.split()):
        return encoded_words(display_name)
    if _ATEXT.fullmatch(display_name):
        return display_name.split()
    escaped = display_name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.split(" ")


def _folded(name: str, tokens: list[str]) -> str | None:
    """Join tokens by blanks, folding before the line gets too long; None where one token alone is too long."""
    lines: list[str] = []
    line = f"{name}:"
    for token in tokens:
        if len(line) + 1 + len(token) > MAX_LINE and not (line.endswith(":") and not lines):
            lines.append(line)
            line = ""
        line = f"{line} {token}"
        if len(line) > MAX_LINE:
            return None
    lines.append(line)
    return _CRLF.join(lines) + _CRLF
