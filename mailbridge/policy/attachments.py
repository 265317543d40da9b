"""Decides what follows from the files of a message: which must be looked into first, which can not go out (D15).

A file that is a container and can not be looked into, or is made to hurt, is held whatever the rules say (I10). What
only pretends to be one, or is broken, is octets: the gate has seen them, and they go out. Does not look into files.
"""

from mailbridge.containers.kinds import PICTURES, Kind, kind_of
from mailbridge.domain.facts import Facts
from mailbridge.domain.files import LookedInto
from mailbridge.domain.ids import RuleId
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.verdict import Action, Finding, Judgement, Mode, Place
from mailbridge.message.enclosed import looks_like_mail
from mailbridge.message.mailfiles import enclosed_files, is_mail_file
from mailbridge.policy.plan import Disposition, Plan

#: kind of an attachment that is a mail with files of its own
MAIL = "mail"
_PICTURES = frozenset(kind.value for kind in PICTURES)
#: what a judgement about a file that is not safe is filed under
FILES_RULE = RuleId("files")


def containers_of(message: Message) -> tuple[tuple[int, str], ...]:
    """Place and kind of each attachment that may carry more than it shows; "mail" for a mail with such files."""
    return tuple((number, kind) for number, attachment in enumerate(message.attachments) if (kind := _kind(attachment)))


def _kind(attachment: Attachment) -> str:
    kind = container_kind(attachment)
    if kind is not None:
        return kind.value
    if is_mail_file(attachment) and any(kind_of(file.octets) for file in enclosed_files(attachment.octets)):
        return MAIL
    return ""


def container_kind(attachment: Attachment) -> Kind | None:
    """What sort of container an attachment is; None for a mail, also for one that begins with a PDF in the clear."""
    return None if looks_like_mail(attachment.octets) else kind_of(attachment.octets)


def must_be_screened(plan: Plan, message: Message, facts: Facts) -> bool:
    """True where a message may not end as this plan says before somebody looked into its files."""
    if facts.screened is not None:
        return False
    if plan.disposition is Disposition.RELAYED or plan.trial is not None:
        return bool(message.attachments) and bool(containers_of(message))
    # Rules that did not see into a winmail.dat judged the wrapping only (E14).
    return plan.verdict is not None and any(kind_of(a.octets) is Kind.TNEF for a in message.attachments)


def is_screened_at_once(message: Message) -> bool:
    """True where looking into its files takes a few milliseconds: pictures only."""
    return all(kind in _PICTURES for _, kind in containers_of(message))


def has_unsafe_files(facts: Facts) -> bool:
    """True where a file is not safe, and no person lets it go all the same."""
    is_pardoned = facts.pardon.files_accepted or facts.pardon.leak_accepted
    return facts.screened is not None and not facts.screened.is_safe and not is_pardoned


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
        if one.trouble.holds
    )
    return (Judgement(rule=FILES_RULE, action=Action.HOLD, mode=Mode.ENFORCE, findings=findings),)


def _named(file: LookedInto, place: str) -> str:
    """The name the author gave, and the member inside."""
    names = [attachment.filename for attachment in file.files]
    name = names[0] if len(names) == 1 else ""
    return " / ".join(filter(None, (name, place))) or file.kind
