"""RFC 1870 (SIZE), RFC 2033 (LMTP), RFC 2920 (PIPELINING), RFC 6531 (SMTPUTF8), and what is not offered."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from mailbridge.inbound.limits import Bind, Flavour
from mailbridge.inbound.listener import Listener
from tests.inbound.door import MESSAGE, Client, Path, limits_of, open_door, settings_of


@pytest.fixture
def path() -> Path:
    return Path()


@pytest.fixture
def door(path: Path) -> Iterator[Listener]:
    with open_door(path, settings_of(limits_of(message_octets=1000))) as listener:
        yield listener


@pytest.fixture
def client(door: Listener) -> Iterator[Client]:
    with Client(door) as connected:
        yield connected


def test_only_what_works_is_offered(client: Client) -> None:
    client.reply()
    offered = [line[4:] for line in client.ask("EHLO x.example").splitlines()]
    assert offered == ["mx.market.example", "PIPELINING", "SIZE 1000", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8"]


def test_rfc1870_s6_1_a_declared_size_over_the_limit_is_552(client: Client) -> None:
    client.greet()
    assert client.ask("MAIL FROM:<b@mail.example> SIZE=1001").startswith("552 5.3.4")
    assert client.ask("MAIL FROM:<b@mail.example> SIZE=1000").startswith("250")


def test_rfc1870_s4_a_size_that_is_no_number_is_501(client: Client) -> None:
    client.greet()
    for size in ("SIZE", "SIZE=", "SIZE=-1", "SIZE=1e3", "SIZE=" + "9" * 21):
        assert client.ask(f"MAIL FROM:<b@mail.example> {size}").startswith("501 5.5.4")


def test_rfc1870_s6_3_a_message_bigger_than_declared_but_within_the_limit_is_taken(client: Client, path: Path) -> None:
    client.greet()
    client.ask("MAIL FROM:<b@mail.example> SIZE=1", "RCPT TO:<a1@market.example>", "DATA")
    client.send(MESSAGE + b".\r\n")
    assert client.reply().startswith("250")


def test_rfc2920_s3_2_a_group_is_answered_in_order_and_together(client: Client, path: Path) -> None:
    client.greet()
    client.send(
        b"RSET\r\nMAIL FROM:<b@mail.example>\r\nRCPT TO:<x@market.example>\r\nRCPT TO:<a1@market.example>\r\nDATA\r\n"
    )
    assert [client.reply()[:3] for _ in range(5)] == ["250", "250", "550", "250", "354"]
    client.send(MESSAGE + b".\r\nMAIL FROM:<b@mail.example>\r\nRCPT TO:<a2@market.example>\r\nDATA\r\n")
    assert [client.reply()[:3] for _ in range(4)] == ["250", "250", "250", "354"]
    client.send(MESSAGE + b".\r\nQUIT\r\n")
    assert [client.reply()[:3] for _ in range(2)] == ["250", "221"]
    assert len(path.envelopes) == 2


def test_rfc2920_s3_1_a_group_may_be_cut_anywhere(door: Listener, path: Path) -> None:
    group = b"MAIL FROM:<b@mail.example>\r\nRCPT TO:<a1@market.example>\r\nDATA\r\n"
    with Client(door) as client:
        client.greet()
        for octet in group:
            client.send(bytes([octet]))
        assert [client.reply()[:3] for _ in range(3)] == ["250", "250", "354"]


@pytest.mark.parametrize("body", ["7BIT", "8bitmime"])
def test_eight_bit_content_is_kept_as_it_is(client: Client, path: Path, body: str) -> None:
    content = b"Subject: x\r\n\r\ncaf\xe9 \xff\x00\r\n"
    client.greet()
    client.ask(f"MAIL FROM:<b@mail.example> BODY={body}", "RCPT TO:<a1@market.example>", "DATA")
    client.send(content + b".\r\n")
    assert client.reply().startswith("250")
    assert path.contents == [content]


def test_binarymime_is_not_offered_and_not_taken(client: Client) -> None:
    client.greet()
    assert client.ask("MAIL FROM:<b@mail.example> BODY=BINARYMIME").startswith("501")


def test_rfc6531_s3_4_an_international_path_needs_the_parameter(client: Client, path: Path) -> None:
    client.greet()
    assert client.ask("MAIL FROM:<zoë@mail.example>").startswith("553 5.6.7")
    assert client.ask("MAIL FROM:<zoë@bücher.example> SMTPUTF8", "RCPT TO:<aë@market.example>").startswith("250")
    assert path.asked == ["aë@market.example"]


def test_rfc6531_s3_7_1_T18_only_nfc_is_one_spelling_of_an_address(client: Client) -> None:
    client.greet()
    assert client.ask("MAIL FROM:<zoe\u0308@mail.example> SMTPUTF8").startswith("553 5.1.3")
    assert client.ask("MAIL FROM:<zoe@bu\u0308cher.example> SMTPUTF8").startswith("553 5.1.3")


def test_rfc2033_s4_2_one_reply_for_each_accepted_rcpt(path: Path) -> None:
    bind = Bind(flavour=Flavour.LMTP, address=("127.0.0.1", 0))
    settings = settings_of(fronts=(ip_network("127.0.0.0/8"),))
    with open_door(path, settings, bind) as door, Client(door) as client:
        client.greet("LHLO")
        client.send(
            b"MAIL FROM:<>\r\nRCPT TO:<a1@market.example>\r\n"
            b"RCPT TO:<x@market.example>\r\nRCPT TO:<a2@market.example>\r\nDATA\r\n"
        )
        assert [client.reply()[:3] for _ in range(5)] == ["250", "250", "550", "250", "354"]
        client.send(MESSAGE + b".\r\n")
        assert [client.reply()[:3] for _ in range(2)] == ["250", "250"]
        assert client.ask("QUIT").startswith("221")


def test_rfc2033_s4_1_lhlo_is_the_only_greeting_of_lmtp_and_none_of_smtp(client: Client, path: Path) -> None:
    client.reply()
    assert client.ask("LHLO x.example").startswith("500 5.5.2")
    bind = Bind(flavour=Flavour.LMTP, address=("127.0.0.1", 0))
    with open_door(path, settings_of(fronts=(ip_network("127.0.0.0/8"),)), bind) as door, Client(door) as front:
        front.reply()
        assert front.ask("EHLO x.example").startswith("500 5.5.2")
        assert front.ask("HELO x.example").startswith("500 5.5.2")
