"""A whole neighbourhood on loopback: providers of the parties, a front, the bridge, a smarthost, mailboxes, DNS.

client ─submission▶ Dovecot ▶ provider (Postfix) ▶ signing filter ▶ front (Postfix) ─LMTP or SMTP▶ the bridge
mailbox ◀IMAP─ Dovecot ◀LMTP─ smarthost (Postfix) ◀────────────────────────────────────────────────────┘
"""

import enum
import smtplib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.builders import dkim_record, signing_key
from tests.dns_server import DnsServer
from tests.peers.bridge import Bridge
from tests.peers.clients import Account
from tests.peers.dovecot import PASSWORD, Dovecot
from tests.peers.mailbox import Mailbox
from tests.peers.postfix import Postfix, front, smarthost
from tests.peers.processes import free_ports
from tests.peers.signing_relay import SELECTOR, SigningRelay
from tests.peers.sink import Sink

#: loopback address from which the parties' providers send: their SPF names it
PROVIDER_ADDRESS = "127.0.0.25"


class FrontKind(enum.Enum):
    """How the MTA in front hands mail to the bridge."""

    LMTP = "lmtp"
    #: SMTP, telling of the true client by XFORWARD
    SMTP = "smtp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Everything is started but the bridge: import first, then `bridge.start()`."""

    folder: Path
    dns: DnsServer
    bridge: Bridge
    dovecot: Dovecot
    front: Postfix
    #: mail to any domain that is nobody's here
    elsewhere: Sink

    def mailbox(self, addr_spec: str) -> Mailbox:
        """INBOX of this address; open it as a context manager."""
        return Mailbox(addr_spec, port=self.dovecot.imap_port)

    def account(self, addr_spec: str, name: str) -> Account:
        """What a mail client of this person is set up with."""
        return Account(
            addr_spec=addr_spec,
            name=name,
            imap_port=self.dovecot.imap_port,
            submission_port=self.dovecot.submission_port,
            folder=self.folder / "clients" / addr_spec,
        )

    def submit(self, addr_spec: str, octets: bytes, *, to: str) -> None:
        """Submit ready octets with AUTH."""
        with smtplib.SMTP("127.0.0.1", self.dovecot.submission_port, "laptop.lan") as session:
            session.login(addr_spec, PASSWORD)
            session.sendmail(addr_spec, [to], octets)


def publish(dns: DnsServer, domain: str, *, dmarc: str = "v=DMARC1; p=reject", spf: str | None = None) -> None:
    """A domain as an honest provider sets it up: SPF, a DKIM key, DMARC ("" leaves a record out)."""
    spf = f"v=spf1 ip4:{PROVIDER_ADDRESS} -all" if spf is None else spf
    if spf:
        dns.add(domain, "TXT", spf)
    if dmarc:
        dns.add(f"_dmarc.{domain}", "TXT", dmarc)
    dns.add(f"{SELECTOR}._domainkey.{domain}", "TXT", dkim_record(signing_key(domain)))
    dns.add(domain, "MX", f"10 mx.{domain}")
    dns.add(f"mx.{domain}", "A", PROVIDER_ADDRESS)


@contextmanager
def neighbourhood(
    folder: Path, *, alias_domain: str, domains: tuple[str, ...], kind: FrontKind, unreachable: str = ""
) -> Iterator[Neighbourhood]:
    """Start everything; `domains` are those of the parties, each signed with a key of its own.

    Mail to the address `unreachable` is taken by the smarthost, and handed on to `elsewhere`, which may refuse it.
    """
    provider_port, signer_port, front_port, smarthost_port = free_ports(4)
    keys = {domain: signing_key(domain) for domain in domains}
    with ExitStack() as stack:
        enter = stack.enter_context
        dns = enter(DnsServer())
        for domain in domains:
            publish(dns, domain)
        elsewhere = enter(Sink())
        bridge = enter(Bridge(folder / "bridge", dns=dns, smarthost_port=smarthost_port, alias_domain=alias_domain))
        to_bridge = (
            f"lmtp:inet:127.0.0.1:{bridge.lmtp_port}"
            if kind is FrontKind.LMTP
            else f"smtp:[127.0.0.1]:{bridge.smtp_port}"
        )
        dovecot = enter(Dovecot(folder / "dovecot", relay_port=provider_port))
        enter(
            smarthost(
                folder / "behind",
                port=smarthost_port,
                mail_domains=domains,
                lmtp_port=dovecot.lmtp_port,
                routes={alias_domain: f"smtp:[127.0.0.1]:{front_port}"}
                | ({unreachable: f"smtp:[127.0.0.1]:{elsewhere.port}"} if unreachable else {}),
                elsewhere_port=elsewhere.port,
            )
        )
        in_front = enter(
            front(
                folder / "front",
                port=front_port,
                alias_domain=alias_domain,
                bridge=to_bridge,
                elsewhere_port=smarthost_port,
            )
        )
        enter(SigningRelay(port=signer_port, to_port=front_port, keys=keys, source=PROVIDER_ADDRESS))
        enter(
            Postfix(
                folder / "provider",
                port=provider_port,
                hostname="out.provider.example",
                settings={"relayhost": f"[127.0.0.1]:{signer_port}"},
            )
        )
        yield Neighbourhood(folder=folder, dns=dns, bridge=bridge, dovecot=dovecot, front=in_front, elsewhere=elsewhere)
