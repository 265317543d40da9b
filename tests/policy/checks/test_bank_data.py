"""Which bank accounts and cards are found, and which numbers are none."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.files import FileText, LookedInto, Screened
from mailbridge.domain.message import Attachment
from mailbridge.domain.verdict import Place
from mailbridge.policy.checks.bank_data import KINDS, find
from tests.policy.stage import a_message, an_order, from_buyer
from tests.shared_data import shared_path

_ALL = {"kinds": KINDS}

FOUND = [
    ("IBAN: DE89 3704 0044 0532 0130 00.", "DE89 3704 0044 0532 0130 00", "iban DE"),
    ("Konto DE89370400440532013000, danke", "DE89370400440532013000", "iban DE"),
    ("PL61 1090 1014\n0000 0712 1981 2874", "PL61 1090 1014\n0000 0712 1981 2874", "iban PL"),
    ("pl61109010140000071219812874", "pl61109010140000071219812874", "iban PL"),
    (
        "IT60\u00a0X054\u00a02811\u00a01010\u00a00000\u00a00123\u00a0456",
        "IT60\u00a0X054\u00a02811\u00a01010\u00a00000\u00a00123\u00a0456",
        "iban IT",
    ),
    ("(GB82-WEST-1234-5698-7654-32)", "GB82-WEST-1234-5698-7654-32", "iban GB"),
    ("FR 76 3000 6000 0112 3456 7890 189", "FR 76 3000 6000 0112 3456 7890 189", "iban FR"),
    ("wpłata na 61 1090 1014 0000 0712 1981 2874", "61 1090 1014 0000 0712 1981 2874", "account PL"),
    ("61109010140000071219812874", "61109010140000071219812874", "account PL"),
    ("CCC 2100 0418 45 0200051332", "2100 0418 45 0200051332", "account ES"),
    ("Konto 532013000, BLZ 370 400 44", "370 400 44", "account blz"),
    ("sort code 12-34-56", "12-34-56", "account sort"),
    ("Account number: 12345678", "12345678", "account konto"),
    ("routing number is 021000021", "021000021", "account routing"),
    ("ABI: 05428 CAB: 11101", "05428 CAB: 11101", "account abi"),
    ("číslo účtu 19-2000145399/0800", "19-2000145399/0800", "account czech"),
    ("SWIFT/BIC: DEUTDEFF500", "DEUTDEFF500", "bic"),
    ("swift code BREXPLPWMBK", "BREXPLPWMBK", "bic"),
    ("card 4111 1111 1111 1111, 12/27", "4111 1111 1111 1111", "card"),
    ("4111-1111-1111-1111", "4111-1111-1111-1111", "card"),
    ("5555555555554444", "5555555555554444", "card"),
    ("Amex 3782 822463 10005", "3782 822463 10005", "card"),
    ("karta podarunkowa? nie: karta 4111 1111 1111 1111", "4111 1111 1111 1111", "card"),
    ("my card: 122000000000003", "122000000000003", "card"),
]
NOT_FOUND = [
    "",
    "DE88 3704 0044 0532 0130 00",
    "IBAN? please ask the market.",
    "order 113-4567890-1234567 of 12.11.2026",
    "EAN 4006381333931, 4006381333931",
    "Sendungsnummer 4111111111111111",
    "zamówienie nr 4111 1111 1111 1111",
    "tracking: 5555555555554444",
    "00659007731234567890",
    "6200 1234 5678 9012 3456 7890",
    "0000 4111 1111 1111 1111",
    "4111 1111 1111 1111 2222",
    "our reference #4111111111111111",
    "no. # 4111111111111111",
    "4111 1111 1111 1112",
    "https://bazaar.example/order/4111111111111111?x=5555555555554444",
    "id4111111111111111, 4111111111111111a",
    "it is 620012345678901234567811, it was no 1234567890123",
    "21000418450200051332",
    "DE89370400440532013000@buyer.example",
    "DE89370400440532013000X",
    "NIP 526-025-09-95, REGON 146025099",
    "swift delivery, quick as ABCDEFGH",
    "the account number of the tourists",
    "konto na Allegro: sklep_acme",
]


@pytest.mark.parametrize(("text", "words", "detail"), FOUND)
def test_S25_bank_data_is_found_as_written(text: str, words: str, detail: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _ALL)
    assert [(finding.words, finding.detail) for finding in findings] == [(words, detail)]
    assert text[findings[0].start : findings[0].end] == words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_bank_data_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _ALL) == ()


def test_three_cards_that_follow_each_other_are_three() -> None:
    text = "4012888888881881 4012-8888-8888-1881 4012 8888 8888 1881"
    assert [f.words for f in find(a_message(text=text), from_buyer(), _ALL)] == [text[:16], text[17:36], text[37:]]


def test_an_account_of_its_own_country_is_one_finding() -> None:
    text = "PL61 1090 1014 0000 0712 1981 2874, BIC: BREXPLPWMBK"
    assert [f.detail for f in find(a_message(text=text), from_buyer(), _ALL)] == ["iban PL", "bic"]


def test_a_rule_may_look_for_one_kind() -> None:
    message = a_message(text="DE89370400440532013000 and 4111111111111111")
    assert [f.detail for f in find(message, from_buyer(), {"kinds": ("card",)})] == ["card"]


def test_the_number_of_an_order_is_no_finding() -> None:
    message = a_message(text="About 4111111111111111")
    assert find(message, from_buyer(orders=(an_order("4111111111111111"),)), _ALL) == ()


def test_an_invoice_may_show_an_account_whatever_the_file_is_called() -> None:
    def found(text: str) -> int:
        texts = (FileText(place="page 1", text=text, is_metadata=False),)
        file = Attachment(filename="FV_12.pdf", content_type="application/pdf", octets=b"")
        screened = Screened(files=(LookedInto(number=0, kind="pdf", files=(file,), texts=texts),))
        return len(find(a_message(), from_buyer(screened=screened), _ALL))

    account = "IBAN DE89370400440532013000"
    assert (found(f"FAKTURA VAT nr 12\n{account}"), found(f"Our best offers\n{account}")) == (0, 1)


def test_it_is_found_wherever_it_stands() -> None:
    account = "DE89370400440532013000"
    message = a_message(text="Hello", subject=account, signature=account, imprint=account, quoted_text=account)
    places = [finding.place for finding in find(message, from_buyer(), _ALL)]
    assert places == [Place.SUBJECT, Place.SIGNATURE, Place.IMPRINT, Place.QUOTED_TEXT]


@given(st.text(alphabet="0123456789 -.\nDEPL/@x", max_size=300))
def test_spans_are_exact_and_never_overlap(text: str) -> None:
    findings = find(a_message(text=text, subject=""), from_buyer(), _ALL)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_T70_a_text_of_digits_counts_as_found_and_findings_are_bounded() -> None:
    [finding] = find(a_message(text="1 " * 500_000, subject=""), from_buyer(), _ALL)
    assert finding.detail == "card: too many digits to look at"
    assert len(find(a_message(text="4111111111111111 " * 500, subject=""), from_buyer(), _ALL)) == 50
    assert find(a_message(text="PL61 " * 20_000, subject=""), from_buyer(), _ALL) == ()


def _cases(validator: str) -> list[dict[str, Any]]:
    cases = json.loads(shared_path("data", "policy", "validatorjs", "cases.json").read_text(encoding="utf-8"))
    return [case for case in cases if case["validator"] == validator]


@pytest.mark.parametrize("sentence", ["{}", "Please pay to {} today.", "Numer: {}, dziękuję", "x\n{}\ny"])
@pytest.mark.parametrize("validator", ["isIBAN", "isCreditCard"])
def test_every_valid_number_of_the_collection_is_found_in_running_text(validator: str, sentence: str) -> None:
    valid = {text for case in _cases(validator) for text in case.get("valid", [])}
    missed = [text for text in sorted(valid) if not find(a_message(text=sentence.format(text)), from_buyer(), _ALL)]
    assert (len(valid) >= 20, missed) == (True, [])


@pytest.mark.parametrize("sentence", ["{}", "Please pay to {} today.", "Numer: {}, dziękuję", "x\n{}\ny"])
@pytest.mark.parametrize("validator", ["isIBAN", "isCreditCard"])
def test_no_invalid_number_of_the_collection_is_found(validator: str, sentence: str) -> None:
    invalid = {text for case in _cases(validator) if not case.get("args") for text in case.get("invalid", [])}
    # Without the picture behind it this is the IBAN that the same list calls valid; in a letter it is one.
    invalid.discard("FR7630006000011234567890189\U0001f605")
    found = [text for text in sorted(invalid) if find(a_message(text=sentence.format(text)), from_buyer(), _ALL)]
    assert (len(invalid) >= 7, found) == (True, [])
