"""Find whom a bounce in words is about: recipients at the places where programs name them, and what is said of each.

For reports without message/delivery-status: qmail, exim, sendmail, Exchange, Domino and the many others. First the
places of which the form says that an address there is the failed one, then the detectors of flufl.bounce, last any
address that is not the author's or a postmaster's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes

from mailbridge.message.bounces.report import valid
from mailbridge.message.fields import parse_author_field

MAX_RECIPIENTS = 100
_MAX_LINES = 600
_MAX_BLOCK_LINES = 20
# The detectors take time that grows with the square of what they read.
_MAX_HEURISTIC_OCTETS = 64 * 1024
_MAX_HEURISTIC_LINES = 1_000
_ADDRESS = r"[^\s<>()\[\]:;,\"'|]{1,128}@[^\s<>()\[\]:;,\"'|/]{1,255}"
_BRACKETED = re.compile(rf"^\s{{0,20}}(?:>>> |[45]\d\d )?<?({_ADDRESS})>(?=\s*(?::|\.\.\.|,|\(|$|[A-Z]))")
_ALONE = re.compile(
    rf"^\s{{0,20}}(?:[-*•\u2022]+ )?[\"']?<?({_ADDRESS})>?[\"']?\s{{0,20}}(?::.{{0,200}}|\(.{{0,200}})?$"
)
_DATED = re.compile(rf"^\s{{0,20}}({_ADDRESS}) on (?:mon|tue|wed|thu|fri|sat|sun|\d)", re.IGNORECASE)
_BEGINS = re.compile(rf"^\s{{0,20}}(?:>>> )?<?({_ADDRESS})>?(?:<mailto:|\s{{0,3}}(?:\.\.\.|-+ |: |\*|\[)| [A-Z0-9<(])")
_LABELLED = re.compile(
    r"^\s{0,20}(?:failed recipients?|intended recipients?|undeliverable address|final-recipient|original-recipient|"
    r"recipients?|recipient address|rcpt to|envelope-to|user|address|destinatari[oa]?|empfänger|odbiorca|adresat|"
    r"收件人|宛先)"
    rf"\s{{0,5}}[:=：]\s{{0,10}}(?:rfc822;\s?|\[?smtp:)?[<\"]?({_ADDRESS})",
    re.IGNORECASE,
)
_COMMAND = re.compile(rf"rcpt to:\s{{0,3}}<({_ADDRESS})>", re.IGNORECASE)
_ANYWHERE = re.compile(_ADDRESS)
#: ">>> a@b" and the "> a@b" that stands alone are no quotes: some servers write their lists so
_SHOWN = (">>> ",)
#: words that stand before a bare address where it is the failed one
_LEADING = re.compile(
    r"recipient|address|deliver|fail|reach|undeliver|not sent|could not|couldn't|user|empfänger|zugestellt|adress|"
    r"destinatari|indirizz|consegn|odbiorc|adres|dostarcz|destinataire|收件|送达|宛先|送信",
    re.IGNORECASE,
)
_OURS = re.compile(r"^(?:mailer-daemon|postmaster|abuse|mail-daemon|maildaemon|mailmaster|helpdesk|support)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A recipient that the text names."""

    #: addr-spec
    recipient: str
    #: what is said beside it
    words: str


def named_recipients(lines: list[str]) -> tuple[Named, ...]:
    """Recipients at places that say so, in order, each once."""
    heads = list(_heads(lines[:_MAX_LINES]))
    ends = [*(start for start, _ in heads[1:]), len(lines)]
    named: dict[str, Named] = {}
    for (start, address), end in zip(heads, ends, strict=False):  # one more end than heads where there are none
        words = "\n".join(lines[start : min(end, start + _MAX_BLOCK_LINES)])
        before = named.get(address.lower())
        merged = f"{before.words}\n{words}" if before is not None else words
        named[address.lower()] = Named(recipient=address, words=merged)
    return tuple(named.values())[:MAX_RECIPIENTS]


def _heads(lines: list[str]) -> Iterator[tuple[int, str]]:
    is_led = False
    for number, line in enumerate(lines):
        if line.startswith(">") and not line.startswith(_SHOWN):
            continue
        address = _head_in(line, is_led=is_led)
        if address is not None:
            yield number, address
        is_led = is_led or _LEADING.search(line) is not None


def _head_in(line: str, *, is_led: bool) -> str | None:
    if "@" not in line:
        return None
    sure = _BRACKETED.match(line) or _DATED.match(line) or _LABELLED.match(line)
    if sure is None and is_led:
        sure = _ALONE.match(line) or _BEGINS.match(line)
    return valid(sure[1]) or None if sure is not None else None


def addresses_in_commands(lines: Iterable[str]) -> tuple[str, ...]:
    """Recipients in "RCPT TO:<a@b>", each once."""
    found = {match[1].lower(): match[1] for line in lines for match in _COMMAND.finditer(line)}
    return tuple(found.values())[:MAX_RECIPIENTS]


def any_address(lines: Iterable[str], not_these: frozenset[str]) -> str:
    """The first address in the text that is not one of these and no postmaster's; "" without one."""
    for line in lines:
        for match in _ANYWHERE.finditer(line) if "@" in line and not line.startswith(">") else ():
            address = valid(match[0]) if "..." not in match[0] and "." in match[0].partition("@")[2] else ""
            if address and address.lower() not in not_these and not _OURS.match(address.partition("@")[0].lower()):
                return address
    return ""


def detected(content: bytes) -> tuple[str, ...]:
    """What flufl.bounce finds."""
    from flufl.bounce import all_failures

    content = b"\n".join(content[:_MAX_HEURISTIC_OCTETS].splitlines()[:_MAX_HEURISTIC_LINES])
    try:
        mail = message_from_bytes(content)
        if not parse_author_field(str(mail["from"] or "")):  # one detector fails without, and logs it
            del mail["from"]
            mail["from"] = "MAILER-DAEMON"
        temporary, permanent = all_failures(mail)
    except Exception:  # noqa: BLE001 - T-63: detectors run over hostile text; what they choke on is no bounce we know
        return ()
    found: set[bytes | str] = {*temporary, *permanent}
    texts = (one.decode("utf-8", "replace") if isinstance(one, bytes) else one for one in found)
    return tuple(sorted(address for text in texts if (address := valid(text))))[:MAX_RECIPIENTS]
