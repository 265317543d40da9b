"""The facts that a rule's condition may use: their names, types and meaning, and their values for one message.

Flat and dotted, so that a misspelt name is an error when the rule file is loaded (design.md D12). Never an address,
a host or a name of a person: conditions stand in logs.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from mailbridge.domain.facts import Facts, RecordOnlyDestination
from mailbridge.domain.ids import OrderId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Party, Seller
from mailbridge.domain.thread import Thread
from mailbridge.domain.trade import Order
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.declared import declared_as
from mailbridge.policy.originator import party_writing
from mailbridge.policy.plan import Route

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


FACTS: tuple[FactDeclaration, ...] = (
    _fact("author.role", FactType.STRING, '"buyer" or "seller"'),
    _fact("author.is_business", FactType.BOOL, "true for a seller with a business account"),
    _fact("author.is_unproven", FactType.BOOL, "true for a first contact that is relayed without proof of its author"),
    _fact("direction", FactType.STRING, '"to_buyer" or "to_seller"'),
    _fact("market.name", FactType.STRING, "name of the marketplace"),
    _fact("market.has_cc_address", FactType.BOOL, "true when the marketplace has a CC address"),
    _fact("thread.area", FactType.STRING, '"question", "order", "dispute", "ticket", "enquiry" or "note"'),
    _fact("thread.is_new", FactType.BOOL, "true for the message that opens a thread"),
    _fact("thread.is_uncertain", FactType.BOOL, "true when only the time of the last message chose the thread"),
    _fact("order.is_known", FactType.BOOL, "true when the thread is about an order"),
    _fact("order.state", FactType.STRING, '"open", "completed", "cancelled", "returned", or "" without an order'),
    _fact("order.fulfilled_by", FactType.STRING, '"seller", "marketplace", or "" without an order'),
    _fact("order.is_gift", FactType.BOOL, "true for a gift"),
    _fact("order.days_since_completed", FactType.INT, "whole days; -1 when the order is not completed or not known"),
    _fact("message.subject", FactType.STRING, "the subject, decoded"),
    _fact("message.text", FactType.STRING, "the new text with signature and imprint, without quotes"),
    _fact("message.characters", FactType.INT, "length of the new text"),
    _fact("message.language", FactType.STRING, 'declared language code, "" when not declared'),
    _fact("message.attachments", FactType.INT, "number of attachments"),
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
    _fact("findings.in_new_text", FactType.INT, "how many of these stand in the subject or in anything but quotes"),
    _fact("findings.in_signature", FactType.INT, "how many of these stand in the signature or the imprint"),
    _fact("findings.words", FactType.STRINGS, "the words found, as written"),
)


def facts_of_message(message: Message, facts: Facts, route: Route, *, html_text: str) -> dict[str, FactValue]:
    """Every declared fact but those about findings."""
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    files = facts.screened.files if facts.screened is not None else ()
    return {
        **_about_parties(facts, route),
        **_about_thread(facts, route, thread),
        "message.subject": message.subject,
        "message.text": message.own_text,
        "message.characters": len(message.new_text),
        "message.language": message.language,
        "message.attachments": len(message.attachments),
        "files.kinds": [file.kind for file in files],
        "files.declared": [declared for file in files if (declared := declared_as(file))],
        "message.size_octets": len(facts.envelope.content),
        "message.recipients": len(message.to) + len(message.cc),
        "message.has_html": message.body.html is not None,
        "message.html_text": html_text,
        "message.is_direct": isinstance(facts.destination, RecordOnlyDestination),
    }


def facts_of_findings(findings: tuple[Finding, ...]) -> Mapping[str, FactValue]:
    """The facts about what one rule's check found."""
    below = (Place.SIGNATURE, Place.IMPRINT)
    new = (Place.NEW_TEXT, Place.SUBJECT, Place.HTML, *below)
    return {
        "findings.count": len(findings),
        "findings.in_new_text": sum(1 for finding in findings if finding.place in new),
        "findings.in_signature": sum(1 for finding in findings if finding.place in below),
        "findings.words": [finding.words for finding in findings],
    }


def area_of(facts: Facts, route: Route) -> str:
    """The area of the thread this message goes to."""
    if route.opening is not None:
        return route.opening.area.value
    thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
    return thread.area.value if thread is not None else ""


def _about_parties(facts: Facts, route: Route) -> dict[str, FactValue]:
    author: Party | None = party_writing(facts)
    market = facts.marketplace
    return {
        "author.role": route.direction.author_role.value,
        "author.is_business": isinstance(author, Seller) and author.is_business,
        "author.is_unproven": route.is_unproven,
        "direction": route.direction.value,
        "market.name": market.name if market is not None else "",
        "market.has_cc_address": market is not None and market.cc_address is not None,
    }


def _about_thread(facts: Facts, route: Route, thread: Thread | None) -> dict[str, FactValue]:
    order = _order(facts, route, thread)
    return {
        "thread.area": area_of(facts, route),
        "thread.is_new": route.opening is not None,
        "thread.is_uncertain": route.is_uncertain,
        "order.is_known": order is not None,
        "order.state": order.state.value if order is not None else "",
        "order.fulfilled_by": order.fulfilled_by if order is not None else "",
        "order.is_gift": order is not None and order.is_gift,
        "order.days_since_completed": _days_since_completed(order, facts),
    }


def _order(facts: Facts, route: Route, thread: Thread | None) -> Order | None:
    order_id: OrderId | None = thread.order_id if thread is not None else None
    if route.opening is not None:
        order_id = route.opening.order_id
    return next((order for order in facts.orders if order_id is not None and order.id == order_id), None)


def _days_since_completed(order: Order | None, facts: Facts) -> int:
    if order is None or order.completed_at is None:
        return -1
    return max((facts.now - order.completed_at).days, 0)
