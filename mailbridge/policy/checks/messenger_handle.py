"""Finds ways to go on writing elsewhere (S-25, S-74): handles of messengers and social networks, links to them, and
invitations to write there.

To say that one can not write there is none, nor is the name of a service by itself. Numbers and addresses are the
business of other checks. Does not know whether a handle exists.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.invitations import invites
from mailbridge.policy.messengers import HOSTS, NAMED, messenger_of
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, is_own_domain, shadows_of, strings
from mailbridge.policy.spelling import STOP_WORDS, is_handle

#: names of one text that are looked at: more than any honest one has (I6)
_MAX_CANDIDATES = 400
_HANDLE = r"@[\w.]{3,40}|[\w.-]{2,32}#[0-9]{4}|[\w.-]{3,40}"
_NUMBER = r"\+?[0-9][0-9 ()-]{6,18}[0-9]"
#: behind the name: "Telegram: annak", "my insta is anna_k", "(ig) anna_k"
_AFTER = re.compile(
    rf"(?P<tie>\s{{0,2}}[)\]]?\s{{0,2}}(?:[:=→>-]{{1,2}}\s{{0,2}}|\s(?:is|to|è|est|ist|es|jest|id|handle|nick|name|user|username|nickname|under|als|jako|come|"
    rf"profil|profile|konto|account|pod|numer|number|nr)(?=[\s:=])\s{{0,2}}){{0,3}}|\s)(?P<handle>{_NUMBER}|{_HANDLE})",
    re.IGNORECASE,
)
#: before it: "@annak on telegram", "annak_83 (insta)"
_BEFORE = re.compile(
    rf"(?P<handle>{_NUMBER}|{_HANDLE})\s{{0,2}}(?:[(\[,/-]\s?)?(?:(?:on|via|na|su|auf|bei|sur|en|w|in)\s{{1,2}})?\Z",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://)?(?:[\w-]{1,30}\.){0,2}("
    + "|".join(re.escape(host) for host in sorted(HOSTS, key=len, reverse=True))
    + r")(?P<path>/[\w@.+%#?=&~!/-]{1,200})?(?![\w-])",
    re.IGNORECASE,
)
_LINK_START = re.compile(r"(?<![\w@-])(?<!\w\.)")
_NOT_A_PROFILE = re.compile(
    r"/(?:download|legal|help|about|privacy|policies|android|ios|sharer?|share|intent|tr)\b", re.IGNORECASE
)
_PREFIXED = re.compile(
    r"(?:skype|tg|whatsapp|viber|signal|sgnl|fb-messenger|snapchat)://?[\w@.?=&%+/-]{2,200}|skype:[\w.:-]{3,60}",
    re.IGNORECASE,
)
_HOST_HINTS = tuple(HOSTS)


class _Contact(NamedTuple):
    start: int
    end: int
    #: name of the service; "" for what stands for more than can be looked at
    service: str
    #: the handle; "" for an invitation
    handle: str


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per handle, link or invitation; its detail is the service and which of the three it is."""
    services = frozenset(strings(parameters, "allowed_services"))
    handles = frozenset(handle.lower().lstrip("@") for handle in strings(parameters, "allowed_handles"))
    found: list[Finding] = []
    for place, shadow in shadows_of(message, facts):
        for contact in _contacts(shadow.text):
            if contact.service in services or contact.handle.lower().lstrip("@") in handles:
                continue
            if not contact.service and place is Place.ATTACHMENT:
                continue
            start, end = shadow.place(contact.start, contact.end)
            words = shadow.original[start:end]
            if is_own_domain(contact.handle, facts):
                continue
            detail = (
                f"{contact.service or 'more than can be looked at'}{': ' + contact.handle if contact.handle else ''}"
            )
            found.append(
                Finding(check="messenger_handle", place=place, start=start, end=end, words=words, detail=detail)
            )
            if len(found) == MAX_FINDINGS:
                return tuple(found)
    return tuple(found)


def _contacts(text: str) -> Iterator[_Contact]:
    """Everything of the kind in this text, in order, none within another."""
    reached = 0
    for contact in sorted((*_named(text), *_linked(text)), key=lambda each: (each.start, -each.end)):
        if contact.start >= reached:
            reached = contact.end
            yield contact


def _named(text: str) -> Iterator[_Contact]:
    for looked_at, name in enumerate(NAMED.finditer(text)):
        if looked_at == _MAX_CANDIDATES:
            yield _Contact(name.start(), name.end(), "", "")
            return
        service, is_word = messenger_of(name)
        contact = _with_handle(text, name, service, is_word=is_word)
        if contact is not None:
            yield contact
        elif invites(text, name.start(), name.end()):
            yield _Contact(name.start(), name.end(), service, "")


def _with_handle(text: str, name: re.Match[str], service: str, *, is_word: bool) -> _Contact | None:
    after = _AFTER.match(text, name.end())
    if after is not None:
        handle = after["handle"].rstrip(".-#")
        tie = after["tie"]
        is_tied = ":" in tie or "=" in tie or "→" in tie or ">" in tie
        if _is_handle(handle, is_tied=is_tied and not is_word, has_tie=bool(tie.strip()), is_word=is_word):
            return _Contact(name.start(), after.start("handle") + len(handle), service, handle)
    before = _BEFORE.search(text[max(name.start() - 70, 0) : name.start()])
    if before is not None and _is_handle(before["handle"], is_tied=False, has_tie=True, is_word=is_word):
        return _Contact(name.start() - len(before[0]), name.end(), service, before["handle"])
    return None


def _is_handle(handle: str, *, is_tied: bool, has_tie: bool, is_word: bool) -> bool:
    """The more a name is a word of its own, the more its handle must look like one."""
    if handle.startswith("@"):
        return handle[1:2].isalnum() or handle[1:2] == "_"
    if _is_number(handle):
        return has_tie or not is_word
    if is_handle(handle) or "#" in handle:
        return has_tie or "_" in handle or "#" in handle
    return (
        is_tied
        and handle.isalnum()
        and handle.lower() not in STOP_WORDS
        and handle == handle.lower()
        and len(handle) > 4
    )


def _is_number(handle: str) -> bool:
    return sum(sign.isdigit() for sign in handle) >= 8 and not any(sign.isalpha() for sign in handle)


def _linked(text: str) -> Iterator[_Contact]:
    lower = text.lower()
    if any(host in lower for host in _HOST_HINTS):
        for looked_at, link in enumerate(_LINK.finditer(text)):
            if looked_at == _MAX_CANDIDATES:
                yield _Contact(link.start(), link.end(), "", "")
                break
            path = (link["path"] or "").rstrip(".,;:!?/")
            if path and not _NOT_A_PROFILE.match(path) and _LINK_START.match(text, link.start()):
                end = link.start("path") + len(path)
                yield _Contact(link.start(), end, HOSTS[link[1].lower()], path[1:])
    if ":" in text:
        for link in _PREFIXED.finditer(text):
            service = link[0].partition(":")[0].lower()
            yield _Contact(link.start(), link.end(), service, link[0].partition(":")[2].lstrip("/"))
