"""Which requests to pay past the market are found, and what honest people write about money."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.verdict import Place
from mailbridge.policy.checks.payment_outside import KINDS, find
from tests.policy.stage import a_message, from_buyer
from tests.shared_data import shared_path

_ALL = {"kinds": KINDS}

FOUND = [
    ("Please pay me via PayPal friends and family, no fees then.", "friends"),
    ("Zapłać przez PayPal jako znajomy, będzie szybciej.", "friends"),
    ("Bitte per PayPal an Freunde zahlen.", "friends"),
    ("PayPal amici e parenti va bene?", "friends"),
    ("PayPal entre amis si possible", "friends"),
    ("Paga con paypal.me/annashop e spedisco subito", "link"),
    ("revolut.me/anna, dzięki", "link"),
    ("https://wise.com/pay/me/anna", "link"),
    ("Wyślij BLIK na telefon i wysyłam dziś.", "phone"),
    ("Send the money by Western Union please.", "agency"),
    ("Pay with an Amazon gift card", "voucher"),
    ("Proszę o przelew na moje konto, wtedy wysyłam.", "account"),
    ("Prosimy o wpłatę na nasze konto bankowe.", "account"),
    ("Please transfer the amount to my bank account and I will ship today.", "account"),
    ("Bitte überweisen Sie den Betrag auf mein Konto.", "account"),
    ("Può fare un bonifico sul mio conto?", "account"),
    ("Merci de faire un virement sur mon compte.", "account"),
    ("Puede hacer una transferencia a mi cuenta.", "account"),
    ("Send the cash in an envelope.", "cash"),
    ("Możesz wysłać gotówkę w kopercie.", "cash"),
    ("Bargeld im Brief ist auch recht", "cash"),
    ("It is cheaper outside of Amazon, write to me.", "outside"),
    ("Poza Allegro sprzedam taniej.", "outside"),
    ("Bez prowizji Allegro będzie taniej", "outside"),
    ("Außerhalb von eBay kann ich günstiger verkaufen.", "outside"),
    ("Wir können das an eBay vorbei machen", "outside"),
    ("Fuori da Amazon ti faccio uno sconto.", "outside"),
    ("En dehors de la plateforme je peux vous faire une remise.", "outside"),
    ("Sans passer par la plateforme, vous payez moins cher", "outside"),
    ("Fuera de la plataforma es más barato.", "outside"),
    ("You can pay in bitcoin if you like.", "coin"),
    ("Płatność w krypto też przyjmuję", "coin"),
    ("Ricarica la mia Postepay e spedisco.", "card"),
    ("Pay me directly with Revolut", "direct"),
    ("Przelej mi na Revolut 100 zł", "direct"),
    ("Hazme un bizum y te lo envío", "direct"),
    ("send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "coin_address"),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "coin_address"),
    ("0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe", "coin_address"),
]
NOT_FOUND = [
    "",
    "The refund goes to your bank account within 5 days.",
    "You paid by PayPal on the market, so the refund comes from them.",
    "We never ask you to pay outside of Amazon.",
    "Nie przyjmujemy płatności poza Allegro.",
    "Wir akzeptieren keine Zahlung außerhalb von eBay.",
    "Non è possibile pagare fuori dalla piattaforma.",
    "We don’t accept Western Union.",
    "Zwrot pieniędzy nastąpi na Państwa konto.",
    "Wpłata jeszcze nie dotarła na nasze konto, proszę o cierpliwość.",
    "Die Zahlung ist noch nicht auf unserem Konto eingegangen.",
    "Sie haben den Betrag auf mein Konto überwiesen, danke.",
    "Der Betrag wurde auf Ihr Konto überwiesen.",
    "Please transfer the refund to my bank account.",
    "Proszę o zwrot, przelew na moje konto",
    "Il bonifico non è ancora arrivato sul nostro conto.",
    "Le remboursement sera fait sur votre compte.",
    "Please send the crypto wallet Ledger Nano to my address.",
    "A nice gift for friends and family.",
    "You paid with PayPal. Our family business thanks you.",
    "Can I pay by PayPal?",
    "The parcel is outside the house. Please order again.",
    "You can return the order without any additional fees.",
    "Ich komme morgen vorbei. Kaufen Sie bei eBay.",
    "Take 10 % off the website price",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb, bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5, 0x1234",
    "8f953371d3e85eddb89b05ed6b9e680791055315c73e1025ab5dba7bb2aee189",
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_E20_a_request_to_pay_past_the_market_is_found(text: str, kind: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _ALL)
    assert {finding.detail for finding in findings} == {kind}
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_honest_words_about_money_are_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _ALL) == ()


def test_a_rule_may_look_for_one_kind() -> None:
    message = a_message(text="paypal.me/anna, poza Allegro taniej")
    assert [f.detail for f in find(message, from_buyer(), {"kinds": ("link",)})] == ["link"]


@given(st.text(alphabet="abeghnoprtuy PAZ01x.\n", max_size=300))
def test_spans_are_exact_and_never_overlap(text: str) -> None:
    text = f"{text} poza allegro taniej {text}"
    findings = find(a_message(text=text, subject=""), from_buyer(), _ALL)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_a_letter_that_changes_its_length_in_small_letters_moves_no_span() -> None:
    text = "İİİİ poza Allegro taniej"
    [finding] = find(a_message(text=text), from_buyer(), _ALL)
    assert (finding.start, finding.words) == (5, "poza Allegro")


def test_T70_a_letter_that_nobody_reads_counts_as_found_and_of_a_long_quote_the_ends_are_read() -> None:
    long, words = "a b " * 110_000, "poza Allegro taniej"
    [finding] = find(a_message(text=long), from_buyer(), _ALL)
    assert finding.detail == "too long to look at"
    quote = f"{words} {long} {words}"
    found = find(a_message(quoted_text=quote), from_buyer(), _ALL)
    assert [(f.place, quote[f.start : f.end]) for f in found] == [(Place.QUOTED_TEXT, "poza Allegro")] * 2


def test_findings_are_bounded_and_many_addresses_count_unreckoned() -> None:
    assert len(find(a_message(text="paypal.me/anna " * 100), from_buyer(), _ALL)) == 50
    wrong = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb "
    assert find(a_message(text=wrong * 20), from_buyer(), _ALL) == ()
    assert len(find(a_message(text=wrong * 22), from_buyer(), _ALL)) == 2


def test_the_addresses_of_the_collections_are_found_and_no_others() -> None:
    path = shared_path("data", "policy", "presidio", "recognizers.json")
    wrong = [
        case["text"]
        for case in json.loads(path.read_text(encoding="utf-8"))["crypto"]
        if len(find(a_message(text=case["text"]), from_buyer(), _ALL)) != case["expected_len"]
    ]
    assert wrong == []
