"""Finds e-mail addresses in what a person reads (S-25), with blanks around the @ and with (at) spelled out (cases.md
K2).

Addresses of ours and of the market are no finding; nor, in quotes, are the two parties' own, which the masker takes
out. Does not look into pictures.
"""

import re
from collections.abc import Iterator

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, addresses_on_record, is_own_domain, strings, texts_of

# Every quantifier is bounded and anchored at the @ found by str.find, so the cost is linear in the text (T-70).
_BEFORE = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}[ \t\u00a0]?\Z")
_AFTER = re.compile(r"[ \t\u00a0]?[\w-]{1,63}(?:\.[\w-]{1,63}){0,7}\.[^\W\d_][\w-]{1,62}")
_AFTER_SPELLED = re.compile(
    r"\s{0,2}[\w-]{1,63}(?:\s{0,2}(?:\.|[\[(]\s?(?:dot|kropka|punto|punkt)\s?[\])])\s{0,2}[\w-]{2,63}){1,5}", re.I
)
_BEFORE_SPELLED = re.compile(r"[\w.+-]{1,64}\s{0,2}\Z")
_AT = re.compile(
    r"@|\uff20|\ufe6b|[\[({<]\s?(?:at|ät|małpa|malpa|chiocciola|klammeraffe|arroba)\s?[\])}>]", re.IGNORECASE
)
_SIGNS = {"@", "\uff20", "\ufe6b"}


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per address, as written."""
    allowed = strings(parameters, "allowed_domains")
    found: list[Finding] = []
    for place, text in texts_of(message, facts):
        known = _masked_in_quotes(message, facts) if place is Place.QUOTED_TEXT and "@" in text else frozenset()
        for start, end, addr_spec in _addresses(text):
            if is_own_domain(addr_spec.rpartition("@")[2], facts, allowed) or addr_spec in known:
                continue
            found.append(Finding(check="email_address", place=place, start=start, end=end, words=text[start:end]))
            if len(found) == MAX_FINDINGS:
                return tuple(found)
    return tuple(found)


def _masked_in_quotes(message: Message, facts: Facts) -> frozenset[str]:
    """The parties' addresses, and those the author writes under: his client quotes them, the masker takes them out."""
    written = (*message.authors, *message.reply_to)
    return addresses_on_record(facts) | {mailbox.addr_spec.lower() for mailbox in written}


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and canonical form of every address in this text."""
    if "@" not in text and "(" not in text and "[" not in text and "\uff20" not in text and "\ufe6b" not in text:
        return
    reached = 0
    for at in _AT.finditer(text):
        is_sign = at.group() in _SIGNS
        before = (_BEFORE if is_sign else _BEFORE_SPELLED).search(text[max(at.start() - 68, reached) : at.start()])
        after = (_AFTER if is_sign else _AFTER_SPELLED).match(text, at.end())
        if before is None or after is None:
            continue
        start = at.start() - len(before.group())
        reached = after.end()
        domain = re.sub(
            r"\s|[\[(]\s?(?:dot|kropka|punto|punkt)\s?[\])]", ".", after.group().strip(), flags=re.IGNORECASE
        )
        yield start, reached, f"{before.group().strip()}@{re.sub(r'[.]+', '.', domain)}".lower()
