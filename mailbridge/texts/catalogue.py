"""Every text there is, with its fields: what a template may say.

Files are found by these names. Loads and renders nothing: that is `texts/load.py`.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from mailbridge.domain.outreach import Reason
from mailbridge.domain.standing import Step
from mailbridge.policy.plan import HoldReason, Trial

LANGUAGES: Final = ("en", "pl", "it", "de")


class Part(enum.Enum):
    """The forms a text has; the value is in the file name."""

    SUBJECT = "subject"
    PLAIN = "txt"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """One rule as its notice explains it, in the reader's language."""

    title: str
    text: str
    #: the words found, as the reader wrote them
    words: tuple[str, ...] = ()
    #: how to put it right; "" when the rule does not say
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of the reader's own text, marked or not; the runs of a text join up to it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldShown:
    """One held message in the daily list: ids and names only."""

    record_id: str
    #: why it waits, in words (console/<lang>/hold)
    reason: str
    market: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachShown:
    """One message that counts against its author, as he can find it again."""

    written_at: datetime
    #: whom he wrote to, as he knows him; "" where the message belongs to no conversation
    other_party: str = ""
    #: order number on record; "" without
    order: str = ""
    #: titles of the rules that it broke
    rules: tuple[str, ...] = ()


FieldValue = (
    str
    | int
    | datetime
    | tuple[RuleShown, ...]
    | tuple[HeldShown, ...]
    | tuple[BreachShown, ...]
    | tuple[Run, ...]
    | tuple[str, ...]
)

#: kinds of what is taken out of a message, as its author is told: notice/<lang>/_removed_kind
REMOVED_KINDS: Final = ("address", "trace", "encoded", "signature", "card", "calendar", "mail", "other")

#: every field of any template: name -> meaning
FIELDS: Final[dict[str, str]] = {
    "market": "name of the marketplace",
    "seller": "name of the shop on record",
    "buyer": "the buyer as the seller may know him",
    "other_party": "the other side as the reader knows it",
    "person": "whom an alias stands for, as the reader may know him",
    "order": 'order number on record; "" without',
    "offer": 'offer number on record; "" without',
    "reference": "short reference of the conversation",
    "written_at": "when the message arrived",
    "role_address": "postmaster@, abuse@ or the notice address that was written to",
    "author": 'who wrote, as the mail says; "" when it does not',
    "subject": "subject of that mail",
    "rules": "the rules: title, text, words (a list), fix",
    "own_text": "what the reader wrote in his message: runs, some of them marked",
    "own_subject": "the subject of his message in runs; empty unless something in it is marked",
    "author_text": "what the author of the mail wrote in it",
    "rest": 'his text without what the rules stop; "" where it can not go without that',
    "repair_address": 'one-use address; a mail to it sends the message without that; "" where it can not go so',
    "reasons": "reasons with which a message that a seller starts may go: values of Reason, such as invoice",
    "reason_address": 'one-use address; a mail to it with a reason in its subject sends the message; "" without one',
    "second_look_address": "one-use address; at a mail to it a person looks at the message",
    "trial_address": 'address at which mail is only tried; "" where there is none',
    "real_address": "address at which it is not only tried",
    "outcome": "what would become of it: delivered, repaired, held or refused",
    "reason": "why it is held: a value of HoldReason, such as spam",
    "action_address": "one-use address; a mail to it confirms (design.md D20)",
    "valid_until": "when the action address ends",
    "contact_address": "the shop's public address for buyers",
    "max_message_octets": "biggest message taken",
    "test_address": 'address that answers with the result of a test; "" when there is none',
    "hostname": "name of the bridge",
    "total": "number of all held messages",
    "held": "the oldest held messages: record_id, reason, market, received_at",
    "hours": "how long delivery was tried",
    "dates": "the one or two days that an automatic reply names, as 2026-12-03",
    "removed": "kinds of what was taken out: address, trace, encoded, signature, card, calendar, mail, other",
    "step": "step taken against a seller: reminded, warned, barred, suspended or closed",
    "until": 'when the step ends by itself; "" when a person has to lift it',
    "by": "who decided: person or ladder",
    "why": 'what a person gave as reason, in his words; "" when the ladder decided',
    "breaches": "the messages that count: written_at, other_party, order, rules (their titles)",
    "more": "how many more messages count than are listed",
    "ladder": 'the ladder of the marketplace in words; "" when a person decided',
    "points": "points of these messages together",
    "needed": "points that the step asks for",
    "decided_at": "when the step was taken",
    "remains": 'step that stays in force; "" for none',
}

_AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
_RULES = (
    RuleShown(title="No outside links", text="Links lead to the market.", words=("shop.example",), fix="Cut it."),
    RuleShown(title="No outside links", text="Links lead to the market."),
)
_HELD = (HeldShown(record_id="r1", reason="marked as spam", market="Market", received_at=_AT),)
_BREACHES = (
    BreachShown(written_at=_AT, other_party="Anna K.", order="48213", rules=("No outside links", "No phone numbers")),
    BreachShown(written_at=_AT, other_party="Anna K.", rules=("No outside links",)),
    BreachShown(written_at=_AT, rules=("No advertising",)),
)
_SAMPLE: Final[dict[str, FieldValue]] = {
    "market": "Market",
    "seller": "Acme",
    "buyer": "anna_k",
    "other_party": "Anna K.",
    "person": "Anna K.",
    "order": "48213",
    "offer": "9912",
    "reference": "k3x9",
    "written_at": _AT,
    "role_address": "postmaster@relay.example",
    "author": "anna@mail.example",
    "subject": "A question",
    "rules": _RULES,
    "own_text": (Run(text="Hello,\n\nsee "), Run(text="shop.example", is_marked=True), Run(text="\n")),
    "own_subject": (Run(text="Visit "), Run(text="shop.example", is_marked=True)),
    "author_text": "Hello,\n\nsee shop.example\n",
    "rest": "Hello,\n\nsee [removed]\n",
    "repair_address": "act-r4t5@relay.example",
    "reasons": tuple(reason.value for reason in Reason),
    "reason_address": "act-v8w9@relay.example",
    "second_look_address": "act-s6u7@relay.example",
    "trial_address": "check-k3x9@relay.example",
    "real_address": "k3x9@relay.example",
    "outcome": "refused",
    "reason": "spam",
    "action_address": "act-k3x9@relay.example",
    "valid_until": _AT,
    "contact_address": "acme@relay.example",
    "max_message_octets": 24 * 1024 * 1024,
    "test_address": "test@relay.example",
    "hostname": "mail.example",
    "total": 2,
    "held": _HELD,
    "hours": 120,
    "removed": REMOVED_KINDS,
    "dates": ("2026-12-03", "2026-12-10"),
    "step": Step.BARRED.value,
    "until": _AT,
    "by": "ladder",
    "why": "",
    "breaches": _BREACHES,
    "more": 3,
    "ladder": "A refused message counts for 30 days.",
    "points": 17,
    "needed": 16,
    "decided_at": _AT,
    "remains": "",
}


_BY_PERSON: Final[dict[str, FieldValue]] = {
    "by": "person",
    "why": "Several buyers complained.",
    "ladder": "",
    "breaches": (),
    "more": 0,
    "points": 0,
    "needed": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One text, in every language."""

    kind: str
    name: str
    #: whom it goes to and what it says
    meaning: str
    #: names out of FIELDS
    fields: tuple[str, ...]
    parts: tuple[Part, ...] = (Part.SUBJECT, Part.PLAIN, Part.HTML)

    def file(self, language: str, part: Part) -> str:
        """Its file, below the folder of templates."""
        return f"{self.kind}/{language}/{self.name}.{part.value}.j2"


_BODY = (Part.PLAIN, Part.HTML)
_ABOUT = ("market", "other_party", "order", "written_at")


def _notice(name: str, meaning: str, *fields: str) -> Template:
    return Template(kind="notice", name=name, meaning=meaning, fields=fields)


def _message(name: str, meaning: str, fields: tuple[str, ...], parts: tuple[Part, ...] = _BODY) -> Template:
    return Template(kind="message", name=name, meaning=meaning, fields=fields, parts=parts)


#: all texts; files are found by these names
TEMPLATES: Final = (
    # threats.md T-28: no field holds anything that the buyer wrote.
    Template(
        kind="acknowledgement",
        name="first_contact",
        meaning="to the buyer: your first message has arrived",
        fields=("market", "seller", "order", "reference"),
    ),
    _notice(
        "refused",
        "to the author: not delivered, which rule, which words, what to do",
        *_ABOUT,
        "rules",
        "own_subject",
        "own_text",
        "rest",
        "repair_address",
        "reasons",
        "reason_address",
        "second_look_address",
        "trial_address",
        "valid_until",
    ),
    _notice(
        "tried",
        "to the author of a mail to a check- address: what would become of it",
        *_ABOUT,
        "outcome",
        "rules",
        "own_subject",
        "own_text",
        "rest",
        "trial_address",
        "real_address",
    ),
    _notice("repaired", "to the author: delivered without what a rule stops", *_ABOUT, "rules", "rest", "removed"),
    _notice("warned", "to the author: delivered, but", *_ABOUT, "rules", "removed"),
    _notice("removed", "to the author: passed on, but this was taken out of it", *_ABOUT, "removed"),
    _notice("stays_refused", "to the author: a person looked at it, and it is not passed on", *_ABOUT),
    _notice(
        "direct_mail",
        "to the author of a direct mail that copied the market: what it breaks",
        "market",
        "order",
        "written_at",
        "rules",
    ),
    _notice("held", "to the author: a person looks at it first", *_ABOUT, "reason"),
    _notice("was_this_you", "to the mailbox on record: is this yours?", *_ABOUT, "action_address", "valid_until"),
    _notice("undeliverable", "to the author: the other mailbox does not take it", *_ABOUT),
    _notice("away", "to one side: an automatic reply came from the other", "market", "other_party", "order", "dates"),
    _notice("encrypted", "to the author: not passed on, because it is encrypted", *_ABOUT),
    _notice("alias_closed", "to the author: this address is no longer in use", *_ABOUT),
    _notice("mailbox_test", "to a party that wrote to test@: the mailbox works", "market", "written_at"),
    _notice(
        "welcome",
        "to a new seller: how it works",
        "market",
        "seller",
        "contact_address",
        "max_message_octets",
        "test_address",
    ),
    _notice(
        "standing",
        "to a seller: the step that was taken against him, with its reasons (E-38)",
        *("market", "seller", "step", "until", "by", "why", "breaches", "more", "ladder", "points", "needed"),
    ),
    _notice(
        "standing_lifted",
        "to a seller: a step against him has ended before its time",
        *("market", "seller", "step", "decided_at", "by", "why", "remains"),
    ),
    _notice("digest", "to the person in charge: what is held", "hostname", "total", "held"),
    _notice(
        "forwarded",
        "to the person in charge: mail to postmaster@ and the like",
        "role_address",
        "author",
        "subject",
        "author_text",
    ),
    _message("lead_to_seller", "first line of a mail to the seller", ("market", "buyer", "order", "offer")),
    _message("lead_uncertain", "to the seller: the conversation was guessed", ("market", "order")),
    _message("lead_unproven", "to the seller: nobody knows who wrote this", ("market",)),
    _message("footer_to_buyer", "last line of a mail to the buyer", ("market", "seller")),
    _message("display_name", "name beside an alias in From", ("person", "order", "market"), (Part.SUBJECT,)),
    _message("removed_label", "stands where an address was removed", (), (Part.PLAIN,)),
    _message("removed_label_other", "stands where anything else was removed", (), (Part.PLAIN,)),
    _message(
        "removed_signature", "stands under a text of which a digital signature or key was removed", (), (Part.PLAIN,)
    ),
    _message("removed_file", "stands under a text of which a file was removed", (), (Part.PLAIN,)),
    Template(
        kind="console",
        name="hold",
        meaning="to the person in charge, in lists: why a message waits for him",
        fields=("reason",),
        parts=(Part.PLAIN,),
    ),
    Template(
        kind="dsn",
        name="expired",
        meaning="text of the DSN to the author: given up",
        fields=(*_ABOUT, "hours"),
        parts=(Part.SUBJECT, Part.PLAIN),
    ),
)


def samples(template: Template) -> Iterator[dict[str, FieldValue]]:
    """Fields that lead through every branch of a template: all given; texts empty; each reason to hold; one hour."""
    full = {name: _SAMPLE[name] for name in template.fields}
    yield full
    yield full | {name: "" for name in ("order", "offer", "test_address", "author", "subject") if name in full}
    yield full | {name: 1 for name in ("hours", "total") if name in full}
    if "repair_address" in full:
        bare: dict[str, FieldValue] = {
            "own_subject": (),
            "rest": "",
            "repair_address": "",
            "trial_address": "",
            "reason_address": "",
        }
        yield full | bare | {"reasons": ()}
    if "step" in full:
        yield from _steps(full)
    if "outcome" in full:
        yield from (full | {"outcome": trial.value, "rest": "", "rules": (), "own_subject": ()} for trial in Trial)
        yield full | {"outcome": Trial.REPAIRED.value}
    if "removed" in full:
        yield from (full | {"removed": (kind,)} for kind in REMOVED_KINDS)
    if "dates" in full:
        yield from (full | {"dates": dates} for dates in ((), ("2026-12-03",)))
    if "removed" in full and "rules" in full:
        yield full | {"removed": ()}
    if "reason" in full:
        yield from (full | {"reason": reason.value} for reason in HoldReason)


def _steps(full: dict[str, FieldValue]) -> Iterator[dict[str, FieldValue]]:
    """Each step by a ladder and by a person, with and without an end."""
    person = {name: value for name, value in _BY_PERSON.items() if name in full}
    for step in Step:
        yield full | {"step": step.value}
        yield full | {"step": step.value} | person
    if "until" in full:
        yield from (full | {"step": step.value, "until": "", "more": 0} for step in Step)
    if "remains" in full:
        yield full | {"remains": Step.WARNED.value}


def reference() -> str:
    """The list of texts and their fields, for templates/README.md."""
    rows = [
        f"| `{template.kind}/<lang>/{template.name}` | {', '.join(part.value for part in template.parts)} "
        f"| {template.meaning} | {', '.join(f'`{name}`' for name in template.fields) or 'none'} |\n"
        for template in TEMPLATES
    ]
    fields = [f"| `{name}` | {meaning} |\n" for name, meaning in FIELDS.items()]
    head = "| text | parts | what it says | fields |\n|---|---|---|---|\n"
    return "".join([head, *rows, "\n| field | meaning |\n|---|---|\n", *fields])
