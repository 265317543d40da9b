"""Numbers that carry a check digit or a birth date: cards, accounts, national ids, crypto addresses.

The one door of these sums: each function is given a number without blanks and signs between and says whether it can be
one. Does not look for numbers in text, nor says what follows.
"""

from hashlib import sha256

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.ibans import mod_97

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: first digits of cards and how long their numbers are (ISO/IEC 7812): Visa, Mastercard, Amex, Diners, JCB, Discover,
#: UnionPay and Maestro, Dankort, Mir
_ISSUERS = lazy_pattern(
    r"4(?:\d{15}|\d{18})|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-59]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6[0-9]\d{14}(?:\d{3})?|81\d{14}(?:\d{3})?"
    r"|5(?:0|[68]\d)\d{14}|50\d{14}|220[0-4]\d{12}"
)
#: those from 20 on are given where the month is not known
_MONTHS_OF_NIR = frozenset({*range(1, 13), *range(20, 43), *range(50, 100)})
#: the year, month and day of a time stamp
_MOMENT = lazy_pattern(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
#: of each digit the sum of the digits of its double, as a digit
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
#: airlines' cards, and old short ones: as likely anything else
_RARE_ISSUERS = lazy_pattern(r"1\d{14}|4\d{12}|5[06-8]\d{10,17}|6\d{11,18}")


def is_card(digits: str, *, is_called_card: bool = False) -> bool:
    """True for a payment card: an issuer's range and length and a good check digit (ISO/IEC 7812-1)."""
    known = _ISSUERS.fullmatch(digits) or (is_called_card and _RARE_ISSUERS.fullmatch(digits))
    return bool(known) and luhn(digits)


def luhn(digits: str) -> bool:
    """True where the sum of ISO/IEC 7812-1 annex B is right."""
    octets = digits.encode("ascii")
    return (sum(octets[-1::-2]) + sum(octets[-2::-2].translate(_DOUBLED)) - 48 * len(octets)) % 10 == 0


def is_polish_account(digits: str) -> bool:
    """True for the 26 digits of a Polish account (NRB): an IBAN without its country."""
    return len(digits) == 26 and mod_97(f"{digits[2:]}PL{digits[:2]}") == 1


def is_spanish_account(digits: str) -> bool:
    """True for the 20 digits of a Spanish account (CCC), which has two check digits."""
    first, second = digits[:8], digits[10:]
    return (
        len(digits) == 20
        and _weighted(first, (4, 8, 5, 10, 9, 7, 3, 6)) == int(digits[8])
        and _weighted(second, (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)) == int(digits[9])
    )


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return {10: 1, 11: 0}.get(check, check)


def is_pesel(digits: str, year_now: int) -> bool:
    """True for a Polish PESEL of somebody born from 1900 to this year: date and check digit."""
    if len(digits) != 11:
        return False
    century, month = divmod(int(digits[2:4]), 20)
    year = {0: 1900, 1: 2000}.get(century, 9999) + int(digits[:2])
    if year > year_now or not _is_day(month, int(digits[4:6])):
        return False
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 10 == 0


def is_steuer_id(digits: str) -> bool:
    """True for a German Steuer-ID: eleven digits with the check digit of ISO 7064 mod 11,10, none more than thrice."""
    if len(digits) != 11 or digits[0] == "0" or max(map(digits[:10].count, set(digits[:10]))) > 3:
        return False
    check = 10
    for digit in digits[:10]:
        check = ((check + int(digit)) % 10 or 10) * 2 % 11
    return (11 - check) % 10 == int(digits[10])


def is_german_document(number: str) -> bool:
    """True for the number of a German identity card or passport with its check digit (ICAO 9303 weights 7, 3, 1)."""
    if len(number) != 10 or not number[9].isdecimal():
        return False
    total = sum(int(sign, 36) * (7, 3, 1)[place % 3] for place, sign in enumerate(number[:9]))
    return total % 10 == int(number[9])


def is_codice_fiscale(number: str) -> bool:
    """True for what is made up like an Italian codice fiscale, with a day that can be; its last letter may be wrong."""
    day = int("".join(str("LMNPQRSTUV".find(sign)) if sign.isalpha() else sign for sign in number[9:11]))
    return 1 <= day % 40 <= 31 and day <= 71


def is_nir(number: str) -> bool:
    """True for a French NIR with its key: sex, month, department, and the rest of 97. 2A and 2B are Corsica."""
    body, key = number[:13].upper(), number[13:]
    if _MOMENT.match(number):
        return False
    digits = body.replace("2A", "19", 1).replace("2B", "18", 1)
    if len(number) != 15 or not digits.isdecimal() or not key.isdecimal():
        return False
    return int(digits) % 97 + int(key) == 97 and int(digits[3:5]) in _MONTHS_OF_NIR


def is_spanish_id(number: str) -> bool:
    """True for a Spanish DNI or NIE in capitals: the letter is the rest of 23."""
    digits = number[:-1].translate(str.maketrans("XYZ", "012"))
    return digits.isdecimal() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == number[-1]


def is_nino(number: str) -> bool:
    """True for a British National Insurance number: prefixes that are given out, and a suffix from A to D."""
    prefix = number[:2].upper()
    given = prefix not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"} and not set(prefix) & set("DFIQUV")
    return given and prefix[1] != "O" and number[-1].upper() in "ABCD"


def is_ssn(digits: str) -> bool:
    """True for an American Social Security number that can have been given out."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    # Printed in advertisements, and so never anybody's.
    never = {"078051120", "219099999", "123456789"}
    return area not in {"000", "666"} and area[0] != "9" and group != "00" and serial != "0000" and digits not in never


def is_rodne_cislo(digits: str) -> bool:
    """True for a Czech or Slovak birth number: a date, and divisible by 11 where it has ten digits."""
    month, day = int(digits[2:4]) % 50 % 20, int(digits[4:6])
    if not _is_day(month, day):
        return False
    return len(digits) == 9 or int(digits[:9]) % 11 % 10 == int(digits[9])


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def is_base58_address(address: str) -> bool:
    """True for an address of Bitcoin's older form, or of its kin: 25 octets that end in their own checksum."""
    number = 0
    for sign in address:
        number = number * 58 + _BASE58.index(sign)
    if number >> 200:
        return False
    octets = number.to_bytes(25, "big")
    return sha256(sha256(octets[:21]).digest()).digest()[:4] == octets[21:]


def is_bech32_address(address: str) -> bool:
    """True for an address of Bitcoin's newer form (BIP 173, BIP 350), in small letters."""
    human, _, data = address.rpartition("1")
    values = [ord(sign) >> 5 for sign in human] + [0] + [ord(sign) & 31 for sign in human]
    check = 1
    for value in (*values, *(_BECH32.index(sign) for sign in data)):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place in range(5):
            check ^= _GENERATOR[place] if top >> place & 1 else 0
    return check in (1, 0x2BC830A3)
