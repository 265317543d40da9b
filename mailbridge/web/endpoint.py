"""Serves /healthz and /metrics on threads of its own: a few requests at a time, GET and HEAD only, no request body.

Bind it to loopback or a private network: nobody is asked who he is. Says nothing of mail or people.
"""

import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

from mailbridge.config import ListenAddress
from mailbridge.web.pages import HEADERS

_REQUEST_TIMEOUT_S = 5.0
_MAX_REQUESTS = 8
_POLL_S = 0.1


class WebEndpoint:
    """The web server. `start` and `stop` once each."""

    def __init__(
        self, address: ListenAddress, *, what_is_ill: Callable[[], tuple[str, ...]], metrics: Callable[[], bytes]
    ) -> None:
        """Bind. `what_is_ill` names the parts that are not well ("store"); empty: all are. Raises OSError."""
        self._server = _Server((address.host, address.port), what_is_ill, metrics)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL_S,), name="web", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens: host and port."""
        host, port = self._server.server_address[:2]
        return str(host), int(port)

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], what_is_ill: Callable[[], tuple[str, ...]], metrics: Callable[[], bytes]
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.what_is_ill = what_is_ill
        self.metrics = metrics
        self._room = threading.BoundedSemaphore(_MAX_REQUESTS)
        super().__init__(address, _Answer)

    @override
    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    @override
    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off is no event."""


class _Answer(BaseHTTPRequestHandler):
    timeout = _REQUEST_TIMEOUT_S
    server: _Server

    def do_GET(self) -> None:
        """Answer one request."""
        path = self.path.partition("?")[0]
        if path == "/healthz":
            ill = self.server.what_is_ill()
            text = "".join(f"{part}: not well\n" for part in ill) or "well\n"
            self._send(
                HTTPStatus.SERVICE_UNAVAILABLE if ill else HTTPStatus.OK, "text/plain; charset=utf-8", text.encode()
            )
        elif path == "/metrics":
            self._send(HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", self.server.metrics())
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/healthz or /metrics\n")

    def do_HEAD(self) -> None:
        """Answer one request without the body."""
        self.do_GET()

    @override
    def version_string(self) -> str:
        return "mailbridge"

    @override
    def end_headers(self) -> None:
        """Close the header, of an error too, with the fields that stand on every answer (T-84)."""
        for name, body in HEADERS.items():
            self.send_header(name, body)
        super().end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """A scrape is no event."""

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
