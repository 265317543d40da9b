"""Finds e-mail addresses in what a person reads (S-25), also in disguise (cases.md K2): with (at), with words for sign
and dot, with blanks between letters, over two lines, with a picture as sign, or with the provider only named.

Addresses of ours and of the market are no finding; nor, in quotes, are the two parties' own, which the masker takes
out. The weaker the form, the more must speak for it: "look at the shop. Thanks" is none. Does not look into pictures.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.codes import through_codes
from mailbridge.policy.hints import apart, hints_in
from mailbridge.policy.hints_of_contacts import MAILBOXES
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import (
    MAX_FINDINGS,
    TOO_MUCH,
    Parameters,
    Read,
    addresses_on_record,
    found_in,
    is_own_domain,
    strings,
)
from mailbridge.policy.scattered import mirrored
from mailbridge.policy.shadow import Shadow, is_latin
from mailbridge.policy.spelling import (
    AT_PICTURES,
    BARE_DOT,
    BRACKETED_AT,
    BRACKETED_DOT,
    DOT_WORDS,
    PROVIDERS,
    PROVIDERS_WITH_TLD,
    SIGN_WORDS,
    STOP_WORDS,
    TLD,
    TLDS,
    is_handle,
)
from mailbridge.policy.veiled import MAIL, veiled

# Every quantifier is bounded and anchored at a sign, so the cost is linear in the text (T-70).
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_LABEL = r"[\w-]{1,63}"
_SPELLED_DOT = rf"(?:{BRACKETED_DOT}|{BARE_DOT})"
_BEFORE = lazy_pattern(rf"{_LOCAL}(?:[ \t]|\s?\n|\\)?\Z")
_BEFORE_SPELLED = lazy_pattern(
    rf"(?:[\w+-]{{1,64}}(?:{_SPELLED_DOT}|\s?\.\s?)){{0,2}}[\w.+-]{{1,64}}\s{{0,2}}\Z", re.IGNORECASE
)
_AFTER = lazy_pattern(rf"(?:[ \t]|\s?\n)?{_LABEL}(?:\.{_LABEL}){{0,7}}\.[^\W\d_][\w-]{{1,62}}")
#: domains that are not written as domains are; the last label must be one that exists
_ODD_DOT = rf"(?:\s{{1,2}}\.\s{{0,2}}|,|\.\n|{_SPELLED_DOT})"
_AFTER_ODD = lazy_pattern(
    rf"\s{{0,2}}{_LABEL}(?:(?:\.|{_ODD_DOT}){_LABEL}){{0,3}}?{_ODD_DOT}(?:{TLD})\b(?!['\u2019])", re.IGNORECASE
)
_AFTER_SPELLED = lazy_pattern(rf"\s{{0,2}}{_LABEL}(?:(?:\.|{_SPELLED_DOT})[\w-]{{2,63}}){{1,5}}", re.IGNORECASE)
_LOCAL_BACKWARDS = lazy_pattern(r"[\w.+-]{1,63}\w")
_TLDS_BACKWARDS = frozenset(
    tld[::-1] for tld in ("com", "net", "org", "info", "pl", "it", "de", "fr", "es", "uk", "eu", "ua")
)
_OTHER_DOT = rf"(?:[., ]|{_SPELLED_DOT})\s?(?:{TLD})\b"
_PROVIDER = rf"(?:(?:{PROVIDERS})\b(?:{_OTHER_DOT})?|(?:{PROVIDERS_WITH_TLD}){_OTHER_DOT})"
_AFTER_PROVIDER = lazy_pattern(rf"\s{{0,2}}{_PROVIDER}", re.IGNORECASE)

# These are looked for in lower-case text, and begin with a sign or one of few letters: else they cost ten times more.
_SIGN = lazy_pattern(r"@(?=[\w \t\n])")
_PICTURE = lazy_pattern(f"[{AT_PICTURES}]")
_BRACKETED = lazy_pattern(BRACKETED_AT)
_WEAK_AT = ("a", "et")
_TRUE_BRACKETS = ("(", "[", "{", "<")
_WORD = lazy_pattern(rf"(?:{SIGN_WORDS})(?=\s)")
_AT, _AET = lazy_pattern(r"at(?<=[ \n]at)(?=\s)"), lazy_pattern(r"ät(?<=[ \n]ät)(?=\s)")
_NAMED = lazy_pattern(rf"(?:{PROVIDERS})(?!\w)")
_NAMED_WITH_TLD = lazy_pattern(rf"(?:{PROVIDERS_WITH_TLD})(?=[., ]|{_SPELLED_DOT})")
_NAMED_FULLY = lazy_pattern(_PROVIDER, re.IGNORECASE)
_JOINS_BEFORE = frozenset(".@/-_")
_CONNECTORS = (
    "domena|domain|dominio|domäne|domaine|"
    "on|at|na|w|su|bei|auf|en|sur|chez|presso|ma|più|plus|then|poi|puis|luego|potem|dann"
)
_BEFORE_NAMED = lazy_pattern(
    r"([\w.-]{3,40})\s{0,2}[-,;:/]?\s{0,2}(?:(?:a|e|y|et|und|and)\s)?"
    rf"(?:[\[(]\s?|(?:{_CONNECTORS})\s{{1,2}})?(?:(?:that['’]?s|is|to|è|ist|das ist|c['’]est|es)?\s?"
    r"(?:my|mój|moj|il mio|mia|mein|meine|mon|mi)\s)?\Z",
    re.IGNORECASE,
)
#: "su gmail sono annalampade", "on gmail I am listed as annak83"
_AFTER_NAMED_FAR = lazy_pattern(
    r"(?:[ ,]{1,2}[^\W\d_]{1,9}(?:['’][^\W\d_]{1,4})?){0,4}?[ ,]{1,2}"
    r"(as|jako|come|como|comme|als|sono|estoy como|c['’]est|je suis|heiße|pod nazwą|under) ([\w.-]{3,40})",
    re.IGNORECASE,
)
_TIE = r"(?:\s?[:=]\s{0,2}|\s(?:to|is|è|ist|es|est|jest|-)\s)"
_AFTER_NAMED = lazy_pattern(
    rf"((?:\s(?:address|adres|adresse|mail|e-mail|account|konto))?{_TIE})"
    rf"([\w-]{{2,30}}(?:{BARE_DOT}[\w-]{{1,30}}){{1,3}}|[\w.-]{{3,40}})",
    re.IGNORECASE,
)
_SPEAKS_OF_MAIL = lazy_pattern(
    r"mail|adre[sc]|address|indirizzo|posta|poczt|writ|napisz|pisz|scriv|schreib|escrib|écri|ecri|cont[ar]a?[ck]?t|"
    r"kontakt|reach|odezw",
    re.IGNORECASE,
)
_CONTEXT = 48
_LONG_NAME = 9
_WINDOW = 100
#: candidates of each kind that are looked at in one text: more than any honest one has (I6)
_MAX_SIGNS, _MAX_CANDIDATES = 500, 100


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per address, as written."""
    allowed = strings(parameters, "allowed_domains")
    masked = _masked_in_quotes(message, facts) if message.quoted_text else frozenset()
    found: list[Finding] = []
    for place, start, end, words, addr_spec in found_in(message, facts, _addresses):
        domain = addr_spec.rpartition("@")[2]
        is_ours = domain and is_own_domain(domain, facts, allowed) and is_latin(words)
        if is_ours or (place is Place.QUOTED_TEXT and addr_spec in masked):
            continue
        detail = "" if addr_spec else TOO_MUCH
        found.append(Finding(check="email_address", place=place, start=start, end=end, words=words, detail=detail))
        if len(found) == MAX_FINDINGS:
            break
    return tuple(found)


def _masked_in_quotes(message: Message, facts: Facts) -> frozenset[str]:
    """The parties' addresses, and those the author writes under: his client quotes them, the masker takes them out."""
    written = (*message.authors, *message.reply_to)
    return addresses_on_record(facts) | {mailbox.addr_spec.lower() for mailbox in written}


def _addresses(shadow: Shadow) -> Iterator[Read]:
    """Every address in this text; in no order, and one may stand within another."""
    plain = list(_plainly(shadow))
    plain += [*_mirrored(shadow), *through_codes(shadow, _plainly)]
    yield from plain
    yield from apart(chain(veiled(shadow.lower, MAIL), hints_in(shadow.text, MAILBOXES)), plain)


def _mirrored(shadow: Shadow) -> Iterator[Read]:
    """Addresses beside words that tell to read them from behind."""
    for end, part in mirrored(shadow.text):
        for read in _plainly(Shadow(part, part)):
            yield Read(end - read.end, end - read.start, read.value)


def _plainly(shadow: Shadow) -> Iterator[Read]:
    text, lower = shadow.text, shadow.lower
    for pattern, read in _ways(lower):
        for looked_at, candidate in enumerate(pattern.finditer(lower)):
            if looked_at == (_MAX_SIGNS if pattern is _SIGN else _MAX_CANDIDATES):
                yield Read(candidate.start(), candidate.end(), "")
                break
            address = read(text, candidate)
            if address is not None:
                yield address


def _ways(lower: str) -> Iterator[tuple[re.Pattern[str], Callable[[str, re.Match[str]], Read | None]]]:
    """How addresses may be written in this text: what is looked for, and what reads it."""
    if "@" in lower:
        yield _SIGN, _by_sign
    if not lower.isascii():
        yield _PICTURE, _by_picture
    yield from dict.fromkeys(_WAYS[number][1] for number in _CLUES.in_text(lower))


def _by_sign(text: str, at: re.Match[str]) -> Read | None:
    local = _BEFORE.search(text[max(at.start() - 68, 0) : at.start()])
    if local is None:
        return None
    domain = _AFTER.match(text, at.end())
    if domain is not None and "\n" in local[0] + domain[0] and not _ends_in_tld(domain[0]):
        return None
    domain = domain or _AFTER_ODD.match(text, at.end()) or _AFTER_PROVIDER.match(text, at.end())
    return _address(at, local[0], domain) if domain is not None else _backwards(text, at, local[0])


def _backwards(text: str, at: re.Match[str], before: str) -> Read | None:
    """moc.liamg@anna"""
    after = _LOCAL_BACKWARDS.match(text, at.end())
    if after is None or before.partition(".")[0].lower() not in _TLDS_BACKWARDS or before != before.strip():
        return None
    return Read(at.start() - len(before), after.end(), f"{after[0]}@{before}"[::-1].lower())


def _by_picture(text: str, at: re.Match[str]) -> Read | None:
    domain = _AFTER.match(text, at.end())
    if domain is None or not _ends_in_tld(domain[0]):
        domain = _AFTER_ODD.match(text, at.end()) or _AFTER_PROVIDER.match(text, at.end())
    local = _BEFORE.search(text[max(at.start() - 68, 0) : at.start()])
    return _address(at, local[0], domain) if local is not None and domain is not None else None


def _by_brackets(text: str, at: re.Match[str]) -> Read | None:
    domain = _AFTER_ODD.match(text, at.end()) or _AFTER_PROVIDER.match(text, at.end())
    if domain is None and at[0].startswith(_TRUE_BRACKETS):
        domain = _AFTER_SPELLED.match(text, at.end())
        last = domain[0].rpartition(".")[2] if domain is not None else ""
        # A missing blank between two sentences; or (a) and (et), which need more than a word with a dot behind them.
        if last.istitle() or (at[0].strip("()[]{}<> ") in _WEAK_AT and last.lower() not in TLDS):
            return None
    return _with_local(text, at, domain)


def _by_word(text: str, at: re.Match[str]) -> Read | None:
    if not text[at.start() - 1 : at.start()].isspace():
        return None
    domain = _AFTER.match(text, at.end())
    if domain is None or not _ends_in_tld(domain[0]):
        domain = _AFTER_ODD.match(text, at.end()) or _AFTER_PROVIDER.match(text, at.end())
    return _with_local(text, at, domain)


def _by_at(text: str, at: re.Match[str]) -> Read | None:
    """The word that may always be a word: its domain must be spelled, or more must speak for it."""
    spelled = _AFTER_ODD.match(text, at.end())
    if spelled is not None and not _DOT_WORD.search(spelled[0]):
        spelled = None
    if spelled is not None and spelled[0].split()[0].lower() in STOP_WORDS:
        return None
    named = _AFTER_PROVIDER.match(text, at.end())
    address = _with_local(text, at, spelled or named or _written(_AFTER.match(text, at.end())))
    if address is None:
        return None
    local = address.value.partition("@")[0]
    before = text[max(address.start - _CONTEXT, 0) : address.start]
    is_meant = spelled is not None or is_handle(local) or (named is not None and _SPEAKS_OF_MAIL.search(before))
    return address if is_meant and local not in STOP_WORDS else None


def _written(domain: re.Match[str] | None) -> re.Match[str] | None:
    return domain if domain is not None and _ends_in_tld(domain[0]) else None


def _with_local(text: str, at: re.Match[str], domain: re.Match[str] | None) -> Read | None:
    local = _BEFORE_SPELLED.search(text[max(at.start() - _WINDOW, 0) : at.start()]) if domain is not None else None
    return _address(at, local[0], domain) if local is not None and domain is not None else None


def _by_provider(text: str, at: re.Match[str]) -> Read | None:
    """A mailbox whose provider is only named: "annak83 on gmail", "gmail: annak83"."""
    start, neighbour = at.start(), text[at.start() - 1 : at.start()]
    named = _NAMED_FULLY.match(text, start)
    if named is None or neighbour.isalnum() or neighbour in _JOINS_BEFORE:
        return None
    before = _BEFORE_NAMED.search(text[max(named.start() - _WINDOW, 0) : named.start()])
    if before is not None and is_handle(before[1]):
        start = named.start() - len(before[0])
        return Read(start, named.end(), f"{before[1]}@{_canonical(named[0])}".lower())
    far = _AFTER_NAMED_FAR.match(text, named.end())
    if far is not None and (is_handle(far[2]) or (len(far[2]) >= _LONG_NAME and far[2].islower())):
        return Read(named.start(), far.end(2), f"{far[2]}@{_canonical(named[0])}".lower())
    after = _AFTER_NAMED.match(text, named.end())
    if after is not None and (
        " " in after[2] or is_handle(after[2]) or (":" in after[1] and after[2].lower() not in STOP_WORDS)
    ):
        is_word = after[2].isalpha() and not _SPEAKS_OF_MAIL.search(
            text[max(named.start() - _CONTEXT, 0) : named.end()]
        )
        return (
            None
            if is_word
            else Read(named.start(), after.end(2), f"{_canonical(after[2])}@{_canonical(named[0])}".lower())
        )
    return None


def _address(at: re.Match[str], local: str, domain: re.Match[str]) -> Read:
    addr_spec = f"{_canonical(local)}@{_canonical(domain[0])}"
    return Read(at.start() - len(local.lstrip()), domain.end(), addr_spec.lower())


def _canonical(spelled: str) -> str:
    """A local part or domain as it is meant: dots for their words, no blanks."""
    dotted = _SPELLED.sub(".", spelled.strip()).replace(",", ".")
    return _DOTS.sub(".", "".join(dotted.split()))


def _ends_in_tld(domain: str) -> bool:
    return domain.rpartition(".")[2].strip().lower() in TLDS


_DOT_WORD = lazy_pattern(DOT_WORDS, re.IGNORECASE)
_SPELLED = lazy_pattern(_SPELLED_DOT, re.IGNORECASE)
_DOTS = lazy_pattern(r"[.]{2,9}")
#: anna.at.gmx.de, rechnung_anna_ät_posteo_de.docx: a sign and dots of letters and strokes in one word
_ONE_WORD = lazy_pattern(
    rf"(?<![\w/@.-])([a-z0-9][a-z0-9._-]{{1,60}}?)[._](?:at|ät|aet|malpa|małpa|chiocciola|arroba|arobase)[._]"
    rf"((?=[a-z])[a-z0-9-]{{2,40}})[._]({TLD})(?![\w/@-])"
)


def _by_one_word(text: str, at: re.Match[str]) -> Read | None:
    return Read(*at.span(), f"{at[1]}@{at[2]}.{at[3]}")


#: x [word] y [word] com: whatever the words are
_BY_FORM = lazy_pattern(
    r"(?<![\w@.-])([\w.+-]{3,40})\s?[\[({<]\s?[^\W_]{1,14}\s?[\])}>]\s?"
    r"([\w-]{2,30})\s?[\[({<]\s?[\w. ]{1,12}\s?[\])}>]\s?"
    r"(c[o0]m|net|[o0]rg|eu|pl|fr|uk)(?!\w)"
)


def _by_form(text: str, at: re.Match[str]) -> Read | None:
    return Read(*at.span(), f"{at[1]}@{at[2]}.{at[3]}".lower())


_WAYS_OF_AT = {"at": (_AT, _by_at), "ät": (_AET, _by_at)}
#: what a text must hold for each way: a look for all of these costs less than one of the ways
_WAYS = (
    (BRACKETED_AT, (_BRACKETED, _by_brackets)),
    (SIGN_WORDS, (_WORD, _by_word)),
    (
        rf"[a-z0-9][._](?:at|ät|aet|malpa|małpa|chiocciola|arroba|arobase)[._][a-z][a-z0-9-]*[._](?:{TLD})",
        (_ONE_WORD, _by_one_word),
    ),
    (
        r"[\])}>]\s?[\w-]{2,30}\s?[\[({<]\s?[\w. ]{1,12}\s?[\])}>]\s?(?:c[o0]m|net|[o0]rg|eu|pl|fr|uk)",
        (_BY_FORM, _by_form),
    ),
    # The word "at" stands in most texts; what must stand behind it does not.
    *((rf"[ \n]{at}\s{{1,3}}(?:{PROVIDERS}|{PROVIDERS_WITH_TLD})", way) for at, way in _WAYS_OF_AT.items()),
    *((rf"[ \n]{at}\s{{1,3}}[\w-]+(?:\.[\w-]+)*\.[^\W\d_]", way) for at, way in _WAYS_OF_AT.items()),
    *((DOT_WORDS, way) for way in _WAYS_OF_AT.values()),
    (PROVIDERS, (_NAMED, _by_provider)),
    (rf"(?:{PROVIDERS_WITH_TLD}){_OTHER_DOT}(?:\W|$)", (_NAMED_WITH_TLD, _by_provider)),
)
_CLUES = Clues(*(pattern for pattern, _ in _WAYS))
