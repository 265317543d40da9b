"""The settings of the public web pages: a table of `mailbridge.toml` like those in `settings.py`."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from mailbridge.config import kinds
from mailbridge.config.declare import setting, table
from mailbridge.config.kinds import BadValue, Kind, ListenAddress, Network

#: no user, no query, no fragment
_URL = re.compile(r"https://[A-Za-z0-9.:\[\]-]{1,255}(?:/[A-Za-z0-9._~-]{1,100}){0,10}/?")
_HOW = 'a web address of host and perhaps path, such as "https://mail.example.com"; "" for none'


def _https_url(raw: object, folder: Path) -> str:
    if not isinstance(raw, str):
        raise BadValue(f"must be text in quotation marks: {_HOW}")
    try:
        is_url = not raw or (_URL.fullmatch(raw) is not None and bool(urlsplit(raw).port or urlsplit(raw).hostname))
    except ValueError:
        is_url = False
    if not is_url:
        raise BadValue(f'"{raw}" can not stand in mails: write {_HOW}')
    return raw.rstrip("/")


@table
class WebSettings:
    """The public web pages: where a buyer stops messages that sellers start. Off unless both addresses are given."""

    public_url: str = setting(
        Kind("web address", _HOW, _https_url),
        (
            "Where everybody reaches the public pages: what links in mails begin with. A web server in front, which "
            'has the certificate, passes requests for it on to public_listen. "" leaves links out: then a buyer stops '
            "messages by mail only."
        ),
        default="",
    )
    public_listen: ListenAddress | None = setting(
        kinds.LISTEN,
        "Where the public pages are served, by plain HTTP for the web server in front. Never /healthz and /metrics.",
        default="",
    )
    trusted_proxies: tuple[Network, ...] = setting(
        kinds.many(kinds.NETWORK),
        (
            "Web servers in front of the public pages: their X-Forwarded-For says who asks, by which requests are "
            "limited. Nobody else's is believed."
        ),
        default=["127.0.0.1", "::1"],
    )
    requests_per_minute: int = setting(
        kinds.whole(1, 100_000),
        "Most requests a minute from one address; all together may make 20 times as many.",
        default=120,
    )
    opt_out_within: timedelta = setting(
        kinds.duration("30d", "730d"),
        "How long the address and the link work by which a buyer stops messages, and the address by which he reports "
        "one; they stand in each mail anew.",
        default="90d",
    )
