"""Asks about the files of one message, for as long as its client or a person may be kept waiting.

While another process looks, this one computes for somebody else. Decides nothing.
Says of them what the record keeps.
"""

from datetime import timedelta

from mailbridge.domain.files import FileTrouble, LookedInto, Screened, Trouble
from mailbridge.domain.message import Message
from mailbridge.path.bridge import Bridge
from mailbridge.policy.attachments import containers_of, is_screened_at_once
from mailbridge.policy.declared import declared_as
from mailbridge.store.records import FileNote

#: inside a transaction: pictures take milliseconds, the first of them half a second until the process stands
AT_ONCE = timedelta(seconds=1)
#: where nobody waits for a reply to DATA
_PATIENCE = timedelta(seconds=15)


def at_once(message: Message, bridge: Bridge) -> timedelta:
    """How long the files of a message may be looked into inside a transaction: nothing for what takes seconds."""
    is_quick = is_screened_at_once(message) and not bridge.screener.takes_longer
    return AT_ONCE if is_quick else timedelta(0)


def patience(bridge: Bridge) -> timedelta:
    """How long files may be looked into where nobody waits for a reply to DATA; less than the lease of an intent."""
    return _PATIENCE + bridge.screener.takes_longer


def look_into(message: Message, bridge: Bridge, *, within: timedelta) -> Screened | None:
    """What the files hold; None where that takes longer, or the process died over it. For holders of a CPU slot."""
    if within <= timedelta(0):
        return None
    with bridge.slots.released():
        screened = bridge.screener.look_into(message, within=within)
    return None if screened is not None and screened.is_lost else screened


def given_up(message: Message) -> Screened:
    """Nobody could look: every container is one that nobody knows."""
    return Screened(
        files=tuple(
            LookedInto(
                number=number,
                kind=kind,
                files=(message.attachments[number],),
                troubles=(FileTrouble(trouble=Trouble.WORKER_LOST),),
            )
            for number, kind in containers_of(message)
        )
    )


def file_notes(screened: Screened | None) -> tuple[FileNote, ...]:
    """What the record says of files that were looked into."""
    return tuple(
        FileNote(
            name=file.files[0].filename if len(file.files) == 1 else file.kind,
            kind=file.kind,
            removed=file.removed,
            declared=declared_as(file),
            is_unread=bool(file.troubles),
        )
        for file in (screened.files if screened is not None else ())
    )
