"""The general pack on mail of people and carriers that nobody here wrote: what holds no contact data passes.

`contact_labels.toml` says which kinds of contact data each mail shows, by a rule that knows nothing of the checks. Each
mail is tried as a message in a thread about an order, in both directions. The fields that name people are replaced by
a party and an alias: to whom a list's mail was copied is no question of its text. Nothing else is set aside. Two kinds
are labelled that are no contact data and that the pack stops rightly: obscene words, and how to leave a list, of which
a seller must not write. The files of these mails are not looked into. `pytest -s` prints the figures.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Action, Mode
from mailbridge.message.parse import parse
from mailbridge.policy.judge import judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.ruleset import RuleSet
from mailbridge.resources import data_folder
from mailbridge.rulefiles.models import SampleModel, SampleOrderModel
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.samplemails import perform
from mailbridge.rulefiles.scene import Scene, a_market, an_order
from tests.policy.contact_labels import (
    CONTACTS,
    KINDS,
    HamMail,
    corpora_mails,
    kinds_of,
    labels,
    shown_lines,
    written_down,
)

_NOW = datetime(2026, 1, 1, 10, tzinfo=UTC)
#: countries of these authors, and of our markets: the more, the more numbers can be telephone numbers
_MARKET = replace(a_market("general", "general"), regions=("PL", "IT", "DE", "GB", "FR", "ES", "US", "IE"))
_NAMES_PEOPLE = re.compile(rb"(?i)(?:from|to|cc|bcc|sender|reply-to|return-path|delivered-to|resent-[a-z-]+)[ \t]*:")
#: the kind that a rule of the pack is about; a rule without one must stop none of these mails
_KIND_OF = {
    "general.no-email-address": "address",
    "general.no-outside-link": "link",
    "general.no-phone-number": "phone",
    "general.no-bank-data": "account",
    "general.no-messenger": "messenger",
    "general.no-payment-outside-from-seller": "payment",
    "general.no-payment-outside-from-buyer": "payment",
    "general.no-profanity": "obscene",
    "general.no-request-to-opt-out": "opt_out",
}
#: of the mails that show a kind, the share that is stopped for it; links to carriers are allowed, and ICQ is gone
_FOUND = {"address": 0.99, "link": 0.97, "phone": 0.85, "messenger": 0.5}


@cache
def _rules() -> RuleSet:
    return load_rules((data_folder("rules"),))


def _stops(content: bytes, scene: Scene) -> frozenset[str]:
    """The rules that keep this mail from being relayed as it is; "no rule" where something else does."""
    message = parse(content)
    verdict = judge(message, scene.facts(message, content, _NOW), scene.route, _rules())
    assert not isinstance(verdict, Needs)
    stops = {str(j.rule) for j in verdict.judgements if j.mode is Mode.ENFORCE and j.action >= Action.REPAIR}
    return frozenset(stops or ({"no rule"} if verdict.action >= Action.REPAIR else ()))


def _re_enveloped(octets: bytes) -> bytes:
    """The same mail, written by a party to an alias."""
    octets = octets if b"\r" in octets else octets.replace(b"\n", b"\r\n")
    octets = octets.partition(b"\r\n")[2] if octets.startswith(b"From ") else octets
    header, blank, body = octets.partition(b"\r\n\r\n")
    kept = [field for field in re.split(rb"\r\n(?![ \t])", header) if not _NAMES_PEOPLE.match(field)]
    return b"\r\n".join([b"From: nora@acme.example", b"To: aaaaaaaaaaaaaaaa@bridge.example", *kept]) + blank + body


@cache
def _tried(direction: Direction) -> tuple[tuple[HamMail, frozenset[str], frozenset[str]], ...]:
    """Each mail, the kinds it shows, the rules that stop it."""
    scene = Scene(market=_MARKET, direction=direction, order=an_order(), is_about_order=True)
    return tuple(
        (mail, labels()[mail.corpus, mail.name], _stops(_re_enveloped(mail.octets), scene)) for mail in corpora_mails()
    )


def _thinned(direction: Direction) -> Iterator[tuple[HamMail, frozenset[str]]]:
    """Each mail without the lines that show any kind, and the rules that stop what is left."""
    for mail in corpora_mails():
        subject, *lines = ("" if kinds_of([line]) else line for line in shown_lines(mail.octets))
        sample = SampleModel(
            text="\n".join(lines), subject=subject, direction=direction.value, order=SampleOrderModel(state="open")
        )
        performed = perform(sample, _MARKET, None)
        yield mail, _stops(performed.content, performed.scene)


def test_the_labels_are_those_of_the_rule() -> None:
    assert len(corpora_mails()) == 285
    by_rule = {(mail.corpus, mail.name): frozenset(kinds_of(shown_lines(mail.octets))) for mail in corpora_mails()}
    assert labels() == by_rule, written_down()


@pytest.mark.parametrize("direction", Direction)
def test_E16_mails_without_contact_data_pass(direction: Direction) -> None:
    without = [(mail, kinds, stops) for mail, kinds, stops in _tried(direction) if kinds.isdisjoint(CONTACTS)]
    clean = [(mail.name, sorted(stops)) for mail, kinds, stops in without if not kinds]
    stopped = [(name, rules) for name, rules in clean if rules]
    print(f"{direction.value}: {len(stopped)} of {len(clean)} stopped, and {len(without) - len(clean)} obscene ones")
    assert len(clean) >= 20
    assert len(stopped) <= len(clean) / 100, stopped


@pytest.mark.parametrize("direction", Direction)
def test_E16_a_rule_stops_only_mails_that_show_what_it_is_about(direction: Direction) -> None:
    wrong: dict[str, list[str]] = {kind: [] for kind in (*KINDS, "")}
    for mail, kinds, stops in _tried(direction):
        for kind in {_KIND_OF.get(rule, "") for rule in stops} - kinds:
            wrong[kind].append(mail.name)
    others = {kind: sum(kind not in kinds for _, kinds, _ in _tried(direction)) for kind in wrong}
    print(direction.value, {kind or "else": f"{len(names)} of {others[kind]}" for kind, names in wrong.items()})
    assert not {kind: names for kind, names in wrong.items() if len(names) > others[kind] / 100}


@pytest.mark.parametrize("direction", Direction)
def test_E16_what_is_left_of_a_mail_without_its_contact_data_passes(direction: Direction) -> None:
    every = list(_thinned(direction))
    stopped = [(mail.name, sorted(stops)) for mail, stops in every if stops]
    print(f"{direction.value}: {len(stopped)} of {len(every)} stopped: {stopped}")
    assert len(stopped) <= len(every) / 100


@pytest.mark.parametrize("direction", Direction)
def test_S25_contact_data_of_ham_is_found(direction: Direction) -> None:
    shown, found = Counter[str](), Counter[str]()
    for _, kinds, stops in _tried(direction):
        shown.update(kinds)
        found.update({_KIND_OF.get(rule, "") for rule in stops} & kinds)
    print(direction.value, {kind: f"{found[kind]} of {shown[kind]}" for kind in shown})
    assert not {kind: found[kind] for kind, least in _FOUND.items() if found[kind] < least * shown[kind]}
