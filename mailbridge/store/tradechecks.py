"""What an import may not ask for: names and domains that would clash with addresses of ours (T-47).

Each check returns the field and the reason, or None. Reads nothing and writes nothing.
"""

import json
import re
from collections.abc import Iterable

from mailbridge.domain.address import split_addr_spec
from mailbridge.store.destinations import ALIAS_LOCAL_PART, MAILBOX_TEST, ROLES
from mailbridge.store.records import TradeMarketplace
from mailbridge.store.rows import AnyRow

_MAX_CONTACT = 40
_TAG_INSIDE = re.compile(r"\.(?:[oi]-|(?:question|dispute|ticket|enquiry)(?:-|\Z))")


def marketplace_problem(market: TradeMarketplace, known: Iterable[AnyRow]) -> tuple[str, str] | None:
    """The first thing that is wrong with a marketplace, as field and reason."""
    domain = market.alias_domain.lower()
    if split_addr_spec(f"x@{domain}") is None:
        return "alias_domain", f"{market.alias_domain} is no domain name"
    for row in known:
        if row.reference != market.reference and row.alias_domain == domain:
            return "alias_domain", f"{domain} is the alias domain of marketplace {row.reference}"
        if row.reference == market.reference and row.alias_domain != domain:
            return "alias_domain", f"can not change: aliases in {row.alias_domain} are in people's address books"
    if not market.languages:
        return "languages", "names no language: give at least one of en, pl, it, de"
    return None if market.cc_address is None else _cc_problem(market.cc_address, domain)


def _cc_problem(cc_address: str, domain: str) -> tuple[str, str] | None:
    parts = split_addr_spec(cc_address)
    if parts is None or parts[1] != domain:
        return "cc_address", f"must be an address in {domain}"
    reason = _name_problem(parts[0].lower())
    return None if reason is None else ("cc_address", reason)


def contact_problem(contact: str, settings: str) -> str | None:
    """Why this can not be the local part of a contact address; None when it can."""
    if contact != contact.lower() or len(contact) > _MAX_CONTACT or split_addr_spec(f"{contact}@x.example") is None:
        return f"must be lower case, a local part of an address, and at most {_MAX_CONTACT} characters"
    if (tag := _TAG_INSIDE.search(contact)) is not None:
        return f'must not contain "{tag[0]}": with that a tag of the address begins'
    cc_address = json.loads(settings)["cc_address"]
    if cc_address is not None and cc_address.lower().rpartition("@")[0] == contact:
        return f"{contact} is the CC address of the marketplace"
    return _name_problem(contact)


def _name_problem(local_part: str) -> str | None:
    if local_part in {*ROLES, MAILBOX_TEST}:
        return f"{local_part} is kept for the person in charge"
    if ALIAS_LOCAL_PART.fullmatch(local_part) or local_part.startswith(("b-", "act-")):
        return f"{local_part} looks like an address that the bridge makes itself"
    return None
