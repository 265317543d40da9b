"""Composed mail: new from an allow-list, 7-bit, lines of at most 76, readable by others (D10, T-48, T9)."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.message import Attachment, Body
from mailbridge.domain.reply import DsnAction, EnhancedStatus
from mailbridge.message.compose import DeliveryStatus, compose
from mailbridge.message.parse import parse
from tests.message.composing import ALIAS, a_composition, as_clients_read

PDF = Attachment(filename="faktura ąę.pdf", content_type="application/pdf", octets=bytes(range(256)) * 9)
PICTURE = Attachment(filename="a.png", content_type="image/png", octets=b"\x89PNG", content_id="part1@inline.invalid")


def _lines(octets: bytes) -> list[bytes]:
    return octets.split(b"\r\n")


def test_T48_the_header_is_the_allow_list_and_nothing_else() -> None:
    octets = compose(
        a_composition(
            from_name="Anna K. (order …213) via Market",
            reply_to=ALIAS,
            in_reply_to="<r@relay.example>",
            references=("<root@relay.example>", "<r@relay.example>"),
            language="pl",
        )
    )
    names = [name.decode() for name in re.findall(rb"^([A-Za-z-]+):", octets.partition(b"\r\n\r\n")[0], re.MULTILINE)]
    assert " ".join(names) == (
        "From To Reply-To Subject Date Message-ID In-Reply-To References Content-Language MIME-Version Content-Type"
    )


def test_T48_the_date_is_in_utc() -> None:
    date = datetime(2026, 11, 16, 23, 30, tzinfo=timezone(-timedelta(hours=5)))
    assert b"\r\nDate: Tue, 17 Nov 2026 04:30:00 +0000\r\n" in compose(a_composition(date=date))


def test_plain_short_ascii_stays_readable_seven_bit() -> None:
    octets = compose(a_composition(body=Body(plain="Hello\n-- \nAnna\n")))
    assert octets.endswith(b"Content-Type: text/plain; charset=us-ascii\r\n\r\nHello\r\n-- \r\nAnna\r\n")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("From here on\n", b"quoted-printable"),
        (".\n", b"quoted-printable"),
        ("blank at the end \n", b"quoted-printable"),
        ("x" * 77 + "\n", b"quoted-printable"),
        ("word " * 500 + "\n", b"quoted-printable"),
        ("Zażółć, and all the rest of this long line is plain English text\n", b"quoted-printable"),
        ("Привет, как дела?\n", b"base64"),
        ("a form feed\x0c and more plain text\n", b"quoted-printable"),
    ],
)
def test_E12_other_text_is_encoded_the_shorter_way_and_comes_back_the_same(text: str, encoding: bytes) -> None:
    octets = compose(a_composition(body=Body(plain=text)))
    assert b"Content-Transfer-Encoding: " + encoding in octets
    assert as_clients_read(octets).get_content().replace("\r\n", "\n") == text
    assert max(map(len, _lines(octets))) <= 76


def test_U4_lead_and_footer_stand_around_both_forms() -> None:
    octets = compose(
        a_composition(
            body=Body(plain="text", html="<p>text</p>"),
            lead=Body(plain="lead & more"),
            footer=Body(plain="foot", html="<hr>foot"),
        )
    )
    mail = as_clients_read(octets)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == "lead & more\n\ntext\n\nfoot\n"
    assert re.search(r"<p>lead &amp; more</p>\s*<p>text</p>\s*<hr>foot", html.get_content())


def test_html_with_a_body_of_its_own_is_framed_inside_it() -> None:
    html = "<html><body class='x'><p>text</p></body></html>"
    found = as_clients_read(compose(a_composition(body=Body(html=html), lead=Body(html="<b>lead</b>")))).get_content()
    assert found.strip() == "<html><body class='x'><b>lead</b><p>text</p></body></html>"


def test_files_are_carried_byte_for_byte_under_their_names() -> None:
    long = Attachment(
        filename="ż" * 100 + ".txt", content_type="text/plain", octets=b"\xff\xfe\r\n\n\r", charset="utf-16"
    )
    octets = compose(a_composition(attachments=(PDF, long)))
    found = [(a.get_filename(), a.get_payload(decode=True)) for a in as_clients_read(octets).iter_attachments()]
    assert found == [("faktura ąę.pdf", PDF.octets), (long.filename, long.octets)]
    assert [(a.filename, a.octets) for a in parse(octets).attachments] == found
    assert max(map(len, _lines(octets))) <= 76


def test_pictures_of_the_html_stay_related_to_it() -> None:
    octets = compose(
        a_composition(body=Body(plain="t", html='<img src="cid:part1@inline.invalid">'), attachments=(PICTURE, PDF))
    )
    shape = [part.get_content_type() for part in as_clients_read(octets).walk()]
    assert shape == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]


def test_a_mail_as_file_is_sent_as_octets() -> None:
    mail = Attachment(filename="m.eml", content_type="message/rfc822", octets=b"Subject: \xff\n\nx")
    [found] = as_clients_read(compose(a_composition(attachments=(mail,)))).iter_attachments()
    assert (found.get_content_type(), found.get_payload(decode=True)) == ("application/octet-stream", mail.octets)


def test_E1_any_subject_and_name_come_back_the_same() -> None:
    subject = "Pytanie o zażółć gęślą jaźń – lampa nr 48213, bardzo długi temat, który trzeba złamać 日本語のテキスト"
    octets = compose(a_composition(subject=subject, from_name='Łukasz "Lu" K. (order …213) via Market'))
    mail = as_clients_read(octets)
    assert mail["Subject"] == subject
    # The library sets a blank between the encoded-words of a display name, against RFC 2047 §6.2: ask its older half.
    assert str(make_header(decode_header(message_from_bytes(octets)["From"]))).startswith(
        'Łukasz "Lu" K. (order …213) via Market <'
    )
    assert max(map(len, _lines(octets))) <= 76


@pytest.mark.parametrize("text", ["a\r\nBcc: x@y.example", "a\nb\x00c", "=?utf-8?Q?x?=", " " * 300, "x" * 500])
def test_T67_no_subject_or_name_reaches_past_its_line(text: str) -> None:
    octets = compose(a_composition(subject=text, from_name=text))
    mail = message_from_bytes(octets, policy=policy.compat32)
    assert mail["Bcc"] is None
    assert max(map(len, _lines(octets))) <= 76


def test_T9_references_keep_the_root_and_the_newest() -> None:
    ids = tuple(f"<{number:04d}.0123456789abcdef@relay.example>" for number in range(200))
    octets = compose(a_composition(references=ids))
    kept = as_clients_read(octets)["References"].split()
    assert kept[0] == ids[0]
    assert tuple(kept[1:]) == ids[-len(kept) + 1 :]
    assert len(kept) > 10
    assert len(" ".join(kept)) < 998


def test_an_id_that_is_not_ascii_is_left_out_of_the_header() -> None:
    octets = compose(a_composition(in_reply_to="<ż@x.example>", references=("<root@relay.example>", "<ż@x.example>")))
    message = parse(octets)
    assert (message.in_reply_to, message.references) == ((), ("<root@relay.example>",))


def test_a_long_name_of_a_file_is_cut_between_its_letters() -> None:
    name = f"a{'お知らせ' * 30}ż.pdf"
    mail = as_clients_read(compose(a_composition(attachments=(replace(PDF, filename=name),))))
    [file] = mail.iter_attachments()
    assert file.get_filename() == name
    assert not file["Content-Disposition"].defects
    assert not file["Content-Type"].defects
    assert max(map(len, mail.as_bytes().split(b"\n"))) <= 76


def test_T27_automatic_mail_says_so_and_a_persons_mail_does_not() -> None:
    automatic = compose(a_composition(auto_submitted="auto-generated"))
    assert b"\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n" in automatic
    assert b"Auto" not in compose(a_composition())


def test_only_listed_extra_fields_are_written() -> None:
    octets = compose(a_composition(extra_fields=(("List-Unsubscribe", "<https://relay.example/u/abc>"),)))
    assert b"\r\nList-Unsubscribe: <https://relay.example/u/abc>\r\n" in octets
    with pytest.raises(ValueError, match="not a field we write"):
        compose(a_composition(extra_fields=(("X-Mailer", "y"),)))


def test_the_same_composition_is_the_same_octets() -> None:
    composition = a_composition(attachments=(PDF,), body=Body(plain="ż", html="<p>ż</p>"))
    assert compose(composition) == compose(composition)


def test_T51_a_dsn_of_ours_is_one_that_others_can_read_and_names_aliases_only() -> None:
    report = DeliveryStatus(
        reporting_mta="relay.example",
        final_recipient=AliasAddress("abc@relay.example"),
        action=DsnAction.FAILED,
        status=EnhancedStatus(4, 4, 7),
    )
    octets = compose(a_composition(auto_submitted="auto-replied", delivery_status=report))
    assert as_clients_read(octets).get_content_type() == "multipart/report"
    lost = parse(octets).classification.lost
    assert lost is not None
    assert (lost.recipient, lost.status) == ("abc@relay.example", EnhancedStatus(4, 4, 7))
