"""Learns the weights of `likeness.py`: logistic regression by stochastic gradients (AdaGrad), the same on each machine.

Learned from are the open halves of the held-out sets, the honest ones among them, sentences written for it
(`written.py`), samples of rules, and ham. The `aside` halves are never read here.
"""

import math
import random
import tomllib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from bench.load import Letters
from mailbridge.message.parse import parse
from mailbridge.policy.likeness import (
    BITS,
    Piece,
    clauses,
    norm,
    of_form,
    of_kinds,
    of_pairs,
    of_word,
    place_of,
    plain_of,
    runs,
    sentences,
)
from mailbridge.policy.shadow import shadow_of
from mailbridge.resources import data_folder
from tests.policy.contact_labels import corpora_mails, shown_lines
from tests.policy.likeness.written import written

SETS = ("open", "more", "third", "fourth_open")
_HERE = Path(__file__).parent
_HELD_OUT, _CHECKS = _HERE.parent / "held_out", _HERE.parent / "checks"
_ROUNDS, _RATE, _PULL = 5, 0.2, 4e-2
#: orders in which all is learned; what comes of them is averaged, so that no score hangs on one order
_ORDERS = (7, 8, 9)
#: passages of ham that are learned from
_MOST_HAM = 5_000
_LETTERS = 20
#: every so many cases and replies of the sets were read by who then wrote the blocks "after a glance"
_GLANCED = {"obfuscated": 9, "honest": 14}
#: examples of a side in a language that count as that many more: a language of which little is known counts less
_FEW = 20
#: a passage of ham counts as so many: ham is most of what is not about shops, and little of what is known
_WORTH_OF_HAM = 24
#: a passage of a set counts as so many of those that were written for the model: nobody wrote the sets for it
_WORTH_OF_SETS = 5
#: scores are stretched by so much: rules that say `min_score` take about as much as they did of the first weights
_SCALE = 2.25


class Features(NamedTuple):
    """What a passage has: the numbers of features, each once, and how much of each."""

    numbers: "array[int]"
    values: "array[float]"


class Example(NamedTuple):
    """One passage."""

    language: str
    leads_away: bool
    features: Features
    worth: float = 1.0


class Learned(NamedTuple):
    """What came out."""

    weights: "array[float]"
    bias: float

    def score(self, text: str) -> float:
        """The best passage of a text."""
        return max((self.of(features) for _, _, features in read_passages(text)), default=-99.0)

    def of(self, features: Features) -> float:
        """The score of one passage."""
        weights: Iterator[float] = map(self.weights.__getitem__, features.numbers)
        return self.bias + math.fsum(map(mul, weights, features.values))


@cache
def read_passages(text: str) -> tuple[tuple[int, int, Features], ...]:
    """Where each passage of a text stands, and its features."""
    shadow = shadow_of(text)
    plain = plain_of(shadow)
    pieces = []
    for first, last in sentences(plain.octets):
        listed = list(clauses(plain.octets[first:last]))
        size = sum(len(words) for words, _ in listed)
        if size:
            start, end = place_of(shadow, plain, Piece(first, last, size))
            counted = Counter(of_form(text[start:end]))
            for words, is_denied in listed:
                counted.update(chain.from_iterable(of_word(word, is_denied=is_denied) for word in words))
                counted.update(of_pairs(words, is_denied=is_denied))
                counted.update(of_kinds(words, is_denied=is_denied))
            pieces.append((start, end, size, counted))
    found = []
    for begin, behind, size in runs([size for _, _, size, _ in pieces]):
        together, by = pieces[begin:behind], norm(size)
        summed = sum((counted for *_, counted in together), Counter[int]())
        features = Features(array("I", summed), array("d", (number / by for number in summed.values())))
        found.append((together[0][0], together[-1][1], features))
    return tuple(found)


def read_set(kind: str, name: str) -> list[dict[str, Any]]:
    """The cases or replies of an open set."""
    assert "aside" not in name
    key = {"obfuscated": "case", "honest": "reply"}[kind]
    return list(tomllib.loads((_HELD_OUT / f"{kind}_{name}.toml").read_text("utf-8"))[key])


def read_of_nobody(kind: str, name: str) -> list[dict[str, Any]]:
    """The same without those that were read before blocks "after a glance" were written."""
    return [one for number, one in enumerate(read_set(kind, name)) if number % _GLANCED[kind]]


def _hidden(case: dict[str, Any]) -> Iterator[tuple[int, int]]:
    for words in case["hidden"].split("|"):
        at = case["text"].find(words)
        if at >= 0:
            yield at, at + len(words)


def leading_away(name: str) -> Iterator[Example]:
    """The passages of a set that hold most of what is hidden in its cases, and those that hold none of it."""
    for case in read_set("obfuscated", name):
        yield from _parts(case["language"], case["text"], list(_hidden(case)), worth=_WORTH_OF_SETS)


def _parts(language: str, text: str, hidden: Sequence[tuple[int, int]], *, worth: float = 1.0) -> Iterator[Example]:
    """What leads away, and what is said around it as honest; passages with less than half of it are neither."""
    for start, end, features in read_passages(text):
        if any(2 * (min(end, last) - max(start, first)) > last - first for first, last in hidden):
            yield Example(language, True, features, worth)
        elif hidden and all(end <= first or last <= start for first, last in hidden):
            yield Example(language, False, features, worth)


def _all_of(language: str, text: str, *, leads_away: bool, worth: float = 1.0) -> Iterator[Example]:
    for _, _, features in read_passages(text):
        yield Example(language, leads_away, features, worth)


def _written(*, unread: bool) -> Iterator[Example]:
    for message in written("leads", unread=unread):
        yield from _parts(message.language, message.text, message.hidden)
    for message in written("honest", unread=unread):
        yield from _all_of(message.language, message.text, leads_away=False)


def honest(name: str) -> Iterator[Example]:
    """Every passage of the honest replies of a set."""
    for reply in read_set("honest", name):
        yield from _all_of(reply["language"], reply["text"], leads_away=False, worth=_WORTH_OF_SETS)


def _listed(file: Path, *, leads_away: bool) -> Iterator[Example]:
    for language, texts in tomllib.loads(file.read_text("utf-8")).items():
        for text in texts:
            yield from _all_of(language, text, leads_away=leads_away)


@cache
def ham() -> tuple[str, ...]:
    """What a reader sees of real mails."""
    return tuple("\n".join(shown_lines(mail.octets)) for mail in corpora_mails())


def _samples() -> Iterator[Example]:
    """What the samples of the shipped rules say that must pass."""
    for file in sorted(data_folder("rules").rglob("samples/*.yaml")):
        for sample in YAML(typ="safe").load(file.read_text("utf-8")).get("pass") or ():
            text = sample.get("text") if isinstance(sample, dict) else sample
            if text:
                yield from _all_of(sample.get("language", "en"), text, leads_away=False)
    for file in sorted(data_folder("rules").rglob("samples/pass/*.eml")):
        yield from _all_of("en", parse(file.read_bytes()).new_text, leads_away=False)


def _by_lot() -> Iterator[Example]:
    """The load's letters, whose words are drawn by lot: what is no sentence is no invitation."""
    letters = Letters(run=99)
    for _ in range(_LETTERS):
        yield from _all_of("en", letters.prose(700), leads_away=False)


def examples(sets: Sequence[str], mails: Sequence[str], *, unread: bool = False) -> list[Example]:
    """All to learn from, of these sets and these mails; `unread` leaves out what was written after reading the sets."""
    of_ham = [example for mail in mails for example in _all_of("en", mail, leads_away=False, worth=_WORTH_OF_HAM)]
    random.Random(1).shuffle(of_ham)
    return [
        *_listed(_HERE / "leading_away.toml", leads_away=True),
        *_listed(_HERE / "honest.toml", leads_away=False),
        *_listed(_CHECKS / "honest.toml", leads_away=False),
        *_written(unread=unread),
        *chain.from_iterable(map(leading_away, sets)),
        *chain.from_iterable(map(honest, sets)),
        *of_ham[:_MOST_HAM],
        *_by_lot(),
        *_samples(),
    ]


def learn(known: Sequence[Example]) -> Learned:
    """Weights that tell these apart; features that only one example has are left out."""
    kept, worths = _shared(known), _worths(known)
    leads_away = [example.leads_away for example in known]
    learned = [_learned(kept, worths, leads_away, random.Random(order)) for order in _ORDERS]
    share = _SCALE / len(learned)
    weights = array("d", (share * sum(of_one) for of_one in zip(*(weights for weights, _ in learned), strict=True)))
    return Learned(weights, share * sum(bias for _, bias in learned))


def _learned(
    kept: Sequence[Features], worths: Sequence[float], leads_away: Sequence[bool], chance: random.Random
) -> Learned:
    weights, squares = array("d", bytes(8 << BITS)), array("d", [1e-6]) * (1 << BITS)
    order, bias = list(range(len(kept))), 0.0
    for turn in range(_ROUNDS):
        chance.shuffle(order)
        for number in order:
            numbers, values = kept[number]
            score = bias + sum(map(mul, map(weights.__getitem__, numbers), values))
            slope = worths[number] * (1 / (1 + math.exp(-max(min(score, 30), -30))) - leads_away[number])
            bias -= 0.02 / (turn + 1) * slope
            if abs(slope) < 1e-4:
                continue
            for at, value in zip(numbers, values, strict=True):
                step = slope * value + _PULL * weights[at]
                squares[at] += step * step
                weights[at] -= _RATE * step / math.sqrt(squares[at])
    return Learned(weights, bias)


def _shared(known: Sequence[Example]) -> list[Features]:
    """The features of each that another one has as well."""
    often = Counter(chain.from_iterable(example.features.numbers for example in known))
    kept = []
    for example in known:
        pairs = [(at, value) for at, value in zip(*example.features, strict=True) if often[at] > 1]
        kept.append(Features(array("I", (at for at, _ in pairs)), array("d", (value for _, value in pairs))))
    return kept


def _worths(known: Sequence[Example]) -> list[float]:
    """How much each counts: in a language both sides count alike."""
    sizes = Counter((example.language, example.leads_away) for example in known)
    return [
        example.worth
        * (min(sizes[example.language, True], sizes[example.language, False]) + _FEW)
        / sizes[example.language, example.leads_away]
        for example in known
    ]
