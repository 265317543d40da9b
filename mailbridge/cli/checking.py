"""`check`: whether everything a bridge needs is there: settings, keys, rules, texts, DNS, smarthost.

Changes nothing, but for one mail with `--send`. What is looked at is in `cli/checks.py` and `cli/dnschecks.py`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, print_json, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, load_settings

if TYPE_CHECKING:
    from mailbridge.cli.checks import Line
    from mailbridge.config import Settings


def check(
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
    domain: Annotated[
        list[str] | None, typer.Option("--domain", help="Alias domains to look at beside those on record.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask neither DNS nor the smarthost.")] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Also send one mail to postmaster@ of each alias domain, all the way round.")
    ] = False,
) -> None:
    """Check everything the bridge needs; each line is ok, warn or fail and says what to do."""
    from mailbridge.cli.checks import Status

    settings = load_settings(config)
    lines: list[Line] = []
    if not json:
        say(f"ok    settings: {config}")
    for line in _lines(settings, tuple(domain or ()), offline=offline, send=send):
        lines.append(line)
        if not json:
            say(f"{line.status.value:<5} {line.subject}: {line.text}")
            if line.remedy:
                say(f"      -> {line.remedy}")
    if json:
        print_json(lines)
    if any(line.status is Status.FAIL for line in lines):
        raise typer.Exit(ExitCode.PROBLEM)


def _lines(settings: "Settings", domains: tuple[str, ...], *, offline: bool, send: bool) -> "Iterator[Line]":
    from mailbridge.cli import checks, dnschecks

    yield from checks.check_files(settings)
    yield from checks.check_rule_packs(settings)
    yield from checks.check_ocr(settings)
    yield from checks.check_doors(settings)
    yield from checks.check_one_click(settings)
    found = checks.alias_domains(settings)
    all_domains = tuple(dict.fromkeys((*domains, *found)))
    yield checks.check_operator(settings, all_domains)
    if not all_domains:
        yield checks.warn("alias domains", "none is known yet", "import a marketplace, or name one with --domain")
    if offline:
        return
    yield from dnschecks.check_dns(settings, all_domains)
    for route in settings.route:
        yield checks.check_smarthost(settings, route)
    for alias_domain in all_domains if send else ():
        yield checks.send_round(settings, alias_domain)
