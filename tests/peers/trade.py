"""Lines of trade data for `mailbridge import`, each a dict that stands on one line of the file."""

from collections.abc import Sequence


def marketplace(reference: str, *, alias_domain: str, name: str = "Bazaar", **more: object) -> dict[str, object]:
    """One marketplace."""
    return {"type": "marketplace", "reference": reference, "name": name, "alias_domain": alias_domain} | more


def seller(
    market: str, reference: str, *, contact: str, mailbox: str | dict[str, object], name: str = "", **more: object
) -> dict[str, object]:
    """One shop with one mailbox (an addr-spec, or an object with `address` and `authenticated_as`)."""
    return {
        "type": "seller",
        "marketplace": market,
        "reference": reference,
        "name": name or f"Shop {reference}",
        "contact": contact,
        "mailboxes": [_mailbox(mailbox)],
    } | more


def buyer(market: str, reference: str, *, mailbox: str | dict[str, object] | None, **more: object) -> dict[str, object]:
    """One buyer; without a mailbox the address is not known."""
    mailboxes: Sequence[object] = [] if mailbox is None else [_mailbox(mailbox)]
    return {
        "type": "buyer",
        "marketplace": market,
        "reference": reference,
        "handle": reference.lower(),
        "mailboxes": mailboxes,
    } | more


def order(market: str, reference: str, *, seller: str, buyer: str, **more: object) -> dict[str, object]:
    """One order."""
    return {"type": "order", "marketplace": market, "reference": reference, "seller": seller, "buyer": buyer} | more


def _mailbox(mailbox: str | dict[str, object]) -> dict[str, object]:
    return {"address": mailbox} if isinstance(mailbox, str) else mailbox
