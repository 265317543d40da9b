"""Only the two parties speak (threats.md I5): named forgeries, and their honest twins.

A forgery is neither relayed nor acknowledged. Its twin, which differs in the one thing that makes it honest, is
relayed, or held with the documented reason (design.md D9).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import SIGNED_FIELDS
from tests.dns_server import DnsServer
from tests.end_to_end.postbox import STRANGE_ADDRESS, Case, Postbox, by_provider
from tests.peers.bridge import Bridge
from tests.peers.neighbourhood import PROVIDER_ADDRESS, publish
from tests.peers.processes import open_folder, wait_until
from tests.peers.sink import Sink
from tests.peers.trade import buyer, marketplace, order, seller

pytestmark = pytest.mark.xdist_group("forgeries")

_MARKET, _OTHER_MARKET = "bazaar.example", "corso.example"
_SELLER, _BUYER = "jan@strict.example", "anna@lax.example"  # DMARC p=reject, and p=none
_NO_RECORD, _QUARANTINE, _FREEMAIL = "ola@plain.example", "udo@quarantine.example", "eva@freemail.example"
_STRANGER = "mallory@evil.example"

_HELD = {"becomes": ("held",), "because": ("author_unproven", "author_unproven_alias_not_signed")}


def _forged(name: str, author: str, to: str, *, because: str | tuple[str, ...] = "", **fields: Any) -> Case:
    """Refused for the reason given; without one, held for lack of proof."""
    verdict = (
        {"becomes": ("rejected",), "because": (because,) if isinstance(because, str) else because} if because else _HELD
    )
    return Case(**({"name": name, "author": author, "to": to} | verdict | fields))


def _appended(octets: bytes) -> bytes:
    return octets + b"Please answer to this new account only.\r\n"


def _second_from(octets: bytes) -> bytes:
    return f"From: {_SELLER}\r\n".encode() + octets


def _spaced_from(octets: bytes) -> bytes:
    return f"From : {_SELLER}\r\n".encode() + octets


def _without_from(octets: bytes) -> bytes:
    return b"\r\n".join(line for line in octets.split(b"\r\n") if not line.startswith(b"From:"))


_BY_EVIL: dict[str, Any] = {"signed_by": ("evil.example",), "reverse_path": _STRANGER, "source": PROVIDER_ADDRESS}
_FORGED_RESULTS = (
    f"mx.{_MARKET}; dkim=pass header.d=lax.example; spf=pass smtp.mailfrom={_BUYER}; dmarc=pass header.from=lax.example"
)

FORGERIES = (
    _forged("a proven stranger at an alias", _STRANGER, "buyer alias", because="author_not_a_party", **_BY_EVIL),
    _forged(
        "the wrong seller", "kim@rival.example", "buyer alias", because="author_not_a_party",
        signed_by=("rival.example",), source=PROVIDER_ADDRESS,
    ),
    _forged(
        "a seller of another marketplace", "ugo@corso-shop.example", "buyer alias", because="author_not_a_party",
        signed_by=("corso-shop.example",), source=PROVIDER_ADDRESS,
    ),
    _forged(
        "another buyer's alias", _BUYER, "eva's seller alias", because="author_not_a_party",
        signed_by=("lax.example",), source=PROVIDER_ADDRESS,
    ),
    _forged(
        "a removed mailbox", "old@strict.example", "buyer alias", because="author_not_a_party",
        signed_by=("strict.example",), source=PROVIDER_ADDRESS,
    ),
    _forged("DMARC fails under reject", _SELLER, "buyer alias", because="author_rejected_by_own_policy"),
    _forged("DMARC fails under quarantine", _QUARANTINE, "udo's seller alias", because="author_rejected_by_own_policy"),
    _forged("signed by a foreign domain", _SELLER, "buyer alias", because="author_rejected_by_own_policy", **_BY_EVIL),
    _forged("nothing proves it under p=none", _BUYER, "seller alias"),
    _forged("nothing proves it without a DMARC record", _NO_RECORD, "ola's seller alias"),
    _forged("foreign signature under p=none", _BUYER, "seller alias", **_BY_EVIL),
    _forged("two From fields", _STRANGER, "buyer alias", because="author_count", after=_second_from, **_BY_EVIL),
    _forged("From with a space before the colon", _STRANGER, "buyer alias",
            because=("author_count", "author_not_a_party"), after=_spaced_from, **_BY_EVIL),
    _forged("two mailboxes in From", f"{_BUYER}, {_STRANGER}", "seller alias", because="author_count", **_BY_EVIL),
    _forged("no From", _BUYER, "seller alias", because="author_count", before=_without_from),
    _forged("own alias as From", f"store@{_MARKET}", "seller alias", because="author_in_our_domain",
            reverse_path=_STRANGER),
    _forged("own domain in capitals as From", f"Store <STORE@{_MARKET.upper()}>", "buyer alias",
            because="author_in_our_domain", reverse_path=_STRANGER),
    _forged("signed mail to somebody else, replayed to the alias", _BUYER, "seller alias",
            signed_by=("lax.example",), shown_to="friend@evil.example", reverse_path=_STRANGER),
    _forged("replayed under a MAIL FROM whose SPF passes", _BUYER, "seller alias", signed_by=("lax.example",),
            shown_to="friend@evil.example", reverse_path=_STRANGER, source=PROVIDER_ADDRESS),
    _forged("To not signed, changed to the alias", _BUYER, "seller alias", signed_by=("lax.example",),
            fields=[name for name in SIGNED_FIELDS if name != "to"]),
    _forged("l= and an appended demand", _BUYER, "seller alias", signed_by=("lax.example",), tags="l=20; ",
            after=_appended),
    _forged("text appended to a signed mail", _BUYER, "seller alias", signed_by=("lax.example",), after=_appended),
    _forged("an expired signature", _SELLER, "buyer alias", because="author_rejected_by_own_policy",
            signed_by=("strict.example",), tags="t=1600000000; x=1600003600; "),
    _forged("SPF of another mailbox at the same provider", _FREEMAIL, "eva's seller alias",
            reverse_path="mallory@freemail.example", source=PROVIDER_ADDRESS),
    _forged("MAIL FROM forged as well", _BUYER, "seller alias", reverse_path=_BUYER),
    _forged("the party only in Sender", _STRANGER, "buyer alias", because="author_not_a_party",
            extra=(("Sender", _SELLER),), **_BY_EVIL),
    _forged("the party only in Reply-To", _STRANGER, "buyer alias", because="author_not_a_party",
            extra=(("Reply-To", _SELLER),), **_BY_EVIL),
    _forged("the party only in Resent-From", _STRANGER, "buyer alias", because="author_not_a_party",
            extra=(("Resent-From", _SELLER),), **_BY_EVIL),
    _forged("the party in the display name", f'"{_SELLER}" <{_STRANGER}>', "buyer alias", because="author_not_a_party",
            **_BY_EVIL),
    _forged("a look-alike subdomain", "jan@mail.strict.example", "buyer alias",
            because=("author_not_a_party", "author_rejected_by_own_policy")),
    _forged("a forged Authentication-Results", _BUYER, "seller alias",
            extra=(("Authentication-Results", _FORGED_RESULTS),)),
    _forged("a first contact that nothing proves, null reverse-path", "ada@nowhere.example", "contact",
            because="automatic_unproven", becomes=("recorded",), reverse_path=""),
)  # fmt: skip

_RELAYED = {"becomes": ("relayed",), "because": ("relayed",)}


def _honest(name: str, author: str, to: str, **fields: object) -> Case:
    return by_provider(**({"name": name, "author": author, "to": to} | _RELAYED | fields))


_ARF = (("Authentication-Results", f"mx.{_MARKET}; dkim=pass header.d=lax.example header.i=@lax.example; spf=none"),)

TWINS = (
    _honest("the seller, signed, p=reject", _SELLER, "buyer alias", signed_by=("strict.example",)),
    _honest("the seller by SPF alone, MAIL FROM is From", _SELLER, "buyer alias"),
    _honest("the buyer, signed, p=none", _BUYER, "seller alias", signed_by=("lax.example",)),
    _honest("signed, no DMARC record", _NO_RECORD, "ola's seller alias", signed_by=("plain.example",)),
    _honest("SPF alone, no DMARC record (A2)", _NO_RECORD, "ola's seller alias"),
    _honest("signed, p=quarantine", _QUARANTINE, "udo's seller alias", signed_by=("quarantine.example",)),
    _honest("one of many at a provider, signed", _FREEMAIL, "eva's seller alias", signed_by=("freemail.example",)),
    _honest("a helpdesk by its DKIM domain", "help@fashion.example", "lea's alias", signed_by=("helpdesk.example",),
            reverse_path="out@helpdesk.example", source=STRANGE_ADDRESS),
    _honest("a helpdesk by its MAIL FROM", "help@fashion.example", "lea's alias",
            reverse_path="bounces@helpdesk.example"),
    _honest("a forwarder that keeps DKIM", _BUYER, "seller alias", signed_by=("lax.example",),
            reverse_path="srs0=x=lax.example=anna@forwarder.example", source=STRANGE_ADDRESS),
    _honest("a forwarder that breaks DKIM", _BUYER, "seller alias", signed_by=("lax.example",), after=_appended,
            reverse_path="srs0=x=lax.example=anna@forwarder.example", source=STRANGE_ADDRESS, **_HELD),
    _honest("a VERP envelope, signed (A1)", _BUYER, "seller alias", signed_by=("lax.example",),
            reverse_path="bounce-4711@lax.example"),
    _honest("signed by a subdomain (relaxed alignment)", _BUYER, "seller alias", signed_by=("mail.lax.example",),
            source=STRANGE_ADDRESS),
    _honest("a second mailbox of the seller", "desk@strict.example", "buyer alias", signed_by=("strict.example",)),
    _honest("the mailbox in capitals", "Jan Kowal <JAN@Strict.Example>", "buyer alias", signed_by=("strict.example",)),
    _honest("Reply-All: the alias in Cc", _SELLER, "buyer alias", signed_by=("strict.example",),
            shown_to=_SELLER, cc=("buyer alias",)),
    _honest("Sender beside a proven From", _SELLER, "buyer alias", signed_by=("strict.example",),
            extra=(("Sender", "assistant@strict.example"),)),
    _honest("Reply-To to another own address", _SELLER, "buyer alias", signed_by=("strict.example",),
            extra=(("Reply-To", "jan.private@strict.example"),)),
    _honest("two signatures, one of a list that is broken", _BUYER, "seller alias",
            signed_by=("unpublished.example", "lax.example")),
    _honest("the alias in capitals", _BUYER, "seller alias in capitals", signed_by=("lax.example",)),
    _honest("by a front that tells the client by XFORWARD", _NO_RECORD, "ola's seller alias", source="127.0.0.1",
            xforward={"ADDR": PROVIDER_ADDRESS, "NAME": "mail.plain.example", "HELO": "mail.plain.example"}),
    _honest("by a front that tells of a strange client", _NO_RECORD, "ola's seller alias", source="127.0.0.1",
            xforward={"ADDR": STRANGE_ADDRESS, "NAME": "[UNAVAILABLE]", "HELO": "x"}, **_HELD),
    _honest("by a front whose Authentication-Results say so", _BUYER, "seller alias", source="127.0.0.1", extra=_ARF,
            signed_by=("lax.example",), after=_appended),
    _honest("without a Message-ID", _BUYER, "seller alias", signed_by=("lax.example",),
            before=lambda octets: b"\r\n".join(x for x in octets.split(b"\r\n") if not x.startswith(b"Message-ID:"))),
    _honest("a first contact of a proven stranger", "new@freemail.example", "contact", signed_by=("freemail.example",)),
    _honest("a first contact that nothing proves", "ada@nowhere.example", "contact", source=STRANGE_ADDRESS,
            becomes=("held",), because=("first_contact_unproven",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


@pytest.fixture(scope="module")
def postbox(sink: Sink) -> Iterator[Postbox]:
    with open_folder("mb-forge-") as folder, DnsServer() as dns:
        _publish_all(dns)
        with Bridge(folder / "bridge", dns=dns, smarthost_port=sink.port, alias_domain=_MARKET) as bridge:
            bridge.change("listen", authserv_id=f"mx.{_MARKET}", trusted_fronts=["127.0.0.1/32"])
            aliases = bridge.prepare(_TRADE)
            bridge.start()
            yield Postbox(bridge=bridge, addresses=_addresses(aliases))


_TRADE = [
    marketplace("bazaar", alias_domain=_MARKET),
    marketplace("corso", alias_domain=_OTHER_MARKET),
    seller("bazaar", "S1", contact="kowal", mailbox=_SELLER)
    | {
        "mailboxes": [
            {"address": _SELLER},
            {"address": "desk@strict.example"},
            {"address": "old@strict.example", "is_active": False},
        ]
    },
    seller("bazaar", "S2", contact="rival", mailbox="kim@rival.example"),
    seller(
        "bazaar",
        "S3",
        contact="fashion",
        mailbox={
            "address": "help@fashion.example",
            "authenticated_as": ["bounces@helpdesk.example", "helpdesk.example"],
        },
    ),
    seller("corso", "S4", contact="ugo", mailbox="ugo@corso-shop.example"),
    *(
        line
        for reference, mailbox, shop in (
            ("B1", _BUYER, "S1"),
            ("B2", _NO_RECORD, "S1"),
            ("B3", _QUARANTINE, "S1"),
            ("B4", _FREEMAIL, "S1"),
            ("B5", "lea@freemail.example", "S3"),
        )
        for line in (
            buyer("bazaar", reference, mailbox=mailbox),
            order("bazaar", f"48{reference}", seller=shop, buyer=reference),
        )
    ),
]


def _publish_all(dns: DnsServer) -> None:
    for domain in ("strict", "rival", "corso-shop", "freemail", "evil", "helpdesk"):
        publish(dns, f"{domain}.example")
    publish(dns, "lax.example", dmarc="v=DMARC1; p=none")
    publish(dns, "mail.lax.example", dmarc="")
    publish(dns, "plain.example", dmarc="")
    publish(dns, "quarantine.example", dmarc="v=DMARC1; p=quarantine")
    dns.add("fashion.example", "TXT", "v=spf1 include:spf.elsewhere.example ~all")
    dns.add("spf.elsewhere.example", "TXT", "v=spf1 ip4:192.0.2.0/24 -all")
    dns.add("forwarder.example", "TXT", f"v=spf1 ip4:{STRANGE_ADDRESS} -all")


def _addresses(aliases: list[dict[str, str]]) -> dict[str, str]:
    found = {(one["buyer"], one["stands_for"]): one["address"] for one in aliases}
    return {
        "contact": f"kowal@{_MARKET}",
        "buyer alias": found["B1", "buyer"],
        "seller alias": found["B1", "seller"],
        "seller alias in capitals": found["B1", "seller"].upper(),
        "ola's seller alias": found["B2", "seller"],
        "udo's seller alias": found["B3", "seller"],
        "eva's seller alias": found["B4", "seller"],
        "lea's alias": found["B5", "buyer"],
    }


def test_there_are_enough_of_them() -> None:
    assert len({case.name for case in FORGERIES}) == len(FORGERIES) >= 20
    assert len({case.name for case in TWINS}) == len(TWINS) >= 20


@pytest.mark.parametrize("case", FORGERIES, ids=lambda case: case.name)
def test_I5_T32_T33_T34_T35_T36_T38_T39_a_forgery_is_not_relayed_and_not_acknowledged(
    case: Case, postbox: Postbox, sink: Sink
) -> None:
    answer, line = postbox.send(case)
    assert (line["dispositions"], line["reasons"]) in [([d], [r]) for d in case.becomes for r in case.because]
    assert answer.code == (550 if "rejected" in case.becomes else 250), answer.text
    token = postbox.token(case).encode()
    wait_until(lambda: _is_idle(postbox), "the queue is empty")
    assert [mail.forward_paths for mail in sink.taken if token in mail.octets] == []
    victims = {case.author.rpartition("<")[2].rstrip(">").lower(), case.reverse_path or "", _STRANGER}
    answered = [mail for mail in sink.taken if b"auto-replied" in mail.octets and set(mail.forward_paths) & victims]
    assert answered == []


@pytest.mark.parametrize("case", TWINS, ids=lambda case: case.name)
def test_A1_A2_T41_its_honest_twin_is_relayed_or_held_with_the_documented_reason(
    case: Case, postbox: Postbox, sink: Sink
) -> None:
    answer, line = postbox.send(case)
    assert (line["dispositions"], line["reasons"]) in [([d], [r]) for d in case.becomes for r in case.because]
    assert answer.code == 250, answer.text
    if case.becomes == ("relayed",):
        token = postbox.token(case).encode()
        wait_until(lambda: any(token in mail.octets for mail in sink.taken), "the mail is relayed")


def test_T39_a_signed_mail_replayed_to_its_own_alias_is_relayed_once(postbox: Postbox, sink: Sink) -> None:
    case = _honest("a replay to the same alias", _BUYER, "seller alias", signed_by=("lax.example",))
    octets = postbox.build(case)
    _, first = postbox.send(case, octets)
    _, second = postbox.send(replace(case, reverse_path=_STRANGER, source=STRANGE_ADDRESS), octets)
    assert (first["dispositions"], second["dispositions"]) == (["relayed"], ["duplicate"])
    wait_until(lambda: _is_idle(postbox), "the queue is empty")
    assert sum(postbox.token(case).encode() in mail.octets for mail in sink.taken) == 1


def _is_idle(postbox: Postbox) -> bool:
    return True  # XX
