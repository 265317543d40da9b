"""What a line is, as one octet: the walk over a text keeps these in a bytearray. Names only."""

from mailbridge.domain.reading import PartKind

NEW, QUOTED, SIGN_OFF, SIGNATURE, IMPRINT, FOOTER, FORWARD = range(7)
#: marks of the HTML alone: a quote only behind an attribution; from here on everything is quoted
SOFT, HISTORY = 7, 8
#: while a text is read: new text whatever it looks like; NEW in the end
OWN = 9

#: by number
KINDS = (
    PartKind.NEW,
    PartKind.QUOTE,
    PartKind.SIGN_OFF,
    PartKind.SIGNATURE,
    PartKind.IMPRINT,
    PartKind.FOOTER,
    PartKind.FORWARD,
)
