"""Finds files for which nobody says that they are what may be attached: an invoice, a warranty, a manual (S-25).

The author says so by the name of the file or in the text. Pictures need no purpose unless the rule asks for one. Does
not read what the file says.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.filewords import PURPOSES, attached, is_picture, speaks_of
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, strings


def find(message: Message, _facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per file; its words are the file name."""
    stems = tuple(stem for purpose in strings(parameters, "allowed") for stem in PURPOSES[purpose])
    files = [file for _, file in attached(message) if not is_picture(file) or not parameters["pictures_need_none"]]
    if not files or speaks_of(f"{message.subject}\n{message.new_text}", stems):
        return ()
    return tuple(
        Finding(check="attachment_purpose", place=Place.ATTACHMENT, words=file.filename, detail=file.content_type)
        for file in files
        if not speaks_of(file.filename.replace("_", " "), stems)
    )[:MAX_FINDINGS]
