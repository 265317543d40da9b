"""The words for digits as they are said in play, in dialect, backwards, and in the languages beyond our six.

Data and what is made of it; `numberwords.py` takes them in beside its own. A word that is another word too, in one of
our languages, is left out.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

#: zero to nine; "-" for what is a word of ours too
_BEYOND = """
nul een twee drie vier vijf zes zeven acht negen
nula jedna dva tri ctyri pet sest sedm osm devet
nula jeden dva tri styri - sest sedem osem devat
zero - dois três quatro cinco seis sete oito nove
- unu doi trei patru cinci șase șapte - nouă
noll ett två tre fyra - - sju åtta nio
- - - - fire - seks syv otte -
nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän
nulla egy kettő három négy öt - hét nyolc kilenc
nulis vienas - trys keturi penki šeši septyni aštuoni devyni
nulle viens divi trīs četri pieci seši septiņi astoņi deviņi
- üks kaks kolm neli viis kuus seitse kaheksa üheksa
- jedan dva tri četiri pet šest sedam osam devet
sıfır - iki üç - beş altı yedi sekiz dokuz
nol odin dva tri chetyre pyat shest sem vosem devyat
ноль один два три четыре пять шесть семь восемь девять
нуль один два три чотири п'ять шість сім вісім дев'ять
нула едно две три четири пет шест седем осем девет
nihil unus - tres quattuor quinque sex septem octo novem
nulo unu - tri kvar kvin - - - nau
- ichi - - yon - - nana hachi kyuu
μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα
zero - - tres quatre cinc sis - vuit nou
sero - dau tri pedwar - chwech saith wyth naw
"""
#: not said above, by digit
_AS_SAID: Mapping[int, str] = {
    0: "zeró zérø nowt zilch zippo zeroo nuller",
    1: "wun jedyn eens eene",
    2: "tew twoo dwaj dwóch dwojka zwee zwoa duje",
    3: "dree tzy trzech trzej trzeja trzi",
    4: "fower foer viere fiere sztyry štyri cztyry czterech czterej quatto",
    5: "foive fiv fümf fümfe fünfe fimf fimfe pińć pieńć piyńć pięciu zinque cinqe",
    6: "sixx siks sechse secks sekse szejść szejs szyjść sześciu",
    7: "sevin sevn sivin sieme siebene siem siebn sibn siedym siedmiu seete sètte",
    8: "eigt ayt eyt ochte osiym ośmiu vott",
    9: "nain neune nejn neine dziewieńć dziewińć dziewięciu",
}
#: more than one digit, as dialects say them
_LARGER_SAID: Mapping[int, str] = {
    10: "zehne dziesieńć dziesińć",
    11: "elwe ölf ölwe jedynaście jedenoście",
    12: "zwölwe zwelf dwanoście",
    13: "dreizen trzynoście",
    14: "czternoście sztyrnoście",
    15: "fuffzehn fuffzehne fümfzehn fuchzehn piętnoście pietnoście",
    16: "szesnoście szejsnoście",
    17: "siebzehne siedymnoście",
    20: "zwanzich dwajścia dwajścio",
    30: "dreissich dreißich czydzieści trzidzieści",
    40: "vierzich fierzig sztyrdzieści",
    50: "fuffzich fuffzig fuchzig fümfzich fünfzich fuffzisch",
    60: "sechzich sechzisch",
    70: "siebzich siebzisch",
    80: "achtzich achzig achzich",
    90: "neunzich neunzisch",
    500: "pińcet piencet piyncset",
    600: "szejset szejśset szescet",
}
#: what is put between, in play: the letters behind each vowel, which is said again
_PUT_BETWEEN = ("b", "d", "f", "g", "k", "l", "p", "s", "t", "v", "w", "z", "lef", "lew", "lev", "hef")
_VOWELS = frozenset("aeiouyäöüąęóáéíèà")
_SHORTEST = 4
#: played or turned they are words
_WORDS = frozenset(
    "sies sert sort eno tens dos sod nie net teppes sedem sette sete been seen dose dosi tva ot none nono noon tuto "
    "eneun nine tren over reis tress sero pump acht vier tiu oto otot fest seif".split()
)
_TOO_SHORT = frozenset("eno owt xis awd orez".split())


def beyond() -> Iterator[tuple[str, int]]:
    """Each word of other languages and of dialects, and its number."""
    for row in _BEYOND.strip().splitlines():
        yield from _both_ways((word, digit) for digit, word in enumerate(row.split()) if word != "-")
    for said in (_AS_SAID, _LARGER_SAID):
        yield from _both_ways((word, number) for number, words in said.items() for word in words.split())


def _both_ways(words: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """With marks and without, but for those that are other words."""
    for word, number in words:
        yield from ((spelled, number) for spelled in {word, plain(word)} if spelled not in _WORDS)


def played(words: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """These words as children hide them: backwards, with letters put between, with each letter twice."""
    for word, number in words:
        turned = word[::-1]
        if (len(turned) >= _SHORTEST or turned in _TOO_SHORT) and turned not in _WORDS:
            yield turned, number
        for between in _PUT_BETWEEN:
            for said in (_after_each(word, between), _after_groups(word, between), _after_last(word, between)):
                if said not in _WORDS:
                    yield said, number
        if len(word) >= _SHORTEST - 1:
            yield "".join(letter * 2 for letter in word), number


def _after_each(word: str, between: str) -> str:
    return "".join(letter + between + letter if letter in _VOWELS else letter for letter in word)


def _after_groups(word: str, between: str) -> str:
    return "".join(f"{group}{between}{group}" if group[0] in _VOWELS else group for group in _groups(word))


def _after_last(word: str, between: str) -> str:
    """Behind each group of vowels, of which the last is said again: quafattrofo."""
    return "".join(f"{group}{between}{group[-1]}" if group[0] in _VOWELS else group for group in _groups(word))


def _groups(word: str) -> Iterator[str]:
    group = ""
    for letter in word:
        if group and (letter in _VOWELS) != (group[-1] in _VOWELS):
            yield group
            group = ""
        group += letter
    if group:
        yield group


def plain(word: str) -> str:
    """The word without its marks."""
    bare = word.replace("ß", "ss").replace("ł", "l").replace("ı", "i")
    return "".join(letter for letter in unicodedata.normalize("NFD", bare) if not unicodedata.combining(letter))
