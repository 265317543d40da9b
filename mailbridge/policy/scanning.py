"""What the checks share: the texts they look at, and whose domains and addresses are no finding.

Finds nothing itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from mailbridge.domain.facts import AliasDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.declared import declared_as
from mailbridge.policy.shadow import Shadow, joined_of, shadow_of

Parameters = Mapping[str, int | bool | str | tuple[str, ...]]

#: a check stops here: more of the same helps nobody, and bounds its cost (I6)
MAX_FINDINGS = 50


#: characters of one text that are looked at: a hundred times what people write, and more than a long manual (Q7)
MAX_TEXT = 250_000
_NOT_NEW = (Place.QUOTED_TEXT, Place.ATTACHMENT)
#: detail of what stands for more than can be looked at
TOO_MUCH = "more than can be looked at"


class Read(NamedTuple):
    """What was read at [start, end) of a text without disguise."""

    start: int
    end: int
    #: what it means; "" for more than can be looked at
    value: str


class Found(NamedTuple):
    """The same as it stands in the message."""

    place: Place
    start: int
    end: int
    words: str
    value: str


class Find(Protocol):
    """What every check is: pure, and linear in the size of the message."""

    def __call__(self, message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
        """Everything this check finds, in the order of the message."""
        ...


def texts_of(message: Message, facts: Facts) -> Iterator[tuple[Place, str]]:
    """The texts a person reads, each with its place; of files those that were looked into and are not declared."""
    if message.subject:
        yield Place.SUBJECT, message.subject
    if message.new_text:
        yield Place.NEW_TEXT, message.new_text
    # Nothing that is sent anew may hide from a rule by standing below "-- ".
    if message.signature:
        yield Place.SIGNATURE, message.signature
    if message.imprint:
        yield Place.IMPRINT, message.imprint
    if message.quoted_text:
        yield Place.QUOTED_TEXT, message.quoted_text
    for file in facts.screened.files if facts.screened is not None else ():
        if not declared_as(file):
            yield from ((Place.ATTACHMENT, text.text) for text in file.texts if not text.is_metadata)


def found_in(message: Message, facts: Facts, read: Callable[[Shadow], Iterable[Read]]) -> Iterator[Found]:
    """What `read` finds in these texts without their disguise, where it stands as written; none within another.

    Of a text only its first MAX_TEXT characters are looked at. In what is sent anew, more than can be looked at is
    found too (I6): no honest author writes so much, and a rule must not be got round by it. What quotes and files
    hold behind the limit is not looked at.
    """
    for place, whole in texts_of(message, facts):
        text = whole if len(whole) <= MAX_TEXT else whole[:MAX_TEXT]
        shadow = shadow_of(text)
        every = [(*shadow.place(found.start, found.end), found.value) for found in read(shadow)]
        joined = joined_of(shadow)
        if joined is not None:
            news = (found for found in read(joined) if joined.is_edited(found.start, found.end))
            every += [(*joined.place(found.start, found.end), found.value) for found in news]
        if shadow.is_cut_short or text is not whole:
            every.append((len(text) - 1, len(text), ""))
        reached = 0
        for start, end, value in sorted(every, key=lambda each: (each[0], -each[1])):
            if start >= reached and (value or place not in _NOT_NEW):
                reached = end
                yield Found(place, start, end, text[start:end], value)


def is_own_domain(domain: str, facts: Facts, also: tuple[str, ...] = ()) -> bool:
    """True for our alias domains and public host, the market's own domains and the listed ones; subdomains included."""
    name = domain.lower().rstrip(".")
    market = facts.marketplace
    own = (*facts.our_domains, *also, *(market.own_domains if market is not None else ()))
    if facts.public_host and name == facts.public_host:
        return True
    return any(name == known or name.endswith(f".{known}") for known in own)


def addresses_on_record(facts: Facts) -> frozenset[str]:
    """Every mailbox of the two parties, lower case: the masker takes them out of quotes: no offence there."""
    parties = [facts.author, facts.seller, facts.buyer]
    if isinstance(facts.destination, AliasDestination):
        parties += [facts.destination.seller, facts.destination.buyer]
    return frozenset(m.address.key for party in parties if party is not None for m in party.mailboxes)


def strings(parameters: Parameters, name: str) -> tuple[str, ...]:
    """The list parameter of this name."""
    value = parameters[name]
    return value if isinstance(value, tuple) else ()


def integer(parameters: Parameters, name: str) -> int:
    """The integer parameter of this name."""
    value = parameters[name]
    return value if isinstance(value, int) else 0
