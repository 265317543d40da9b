"""The pause after a failure: grows, lets one mail try, and is forgotten with the first success."""

from datetime import timedelta

from mailbridge.domain.delivery import Deferred
from mailbridge.outbound.transports.rest import Rest

_REASON = Deferred(diagnostic="can not connect")


def _rest() -> Rest:
    return Rest(timedelta(seconds=1), timedelta(seconds=30))


def test_F26_nothing_is_tried_during_the_pause() -> None:
    rest = _rest()
    rest.begin(100.0, _REASON)
    resting = rest.ask(100.9)
    assert resting is not None
    assert resting.diagnostic == "not tried again yet: can not connect"


def test_F26_after_the_pause_one_tries_while_the_others_wait() -> None:
    rest = _rest()
    rest.begin(100.0, _REASON)
    assert rest.ask(101.0) is None
    assert rest.ask(101.0) is not None


def test_F26_the_pause_doubles_up_to_its_longest() -> None:
    rest = _rest()
    now, pauses = 100.0, []
    for _ in range(7):
        rest.begin(now, _REASON)
        pause = next(seconds for seconds in range(1, 40) if rest.ask(now + seconds) is None)
        pauses.append(pause)
        now += pause
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_threads_that_fail_together_are_one_failure() -> None:
    rest = _rest()
    for _ in range(4):
        rest.begin(100.0, _REASON)
    assert rest.ask(101.0) is None


def test_the_first_success_ends_it() -> None:
    rest = _rest()
    rest.begin(100.0, _REASON)
    rest.end()
    assert rest.ask(100.0) is None
    assert rest.ask(100.0) is None
