"""The checks of `mailbridge check` that need no DNS: files, keys, rules, texts, doors, smarthost, a mail all round."""

import enum
import functools
import os
import secrets
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from mailbridge import app
from mailbridge.config import DkimSettings, RouteSettings, Settings, UnixSocket
from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.delivery import Delivered, Unknown
from mailbridge.domain.parties import Marketplace
from mailbridge.domain.standing import Step
from mailbridge.errors import ConfigurationError, StoreError
from mailbridge.outbound.dkim_keys import load_key
from mailbridge.outbound.transports.connection import Unfit, connect, make_context
from mailbridge.outbound.transports.reply import Broken
from mailbridge.outbound.transports.smtp import SmtpTransport
from mailbridge.policy.links import is_own
from mailbridge.policy.ruleset import RuleSet
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.trying import load_tried_rules
from mailbridge.store.seal import KeyRing
from mailbridge.texts import Texts

_PATIENCE = timedelta(seconds=30)
_SOON = timedelta(days=14)
#: what confines the program that reads words in pictures, beside limits
_MEANS = {"files": "Landlock", "calls": "seccomp"}


class Status(enum.Enum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was looked at."""

    status: Status
    subject: str
    text: str
    #: what to do; "" when nothing is to be done
    remedy: str = ""


def ok(subject: str, text: str) -> Line:
    """Nothing is to be done."""
    return Line(status=Status.OK, subject=subject, text=text)


def warn(subject: str, text: str, remedy: str) -> Line:
    """Works, but not as well as it could."""
    return Line(status=Status.WARN, subject=subject, text=text, remedy=remedy)


def fail(subject: str, text: str, remedy: str) -> Line:
    """Does not work."""
    return Line(status=Status.FAIL, subject=subject, text=text, remedy=remedy)


def check_files(settings: Settings) -> Iterator[Line]:
    """Master key, database, texts, rules, DKIM keys."""
    yield from _usable("master key", lambda: _key(settings))
    yield from _usable("texts", lambda: _texts(settings))
    yield from _usable("rules", lambda: _rules(settings))
    for key in settings.dkim:
        name = f"DKIM key {key.selector} of {key.domain}"
        yield from _usable(name, functools.partial(_algorithm, key))
    yield _database(settings)


def _usable(subject: str, load: Callable[[], str]) -> Iterator[Line]:
    try:
        yield ok(subject, load())
    except ConfigurationError as error:
        for problem in error.problems:
            yield fail(subject, str(problem), "")


def _key(settings: Settings) -> str:
    KeyRing.load(settings.bridge.key_file)
    return str(settings.bridge.key_file)


def _texts(settings: Settings) -> str:
    folder = settings.templates.folder
    return ", ".join((Texts.load_checked() if folder is None else Texts.load(folder)).languages)


def _rules(settings: Settings) -> str:
    ruleset = load_tried_rules(app.rule_folders(settings))
    return f"{len(ruleset.rules)} rules, fingerprint {ruleset.fingerprint}"


def _algorithm(key: DkimSettings) -> str:
    return load_key(key.key_file, domain=key.domain, selector=key.selector).algorithm.value


def _database(settings: Settings) -> Line:
    url = settings.store_url
    file = url.removeprefix("sqlite:///")
    if file != url and not Path(file).exists():
        return warn("database", f"{file} is not there yet", "`mailbridge serve` or `mailbridge import` makes it")
    try:
        with app.open_store(settings) as store:
            return ok("database", f"{store.kind}; {store.count_held()} held")
    except ConfigurationError as error:
        return fail("database", "; ".join(str(problem) for problem in error.problems), "")
    except StoreError as error:
        return fail("database", str(error), "see that the server runs and that this user may log in")


def check_rule_packs(settings: Settings) -> Iterator[Line]:
    """Whether every pack that a marketplace on record names is there: without it all its mail is held."""
    file = settings.store_url.removeprefix("sqlite:///")
    if file != settings.store_url and not Path(file).exists():
        return
    try:
        ruleset = load_rules(app.rule_folders(settings))
        with app.open_store(settings) as store:
            markets = store.directory().marketplaces
    except (ConfigurationError, StoreError):
        return  # named by `check_files`
    for market in markets:
        for pack in ruleset.missing_packs(market):
            remedy = f"add it (rules.folders), or import other rule_packs; there are: {', '.join(ruleset.by_pack)}"
            yield fail(f"rules of {market.name}", f"there is no pack {pack}: all its mail is held", remedy)
        yield from _ladder_that_stops_nothing(ruleset, market)
        yield from _links_elsewhere(ruleset, market)
    yield from _rules_of_nobody(ruleset, tuple(market.name for market in markets))


def _links_elsewhere(ruleset: RuleSet, market: Marketplace) -> Iterator[Line]:
    """The page of a conversation is shown on the marketplace's own domains only."""
    for area in Area:
        link = ruleset.area_of(market, area, app.clock().date()).link
        if link and not is_own(link, market):
            text = f"the link of area {area.value} is never shown: {urlsplit(link).hostname} is no domain of the market"
            yield warn(f"areas of {market.name}", text, "name it in own_domains of the trade data, or correct the link")


def _ladder_that_stops_nothing(ruleset: RuleSet, market: Marketplace) -> Iterator[Line]:
    """A ladder bars and suspends by rules alone: without one its steps are told, and nothing follows."""
    today = app.clock().date()
    ladder = ruleset.ladder_of(market, today)
    if ladder is None or ruleset.minds_standing(market, today):
        return
    if any(rung.step.rank >= Step.BARRED.rank for rung in ladder.rungs):
        text = f"{ladder.id} bars sellers, and no enforced rule asks for author.standing: their new messages go on"
        yield warn(f"ladder of {market.name}", text, "add the pack general, or a rule such as general.standing-barred")


def _rules_of_nobody(ruleset: RuleSet, markets: tuple[str, ...]) -> Iterator[Line]:
    """Rules for marketplaces by names that nobody on record has: a slip of the pen would switch them off unseen."""
    for rule in ruleset.rules if markets else ():
        for name in sorted(rule.markets - set(markets)):
            remedy = f"correct it in {rule.place}; on record are: {', '.join(markets)}"
            yield warn(f"rule {rule.id}", f"is for {name}, and no marketplace on record is called so", remedy)


def check_ocr(settings: Settings) -> Iterator[Line]:
    """Where words in pictures are to be read, whether they can be: a bridge that can not does not start."""
    reader = app.make_text_reader(settings)
    if reader is None:
        return
    trial = reader.tried()
    text, remedy = trial.trouble
    if text:
        yield fail("OCR", f"screening.ocr is on, and {text}", f"{remedy}; or set ocr = false")
        return
    shown = f"{trial.program} reads {', '.join(trial.languages)}"
    if "files" in trial.confined and "calls" in trial.confined:
        yield ok("OCR", shown)
    else:
        lacks = " and ".join(_MEANS[name] for name in _MEANS if name not in trial.confined)
        yield warn("OCR", f"{shown}, less confined than it could be: there is no {lacks}", "use a newer kernel")


def alias_domains(settings: Settings) -> tuple[str, ...]:
    """Alias domains on record, and those there are keys for."""
    named = tuple(key.domain for key in settings.dkim)
    file = settings.store_url.removeprefix("sqlite:///")
    if file != settings.store_url and not Path(file).exists():
        return tuple(dict.fromkeys(named))
    try:
        with app.open_store(settings) as store:
            return tuple(dict.fromkeys((*(market.alias_domain for market in store.directory().marketplaces), *named)))
    except (ConfigurationError, StoreError):
        return tuple(dict.fromkeys(named))


def check_operator(settings: Settings, domains: tuple[str, ...]) -> Line:
    """Whether mail to the person in charge leaves for somewhere else than the bridge itself."""
    operator, subject = settings.bridge.operator, "person in charge"
    remedy = "set bridge.operator to a mailbox that another mail server has"
    if operator.domain in domains:
        return fail(subject, f"{operator.addr_spec} is an address of this bridge: his mail is refused there", remedy)
    if operator.domain == settings.bridge.hostname.lower():
        text = f"{operator.addr_spec} has the name of this bridge: if mail for that name comes here, it is refused"
        return warn(subject, text, remedy)
    return ok(subject, operator.addr_spec)


def check_doors(settings: Settings) -> Iterator[Line]:
    """Whether the addresses can be had, and the certificate of the doors."""
    listen = settings.listen
    doors = (("smtp", listen.smtp), ("lmtp", listen.lmtp), ("web", listen.web), ("public", settings.web.public_listen))
    for name, address in doors:
        if address is None:
            continue
        if isinstance(address, UnixSocket):
            yield _socket_folder(name, address)
            continue
        try:
            with socket.create_server((address.host, address.port), reuse_port=False):
                pass
        except OSError as error:
            yield warn(
                f"{name} door",
                f"{address}: {os.strerror(error.errno or 0)}",
                "fine when a `serve` of yours has it already",
            )
        else:
            yield ok(f"{name} door", str(address))
    if listen.tls_certificate is not None and listen.tls_key is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(listen.tls_certificate, listen.tls_key)
        except (OSError, ssl.SSLError) as error:
            yield fail("TLS", f"certificate and key can not be used: {error}", "give the chain and its key, both PEM")
        else:
            yield ok("TLS", str(listen.tls_certificate))
    else:
        yield warn("TLS", "STARTTLS is not offered", "set tls_certificate and tls_key, unless a front MTA offers it")


def check_one_click(settings: Settings) -> Iterator[Line]:
    """Whether mail services will offer their users one click: only where DKIM covers the fields (RFC 8058 §4)."""
    if not settings.web.public_url:
        return
    if settings.dkim:
        yield ok("one-click opt-out", settings.web.public_url)
        return
    remedy = "add [[dkim]], or see that the smarthost signs List-Unsubscribe and List-Unsubscribe-Post too"
    yield warn("one-click opt-out", "the bridge does not sign what it sends", remedy)


def _socket_folder(name: str, address: UnixSocket) -> Line:
    if os.access(address.path.parent, os.W_OK | os.X_OK):
        return ok(f"{name} door", str(address))
    return fail(f"{name} door", f"{address.path.parent} can not be written to", "make the folder, owned by this user")


def check_smarthost(settings: Settings, route: RouteSettings) -> Line:
    """Connect as the worker does: greeting, EHLO, TLS, AUTH; and its SIZE."""
    subject = f"smarthost {route.host}:{route.port}"
    smtp_route = app.smtp_route(route, settings)
    try:
        connection = connect(smtp_route, make_context(smtp_route), time.monotonic() + _PATIENCE.total_seconds())
    except Broken as error:
        return fail(subject, str(error), "see host, port and firewall; and tls, ca_file for TLS")
    except Unfit as error:
        return fail(subject, f"answers, but {error}", "see tls, user and password_file of this route")
    except OSError as error:
        return fail(subject, str(error), "see ca_file of this route")
    secured = "TLS" if connection.is_encrypted else "no TLS"
    size = connection.features.get("SIZE", "")
    connection.quit()
    if size.isdigit() and 0 < int(size) < settings.listen.max_message_octets:
        return fail(
            subject,
            f"takes {int(size)} octets, we take {settings.listen.max_message_octets}",
            "set max_message_octets a little below what it takes",
        )
    return ok(subject, f"answers, {secured}{', logged in' if route.user else ''}")


def send_round(settings: Settings, alias_domain: str) -> Line:
    """Hand a mail to postmaster@ of an alias domain to the smarthost: it should come back in and reach the operator."""
    subject = f"round trip by {alias_domain}"
    mark = secrets.token_hex(4)
    route = next((r for r in settings.route if alias_domain in r.for_domains), None)
    route = route or next(r for r in settings.route if not r.for_domains)
    transport = SmtpTransport(app.smtp_route(route, settings))
    try:
        outcome = transport.deliver(
            _round_trip_mail(settings, alias_domain, mark),
            reverse_path=None,
            forward_path=RealAddress(f"postmaster@{alias_domain}"),
            within=_PATIENCE,
        )
    finally:
        transport.close()
    if isinstance(outcome, Delivered):
        return ok(subject, f'handed over; "Mailbridge check {mark}" should reach the operator within minutes')
    if isinstance(outcome, Unknown):
        return warn(subject, outcome.diagnostic, f'look for "Mailbridge check {mark}" in the operator\'s mailbox')
    return fail(subject, outcome.diagnostic, "the smarthost does not take mail for the alias domain: see its settings")


def _round_trip_mail(settings: Settings, alias_domain: str, mark: str) -> bytes:
    hostname = settings.bridge.hostname
    lines = (
        f"From: Mailbridge <mailbridge@{hostname}>",
        f"To: postmaster@{alias_domain}",
        f"Subject: Mailbridge check {mark}",
        f"Date: {format_datetime(app.clock())}",
        f"Message-ID: <check-{secrets.token_hex(12)}@{hostname}>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=us-ascii",
        "Auto-Submitted: auto-generated",
        "",
        "This mail went from the bridge to the smarthost, by the MX of the alias domain back to the bridge,",
        "and from there to you. All of it works.",
        "",
    )
    return "\r\n".join(lines).encode("ascii")
