"""Who gets an automatic answer: RFC 3834, T-27, T-28."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbridge.domain.authresults import AuthResult, AuthResults
from mailbridge.domain.classification import Classification, MailKind
from mailbridge.domain.facts import Facts, Pardon
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.message import Automatic, Message
from mailbridge.domain.parties import Direction
from mailbridge.domain.thread import Area
from mailbridge.policy.autoreply import Acknowledge, Silent, may_acknowledge
from mailbridge.policy.plan import Opening, Route
from tests.policy.stage import CONTACT, MARKET, a_message, an_envelope, at_contact, mailboxes, unsigned

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
