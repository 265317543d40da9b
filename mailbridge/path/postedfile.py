"""Messages of a file that somebody wrote on the marketplace: posted in the order of the file, or none of them.

Everything that can be known before is looked at for each of them before the first is posted. What becomes of each is
decided by the path, as of mail: rules refuse or hold some. One that was posted before counts once, so a file whose
posting was broken off is simply taken again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailbridge.domain.trade_batch import TradeMessage
from mailbridge.errors import ImportRejected, NotFound, NotPossible, Problem, StoreUnavailable
from mailbridge.path.bridge import Bridge
from mailbridge.path.posted import Post, conversation_of, obstacle, post_message
from mailbridge.policy.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedRow:
    """What became of one message."""

    message: TradeMessage
    #: None where it could not be posted any more
    plan: Plan | None
    #: why not; "" where it was
    problem: str = ""


def post_all(messages: Sequence[TradeMessage], file: str, bridge: Bridge) -> Iterator[PostedRow]:
    """Post each, one by one as they are asked for.

    Raises ImportRejected with every Problem before the first, StoreUnavailable where one can not be taken now: those
    before it are posted.
    """
    posts = [(message, _post(message)) for message in messages]
    problems = _problems(posts, file, bridge)
    if problems:
        raise ImportRejected(problems)
    for message, post in posts:
        try:
            [plan] = post_message(post, bridge).plans
        except (NotFound, NotPossible) as error:
            # What begins its conversation was held or refused, or its people changed in between.
            yield PostedRow(message=message, plan=None, problem=str(error))
            continue
        if plan.reply.is_transient:
            raise StoreUnavailable(f"line {message.line}: can not be taken now; take the file again later")
        yield PostedRow(message=message, plan=plan)


def _post(message: TradeMessage) -> Post:
    return Post(
        market=message.marketplace,
        seller=message.seller,
        buyer=message.buyer,
        area=message.area,
        text=message.text,
        subject=message.subject,
        order=message.order,
        offer=message.offer,
        reference=message.conversation,
        message_id=message.reference,
        is_for_customer=message.is_for_customer,
    )


def _problems(posts: list[tuple[TradeMessage, Post]], file: str, bridge: Bridge) -> tuple[Problem, ...]:
    """What keeps messages from being posted; a conversation that a line begins is there for the lines behind it."""
    problems: list[Problem] = []
    begun: set[tuple[str, ...]] = set()
    for message, post in posts:
        found = obstacle(post, bridge, to_begin=begun)
        if found is not None:
            problems.append(Problem(file=file, line=message.line, key=found[0], reason=str(found[1])))
        elif post.area is not None:
            begun.add(conversation_of(post))
    return tuple(problems)
