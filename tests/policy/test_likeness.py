"""Which passages read like an invitation away from the market, how well the weights do, and that reading is bounded."""

import random
import time
from array import array
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.verdict import Place
from mailbridge.policy.checks.veiled_invitation import MIN_SCORE, find
from mailbridge.policy.likeness import BITS, Model, of_kinds, packed, passages, read
from mailbridge.policy.scanning import MAX_TEXT
from mailbridge.policy.shadow import shadow_of
from tests.policy.likeness.learning import (
    SETS,
    Example,
    Learned,
    examples,
    ham,
    learn,
    read_of_nobody,
    read_passages,
    read_set,
)
from tests.policy.likeness.written import Written, said_as, written
from tests.policy.stage import a_message, from_buyer

_DEFAULT: dict[str, int] = {"min_score": MIN_SCORE}
_LEAST = MIN_SCORE / 10
_INVITATION = "I am easier to reach on the app with the little ghost, same name as here with two zeros."
_HONEST = "The lamp is 40 cm high and takes a bulb of 8 watts. The parcel leaves our store tomorrow."
_CHANCE = random.Random(5)
_MIB = 1 << 20
HOSTILE = {
    "letters apart": "a " * (_MIB // 2),
    "words nobody knows": " ".join("".join(_CHANCE.choices("abcdefghij", k=6)) for _ in range(_MIB // 7)),
    "one word": "a" * _MIB,
    "questions": "? " * (_MIB // 2),
    "lines": "a\n" * (_MIB // 2),
    "clauses": "a," * (_MIB // 2),
    "low lines": "a_" * (_MIB // 2),
    "invitations": f"{_INVITATION} " * (_MIB // 90),
    "unseen": "a\u200b" * (_MIB // 4),
}


def test_S25_an_invitation_is_found_where_it_stands_and_what_is_around_is_not() -> None:
    text = f"{_HONEST}\n\n{_HONEST}\n\n{_HONEST} {_HONEST} {_INVITATION}"
    [finding] = find(a_message(text=text), from_buyer(), _DEFAULT)
    assert finding.place is Place.NEW_TEXT
    assert finding.words == text[finding.start : finding.end]
    assert finding.words.endswith(_INVITATION)
    assert finding.start > len(_HONEST)
    assert finding.detail.startswith("score ")


def test_E16_the_same_denied_is_none() -> None:
    assert (
        find(a_message(text="Sorry, you can not reach me on any app, please write here."), from_buyer(), _DEFAULT) == ()
    )


def test_it_is_found_in_letters_of_another_dress_and_in_broken_lines() -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalpha() else sign for sign in _INVITATION)
    for text in (wide, _INVITATION.replace(" the little", "\nthe little")):
        [finding] = find(a_message(text=text), from_buyer(), _DEFAULT)
        assert finding.words == text


def test_a_higher_score_finds_less() -> None:
    assert find(a_message(text=_INVITATION), from_buyer(), {"min_score": 10 * MIN_SCORE}) == ()


def test_only_new_text_is_read() -> None:
    assert find(a_message(text=_HONEST, quoted_text=_INVITATION), from_buyer(), _DEFAULT) == ()


@given(st.text(alphabet="abe .,\n?_9\uff21\u200b\u0430", max_size=400))
def test_spans_are_exact_and_never_overlap(text: str) -> None:
    found = passages(shadow_of(text), -9)
    assert all(0 <= passage.start <= passage.end <= len(text) for passage in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("kind", HOSTILE)
def test_T70_a_hostile_text_costs_little(kind: str) -> None:
    text = HOSTILE[kind][:MAX_TEXT]
    shadow_of(text)  # made once for all checks
    began = time.process_time()
    find(a_message(text=text), from_buyer(), _DEFAULT)
    assert time.process_time() - began < 0.1


def test_what_is_written_is_read_back() -> None:
    weights = [0.0, 1.27, -0.5, 0.01]
    assert read(packed(weights, -1.5)) == Model(memoryview(bytes([0, 127, 206, 1])).cast("b"), 0.01, -1.5)


def test_what_a_clause_is_about_is_the_same_in_each_language() -> None:
    clauses = ([b"follow", b"channel"], [b"segui", b"canale"], [b"folge", b"kanal"], [b"obserwuj", b"kanal"])
    assert set.intersection(*(set(of_kinds(words, is_denied=False)) for words in clauses))
    assert set(of_kinds(clauses[0], is_denied=False)).isdisjoint(of_kinds(clauses[0], is_denied=True))


def test_a_line_is_said_with_each_of_its_words_and_knows_what_leads_away() -> None:
    said = list(said_as("Hello. || {Ring|Call|Buzz} {me|us}. || Bye."))
    assert [text[:7] + text[-4:] for text, _ in said] == ["Hello. Bye."] * 3
    hidden = [text[start:end] for text, [(start, end)] in said]
    assert {words.split()[0] for words in hidden} == {"Ring", "Call", "Buzz"}
    assert {words.split()[1] for words in hidden} == {"me.", "us."}
    assert said == list(said_as("Hello. || {Ring|Call|Buzz} {me|us}. || Bye."))


@pytest.mark.parametrize("side", ["leads", "honest"])
def test_what_is_written_is_well_formed_in_six_languages(side: str) -> None:
    said = list(written(side))
    assert {message.language for message in said} == {"en", "pl", "it", "de", "fr", "es"}
    assert not [message.text for message in said if set(message.text) & set("{}|\\")]
    assert {bool(message.hidden) for message in said} == {side == "leads"}
    assert 0 < len(list(written(side, unread=True))) < len(said)


def test_the_same_is_learned_from_the_same() -> None:
    def known() -> list[Example]:
        sides: list[tuple[bool, list[Written]]] = [(True, list(written("leads"))), (False, list(written("honest")))]
        return [
            Example(message.language, leads_away, features)
            for leads_away, messages in sides
            for message in messages[:40]
            for _, _, features in read_passages(message.text)
        ]

    learned = learn(known())
    assert packed(*learned) == packed(*learn(known()))
    assert learned.score(list(written("leads"))[3].text) > learned.score(list(written("honest"))[3].text)


@pytest.mark.slow
def test_the_weights_are_those_that_are_learned() -> None:
    learned = learn(examples(SETS, ham()))
    shipped = read(files("mailbridge.policy").joinpath("likeness.weights").read_bytes())
    anew = read(packed(learned.weights, learned.bias))
    assert len(learned.weights) == len(shipped.weights) == 1 << BITS
    assert (anew.unit, anew.bias) == pytest.approx((shipped.unit, shipped.bias))
    # another machine's logarithms may round a weight the other way
    assert sum(map(int.__ne__, anew.weights, shipped.weights)) < len(shipped.weights) / 10_000


def test_what_is_read_is_what_was_learned_from() -> None:
    """The bridge's score of a text is what learning makes of the same weights: both see the same features."""
    shipped = read(files("mailbridge.policy").joinpath("likeness.weights").read_bytes())
    learned = Learned(array("d", (weight * shipped.unit for weight in shipped.weights)), shipped.bias)
    for name in SETS:
        for case in read_set("obfuscated", name)[::5]:
            best = max((passage.score for passage in passages(shadow_of(case["text"]), 0)), default=None)
            if best is not None:
                # "and" between clauses counts for the length of a passage when it is read, not when it is learned
                assert best == pytest.approx(learned.score(case["text"]), rel=0.1, abs=0.1)


@pytest.mark.slow
def test_E16_what_was_not_learned_from_is_told_apart() -> None:
    """A set that was left out, with all that was written after reading it: what is found, how many honest are held."""
    learned = learn(examples([name for name in SETS if name != "third"], ham()[::2], unread=True))
    found = [learned.score(case["text"]) >= _LEAST for case in read_of_nobody("obfuscated", "third")]
    stopped = [learned.score(reply["text"]) >= _LEAST for reply in read_of_nobody("honest", "third")]
    print(f"{sum(found)} of {len(found)} found, {sum(stopped)} of {len(stopped)} stopped")
    assert sum(found) / len(found) >= 0.65
    assert sum(stopped) / len(stopped) <= 0.02
