"""A private Dovecot: LMTP delivery, IMAP for reading, submission with AUTH for sending; every address has a mailbox."""

from pathlib import Path
from types import TracebackType
from typing import Self

from tests.peers.processes import Process, free_ports, program

#: every mailbox has this password
PASSWORD = "correct-horse"

_MAIL_UID = 5000  # nobody's: Dovecot runs as root here and gives every mailbox to this number

_CONFIG = """
protocols = imap lmtp submission
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
postmaster_address = postmaster@relay.example
hostname = mail.relay.example
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={uid} home={folder}/home/%Ld/%Ln allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service submission-login {{
  inet_listener submission {{
    port = {submission_port}
  }}
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {relay_port}
submission_relay_trusted = no
lmtp_hdr_delivery_address = {delivered_to}
protocol imap {{
  imap_idle_notify_interval = 29 mins
}}
"""


class Dovecot:
    """One instance; a context manager. What is submitted goes to the MTA at `relay_port`.

    With `names_recipient` it writes Delivered-To, with its own mailbox; a hosting provider with a catch-all does not.
    """

    def __init__(self, folder: Path, *, relay_port: int, names_recipient: bool = True) -> None:
        self._names_recipient = names_recipient
        self.imap_port, self.lmtp_port, self.submission_port = free_ports(3)
        self._folder = folder
        self._relay_port = relay_port
        self._process: Process | None = None

    def start(self) -> None:
        """Write the configuration, start, wait until all three services listen."""
        for folder in (self._folder, self._folder / "home", self._folder / "state"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
        (self._folder / "home").chmod(0o777)
        config = self._folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=self._folder,
                password=PASSWORD,
                uid=_MAIL_UID,
                imap_port=self.imap_port,
                lmtp_port=self.lmtp_port,
                submission_port=self.submission_port,
                relay_port=self._relay_port,
                delivered_to="final" if self._names_recipient else "none",
            ),
            "utf-8",
        )
        dovecot = program("dovecot")
        assert dovecot is not None
        self._process = Process([dovecot, "-c", str(config), "-F"], log=self._folder / "output.log")
        self._process.wait_for_ports(self.imap_port, self.lmtp_port, self.submission_port)

    def stop(self) -> None:
        """End it and what it started."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
