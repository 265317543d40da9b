"""Opt-out by mail: where the way out stands, what it does, and how it is taken back (S-15, N-05, E-06, D19)."""

import re
from datetime import timedelta
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.facts import ActionDestination
from mailbridge.domain.outreach import Wish
from mailbridge.errors import Conflict
from mailbridge.outbound.dkim_keys import DkimKey, txt_record
from mailbridge.outbound.sign import Signer
from mailbridge.path.admit import admit
from mailbridge.path.optouts import offer_behind, use_in_browser
from tests.builders import signing_key
from tests.path.optingout import PUBLIC_URL, a_shop, addresses_in, way_out_in
from tests.path.world import ALIAS_DOMAIN, BUYER, CONTACT, SELLER, a_text, answer_to

THIS_SHOP = [("s1", "b1", "all", "mail")]


def fields_of(claimed: ClaimedDelivery) -> dict[str, str]:
    """The header fields about opting out, unfolded."""
    head = re.sub(rb"\r\n[ \t]+", b" ", claimed.delivery.octets.partition(b"\r\n\r\n")[0]).decode()
    pairs = (line.split(": ", 1) for line in head.split("\r\n"))
    return {name: body for name, body in pairs if name.startswith("List-")}


@pytest.mark.parametrize("subject", ["[review] Your lamp", "[Rechnung] Ihre Lampe", "Have a look at our lamps"])
def test_N05_mail_that_a_seller_starts_shows_the_way_out_by_web_and_by_mail(tmp_path: Path, subject: str) -> None:
    with a_shop(tmp_path, public_url=PUBLIC_URL) as shop:
        claimed, message = shop.writes(subject)
        token = way_out_in(claimed)
    address = f"act-{token}@{ALIAS_DOMAIN}"
    assert fields_of(claimed) == {
        "List-Unsubscribe": f"<{PUBLIC_URL}/u/{token}>, <mailto:{address}?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert f"Market can stop messages that Acme starts: {PUBLIC_URL}/u/{token} or an e-mail to {address}" in (
        message.body.plain or ""
    )


def test_N05_without_a_public_web_address_it_is_by_mail_only(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        claimed, message = shop.writes("[review] Your lamp")
        address = f"act-{way_out_in(claimed)}@{ALIAS_DOMAIN}"
    assert fields_of(claimed) == {"List-Unsubscribe": f"<mailto:{address}?subject=unsubscribe>"}
    assert f"Market can stop messages that Acme starts: an e-mail to {address}" in (message.body.plain or "")
    assert "https:" not in (message.body.plain or "")


def test_N05_one_click_fields_are_signed_and_can_not_be_added_to(tmp_path: Path) -> None:
    keys = [
        DkimKey(domain=ALIAS_DOMAIN, selector="ed", private=Ed25519PrivateKey.from_private_bytes(b"k" * 32)),
        DkimKey(domain=ALIAS_DOMAIN, selector="rsa", private=signing_key("ours")),
    ]
    zone = {f"{txt_record(key).name}.".encode(): txt_record(key).value.encode() for key in keys}
    with a_shop(tmp_path, public_url=PUBLIC_URL) as shop:
        delivery = shop.writes("[review] Your lamp")[0].delivery
    signed = Signer(keys).sign(delivery.octets, delivery.signing_domain, delivery.composed_at)
    named = re.findall(rb"[\t ]h=([^;]*);", signed)
    assert [dkim.DKIM(signed).verify(n, dnsfunc=lambda name, timeout: zone[name]) for n in (0, 1)] == [True, True]
    for names in (b"".join(each.split()).split(b":") for each in named):
        assert {b"list-unsubscribe", b"list-unsubscribe-post"} <= set(names)
    forged = b"List-Unsubscribe: <https://evil.example/>\r\n" + signed
    assert not dkim.DKIM(forged).verify(0, dnsfunc=lambda name, timeout: zone[name])


def test_D19_critical_mail_and_answers_carry_no_way_out(tmp_path: Path) -> None:
    with a_shop(tmp_path, public_url=PUBLIC_URL) as shop:
        critical, message = shop.writes("[Order problem] Your lamp")
        shop.world.mail(a_text(BUYER, CONTACT, "Is there a lamp in red? (offer 9)"), CONTACT)
        ((_, asked),) = shop.world.take(PostKind.RELAY)
        to, octets = answer_to(asked, SELLER, "Yes, there is.")
        shop.world.mail(octets, to)
        ((answer, _),) = shop.world.take(PostKind.RELAY)
    assert (fields_of(critical), fields_of(answer)) == ({}, {})
    assert "act-" not in (message.body.plain or "")


def test_S15_N05_a_mail_to_the_address_opts_out_and_the_buyer_is_told(tmp_path: Path) -> None:
    with a_shop(tmp_path, public_url=PUBLIC_URL) as shop:
        token = way_out_in(shop.writes("[review] Your lamp")[0])
        assert shop.mail_to(f"act-{token}@{ALIAS_DOMAIN}").is_positive
        ((claimed, notice),) = shop.notices()
        assert shop.wishes == THIS_SHOP
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert claimed.delivery.reverse_path is None
    assert notice.subject == "Stopped: messages that Acme starts"
    assert "Answers to what you write still come" in (notice.body.plain or "")
    assert len(addresses_in(notice)) == 2
    assert "List-Unsubscribe" not in fields_of(claimed)


def test_S15_who_opts_out_again_is_told_nothing_new_and_refused_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        address = f"act-{way_out_in(shop.writes('[review] Your lamp')[0])}@{ALIAS_DOMAIN}"
        shop.mail_to(address)
        shop.notices()
        assert admit(address, shop.world.bridge.store).is_positive  # at RCPT already
        assert shop.mail_to(address).is_positive
        assert (shop.notices(), shop.wishes) == ([], THIS_SHOP)


def test_N05_the_buyer_takes_it_back_once(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        address = f"act-{way_out_in(shop.writes('[review] Your lamp')[0])}@{ALIAS_DOMAIN}"
        shop.mail_to(address)
        back = addresses_in(shop.notices()[0][1])[0]
        assert shop.mail_to(back).is_positive
        ((_, notice),) = shop.notices()
        assert shop.wishes == []
        assert not shop.mail_to(back).is_positive
        assert not shop.mail_to(address).is_positive  # it worked once; a newer mail has a new one
        assert shop.wishes == []
    assert notice.subject == "Allowed again: messages that Acme starts"


def test_N05_the_notice_offers_to_stop_those_of_every_seller(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        shop.mail_to(f"act-{way_out_in(shop.writes('[review] Your lamp')[0])}@{ALIAS_DOMAIN}")
        back, every = addresses_in(shop.notices()[0][1])
        assert shop.mail_to(every).is_positive
        ((_, told),) = shop.notices()
        assert sorted(shop.wishes) == [("", "b1", "all", "mail"), *THIS_SHOP]
        shop.mail_to(back)
        ((_, taken_back),) = shop.notices()
        assert shop.wishes == [("", "b1", "all", "mail")]
    assert told.subject == "Stopped: messages that sellers of Market start"
    assert len(addresses_in(told)) == 1
    assert "what Acme starts stays stopped" in (taken_back.body.plain or "")


def test_S15_S16_E06_then_such_mail_is_not_delivered_and_the_seller_told_but_what_is_needed_and_answers_pass(
    tmp_path: Path,
) -> None:
    with a_shop(tmp_path) as shop:
        claimed, message = shop.writes("[review] Your lamp")
        shop.mail_to(f"act-{way_out_in(claimed)}@{ALIAS_DOMAIN}")
        shop.notices()
        unwanted = a_text(SELLER, shop.alias, "And how is it now?", subject="[Bewertung] Your lamp, again")
        shop.world.mail(unwanted, shop.alias)
        ((refused, notice),) = shop.world.take()
        critical, _ = shop.writes("[problem] The lamp is broken")
        shop.world.take()
        to, octets = answer_to(message, BUYER, "It is fine, but where is the bulb?")
        shop.world.mail(octets, to)
        ((_, asked),) = shop.world.take(PostKind.RELAY)
        back, answer = answer_to(asked, SELLER, "It is in the box.")
        shop.world.mail(answer, back)
        ((answered, _),) = shop.world.take(PostKind.RELAY)
    assert (refused.delivery.kind, refused.delivery.forward_path.addr_spec) == (PostKind.NOTICE, SELLER)
    assert "This buyer does not want messages that you start" in (notice.body.plain or "")
    assert (fields_of(critical), fields_of(answered)) == ({}, {})


def test_T23_automatic_mail_opts_nobody_out(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        address = f"act-{way_out_in(shop.writes('[review] Your lamp')[0])}@{ALIAS_DOMAIN}"
        assert shop.mail_to(address, Auto_Submitted="auto-replied").is_positive
        assert (shop.wishes, shop.notices()) == ([], [])


def test_N05_the_token_is_the_authority_and_the_notice_goes_to_the_mailbox_on_record(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        address = f"act-{way_out_in(shop.writes('[review] Your lamp')[0])}@{ALIAS_DOMAIN}"
        assert shop.mail_to(address, author="anna.other@elsewhere.example").is_positive
        ((claimed, _),) = shop.notices()
        assert shop.wishes == THIS_SHOP
    assert claimed.delivery.forward_path.addr_spec == BUYER


def test_N05_the_way_out_ends_with_its_time(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        token = way_out_in(shop.writes("[review] Your lamp")[0])
        shop.world.now += timedelta(days=90)
        assert not shop.mail_to(f"act-{token}@{ALIAS_DOMAIN}").is_positive
        assert offer_behind(token, shop.world.bridge) is None
        assert shop.wishes == []


def test_N05_of_two_who_press_at_once_one_does_it(tmp_path: Path) -> None:
    with a_shop(tmp_path, public_url=PUBLIC_URL) as shop:
        token = way_out_in(shop.writes("[review] Your lamp")[0])
        first, second = offer_behind(token, shop.world.bridge), offer_behind(token, shop.world.bridge)
        assert first is not None
        assert second is not None
        use_in_browser(first, first.wish, shop.world.bridge)
        with pytest.raises(Conflict):
            use_in_browser(second, Wish(of_all_sellers=True), shop.world.bridge)
        assert shop.wishes == [("s1", "b1", "all", "web")]


def test_N05_the_store_knows_the_hash_of_a_token_only(tmp_path: Path) -> None:
    with a_shop(tmp_path) as shop:
        token = way_out_in(shop.writes("[review] Your lamp")[0])
        destination = shop.world.bridge.store.destination(f"act-{token}@{ALIAS_DOMAIN}")
    assert isinstance(destination, ActionDestination)
    files = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert any(destination.token_hash in octets for octets in files)
    assert not any(token.encode() in octets for octets in files)


@pytest.mark.parametrize("public_url", ["", PUBLIC_URL])
def test_N05_the_seller_gets_no_token_out_of_a_quote(tmp_path: Path, public_url: str) -> None:
    with a_shop(tmp_path, public_url=public_url) as shop:
        claimed, message = shop.writes("[review] Your lamp")
        to, octets = answer_to(message, BUYER, "It is fine, thank you.")
        shop.world.mail(octets, to)
        ((relayed, answer),) = shop.world.take(PostKind.RELAY)
    assert way_out_in(claimed).encode() not in relayed.delivery.octets
    assert "How do you like the lamp?" in (answer.body.plain or "")
    assert "can stop messages" not in (answer.body.plain or "")  # our line is gone whole, as the other ones


def test_N05_nor_out_of_quoted_html(tmp_path: Path) -> None:
    with a_shop(tmp_path, public_url=PUBLIC_URL) as shop:
        octets = a_text(SELLER, shop.alias, "<p>How do you like the lamp?</p>", subject="[review] Your lamp")
        shop.world.mail(octets.replace(b"text/plain", b"text/html"), shop.alias)
        ((claimed, message),) = shop.world.take(PostKind.RELAY)
        html = (
            f"<p>Fine.</p><div class=gmail_quote>On Sat, Acme wrote:<blockquote>{message.body.html}</blockquote></div>"
        )
        reply = a_text(BUYER, message.authors[0].addr_spec, html, In_Reply_To=message.message_id or "")
        shop.world.mail(reply.replace(b"text/plain", b"text/html"), message.authors[0].addr_spec)
        ((relayed, answer),) = shop.world.take(PostKind.RELAY)
    assert way_out_in(claimed) in (message.body.html or "")
    assert way_out_in(claimed).encode() not in relayed.delivery.octets
    assert "How do you like the lamp?" in (answer.body.html or "")
    assert "can stop messages" not in (answer.body.html or "")
