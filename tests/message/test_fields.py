"""The strict parser of address fields: one reading or none (T-22, T-35 to T-37, E5 to E7)."""

import pytest

from mailbridge.domain.message import HeaderMailbox
from mailbridge.message.fields import parse_address_field, parse_author_field, parse_message_ids

REFUSED = [
    b"alice@one.example)bob@two.example",
    b"alice@one.example <bob@two.example>",
    b"<alice@one.example> <bob@two.example>",
    b"<alice@one.example> bob@two.example",
    b"alice@one.example bob@two.example",
    b"A <A <a@one.example>>",
    b"<@relay.example:alice@one.example>",
    b"<@a.example,@b.example:c@d.example>",
    b'"quoted local"@one.example',
    b"alice@[192.0.2.1]",
    b"alice..b@one.example",
    b".alice@one.example",
    b"alice@one..example",
    b"alice@-one.example",
    b"alice(comment)@one.example",
    b"<alice @one.example>",
    b"<alice@one.example",
    b"alice@one.example>",
    b'"unclosed <alice@one.example>',
    b"(unclosed alice@one.example",
    b"alice@one.example\x00",
    b"alice@one.example\x1b[31m",
    b"=?utf-8?q?alice?=@one.example",
    b"<=?utf-8?q?alice=40one.example?=>",
    b"alice",
    b"<>",
    b"Alice <>",
    b"alice@one.example; bob@two.example",
    b"evil@one.example, x <alice@two.example> y",
    b"@one.example",
    b"a" * 65 + b"@one.example",
    b"a@" + b"b" * 250 + b".example",
    b"(" * 1000 + b"alice@one.example" + b")" * 1000,
]

READ = [
    (b"alice@one.example", "alice@one.example", ""),
    (b"<alice@one.example>", "alice@one.example", ""),
    (b"Alice <alice@One.Example>", "alice@one.example", "Alice"),
    (b'"Bell, Alice" <alice@one.example>', "alice@one.example", "Bell, Alice"),
    (b'"bob@two.example" <alice@one.example>', "alice@one.example", "bob@two.example"),
    (b"alice@one.example <alice@one.example>", "alice@one.example", "alice@one.example"),
    (b"alice@one.example (Alice Bell)", "alice@one.example", "Alice Bell"),
    (b"(hello) Alice <alice@one.example> (work)", "alice@one.example", "Alice"),
    (b"Alice B. Bell <alice@one.example>", "alice@one.example", "Alice B. Bell"),
    (b"Like, This! <alice@one.example>", "alice@one.example", "Like, This!"),
    (b"[Support] Alice: help <alice@one.example>", "alice@one.example", "[Support] Alice: help"),
    (b"=?windows-1252?Q?Andr=E9?= <andre@one.example>", "andre@one.example", "André"),
    (b"=?utf-8?b?xYHDs2TFug==?= Sklep <sklep@one.example>", "sklep@one.example", "Łódź Sklep"),
    (b'"=?utf-8?Q?=C5=81?=" <l@one.example>', "l@one.example", "Ł"),
    (b"Alice\r\n Bell\r\n <alice@one.example>", "alice@one.example", "Alice Bell"),
    (b"=?utf-8?Q?Bad=0D=0ABcc:_x=40y.example?= <alice@one.example>", "alice@one.example", "Bad Bcc: x@y.example"),
    (b"=?utf-8?Q?abc=E2=80=AEgnp?= <alice@one.example>", "alice@one.example", "abcgnp"),
    ("Zażółć <żółć@one.example>".encode(), "żółć@one.example", "Zażółć"),
    (b"caf\xe9 <cafe@one.example>", "cafe@one.example", "café"),
    (b"bob%one.example@two.example", "bob%one.example@two.example", ""),
]


@pytest.mark.parametrize("raw", REFUSED)
def test_T22_T36_what_can_be_read_in_two_ways_is_refused(raw: bytes) -> None:
    assert parse_author_field(raw) is None


@pytest.mark.parametrize(("raw", "addr_spec", "display_name"), READ)
def test_E5_E6_what_clients_write_is_read(raw: bytes, addr_spec: str, display_name: str) -> None:
    assert parse_author_field(raw) == (HeaderMailbox(addr_spec=addr_spec, display_name=display_name),)


def test_lists_are_read_in_order_and_empty_elements_left_out() -> None:
    mailboxes = parse_address_field(b"a@one.example,, B <b@two.example>,\r\n c@three.example,")
    assert mailboxes is not None
    assert [mailbox.addr_spec for mailbox in mailboxes] == ["a@one.example", "b@two.example", "c@three.example"]


def test_groups_are_read_where_people_are_addressed() -> None:
    mailboxes = parse_address_field(b"Team: a@one.example, B <b@two.example>;, c@three.example")
    assert mailboxes is not None
    assert [mailbox.addr_spec for mailbox in mailboxes] == ["a@one.example", "b@two.example", "c@three.example"]


def test_an_empty_group_addresses_nobody() -> None:
    assert parse_address_field(b"undisclosed-recipients:;") == ()


def test_T36_a_group_is_no_author() -> None:
    assert parse_author_field(b"Team: a@one.example;") is None


@pytest.mark.parametrize("raw", [b"Team: a@one.example", b"A: B: a@one.example;;", b"a@one.example: b@two.example;"])
def test_T36_broken_groups_are_refused(raw: bytes) -> None:
    assert parse_address_field(raw) is None


def test_T61_a_list_of_too_many_is_refused() -> None:
    assert parse_address_field(b", ".join(b"a%d@one.example" % number for number in range(600))) is None


def test_T9_message_ids_are_read_once_each_and_in_order() -> None:
    raw = b"<a@one.example>\r\n <b@one.example> (comment) <a@one.example> <no at> <@> junk"
    assert parse_message_ids(raw) == ("<a@one.example>", "<b@one.example>")


@pytest.mark.parametrize(
    "written", ["<<alice@one.example>>", "<alice@one.example>@two.example", "Alice <<alice@one.example>"]
)
def test_E7_T35_angle_brackets_never_stand_in_an_address(written: str) -> None:
    assert parse_address_field(written.encode()) is None
    assert parse_author_field(written.encode()) is None
