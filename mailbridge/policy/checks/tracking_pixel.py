"""Finds pictures that report when a mail is opened (S-25): dots, hidden ones, and addresses made up like trackers'.

Relaying takes every remote picture out; the finding is for the author's notice and the record. A visible picture from
elsewhere is another check's.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.message.pictures import Picture
from mailbridge.policy.htmlpictures import host_of, new_pictures, shortened
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, is_own_domain, strings
from mailbridge.policy.trackers import is_dot, is_shapeless, is_tracker


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per picture; its words are the address, its detail says what gives it away."""
    allowed = strings(parameters, "allowed_domains")
    found: dict[str, Finding] = {}
    for picture in new_pictures(message):
        reason = _reason(picture)
        if reason and not is_own_domain(host_of(picture.source), facts, allowed):
            words = shortened(picture.source)
            found.setdefault(words, Finding(check="tracking_pixel", place=Place.HTML, words=words, detail=reason))
            if len(found) == MAX_FINDINGS:
                break
    return tuple(found.values())


def _reason(picture: Picture) -> str:
    if not picture.is_remote:
        return ""
    if is_dot(picture):
        return "hidden" if picture.is_hidden else "dot"
    if is_tracker(picture.source):
        return "address"
    return "shapeless" if is_shapeless(picture) else ""
