"""The public pages: where a buyer stops messages that sellers start, and takes that back (S-15, N-05, RFC 8058).

A seller's actions have theirs here too (`actionpages.py`). GET shows, POST acts; nobody logs in, the token in the
address is the right (`path/optouts.py`, `path/acting.py`). What is not known, is for something else or is over is
answered alike. The Host field is never read. The only door of Starlette.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from mailbridge.domain.facts import ActionKind
from mailbridge.domain.outreach import OptOutKind, Wish
from mailbridge.errors import Conflict, StoreError
from mailbridge.events import Event, emit, frames_of
from mailbridge.path.bridge import Bridge
from mailbridge.path.optouts import about, link_to, offer_behind, still_stopped, use_in_browser
from mailbridge.path.wording import language_for
from mailbridge.store.wishes import OptOutOffer
from mailbridge.texts import FieldValue
from mailbridge.web.actionpages import ActionPages
from mailbridge.web.forms import MAX_BODY_OCTETS, read_form
from mailbridge.web.pages import HEADERS, language_asked_for, page
from mailbridge.web.ratelimit import RateLimit

_BODY_TIMEOUT_S = 10.0
_ONE_CLICK = ("List-Unsubscribe", "One-Click")
_OK, _BAD_REQUEST, _NOT_FOUND, _GONE = 200, 400, 404, 410

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_Application = Callable[[_Scope, _Receive, _Send], Awaitable[None]]


def public_application(bridge: Bridge, limit: RateLimit) -> _Application:
    """The ASGI application of the public pages."""
    pages = _Pages(bridge)
    below = bridge.settings.public_path
    paths = dict.fromkeys(("/u/{token}", f"{below}/u/{{token}}"))  # the front may pass its own path on, or cut it
    application = Starlette(routes=[Route(path, pages.answer, methods=["GET", "POST"]) for path in paths])
    application.router.redirect_slashes = False  # that would read the Host field
    return _Guard(application, limit)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Answers for one token."""

    bridge: Bridge

    async def answer(self, request: Request) -> Response:
        """Show what the token is for, or do it."""
        form: dict[str, str] | None = None
        if request.method == "POST":
            body = await _body(request)
            if isinstance(body, Response):
                return body
            form = read_form(request.headers.get("content-type", ""), body)
        token, asked = request.path_params["token"], request.headers.get("accept-language", "")
        try:
            return await run_in_threadpool(self._look, token, form, asked)
        except StoreError as fault:
            emit(Event.FAULT, where="web.public", error=type(fault).__name__, frames=frames_of(fault))
            return PlainTextResponse("try again later\n", 503, headers={"Retry-After": "60"})

    def _look(self, token: str, form: dict[str, str] | None, accept_language: str) -> Response:
        offer = offer_behind(token, self.bridge)
        if offer is None and (acted := ActionPages(self.bridge).look(token, form)) is not None:
            return HTMLResponse(acted.text, acted.status)
        if offer is None:
            texts, default = self.bridge.texts, self.bridge.settings.operator_language
            language = language_asked_for(accept_language, texts.languages, default)
            return HTMLResponse(page(texts, language, "unknown", {}), _NOT_FOUND)
        if form is None:
            return self._shown(offer, token)
        wish = _wish_in(form, offer)
        if wish is None:
            return self._shown(offer, token, status=_BAD_REQUEST)
        if not offer.is_used:
            try:
                return self._done(offer, wish)
            except Conflict:  # pressed twice: the other request did it
                offer = offer_behind(token, self.bridge) or offer
        return self._shown(offer, token)

    def _shown(self, offer: OptOutOffer, token: str, *, status: int = _OK) -> Response:
        """The page of a token as it stands; one that did its work says what holds now."""
        fields = about(offer, offer.wish)
        is_back = offer.kind is ActionKind.OPT_IN
        if not offer.is_used:
            name = "opt_in" if is_back else "opt_out"
            return self._page(offer, name, fields | {"page_url": link_to(token, self.bridge)}, status)
        if is_back and not offer.is_in_force:
            return self._page(offer, "opted_in", fields | {"still_stopped": still_stopped(offer, offer.wish)}, status)
        if not is_back and offer.is_in_force:
            return self._page(offer, "opted_out", fields | {"undo_url": ""}, status)
        return self._page(offer, "used", fields, _GONE if status == _OK else status)

    def _done(self, offer: OptOutOffer, wish: Wish) -> Response:
        turn = use_in_browser(offer, wish, self.bridge)
        fields = about(offer, wish)
        if turn.way_back is None:
            return self._page(offer, "opted_in", fields | {"still_stopped": still_stopped(offer, wish)}, _OK)
        return self._page(offer, "opted_out", fields | {"undo_url": turn.way_back.link}, _OK)

    def _page(self, offer: OptOutOffer, name: str, fields: dict[str, FieldValue], status: int) -> Response:
        language = language_for(offer.buyer, offer.marketplace, self.bridge.texts)
        return HTMLResponse(page(self.bridge.texts, language, name, fields), status)


def _wish_in(form: dict[str, str], offer: OptOutOffer) -> Wish | None:
    """What a form asks for; None where it asks for nothing that this token is for."""
    if offer.kind is ActionKind.OPT_IN:
        return offer.wish if form.get("do") == "undo" else None
    if form.get(_ONE_CLICK[0], "").lower() == _ONE_CLICK[1].lower():
        return offer.wish
    if form.get("do") != "stop" or form.get("scope", "seller") not in {"seller", "market"}:
        return None
    try:
        kind = OptOutKind(form.get("wish", offer.wish.kind.value))
    except ValueError:
        return None
    return Wish(of_all_sellers=offer.wish.of_all_sellers or form.get("scope") == "market", kind=kind)


async def _body(request: Request) -> bytes | Response:
    """The body, or the answer to one that is too big or too slow."""

    async def read() -> bytes | None:
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_BODY_OCTETS:
                return None
        return body

    try:
        body = await asyncio.wait_for(read(), _BODY_TIMEOUT_S)
    except TimeoutError:
        return PlainTextResponse("too slow\n", 408)
    except ClientDisconnect:
        return PlainTextResponse("", _BAD_REQUEST)  # nobody hears it
    return PlainTextResponse("too big\n", 413) if body is None else body


class _Guard:
    """Around all pages: the rate limit before, the header fields on, and nothing of a fault of ours to be seen."""

    def __init__(self, application: _Application, limit: RateLimit) -> None:
        self._application = application
        self._limit = limit

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        has_begun = False

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                fields = [(name.lower().encode(), body.encode()) for name, body in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *fields]}
            await send(message)

        client = scope.get("client")
        wait_s = self._limit.wait_s(client[0] if client else "")
        if wait_s:
            response = PlainTextResponse("too many requests\n", 429, headers={"Retry-After": str(wait_s)})
            await response(scope, receive, send_guarded)
            return
        try:
            await self._application(scope, receive, send_guarded)
        except Exception as fault:  # noqa: BLE001  # what went wrong is ours to know, not the client's (T-84)
            emit(Event.FAULT, where="web.public", error=type(fault).__name__, frames=frames_of(fault))
            if not has_begun:
                await PlainTextResponse("try again later\n", 500)(scope, receive, send_guarded)
