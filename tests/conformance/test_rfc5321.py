"""RFC 5321, section by section, against the real server."""

from collections.abc import Iterator

import pytest

from mailbridge.inbound.listener import Listener
from tests.inbound.door import MESSAGE, Client, Path, open_door


@pytest.fixture
def path() -> Path:
    return Path()


@pytest.fixture
def door(path: Path) -> Iterator[Listener]:
    with open_door(path) as listener:
        yield listener


@pytest.fixture
def client(door: Listener) -> Iterator[Client]:
    with Client(door) as connected:
        yield connected


def test_s2_3_8_bare_cr_or_lf_is_not_a_line_end(client: Client, path: Path) -> None:
    client.greet().to_data()
    client.send(b"Subject: x\r\n\r\nbare\ncr\r\r\n.\r\n")
    assert client.reply().startswith("550 5.6.0")
    assert path.envelopes == []


def test_s2_4_verbs_are_read_in_any_case_and_local_parts_keep_theirs(client: Client, path: Path) -> None:
    client.greet("eHlO")
    client.ask("mail from:<Buyer@Mail.Example>", "rCpT tO:<aBc@MARKET.example>", "data")
    client.send(MESSAGE + b".\r\n")
    assert client.reply().startswith("250")
    assert path.envelopes[0].reverse_path == "Buyer@mail.example"
    assert path.envelopes[0].forward_paths == ("aBc@market.example",)


def test_s3_1_the_greeting_is_220_with_our_name_and_nothing_of_the_program(client: Client) -> None:
    assert client.reply() == "220 mx.market.example ESMTP"


def test_s3_3_a_recipient_refused_does_not_end_the_transaction(client: Client, path: Path) -> None:
    client.greet()
    client.ask("MAIL FROM:<b@mail.example>")
    assert client.ask("RCPT TO:<unknown@market.example>").startswith("550 5.1.1")
    assert client.ask("RCPT TO:<a1@market.example>", "DATA").startswith("354")
    client.send(MESSAGE + b".\r\n")
    assert client.reply().startswith("250")
    assert path.envelopes[0].forward_paths == ("a1@market.example",)


def test_s3_3_data_without_a_valid_recipient_is_554(client: Client) -> None:
    client.greet()
    assert client.ask("MAIL FROM:<b@mail.example>", "DATA").startswith("554 5.5.1")


def test_s3_5_3_vrfy_is_252_for_everybody(client: Client) -> None:
    client.greet()
    assert client.ask("VRFY a1@market.example") == client.ask("VRFY nobody")
    assert client.ask("VRFY nobody").startswith("252 ")


def test_s4_1_1_1_ehlo_resets_the_transaction(client: Client) -> None:
    client.greet().ask("MAIL FROM:<b@mail.example>", "RCPT TO:<a1@market.example>")
    assert client.ask("EHLO again.example", "DATA").startswith("503")


def test_s4_1_1_1_helo_gets_one_line(client: Client) -> None:
    client.reply()
    assert client.ask("HELO client.example") == "250 mx.market.example"


def test_s4_1_1_4_the_crlf_of_data_may_begin_the_end_of_data(client: Client, path: Path) -> None:
    client.greet().to_data()
    client.send(b".\r\n")
    assert client.reply().startswith("250")
    assert path.contents == [b""]


def test_s4_1_1_5_rset_forgets_paths_but_not_the_client(client: Client, path: Path) -> None:
    client.greet().ask("MAIL FROM:<old@mail.example>", "RCPT TO:<a-old@market.example>")
    assert client.ask("RSET").startswith("250")
    client.to_data()
    client.send(MESSAGE + b".\r\n")
    assert client.reply().startswith("250")
    envelope = path.envelopes[0]
    assert (envelope.reverse_path, envelope.forward_paths) == ("buyer@mail.example", ("a1@market.example",))
    assert envelope.peer.helo == "client.buyer.example"


def test_s4_1_1_9_noop_may_have_an_argument(client: Client) -> None:
    client.reply()
    assert client.ask("NOOP whatever").startswith("250")


def test_s4_1_1_10_quit_is_221_and_then_the_server_closes(client: Client) -> None:
    client.reply()
    assert client.ask("QUIT").startswith("221 2.0.0")
    assert client.has_closed()


def test_s4_1_1_11_parameters_that_were_not_offered_are_555(client: Client) -> None:
    client.greet()
    assert client.ask("MAIL FROM:<b@mail.example> RET=HDRS").startswith("555 5.5.4")
    assert client.ask("MAIL FROM:<b@mail.example>", "RCPT TO:<a1@market.example> ORCPT=x").startswith("555 5.5.4")


def test_s4_1_4_parameters_need_ehlo(client: Client) -> None:
    client.reply()
    assert client.ask("HELO client.example", "MAIL FROM:<b@mail.example> SIZE=10").startswith("501")


@pytest.mark.parametrize(
    "path_text",
    [
        "<a..b@market.example>", "<.a@market.example>", "<a.@market.example>", "<@market.example>", "<a@>",
        "<a@b..example>",
        "<a@-b.example>", "<a b@market.example>", "<a@market.example", "a@market.example>", '<"a"@market.example>',
        "<" + "a" * 65 + "@market.example>", "<a@" + "b" * 64 + ".example>", "<a@" + "b." * 130 + "example>",
        "<<a@market.example>>", "<a,c@market.example>", "<a@market.example><c@market.example>",
    ],
)  # fmt: skip
def test_s4_1_2_T22_what_is_no_strict_path_is_553(client: Client, path: Path, path_text: str) -> None:
    client.greet()
    assert client.ask(f"MAIL FROM:{path_text}").startswith("553 5.1.3")
    assert client.ask("MAIL FROM:<b@mail.example>", f"RCPT TO:{path_text}").startswith("553 5.1.3")
    assert path.asked == []


@pytest.mark.parametrize(
    "command", ["MAIL b@mail.example", "MAIL", "MAIL TO:<b@mail.example>", "MAIL FROM<b@mail.example>"]
)
def test_s4_1_2_a_mail_command_without_from_is_501(client: Client, command: str) -> None:
    client.greet()
    assert client.ask(command).startswith("501 5.5.4")


def test_s4_2_5_a_message_that_was_answered_250_is_ours_before_the_reply(client: Client, path: Path) -> None:
    client.greet().to_data()
    client.send(MESSAGE + b".\r\n")
    assert client.reply().startswith("250")
    assert len(path.envelopes) == 1


@pytest.mark.parametrize("spelling", ["Postmaster", "postmaster", "POSTMASTER"])
def test_s4_5_1_postmaster_without_a_domain_is_accepted_in_any_case(client: Client, path: Path, spelling: str) -> None:
    client.greet().ask("MAIL FROM:<b@mail.example>")
    assert client.ask(f"RCPT TO:<{spelling}>").startswith("250")
    assert path.asked == ["a-postmaster@market.example"]


def test_s4_5_2_leading_dots_are_taken_off_once(client: Client, path: Path) -> None:
    client.greet().to_data()
    client.send(b"..\r\n...\r\n.x\r\n.\r\n")
    assert client.reply().startswith("250")
    assert path.contents == [b".\r\n..\r\nx\r\n"]


def test_s4_5_3_1_4_a_command_line_of_512_octets_is_read(client: Client) -> None:
    client.greet()
    assert client.ask("NOOP " + "x" * 505).startswith("250")


def test_s4_5_3_1_10_a_hundred_recipients_are_accepted(client: Client, path: Path) -> None:
    client.greet().to_data(*(f"a{number}@market.example" for number in range(100)))
    client.send(MESSAGE + b".\r\n")
    assert client.reply().startswith("250")
    assert len(path.envelopes[0].forward_paths) == 100


def test_s4_5_5_null_reverse_path_is_accepted_and_is_none(client: Client, path: Path) -> None:
    client.greet().to_data(reverse_path="")
    client.send(MESSAGE + b".\r\n")
    assert client.reply().startswith("250")
    assert path.envelopes[0].reverse_path is None


def test_s3_8_a_session_that_is_cut_has_no_effect(client: Client, door: Listener, path: Path) -> None:
    client.greet().to_data()
    client.send(MESSAGE)
    client.reset()
    with Client(door) as other:
        other.greet()
        assert other.ask("QUIT").startswith("221")
    assert path.envelopes == []


def test_s4_1_1_3_departure_source_routes_are_refused_and_not_ignored(client: Client) -> None:
    client.greet().ask("MAIL FROM:<b@mail.example>")
    assert client.ask("RCPT TO:<@one.example,@two.example:a1@market.example>").startswith("553 5.1.3")
