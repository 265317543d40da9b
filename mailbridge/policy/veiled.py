"""Finds names of services that are written so that a filter shall not know them: "wh4ts app", "r€volut", "T*l*gr*m",
"S.u.b.i.t.o". Who writes so means the service, whatever is said with it.

A name in its own letters is none, nor one with a single blank or dash in it, as people write it who know no better.
What the names are is told by kind; whether going there is allowed is the business of the checks.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from mailbridge.policy.invitations import is_declined
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import Read

MESSENGER, PAYMENT, MAIL = "messenger", "payment", "mail"
#: by kind and service how its name is written, without disguise; what is a word too needs more than blanks between
_NAMES: dict[str, dict[str, str]] = {
    MESSENGER: {
        "whatsapp": "whatsapp whatsap watsapp watsap wasap wassap guasap uozzap uatsap ouatsap lotsap",
        "telegram": "telegram telegramm telegran",
        "instagram": "instagram insta",
        "facebook": "facebook fejsbuk feisbuk messenger",
        "snapchat": "snapchat",
        "tiktok": "tiktok",
        "discord": "discord diskord",
        "signal": "signal",
        "viber": "viber",
        "threema": "threema",
        "skype": "skype",
        "wechat": "wechat",
        "vinted": "vinted",
        "kleinanzeigen": "kleinanzeigen",
        "leboncoin": "leboncoin",
        "wallapop": "wallapop guolapop",
        "subito": "subito",
    },
    PAYMENT: {
        "direct": "paypal revolut rewolut venmo zelle cashapp sumeria bizum satispay wero twint",
        "card": "postepay",
        "coin": "bitcoin bitcoins crypto krypto cripto tether ethereum usdt",
    },
    MAIL: {"mailbox": "gmail hotmail outlook yahoo protonmail icloud"},
}
_ALIKE = {
    "a": "a4@àáâäą",
    "b": "b8",
    "c": "c(",
    "e": "e3€éèêëę",
    "g": "g9",
    "i": "i1!|í",
    "l": "l1|ł",
    "o": "o0öóò",
    "s": "s5$",
    "t": "t7+",
    "u": "uüú",
    "z": "z2",
}
_HIDING = frozenset("0123456789@€$!|(+*")
_BETWEEN = r"[ .,+*/|_~'’-]{0,2}"
_LONG, _FEW = 5, 2
_WORDS_TOO = frozenset({"signal", "subito"})
_MAX_CANDIDATES = 50


class _Name(NamedTuple):
    kind: str
    #: what a finding says
    value: str
    name: str
    pattern: str


def _written(name: str) -> str:
    signs = (f"[{re.escape(_ALIKE.get(letter, letter))}*]" for letter in name[1:])
    first = f"[{re.escape(_ALIKE.get(name[0], name[0]))}]"
    return _BETWEEN.join((first, *signs))


_LISTED = tuple(
    _Name(kind, value, name, _written(name))
    for kind, services in _NAMES.items()
    for value, names in services.items()
    for name in names.split()
)
_CLUES = Clues(*(each.pattern for each in _LISTED))


@cache
def _finder(number: int) -> re.Pattern[str]:
    """Compiled when a text first may hold the name: nearly none does."""
    return re.compile(rf"(?<![\w@.]){_LISTED[number].pattern}(?![\w@]|-[0-9])")


def veiled(lower: str, kind: str) -> Iterator[Read]:
    """The names of this kind that are written so in a lower-case text, unless going there is declined."""
    for found in _all_in(lower):
        if found[0] == kind and not is_declined(lower, found[1].start, found[1].end):
            yield found[1]


@lru_cache(maxsize=16)
def _all_in(lower: str) -> tuple[tuple[str, Read], ...]:
    """Those of every kind, which several checks ask for."""
    found: list[tuple[str, Read]] = []
    for number in _CLUES.in_text(lower):
        each = _LISTED[number]
        for looked_at, match in enumerate(_finder(number).finditer(lower)):
            if looked_at == _MAX_CANDIDATES:
                break
            is_known = any(match.start() < read.end and read.start < match.end() for _, read in found)
            if not is_known and _is_hidden(match[0], each.name):
                found.append((each.kind, Read(*match.span(), each.value)))
    return tuple(found)


def _is_hidden(written: str, name: str) -> bool:
    """True where it is written so on purpose: with other signs for letters, or with what stands between them."""
    plain = written.replace("'", "").replace("’", "")
    hiding = _HIDING.intersection(plain)
    between = sum(sign in " .,/_~-" for sign in plain)
    letters = sum(sign.isalpha() for sign in plain)
    if hiding:
        return 2 * letters >= len(name) and (len(name) >= _LONG or not hiding.isdisjoint("€@$*"))
    if "/" in plain or "_" in plain or "~" in plain:
        return len(name) > _LONG
    if name in _WORDS_TOO and " " in plain:
        return False
    return between >= _FEW
