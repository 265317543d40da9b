"""What a server's words and codes mean: the reason of a failure, its enhanced status, and whether the address is dead.

By the tables of `phrases`; where no phrase is known, by the enhanced status (RFC 3463), then by the basic reply code
(RFC 5321 §4.2.3). Linear in the length of the text, of which a bounded part is read.
"""

import re
from dataclasses import dataclass

from mailbridge.domain.classification import FailureReason as Why
from mailbridge.domain.reply import DsnAction, EnhancedStatus
from mailbridge.message.bounces.mailboxes import LIKELY_USER_UNKNOWN
from mailbridge.message.bounces.phrases import CERTAIN, LIKELY
from mailbridge.message.bounces.row import Row

_MAX_CHARACTERS = 4_000
_BLANKS = re.compile(r"\s+")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
# "550 5.1.1", "550-5.1.1", "550 #5.1.1", "(#5.1.1)"; not "10.5.1.1" and not the version of a program.
_STATUS = re.compile(r"(?<![\d.])([245])\.([0-7])\.(\d{1,3})(?!\.?\d)")
_CODE = re.compile(
    r"(?<![\w.:@/+-])(421|45[0-9]|4[37]1|432|50[0-4]|510|511|52[0-9]|53[0-9]|541|55[0-9]|57[0-9])(?=[\s:;,\-)\]#]|$)"
)
_UNAVAILABLE = frozenset({550, 553})
_HARD = frozenset({Why.USER_UNKNOWN, Why.HOST_UNKNOWN, Why.HAS_MOVED, Why.NOT_ACCEPT})
_GAP = ".{0,60}?"

#: subject and detail of RFC 3463 (and those registered later) to what they say of the reason
_BY_STATUS: dict[tuple[int, int], Why] = {
    (1, 0): Why.USER_UNKNOWN,
    (1, 1): Why.USER_UNKNOWN,
    (1, 2): Why.HOST_UNKNOWN,
    (1, 3): Why.USER_UNKNOWN,
    (1, 4): Why.USER_UNKNOWN,
    (1, 6): Why.HAS_MOVED,
    (1, 7): Why.REJECTED,
    (1, 8): Why.REJECTED,
    (1, 10): Why.USER_UNKNOWN,
    (2, 0): Why.FILTERED,
    (2, 1): Why.SUSPENDED,
    (2, 2): Why.MAILBOX_FULL,
    (2, 3): Why.EXCEEDS_LIMIT,
    (2, 4): Why.FILTERED,
    (3, 1): Why.SYSTEM_FULL,
    (3, 2): Why.NOT_ACCEPT,
    (3, 4): Why.TOO_BIG,
    (4, 1): Why.NETWORK,
    (4, 2): Why.NETWORK,
    (4, 4): Why.HOST_UNKNOWN,
    (4, 5): Why.TOO_MANY_CONNECTIONS,
    (4, 6): Why.NETWORK,
    (4, 7): Why.EXPIRED,
    (5, 3): Why.POLICY,
    (7, 0): Why.SECURITY,
    (7, 1): Why.POLICY,
    (7, 10): Why.TLS,
    (7, 20): Why.AUTHENTICATION,
    (7, 23): Why.AUTHENTICATION,
    (7, 24): Why.AUTHENTICATION,
    (7, 25): Why.REQUIRES_PTR,
    (7, 26): Why.AUTHENTICATION,
    (7, 27): Why.NOT_ACCEPT,
    (7, 29): Why.AUTHENTICATION,
}
_BY_SUBJECT = {
    3: Why.SYSTEM,
    4: Why.NETWORK,
    5: Why.SYNTAX,
    6: Why.CONTENT,
    7: Why.SECURITY,
}
#: basic reply code to subject and detail (RFC 3463 §2 with the texts of RFC 5321 §4.2.3)
_BY_CODE: dict[int, tuple[int, int]] = {
    421: (4, 2),
    431: (3, 1),
    432: (2, 1),
    450: (2, 0),
    451: (3, 0),
    452: (3, 1),
    454: (7, 0),
    510: (1, 1),
    511: (1, 1),
    521: (3, 2),
    523: (3, 4),
    530: (7, 0),
    535: (7, 8),
    541: (7, 1),
    551: (1, 6),
    552: (2, 2),
    556: (1, 10),
    571: (7, 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the words say."""

    #: ON_HOLD where neither words nor codes tell
    reason: Why
    #: as said, else by the reason
    status: EnhancedStatus
    #: whether the address is dead
    is_hard: bool


def meaning_of(words: str, action: DsnAction, reported: EnhancedStatus | None = None) -> Meaning:
    """Say what these words mean; `reported` is the Status field, which stays as it is (RFC 3464 §2.3.4)."""
    text = normal(words)
    said = status_in(text)
    code = _code_in(text)
    hint = reported if reported is not None and (reported.subject, reported.detail) != (0, 0) else said
    row = _row_of(text, CERTAIN)
    reason = row.reason if row is not None else _by_status(hint)
    if reason is None:
        row = _row_of(text, LIKELY)
        # 550 says "unavailable" of mailboxes and of much else: only the answer to RCPT is about the address.
        is_refused = row is None and code in _UNAVAILABLE and "rcpt" in text
        row = LIKELY_USER_UNKNOWN if is_refused else row
        reason = row.reason if row is not None else _by_code(code)
    status = _told(reported, said) or _settled(said, row, code, action)
    return Meaning(reason=reason, status=status, is_hard=_is_hard(reason, status, action))


def _told(reported: EnhancedStatus | None, said: EnhancedStatus | None) -> EnhancedStatus | None:
    """The Status field; where it is only "other", what the far server said itself (RFC 3464 §2.3.4, §2.3.6)."""
    if reported is None or (reported.subject, reported.detail) != (0, 0):
        return reported
    return said if said is not None and said.klass == reported.klass else reported


def normal(words: str) -> str:
    """The text in lower case with single blanks, as phrases are sought in it."""
    return _BLANKS.sub(" ", words[:_MAX_CHARACTERS].translate(_QUOTES)).strip().lower()


def status_in(text: str) -> EnhancedStatus | None:
    """The first enhanced status of a failure in a text, if it says any."""
    for match in _STATUS.finditer(text):
        if match[1] != "2":
            return EnhancedStatus(int(match[1]), int(match[2]), int(match[3]))
    return None


def says_code(text: str) -> bool:
    """Whether an SMTP reply of failure stands in the text."""
    return _code_in(text) is not None or status_in(text) is not None


def _code_in(text: str) -> int | None:
    match = _CODE.search(text)
    return int(match[1]) if match else None


def _row_of(text: str, rows: tuple[Row, ...]) -> Row | None:
    return next((row for row in rows if any(_says(text, phrase) for phrase in row.phrases)), None)


def _says(text: str, phrase: str) -> bool:
    first, gap, _ = phrase.partition(" * ")
    if first not in text:
        return False
    return not gap or re.search(_GAP.join(re.escape(part) for part in phrase.split(" * ")), text) is not None


def _by_status(status: EnhancedStatus | None) -> Why | None:
    if status is None:
        return None
    known = _BY_STATUS.get((status.subject, status.detail)) or _BY_SUBJECT.get(status.subject)
    # RFC 3463 §3.5: 4.4.4 is a router that could not tell for the moment; only 5.4.4 says that there is no such host.
    return Why.NETWORK if known is Why.HOST_UNKNOWN and status.klass == 4 else known


def _by_code(code: int | None) -> Why:
    subject = _BY_CODE.get(code) if code is not None else None
    return (_BY_STATUS.get(subject) or _BY_SUBJECT.get(subject[0]) or Why.ON_HOLD) if subject else Why.ON_HOLD


def _settled(said: EnhancedStatus | None, row: Row | None, code: int | None, action: DsnAction) -> EnhancedStatus:
    """The status where the report has no field for it."""
    if said is not None:
        return said
    known = row.detail if row is not None else _BY_CODE.get(code, (0, 0)) if code is not None else (0, 0)
    if code is not None:
        return EnhancedStatus(code // 100, *known)
    is_transient = action is DsnAction.DELAYED or (row is not None and row.is_transient)
    return EnhancedStatus(4 if is_transient else 5, *known)


def _is_hard(reason: Why, status: EnhancedStatus, action: DsnAction) -> bool:
    if action is not DsnAction.FAILED or reason not in _HARD:
        return False
    return reason is not Why.NOT_ACCEPT or status.klass == 5
