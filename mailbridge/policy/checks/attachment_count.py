"""Finds mails with more files than a rule allows; pictures that the text itself shows are not counted.

Does not look at sizes or types.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.filewords import attached
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, integer


def find(message: Message, _facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per file beyond the limit; its words are the file name."""
    files = [file for _, file in attached(message)]
    limit = integer(parameters, "max_files")
    return tuple(
        Finding(
            check="attachment_count",
            place=Place.ATTACHMENT,
            words=file.filename,
            detail=f"{len(files)} files, limit {limit}",
        )
        for file in files[limit:]
    )[:MAX_FINDINGS]
