"""What one language contributes to reading a reply: the words its mail programs and people put around a message.

All words are lower case and matched as they stand, so that adding a language takes no code. Recognises nothing:
`message/attribution.py` and `message/endings.py` do.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language."""

    #: ISO 639-1
    code: str
    #: verbs of an attribution: "On ... X *wrote*:"
    wrote: tuple[str, ...]
    #: what stands before the date of an attribution, with its blank: "*on* 3 May"
    opens: tuple[str, ...]
    #: names of weekdays, long and short, without dots
    days: tuple[str, ...]
    #: names of months, long and short, without dots
    months: tuple[str, ...]
    #: what clients translate From with, without colon
    from_: tuple[str, ...]
    #: Sent and Date
    sent: tuple[str, ...]
    #: To
    to: tuple[str, ...]
    #: Cc and Bcc
    copy: tuple[str, ...]
    #: Subject
    subject: tuple[str, ...]
    #: Reply-To, Importance, Attachments and other fields that may stand among them
    other: tuple[str, ...]
    #: titles between dashes: "-----*Original Message*-----"
    original: tuple[str, ...]
    #: the same without dashes, with a colon: "*Begin forwarded message*:"
    forwarded: tuple[str, ...]
    #: how people say that they answer within the text that they quote: "*see my answers* below"
    inline: tuple[str, ...] = ()
    #: what a person calls what he writes into the quoted text, and where he says that it stands: "my *answers* are
    #: *in red*"
    answers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    #: ticket systems: "*reply above this line*"
    above: tuple[str, ...] = ()
    #: beginnings of what a program or phone adds below: "*sent from my* iPhone"
    device: tuple[str, ...] = ()
    #: with these a person speaks of himself, a program never does: "from my phone *I* can not open it"
    first_person: tuple[str, ...] = ()
    #: what he puts before his own data when he tells them: "*our* VAT number is ..."
    possessives: tuple[str, ...] = ()
    #: how and when goods are sent; mail programs say "sent by" too, but never this: "sent by *registered* mail *today*"
    parcels: tuple[str, ...] = ()
    #: formulas that close a letter, without punctuation
    closings: tuple[str, ...] = ()
    #: beginnings of confidentiality notices and their kin
    disclaimer: tuple[str, ...] = ()
    #: words of which such a notice holds at least one
    secrecy: tuple[str, ...] = ()
    #: what the law makes companies write below a letter: registers, courts, tax numbers
    imprint: tuple[str, ...] = ()
    #: notes of virus scanners
    scanned: tuple[str, ...] = ()
    #: what mailing lists and notification services write below
    listing: tuple[str, ...] = ()


def words(joined: str) -> tuple[str, ...]:
    """Words that stand one behind the other, with bars between them: long lists stay readable."""
    return tuple(joined.split("|"))
