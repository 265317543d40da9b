"""The tool that draws a mail before and after the bridge: what it shows is what the mail says."""

import struct
import zlib
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbridge.texts import Texts
from mailbridge.texts.catalogue import LANGUAGES, TEMPLATES
from tests.path.actionworld import PUBLIC_URL, a_talk
from tests.path.world import a_world
from tests.render.acknowledgements import OWN, mails
from tests.render.actions import documents
from tests.render.chromium import SIDE, chromium, picture, picture_row
from tests.render.page import page
from tests.render.texts import pages
from tests.render.through import as_mail, relayed


def _png(red: int, green: int, blue: int) -> bytes:
    """A picture of one colour, 40 by 40."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + bytes((red, green, blue)) * 40) * 40
    header = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _mail(html: str, picture: bytes | None = None) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Łucja <lucja@shop.example>"
    mail["To"], mail["Subject"] = "a@b.example", "Lampa „Ósma”"
    mail["Date"], mail["Message-ID"] = "Sat, 21 Nov 2026 10:00:00 +0100", "<1@shop.example>"
    mail.set_content("plain form")
    mail.add_alternative(html, subtype="html")
    if picture is not None:
        html_part = mail.get_body(preferencelist=("html",))
        assert isinstance(html_part, EmailMessage)
        html_part.add_related(picture, "image", "png", cid="<lamp@shop.example>")
    return mail.as_bytes().replace(b"\n", b"\r\n")


def test_the_page_shows_header_html_and_pictures_of_the_mail() -> None:
    shown = page(_mail('<p>Zażółć</p><img src="cid:lamp@shop.example">', _png(255, 0, 0)))
    assert "Lampa „Ósma”" in shown
    assert "<p>Zażółć</p>" in shown
    assert 'src="data:image/png;base64,' in shown
    assert "plain form" not in shown


def test_the_page_shows_plain_text_and_names_the_files() -> None:
    mail = EmailMessage()
    mail.set_content("a <b> c")
    mail.add_attachment(b"%PDF", "application", "pdf", filename="plan.pdf")
    shown = page(mail.as_bytes())
    assert "a &lt;b&gt; c" in shown
    assert "plan.pdf · application/pdf · 4 octets" in shown


def test_a_mail_goes_through_a_bridge_and_a_page_becomes_a_mail() -> None:
    after = relayed(as_mail(b"<p>Write to author@elsewhere.example</p>", name="x.html"))
    assert after is not None
    assert "[address removed]" in page(after)


def test_a_picture_is_drawn_of_both_sides(tmp_path: Path) -> None:
    if chromium() is None:
        pytest.skip("Chromium is not installed: pictures of mails are drawn at a desk that has it")
    png = tmp_path / "both.png"
    with_lamp = page(_mail('<p>x</p><img src="cid:lamp@shop.example">', _png(255, 0, 0)))
    picture(with_lamp, page(_mail("<p>x</p>" * 60)), png)
    octets = png.read_bytes()
    assert octets.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", octets[16:24])
    assert width == 2 * SIDE + 20
    assert 1_000 < height < 4_000  # as high as the higher side


@pytest.mark.parametrize("language", OWN)
def test_S36_S46_S48_acknowledgement_and_copy_have_plain_text_and_html_in_every_language(
    tmp_path: Path, language: str
) -> None:
    with a_world(tmp_path) as world:
        drawn = {
            name: message_from_bytes(octets, policy=policy.default) for name, octets in mails(world, language).items()
        }
    assert drawn.keys() == {"ours", "own", "copy"}
    for mail in drawn.values():
        assert isinstance(mail, EmailMessage)
        assert mail["Content-Language"] == language
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert "48213" in plain.get_content()
        assert "width=device-width" in html.get_content()


def test_pages_are_drawn_beside_one_another_each_at_its_width(tmp_path: Path) -> None:
    if chromium() is None:
        pytest.skip("Chromium is not installed: pictures of mails are drawn at a desk that has it")
    png = tmp_path / "row.png"
    picture_row(((page(_mail("<p>x</p>" * 40)), 360), (page(_mail("<p>x</p>")), 900)), png)
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    assert width == 360 + 20 + 900
    assert 500 < height < 4_000


def test_a_text_is_shown_in_every_language_with_its_fullest_sample() -> None:
    [template] = [one for one in TEMPLATES if one.name == "due_soon"]
    shown = pages(template, Texts.load())
    assert len(shown) == len(LANGUAGES)
    assert all("48213" in each for each in shown)
    assert len(set(shown)) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_N11_N15_what_a_seller_can_do_is_shown_from_his_copy_to_the_page_that_it_is_done(
    tmp_path: Path, language: str
) -> None:
    with a_talk(tmp_path, language=language, public_url=PUBLIC_URL, undo_s=60) as talk:
        copy, waits, undone, *pages_shown = documents(talk)
    assert (copy.count("mailto:act-"), waits.count("mailto:act-")) == (3, 2)
    assert "40 cm" in undone
    assert [one.count("<button") for one in pages_shown] == [1, 0, 1, 0]
