"""`ack show|set|preview|send-test|restore-default|history`: the automatic answer to a buyer's first message."""

from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, complain, print_json, print_table, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, opened_bridge
from mailbridge.domain.acknowledgement import AREAS_OF_BUYERS, NO_WISHES, AckText, AckVersion, AckWishes
from mailbridge.domain.address import RealAddress, split_addr_spec
from mailbridge.domain.area import Area
from mailbridge.errors import NotFound, NotPossible, Problem
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.path.bridge import Bridge
    from mailbridge.path.post import Posting
    from mailbridge.store.conductrecords import StandingRow

commands = typer.Typer(
    name="ack", help="Acknowledgements: the automatic answer to a buyer's first message.", no_args_is_help=True
)


class Language(Enum):
    """Languages that buyers read."""

    EN = "en"
    PL = "pl"
    IT = "it"
    DE = "de"


class Inherited(Enum):
    """What a seller may leave to his marketplace."""

    ON = "on"
    AREAS = "areas"
    AFTER = "after"
    COPIES = "copies"


_AREA_NAMES = ", ".join(area.value for area in AREAS_OF_BUYERS)
_FIELD_OF = {
    Inherited.ON: "is_on",
    Inherited.AREAS: "areas",
    Inherited.AFTER: "after_s",
    Inherited.COPIES: "copies",
}
_SHOWN_VERSIONS = 20

SellerArgument = Annotated[str, typer.Argument(metavar="SELLER", help="Reference of the seller.")]
MarketOption = Annotated[
    str | None,
    typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace, where several have it."),
]
LanguageOption = Annotated[
    Language | None, typer.Option("--language", metavar="LANGUAGE", help="en, pl, it or de: of the buyers who get it.")
]
AreaOption = Annotated[
    Area | None, typer.Option("--area", metavar="AREA", help=f"{_AREA_NAMES}; without it every area.")
]
TextOption = Annotated[
    Path | None,
    typer.Option("--text", metavar="FILE", help="A text of the seller's own: see docs/acknowledgement.md."),
]
SubjectOption = Annotated[str, typer.Option("--subject", metavar="LINE", help="Subject of that text; ours without it.")]
OnOption = Annotated[bool | None, typer.Option("--on/--off", help="Whether buyers are answered.")]
AreasOption = Annotated[
    str | None, typer.Option("--areas", metavar="LIST", help=f"Of {_AREA_NAMES}, with commas; or all, or none.")
]
AfterOption = Annotated[
    int | None, typer.Option("--after", metavar="MINUTES", min=0, max=60, help="How long it waits.")
]
CopiesOption = Annotated[
    bool | None, typer.Option("--copies/--no-copies", help="Whether he hears of each that is sent.")
]
NameOption = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help='Name in From, before "via MARKET"; "" for the shop\'s.'),
]
NotifyOption = Annotated[
    str | None,
    typer.Option("--notify", metavar="ADDRESS", help='A further mailbox that hears of each; "" for none.'),
]
AsMarketOption = Annotated[
    list[Inherited] | None,
    typer.Option("--as-market", metavar="WHAT", help="Leave on, areas, after or copies to the marketplace."),
]
OrderOption = Annotated[
    str, typer.Option("--order", metavar="NUMBER", help='As if it were about this order; "" for none.')
]


@commands.command()
def show(
    seller: SellerArgument, market: MarketOption = None, config: ConfigOption = SETTINGS_FILE, json: JsonOption = False
) -> None:
    """Show what holds for a seller, what of it he set himself, and his own texts."""
    from mailbridge.policy.autoreply import switches_of

    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        kept = bridge.store.ack_versions(row.seller.id)
    switches, wishes = switches_of(row.market, row.seller), row.seller.acknowledgement
    picture: dict[str, object] = {
        "market": row.marketplace,
        "seller": row.reference,
        "is_on": switches.is_on,
        "areas": tuple(area.value for area in switches.areas),
        "after_s": int(switches.after.total_seconds()),
        "copies": switches.copies,
        "sender_name": wishes.sender_name or row.seller.name,
        "notify": wishes.notify.addr_spec if wishes.notify is not None else None,
        "set_by_seller": tuple(name.value for name, key in _FIELD_OF.items() if getattr(wishes, key) is not None),
        "version": kept[0].number if kept else 0,
    }
    if json:
        print_json(picture | {"texts": [_plain_text(text) for text in wishes.texts]})
        return
    for name, value in picture.items():
        say(f"{name.replace('_', ' ') + ':':<15}{', '.join(value) if isinstance(value, tuple) else shown(value)}")
    say()
    print_table(
        ("LANGUAGE", "AREA", "SUBJECT", "TEXT"),
        [
            (t.language, t.area.value if t.area else "(every)", t.subject or "(ours)", _begin(t.body))
            for t in wishes.texts
        ],
        nothing="No text of his own: ours is sent.",
    )


@commands.command("set")
def set_(
    seller: SellerArgument,
    is_on: OnOption = None,
    areas: AreasOption = None,
    after: AfterOption = None,
    copies: CopiesOption = None,
    name: NameOption = None,
    notify: NotifyOption = None,
    as_market: AsMarketOption = None,
    text: TextOption = None,
    subject: SubjectOption = "",
    language: LanguageOption = None,
    area: AreaOption = None,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Change what a seller set. Saved whole or not at all; the state before stays on record (`ack history`).

    A text goes by the rules of the marketplace like any mail of the seller's: what it may not hold is named, and
    nothing is saved.
    """
    given = {
        "is_on": is_on,
        "areas": None if areas is None else _areas(areas),
        "after_s": None if after is None else after * 60,
        "copies": copies,
        "sender_name": None if name is None else name.strip(),
    }
    changes: dict[str, object] = {key: value for key, value in given.items() if value is not None}
    if notify is not None:
        changes["notify"] = _address(notify) if notify else None
    changes |= {_FIELD_OF[inherited]: None for inherited in as_market or ()}
    own = _own_text(text, subject, language, area)
    with opened_bridge(config) as bridge:
        _save(bridge.store.seller_called(seller, market), changes, bridge, own=own, file=text, command="ack set")


@commands.command("restore-default")
def restore_default(
    seller: SellerArgument,
    language: LanguageOption = None,
    area: AreaOption = None,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Send our text again instead of the seller's own: of this language and area, or all of them."""
    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        kept = tuple(
            text
            for text in row.seller.acknowledgement.texts
            if (language is not None and text.language != language.value)
            or (area is not None and text.area is not area)
        )
        _save(row, {"texts": kept}, bridge, command="ack restore-default")


@commands.command()
def preview(
    seller: SellerArgument,
    language: LanguageOption = None,
    area: AreaOption = None,
    order: OrderOption = "48213",
    text: TextOption = None,
    subject: SubjectOption = "",
    html: Annotated[bool, typer.Option("--html", help="Print the HTML form instead of the plain one.")] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Print the seller's copy instead.")] = False,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Print the mail as it would be sent now; with --text, in words that are not saved. Nothing is kept or sent."""
    from mailbridge.path.acktexts import Subject
    from mailbridge.path.acktrial import trial, wrong_with

    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        code = language.value if language is not None else row.market.language
        own = _own_text(text, subject, Language(code), area)
        if own is not None:
            wishes = _with_text(row.seller.acknowledgement, own)
            _refuse(wrong_with(wishes, row.market, row.seller, bridge), file=text)
        about = Subject(market=row.market, seller=row.seller, area=area or Area.QUESTION, order=order)
        tried = trial(about, code, RealAddress("buyer@mail.invalid"), bridge, text=own)
    _print_mail(tried.copy if copy else tried.acknowledgement, html=html, json=json)


@commands.command("send-test")
def send_test(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Mailbox that gets it.")],
    seller: Annotated[str, typer.Option("--seller", metavar="REFERENCE", help="Reference of the seller.")],
    language: LanguageOption = None,
    area: AreaOption = None,
    order: OrderOption = "48213",
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Send the acknowledgement as it is saved, and the seller's copy of it, to a mailbox; the running `serve` sends."""
    from mailbridge.path.acktexts import Subject
    from mailbridge.path.acktrial import send_test as send

    to = _address(address)
    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        about = Subject(market=row.market, seller=row.seller, area=area or Area.QUESTION, order=order)
        send(about, language.value if language is not None else row.market.language, to, bridge)
    emit(Event.PERSON_ACTED, command="ack send-test", object=row.seller.id, result="queued")
    say(f"{row.reference}: queued, two mails")


@commands.command()
def history(
    seller: SellerArgument,
    version: Annotated[int | None, typer.Option("--version", min=1, help="Print this version whole.")] = None,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """List every state of a seller's settings, the newest first; the first line is in force."""
    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        kept = bridge.store.ack_versions(row.seller.id, _SHOWN_VERSIONS if version is None else 1_000_000)
    if version is not None:
        kept = tuple(each for each in kept if each.number == version)
        if not kept:
            raise NotFound(f"{row.reference} has no version {version}")
    if json or version is not None:
        print_json([_plain_version(each) for each in kept])
        return
    print_table(
        ("VERSION", "SAVED (UTC)", "BY", "ON", "AREAS", "TEXTS"),
        [(v.number, v.saved_at, v.by, v.wishes.is_on, _names(v.wishes.areas), len(v.wishes.texts)) for v in kept],
        nothing="Nothing was ever saved: all is as the marketplace has it.",
    )


def _save(
    row: "StandingRow",
    changes: dict[str, object],
    bridge: "Bridge",
    *,
    command: str,
    own: AckText | None = None,
    file: Path | None = None,
) -> None:
    from mailbridge.path.acktrial import wrong_with

    kept = bridge.store.ack_versions(row.seller.id)
    before = kept[0].wishes if kept else NO_WISHES
    wishes = replace(before, **changes)  # type: ignore[arg-type]  # fields by name, each checked above
    if own is not None:
        wishes = _with_text(wishes, own)
    _refuse(wrong_with(wishes, row.market, row.seller, bridge), file=file)
    number = kept[0].number + 1 if kept else 1
    new = AckVersion(number=number, saved_at=bridge.clock(), by="command", wishes=wishes)
    is_new = bridge.store.save_acknowledgement(row.seller.id, new)
    emit(Event.PERSON_ACTED, command=command, object=row.seller.id, result="saved" if is_new else "so already")
    say(f"{row.reference}: version {number} saved" if is_new else f"{row.reference}: so already")


def _refuse(wrong: tuple[tuple[str, str], ...], *, file: Path | None) -> None:
    if wrong:
        name = str(file) if file is not None else ""
        complain(Problem(file=name, line=None, key=key, reason=reason) for key, reason in wrong)
        raise typer.Exit(ExitCode.PROBLEM)


def _with_text(wishes: AckWishes, own: AckText) -> AckWishes:
    others = tuple(t for t in wishes.texts if (t.area, t.language) != (own.area, own.language))
    return replace(wishes, texts=(own, *others))


def _own_text(file: Path | None, subject: str, language: Language | None, area: Area | None) -> AckText | None:
    if file is None:
        if subject:
            raise typer.BadParameter("--subject goes with --text FILE")
        return None
    if language is None:
        raise typer.BadParameter("--text needs --language: of the buyers who get it")
    try:
        body = file.read_text(encoding="utf-8")
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise NotPossible(f"{file}: is not UTF-8") from None
    return AckText(language=language.value, body=body, subject=subject, area=area)


def _areas(text: str) -> tuple[Area, ...]:
    if text in {"all", "none"}:
        return AREAS_OF_BUYERS if text == "all" else ()
    known = {area.value: area for area in AREAS_OF_BUYERS}
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise typer.BadParameter(f"--areas: {unknown[0]} is no area; there are {_AREA_NAMES}, or all, or none")
    return tuple(known[name] for name in dict.fromkeys(names))


def _address(text: str) -> RealAddress:
    if split_addr_spec(text) is None:
        raise typer.BadParameter(f"{text} is no mail address")
    return RealAddress(text)


def _print_mail(posting: "Posting", *, html: bool, json: bool) -> None:
    mail = posting.composition
    if json:
        print_json({"from": mail.from_name, "subject": mail.subject, "text": mail.body.plain, "html": mail.body.html})
        return
    if html:
        say(mail.body.html or "")
        return
    say(f"From: {mail.from_name}")
    say(f"Subject: {mail.subject}")
    say()
    say(mail.body.plain or "")


def _begin(body: str) -> str:
    line = " ".join(body.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _names(areas: tuple[Area, ...] | None) -> str | None:
    return None if areas is None else ", ".join(area.value for area in areas) or "none"


def _plain_text(text: AckText) -> dict[str, object]:
    return {"language": text.language, "area": text.area, "subject": text.subject, "body": text.body}


def _plain_version(version: AckVersion) -> dict[str, object]:
    wishes = version.wishes
    return {
        "version": version.number,
        "saved_at": version.saved_at,
        "by": version.by,
        "is_on": wishes.is_on,
        "areas": None if wishes.areas is None else [area.value for area in wishes.areas],
        "after_s": wishes.after_s,
        "copies": wishes.copies,
        "sender_name": wishes.sender_name,
        "notify": wishes.notify.addr_spec if wishes.notify is not None else None,
        "texts": [_plain_text(text) for text in wishes.texts],
    }
