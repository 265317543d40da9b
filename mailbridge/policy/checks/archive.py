"""Finds archives: zip, rar, 7z, tar and packed files, whatever they are called. Office files are none.

By what screening saw; before it, by how the octets are built. Does not unpack anything.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.filewords import archive_kind, looked_into
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters


def find(message: Message, facts: Facts, _parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per archive; its words are the file name, its detail is the kind."""
    kinds = ((file, archive_kind(file, looked_into(facts, at))) for at, file in enumerate(message.attachments))
    return tuple(
        Finding(check="archive", place=Place.ATTACHMENT, words=file.filename, detail=kind)
        for file, kind in kinds
        if kind
    )[:MAX_FINDINGS]
