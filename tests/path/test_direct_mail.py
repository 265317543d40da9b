"""Direct mail that copies the marketplace and breaks rules: a person decides what it counts (S-73, S-75)."""

from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.reviews import RULE_OF_DIRECT_MAIL, Found, ReviewKind
from mailbridge.domain.standing import Step
from mailbridge.errors import NotPossible
from mailbridge.path.reviews import settle
from mailbridge.store.reviewrecords import Review
from tests.path.quickladder import DAY, Shop, a_shop, plain_of
from tests.path.world import BUYER, CC_DOOR, SELLER, START, a_text

_OFFENCE = "Call me: +48 601 234 567, order 48213."


def _direct(shop: Shop, text: str = _OFFENCE, to: str = BUYER) -> None:
    """A mail that went to the buyer and is copied to the marketplace."""
    shop.writes(text, to=CC_DOOR, To=to, Cc=CC_DOOR, subject="Order 48213")


def _waiting(shop: Shop) -> Review:
    [review] = shop.world.bridge.store.reviews(9)
    return review


def _breaches(shop: Shop) -> list[tuple[str, bool]]:
    found = shop.world.bridge.store.conduct(shop.row.seller.id, START - DAY).breaches
    return [(breach.rule, breach.is_dismissed) for breach in found]


def test_S73_what_a_rule_finds_in_a_direct_mail_waits_for_a_person(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _direct(shop)
        review = _waiting(shop)
        assert (review.kind, review.seller, review.asked_in) == (ReviewKind.DIRECT_MAIL, "s1", review.record_id)
        assert review.subject.thread is not None
        assert review.subject.buyer is not None


def test_S73_a_direct_mail_without_findings_waits_for_nobody(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _direct(shop, "Your parcel for order 48213 is on its way.")
        assert shop.world.bridge.store.reviews(9) == ()


def test_S75_one_to_somebody_whom_nobody_knows_waits_outside_of_any_conversation(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _direct(shop, "Buy more lamps from me.", to="eve@stranger.example")
        review = _waiting(shop)
        assert (review.subject.thread, review.subject.buyer, review.subject.seller.name) == (None, None, "Acme")
        assert settle(review, Found.UPHELD, "No advertising.", shop.world.bridge).is_told
        assert "> No advertising." in plain_of(shop.told()[0])


def test_S73_one_that_a_person_finds_in_breach_counts_and_its_author_hears_why(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _direct(shop)
        shop.world.take()
        assert _breaches(shop) == [("general.no-phone-number", False)]
        settle(_waiting(shop), Found.UPHELD, "Numbers stay on the market.", shop.world.bridge)
        [told] = shop.told()
        assert (told.to[0].addr_spec, told.subject[:15]) == (SELLER, "Found in breach")
        assert "> Numbers stay on the market." in plain_of(told)
        assert sorted(_breaches(shop)) == [("general.no-phone-number", False), (RULE_OF_DIRECT_MAIL, False)]
        shop.breaks_rules(1)
        assert shop.stands is Step.REMINDED  # both breaches of one mail count once


def test_S73_one_that_breaks_nothing_after_all_counts_no_more(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _direct(shop)
        shop.breaks_rules(1)
        assert [step.lifted_at for step in shop.steps] == [None]
        settle(_waiting(shop), Found.DISMISSED, "", shop.world.bridge)
        assert ("general.no-phone-number", True) in _breaches(shop)
        [told] = shop.told()  # of the step that ends; who decides nothing against him writes him nothing else
        assert shop.stands is None
        assert told.to[0].addr_spec == SELLER


def test_S73_a_reason_that_holds_the_buyers_address_changes_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _direct(shop)
        review = _waiting(shop)
        with pytest.raises(NotPossible, match="other words"):
            settle(review, Found.UPHELD, f"He wrote to {BUYER}.", shop.world.bridge)
        assert _waiting(shop) == review


def test_E38_an_answer_to_the_notice_of_a_direct_mail_that_counts_is_an_appeal(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _direct(shop)
        [(_, notice)] = shop.world.take(PostKind.NOTICE)
        [address] = notice.reply_to
        octets = a_text(SELLER, address.addr_spec, "That is the carrier.", Message_ID="<appeal@acme.example>")
        [reply] = shop.world.mail(octets, address.addr_spec)
        assert reply.is_positive
        waiting = {review.kind: review for review in shop.world.bridge.store.reviews(9)}
        assert set(waiting) == {ReviewKind.DIRECT_MAIL, ReviewKind.BREACH_APPEAL}
        settle(waiting[ReviewKind.BREACH_APPEAL], Found.UPHELD, "It is.", shop.world.bridge)
        assert _breaches(shop) == [("general.no-phone-number", True)]
