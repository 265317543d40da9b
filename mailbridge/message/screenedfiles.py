"""Puts the files of a message as they were cleaned in place of those that came, and what a winmail.dat held.

Text of a winmail.dat counts only where the message has no other: else it is a second wording that no client shows.
"""

from dataclasses import replace

from mailbridge.domain.files import Screened
from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.message.body import with_body


def with_screened(message: Message, screened: Screened | None) -> Message:
    """The message as rules and masker shall see it; itself where nobody looked into its files."""
    if screened is None or not screened.files:
        return message
    by_number = {file.number: file for file in screened.files}
    attachments: list[Attachment] = []
    body = message.body
    for number, attachment in enumerate(message.attachments):
        file = by_number.get(number)
        attachments += (attachment,) if file is None else file.files
        if file is not None and file.body is not None and not _has_text(body):
            body = file.body
    seen = replace(message, attachments=tuple(attachments))
    return seen if body is message.body else with_body(seen, body)


def _has_text(body: Body) -> bool:
    return bool((body.plain or "").strip() or (body.html or "").strip())
