"""Reads `mailbridge.toml` into Settings, or says everything that is wrong with it at once.

Every problem names file, line, key and what to do. Reads secrets from the files that are named for them. Does not touch
the network, the key file or the database: that is `mailbridge check`.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from mailbridge.config.declare import Declared, declared_in
from mailbridge.config.kinds import BadValue, ListenAddress, UnixSocket
from mailbridge.config.lines import KeyPath, locate
from mailbridge.config.settings import TABLES, RouteSettings, Settings
from mailbridge.errors import ConfigurationError, Problem

_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_MAX_SETTINGS_OCTETS = 1024 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared, not listened on


@dataclass(slots=True)
class _Reading:
    """What was found so far in one file."""

    #: as the person named it
    name: str
    folder: Path
    lines: dict[KeyPath, int]
    problems: list[Problem] = field(default_factory=list)

    def blame(self, path: KeyPath, reason: str) -> None:
        """Note a problem at a key, or where it should stand."""
        line = self.lines.get(path)
        if line is None and len(path) > 1:
            line = self.lines.get(path[:-1])
        self.problems.append(Problem(file=self.name, line=line, key=dotted(path), reason=reason))


def load(path: Path | str) -> Settings:
    """Read and check the settings; raises ConfigurationError with every Problem there is."""
    name = str(path)
    text = _read_text(Path(path), name)
    try:
        tree: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError((_syntax_problem(name, str(error)),)) from None
    reading = _Reading(name=name, folder=Path(path).parent, lines=locate(text))
    settings = _build(reading, tree)
    if settings is not None:
        _check_together(reading, settings)
    if settings is None or reading.problems:
        raise ConfigurationError(tuple(sorted(reading.problems, key=lambda problem: problem.line or 0)))
    return settings


def refusal(table: str, key: str, value: object) -> str:
    """Why this value can not stand for this setting; "" when it can."""
    try:
        declared_in(TABLES[table][0])[key].kind.read(value, Path())
    except BadValue as problem:
        return str(problem)
    return ""


def dotted(path: KeyPath) -> str:
    """A key path for people: route[2].host; tables of an array are counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def suggestion(word: str, known: Iterable[str]) -> str:
    """A clause that names the known word most like this one, or none."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f', did you mean "{near[0]}"?' if near else ""


def _read_text(path: Path, name: str) -> str:
    def refuse(reason: str) -> ConfigurationError:
        return ConfigurationError((Problem(file=name, line=None, key="", reason=reason),))

    try:
        octets = path.read_bytes()
    except FileNotFoundError:
        raise refuse("there is no such file; `mailbridge init` writes one to start from") from None
    except OSError as error:
        raise refuse(f"can not be read: {error.strerror}") from None
    if len(octets) > _MAX_SETTINGS_OCTETS:
        raise refuse("is too big for a settings file")
    try:
        return octets.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = octets.count(b"\n", 0, error.start) + 1
        raise ConfigurationError((Problem(file=name, line=line, key="", reason="is not UTF-8 text"),)) from None


def _syntax_problem(name: str, message: str) -> Problem:
    place = _TOML_PLACE.search(message)
    reason = f"is not TOML: {_TOML_PLACE.sub('', message)}"
    if place is None:
        return Problem(file=name, line=None, key="", reason=f"{reason} (a quotation mark or bracket is missing?)")
    return Problem(file=name, line=int(place[1]), key="", reason=f"{reason}, column {place[2]}")


def _build(reading: _Reading, tree: Mapping[str, object]) -> Settings | None:
    """Settings from the parsed file; None when a required one is missing or unusable (the problems say which)."""
    for key in tree:
        if key not in TABLES:
            reading.blame((key,), f"is no table of the settings{suggestion(key, TABLES)}")
    values = {name: _read_entry(reading, name, tree.get(name)) for name in TABLES}
    if None in values.values() or any(isinstance(value, tuple) and None in value for value in values.values()):
        return None
    return Settings(**values)  # type: ignore[arg-type]  # TABLES gives each field the class that Settings declares for it


def _read_entry(reading: _Reading, name: str, raw: object) -> object | None:
    cls, is_many = TABLES[name]
    if is_many:
        return _read_array(reading, name, raw)
    if raw is None:
        raw = {}
    if not isinstance(raw, dict):
        reading.blame((name,), f"must be a table: write [{name}] on a line of its own")
        return None
    return _read_table(reading, (name,), cls, cast("dict[str, object]", raw))


def _read_array(reading: _Reading, name: str, raw: object) -> tuple[object | None, ...] | None:
    cls, _ = TABLES[name]
    if raw is None:
        raw = []
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        reading.blame((name,), f"may stand several times: write [[{name}]] with two brackets")
        return None
    tables = cast("list[dict[str, object]]", raw)
    return tuple(_read_table(reading, (name, index), cls, item) for index, item in enumerate(tables))


def _read_table(reading: _Reading, path: KeyPath, cls: type[object], raw: Mapping[str, object]) -> object | None:
    known = declared_in(cls)
    for key in raw:
        if key not in known:
            reading.blame((*path, key), f"is no setting of [{path[0]}]{suggestion(key, known)}")
    before = len(reading.problems)
    values = {name: _read_value(reading, (*path, name), declared, raw.get(name)) for name, declared in known.items()}
    return cls(**values) if len(reading.problems) == before else None


def _read_value(reading: _Reading, path: KeyPath, declared: Declared, raw: object) -> object:
    if raw is None:
        if declared.default is None:
            reading.blame(path, f"is missing: {declared.kind.how}. {declared.doc}")
            return None
        raw = declared.default
    try:
        return declared.kind.read(raw, reading.folder)
    except BadValue as problem:
        reading.blame(path, str(problem))
    except OSError as error:
        reading.blame(path, f"can not be read: {error.strerror}")
    return None


def _check_together(reading: _Reading, settings: Settings) -> None:
    """What no single setting can know."""
    _check_listen(reading, settings)
    _check_routes(reading, settings)
    _check_keys_and_mailboxes(reading, settings)
    if not settings.screening.ocr_languages:
        reading.blame(("screening", "ocr_languages"), "must name at least one language")
    url = settings.store.url
    if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        reading.blame(("store", "url"), 'must start with "sqlite:///" or "postgresql+psycopg://", or be ""')
    if re.search(r"://[^/@]*:[^/@]*@", url):
        reading.blame(("store", "url"), "must not hold a password: put it in a .pgpass file")


def _check_listen(reading: _Reading, settings: Settings) -> None:
    listen = settings.listen
    if (listen.tls_certificate is None) != (listen.tls_key is None):
        given, missing = ("tls_certificate", "tls_key") if listen.tls_key is None else ("tls_key", "tls_certificate")
        reading.blame(("listen", given), f"needs {missing} too")
    if listen.requires_tls and listen.tls_certificate is None:
        reading.blame(("listen", "requires_tls"), "needs tls_certificate and tls_key")
    if bool(settings.web.public_url) != (settings.web.public_listen is not None):
        given, missing = "public_listen", "public_url"
        if settings.web.public_url:
            given, missing = missing, given
        reading.blame(("web", given), f"needs {missing} too")
    if listen.smtp is None and listen.lmtp is None and not settings.imap:
        reading.blame(("listen", "smtp"), "no mail can come in: give smtp, lmtp, or an [[imap]] mailbox")
    taken: dict[str, str] = {}
    places = {("listen", name): getattr(listen, name) for name in ("smtp", "lmtp", "web")}
    for key, address in (places | {("web", "public_listen"): settings.web.public_listen}).items():
        if address is None or (isinstance(address, ListenAddress) and address.port == 0):
            continue
        if str(address) in taken:
            reading.blame(key, f"is the same address as {taken[str(address)]}")
        taken[str(address)] = dotted(key)
    if (
        listen.spam_field is not None
        and not listen.trusted_fronts
        and not any(box.is_trusted_front for box in settings.imap)
    ):
        reading.blame(("listen", "spam_field"), "is believed from a trusted front only: list it in trusted_fronts")


def _check_routes(reading: _Reading, settings: Settings) -> None:
    catch_all = [index for index, route in enumerate(settings.route) if not route.for_domains]
    if not settings.route:
        reading.blame(
            ("route",), "is missing: write [[route]] and in it host, the mail server that takes what the bridge sends"
        )
    elif not catch_all:
        reading.blame(
            ("route", 0, "for_domains"), "one route must be for all other domains: leave for_domains out there"
        )
    for index in catch_all[1:]:
        reading.blame(
            ("route", index),
            f"is a second route for all domains, beside {dotted(('route', catch_all[0]))}: give it for_domains",
        )
    doors = [door for door in (settings.listen.smtp, settings.listen.lmtp) if door is not None]
    seen: dict[str, int] = {}
    for index, route in enumerate(settings.route):
        if any(_is_same_place(door, route) for door in doors):
            reading.blame(("route", index, "port"), "leads back to the bridge itself: name the mail server that sends")
        if bool(route.user) != (route.password_file is not None):
            given, missing = ("user", "password_file") if route.user else ("password_file", "user")
            reading.blame(("route", index, given), f"needs {missing} too")
        if route.user and route.tls in ("none", "opportunistic"):
            reading.blame(
                ("route", index, "user"), 'would send the password in the clear: set tls to "required" or "implicit"'
            )
        for domain in route.for_domains:
            if domain in seen:
                reading.blame(
                    ("route", index, "for_domains"), f"{domain} is named by {dotted(('route', seen[domain]))} already"
                )
            seen.setdefault(domain, index)


def _is_same_place(door: ListenAddress | UnixSocket, route: RouteSettings) -> bool:
    """Whether the bridge would hand its mail to itself, as far as the settings alone tell."""
    if not isinstance(door, ListenAddress) or door.port != route.port:
        return False
    return route.host == door.host or (route.host in _LOOPBACK and door.host in _LOOPBACK | _EVERYWHERE)


def _check_keys_and_mailboxes(reading: _Reading, settings: Settings) -> None:
    seen: set[tuple[str, str]] = set()
    for index, key in enumerate(settings.dkim):
        if (key.domain, key.selector) in seen:
            reading.blame(("dkim", index, "selector"), f"names {key.selector} of {key.domain} a second time")
        seen.add((key.domain, key.selector))
    for index, mailbox in enumerate(settings.imap):
        folders = (mailbox.folder, mailbox.done_folder, mailbox.refused_folder)
        if len(set(folders)) < len(folders):
            reading.blame(
                ("imap", index, "folder"), "folder, done_folder and refused_folder must be three different ones"
            )
        if not mailbox.recipient_fields:
            reading.blame(("imap", index, "recipient_fields"), "must name at least one field")
        if mailbox.tls == "none" and mailbox.host not in _LOOPBACK:
            reading.blame(("imap", index, "tls"), '"none" would send the password in the clear: only on loopback')
