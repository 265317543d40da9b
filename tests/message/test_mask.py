"""The masker: what is taken out of text, HTML, names and quotes, and what stays (T-52 to T-58, P1 to P11)."""

import base64
import binascii
import time
from dataclasses import replace

import pytest

from mailbridge.domain.message import Attachment, Body, Message
from mailbridge.domain.secrets import Secrets
from mailbridge.errors import GateBroken
from mailbridge.message.mask import Masked, MaskRequest, mask

SELLER = "max.mueller@firm.example"
ALIAS = "k3jd8s2mfa7q9x1z@relay.example"
SECRETS = Secrets(
    addresses=(SELLER,),
    domains=("firm.example",),
    traces=("mail.firm-host.test", "Apple Mail (2.3826.200.121)"),
    hidden=("Max Müller",),
)
REQUEST = MaskRequest(
    secrets=SECRETS,
    replacement={SELLER: ALIAS},
    label="[removed]",
    own_lines=("Relayed by Market. Press Reply to answer; the other side does not see your address.", "Order 48213"),
)


def _masked(request: MaskRequest = REQUEST, **fields: object) -> Masked:
    return mask(Message(**fields), request)  # type: ignore[arg-type]  # fields of Message


def _plain(text: str, request: MaskRequest = REQUEST) -> str:
    plain = _masked(request, body=Body(plain=text)).body.plain
    assert plain is not None
    return plain


def _html(html: str, request: MaskRequest = REQUEST) -> str:
    masked = _masked(request, body=Body(html=html)).body.html
    assert masked is not None
    return masked


FORMS = [
    ("write to {}.", SELLER),
    ("write to {}!", SELLER.upper()),
    ("<mailto:{}>", SELLER),
    ("https://x.example/?to={}&a=b", "max.mueller%40firm.example"),
    ("{}", "max.mueller (at) firm (dot) example"),
    ("{}", "max.mueller @ firm.example"),
    ("{}", "max\u200b.mueller@fi\u00adrm.example"),
    ("{}", "max.mueller\uff20firm.example"),
    ("{}", "max.mueller&#64;firm.example"),
    ("{}", "max.mueller&amp;amp;#64;firm.example"),
    ("{}", "max.mueller%25252540firm.example"),
    ("{}", "m a x . m u e l l e r @ f i r m . e x a m p l e"),
    ("{} today", "max.mueller AT firm DOT example"),
    ("{}-Max", SELLER),
    ("{}--", SELLER.upper()),
    ("{}-Max", "max.mueller (at) firm (dot) example"),
    ("{}#EXT#@tenant.example", "max.mueller_firm.example"),
    ("{}", "m\u0430x.mu\u0435ller@firm.example"),
    ("{}", "m\u0332a\u0332x.mueller@firm.example"),
    ("call {}", "max.mueller\\u0040firm.example"),
    ("a={}", "max.mueller=40firm.example"),
    ("id {}.", base64.b64encode(f"to {SELLER} now".encode()).decode().rstrip("=")),
    ("id {}.", SELLER.encode().hex()),
]


@pytest.mark.parametrize(("sentence", "written"), FORMS)
def test_P3_P14_T53_an_address_in_new_text_becomes_a_label_in_each_form(sentence: str, written: str) -> None:
    assert _plain(sentence.format(written)) == sentence.format("[removed]")


@pytest.mark.parametrize(("sentence", "written"), [form for form in FORMS if "<" not in form[0]][:-2])
def test_P3_T53_an_address_in_a_quote_becomes_the_alias_in_each_form(sentence: str, written: str) -> None:
    assert _plain(f"Yes\n\n> a {sentence.format(written)} b") == f"Yes\n\n> a {sentence.format(ALIAS)} b"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("someone.else@firm.example", "[removed]"),
        ("someone@mail.firm.example", "[removed]"),
        ("someone.else@firm.example-Max", "[removed]-Max"),
        ("someone else (at) firm.example-Max", "someone [removed]-Max"),
        ("sent by mail.firm-host.test", "sent by [removed]"),
        ("sent by mail.firm-host.test-1", "sent by [removed]-1"),
        ("sent by mail.firm-host.te&#115;t-1", "sent by [removed]-1"),
        ("made with Apple Mail (2.3826.200.121)", "made with [removed]"),
        ("max.mueller@fi\nrm.example wrote", "[removed]\n wrote"),
        (f"\nbegin 644 a\n{binascii.b2a_uu(SELLER.encode()).decode()}`\nend\nx", "\n[removed]\nx"),
    ],
)
def test_T53_hosts_programs_and_other_mailboxes_of_the_domain_become_a_label(written: str, shown: str) -> None:
    assert _plain(written) == shown


def test_P14_what_the_author_wrote_himself_is_told_apart_from_what_he_quotes() -> None:
    assert _masked(body=Body(plain=f"Hi\n\n> {SELLER}")).own_words == ()
    assert _masked(body=Body(plain=f"write to {SELLER}")).own_words == ("address",)
    assert _masked(body=Body(html=f"<p>write to {SELLER}</p>")).own_words == ("address",)
    assert _masked(body=Body(html=f"<p>Hi</p><blockquote>{SELLER}</blockquote>")).own_words == ()


def test_P11_the_alias_of_the_reader_becomes_his_name_and_not_a_label() -> None:
    request = replace(REQUEST, replacement={SELLER: ALIAS, "r3@relay.example": "Anna K."})
    quote = "On 16 Nov 2026 at 15:04, Anna K. via Market <r3@relay.example> wrote:\n> hello"
    assert _plain(f"Hi\n\n{quote}", request) == "Hi\n\nOn 16 Nov 2026 at 15:04, Anna K. wrote:\n> hello"
    assert _plain("I wrote to r3@relay.example", request) == "I wrote to Anna K."


@pytest.mark.parametrize(
    "text",
    [
        "amax.mueller@firm.examples",
        "firm.example has a nice page",
        "www.mail.firm-host.test",
        "anna@buyer.test wrote to me",
        "Max Müller is my name",
    ],
)
def test_T58_other_words_stay(text: str) -> None:
    assert _plain(text) == text


def test_text_without_a_secret_is_returned_as_it_is() -> None:
    text = "Hello\r\n> quoted \n\n" * 3
    masked = _masked(body=Body(plain=text), subject="Lamp")
    assert masked == Masked(subject="Lamp", body=Body(plain=text), attachments=(), removed=())


QUOTES = {
    "Gmail": f"On Mon, Nov 16, 2026 at 3:04 PM Max Müller <{SELLER}> wrote:",
    "Gmail wrapped": f"On Mon, Nov 16, 2026 at 3:04 PM Max Müller <{SELLER}>\nwrote:",
    "Gmail pl": f"pon., 16 lis 2026 o 15:04 Max Müller <{SELLER}> napisał(a):",
    "Gmail it": f"Il giorno lun 16 nov 2026 alle ore 15:04 Max Müller <{SELLER}> ha scritto:",
    "Gmail de": f"Am Mo., 16. Nov. 2026 um 15:04 Uhr schrieb Max Müller <{SELLER}>:",
    "Thunderbird de": f"Am 16.11.26 um 15:04 schrieb Max Müller <{SELLER}>:",
    "Apple": f"On 16 Nov 2026, at 15:04, Max Müller <{SELLER}> wrote:",
}


@pytest.mark.parametrize("attribution", QUOTES.values(), ids=QUOTES.keys())
def test_P1_T52_an_attribution_loses_name_and_address(attribution: str) -> None:
    shown = _plain(f"Hello\n\n{attribution}\n> old text\n")
    assert SELLER not in shown
    assert "Müller" not in shown
    assert shown.startswith("Hello\n\n")
    assert shown.endswith("\n> old text\n")


def test_P2_the_header_block_of_outlook_loses_names_and_addresses() -> None:
    block = f"From: Max Müller <{SELLER}>\nSent: Monday, 16 November 2026 15:04\n"
    block += f"To: Max Müller [mailto:{SELLER}]\nSubject: Lamp\n"
    shown = _plain(f"Hello\n\n-----Original Message-----\n{block}\nold text")
    assert SELLER not in shown
    assert "Müller" not in shown
    assert "Sent: Monday, 16 November 2026 15:04" in shown
    assert shown.endswith("\nold text")


def test_class_H_is_taken_out_of_quotes_and_subject_and_stays_in_new_text() -> None:
    masked = _masked(subject="Max Müller asks", body=Body(plain="I am Max Müller\n\n> Max Müller here\n> MAX MÜLLER"))
    assert masked.subject == "[removed] asks"
    assert masked.body.plain == "I am Max Müller\n\n> [removed] here\n> [removed]"
    assert masked.removed == ("hidden",)


@pytest.mark.parametrize(
    "quoted",
    [
        "> Order 48213\n> Hello",
        "> > Relayed by Market. Press Reply to answer; the other side does not\n> > see your address.\n> Hello",
        "> Relayed by Market. Press Reply to answer; the other side does not see your address.\n> Hello",
    ],
)
def test_P10_lines_of_ours_are_removed_from_quotes(quoted: str) -> None:
    assert _plain(f"Thanks\n\n{quoted}") == "Thanks\n\n> Hello"


def test_lines_of_ours_are_removed_from_quoted_html() -> None:
    html = '<p>Thanks</p><blockquote type="cite"><p>Order 48213</p><p>Hello</p></blockquote>'
    assert _html(html) == '<p>Thanks</p><blockquote type="cite"><p>Hello</p></blockquote>'


def test_D11_history_is_cut_where_the_market_wants_it() -> None:
    request = MaskRequest(secrets=SECRETS, replacement={}, label="[removed]", cut_history=True)
    masked = _masked(
        request,
        body=Body(
            plain="Thanks\n\nOn 16 Nov 2026 15:04, X wrote:\n> old",
            html='<p>Thanks</p><div class="moz-cite-prefix">On 16 Nov 2026 15:04, X wrote:</div>'
            '<blockquote type="cite">old</blockquote>',
        ),
    )
    assert masked.body == Body(plain="Thanks", html="<p>Thanks</p>")
    assert masked.removed == ("history",)


def test_T54_html_is_sanitised() -> None:
    html = (
        "<!-- c --><style>p{}</style><base href='http://x.example'><meta name=a><script>x()</script><title>t</title>"
        '<p style="color: red; background: url(http://x.example/p)" onclick="x()" data-a="b">Hello</p>'
        '<img src="http://x.example/pixel.gif" width=1><img src="cid:a@b"><iframe src="x"></iframe>'
        "<form><input value=x>F</form>"
        '<a href="javascript:x()">a</a><a href="https://x.example/">b</a>'
        "<!--[if mso]><p>mso</p><![endif]--><o:p>o</o:p>"
    )
    masked = _masked(body=Body(html=html))
    assert masked.body.html == (
        '<p style="color:red">Hello</p><img src="cid:a@b">F<a>a</a><a href="https://x.example/">b</a>o'
    )
    assert masked.removed == ("remote image",)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f'<a href="mailto:{SELLER}">{SELLER}</a>', f'<a href="mailto:{ALIAS}">{ALIAS}</a>'),
        ('<a href="mailto:other@firm.example">x</a>', "<a>x</a>"),
        ("max.mueller&commat;firm&period;example", ALIAS),
        ("max.<b>muel</b>ler@<wbr>firm.example", f"{ALIAS}<b></b><wbr>"),
        (
            '<a href="https://x.example/?a=max.mueller%40firm.example">x</a>',
            f'<a href="https://x.example/?a={ALIAS}">x</a>',
        ),
        (f'<p title="{SELLER}">x</p>', f'<p title="{ALIAS}">x</p>'),
        ('<p title="max.mueller&#64;firm.example">x</p>', f'<p title="{ALIAS}">x</p>'),
        (
            f'On Mon, Nov 16, 2026 at 3:04 PM Max Müller &lt;<a href="mailto:{SELLER}">{SELLER}</a>&gt; wrote:<br>',
            f"On Mon, Nov 16, 2026 at 3:04 PM {ALIAS} wrote:<br>",
        ),
        (f"<b>From:</b> Max Müller &lt;{SELLER}&gt;<br>", f"<b>From:</b> {ALIAS}<br>"),
    ],
)
def test_P2_T52_addresses_in_html_are_replaced(written: str, shown: str) -> None:
    assert _html(f"<p>Hi</p><blockquote>{written}</blockquote>") == f"<p>Hi</p><blockquote>{shown}</blockquote>"


def test_P14_an_address_in_new_html_becomes_a_label() -> None:
    html = f'<p title="{SELLER}">me: <a href="mailto:{SELLER}">{SELLER}</a></p>'
    assert _html(html) == '<p title="[removed]">me: <a>[removed]</a></p>'


def test_what_leads_nowhere_does_not_look_like_a_link() -> None:
    html = f'<style>a:link{{color:blue}}</style><p>me: <a href="mailto:{SELLER}">{SELLER}</a></p>'
    assert _html(html) == "<p>me: <a>[removed]</a></p>"


def test_P3_what_stands_for_a_remote_picture_is_masked_too() -> None:
    assert _html(f'<p><img src="https://x.example/p" alt="write to {SELLER}"></p>') == "<p>write to [removed]</p>"


def test_class_H_is_taken_out_of_quoted_html_only() -> None:
    html = '<p>I am Max Müller</p><blockquote type="cite"><p>Max <b>Müller</b></p><p>Max Müller wrote</p></blockquote>'
    assert _html(html).startswith('<p>I am Max Müller</p><blockquote type="cite">')
    assert "<p>[removed] wrote</p>" in _html(html)


def test_T57_files_keep_their_octets_and_lose_telling_names_and_ids() -> None:
    picture = Attachment(
        filename="Max Müller max.mueller@firm.example.png",
        content_type="image/png",
        octets=b"\x00",
        content_id="x@firm.example",
    )
    masked = _masked(body=Body(html='<img src="cid:x@firm.example">'), attachments=(picture,))
    [found] = masked.attachments
    assert (found.filename, found.octets) == ("[removed] [removed].png", b"\x00")
    assert found.content_id == "part1@inline.invalid"
    assert masked.body.html == '<img src="cid:part1@inline.invalid">'


def test_T68_ids_of_pictures_that_begin_alike_do_not_grow_with_every_file() -> None:
    pictures = [
        Attachment(filename="p.png", content_type="image/png", octets=b"", content_id=f"p{'a' * (number % 2)}")
        for number in range(400)
    ]
    html = '<img src="cid:p"><img src="cid:pa"><img src="cid:other">'
    masked = _masked(body=Body(html=html), attachments=tuple(pictures))
    assert masked.body.html is not None
    assert masked.body.html.count("@inline.invalid") == 2
    assert len(masked.body.html) < 200


def test_a_label_with_backslashes_is_taken_literally() -> None:
    request = MaskRequest(secrets=SECRETS, replacement={}, label=r"\1 \g<0>")
    assert _plain(SELLER, request) == r"\1 \g<0>"


def test_I10_a_fault_of_its_own_is_gate_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise RecursionError

    monkeypatch.setattr("mailbridge.message.masker.sanitise", fail)
    with pytest.raises(GateBroken):
        _html("<p>x</p>")


@pytest.mark.parametrize("number", ["1" * 5000, "0" * 5000 + "64"])
def test_T68_a_number_of_thousands_of_digits_is_no_fault(number: str) -> None:
    assert _plain(f"a &#{number}; b {SELLER}") == f"a &#{number}; b [removed]"
    assert _html(f'<p title="&#{number};">a</p>{SELLER}').endswith(">a</p>[removed]")


@pytest.mark.parametrize("entity", ["&#0000000064;", "&#x0000000040;", "&#64", f"&#{'0' * 30}64;"])
def test_T53_an_entity_with_leading_zeros_is_undone(entity: str) -> None:
    assert _plain(f"to {SELLER.replace('@', entity)} now") == "to [removed] now"


_LINK = f"https://x.test/l/{base64.urlsafe_b64encode(f'e={SELLER}'.encode()).decode().rstrip('=')}"


@pytest.mark.parametrize("between", ["\n\n> -- \n> Max\n> Müller, ", "\n> ", "\n> Max\n> Müller, "])
def test_T53_T58_what_stands_below_an_encoded_word_stays_on_its_quoted_line(between: str) -> None:
    request = replace(REQUEST, secrets=replace(SECRETS, hidden=("Max Müller", "+49 30 1234567")))
    masked = _plain(f"Hi\n\n> see {_LINK}{between}+49 30 1234567", request)
    assert masked.startswith("Hi\n\n> see https://x.[removed]\n")
    assert masked.endswith("[removed]")
    assert "1234567" not in masked
    assert "Müller" not in masked


def test_T53_what_follows_an_encoded_text_over_lines_stays_on_its_quoted_line() -> None:
    encoded = base64.b64encode(f"{'x' * 30} write to {SELLER} soon".encode()).decode().rstrip("=")
    quote = f"> {encoded[:48]}\n> {encoded[48:]}, Max Müller\n> bye"
    assert _plain(f"Hi\n\n{quote}") == "Hi\n\n> [removed]\n> , [removed]\n> bye"


def test_T61_more_signs_than_any_text_has_take_no_time() -> None:
    before = time.process_time()
    assert "mueller" not in _plain("max.mueller (at) firm.example " + "a@" * 100_000)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "flood", ["\n" * 60_000, " \n" * 60_000, '"' * 60_000, "a, " * 60_000, "%40 " * 2_900, "&#64;" * 2_900]
)
def test_T68_a_flood_beside_a_secret_takes_no_time(flood: str) -> None:
    before = time.process_time()
    _html(f"<blockquote>{SELLER} {flood}</blockquote>")
    assert time.process_time() - before < 2


def test_P10_of_two_lines_of_ours_that_begin_alike_the_longer_one_goes_however_it_is_wrapped() -> None:
    short = "Market lets you close this: a@relay.example"
    request = replace(REQUEST, own_lines=(short, f"{short} https://m.example/u/\u2026"))
    text = f"Thanks.\n\nOn Monday X wrote:\n> It is here.\n> {short}\n> https://m.example/u/\u2026\n> And more.\n"
    assert _plain(text, request) == "Thanks.\n\nOn Monday X wrote:\n> It is here.\n> And more.\n"
