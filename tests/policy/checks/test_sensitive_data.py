"""Which personal numbers and secrets are found, and what honest people and companies write."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.files import FileText, LookedInto, Screened
from mailbridge.domain.message import Attachment
from mailbridge.policy.checks.sensitive_data import KINDS, find
from tests.policy.stage import a_message, an_offer, from_buyer
from tests.shared_data import shared_path

_ALL = {"kinds": KINDS}

FOUND = [
    ("Mój PESEL to 44051401458.", "44051401458", "pesel"),
    ("44051401458", "44051401458", "pesel"),
    ("C.F. RSSMRA85T10A562S", "RSSMRA85T10A562S", "codice_fiscale"),
    ("il codice fiscale è rssmra85t10a562s", "rssmra85t10a562s", "codice_fiscale"),
    ("codice fiscale: RSSMRAURTMLAR6NS", "RSSMRAURTMLAR6NS", "codice_fiscale"),
    ("Meine Steuer-ID: 86 095 742 719", "86 095 742 719", "steuer_id"),
    ("IdNr. 86095742719 liegt vor", "86095742719", "steuer_id"),
    ("my NINO is ab123456c", "ab123456c", "nino"),
    ("AB 12 34 56 C", "AB 12 34 56 C", "nino"),
    ("SSN 078-05-1123", "078-05-1123", "ssn"),
    ("social security number: 078051123", "078051123", "ssn"),
    ("numéro de sécu 2 55 08 14 168 025 38", "2 55 08 14 168 025 38", "nir"),
    ("mi DNI 12345678Z", "12345678Z", "dni"),
    ("mi NIE: X-1234567-L", "X-1234567-L", "dni"),
    ("rodné číslo 710319/2745", "710319/2745", "rodne_cislo"),
    ("passport number AB1234567", "AB1234567", "document"),
    ("nr paszportu AB 1234567", "AB 1234567", "document"),
    ("nr dowodu: ABC 123456", "ABC 123456", "document"),
    ("Reisepassnummer C01X00T478", "C01X00T478", "document"),
    ("Carta d’identità n. CA12345AA", "CA12345AA", "document"),
    ("hasło: Kotek123!", "Kotek123", "password"),
    ("hasło do konta to Kotek123", "Kotek123", "password"),
    ("My password is hunter22.", "hunter22", "password"),
    ("das Passwort lautet Sommer2020", "Sommer2020", "password"),
    ("la password è Pippo1234", "Pippo1234", "password"),
    ("mot de passe : Azerty123", "Azerty123", "password"),
    ("contraseña: Abcd1234", "Abcd1234", "password"),
    ("key AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "secret"),
    ("-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----", "secret"),
]
NOT_FOUND = [
    "",
    "NIP 526-025-09-95, REGON 146025099, KRS 0000012345",
    "P.IVA 01234567890, REA MI-1234567",
    "USt-IdNr. DE123456789, HRB 12345",
    "44051401459",
    "numer przesyłki 44051401458",
    "oferta 44051401458",
    "id_44051401458 and 440514014581",
    "tel. 48601234567",
    "zakup nr dowodu zakupu: 123456",
    "etui na paszport AB1234567",
    "Das passt nicht: 1234567",
    "Ausweis mitbringen. 12345 Berlin",
    "dostępne w ml 10 20 30 a także",
    "artykuł 12345678Z",
    "078-05-1123",
    "12345678Z, X1234567L",
    "to nie 12345678Z",
    "rodné město 710319/2745",
    "my password is incorrect",
    "Passwort: mindestens 8 Zeichen",
    "hasło Wi-Fi: 12345678",
    "the default password is admin123",
    "hasło ma 8 znaków",
    "password: see https://bazaar.example/help/1",
    "mail 201702281549075 of that night",
    "?password=testjay1&bounceto=2",
    "sk_live_ and AKIA are how keys begin 1",
    "https://bazaar.example/a=AKIAIOSFODNN7EXAMPLE",
]


@pytest.mark.parametrize(("text", "words", "kind"), FOUND)
def test_S25_sensitive_data_is_found_as_written(text: str, words: str, kind: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _ALL)
    assert [(finding.words.rstrip("!."), finding.detail) for finding in findings] == [(words, kind)]
    assert text[findings[0].start : findings[0].end] == findings[0].words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_honest_people_and_companies_write_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _ALL) == ()


def test_the_tax_id_of_a_sole_trader_is_no_finding_in_his_imprint() -> None:
    below = "Mario Rossi, C.F. RSSMRA85T10A562S, NIF 12345678Z"
    assert find(a_message(text="Ciao", imprint=below, signature=below), from_buyer(), _ALL) == ()
    assert len(find(a_message(text=below), from_buyer(), _ALL)) == 2


def test_an_invoice_shows_a_tax_id() -> None:
    texts = (FileText(place="page 1", text="Fattura n. 12\nC.F. RSSMRA85T10A562S", is_metadata=False),)
    file = Attachment(filename="a.pdf", content_type="application/pdf", octets=b"")
    screened = Screened(files=(LookedInto(number=0, kind="pdf", files=(file,), texts=texts),))
    assert find(a_message(), from_buyer(screened=screened), _ALL) == ()


def test_one_name_may_stand_for_several_numbers() -> None:
    text = "SSN: 078-051121 07805-1121"
    assert [f.words for f in find(a_message(text=text), from_buyer(), _ALL)] == ["078-051121", "07805-1121"]


def test_a_rule_may_look_for_one_kind() -> None:
    message = a_message(text="44051401458, DNI 12345678Z")
    assert [f.detail for f in find(message, from_buyer(), {"kinds": ("dni",)})] == ["dni"]


def test_the_number_of_an_offer_is_no_finding() -> None:
    assert find(a_message(text="44051401458"), from_buyer(offers=(an_offer("44051401458"),)), _ALL) == ()


@given(st.text(alphabet="0123456789 -/ABXZabsn:.\n", max_size=300))
def test_spans_are_exact_and_never_overlap(text: str) -> None:
    findings = find(a_message(text=text, subject=""), from_buyer(), _ALL)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_T70_a_text_of_digits_counts_as_found_and_findings_are_bounded() -> None:
    [finding] = find(a_message(text="1 " * 500_000, subject=""), from_buyer(), {"kinds": ()})
    assert finding.detail == "too many digits to look at"
    assert len(find(a_message(text="44051401458 " * 500, subject=""), from_buyer(), _ALL)) == 50
    assert find(a_message(text="hasło to 1 " * 20_000, subject=""), from_buyer(), _ALL) == ()
    assert find(a_message(text="sk_1 " * 300, subject=""), from_buyer(), _ALL) == ()


#: what these collections call the kinds; those that many other numbers look like are looked for behind their names
_COLLECTED = {
    "de_tax_id": "Steuer-ID: {}",
    "es_nif": "DNI: {}",
    "it_fiscal_code": "{}",
    "pl_pesel": "{}",
    "uk_nino": "NINO: {}",
    "us_ssn": "SSN: {}",
}


@pytest.mark.parametrize("kind", _COLLECTED)
def test_the_texts_of_the_collection_are_told_apart(kind: str) -> None:
    path = shared_path("data", "policy", "presidio", "recognizers.json")
    cases = json.loads(path.read_text(encoding="utf-8"))[kind]
    wrong = [
        case["text"]
        for case in cases
        if len(find(a_message(text=_COLLECTED[kind].format(case["text"])), from_buyer(), _ALL)) != case["expected_len"]
    ]
    assert (len(cases) >= 5, wrong) == (True, [])
