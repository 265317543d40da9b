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
    systems.TOO_FAST,
    systems.TOO_MANY_CONNECTIONS,
    refusals.BLOCKED,
    mailboxes.HAS_MOVED,
    mailboxes.SUSPENDED,
    mailboxes.TOO_BIG,
    mailboxes.HOST_UNKNOWN,
    mailboxes.UNROUTABLE,
    mailboxes.NOT_ACCEPT,
    refusals.NO_RELAYING,
    mailboxes.USER_UNKNOWN,
    refusals.TLS,
    refusals.NOT_COMPLIANT,
    refusals.SECURITY,
    refusals.REJECTED,
    systems.EXPIRED,
    systems.NETWORK,
    systems.SYSTEM_FULL,
)

LIKELY: tuple[Row, ...] = (
    mailboxes.LIKELY_USER_UNKNOWN,
    refusals.POLICY,
    mailboxes.EXCEEDS_LIMIT,
    refusals.FILTERED,
    systems.SYNTAX,
    systems.CONTENT,
    systems.MAILER,
    systems.SYSTEM,
    systems.LIKELY_EXPIRED,
)
