"""Makes the mail that a compact sample describes: octets for the parser, and the scene around it.

Files of a sample begin like files of their type and hold nothing else; what they say is given to the rules as if they
had been looked into. Judges nothing.
"""

import base64
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.header import Header
from email.utils import format_datetime
from urllib.parse import quote

from mailbridge.domain.facts import Pace
from mailbridge.domain.files import FileText, LookedInto, Screened
from mailbridge.domain.message import Attachment
from mailbridge.domain.outreach import OptOut, OptOutKind, OutreachHistory
from mailbridge.domain.parties import Direction, Marketplace, Role
from mailbridge.domain.standing import Step
from mailbridge.domain.thread import Area
from mailbridge.domain.trade import Order, OrderState
from mailbridge.policy.outreach import reason_in
from mailbridge.policy.ruleset import Rule
from mailbridge.rulefiles.models import SampleAttachmentModel, SampleModel, SampleOrderModel
from mailbridge.rulefiles.scene import Person, Scene, an_order

#: the day of samples of rules that are in force for ever
_SOME_DAY = date(2026, 1, 1)
_RECEIVED_AT = time(10, 0, tzinfo=UTC)
_SHOP, _CUSTOMER = "shop@acme.example", "jan@buyer.example"
_ALIAS = {Direction.TO_BUYER: "bbbbbbbbbbbbbbbb", Direction.TO_SELLER: "aaaaaaaaaaaaaaaa"}
#: how a file of each type begins; of pictures, enough to be taken for one
_BEGINNINGS: dict[str, bytes] = {
    "pdf": b"%PDF-1.7\n",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89",
    "gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "heic": b"\x00\x00\x00\x18ftypheic",
    "tif": b"II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00",
    "bmp": b"BM",
    "zip": b"PK\x03\x04\x14\x00\x00\x00",
    "rar": b"Rar!\x1a\x07\x01\x00",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "gz": b"\x1f\x8b\x08",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rtf": b"{\\rtf1 ",
    "exe": b"MZ\x90\x00\x03",
    "mp3": b"ID3\x04",
    "mp4": b"\x00\x00\x00\x18ftypmp42",
    "txt": b"text\n",
}
_ALSO_CALLED = {
    **dict.fromkeys(("jpeg", "jpe"), "jpg"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "docm", "xlsm"), "zip"),
    **dict.fromkeys(("doc", "xls", "ppt"), "ole"),
    **dict.fromkeys(("csv", "html", "htm", "svg", "ics", "js"), "txt"),
    "tiff": "tif",
    "heif": "heic",
}
#: types that a sample may name
SAMPLE_TYPES = tuple(sorted({*_BEGINNINGS, *_ALSO_CALLED}))
#: types that are looked into, as screening calls them
_KINDS = {
    **{name: name for name in ("pdf", "png", "gif", "webp", "zip", "rar", "7z", "rtf", "ole")},
    **{name: name for name in ("docx", "xlsx", "odt", "ods", "doc", "xls")},
    **dict.fromkeys(("jpg", "jpeg", "jpe"), "jpeg"),
    **dict.fromkeys(("tif", "tiff"), "tiff"),
    "gz": "gzip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """One compact sample, ready to be judged."""

    content: bytes
    scene: Scene


def perform(sample: SampleModel, market: Marketplace, rule: Rule | None) -> Performed:
    """The mail and the scene of this sample; `rule` lends what the sample leaves out."""
    direction = _direction(sample, rule)
    now = datetime.combine(_day(sample, rule), _RECEIVED_AT)
    market = _market(market, rule)
    order = _order(sample.order, now)
    scene = Scene(
        market=market,
        direction=direction,
        author=Person(
            language=sample.author.language or sample.language,
            is_business=sample.author.is_business,
            standing=Step(sample.author.standing) if sample.author.standing else None,
        ),
        reader=Person(language=sample.reader.language or sample.language, is_business=sample.reader.is_business),
        area=_area(sample, rule),
        order=order,
        is_about_order=order is not None,
        opens_thread=sample.thread.is_new,
        is_closed=sample.thread.is_closed,
        messages=sample.thread.messages,
        last_days_ago=sample.thread.last_days_ago,
        last_by=Role(sample.thread.last_by) if sample.thread.last_by is not None else None,
        buyer_wrote=sample.thread.buyer_wrote,
        outreach=_outreach(sample, now),
        pace=Pace(
            in_hour=sample.author.mails_in_hour,
            in_week=sample.author.mails_in_week,
            in_thread_in_hour=sample.thread.mails_in_hour,
        ),
        is_uncertain=sample.thread.is_uncertain,
        is_unproven=sample.author.is_unproven,
        is_direct=sample.is_direct,
        history=tuple(sample.history),
        same_text_to=sample.same_text_to,
        screened=_screened(sample.attachments),
    )
    return Performed(content=_mail(sample, scene, now), scene=scene)


def _direction(sample: SampleModel, rule: Rule | None) -> Direction:
    if sample.direction is not None:
        return Direction(sample.direction)
    allowed = rule.directions if rule is not None else frozenset(Direction)
    return Direction.TO_BUYER if Direction.TO_BUYER in allowed else Direction.TO_SELLER


def _day(sample: SampleModel, rule: Rule | None) -> date:
    known = (rule.valid_from, rule.valid_until) if rule is not None else ()
    return next((day for day in (sample.date, *known) if day is not None), _SOME_DAY)


def _area(sample: SampleModel, rule: Rule | None) -> Area:
    areas = sorted(rule.areas) if rule is not None else []
    return Area(sample.thread.area or next(iter(areas), Area.ORDER.value))


def _market(market: Marketplace, rule: Rule | None) -> Marketplace:
    if rule is None or not rule.markets or market.name in rule.markets:
        return market
    return replace(market, name=min(rule.markets))


def _order(order: SampleOrderModel, now: datetime) -> Order | None:
    if order.state == "none":
        return None
    days = order.completed_days_ago
    return replace(
        an_order(order.reference),
        state=OrderState(order.state),
        completed_at=None if days is None else now - timedelta(days=days),
        fulfilled_by=order.fulfilled_by,
        is_gift=order.is_gift,
    )


def _outreach(sample: SampleModel, now: datetime) -> OutreachHistory:
    asked = sample.outreach
    reason = reason_in(sample.subject)
    wish = OptOut(seller_id=None, kind=OptOutKind(asked.opted_out), at=now) if asked.opted_out != "no" else None
    return OutreachHistory(
        opt_outs=(wish,) if wish is not None else (),
        sent_today=asked.sent_today,
        about_order=(reason,) * asked.sent_about_order,
        orders_in_30_days=asked.orders_in_30_days,
        number=asked.sent_today,
    )


def _mail(sample: SampleModel, scene: Scene, now: datetime) -> bytes:
    """The octets, with CRLF. Lines may be longer than SMTP allows: nothing is sent."""
    is_by_seller = scene.direction is Direction.TO_BUYER
    author, reader = (_SHOP, _CUSTOMER) if is_by_seller else (_CUSTOMER, _SHOP)
    written_to = reader if sample.is_direct else f"{_ALIAS[scene.direction]}@{scene.market.alias_domain}"
    cc_address = scene.market.cc_address
    copied = [cc_address.addr_spec] if cc_address is not None and sample.copies_market else []
    header = [
        f"From: {author}",
        f"To: {', '.join((written_to, *sample.to))}",
        *([f"Cc: {', '.join((*copied, *sample.cc))}"] if copied or sample.cc else []),
        f"Subject: {Header(' '.join(sample.subject.split()), 'utf-8', maxlinelen=900).encode()}",
        f"Date: {format_datetime(now)}",
        f"Message-ID: <sample@{author.rpartition('@')[2]}>",
        *([f"In-Reply-To: <earlier@{scene.market.alias_domain}>"] if _is_reply(sample) else []),
        *([f"Content-Language: {sample.language}"] if sample.language else []),
        "MIME-Version: 1.0",
    ]
    return "\r\n".join([*header, *_content(sample)]).encode("utf-8", "surrogateescape")


def _is_reply(sample: SampleModel) -> bool:
    return sample.is_reply if sample.is_reply is not None else sample.thread.buyer_wrote and not sample.thread.is_new


def _content(sample: SampleModel) -> list[str]:
    forms = [_text("plain", sample.text)] if sample.text or not sample.html else []
    forms += [_text("html", sample.html)] if sample.html else []
    body = forms[0] if len(forms) == 1 else _multipart("alternative", forms)
    files = [_file(attachment) for attachment in sample.attachments]
    return _multipart("mixed", [body, *files]) if files else body


def _text(subtype: str, text: str) -> list[str]:
    encoded = base64.b64encode("\r\n".join(text.splitlines()).encode()).decode()
    return [f"Content-Type: text/{subtype}; charset=utf-8", "Content-Transfer-Encoding: base64", "", encoded]


def _multipart(kind: str, parts: list[list[str]]) -> list[str]:
    boundary = f"=_{kind}"
    lines = [f'Content-Type: multipart/{kind}; boundary="{boundary}"', ""]
    for part in parts:
        lines += [f"--{boundary}", *part]
    return [*lines, f"--{boundary}--"]


def _file(attachment: SampleAttachmentModel) -> list[str]:
    return [
        "Content-Type: application/octet-stream",
        f"Content-Disposition: attachment; filename*=utf-8''{quote(attachment.name, safe='')}",
        "Content-Transfer-Encoding: base64",
        "",
        base64.b64encode(_octets(attachment)).decode(),
    ]


def _octets(attachment: SampleAttachmentModel) -> bytes:
    beginning = _BEGINNINGS[_type(attachment)]
    filler = b"\n" if beginning.isascii() and _type(attachment) == "txt" else b"\x00"
    return beginning + filler * (attachment.size_octets - len(beginning))


def _type(attachment: SampleAttachmentModel) -> str:
    """The type whose beginning it has; text for an ending that nobody knows."""
    called = _ALSO_CALLED.get(_named(attachment), _named(attachment))
    return called if called in _BEGINNINGS else "txt"


def _screened(attachments: list[SampleAttachmentModel]) -> Screened | None:
    """The files that are looked into, as if that had been done."""
    files = [
        LookedInto(
            number=number,
            kind=kind,
            files=(Attachment(filename=attachment.name, content_type="application/octet-stream", octets=b""),),
            texts=(FileText(place="text", text=attachment.text, is_metadata=False),) if attachment.text else (),
        )
        for number, attachment in enumerate(attachments)
        if (kind := _KINDS.get(_named(attachment), ""))
    ]
    return Screened(files=tuple(files)) if files else None


def _named(attachment: SampleAttachmentModel) -> str:
    return (attachment.type or attachment.name.rpartition(".")[2]).lower()
