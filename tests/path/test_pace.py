"""A seller's mailbox in the wrong hands: what it sends beyond the usual waits for a person (T-46)."""

from datetime import timedelta
from pathlib import Path

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.standing import Step
from mailbridge.path.standing import set_standing
from tests.path.quickladder import Shop, a_shop

_IN_CONVERSATION = 300


def _writes(shop: Shop, times: int) -> int:
    """So many mails to one buyer in some seconds; how many of them went out."""
    for number in range(times):
        shop.writes(f"Message number {number} about the lamp.")
        shop.world.now -= timedelta(seconds=59.9)
    return len(shop.world.take(PostKind.RELAY))


def test_T46_mail_beyond_300_in_one_conversation_within_an_hour_waits(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        assert _writes(shop, _IN_CONVERSATION + 3) == _IN_CONVERSATION
        assert shop.world.bridge.store.count_held() == 3
        shop.world.now += timedelta(hours=1)
        assert _writes(shop, 1) == 1


def test_T46_what_is_sent_from_it_stops_when_it_is_suspended(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        shop.world.bridge.store.leases_at_commit = False
        shop.writes("Buy elsewhere.")
        set_standing(shop.row, Step.SUSPENDED, None, "Your mailbox is in the wrong hands.", shop.world.bridge)
        assert [mail.subject for mail in shop.claimed() if mail.subject.endswith("A question")] == []
        shop.writes("Buy elsewhere, once more.")
        assert shop.relayed() == []
