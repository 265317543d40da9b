"""Objects of trade data as columns of their tables: part of taking trade data (`store/trade.py`)."""

from mailbridge.store.prepared import Values
from mailbridge.store.records import TradeBuyer, TradeMarketplace, TradeOrder, TradeSeller
from mailbridge.store.rows import buyer_content, marketplace_settings, maybe_micros, seller_content, to_json
from mailbridge.store.seal import Sealer


def marketplace_columns(market: TradeMarketplace) -> Values:
    """The columns of a marketplace."""
    return {
        "name": market.name,
        "alias_domain": market.alias_domain.lower(),
        "settings": marketplace_settings(market),
        "is_active": market.is_active,
    }


def seller_columns(seller: TradeSeller, row_id: str, holder: Sealer) -> Values:
    """The columns of a seller; what is sealed goes under his key."""
    return {
        "name": seller.name,
        "contact": seller.contact,
        "language": seller.language,
        "is_business": seller.is_business,
        "told_of_opt_outs": seller.told_of_opt_outs,
        "first_answer_takes": seller.first_answer_takes,
        "undo_s": seller.undo_s,
        "is_active": seller.is_active,
        "due_mail_at": to_json([f"{at:%H:%M}" for at in seller.due_mail_at]),
        "content": seller_content(row_id, seller.personal, holder),
    }


def buyer_columns(buyer: TradeBuyer, row_id: str, holder: Sealer) -> Values:
    """The columns of a buyer; what is sealed goes under his key."""
    return {
        "reference": buyer.reference,
        "language": buyer.language,
        "is_active": buyer.is_active,
        "content": buyer_content(row_id, buyer, holder),
    }


def order_columns(order: TradeOrder) -> Values:
    """The columns of an order, but whose it is."""
    return {
        "state": order.state.value,
        "completed_at": maybe_micros(order.completed_at),
        "fulfilled_by": order.fulfilled_by,
        "is_gift": order.is_gift,
        "is_active": order.is_active,
    }
