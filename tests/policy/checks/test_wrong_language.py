"""Which texts are in another language than their reader's."""

from dataclasses import replace
from typing import Any

import pytest

from mailbridge.domain.facts import AliasDestination
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.policy.checks.wrong_language import find
from tests.policy.stage import BUYER, MARKET, SELLER, a_message, an_alias, from_seller

TEXTS = {
    "en": "Dear Anna, we have received your question and the part you asked for will be with you on Friday. "
    "Please tell us whether this is fine for you.",
    "pl": "Dzień dobry, otrzymaliśmy Pani pytanie i część, o którą Pani prosiła, będzie u Pani w piątek. "
    "Proszę o informację, czy to jest w porządku dla Pani.",
    "it": "Gentile cliente, abbiamo ricevuto la sua domanda e il pezzo che ha chiesto sarà da lei venerdì. "
    "Ci dica per favore se questo va bene anche per lei.",
    "de": "Guten Tag, wir haben Ihre Frage erhalten und das Teil, nach dem Sie gefragt haben, wird am Freitag bei "
    "Ihnen sein. Bitte sagen Sie uns, ob das für Sie in Ordnung ist.",
    "fr": "Bonjour, nous avons reçu votre question et la pièce que vous avez demandée sera chez vous vendredi. "
    "Merci de nous dire si cela est bien pour vous.",
    "es": "Hola, hemos recibido su pregunta y la pieza que ha pedido estará en su casa el viernes. "
    "Por favor, díganos si esto está bien para usted y la fecha es buena.",
}
_DEFAULTS: dict[str, Any] = {"allowed": (), "market_languages": True, "min_words": 15}


def _look(message: Message | str, language: str = "", market: tuple[str, ...] = ("en",), **more: Any) -> list[str]:
    buyer, marketplace = replace(BUYER, language=language), replace(MARKET, languages=market)
    alias = an_alias(Role.BUYER)
    destination = AliasDestination(alias=alias, marketplace=marketplace, seller=SELLER, buyer=buyer)
    facts = from_seller(destination=destination, marketplace=marketplace)
    asked = message if isinstance(message, Message) else a_message(text=message)
    return [finding.detail for finding in find(asked, facts, _DEFAULTS | more)]


@pytest.mark.parametrize("language", TEXTS)
def test_E04_a_text_in_a_language_that_nobody_asked_for_is_found(language: str) -> None:
    others = tuple(code for code in TEXTS if code != language)
    for reader in others:
        assert _look(TEXTS[language], reader, (reader,)) == [language]
    assert _look(TEXTS[language], language) == []


def test_letters_without_marks_make_no_other_language() -> None:
    assert _look(TEXTS["pl"].translate(str.maketrans("ąćęłńóśżź", "acelnoszz")), "de", ("de",)) == ["pl"]


def test_the_markets_languages_are_fine_unless_the_rule_says_otherwise() -> None:
    assert _look(TEXTS["en"], "de", ("de", "en")) == []
    assert _look(TEXTS["en"], "de", ("de", "en"), market_languages=False) == ["en"]
    assert _look(TEXTS["en"], "", ("de", "en"), market_languages=False) == []
    assert _look(TEXTS["en"], "de", ("de",), allowed=("en",)) == []


def test_an_answer_in_the_language_of_the_question_is_fine() -> None:
    message = a_message(text=TEXTS["pl"], quoted_text="> " + TEXTS["pl"])
    assert _look(message, "de", ("de",)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok, thank you!",
        "Order 4711, EAN 5901234123457, PL-2134, DHL, RR123456789PL, 12,50 EUR, 20x30 cm, XL",
        f"{TEXTS['en']} {TEXTS['de']}",
        "Köszönjük a rendelését, a csomagot holnap adjuk fel, kérjük, hogy várja meg otthon a futárt tíz óra után.",
    ],
)
def test_what_can_not_be_told_is_no_finding(text: str) -> None:
    assert _look(text, "de", ("de",)) == []


def test_a_reader_of_a_language_that_is_not_known_is_left_alone() -> None:
    assert _look(TEXTS["es"], "pt", ("pt",)) == []


def test_the_finding_covers_the_text() -> None:
    [finding] = find(a_message(text=TEXTS["fr"]), from_seller(), _DEFAULTS)
    assert (finding.start, finding.end, finding.words) == (0, len(TEXTS["fr"]), TEXTS["fr"])
