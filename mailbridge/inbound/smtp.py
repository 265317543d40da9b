"""The SMTP and LMTP doors: sockets, octets and time around the `Dialogue` (design.md §2; threats.md A).

The only place that knows aiosmtpd. Kept of it: the life of a connection and STARTTLS. Replaced, because they were
measured to lose mail, memory or time (threats.md, "What the stock libraries do"): the command loop, the DATA reader,
the answer to an exception, the cancelling of a handler when the client closes, the timeouts. Decides nothing about a
message: that is the path's.
"""

import asyncio
import logging
from typing import cast

from aiosmtpd.smtp import SMTP, TLSSetupException
from typing_extensions import override

from mailbridge import failpoints
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.reply import (
    BARE_LINE_ENDING,
    CLIENT_NOT_LISTED,
    COMMAND_LINE_ENDING,
    COMMAND_TOO_LONG,
    LINE_TOO_LONG,
    MESSAGE_TOO_BIG,
    SHUTTING_DOWN,
    TIMED_OUT,
    TOO_MANY_CONNECTIONS,
    TOO_MANY_ERRORS,
    UNAUTHORISED_PIPELINING,
    Reply,
)
from mailbridge.events import Event, emit
from mailbridge.inbound.data_reader import DataFault, DataReader
from mailbridge.inbound.deadline import Deadline, Phase
from mailbridge.inbound.dialogue import (
    START_OF_DATA,
    TLS_READY_OCTETS,
    Admit,
    Client,
    Dialogue,
    Say,
    StartTls,
    Step,
    octets_of,
)
from mailbridge.inbound.hall import Hall
from mailbridge.inbound.limits import Bind, Flavour
from mailbridge.inbound.reasons import reason_of
from mailbridge.inbound.wire import Wire

# The library's log lines show addresses and are no events of ours (style.md §9).
logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)

_FAULTS: dict[DataFault, Reply] = {
    DataFault.TOO_BIG: MESSAGE_TOO_BIG,
    DataFault.LINE_TOO_LONG: LINE_TOO_LONG,
    DataFault.BARE_LINE_ENDING: BARE_LINE_ENDING,
}


class Conversation(SMTP):
    """One connection."""

    _dialogue: Dialogue
    _ip: str | None
    _is_exempt: bool

    def __init__(self, hall: Hall, bind: Bind) -> None:
        # aiosmtpd's own __init__ looks at every member of the class by name, for each connection: 0.1 ms. It is left
        # out; these are the fields that the methods kept of it read.
        asyncio.StreamReaderProtocol.__init__(
            self, asyncio.StreamReader(loop=hall.loop), client_connected_cb=self._cb_client_connected, loop=hall.loop
        )
        self.loop = hall.loop
        self.tls_context = hall.tls_context
        self.transport = None
        self.session = None
        self._tls_protocol = None
        self._original_transport = None
        self._handle_hooks = {}
        self._handler_coroutine = None
        self._hall = hall
        self._bind = bind
        self._limits = hall.settings.limits
        self._wire = Wire(hall.loop)
        self._deadline = Deadline(self._limits, hall.loop.time)
        self._overlong = 0
        self._is_inside_overlong = False
        self._is_counted = False

    # --- life of the connection ---

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast("asyncio.Transport", transport)  # uvloop's classes have the methods and not the ancestor
        self._wire.attach(transport)
        if self._original_transport is not None:
            self._dialogue.restarted()
            self._dialogue.has_tls = True
            super().connection_made(transport)
            return
        ip = _ip_of(transport)
        is_front = ip is None or self._hall.is_front(ip)
        self._is_exempt = ip is None or self._hall.is_uncounted(ip)
        self._ip = ip
        self._dialogue = Dialogue(
            Client(ip=ip, is_front=is_front),
            self._bind.flavour,
            self._hall.settings,
            offers_tls=self.tls_context is not None,
        )
        self._hall.conversations.add(self)
        refusal = self._refusal(is_front=is_front)
        if refusal is not None:
            self.transport = transport
            emit(Event.CONNECTION_REFUSED, door=self._bind.flavour.value, reason=reason_of(refusal))
            self._hang_up(refusal)
            return
        self._is_counted = True
        super().connection_made(transport)

    def _refusal(self, *, is_front: bool) -> Reply | None:
        if self._hall.is_stopping:
            return SHUTTING_DOWN
        if self._bind.flavour is Flavour.LMTP and not is_front:
            return CLIENT_NOT_LISTED
        if not self._hall.admission.enter(self._ip, is_exempt=self._is_exempt):
            return TOO_MANY_CONNECTIONS
        return None

    @override
    def connection_lost(self, error: Exception | None) -> None:
        # The handler is not cancelled: a message that is being taken is taken to the end (T-14).
        self._wire.lost()
        if self._original_transport is not None:
            self._original_transport.close()
        asyncio.StreamReaderProtocol.connection_lost(self, error)
        self.transport = None
        self._hall.conversations.discard(self)
        if self._is_counted:
            self._is_counted = False
            self._hall.admission.leave(self._ip, is_exempt=self._is_exempt)

    @override
    def data_received(self, data: bytes) -> None:
        self._wire.received(data)

    @override
    def eof_received(self) -> bool:
        self._wire.ended()
        # A client may close its side and still read our answers; TLS can not be half open.
        return self._original_transport is None

    @override
    def pause_writing(self) -> None:
        self._wire.set_blocked(True)

    @override
    def resume_writing(self) -> None:
        self._wire.set_blocked(False)

    @override
    def _reset_timeout(self, duration: float | None = None) -> None:
        """Do nothing: deadlines are looked at by the listener's sweep, so that no timer is made per command."""

    # --- time ---

    def look_at_clock(self) -> None:
        """End what took too long (T-11); called by the sweep."""
        if not self._deadline.is_over(is_stressed=self._hall.admission.is_stressed and not self._is_exempt):
            return
        if self._deadline.phase in {Phase.CLOSING, Phase.TLS}:
            self._abort()
        else:
            self._note_aborted(reason_of(TIMED_OUT))
            self._hang_up(TIMED_OUT)

    def stop_soon(self) -> None:
        """The listener stops: say so now if nothing is going on, else after it (F-07)."""
        if self._deadline.phase is Phase.COMMAND and not self._dialogue.is_open:
            self._hang_up(SHUTTING_DOWN)

    def _hang_up(self, reply: Reply) -> None:
        self._wire.write(octets_of(reply))
        self._close()

    def _break_off(self, reply: Reply) -> bool:
        """Say the last words to a client that did wrong; False, for the loops that end with it."""
        self._wire.write(octets_of(reply))
        self._note_aborted(reason_of(reply))
        return False

    def _note_aborted(self, reason: str) -> None:
        emit(
            Event.SESSION_ABORTED,
            door=self._bind.flavour.value,
            reason=reason,
            command_count=self._dialogue.command_count,
            message_count=self._dialogue.message_count,
        )

    def _close(self) -> None:
        self._wire.send()
        self._deadline.closing()
        if self.transport is not None:
            self.transport.close()

    def cut(self) -> None:
        """Drop the connection and whatever was not taken yet; a call of the path that runs goes on alone."""
        self._abort()
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()

    def _abort(self) -> None:
        transport = self._original_transport or self.transport
        if transport is not None:
            cast("asyncio.Transport", transport).abort()

    # --- the conversation ---

    @override
    async def _handle_client(self) -> None:
        try:
            await self._converse()
        except Exception as error:  # noqa: BLE001 - style.md §7: one of the three places
            self._wire.write(octets_of(self._hall.entrance.fault(self._hall.entrance.new_queue_id(), error)))
        self._close()

    async def _converse(self) -> None:
        if not await self._greet():
            return
        while (line := await self._next_line()) is not None:
            if not await self._act(self._dialogue.command(line)):
                return

    async def _greet(self) -> bool:
        # RFC 5321 §3.1: the client waits for the greeting. Who does not is a program that pushes mail blindly (T-03).
        pause = self._limits.greeting_pause.total_seconds()
        await asyncio.sleep(pause)
        if self._wire.buffer:
            return self._break_off(UNAUTHORISED_PIPELINING)
        self._wire.write(self._dialogue.banner())
        return True

    async def _next_line(self) -> bytes | None:
        """The next command line without CRLF; None when the conversation is over."""
        buffer = self._wire.buffer
        while True:
            end = buffer.find(b"\n")
            if end < 0 and len(buffer) <= self._limits.command_octets:
                if not await self._more_commands():
                    return None
                continue
            if end < 0 or end >= self._limits.command_octets or self._is_inside_overlong:
                if not self._skip_overlong(end):
                    return None
                continue
            line = bytes(buffer[: end + 1])
            del buffer[: end + 1]
            if line.endswith(b"\r\n") and b"\r" not in line[:-2]:
                return line[:-2]
            if not await self._act(self._dialogue.refuse(COMMAND_LINE_ENDING)):
                return None

    async def _more_commands(self) -> bool:
        self._wire.send()
        self._deadline.command()
        await self._wire.taken()
        if self._hall.is_stopping and not self._dialogue.is_open:
            self._wire.write(octets_of(SHUTTING_DOWN))
            return False
        return await self._wire.more()

    def _skip_overlong(self, end: int) -> bool:
        """Drop an overlong line, or what there is of it; False after too many (T-06)."""
        buffer = self._wire.buffer
        if not self._is_inside_overlong or end < 0:
            self._overlong += 1
            self._wire.write(octets_of(COMMAND_TOO_LONG))
        self._is_inside_overlong = end < 0
        del buffer[: end + 1 if end >= 0 else len(buffer)]
        if self._overlong < self._limits.overlong_commands:
            return True
        return self._break_off(TOO_MANY_ERRORS)

    async def _act(self, step: Step) -> bool:
        """Do what the dialogue says; False when the connection ends."""
        if isinstance(step, Say):
            return self._say(step)
        if isinstance(step, Admit):
            return self._say(await self._admit(step.forward_path))
        if self._wire.buffer:
            # RFC 2920 §3.1: DATA and STARTTLS end a group; what stands behind them was sent blindly (T-03, T-04).
            return self._break_off(UNAUTHORISED_PIPELINING)
        if isinstance(step, StartTls):
            return await self._start_tls()
        return await self._take_data()

    async def _admit(self, forward_path: str) -> Say:
        self._deadline.work()
        reply = await self._hall.admit(forward_path)
        if not reply.is_positive:
            emit(
                Event.RECIPIENT_REFUSED,
                door=self._bind.flavour.value,
                reason=reason_of(reply),
                status=str(reply.status),
            )
        return self._dialogue.admitted(forward_path, reply)

    def _say(self, step: Say) -> bool:
        if step.ends_group and self._wire.buffer:
            return self._break_off(UNAUTHORISED_PIPELINING)
        self._wire.write(step.octets)
        if step.is_breaking_off:
            self._note_aborted(reason_of(TOO_MANY_ERRORS))
        return not step.hangs_up

    async def _start_tls(self) -> bool:
        self._wire.send()
        self._deadline.tls()
        error: BaseException | None = None
        try:
            await super().smtp_STARTTLS("")
        except TLSSetupException as failed:
            error = failed.__cause__
        if not self._dialogue.has_tls:
            emit(Event.TLS_FAILED, door=self._bind.flavour.value, error=type(error).__name__)
            self._abort()
            self.connection_lost(None)  # the TLS layer does not tell the one inside of a handshake that failed
        return self._dialogue.has_tls

    @override
    async def push(self, status: bytes | str) -> None:
        """Say that TLS may begin: the only words of aiosmtpd that are left."""
        self._wire.write(TLS_READY_OCTETS)
        self._wire.send()

    # --- DATA ---

    async def _take_data(self) -> bool:
        self._wire.write(START_OF_DATA)
        self._wire.send()
        reader = DataReader(
            size_limit=self._limits.message_octets,
            line_limit=self._limits.line_octets,
            normalises=self._bind.normalises_line_endings,
        )
        self._deadline.data(reader)
        if not await self._read_data(reader):
            return False
        self._deadline.work()
        if reader.fault is None:
            answer = await self._receive(reader.content())
        else:
            answer = octets_of(*[_FAULTS[reader.fault]] * self._dialogue.replies_wanted)
            self._dialogue.transaction_ended()
        failpoints.hit("smtp.before_reply")
        self._wire.write(answer)
        self._wire.send()
        failpoints.hit("smtp.after_reply")
        return True

    async def _read_data(self, reader: DataReader) -> bool:
        """Feed the reader to the end of data; False when the connection ends before it."""
        buffer = self._wire.buffer
        while True:
            while buffer:
                if reader.feed(buffer):
                    failpoints.hit("smtp.data_read")
                    return True
                if reader.is_hopeless:
                    return self._break_off(MESSAGE_TOO_BIG)
                await asyncio.sleep(0)  # others have their turn between two pieces (T-09)
            if not await self._wire.more():
                self._note_aborted("disconnected_in_data")
                return False

    async def _receive(self, content: bytes) -> bytes:
        """Let the path take the message; the answer to the client."""
        dialogue, entrance = self._dialogue, self._hall.entrance
        envelope = Envelope(
            queue_id=entrance.new_queue_id(),
            door=dialogue.door,
            reverse_path=dialogue.reverse_path,
            forward_paths=dialogue.forward_paths,
            content=content,
            received_at=entrance.clock(),
            peer=dialogue.peer,
        )
        return dialogue.answered(await self._hall.receive(envelope), entrance.fold)


def _ip_of(transport: asyncio.Transport) -> str | None:
    """The address of the connection; an IPv4 client of an IPv6 socket has an IPv4 address. None: UNIX socket."""
    peer = transport.get_extra_info("peername")
    if not isinstance(peer, tuple):
        return None
    ip: str = peer[0].partition("%")[0]
    return ip.removeprefix("::ffff:") if ip.startswith("::ffff:") and "." in ip else ip
