"""Reviews: what people ask a person to look at again, and what he finds (S-28, E-22, E-38)."""

import enum
from typing import Final

from mailbridge.domain.ids import RuleId


class ReviewKind(enum.Enum):
    """Who asks for what."""

    #: a buyer reports a message that he got
    REPORT = "report"
    #: a seller says that a step against him is wrong
    APPEAL = "appeal"
    #: a seller says that one message of his is no breach
    BREACH_APPEAL = "breach_appeal"
    #: nobody: a direct mail of a seller that copied the marketplace breaks a rule (S-73)
    DIRECT_MAIL = "direct_mail"


class Found(enum.Enum):
    """What a person found."""

    #: the message is in breach; the step was wrong
    UPHELD = "upheld"
    #: the message breaks nothing; the step stays
    DISMISSED = "dismissed"


#: by what name a breach is on record that a person found after a report
RULE_OF_REPORTS: Final = RuleId("review.report")
#: the same for a direct mail that he looked at
RULE_OF_DIRECT_MAIL: Final = RuleId("review.direct-mail")
