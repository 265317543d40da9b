"""What commands and the running bridge share: the clock, the store, the path with its parts, built from the settings.

Starts no loop and opens no door: that is `running.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from mailbridge.config import Settings
from mailbridge.domain.acknowledgement import AckLimits
from mailbridge.domain.delivery import ClaimedDelivery
from mailbridge.path.authenticate import Authenticator
from mailbridge.path.bridge import Bridge, PathSettings
from mailbridge.path.language import LanguageDetector
from mailbridge.path.mint import Mint
from mailbridge.path.publicdomains import PUBLIC_DOMAINS
from mailbridge.path.resolver import Resolver, ResolverSettings
from mailbridge.path.slots import CpuSlots
from mailbridge.policy.ruleset import RuleSet
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from mailbridge.screening.ocr import TextReader
from mailbridge.screening.screener import Screener
from mailbridge.store.store import Store
from mailbridge.texts import Texts


def clock() -> datetime:
    """The time now, aware UTC: the only clock of the running bridge."""
    return datetime.now(UTC)


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """The store for one command. Raises ConfigurationError."""
    store = open_checked(settings)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_bridge(settings: Settings) -> Iterator[Bridge]:
    """The whole path for one command, without doors and workers: what it commits is sent by the running `serve`."""
    slots = CpuSlots(1)
    ruleset = load_rules(rule_folders(settings))
    with open_store(settings) as store:
        bridge = make_bridge(
            settings,
            store,
            rules=lambda: ruleset,
            slots=slots,
            resolver=make_resolver(settings, slots),
            on_committed=lambda claimed: None,
        )
        try:
            yield bridge
        finally:
            bridge.screener.close()


def open_checked(settings: Settings) -> Store:
    """The store, its folder made where it is missing; the caller closes it. Raises ConfigurationError."""
    settings.bridge.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    bridge = settings.bridge
    return Store.open(settings.store_url, key_file=bridge.key_file, clock=clock, hostname=bridge.hostname)


def rule_folders(settings: Settings) -> tuple[Path, ...]:
    """The packs that come with Mailbridge, then the admin's own."""
    return (data_folder("rules"), *settings.rules.folders)


def make_resolver(settings: Settings, slots: CpuSlots) -> Resolver:
    """DNS as the settings say; a thread that waits for an answer gives its CPU slot back."""
    dns = settings.dns
    return Resolver(
        ResolverSettings(nameservers=dns.nameservers, port=dns.port, deadline=dns.timeout), waiting=slots.released
    )


def make_text_reader(settings: Settings) -> TextReader | None:
    """What reads words in pictures; None where that is off."""
    return TextReader(settings.screening.ocr_languages) if settings.screening.ocr else None


def inflight_folder(settings: Settings) -> Path:
    """Where each process marks what it is computing."""
    return settings.bridge.data_folder / "inflight"


def _ack_limits(settings: Settings) -> AckLimits:
    given = settings.acknowledgement
    return AckLimits(
        cool_down=given.cool_down,
        per_buyer=given.per_buyer,
        per_seller=given.per_seller,
        per_domain=given.per_domain,
        per_hour=given.per_hour,
    )


def make_bridge(
    settings: Settings,
    store: Store,
    *,
    rules: Callable[[], RuleSet],
    slots: CpuSlots,
    resolver: Resolver,
    on_committed: Callable[[tuple[ClaimedDelivery, ...]], None],
) -> Bridge:
    """The path and what it needs."""
    spam = settings.listen.spam_field
    texts = Texts.load(settings.templates.folder)
    return Bridge(
        store=store,
        authenticator=Authenticator(resolver, authserv_id=settings.listen.authserv_id),
        rules=rules,
        texts=texts,
        settings=PathSettings(
            operator=settings.bridge.operator,
            operator_language=settings.bridge.language,
            hostname=settings.bridge.hostname,
            expire_after=settings.delivery.expire_after,
            return_path_valid_for=settings.delivery.return_path_valid_for,
            max_message_octets=settings.listen.max_message_octets,
            confirm_within=settings.bridge.confirm_within,
            opt_out_within=settings.web.opt_out_within,
            undo_clock_short=settings.delivery.undo_clock_short,
            public_url=settings.web.public_url,
            spam_field=(spam.name, spam.value) if spam else ("", ""),
            ack_limits=_ack_limits(settings),
            public_domains=PUBLIC_DOMAINS,
        ),
        mint=Mint(clock),
        clock=clock,
        slots=slots,
        screener=Screener(make_text_reader(settings)),
        language_of=LanguageDetector(texts.languages).language_of,
        on_committed=on_committed,
    )
