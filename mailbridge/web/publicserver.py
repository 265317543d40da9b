"""Serves the public pages on a thread of its own: plain HTTP for the web server in front, which has the certificate.

Each connection is for one request and lasts seconds, however slowly it is written. Logs no request: addresses hold
tokens. The only door of uvicorn, which is imported only where the pages are on.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Sequence

import uvicorn
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

from mailbridge.config import ListenAddress, Network
from mailbridge.path.bridge import Bridge
from mailbridge.web.pages import HEADERS
from mailbridge.web.public import public_application
from mailbridge.web.ratelimit import RateLimit

_CONNECTION_S = 20.0
_MAX_CONNECTIONS = 200
_MAX_HEAD_OCTETS = 16_384
_BACKLOG = 128
_STOP_S = 5


class PublicServer:
    """The public web server. `start` and `stop` once each."""

    def __init__(
        self, address: ListenAddress, bridge: Bridge, *, proxies: Sequence[Network] = (), per_minute: int = 120
    ) -> None:
        """Bind. `proxies` are believed who asks. Raises OSError."""
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        self._socket = socket.create_server((address.host, address.port), family=family, backlog=_BACKLOG)
        limit = RateLimit(per_minute, clock=time.monotonic)
        config = uvicorn.Config(
            public_application(bridge, limit),
            http=_Brief,
            ws="none",
            loop="asyncio",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=[str(network) for network in proxies],
            h11_max_incomplete_event_size=_MAX_HEAD_OCTETS,
            timeout_graceful_shutdown=_STOP_S,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="web.public", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens: host and port."""
        host, port = self._socket.getsockname()[:2]
        return str(host), int(port)

    def start(self) -> None:
        """Answer from now on; what comes before the thread is ready waits in the backlog."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; what is being answered is finished first."""
        self._server.should_exit = True
        self._thread.join(2 * _STOP_S)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


class _Brief(H11Protocol):
    """One request, within seconds: nobody can hold a place by saying nothing (slowloris)."""

    _deadline: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the class above
        super().connection_made(transport)
        if len(self.connections) > _MAX_CONNECTIONS:
            transport.abort()
            return
        self._deadline = self.loop.call_later(_CONNECTION_S, transport.abort)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    @override
    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is answered with the same header fields as all else."""
        fields = "".join(f"{name}: {body}\r\n" for name, body in HEADERS.items())
        head = f"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n{fields}\r\n"
        self.transport.write(head.encode("ascii"))
        self.transport.close()
