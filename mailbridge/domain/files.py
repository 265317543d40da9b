"""Files of a message after they were looked into: what was taken out, what they say, and why one is not safe.

Values only. They are made in the worker process of `screening/` and weighed by `policy/`; names and texts in them are
content and stand in no log.
"""

import enum
from dataclasses import dataclass

from mailbridge.domain.message import Attachment, Body


class Trouble(enum.Enum):
    """What is wrong with a file, or with a part of it. All but one keep it from going out unseen."""

    #: no program can open it as what it says: octets, searched as they are, that may go out as they came
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    #: a container that nothing here can clean: old Office files, RAR, 7-Zip, video
    UNSUPPORTED = "unsupported"
    #: containers inside containers
    TOO_DEEP = "too_deep"
    TOO_MANY_PARTS = "too_many_parts"
    #: more octets than a file of this size may unpack to, or a picture of too many pixels
    TOO_BIG = "too_big"
    #: macros, embedded programs
    ACTIVE = "active"
    #: two things at once, or a member that would be unpacked outside its folder
    DISGUISED = "disguised"
    #: CPU, memory or time ran out
    TOO_MUCH_WORK = "too_much_work"
    #: the worker process died over it
    WORKER_LOST = "worker_lost"

    @property
    def holds(self) -> bool:
        """True where a person must look before the file may go out: it was not looked into, or is made to hurt."""
        return self is not Trouble.BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTrouble:
    """One reason why a file is not safe."""

    #: what it is
    trouble: Trouble
    #: the member it was met in, "" for the file itself
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """One text that stands in a file as it would go out."""

    #: where: a part of the file, never its text
    place: str
    #: as a reader, or a program that shows metadata, would see it
    text: str
    #: True for properties, names and comments; False for what the document says
    is_metadata: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedInto:
    """One attachment after it was looked into."""

    #: its place in `Message.attachments`
    number: int
    #: what it is by its octets: "jpeg", "pdf", "docx" ...
    kind: str
    #: what stands in its place; itself where nothing could be done, several for an unpacked winmail.dat
    files: tuple[Attachment, ...]
    #: kinds of what was taken out, sorted: "exif", "comments" ...
    removed: tuple[str, ...] = ()
    #: what is wrong with it; one that holds keeps it from going out
    troubles: tuple[FileTrouble, ...] = ()
    #: what it says as it would go out
    texts: tuple[FileText, ...] = ()
    #: text of the message that only stood in it (winmail.dat)
    body: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The attachments of one message that are containers, each looked into."""

    #: in the order of `Message.attachments`; attachments that are no containers are left out
    files: tuple[LookedInto, ...]

    @property
    def is_safe(self) -> bool:
        """True when every file was looked into and is not made to hurt."""
        return not any(one.trouble.holds for file in self.files for one in file.troubles)

    @property
    def is_lost(self) -> bool:
        """True when the process that looks died over a file: another may know more."""
        return any(one.trouble is Trouble.WORKER_LOST for file in self.files for one in file.troubles)
