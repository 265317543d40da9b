"""What a mail is about, most urgent first, and how urgent that is (S-20, S-29)."""

import pytest

from mailbridge.policy.topics import URGENT_FIRST, priority_of, topics_of
from tests.policy.stage import a_message


def test_S29_a_complaint_comes_before_what_else_a_mail_is_about() -> None:
    mail = a_message(
        text="Where is the invoice? The lamp is broken and I want my money back. When will you ship a new one?"
    )
    assert topics_of(mail) == URGENT_FIRST == ("complaint", "return", "invoice", "shipping", "question")


def test_S20_the_subject_counts_and_quotes_do_not() -> None:
    mail = a_message(text="As said above.", subject="Faktura", quoted_text="The lamp is broken.")
    assert topics_of(mail) == ("invoice",)


@pytest.mark.parametrize(
    ("topics", "priority"),
    [(("complaint", "question"), "high"), (("return",), "high"), (("shipping",), "normal"), ((), "low")],
)
def test_S29_what_costs_a_buyer_money_is_urgent(topics: tuple[str, ...], priority: str) -> None:
    assert priority_of(topics) == priority
