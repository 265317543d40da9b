"""Signatures, keys and encrypted text: what is taken off, what is not passed on at all (T-56, P7, E18, E19)."""

import time

import pytest

from mailbridge.domain.message import Body, Message, OpaqueReason
from mailbridge.domain.secrets import Secrets
from mailbridge.message.armour import armour_spans, is_encrypted, without_armour
from mailbridge.message.mask import Masked, MaskRequest, mask
from mailbridge.message.parse import parse

_KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: GnuPG v2\n\nmQENBFx+\n=aB3d\n-----END PGP PUBLIC KEY BLOCK-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n=Qx1z\n-----END PGP SIGNATURE-----"
_SIGNED = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n- -- \n{_SIGNATURE}"
_SEALED = "-----BEGIN PGP MESSAGE-----\n\nhQEMA7\n=aaaa\n-----END PGP MESSAGE-----"
_REQUEST = MaskRequest(
    secrets=Secrets(), replacement={}, label="[removed]", file_label="[file]", signature_label="[signature removed]"
)


def _mail(body: str, content_type: str = "text/plain") -> Message:
    return parse(f"From: a@one.example\r\nContent-Type: {content_type}\r\n\r\n{body}".encode())


def _masked(message: Message) -> Masked:
    return mask(message, _REQUEST)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (_SIGNED, "Hello\n-- "),
        (f"Hello\n{_KEY}\nBye", "Hello\nBye"),
        (f"Hello\n{_KEY}  \nBye", "Hello\nBye"),
        ("Hi\n\n" + "\n".join(f"> {line}" for line in _SIGNED.split("\n")), "Hi\n\n> Hello\n> -- "),
        ("Hi\n\n" + "\n".join(f"> {line}" for line in _SEALED.split("\n")) + "\n> Bye", "Hi\n\n> Bye"),
        ("Hello\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nBye", "Hello\nBye"),
    ],
)
def test_T56_P7_armour_in_plain_text_is_taken_off_and_the_rest_stays(text: str, left: str) -> None:
    assert without_armour(text) == left


def test_a_block_that_was_cut_off_takes_no_text_with_it() -> None:
    assert without_armour("Hello\n-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\nThis is what I meant.") == (
        "Hello\nThis is what I meant."
    )


@pytest.mark.parametrize(
    "text", ["Hello", "I wrote -----BEGIN PGP SIGNATURE----- in a line.", "- - a list\n- - of dashes"]
)
def test_text_without_armour_stays(text: str) -> None:
    assert without_armour(text) == text
    assert not is_encrypted(text)


@pytest.mark.parametrize("break_", ["<br>", "</div><div>", "\n", "<br />\n"])
@pytest.mark.parametrize("armour", [_KEY, _SIGNATURE, "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512"])
def test_T56_P7_armour_in_html_is_taken_off_with_a_label(armour: str, break_: str) -> None:
    html = f"<div>Hello</div><div>{armour.replace(chr(10), break_)}</div><div>Bye</div>"
    masked = _masked(_mail(html, "text/html"))
    assert masked.body.html is not None
    assert "BEGIN" not in masked.body.html
    assert "mQENBFx+" not in masked.body.html
    assert "iQEzBAEB" not in masked.body.html
    assert "SHA512" not in masked.body.html
    assert masked.body.html.startswith("<div>Hello</div>")
    assert masked.body.html.endswith("<div>Bye</div><p>[signature removed]</p>")
    assert masked.own_words == ("signature",)


def test_E18_E19_a_signed_mail_loses_its_signature_openly_in_both_forms() -> None:
    signed = (
        "--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--b--\r\n"
        "--a\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIIB\r\n--a--\r\n"
    )
    masked = _masked(_mail(signed, 'multipart/signed; protocol="application/pkcs7-signature"; boundary=a'))
    assert masked.body == Body(plain="Hello\n\n[signature removed]\n", html="<p>Hello</p><p>[signature removed]</p>")
    assert masked.attachments == ()
    assert masked.removed == ("signature",)


def test_E19_a_mail_that_is_not_signed_gets_no_label() -> None:
    assert _masked(_mail("Hello")).body.plain == "Hello"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "MII"),
        ("application/x-pkcs7-mime; smime-type=signed-data", "MII"),
        ("application/octet-stream; name=smime.p7m", "MII"),
        (
            "multipart/encrypted; boundary=a",
            "--a\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--a--",
        ),
        (
            "multipart/mixed; boundary=a",
            f"--a\r\n\r\nSee\r\n--a\r\nContent-Type: a/b; name=x.asc\r\n\r\n{_SEALED}\r\n--a--",
        ),
        (
            "multipart/mixed; boundary=a",
            "--a\r\n\r\nSee\r\n--a\r\nContent-Type: a/b; name=fattura.xml.p7m\r\n\r\nMII\r\n--a--",
        ),
        ("text/plain", f"Hello\r\n{_SEALED}"),
        ("text/plain", f"  {_SEALED}"),
        ("text/html", f"<pre>{_SEALED}</pre>"),
        ("text/html", f"<div>Hello</div><div>{_SEALED.replace(chr(10), '<br>')}</div>"),
        ("text/html", f"<p>{_SEALED.replace(chr(10), '</p><p>').replace('BEGIN ', 'BEGIN&#32;')}</p>"),
    ],
)
def test_T56_what_is_encrypted_is_not_read(content_type: str, body: str) -> None:
    assert _mail(body, content_type).opaque is OpaqueReason.ENCRYPTED


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", "My program writes -----BEGIN PGP MESSAGE----- in front."),
        ("text/html", "<p>My program writes -----BEGIN PGP MESSAGE----- in front.</p>"),
        ("application/pkcs7-mime; smime-type=certs-only; name=smime.p7c", "MII"),
        ("text/plain", "Hi\n\n> -----BEGIN PGP MESSAGE-----\n> \n> hQEMA7\n> -----END PGP MESSAGE-----"),
    ],
)
def test_what_only_speaks_of_it_is_read(content_type: str, body: str) -> None:
    assert _mail(body, content_type).opaque is None


def test_T68_a_storm_of_beginnings_costs_little() -> None:
    text = "-----BEGIN PGP SIGNATURE-----\n-----BEGIN PGP MESSAGE-----x\n-----BEGIN PGP SIGNED MESSAGE-----\n" * 20_000
    started = time.process_time()
    without_armour(text)
    armour_spans(text.replace("\n", "<br>"))
    assert time.process_time() - started < 2
