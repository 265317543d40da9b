"""The tables of acknowledgements: what sellers set about them, and which went out.

Beside `tables.py`, whose words on types hold here too.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Table, Text

from mailbridge.store.tables import metadata

#: every state of each seller's settings, append only; the highest number is in force
ack_settings = Table(
    "ack_settings",
    metadata,
    Column("seller_id", Text, ForeignKey("sellers.id"), primary_key=True),
    # 1, 2, ... of this seller: of two saves at the same moment one is second
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    # who saved it: "command" or "import"
    Column("by", Text, nullable=False),
    # sealed with the seller's key: switches, names, the further mailbox, texts
    Column("content", LargeBinary, nullable=False),
)

#: acknowledgements that fell due, once per thread, append only: what the brakes count
acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("thread_id", Text, ForeignKey("threads.id"), primary_key=True),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("buyer_id", Text, ForeignKey("buyers.id"), nullable=False),
    # keyed hash of what it is counted by: the domain of the mailbox; at a public provider its address without the
    # tag, NULL without a tag
    Column("domain_hash", LargeBinary),
    Column("at", BigInteger, nullable=False),
    # why it was not sent (policy/ackbrakes.py); "" where it was
    Column("reason", Text, nullable=False),
)
