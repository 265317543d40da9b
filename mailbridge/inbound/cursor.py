"""Cursor: how far a mailbox was read, kept over restarts (cases.md D2; threats.md F-32).

UID numbers mean something only together with UIDVALIDITY (RFC 3501 §2.3.1.1): with another one everything is looked at
again, which the content dedupe of the path makes harmless. Losing a cursor costs work, never mail. Talks to no server.
"""

import contextlib
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The state of one folder of one mailbox."""

    #: of the folder when it was last read; 0: never
    uid_validity: int
    #: highest UID that was looked at
    uid: int
    #: mails that are dealt with and could not be moved: UID -> folder and stamp, since a UID alone may be reused
    settled: dict[int, str] = field(default_factory=dict)


class CursorStore(Protocol):
    """Where cursors are kept."""

    def load(self, mailbox: str) -> Cursor | None:
        """The cursor of a mailbox; None when there is none that can be read."""

    def save(self, mailbox: str, cursor: Cursor) -> None:
        """Keep it; OSError when that fails."""


class FileCursors:
    """Cursors as one small file each, replaced whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, mailbox: str) -> Cursor | None:
        """A file that can not be read counts as none: the folder is then read again."""
        try:
            raw = json.loads(self._file(mailbox).read_text("utf-8"))
            return Cursor(
                uid_validity=int(raw["uid_validity"]),
                uid=int(raw["uid"]),
                settled={int(uid): str(stamp) for uid, stamp in raw["settled"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def save(self, mailbox: str, cursor: Cursor) -> None:
        """Written beside and renamed, so that a crash leaves the old or the new one."""
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._file(mailbox)
        beside = target.with_suffix(".new")
        text = json.dumps({"uid_validity": cursor.uid_validity, "uid": cursor.uid, "settled": cursor.settled})
        with beside.open("w", encoding="utf-8") as output:
            output.write(text)
            output.flush()
            os.fsync(output.fileno())
        beside.replace(target)
        with contextlib.suppress(OSError):  # the name itself: not every file system lets a folder be synced
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _file(self, mailbox: str) -> Path:
        return self._folder / f"imap-{re.sub(r'[^A-Za-z0-9.-]', '_', mailbox)}.json"
