"""Every text there is, with its fields: what a template may say.

Files are found by these names. Loads and renders nothing: that is `texts/load.py`.
"""

import enum
from dataclasses import dataclass
from typing import Final

from mailbridge.texts.fields import FIELDS

LANGUAGES: Final = ("en", "pl", "it", "de")


class Part(enum.Enum):
    """The forms a text has; the value is in the file name."""

    SUBJECT = "subject"
    PLAIN = "txt"
    HTML = "html"


#: kinds of what is taken out of a message, as its author is told: notice/<lang>/_removed_kind
REMOVED_KINDS: Final = ("address", "trace", "encoded", "signature", "card", "calendar", "mail", "other")


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
#: a page has its title and what stands in its body
_PAGE = (Part.SUBJECT, Part.HTML)
_WISH = ("market", "seller", "scope", "wish")
_DEED = ("market", "other_party", "order", "deed")
_STEP = ("market", "seller", "step", "decided_at")
_SWITCHED = ("market", "seller", "switch_address", "valid_until")
_ABOUT = ("market", "other_party", "order", "written_at")
_OF_SELLER = (*_ABOUT, "seller")


def _notice(name: str, meaning: str, *fields: str) -> Template:
    return Template(kind="notice", name=name, meaning=meaning, fields=fields)


def _page(name: str, meaning: str, *fields: str) -> Template:
    return Template(kind="page", name=name, meaning=meaning, fields=fields, parts=_PAGE)


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
    Template(
        kind="acknowledgement",
        name="own_text",
        meaning="the same in words of the shop's own, which this frames: it stays an automatic mail",
        fields=("market", "seller", "reference", "headline", "words"),
    ),
    _notice(
        "acknowledged",
        "to the seller: the buyer's first message was acknowledged, the conversation waits for him (S-46)",
        *_ABOUT,
        *("waits_until", "answer_address", "sent_text"),
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
        "untold_address",
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
    _notice(
        "not_moved", "to the author: the conversation was not ended or opened again as he asked", *_ABOUT, "unmoved"
    ),
    _notice("not_done", "to a seller: what he asked for by a one-use address was not done, and why", *_DEED, "unmoved"),
    _notice(
        "undo_offered",
        "to a seller: his message goes out in a moment, and how he stops it (N-15)",
        *_ABOUT,
        *("goes_at", "stop_address", "stop_link"),
    ),
    _notice(
        "undone",
        "to a seller: his message was stopped, with his words (N-15)",
        *("market", "other_party", "order", "subject", "own_text", "files", "answer_address"),
    ),
    _notice("not_begun", "to the author: conversations of this kind begin in another way", *_ABOUT, "area"),
    _notice("held", "to the author: a person looks at it first", *_ABOUT, "reason"),
    _notice("kept", "to the author: kept until the shop takes messages again (S-17)", *_ABOUT),
    _notice("observer", "to a colleague who may read only: what he wrote is not passed on", *_ABOUT),
    _notice("not_assigned", "to a colleague: the conversation was not assigned as he asked", *_ABOUT, "colleagues"),
    _notice(
        "answered",
        "to a colleague who wishes copies: what another one answered (U5); its reply goes to the buyer",
        *("market", "subject", "other_party", "order", "colleague", "sent_text", "files"),
    ),
    _notice(
        "messaging_off",
        "to a seller: none of its mailboxes gets messages any more (S-17)",
        *("market", "seller", "off_since"),
    ),
    _notice(
        "staff_away",
        "to somebody of a shop who said that he is away, or there again: what holds now (S-13)",
        *("market", "seller", "away_until", "stand_in", "problem", "colleagues", "example_day", "test_address"),
    ),
    _notice("was_this_you", "to the mailbox on record: is this yours?", *_ABOUT, "action_address", "valid_until"),
    _notice("undeliverable", "to the author: the other mailbox does not take it", *_ABOUT),
    _notice("away", "to one side: an automatic reply came from the other", "market", "other_party", "order", "dates"),
    _notice("encrypted", "to the author: not passed on, because it is encrypted", *_ABOUT),
    _notice("alias_closed", "to the author: this address is no longer in use", *_ABOUT),
    _notice("mailbox_test", "to a party that wrote to test@: the mailbox works", "market", "written_at"),
    _notice(
        "opted_out",
        "to a buyer who stopped messages that sellers start: what still comes, how to take it back",
        *_WISH,
        "opt_in_address",
        "opt_in_link",
        "all_address",
        "all_link",
        "valid_until",
    ),
    _notice("opted_in", "to a buyer who took that back", *_WISH, "still_stopped"),
    _notice(
        "opt_outs_untold",
        "to a seller who does not want to be told of buyers who opted out: how to be told again (E-06)",
        *_SWITCHED,
    ),
    _notice("opt_outs_told", "to a seller who wants to be told of them again", *_SWITCHED),
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
    _notice("report_taken", "to a buyer who reported a message: a person looks at it", *_ABOUT),
    _notice("report_settled", "to a buyer who reported a message: whether it was found in breach", *_ABOUT, "found"),
    _notice(
        "found_in_breach",
        "to a seller: a person found a message of his in breach, with the reason (E-38)",
        *_OF_SELLER,
        "why",
    ),
    _notice("appeal_taken", "to a seller who appealed a step: a person looks at it", *_STEP),
    _notice(
        "appeal_settled",
        "to a seller who appealed a step: whether it was wrong, with the reason (E-38)",
        *_STEP,
        "found",
        "why",
        "until",
        "remains",
    ),
    _notice(
        "breach_appeal_taken", "to a seller who says that a message is no breach: a person looks at it", *_OF_SELLER
    ),
    _notice(
        "breach_appeal_settled",
        "to a seller who says that a message is no breach: whether it counts, with the reason (E-38)",
        *_OF_SELLER,
        "found",
        "why",
    ),
    _notice(
        "due_soon",
        "to a seller: which conversations wait for his answer soon, each to be answered from the mail",
        *("market", "seller", "due", "late", "unlisted", "clocks", "off_since", "kept"),
    ),
    _notice(
        "market_joins",
        "to the person in charge: a conversation was silent for long, the marketplace should join it (S-31)",
        *("market", "seller", "buyer", "area", "order", "offer", "thread", "last_at", "silent_days", "link"),
    ),
    _notice(
        "market_called",
        "to each side: nobody has written for long, and the marketplace was called to the conversation (S-31)",
        *("market", "other_party", "order", "silent_days", "answer_address", "answer_subject"),
    ),
    _notice(
        "digest",
        "to the person in charge: what is held, and what waits to be decided",
        "hostname",
        "total",
        "held",
        "reviews",
    ),
    _notice(
        "forwarded",
        "to the person in charge: mail to postmaster@ and the like",
        "role_address",
        "author",
        "subject",
        "author_text",
    ),
    _message("lead_to_seller", "first line of a mail to the seller", ("market", "buyer", "order", "offer")),
    _message(
        "link_to_seller", "below it, in the mail that begins a conversation: its page on the market", ("market", "link")
    ),
    _message(
        "posted",
        "subject of what the marketplace posts without one",
        ("area", "order", "offer"),
        (Part.SUBJECT,),
    ),
    _message("lead_uncertain", "to the seller: the conversation was guessed", ("market", "order")),
    _message("lead_unproven", "to the seller: nobody knows who wrote this", ("market",)),
    _message("footer_to_buyer", "last line of a mail to the buyer", ("market", "seller")),
    _message(
        "way_out",
        "below the footer of mail that a seller started: how the buyer stops such mail; one line",
        ("market", "seller", "opt_out_address", "opt_out_link"),
    ),
    _message(
        "report",
        "last line of a mail to the buyer, where the market takes reports: how he reports it; one line",
        ("market", "report_address"),
    ),
    _message(
        "actions",
        "below a mail to the seller, where the market wants it: what he can do beside answering (N-11)",
        ("market", "actions"),
    ),
    _message("reported", "stands for a rule, where a person found a breach", (), (Part.PLAIN,)),
    _message("display_name", "name beside an alias in From", ("person", "order", "market"), (Part.SUBJECT,)),
    _message("removed_label", "stands where an address was removed", (), (Part.PLAIN,)),
    _message("removed_label_other", "stands where anything else was removed", (), (Part.PLAIN,)),
    _message(
        "removed_signature", "stands under a text of which a digital signature or key was removed", (), (Part.PLAIN,)
    ),
    _message("removed_file", "stands under a text of which a file was removed", (), (Part.PLAIN,)),
    _page("opt_out", "public page: stop messages that sellers start?", *_WISH, "page_url"),
    _page("opted_out", "public page: they are stopped", *_WISH, "undo_url"),
    _page("opt_in", "public page: let them come again?", *_WISH, "page_url"),
    _page("opted_in", "public page: they may come again", *_WISH, "still_stopped"),
    _page("act", "public page: do this with the conversation, or stop the message?", *_DEED, "page_url"),
    _page("acted", "public page: it is done", *_DEED),
    _page("not_acted", "public page: it is not done, and why", *_DEED, "unmoved"),
    _page("used", "public page: this link was used before, and what it did was taken back since", *_WISH),
    _page("unknown", "public page: there is nothing behind this link, or no more"),
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
