"""The checks of wording: sentences that are found, and honest ones that are not, in each main language."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.files import FileText, LookedInto, Screened
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.folding import MAX_READ
from mailbridge.policy.phrases import compiled
from mailbridge.policy.scanning import MAX_FINDINGS
from mailbridge.policy.wordlist import TOPICS, kinds_of
from mailbridge.policy.wordlists import WORDLISTS
from mailbridge.policy.wordsearch import UNREAD
from tests.policy.stage import MARKET, SELLER_MAILBOX, TO_BUYER, a_message, from_seller

_TABLES = Path(__file__).parent / "wording"
WORDING = tuple(dict.fromkeys(topic.partition(".")[0] for topic in TOPICS))
#: what a mail is about is no offence: honest mail has topics
OFFENCES = tuple(check for check in WORDING if check != "topic")


def _cases() -> Iterator[tuple[str, str, str, str]]:
    """Language, check, what is expected ("found", a kind or "honest") and the sentence."""
    for file in sorted(_TABLES.glob("*.toml")):
        for check, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            yield from ((file.stem, check, expected, text) for expected, texts in table.items() for text in texts)


CASES = list(_cases())


def _written(text: str) -> Message:
    return a_message(SELLER_MAILBOX, TO_BUYER, text, subject="")


def _look(check: str, text: str | Message, **parameters: object) -> tuple[Finding, ...]:
    row = CHECKS_BY_NAME[check]
    values = {parameter.name: parameter.default for parameter in row.parameters} | parameters
    message = text if isinstance(text, Message) else _written(text)
    return row.find(message, from_seller(), values)  # type: ignore[arg-type]  # tests give values of the right types


@pytest.mark.parametrize(("language", "check", "expected", "text"), CASES)
def test_a_sentence_is_found_or_honest_as_its_table_says(language: str, check: str, expected: str, text: str) -> None:
    findings = _look(check, text)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    if expected == "honest":
        assert findings == ()
    else:
        assert findings
        assert expected == "found" or expected in {finding.detail for finding in findings}


@pytest.mark.parametrize("language", ["en", "pl", "it", "de"])
def test_each_main_language_has_sentences_for_each_check(language: str) -> None:
    counts = {
        (check, is_honest): sum(
            1 for case in CASES if case[:2] == (language, check) and (case[2] == "honest") is is_honest
        )
        for check in WORDING
        for is_honest in (True, False)
    }
    assert all(count >= (12 if is_honest else 8) for (_, is_honest), count in counts.items()), counts


_NEAR = tomllib.loads((_TABLES.parent / "honest.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [text for texts in _NEAR.values() for text in texts])
def test_what_comes_near_is_honest_for_every_check(text: str) -> None:
    assert [finding for check in OFFENCES for finding in _look(check, text)] == []


def test_the_language_of_the_other_words_does_not_matter() -> None:
    assert _look("advertising", "Guten Tag! Visit our shop. Dziękujemy")


@pytest.mark.parametrize(
    "text",
    [
        "VISIT OUR SHOP",
        "visit\nour shop",
        "Visit\u00a0our *shop*",
        "Vi\u200bsit our sh\u00adop",
        "Vısit".replace("ı", "і") + " our shop",  # a Cyrillic letter
        "> visit our\n> shop",
        "visit 'our' “shop”",
    ],
)
def test_form_hides_nothing(text: str) -> None:
    [finding] = _look("advertising", text)
    assert text[finding.start : finding.end] == finding.words
    assert finding.words[0] in "Vv"
    assert finding.words.rstrip("*”").endswith(("shop", "SHOP", "sh\u00adop"))


def test_marks_may_be_missing_or_written_out() -> None:
    for text in (
        "Konnten Sie die Bestellung stornieren?",
        "Koennten Sie die Bestellung stornieren?",
        "Prosze o pozytywna opinie",
    ):
        check = "steering_off_market" if "Bestellung" in text else "review_request"
        assert _look(check, text)


def test_letters_in_two_pieces_are_one() -> None:
    text = "Könnten Sie die Bestellung stornieren?".replace("ö", "o\u0308")
    [finding] = _look("steering_off_market", text)
    assert finding.words.startswith("Ko\u0308nnten")


def test_words_are_whole() -> None:
    assert _look("profanity", "Scunthorpe Essex shiitake") == ()


def test_two_paragraphs_are_no_phrase() -> None:
    assert _look("advertising", "We visit\n\nour shop") == ()


def test_signature_subject_and_quotes_are_read_too() -> None:
    message = a_message(
        SELLER_MAILBOX,
        TO_BUYER,
        "Hello",
        subject="Visit our shop",
        signature="Follow us on Facebook",
        quoted_text="> Visit our shop",
    )
    places = [finding.place for finding in _look("advertising", message)]
    assert places == [Place.SUBJECT, Place.SIGNATURE, Place.QUOTED_TEXT]


def test_the_stronger_kind_of_two_that_overlap_is_told() -> None:
    findings = _look("review_request", "Leave a review and get a voucher.")
    assert [finding.detail for finding in findings] == ["paid"]


def test_kinds_that_a_rule_does_not_name_are_no_finding() -> None:
    kinds = ("steering", "change_or_remove", "paid")
    assert _look("review_request", "Please leave a review.", kinds=kinds) == ()
    assert _look("review_request", "Please leave a positive review.", kinds=kinds)


def test_a_rule_adds_phrases() -> None:
    assert _look("advertising", "Kup nasze świece zapachowe") == ()
    [finding] = _look("advertising", "Kup nasze Swiece zapachowe", also=("świec* zapachow*",))
    assert finding.words == "Swiece zapachowe"
    [short] = _look("advertising", "go to ab now", also=("ab",))
    assert short.words == "ab"
    [stem] = _look("advertising", "go to abacus now", also=("ab*",))
    assert stem.words == "abacus"


def test_a_rule_takes_phrases_away() -> None:
    text = "Our new arrivals are the two parcels from Tuesday."
    assert _look("advertising", text)
    assert _look("advertising", text, **{"except": ("new arrivals",)}) == ()
    assert _look("advertising", text, **{"except": ("from tuesday",)}) == ()


def test_a_rule_names_the_languages() -> None:
    assert _look("profanity", "kurwa", languages=("en", "de")) == ()


def test_the_name_of_the_market_is_a_word_for_it() -> None:
    facts = from_seller(marketplace=replace(MARKET, name="Big Bazaar"))
    row = CHECKS_BY_NAME["steering_off_market"]
    values = {parameter.name: parameter.default for parameter in row.parameters}
    assert row.find(_written("Let us talk outside Big Bazaar."), facts, values)
    assert row.find(_written("Let us talk outside the house."), facts, values) == ()


@pytest.mark.parametrize("phrase", ["", "...", "(x)", "* / ()", "- '", "<number>", "[a", "\\d+", "x" * 5_000])
def test_any_text_is_a_phrase(phrase: str) -> None:
    assert len(_look("advertising", "xx yy a d 12", also=(phrase,))) <= 2


def test_every_language_has_every_topic_and_every_kind_its_name() -> None:
    assert all(tuple(wordlist.find) == TOPICS for wordlist in WORDLISTS)
    assert kinds_of("review_request") == ("neutral", "steering", "change_or_remove", "paid")
    assert kinds_of("advertising") == ()


def test_what_is_listed_is_written_as_phrases_are() -> None:
    listed = [
        phrase
        for wordlist in WORDLISTS
        for group in (*wordlist.find.values(), *wordlist.unless.values(), (*wordlist.negators, *wordlist.affirmers))
        for phrase in group
    ]
    assert [phrase for phrase in listed if compiled(phrase, ("market",)) is None] == []
    pieces = {piece.strip("()") for phrase in listed for piece in phrase.replace("<market>", "m").split()}
    classes = {piece for piece in pieces if "<" in piece or ">" in piece}
    assert classes <= {"<number>", "<code>"}
    assert [piece for piece in pieces if not re.fullmatch(r"[\w*/'-]+|\.{2,3}|<\w+>", piece)] == []
    # no option of a word is empty, and a star ends a word
    assert [
        piece for piece in pieces if "//" in piece or piece.strip("/") != piece or re.search(r"\*[^/]", piece)
    ] == []


def test_a_message_is_a_notice_only_as_a_whole() -> None:
    notice = "Thank you for your order. Your order has been shipped."
    assert [finding.detail for finding in _look("repeats_market_notice", notice)] == ["thanks", "shipping"]
    more = notice + " The shelf you chose for the kitchen " + "is made of oak and pine " * 6
    assert _look("repeats_market_notice", more) == ()
    assert _look("repeats_market_notice", more, max_other_words=100)
    assert _look("repeats_market_notice", notice, kinds=("invoice",)) == ()
    assert _look("repeats_market_notice", notice, **{"except": ("your order",)}) == ()
    assert _look("repeats_market_notice", a_message(text="Tak.", quoted_text=notice)) == ()


@given(st.text(alphabet="leav review-our shop.,\n\u200bßäó!?", max_size=200))
def test_spans_are_exact_and_in_order(text: str) -> None:
    for check in WORDING:
        findings = _look(check, text, also=("our", "review shop"))
        assert all(text[finding.start : finding.end] == finding.words for finding in findings)
        assert list(findings) == sorted(findings, key=lambda finding: finding.start)


def test_T60_a_text_longer_than_is_read_is_a_finding_by_itself() -> None:
    text = "word " * (MAX_READ // 5 + 1)
    [finding] = _look("advertising", text)
    assert (finding.detail, finding.end) == (UNREAD, MAX_READ)
    assert text[finding.start : finding.end] == finding.words
    assert _look("advertising", a_message(text="Tak.", quoted_text=text)) == ()


def test_files_are_read_where_the_rule_says_so() -> None:
    said = FileText(place="page 1", text="Visit our shop", is_metadata=False)
    attached = Attachment(filename="x.pdf", content_type="application/pdf", octets=b"")
    file = LookedInto(number=0, kind="pdf", files=(attached,), texts=(said,))
    facts = from_seller(screened=Screened(files=(file,)))
    row = CHECKS_BY_NAME["advertising"]
    values = {parameter.name: parameter.default for parameter in row.parameters}
    assert row.find(_written("Tak."), facts, values) == ()
    [finding] = row.find(_written("Tak."), facts, values | {"files": True})
    assert finding.place is Place.ATTACHMENT


def test_T70_where_looking_ends_a_finding_says_so() -> None:
    text = "please do not cancel the order, "
    findings = _look("steering_off_market", text * 3_000)
    assert [finding.detail for finding in findings] == [UNREAD]
    assert findings[0].end < 2_000 * len(text)


def test_T70_a_text_of_nothing_but_phrases_is_given_up_on() -> None:
    assert len(_look("profanity", "shit " * 10_000)) == MAX_FINDINGS
