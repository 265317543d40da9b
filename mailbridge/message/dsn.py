"""Read what comes back to our return paths: delivery status notifications (RFC 3464), and bounces in other forms.

Only action and status are taken: which delivery it is about is known from the address it came to. Nothing of its text,
its diagnostics or the mail inside ever reaches the other side (T-51). The DSN that we send is a composition of its own:
`compose.DeliveryStatus`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes

from mailbridge.domain.delivery import DsnAction
from mailbridge.domain.reply import EnhancedStatus
from mailbridge.message.fields import parse_author_field
from mailbridge.message.structure import LimitPassed, Part, decoded_body, read_structure

_MAX_REPORT_OCTETS = 64 * 1024
# The detectors of other forms take time that grows with the square of what they read.
_MAX_HEURISTIC_OCTETS = 64 * 1024
_MAX_HEURISTIC_LINES = 1_000
_MAX_RECIPIENTS = 100
_GROUP_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_ACTION = re.compile(rb"^action[ \t]*:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^status[ \t]*:[ \t]*([245])\.(\d{1,3})\.(\d{1,3})", re.IGNORECASE | re.MULTILINE)
_STATUS_IN_TEXT = re.compile(rb"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
# What counts where a report names several recipients: ours is one of them, the worst news wins.
_WORST_FIRST = (
    DsnAction.FAILED,
    DsnAction.DELAYED,
    DsnAction.EXPANDED,
    DsnAction.RELAYED,
    DsnAction.DELIVERED,
)
_ACTIONS = {action.value.encode("ascii"): action for action in DsnAction}


@dataclass(frozen=True, slots=True, kw_only=True)
class DsnReport:
    """What a DSN says; a None means that it does not say."""

    action: DsnAction | None
    status: EnhancedStatus | None

    @property
    def is_failure(self) -> bool:
        """True where the mail will not arrive; a delay is none (RFC 3464 §2.3.3)."""
        return self.action is DsnAction.FAILED


def read_dsn(content: bytes) -> DsnReport | None:
    """Return what a mail at a return path reports, or None where it is no bounce (vacation notes come here too, B5)."""
    try:
        root = read_structure(content)
    except LimitPassed:
        return None
    for part in _parts(root):
        if part.content_type.value in {"message/delivery-status", "message/global-delivery-status"}:
            report = _of_report(decoded_body(content, part)[:_MAX_REPORT_OCTETS])
            if report is not None:
                return report
    return _of_other_forms(content)


def _parts(root: Part) -> Iterator[Part]:
    waiting = [root]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(part.children)


def _of_report(body: bytes) -> DsnReport | None:
    """RFC 3464 §2.1: groups parted by blank lines, the first about the mail, each other about a recipient."""
    reports = [_of_group(group) for group in _GROUP_END.split(body)[: _MAX_RECIPIENTS + 1]]
    known = [report for report in reports if report.action is not None]
    if not known:
        return None
    return min(known, key=lambda report: _WORST_FIRST.index(report.action or DsnAction.DELIVERED))


def _of_group(group: bytes) -> DsnReport:
    action, status = _ACTION.search(group), _STATUS.search(group)
    return DsnReport(action=_ACTIONS.get(action[1].lower()) if action else None, status=_status(status))


def _status(match: re.Match[bytes] | None) -> EnhancedStatus | None:
    return EnhancedStatus(int(match[1]), int(match[2]), int(match[3])) if match else None


def _of_other_forms(content: bytes) -> DsnReport | None:
    """Bounces of programs that never heard of RFC 3464: the detectors of Mailman."""
    from flufl.bounce import all_failures

    content = b"\n".join(content[:_MAX_HEURISTIC_OCTETS].splitlines()[:_MAX_HEURISTIC_LINES])
    try:
        mail = message_from_bytes(content)
        if not parse_author_field(str(mail["from"] or "")):  # one detector fails without, and logs it
            del mail["from"]
            mail["from"] = "MAILER-DAEMON"
        temporary, permanent = all_failures(mail)
    except Exception:  # noqa: BLE001 - T-63: detectors run over hostile text; what they choke on is no bounce we know
        return None
    if not temporary and not permanent:
        return None
    status = _status(_STATUS_IN_TEXT.search(content))
    return DsnReport(action=DsnAction.FAILED if permanent else DsnAction.DELAYED, status=status)
