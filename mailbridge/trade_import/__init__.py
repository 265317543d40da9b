"""Trade data: a file of JSON Lines (docs/import.md) becomes a TradeBatch, or a list of everything that is wrong.

Writes nothing: `store/trade.py` takes the batch.
"""

from mailbridge.trade_import.read import read_trade
from mailbridge.trade_import.rows import read_mailbox, undo_seconds
from mailbridge.trade_import.staffrows import read_name

__all__ = ["read_mailbox", "read_name", "read_trade", "undo_seconds"]
