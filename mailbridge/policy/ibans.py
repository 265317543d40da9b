"""Which account numbers are IBANs: the length and make-up that each country gives them, and their check digits.

The one door of what is known about IBANs (ISO 13616); an account of no country or with wrong check digits is none.
Does not look for them in text: that is a check's business.
"""

import re
from functools import cache

from mailbridge.patterns import lazy_pattern

# Runs of characters behind the check digits: n digits, a capitals, c either. From the public register of ISO 13616,
# with the countries that use IBANs and do not stand in it.
_MAKE_UP = """
AD 8n12c AE 19n AL 8n16c AO 21n AT 16n AZ 4a20c BA 16n BE 12n BF 2c22n BG 4a6n8c BH 4a14c BI 23n BJ 2c22n BR 23n1a1c
BY 4c4n16c CF 23n CG 23n CH 5n12c CI 2c22n CM 23n CR 18n CV 21n CY 8n16c CZ 20n DE 18n DJ 23n DK 14n DO 4c20n DZ 22n
EE 16n EG 25n ES 20n FI 14n FK 2a12n FO 14n FR 10n11c2n GA 23n GB 4a14n GE 2a16n GI 4a15c GL 14n GQ 23n GR 7n16c
GT 24c GW 2c19n HN 4a20n HR 17n HU 24n IE 4a14n IL 19n IQ 4a15n IR 22n IS 22n IT 1a10n12c JO 4a4n18c KM 23n KW 4a22c
KZ 3n13c LB 4n20c LC 4a24c LI 5n12c LT 16n LU 3n13c LV 4a13c LY 21n MA 24n MC 10n11c2n MD 20c ME 18n MG 23n MK 3n10c2n
ML 2c22n MN 16n MR 23n MT 4a5n18c MU 4a19n3a MZ 21n NE 2c22n NI 4a20n NL 4a10n NO 11n OM 3n16c PK 4a16c PL 24n PS 4a21c
PT 21n QA 4a21c RO 4a16c RS 18n RU 14n15c SA 2n18c SC 4a20n3a SD 14n SE 20n SI 15n SK 20n SM 1a10n12c SN 2c22n SO 19n
ST 21n SV 4a20n TD 23n TG 2c22n TL 19n TN 20n TR 6n16c UA 6n19c VA 18n VG 4a16n XK 16n YE 4a4n18c
"""
_RUN = lazy_pattern(r"(\d+)([nac])")
_SIGNS = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}
#: what may stand between two signs: people write groups, programs break lines
_BETWEEN = "[ \u00a0\u2007\u2009\u202f\n.-]{0,2}+"
_NOT_SIGNS = lazy_pattern(r"[^A-Za-z0-9]+")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Of each country how an IBAN is written; every quantifier is bounded or possessive (T-70)."""
    words = _MAKE_UP.split()
    patterns = {}
    for country, make_up in zip(words[::2], words[1::2], strict=True):
        runs = [(2, "n"), *((int(count), kind) for count, kind in _RUN.findall(make_up))]
        signs = "".join(f"(?:{_BETWEEN}{_SIGNS[kind]}){{{count}}}" for count, kind in runs)
        patterns[country] = re.compile(f"[A-Za-z]{{2}}{signs}")
    return patterns


def iban_at(text: str, start: int) -> int:
    """Where the IBAN that begins here ends; 0 for none: no country has such, or its check digits are wrong."""
    pattern = _patterns().get(text[start : start + 2].upper())
    match = pattern.match(text, start) if pattern is not None else None
    if match is None:
        return 0
    number = _NOT_SIGNS.sub("", match.group()).upper()
    return match.end() if mod_97(f"{number[4:]}{number[:4]}") == 1 else 0


@cache
def length_of(country: str) -> int:
    """How many signs an IBAN of this country has, its letters included."""
    words = _MAKE_UP.split()
    make_up = dict(zip(words[::2], words[1::2], strict=True))[country]
    return 4 + sum(int(count) for count, _ in _RUN.findall(make_up))


def mod_97(signs: str) -> int:
    """The remainder of ISO 7064 mod 97-10: letters count from A = 10."""
    return int("".join(str(int(sign, 36)) for sign in signs)) % 97
