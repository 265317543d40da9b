"""A DNS server on loopback for the zones of the parties: MX, SPF, DKIM keys, DMARC, addresses; UDP and TCP.

It can misbehave by script: SERVFAIL, silence, delay, per name. It counts what it was asked.
It does not recurse, and nothing it says comes from the network.

    python -m tests.dns_server ZONES.json     serves until standard input ends; prints its port
"""

import enum
import json
import socket
import socketserver
import struct
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dnslib import MX, NS, PTR, QTYPE, RCODE, RR, TXT, A, DNSRecord
from typing_extensions import override

_TTL_S = 300
_MAX_UDP_OCTETS = 512  # RFC 1035 §4.2.1; more only where the question carries EDNS


class Misbehaviour(enum.Enum):
    """What a name does instead of being answered."""

    SERVFAIL = "servfail"
    REFUSED = "refused"
    #: no answer at all
    SILENT = "silent"
    #: an answer, but late (`DnsServer.misbehave(seconds=...)`)
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script:
    misbehaviour: Misbehaviour
    seconds: float = 0.0


def _resource(name: str, kind: str, value: str) -> Any:
    if kind == "A":
        data = A(value)
    elif kind == "MX":
        preference, host = value.split()
        data = MX(host, int(preference))
    elif kind == "TXT":
        octets = value.encode()
        # RFC 1035 §3.3.14: a TXT record is one or more strings of at most 255 octets.
        data = TXT([octets[start : start + 255] for start in range(0, len(octets), 255)] or [b""])
    elif kind == "PTR":
        data = PTR(value)
    elif kind == "NS":
        data = NS(value)
    else:
        raise ValueError(f"no such record type here: {kind}")
    return RR(name, getattr(QTYPE, kind), rdata=data, ttl=_TTL_S)


@dataclass(slots=True)
class DnsServer:
    """Use as a context manager, or `start()` and `stop()`; `port` is set by `start()`."""

    host: str = "127.0.0.1"
    port: int = 0
    #: how often each (name, type) was asked
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    _records: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    _scripts: dict[str, _Script] = field(default_factory=dict)
    _servers: list[socketserver.BaseServer] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def add(self, name: str, kind: str, value: str) -> None:
        """One more record; `value` as in a zone file ("10 mx.shop.example", "v=spf1 -all")."""
        _resource(name, kind, value)  # a mistake shows here and not in a server thread
        self._records[_key(name)].append((kind, value))

    def remove(self, name: str, kind: str) -> None:
        """Forget every record of this name and type."""
        self._records[_key(name)] = [record for record in self._records[_key(name)] if record[0] != kind]

    def misbehave(self, name: str, misbehaviour: Misbehaviour, *, seconds: float = 0.0) -> None:
        """From now on this name and all below it do this."""
        self._scripts[_key(name)] = _Script(misbehaviour=misbehaviour, seconds=seconds)

    def behave(self) -> None:
        """Forget all scripts."""
        self._scripts.clear()

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name."""
        return [value for kind, value in self._records.get(_key(name), ()) if kind == "TXT"]

    def zones(self) -> list[list[str]]:
        """All records, as `python -m tests.dns_server` reads them."""
        return [[name, kind, value] for name, records in self._records.items() for kind, value in records]

    def start(self) -> None:
        """Bind UDP and TCP on one free port and serve both."""
        self._servers = list(_bound_pair(self))
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Stop both servers and wait for their threads."""
        self._stopping.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._servers.clear()
        self._threads.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def answer(self, question: bytes, *, limit: int | None) -> bytes | None:
        """The reply to one question, at most `limit` octets (else truncated), or None for silence."""
        asked = DNSRecord.parse(question)
        name, kind = _key(str(asked.q.qname)), QTYPE[asked.q.qtype]
        self.asked[name, kind] += 1
        reply = asked.reply(aa=1)
        script = self._script_for(name)
        if script is not None and self._acts_up(script, reply):
            return None if script.misbehaviour is Misbehaviour.SILENT else bytes(reply.pack())
        if name not in self._records:
            reply.header.rcode = RCODE.NXDOMAIN if not self._has_below(name) else RCODE.NOERROR
        for record_kind, value in self._records.get(name, ()):
            if kind in (record_kind, "ANY"):
                reply.add_answer(_resource(name, record_kind, value))
        packed = bytes(reply.pack())
        if limit is not None and len(packed) > max(limit, _edns_size(asked)):
            # With its question, as real servers do: dnspython ignores a truncated reply that names none.
            truncated = asked.reply(aa=1)
            truncated.header.tc = 1
            packed = bytes(truncated.pack())
        return packed

    def _script_for(self, name: str) -> _Script | None:
        labels = name.split(".")
        return next((s for n in range(len(labels)) if (s := self._scripts.get(".".join(labels[n:]))) is not None), None)

    def _acts_up(self, script: _Script, reply: Any) -> bool:
        if script.misbehaviour is Misbehaviour.LATE:
            self._stopping.wait(script.seconds)
            return False
        if script.misbehaviour is not Misbehaviour.SILENT:
            reply.header.rcode = RCODE.SERVFAIL if script.misbehaviour is Misbehaviour.SERVFAIL else RCODE.REFUSED
        return True

    def _has_below(self, name: str) -> bool:
        return any(known.endswith("." + name) for known, records in self._records.items() if records)


def _key(name: str) -> str:
    return name.rstrip(".").lower()


def _edns_size(asked: Any) -> int:
    return next((int(extra.edns_len) for extra in asked.ar if extra.rtype == QTYPE.OPT), 0)


def _bound_pair(zones: DnsServer) -> tuple[socketserver.BaseServer, socketserver.BaseServer]:
    for _ in range(20):
        udp = _udp_server(zones)
        try:
            return udp, _tcp_server(zones)
        except OSError:  # the free UDP port is taken on TCP
            udp.server_close()
            zones.port = 0
    raise OSError("no port is free for both UDP and TCP")


def _udp_server(zones: DnsServer) -> socketserver.BaseServer:
    class OneQuestion(socketserver.BaseRequestHandler):
        @override
        def handle(self) -> None:
            datagram, sock = self.request
            reply = zones.answer(datagram, limit=_MAX_UDP_OCTETS)
            if reply is not None:
                sock.sendto(reply, self.client_address)

    class Server(socketserver.ThreadingUDPServer):
        daemon_threads = True
        max_packet_size = 4096

    server = Server((zones.host, zones.port), OneQuestion)
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    zones.port = server.server_address[1]
    return server


def _tcp_server(zones: DnsServer) -> socketserver.BaseServer:
    class Questions(socketserver.StreamRequestHandler):
        @override
        def handle(self) -> None:
            while len(prefix := self.rfile.read(2)) == 2:
                reply = zones.answer(self.rfile.read(struct.unpack("!H", prefix)[0]), limit=None)
                if reply is None:
                    return
                self.wfile.write(struct.pack("!H", len(reply)) + reply)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    return Server((zones.host, zones.port), Questions)


def from_zones(zones: list[list[str]], scripts: Mapping[str, Misbehaviour] | None = None) -> DnsServer:
    """A server, not yet started, with these [name, type, value] records."""
    server = DnsServer()
    for name, kind, value in zones:
        server.add(name, kind, value)
    for name, misbehaviour in (scripts or {}).items():
        server.misbehave(name, misbehaviour)
    return server


def main() -> None:
    """Serve the zones of a JSON file until standard input ends."""
    with from_zones(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))) as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
