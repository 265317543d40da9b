"""From settings to the parts of the doors and of the way out: one function per part, no decision about mail."""

import functools

from mailbridge.config import ImapSettings, ListenAddress, RouteSettings, Settings, UnixSocket
from mailbridge.inbound.limits import Bind, DoorSettings, Flavour, Limits
from mailbridge.inbound.mailbox import MailboxSettings
from mailbridge.outbound.dkim_keys import load_key
from mailbridge.outbound.routing import Routes
from mailbridge.outbound.sign import Signer
from mailbridge.outbound.transports import Transport
from mailbridge.outbound.transports.route import SmtpRoute, Timeouts, TlsPolicy
from mailbridge.outbound.transports.smtp import SmtpTransport
from mailbridge.outbound.worker import WorkerSettings


def smtp_route(route: RouteSettings, settings: Settings) -> SmtpRoute:
    """One route as its transport wants it."""
    return SmtpRoute(
        host=route.host,
        port=route.port,
        helo=settings.bridge.hostname,
        tls=TlsPolicy(route.tls),
        ca_file=route.ca_file,
        username=route.user,
        password=route.password_file.reveal() if route.password_file else "",
        null_sender=route.null_sender.addr_spec if route.null_sender else None,
        timeouts=Timeouts(connect=route.connect_timeout, final_dot=route.reply_timeout),
        max_idle=route.connections,
        max_uses=route.messages_per_connection,
    )


def routes(settings: Settings) -> Routes:
    """The transports to every smarthost."""
    by_domain: dict[str, Transport] = {}
    default: Transport | None = None
    for route in settings.route:
        transport = SmtpTransport(smtp_route(route, settings))
        by_domain |= dict.fromkeys(route.for_domains, transport)
        default = default if route.for_domains else transport
    if default is None:
        raise ValueError("config: exactly one route has no for_domains")
    return Routes(default, by_domain)


def door_settings(settings: Settings, *, processes: int) -> DoorSettings:
    """Limits and names of the SMTP and LMTP doors of one process of several: what is limited altogether is divided."""
    listen = settings.listen
    share = functools.partial(_share, among=processes)
    return DoorSettings(
        hostname=settings.bridge.hostname,
        fronts=listen.trusted_fronts,
        postmaster=f"postmaster@{settings.bridge.hostname}",
        certificate=(str(listen.tls_certificate), str(listen.tls_key))
        if listen.tls_certificate and listen.tls_key
        else None,
        requires_tls=listen.requires_tls,
        limits=Limits(
            message_octets=listen.max_message_octets,
            recipients=listen.max_recipients,
            errors=listen.max_errors,
            command_timeout=listen.command_timeout,
            data_octets_per_second=listen.slowest_octets_per_second,
            threads=share(listen.receive_threads),
            connections=share(listen.max_connections),
            connections_per_address=share(listen.max_connections_per_peer),
            connections_per_network=share(3 * listen.max_connections_per_peer),
        ),
    )


def _share(limit: int, *, among: int) -> int:
    return -(-limit // among)


def binds(settings: Settings) -> tuple[Bind, ...]:
    """Where to listen."""
    found = []
    if settings.listen.smtp is not None:
        found.append(Bind(flavour=Flavour.SMTP, address=_pair(settings.listen.smtp)))
    if settings.listen.lmtp is not None:
        found.append(_lmtp(settings.listen.lmtp, mends=settings.listen.lmtp_mends_line_endings))
    return tuple(found)


def _lmtp(at: ListenAddress | UnixSocket, *, mends: bool) -> Bind:
    if isinstance(at, UnixSocket):
        return Bind(flavour=Flavour.LMTP, path=str(at.path), normalises_line_endings=mends)
    return Bind(flavour=Flavour.LMTP, address=_pair(at), normalises_line_endings=mends)


def _pair(at: ListenAddress) -> tuple[str, int]:
    return at.host, at.port


def signer(settings: Settings) -> Signer:
    """Signs with every key of the settings; ConfigurationError when one can not be used."""
    return Signer(load_key(key.key_file, domain=key.domain, selector=key.selector) for key in settings.dkim)


def worker_settings(settings: Settings, *, processes: int, name: str) -> WorkerSettings:
    """How hard one process of several delivers; what it claims is leased to `name`."""
    delivery = settings.delivery
    threads = _share(delivery.workers, among=processes)
    return WorkerSettings(threads=threads, poll=delivery.poll, lease=delivery.lease, name=name)


def mailboxes(settings: Settings) -> tuple[MailboxSettings, ...]:
    """The mailboxes that are read by IMAP, as the door wants them."""
    return tuple(_mailbox(number, imap, settings) for number, imap in enumerate(settings.imap, start=1))


def _mailbox(number: int, imap: ImapSettings, settings: Settings) -> MailboxSettings:
    return MailboxSettings(
        number=number,
        host=imap.host,
        port=imap.port,
        tls=imap.tls,
        ca_file=str(imap.ca_file) if imap.ca_file else None,
        user=imap.user,
        password=imap.password_file.reveal(),
        folder=imap.folder,
        done_folder=imap.done_folder,
        refused_folder=imap.refused_folder,
        recipient_fields=imap.recipient_fields,
        is_trusted_front=imap.is_trusted_front,
        poll=imap.poll,
        message_octets=settings.listen.max_message_octets,
    )
