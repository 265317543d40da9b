"""Files that are text: calendars both ways, cards, mails inside mails, notes and pages (T-55, T-57, P9)."""

import base64
from email import message_from_bytes, policy

import pytest

from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.domain.secrets import Secrets
from mailbridge.message.compose import compose
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import Masked, MaskRequest, mask
from mailbridge.message.parse import parse
from tests.message.composing import READER, a_composition, as_clients_read

SELLER, BUYER = "max.mueller@firm.example", "anna@buyer-post.example"
#: who stands for whom: the buyer knows the seller as SELLERS_ALIAS, the seller knows the buyer as BUYERS_ALIAS
SELLERS_ALIAS, BUYERS_ALIAS = "s3jd8s2mfa7q9x1z@relay.example", "b7h2k9s3m5q8w1xz@relay.example"
TO_BUYER = MaskRequest(
    secrets=Secrets(addresses=(SELLER,), domains=("firm.example",), hidden=("Max Müller", "+49 30 123456789")),
    replacement={SELLER: SELLERS_ALIAS, BUYERS_ALIAS: "Anna K."},
    people={SELLER: SELLERS_ALIAS, BUYERS_ALIAS: BUYER},
    label="[address removed]",
    other_label="[removed]",
    file_label="[file removed]",
)
TO_SELLER = MaskRequest(
    secrets=Secrets(addresses=(BUYER,), domains=("buyer-post.example",), hidden=("Anna Kowalska",)),
    replacement={BUYER: BUYERS_ALIAS, SELLERS_ALIAS: "Firm"},
    people={BUYER: BUYERS_ALIAS, SELLERS_ALIAS: SELLER},
    label="[address removed]",
)


def _masked(*attachments: Attachment, request: MaskRequest = TO_BUYER) -> Masked:
    return mask(Message(body=Body(plain="Hello"), attachments=attachments), request)


def _file(text: str | bytes, kind: str = "text/plain", name: str = "a.txt", charset: str = "") -> Attachment:
    octets = text.encode() if isinstance(text, str) else text
    return Attachment(filename=name, content_type=kind, octets=octets, charset=charset)


def _only(masked: Masked) -> Attachment:
    [attachment] = masked.attachments
    return attachment


def _passes_the_gate(masked: Masked, request: MaskRequest = TO_BUYER) -> bool:
    octets = compose(a_composition(body=masked.body, attachments=masked.attachments))
    return find_leaks(octets, request.secrets, reader=READER) == ()


INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Apple Inc.//macOS 15.1//EN\r\nMETHOD:REQUEST\r\n"
    "X-WR-CALNAME:Max Müller\r\nBEGIN:VEVENT\r\nUID:1B2C-9\r\nDTSTART:20261120T100000Z\r\n"
    'ORGANIZER;CN="Max Müller";EMAIL=max.mueller@firm.example:mailto:max.mueller@fi\r\n rm.example\r\n'
    f"ATTENDEE;CN=Anna;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{BUYERS_ALIAS}\r\n"
    "ATTENDEE;ROLE=CHAIR:mailto:fitter@third.example\r\n"
    f"SUMMARY:Delivery\r\nDESCRIPTION:Questions to {SELLER}\\nMax Müller\\, 030 123456789\r\n"
    'LOCATION;ALTREP="https://firm.example/map":Shop\r\nX-ALT-DESC;FMTTYPE=text/html:<p>x</p>\r\n'
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_P9_an_invitation_reaches_the_buyer_from_the_alias_and_to_his_own_mailbox() -> None:
    masked = _masked(_file(INVITATION, "text/calendar", "invite.ics", "utf-8"))
    text = _only(masked).octets.decode()
    lines = text.split("\r\n")
    assert f"ORGANIZER:mailto:{SELLERS_ALIAS}" in lines
    assert f"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{BUYER}" in lines
    assert "ATTENDEE;ROLE=CHAIR:mailto:fitter@third.example" in lines
    assert {"METHOD:REQUEST", "UID:1B2C-9", "DTSTART:20261120T100000Z", "SUMMARY:Delivery"} <= set(lines)
    assert "PRODID:-//Mailbridge//Mailbridge//EN" in lines
    assert not any(gone in text for gone in ("Apple", "Müller", "X-", "ALTREP", "firm", "123456789"))
    assert max(len(line.encode()) for line in lines) <= 75
    assert _passes_the_gate(masked)


def test_P9_an_invitation_is_sent_so_that_programs_offer_to_accept_it() -> None:
    masked = _masked(_file(INVITATION, "text/calendar", "invite.ics", "utf-8"))
    mail = as_clients_read(compose(a_composition(body=masked.body, attachments=masked.attachments)))
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"


def test_P9_the_answer_matches_the_invitation_that_the_seller_sent() -> None:
    accepted = INVITATION.replace("METHOD:REQUEST", "METHOD:REPLY").replace("NEEDS-ACTION", "ACCEPTED")
    accepted = accepted.replace("max.mueller@fi\r\n rm.example", SELLERS_ALIAS).replace(
        f"mailto:{BUYERS_ALIAS}", f"MAILTO:{BUYER}"
    )
    masked = _masked(_file(accepted, "text/calendar", "invite.ics", "utf-8"), request=TO_SELLER)
    lines = _only(masked).octets.decode().replace("\r\n ", "").split("\r\n")
    assert f"ORGANIZER:mailto:{SELLER}" in lines
    assert f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:{BUYERS_ALIAS}" in lines
    assert {"METHOD:REPLY", "UID:1B2C-9"} <= set(lines)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("UID:1B2C-9", f"UID:1@{SELLER.partition('@')[2]}x-{SELLER}"),
        ("max.mueller@fi\r\n rm.example", "x@firm.example"),
    ],
)
def test_P9_what_can_not_be_answered_any_more_is_published_instead(old: str, new: str) -> None:
    masked = _masked(_file(INVITATION.replace(old, new), "text/calendar", "invite.ics", "utf-8"))
    assert b"METHOD:PUBLISH" in _only(masked).octets
    assert _passes_the_gate(masked)


def test_T55_a_calendar_is_known_by_what_it_says_and_hostile_ones_do_not_raise() -> None:
    masked = _masked(_file(INVITATION, "application/octet-stream", "x.bin"))
    assert SELLER not in _only(masked).octets.decode()
    for text in ("BEGIN:VCALENDAR", "BEGIN:VCALENDAR\n" + 'ATTENDEE;CN="' * 5_000, "BEGIN:VCALENDAR\n:::;;\n\x00"):
        assert _masked(_file(text, "text/calendar")).attachments != ()
    assert _masked(_file("BEGIN:VCALENDAR\n" + "A:b\n" * 30_000, "text/calendar")).attachments == ()


def test_T55_a_contact_card_is_taken_out_and_both_sides_are_told() -> None:
    card = f"BEGIN:VCARD\r\nFN:Max\r\nEMAIL:{SELLER}\r\nEND:VCARD\r\n"
    for kind in ("text/vcard", "application/octet-stream"):
        masked = _masked(_file(card, kind, "max.vcf"))
        assert masked.attachments == ()
        assert masked.body.plain == "Hello\n\n[file removed]\n"
        assert masked.own_words == ("contact card",)


@pytest.mark.parametrize(
    "armour", ["PGP PUBLIC KEY BLOCK", "PGP PRIVATE KEY BLOCK", "PGP SIGNATURE", "CERTIFICATE", "PKCS7"]
)
def test_T56_P7_a_key_or_certificate_is_taken_out_whatever_its_name_is(armour: str) -> None:
    masked = _masked(_file(f"-----BEGIN {armour}-----\n\nmQENBF\n-----END {armour}-----\n", "text/plain", "notes.txt"))
    assert masked.attachments == ()
    assert masked.own_words == ("signature",)


INNER = (
    f"Received: from mail.firm.example by x\r\nDelivered-To: {SELLER}\r\n"
    f"From: Max Müller <{SELLER}>\r\nTo: {SELLER}\r\n"
    "Subject: Offer of Max Müller\r\nDate: Mon, 16 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@firm.example>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    f"--b\r\nContent-Type: text/plain\r\n\r\nOur offer.\r\n\r\n> {SELLER}\r\n"
    "--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
)


@pytest.mark.parametrize(("kind", "name"), [("message/rfc822", "m.eml"), ("application/octet-stream", "m.eml")])
def test_T55_a_mail_inside_a_mail_is_built_anew_from_what_may_be_kept(kind: str, name: str) -> None:
    masked = _masked(_file(INNER, kind, name))
    inner = message_from_bytes(_only(masked).octets, policy=policy.default)
    assert sorted(inner.keys()) == ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject"]
    assert inner["From"] == SELLERS_ALIAS
    assert inner["Subject"] == "Offer of [removed]"
    assert inner["Date"].datetime.isoformat() == "2026-11-16T09:00:00+00:00"
    text, picture = inner.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == f"Our offer.\n\n> {SELLERS_ALIAS}\n"
    assert picture.get_content() == b"\x89PNG\r\n\x1a\n"
    assert _passes_the_gate(masked)


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf1 ", b"\x00\x01"])
def test_K4_octets_of_a_document_are_never_replaced_and_the_gate_holds_the_address_in_them(start: bytes) -> None:
    sheet = start + bytes(500) + f"Author: {SELLER}".encode() + bytes(100)
    masked = _masked(_file(sheet, "application/vnd.ms-excel", "a.xls"))
    assert _only(masked).octets == sheet
    assert not _passes_the_gate(masked)


@pytest.mark.parametrize("form", ["plain", "html"])
def test_T55_a_mail_inside_a_mail_is_history_and_names_nobody(form: str) -> None:
    inner = (
        f"From: Max <{SELLER}>\r\nSubject: Offer\r\nContent-Type: text/{form}; charset=utf-8\r\n\r\n"
        f"Hello,\r\n\r\nwrite to {SELLER}\r\n\r\nMax Müller, 030 123456789\r\n"
    )
    masked = _masked(_file(inner, "message/rfc822", "m.eml"))
    text = message_from_bytes(_only(masked).octets, policy=policy.default).get_content()
    assert f"write to {SELLERS_ALIAS}" in text
    assert text.rstrip().endswith("[removed], [removed]")
    assert _passes_the_gate(masked)


def test_T53_an_encoded_text_over_lines_is_taken_out_where_its_first_line_reads_as_text() -> None:
    encoded = base64.encodebytes(f"Final-Recipient: rfc822; somebody, and {SELLER}, and more\n".encode()).decode()
    [first, second, _] = encoded.split("\n")
    octets = "\n".join(("Encoded:", f"{first[:60]}", f"{first[60:]}{second}", "")).encode()
    masked = _masked(_file(octets, "message/delivery-status", "a.txt"))
    assert _only(masked).octets == b"Encoded:\n[removed]\n"


def test_T55_mails_inside_mails_are_kept_as_deep_as_people_forward_them() -> None:
    octets = INNER.encode()
    for _ in range(3):
        octets = b"From: a@b.example\r\nSubject: x\r\nContent-Type: message/rfc822\r\n\r\n" + octets
    masked = _masked(_file(octets, "message/rfc822", "m.eml"))
    assert _passes_the_gate(masked)
    assert "mail" in masked.removed
    assert b"attachment" in _only(masked).octets


def test_T56_an_encrypted_mail_inside_a_mail_is_taken_out() -> None:
    inner = "From: a@b.example\r\nSubject: x\r\nContent-Type: application/pkcs7-mime\r\n\r\nx"
    masked = _masked(_file(inner, "message/rfc822", "m.eml"))
    assert (masked.attachments, masked.removed) == ((), ("mail",))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "iso8859-2", "cp1252"])
@pytest.mark.parametrize("kind", ["text/plain", "text/csv", "application/octet-stream"])
def test_T57_a_text_file_is_masked_in_its_own_charset(codec: str, kind: str) -> None:
    octets = f"a;b\r\nü {SELLER};x\r\n".encode(codec)
    charset = codec if kind.startswith("text/") else ""
    found = _only(_masked(_file(octets, kind, "a.csv", charset)))
    if kind == "application/octet-stream" and codec in {"iso8859-2", "cp1252"}:
        assert found.octets == octets  # nothing says that it is text: the gate looks at it
    else:
        assert found.octets == "a;b\r\nü [address removed];x\r\n".encode(codec)


def test_T57_a_text_file_without_the_letters_of_its_label_becomes_utf8() -> None:
    request = MaskRequest(secrets=TO_BUYER.secrets, replacement={}, label="[adres usunięty]")
    found = _only(_masked(_file(f"to {SELLER}", "text/plain", charset="iso-8859-1"), request=request))
    assert (found.octets.decode(), found.charset) == ("to [adres usunięty]", "utf-8")


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (b"a,b\r\n1,2\r\n", "text/csv"),
        (b"<html><body onload=x()>Hi</body></html>", "text/html"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"%PDF-1.4 max.mueller@firm.example", "application/pdf"),
        (b"\xff\xfe\x00", "text/plain"),
        (b"", "text/plain"),
        (b"From: me\nto you\n\nx", "text/plain"),
    ],
)
def test_T58_a_file_in_which_nothing_is_found_keeps_its_octets(octets: bytes, kind: str) -> None:
    assert _only(_masked(_file(octets, kind))).octets == octets


@pytest.mark.parametrize(
    "page", [f"<html><!-- {SELLER} --><p>Hi</p></html>", f"<html><p title='{SELLER}'>Hi</p></html>", f"<p>{SELLER}</p>"]
)
def test_T54_a_page_that_is_a_file_is_sanitised_where_a_secret_stands_in_it(page: str) -> None:
    masked = _masked(_file(page, "text/html", "a.html"))
    assert SELLER.encode() not in _only(masked).octets
    assert _passes_the_gate(masked)


def test_what_the_masker_writes_parses_without_defects() -> None:
    masked = _masked(_file(INVITATION, "text/calendar", "i.ics", "utf-8"), _file(INNER, "message/rfc822", "m.eml"))
    message = parse(compose(a_composition(body=masked.body, attachments=masked.attachments)))
    assert message.defects == ()
    assert [attachment.octets for attachment in message.attachments] == [a.octets for a in masked.attachments]
    assert parse(masked.attachments[1].octets).defects == ()
