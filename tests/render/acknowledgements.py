"""Draws the acknowledgement in our words and in a seller's own, and his copy, at phone and desktop width.

    python -m tests.render.acknowledgements FOLDER

writes one picture for each mail and language; it needs Chromium.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from mailbridge.domain.acknowledgement import AckText
from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import NewDelivery
from mailbridge.path.acktexts import Subject
from mailbridge.path.acktrial import trial
from mailbridge.path.post import Posting, post
from tests.path.world import World, a_world
from tests.render.chromium import picture_row
from tests.render.page import page

PHONE, DESKTOP = 360, 900
#: what a shop might write
OWN: Final = {
    "en": "Hello,\n\nthis is {{ seller }}. We answer from Monday to Friday, mostly within four hours"
    "{% if order %}, and have order {{ order }} at hand{% endif %}.\n\nKind regards\nyour team at {{ seller }}",
    "pl": "Dzień dobry,\n\ntu {{ seller }}. Odpowiadamy od poniedziałku do piątku, zwykle w ciągu czterech godzin"
    "{% if order %}, a zamówienie {{ order }} mamy pod ręką{% endif %}.\n\nPozdrawiamy\nzespół {{ seller }}",
    "it": "Buongiorno,\n\nqui {{ seller }}. Rispondiamo dal lunedì al venerdì, di solito entro quattro ore"
    "{% if order %}, e abbiamo già davanti l’ordine {{ order }}{% endif %}.\n\nCordiali saluti\n{{ seller }}",
    "de": "Guten Tag,\n\nhier ist {{ seller }}. Wir antworten montags bis freitags, meist innerhalb von vier Stunden"
    "{% if order %}, und haben die Bestellung {{ order }} vor uns{% endif %}.\n\nFreundliche Grüße\n{{ seller }}",
}


def mails(world: World, language: str) -> dict[str, bytes]:
    """The three mails in this language, as they go out."""
    row = world.bridge.store.seller_called("s1", None)
    seller = replace(row.seller, language=language)
    about = Subject(market=row.market, seller=seller, order="48213")
    to = RealAddress("reader@mail.example")
    ours = trial(about, language, to, world.bridge)
    own = trial(about, language, to, world.bridge, text=AckText(language=language, body=OWN[language]))
    return {
        "ours": _octets(ours.acknowledgement, world),
        "own": _octets(own.acknowledgement, world),
        "copy": _octets(own.copy, world),
    }


def _octets(posting: Posting, world: World) -> bytes:
    made = post(posting, world.bridge)
    if not isinstance(made, NewDelivery):
        raise TypeError("the gate stops nothing of it")
    return made.octets


def main(folder: Path) -> None:
    """Draw every one of them into a folder that is there."""
    with tempfile.TemporaryDirectory(prefix="mb-acks-") as place, a_world(Path(place)) as world:
        for language in OWN:
            for name, octets in mails(world, language).items():
                shown = page(octets)
                picture_row(((shown, PHONE), (shown, DESKTOP)), folder / f"{name}.{language}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
