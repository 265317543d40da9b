"""Whatever goes wrong inside a command: one line on stderr, no traceback, the exit code that is documented."""

from collections.abc import Callable

import pytest

from mailbridge.cli import held
from mailbridge.cli.output import ExitCode
from mailbridge.errors import (
    AuthenticationUnavailable,
    ConfigurationError,
    Conflict,
    ImportRejected,
    NotFound,
    Problem,
    ScreenerUnavailable,
    SealBroken,
    StoreSuspect,
    StoreUnavailable,
)
from tests.cli.bridge_folder import Say

PROBLEM = Problem(file="mailbridge.toml", line=3, key="bridge.hostname", reason="is missing")


def _raises(error: BaseException) -> Callable[..., object]:
    def raising(*_: object) -> object:
        raise error

    return raising


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("no held message x"), ExitCode.NOT_FOUND),
        (Conflict("held no more"), ExitCode.TEMPORARY),
        (StoreUnavailable("database is locked"), ExitCode.TEMPORARY),
        (StoreSuspect("fsync failed"), ExitCode.TEMPORARY),
        (AuthenticationUnavailable("DNS is silent"), ExitCode.TEMPORARY),
        (ScreenerUnavailable("busy"), ExitCode.TEMPORARY),
        (SealBroken("wrong key"), ExitCode.CONFIGURATION),
        (ConfigurationError((PROBLEM,)), ExitCode.CONFIGURATION),
        (ImportRejected((PROBLEM,)), ExitCode.PROBLEM),
    ],
)
def test_an_error_is_a_line_and_a_code(
    monkeypatch: pytest.MonkeyPatch, say: Say, error: BaseException, code: ExitCode
) -> None:
    monkeypatch.setattr(held, "opened_store", _raises(error))
    found, out, errors = say("held", "list")
    assert (found, out, errors.strip()) == (code, "", str(error))


def test_ctrl_c_ends_a_command_without_a_traceback(monkeypatch: pytest.MonkeyPatch, say: Say) -> None:
    monkeypatch.setattr(held, "opened_store", _raises(KeyboardInterrupt()))
    assert say("held", "list") == (ExitCode.INTERRUPTED, "", "")


def test_a_problem_names_file_line_key_and_reason(monkeypatch: pytest.MonkeyPatch, say: Say) -> None:
    monkeypatch.setattr(held, "opened_store", _raises(ConfigurationError((PROBLEM, PROBLEM))))
    assert say("held", "list")[2] == "mailbridge.toml:3: bridge.hostname: is missing\n" * 2
