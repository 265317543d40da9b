"""A seller appeals one message that counts as a breach, and that one alone (E-38)."""

import json
from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.reviews import RULE_OF_REPORTS, Found, ReviewKind
from mailbridge.domain.standing import Step
from mailbridge.domain.verdict import Severity
from mailbridge.path.reviews import settle
from mailbridge.store.reviewrecords import Review
from tests.path.quickladder import DAY, MINUTE, Shop, a_shop, plain_of
from tests.path.world import BUYER, SELLER, START, a_text


def _mail_to(shop: Shop, address: str, text: str, author: str) -> bool:
    shop.world.now += MINUTE
    octets = a_text(author, address, text, Message_ID=f"<{shop.world.now:%j%H%M}@x.example>")
    [reply] = shop.world.mail(octets, address)
    return reply.is_positive


def _waiting(shop: Shop) -> Review:
    [review] = shop.world.bridge.store.reviews(9)
    return review


def _found_in_breach(shop: Shop) -> Message:
    """A message that the buyer reports and a person finds in breach; what its author is told of that."""
    shop.writes("Who asks that is a fool.")
    ((_, message),) = shop.world.take(PostKind.RELAY)
    address = next(word for word in plain_of(message).split() if word.startswith("act-"))
    assert _mail_to(shop, address, "He is rude.", BUYER)
    shop.world.take()
    settle(_waiting(shop), Found.UPHELD, "Insults.", shop.world.bridge, severity=Severity.HIGH)
    return next(mail for mail in shop.told() if mail.to[0].addr_spec == SELLER)


def _appealed(shop: Shop) -> Review:
    notice = _found_in_breach(shop)
    assert _mail_to(shop, notice.reply_to[0].addr_spec, "My brother wrote that.", SELLER)
    return _waiting(shop)


def _breaches(shop: Shop) -> dict[str, bool]:
    """Rule to whether it is dismissed, the newest of each."""
    found = shop.world.bridge.store.conduct(shop.row.seller.id, START - DAY).breaches
    return {breach.rule: breach.is_dismissed for breach in reversed(found)}


def test_E38_an_answer_to_the_notice_of_a_breach_is_an_appeal_of_it(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        review = _appealed(shop)
        assert (review.kind, review.sanction_id, review.subject.sanction) == (ReviewKind.BREACH_APPEAL, None, None)
        [taken] = [message for _, message in shop.world.take(PostKind.NOTICE)]
    assert taken.subject == "Your appeal has arrived: your message to Anna K. (order 48213)"
    assert "Until then it counts." in plain_of(taken)


def test_E38_one_that_is_right_takes_that_breach_away_and_the_step_that_falls_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        review = _appealed(shop)
        shop.world.take()
        shop.breaks_rules(1)
        assert [step.step for step in shop.steps] == [Step.REMINDED]
        settle(review, Found.UPHELD, "It was your brother.", shop.world.bridge)
        told = {mail.subject: plain_of(mail) for mail in shop.told()}
        assert "> It was your brother." in told["Your appeal was right: your message to Anna K. (order 48213)"]
        assert len(told) == 2  # and that the step ends
        assert [step.lifted_at is None for step in shop.steps] == [False]
        assert _breaches(shop) == {RULE_OF_REPORTS: True, "general.no-outside-link": False}
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"breach_dismissed"' in line]
    assert [line["record_id"] for line in logged] == [review.record_id]


def test_E38_one_that_is_not_leaves_it(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        review = _appealed(shop)
        shop.world.take()
        settle(review, Found.DISMISSED, "You wrote it.", shop.world.bridge)
        [told] = shop.told()
        assert told.subject == "Your appeal: the breach stays: your message to Anna K. (order 48213)"
        assert "out-of-court dispute settlement" in plain_of(told)
        assert _breaches(shop) == {RULE_OF_REPORTS: False}


def test_E38_it_is_appealed_once_for_half_a_year_and_what_comes_later_reaches_a_person(tmp_path: Path) -> None:
    with a_shop(tmp_path, reports=True) as shop:
        address = _found_in_breach(shop).reply_to[0].addr_spec
        shop.world.now += 183 * DAY
        assert _mail_to(shop, address, "It was my brother.", SELLER)
        shop.world.take()
        assert _mail_to(shop, address, "Here is his letter.", SELLER)
        [(claimed, _)] = shop.world.take()
        assert (claimed.delivery.kind, _waiting(shop).kind) == (PostKind.ROLE, ReviewKind.BREACH_APPEAL)
