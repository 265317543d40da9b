"""What kind of mail this is, now that it is known whom it is for: notices of the marketplace are told apart (S-20)."""

from mailbridge.domain.classification import MailKind
from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message

#: kinds that a notice of a marketplace seems to be as long as nobody knows who the marketplace is
_NOTICES = frozenset({MailKind.NOTIFICATION, MailKind.LIST, MailKind.AUTOREPLY})


def kind_of(message: Message, facts: Facts) -> MailKind:
    """The kind by the mail alone, or MARKET: automatic, and proven to come from a domain of the marketplace's own."""
    kind, auth = message.classification.kind, facts.auth
    if kind not in _NOTICES or facts.marketplace is None:
        return kind
    is_proven = auth.dkim_aligned or auth.spf_aligned or auth.spf_exact
    is_own = any(
        auth.author_domain == domain or auth.author_domain.endswith(f".{domain}")
        for domain in facts.marketplace.own_domains
    )
    return MailKind.MARKET if is_proven and is_own else kind
