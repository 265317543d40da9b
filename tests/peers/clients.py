"""Real mail clients, driven without a person: swaks, s-nail and neomutt, reading by IMAP and sending by submission.

Each function returns when the client has ended well; what became of the mail is seen in the mailboxes.
"""

import os
import pty
import select
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.peers.dovecot import PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One mailbox and the servers its client is set up with."""

    addr_spec: str
    name: str
    imap_port: int
    submission_port: int
    #: a folder for the client's own files
    folder: Path

    @property
    def _login(self) -> str:
        return f"{quote(self.addr_spec, safe='')}:{quote(PASSWORD, safe='')}"

    @property
    def imap_url(self) -> str:
        return f"imap://{self._login}@127.0.0.1:{self.imap_port}"

    @property
    def submission_url(self) -> str:
        return f"smtp://{self._login}@127.0.0.1:{self.submission_port}"


def swaks_send(account: Account, *, to: str, octets: bytes) -> None:
    """Submit ready octets with AUTH, as swaks does."""
    data = account.folder / "swaks.eml"
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(octets.replace(b"\r\n", b"\n"))
    _run(
        [
            "swaks",
            *("--server", "127.0.0.1", "--port", str(account.submission_port), "--helo", "laptop.lan"),
            *("--auth", "PLAIN", "--auth-user", account.addr_spec, "--auth-password", PASSWORD),
            *("--from", account.addr_spec, "--to", to, "--data", f"@{data}", "--suppress-data"),
        ]
    )


def s_nail_reply(account: Account, *, text: str) -> None:
    """Open INBOX by IMAP, answer the newest mail with its text quoted, send by submission."""
    commands = [
        *("set v15-compat", "set noinherit", f"set from='{account.name} <{account.addr_spec}>'"),
        *(f"set mta={account.submission_url}", "set smtp-auth=plain", "set quote", "set indentprefix='> '"),
        *("set escape=~", "set sendwait", "set nosave", "set autobcc=", "set reply-to-honour=yes"),
        *(f"file {account.imap_url}/INBOX", "reply $", text, "~.", "xit"),
    ]
    script = "\n".join(commands) + "\n"
    _run(["s-nail", "-:/", "-#"], typed=script.encode())


def neomutt_reply(account: Account, *, about: str, text: str, within_s: float = 60.0) -> None:
    """Open INBOX by IMAP in a terminal, press reply on the newest mail with `about` in its subject, type above the
    quote, send by submission."""
    folder = account.folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "typed.txt").write_text(text + "\n\n", "utf-8")
    editor = folder / "editor.sh"
    editor.write_text(f'#!/bin/sh\ncat {folder}/typed.txt "$1" > "$1.new" && mv "$1.new" "$1"\n', "utf-8")
    editor.chmod(0o755)
    keys = f"<limit>~s {about}<enter><last-entry><reply><send-message>"
    settings = {
        "realname": account.name,
        "from": account.addr_spec,
        "smtp_url": account.submission_url,
        "spoolfile": f"{account.imap_url}/INBOX",
        "folder": f"{account.imap_url}/",
        "editor": f"{editor} %s",
        "header_cache": "",
        "sendmail_wait": "0",
        "attribution": "On %d, %n <%a> wrote:",
        "ssl_starttls": "no",
        "ssl_force_tls": "no",
        "smtp_authenticators": "plain",
        "imap_user": account.addr_spec,
        "imap_pass": PASSWORD,
        "smtp_pass": PASSWORD,
    }
    on = ("include=yes", "abort_unmodified=no", "abort_nosubject=no", "fast_reply=yes", "copy=no", "edit_headers=no")
    lines = [f'set {name}="{value}"' for name, value in settings.items()] + [f"set {one}" for one in on]
    lines += ["set recall=no", "set quit=yes", "unset confirmappend", "unset mark_old", "set abort_noattach=no"]
    rc = folder / "neomuttrc"
    rc.write_text("\n".join([*lines, f'push "{keys}<quit>"']) + "\n", "utf-8")
    _in_terminal(["neomutt", "-n", "-F", str(rc)], within_s=within_s)


def _run(command: Sequence[str], *, typed: bytes = b"") -> None:
    done = subprocess.run(command, input=typed, check=False, capture_output=True, timeout=60, env=_environment())
    if done.returncode != 0:
        output = (done.stdout + done.stderr).decode("utf-8", "replace")
        raise AssertionError(f"{command[0]} ended with {done.returncode}:\n{output[-3000:]}")


def _in_terminal(command: Sequence[str], *, within_s: float) -> None:
    """Run a full-screen program in a terminal of its own until it ends."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal for {command[0]} here, as in a root without /dev/pts: {error}")
    shown = bytearray()
    child = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=_environment(), start_new_session=True
    )
    os.close(theirs)
    deadline = time.monotonic() + within_s
    try:
        while child.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"{command[0]} did not end within {within_s:g} s:\n{_plain(shown)}")
            if select.select([ours], [], [], 0.1)[0]:
                shown += _read(ours)
        if child.returncode != 0:
            raise AssertionError(f"{command[0]} ended with {child.returncode}:\n{_plain(shown)}")
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        os.close(ours)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end of the terminal was closed
        return b""


def _plain(shown: bytearray) -> str:
    return bytes(shown[-6000:]).decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """Nothing of the person who runs the tests: no home, no configuration, no locale but UTF-8."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
    }
