"""What servers say when they refuse, put off or return a mail: phrases of each reason, as data.

A phrase is sought in lower case with single blanks; " * " stands for up to 60 characters of anything. Rows stand in the
order in which they are asked, the more telling first: a server that says "mailbox full" and "user unknown" in one reply
means the first. CERTAIN is asked before the enhanced status that the server gave, LIKELY after it: "address rejected"
means nobody there only where nothing else is said.
"""

from mailbridge.message.bounces import mailboxes, refusals, systems
from mailbridge.message.bounces.row import Row

CERTAIN: tuple[Row, ...] = (
    mailboxes.NOT_IN_DIRECTORY,
    systems.GREYLISTED,
    mailboxes.SUPPRESSED,
    mailboxes.MAILBOX_FULL,
    refusals.VIRUS,
    refusals.AUTHENTICATION,
    refusals.REQUIRES_PTR,
    refusals.SPAM,
    refusals.BAD_REPUTATION,
    refusals.REJECTED,
    refusals.NO_RELAYING,
    systems.TOO_FAST,
    systems.TOO_MANY_CONNECTIONS,
    refusals.BLOCKED,
    mailboxes.HAS_MOVED,
    mailboxes.SUSPENDED,
    mailboxes.TOO_BIG,
    mailboxes.HOST_UNKNOWN,
    mailboxes.UNROUTABLE,
    mailboxes.NOT_ACCEPT,
    mailboxes.USER_UNKNOWN,
    refusals.TLS,
    refusals.NOT_COMPLIANT,
    refusals.SECURITY,
    systems.EXPIRED,
    systems.NETWORK,
    systems.SYSTEM_FULL,
    systems.MAILER,
    refusals.FILTERED,
)

LIKELY: tuple[Row, ...] = (
    mailboxes.LIKELY_USER_UNKNOWN,
    refusals.POLICY,
    mailboxes.EXCEEDS_LIMIT,
    systems.SYNTAX,
    systems.CONTENT,
    systems.SYSTEM,
    systems.LIKELY_EXPIRED,
)
