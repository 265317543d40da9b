"""The tables. Portable: SQLite and PostgreSQL 15+ have the same ones.

Instants are whole microseconds since 1970 UTC, enums their text, ids text that sorts by time. Columns that hold what
a person wrote or an address are sealed (`LargeBinary`, design.md D14); addresses are found by `*_hash`. A changed
column needs a migration beside it. Indexes stand in `indexes.py`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

#: names are fixed, so that a migration can name what it drops
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: single values: "key_check" (opens only with the right key file), "catalogue" (grows with every change of trade data)
marks = Table(
    "marks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("octets", LargeBinary, nullable=False),
)

marketplaces = Table(
    "marketplaces",
    metadata,
    Column("id", Text, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("alias_domain", Text, nullable=False, unique=True),
    # everything else as JSON: read whole, never searched
    Column("settings", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
)

sellers = Table(
    "sellers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("marketplace_id", Text, ForeignKey("marketplaces.id"), nullable=False),
    Column("reference", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("is_business", Boolean, nullable=False),
    # NULL: nobody ever said; then he is told
    Column("told_of_opt_outs", Boolean),
    Column("is_active", Boolean, nullable=False),
    # wrapped holder key
    Column("holder", LargeBinary, nullable=False),
    # sealed: names, phones and postal addresses of the people behind the shop; NULL where none were ever given
    Column("content", LargeBinary),
    # JSON: when the list of what is due comes, as "08:00"; NULL in those of older releases
    Column("due_mail_at", Text),
    # NULL: nobody ever said; then it takes a word
    Column("first_answer_takes", Boolean),
    # since when nobody of it wants buyers' messages; NULL while somebody does
    Column("messaging_off_at", BigInteger),
    # how long its messages wait to be stopped; NULL where nobody ever said
    Column("undo_s", Integer),
    UniqueConstraint("marketplace_id", "reference"),
    UniqueConstraint("marketplace_id", "contact"),
)

buyers = Table(
    "buyers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("marketplace_id", Text, ForeignKey("marketplaces.id"), nullable=False),
    # NULL for a buyer that the market never named
    Column("reference", Text),
    Column("language", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("holder", LargeBinary, nullable=False),
    # sealed: the handle and the name
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("marketplace_id", "reference"),
)

mailboxes = Table(
    "mailboxes",
    metadata,
    Column("owner_id", Text, primary_key=True),
    Column("address_hash", LargeBinary, primary_key=True),
    Column("marketplace_id", Text, ForeignKey("marketplaces.id"), nullable=False),
    Column("role", Text, nullable=False),
    # "" for a buyer, who shares a mailbox with nobody on his marketplace; the id of a seller, who may
    Column("scope", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("is_primary", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    # sealed with the owner's key: address, what else proves it, what a seller set about it
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("marketplace_id", "role", "scope", "address_hash"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("marketplace_id", Text, ForeignKey("marketplaces.id"), nullable=False),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("buyer_id", Text, ForeignKey("buyers.id"), nullable=False),
    Column("stands_for", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("seller_id", "buyer_id", "stands_for", "marketplace_id"),
)

orders = Table(
    "orders",
    metadata,
    Column("id", Text, primary_key=True),
    Column("marketplace_id", Text, ForeignKey("marketplaces.id"), nullable=False),
    Column("reference", Text, nullable=False),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("buyer_id", Text, ForeignKey("buyers.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("completed_at", BigInteger),
    Column("fulfilled_by", Text, nullable=False),
    Column("is_gift", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    # when it was placed, as far as the market says, else when it came on record; NULL for those of older releases
    Column("placed_at", BigInteger),
    UniqueConstraint("marketplace_id", "reference"),
)

offers = Table(
    "offers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("marketplace_id", Text, ForeignKey("marketplaces.id"), nullable=False),
    Column("reference", Text, nullable=False),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    UniqueConstraint("marketplace_id", "reference"),
)

threads = Table(
    "threads",
    metadata,
    Column("id", Text, primary_key=True),
    Column("marketplace_id", Text, ForeignKey("marketplaces.id"), nullable=False),
    Column("seller_id", Text, ForeignKey("sellers.id"), nullable=False),
    Column("buyer_id", Text, ForeignKey("buyers.id"), nullable=False),
    # 1, 2, ... within the pair: two first mails at the same moment can not both open number 1
    Column("pair_number", Integer, nullable=False),
    Column("area", Text, nullable=False),
    Column("order_id", Text, ForeignKey("orders.id")),
    Column("offer_id", Text, ForeignKey("offers.id")),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("is_acknowledged", Boolean, nullable=False),
    Column("seller_was_written_to", Boolean, nullable=False),
    Column("buyer_was_written_to", Boolean, nullable=False),
    Column("holder", LargeBinary, nullable=False),
    # sealed: subjects, references of order, offer and market, root and newest message ids
    Column("content", LargeBinary, nullable=False),
    # when the marketplace was called to it after a long silence
    Column("market_joined_at", BigInteger),
    # for lists, as are the three below: who wrote last, what the buyer's messages are about (names of topics, each
    # between blanks), how urgent that is, and whether a person ever wrote. NULL where it was before they were kept
    Column("last_by", Text),
    Column("topics", Text),
    Column("urgency", Integer),
    Column("has_people", Boolean),
    UniqueConstraint("seller_id", "buyer_id", "pair_number"),
)

records = Table(
    "records",
    metadata,
    Column("id", Text, primary_key=True),
    Column("queue_id", Text, nullable=False),
    Column("marketplace_id", Text),
    Column("thread_id", Text, ForeignKey("threads.id")),
    Column("seller_id", Text),
    Column("buyer_id", Text),
    Column("direction", Text),
    Column("door", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    # value of Disposition, later "released" or "refused" for a settled hold; a row of "screening" is replaced whole, or
    # becomes "undone"
    Column("state", Text, nullable=False),
    Column("disposition", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("hold", Text),
    Column("ruleset", Text, nullable=False),
    # JSON of what names nobody: reply, sizes, counts, rules and actions
    Column("public", Text, nullable=False),
    Column("dedupe_key", LargeBinary, unique=True),
    # of mail that is being screened: keyed hash of its two people, by which later mail of theirs waits behind it
    Column("waits_key", LargeBinary),
    # keyed hashes of the Message-ID under which each side knows it
    Column("buyer_id_hash", LargeBinary),
    Column("seller_id_hash", LargeBinary),
    # of a seller's mail, while a rule counts copies: keyed hashes of author and text, and of that text's reader
    Column("text_hash", LargeBinary),
    Column("reader_hash", LargeBinary),
    # the content key, wrapped for each holder; `wrap_store` only where nobody is known
    Column("wrap_thread", LargeBinary),
    Column("wrap_seller", LargeBinary),
    Column("wrap_buyer", LargeBinary),
    Column("wrap_store", LargeBinary),
    # sealed: envelope, texts, verdict with words
    Column("details", LargeBinary, nullable=False),
    # sealed: the mail as it came
    Column("octets", LargeBinary, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    # NULL for a digest
    Column("record_id", Text),
    Column("thread_id", Text),
    Column("marketplace_id", Text),
    Column("kind", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    # when it may be claimed: end of the lease while leased, next attempt otherwise; NULL unless pending
    Column("due_at", BigInteger),
    Column("leased_by", Text),
    Column("fencing_token", Integer, nullable=False),
    Column("composed_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    # what the last attempt said: RFC 3463 status and sealed words
    Column("status", Text),
    Column("diagnostic", LargeBinary),
    # keyed hash of the id in the smarthost's 250 (D5)
    Column("remote_hash", LargeBinary),
    # keyed hash of the Message-ID of mail that is no relay, so that an answer to it finds the thread
    Column("message_hash", LargeBinary),
    # its own content key where there is no record
    Column("wrap_store", LargeBinary),
    # sealed with the record's content key, or with its own: addresses, Message-ID, octets
    Column("content", LargeBinary, nullable=False),
    # the sanction that keeps it back, or will when its attempt is over; "" where a person let it go all the same
    Column("held_by", Text),
)

intents = Table(
    "intents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("unique_key", Text, nullable=False, unique=True),
    # "due", "done" or "cancelled"
    Column("state", Text, nullable=False),
    # as asked for; `claimable_at` is this or the end of a lease, NULL once finished
    Column("due_at", BigInteger, nullable=False),
    Column("claimable_at", BigInteger),
    Column("leased_by", Text),
    Column("thread_id", Text, ForeignKey("threads.id")),
    Column("record_id", Text),
    Column("seller_id", Text),
    Column("reason", Text, nullable=False),
    # what it needs to know beside; NULL in those of older releases
    Column("argument", Text),
)

actions = Table(
    "actions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    # NULL where it acts on a sanction
    Column("record_id", Text, ForeignKey("records.id")),
    Column("sanction_id", Text),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    # the record of the mail that used it
    Column("used_by", Text),
    # of opt_out and opt_in: "seller" or "market", and a value of OptOutKind
    Column("scope", Text),
    Column("wish", Text),
)

#: mails that were begun and not finished, by digest: the third time one is poison (I9)
begun = Table(
    "begun",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first_at", BigInteger, nullable=False),
)

#: append only
events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text),
    Column("thread_id", Text),
    # JSON that names nobody
    Column("detail", Text, nullable=False),
)
