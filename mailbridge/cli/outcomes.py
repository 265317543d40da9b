"""How a command ends: every error that has a name becomes a message and an exit code."""

from collections.abc import Callable

from mailbridge.cli.output import ExitCode, complain
from mailbridge.errors import (
    AuthenticationUnavailable,
    ConfigurationError,
    Conflict,
    ImportRejected,
    NotFound,
    NotPossible,
    Problem,
    ScreenerUnavailable,
    SealBroken,
    StoreSuspect,
    StoreUnavailable,
)

_CODES: dict[type[Exception], ExitCode] = {
    NotFound: ExitCode.NOT_FOUND,
    NotPossible: ExitCode.PROBLEM,
    Conflict: ExitCode.TEMPORARY,
    StoreUnavailable: ExitCode.TEMPORARY,
    StoreSuspect: ExitCode.TEMPORARY,
    AuthenticationUnavailable: ExitCode.TEMPORARY,
    ScreenerUnavailable: ExitCode.TEMPORARY,
    SealBroken: ExitCode.CONFIGURATION,
}


def exit_code_of(command: Callable[[], object]) -> int:
    """Run it; the exit code, which it may return itself."""
    try:
        result = command()
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        return int(ExitCode.OK)
    except ConfigurationError as error:
        complain(error.problems)
        return int(ExitCode.CONFIGURATION)
    except ImportRejected as error:
        complain(error.problems)
        return int(ExitCode.PROBLEM)
    except tuple(_CODES) as error:
        complain((Problem(file="", line=None, key="", reason=str(error)),))
        return int(_CODES[type(error)])
    return int(result) if isinstance(result, int) else int(ExitCode.OK)
