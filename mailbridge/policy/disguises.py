"""The signs that disguise a letter, a digit, a dot or nothing at all, and what each reads as: a table.

Only what people and phones write; whole words in Russian or Greek are no disguise, which `shadow.py` looks after.
"""

import unicodedata


def _signs(*ranges: tuple[int, int]) -> tuple[str, ...]:
    return tuple(chr(code) for first, last in ranges for code in range(first, last + 1))


#: letters of other scripts that look like ours
LOOK_ALIKES: dict[str, str] = dict(
    zip(
        "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445\u0443\u0501\u04bb\u051b\u051d\u043c\u043a"
        "\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0425\u0423"
        "\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba\u03c5\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
        "aceijopsxydhqwmkABCEHIJKMOPSTXYoavpikuABEZHIKMNOPTYX",
        strict=True,
    )
)
#: what nobody sees: blanks without width, directions, variations, the frame of a keycap
UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\u20e3"
).union(_signs((0xFE00, 0xFE0F), (0xE0000, 0xE007F)))
#: marks above, below and through the letter before them
MARKS = frozenset(
    _signs((0x300, 0x34E), (0x350, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20E2), (0xFE20, 0xFE2F))
)
#: a dot between two letters or digits; elsewhere a bullet
DOTS_BETWEEN = frozenset("\u00b7\u2022\u2027\u2219\u22c5\u30fb\u25cf\u2e31")

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2800\u3164"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_DOTS = "\u2024\u3002\uff61\ufe52\u06d4\u0701"
_SLASHES = "\u2044\u2215\u29f8"
#: subscripts, Roman numerals, circled, bracketed, dingbats, ligatures, full width, mathematical, squared, segments
_DRESSED = _signs(
    (0x2070, 0x209C),
    (0x2160, 0x217F),
    (0x2460, 0x24FF),
    (0x2776, 0x2793),
    (0xFB00, 0xFB06),
    (0xFF01, 0xFF5E),
    (0x1D400, 0x1D7FF),
    (0x1F100, 0x1F12B),
    (0x1FBF0, 0x1FBF9),
)
#: script and double-struck letters; not the signs for number, trade mark and degrees
_LETTERLIKE = _signs((0x210A, 0x2113), (0x2115, 0x2115), (0x2119, 0x211D), (0x212C, 0x2134), (0x2145, 0x2149))
#: squared and negative letters, and those that flags are made of: they have no reading of their own
_WITHOUT_READING = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
#: where the digits of other scripts stand
_DIGITS_OF_OTHERS = (
    (0x660, 0x1090),
    (0x17E0, 0x1819),
    (0x1946, 0x1BB9),
    (0x1C40, 0x1C59),
    (0xA620, 0xA629),
    (0xA8D0, 0xA909),
    (0xA9D0, 0xAA59),
    (0xABF0, 0xABF9),
)
#: numerals that are letters too, each row from zero
_NUMERALS = (
    "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d",
    "\u96f6\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396",
)
#: faces of dice, clocks, counting rods: the first sign, which stands for one, and how many there are
_COUNTED = ((0x2680, 6), (0x1F550, 12), (0x1D360, 9))


def _reading(sign: str) -> str:
    """What Unicode says this sign stands for, if that is ASCII; "" otherwise."""
    read = unicodedata.normalize("NFKC", sign).strip("()., ") or unicodedata.normalize("NFKC", sign)
    if not read.isascii():
        value = unicodedata.numeric(sign, -1.0)
        read = str(int(value)) if value >= 0 and value.is_integer() else ""
    return read


def _alike() -> dict[str, str]:
    digits = (sign for sign in _signs(*_DIGITS_OF_OTHERS) if sign.isdecimal())
    letters = {chr(first + number): chr(0x41 + number) for first in _WITHOUT_READING for number in range(26)}
    return {
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_DOTS, "."),
        **dict.fromkeys(_SLASHES, "/"),
        **{sign: read for sign in (*_DRESSED, *_LETTERLIKE) if (read := _reading(sign))},
        **letters,
        **{sign: str(unicodedata.decimal(sign)) for sign in digits},
        **{sign: str(digit) for row in _NUMERALS for digit, sign in enumerate(row)},
        **{chr(first + number): str(number + 1) for first, count in _COUNTED for number in range(count)},
        "\ufe6b": "@",
        "\U0001f51f": "10",
        "\u00b2": "2",
        "\u00b3": "3",
        "\u00b9": "1",
    }


#: every sign that stands for one or more of ASCII
ALIKE: dict[str, str] = _alike()
