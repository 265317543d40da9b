"""Hands mail to a server over SMTP or LMTP and says what was answered, per forward-path."""

import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the server said to one forward-path in the end."""

    code: int
    text: str
    #: True when the answer came after the final dot
    after_data: bool

    @property
    def is_accepted(self) -> bool:
        return self.code // 100 == 2

    @property
    def is_transient(self) -> bool:
        return self.code // 100 == 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who connects."""

    port: int
    helo: str = "mail.sender.example"
    #: loopback address the connection comes from
    source: str = "127.0.0.1"
    is_lmtp: bool = False
    #: attributes of one XFORWARD command (ADDR, HELO, NAME ...); empty: none is sent
    xforward: Mapping[str, str] | None = None
    timeout_s: float = 60.0

    def send(self, octets: bytes, *, reverse_path: str | None, forward_paths: Sequence[str]) -> tuple[Answered, ...]:
        """One transaction on a connection of its own; one answer per forward-path, in order."""
        kind = _Lmtp if self.is_lmtp else smtplib.SMTP
        with kind(
            "127.0.0.1", self.port, self.helo, timeout=self.timeout_s, source_address=(self.source, 0)
        ) as session:
            return _transact(session, self, octets, (reverse_path or "", forward_paths))


class _Lmtp(smtplib.LMTP):
    """smtplib.LMTP takes no timeout before 3.12."""

    def __init__(self, host: str, port: int, helo: str, *, timeout: float, source_address: tuple[str, int]) -> None:
        smtplib.SMTP.__init__(self, host, port, helo, timeout=timeout, source_address=source_address)

    ehlo_msg = "lhlo"


def _transact(
    session: smtplib.SMTP, client: Client, octets: bytes, paths: tuple[str, Sequence[str]]
) -> tuple[Answered, ...]:
    session.ehlo()
    if client.xforward:
        _check(session.docmd("XFORWARD", " ".join(f"{name}={value}" for name, value in client.xforward.items())))
    reverse_path, forward_paths = paths
    size = f" SIZE={len(octets)}" if session.has_extn("size") else ""
    code, text = session.docmd("MAIL", f"FROM:<{reverse_path}>{size}")
    if code // 100 != 2:
        return tuple(_answered((code, text), after_data=False) for _ in forward_paths)
    at_rcpt = [_answered(session.docmd("RCPT", f"TO:<{path}>"), after_data=False) for path in forward_paths]
    if not any(answer.is_accepted for answer in at_rcpt):
        return tuple(at_rcpt)
    reply = session.docmd("DATA")
    if reply[0] != 354:
        return tuple(_answered(reply, after_data=False) if answer.is_accepted else answer for answer in at_rcpt)
    stuffed = (b"\r\n" + octets).replace(b"\r\n.", b"\r\n..")[2:]
    session.send(stuffed + (b"" if stuffed.endswith(b"\r\n") or not stuffed else b"\r\n") + b".\r\n")
    one = None if client.is_lmtp else _answered(session.getreply(), after_data=True)
    return tuple(
        answer if not answer.is_accepted else one if one is not None else _answered(session.getreply(), after_data=True)
        for answer in at_rcpt
    )


def _answered(reply: tuple[int, bytes], *, after_data: bool) -> Answered:
    return Answered(code=reply[0], text=reply[1].decode("utf-8", "replace"), after_data=after_data)


def _check(reply: tuple[int, bytes]) -> None:
    if reply[0] // 100 != 2:
        raise AssertionError(f"refused: {reply}")
