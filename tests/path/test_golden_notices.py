"""Notices of reports, breaches, appeals and steps are those on record, octet by octet, in each language (S-28)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.reviews import Found
from mailbridge.domain.verdict import Severity
from mailbridge.message.parse import parse
from mailbridge.path.intents import run_due_intents
from mailbridge.path.reviews import settle
from mailbridge.store.reviewrecords import Review
from mailbridge.texts import LANGUAGES
from tests.path.quickladder import DAY, Shop, a_shop, plain_of
from tests.path.world import BUYER, SELLER, a_text

GOLDEN = Path(__file__).parents[1] / "golden"
_WHY = "Please be polite."


def _notices(shop: Shop) -> list[ClaimedDelivery]:
    """What was posted since the last call, what is planned included."""
    run_due_intents(shop.world.bridge, "test")
    posted = [claimed for claimed, _ in shop.world.take(PostKind.NOTICE)]
    found = shop.world.bridge.store.claim(shop.world.now, worker="test", limit=100, lease=365 * DAY)
    return [*posted, *(c for c in found if c.fencing_token == 1 and c.delivery.kind is PostKind.NOTICE)]


def _mail_to(shop: Shop, address: str, author: str, number: int) -> None:
    octets = a_text(author, address, "So it is.", Message_ID=f"<m{number}.golden@client.example>")
    [reply] = shop.world.mail(octets, address)
    assert reply.is_positive


def _waiting(shop: Shop) -> Review:
    [review] = shop.world.bridge.store.reviews(9)
    return review


def _reply_address(claimed: ClaimedDelivery) -> str:
    return parse(claimed.delivery.octets).reply_to[0].addr_spec


def _steps(shop: Shop) -> Iterator[tuple[str, ClaimedDelivery]]:
    newest = ""
    for step, refusals in (("reminded", 1), ("warned", 2), ("barred", 2), ("suspended", 2)):
        shop.world.now += DAY
        for _ in range(refusals):
            shop.writes("See https://acme-shop.example/lamp please.")
        shop.world.take()
        [claimed] = _notices(shop)
        newest = _reply_address(claimed)
        yield f"standing_{step}", claimed
    _mail_to(shop, newest, SELLER, 3)
    [taken] = _notices(shop)
    yield "appeal_taken", taken
    settle(_waiting(shop), Found.UPHELD, _WHY, shop.world.bridge)
    yield "appeal_settled", _notices(shop)[0]


def _told(shop: Shop) -> Iterator[tuple[str, ClaimedDelivery]]:
    """A report, what follows from it, and a way up the ladder."""
    shop.writes("Who asks that is a fool.")
    ((_, message),) = shop.world.take(PostKind.RELAY)
    _mail_to(shop, next(word for word in plain_of(message).split() if word.startswith("act-")), BUYER, 1)
    [taken] = _notices(shop)
    yield "report_taken", taken
    settle(_waiting(shop), Found.UPHELD, _WHY, shop.world.bridge, severity=Severity.HIGH)
    by_reader = {claimed.delivery.forward_path.addr_spec: claimed for claimed in _notices(shop)}
    yield "report_settled", by_reader[BUYER]
    yield "found_in_breach", by_reader[SELLER]
    _mail_to(shop, _reply_address(by_reader[SELLER]), SELLER, 2)
    [appealed] = _notices(shop)
    yield "breach_appeal_taken", appealed
    settle(_waiting(shop), Found.DISMISSED, _WHY, shop.world.bridge)
    [settled] = _notices(shop)
    yield "breach_appeal_settled", settled
    yield from _steps(shop)


@pytest.mark.parametrize("language", LANGUAGES)
def test_S28_E38_the_notices_of_conduct_are_the_golden_ones(tmp_path: Path, language: str) -> None:
    other = []
    with a_shop(tmp_path, language=language, reports=True) as shop:
        for name, claimed in _told(shop):
            expected = GOLDEN / f"notice_{name}" / f"{language}.eml"
            if not expected.exists() or claimed.delivery.octets != expected.read_bytes():
                expected.parent.mkdir(exist_ok=True)
                expected.with_suffix(".actual.eml").write_bytes(claimed.delivery.octets)
                other.append(name)
    assert other == []  # see `<language>.actual.eml` beside them
