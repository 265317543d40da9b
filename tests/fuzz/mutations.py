"""Seeded mutations of examples: what can be run without counting branches."""

import random
from collections.abc import Sequence

_MAX_OCTETS = 20_000


def mutated(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One seed, with pieces of others and of itself put in, taken out, repeated or changed."""
    octets = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(octets) + 1)
        length = chance.randint(1, 40)
        kind = chance.randrange(5)
        if kind == 0:
            del octets[at : at + length]
        elif kind == 1:
            other = chance.choice(seeds)
            begin = chance.randrange(len(other) + 1)
            octets[at:at] = other[begin : begin + length * 10]
        elif kind == 2:
            octets[at:at] = octets[at : at + length] * chance.randint(1, 30)
        elif kind == 3:
            octets[at:at] = chance.randbytes(chance.randint(1, 4))
        else:
            octets[at:at] = chance.choice((b"\n", b"\r", b">", b"<", b":", b" ", b"\xe2\x80\xa8", b"-- ", b"```", b"&"))
    return bytes(octets[:_MAX_OCTETS])
