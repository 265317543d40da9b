"""Finds a text that its author, a seller, sent to many other buyers (issue 4; S-75).

Texts are compared as `policy/sametext.py` says; a similar one is another. Who got it is counted by the store, from the
mails that a rule with this check was in force for. What a seller sends to one buyer again is no finding, nor is a text
form that stands in for HTML. Whether the buyers asked for it is the rule's condition, `thread.last_by`.
"""

from datetime import timedelta

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.sametext import form_text_of, says_more_in_html
from mailbridge.policy.scanning import Parameters, integer


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding over the whole new text, or none; its detail is how many others got it."""
    if facts.copies is None:
        return ()
    days = integer(parameters, "days")
    since = facts.now - timedelta(days=days)
    others = sum(1 for sent_at in facts.copies.sent_at if sent_at >= since)
    if others < max(integer(parameters, "min_buyers"), 1):
        return ()
    form = form_text_of(message, facts)
    if form is None or len(form.text) < integer(parameters, "min_letters") or says_more_in_html(message):
        return ()
    text = message.new_text
    detail = f"sent to {others} others within {days} days"
    return (
        Finding(check="duplicate_text", place=Place.NEW_TEXT, start=0, end=len(text), words=text[:200], detail=detail),
    )
