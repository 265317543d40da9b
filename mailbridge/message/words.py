"""Decode header field text: unfold, RFC 2047 encoded-words, RFC 6532 raw UTF-8; never raises.

The result is one line without control characters: an encoded CR LF is harmless afterwards (T-67).
Does not encode: that is `message/headerlines.py`.
"""

import binascii
import re

from mailbridge.message.charsets import decode_text, one_line

# RFC 2047 §2; the language tag of RFC 2231 §5 is cut off. Blanks inside are an error many clients make in "Q".
_ENCODED_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?[^?\s]{1,80}\?[bBqQ]\?)")
_FOLD = re.compile(r"\r?\n(?=[ \t])|[\r\n]+")
_MAX_ENCODED_WORDS = 100  # T-62
_MAX_FIELD_CHARACTERS = 65536


def unfold(raw: bytes) -> str:
    """Return the field body as one string: folds undone (RFC 5322 §2.2.3), octets as UTF-8 or else Windows-1252."""
    try:
        text = raw.decode("ascii")
    except UnicodeError:
        try:
            text = raw.decode("utf-8")
        except UnicodeError:
            text = raw.decode("cp1252", "replace")
    if "\n" in text or "\r" in text:
        text = _FOLD.sub("", text)
    return text.strip(" \t")


def decode_words(text: str) -> str:
    """Decode the encoded-words of an unfolded field body; the result is one clean line."""
    if "=?" in text:
        text = _decode_encoded_words(text[:_MAX_FIELD_CHARACTERS])
    return one_line(text)


def decode_field(raw: bytes) -> str:
    """Return an unstructured field body as people read it."""
    return decode_words(unfold(raw))


def _decode_encoded_words(text: str) -> str:
    if "?=" in text:
        text = _BETWEEN_WORDS.sub(r"\1\2", text)
    pieces: list[str] = []
    pending: list[bytes] = []
    pending_charset = ""
    position = 0
    for count, match in enumerate(_ENCODED_WORD.finditer(text)):
        if count >= _MAX_ENCODED_WORDS:
            break
        charset, octets = match[1].lower(), _word_octets(match[2], match[3])
        if pending and (match.start() != position or charset != pending_charset):
            pieces.append(decode_text(b"".join(pending), pending_charset))
            pending.clear()
        pieces.append(text[position : match.start()])
        # Neighbours are joined before decoding: clients cut characters in two, against RFC 2047 §5.
        pending.append(octets)
        pending_charset, position = charset, match.end()
    if pending:
        pieces.append(decode_text(b"".join(pending), pending_charset))
    pieces.append(text[position:])
    return "".join(pieces)


def _word_octets(encoding: str, encoded: str) -> bytes:
    raw = encoded.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    try:
        return binascii.a2b_base64(raw + b"===")
    except binascii.Error:
        return raw
