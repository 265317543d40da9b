"""Finds what a person must not write to a stranger (S-25): national ids, identity documents, passwords, secret keys.

A number counts by its form and check digit; one that many other numbers look like, only behind its own name. What a
company shows of itself (NIP, REGON, VAT id, P.IVA, HRB) is no finding, nor what stands as tax id in an imprint or
on an invoice. Bank data is another check's.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy import numbers
from mailbridge.policy.filewords import is_invoice
from mailbridge.policy.nearby import called_as, is_of_trade, lowered, places_of
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, strings, texts_of

KINDS = (
    *("pesel", "codice_fiscale", "steuer_id", "nino", "ssn", "nir", "dni", "rodne_cislo", "document"),
    *("password", "secret"),
)
#: what a sole trader prints as his tax id
_TAX_IDS_OF_SOLE_TRADERS = frozenset({"codice_fiscale", "dni", "steuer_id"})
_BELOW = (Place.SIGNATURE, Place.IMPRINT)

#: a text with more digits is no letter, and too much work: it counts as found (I10)
_MAX_DIGITS = 100_000
_SHOWN = 40
#: places looked at for each name
_MAX_ASKED = 200
_DIGIT = lazy_pattern(r"[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare:
    """A kind of number that is told by its form."""

    kind: str
    #: begins with a digit, which is looked for at the speed of memory
    pattern: re.Pattern[str]
    #: signs before the digit that belong to it
    before: re.Pattern[str]
    #: one of these must begin close by; empty needs none
    names: tuple[str, ...] = ()
    is_one: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A kind of number that counts only behind one of its names."""

    kind: str
    #: how the telling word of each name begins, in small letters: few, since each is looked for in every text
    stems: tuple[str, ...]
    #: what follows the stem up to the number
    name: re.Pattern[str]
    pattern: re.Pattern[str]
    is_one: Callable[[str], bool]


_NOTHING = lazy_pattern(r"")
_OMOCODIA = "[0-9LMNPQRSTUV]"
_BARE = (
    _Bare(
        kind="codice_fiscale",
        pattern=lazy_pattern(r"[0-9](?<=[A-Z][0-9])[0-9][ABCDEHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z](?!\w)", re.IGNORECASE),
        before=lazy_pattern(r"(?<![\w/=])[A-Za-z]{6}\Z"),
        is_one=numbers.is_codice_fiscale,
    ),
    _Bare(
        kind="nino",
        pattern=lazy_pattern(r"[0-9](?<=[A-Z] [0-9])[0-9] [0-9]{2} [0-9]{2} [A-D](?!\w)"),
        before=lazy_pattern(r"(?<![\w/=])[A-Z]{2} \Z"),
        is_one=numbers.is_nino,
    ),
    _Bare(
        kind="nir",
        pattern=lazy_pattern(
            r"[12](?<!\w[12])(?:[ .]?[0-9]{2}){2}[ .]?(?:[0-9]{2}|2[AB])(?:[ .]?[0-9]{3}){2}[ .]?[0-9]{2}(?!\w)"
        ),
        before=_NOTHING,
        is_one=numbers.is_nir,
    ),
    _Bare(
        kind="dni",
        pattern=lazy_pattern(r"[0-9](?<![0-9][0-9])[0-9]{6,7}-?[A-Z](?!\w)", re.IGNORECASE),
        before=lazy_pattern(r"(?:(?<![\w/=])[XYZ]-?)?\Z", re.IGNORECASE),
        # "nie" itself is the commonest word of Polish.
        names=("dni", "d.n.i", "nif", "n.i.f", "n.i.e", "nie:", "nie nº", "documento", "identidad"),
        is_one=numbers.is_spanish_id,
    ),
)
_PESEL = lazy_pattern(r"[0-9](?<!\w[0-9])[0-9]{10}(?![\w@])")
_UP_TO = r"[^0-9\n]{0,40}?"
_NUMBER = r"(?:(?<!\w)n[.°ºro]|(?<!\w)nr|(?<!\w)n[uú]m|:|is |lautet|to )"
_NAMED = (
    _Named(
        kind="codice_fiscale",
        stems=("fiscal", "c.f."),
        name=lazy_pattern(r"(?:fiscale|c\.f\.)[^\n]{0,20}?(?=\b[a-z]{6}[0-9l-v])"),
        pattern=lazy_pattern(
            rf"[A-Z]{{6}}{_OMOCODIA}{{2}}[ABCDEHLMPRST]{_OMOCODIA}{{2}}[A-Z]{_OMOCODIA}{{3}}[A-Z]\b", re.IGNORECASE
        ),
        is_one=numbers.is_codice_fiscale,
    ),
    _Named(
        kind="steuer_id",
        stems=("steuer", "idnr", "id-nr"),
        name=lazy_pattern(rf"(?:steuer-?id|steuerliche id|id-?nr){_UP_TO}(?=[0-9])"),
        pattern=lazy_pattern(r"[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}(?!\w)"),
        is_one=numbers.is_steuer_id,
    ),
    _Named(
        kind="nino",
        stems=("nino", "national insurance"),
        name=lazy_pattern(r"(?:nino|national insurance)[^0-9\n]{0,40}?(?=\b[a-z]{2} ?[0-9])"),
        pattern=lazy_pattern(r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b", re.IGNORECASE),
        is_one=numbers.is_nino,
    ),
    _Named(
        kind="ssn",
        stems=("ssn", "social security"),
        name=lazy_pattern(rf"(?:ssn|social security){_UP_TO}(?=[0-9])"),
        pattern=lazy_pattern(r"(?:[0-9]{3}([ .-])[0-9]{2}\1[0-9]{4}|[0-9]{3}-?[0-9]{6}|[0-9]{5}-[0-9]{4})(?![\w-])"),
        is_one=numbers.is_ssn,
    ),
    _Named(
        kind="rodne_cislo",
        stems=("rodn",),
        name=lazy_pattern(rf"rodn\w{{1,3}} [čc][íi]s{_UP_TO}(?=[0-9])"),
        pattern=lazy_pattern(r"[0-9]{6}[ /]?[0-9]{3,4}(?![\w/])"),
        is_one=numbers.is_rodne_cislo,
    ),
    _Named(
        kind="document",
        stems=("pass", "reisepass", "paszp", "pasap", "dowod", "dowód", "personalausw", "ausweis", "identit"),
        name=lazy_pattern(
            r"(?:(?:(?:reise)?pass(?:port|aporto|eport)?s?(?!\w)|paszport(?:u|em)?(?!\w)|pasaporte|dow[oó]d\w{0,3} osob"
            rf"|(?:personal)?ausweis(?!\w)|identit[àéy]\b)[^0-9\n]{{0,24}}?{_NUMBER}"
            r"|(?:reise)?passnummer|(?:personal)?ausweisnummer|(?<=nr )paszportu|(?<=umer )paszportu"
            r"|(?<=mero di )passaporto|(?<=méro de )passeport|(?<=mero de )pasaporte"
            r"|dowodu(?=[: ]{1,3}[a-z]{3} ?[0-9]{6}))[^0-9\n]{0,14}?(?=(?<!\w)[a-z0-9]{2})"
        ),
        pattern=lazy_pattern(r"[A-Z0-9]{2,3} ?[A-Z0-9]{4,8}(?!\w)"),
        is_one=lambda number: sum(map(str.isdecimal, number)) >= 5,
    ),
)
_PASSWORD_STEMS = ("passw", "passc", "kennwort", "hasł", "haslo", "parola d", "mot de passe", "contraseñ", "heslo")
_PASSWORD = lazy_pattern(
    r"[\w'’ ]{4,16}?(?:[ ](?:do|for|for[ ]the|für|per|del|de)[ ][\w' .-]{1,30}?)?"
    r"(?:[ ]?[:=][ ]?|[ ](?:is|to|lautet|ist|est|es|è|brzmi|jest)[ ]?:?[ ])"
    r"[\"'„“`(]?(?P<word>[^\s\"'„“”`<>,;)]{6,64})",
    re.IGNORECASE,
)
_OF_ADDRESSES = frozenset("/&=")
#: what every unit of a product has: told to a buyer in honest mail
_FACTORY = (
    *("wi-fi", "wifi", "wlan", "router", "default", "domyśln", "fabryczn", "standard", "werk", "predefinit", "défaut"),
    *("defecto", "fabbrica", "archiw", "zip", "rar", "pdf"),
)
_SECRET_BEGINS = (
    *("sk_", "rk_", "AKIA", "ASIA", "ghp_", "gho_", "github_pat_", "glpat-", "xox", "AIza", "SG.", "sk-", "npm_"),
    *("dop_v1_", "shpat_", "-----BEGIN "),
)
_SECRET = lazy_pattern(
    r"(?:[sr]k_(?:live|test)_[A-Za-z0-9]{16,99}|A[KS]IA[A-Z0-9]{16}(?!\w)|gh[po]_[A-Za-z0-9]{36}"
    r"|github_pat_\w{22,255}|glpat-[\w-]{20}|xox[bp]-[0-9A-Za-z-]{20,99}|AIza[\w-]{35}|SG\.[\w-]{22}\.[\w-]{43}"
    r"|sk-(?:proj|ant)-[\w-]{20,200}|npm_[A-Za-z0-9]{36}|dop_v1_[0-9a-f]{64}|shpat_[0-9a-f]{32}"
    r"|-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----)"
)
_CLUES = Clues(
    *("|".join(map(re.escape, named.stems)) for named in _NAMED),
    "|".join(map(re.escape, _PASSWORD_STEMS)),
    "|".join(re.escape(begin.lower()) for begin in _SECRET_BEGINS),
)
_IS_PASSWORD, _IS_SECRET = len(_NAMED), len(_NAMED) + 1

Span = tuple[int, int, str]


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per number or word, as written; its detail is the kind."""
    kinds = strings(parameters, "kinds")
    references = {order.reference for order in facts.orders} | {offer.reference for offer in facts.offers}
    found: list[Finding] = []
    for place, text in texts_of(message, facts):
        if is_invoice(place, text):
            continue
        for start, end, kind in _found_in(text, facts.now.year):
            words = text[start:end]
            is_company = place in _BELOW and kind in _TAX_IDS_OF_SOLE_TRADERS
            if (kind in kinds and words not in references and not is_company) or kind not in KINDS:
                found.append(
                    Finding(check="sensitive_data", place=place, start=start, end=end, words=words, detail=kind)
                )
    return tuple(found[:MAX_FINDINGS])


@lru_cache(maxsize=16)
def _found_in(text: str, year: int) -> list[Span]:
    """Everything in this text, none inside another, in its order."""
    if len(text) > _MAX_DIGITS and sum(map(text.count, "0123456789")) > _MAX_DIGITS:
        return [(0, _SHOWN, "too many digits to look at")]
    if _DIGIT.search(text) is None and "PRIVATE KEY" not in text:
        return []
    small = lowered(text)
    may_hold = _CLUES.in_text(small)
    found: list[Span] = []
    for span in chain(
        _passwords(text, small) if _IS_PASSWORD in may_hold else (),
        _named(text, small, [_NAMED[number] for number in may_hold if number < _IS_PASSWORD]),
        _pesels(text, year),
        _bare(text),
        _secrets(text) if _IS_SECRET in may_hold else (),
    ):
        if not any(span[0] < end and start < span[1] for start, end, _ in found):
            found.append(span)
            if len(found) == MAX_FINDINGS:
                break
    return sorted(found)


def _named(text: str, small: str, names: Iterable[_Named]) -> Iterator[Span]:
    """Numbers behind these names; one name may stand for several that follow each other."""
    for named in names:
        for at in places_of(small, named.stems, _MAX_ASKED):
            name = named.name.match(small, at)
            match = named.pattern.match(text, name.end()) if name is not None else None
            while match is not None and named.is_one(_compact(match.group())):
                yield match.start(), match.end(), named.kind
                match = named.pattern.match(text, match.end() + 1)


def _pesels(text: str, year: int) -> Iterator[Span]:
    for match in _PESEL.finditer(text):
        start = match.start()
        if _begins_word(text, start) and numbers.is_pesel(match.group(), year):
            is_called = called_as(text, start, match.end(), ("pesel",))
            if is_called or not is_of_trade(text, start):
                yield start, match.end(), "pesel"


def _bare(text: str) -> Iterator[Span]:
    for bare in _BARE:
        for match in bare.pattern.finditer(text):
            before = bare.before.search(text[max(match.start() - 7, 0) : match.start()])
            if before is None:
                continue
            start = match.start() - len(before.group().lstrip() if bare.kind != "nino" else before.group())
            number = _compact(text[start : match.end()])
            if bare.names and not called_as(text, start, match.end(), bare.names):
                continue
            if _begins_word(text, start) and bare.is_one(number) and not is_of_trade(text, start):
                yield start, match.end(), bare.kind


def _passwords(text: str, small: str) -> Iterator[Span]:
    """Words that are called a password and look like one: a name alone, or one that a maker gives, is none."""
    for at in places_of(small, _PASSWORD_STEMS, _MAX_ASKED):
        match = _PASSWORD.match(text, at)
        if match is None:
            continue
        word = match["word"].rstrip(".!?:")
        is_mixed = any(map(str.isdecimal, word)) and (any(map(str.isalpha, word)) or len(word) >= 6)
        if (
            is_mixed
            and len(word) >= 6
            and _OF_ADDRESSES.isdisjoint(word)
            and not called_as(text, at, match.start("word"), _FACTORY)
        ):
            yield match.start("word"), match.start("word") + len(word), "password"


def _secrets(text: str) -> Iterator[Span]:
    for begin in _SECRET_BEGINS:
        at = text.find(begin)
        for _ in range(_MAX_ASKED):
            if at < 0:
                break
            match = _SECRET.match(text, at)
            if match is not None and _begins_word(text, at):
                yield at, match.end(), "secret"
            at = text.find(begin, at + len(begin))


def _begins_word(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return not before or not (before.isalnum() or before in {"_", "/", "=", "+", "@", "#", "&", "%"})


def _compact(words: str) -> str:
    return (words if words.isalnum() else "".join(sign for sign in words if sign.isalnum())).upper()
