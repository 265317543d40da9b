"""What becomes of a message at each kind of destination, before any rule is asked."""

from dataclasses import dataclass, replace

import pytest

from mailbridge.domain import reply
from mailbridge.domain.authresults import DmarcPolicy
from mailbridge.domain.classification import Classification, MailKind
from mailbridge.domain.facts import (
    ActionDestination,
    ActionKind,
    AliasDestination,
    ContactDestination,
    DeliveredBefore,
    Destination,
    Facts,
    Pardon,
    ReturnPathDestination,
    RoleDestination,
    UnknownDestination,
)
from mailbridge.domain.ids import DeliveryId, RecordId, ThreadId
from mailbridge.domain.message import Automatic, Message, OpaqueReason
from mailbridge.domain.parties import Buyer, Direction, FirstContact, Role, Seller
from mailbridge.domain.reply import Reply
from mailbridge.domain.thread import AliasState
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind, NoticeKind, Route, Stop
from mailbridge.policy.resolve import resolve
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    CC,
    CONTACT,
    MARKET,
    OURS,
    SELLER,
    SELLER_MAILBOX,
    TO_BUYER,
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

_DUPLICATE = DeliveredBefore(record_id=RecordId("r"))


def _at(destination: Destination, **more: object) -> Facts:
    return replace(at_contact(), destination=destination, marketplace=None, **more)  # type: ignore[arg-type]  # fields of Facts


def _action(kind: ActionKind = ActionKind.CONFIRM_HELD, **more: bool) -> ActionDestination:
    plain = ActionDestination(kind=kind, token_hash=b"h", record_id=RecordId("r"))
    return replace(plain, **more)  # type: ignore[arg-type]  # flags by name


def _between(seller: Seller = SELLER, buyer: Buyer = BUYER) -> AliasDestination:
    return AliasDestination(alias=an_alias(Role.SELLER), marketplace=MARKET, seller=seller, buyer=buyer)


_PLAIN = a_message()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message and facts, and the stop they lead to."""

    name: str
    facts: Facts
    message: Message = _PLAIN
    disposition: Disposition
    reply: Reply = reply.ACCEPTED
    hold: HoldReason | None = None


_DSN = a_message(automatic=Automatic.DSN)
_VACATION = a_message(automatic=Automatic.REPLIED)
_NULL_PATH = an_envelope(None, f"x@{OURS}")
_RETURN = ReturnPathDestination(delivery_id=DeliveryId("d"))
_OPAQUE = a_message(opaque=OpaqueReason.TOO_MANY_PARTS)
_HEADLESS = a_message(opaque=OpaqueReason.HEADER_TOO_BIG, authors=(), from_field_count=0)

CASES = (
    Case(
        name="T21 not our domain",
        facts=_at(UnknownDestination(is_our_domain=False)),
        disposition=Disposition.REJECTED,
        reply=reply.NOT_OUR_DOMAIN,
    ),
    Case(
        name="T25 unknown alias",
        facts=_at(UnknownDestination(is_our_domain=True)),
        disposition=Disposition.REJECTED,
        reply=reply.ALIAS_UNKNOWN,
    ),
    Case(
        name="T24 a forged return path",
        facts=_at(UnknownDestination(is_our_domain=True, is_forged_return_path=True)),
        message=_DSN,
        disposition=Disposition.REJECTED,
        reply=reply.RETURN_PATH_INVALID,
    ),
    Case(
        name="T23 postmaster from anybody, even unproven and with a null path",
        facts=_at(RoleDestination(local_part="postmaster", domain=OURS), envelope=_NULL_PATH),
        message=a_message("eve@evil.example"),
        disposition=Disposition.FORWARDED,
    ),
    Case(
        name="T24 a bounce without a form at the return path",
        facts=_at(_RETURN),
        message=a_message(classification=Classification(kind=MailKind.BOUNCE)),
        disposition=Disposition.NOTED,
    ),
    Case(name="B6 a DSN at the return path", facts=_at(_RETURN), message=_DSN, disposition=Disposition.NOTED),
    Case(
        name="B5 a vacation answer at the return path is no bounce",
        facts=_at(_RETURN),
        message=_VACATION,
        disposition=Disposition.RECORDED,
    ),
    Case(
        name="T24 a person at the return path",
        facts=_at(_RETURN),
        disposition=Disposition.REJECTED,
        reply=reply.RETURN_PATH_INVALID,
    ),
    Case(
        name="T24 W10 the return path is over",
        facts=_at(replace(_RETURN, is_expired=True)),
        message=_DSN,
        disposition=Disposition.REJECTED,
        reply=reply.RETURN_PATH_INVALID,
    ),
    Case(name="an action address", facts=_at(_action()), disposition=Disposition.CONFIRMED),
    Case(
        name="an action address used before",
        facts=_at(_action(is_used=True)),
        disposition=Disposition.REJECTED,
        reply=reply.ACTION_INVALID,
    ),
    Case(
        name="an action address that is over",
        facts=_at(_action(is_expired=True)),
        disposition=Disposition.REJECTED,
        reply=reply.ACTION_INVALID,
    ),
    Case(
        name="B1 a vacation answer confirms nothing",
        facts=_at(_action()),
        message=_VACATION,
        disposition=Disposition.RECORDED,
    ),
    Case(
        name="I10 a direct mail that nobody can read",
        facts=at_record_only(SELLER_MAILBOX, author=SELLER),
        message=a_message(SELLER_MAILBOX, BUYER_MAILBOX, cc=mailboxes(CC), opaque=OpaqueReason.ENCRYPTED),
        disposition=Disposition.HELD,
        hold=HoldReason.UNREADABLE,
    ),
    Case(
        name="an unproven seller at the record-only door",
        facts=at_record_only(SELLER_MAILBOX, author=SELLER, auth=unsigned("acme.example")),
        message=a_message(SELLER_MAILBOX, BUYER_MAILBOX, cc=mailboxes(CC)),
        disposition=Disposition.HELD,
        hold=HoldReason.AUTHOR_UNPROVEN,
    ),
    Case(
        name="the seller copies the market again",
        facts=at_record_only(SELLER_MAILBOX, author=SELLER, duplicate_of=_DUPLICATE),
        message=a_message(SELLER_MAILBOX, BUYER_MAILBOX, cc=mailboxes(CC)),
        disposition=Disposition.DUPLICATE,
        reply=reply.ALREADY_ACCEPTED,
    ),
    Case(
        name="a buyer whose address is not known",
        facts=from_seller(
            destination=AliasDestination(
                alias=an_alias(Role.BUYER), marketplace=MARKET, seller=SELLER, buyer=replace(BUYER, mailboxes=())
            )
        ),
        message=a_message(SELLER_MAILBOX, TO_BUYER),
        disposition=Disposition.REFUSED,
    ),
    Case(
        name="a stranger at the record-only door",
        facts=at_record_only("eve@evil.example"),
        message=a_message("eve@evil.example", CC),
        disposition=Disposition.REJECTED,
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Case(
        name="T26 51 Received fields",
        facts=from_buyer(),
        message=a_message(received_count=51),
        disposition=Disposition.REJECTED,
        reply=reply.LOOP_DETECTED,
    ),
    Case(
        name="T26 our own Message-ID comes back",
        facts=from_buyer(),
        message=a_message(message_id=f"<abc@{OURS}>"),
        disposition=Disposition.REJECTED,
        reply=reply.LOOP_DETECTED,
    ),
    Case(
        name="T26 our own mail comes back to postmaster",
        facts=_at(RoleDestination(local_part="postmaster", domain=OURS)),
        message=a_message(message_id=f"<abc@{OURS}>"),
        disposition=Disposition.REJECTED,
        reply=reply.LOOP_DETECTED,
    ),
    Case(
        name="the same mail again",
        facts=from_buyer(duplicate_of=_DUPLICATE),
        disposition=Disposition.DUPLICATE,
        reply=reply.ALREADY_ACCEPTED,
    ),
    Case(
        name="a held mail again",
        facts=from_buyer(duplicate_of=_DUPLICATE, auth=unsigned("buyer.example")),
        disposition=Disposition.DUPLICATE,
        reply=reply.ALREADY_ACCEPTED,
    ),
    Case(
        name="F02 a DSN at the return path again",
        facts=_at(_RETURN, duplicate_of=_DUPLICATE),
        message=_DSN,
        disposition=Disposition.DUPLICATE,
        reply=reply.ALREADY_ACCEPTED,
    ),
    Case(
        name="T26 what we sent in our own name comes back to postmaster",
        facts=_at(RoleDestination(local_part="postmaster", domain="mx.bridge.test")),
        message=a_message("Notice@mx.bridge.test", message_id="<x@mx.bridge.test>"),
        disposition=Disposition.REJECTED,
        reply=reply.LOOP_DETECTED,
    ),
    Case(
        name="a machine of our own name writes to postmaster",
        facts=_at(RoleDestination(local_part="postmaster", domain="mx.bridge.test")),
        message=a_message("root@mx.bridge.test", message_id="<x@mx.bridge.test>"),
        disposition=Disposition.FORWARDED,
    ),
    Case(
        name="F02 a mail to postmaster again",
        facts=_at(RoleDestination(local_part="postmaster", domain=OURS), duplicate_of=_DUPLICATE),
        message=a_message(),
        disposition=Disposition.DUPLICATE,
        reply=reply.ALREADY_ACCEPTED,
    ),
    Case(
        name="F02 automatic mail at an alias again",
        facts=from_buyer(duplicate_of=_DUPLICATE),
        message=_VACATION,
        disposition=Disposition.DUPLICATE,
        reply=reply.ALREADY_ACCEPTED,
    ),
    Case(
        name="F02 the mail that used an action address again",
        facts=_at(_action(is_used=True), duplicate_of=_DUPLICATE),
        message=a_message(),
        disposition=Disposition.DUPLICATE,
        reply=reply.ALREADY_ACCEPTED,
    ),
    Case(
        name="T45 a forged copy of an accepted mail is refused, not called a duplicate",
        facts=from_buyer(duplicate_of=_DUPLICATE, auth=unsigned("buyer.example", DmarcPolicy.REJECT)),
        disposition=Disposition.REJECTED,
        reply=reply.AUTHOR_REJECTED_BY_OWN_POLICY,
    ),
    Case(
        name="T60 an opaque mail of a party",
        facts=from_buyer(),
        message=_OPAQUE,
        disposition=Disposition.HELD,
        hold=HoldReason.UNREADABLE,
    ),
    Case(
        name="T61 an opaque mail whose From nobody could read",
        facts=from_buyer(author=None),
        message=_HEADLESS,
        disposition=Disposition.HELD,
        hold=HoldReason.UNREADABLE,
    ),
    Case(
        name="an opaque mail of a stranger",
        facts=from_stranger("eve@evil.example", from_buyer()),
        message=replace(_OPAQUE, authors=mailboxes("eve@evil.example")),
        disposition=Disposition.REJECTED,
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Case(
        name="B1 a vacation answer of a party", facts=from_buyer(), message=_VACATION, disposition=Disposition.RECORDED
    ),
    Case(name="T23 a null reverse-path", facts=from_buyer(envelope=_NULL_PATH), disposition=Disposition.RECORDED),
    Case(
        name="B2 a mailer-daemon's DSN at an alias",
        facts=from_stranger("mailer-daemon@mx.example", from_buyer(), auth=unsigned("mx.example")),
        message=replace(_DSN, authors=mailboxes("mailer-daemon@mx.example")),
        disposition=Disposition.RECORDED,
    ),
    Case(
        name="a stranger's newsletter at an alias",
        facts=from_stranger("news@shop.example", from_buyer()),
        message=a_message("news@shop.example", automatic=Automatic.GENERATED),
        disposition=Disposition.REJECTED,
        reply=reply.AUTHOR_NOT_A_PARTY,
    ),
    Case(
        name="automatic mail under our own name",
        facts=from_stranger(TO_BUYER, from_buyer()),
        message=replace(_VACATION, authors=mailboxes(TO_BUYER)),
        disposition=Disposition.REJECTED,
        reply=reply.AUTHOR_IN_OUR_DOMAIN,
    ),
    Case(
        name="automatic mail to a contact address",
        facts=at_contact("news@shop.example"),
        message=a_message("news@shop.example", CONTACT, automatic=Automatic.GENERATED),
        disposition=Disposition.RECORDED,
    ),
    Case(
        name="spam at first contact",
        facts=at_contact(is_spam=True),
        message=a_message("new@buyer.example", CONTACT),
        disposition=Disposition.HELD,
        hold=HoldReason.SPAM,
    ),
    Case(
        name="an unproven first contact",
        facts=at_contact(auth=unsigned("buyer.example")),
        message=a_message("new@buyer.example", CONTACT),
        disposition=Disposition.HELD,
        hold=HoldReason.FIRST_CONTACT_UNPROVEN,
    ),
    Case(
        name="T12 a muted alias",
        facts=from_buyer(alias=an_alias(Role.SELLER, state=AliasState.MUTED)),
        disposition=Disposition.REFUSED,
    ),
    Case(
        name="T12 an expired alias",
        facts=from_buyer(alias=an_alias(Role.SELLER, state=AliasState.EXPIRED)),
        disposition=Disposition.REJECTED,
        reply=reply.ALIAS_EXPIRED,
    ),
    Case(
        name="a shop that is gone, at its contact address",
        facts=at_contact(destination=ContactDestination(marketplace=MARKET, seller=replace(SELLER, is_active=False))),
        message=a_message("new@buyer.example", CONTACT),
        disposition=Disposition.REJECTED,
        reply=reply.ALIAS_EXPIRED,
    ),
    Case(
        name="a market that is gone",
        facts=from_buyer(destination=replace(_between(), marketplace=replace(MARKET, is_active=False))),
        disposition=Disposition.REJECTED,
        reply=reply.ALIAS_EXPIRED,
    ),
    Case(
        name="a reader without a mailbox",
        facts=from_buyer(destination=_between(seller=replace(SELLER, mailboxes=()))),
        disposition=Disposition.REFUSED,
    ),
    Case(
        name="a reader who is gone",
        facts=from_buyer(destination=_between(seller=replace(SELLER, is_active=False))),
        disposition=Disposition.REFUSED,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_T23_T24_T25_T26_T45_the_message_stops(case: Case) -> None:
    stop = resolve(case.message, case.facts)
    assert isinstance(stop, Stop)
    assert (stop.disposition, stop.reply, stop.hold) == (case.disposition, case.reply, case.hold)


def test_a_known_pair_gets_its_thread() -> None:
    assert isinstance(resolve(a_message(), from_buyer(threads=(a_thread("t"),))), Route)


def test_S73_a_direct_mail_between_two_on_record_is_judged_in_their_thread() -> None:
    message = a_message(SELLER_MAILBOX, BUYER_MAILBOX, cc=mailboxes(CC))
    facts = at_record_only(SELLER_MAILBOX, author=SELLER, seller=SELLER, buyer=BUYER, threads=(a_thread("t"),))
    assert resolve(message, facts) == Route(direction=Direction.TO_BUYER, thread_id=ThreadId("t"))


def test_S73_a_direct_mail_to_nobody_on_record_is_judged_too() -> None:
    message = a_message(SELLER_MAILBOX, "eve@elsewhere.example", cc=mailboxes(CC))
    facts = at_record_only(SELLER_MAILBOX, author=SELLER, seller=SELLER)
    assert resolve(message, facts) == Route(direction=Direction.TO_BUYER)


def test_spam_in_a_running_conversation_goes_on_to_the_rules() -> None:
    assert isinstance(resolve(a_message(), from_buyer(threads=(a_thread("t"),), is_spam=True)), Route)


def test_a_person_may_wave_spam_through() -> None:
    facts = at_contact(is_spam=True, pardon=Pardon(content_released=True))
    assert isinstance(resolve(a_message("new@buyer.example", CONTACT), facts), Route)


def test_a_released_mail_is_not_its_own_duplicate() -> None:
    facts = from_buyer(duplicate_of=_DUPLICATE, auth=unsigned("buyer.example"), pardon=Pardon(author_confirmed=True))
    assert isinstance(resolve(a_message(), facts), Route)


def test_an_unproven_first_contact_is_relayed_marked_where_the_market_says_so() -> None:
    market = replace(MARKET, first_contact=FirstContact.RELAY_MARKED)
    facts = at_contact(auth=unsigned("buyer.example"), marketplace=market)
    route = resolve(a_message("new@buyer.example", CONTACT), facts)
    assert isinstance(route, Route)
    assert route.is_unproven


def test_relay_marked_never_covers_a_known_party() -> None:
    market = replace(MARKET, first_contact=FirstContact.RELAY_MARKED)
    facts = at_contact(BUYER_MAILBOX, author=BUYER, auth=unsigned("buyer.example"), marketplace=market)
    stop = resolve(a_message(BUYER_MAILBOX, CONTACT), facts)
    assert isinstance(stop, Stop)
    assert stop.hold is HoldReason.AUTHOR_UNPROVEN


def test_T12_the_author_is_told_that_an_alias_is_muted() -> None:
    stop = resolve(a_message(), from_buyer(alias=an_alias(Role.SELLER, state=AliasState.MUTED)))
    assert isinstance(stop, Stop)
    assert [notice.kind for notice in stop.notices] == [NoticeKind.ALIAS_CLOSED]


def test_T56_encrypted_mail_is_refused_by_its_own_reason_and_its_author_told() -> None:
    stop = resolve(a_message(opaque=OpaqueReason.ENCRYPTED), from_buyer())
    assert isinstance(stop, Stop)
    assert (stop.disposition, stop.reason) == (Disposition.REFUSED, "encrypted")
    assert [notice.kind for notice in stop.notices] == [NoticeKind.ENCRYPTED]


def test_T56_encrypted_mail_whose_author_may_not_be_told_waits_for_a_person() -> None:
    blind_copy = a_message(opaque=OpaqueReason.ENCRYPTED, to="other@elsewhere.example")
    stop = resolve(blind_copy, from_buyer(auth=unsigned("buyer.example", spf_exact=True)))
    assert isinstance(stop, Stop)
    assert (stop.disposition, stop.hold, stop.notices) == (Disposition.HELD, HoldReason.UNREADABLE, ())


def test_T25_nobody_unproven_is_told_anything() -> None:
    muted = an_alias(Role.SELLER, state=AliasState.MUTED)
    stop = resolve(a_message(), from_buyer(alias=muted, auth=unsigned("buyer.example")))
    assert isinstance(stop, Stop)
    assert stop.notices == ()


def test_A3_a_held_mail_of_a_party_is_shown_in_its_thread() -> None:
    facts = from_seller(auth=unsigned("acme.example"), threads=(a_thread("t"),))
    stop = resolve(a_message(SELLER_MAILBOX, TO_BUYER), facts)
    assert isinstance(stop, Stop)
    assert stop.route is not None
    assert stop.route.thread_id == "t"


def test_a_vacation_answer_of_a_proven_party_is_recorded_in_its_thread() -> None:
    stop = resolve(_VACATION, from_buyer(threads=(a_thread("t"),), threads_by_id=(ThreadId("t"),)))
    assert isinstance(stop, Stop)
    assert stop.route is not None
    assert stop.route.thread_id == "t"
    assert [intent.kind for intent in stop.intents] == [IntentKind.TELL_AWAY]


def test_B4_what_only_seems_an_automatic_reply_is_still_relayed() -> None:
    seems = a_message(classification=Classification(kind=MailKind.AUTOREPLY))
    assert isinstance(resolve(seems, from_buyer()), Route)


@pytest.mark.parametrize("automatic", [Automatic.MDN, Automatic.DSN, Automatic.GENERATED])
def test_T51_D19_the_other_side_hears_of_automatic_replies_and_of_nothing_else_automatic(automatic: Automatic) -> None:
    facts = from_buyer(threads=(a_thread("t"),), threads_by_id=(ThreadId("t"),))
    stop = resolve(a_message(automatic=automatic), facts)
    assert isinstance(stop, Stop)
    assert (stop.disposition, stop.intents) == (Disposition.RECORDED, ())


def test_an_unproven_vacation_answer_is_recorded_in_no_thread() -> None:
    stop = resolve(_VACATION, from_buyer(threads=(a_thread("t"),), auth=unsigned("buyer.example")))
    assert isinstance(stop, Stop)
    assert stop.route is None
    assert stop.intents == ()


def test_D19_a_helpdesk_that_marks_its_agents_answers_automatic_is_relayed_and_its_vacation_note_is_not() -> None:
    seller = replace(SELLER, mailboxes=(a_mailbox(SELLER.mailboxes[0].address.addr_spec, "desk.example"),))
    destination = AliasDestination(alias=an_alias(Role.BUYER), marketplace=MARKET, seller=seller, buyer=BUYER)
    auth = replace(signed("desk.example"), author_domain="acme.example", dkim_aligned=False)
    facts = from_seller(author=seller, destination=destination, auth=auth)
    answer = a_message(seller.mailboxes[0].address.addr_spec, facts.forward_path, automatic=Automatic.GENERATED)
    assert isinstance(resolve(answer, facts), Route)
    vacation = resolve(replace(answer, automatic=Automatic.REPLIED), facts)
    assert isinstance(vacation, Stop)
    assert vacation.disposition is Disposition.RECORDED


@pytest.mark.parametrize(
    ("kind", "disposition", "reason"),
    [
        (ActionKind.OPT_OUT, Disposition.RECORDED, "opted_out_before"),
        (ActionKind.REPORT, Disposition.RECORDED, "reported_before"),
        (ActionKind.APPEAL, Disposition.FORWARDED, "appealed_before"),
    ],
)
def test_who_asks_again_for_what_holds_is_not_refused_until_the_address_ends(
    kind: ActionKind, disposition: Disposition, reason: str
) -> None:
    found = resolve(_PLAIN, _at(_action(kind, is_used=True, is_in_force=True)))
    assert isinstance(found, Stop)
    assert (found.disposition, found.reason, found.reply.is_positive) == (disposition, reason, True)
    over = resolve(_PLAIN, _at(_action(kind, is_used=True, is_in_force=True, is_expired=True)))
    assert isinstance(over, Stop)
    assert over.disposition is Disposition.REJECTED
