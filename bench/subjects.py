"""What is measured: the bridge as users run it, and Postfix as a plain relay; both in folders on one file system."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import ALIAS_DOMAIN, SELECTOR, Letters, Pair, Party, party_domains, trade
from bench.measure import Subject, Workbench, token_of
from tests.builders import Original, dkim_record, signing_key
from tests.dns_server import DnsServer
from tests.peers.bridge import Bridge
from tests.peers.postfix import plain_relay
from tests.peers.processes import free_ports


@contextmanager
def postfix(folder: Path, bench: Workbench) -> Iterator[Subject]:
    """Postfix with its default durability (queue file and fsync)."""
    [port] = free_ports(1)
    with plain_relay(folder, port=port, to_port=bench.sink_port) as relay:
        yield Subject(name="postfix", port=port, root=relay.pid, rewrites=False)


class BenchedBridge:
    """`mailbridge serve` with its pairs, and what each of them got so far."""

    def __init__(self, folder: Path, bench: Workbench, *, pairs: int) -> None:
        self._dns = DnsServer()
        self._bench = bench
        lines, self.pairs = trade(pairs)
        self._lines = lines
        self._folder = folder

    @contextmanager
    def running(self) -> Iterator[Subject]:
        """Set up, start, yield, stop."""
        with self._dns:
            for domain in party_domains():
                self._dns.add(f"{SELECTOR}._domainkey.{domain}", "TXT", dkim_record(signing_key("load")))
                self._dns.add(f"_dmarc.{domain}", "TXT", "v=DMARC1; p=reject")
            with Bridge(
                self._folder, dns=self._dns, smarthost_port=self._bench.sink_port, alias_domain=ALIAS_DOMAIN
            ) as bridge:
                self._bridge = bridge
                self.pairs = _with_aliases(self.pairs, bridge.prepare(self._lines))
                bridge.start()
                yield Subject(name="mailbridge", port=bridge.smtp_port, root=bridge.process.pid, rewrites=True)
                bridge.stop()

    def make_history(self, letters: Letters, *, octets: int) -> dict[str, Original]:
        """One mail each way in every pair; what each mailbox got, to be answered and quoted."""
        got: dict[str, Original] = {}
        for is_answer in (False, True):
            posts = [
                letters.reply(pair.seller, pair.buyer, got[pair.seller.addr_spec], octets=octets)
                if is_answer
                else letters.opening(pair, octets=octets)
                for pair in self.pairs
            ]
            handed, arrived = self._bench.deliver(self._bridge.smtp_port, posts)
            if handed.refused:
                raise RuntimeError(f"the bridge refused honest mail: {handed.refused[:3]}")
            for mail in arrived:
                if token_of(mail) is not None:
                    got[mail.forward_paths[0]] = Original.read(mail.octets.replace(b"\r\n..", b"\r\n."))
        return got

    def stage_milliseconds(self) -> dict[str, float]:
        """CPU per message and stage, as the bridge told it in its events; the mean over all mails."""
        told = [event["ms"] for event in self._bridge.events() if event.get("event") == "message_received"]
        sums: dict[str, float] = {}
        for stages in told:
            assert isinstance(stages, dict)
            for name, milliseconds in stages.items():
                sums[name] = sums.get(name, 0.0) + milliseconds
        return {name: round(value / len(told), 3) for name, value in sums.items()}

    def restart_seconds(self) -> list[float]:
        """Kill it three times; how long each time until its SMTP door listens again."""
        took = []
        for _ in range(3):
            self._bridge.kill()
            took.append(round(self._bridge.start(), 2))
        return took

    def dispositions(self) -> str:
        """How many mails ended how, for the reader of a failed run."""
        counts: dict[str, int] = {}
        for event in self._bridge.events():
            if event.get("event") == "message_received":
                key = json.dumps([event.get("dispositions"), event.get("reasons")])
                counts[key] = counts.get(key, 0) + 1
        return json.dumps(counts, indent=1)


def _with_aliases(pairs: list[Pair], minted: list[dict[str, str]]) -> list[Pair]:
    by_pair = {(one["seller"], one["buyer"], one["stands_for"]): one["address"] for one in minted}
    return [
        Pair(
            pair.number,
            buyer=Party(
                pair.buyer.reference,
                pair.buyer.addr_spec,
                by_pair[pair.seller.reference, pair.buyer.reference, "buyer"],
            ),
            seller=Party(
                pair.seller.reference,
                pair.seller.addr_spec,
                by_pair[pair.seller.reference, pair.buyer.reference, "seller"],
            ),
        )
        for pair in pairs
    ]
