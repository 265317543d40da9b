"""What is wrong with a mail that was let out: leaks, defects, files that changed without a reason.

Reads with the third decoder (`tests/properties/canaries/decoder.py`) and searches with nothing of the masker's or the
gate's: an address counts where it stands by itself, however it is written; class H in headers, names of files and
lines that are marked as quotes.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from mailbridge.domain.secrets import Secrets
from tests.properties.canaries.decoder import texts
from tests.properties.sweep.passage import Passage

_UNSEEN = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_WORDS = re.compile(r"[^\W_]+")
_MIN_TRACE = 6
#: what the masker may change or take out as a whole, and says so
_CHANGED_ON_PURPOSE = {"text/calendar", "message/rfc822", "message/global", "text/rfc822-headers"}


def leaks_in(octets: bytes, secrets: Secrets) -> list[str]:
    """Secrets that can be read out of the octets."""
    read = [_plain(text) for text in texts(octets)]
    routing = [secret for secret, pattern in _patterns(secrets) if any(pattern.search(text) for text in read)]
    places = [f" {' '.join(_WORDS.findall(place))} " for place in map(_plain, _hidden_places(octets))]
    names = [f" {' '.join(_WORDS.findall(_plain(hidden)))} " for hidden in secrets.hidden]
    return routing + [name for name in names if name.strip() and any(name in place for place in places)]


def _plain(text: str) -> str:
    read = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    # A mark belongs to the letter in front of it: it parts no words.
    return read if read.isascii() else "".join(c for c in read if unicodedata.category(c) not in {"Mn", "Me"})


def _patterns(secrets: Secrets) -> Iterator[tuple[str, re.Pattern[str]]]:
    for address in secrets.addresses:
        local_part, _, domain = map(re.escape, _plain(address).rpartition("@"))
        between = r"[\s<>]{0,4}"
        yield (
            address,
            re.compile(rf"(?<![a-z0-9]){local_part}{between}(?:@|\(at\)|\[at\]|=|_){between}{domain}(?![a-z0-9])"),
        )
    for domain in secrets.domains:
        yield domain, re.compile(rf"@[a-z0-9.-]{{0,100}}(?<![a-z0-9-]){re.escape(_plain(domain))}(?![a-z0-9])")
    for trace in secrets.traces:
        if len(trace) >= _MIN_TRACE:
            yield trace, re.compile(rf"(?<![a-z0-9._@-]){re.escape(_plain(trace))}(?![a-z0-9]|\.[a-z0-9])")


def _hidden_places(octets: bytes) -> Iterator[str]:
    """Header, names of files, and what is marked as quoted in any text of the mail."""
    mail = message_from_bytes(octets, policy=policy.default)
    for part in mail.walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if part.get_content_maintype() == "text" and not part.get_filename():
            text = part.get_content()
            lines = _lines_of_html(text) if part.get_content_subtype() == "html" else text.split("\n")
            yield "\n".join(line for line in lines if line.lstrip().startswith(">"))


def _lines_of_html(html: str) -> Iterator[str]:
    depth = 0
    line = ""
    done = 0
    for tag in _TAG.finditer(html):
        line += html[done : tag.start()].replace("\n", " ")
        done = tag.end()
        name = tag[2].lower()
        if name in {"blockquote", "p", "div", "br", "td", "tr", "li"}:
            yield ("> " if depth else "") + line
            line = ""
        if name == "blockquote":
            depth = max(0, depth - 1) if tag[1] else depth + 1
    yield line + html[done:]


def defects_in(octets: bytes) -> list[str]:
    """What the standard library minds, in any part or header field."""
    mail = message_from_bytes(octets, policy=policy.default)
    found = [f"{type(defect).__name__}" for part in mail.walk() for defect in part.defects]
    for part in mail.walk():
        for name, value in part.items():
            found += [f"{name}: {type(defect).__name__}" for defect in getattr(value, "defects", ())]
    lines = octets.split(b"\r\n")
    found += ["8-bit"] if not octets.isascii() else []
    found += ["a line of more than 76"] if max(map(len, lines)) > 76 else []
    found += ["a bare line end"] if any(b"\n" in line or b"\r" in line for line in lines) else []
    return found


def changed_files(passage: Passage) -> list[str]:
    """Names of files that came out otherwise, or not at all, without a reason that the mail itself shows."""
    left = Counter(_files_of(passage.octets))
    odd = []
    for file in passage.message.attachments:
        if left[file.octets] > 0:
            left[file.octets] -= 1
        elif file.content_type not in _CHANGED_ON_PURPOSE and not _holds_a_secret(file.octets, passage.secrets):
            odd.append(f"{file.filename} ({file.content_type})")
    return odd


def _files_of(octets: bytes) -> Iterator[bytes]:
    mail = message_from_bytes(octets, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    for part in mail.walk():
        if part.get("Content-Disposition") is not None:
            yield _payload(part)


def _payload(part: "Message[str, str]") -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _holds_a_secret(octets: bytes, secrets: Secrets) -> bool:
    """As a file of any kind: class H counts in all of it."""
    as_file = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + octets
    read = "\n".join(_plain(text) for text in texts(as_file))
    words = f" {' '.join(_WORDS.findall(read))} "
    names = (f" {' '.join(_WORDS.findall(_plain(hidden)))} " for hidden in secrets.hidden)
    return any(pattern.search(read) for _, pattern in _patterns(secrets)) or any(name in words for name in names)
