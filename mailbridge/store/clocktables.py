"""The table of deadlines: every round of both clocks of every conversation.

Beside `tables.py`, whose words on types hold here too.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text

from mailbridge.store.tables import metadata

#: a row for each round; the newest of a clock says how it stands
deadlines = Table(
    "deadlines",
    metadata,
    Column("thread_id", Text, ForeignKey("threads.id"), primary_key=True),
    # value of WhichClock
    Column("which", Text, primary_key=True),
    # 1, 2, ... within the clock
    Column("number", Integer, primary_key=True),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    # id of the clock in the rules
    Column("clock", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    # NULL while an answer is awaited
    Column("ended_at", BigInteger),
    # value of Ending
    Column("ending", Text),
    # when the log is told next, first that it is near, then that it is missed; NULL when there is nothing more to tell
    Column("tell_at", BigInteger),
)
