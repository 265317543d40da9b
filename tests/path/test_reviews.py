"""Reports and appeals on the path: taken by mail, settled by a person, told to who asked (S-28, E-22, E-38)."""

import re
from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.ids import IntentId
from mailbridge.domain.message import Message
from mailbridge.domain.reply import Reply
from mailbridge.domain.reviews import RULE_OF_REPORTS, Found, ReviewKind
from mailbridge.domain.standing import Step
from mailbridge.domain.verdict import Severity
from mailbridge.errors import NotPossible
from mailbridge.message.parse import parse
from mailbridge.path.admit import admit
from mailbridge.path.reviews import settle
from mailbridge.path.standing import lift_standing, set_standing
from mailbridge.policy.plan import IntentKind
from mailbridge.store.records import NewIntent
from mailbridge.store.reviewrecords import Review
from tests.path.quickladder import DAY, MINUTE, Shop, a_shop, plain_of
from tests.path.world import ALIAS_DOMAIN, BUYER, SELLER, START, a_text, answer_to

_ADDRESS = re.compile(r"act-[a-z2-7]{32}@[a-z.]+")


def _delivered(shop: Shop, text: str = "Yes, it is. Who asks that is a fool.") -> Message:
    """A message of the seller as the buyer gets it."""
    shop.writes(text)
    ((_, message),) = shop.world.take(PostKind.RELAY)
    return message


def _report_address(message: Message) -> str:
    found = _ADDRESS.findall(plain_of(message))
    return str(found[-1]) if found else ""


def _mail_to(shop: Shop, address: str, text: str = "He is rude to me.", **fields: str) -> Reply:
    """A mail to a one-use address; what it heard."""
    author = fields.pop("author", BUYER)
    shop.world.now += MINUTE
    [reply] = shop.world.mail(
        a_text(author, address, text, Message_ID=f"<{shop.world.now:%j%H%M}@x.example>", **fields), address
    )
    return reply


def _told(shop: Shop) -> list[tuple[str, Message]]:
    """To whom notices went that were left to be sent, and what they say."""
    taken = shop.world.take(PostKind.NOTICE)
    return [(claimed.delivery.forward_path.addr_spec, message) for claimed, message in taken]


def _waiting(shop: Shop) -> tuple[Review, ...]:
    return shop.world.bridge.store.reviews(9)


def _reported(shop: Shop) -> Review:
    address = _report_address(_delivered(shop))
    assert _mail_to(shop, address).is_positive
    shop.world.take()
    [review] = _waiting(shop)
    return review


def _posted(shop: Shop) -> dict[str, Message]:
    """What a decision and the intents after it left to be sent, by reader."""
    return {message.to[0].addr_spec: message for message in shop.told()}


def test_E22_mail_to_a_buyer_says_where_to_report_it_and_mail_to_a_seller_does_not(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        message = _delivered(shop)
        last = plain_of(message).rstrip().splitlines()[-1]
        assert re.fullmatch(
            rf"Market looks at .*: to report this one, write why to act-[a-z2-7]{{32}}@{ALIAS_DOMAIN}", last
        )
        to, octets = answer_to(message, BUYER, "How do I pay?")
        shop.world.mail(octets, to)
        ((_, answer),) = shop.world.take(PostKind.RELAY)
    assert _report_address(message) not in plain_of(answer)
    assert "to report this one" not in plain_of(answer)
    assert "act-" not in plain_of(answer)


def test_E22_the_line_in_html_is_a_link_and_falls_out_of_quotes(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        shop.writes("<p>Yes, it is.</p>", Content_Type="text/html; charset=utf-8")
        ((_, message),) = shop.world.take(PostKind.RELAY)
        html = message.body.html or ""
        assert re.search(r'<a href="mailto:act-[a-z2-7]{32}@[a-z.]+\?subject=report">Report this message</a>', html)
        quoted = f"<p>How do I pay?</p><blockquote type=cite>{html}</blockquote>"
        to = message.authors[0].addr_spec
        shop.world.mail(a_text(BUYER, to, quoted, Content_Type="text/html; charset=utf-8"), to)
        ((_, answer),) = shop.world.take(PostKind.RELAY)
    assert "Yes, it is." in (answer.body.html or "")
    assert "Report this message" not in (answer.body.html or "")
    assert "act-" not in (answer.body.html or "").replace("act-…", "")


def test_E22_where_the_market_takes_none_there_is_no_such_line(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        assert _report_address(_delivered(shop)) == ""


def test_E22_a_report_waits_for_a_person_with_the_words_of_the_buyer(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        assert _mail_to(shop, _report_address(_delivered(shop))).is_positive
        ((to, notice),) = _told(shop)
        [review] = _waiting(shop)
        store = shop.world.bridge.store
        assert (review.kind, review.seller, review.found) == (ReviewKind.REPORT, "s1", None)
        assert review.record_id is not None
        assert "is a fool" in store.record(review.record_id).delivered_text
        assert parse(store.original(review.asked_in)).own_text.strip() == "He is rude to me."
    assert (to, notice.subject) == (BUYER, "We look at it: the message from Acme (order 48213)")


def test_E22_a_second_report_is_taken_and_changes_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        address = _report_address(_delivered(shop))
        _mail_to(shop, address)
        _told(shop)
        assert admit(address, shop.world.bridge.store).is_positive  # at RCPT already
        assert _mail_to(shop, address, "Once more.").is_positive
        assert (_told(shop), len(_waiting(shop))) == ([], 1)
        settle(_waiting(shop)[0], Found.DISMISSED, "", shop.world.bridge)
        assert _mail_to(shop, address, "And again.").is_positive
        assert _waiting(shop) == ()


def test_S28_what_waits_stands_in_the_daily_list(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        _reported(shop)
        daily = NewIntent(id=IntentId("i"), kind=IntentKind.DIGEST, due_at=shop.world.now, unique_key="digest")
        shop.world.bridge.store.plan_intents((daily,))
        [mail] = [mail for mail in shop.claimed() if mail.to[0].addr_spec == "operator@market.example"]
    assert mail.subject.endswith(": reports and appeals wait for you: 1")
    assert "mailbridge review list" in plain_of(mail)


def test_T23_automatic_mail_reports_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        address = _report_address(_delivered(shop))
        assert _mail_to(shop, address, Auto_Submitted="auto-replied").is_positive
        assert (_told(shop), _waiting(shop)) == ([], ())


def test_E22_who_guesses_an_address_or_comes_late_is_refused(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        address = _report_address(_delivered(shop))
        assert not _mail_to(shop, f"act-{'a2' * 16}@{ALIAS_DOMAIN}", author="eve@stranger.example").is_positive
        shop.world.now += 91 * DAY
        assert not _mail_to(shop, address).is_positive
        assert _waiting(shop) == ()


def test_E22_who_has_the_mail_may_report_it_and_the_buyer_hears_of_it(tmp_path: Path) -> None:
    """As with opt-outs: who can not prove who he is must be able to do so too."""
    with a_shop(tmp_path, reports=True) as shop:
        assert _mail_to(shop, _report_address(_delivered(shop)), author="anna.at.work@office.example").is_positive
        assert [to for to, _ in _told(shop)] == [BUYER]


def test_S28_a_report_that_is_upheld_counts_as_a_breach_and_climbs_the_ladder(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        review = _reported(shop)
        assert settle(review, Found.UPHELD, "Insults are not allowed.", shop.world.bridge).is_told
        told = _posted(shop)
        assert told[BUYER].subject == "Found in breach: the message from Acme (order 48213)"
        assert "> Insults are not allowed." in plain_of(told[SELLER])
        assert "Insults" not in plain_of(told[BUYER])
        [breach] = shop.world.bridge.store.conduct(shop.row.seller.id, START - DAY).breaches
        assert (breach.rule, breach.severity, breach.record_id) == (RULE_OF_REPORTS, Severity.MEDIUM, review.record_id)
        assert shop.steps == ()
        [step] = shop.breaks_rules(1)
        assert shop.stands is Step.REMINDED
        assert "found in breach by a person" in plain_of(step)
        with pytest.raises(NotPossible, match="settled already"):
            settle(review, Found.DISMISSED, "", shop.world.bridge)


def test_S28_a_report_that_is_dismissed_is_told_to_the_buyer_alone(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        settle(_reported(shop), Found.DISMISSED, "It is fine.", shop.world.bridge)
        told = _posted(shop)
        assert list(told) == [BUYER]
        assert "does not break the rules" in plain_of(told[BUYER])
        assert shop.world.bridge.store.conduct(shop.row.seller.id, START - DAY).breaches == ()
        [settled] = shop.world.bridge.store.reviews(9, is_settled=True)
        assert (settled.found, settled.why) == (Found.DISMISSED, "It is fine.")


def test_S28_a_reason_that_holds_the_buyers_address_changes_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        review = _reported(shop)
        with pytest.raises(NotPossible, match="other words"):
            settle(review, Found.UPHELD, f"{BUYER} says so.", shop.world.bridge)
        assert _waiting(shop) == (review,)


def _appeal_address(notice: Message) -> str:
    return notice.reply_to[0].addr_spec


def test_E38_an_answer_to_the_notice_of_a_step_is_an_appeal(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        [notice] = shop.breaks_rules()
        assert "Reply to this mail and say why" in plain_of(notice)
        assert _mail_to(shop, _appeal_address(notice), "It was our own carrier.", author=SELLER).is_positive
        ((to, taken),) = _told(shop)
        [review] = _waiting(shop)
        assert (review.kind, review.subject.sanction) == (ReviewKind.APPEAL, shop.steps[0])
        assert "carrier" in parse(shop.world.bridge.store.original(review.asked_in)).own_text
    assert (to, taken.subject) == (SELLER, "Your appeal has arrived (Market)")


def test_E38_what_else_a_seller_has_to_say_reaches_the_person_in_charge(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        [notice] = shop.breaks_rules()
        _mail_to(shop, _appeal_address(notice), "It was our own carrier.", author=SELLER)
        _told(shop)
        assert _mail_to(shop, _appeal_address(notice), "Here is his invoice.", author=SELLER).is_positive
        ((claimed, forwarded),) = shop.world.take()
        assert (claimed.delivery.kind, len(_waiting(shop))) == (PostKind.ROLE, 1)
        assert "Here is his invoice." in plain_of(forwarded)
        assert "act-" not in plain_of(forwarded)


def test_E38_an_appeal_that_is_right_lifts_the_step_and_clears_its_messages(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        [first] = shop.breaks_rules()
        [second] = shop.breaks_rules()
        _mail_to(shop, _appeal_address(second), "It was our own carrier.", author=SELLER)
        shop.world.take()
        assert settle(_waiting(shop)[0], Found.UPHELD, "It was your carrier.", shop.world.bridge).is_told
        told = _posted(shop)[SELLER]
        assert told.subject == "Your appeal was right (Market)"
        assert "> It was your carrier." in plain_of(told)
        assert "Another step stays in force" in plain_of(told)
        assert (shop.stands, [step.lifted_at is None for step in shop.steps]) == (Step.REMINDED, [True, False])
        found = shop.world.bridge.store.conduct(shop.row.seller.id, START - DAY).breaches
        assert [breach.is_dismissed for breach in found] == [True, True, False, False]
        _mail_to(shop, _appeal_address(first), "So was this.", author=SELLER)
        settle(_waiting(shop)[0], Found.UPHELD, "Indeed.", shop.world.bridge)
        assert shop.stands is None


def test_E38_an_appeal_that_is_refused_leaves_the_step(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        shop.breaks_rules()
        shop.breaks_rules()
        [notice] = shop.breaks_rules()
        _mail_to(shop, _appeal_address(notice), "No.", author=SELLER)
        shop.world.take()
        settle(_waiting(shop)[0], Found.DISMISSED, "The links were yours.", shop.world.bridge)
        told = _posted(shop)[SELLER]
        assert (told.subject, shop.stands) == ("Your appeal: the step stays (Market)", Step.BARRED)
        assert "it ends on 2026-11-26" in plain_of(told)
        assert "out-of-court dispute settlement" in plain_of(told)


def test_E38_the_step_of_a_person_is_appealed_too_also_when_it_was_lifted(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        set_standing(shop.row, Step.SUSPENDED, 7, "Buyers complained.", shop.world.bridge)
        [notice] = shop.told()
        _mail_to(shop, _appeal_address(notice), "They did not.", author=SELLER)
        lift_standing(shop.row, "We talked.", shop.world.bridge)
        assert settle(_waiting(shop)[0], Found.UPHELD, "They did not.", shop.world.bridge).is_told
        assert (shop.stands, _waiting(shop)) == (None, ())


def test_E38_an_appeal_of_a_suspension_lets_go_what_was_kept_back(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        shop.world.bridge.store.leases_at_commit = False
        shop.writes("It is blue.")
        set_standing(shop.row, Step.SUSPENDED, 7, "Buyers complained.", shop.world.bridge)
        [notice] = shop.told()
        _mail_to(shop, _appeal_address(notice), "They did not.", author=SELLER)
        settle(_waiting(shop)[0], Found.UPHELD, "They did not.", shop.world.bridge)
        assert any(plain_of(message).startswith("It is blue.") for message in shop.claimed())


def test_E38_an_appeal_is_taken_for_half_a_year(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        [notice] = shop.breaks_rules()
        shop.world.now += 183 * DAY
        assert _mail_to(shop, _appeal_address(notice), "It was ours.", author=SELLER).is_positive
        [review] = _waiting(shop)
        settle(review, Found.UPHELD, "It was.", shop.world.bridge)  # long over: counts as never taken
        assert shop.steps[0].lifted_at is not None
