"""What holds for every mail: parsing never raises, composing comes back the same in 7 bit, no secret comes through."""

import base64
import quopri
import unicodedata
from email.utils import getaddresses
from html import escape
from urllib.parse import quote

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mailbridge.domain.message import Attachment, Body, Message, OpaqueReason
from mailbridge.domain.secrets import Secrets
from mailbridge.message.charsets import decode_text
from mailbridge.message.compose import compose
from mailbridge.message.fields import parse_address_field, parse_author_field
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import MaskRequest, mask
from mailbridge.message.parse import parse
from tests.message.composing import ALIAS, READER, a_composition, as_clients_read

SECRET = "anna.kowalska@buyer.example"
SECRETS = Secrets(addresses=(SECRET,), domains=("buyer.example",), traces=("mail.buyer-host.test",))
REQUEST = MaskRequest(secrets=SECRETS, replacement={SECRET: ALIAS.addr_spec}, label="[removed]")

_PIECES = st.sampled_from(
    [
        b"From: a@b.example\r\n",
        b"From: ",
        b"To: x <x@y.example>, ",
        b"Subject: =?utf-8?B?xYHDs2TFug==?=\r\n",
        b"=?x?q?=",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b'Content-Type: multipart/alternative; boundary="b"\r\n',
        b"Content-Type: text/html; charset=utf-16\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: a/b;",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: quoted-printable\r\n",
        b"\r\n",
        b"\r\n\r\n",
        b"\n",
        b"--b\r\n",
        b"--b--\r\n",
        b"Content-Disposition: attachment; filename*0*=utf-8''%E2; filename*1=x\r\n",
        b" folded\r\n",
        b"Message-ID: <@>\r\n",
        b"Received: from a.example ([192.0.2.1]) by\r\n",
        b"> quoted\r\n",
        b"On 1 Jan 2026 X wrote:\r\n",
        b"<b>",
        b"<blockquote type=cite>",
        b"</p>",
        b"QUJD",
        b"=E2=82",
        b"\x00",
        b"\xff",
        b"-----BEGIN PGP SIGNED MESSAGE-----\r\n",
    ]
)
_mails = st.one_of(
    st.binary(max_size=400), st.lists(st.one_of(_PIECES, st.binary(max_size=20)), max_size=40).map(b"".join)
)
_visible = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
_texts = st.text(_visible, max_size=400)
_names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120)


@given(_mails)
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_T63_parse_never_raises(content: bytes) -> None:
    assert isinstance(parse(content), Message)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_T66_any_octets_in_any_charset_are_clean_text(octets: bytes, charset: str) -> None:
    text = decode_text(octets, charset)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in text)


_ADDRESS_PIECES = st.sampled_from(
    [
        "alice@a.example",
        "bob@b.example",
        "<",
        ">",
        ",",
        ";",
        ":",
        "(",
        ")",
        '"',
        "\\",
        " ",
        "Alice",
        "=?utf-8?q?a=40b?=",
        "@",
        ".",
        "[",
        "]",
        "\t",
    ]
)


@given(st.lists(_ADDRESS_PIECES, min_size=1, max_size=8).map("".join))
@settings(max_examples=1000)
def test_T37_the_strict_parser_and_the_standard_library_agree_or_it_refuses(line: str) -> None:
    ours = parse_author_field(line)
    if ours is None or len(ours) != 1:
        return
    theirs = {address.lower() for _, address in getaddresses([line]) if "@" in address}
    # The library gives nothing where it is in doubt; it must never give another mailbox.
    assert theirs <= {ours[0].addr_spec.lower()}


@given(_names, st.sampled_from(["alice@a.example", "b.c+d@x-y.example"]))
def test_T36_any_name_we_write_reads_back_with_its_address(name: str, addr_spec: str) -> None:
    octets = compose(a_composition(from_name=name))
    [mailbox] = parse(octets).authors
    assert mailbox.addr_spec == ALIAS.addr_spec
    assert parse_address_field(f'"{addr_spec}" <{addr_spec}>') is not None


_attachments = st.builds(
    Attachment,
    filename=_names.filter(lambda name: bool(name.strip(" ."))),
    content_type=st.just("application/pdf"),
    octets=st.binary(max_size=300),
)


@given(_texts, st.none() | _texts, _names, st.lists(_attachments, max_size=3))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_D10_composed_mail_is_seven_bit_short_lined_and_comes_back(
    plain: str, html: str | None, subject: str, attachments: list[Attachment]
) -> None:
    body = Body(plain=plain, html=None if html is None else f"<html><body>{escape(html)}</body></html>")
    octets = compose(a_composition(body=body, subject=subject, attachments=tuple(attachments)))
    assert octets.isascii()
    assert all(len(line) <= 76 and b"\r" not in line and b"\n" not in line for line in octets.split(b"\r\n"))
    read = parse(octets)
    assume(read.opaque is not OpaqueReason.ENCRYPTED)  # hypothesis knows how a sealed file begins: it is not read
    assert read.defects == ()
    assert (read.body.plain or "").strip("\n") == decode_text(plain.encode(), "utf-8").strip("\n")
    assert (read.body.html or "").strip("\n") == decode_text((body.html or "").encode(), "utf-8").strip("\n")
    assert [attachment.octets for attachment in read.attachments] == [attachment.octets for attachment in attachments]
    as_clients_read(octets)


def _spaced(text: str) -> str:
    return "".join(f"{character}\u200b" for character in text)


_DISGUISES = st.sampled_from(
    [
        str,
        str.upper,
        str.title,
        lambda s: quote(s, safe=""),
        lambda s: s.replace("@", "%40"),
        lambda s: s.replace("@", "&#64;"),
        lambda s: s.replace("@", "&#x40;").replace(".", "&#46;"),
        lambda s: s.replace("@", " (at) ").replace(".", " (dot) "),
        _spaced,
        lambda s: s.replace("@", "\uff20"),
        lambda s: f"<{s}>",
        lambda s: f"mailto:{s}",
        lambda s: f'<a href="mailto:{s}">{s}</a>',
        lambda s: f"\n> On 1 Jan 2026 10:00, Anna <{s}> wrote:\n> x\n",
        lambda s: s.replace("kowal", "kowal\u00ad"),
    ]
)
_SECRETS_OF_SIDE = st.sampled_from([SECRET, "other@buyer.example", "x@sub.buyer.example"])


def _oracle_finds(octets: bytes, secret: str) -> bool:
    """An independent look: the standard library decodes the mail, the secret is looked for in what a person can see."""
    mail = as_clients_read(octets)
    seen = [str(value) for value in mail.values()]
    seen += [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    visible = "".join(c for c in "\n".join(seen) if unicodedata.category(c) != "Cf")
    return secret in unicodedata.normalize("NFKC", visible).lower()


@given(_texts, _SECRETS_OF_SIDE, _DISGUISES, _texts, st.booleans())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_I4_no_address_of_the_author_is_in_what_passes_the_gate(
    before: str, secret: str, disguise: object, after: str, is_html: bool
) -> None:
    assert callable(disguise)
    text = f"{before} {disguise(secret)} {after}"
    body = Body(plain="x", html=f"<p>{text}</p>") if is_html else Body(plain=text)
    masked = mask(Message(subject=f"about {secret}", body=body), REQUEST)
    octets = compose(a_composition(subject=masked.subject, body=masked.body))
    if not find_leaks(octets, SECRETS, reader=READER):
        assert not _oracle_finds(octets, secret)


@given(_SECRETS_OF_SIDE, _DISGUISES)
def test_T53_the_masker_alone_removes_every_known_disguise(secret: str, disguise: object) -> None:
    assert callable(disguise)
    masked = mask(Message(body=Body(plain=f"Write to: {disguise(secret)} today")), REQUEST)
    assert find_leaks(compose(a_composition(body=masked.body)), SECRETS, reader=READER) == ()


_ENCODERS = st.sampled_from([base64.b64encode, base64.urlsafe_b64encode, quopri.encodestring, lambda octets: octets])


@given(_texts, _ENCODERS, st.sampled_from(["utf-8", "utf-16"]))
def test_T53_the_gate_sees_through_every_encoder(text: str, encode: object, charset: str) -> None:
    assert callable(encode)
    encoded = encode(f" {SECRET} ".encode(charset))
    attachment = Attachment(filename="a.bin", content_type="application/octet-stream", octets=encoded)
    octets = compose(a_composition(body=Body(plain=text), attachments=(attachment,)))
    assert find_leaks(octets, SECRETS, reader=READER) != ()


_MARKUP = st.sampled_from(
    [
        "<blockquote type=cite>",
        "</blockquote>",
        "<div class=gmail_quote>",
        "<div class=moz-cite-prefix>",
        "<div id=divRplyFwdMsg><b>From:</b> x<br><b>Sent:</b> y<br><b>To:</b> z</div>",
        "<hr id=stopSpelling>",
        "</div>",
        "<div>",
        "<p>",
        "</p>",
        "<b>",
        "</i>",
        "<table><tr><td>",
        "</table>",
        "<script>",
        "<template>",
        "<svg>",
        "<!-- c -->",
        "<frameset>",
        "</body>",
        "Order 48213 at Market",
        "Max Müller",
        SECRET,
        "On 1 Jan 2026 10:00, X &lt;x@y.example&gt; wrote:",
        "&amp;",
        "text",
    ]
)


@given(st.lists(_MARKUP, max_size=40).map(" ".join), st.booleans())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_T54_any_html_is_masked_without_a_fault_and_keeps_no_active_content(html: str, cut_history: bool) -> None:
    request = MaskRequest(
        secrets=Secrets(addresses=(SECRET,), domains=("buyer.example",), hidden=("Max Müller",)),
        replacement={},
        label="[removed]",
        own_lines=("Order 48213 at Market",),
        cut_history=cut_history,
    )
    shown = mask(Message(body=Body(html=html)), request).body.html or ""
    assert SECRET not in shown
    assert not any(active in shown for active in ("<script", "<svg", "<template", "<!--", "<frameset"))
