"""Says which kinds of contact data a mail shows, by a rule that a person can check by hand.

Knows nothing of the checks: a few plain patterns over what a reader sees of a mail, which is its subject, its texts
with all quotes and signatures, and of HTML the words, link targets and words in place of pictures. The rule sees what
is plainly written and no disguise. `python -m tests.policy.contact_labels` prints the words that gave each mail its
kinds; the kinds stand in `contact_labels.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from typing_extensions import override

from tests.shared_data import shared_path

_LABELS = Path(__file__).with_suffix(".toml")
#: folder of ../shared/data and pattern of its mails, by the table that holds their kinds
CORPORA = {"ham": ("policy/spamassassin_corpus/easy-ham-1", "*.txt"), "real": ("real/mail_and_packages", "*.eml")}

#: endings that a name of a site has in these mails; .pl and .it only in small letters: Makefile.PL is a file
_ENDINGS = (
    "[Cc]om|COM|[Nn]et|NET|[Oo]rg|ORG|edu|gov|info|biz|int|co|uk|ie|de|fr|it|pl|es|nl|se|fi|at|ch|eu|au|AU|nz|ca|us|jp"
)
_CALLED = "phone|telephone|tel|fax|facsimile|mobile|cell|call|voice|ring|dial|text|kom|telefon|telefono|kurier"
_NETWORKS = (
    "icq|aim|aol-im|msn|yim|skype|jabber|whatsapp|telegram|signal|viber|facebook|fb|instagram|twitter|linkedin|"
    "snapchat|tiktok"
)
#: what shows contact data of each kind
CONTACTS = {
    # somebody@site.com, somebody @ site.com; "somebody at site dot com"
    "address": re.compile(r"[\w.+=-]+ ?@ ?[\w-]+\.[\w.-]+|\b\w+ at \w+ dot \w+"),
    # http://site, www.site, site.com
    "link": re.compile(rf"(?i:\w+://\S+|\bwww\.\w+\.\w)|(?<![\w.@-])\w[\w-]*(?:\.[\w-]+)*\.(?:{_ENDINGS})\b(?![.-]\w)"),
    # +48 22 555 66 77, (315) 268-1000, 617-864-0455, seven digits or more behind "tel." or the like
    "phone": re.compile(
        r"\+\d[\d ()./-]{6,}\d|\(\d{2,5}\) ?\d[\d ./-]{4,}\d|(?<![\d./-])\d{3}[-. ]\d{3}[-. ]\d{4}(?![\d./-]\d)"
        rf"|(?i:\b(?:{_CALLED})s?\b)[^\d\n/]{{0,15}}\d(?:[ ()./-]?\d){{6,}}"
    ),
    # an account number (IBAN), or sixteen digits in fours
    "account": re.compile(
        r"\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){3,7}[A-Z0-9]{0,4}\b(?=.{0,40}\b(?i:iban|account|bank))"
        r"|\b\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}\b"
    ),
    # the name of a service with a handle behind a sign, or a link to it
    "messenger": re.compile(
        rf"(?i:\b(?:{_NETWORKS}) ?[:#=@] ?@?[\w.-]{{3,}}|\b(?:{_NETWORKS})\.com/\w)|\bt\.me/\w|\bwa\.me/\d"
    ),
    # ways to pay
    "payment": re.compile(
        r"(?i)\bpaypal\b|\bwestern union\b|\bmoneygram\b|\b(?:wire|bank) transfers?\b|\bmoney orders?\b|\bbitcoins?\b"
        r"|\b(?:send|mail) (?:\w+ ){0,3}(?:che(?:ck|que)s?|cash|money)\b|\bdonat(?:e|ions?)\b"
    ),
}
#: what the general pack stops besides, and rightly: no contact data
OTHERS = {
    # written out, as part of a longer word, or WTF
    "obscene": re.compile(r"(?i)fuck|\b(?:bull)?shit|\bcunt|\bpiss|\bbitch|\basshole|\barsehole|coglion|\bwtf\b"),
    # how to leave a list
    "opt_out": re.compile(r"(?i)\bunsubscri|\bopt[ -]?out\b|\bno longer (?:wish|want) to receive\b"),
}
KINDS = {**CONTACTS, **OTHERS}


@dataclass(frozen=True, slots=True)
class HamMail:
    """One mail of the corpora."""

    #: the table of its kinds
    corpus: str
    #: of the file
    name: str
    octets: bytes


@cache
def corpora_mails() -> tuple[HamMail, ...]:
    """All of them, in the order of their names; one file is empty and so no mail."""
    return tuple(
        HamMail(corpus, path.name, path.read_bytes())
        for corpus, (folder, pattern) in CORPORA.items()
        for path in sorted(shared_path("data", *folder.split("/")).glob(pattern))
        if path.stat().st_size
    )


@cache
def labels() -> dict[tuple[str, str], frozenset[str]]:
    """The kinds of each mail as they are written down, by corpus and name."""
    tables = tomllib.loads(_LABELS.read_text("utf-8"))
    return {(corpus, name): frozenset(kinds) for corpus, table in tables.items() for name, kinds in table.items()}


def shown_lines(octets: bytes) -> list[str]:
    """What a reader sees, line by line: subject, texts, words of HTML, link targets."""
    message = message_from_bytes(octets, policy=policy.default)
    lines = [str(message.get("Subject", ""))]
    for part in message.walk():
        if part.get_content_maintype() == "text" and not part.is_attachment():
            text = _text(part)
            lines += (_of_html(text) if part.get_content_subtype() == "html" else text).splitlines()
    return lines


def kinds_of(lines: list[str]) -> dict[str, list[str]]:
    """Each kind that these lines show, with the words that do."""
    shown = {kind: [m[0] for line in lines for m in pattern.finditer(line)] for kind, pattern in KINDS.items()}
    return {kind: words for kind, words in shown.items() if words}


def _text(part: EmailMessage) -> str:
    octets = part.get_payload(decode=True)
    assert isinstance(octets, bytes)
    try:
        return octets.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return octets.decode("latin-1")


class _Shown(HTMLParser):
    """Collects what is to be read, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in {"style", "script", "title"}:
            self._hidden = tag
        if tag in {"p", "br", "div", "td", "tr", "li", "a", "img", "h1", "h2", "h3"}:
            self.words.append("\n")
        if tag == "a":
            self.words.append(named.get("href", "").removeprefix("mailto:") + "\n")
        if tag == "img":
            self.words.append(named.get("alt", ""))

    @override
    def handle_endtag(self, tag: str) -> None:
        self._hidden = "" if tag == self._hidden else self._hidden

    @override
    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data.replace("\n", " "))


def _of_html(text: str) -> str:
    shown = _Shown()
    shown.feed(text)
    return "".join(shown.words)


def written_down() -> str:
    """What is to stand in the file of labels, by the rule."""
    found = {(mail.corpus, mail.name): kinds_of(shown_lines(mail.octets)) for mail in corpora_mails()}
    tables = [
        "\n".join(
            [f"[{corpus}]", *(f'"{name}" = {_list(kinds)}' for (of, name), kinds in found.items() if of == corpus)]
        )
        for corpus in CORPORA
    ]
    head = "# The kinds of contact data that each mail shows, by the rule in contact_labels.py.\n\n"
    return head + "\n\n".join(tables) + "\n"


def _list(kinds: dict[str, list[str]]) -> str:
    return "[" + ", ".join(f'"{kind}"' for kind in KINDS if kind in kinds) + "]"


if __name__ == "__main__":
    for mail in corpora_mails():
        print(mail.corpus, mail.name, kinds_of(shown_lines(mail.octets)) or "none")
