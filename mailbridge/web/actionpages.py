"""The public page of an action in a conversation, or of a message that waits: shown by GET, done by POST (N-11, N-15).

What may be done, and whether it was, is `path/acting.py`; nothing here changes anything by itself.
"""

from dataclasses import dataclass

from mailbridge.domain.facts import ActionKind
from mailbridge.errors import Conflict
from mailbridge.path.acting import about, offer_behind, use_in_browser
from mailbridge.path.bridge import Bridge
from mailbridge.path.optouts import link_to
from mailbridge.path.wording import language_for
from mailbridge.store.actionrecords import ActionOffer
from mailbridge.texts import FieldValue
from mailbridge.web.pages import page

_OK, _BAD_REQUEST, _GONE = 200, 400, 410
#: what the form of the page sends
_DO = ("do", "act")
#: who was first in the same moment is asked so often
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One page, whole."""

    text: str
    #: of HTTP
    status: int


@dataclass(frozen=True, slots=True)
class ActionPages:
    """Answers for one token of a seller."""

    bridge: Bridge

    def look(self, token: str, form: dict[str, str] | None) -> Answer | None:
        """Show what the token is for, or with a form do it; None where it is for nothing here."""
        offer = offer_behind(token, self.bridge)
        if offer is None:
            return None
        if form is None or offer.is_used:
            return self._shown(offer, token)
        if form.get(_DO[0]) != _DO[1]:
            return self._shown(offer, token, status=_BAD_REQUEST)
        return self._done(offer, token)

    def _done(self, offer: ActionOffer, token: str) -> Answer:
        for _ in range(_TRIES):
            try:
                why_not = use_in_browser(offer, self.bridge).why_not
            except Conflict:  # the buyer wrote, the message went out, or somebody pressed twice: looked at anew
                offer = offer_behind(token, self.bridge) or offer
                if offer.is_used:
                    return self._shown(offer, token)
                continue
            return self._page(offer, "not_acted", {"unmoved": why_not}) if why_not else self._page(offer, "acted", {})
        return self._shown(offer, token)

    def _shown(self, offer: ActionOffer, token: str, *, status: int = _OK) -> Answer:
        """The page of a token as things stand; one that did its work says so, and of a message what became of it."""
        if not offer.is_used:
            return self._page(offer, "act", {"page_url": link_to(token, self.bridge)}, status)
        if offer.kind is ActionKind.STOP_SENDING and offer.record_state == "undone":
            return self._page(offer, "acted", {}, status)
        return self._page(offer, "not_acted", {"unmoved": "used"}, _GONE)

    def _page(self, offer: ActionOffer, name: str, fields: dict[str, FieldValue], status: int = _OK) -> Answer:
        texts = self.bridge.texts
        language = language_for(offer.seller, offer.marketplace, texts)
        deed: dict[str, FieldValue] = {"deed": offer.kind.value}
        return Answer(text=page(texts, language, name, about(offer) | deed | fields), status=status)
