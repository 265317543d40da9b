"""A resolver of ours that asks the tests' DNS server."""

from datetime import timedelta

from mailbridge.path.resolver import Resolver, ResolverSettings
from tests.dns_server import DnsServer


def a_resolver(dns: DnsServer) -> Resolver:
    """Impatient: what does not answer is given up after two seconds."""
    return Resolver(
        ResolverSettings(
            nameservers=("127.0.0.1",),
            port=dns.port,
            deadline=timedelta(seconds=2),
            attempt=timedelta(seconds=1),
        )
    )
