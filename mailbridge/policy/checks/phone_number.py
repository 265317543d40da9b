"""Finds phone numbers (S-25, cases.md K1): international ones, and national ones of the market's regions.

The only door of phonenumbers, which is asked only about runs of enough digits. Order numbers, dates, prices, bar codes,
tracking, tax and account numbers are no phone numbers. Does not read numbers spelled in words or standing in images.
"""

import re
from collections.abc import Iterator

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, strings, texts_of

# From digit to digit; bounded, so the cost is linear (T-70). A + or ( before it belongs to it, see _start_of.
_RUN = re.compile(r"[0-9][0-9 ()./\u00a0\u2010-\u2015-]{5,38}[0-9]")
_NO_DIGIT = re.compile(r"[^0-9]+")
_MIN_DIGITS, _MAX_DIGITS = 8, 15
_MAX_ASKED = 40  # runs per text that phonenumbers is asked about
_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?:[ T]+\d{1,2}[.:]?\d{0,2})?")
# 192.0.2.1, 8.6.9/940, 0.574: a dotted quad, or a first group of one digit before a dot or slash
_ADDRESS_OR_VERSION = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9])|[0-9][./]")
#: how words begin that say what the number after them is; the nearest one counts
_OTHER_NUMBER = (
    *(
        "ean",
        "gtin",
        "isbn",
        "sku",
        "nip",
        "pesel",
        "regon",
        "krs",
        "vat",
        "p.iva",
        "partita",
        "ust-id",
        "ustid",
        "iban",
    ),
    *("konto", "account", "conto", "order", "zamówieni", "zamowieni", "zam.", "ordine", "bestell", "auftrag"),
    *("offer", "ofert", "artikel", "articol", "item", "track", "przesył", "przesyl", "paczk", "przewozow"),
    *("sendung", "spedizion", "paket", "fakt", "invoice", "rechnung", "fattura", "seryjny", "serial", "serien"),
)
_PHONE_NUMBER = (
    *("tel", "fon", "phone", "call", "zadzw", "dzwo", "kom.", "komór", "mobil", "handy", "cell", "whatsapp", "signal"),
    *("sms", "chiama", "anruf", "ruf"),
)
_WORDS_BEFORE = 4
_MONEY_AFTER = re.compile(r"\s?(?:zł|pln|eur|€|usd|\$|gbp|£|chf|kg|g\b|mm|cm|ml|szt|pcs|%)", re.IGNORECASE)
_LONGER = re.compile(r"[\w]")


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per number, as written; its detail is the number in international form."""
    regions = facts.marketplace.regions if facts.marketplace is not None else ()
    allowed = {_digits(number) for number in strings(parameters, "allowed_numbers")}
    references = {_digits(o.reference) for o in facts.orders} | {_digits(o.reference) for o in facts.offers}
    found: list[Finding] = []
    for place, text in texts_of(message, facts):
        for start, end in _candidates(text, references):
            for first, last, number in _ask(text, start, end, regions):
                if number.lstrip("+") not in allowed:
                    words = text[first:last]
                    found.append(
                        Finding(check="phone_number", place=place, start=first, end=last, words=words, detail=number)
                    )
    return tuple(found[:MAX_FINDINGS])


def _candidates(text: str, references: set[str]) -> Iterator[tuple[int, int]]:
    asked = 0
    for run in _RUN.finditer(text):
        if not _may_be_phone(text, run, references):
            continue
        asked += 1
        if asked > _MAX_ASKED:
            return
        yield _start_of(text, run), run.end()


def _start_of(text: str, run: re.Match[str]) -> int:
    """Where the number begins: at the +, at the bracket before it, or at its first digit."""
    start = run.start()
    for sign in ("+", "("):
        if text[start - 1 : start] == sign:
            start -= 1
    return start


def _may_be_phone(text: str, run: re.Match[str], references: set[str]) -> bool:
    words = run.group()
    digits = _digits(words)
    if not _MIN_DIGITS <= len(digits) <= 2 * _MAX_DIGITS or digits in references:
        return False
    if _LONGER.match(text, run.end()) or (run.start() > 0 and _LONGER.match(text[run.start() - 1])):
        return False  # part of a longer word: RR123456789PL, 1Z999..., an id
    if text[run.start() - 1 : run.start()] == "+":
        return True
    if _DATE.fullmatch(words) or _ADDRESS_OR_VERSION.match(words) or _MONEY_AFTER.match(text, run.end()):
        return False
    return not _is_called_otherwise(text[max(run.start() - 60, 0) : run.start()])


def _is_called_otherwise(before: str) -> bool:
    """True when the words before a number say that it is something else: an order, an account, a parcel."""
    line = before.rpartition("\n")[2].lower().rstrip(" :.-(")
    if line.endswith(("#", "№")):
        return True
    for word in reversed(line.split()[-_WORDS_BEFORE:]):
        if word.startswith(_PHONE_NUMBER) or any(character.isdigit() for character in word):
            return False
        if word.lstrip("([\"'").startswith(_OTHER_NUMBER):
            return True
    return False


def _ask(text: str, start: int, end: int, regions: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """The numbers in this run that are valid somewhere, each once."""
    import phonenumbers  # 22 MB of metadata, needed by few messages only

    window = text[start:end]
    found: dict[tuple[int, int], str] = {}
    for region in regions if not window.startswith(("+", "(+")) else (None,):
        for match in phonenumbers.PhoneNumberMatcher(window, region, phonenumbers.Leniency.VALID, max_tries=8):
            span = (start + match.start, start + match.end)
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            if not any(span[0] < last and first < span[1] for first, last in found):
                found[span] = number
    return [(first, last, number) for (first, last), number in sorted(found.items())]


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)
