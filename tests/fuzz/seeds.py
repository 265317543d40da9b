"""What each fuzzer begins with, and the words it may put in: small, and from this repository only."""

from collections.abc import Iterator

from tests.fuzz import reply
from tests.fuzz.targets import PLANTED, SECRETS
from tests.house.sources import TOP
from tests.message.hostile import HOSTILE

MAX_OCTETS = 4096
_PIECES = (
    *("<blockquote>", "</blockquote>", "<div class=gmail_quote>", "<p>", "</p>", "<pre>", "<a href=", "<img src=cid:"),
    *("<style>", "<!--", "-->", "&#64;", "&amp;", "&commat;", "%40", "%2540", "=40", "\\u0040", "\\n", "\\'40"),
    *("\n> ", "\n| ", "-- \n", " wrote:\n", "From: ", "Sent: ", "To: ", "Subject: ", "-----Original Message-----\n"),
    *("On 16 Nov 2026, ", " (at) ", " [dot] ", "mailto:", "https://", "BEGIN:VCALENDAR\n", "ORGANIZER:mailto:"),
    *("BEGIN:VCARD\n", "begin 644 a\n", "`\nend\n", "Content-Type: ", "multipart/mixed; boundary=b", "\r\n\r\n--b\r\n"),
    *(
        "message/rfc822",
        "text/html; charset=utf-16",
        "Content-Transfer-Encoding: base64\r\n",
        "=?utf-8?B?",
        "?=",
        "?Q?",
    ),
    *("https://eur02.safelinks.protection.outlook.com/?url=", "&data=05%7C", "https://urldefense.com/v3/__", "__;!!"),
    *("https://urldefense.proofpoint.com/v2/url?u=", "https-3A__", "http://[", "&#x", "&#0000000064;", "&#99999999"),
    *("\u200b", "\u00ad", "\uff20", "\u0430", "\u0332", "\u3002", "\u0130", "filename*0*=utf-8''%E2", "name="),
    *("YW5uYS5rb3dhbHNrYUBidXllci5leGFtcGxl", "616e6e61", "-40", "_buyer.example#EXT#@", "Relayed by Market.", "\xa0"),
)

#: what a fuzzer puts in beside what it makes up
WORDS = tuple(word.encode() for word in (*_PIECES, *PLANTED, *PLANTED.values()))


def _shortened(text: str) -> bytes:
    for mark, secret in PLANTED.items():
        text = text.replace(secret, mark)
    return text.encode()[: MAX_OCTETS - 1]


def _texts() -> Iterator[bytes]:
    for path in sorted((TOP / "tests" / "golden").rglob("outgoing.eml")):
        body = path.read_text(encoding="utf-8").partition("\n\n")[2]
        yield _shortened(body.replace(SECRETS.addresses[0].partition("@")[0], "\x01"))
    for marks in (
        "Hi\n\nOn 16 Nov 2026, \x02 <\x01> wrote:\n> call \x06\n> \x03\n",
        "<blockquote>\x02 \x04</blockquote>\x05",
    ):
        yield marks.encode()
    yield b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nORGANIZER;CN=\x02:mailto:\x01\nEND:VEVENT\nEND:VCALENDAR\n"
    yield b"From: \x02 <\x01>\nSubject: x\nContent-Type: text/html\n\n<p>\x02</p>"


def _mails() -> Iterator[bytes]:
    for path in sorted((TOP / "tests" / "golden").rglob("incoming.eml")):
        yield path.read_bytes()[:MAX_OCTETS]
    for content in HOSTILE.values():
        yield content[:MAX_OCTETS]


def seeds(target: str) -> list[bytes]:
    """The first corpus of this target."""
    if target == "address":
        return [b"Anna <a@b.example>", b'"A, B" <a@b.example>, g: x@y.example;', b"=?utf-8?q?a=40b?= <a@b.example> (c)"]
    if target in {"mask", "gate"}:
        return [bytes((where,)) + text for text in _texts() for where in range(4)]
    return list(reply.SEEDS) if target == "reply" else list(_mails())


def dictionary() -> str:
    """The words in the form of libFuzzer."""
    return "".join('"{}"\n'.format("".join(f"\\x{octet:02x}" for octet in word)) for word in WORDS)
