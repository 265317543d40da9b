"""Reasons: the name a reply has in the log, which is its name in `domain/reply.py`."""

from mailbridge.domain import reply as table
from mailbridge.domain.reply import Reply

_NAMES: dict[tuple[int, str], str] = {
    (row.code, row.text): name.lower() for name, row in reversed(vars(table).items()) if isinstance(row, Reply)
}


def reason_of(reply: Reply) -> str:
    """The name of a reply; of one that is not in the table (it carries an incident), its code."""
    return _NAMES.get((reply.code, reply.text), str(reply.code))
