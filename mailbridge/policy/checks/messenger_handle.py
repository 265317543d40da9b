"""Finds ways to go on writing elsewhere (S-25, S-74): handles of messengers and social networks, links to them, and
invitations to write there.

To say that one can not write there is none, nor is the name of a service by itself. Numbers and addresses are the
business of other checks. Does not know whether a handle exists.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.hints import apart, hints_in
from mailbridge.policy.hints_of_contacts import HANDLES
from mailbridge.policy.invitations import invites, says_where
from mailbridge.policy.messengers import HOSTS, is_part_of_word, messengers_in
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import MAX_FINDINGS, TOO_MUCH, Parameters, Read, found_in, strings
from mailbridge.policy.shadow import Shadow
from mailbridge.policy.spelling import STOP_WORDS, TLDS, is_handle
from mailbridge.policy.veiled import MESSENGER, veiled

#: names of one text that are looked at: more than any honest one has (I6)
_MAX_CANDIDATES = 150
_HANDLE = r"@[\w.]{3,40}|[\w.-]{2,32}#[0-9]{4}|[\w.-]{3,40}"
_NUMBER = r"\+?[0-9][0-9 ()-]{6,18}[0-9]"
#: behind the name: "Telegram: annak", "my insta is anna_k", "(ig) anna_k"
_TIE_WORDS = (
    "is|to|è|est|ist|es|jest|id|handle|nick|name|user|username|nickname|under|als|jako|come|profil|profile|konto|account|pod|"
    "numer|number|nr"
)
_AFTER = lazy_pattern(
    rf"(?P<tie>\s{{0,2}}[)\]]?\s{{0,2}}(?:[:=→>-]{{1,2}}\s{{0,2}}|\b(?:{_TIE_WORDS})(?=[\s:=])\s{{0,2}}){{0,3}}|\s)"
    rf"(?P<handle>{_NUMBER}|{_HANDLE})",
    re.IGNORECASE,
)
#: before it: "@annak on telegram", "annak_83 (insta)"
_BEFORE = lazy_pattern(
    rf"(?P<handle>{_NUMBER}|{_HANDLE})\s{{0,2}}(?:[(\[,/-]\s?)?(?:(?:on|via|na|su|auf|bei|sur|en|w|in)\s{{1,2}})?\Z",
    re.IGNORECASE,
)
_GOES_ON_WORD = lazy_pattern(r"[\w.-]")
#: as much of a link as is looked at before a handle
_LONGEST_LINK = 300
_IN_LINK = lazy_pattern(r"://|\A\W?www\.|\w\.[^\W\d_]{2,20}/", re.IGNORECASE)
#: handles whose signs are words: "anna underscore k", "rollfilm Punkt 88"
_SPELLED_HANDLE = (
    r"[\w-]{2,30}(?:\s(?:underscore|podkreślnik|podłoga|trattino basso|tiret du bas|unterstrich|guion bajo|dot|kropka|"
    r"punto|punkt|point)\s[\w-]{1,30}){1,4}"
)
#: "on ig, anna.k"
_LISTED = lazy_pattern(r"\s?[,;]\s([\w.]{4,40}(?<!\.))", re.IGNORECASE)
#: right behind the service, its signs as words, bracketed or not: "tik tok, tornio punto pazzo"
_SPELLED_AFTER = lazy_pattern(
    r"\s{0,2}[:,=→>-]{1,2}\s{0,2}(?P<handle>[^\W_]{2,30}(?:\s[\[(*]?(?:underscore|podkreślnik|podłoga|trattino basso|"
    r"tiret du bas|tiret|unterstrich|guion bajo|dot|kropka|punto|puntino|punkt|point)[\])*]?\s[^\W_]{1,30}){1,4})",
    re.IGNORECASE,
)
#: behind some words that say where: "Insta findest du mich unter anna.k", "also Signal, Name dort rollfilm Punkt 88"
_FAR = lazy_pattern(
    rf"(?P<between>(?:[\s,]{{1,2}}[^\W\d_]{{1,14}}){{1,6}}?)[\s,:]{{1,2}}"
    rf"(?P<handle>{_SPELLED_HANDLE}|@\w[\w.]{{2,40}}|(?=[\w.-]{{0,40}}[\d._])[\w.-]{{4,40}})",
    re.IGNORECASE,
)
_PATH = lazy_pattern(r"/[\w@.+%#?=&~!/-]{1,200}")
#: a path that names nobody has none: of a link that was cut off
_NAMES = lazy_pattern(r"[^\W_]")
_LINK_BEFORE = lazy_pattern(r"(?:https?://)?(?:(?<![\w.@-])[\w-]{1,30}\.(?:[\w-]{1,30}\.)?)?\Z", re.IGNORECASE)
_DOT, _SLASH = "(?:dot|kropka|punto|punkt|point)", "(?:slash|ukośnik|barra|schrägstrich|łamane(?: przez)?)"
#: "t dot me slash anna": short hosts with their signs in words
_SPELLED_LINK = lazy_pattern(
    rf"(?<!\w)(t|wa|m|ig|vk)\s?(?:[.,]|[\[(]?{_DOT}[\])]?)\s?(me|com)\s?(?:/|{_SLASH})\s?[\w.]{{3,40}}", re.IGNORECASE
)
_NOT_A_PROFILE = lazy_pattern(
    r"/(?:download|legal|help|about|privacy|policies|android|ios|sharer?|share|intent|tr)\b", re.IGNORECASE
)
_APART = lazy_pattern(r"(?<![^\W_])[a-z0-9]([._*])(?:[a-z0-9]\1){6,40}[a-z](?![^\W_])")
_I_AM = (
    r"(?:i['’]?m|my nick is|find me as|add me|look me up|jestem(?: tam)?(?: jako)?|szukaj mnie|mój nick(?: to)?|"
    r"nick:|user(?:name)?:?|login:|ksywa:?|nome utente:?|utente:|benutzer(?:name)?:|nutzername:?|pseudo ?:|usuario:|"
    r"nazywam się|wołają mnie|sono|cercami come|mi trovi come|mi chiamo|il mio nick è|heiße|heiss|"
    r"ich bin(?: dort| da)?(?: der| die)?|findest du mich als|such mich als|je suis|cherche-moi|ajoute-moi|ajoute moi|"
    r"mon pseudo c['’]est|mon pseudo est|soy|búscame(?: como)?|agrégame(?: como)?|me llamo)"
)
#: with a low line, or with two dots
_ACCOUNT = r"[a-z][a-z0-9.]{1,24}_[a-z0-9._]{2,24}|[a-z]{3,16}\.[a-z]{2,16}\.[a-z]{3,16}"
_INTRODUCED = lazy_pattern(rf"(?<!\w){_I_AM}[\s:,]{{1,3}}(?P<handle>{_ACCOUNT})(?![\w@/-]|\.\w)")
#: what says that a name with a low line, or behind an @, is somebody's; in small letters
_IS_SOMEBODY = (
    r"dm|find me|find us|add me|follow (?:me|us)|look me up|i['’]?m on|the gram|social|messenger|komunikator\w*|"
    r"profil\w*|apk\w{1,2}|aplikacj\w{1,2}|jestem|zapraszam|znajdziesz|łapie|pisz\w{0,3}|cercami|mi trov\w|seguimi|"
    r"sono su|scrivimi|findest|such mich|bin ich|ich bin|schreib mir|adde|folg(?:t|e)? (?:mir|uns)|je suis|ajoute|"
    r"suis-moi|estoy en|búscame|sígueme|samolocik\w*|dusz\w{1,4}|fantasmino|aeroplanino|papierflieger|gespenst"
)
_SOMEBODY = lazy_pattern(
    rf"(?<![\w@])(?:{_IS_SOMEBODY})\b[^\n.!?]{{0,60}}?(?<![\w@./-])"
    r"(?P<handle>@[a-z][a-z0-9._]{2,28}[a-z0-9]|[a-z]{2,20}(?:\.[a-z]{2,20})?_[a-z0-9_]{1,20}[a-z0-9])(?![\w@/-]|\.\w)"
)
_SCHEME = "(?:skype|tg|whatsapp|viber|signal|sgnl|fb-messenger|snapchat):/"
_PREFIXED = lazy_pattern(rf"{_SCHEME}/?[\w@.?=&%+/-]{{2,200}}|skype:[\w.:-]{{3,60}}", re.IGNORECASE)
_CLUES = Clues(
    rf"\b(?:t|wa|m|ig|vk),(?:me|com)|{_SLASH}|{_DOT}[\])]?\s?(?:me|com)",
    _SCHEME,
    "skype:",
    rf"{_I_AM}[\s:,]{{1,3}}(?:{_ACCOUNT})",
    r"(?:^|[\s(:,])@[a-z][a-z0-9._]{2}|[a-z]_[a-z0-9]",
)
_OF_LINK, _OF_PREFIX, _OF_ACCOUNT, _OF_SOMEBODY = {0}, {1, 2}, {3}, {4}
_GOES_ON_BEFORE = lazy_pattern(r"[\w@.-]\Z")
_TIES = lazy_pattern(r"\b(?:id|handle|nick|nickname|username|user)\b", re.IGNORECASE)
_HOSTS = tuple(sorted(HOSTS, key=len, reverse=True))
_LONGEST_HOST = len(_HOSTS[0])


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per handle, link or invitation; its detail is the service, and the handle where there is one."""
    services = frozenset(strings(parameters, "allowed_services"))
    handles = frozenset(handle.lower().lstrip("@") for handle in strings(parameters, "allowed_handles"))
    found: list[Finding] = []
    for place, start, end, words, contact in found_in(message, facts, _contacts):
        service, _, handle = contact.partition(": ")
        if service in services or (handle and handle.lower().lstrip("@") in handles):
            continue
        if place is Place.SUBJECT and contact and not handle:
            continue  # it stays from mail to mail: somebody else may have written it
        detail = contact or TOO_MUCH
        found.append(Finding(check="messenger_handle", place=place, start=start, end=end, words=words, detail=detail))
        if len(found) == MAX_FINDINGS:
            break
    return tuple(found)


def _contacts(shadow: Shadow) -> Iterator[Read]:
    """Everything of the kind in this text; in no order, and one may stand within another."""
    clues = _CLUES.in_text(shadow.lower)
    plain = [*_named(shadow), *_linked(shadow, clues), *_letters_apart(shadow), *_introduced(shadow, clues)]
    plain += _of_somebody(shadow, clues)
    yield from plain
    yield from apart(chain(veiled(shadow.lower, MESSENGER), hints_in(shadow.text, HANDLES)), plain)


def _introduced(shadow: Shadow, clues: Sequence[int]) -> Iterator[Read]:
    """Names as only accounts have them, behind words that say that the author has it, wherever that is."""
    if _OF_ACCOUNT.intersection(clues):
        for looked_at, name in enumerate(_INTRODUCED.finditer(shadow.lower)):
            if looked_at == _MAX_CANDIDATES:
                return
            handle = name["handle"].rstrip(".")
            if is_handle(handle):
                yield Read(name.start(), name.start("handle") + len(handle), f"a name: {handle}")


def _of_somebody(shadow: Shadow, clues: Sequence[int]) -> Iterator[Read]:
    """Names with a low line, or behind an @, beside words that say that somebody is found or written to there."""
    if _OF_SOMEBODY.intersection(clues):
        for name in islice(_SOMEBODY.finditer(shadow.lower), _MAX_CANDIDATES):
            if name["handle"].startswith("@") or is_handle(name["handle"]):
                yield Read(*name.span(), f"a name: {name['handle']}")


def _letters_apart(shadow: Shadow) -> Iterator[Read]:
    """r.u.s.t.y.b.i.n: a name in small letters with the same sign between, which hides it from a search."""
    if shadow.is_apart:
        for looked_at, word in enumerate(_APART.finditer(shadow.text)):
            if looked_at == _MAX_CANDIDATES:
                return
            yield Read(*word.span(), "letters apart")


def _named(shadow: Shadow) -> Iterator[Read]:
    text = shadow.text
    for service, is_word, pattern in messengers_in(shadow.lower):
        for looked_at, name in enumerate(pattern.finditer(text if is_word else shadow.lower)):
            if looked_at == _MAX_CANDIDATES:
                if not is_word:  # a text may honestly say "Line" a thousand times
                    yield Read(name.start(), name.end(), "")
                break
            if is_part_of_word(text, name):
                continue
            contact = _with_handle(text, name, service, is_word=is_word)
            if contact is not None:
                yield contact
            elif invites(text, name.start(), name.end()):
                yield Read(name.start(), name.end(), service)


def _with_handle(text: str, name: re.Match[str], service: str, *, is_word: bool) -> Read | None:
    # "line id" is a name and a tie in one.
    after = _AFTER.match(text, name.end() - len(" id") if name[0].lower().endswith(" id") else name.end())
    if after is not None:
        handle = after["handle"].rstrip(".-#")
        tie = after["tie"]
        is_tied = any(sign in tie for sign in ":=→>") or _TIES.search(tie) is not None
        if _is_handle(handle, is_tied=is_tied and not is_word, has_tie=bool(tie.strip()), is_word=is_word):
            return Read(name.start(), after.start("handle") + len(handle), f"{service}: {handle}")
    listed = _LISTED.match(text, name.end())
    if (
        listed is not None
        and service != "line"
        and is_handle(listed[1])
        and listed[1].rpartition(".")[2].lower() not in TLDS
    ):
        return Read(name.start(), listed.end(), f"{service}: {listed[1]}")
    spelled = _SPELLED_AFTER.match(text, name.end())
    if spelled is not None:
        return Read(name.start(), spelled.end(), f"{service}: {spelled['handle']}")
    far = _FAR.match(text, name.end())
    if far is not None and says_where(far["between"]):
        handle = far["handle"].rstrip(".-")
        if " " in handle or handle.startswith("@") or is_handle(handle):
            return Read(name.start(), far.start("handle") + len(handle), f"{service}: {handle}")
    before = _BEFORE.search(text[max(name.start() - 70, 0) : name.start()])
    if before is not None and _is_handle(before["handle"], is_tied=False, has_tie=True, is_word=is_word):
        start = name.start() - len(before[0])
        is_told = any(sign.isalpha() for sign in before[0][len(before["handle"]) :])
        if not _is_end_of_word(text, start) and (is_told or not _is_end_of_link(text, start)):
            return Read(start, name.end(), f"{service}: {before['handle']}")
    return None


def _is_end_of_word(text: str, start: int) -> bool:
    """True where what begins here is the rest of a word too long for a handle."""
    return text[start] != "@" and _GOES_ON_WORD.match(text, max(start - 1, 0), start) is not None


def _is_end_of_link(text: str, start: int) -> bool:
    """True where what begins here belongs to a link: the name behind it is of a picture, or of the next link."""
    before = text[max(start - _LONGEST_LINK, 0) : start]
    return bool(before) and not before[-1].isspace() and _IN_LINK.search(before.split()[-1]) is not None


def _is_handle(handle: str, *, is_tied: bool, has_tie: bool, is_word: bool) -> bool:
    """The more a name is a word of its own, the more its handle must look like one."""
    if handle.startswith("@"):
        return handle[1:2].isalnum() or handle[1:2] == "_"
    if _is_number(handle):
        return has_tie or not is_word
    if is_handle(handle) or "#" in handle:
        return has_tie or "_" in handle or "#" in handle
    return (
        is_tied
        and handle.isalnum()
        and handle.lower() not in STOP_WORDS
        and handle == handle.lower()
        and len(handle) > 4
    )


def _is_number(handle: str) -> bool:
    return sum(sign.isdigit() for sign in handle) >= 8 and not any(sign.isalpha() for sign in handle)


def _profiles(lower: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each path right behind a host where people are found, with that host."""
    slash = lower.find("/")
    while slash >= 0:
        before = lower[max(slash - _LONGEST_HOST, 0) : slash]
        if before.endswith(_HOSTS):
            path = _PATH.match(lower, slash)
            if path is not None:
                yield next(host for host in _HOSTS if before.endswith(host)), path
                slash = path.end() - 1
        slash = lower.find("/", slash + 1)


def _linked(shadow: Shadow, clues: Sequence[int]) -> Iterator[Read]:
    text, lower = shadow.text, shadow.lower
    for looked_at, (host, link) in enumerate(_profiles(lower)):
        if looked_at == _MAX_CANDIDATES:
            yield Read(link.start() - len(host), link.end(), "")
            break
        path = link[0].rstrip(".,;:!?/")
        begin = link.start() - len(host)
        before = _LINK_BEFORE.search(text, max(begin - 80, 0), begin)
        start = before.start() if before is not None else begin
        is_profile = _NAMES.search(path) is not None and not _NOT_A_PROFILE.match(path)
        if is_profile and not _GOES_ON_BEFORE.search(text, max(start - 2, 0), start):
            end = link.start() + len(path)
            yield Read(start, end, f"{HOSTS[host]}: {text[link.start() + 1 : end]}")
    if _OF_LINK.intersection(clues):
        for spelled in _SPELLED_LINK.finditer(lower):
            service = HOSTS.get(f"{spelled[1]}.{spelled[2]}".lower())
            if service is not None:
                yield Read(spelled.start(), spelled.end(), f"{service}: {spelled[0].split()[-1]}")
    if _OF_PREFIX.intersection(clues):
        for link in _PREFIXED.finditer(lower):
            service, _, handle = link[0].partition(":")
            yield Read(link.start(), link.end(), f"{service.lower()}: {handle.lstrip('/')}")
