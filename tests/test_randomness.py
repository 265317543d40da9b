"""Octets drawn in pieces are as good as octets drawn one by one: none comes twice."""

import threading

import pytest

from mailbridge.randomness import random_octets


def test_every_draw_has_its_length_and_none_comes_twice() -> None:
    draws = [random_octets(12) for _ in range(5000)]
    assert {len(draw) for draw in draws} == {12}
    assert len(set(draws)) == len(draws)


def test_two_threads_draw_different_octets() -> None:
    drawn: list[bytes] = []

    def draw() -> None:
        drawn.extend(random_octets(16) for _ in range(500))

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(drawn)) == 2000


def test_a_draw_bigger_than_a_piece_is_refused() -> None:
    with pytest.raises(ValueError, match="less"):
        random_octets(5000)
