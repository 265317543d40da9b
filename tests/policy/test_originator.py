"""Who may speak: the table of design.md D9, with named forgeries and their honest twins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from mailbridge.domain import reply
from mailbridge.domain.authresults import AuthResult, AuthResults, DkimSignature, DmarcPolicy
from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts, Pardon
from mailbridge.domain.ids import SellerId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import Reply
from mailbridge.policy.originator import Proof, Proven, proof_of, weigh
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind, Stop
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    CONTACT,
    MARKET,
    OURS,
    SELLER,
    SELLER_MAILBOX,
    TO_BUYER,
    TO_SELLER,
    a_mailbox,
    a_message,
    a_thread,
    an_alias,
    an_envelope,
    at_contact,
    at_record_only,
    from_buyer,
    from_seller,
    from_stranger,
    mailboxes,
    signed,
    unsigned,
)

SPF_OF_OTHER = AuthResults(
    author_domain="acme.example",
    spf=AuthResult.PASS,
    spf_addr_spec="mallory@evil.example",
    dmarc_policy=DmarcPolicy.NONE,
)
SPF_SAME_PROVIDER = AuthResults(
    author_domain="acme.example", spf=AuthResult.PASS, spf_addr_spec="mallory@acme.example", spf_aligned=True
)


def _seller_message(**more: Any) -> Message:
    return a_message(SELLER_MAILBOX, TO_BUYER, **more)


def _seller_with(*authenticated_as: str, **more: Any) -> Facts:
    seller = replace(SELLER, mailboxes=(a_mailbox(SELLER_MAILBOX, *authenticated_as),))
    destination = AliasDestination(alias=an_alias(Role.BUYER), marketplace=MARKET, seller=seller, buyer=BUYER)
    return from_seller(author=seller, destination=destination, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """Somebody who is not who From says, or may not write here, and what he must hear."""

    name: str
    message: Callable[[], Message]
    facts: Callable[[], Facts]
    #: permanent reply; None where the message is held
    reply: Reply | None = None
    hold: HoldReason | None = None


FORGERIES = (
    Forgery(
        name="T32 a stranger with good DKIM writes to a live alias",
        message=lambda: a_message("eve@evil.example"),
        facts=lambda: from_stranger("eve@evil.example", from_buyer()),
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Forgery(
        name="T32 a stranger without any proof names a message of the thread",
        message=lambda: a_message("eve@evil.example"),
        facts=lambda: from_stranger(
            "eve@evil.example", from_buyer(threads_by_id=(ThreadId("t"),)), auth=unsigned("evil.example")
        ),
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Forgery(
        name="A6 T43 a third party from Cc answers to the alias, authenticated, in the thread",
        message=lambda: a_message("friend@other.example"),
        facts=lambda: from_stranger(
            "friend@other.example", from_buyer(threads=(a_thread(),), threads_by_id=(ThreadId("t"),))
        ),
        hold=HoldReason.NEW_ADDRESS,
    ),
    Forgery(
        name="T33 the seller of another shop writes to the buyer's alias",
        message=lambda: a_message("rival@shop.example", TO_BUYER),
        facts=lambda: from_stranger("rival@shop.example", from_seller()),
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Forgery(
        name="T33 a seller who was removed",
        message=_seller_message,
        facts=lambda: from_seller(author=replace(SELLER, is_active=False)),
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Forgery(
        name="T34 From is the seller, nothing signed, no SPF, p=none",
        message=_seller_message,
        facts=lambda: from_seller(auth=unsigned("acme.example")),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="T34 From is the seller, SPF passes for another domain",
        message=_seller_message,
        facts=lambda: from_seller(auth=SPF_OF_OTHER, envelope=an_envelope("mallory@evil.example", TO_BUYER)),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="T34 same provider, another mailbox in MAIL FROM",
        message=_seller_message,
        facts=lambda: from_seller(auth=SPF_SAME_PROVIDER, envelope=an_envelope("mallory@acme.example", TO_BUYER)),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="DMARC fails and the domain says reject",
        message=_seller_message,
        facts=lambda: from_seller(auth=unsigned("acme.example", DmarcPolicy.REJECT)),
        reply=reply.AUTHOR_REJECTED_BY_OWN_POLICY,
    ),
    Forgery(
        name="DMARC fails and the domain says quarantine",
        message=a_message,
        facts=lambda: from_buyer(auth=unsigned("buyer.example", DmarcPolicy.QUARANTINE)),
        reply=reply.AUTHOR_REJECTED_BY_OWN_POLICY,
    ),
    Forgery(
        name="T35 two From fields",
        message=lambda: _seller_message(authors=mailboxes(SELLER_MAILBOX, "eve@evil.example"), from_field_count=2),
        facts=from_seller,
        reply=reply.AUTHOR_COUNT,
    ),
    Forgery(
        name="T35 one From field with two mailboxes",
        message=lambda: _seller_message(authors=mailboxes(SELLER_MAILBOX, "eve@evil.example")),
        facts=from_seller,
        reply=reply.AUTHOR_COUNT,
    ),
    Forgery(
        name="T35 no From field, the seller in Sender only",
        message=lambda: _seller_message(authors=(), from_field_count=0),
        facts=from_seller,
        reply=reply.AUTHOR_COUNT,
    ),
    Forgery(
        name="our own alias as From",
        message=lambda: a_message(TO_BUYER, TO_SELLER),
        facts=lambda: from_stranger(TO_BUYER, from_buyer()),
        reply=reply.AUTHOR_IN_OUR_DOMAIN,
    ),
    Forgery(
        name="our own alias in upper case as From, signed by us",
        message=lambda: a_message(TO_BUYER.upper(), CONTACT),
        facts=lambda: at_contact(TO_BUYER.upper(), auth=signed(OURS)),
        reply=reply.AUTHOR_IN_OUR_DOMAIN,
    ),
    Forgery(
        name="T39 a signed mail of the seller to somebody else is replayed to an alias",
        message=lambda: a_message(SELLER_MAILBOX, "somebody@else.example"),
        facts=lambda: from_seller(envelope=an_envelope("mallory@evil.example", TO_BUYER)),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="T39 a helpdesk's signed mail is replayed to an alias that is not in To",
        message=lambda: a_message(SELLER_MAILBOX, "somebody@else.example"),
        facts=lambda: _seller_with(
            "desk.example",
            auth=AuthResults(
                author_domain="acme.example", dkim=(DkimSignature(domain="desk.example", result=AuthResult.PASS),)
            ),
        ),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="T39 a helpdesk signature with l= proves nothing",
        message=_seller_message,
        facts=lambda: _seller_with(
            "desk.example",
            auth=AuthResults(
                author_domain="acme.example",
                dkim=(DkimSignature(domain="desk.example", result=AuthResult.PASS, covers_message=False),),
            ),
        ),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="the helpdesk's domain signs, but the signature fails",
        message=_seller_message,
        facts=lambda: _seller_with(
            "desk.example",
            auth=AuthResults(
                author_domain="acme.example", dkim=(DkimSignature(domain="desk.example", result=AuthResult.FAIL),)
            ),
        ),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="another customer of the helpdesk: MAIL FROM is not the listed one",
        message=_seller_message,
        facts=lambda: _seller_with(
            "acme@desk.example",
            auth=AuthResults(author_domain="acme.example", spf=AuthResult.PASS, spf_addr_spec="rival@desk.example"),
        ),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="T20 AUTH as one seller, From of another",
        message=_seller_message,
        facts=lambda: from_seller(
            auth=unsigned("acme.example"),
            envelope=an_envelope(SELLER_MAILBOX, TO_BUYER, authenticated_as="rival@shop.example"),
        ),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="A4 a party writes to the alias that stands for himself",
        message=lambda: a_message(SELLER_MAILBOX, TO_SELLER),
        facts=lambda: from_buyer(author=SELLER, auth=signed("acme.example")),
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Forgery(
        name="a first contact that nothing proves",
        message=lambda: a_message("new@buyer.example", CONTACT),
        facts=lambda: at_contact(auth=unsigned("buyer.example")),
        hold=HoldReason.FIRST_CONTACT_UNPROVEN,
    ),
    Forgery(
        name="a first contact whose domain says reject",
        message=lambda: a_message("new@buyer.example", CONTACT),
        facts=lambda: at_contact(auth=unsigned("buyer.example", DmarcPolicy.REJECT)),
        reply=reply.AUTHOR_REJECTED_BY_OWN_POLICY,
    ),
    Forgery(
        name="a forged mail of a known buyer to the contact address",
        message=lambda: a_message(BUYER_MAILBOX, CONTACT),
        facts=lambda: at_contact(BUYER_MAILBOX, author=BUYER, auth=unsigned("buyer.example")),
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Forgery(
        name="a stranger copies the record-only address",
        message=lambda: a_message("eve@evil.example", "jan@buyer.example"),
        facts=lambda: at_record_only("eve@evil.example"),
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Forgery(
        name="a mailbox of the seller that was switched off",
        message=lambda: a_message("old@acme.example", TO_BUYER),
        facts=lambda: from_stranger("old@acme.example", from_seller()),
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
)


@pytest.mark.parametrize("case", FORGERIES, ids=lambda case: case.name)
def test_T32_T33_T34_T35_no_forgery_is_believed(case: Forgery) -> None:
    answer = weigh(case.message(), case.facts())
    assert isinstance(answer, Stop)
    expected = (case.hold, case.reply or reply.ACCEPTED)
    assert (answer.hold, answer.reply) == expected
    assert answer.disposition is (Disposition.HELD if case.hold else Disposition.REJECTED)
    assert answer.notices == ()


def test_there_are_at_least_twenty_forgeries_and_twenty_twins() -> None:
    assert min(len(FORGERIES), len(TWINS)) >= 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The honest author beside a forgery."""

    name: str
    message: Callable[[], Message]
    facts: Callable[[], Facts]
    proof: Proof
    role: Role = Role.SELLER


TWINS = (
    Twin(name="the buyer, DKIM aligned", message=a_message, facts=from_buyer, proof=Proof.DKIM, role=Role.BUYER),
    Twin(name="the seller, DKIM aligned", message=_seller_message, facts=from_seller, proof=Proof.DKIM),
    Twin(
        name="A2 SPF alone, MAIL FROM equals From, no DMARC record",
        message=_seller_message,
        facts=lambda: from_seller(auth=AuthResults(author_domain="acme.example", spf=AuthResult.PASS, spf_exact=True)),
        proof=Proof.SPF,
    ),
    Twin(
        name="SPF exact and the alias only in Bcc: SPF proves the envelope itself",
        message=lambda: a_message(SELLER_MAILBOX, "list@acme.example"),
        facts=lambda: from_seller(auth=AuthResults(author_domain="acme.example", spf=AuthResult.PASS, spf_exact=True)),
        proof=Proof.SPF,
    ),
    Twin(
        name="A1 VERP in MAIL FROM, DKIM aligned",
        message=_seller_message,
        facts=lambda: from_seller(envelope=an_envelope("bounce-77@mailer.example", TO_BUYER)),
        proof=Proof.DKIM,
    ),
    Twin(
        name="T41 a forwarder broke SPF, DKIM survived, p=reject",
        message=_seller_message,
        facts=lambda: from_seller(
            auth=signed("acme.example", spf=AuthResult.FAIL, dmarc_policy=DmarcPolicy.REJECT),
            envelope=an_envelope("srs0=x@forwarder.example", TO_BUYER),
        ),
        proof=Proof.DKIM,
    ),
    Twin(
        name="helpdesk that signs with its own domain",
        message=_seller_message,
        facts=lambda: _seller_with(
            "desk.example",
            auth=AuthResults(
                author_domain="acme.example", dkim=(DkimSignature(domain="desk.example", result=AuthResult.PASS),)
            ),
        ),
        proof=Proof.AUTHENTICATED_AS,
    ),
    Twin(
        name="helpdesk although the shop's domain says reject",
        message=_seller_message,
        facts=lambda: _seller_with(
            "desk.example",
            auth=AuthResults(
                author_domain="acme.example",
                dmarc_policy=DmarcPolicy.REJECT,
                dkim=(DkimSignature(domain="desk.example", result=AuthResult.PASS),),
            ),
        ),
        proof=Proof.AUTHENTICATED_AS,
    ),
    Twin(
        name="send mail as: the provider's MAIL FROM is listed",
        message=_seller_message,
        facts=lambda: _seller_with(
            "shop.acme@provider.example",
            auth=AuthResults(
                author_domain="acme.example", spf=AuthResult.PASS, spf_addr_spec="Shop.Acme@provider.example"
            ),
        ),
        proof=Proof.AUTHENTICATED_AS,
    ),
    Twin(
        name="second of two listed stand-ins",
        message=_seller_message,
        facts=lambda: _seller_with(
            "shop.acme@provider.example",
            "desk.example",
            auth=AuthResults(
                author_domain="acme.example", dkim=(DkimSignature(domain="desk.example", result=AuthResult.PASS),)
            ),
        ),
        proof=Proof.AUTHENTICATED_AS,
    ),
    Twin(
        name="SMTP AUTH as the From mailbox",
        message=_seller_message,
        facts=lambda: from_seller(
            auth=unsigned("acme.example"),
            envelope=an_envelope(SELLER_MAILBOX, TO_BUYER, authenticated_as="Shop@Acme.example"),
        ),
        proof=Proof.AUTH,
    ),
    Twin(
        name="From in other letter case than registered",
        message=lambda: a_message("Shop@acme.example", TO_BUYER),
        facts=from_seller,
        proof=Proof.DKIM,
    ),
    Twin(
        name="C1 the alias in upper case in To",
        message=lambda: a_message(SELLER_MAILBOX, TO_BUYER.upper()),
        facts=from_seller,
        proof=Proof.DKIM,
    ),
    Twin(
        name="C4 the alias in Cc only",
        message=lambda: a_message(SELLER_MAILBOX, SELLER_MAILBOX, cc=mailboxes(TO_BUYER)),
        facts=from_seller,
        proof=Proof.DKIM,
    ),
    Twin(
        name="T42 Reply-To names an outsider: only data",
        message=lambda: _seller_message(reply_to=mailboxes("other@evil.example")),
        facts=from_seller,
        proof=Proof.DKIM,
    ),
    Twin(
        name="a second registered mailbox of the shop",
        message=lambda: a_message("ola@acme.example", TO_BUYER),
        facts=lambda: from_seller(
            author=replace(SELLER, mailboxes=(a_mailbox(SELLER_MAILBOX), a_mailbox("ola@acme.example")))
        ),
        proof=Proof.DKIM,
    ),
    Twin(
        name="A3 held mail whose author said: it was me",
        message=_seller_message,
        facts=lambda: from_seller(auth=unsigned("acme.example"), pardon=Pardon(author_confirmed=True)),
        proof=Proof.CONFIRMED,
    ),
    Twin(
        name="A5 a new address of the buyer that was confirmed",
        message=lambda: a_message("jan@new.example"),
        facts=lambda: from_stranger(
            "jan@new.example", from_buyer(threads_by_id=(ThreadId("t"),)), pardon=Pardon(author_confirmed=True)
        ),
        proof=Proof.CONFIRMED,
        role=Role.BUYER,
    ),
    Twin(
        name="first contact of a stranger, DKIM aligned",
        message=lambda: a_message("new@buyer.example", CONTACT),
        facts=at_contact,
        proof=Proof.DKIM,
        role=Role.BUYER,
    ),
    Twin(
        name="the seller of another shop buys here",
        message=lambda: a_message("rival@shop.example", CONTACT),
        facts=lambda: at_contact("rival@shop.example", seller=replace(SELLER, id=SellerId("rival"))),
        proof=Proof.DKIM,
        role=Role.BUYER,
    ),
    Twin(
        name="the seller copies the record-only address",
        message=lambda: a_message(SELLER_MAILBOX, BUYER_MAILBOX, cc=mailboxes("copy@bridge.example")),
        facts=lambda: at_record_only(SELLER_MAILBOX, author=SELLER, seller=SELLER),
        proof=Proof.DKIM,
    ),
    Twin(
        name="the trusted front vouches: SPF aligned and DKIM aligned at p=quarantine",
        message=a_message,
        facts=lambda: from_buyer(
            auth=signed("buyer.example", source="mx.example", dmarc_policy=DmarcPolicy.QUARANTINE, spf_aligned=True)
        ),
        proof=Proof.DKIM,
        role=Role.BUYER,
    ),
)


@pytest.mark.parametrize("case", TWINS, ids=lambda case: case.name)
def test_T41_T42_every_honest_twin_is_believed(case: Twin) -> None:
    answer = weigh(case.message(), case.facts())
    assert isinstance(answer, Proven)
    assert (answer.proof, answer.role) == (case.proof, case.role)


def test_T40_a_check_that_could_not_be_made_is_asked_again() -> None:
    auth = unsigned("acme.example", spf=AuthResult.TEMPERROR)
    answer = weigh(_seller_message(), from_seller(auth=auth))
    assert isinstance(answer, Stop)
    assert (answer.disposition, answer.reply) == (Disposition.DEFERRED, reply.AUTHENTICATION_UNAVAILABLE)


def test_an_unproven_party_is_asked_at_the_registered_mailbox() -> None:
    answer = weigh(_seller_message(), from_seller(auth=unsigned("acme.example")))
    assert isinstance(answer, Stop)
    assert [intent.kind for intent in answer.intents] == [IntentKind.WAS_THIS_YOU]


def test_T28_an_unproven_first_contact_causes_no_mail_at_all() -> None:
    answer = weigh(a_message("new@buyer.example", CONTACT), at_contact(auth=unsigned("buyer.example")))
    assert isinstance(answer, Stop)
    assert (answer.intents, answer.notices) == ((), ())


def test_a_new_address_shows_the_thread_that_it_named() -> None:
    facts = from_stranger(
        "friend@other.example", from_buyer(threads=(a_thread("t7"),), threads_by_id=(ThreadId("t7"),))
    )
    answer = weigh(a_message("friend@other.example"), facts)
    assert isinstance(answer, Stop)
    assert answer.route is not None
    assert answer.route.thread_id == "t7"


def test_a_seller_may_not_write_to_his_own_contact_address() -> None:
    answer = weigh(a_message(SELLER_MAILBOX, CONTACT), at_contact(SELLER_MAILBOX, seller=SELLER))
    assert isinstance(answer, Stop)
    assert (answer.reply, answer.reason) == (reply.AUTHOR_NOT_A_PARTY, "author_writes_to_own_contact")


def test_nothing_proves_an_author_that_is_not_one() -> None:
    assert proof_of(a_message(authors=(), from_field_count=0), from_buyer()) is None


def test_the_replay_is_named_for_the_log() -> None:
    answer = weigh(a_message(SELLER_MAILBOX, "x@else.example"), from_seller())
    assert isinstance(answer, Stop)
    assert answer.reason == "author_unproven_alias_not_signed"


def test_the_destination_of_a_contact_is_the_shop_itself() -> None:
    facts = at_contact(TO_SELLER.replace(OURS, "buyer.example"))
    assert isinstance(facts.destination, ContactDestination)
    assert isinstance(weigh(a_message(to=CONTACT), facts), Proven)
