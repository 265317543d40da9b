"""Real and hostile mail through parse, mask, compose and gate: nothing raises or hangs, nearly all comes out clean."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbridge.domain.message import Automatic, Message
from mailbridge.domain.secrets import Leak, Secrets
from mailbridge.message.compose import compose
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import MaskRequest, mask
from mailbridge.message.parse import parse
from tests.house.sources import TOP
from tests.message.composing import ALIAS, READER, a_composition, as_clients_read
from tests.message.hostile import HOSTILE
from tests.shared_data import shared_path

PARTY = b"max.mueller@firm.example"
MAX_SECONDS = 2.0


def _mails(folder: str) -> Iterator[Path]:
    for path in sorted(shared_path("data", *folder.split("/")).rglob("*")):
        if path.suffix in {".eml", ".msg"} or (
            path.suffix == ".txt" and path.parent.name in {"easy-ham-1", "spam-1", "data", "messages"}
        ):
            yield path


def _from_a_party(content: bytes) -> bytes:
    """The mail with From of a party: its own From fields go, so that the address occurs where its author wrote it."""
    header, separator, body = content.partition(
        b"\n\n" if b"\n\n" in content[: content.find(b"\r\n\r\n")] else b"\r\n\r\n"
    )
    if not separator:
        header, separator, body = content.partition(b"\n\n")
    lines = header.replace(b"\r\n", b"\n").split(b"\n")
    kept: list[bytes] = []
    is_from = False
    for line in lines:
        is_from = (is_from and line[:1] in b" \t") or line[:5].lower() == b"from:" or line[:5] == b"From "
        if not is_from:
            kept.append(line)
    return b"\n".join([b"From: Max <" + PARTY + b">", *kept]) + b"\n\n" + body


def relay(message: Message) -> tuple[bytes, tuple[Leak, ...]]:
    addresses = tuple(dict.fromkeys([PARTY.decode(), *(author.addr_spec.lower() for author in message.authors)]))
    secrets = Secrets(
        addresses=addresses, traces=message.trace_secrets, domains=("firm.example",), hidden=("Max Müller",)
    )
    request = MaskRequest(secrets=secrets, replacement=dict.fromkeys(addresses, ALIAS.addr_spec), label="[removed]")
    masked = mask(message, request)
    octets = compose(a_composition(subject=masked.subject, body=masked.body, attachments=masked.attachments))
    return octets, find_leaks(octets, secrets, reader=READER)


def _assert_well_formed(octets: bytes) -> None:
    lines = octets.split(b"\r\n")
    assert octets.isascii()
    assert all(len(line) <= 76 and b"\n" not in line and b"\r" not in line for line in lines)
    as_clients_read(octets)


@pytest.mark.parametrize("folder", ["mime", "replies", "real", "policy/spamassassin_corpus"])
def test_mail_of_the_world_is_relayed_clean(folder: str) -> None:
    parseable = leaking = 0
    for path in _mails(folder):
        content = path.read_bytes()
        parse(content)
        message = parse(_from_a_party(content))
        if message.opaque is not None or message.automatic in {Automatic.DSN, Automatic.MDN}:
            continue
        assert message.author is not None, path.name
        octets, leaks = relay(message)
        _assert_well_formed(octets)
        parseable += 1
        leaking += bool(leaks)
    assert parseable > 10
    assert leaking <= 0.05 * parseable


def test_T60_T61_T68_hostile_mail_takes_no_memory() -> None:
    program = [sys.executable, "-m", "tests.message.peak_memory"]
    ran = subprocess.run(program, cwd=TOP, capture_output=True, text=True, check=True, timeout=120)
    peaks: dict[str, int] = json.loads(ran.stdout)
    assert peaks.keys() == HOSTILE.keys()
    room = {name: 8 * len(content) + 32 * 1024 * 1024 for name, content in HOSTILE.items()}
    assert {name: peak for name, peak in peaks.items() if peak > room[name]} == {}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_T60_T61_T68_hostile_mail_takes_no_time(content: bytes) -> None:
    start = time.process_time()
    message = parse(content)
    if message.opaque is None:
        octets, _ = relay(message)
        _assert_well_formed(octets)
    assert time.process_time() - start < MAX_SECONDS
