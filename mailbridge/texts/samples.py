"""Fields that every text is tried with before it is used: as shipped by the tests, those of an admin at the start.

Which texts there are is `catalogue.py`; whether they render is `load.py`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from mailbridge.domain.area import Area
from mailbridge.domain.outreach import Reason
from mailbridge.domain.standing import Step
from mailbridge.policy.awaywords import Unclear
from mailbridge.policy.plan import HoldReason, Trial
from mailbridge.policy.transitions import NotMoved
from mailbridge.texts.catalogue import REMOVED_KINDS, Template
from mailbridge.texts.shown import ActionShown, BreachShown, DueShown, FieldValue, HeldShown, RuleShown, Run

_AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
_RULES = (
    RuleShown(title="No outside links", text="Links lead to the market.", words=("shop.example",), fix="Cut it."),
    RuleShown(title="No outside links", text="Links lead to the market."),
)
_HELD = (HeldShown(record_id="r1", reason="marked as spam", market="Market", received_at=_AT),)
_DUE_ACTIONS = (
    (ActionShown(kind="no_reply_needed", address="act-a2b3@relay.example"),),
    (ActionShown(kind="no_reply_needed", address="act-a2b3@relay.example", link="https://market.example/u/a2b3"),),
    (),
    (ActionShown(kind="close", address="act-a4b5@relay.example", link="https://market.example/u/a4b5"),),
)
_DUE = tuple(
    DueShown(
        other_party="Anna K.",
        order="48213" if number else "",
        subject="Is the lamp still there?" if number else "",
        asked_at=_AT,
        due_at=_AT,
        is_late=number == 1,
        amount=number * 3,
        unit="h" if number else "min",
        counts_for_market=number != 2,
        answer_address="k3x9@relay.example" if number != 3 else "",
        answer_subject="Re: Is the lamp still there? [k3x9abcd]",
        actions=_DUE_ACTIONS[number],
    )
    for number in (1, 2, 3, 0)
)
_BREACHES = (
    BreachShown(written_at=_AT, other_party="Anna K.", order="48213", rules=("No outside links", "No phone numbers")),
    BreachShown(written_at=_AT, other_party="Anna K.", rules=("No outside links",)),
    BreachShown(written_at=_AT, rules=("No advertising",)),
)
_UNCLEAR: Final = tuple(unclear.value for unclear in Unclear)
_DEEDS: Final = ("no_reply_needed", "close", "resolve", "give_up", "reopen")
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
    "headline": "We have your message",
    "words": ("Hello,\nthank you.", "We answer within a day."),
    "waits_until": _AT,
    "answer_address": "k3x9@relay.example",
    "answer_subject": "Re: Is the lamp still there? [k3x9abcd]",
    "sent_text": "Hello,\n\nthank you.\n",
    "rules": _RULES,
    "own_text": (Run(text="Hello,\n\nsee "), Run(text="shop.example", is_marked=True), Run(text="\n")),
    "own_subject": (Run(text="Visit "), Run(text="shop.example", is_marked=True)),
    "author_text": "Hello,\n\nsee shop.example\n",
    "rest": "Hello,\n\nsee [removed]\n",
    "repair_address": "act-r4t5@relay.example",
    "reasons": tuple(reason.value for reason in Reason),
    "reason_address": "act-v8w9@relay.example",
    "untold_address": "act-w2x3@relay.example",
    "switch_address": "act-y4z5@relay.example",
    "second_look_address": "act-s6u7@relay.example",
    "trial_address": "check-k3x9@relay.example",
    "real_address": "k3x9@relay.example",
    "outcome": "refused",
    "reason": "spam",
    "unmoved": "not_yours",
    "area": "dispute",
    "link": "https://market.example/talk/48213",
    "silent_days": 9,
    "last_at": _AT,
    "thread": "k3x9abcdk3x9abcdk3x9abcd",
    "action_address": "act-k3x9@relay.example",
    "valid_until": _AT,
    "contact_address": "acme@relay.example",
    "max_message_octets": 24 * 1024 * 1024,
    "test_address": "test@relay.example",
    "hostname": "mail.example",
    "total": 2,
    "held": _HELD,
    "reviews": 3,
    "due": _DUE,
    "late": 1,
    "unlisted": 2,
    "actions": tuple(
        ActionShown(kind=kind, address="act-c4d5@relay.example", link="https://market.example/u/c4d5" if number else "")
        for number, kind in enumerate(_DEEDS)
    ),
    "deed": "close",
    "goes_at": _AT,
    "stop_address": "act-e6f7@relay.example",
    "stop_link": "https://market.example/u/e6f7",
    "clocks": ("An answer is due within 24 hours.",),
    "off_since": _AT,
    "kept": 3,
    "away_until": _AT,
    "stand_in": "Jan",
    "example_day": "2026-12-10",
    "problem": "",
    "colleague": "Jan",
    "colleagues": ("Jan", "ola@acme.example"),
    "files": ("invoice.pdf", "label.png"),
    "hours": 120,
    "removed": REMOVED_KINDS,
    "dates": ("2026-12-03", "2026-12-10"),
    "report_address": "act-y8z9@relay.example",
    "found": "upheld",
    "opt_out_address": "act-t2u3@relay.example",
    "opt_out_link": "https://market.example/u/t2u3",
    "opt_in_address": "act-v4w5@relay.example",
    "opt_in_link": "https://market.example/u/v4w5",
    "all_address": "act-x6y7@relay.example",
    "all_link": "https://market.example/u/x6y7",
    "scope": "seller",
    "wish": "all",
    "still_stopped": "all",
    "page_url": "https://market.example/u/t2u3",
    "undo_url": "https://market.example/u/v4w5",
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


_MAY_BE_EMPTY = (
    *("order", "offer", "test_address", "author", "subject", "opt_out_link", "waits_until", "stop_link", "link"),
)


_NOTHING_HELD: Final[dict[str, FieldValue]] = {"total": 0, "held": ()}


#: nothing late and one more; one late and no clock
_LISTS_OF_DUE: Final[tuple[dict[str, FieldValue], ...]] = (
    {"late": 0, "unlisted": 0, "due": _DUE[-1:]},
    {"late": 2, "unlisted": 1, "clocks": (), "off_since": "", "kept": 0},
    {"late": 0, "unlisted": 0, "clocks": (), "due": ()},
)


def samples(template: Template) -> Iterator[dict[str, FieldValue]]:
    """Fields that lead through every branch of a template: all given; texts empty; each reason to hold; one hour."""
    full = _full(template)
    yield full
    yield full | {name: "" for name in _MAY_BE_EMPTY if name in full}
    yield full | {name: 1 for name in ("hours", "total") if name in full}
    yield full | {name: 0 for name in ("reviews",) if name in full}
    yield full | {name: nothing for name, nothing in _NOTHING_HELD.items() if "reviews" in full}
    yield from (full | lists for lists in _LISTS_OF_DUE if "due" in full)
    if "repair_address" in full:
        bare: dict[str, FieldValue] = {
            "own_subject": (),
            "rest": "",
            "repair_address": "",
            "trial_address": "",
            "reason_address": "",
            "untold_address": "",
        }
        yield full | bare | {"reasons": ()}
    if "step" in full:
        yield from _steps(full)
    if "found" in full:
        yield from _found(full)
    if "outcome" in full:
        yield from (full | {"outcome": trial.value, "rest": "", "rules": (), "own_subject": ()} for trial in Trial)
        yield full | {"outcome": Trial.REPAIRED.value}
    if "removed" in full:
        yield from (full | {"removed": (kind,)} for kind in REMOVED_KINDS)
    yield from _deeds(full)
    if "scope" in full:
        yield from _wishes(full)
    if "files" in full:
        yield full | {"files": ()}
    yield from _absences(full)
    if "dates" in full:
        yield from (full | {"dates": dates} for dates in ((), ("2026-12-03",)))
    empty: dict[str, FieldValue] = {"files": ()} if "files" in full else {}
    yield full | empty | ({"removed": ()} if "rules" in full and "removed" in full else {})
    yield from _each_reason(full)


def _absences(full: dict[str, FieldValue]) -> Iterator[dict[str, FieldValue]]:
    """Who is away or silent, and why nothing is changed."""
    if "problem" in full:
        yield full | {"stand_in": ""}
        yield full | {"stand_in": "", "away_until": ""}
        yield from (
            full | {"problem": problem, "colleagues": names} for problem in _UNCLEAR for names in ((), ("Jan",))
        )
    if "silent_days" in full:
        yield full | {"silent_days": 1} | {name: "" for name in ("answer_address",) if name in full}


def _deeds(full: dict[str, FieldValue]) -> Iterator[dict[str, FieldValue]]:
    """Each thing that a one-use address does, and each reason why it is not done."""
    for deed in (*_DEEDS, "stop_sending") if "deed" in full else ():
        each: dict[str, FieldValue] = full | {"deed": deed}
        yield each
        if "unmoved" in full:
            yield from (
                each | {"unmoved": why} for why in ("sent", "not_waiting", "used", *(n.value for n in NotMoved))
            )


def _each_reason(full: dict[str, FieldValue]) -> Iterator[dict[str, FieldValue]]:
    """Each reason to hold a message, to leave a conversation as it is, and each kind of conversation."""
    if "unmoved" in full:
        yield from (full | {"unmoved": why.value} for why in NotMoved)
    if "area" in full:
        yield from (full | {"area": area.value, "order": order} for area in Area for order in ("48213", ""))
    if "reason" in full:
        yield from (full | {"reason": reason.value} for reason in HoldReason)


def _full(template: Template) -> dict[str, FieldValue]:
    """All given; what a person decides always has a reason."""
    full = {name: _SAMPLE[name] for name in template.fields}
    return full | {"why": _BY_PERSON["why"]} if "why" in full and "by" not in full else full


def _found(full: dict[str, FieldValue]) -> Iterator[dict[str, FieldValue]]:
    """What a person finds, of each step, with and without an end and another step."""
    dismissed = full | {"found": "dismissed"}
    yield dismissed
    if "step" in full:
        yield from (dismissed | {"step": step.value, "until": ""} for step in Step)
        yield full | {"remains": Step.WARNED.value}


def _wishes(full: dict[str, FieldValue]) -> Iterator[dict[str, FieldValue]]:
    """Each wish, with and without what may be missing."""
    may_lack = ("opt_in_link", "all_address", "all_link", "still_stopped", "undo_url")
    for scope in ("seller", "market"):
        for wish in ("all", "review"):
            each = full | {"scope": scope, "wish": wish}
            yield each
            yield each | {name: "" for name in may_lack if name in full}
            yield each | {name: "review" for name in ("still_stopped",) if name in full}


def _steps(full: dict[str, FieldValue]) -> Iterator[dict[str, FieldValue]]:
    """Each step by a ladder and by a person, with and without an end."""
    person = {name: value for name, value in _BY_PERSON.items() if name in full}
    for step in Step:
        yield full | {"step": step.value}
        yield full | {"step": step.value} | person
    if "until" in full:
        none_more: dict[str, FieldValue] = {"more": 0} if "more" in full else {}
        yield from (full | none_more | {"step": step.value, "until": ""} for step in Step)
    if "remains" in full:
        yield full | {"remains": Step.WARNED.value}
