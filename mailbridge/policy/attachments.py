"""Decides what follows from the files of a message: which must be looked into first, which can not go out, which are
content by their author's own word (design.md promise 2, D15).

A file that can not be cleaned or read is held whatever the rules say (I10). Does not look into files.
"""

import re

from mailbridge.containers.kinds import PICTURES, Kind, kind_of
from mailbridge.domain.facts import Facts
from mailbridge.domain.files import LookedInto
from mailbridge.domain.ids import RuleId
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Action, Finding, Judgement, Mode, Place
from mailbridge.policy.plan import Disposition, Plan

#: what a judgement about a file that is not safe is filed under
FILES_RULE = RuleId("files")
_WORD = re.compile(r"[^\W\d_]+")
#: how words begin or end that say what a file is, in the languages of the markets
_DECLARED: dict[str, tuple[str, ...]] = {
    "invoice": ("invoice", "rechnung", "faktur", "fattur", "factur", "factuur"),
    "warranty": ("warrant", "guarant", "garanti", "garanz", "gwaranc"),
    "manual": ("manual", "anleitung", "handbuch", "instrukcj", "instruction", "istruzion", "handleiding"),
}
#: kinds of documents that may be declared; pictures and archives say nothing for themselves
_DOCUMENTS = frozenset({"pdf", "docx", "xlsx", "odt", "ods", "rtf"})


def containers_of(message: Message) -> tuple[tuple[int, Kind], ...]:
    """Place and kind of each attachment that may carry more than it shows."""
    kinds = ((number, kind_of(attachment.octets)) for number, attachment in enumerate(message.attachments))
    return tuple((number, kind) for number, kind in kinds if kind is not None)


def must_be_screened(plan: Plan, message: Message, facts: Facts) -> bool:
    """True where a message may not end as this plan says before somebody looked into its files."""
    if facts.screened is not None:
        return False
    if plan.disposition is Disposition.RELAYED:
        return bool(message.attachments) and bool(containers_of(message))
    # Rules that did not see into a winmail.dat judged the wrapping only (E14).
    return plan.verdict is not None and any(kind is Kind.TNEF for _, kind in containers_of(message))


def is_screened_at_once(message: Message) -> bool:
    """True where looking into its files takes a few milliseconds: pictures only."""
    return all(kind in PICTURES for _, kind in containers_of(message))


def has_unsafe_files(facts: Facts) -> bool:
    """True where a file could not be cleaned or read, and no person lets it go all the same."""
    return facts.screened is not None and not facts.screened.is_safe and not facts.pardon.leak_accepted


def judgements_on_files(facts: Facts) -> tuple[Judgement, ...]:
    """What is wrong with files, as a judgement that is not an admin's: it holds."""
    screened = facts.screened
    if screened is None or screened.is_safe:
        return ()
    findings = tuple(
        Finding(
            check=f"file_{one.trouble.value}",
            place=Place.ATTACHMENT,
            words=_named(file, one.place),
            detail=file.kind,
        )
        for file in screened.files
        for one in file.troubles
    )
    return (Judgement(rule=FILES_RULE, action=Action.HOLD, mode=Mode.ENFORCE, findings=findings),)


def _named(file: LookedInto, place: str) -> str:
    """The name the author gave, and the member inside."""
    names = [attachment.filename for attachment in file.files]
    name = names[0] if len(names) == 1 else ""
    return " / ".join(filter(None, (name, place))) or file.kind


def declared_as(file: LookedInto) -> str:
    """ "invoice", "warranty" or "manual" where the author calls a document so by its name; "" for any other file."""
    if file.kind not in _DOCUMENTS or len(file.files) != 1:
        return ""
    words = _WORD.findall(file.files[0].filename.rpartition(".")[0].lower())
    for kind, stems in _DECLARED.items():
        if any(word.startswith(stem) or word.endswith(stem) for word in words for stem in stems):
            return kind
    return ""
