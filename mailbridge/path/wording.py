"""Words around a relayed mail: the reader's display name for the author, first lines, footer, labels.

From facts to template fields; the texts themselves stand in `templates/message/`. Names come from the market's record
only, never from a header (P13).
"""

import functools
import re
from dataclasses import dataclass
from html import unescape

from mailbridge.domain.facts import ActionKind
from mailbridge.domain.message import Body
from mailbridge.domain.parties import Buyer, Direction, Marketplace, Seller
from mailbridge.message.owntokens import TOKEN_MASK
from mailbridge.path.cast import Cast
from mailbridge.policy.actions import MOVES
from mailbridge.policy.staff import short_name_of
from mailbridge.texts import ActionShown, FieldValue, Rendered, Texts

_KIND = "message"
_TAG = re.compile(r"<[^<>]*>")


def language_for(party: Seller | Buyer, marketplace: Marketplace, texts: Texts) -> str:
    """The language this party reads, if there are texts in it, else the market's."""
    return next((tag for tag in (party.language, marketplace.language) if tag in texts.languages), texts.languages[0])


def shown_name(party: Seller | Buyer) -> str:
    """What the other side reads: a shop's name; of a buyer first name and initial on record, else the handle (P13)."""
    if isinstance(party, Seller):
        return party.name
    first, _, last = party.name.partition(" ")
    return f"{first} {last[0]}." if first and last else first or party.handle


@functools.lru_cache(maxsize=4096)
def _render(texts: Texts, language: str, name: str, fields: tuple[tuple[str, str], ...]) -> Rendered:
    return texts.render(_KIND, language, name, dict(fields))


@functools.lru_cache(maxsize=1024)
def _lines_in_both_forms(
    texts: Texts, language: str, name: str, fields: tuple[tuple[str, str], ...]
) -> tuple[str, ...]:
    return _lines_of(texts.render(_KIND, language, name, dict(fields)))


@functools.lru_cache(maxsize=256)
def _action_lines(texts: Texts, language: str, market: str, address: str, public_url: str) -> tuple[str, ...]:
    """Every line that may stand below a mail to a seller, as it is in a quote with masked secrets, in both forms."""
    links = ("", f"{public_url}/u/{TOKEN_MASK}") if public_url else ("",)
    kinds = [kind.value for kind in (ActionKind.NO_REPLY_NEEDED, *MOVES)]
    shown = tuple(ActionShown(kind=kind, address=address, link=link) for link in links for kind in kinds)
    return _lines_of(texts.render(_KIND, language, "actions", {"market": market, "actions": shown}))


@functools.lru_cache(maxsize=1024)
def _copy_lines(texts: Texts, language: str, about: tuple[tuple[str, str], ...], colleague: str) -> tuple[str, ...]:
    """Every line of the copy of a colleague's answer but what he wrote himself, in both forms."""
    fields: dict[str, FieldValue] = {**dict(about), "subject": "", "colleague": colleague, "sent_text": "", "files": ()}
    return _lines_of(texts.render("notice", language, "answered", fields))


def _lines_of(rendered: Rendered) -> tuple[str, ...]:
    """Its lines in both forms, each once."""
    both = (rendered.plain, unescape(_TAG.sub("", rendered.html or "")))
    return tuple(dict.fromkeys(line.strip() for text in both for line in text.splitlines() if line.strip()))


def label(texts: Texts, language: str, name: str) -> str:
    """The short text of this name that stands where something was removed."""
    return _render(texts, language, name, ()).plain.strip()


@dataclass(frozen=True, slots=True)
class Wording:
    """The words around mail from this cast's author to its reader."""

    texts: Texts
    cast: Cast
    #: see `PathSettings`
    public_url: str = ""
    #: the page of the conversation on the marketplace, for its seller; "" for none
    link: str = ""

    def _words(self, language: str, name: str, **fields: str) -> Rendered:
        return _render(self.texts, language, name, tuple(fields.items()))

    def _language(self, party: Seller | Buyer) -> str:
        return language_for(party, self.cast.marketplace, self.texts)

    def display_name(self) -> str:
        """Whom the alias in From stands for, and about what: clients autocomplete names (design.md §2)."""
        cast = self.cast
        rendered = self._words(
            self._language(cast.reader),
            "display_name",
            person=shown_name(cast.author),
            order=cast.thread.order_reference,
            market=cast.marketplace.name,
        )
        return rendered.subject

    def removed_label(self, name: str = "removed_label") -> str:
        """What stands where an address (or, by another name, anything else) was removed, in the reader's language."""
        return label(self.texts, self._language(self.cast.reader), name)

    def lead(self, *, is_uncertain: bool, is_unproven: bool) -> Body | None:
        """The first lines above a mail to the seller: market and order, doubts if there are any, and in the mail that
        begins a conversation its page. None for a buyer."""
        if self.cast.direction is Direction.TO_BUYER:
            return None
        parts = []
        language = self._language(self.cast.seller)
        if is_unproven:
            parts.append(self._words(language, "lead_unproven", market=self.cast.marketplace.name))
        parts.append(self._lead_to_seller(language))
        if self.link and self.cast.opens_thread:
            parts.append(self._link_to_seller(language))
        if is_uncertain:
            order, market = self.cast.thread.order_reference, self.cast.marketplace.name
            parts.append(self._words(language, "lead_uncertain", order=order, market=market))
        return Body(
            plain="\n".join(part.plain.strip() for part in parts), html="".join(part.html or "" for part in parts)
        )

    def footer(self, way_out: tuple[str, str] | None = None, *, report_address: str = "") -> Body | None:
        """The line below a mail to the buyer: who passes it on, and that replying works. None for a seller.

        `way_out` are the address and the link, "" for none, by which he stops mail that the seller starts;
        `report_address` is where he reports this mail, "" for nowhere.
        """
        if self.cast.direction is Direction.TO_SELLER:
            return None
        language = self._language(self.cast.buyer)
        parts = [self._footer_to_buyer(language)]
        if way_out is not None:
            # Not kept in memory: each is for one mail, and secret.
            parts.append(self.texts.render(_KIND, language, "way_out", self._way_out(*way_out)))
        if report_address:
            parts.append(self.texts.render(_KIND, language, "report", self._report(report_address)))
        return Body(
            plain="\n".join(part.plain.strip() for part in parts), html="".join(part.html or "" for part in parts)
        )

    def actions(self, shown: tuple[ActionShown, ...]) -> Body | None:
        """The lines below a mail to the seller: what else he can do with the conversation. None where that is nothing.

        Not kept in memory: the addresses are for one mail, and secret.
        """
        if not shown:
            return None
        fields: dict[str, FieldValue] = {"market": self.cast.marketplace.name, "actions": shown}
        words = self.texts.render(_KIND, self._language(self.cast.seller), "actions", fields)
        return Body(plain=words.plain.strip(), html=words.html)

    def own_lines(self) -> tuple[str, ...]:
        """Every line of ours that may stand in a quote of this thread, in both sides' languages: taken out (P10)."""
        lines: list[str] = []
        for language in dict.fromkeys((self._language(self.cast.seller), self._language(self.cast.buyer))):
            for rendered in (self._lead_to_seller(language), self._footer_to_buyer(language)):
                lines += [line for line in rendered.plain.strip().splitlines() if line.strip()]
            lines += self._masked_ways_out(language)
            lines += self._lines_of_link(language)
        language = self._language(self.cast.seller)
        lines += _action_lines(self.texts, language, self.cast.marketplace.name, self._masked_address, self.public_url)
        lines += self._lines_of_copies(language)
        return tuple(dict.fromkeys(lines))

    def _lines_of_copies(self, language: str) -> list[str]:
        """What colleagues of the seller read above and below a copy (U5); [] where there is no staff."""
        cast, shop = self.cast, self.cast.seller
        if all(mailbox.staff is None for mailbox in shop.mailboxes):
            return []
        about = {"market": cast.marketplace.name, "other_party": shown_name(cast.buyer)}
        about |= {"order": cast.thread.order_reference}
        names = dict.fromkeys((*map(short_name_of, shop.mailboxes), shown_name(shop)))
        return [line for name in names for line in _copy_lines(self.texts, language, tuple(about.items()), name)]

    @property
    def _masked_address(self) -> str:
        return f"act-{TOKEN_MASK}@{self.cast.marketplace.alias_domain}"

    def _masked_ways_out(self, language: str) -> list[str]:
        """The lines with a way out, or where to report, as they are in a quote with masked secrets, in both forms."""
        address = self._masked_address
        links = ("", f"{self.public_url}/u/{TOKEN_MASK}") if self.public_url else ("",)
        fields = (tuple(self._way_out(address, link).items()) for link in links)
        lines = [line for each in fields for line in _lines_in_both_forms(self.texts, language, "way_out", each)]
        if self.cast.marketplace.takes_reports:
            lines += _lines_in_both_forms(self.texts, language, "report", tuple(self._report(address).items()))
        return lines

    def _link_to_seller(self, language: str) -> Rendered:
        return self._words(language, "link_to_seller", market=self.cast.marketplace.name, link=self.link)

    def _lines_of_link(self, language: str) -> tuple[str, ...]:
        """The line with the link, in both forms."""
        fields = (("market", self.cast.marketplace.name), ("link", self.link))
        return _lines_in_both_forms(self.texts, language, "link_to_seller", fields) if self.link else ()

    def _way_out(self, address: str, link: str) -> dict[str, str]:
        """Fields of the line; it begins like the others, so that one word tells the masker of all."""
        return {
            "market": self.cast.marketplace.name,
            "seller": shown_name(self.cast.seller),
            "opt_out_address": address,
            "opt_out_link": link,
        }

    def _report(self, address: str) -> dict[str, str]:
        """Fields of the line that says where this mail is reported; it begins like the others."""
        return {"market": self.cast.marketplace.name, "report_address": address}

    def _lead_to_seller(self, language: str) -> Rendered:
        thread = self.cast.thread
        return self._words(
            language,
            "lead_to_seller",
            market=self.cast.marketplace.name,
            order=thread.order_reference,
            offer=thread.offer_reference,
            buyer=shown_name(self.cast.buyer),
        )

    def _footer_to_buyer(self, language: str) -> Rendered:
        return self._words(
            language, "footer_to_buyer", market=self.cast.marketplace.name, seller=shown_name(self.cast.seller)
        )
