"""Area: what kind of conversation. Stands apart from `thread.py`, since the parties' settings name areas too."""

import enum


class Area(enum.Enum):
    """What kind of conversation (S-31, S-32, S-76 to S-86)."""

    QUESTION = "question"
    ORDER = "order"
    DISPUTE = "dispute"
    TICKET = "ticket"
    ENQUIRY = "enquiry"
    NOTE = "note"
