"""Copies of a text: to whom its author sent it, found by keyed hashes that stand with the records of those mails.

The hash is made of author and text together: equal texts of two sellers do not show, nor does a text tell its reader
without the key. It goes with its record. What counts as the same text is `policy/sametext.py`'s to say.
"""

from datetime import datetime

from sqlalchemy import ColumnClause, Connection, bindparam, literal_column, select

from mailbridge.domain.facts import Copies
from mailbridge.policy.needs import FormText
from mailbridge.store.rows import instant
from mailbridge.store.seal import KeyRing
from mailbridge.store.statements import Query
from mailbridge.store.tables import records

#: mails with the same text that are counted, the newest first: bounds what one question costs
COPIES_READ = 500
_HASH_OCTETS = 16
_WENT_TO_NOBODY: tuple[ColumnClause[str], ...] = (literal_column("'refused'"), literal_column("'undone'"))

#: what a person refused, or its author stopped, went to nobody
_SENT = Query(
    select(records.c.reader_hash, records.c.received_at)
    .where(records.c.text_hash == bindparam("text_hash"), records.c.state.not_in(_WENT_TO_NOBODY))
    .order_by(records.c.received_at.desc())
    .limit(COPIES_READ)
)


def copies_of(connection: Connection, keys: KeyRing, form: FormText) -> Copies:
    """Who else got this text, and by what the record of this mail shall be found."""
    text_hash = keys.mac("text", f"{form.author} {form.text}".encode("utf-8", "surrogatepass"))[:_HASH_OCTETS]
    reader_hash = keys.mac("reader of text", text_hash + form.reader.encode())[:_HASH_OCTETS]
    newest: dict[bytes, datetime] = {}
    for row in _SENT.all(connection, {"text_hash": text_hash}):
        newest.setdefault(bytes(row.reader_hash), instant(row.received_at))
    newest.pop(reader_hash, None)
    return Copies(text_hash=text_hash, reader_hash=reader_hash, sent_at=tuple(newest.values()))
