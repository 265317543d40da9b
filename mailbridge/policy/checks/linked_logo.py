"""Finds pictures that are links away from the market, such as a logo that leads to the seller's own site (S-25).

A picture inside of the mail counts as well as a remote one. What mail programs and virus scanners put under a mail by
themselves is allowed by its domain. Links of words are another check's.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.htmlpictures import host_of, new_pictures, shortened
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, is_own_domain, strings


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per target; its words are the target, its detail is the host."""
    allowed = strings(parameters, "allowed_domains")
    found: dict[str, Finding] = {}
    for picture in new_pictures(message):
        host = host_of(picture.link) if picture.link else ""
        if host and not is_own_domain(host, facts, allowed):
            words = shortened(picture.link)
            found.setdefault(words, Finding(check="linked_logo", place=Place.HTML, words=words, detail=host))
            if len(found) == MAX_FINDINGS:
                break
    return tuple(found.values())
