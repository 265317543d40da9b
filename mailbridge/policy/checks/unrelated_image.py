"""Finds pictures that are attached and that the text does not speak of (S-25).

Careful on purpose: a picture inside of the text, one that answers a question about pictures, one beside a few words
only, and one whose text shows anything at all is none. Whether it is evidence is the rule's business (area, direction).
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.filewords import OF_PICTURES, attached, is_picture, speaks_of
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, integer


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per picture; its words are the file name."""
    pictures = [file for _, file in attached(message) if is_picture(file)]
    if not pictures or len(message.new_text.split()) < integer(parameters, "min_words"):
        return ()
    # What was asked before stands in the quote, or was delivered to him before.
    spoken = (message.subject, message.new_text, message.quoted_text, *(facts.history or ())[-1:])
    if any(speaks_of(text, OF_PICTURES) for text in spoken):
        return ()
    return tuple(
        Finding(check="unrelated_image", place=Place.ATTACHMENT, words=file.filename, detail=file.content_type)
        for file in pictures
    )[:MAX_FINDINGS]
