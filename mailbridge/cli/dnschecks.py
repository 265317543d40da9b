"""The checks of `mailbridge check` that ask DNS: MX, SPF, DKIM, DMARC, address and PTR records."""

import ipaddress
import time
from collections.abc import Callable, Iterator

from mailbridge import app
from mailbridge.cli.checks import Line, fail, ok, warn
from mailbridge.config import DkimSettings, Settings
from mailbridge.domain.authresults import AuthResult
from mailbridge.domain.envelope import Peer
from mailbridge.errors import AuthenticationUnavailable, ConfigurationError
from mailbridge.outbound.dkim_keys import load_key, txt_record
from mailbridge.path.resolver import Resolver
from mailbridge.path.slots import CpuSlots
from mailbridge.path.spf_check import check_spf

_SPF_PATIENCE_S = 20.0
_Look = Callable[[str, Resolver], Line]


def check_dns(settings: Settings, domains: tuple[str, ...]) -> Iterator[Line]:
    """Everything that should stand in DNS; a question without an answer ends its domain."""
    resolver = app.make_resolver(settings, CpuSlots(1))
    senders = _sending_addresses(settings, resolver)
    for domain in domains:
        for look in (_mx, _dmarc):
            yield _asked(domain, look, resolver)
        try:
            yield from _spf(domain, senders, resolver)
            yield from _dkim(settings, domain, resolver)
        except AuthenticationUnavailable as error:
            yield fail(domain, f"DNS does not answer: {error}", "see nameservers in [dns]")
    try:
        yield from _names(settings, resolver)
    except AuthenticationUnavailable as error:
        yield fail(settings.bridge.hostname, f"DNS does not answer: {error}", "see nameservers in [dns]")


def _asked(domain: str, look: _Look, resolver: Resolver) -> Line:
    try:
        return look(domain, resolver)
    except AuthenticationUnavailable as error:
        return fail(domain, f"DNS does not answer: {error}", "see nameservers in [dns]")


def _mx(domain: str, resolver: Resolver) -> Line:
    hosts = [record.decode("ascii", "replace").partition(" ")[2] for record in resolver.ask(domain, "MX").records]
    if not hosts:
        return fail(f"MX of {domain}", "is missing: replies find no way back", "publish an MX that leads to the bridge")
    if hosts == ["."]:
        return fail(f"MX of {domain}", "says that this domain takes no mail (RFC 7505)", "publish a real MX")
    lost = [host for host in hosts if not _addresses(host, resolver)]
    if lost:
        return fail(f"MX of {domain}", f"{', '.join(lost)} has no address", "publish A or AAAA records for it")
    return ok(f"MX of {domain}", ", ".join(hosts))


def _dmarc(domain: str, resolver: Resolver) -> Line:
    subject = f"DMARC of {domain}"
    records = [record for record in resolver.txt(f"_dmarc.{domain}") if record.startswith(b"v=DMARC1")]
    if len(records) != 1:
        count = "is missing" if not records else f"has {len(records)} records"
        return fail(subject, count, f'publish one TXT at _dmarc.{domain}: "v=DMARC1; p=reject"')
    text = records[0].decode("ascii", "replace")
    policy = next((tag.partition("=")[2].strip() for tag in text.split(";") if tag.strip().startswith("p=")), "")
    if policy == "none":
        return warn(subject, text, "p=none lets others write in your name; all our mail is signed: take p=reject")
    return ok(subject, text)


def _spf(domain: str, senders: tuple[str, ...], resolver: Resolver) -> Iterator[Line]:
    subject = f"SPF of {domain}"
    records = [record for record in resolver.txt(domain) if record.lower().startswith(b"v=spf1")]
    if len(records) != 1:
        count = "is missing" if not records else f"has {len(records)} records: receivers take that as an error"
        yield fail(subject, count, f'publish one TXT at {domain}: "v=spf1 ip4:ADDRESS-OF-SMARTHOST -all"')
        return
    text = records[0].decode("ascii", "replace")
    if "+all" in text.split() or "all" in text.split():
        yield fail(subject, f"{text}: everybody may send", "end it with -all")
        return
    missed = [ip for ip in senders if not _passes(domain, ip, resolver)]
    if missed:
        yield fail(subject, f"{text}: does not allow the smarthost {', '.join(missed)}", "add its address")
    elif not senders:
        yield warn(
            subject, text, "the public address of the smarthost is not known here: see that the record allows it"
        )
    else:
        yield ok(subject, text)


def _passes(domain: str, ip: str, resolver: Resolver) -> bool:
    peer = Peer(ip=ip, helo=domain)
    until = time.monotonic() + _SPF_PATIENCE_S
    return check_spf(peer, f"postmaster@{domain}", resolver=resolver, until=until) is AuthResult.PASS


def _dkim(settings: Settings, domain: str, resolver: Resolver) -> Iterator[Line]:
    keys = [key for key in settings.dkim if key.domain == domain]
    if not keys:
        yield warn(
            f"DKIM of {domain}", "the settings name no key: mail goes out unsigned", f"`mailbridge dkim new {domain}`"
        )
    for key in keys:
        yield _published(key, resolver)


def _published(key: DkimSettings, resolver: Resolver) -> Line:
    subject = f"DKIM of {key.domain}, {key.selector}"
    try:
        wanted = txt_record(load_key(key.key_file, domain=key.domain, selector=key.selector))
    except ConfigurationError as error:
        return fail(subject, str(error), "")
    found = [record.decode("ascii", "replace") for record in resolver.txt(wanted.name)]
    if not found:
        return fail(subject, f"{wanted.name} has no record", f"publish it: {wanted.zone_line()}")
    if _key_in(wanted.value) not in {_key_in(record) for record in found}:
        return fail(subject, f"{wanted.name} holds another key", f"publish this one: {wanted.zone_line()}")
    return ok(subject, wanted.name)


def _key_in(record: str) -> str:
    """The p= of a key record, without the spaces that are allowed in it (RFC 6376 §3.6.1)."""
    return next((tag.partition("=")[2] for tag in "".join(record.split()).split(";") if tag.startswith("p=")), "")


def _names(settings: Settings, resolver: Resolver) -> Iterator[Line]:
    hostname = settings.bridge.hostname
    addresses = _addresses(hostname, resolver)
    if addresses:
        yield ok(f"name {hostname}", ", ".join(addresses))
    else:
        yield warn(f"name {hostname}", "has no address", "publish A or AAAA, or set hostname to a name that has one")
    hosts = {hostname: addresses} | {route.host: _addresses(route.host, resolver) for route in settings.route}
    for host, ips in hosts.items():
        for ip in ips:
            if ipaddress.ip_address(ip).is_global:
                yield _ptr(host, ip, resolver)


def _ptr(host: str, ip: str, resolver: Resolver) -> Line:
    subject = f"PTR of {ip}"
    names = [
        record.decode("ascii", "replace").rstrip(".")
        for record in resolver.ask(ipaddress.ip_address(ip).reverse_pointer, "PTR").records
    ]
    if not names:
        return fail(
            subject, f"is missing ({host})", "ask the owner of the address to publish it: many refuse mail without"
        )
    if not any(ip in _addresses(name, resolver) for name in names):
        return fail(subject, f"{', '.join(names)} does not lead back to it", "let name and address point at each other")
    return ok(subject, ", ".join(names))


def _addresses(host: str, resolver: Resolver) -> tuple[str, ...]:
    try:
        return (str(ipaddress.ip_address(host)),)
    except ValueError:
        pass
    name = host.rstrip(".")
    records = (*resolver.ask(name, "A").records, *resolver.ask(name, "AAAA").records)
    return tuple(record.decode("ascii", "replace") for record in records)


def _sending_addresses(settings: Settings, resolver: Resolver) -> tuple[str, ...]:
    """Public addresses of the smarthosts, as far as they can be known from here."""
    found: list[str] = []
    for route in settings.route:
        try:
            found += _addresses(route.host, resolver)
        except AuthenticationUnavailable:
            continue
    return tuple(ip for ip in dict.fromkeys(found) if ipaddress.ip_address(ip).is_global)
