"""The marketplace's own notices are told from other automatic mail, and nobody can pass for them."""

import pytest

from mailbridge.domain.authresults import AuthResults, DmarcPolicy
from mailbridge.domain.classification import Classification, MailKind
from mailbridge.policy.kinds import kind_of
from tests.policy.stage import a_message, from_buyer, signed, unsigned

_NOTIFICATION = MailKind.NOTIFICATION


@pytest.mark.parametrize(
    ("written_as", "auth", "expected"),
    [
        (_NOTIFICATION, signed("bazaar.example"), MailKind.MARKET),
        (_NOTIFICATION, signed("orders.bazaar.example"), MailKind.MARKET),
        (_NOTIFICATION, AuthResults(author_domain="bazaar.example", spf_aligned=True), MailKind.MARKET),
        (MailKind.LIST, signed("bazaar.example"), MailKind.MARKET),
        (MailKind.AUTOREPLY, signed("bazaar.example"), MailKind.MARKET),
        (MailKind.PERSON, signed("bazaar.example"), MailKind.PERSON),
        (MailKind.BOUNCE, signed("bazaar.example"), MailKind.BOUNCE),
        (MailKind.FEEDBACK, signed("bazaar.example"), MailKind.FEEDBACK),
        (_NOTIFICATION, unsigned("bazaar.example"), _NOTIFICATION),
        (_NOTIFICATION, unsigned("bazaar.example", DmarcPolicy.REJECT), _NOTIFICATION),
        (_NOTIFICATION, signed("notbazaar.example"), _NOTIFICATION),
        (_NOTIFICATION, signed("shop.example"), _NOTIFICATION),
    ],
)
def test_S20_a_notice_is_the_markets_own_where_its_domain_is_proven(
    written_as: MailKind, auth: AuthResults, expected: MailKind
) -> None:
    message = a_message(f"info@{auth.author_domain}", classification=Classification(kind=written_as))
    assert kind_of(message, from_buyer(auth=auth)) is expected


def test_S20_without_a_marketplace_it_is_what_it_is_by_itself() -> None:
    message = a_message("info@bazaar.example", classification=Classification(kind=_NOTIFICATION))
    assert kind_of(message, from_buyer(auth=signed("bazaar.example"), marketplace=None)) is _NOTIFICATION
