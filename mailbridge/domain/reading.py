"""Reading: what the parts of a text are: new words, quoted history, signature, imprint. Values only.

Made by `message/body.py`. Nothing is thrown away: the parts of a Reading join up to its text.
"""

import enum
from dataclasses import dataclass
from itertools import groupby

#: stands in a text made of HTML where its source has a line end within a line: a blank to whoever reads it
SOURCE_BREAK = "\u2028"


class PartKind(enum.Enum):
    """What a part of a text is."""

    #: the author's own words of this time
    NEW = "new"
    #: his formula at the end and the name under it: "Kind regards, Anna"
    SIGN_OFF = "sign_off"
    #: a signature that is marked as one: behind "-- ", or by the client's HTML
    SIGNATURE = "signature"
    #: what law or company makes him write: registers, tax numbers, confidentiality notices
    IMPRINT = "imprint"
    #: what a program or a list added: "Sent from my iPhone", notes of virus scanners, footers of lists
    FOOTER = "footer"
    #: what he passes on: a forwarded message, or a mail that is nothing but a message of somebody else; also a history
    #: that he says he has written his answers into
    FORWARD = "forward"
    #: history: what others wrote, and what introduces it
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """One stretch of the text."""

    #: what it is
    kind: PartKind
    #: where it begins, in characters of the text
    start: int
    #: where it ends, exclusive
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text and its parts, in order, without gap or overlap."""

    #: all of it, as it was read
    text: str = ""
    #: in the order of the text
    parts: tuple[TextPart, ...] = ()

    def of(self, *kinds: PartKind) -> str:
        """The text of all parts of these kinds, one behind the other, trimmed; parts that touch stay together."""
        runs = []
        for chosen, group in groupby(self.parts, key=lambda part: part.kind in kinds):
            if chosen:
                run = list(group)
                runs.append(self.text[run[0].start : run[-1].end].removesuffix("\n"))
        return "\n".join(runs).strip()
