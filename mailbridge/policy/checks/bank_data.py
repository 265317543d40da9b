"""Finds bank accounts and payment cards (S-25): IBANs of every country, accounts in national form, cards, BICs.

An IBAN, a Polish or Spanish account and a card count by their check digits, other national forms and a BIC only beside
the word that says so. Numbers of orders, parcels, products and companies are none, nor is what stands on an invoice.
Those that are dictated, in words or with words between, are read by `saidaccounts.py`.
"""

import re
from collections.abc import Iterator
from itertools import chain

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.filewords import is_invoice
from mailbridge.policy.ibans import iban_at
from mailbridge.policy.nearby import called_as, is_of_trade, lowered, places_of
from mailbridge.policy.numbers import is_card, is_polish_account, is_spanish_account
from mailbridge.policy.prescan import Clues
from mailbridge.policy.saidaccounts import ACCOUNTS, accounts_said
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, strings, texts_of
from mailbridge.policy.shadow import shadow_of

KINDS = ("iban", "account", "card", "bic")

_S = "[ \u00a0\u2007\u2009\u202f\n.-]"
# They begin with a digit, which the engine looks for at the speed of memory; the letters are asked for behind it.
_IBAN = lazy_pattern(r"[0-9](?:(?<=[A-Za-z]{2}[0-9])|(?<=[A-Za-z]{2}[ \u00a0][0-9]))")
_RUN = lazy_pattern(f"[0-9](?:[0-9]|{_S}){{11,}}+")
_POLISH = lazy_pattern(f"(?<![\\w+])[0-9]{{2}}(?:{_S}?[0-9]){{24}}(?![0-9])")
_SPANISH = lazy_pattern(f"(?<![\\w+])[0-9]{{4}}{_S}?[0-9]{{4}}{_S}?[0-9]{{2}}{_S}?[0-9]{{10}}(?![0-9])")
_CARD = lazy_pattern(
    f"(?<![\\w/=#&+@?])(?:[0-9]{{12,19}}|[0-9]{{4}}(?:({_S})[0-9]{{4}}\\1[0-9]{{4}}\\1[0-9]{{2,4}}(?:\\1[0-9]{{3}})?"
    f"|({_S})[0-9]{{6}}\\2[0-9]{{4,5}})|[0-9]{{6}}{_S}[0-9]{{13}})(?![0-9])"
)
_NO_DIGITS = lazy_pattern(r"[^0-9]+")
_NAMED = lazy_pattern(
    r"""(?:
        (?:bic|swift)(?:[ /-]{1,3}(?:bic|swift|code|kod|codice|código|nr|number)){0,2}[ :.=-]{1,3}
            (?P<bic>(?-i:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?))
        | (?:blz|bankleitzahl)[ :.=]{1,3}(?P<blz>\d{3}[ ]?\d{3}[ ]?\d{2})
        | sort[ -]?code[ :.=]{1,3}(?:is[ ])?(?P<sort>\d\d[ -]?\d\d[ -]?\d\d)
        | routing[ ](?:number|no\.?|nr\.?)[ :.=]{1,3}(?:is[ ])?(?P<routing>\d{9})
        | abi[ :.=]{1,3}(?P<abi>\d{5}[ ,;/-]{1,3}cab[ :.=]{1,3}\d{5})
        | (?:účtu|účet|uctu|ucet)[ :.=]{1,3}(?P<czech>(?:\d{2,6}-)?\d{6,10}/\d{4})
        | (?:kontonummer|konto-?nr\.?|account[ ](?:number|no\.?))[ :.=]{1,3}(?:is[ ])?(?P<konto>\d[\d ]{5,12}\d)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMES = (
    "bic",
    "swift",
    "blz",
    "bankleit",
    "sort",
    "routing",
    "abi",
    "účt",
    "účet",
    "ucet",
    "uctu",
    "konto",
    "account",
)
_CLUES = Clues("|".join(_NAMES), ACCOUNTS)
_OF_NAMED, _OF_SAID = 0, 1
_CARD_WORDS = ("card", "kart", "carta", "carte", "tarjeta", "visa", "mastercard", "amex", "cvv", "cvc", "maestro")
_SPANISH_WORDS = ("ccc", "c.c.c", "cuenta", "banc", "ingres", "transfer")
_CARD_OF_TRADE = ("gift card", "carta regalo", "geschenkkarte", "karta podarunkowa")
#: places looked at for each word that names an account
_MAX_ASKED = 500
#: a text with more digits is no letter, and too much work: it counts as found (I10)
_MAX_DIGITS = 100_000
_SHOWN = 40
#: of a longer text it is not asked whether it dictates an account: letters are short
_MAX_SAID = 30_000

Span = tuple[int, int, str]


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per number, as written; its detail is the kind."""
    kinds = strings(parameters, "kinds")
    references = {order.reference for order in facts.orders} | {offer.reference for offer in facts.offers}
    found: list[Finding] = []
    for place, text in texts_of(message, facts):
        if is_invoice(place, text):
            continue
        for start, end, kind in _numbers(text):
            words = text[start:end]
            if kind.split()[0].rstrip(":") in kinds and words not in references:
                found.append(Finding(check="bank_data", place=place, start=start, end=end, words=words, detail=kind))
    return tuple(found[:MAX_FINDINGS])


def _numbers(text: str) -> list[Span]:
    """Every number in this text, none inside another, in their order."""
    if len(text) > _MAX_DIGITS and sum(map(text.count, "0123456789")) > _MAX_DIGITS:
        return [(0, _SHOWN, "card: too many digits to look at")]
    found: list[Span] = []
    small = lowered(text)
    clues = _CLUES.in_text(small)
    named = _named(text, small) if _OF_NAMED in clues else ()
    for span in chain(_ibans(text), _of_digits(text), named, _said(text, has_names=_OF_SAID in clues)):
        if not any(span[0] < end and start < span[1] for start, end, _ in found):
            found.append(span)
            if len(found) == MAX_FINDINGS:
                break
    return sorted(found)


def _ibans(text: str) -> Iterator[Span]:
    reached = 0
    for digit in _IBAN.finditer(text):
        start = digit.start() - (2 if text[digit.start() - 1].isalpha() else 3)
        if start < reached or text[start - 1 : start].isalnum():
            continue
        end = iban_at(text, start)
        if text[start + 2].isspace() and not _is_written_apart(text[start:end]):
            continue
        # A sign that goes on makes it a part of an address or of something longer.
        if end and not _goes_on(text[end : end + 1]):
            reached = end
            yield start, end, f"iban {text[start : start + 2].upper()}"


def _is_written_apart(words: str) -> bool:
    """False for a small word and a number behind it: "it is 2000...", "order NO 4006..."."""
    return words[:2].isupper() and any(sign.isspace() for sign in words[5:])


def _of_digits(text: str) -> Iterator[Span]:
    """Cards and accounts that are digits only."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        for pattern, kind, is_one in _SHAPES:
            for match in pattern.finditer(text, start, end):
                if is_one(text, match) and not _goes_on(text[match.end() : match.end() + 1]):
                    yield match.start(), match.end(), kind


def _is_polish(text: str, match: re.Match[str]) -> bool:
    return is_polish_account(_digits(match)) and text[match.start() - 1 : match.start()] not in {"/", "="}


def _is_spanish(text: str, match: re.Match[str]) -> bool:
    is_called = called_as(text, match.start(), match.end(), _SPANISH_WORDS)
    return is_called and is_spanish_account(_digits(match))


def _is_card(text: str, match: re.Match[str]) -> bool:
    digits = _digits(match)
    if not is_card(digits, is_called_card=True):
        return False
    start, end = match.span()
    separator = match[1] or match[2]
    if separator and _is_among_groups(text, start, end, separator):
        return False
    is_called = called_as(text, start, end, _CARD_WORDS) and not called_as(text, start, end, _CARD_OF_TRADE)
    return is_called or (is_card(digits) and not is_of_trade(text, start))


def _is_among_groups(text: str, start: int, end: int, separator: str) -> bool:
    """True where groups of four go on: they are an account or a parcel."""
    before, behind = text[max(start - 6, 0) : start], text[end : end + 6]
    goes_on = behind[:1] == separator and behind[1:5].isdecimal() and not behind[5:6].isdecimal()
    came = before[-1:] == separator and before[-5:-1].isdecimal() and not before[:-5].isdecimal()
    return (goes_on and len(behind) > 4) or (came and len(before) > 4 and before[:-5] not in {"-", "."})


_SHAPES = ((_POLISH, "account PL", _is_polish), (_SPANISH, "account ES", _is_spanish), (_CARD, "card", _is_card))


def _named(text: str, small: str) -> Iterator[Span]:
    """Numbers that count by the word before them only; `small` is the text in lower case."""
    for at in places_of(small, _NAMES, _MAX_ASKED):
        match = _NAMED.match(text, at)
        if match is not None and match.lastgroup is not None:
            start, end = match.span(match.lastgroup)
            yield start, end, "bic" if match.lastgroup == "bic" else f"account {match.lastgroup}"


def _said(text: str, *, has_names: bool) -> Iterator[Span]:
    """Accounts and cards that are dictated."""
    if len(text) <= _MAX_SAID:
        shadow = shadow_of(text)
        for read in accounts_said(shadow, has_names=has_names):
            yield *shadow.place(read.start, read.end), read.value


def _goes_on(sign: str) -> bool:
    return sign.isalnum() or sign in {"_", "/", "=", "@", "%"}


def _digits(match: re.Match[str]) -> str:
    words = match.group()
    return words if words.isdecimal() else _NO_DIGITS.sub("", words)
