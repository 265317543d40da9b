"""Which handles, links and invitations lead to another messenger, and what only names one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.verdict import Place
from mailbridge.policy.checks.messenger_handle import find
from mailbridge.policy.scanning import TOO_MUCH
from tests.policy.stage import a_message, from_buyer

_NONE: dict[str, tuple[str, ...]] = {"allowed_handles": (), "allowed_services": ()}

HANDLES = [
    ("Telegram: nocnalampa", "Telegram: nocnalampa", "telegram: nocnalampa"),
    ("we are @night_lamps on telegram", "@night_lamps on telegram", "telegram: @night_lamps"),
    ("my insta is night.lamps", "insta is night.lamps", "instagram: night.lamps"),
    ("ig: night_lamps", "ig: night_lamps", "instagram: night_lamps"),
    ("discord lamps#1234", "discord lamps#1234", "discord: lamps#1234"),
    ("skype: nora.lux", "skype: nora.lux", "skype: nora.lux"),
    ("WeChat ID: lamps83", "WeChat ID: lamps83", "wechat: lamps83"),
    ("Viber 601 234 567", "Viber 601 234 567", "viber: 601 234 567"),
    ("mój profil na Vinted: lampy83", "Vinted: lampy83", "vinted: lampy83"),
    ("Insta findest du uns unter lampen.nord", "Insta findest du uns unter lampen.nord", "instagram: lampen.nord"),
    ("my sn@p is lamps underscore 9", "sn@p is lamps underscore 9", "snapchat: lamps underscore 9"),
    ("night_lamps\nInstagram", "night_lamps\nInstagram", "instagram: night_lamps"),
    ("market.example/night_lamps on insta", "night_lamps on insta", "instagram: night_lamps"),
    ("nick:night_lamps (insta)", "night_lamps (insta", "instagram: night_lamps"),
    ("see t.me/nightlamps.", "t.me/nightlamps", "telegram: nightlamps"),
    ("https://www.instagram.com/night_lamps/", "https://www.instagram.com/night_lamps", "instagram: night_lamps"),
    ("t dot me slash lamps", "t dot me slash lamps", "telegram: lamps"),
    ("tg://resolve?domain=lamps", "tg://resolve?domain=lamps", "tg: resolve?domain=lamps"),
]
INVITATIONS = [
    ("write to me on WhatsApp", "WhatsApp", "whatsapp"),
    ("WhatsApp me", "WhatsApp", "whatsapp"),
    ("I can't answer here, text me on wh4tsapp", "wh4tsapp", "whatsapp"),
    ("on W.h.a.t.s.A.p.p you reach me faster", "W.h.a.t.s.A.p.p", "whatsapp"),
    ("proszę pisać do nas na Messengerze", "Messengerze", "facebook"),
    ("znajdzie nas Pani na OLX", "OLX", "olx"),
    ("scrivici su Telegram", "Telegram", "telegram"),
    ("Schreiben Sie uns über Signal", "Signal", "signal"),
    ("écrivez-moi sur WhatsApp", "WhatsApp", "whatsapp"),
    ("escríbeme por WhatsApp", "WhatsApp", "whatsapp"),
    ("пишите мне в телеграм", "телеграм", "telegram"),
    ("Haben Sie WhatsApp?", "WhatsApp", "whatsapp"),
    ("masz viber?", "viber", "viber"),
    ("the same lamp is on my Vinted", "Vinted", "vinted"),
    ("folgen Sie uns auf Instagram", "Instagram", "instagram"),
]
NOT_FOUND = [
    "We cannot write on WhatsApp.",
    "We cannot, unfortunately, write to you on WhatsApp.",
    "Please do not contact us on WhatsApp, write here.",
    "Niestety nie możemy pisać do Pani na Messengerze.",
    "Non possiamo scriverle su WhatsApp né su Telegram.",
    "Wir dürfen Ihnen leider nicht über WhatsApp schreiben.",
    "Nous ne pouvons pas vous écrire sur WhatsApp.",
    "Proszę pisać tutaj, nie przez WhatsApp.",
    "Bitte schreiben Sie uns hier statt auf WhatsApp.",
    "The watch shows messages from WhatsApp and Telegram.",
    "Uhr zeigt WhatsApp-Nachrichten an",
    "A messenger bag, a snap fastener, a line on the invoice",
    "There is no signal. Signal: 5 V, Signal cable 3m",
    "Line 3: order number, Line 2134-8812",
    "Insta360 camera, IG 12, GG 20, fb 5 mm, TT 3",
    "I saw it cheaper on OLX, kupiłam podobną na Vinted",
    "Facebook | Instagram | YouTube",
    "see whatsapp.com/legal and https://www.facebook.com/help",
    "anna@signal.example",
    "https://market.example/?id=03c10f7fd31db88a29d4\nInstagram",
    "market.example/item/rollei_35\nFacebook",
    "03c10f7fd31db88a29d4a44bdaa33fe754d4d26dc9f991189429d45e074d9ae5\nTwitter",
    "https://twitter.com/=",
    "",
]


@pytest.mark.parametrize(("text", "words", "detail"), [*HANDLES, *INVITATIONS])
def test_S74_a_way_to_another_messenger_is_found_as_written(text: str, words: str, detail: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [(finding.words, finding.detail) for finding in findings] == [(words, detail)]
    assert text[findings[0].start : findings[0].end] == words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_names_a_messenger_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


def test_an_invitation_in_the_subject_may_be_the_other_sides_a_handle_counts() -> None:
    message = a_message(text="No.", subject="write me on WhatsApp, telegram: night_lamps")
    assert [(f.place, f.detail) for f in find(message, from_buyer(), _NONE)] == [
        (Place.SUBJECT, "telegram: night_lamps")
    ]


def test_allowed_handles_and_services_are_no_finding() -> None:
    message = a_message(text="telegram: @Bazaar_Help, telegram: @night_lamps, write to me on WhatsApp")
    allowed = {"allowed_handles": ("bazaar_help",), "allowed_services": ("whatsapp",)}
    assert [finding.detail for finding in find(message, from_buyer(), allowed)] == ["telegram: @night_lamps"]


@given(st.text(alphabet="whatspig:@me on_.1 \n\u200b", max_size=300))
def test_spans_are_exact_and_in_order(text: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_I6_a_book_of_names_is_given_up_on_and_found() -> None:
    text = "whatsapp " * 5_000
    assert [finding.detail for finding in find(a_message(text=text), from_buyer(), _NONE)] == [TOO_MUCH]
    assert find(a_message(quoted_text=text), from_buyer(), _NONE) == ()


def test_Q7_a_long_text_with_a_name_that_is_a_word_is_no_finding() -> None:
    text = "\n".join(f"Line {number} of a long description of a lamp" for number in range(5_000))
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


@pytest.mark.parametrize(
    "text",
    [
        "anna underscore lampen",
        "jestem tam jako nocna_lampka",
        "sono lampade.di.notte",
        "ich bin dort der lampen_nord",
        "soy lampara_azul",
        "l.a.m.p.e.n.n.o.r.d",
        "tik tok: lampade punto notte",
        "tele-gran: lampara_azul",
    ],
)
def test_a_name_is_found_wherever_it_is(text: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert findings
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "an underscore character in the file name",
        "das Zeichen ist ein Unterstrich im Namen",
        "sono arrivato.grazie",
        "the file lamp_left.jpg and photo_2",
        "A.B.C.D.E.F.G.H.I",
        "options: s|i|o|b|t|n|m|h",
        "I'm sorry, part lamp_12 is gone",
    ],
)
def test_low_lines_and_dots_of_other_things_are_no_name(text: str) -> None:
    assert not find(a_message(text=text), from_buyer(), _NONE)
