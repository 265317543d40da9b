"""Finds files that are too big, each or together (E-08: the usual limit is 10 MB a message).

Counts decoded octets. Does not look inside archives.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, integer


def find(message: Message, _facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per file over the limit for one; else one finding, naming the biggest file, when all are too big."""
    sizes = [(len(attachment.octets), attachment.filename) for attachment in message.attachments]
    limit, total = integer(parameters, "max_each_octets"), integer(parameters, "max_total_octets")
    found = [_finding(name, f"{size} octets, limit {limit}") for size, name in sizes if size > limit]
    together = sum(size for size, _ in sizes)
    if not found and together > total:
        found.append(_finding(max(sizes)[1], f"{together} octets together, limit {total}"))
    return tuple(found[:MAX_FINDINGS])


def _finding(name: str, detail: str) -> Finding:
    return Finding(check="attachment_size", place=Place.ATTACHMENT, words=name, detail=detail)
