"""The registry of checks: what rule files may say about each."""

import pytest

from mailbridge.policy.check import Parameter
from mailbridge.policy.checks import CHECKS


def test_every_check_has_its_own_name_and_words() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.doc and all(parameter.doc for parameter in check.parameters) for check in CHECKS)


def test_every_default_is_a_value_that_a_rule_file_may_give() -> None:
    for parameter in (parameter for check in CHECKS for parameter in check.parameters):
        default = list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
        assert parameter.why_not(default) == "", parameter.name


@pytest.mark.parametrize(
    ("default", "value", "reason"),
    [
        (True, 1, "must be true or false"),
        (1, True, "must be a whole number, 0 or more"),
        (1, 1.5, "must be a whole number, 0 or more"),
        ("x", 1, "must be a text"),
        ((), "x", "must be a list of texts"),
        ((), [""], "must be a list of texts"),
        ((), [1], "must be a list of texts"),
    ],
)
def test_a_value_of_another_type_is_refused(
    default: bool | int | str | tuple[str, ...], value: object, reason: str
) -> None:
    assert Parameter(name="p", default=default, doc="d").why_not(value) == reason
