"""Files inside mails that are files: found wherever they stand, exchanged without touching anything else."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from mailbridge.domain.message import Attachment
from mailbridge.message.mailfiles import enclosed_files, is_mail_file, with_files
from mailbridge.message.parse import parse


def _mail(*files: bytes, inner: EmailMessage | None = None, encoding: str = "base64") -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "a@one.example", "b@two.example", "Files"
    mail["Date"], mail["Message-ID"] = "Fri, 20 Nov 2026 10:00:00 +0100", "<1@one.example>"
    mail.set_content("words")
    for octets in files:
        mail.add_attachment(octets, maintype="image", subtype="jpeg", filename="p.jpg", cte=encoding)
    if inner is not None:
        mail.add_attachment(inner)
    return mail


def test_files_are_found_as_deep_as_mails_lie_in_each_other() -> None:
    octets = _mail(b"one", inner=_mail(b"two", inner=_mail(b"three"))).as_bytes()
    assert [file.octets for file in enclosed_files(octets)] == [b"one", b"two", b"three"]


def test_exchanged_files_are_read_back_and_nothing_else_changes() -> None:
    octets = _mail(b"one", b"two", inner=_mail(b"three")).as_bytes()
    files = enclosed_files(octets)
    changed = with_files(octets, {files[0]: b"ONE" * 100, files[2]: b"THREE"})
    assert [file.octets for file in enclosed_files(changed)] == [b"ONE" * 100, b"two", b"THREE"]
    assert parse(changed).body == parse(octets).body
    assert with_files(octets, {}) == octets


@pytest.mark.parametrize(("encoding", "can_be"), [("base64", True), ("quoted-printable", False)])
def test_only_base64_can_be_exchanged_without_a_new_header(encoding: str, can_be: bool) -> None:
    (file,) = enclosed_files(_mail(b"\xff\xd8one", encoding=encoding).as_bytes())
    assert (file.octets, file.is_replaceable) == (b"\xff\xd8one", can_be)


def test_a_mail_is_told_by_its_type_or_by_its_beginning() -> None:
    octets = _mail().as_bytes()
    named = [Attachment(filename="x", content_type=kind, octets=octets) for kind in ("message/rfc822", "text/plain")]
    assert [is_mail_file(one) for one in named] == [True, True]
    assert not is_mail_file(Attachment(filename="x", content_type="text/plain", octets=b"just words"))


def test_what_is_nested_without_end_is_left_alone() -> None:
    octets = _mail(b"deep").as_bytes()
    for _ in range(60):
        octets = b"Content-Type: message/rfc822\r\n\r\n" + octets
    assert enclosed_files(octets) == ()
