"""Which names of services are written so that a filter shall not know them."""

import pytest

from mailbridge.policy.shadow import shadow_of
from mailbridge.policy.veiled import MAIL, MESSENGER, PAYMENT, veiled


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("wh4ts app", MESSENGER, "whatsapp"),
        ("Wh@tsApp", MESSENGER, "whatsapp"),
        ("1nst@", MESSENGER, "instagram"),
        ("T*l*gr*m", MESSENGER, "telegram"),
        ("m e s s e n g e r", MESSENGER, "facebook"),
        ("na W.h.a.t.s.a.p.p", MESSENGER, "whatsapp"),
        ("v1nt3d", MESSENGER, "vinted"),
        ("Klein+anzeigen", MESSENGER, "kleinanzeigen"),
        ("r3v0lut", PAYMENT, "direct"),
        ("re-vo-lut", PAYMENT, "direct"),
        ("w€ro", PAYMENT, "direct"),
        ("p a y p a l", PAYMENT, "direct"),
        ("b1tc0in", PAYMENT, "coin"),
        ("gm@il", MAIL, "mailbox"),
        ("h0tmail", MAIL, "mailbox"),
    ],
)
def test_K2_a_name_in_disguise_is_known(text: str, kind: str, value: str) -> None:
    assert [read.value for read in veiled(shadow_of(f"look, {text}, ok").lower, kind)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "WhatsApp, what's app, whats-app",
        "Pay Pal, pay-pal and PayPal",
        "tele gram, face book, tik-tok",
        "Kleinanzeigen und Klein-Anzeigen",
        "the signal is weak. Al solito, subito. In stazione",
        "a model WER0, part INST4-7",
        "we can not use wh4tsapp here",
        "***** four stars out of five *****",
        "insert the tether. Al centro",
    ],
)
def test_a_name_as_people_write_it_is_no_disguise(text: str) -> None:
    lower = shadow_of(text).lower
    assert not [read for kind in (MESSENGER, PAYMENT, MAIL) for read in veiled(lower, kind)]


def test_T70_names_in_disguise_without_end_are_bounded() -> None:
    assert len(list(veiled("wh4tsapp " * 2_000, MESSENGER))) <= 200
