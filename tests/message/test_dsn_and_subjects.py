"""What a report says of a delivery; subjects lose prefixes, keep foreign tags (B5, D8, T10)."""

import json
import time

import pytest

from mailbridge.domain.classification import Classification, MailKind
from mailbridge.domain.reply import DsnAction, EnhancedStatus
from mailbridge.message.parse import parse
from mailbridge.message.subjects import find_tags, normal_subject, strip_prefixes
from tests.shared_data import shared_path

REPORT = b"""From: MAILER-DAEMON@mx.example\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
\r
--b\r
\r
It did not work.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example\r
\r
Final-Recipient: rfc822; a@one.example\r
Action: delivered\r
Status: 2.0.0\r
\r
Final-Recipient: rfc822; b@one.example\r
Action: Failed\r
Status: 5.1.1 (no such user)\r
--b--\r
"""


def test_T51_a_report_gives_the_worst_action_and_its_status() -> None:
    lost = parse(REPORT).classification.lost
    assert lost is not None
    assert (lost.recipient, lost.action, lost.status) == ("b@one.example", DsnAction.FAILED, EnhancedStatus(5, 1, 1))


def test_a_delay_is_no_failure() -> None:
    late = parse(REPORT.replace(b"Failed", b"delayed")).classification
    assert [failure.action for failure in late.failures] == [DsnAction.DELAYED]
    assert late.lost is None


def test_B5_a_vacation_note_is_no_bounce() -> None:
    vacation = parse(b"From: a@one.example\r\nAuto-Submitted: auto-replied\r\n\r\nI am away until Monday.")
    assert vacation.classification == Classification(kind=MailKind.AUTOREPLY)


@pytest.mark.parametrize("content", [b"", b"\x00", b"From: x\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 1000])
def test_what_is_no_mail_is_no_bounce(content: bytes) -> None:
    assert parse(content).classification.lost is None


@pytest.mark.parametrize("flood", [b"\n", b"a\n\n", b"\r", b"> "], ids=["ends", "lines", "returns", "quotes"])
def test_T24_what_only_looks_like_a_bounce_takes_no_time(flood: bytes) -> None:
    content = (
        b"From: a@b.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=z\r\n\r\n"
        b"--z\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: " + flood * 60_000
    )
    before = time.process_time()
    assert parse(content).classification.lost is None
    assert time.process_time() - before < 2


def test_bounces_of_real_servers_are_read() -> None:
    folder = shared_path("data", "bounces", "flufl_bounce")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    asserted = {name: answer for name, answer in expected.items() if answer["permanent"]}
    failures = [name for name in asserted if parse((folder / name).read_bytes()).classification.lost is not None]
    assert len(failures) >= 0.97 * len(asserted) > 50


@pytest.mark.parametrize(
    "prefix",
    ["", "Re: ", "RE: Re: ", "AW: ", "Odp: ", "R: ", "Fwd: FW: ", "Re[2]: ", "SV: VS: ", "回复：", "Re : "],
)
def test_prefixes_in_every_language_are_taken_off(prefix: str) -> None:
    assert strip_prefixes(f"{prefix}Lamp") == "Lamp"


@pytest.mark.parametrize(
    "subject", ["Regarding: the lamp", "Order: 12", "A: b", "[Ticket#12] Lamp", "https://x.example"]
)
def test_T10_other_words_and_foreign_tags_stay(subject: str) -> None:
    assert strip_prefixes(subject) == subject


def test_D8_a_reply_has_one_plain_prefix() -> None:
    assert normal_subject("AW: RE: Lamp", is_reply=True) == "Re: Lamp"
    assert normal_subject("Lamp", is_reply=True) == "Re: Lamp"
    assert normal_subject("Lamp", is_reply=False) == "Lamp"
    assert normal_subject("WG: Lamp", is_reply=False) == "Fwd: Lamp"
    assert normal_subject("Re: Lamp", is_reply=False) == "Re: Lamp"


def test_tags_are_found_added_once_and_removed() -> None:
    assert find_tags("Lamp [o-48213] and (i-99) #t-ab1 [x-1] O-1") == ("o-48213", "i-99", "t-ab1")
