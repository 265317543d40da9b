"""The words for numbers in six languages, and the digits that a row of them dictates, as people read out a number.

"six oh one, twenty-three, double four", "sześćset jeden dwieście trzydzieści cztery", "zéro six douze quatre-vingt".
Knows nothing of telephones.
"""

import re
from collections.abc import Sequence

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.numberguises import beyond, plain, played

_UNITS = {
    "en": "zero one two three four five six seven eight nine",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
}
_OTHER_UNITS = {
    "oh": 0,
    "o": 0,
    "nought": 0,
    "naught": 0,
    "nil": 0,
    "zerro": 0,
    "ohh": 0,
    "jedna": 1,
    "jedynka": 1,
    "dwójka": 2,
    "trójka": 3,
    "czwórka": 4,
    "piątka": 5,
    "szóstka": 6,
    "siódemka": 7,
    "ósemka": 8,
    "dziewiątka": 9,
    "dwie": 2,
    "jedynkę": 1,
    "dwójkę": 2,
    "trójkę": 3,
    "czwórkę": 4,
    "piątkę": 5,
    "szóstkę": 6,
    "siódemkę": 7,
    "ósemkę": 8,
    "dziewiątkę": 9,
    "un": 1,
    "ein": 1,
    "zwo": 2,
    "fuenf": 5,
    "une": 1,
    "una": 1,
    "fife": 5,
    "niner": 9,
    "null": 0,
    "nul": 0,
    "nulla": 0,
}
_TEENS = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "pl": "dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście "
    "dziewiętnaście",
    "it": "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "de": "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "fr": "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "es": "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "pl": "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
    "dziewięćdziesiąt",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_HUNDREDS = {
    "pl": "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset",
    "it": "cento duecento trecento quattrocento cinquecento seicento settecento ottocento novecento",
    "de": "hundert zweihundert dreihundert vierhundert fünfhundert sechshundert siebenhundert achthundert neunhundert",
    "es": "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
}
#: how often what follows is said
REPEATS = {
    "double": 2,
    "triple": 3,
    "treble": 3,
    "podwójne": 2,
    "podwójna": 2,
    "podwójny": 2,
    "potrójne": 3,
    "doppia": 2,
    "doppio": 2,
    "tripla": 3,
    "triplo": 3,
    "doppel": 2,
    "doppelt": 2,
    "dreifach": 3,
    "zweimal": 2,
    "dreimal": 3,
    "twice": 2,
    "thrice": 3,
    "doble": 2,
    "dwukrotnie": 2,
}
#: words for several zeros, behind how many; and words for "times"
ZEROS = frozenset("zera zer zeros zeroes zéros zeri ceros nullen".split())
_PLURALS = {
    "en": "ones twos threes fours fives sixes sevens eights nines",
    "pl": "jedynki dwójki trójki czwórki piątki szóstki siódemki ósemki dziewiątki",
    "de": "einsen zweien dreien vieren fünfen sechsen siebenen achten neunen",
    "es": "unos doses treses cuatros cincos seises sietes ochos nueves",
}
TIMES = frozenset("times razy volte fois veces mal".split())
#: those that are articles or conjunctions too: they begin and end no short row
WEAK = frozenset("o oh un une una uno ein one due sei ten once cent tres sto dos six ones unos twos".split()) | TIMES
#: articles between a word that repeats and what it repeats: zweimal die acht
ARTICLES = frozenset("the a la il lo l die der das eine le les el los un".split())
#: said behind a zero that comes first
IN_FRONT = (
    "davor|voran|vorne(?:weg)?|davanti|prima|all['’]inizio|devant|au début|delante|al principio|in front|at the front|"
    "before (?:it|that)|first|z przodu|na początku|na początek|przed tym"
)
#: words for + before a country code
PLUS = frozenset({"plus", "più", "piú", "piu", "más", "mas"})
#: words between the parts of a number that say nothing
FILLERS = frozenset(
    "and then und dann danach e poi i potem później następnie et puis ensuite y luego después next dash minus hyphen "
    "denn nochmal nochma again encore ancora znowu znów myślnik kreska trattino bindestrich strich "
    "spacja space blank dot kropka punkt punto slash przerwa".split()
)

#: words with which somebody tells how the parts of a number belong together
TELLING = FILLERS | frozenset(
    "my number starts begins begin start end ends finishes with in the middle of is it that after comes follows "
    "followed by at last first part rest zaczyna się od w środku jest a kończy na następnie dalej dodaj dodać "
    "początek koniec reszta inizia comincia con finisce al centro c è mezzo aggiungi segue seguito da infine fine "
    "il la l beginnt mit anfang endet auf dazwischen kommt weiter geht ende hinten vorne mitte der die das "
    "commence par finit finir pour faudra faut vous ajouter ajoutez milieu le au suivi de fin empieza termina en "
    "medio sigue seguido final davor durchwahl null einer".split()
)

#: those of them that nobody needs for anything else between two numbers
CLEARLY_TELLING = frozenset(
    "starts begins ends finishes followed zaczyna kończy dodaj dodać inizia comincia finisce aggiungi seguito beginnt "
    "endet commence finit finir ajouter ajoutez suivi empieza termina seguido".split()
)


_COUNTS = frozenset("23456789")
_MOST_GLUED = 12


def _numbers() -> dict[str, int]:
    numbers = dict(_OTHER_UNITS)
    for first, step, words in ((0, 1, _UNITS), (10, 1, _TEENS), (20, 10, _TENS), (100, 100, _HUNDREDS)):
        for row in words.values():
            numbers |= {word: first + step * place for place, word in enumerate(row.split())}
    # 70 to 90 of Belgium and Switzerland
    numbers |= {"septante": 70, "huitante": 80, "nonante": 90, "veinti": 20, "vingts": 20, "ciento": 100}
    numbers |= _joined_german() | _joined_italian()
    numbers |= {f"veinti{word}": 20 + value for value, word in enumerate(_UNITS["es"].split()) if value}
    numbers |= {"hundred": 100, "cent": 100, "cents": 100}
    return numbers | {plain(word): value for word, value in numbers.items()}


def _joined_german() -> dict[str, int]:
    joined = {}
    for ten, word in enumerate(_TENS["de"].split(), start=2):
        for unit, name in enumerate("ein zwei drei vier fünf sechs sieben acht neun".split(), start=1):
            joined[f"{name}und{word}"] = 10 * ten + unit
    below = dict(joined)
    for row, first, step in ((_UNITS, 0, 1), (_TEENS, 10, 1), (_TENS, 20, 10)):
        below |= {word: first + step * place for place, word in enumerate(row["de"].split()) if first + place}
    for hundred, word in enumerate(_HUNDREDS["de"].split(), start=1):
        joined |= {f"{word}{rest}": 100 * hundred + value for rest, value in below.items()}
    return joined


def _joined_in_dialect() -> dict[str, int]:
    """Fümfunsechzich, zweeunzwanzich."""
    units = "ein zwei/zwo/zwee drei vier/fier fünf/fuenf/fümf sechs sieben/siem acht neun"
    tens = "zwanzi dreißi/dreissi vierzi/fierzi fünfzi/fuffzi/fümfzi sechzi siebzi achtzi neunzi"
    return {
        f"{name}{joining}{word}{last}": 10 * ten + unit
        for unit, names in enumerate(units.split(), start=1)
        for name in names.split("/")
        for ten, words in enumerate(tens.split(), start=2)
        for word in words.split("/")
        for joining in ("un", "und")
        for last in ("g", "ch")
    }


def _joined_italian() -> dict[str, int]:
    units = dict(enumerate(_UNITS["it"].split()))
    joined = {}
    for ten, word in enumerate(_TENS["it"].split(), start=2):
        for unit, name in list(units.items())[1:]:
            stem = word[:-1] if unit in (1, 8) else word
            joined[f"{stem}{name}"] = 10 * ten + unit
            joined[f"{stem}{'tré' if unit == 3 else name}"] = 10 * ten + unit
    below = dict(joined)
    for row, first, step in ((_UNITS, 0, 1), (_TEENS, 10, 1), (_TENS, 20, 10)):
        below |= {word: first + step * place for place, word in enumerate(row["it"].split()) if first + place}
    for hundred, word in enumerate(_HUNDREDS["it"].split(), start=1):
        joined |= {f"{word}{rest}": 100 * hundred + value for rest, value in below.items()}
    # novecentottanta beside novecentoottanta
    joined |= {word.replace("centoott", "centott"): value for word, value in joined.items()}
    joined |= {f"mille{rest}": 1000 + value for rest, value in (below | joined).items()}
    return joined


_OURS = _numbers()
_SAID = dict(beyond())
#: what is played with: the digits of our languages
_DIGITS = [(word, digit) for row in _UNITS.values() for digit, word in enumerate(row.split())]
_DIGITS += [("zwo", 2), ("fuenf", 5), ("piec", 5), ("szesc", 6), ("dziewiec", 9)]
#: every word, lower case, with and without marks, and its number
NUMBERS: dict[str, int] = {**dict(played(_DIGITS)), **_SAID, **_joined_in_dialect(), **_OURS}
#: words for one digit that are nothing else
DIGITS_SAID = frozenset(word for word, number in NUMBERS.items() if number < 10) - WEAK - {"jeden", "jedna", "eins"}
#: digits by their names in the plural, behind how many: two sevens, trzy siódemki
SEVERAL = {
    form: str(digit)
    for row in _PLURALS.values()
    for digit, word in enumerate(row.split(), start=1)
    for form in (word, plain(word))
} | dict.fromkeys(ZEROS, "0")
#: the words that a text must hold some of before it is read closely
WORDS = frozenset(NUMBERS) | frozenset(REPEATS) | frozenset(SEVERAL) | TIMES
_SINGLE = tuple(word for word, number in {**_SAID, **_OURS}.items() if number < 100 and word.isalpha())
_PIECES = "|".join(("[0-9]+", *sorted(map(re.escape, _SINGLE), key=len, reverse=True)))
_PIECE, _GLUED = lazy_pattern(_PIECES), lazy_pattern(f"(?:{_PIECES})++")


_SINGLES, _LONGEST_SINGLE = frozenset(_SINGLE), max(map(len, _SINGLE))
_HAS_DIGIT = lazy_pattern("[0-9]")


def unglued(word: str) -> list[str]:
    """The parts of a word that is made of digits and words for numbers alone, in small letters: "6zero1", "nullsieben",
    "zer0uno"; none where it is not."""
    if _HAS_DIGIT.search(word) is None and not any(word[:size] in _SINGLES for size in range(2, _LONGEST_SINGLE)):
        return []  # nearly all words
    for read in dict.fromkeys((word, word.replace("0", "o"))):
        if _GLUED.fullmatch(read):
            parts = _PIECE.findall(read)
            return parts if 1 < len(parts) <= _MOST_GLUED else []
    return []


def dictated(parts: Sequence[str]) -> str:
    """The digits of these parts, each a word of `WORDS` or digits: "sixty", "one", "23" is "6123"."""
    said: list[int | str] = []
    repeats = 1
    for part in parts:
        if part in REPEATS:
            repeats = REPEATS[part]
            continue
        if part in TIMES:
            repeats = _count_in(said)
            continue
        if part in SEVERAL:
            said.append(SEVERAL[part] * _count_in(said))
            continue
        value: int | str = NUMBERS.get(part, part)
        if repeats > 1:
            said.append(str(value) * repeats)
        elif not said or not _joins(said, value):
            said.append(value)
        repeats = 1
    return "".join(str(value) for value in said)


def _count_in(said: list[int | str]) -> int:
    """Takes the number that was said last where it says how often: three zeros, tre volte zero; else 1."""
    last = said[-1] if said else ""
    if str(last) in _COUNTS:
        said.pop()
        return int(last)
    return 1


def _joins(said: list[int | str], value: int | str) -> bool:
    """Adds a number to the one before where the two are one: sixty one, dwieście trzydzieści, quatre-vingt-dix."""
    last = said[-1]
    if isinstance(last, str) or isinstance(value, str):
        return False
    fits = (
        (20 <= last < 100 and last % 10 == 0 and 0 < value < 10)
        or (last in {60, 80} and 10 <= value < 20)
        or (last == 10 and 7 <= value <= 9)
        or (last >= 100 and last % 100 == 0 and 0 < value < 100)
        or (last > 100 and last % 100 >= 20 and last % 10 == 0 and 0 < value < 10)
    )
    if fits:
        said[-1] = last + value
    elif value == 100 and 2 <= last <= 9:
        said[-1] = last * 100
    elif last == 4 and value == 20:
        said[-1] = 80
    else:
        return False
    return True
