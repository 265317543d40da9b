"""Octets to a Message: what is read, what is refused, and that nothing raises (T-35, T-60 to T-67, E20)."""

from datetime import UTC, datetime

import pytest

from mailbridge.domain.message import Automatic, HeaderMailbox, Message, OpaqueReason
from mailbridge.message.parse import parse

PLAIN = b"""From: Alice <alice@one.example>\r
To: x@relay.example\r
Subject: =?utf-8?Q?Za=C5=BC=C3=B3=C5=82=C4=87?=\r
Date: Mon, 16 Nov 2026 15:04:05 +0100\r
Message-ID: <id.1@one.example>\r
In-Reply-To: <r@relay.example>\r
References: <root@relay.example>\r
 <r@relay.example>\r
Content-Language: de-AT, en\r
\r
Hello\r
"""


def _multipart(kind: str, *parts: bytes) -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    header = b"From: a@one.example\r\nContent-Type: multipart/" + kind.encode() + b"; boundary=b\r\n\r\n"
    return header + body + b"--b--\r\n"


def _text(text: bytes, subtype: bytes = b"plain") -> bytes:
    return b"Content-Type: text/" + subtype + b"\r\n\r\n" + text


FILE = (
    b"Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAEC"
)


def test_a_plain_mail_is_read() -> None:
    message = parse(PLAIN)
    assert message.author == HeaderMailbox(addr_spec="alice@one.example", display_name="Alice")
    assert (message.subject, message.new_text, message.language) == ("Zażółć", "Hello", "de")
    assert message.date == datetime(2026, 11, 16, 14, 4, 5, tzinfo=UTC)
    assert message.message_id == "<id.1@one.example>"
    assert message.references == ("<root@relay.example>", "<r@relay.example>")
    assert message.in_reply_to == ("<r@relay.example>",)
    assert message.opaque is None


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"From: a@one.example\r\nFrom: b@two.example\r\n",
        b"From: a@one.example\r\n" * 10,
        b"From: a@one.example, b@two.example\r\n",
        b"From : a@one.example\r\n",
        b" From: a@one.example\r\nSubject: x\r\n",
        b"From: a@one.example\r\nFrom : a@one.example\r\n",
        b"Sender: a@one.example\r\nResent-From: a@one.example\r\n",
        b"From:\r\n",
        b"From: Team: a@one.example;\r\n",
    ],
)
def test_T35_anything_but_one_proper_author_is_no_author(header: bytes) -> None:
    assert parse(header + b"To: x@relay.example\r\n\r\nHello").author is None


def test_T35_a_folded_from_is_one_author() -> None:
    author = parse(b"From:\r\n Alice\r\n <a@one.example>\r\n\r\nHello").author
    assert author is not None
    assert author.addr_spec == "a@one.example"


def test_both_forms_of_an_alternative_are_read() -> None:
    message = parse(_multipart("alternative", _text(b"plain"), _text(b"<p>rich</p>", b"html")))
    assert (message.body.plain, message.body.html, message.new_text) == ("plain", "<p>rich</p>", "plain")


def test_html_alone_gives_the_text() -> None:
    message = parse(_multipart("mixed", _text(b"<p>one</p><p>two &amp; three</p>", b"html")))
    assert message.body.plain is None
    assert message.new_text.split() == ["one", "two", "&", "three"]


def test_new_text_signature_imprint_and_history_are_told_apart() -> None:
    imprint = "Lampen GmbH, Amtsgericht Berlin, HRB 1\nGeschäftsführer: Max, USt-IdNr. DE1"
    text = (
        f"Yes.\n\nBest regards\nAnna\n\n{imprint}\n\nSent from my iPhone\n\nOn 16.11.2026 15:04, Max wrote:\n> Is it?"
    )
    message = parse(b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode())
    assert message.new_text == "Yes.\n\nBest regards\nAnna"
    assert (message.signature, message.imprint) == ("Sent from my iPhone", imprint)
    assert message.quoted_text == "On 16.11.2026 15:04, Max wrote:\n> Is it?"
    assert message.own_text == f"{message.new_text}\n{message.signature}\n{imprint}"


def test_line_ends_in_the_source_of_html_are_blanks() -> None:
    message = parse(b"Content-Type: text/html\r\n\r\n<p>call +48 600\r\n700 800</p>")
    assert message.new_text == "call +48 600 700 800"


def test_text_below_a_file_is_not_lost() -> None:
    message = parse(_multipart("mixed", _text(b"above"), FILE, _text(b"below")))
    assert message.body.plain == "above\nbelow"
    assert [(a.filename, a.octets, a.content_type) for a in message.attachments] == [
        ("a.pdf", b"\x00\x01\x02", "application/pdf")
    ]


def test_a_text_with_a_name_behind_the_text_is_a_file() -> None:
    named = b'Content-Type: text/plain; charset=iso-8859-2\r\nContent-Disposition: inline; filename="l.txt"\r\n\r\n\xb3'
    message = parse(_multipart("mixed", _text(b"above"), named))
    assert message.body.plain == "above"
    assert [(a.filename, a.octets, a.charset) for a in message.attachments] == [("l.txt", b"\xb3", "iso-8859-2")]


def test_a_mail_in_a_mail_is_one_file() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\n\r\ninner text\r\n"
    message = parse(_multipart("mixed", _text(b"see below"), inner))
    assert message.body.plain == "see below"
    assert message.attachments[0].octets == b"From: x@y.example\r\n\r\ninner text\r\n"


def test_P7_E19_signature_parts_are_left_out_and_named() -> None:
    signature = b"Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n-----BEGIN PGP SIGNATURE-----"
    key = b'Content-Type: application/octet-stream; name="OpenPGP_0x1234.asc"\r\n\r\nkey'
    message = parse(_multipart("signed", _text(b"signed"), signature))
    assert (message.new_text, message.attachments, "signature removed" in message.defects) == ("signed", (), True)
    assert parse(_multipart("mixed", _text(b"text"), key)).attachments == ()


def test_inline_pgp_signatures_are_taken_off() -> None:
    head = b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
    signed = head + b"Hello\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
    assert parse(b"From: a@one.example\r\n\r\n" + signed).new_text == "Hello"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_multipart("encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\n1"), OpaqueReason.ENCRYPTED),
        (b"From: a@one.example\r\nContent-Type: application/pkcs7-mime\r\n\r\nMII", OpaqueReason.ENCRYPTED),
        (b"From: a@one.example\r\n\r\nx\n-----BEGIN PGP MESSAGE-----\n\nabc\n", OpaqueReason.ENCRYPTED),
        (b"From: a@one.example\r\nContent-Type: message/partial; id=1\r\n\r\nx", OpaqueReason.PARTIAL_OR_EXTERNAL),
        (_multipart("mixed", b"Content-Type: message/external-body\r\n\r\n\r\n"), OpaqueReason.PARTIAL_OR_EXTERNAL),
        (b"From: a@one.example\r\n" + b"X: y\r\n" * 1001 + b"\r\nx", OpaqueReason.TOO_MANY_FIELDS),
        (b"From: a@one.example\r\nX: " + b"y" * 70_000 + b"\r\n\r\nx", OpaqueReason.HEADER_TOO_BIG),
        (b"From: a@one.example\r\n" + (b"X: " + b"y" * 60_000 + b"\r\n") * 5 + b"\r\nx", OpaqueReason.HEADER_TOO_BIG),
        (b"From: a@one.example\r\nTo: " + b"a@b.example," * 501 + b"\r\n\r\nx", OpaqueReason.TOO_MANY_ADDRESSES),
    ],
)
def test_T61_T56_what_is_not_read_has_its_reason(content: bytes, reason: OpaqueReason) -> None:
    assert parse(content).opaque is reason


def test_an_opaque_mail_still_says_who_writes_where_its_header_can_be_read() -> None:
    author = parse(_multipart("encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\n1")).author
    assert author is not None
    assert author.addr_spec == "a@one.example"


def _nested_multipart(depth: int) -> bytes:
    head = b"From: a@one.example\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(depth)
    )
    return head + b"\r\ntext"


def _nested_mail(depth: int) -> bytes:
    return b"From: a@one.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * depth + b"\r\ntext"


@pytest.mark.parametrize("nest", [_nested_multipart, _nested_mail])
def test_T60_fifty_levels_are_read_and_one_more_is_too_deep(nest: object) -> None:
    assert callable(nest)
    assert parse(nest(50)).opaque is None
    assert parse(nest(51)).opaque is OpaqueReason.TOO_DEEP
    assert parse(nest(10_000)).opaque is OpaqueReason.TOO_DEEP


def test_T60_a_boundary_used_again_inside_ends_nothing_twice() -> None:
    inner = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ninner"
    assert parse(_multipart("mixed", inner)).opaque is None


def test_T61_a_thousand_parts_are_read_and_more_are_too_many() -> None:
    assert parse(_multipart("mixed", *[b"\r\nx"] * 999)).opaque is None
    assert parse(_multipart("mixed", *[b"\r\nx"] * 1001)).opaque is OpaqueReason.TOO_MANY_PARTS


def test_T62_only_a_hundred_encoded_words_are_decoded() -> None:
    subject = parse(b"From: a@one.example\r\nSubject: " + b"=?utf-8?Q?a?= " * 4000 + b"\r\n\r\nx").subject
    assert subject.startswith("a" * 100)
    assert len(subject) <= 1000


def test_T62_parameters_are_cut_and_the_first_of_two_counts() -> None:
    many = b"".join(b" filename*%d=x;\r\n" % number for number in range(2000))
    part = b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n" + many + b" filename=late\r\n\r\nx"
    twice = b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf; filename=b.pdf\r\n\r\nx"
    message = parse(_multipart("mixed", part, twice))
    assert [a.filename for a in message.attachments] == ["x" * 100, "a.pdf"]


@pytest.mark.parametrize(
    "charset", ["idna", "unicode_escape", "zlib", "rot13", "x" * 1000, "utf-8\x00", "punycode", "hex"]
)
def test_T66_only_character_sets_are_asked_for(charset: str) -> None:
    header = f'From: a@one.example\r\nContent-Type: text/plain; charset="{charset}"\r\n\r\n'
    assert parse(header.encode() + b"caf\xe9 \\x41 =41").new_text == "café \\x41 =41"


def test_T67_encoded_line_ends_and_controls_are_gone() -> None:
    message = parse(b"From: a@one.example\r\nSubject: =?utf-8?Q?a=0D=0ABcc:_b=00=1B[31m?=\r\n\r\nx\x00\x1b[31my")
    assert message.subject == "a Bcc: b[31m"
    assert message.new_text == "x[31my"


def test_T74_names_of_files_are_no_paths() -> None:
    names = [b"../../etc/passwd", b"C:\\x\\CON.txt", b"\\\\host\\a.pdf", b"", b"a" * 4096 + b".pdf", b"x. . "]
    parts = [
        b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="'
        + n.replace(b"\\", b"\\\\")
        + b'"\r\n\r\nx'
        for n in names
    ]
    found = [a.filename for a in parse(_multipart("mixed", *parts)).attachments]
    assert found == ["passwd", "_CON.txt", "a.pdf", "file.pdf", "a" * 116 + ".pdf", "x"]


def test_T68_html_beyond_measure_is_read_as_text_only() -> None:
    message = parse(_multipart("mixed", _text(b"<div>" * 20_000 + b"hello", b"html")))
    assert message.body.html is None
    assert "html too big or too deep" in message.defects


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n",
        b"\x00" * 100,
        b"no header at all",
        b'From: "" <@',
        b"Message-ID: <@>\r\n\r\n",
        b":\r\n",
        b"\r\n\r\nbody",
    ],
)
def test_E20_next_to_nothing_is_a_message_too(content: bytes) -> None:
    assert isinstance(parse(content), Message)


def test_format_flowed_is_undone() -> None:
    header = b"From: a@one.example\r\nContent-Type: text/plain; format=flowed; delsp=yes\r\n\r\n"
    assert parse(header + b"one \r\ntwo\r\n  indented\r\n> quo \r\n> ted\r\n-- \r\nname").body.plain == (
        "onetwo\n indented\n> quoted\n-- \nname"
    )


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (b"", Automatic.NO),
        (b"Auto-Submitted: no (really)\r\n", Automatic.NO),
        (b"X-Auto-Response-Suppress: All\r\n", Automatic.NO),
        (b"Auto-Submitted: auto-replied (vacation)\r\n", Automatic.REPLIED),
        (b"Auto-Submitted: auto-generated; x=y\r\n", Automatic.GENERATED),
        (b"Precedence: bulk\r\n", Automatic.GENERATED),
        (b"Precedence: auto_reply\r\n", Automatic.REPLIED),
        (b"List-Id: <l.one.example>\r\n", Automatic.GENERATED),
        (b"X-Autoreply: yes\r\n", Automatic.REPLIED),
        (b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n", Automatic.DSN),
        (b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n", Automatic.MDN),
    ],
)
def test_T27_B3_automatic_mail_is_told_by_its_header(fields: bytes, kind: Automatic) -> None:
    assert parse(b"From: a@one.example\r\n" + fields + b"\r\nx").automatic is kind


def test_B2_the_mailer_daemon_is_no_person() -> None:
    assert parse(b"From: Mail Delivery <MAILER-DAEMON@one.example>\r\n\r\nx").automatic is Automatic.DSN


def test_P5_P6_trace_fields_give_the_secrets_of_the_authors_side() -> None:
    message = parse(
        b"Received: from mail.one.example (mail.one.example [203.0.113.9]) by mx.relay.example; date\r\n"
        b"Received: from laptop.local (unknown [192.168.1.7] helo=[198.51.100.7]) by mail.one.example with ESMTPSA\r\n"
        b"Received: by submit.one.example with HTTP; date\r\n"
        b"From: a@one.example\r\nMessage-ID: <id.1@one.example>\r\nX-Originating-IP: [198.51.100.8]\r\n"
        b"X-Mailer: Apple Mail (2.3826.200.121)\r\nUser-Agent: Thunderbird\r\n\r\nx"
    )
    assert set(message.trace_secrets) == {
        "id.1@one.example",
        "mail.one.example",
        "203.0.113.9",
        "198.51.100.7",
        "submit.one.example",
        "198.51.100.8",
        "Apple Mail (2.3826.200.121)",
    }
    assert message.received_count == 3


def test_T38_fields_of_a_front_are_kept_topmost_first() -> None:
    message = parse(
        b"Authentication-Results: mx.relay.example; dkim=pass\r\nAuthentication-Results: evil.example; dkim=fail\r\n"
        b"X-Spam-Flag: YES\r\nFrom: a@one.example\r\n\r\nx"
    )
    assert message.front_fields == (
        ("authentication-results", "mx.relay.example; dkim=pass"),
        ("authentication-results", "evil.example; dkim=fail"),
        ("x-spam-flag", "YES"),
    )


def test_T64_text_around_the_parts_and_a_missing_end_are_no_content() -> None:
    content = _multipart("mixed", _text(b"inside")).replace(b"\r\n\r\n--b", b"\r\n\r\npreamble\r\n--b", 1)
    assert parse(content + b"epilogue").new_text == "inside"
    assert parse(content.replace(b"--b--\r\n", b"")).new_text == "inside"


def test_T64_a_longer_boundary_is_another_one() -> None:
    assert parse(_multipart("mixed", _text(b"one\r\n--bb\r\ntwo"))).new_text == "one\n--bb\ntwo"


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("ISO-2022-JP", "iso2022_jp", "注文はいつ届きますか。"),
        ("gb2312", "gb18030", "朱镕基 㐀"),  # neither is in GB 2312 itself
        ("ks_c_5601-1987", "cp949", "똠방각하"),  # the first is in the wider set only
        ("euc-kr", "cp949", "똠방각하"),
        ("x-sjis", "cp932", "①髙橋"),
        ("iso-8859-1", "cp1252", "10 € – “yes”"),
    ],
)
def test_E4_W8_what_is_sent_under_a_name_is_read_as_the_larger_set(label: str, codec: str, text: str) -> None:
    header = f"From: a@one.example\r\nContent-Type: text/plain; charset={label}\r\n\r\n"
    assert parse(header.encode() + text.encode(codec)).body.plain == text


def test_T66_a_file_keeps_no_charset_that_is_not_known() -> None:
    file = b"Content-Type: text/plain; charset=%b; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nx"
    parsed = [parse(_multipart("mixed", file % label)) for label in (b"iso-8859-2", b"mail.one.example", b"cp037")]
    assert [message.attachments[0].charset for message in parsed] == ["iso-8859-2", "", ""]
