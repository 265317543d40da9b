"""Finds pictures that load from elsewhere when a mail is shown: whoever serves them learns when and where it is read.

Fonts and style sheets are not pictures. Relaying takes them all out.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.htmlpictures import host_of, new_pictures, shortened
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, is_own_domain, strings


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per address; its detail is the host."""
    allowed = strings(parameters, "allowed_domains")
    found: dict[str, Finding] = {}
    for picture in new_pictures(message):
        host = host_of(picture.source) if picture.is_remote else ""
        if host and not is_own_domain(host, facts, allowed):
            words = shortened(picture.source)
            found.setdefault(words, Finding(check="remote_image", place=Place.HTML, words=words, detail=host))
            if len(found) == MAX_FINDINGS:
                break
    return tuple(found.values())
