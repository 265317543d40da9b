"""The facts that a rule's condition may use: their names, types and meaning, and their values for one message.

Flat and dotted, so that a misspelt name is an error when the rule file is loaded (design.md D12). Never an address,
a host or a name of a person: conditions stand in logs.
"""

import enum
from collections import Counter
from dataclasses import dataclass
from datetime import UTC

from mailbridge.domain.classification import MailKind
from mailbridge.domain.facts import Facts, Pace, RecordOnlyDestination
from mailbridge.domain.ids import OrderId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import Outreach, Reason
from mailbridge.domain.parties import Party, Seller
from mailbridge.domain.thread import Thread, ThreadState
from mailbridge.domain.trade import Order, OrderState
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.checks import CHECKS
from mailbridge.policy.declared import declared_as
from mailbridge.policy.kinds import kind_of
from mailbridge.policy.originator import party_writing, party_written_to
from mailbridge.policy.outreach import is_unwanted, outreach_of, whole_days
from mailbridge.policy.plan import Route
from mailbridge.policy.topics import URGENT_FIRST, priority_of, topics_of

FactValue = bool | int | str | list[str]


class FactType(enum.Enum):
    """The type a condition sees."""

    BOOL = "bool"
    INT = "int"
    STRING = "string"
    STRINGS = "list(string)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDeclaration:
    """One name that a condition may use."""

    #: dotted name
    name: str
    type: FactType
    #: one line for the rules reference
    doc: str


def _fact(name: str, type_: FactType, doc: str) -> FactDeclaration:
    return FactDeclaration(name=name, type=type_, doc=doc)


#: facts that are asked of the record only where a rule in force asks for them
HISTORY_FACTS = frozenset(
    {"outreach.is_unwanted", "outreach.sent_today", "outreach.sent_about_order", "author.orders_in_30_days"}
)
#: facts that are searched for only where a rule asks for them
TOPIC_FACTS = frozenset({"message.topics", "message.priority"})
#: facts that are others with another reason
REASON_FACTS = frozenset(
    {"outreach.reason", "outreach.is_critical", "outreach.is_unwanted", "outreach.sent_about_order"}
)
#: the same, of how much a seller wrote of late
PACE_FACTS = frozenset({"author.mails_in_hour", "author.mails_in_week", "thread.mails_in_hour"})
#: how the facts about checks begin; what follows is the name of a check
CHECKS_FACT = "checks."

FACTS: tuple[FactDeclaration, ...] = (
    _fact("author.role", FactType.STRING, '"buyer" or "seller"'),
    _fact("author.is_known", FactType.BOOL, "true for somebody on record; false for a first contact"),
    _fact("author.is_business", FactType.BOOL, "true for a seller with a business account"),
    _fact("author.is_unproven", FactType.BOOL, "true for a first contact that is relayed without proof of its author"),
    _fact(
        "author.orders_in_30_days",
        FactType.INT,
        "orders of the seller who starts this message, placed in the last 30 days; counts to 100,000; 0 for an answer",
    ),
    _fact("author.language", FactType.STRING, 'language code on record, such as "pl"; "" when unknown'),
    _fact(
        "author.standing",
        FactType.STRING,
        'of a seller: "barred", "suspended", "reminded", "warned" or "closed", the strictest step in force; "" in good '
        "standing, and for buyers",
    ),
    _fact("reader.is_business", FactType.BOOL, "true for a seller with a business account"),
    _fact("reader.language", FactType.STRING, 'language code on record, such as "de"; "" when unknown'),
    _fact("direction", FactType.STRING, '"to_buyer" or "to_seller"'),
    _fact("market.name", FactType.STRING, "name of the marketplace"),
    _fact("market.language", FactType.STRING, 'its first language, such as "it"'),
    _fact("market.has_cc_address", FactType.BOOL, "true when the marketplace has a CC address"),
    _fact("thread.area", FactType.STRING, '"question", "order", "dispute", "ticket", "enquiry" or "note"'),
    _fact("thread.is_new", FactType.BOOL, "true for the message that opens a thread"),
    _fact("thread.is_uncertain", FactType.BOOL, "true when only the time of the last message chose the thread"),
    _fact(
        "thread.is_closed",
        FactType.BOOL,
        "true when the conversation had ended (closed, resolved or unresolved) before this message",
    ),
    _fact("thread.messages", FactType.INT, "messages in it before this one; counts to 20"),
    _fact("thread.days_since_last", FactType.INT, "whole days since the message before this one; -1 in a new thread"),
    _fact(
        "thread.last_by",
        FactType.STRING,
        'who wrote the message before this one: "buyer", "seller"; "" in a new thread, or unknown',
    ),
    _fact("thread.is_about_offer", FactType.BOOL, "true when the thread is about an offer"),
    _fact("order.is_known", FactType.BOOL, "true when the thread is about an order"),
    _fact("order.is_withdrawn", FactType.BOOL, "true when the marketplace took the order back"),
    _fact(
        "order.state",
        FactType.STRING,
        '"open" until the marketplace says in an import that it is "completed" (delivered, where it says so then), '
        '"cancelled" or "returned"; "" without an order',
    ),
    _fact("order.fulfilled_by", FactType.STRING, '"seller", "marketplace", or "" without an order'),
    _fact("order.is_gift", FactType.BOOL, "true for a gift"),
    _fact(
        "order.days_since_completed",
        FactType.INT,
        "whole days, each ending at the same time of day in the market's time zone; -1 when the order is not completed "
        "or not known",
    ),
    _fact(
        "outreach.is_outreach",
        FactType.BOOL,
        "true for a message that a seller starts: the buyer wrote nothing in this conversation; false for answers and "
        "for direct mail",
    ),
    _fact(
        "outreach.reason",
        FactType.STRING,
        'why, from [brackets] in the subject or ALIAS.reason@; "" for none: '
        + ", ".join(reason.value for reason in Reason),
    ),
    _fact(
        "outreach.is_critical",
        FactType.BOOL,
        "true for a reason without which an order can not be fulfilled: any but invoice, return and review",
    ),
    _fact(
        "author.mails_in_hour",
        FactType.INT,
        "mails of this seller to all buyers in the 60 minutes before that went out or wait; counts to 1,000",
    ),
    _fact(
        "author.mails_in_week",
        FactType.INT,
        "the same in the 7 days before this hour of the clock; counts to 20,000; 0 below 50 mails in the hour",
    ),
    _fact("thread.mails_in_hour", FactType.INT, "the same in this conversation in the 60 minutes before; to 500"),
    _fact("outreach.is_unwanted", FactType.BOOL, "true where the buyer opted out of such messages of this seller"),
    _fact("outreach.sent_today", FactType.INT, "outreach of this seller since midnight; counts to 10,000"),
    _fact(
        "outreach.sent_about_order",
        FactType.INT,
        "outreach with the same reason about the same order that went out before; counts to 100",
    ),
    _fact("pair.orders", FactType.INT, "orders of this buyer at this seller; counts to 50"),
    _fact("pair.open_orders", FactType.INT, "those of them that are open"),
    _fact("pair.threads", FactType.INT, "conversations of the two before this message; counts to 20"),
    _fact("message.subject", FactType.STRING, "the subject, decoded"),
    _fact("message.text", FactType.STRING, "the new text with signature and imprint, without quotes"),
    _fact("message.characters", FactType.INT, "length of the new text"),
    _fact("message.signature", FactType.STRING, "signature and imprint alone"),
    _fact("message.quoted_characters", FactType.INT, "length of what is quoted or passed on"),
    _fact(
        "message.is_reply",
        FactType.BOOL,
        "true when its header says which message it answers; whether a seller answers his buyer is "
        "`!outreach.is_outreach`",
    ),
    _fact(
        "message.kind",
        FactType.STRING,
        "who or what seems to have written it: " + ", ".join(f'"{kind.value}"' for kind in MailKind),
    ),
    _fact("message.is_automatic", FactType.BOOL, "true where it seems to be of any kind but a person's"),
    _fact(
        "message.topics",
        FactType.STRINGS,
        "what its author writes about, most urgent first: " + ", ".join(f'"{topic}"' for topic in URGENT_FIRST),
    ),
    _fact(
        "message.priority",
        FactType.STRING,
        '"high" for a complaint or a return, "normal" for another topic, "low" for none',
    ),
    _fact("message.language", FactType.STRING, 'declared language code, "" when not declared'),
    _fact("message.attachments", FactType.INT, "number of attachments"),
    _fact("message.attachments_octets", FactType.INT, "size of all attachments together, decoded"),
    _fact("files.names", FactType.STRINGS, "names of all attachments, as their author gave them"),
    _fact("files.kinds", FactType.STRINGS, 'what its containers are, e.g. "pdf", "jpeg", "zip"; none before screening'),
    _fact("files.declared", FactType.STRINGS, '"invoice", "warranty", "manual": what its author calls documents'),
    _fact("message.size_octets", FactType.INT, "size of the whole mail as received"),
    _fact("message.recipients", FactType.INT, "number of mailboxes in To and Cc"),
    _fact("message.has_html", FactType.BOOL, "true when it has an HTML form"),
    _fact(
        "message.html_text",
        FactType.STRING,
        'what the HTML form shows and the text form does not say, quotes and link targets included; "" without HTML',
    ),
    _fact(
        "message.is_direct",
        FactType.BOOL,
        "true for a mail that went to the other side directly and copied the marketplace's CC address: it can not be "
        "stopped any more",
    ),
    _fact("findings.count", FactType.INT, "how often the rule's check found something"),
    _fact(
        "findings.in_new_text",
        FactType.INT,
        "how many of these stand in the subject or in text sent anew, signature included; not in quotes or files",
    ),
    _fact("findings.in_subject", FactType.INT, "how many of these stand in the subject"),
    _fact(
        "findings.in_signature",
        FactType.INT,
        "how many of these stand below the text: under the formula at its end, in the signature, in the imprint",
    ),
    _fact("findings.in_html", FactType.INT, "how many of these only the HTML form shows, quotes left out"),
    _fact("findings.in_quotes", FactType.INT, "how many of these stand in quotes that were not delivered before"),
    _fact("findings.in_attachments", FactType.INT, "how many of these are files or stand in them"),
    _fact("findings.words", FactType.STRINGS, "the words found, as written"),
    _fact("findings.details", FactType.STRINGS, "what the check says of each of them; see the check"),
    *(
        _fact(f"{CHECKS_FACT}{check.name}", FactType.INT, f"how often this check with its defaults finds: {check.doc}")
        for check in CHECKS
    ),
)


def facts_of_message(message: Message, facts: Facts, route: Route, *, html_text: str) -> dict[str, FactValue]:
    """Every declared fact but those about findings and checks."""
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    files = facts.screened.files if facts.screened is not None else ()
    return {
        **_about_parties(facts, route),
        **_about_thread(facts, route, thread),
        **_about_outreach(outreach_of(message, facts, route), facts),
        "message.subject": message.subject,
        "message.text": message.own_text,
        "message.characters": len(message.new_text),
        "message.signature": "\n".join(text for text in (message.signature, message.imprint) if text),
        "message.quoted_characters": len(message.quoted_text),
        "message.is_reply": bool(message.in_reply_to or message.references),
        "message.kind": kind_of(message, facts).value,
        "message.is_automatic": message.classification.kind.is_automatic,
        "message.language": message.language,
        "message.attachments": len(message.attachments),
        "message.attachments_octets": sum(len(attachment.octets) for attachment in message.attachments),
        "files.names": [attachment.filename for attachment in message.attachments],
        "files.kinds": [file.kind for file in files],
        "files.declared": [declared for file in files if (declared := declared_as(file))],
        "message.size_octets": len(facts.envelope.content),
        "message.recipients": len(message.to) + len(message.cc),
        "message.has_html": message.body.html is not None,
        "message.html_text": html_text,
        "message.is_direct": isinstance(facts.destination, RecordOnlyDestination),
    }


def facts_of_topics(message: Message) -> dict[str, FactValue]:
    """The facts about what it is about: searched for only where a rule asks."""
    topics = topics_of(message)
    return {"message.topics": list(topics), "message.priority": priority_of(topics)}


def facts_of_findings(findings: tuple[Finding, ...], *, below: int) -> dict[str, FactValue]:
    """The facts about what one rule's check found; `below` of it stands below the author's words."""
    places = Counter(finding.place for finding in findings)
    marked = places[Place.SIGNATURE] + places[Place.IMPRINT]
    return {
        "findings.count": len(findings),
        "findings.in_new_text": places[Place.NEW_TEXT] + places[Place.SUBJECT] + places[Place.HTML] + marked,
        "findings.in_subject": places[Place.SUBJECT],
        "findings.in_signature": below,
        "findings.in_html": places[Place.HTML],
        "findings.in_quotes": places[Place.QUOTED_TEXT] + places[Place.QUOTED_HTML],
        "findings.in_attachments": places[Place.ATTACHMENT],
        "findings.words": [finding.words for finding in findings],
        "findings.details": [finding.detail for finding in findings],
    }


def area_of(facts: Facts, route: Route) -> str:
    """The area of the thread this message goes to."""
    if route.opening is not None:
        return route.opening.area.value
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    return thread.area.value if thread is not None else ""


def _about_parties(facts: Facts, route: Route) -> dict[str, FactValue]:
    author: Party | None = party_writing(facts)
    reader: Party | None = party_written_to(facts)
    market = facts.marketplace
    return {
        "author.role": route.direction.author_role.value,
        "author.is_known": author is not None,
        "author.is_business": isinstance(author, Seller) and author.is_business,
        "author.is_unproven": route.is_unproven,
        "author.language": author.language if author is not None else "",
        "author.standing": _standing(author, facts),
        "reader.is_business": isinstance(reader, Seller) and reader.is_business,
        "reader.language": reader.language if reader is not None else "",
        "direction": route.direction.value,
        "market.name": market.name if market is not None else "",
        "market.language": market.language if market is not None else "",
        "market.has_cc_address": market is not None and market.cc_address is not None,
    }


def _standing(author: Party | None, facts: Facts) -> str:
    stands_under = author.standing(facts.now) if isinstance(author, Seller) else None
    return stands_under.step.value if stands_under is not None else ""


def _about_thread(facts: Facts, route: Route, thread: Thread | None) -> dict[str, FactValue]:
    opening = route.opening
    offer_id = opening.offer_id if opening is not None else thread.offer_id if thread is not None else None
    last_at = thread.last_at if thread is not None else None
    return {
        "thread.area": area_of(facts, route),
        "thread.is_new": opening is not None,
        "thread.is_uncertain": route.is_uncertain,
        "thread.is_closed": thread is not None and thread.state is not ThreadState.OPEN,
        "thread.messages": min(len(thread.message_ids), 20) if thread is not None else 0,
        "thread.days_since_last": -1 if last_at is None else max((facts.now - last_at).days, 0),
        "thread.last_by": _last_by(thread),
        "thread.is_about_offer": offer_id is not None,
        **_about_orders(facts, _order(facts, route, thread)),
        "pair.threads": len(facts.threads),
    }


def _last_by(thread: Thread | None) -> str:
    """Who wrote the last message that was relayed in this thread; "" where nothing says so."""
    text = thread.message_ids[-1].text if thread is not None and thread.message_ids else None
    return text.reader.other.value if text is not None else ""


def _about_orders(facts: Facts, order: Order | None) -> dict[str, FactValue]:
    return {
        "order.is_known": order is not None,
        "order.is_withdrawn": order is not None and not order.is_active,
        "order.state": order.state.value if order is not None else "",
        "order.fulfilled_by": order.fulfilled_by if order is not None else "",
        "order.is_gift": order is not None and order.is_gift,
        "order.days_since_completed": _days_since_completed(order, facts),
        "pair.orders": len(facts.orders),
        "pair.open_orders": sum(1 for one in facts.orders if one.is_active and one.state is OrderState.OPEN),
    }


def _order(facts: Facts, route: Route, thread: Thread | None) -> Order | None:
    order_id: OrderId | None = thread.order_id if thread is not None else None
    if route.opening is not None:
        order_id = route.opening.order_id
    return next((order for order in facts.orders if order_id is not None and order.id == order_id), None)


def _days_since_completed(order: Order | None, facts: Facts) -> int:
    if order is None or order.completed_at is None:
        return -1
    zone = facts.marketplace.time_zone if facts.marketplace is not None else UTC
    return whole_days(order.completed_at, facts.now, zone)


def _about_outreach(outreach: Outreach | None, facts: Facts) -> dict[str, FactValue]:
    """What is asked of the record is known where a rule asks for it (`HISTORY_FACTS`)."""
    history, reason = facts.outreach, outreach.reason if outreach is not None else None
    is_known, pace = outreach is not None and history is not None, facts.pace or Pace()
    return {
        "author.orders_in_30_days": history.orders_in_30_days if history is not None and is_known else 0,
        "author.mails_in_hour": pace.in_hour,
        "author.mails_in_week": pace.in_week,
        "thread.mails_in_hour": pace.in_thread_in_hour,
        "outreach.is_outreach": outreach is not None,
        "outreach.reason": reason.value if reason is not None else "",
        "outreach.is_critical": reason is not None and reason.is_critical,
        "outreach.is_unwanted": outreach is not None and history is not None and is_unwanted(outreach, history),
        "outreach.sent_today": history.sent_today if history is not None and is_known else 0,
        "outreach.sent_about_order": history.about_order.count(reason) if history is not None and is_known else 0,
    }
