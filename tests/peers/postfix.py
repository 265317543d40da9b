"""A private Postfix: own configuration, queue and ports; the instances that stand in front of and behind the bridge."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.peers.processes import Process, program

_MASTER = """
{listener} inet n - n - - smtpd
pickup    unix n - n 60  1 pickup
cleanup   unix n - n -   0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n -   - trivial-rewrite
bounce    unix - - n -   0 bounce
defer     unix - - n -   0 bounce
trace     unix - - n -   0 bounce
verify    unix - - n -   1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n -   - proxymap
proxywrite unix - - n -  1 proxymap
smtp      unix - - n -   - smtp
lmtp      unix - - n -   - lmtp
relay     unix - - n -   - smtp
showq     unix n - n -   - showq
error     unix - - n -   - error
retry     unix - - n -   - error
discard   unix - - n -   - discard
anvil     unix - - n -   1 anvil
scache    unix - - n -   1 scache
postlog   unix-dgram n - n - 1 postlogd
"""

_MAIN: dict[str, str] = {
    "compatibility_level": "3.6",
    "command_directory": "/usr/sbin",
    "mail_owner": "postfix",
    "setgid_group": "postdrop",
    "inet_interfaces": "127.0.0.1",
    "inet_protocols": "ipv4",
    "mynetworks": "127.0.0.0/8",
    "mydestination": "",
    "local_recipient_maps": "",
    "alias_maps": "",
    "alias_database": "",
    "smtpd_recipient_restrictions": "permit_mynetworks, reject",
    "smtpd_relay_restrictions": "permit_mynetworks, reject",
    "smtpd_client_connection_count_limit": "0",
    "message_size_limit": "52428800",
    "disable_dns_lookups": "yes",
    "smtp_dns_support_level": "disabled",
    "smtp_tls_security_level": "none",
    "lmtp_tls_security_level": "none",
    "minimal_backoff_time": "5s",
    "maximal_backoff_time": "10s",
    "queue_run_delay": "5s",
}


class Postfix:
    """One instance; a context manager. `port` is where its smtpd listens."""

    def __init__(self, folder: Path, *, port: int, hostname: str, settings: Mapping[str, str]) -> None:
        self.port = port
        self._folder = folder
        self._settings = _MAIN | {"myhostname": hostname} | dict(settings)
        self._process: Process | None = None

    @property
    def pid(self) -> int:
        """The master's."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> Path:
        """Where it writes what became of each mail."""
        return self._folder / "log" / "mail.log"

    def start(self) -> None:
        """Write the configuration, make the queue, start the master, wait until it listens."""
        postfix = program("postfix")
        assert postfix is not None
        config = self._write()
        subprocess.run([postfix, "-c", str(config), "check"], check=True, capture_output=True)
        master = Path(postfix).parent.parent / "lib/postfix/sbin/master"
        self._process = Process([str(master), "-c", str(config), "-d"], log=self._folder / "master.log")
        self._process.wait_for_ports(self.port)

    def stop(self) -> None:
        """End the master and what it started."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def message_ids(self) -> list[str]:
        """The Message-ID of every mail that came through, in order."""
        return re.findall(r"message-id=(<[^>]*>)", self.log.read_text("utf-8", "replace"))

    def queue(self) -> str:
        """What `postqueue -j` says: one JSON object per mail still in the queue."""
        listed = subprocess.run(
            ["/usr/sbin/postqueue", "-c", str(self._folder / "etc"), "-j"], check=False, capture_output=True, text=True
        )
        return listed.stdout

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _write(self) -> Path:
        config, spool, data = (self._folder / name for name in ("etc", "spool", "lib"))
        for folder in (self._folder, config, spool, data, self.log.parent):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
        shutil.chown(data, "postfix")
        settings = self._settings | {
            "queue_directory": str(spool),
            "data_directory": str(data),
            "daemon_directory": "/usr/lib/postfix/sbin",
            "maillog_file": str(self.log),
            "maillog_file_prefixes": str(self._folder),
        }
        (config / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), "utf-8")
        (config / "master.cf").write_text(_MASTER.format(listener=f"127.0.0.1:{self.port}"), "utf-8")
        return config


def front(folder: Path, *, port: int, alias_domain: str, bridge: str, elsewhere_port: int) -> Postfix:
    """The MTA in front: mail for the alias domain goes to `bridge` ("lmtp:inet:HOST:PORT" or "smtp:[HOST]:PORT")."""
    return Postfix(
        folder,
        port=port,
        hostname=f"mx.{alias_domain}",
        settings={
            "relay_domains": alias_domain,
            "transport_maps": f"inline:{{ {{ {alias_domain} = {bridge} }} }}",
            "relayhost": f"[127.0.0.1]:{elsewhere_port}",
            "smtp_send_xforward_command": "yes",
            "lmtp_send_xforward_command": "yes",
            # The test's clients come from loopback and so does the true client that XFORWARD tells of.
            "smtpd_authorized_xforward_hosts": "",
        },
    )


def smarthost(
    folder: Path,
    *,
    port: int,
    mail_domains: tuple[str, ...],
    lmtp_port: int,
    routes: Mapping[str, str],
    elsewhere_port: int,
) -> Postfix:
    """The MTA behind: mail for the parties' domains goes to Dovecot, all other to `elsewhere_port`.

    `routes` sends single addresses or domains elsewhere: {"gone@x.example": "error:5.1.1 User unknown"}.
    """
    entries = " ".join(f"{{ {address} = {way} }}" for address, way in routes.items())
    return Postfix(
        folder,
        port=port,
        hostname="smarthost.relay.example",
        settings={
            "virtual_mailbox_domains": ", ".join(mail_domains),
            "virtual_mailbox_maps": "static:all",
            "virtual_transport": f"lmtp:inet:127.0.0.1:{lmtp_port}",
            "transport_maps": f"inline:{{ {entries} }}" if entries else "",
            "relayhost": f"[127.0.0.1]:{elsewhere_port}",
        },
    )


def plain_relay(folder: Path, *, port: int, to_port: int) -> Postfix:
    """A Postfix that does nothing but relay everything to one port, with its default durability."""
    return Postfix(
        folder,
        port=port,
        hostname="relay.example",
        settings={"relayhost": f"[127.0.0.1]:{to_port}", "default_process_limit": "100"},
    )
