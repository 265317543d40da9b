"""Who gets an automatic answer: RFC 3834, T-27, T-28."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbridge.domain.acknowledgement import AckWishes
from mailbridge.domain.authresults import AuthResult, AuthResults
from mailbridge.domain.classification import Classification, MailKind
from mailbridge.domain.facts import ContactDestination, Facts, Pardon
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.message import Automatic, Message
from mailbridge.domain.parties import Direction, Marketplace
from mailbridge.domain.thread import Area
from mailbridge.policy.autoreply import Acknowledge, Silent, may_acknowledge, switches_of
from mailbridge.policy.plan import Opening, Route
from tests.policy.stage import CONTACT, MARKET, SELLER, a_message, an_envelope, at_contact, mailboxes, unsigned

_FIRST = Route(direction=Direction.TO_SELLER, opening=Opening(area=Area.QUESTION, creates_buyer=True))


def _mail(**more: Any) -> Message:
    return a_message(**({"author": "new@buyer.example", "to": CONTACT} | more))


def test_a_persons_authenticated_first_contact_is_acknowledged() -> None:
    market = replace(MARKET, acknowledge_after_s=90)
    answer = may_acknowledge(_mail(language="pl"), at_contact(marketplace=market), _FIRST)
    assert answer == Acknowledge(after=timedelta(seconds=90), language="pl")


SILENT: tuple[tuple[str, Message, Facts, Route], ...] = (
    ("T23 null reverse-path", _mail(), at_contact(envelope=an_envelope(None, CONTACT)), _FIRST),
    ("T27 vacation", _mail(automatic=Automatic.REPLIED), at_contact(), _FIRST),
    ("T27 list or robot", _mail(automatic=Automatic.GENERATED), at_contact(), _FIRST),
    ("T27 DSN", _mail(automatic=Automatic.DSN), at_contact(), _FIRST),
    ("B2 read receipt", _mail(automatic=Automatic.MDN), at_contact(), _FIRST),
    (
        "B4 seems automatic by its words",
        _mail(classification=Classification(kind=MailKind.AUTOREPLY)),
        at_contact(),
        _FIRST,
    ),
    ("B3 asks for no automatic answer", _mail(asks_no_answer=True), at_contact(), _FIRST),
    ("T28 unproven", _mail(), at_contact(auth=unsigned("buyer.example")), replace(_FIRST, is_unproven=True)),
    ("T28 forged although the route is unmarked", _mail(), at_contact(auth=unsigned("buyer.example")), _FIRST),
    (
        "T28 proven by a person only",
        _mail(),
        at_contact(auth=unsigned("buyer.example"), pardon=Pardon(author_confirmed=True)),
        _FIRST,
    ),
    ("T39 our address is not in To or Cc", _mail(to="all@lists.example"), at_contact(), _FIRST),
    (
        "T28 proven by SPF, but our address is in Bcc only",
        _mail(to="all@lists.example"),
        at_contact(auth=AuthResults(author_domain="buyer.example", spf=AuthResult.PASS, spf_exact=True)),
        _FIRST,
    ),
    ("a destination without a market", _mail(), replace(at_contact(), marketplace=None), _FIRST),
    ("not the first message", _mail(), at_contact(), Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))),
    ("from a seller", _mail(), at_contact(), replace(_FIRST, direction=Direction.TO_BUYER)),
    ("the market does not acknowledge", _mail(), at_contact(marketplace=replace(MARKET, acknowledges=False)), _FIRST),
    *(
        (f"T27 robot mailbox {name}", _mail(authors=mailboxes(f"{name}@buyer.example")), at_contact(), _FIRST)
        for name in (
            "mailer-daemon",
            "MAILER-DAEMON",
            "noreply",
            "no-reply",
            "do-not-reply",
            "bounce+x",
            "news-request",
            "owner-news",
        )
    ),
)


@pytest.mark.parametrize(("name", "message", "facts", "route"), SILENT, ids=[case[0] for case in SILENT])
def test_T27_T28_B1_B2_nobody_else_is_answered(name: str, message: Message, facts: Facts, route: Route) -> None:
    answer = may_acknowledge(message, facts, route)
    assert isinstance(answer, Silent), name
    assert answer.reason


def test_B4_a_person_whose_name_begins_like_a_robots_is_answered() -> None:
    facts = at_contact()
    assert isinstance(
        may_acknowledge(_mail(authors=mailboxes("norely.smith@buyer.example")), facts, _FIRST), Acknowledge
    )


VACATION_SUBJECTS = (
    "Out of Office: your message",
    "Automatic reply: Question about 48213",
    "[Auto-Reply] hello",
    "Autoreply: hello",
    "I'm away until Monday",
    "Automatische Antwort: Ihre Nachricht",
    "Abwesenheitsnotiz",
    "Ich bin nicht im Büro",
    "Autoodpowiedź: pytanie",
    "Odpowiedź automatyczna",
    "Nieobecność do 3.12.",
    "Risposta automatica: ordine",
    "Fuori sede fino a lunedì",
    "Réponse automatique : absent",
    "Respuesta automática",
    "Automatiskt svar: hej",
    "We have received your request [#1234]",
)


@pytest.mark.parametrize("subject", VACATION_SUBJECTS)
def test_B4_a_subject_that_sounds_like_a_robots_is_not_answered(subject: str) -> None:
    assert may_acknowledge(_mail(subject=subject), at_contact(), _FIRST) == Silent(reason="sounds_automatic")


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic gate, order 48213",
        "Is the office chair still there?",
        "Ticket to Rome",
        "Reply please",
        "",
        "Autoteile",
    ],
)
def test_B4_people_write_about_such_things_too(subject: str) -> None:
    assert isinstance(may_acknowledge(_mail(subject=subject), at_contact(), _FIRST), Acknowledge)


def _with(market: Marketplace = MARKET, **wishes: Any) -> Facts:
    seller = replace(SELLER, acknowledgement=AckWishes(**wishes))
    destination = ContactDestination(marketplace=market, seller=seller)
    return at_contact(marketplace=market, destination=destination)


_OFF = replace(MARKET, acknowledges=False)
_ONLY_ORDERS = replace(MARKET, acknowledged_areas=(Area.ORDER,))
_LATE = replace(MARKET, acknowledge_after_s=600)
SWITCHES: tuple[tuple[str, Facts, Area, str], ...] = (
    ("S-36 by default", _with(), Area.QUESTION, ""),
    ("S-41 the market has it off", _with(_OFF), Area.QUESTION, "switched_off"),
    ("S-41 the seller has it on all the same", _with(_OFF, is_on=True), Area.QUESTION, ""),
    ("S-41 the seller has it off", _with(is_on=False), Area.QUESTION, "switched_off"),
    ("S-40 the market has it for orders only", _with(_ONLY_ORDERS), Area.QUESTION, "area_switched_off"),
    ("S-40 the same, about an order", _with(_ONLY_ORDERS), Area.ORDER, ""),
    ("S-39 the seller has it for disputes only", _with(areas=(Area.DISPUTE,)), Area.QUESTION, "area_switched_off"),
    ("S-39 the same, in a dispute", _with(areas=(Area.DISPUTE,)), Area.DISPUTE, ""),
    ("S-41 both areas", _with(areas=(Area.DISPUTE, Area.QUESTION)), Area.DISPUTE, ""),
    ("S-42 no area is on, so it is off", _with(is_on=True, areas=()), Area.QUESTION, "switched_off"),
    ("a note is the seller's own", _with(), Area.NOTE, "area_switched_off"),
)


@pytest.mark.parametrize(("name", "facts", "area", "reason"), SWITCHES, ids=[case[0] for case in SWITCHES])
def test_S36_S39_S40_S41_S42_what_is_switched_on_is_answered(name: str, facts: Facts, area: Area, reason: str) -> None:
    route = replace(_FIRST, opening=Opening(area=area))
    answer = may_acknowledge(_mail(), facts, route)
    assert (answer.reason if isinstance(answer, Silent) else "") == reason, name


def test_S59_a_message_that_goes_on_in_a_thread_is_not_answered() -> None:
    route = Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))
    assert may_acknowledge(_mail(), _with(is_on=True), route) == Silent(reason="not_a_first_contact")


def test_S45_the_sellers_own_delay_goes_before_the_markets() -> None:
    assert switches_of(_LATE, replace(SELLER, acknowledgement=AckWishes(after_s=60))).after == timedelta(minutes=1)
    assert switches_of(_LATE, SELLER).after == timedelta(minutes=10)


def test_S46_the_seller_says_whether_he_hears_of_each() -> None:
    told = replace(MARKET, copies_acknowledgements=True)
    assert switches_of(told, SELLER).copies
    assert not switches_of(told, replace(SELLER, acknowledgement=AckWishes(copies=False))).copies
    assert not switches_of(MARKET, SELLER).copies
