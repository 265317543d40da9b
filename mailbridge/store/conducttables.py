"""The tables of conduct: what sellers start, what buyers do not want, what breaches lead to.

Beside `tables.py`, whose words on types hold here too.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Table, Text, UniqueConstraint

from mailbridge.store.tables import metadata

#: what sellers started and went out; numbered for each seller, so that of two at the same moment one is second
outreach = Table(
    "outreach",
    metadata,
    Column("record_id", Text, primary_key=True),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("buyer_id", Text, ForeignKey("buyers.id"), nullable=False),
    Column("order_id", Text, ForeignKey("orders.id")),
    # value of Reason; "" for none
    Column("reason", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("seller_id", "number"),
)

#: what buyers do not want; a wish that is taken back is deleted, and an event tells of it
opt_outs = Table(
    "opt_outs",
    metadata,
    Column("buyer_id", Text, ForeignKey("buyers.id"), primary_key=True),
    # "" for every seller of the marketplace
    Column("seller_id", Text, primary_key=True),
    # value of OptOutKind
    Column("kind", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    # "mail", "web" or "command"
    Column("via", Text, nullable=False),
)

#: what was done to a seller and why, append only but for `lifted_at`: the strictest in force says where he stands;
#: numbered for each seller, so that of two steps at the same moment one is second
sanctions = Table(
    "sanctions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("number", Integer, nullable=False),
    # value of Step
    Column("step", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    # NULL: until a person lifts it
    Column("until", BigInteger),
    Column("lifted_at", BigInteger),
    # the ladder's id, or "person"
    Column("by", Text, nullable=False),
    # which step of that ladder, from 0
    Column("rung", Integer),
    # JSON that names nobody: points needed, and messages that count with their rules
    Column("grounds", Text, nullable=False),
    # sealed with the seller's key: what a person gave as reason
    Column("why", LargeBinary),
    UniqueConstraint("seller_id", "number"),
)

#: what people ask a person to look at: buyers a message, sellers a step against them; each once
reviews = Table(
    "reviews",
    metadata,
    Column("id", Text, primary_key=True),
    # value of ReviewKind
    Column("kind", Text, nullable=False),
    # the message that is reported or looked at
    Column("record_id", Text),
    # the step that is appealed
    Column("sanction_id", Text, unique=True),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    # the record of the mail that asks, with the words of its author
    Column("asked_in", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    # NULL while nobody decided
    Column("settled_at", BigInteger),
    # value of Found
    Column("found", Text),
    # sealed with the seller's key: what the person who decided gave as reason
    Column("why", LargeBinary),
    UniqueConstraint("record_id", "kind"),
)

#: breaches of rules by sellers, which the ladder counts
breaches = Table(
    "breaches",
    metadata,
    Column("record_id", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("severity", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    # a person found that it was none
    Column("dismissed_at", BigInteger),
)
