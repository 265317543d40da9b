"""The exceptions of Mailbridge: broken surroundings only, never a decision about a message.

    MailbridgeError
    ├── ConfigurationError        settings, key file, rules or templates can not be used; carries every problem found
    ├── StoreError
    │   ├── StoreUnavailable      database gone, locked, full, read-only: transient, answered with a 4xx
    │   ├── StoreSuspect          a write may be half done (fsync failed): the process stops accepting
    │   ├── Conflict              another commit won a unique key or a version: run again from facts
    │   ├── NotFound              an id given by a person names nothing
    │   └── NotPossible           what a person asks for can not be done as things stand; says what is in the way
    ├── AuthenticationUnavailable DNS or a check is temporarily unable: 451, never "unauthenticated"
    ├── ScreenerUnavailable       files can not be looked into for the moment: nothing was decided
    ├── SealBroken                a sealed column does not open: wrong key or damaged
    ├── GateBroken                masker or leak gate failed by itself: the message is held
    └── ImportRejected            a file of trade data has errors; nothing of it was taken

Decisions (refused, held, deferred) are values: see `domain.verdict`, `domain.reply` and `policy.plan`.
"""

from dataclasses import dataclass

from typing_extensions import override


class MailbridgeError(Exception):
    """Base of every exception that Mailbridge raises itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in a file a person wrote, with where it is and what to do."""

    #: path of the file as the person named it; "" when it is not about a file
    file: str
    #: line, counted from 1; None when unknown
    line: int | None
    #: dotted key or field; "" when it is about the whole file
    key: str
    #: what is wrong and what to do, one sentence for people
    reason: str

    @property
    def fields(self) -> dict[str, str | int | None]:
        """As the fields of an event: file, line, key, problem."""
        return {"file": self.file, "line": self.line, "key": self.key, "problem": self.reason}

    @override
    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.reason) if part)


class _WithProblems(MailbridgeError):
    """An error that lists every problem at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ConfigurationError(_WithProblems):
    """Settings, key file, rules or templates can not be used as they are."""


class ImportRejected(_WithProblems):
    """A file of trade data has errors; nothing of it was taken."""


class StoreError(MailbridgeError):
    """The store could not do what was asked."""


class StoreUnavailable(StoreError):
    """The database is gone, locked, full or read-only; the same call may work later."""


class StoreSuspect(StoreError):
    """A durable write failed in a way that leaves its state unknown (threats.md F-14); stop accepting."""


class Conflict(StoreError):
    """Another commit took a unique key or changed the thread first; run again from facts."""


class NotFound(StoreError):
    """An id given by a person names nothing."""

    def __init__(self, text: str, *, kind: str = "") -> None:
        """`kind` says what it should name, such as seller, where several are given."""
        super().__init__(text)
        self.kind = kind


class NotPossible(StoreError):
    """What a person asks for can not be done as things stand; the text names what is in the way."""


class AuthenticationUnavailable(MailbridgeError):
    """A DNS question or a check of the author failed temporarily (RFC 8601 temperror)."""


class ScreenerUnavailable(MailbridgeError):
    """Files of a message could not be looked into in time; the same call may work later."""


class SealBroken(MailbridgeError):
    """A sealed column does not open: wrong key, or damaged bytes."""


class GateBroken(MailbridgeError):
    """The masker or the leak gate failed by itself; whatever it was given is held."""
