"""The public pages over real HTTP, with a real store behind them."""

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from mailbridge.config import ListenAddress, Network
from mailbridge.web.publicserver import PublicServer
from tests.path.optingout import PUBLIC_URL, Shop, a_shop, way_out_in

FORM = "application/x-www-form-urlencoded"
#: what Gmail and others send: a form, no cookie, no token against forgery (RFC 8058 §3.2)
ONE_CLICK = b"List-Unsubscribe=One-Click"


@dataclass
class Answered:
    """One answer."""

    status: int
    text: str
    fields: dict[str, str]

    @property
    def title(self) -> str:
        """What the page is about."""
        found = re.search(r"<title>(.*?)</title>", self.text)
        return found[1] if found else ""

    @property
    def forms(self) -> list[str]:
        """The tokens of the addresses that the forms of the page are sent to."""
        return re.findall(rf'action="{re.escape(PUBLIC_URL)}/u/([a-z2-7]+)"', self.text)


@dataclass
class Public:
    """A running server and the shop behind it."""

    shop: Shop
    address: tuple[str, int]
    taken: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://{self.address[0]}:{self.address[1]}"

    def ask(self, method: str, path: str, body: bytes | None = None, **fields: str) -> Answered:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection(*self.address, timeout=20)
        try:
            head = {name.replace("_", "-"): value for name, value in fields.items()}
            connection.request(method, path, body=body, headers=head)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answered(response.status, response.read().decode(), names)
        finally:
            connection.close()

    def get(self, token: str, **fields: str) -> Answered:
        """What a person sees who opens the link."""
        return self.ask("GET", f"/u/{token}", None, **fields)

    def one_click(self, token: str) -> Answered:
        """What a mail service sends when its user presses "unsubscribe"."""
        return self.ask("POST", f"/u/{token}", ONE_CLICK, Content_Type=FORM)

    def press(self, token: str, **fields: str) -> Answered:
        """A form of a page, sent by a browser."""
        return self.ask("POST", f"/u/{token}", urlencode(fields).encode(), Content_Type=FORM, Origin="null")

    def new_token(self, subject: str = "[review] Your lamp") -> str:
        """The token in a mail that the seller starts now."""
        return way_out_in(self.shop.writes(subject)[0])


@contextmanager
def public_pages(folder: Path, *, per_minute: int = 100_000, proxies: tuple[Network, ...] = ()) -> Iterator[Public]:
    """The pages of a bridge whose seller may write to its buyer."""
    with a_shop(folder, public_url=PUBLIC_URL) as shop:
        server = PublicServer(ListenAddress("127.0.0.1", 0), shop.world.bridge, proxies=proxies, per_minute=per_minute)
        server.start()
        try:
            yield Public(shop, server.address)
        finally:
            server.stop()
