"""Finds Office files that carry macros or other programs: by screening, by their names, by the parts they must have.

A file in which screening saw a program is held whatever the rules say; this check is for rules that refuse it, so that
its author learns why. PDF scripts are screening's business alone.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.files import Trouble
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.filewords import ending_of, looked_into
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters

_ENDINGS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam", "sldm"})
#: names of parts, as a directory of a zip and one of an OLE file hold them
_OF_ZIP = (b"vbaProject.bin", b"/macrosheets/")
_OF_OLE = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def find(message: Message, facts: Facts, _parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per file; its words are the file name, its detail says what gives it away."""
    found: list[Finding] = []
    for number, file in enumerate(message.attachments):
        seen = looked_into(facts, number)
        is_active = seen is not None and any(one.trouble is Trouble.ACTIVE for one in seen.troubles)
        reason = "screened" if is_active else _reason(file)
        if reason:
            found.append(Finding(check="macro", place=Place.ATTACHMENT, words=file.filename, detail=reason))
    return tuple(found[:MAX_FINDINGS])


def _reason(file: Attachment) -> str:
    if ending_of(file) in _ENDINGS:
        return "name"
    parts = _OF_ZIP if file.octets.startswith(_ZIP) else _OF_OLE if file.octets.startswith(_OLE) else ()
    return "part" if any(part in file.octets for part in parts) else ""
