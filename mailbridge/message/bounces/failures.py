"""Read whom a bounce is about and why: by its report (RFC 3464) where it has one, else by its words.

Bounded and linear; never raises. Takes it as given that the mail is a bounce: that is `message/classification.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from mailbridge.domain.classification import Failure, FailureReason
from mailbridge.domain.reply import DsnAction
from mailbridge.message.bounces import plainforms
from mailbridge.message.bounces.meaning import meaning_of, normal
from mailbridge.message.bounces.original import own_lines, reader_of_original
from mailbridge.message.bounces.report import RecipientGroup, address_in
from mailbridge.message.bounces.signs import DELAYS, FOR_GOOD

_MAX_LINES = 600
_MAX_WORDS = 4_000
_MAX_DIAGNOSTIC = 500
_BAD_NEWS = (DsnAction.FAILED, DsnAction.DELAYED)


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """One bounce as it is read."""

    #: the whole mail
    content: bytes
    #: its text, without the parts that hold what comes back
    text: str
    #: decoded, one line
    subject: str
    #: what its message/delivery-status says of recipients
    groups: tuple[RecipientGroup, ...] = ()
    #: addresses of X-Failed-Recipients
    failed: tuple[str, ...] = ()
    #: the mail that comes back, or its header, as text
    returned: str = ""
    #: addresses that are not the failed one: its author's and its reader's
    not_these: frozenset[str] = frozenset()

    @property
    def is_good_news(self) -> bool:
        """True where its report tells of recipients, and of none that his mail failed or is late."""
        actions = {group.action for group in self.groups} - {None}
        return bool(actions) and actions.isdisjoint(_BAD_NEWS)

    @cached_property
    def lines(self) -> list[str]:
        """What the server itself says."""
        return own_lines(self.text, _MAX_LINES)

    @cached_property
    def words(self) -> str:
        """The same as one text."""
        return "\n".join(self.lines)[:_MAX_WORDS]

    @cached_property
    def action(self) -> DsnAction:
        """Whether the text speaks of a mail that is lost, or late."""
        said = normal(f"{self.subject}\n{self.words}")
        is_late = any(phrase in said for phrase in DELAYS) and not any(phrase in said for phrase in FOR_GOOD)
        return DsnAction.DELAYED if is_late else DsnAction.FAILED


def failures_of(bounce: Bounce) -> tuple[Failure, ...]:
    """One for each recipient, one for "" where the mail names none; none where nothing in it says that mail failed."""
    bad = [group for group in bounce.groups if group.action in _BAD_NEWS]
    if bad:
        return _each_once(_by_report(bad, bounce))
    return () if bounce.is_good_news else _each_once(_by_words(bounce))


def _by_report(groups: list[RecipientGroup], bounce: Bounce) -> Iterable[Failure]:
    blocks = {named.recipient.lower(): named.words for named in plainforms.named_recipients(bounce.lines)}
    fallback = "" if all(group.recipient for group in groups) else _some_recipient(bounce)
    for group in groups[: plainforms.MAX_RECIPIENTS]:
        recipient = group.recipient or fallback
        action = group.action or DsnAction.FAILED
        words = (group.diagnostic, blocks.get(recipient.lower(), ""), bounce.words)
        yield _failure(recipient, action, words, group)


def _some_recipient(bounce: Bounce) -> str:
    return next((named.recipient for named in _named(bounce)), "")


def _by_words(bounce: Bounce) -> Iterable[Failure]:
    named = _named(bounce)
    for one in named:
        yield _failure(one.recipient, bounce.action, (one.words, bounce.words, bounce.subject), None)
    if not named and (bounce.words.strip() or bounce.subject):
        yield _failure("", bounce.action, (bounce.words, bounce.subject), None)


def _named(bounce: Bounce) -> tuple[plainforms.Named, ...]:
    """Recipients in the text with what is said of them, from the surest place that names any."""
    named = plainforms.named_recipients(bounce.lines)
    if bounce.failed:
        words = {one.recipient.lower(): one.words for one in named}
        return tuple(plainforms.Named(recipient=one, words=words.get(one.lower(), "")) for one in bounce.failed)
    if named:
        return named
    addresses = (
        plainforms.detected(bounce.content) or plainforms.addresses_in_commands(bounce.lines) or _guessed(bounce)
    )
    return tuple(plainforms.Named(recipient=address, words="") for address in addresses)


def _guessed(bounce: Bounce) -> tuple[str, ...]:
    """Where no place says so: any address in the words, else the reader of the mail that comes back."""
    one = plainforms.any_address((*bounce.lines, bounce.subject), bounce.not_these)
    one = one or address_in(reader_of_original(bounce.returned or bounce.text))
    return (one,) if one else ()


def _failure(recipient: str, action: DsnAction, words: tuple[str, ...], group: RecipientGroup | None) -> Failure:
    """What the nearest words mean; those farther away are asked only where the nearer tell no reason."""
    reported = group.status if group is not None else None
    meaning = None
    for said in words:
        if meaning is not None and meaning.reason is not FailureReason.ON_HOLD:
            break
        if said or meaning is None:
            farther = meaning_of(said, action, reported)
            keeps = meaning is not None and (meaning.status.subject, meaning.status.detail) != (0, 0)
            meaning = replace(farther, status=meaning.status) if keeps and meaning is not None else farther
    if meaning is None:
        raise ValueError("a failure needs words, if empty ones")
    return Failure(
        recipient=recipient,
        action=action,
        status=meaning.status,
        reason=meaning.reason,
        is_hard=meaning.is_hard,
        diagnostic=" ".join(next((said for said in words if said), "").split())[:_MAX_DIAGNOSTIC],
    )


def _each_once(failures: Iterable[Failure]) -> tuple[Failure, ...]:
    """Reports name a recipient twice where it was tried by two ways: what is lost counts before what is late."""
    once: dict[str, Failure] = {}
    for failure in failures:
        before = once.get(failure.recipient.lower())
        if before is None or (before.action is DsnAction.DELAYED and failure.action is DsnAction.FAILED):
            once[failure.recipient.lower()] = failure
    return tuple(once.values())


def failed_recipients(values: Iterable[bytes]) -> tuple[str, ...]:
    """The addresses of X-Failed-Recipients, which exim and Gmail write."""
    texts = (part for value in values for part in value.decode("utf-8", "replace")[:8_000].split(","))
    found = {address.lower(): address for text in texts if (address := address_in(text))}
    return tuple(found.values())[: plainforms.MAX_RECIPIENTS]
