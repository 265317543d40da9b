"""Reading a reply on a few thousand seeded mutations of its examples, and on any octets in each form."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import reply
from tests.fuzz.mutations import mutated

_ROUNDS = 2_000


def test_T63_reading_mutated_replies_breaks_no_promise() -> None:
    chance = random.Random(7)
    for _ in range(_ROUNDS):
        reply.check(mutated(chance, reply.SEEDS))


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_T63_reading_any_octets_breaks_no_promise(octets: bytes) -> None:
    for form in (b"P", b"H", b"M"):
        reply.check(form + octets)
