"""Draws what a seller can do beside answering, the notices of undo and the public pages, at phone width (N-11, N-15).

    python -m tests.render.actions FOLDER

writes one picture for each language; it needs Chromium.
"""

import sys
import tempfile
from pathlib import Path

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.web.actionpages import ActionPages
from tests.builders import Client, a_mail
from tests.path.actionworld import ADDRESS, PUBLIC_URL, Talk, a_talk, stop_address
from tests.path.world import BUYER, CONTACT
from tests.render.chromium import picture_row
from tests.render.page import page

PHONE = 360
_ASKED = "Is the lamp still there? I would like to come by and take it home on Friday.\n\nKind regards\nAnna"


def documents(talk: Talk) -> tuple[str, ...]:
    """The seller's copy, the notice that a message waits, the one that it was stopped, and four pages."""
    asks = a_mail(BUYER, CONTACT, _ASKED, subject="Order 48213", client=Client.GMAIL)
    assert talk.world.mail(asks, CONTACT)[0].code == 250
    [(copy, got)] = talk.world.take(PostKind.RELAY)
    talk.writes("Yes, it is blue, and 40 cm high.\n\nRegards\nAcme")
    [(notice, told)] = talk.world.take()
    pages, tokens = ActionPages(talk.world.bridge), (action_in(got), stop_address(told)[4:36])
    shown = [pages.look(token, form) for token in tokens for form in (None, {"do": "act"})]
    undone = next(message for _, message in talk.later() if "40 cm" in (message.body.plain or ""))
    texts = [answer.text for answer in shown if answer is not None]
    mails = [page(copy.delivery.octets), page(notice.delivery.octets)]
    return (*mails, undone.body.html or "", *texts)


def action_in(got: Message) -> str:
    """The token of the second line: close."""
    return str(ADDRESS.findall(got.body.plain or "")[1])[4:36]


def main(folder: Path) -> None:
    """Draw them into a folder that is there."""
    for language in ("en", "pl", "it", "de"):
        with (
            tempfile.TemporaryDirectory(prefix="mb-acts-") as place,
            a_talk(Path(place), language=language, public_url=PUBLIC_URL, undo_s=60) as talk,
        ):
            picture_row(tuple((one, PHONE) for one in documents(talk)), folder / f"actions.{language}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
