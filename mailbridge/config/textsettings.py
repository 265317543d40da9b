"""What people read: texts of one's own, and how often acknowledgements go out. Tables like those in `settings.py`.

Whether a seller's buyers are answered at all, and in which words, is no setting of the bridge: that is trade data.
"""

from datetime import timedelta
from pathlib import Path

from mailbridge.config import kinds
from mailbridge.config.declare import setting, table


@table
class TemplateSettings:
    """Texts that are sent."""

    folder: Path | None = setting(
        kinds.optional(kinds.FOLDER),
        (
            "Folder with templates of your own; each file found there replaces the one of the same name that comes "
            "with Mailbridge."
        ),
        default="",
    )


@table
class AcknowledgementSettings:
    """How often buyers' first messages are acknowledged at most, whatever robots write to sellers."""

    cool_down: timedelta = setting(
        kinds.duration("1h", "30d"),
        "How long nothing must have been written between a buyer who got one and its seller before he gets another one "
        "from him. Each message within that time begins it anew.",
        default="24h",
    )
    per_buyer: int = setting(
        kinds.whole(1, 1_000), "Most to one buyer within 24 hours, of all sellers of a marketplace.", default=5
    )
    per_seller: int = setting(
        kinds.whole(1, 1_000_000), "Most in the name of one seller within 24 hours.", default=5_000
    )
    per_domain: int = setting(
        kinds.whole(1, 1_000_000),
        "Most to mailboxes of one domain within 24 hours; at public mail providers to one address with different tags.",
        default=2_000,
    )
    per_hour: int = setting(
        kinds.whole(1, 10_000_000),
        "Most of all within one hour. What is due beyond that is not sent, and an alert is logged (ack_stopped).",
        default=10_000,
    )
