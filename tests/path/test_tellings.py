"""A seller who does not want to hear of buyers who opted out hears of everything else (E-06)."""

from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.reply import ACCEPTED, ACTION_INVALID
from mailbridge.domain.staff import StaffRole, StaffTerms
from mailbridge.store.wishes import OptOutTelling
from tests.path.starting import Shop, a_shop, an_order


def _told(shop: Shop) -> list[Message]:
    return [message for _, message in shop.world.take(PostKind.NOTICE)]


def _address(notice: Message, near: str) -> str:
    """The one-use address behind these words."""
    text = notice.body.plain or ""
    return next((line for line in text.partition(near)[2].splitlines() if line.startswith("act-")), "")


def _switch_off(shop: Shop) -> Message:
    """The seller writes to the address in the notice of a refusal; what he is told."""
    shop.opt_out("b1", "s1", "all")
    assert not shop.write("[invoice] Order 48213-1")
    [notice] = _told(shop)
    assert shop.act(_address(notice, "every other notice still comes"), "") == ACCEPTED
    [switched] = _told(shop)
    shop.world.bridge.store._catalogue.forget()  # another process would hear of it within a second
    return switched


def test_E06_the_notice_offers_to_stop_such_notices_and_a_mail_does_it(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        switched = _switch_off(shop)
        assert switched.to[0].addr_spec == "s1@acme-shop.example"
        assert switched.subject == "You are no longer told of buyers who opted out (Amazon)"
        assert not shop.write("[invoice] Order 48213-1")
        assert _told(shop) == []
        assert shop.world.bridge.store.count_held() == 0  # nobody has to look at it either


def test_S13_E06_who_only_answers_for_the_shop_is_not_offered_to_switch_it(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        shop.opt_out("b1", "s1", "all")
        seller = next(row.seller for row in shop.world.bridge.store.directory().sellers if row.reference == "s1")
        agent = {seller.mailboxes[0].address: StaffTerms(role=StaffRole.AGENT)}
        shop.world.bridge.store.save_staff_terms(seller.id, agent, shop.world.now)
        assert not shop.write("[invoice] Order 48213-1")
        [notice] = _told(shop)
        assert "every other notice still comes" not in (notice.body.plain or "")


def test_E06_the_way_back_stands_in_that_notice(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        back = _address(_switch_off(shop), "To be told again")
        assert shop.act(back, "") == ACCEPTED
        [told] = _told(shop)
        assert told.subject == "You are told of buyers who opted out again (Amazon)"
        shop.world.bridge.store._catalogue.forget()
        assert not shop.write("[invoice] Order 48213-1")
        assert len(_told(shop)) == 1
        assert shop.act(back, "") == ACTION_INVALID


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        pytest.param("[invoice] Order 48213-1", "Call me: +48 601 234 567", id="another rule"),
        pytest.param("Order 48213-1", "We write.", id="no reason"),
    ],
)
def test_E06_what_breaks_another_rule_too_comes_back_with_its_notice(tmp_path: Path, subject: str, text: str) -> None:
    with a_shop(tmp_path) as shop:
        _switch_off(shop)
        shop.says = text
        shop.write(subject)
        told = _told(shop)
        assert [notice.subject[:13] for notice in told] == ["Not delivered"]
        assert _address(told[0], "every other notice still comes") == ""


def test_E06_every_other_notice_still_comes(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        _switch_off(shop)
        assert shop.write("[problem] Order 48213-1")  # needed for the order: delivered, and he is told why
        assert any("no messages" in (notice.body.plain or "") for notice in _told(shop))
        assert not shop.write("[invoice] Order 48213-1", trial=True)
        assert [notice.subject[:5] for notice in _told(shop)] == ["Tried"]


def test_E06_it_is_this_seller_alone_who_is_not_told(tmp_path: Path) -> None:
    with a_shop(tmp_path, an_order(), an_order("48213-2", seller="s2")) as shop:
        _switch_off(shop)
        shop.opt_out("b1", "s2", "all")
        assert not shop.write("[invoice] Order 48213-2", seller="s2")
        assert [notice.to[0].addr_spec for notice in _told(shop)] == ["s2@acme-shop.example"]


def test_E06_a_command_does_the_same(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        store = shop.world.bridge.store
        wanted = OptOutTelling(seller_id=store.seller_called("s1", None).seller.id, is_told=False, via="command")
        store.tell_of_opt_outs(wanted, shop.world.now)
        shop.opt_out("b1", "s1", "all")
        assert not shop.write("[invoice] Order 48213-1")
        assert _told(shop) == []
