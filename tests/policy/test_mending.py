"""What may go of a message that rules stop; the whole way is in tests/path/test_repair.py."""

from dataclasses import replace

import pytest

from mailbridge.domain.facts import Copies
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.message import Body
from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Action, Verdict
from mailbridge.policy.judge import judge
from mailbridge.policy.mending import Rules, mended
from mailbridge.policy.plan import Route
from tests.policy.rules_by_hand import a_rule, a_ruleset
from tests.policy.stage import NOW, SELLER_MAILBOX, TO_BUYER, a_message, a_thread, from_seller

_ROUTE = Route(direction=Direction.TO_BUYER, thread_id=ThreadId("t"))
_TEXTS = {
    "duplicate_text": "Wir haben neue Lampen, Hocker und Regale in der Werkstatt. " * 5,
    "wrong_language": "Wir haben neue Lampen, und die Hocker sind auch in der Werkstatt, wenn Sie mit uns reden. " * 3,
}


@pytest.mark.parametrize("check", _TEXTS)
def test_N06_of_a_text_that_is_found_as_a_whole_no_end_is_left_to_go(check: str) -> None:
    text = _TEXTS[check]
    # Two hundred characters of it are shown as the words found; they must end where a word ends to be cut out.
    text = text[:200].rsplit(" ", 1)[0].ljust(200, "x") + " und Tschüss."
    message = replace(a_message(SELLER_MAILBOX, TO_BUYER, text=text), body=Body(plain=text))
    copies = Copies(text_hash=b"t", reader_hash=b"r", sent_at=(NOW,) * 5)
    facts = from_seller(threads=(a_thread("t"),), copies=copies)
    rules = a_ruleset(a_rule("r", check))
    verdict = judge(message, facts, _ROUTE, rules)
    assert isinstance(verdict, Verdict)
    assert verdict.action is Action.REFUSE
    assert mended(message, verdict, Rules(facts=facts, route=_ROUTE, ruleset=rules), "[removed]") is None
