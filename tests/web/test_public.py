"""The public pages as buyers, mail services, scanners and guessers meet them (S-15, N-05, T-84, RFC 8058)."""

import ipaddress
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.errors import StoreUnavailable
from mailbridge.web import publicserver
from mailbridge.web.forms import MAX_BODY_OCTETS, read_form
from mailbridge.web.pages import HEADERS, language_asked_for
from mailbridge.web.ratelimit import ALTOGETHER, RateLimit
from tests.path.optingout import addresses_in
from tests.path.world import ALIAS_DOMAIN, BUYER
from tests.web.publicpages import FORM, ONE_CLICK, Public, public_pages

BY_WEB = [("s1", "b1", "all", "web")]
MULTIPART = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'


def read_all(client: socket.socket) -> bytes:
    """What comes until the server closes, by a reset too."""
    try:
        return client.makefile("rb").read()
    except ConnectionResetError:
        return b""


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Public]:
    with public_pages(tmp_path) as running:
        yield running


def test_N05_one_click_as_gmail_sends_it_opts_out_at_once(public: Public) -> None:
    answered = public.one_click(public.new_token())
    assert (answered.status, public.shop.wishes) == (200, BY_WEB)
    assert "set-cookie" not in answered.fields


def test_N05_one_click_as_multipart_form_opts_out_too(public: Public) -> None:
    token = public.new_token()
    assert public.ask("POST", f"/u/{token}", MULTIPART, Content_Type="multipart/form-data; boundary=x").status == 200
    assert public.shop.wishes == BY_WEB


def test_N05_below_the_path_of_the_public_address_as_well(public: Public) -> None:
    token = public.new_token()
    assert public.ask("POST", f"/o/u/{token}", ONE_CLICK, Content_Type=FORM).status == 200
    assert public.shop.wishes == BY_WEB


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_N05_nothing_but_post_changes_anything(public: Public, method: str) -> None:
    token = public.new_token()
    body = ONE_CLICK if method in {"PUT", "PATCH"} else None
    answered = public.ask(method, f"/u/{token}?List-Unsubscribe=One-Click&do=stop", body, Content_Type=FORM)
    assert answered.status == (200 if method in {"GET", "HEAD"} else 405)
    assert (public.shop.wishes, public.shop.notices()) == ([], [])
    assert public.get(token).title == "Stop messages of Acme?"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"List-Unsubscribe=Two-Clicks", FORM),
        (b"do=undo", FORM),
        (b"do=stop&scope=everybody", FORM),
        (b"do=stop&wish=nothing", FORM),
        (ONE_CLICK, "text/plain"),
        (b'{"List-Unsubscribe": "One-Click"}', "application/json"),
        (b"\xff\xfe=1", FORM),
        (MULTIPART, "multipart/form-data"),
        (b"--x\r\n" * 500, "multipart/form-data; boundary=x"),
    ],
)
def test_a_post_that_asks_for_nothing_changes_nothing_and_shows_the_page(
    public: Public, body: bytes, content_type: str
) -> None:
    token = public.new_token()
    answered = public.ask("POST", f"/u/{token}", body, Content_Type=content_type)
    assert (answered.status, answered.title) == (400, "Stop messages of Acme?")
    assert public.shop.wishes == []


@pytest.mark.parametrize(
    ("fields", "wishes"),
    [
        ({"scope": "seller", "wish": "all"}, BY_WEB),
        ({"scope": "seller", "wish": "review"}, [("s1", "b1", "review", "web")]),
        ({"scope": "market", "wish": "all"}, [("", "b1", "all", "web")]),
        ({"scope": "market", "wish": "review"}, [("", "b1", "review", "web")]),
    ],
)
def test_N05_a_person_chooses_whose_messages_and_which_and_takes_it_back(
    public: Public, fields: dict[str, str], wishes: list[tuple[str, str, str, str]]
) -> None:
    token = public.new_token()
    asked = public.get(token)
    assert asked.forms == [token]
    done = public.press(token, do="stop", **fields)
    assert (done.status, public.shop.wishes) == (200, wishes)
    assert done.title.startswith("Stopped: ")
    assert public.get(token).title == done.title
    (back,) = done.forms
    assert back != token
    undone = public.press(back, do="undo")
    assert (undone.status, undone.title.partition(":")[0], public.shop.wishes) == (200, "Allowed again", [])


def test_N05_a_second_post_says_that_it_is_done_and_changes_nothing(public: Public) -> None:
    token = public.new_token()
    public.one_click(token)
    events = len(public.shop.world.take())
    again = public.press(token, do="stop", scope="market")
    assert (again.status, again.title) == (200, "Stopped: messages that Acme starts")
    assert again.forms == []  # the way back was given once, and stands in the notice
    assert (public.shop.wishes, events, public.shop.notices()) == (BY_WEB, events, [])


def test_N05_the_way_back_works_once_and_the_old_link_no_more(public: Public) -> None:
    token = public.new_token()
    (back,) = public.press(token, do="stop").forms
    assert public.get(back).title == "Let these messages come again?"
    assert public.one_click(back).status == 400  # one click stops messages, it never lets them come
    public.press(back, do="undo")
    assert public.press(back, do="undo").title == "Allowed again: messages that Acme starts"
    assert public.get(back).status == 200
    assert (public.one_click(token).status, public.get(token).status) == (410, 410)
    assert public.shop.wishes == []


def test_N05_the_buyer_is_told_by_mail_with_a_way_back_whoever_pressed(public: Public) -> None:
    public.one_click(public.new_token())
    posted = public.shop.world.run_intents()
    ((claimed, notice),) = [pair for pair in posted if pair[0].delivery.kind is PostKind.NOTICE]
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert notice.subject == "Stopped: messages that Acme starts"
    assert public.shop.mail_to(addresses_in(notice)[0]).is_positive
    assert public.shop.wishes == []


def test_N05_the_address_in_the_same_mail_is_used_up_with_the_link(public: Public) -> None:
    token = public.new_token()
    public.one_click(token)
    assert public.shop.mail_to(f"act-{token}@{ALIAS_DOMAIN}").is_positive
    assert public.shop.wishes == BY_WEB


def test_N05_who_stopped_it_before_is_not_written_to_again(public: Public) -> None:
    first, second = public.new_token(), public.new_token("[review] Your lamp, again")
    public.one_click(first)
    public.shop.world.run_intents()
    assert public.one_click(second).status == 200
    posted = public.shop.world.run_intents()
    assert [pair for pair in posted if pair[0].delivery.kind is PostKind.NOTICE and pair[0].fencing_token == 1] == []


def test_N05_unknown_expired_and_foreign_tokens_are_answered_alike(public: Public) -> None:
    token = public.new_token()
    public.press(token, do="stop")
    tokens = [token, "a" * 32, "b3" * 16, "x", "%00", "..%2f..%2fmetrics", "ä".encode().hex()]
    public.shop.world.now += timedelta(days=90)
    for form in ({}, {"do": "stop"}):
        answers = [public.press(each, **form) if form else public.get(each) for each in tokens]
        same = {(each.status, each.text, *(v for n, v in each.fields.items() if n != "date")) for each in answers[:4]}
        assert len(same) == 1
        assert {each.status for each in answers} == {404}


def test_T84_the_header_fields_stand_on_every_answer(public: Public) -> None:
    token = public.new_token()
    answers = [
        public.get(token),
        public.one_click(token),
        public.get("none"),
        public.ask("GET", "/"),
        public.ask("GET", "/metrics"),
        public.ask("PUT", f"/u/{token}"),
        public.ask("GET", "/u/"),
        public.ask("POST", f"/u/{token}", b"x" * (MAX_BODY_OCTETS + 1), Content_Type=FORM),
    ]
    assert [each.status for each in answers] == [200, 200, 404, 404, 404, 405, 404, 413]
    for answered in answers:
        assert {name.lower(): body for name, body in HEADERS.items()}.items() <= answered.fields.items()
        assert not {"access-control-allow-origin", "set-cookie", "server", "location"} & set(answered.fields)
        assert "script" not in answered.text


def test_T84_a_page_loads_nothing_and_the_host_field_is_ignored(public: Public) -> None:
    token = public.new_token()
    shown = public.get(token, Host="evil.example", X_Forwarded_Host="evil.example", X_Forwarded_Proto="http")
    assert "evil.example" not in shown.text
    assert shown.forms == [token]
    assert "src=" not in shown.text
    assert "url(" not in shown.text


def test_T84_what_is_no_http_is_answered_with_the_same_fields(public: Public) -> None:
    with socket.create_connection(public.address, timeout=20) as client:
        client.sendall(b"NOT HTTP\r\n\r\n")
        answer = client.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Referrer-Policy: no-referrer" in answer


@pytest.mark.parametrize("begun", [b"", b"POST /u/x HTTP/1.1\r\nHost: a\r\nContent-Le", b"GET /u/x HTTP/1.1\r\n"])
def test_T84_who_says_nothing_or_too_little_is_cut_off(
    public: Public, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publicserver, "_CONNECTION_S", 0.05)
    with socket.create_connection(public.address, timeout=20) as client:
        client.sendall(begun)
        assert read_all(client) == b""
    assert public.get("x").status == 404


def test_T84_a_body_that_does_not_come_is_not_waited_for(public: Public, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbridge.web.public._BODY_TIMEOUT_S", 0.05)
    token = public.new_token()
    with socket.create_connection(public.address, timeout=20) as client:
        client.sendall(f"POST /u/{token} HTTP/1.1\r\nHost: a\r\nContent-Length: 26\r\n\r\nList-Un".encode())
        assert read_all(client).startswith(b"HTTP/1.1 408 ")
    assert public.shop.wishes == []


def test_T84_connections_are_bounded_and_the_others_served(public: Public, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publicserver, "_MAX_CONNECTIONS", 2)
    silent = [socket.create_connection(public.address, timeout=20) for _ in range(2)]
    with socket.create_connection(public.address, timeout=20) as third:
        assert read_all(third) == b""
    silent[0].sendall(b"GET /u/x HTTP/1.1\r\nHost: a\r\n\r\n")
    assert read_all(silent[0]).startswith(b"HTTP/1.1 404 ")
    for client in silent:
        client.close()


def test_T84_a_fault_of_ours_says_nothing(public: Public, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("mailbridge.web.public.offer_behind", broken)
    assert (public.get("x").status, "secret" in public.get("x").text) == (500, False)

    def away(*_: object) -> None:
        raise StoreUnavailable("secret detail")

    monkeypatch.setattr("mailbridge.web.public.offer_behind", away)
    assert public.get("x").status == 503


def test_T90_no_token_and_no_address_is_logged(public: Public, capfd: pytest.CaptureFixture[str]) -> None:
    token = public.new_token()
    public.get(token, X_Forwarded_For="198.51.100.77")
    done = public.press(token, do="stop")
    public.press(done.forms[0], do="undo")
    logged = capfd.readouterr()
    written = logged.out + logged.err
    assert '"event": "opt_out_by_web"' in written
    assert not any(secret in written for secret in (token, done.forms[0], "198.51.100.77", "127.0.0.1", BUYER))


def test_T84_too_many_requests_of_one_address_are_put_off(tmp_path: Path) -> None:
    proxies = (ipaddress.ip_network("127.0.0.1"),)
    with public_pages(tmp_path, per_minute=3, proxies=proxies) as public:
        token = public.new_token()
        first = [public.get(token, X_Forwarded_For="198.51.100.1").status for _ in range(4)]
        other = public.get(token, X_Forwarded_For="198.51.100.2")
        put_off = public.get(token, X_Forwarded_For="203.0.113.9, 198.51.100.1")
    assert (first, other.status, put_off.status) == ([200, 200, 200, 429], 200, 429)
    assert 1 <= int(put_off.fields["retry-after"]) <= 60
    assert put_off.fields["referrer-policy"] == "no-referrer"


def test_T84_nobody_else_says_who_asks(tmp_path: Path) -> None:
    with public_pages(tmp_path, per_minute=2) as public:
        statuses = [public.get("x", X_Forwarded_For=f"198.51.100.{number}").status for number in range(3)]
    assert statuses == [404, 404, 429]


def test_the_limit_counts_networks_of_ipv6_and_all_together_and_forgets_after_a_minute() -> None:
    now = [0.0]
    limit = RateLimit(2, clock=lambda: now[0])
    waits = [limit.wait_s(f"2001:db8::{number}") for number in range(3)]
    assert waits == [0, 0, 60]
    assert [limit.wait_s("::ffff:198.51.100.1"), limit.wait_s("198.51.100.1"), limit.wait_s("198.51.100.1")] == [
        0,
        0,
        60,
    ]
    allowed = sum(1 for number in range(200) if not limit.wait_s(f"203.0.113.{number}"))
    assert allowed == 2 * ALTOGETHER - 4
    now[0] = 60.0
    assert limit.wait_s("2001:db8::1") == 0


def test_the_page_is_in_the_buyers_language_and_where_nobody_is_known_in_the_browsers(public: Public) -> None:
    assert 'lang="pl"' in public.get("x", Accept_Language="fr, pl-PL;q=0.9, en;q=0.3").text
    assert 'lang="en"' in public.get("x", Accept_Language="xx").text
    assert 'lang="en"' in public.get(public.new_token(), Accept_Language="pl").text  # on record: en


@pytest.mark.parametrize("hostile", ["", ";q=1", "de;q=x", "de;q=nan", "de;q=9", "," * 5000, "é;q=0.1"])
def test_a_hostile_accept_language_is_the_default(hostile: str) -> None:
    assert language_asked_for(hostile, ("en", "de"), "en") == "en"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="do"; filename="f"\r\n\r\nstop\r\n--x--',
        ),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n--x--",
        ),
        ("multipart/form-data; boundary=" + "x" * 500, MULTIPART),
        (FORM, b"&".join(b"a=1" for _ in range(100))),
        (FORM, b"a=" + b"1" * MAX_BODY_OCTETS),
    ],
)
def test_what_is_no_small_form_is_empty(content_type: str, body: bytes) -> None:
    assert read_form(content_type, body) == {}
