"""The kill runner: mail in flight, the process killed at named places again and again, and the accounts in the end.

The checker is Jepsen's total-queue with mail meaning added (threats.md, section 0): what was acknowledged against what
came out, after a full drain. It reads the sink and the database file; it asks the bridge for nothing but what it holds.
"""

import hashlib
import itertools
import json
import os
import random
import re
import signal
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes

from tests.builders import Client, a_mail, sign, signing_key
from tests.faults.honest_mta import HonestMta, Mail
from tests.peers.bridge import Bridge
from tests.peers.processes import EndedTooSoon, wait_until
from tests.peers.signing_relay import SELECTOR
from tests.peers.sink import Sink, Taken
from tests.peers.trade import buyer, marketplace, order, seller

ALIAS_DOMAIN = "bazaar.example"
BUYERS, SELLERS = "buyers.example", "sellers.example"
PAIRS = 12

#: the final dot was sent, the result is not yet durable: no longer than this, on a busy machine
WINDOW_S = 1.0

#: every place in `serve` where a kill tells something; IMAP has its own test
FAILPOINTS = (
    "smtp.data_read",
    "smtp.before_receive",
    "path.authenticated",
    "path.before_commit",
    "path.after_commit",
    "smtp.before_reply",
    "smtp.after_reply",
    "worker.claimed",
    "worker.before_send",
    "transport.after_mail",
    "transport.before_dot",
    "transport.after_dot",
    "worker.after_send",
    "worker.settled",
)

_TOKEN = re.compile(rb"kill[a-j]{6}case")


@dataclass(slots=True)
class Accounts:
    """What a run came to."""

    kills: Counter[str] = field(default_factory=Counter)
    #: time.monotonic() of each kill
    killed_at: list[float] = field(default_factory=list)
    #: seconds from the start of `serve` until its door listened
    restarts_s: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    #: addresses of the buyers whose first contact was acknowledged by 250
    first_contacts: set[str] = field(default_factory=set)
    retried: int = 0
    refused: list[str] = field(default_factory=list)
    #: token -> every relayed copy the sink took
    copies: dict[str, list[Taken]] = field(default_factory=dict)
    #: other mail by what kind of thing it is: (reader, subject) -> copies
    others: dict[tuple[str, str], list[Taken]] = field(default_factory=dict)
    #: tokens of mail that is held for a person, and why
    held: dict[str, str] = field(default_factory=dict)
    #: records in the database that say "relayed"
    posts: int = 0

    @property
    def lost(self) -> set[str]:
        return self.acknowledged - set(self.copies) - set(self.held)

    @property
    def unanswered(self) -> set[str]:
        """First contacts that were taken and are not held (F-03: two kills hit them), but got no acknowledgement."""
        held = {reader for reader in self.first_contacts if any(token in reader for token in self.held)}
        return self.first_contacts - held - {reader for reader, _ in self.others}

    @property
    def phantoms(self) -> set[str]:
        return set(self.copies) - self.acknowledged

    @property
    def twice(self) -> dict[str, int]:
        return {token: len(copies) for token, copies in self.copies.items() if len(copies) > 1}

    def unexplained(self) -> list[str]:
        """Second copies that no kill explains, or that differ from the first (I3).

        A kill explains a second copy when it came within the window after the first: the dot was sent, the result was
        not yet on disk.
        """
        found = []
        for name, earlier, later in self._repeats():
            if self._gap_s(earlier, later) > WINDOW_S:
                found.append(f"{name}: no kill within {WINDOW_S:g} s of the first copy")
            if _digest(earlier) != _digest(later):
                found.append(f"{name}: two copies differ")
        return found

    def gaps_s(self) -> list[float]:
        """For each second copy, how long after the first one the kill came that explains it."""
        return sorted(self._gap_s(earlier, later) for _, earlier, later in self._repeats())

    def most_at_one_kill(self) -> int:
        """How many second copies the worst kill explains: no more than there are connections to the smarthost."""
        firsts = [earlier.at for _, earlier, _ in self._repeats()]
        windows = Counter(min((at for at in self.killed_at if at > first), default=0.0) for first in firsts)
        return max(windows.values(), default=0)

    def _repeats(self) -> Iterator[tuple[str, Taken, Taken]]:
        for name, copies in [*self.copies.items(), *((f"{k}", v) for k, v in self.others.items())]:
            for earlier, later in itertools.pairwise(copies):
                yield name, earlier, later

    def _gap_s(self, earlier: Taken, later: Taken) -> float:
        # The sink stamps a copy when it read the dot; that the process is dead is seen a little after it died.
        return min(
            (at - earlier.at for at in self.killed_at if earlier.at - 0.05 < at < later.at), default=float("inf")
        )

    def report(self) -> str:
        """The figures, for people."""
        by_place = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        slow = sorted(self.restarts_s)
        return (
            f"{sum(self.kills.values())} kills ({by_place})\n"
            f"acknowledged {len(self.acknowledged)}, retried {self.retried}, delivered {len(self.copies)},"
            f" held {len(self.held)}, lost {len(self.lost)}, phantoms {len(self.phantoms)}, posts {self.posts},"
            f" sent twice {len(self.twice)} ({_seconds(self.gaps_s())} before the kill,"
            f" at most {self.most_at_one_kill()} at one kill), first contacts {len(self.first_contacts)},"
            f" other mail {sum(map(len, self.others.values()))}\n"
            f"listening again after {statistics.median(slow):.2f} s (median), {slow[-1]:.2f} s (worst of {len(slow)})"
        )


@dataclass(slots=True)
class KillRun:
    """One run against one bridge: prepared by the caller, started and killed here."""

    bridge: Bridge
    sink: Sink
    aliases: list[dict[str, str]]
    seed: int = 1
    accounts: Accounts = field(default_factory=Accounts)
    _mtas: list[HonestMta] = field(default_factory=list)

    def run(self, plan: Sequence[tuple[str, int]], *, senders: int = 4) -> Accounts:
        """Carry out kills (place, at which hit), then drain and settle the accounts."""
        self._begin(senders)
        self.bridge.kill()
        for place, at_hit in plan:
            self._one_kill(place, at_hit)
        self._start("")
        return self._end()

    def run_sibling_kills(self, count: int, *, senders: int = 4) -> Accounts:
        """Kill `count` times a process that is not the parent, which starts it again. Then as `run`."""
        self._begin(senders)
        for number in range(1, count + 1):
            self._wait_for_event("process_started", number)
            self._wait_for_more(7)
            os.kill(self._newest_sibling(), signal.SIGKILL)
            self.accounts.killed_at.append(time.monotonic())
            self.accounts.kills["sibling"] += 1
            self._wait_for_event("process_died", number)
        return self._end()

    def _wait_for_event(self, name: str, count: int) -> None:
        wait_until(lambda: self.bridge.count_events(name) >= count, f"{name} is logged {count} times")

    def _newest_sibling(self) -> int:
        pids = [event["pid"] for event in self.bridge.events() if event.get("event") == "process_started"]
        assert isinstance(pids[-1], int)
        return pids[-1]

    def run_stops(self, count: int, *, senders: int = 4) -> list[float]:
        """Stop by SIGTERM `count` times under load and start again; the seconds each stop took. Then as `run`."""
        self._begin(senders)
        took = []
        for _ in range(count):
            self._wait_for_more(5)
            began = time.monotonic()
            assert self.bridge.stop() == 0
            took.append(time.monotonic() - began)
            self._start("")
        self._end()
        return took

    def _begin(self, senders: int) -> None:
        self._mtas = [HonestMta(self.bridge.smtp_port, self._mails(number)) for number in range(senders)]
        self._start("")
        for mta in self._mtas:
            mta.start()

    def _wait_for_more(self, count: int) -> None:
        """Return when so many more mails are acknowledged."""
        enough = count + sum(len(mta.acknowledged) for mta in self._mtas)
        wait_until(lambda: sum(len(mta.acknowledged) for mta in self._mtas) >= enough, "mail is taken")

    def _end(self) -> Accounts:
        for mta in self._mtas:
            mta.finish()
        wait_until(lambda: self.bridge.waiting() == 0, "the queue is empty", within_s=90)
        self.bridge.stop()
        self._settle()
        return self.accounts

    def _start(self, failpoints: str) -> None:
        self.accounts.restarts_s.append(self.bridge.start(failpoints=failpoints))

    def _one_kill(self, place: str, at_hit: int) -> None:
        before = self.bridge.count_events("process_died")
        with suppress(EndedTooSoon):  # what the one before left behind reached the place before the door was seen open
            self._start(f"{place}:kill@{at_hit}")
        wait_until(
            lambda: not self.bridge.is_running or self.bridge.count_events("process_died") > before,
            f"{place} is reached {at_hit} times by one of the processes",
            within_s=30,
        )
        self.accounts.killed_at.append(time.monotonic())
        if self.bridge.is_running:  # a sibling died at that place: now the others die with it
            self.bridge.kill()
            self.accounts.killed_at.append(time.monotonic())
        else:
            assert self.bridge.process.exit_code == -signal.SIGKILL, self.bridge.process.last_lines()
        self.accounts.kills[place] += 1

    def _mails(self, sender: int) -> Iterator[Mail]:
        """Endless: each pair in turn, from either side; every sixth mail is a first contact."""
        chance = random.Random(f"{self.seed} {sender}")
        by_pair = {(one["buyer"], one["stands_for"]): one["address"] for one in self.aliases}
        for number in itertools.count():
            token = f"kill{_letters(sender * 100_000 + number)}case"
            pair = chance.randrange(PAIRS)
            if number % 6 == 5:
                author, to = f"visitor{token}@{BUYERS}", f"shop{pair}@{ALIAS_DOMAIN}"
            elif chance.random() < 0.5:
                author, to = f"buyer{pair}@{BUYERS}", by_pair[f"B{pair}", "seller"]
            else:
                author, to = f"seller{pair}@{SELLERS}", by_pair[f"B{pair}", "buyer"]
            yield Mail(token, author, to, _signed(author, to, token))

    def _settle(self) -> None:
        accounts = self.accounts
        for mta in self._mtas:
            accounts.acknowledged |= set(mta.acknowledged)
            authors = {mail.reverse_path for mail in mta.acknowledged.values()}
            accounts.first_contacts |= {author for author in authors if author.startswith("visitor")}
            accounts.retried += sum(count - 1 for count in mta.attempts.values())
            accounts.refused += mta.refused
        for mail in self.sink.taken:
            found = _TOKEN.search(mail.octets)
            if found and not _is_automatic(mail):
                accounts.copies.setdefault(found[0].decode(), []).append(mail)
            else:
                subject = str(message_from_bytes(mail.octets)["Subject"])
                accounts.others.setdefault((mail.forward_paths[0], subject), []).append(mail)
        accounts.held = self._held()
        accounts.posts = self.bridge.ask("SELECT count(*) FROM records WHERE disposition = 'relayed'")

    def _held(self) -> dict[str, str]:
        held = {}
        for row in json.loads(self.bridge.command("held", "list", "--json")):
            shown = self.bridge.command("held", "show", str(row["record_id"]), "--json")
            found = _TOKEN.search(shown.encode())
            held[found[0].decode() if found else str(row["record_id"])] = str(row["hold"])
        return held


def trade() -> list[dict[str, object]]:
    """What the run needs to be imported."""
    lines: list[dict[str, object]] = [marketplace("bazaar", alias_domain=ALIAS_DOMAIN)]
    for number in range(PAIRS):
        lines += [
            seller("bazaar", f"S{number}", contact=f"shop{number}", mailbox=f"seller{number}@{SELLERS}"),
            buyer("bazaar", f"B{number}", mailbox=f"buyer{number}@{BUYERS}"),
            order("bazaar", f"48{number}", seller=f"S{number}", buyer=f"B{number}"),
        ]
    return lines


def plan(count: int, *, seed: int) -> list[tuple[str, int]]:
    """`count` kills: every place as often as the others, at an early or a later hit, in an order of the seed's."""
    chance = random.Random(seed)
    places = [FAILPOINTS[number % len(FAILPOINTS)] for number in range(count)]
    chance.shuffle(places)
    return [(place, chance.choice((1, 1, 2, 3, 5))) for place in places]


def _signed(author: str, to: str, token: str) -> bytes:
    domain = author.rpartition("@")[2]
    text = f"{token}\n\nHello,\n\nis everything in order with the parcel?\n\nKind regards"
    octets = a_mail(author, to, text, subject=f"About {token}", client=Client.THUNDERBIRD, plain_only=True)
    return sign(octets, domain, SELECTOR, signing_key(domain))


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:06d}")


def _seconds(several: list[float]) -> str:
    return f"{several[0]:.2f} to {several[-1]:.2f} s" if several else "none"


def _is_automatic(mail: Taken) -> bool:
    head = mail.octets.partition(b"\r\n\r\n")[0].lower()
    return b"\r\nauto-submitted:" in head


def _digest(mail: Taken) -> tuple[str, str]:
    """What every copy of a mail has in common: Message-ID and content (I3)."""
    return str(message_from_bytes(mail.octets)["Message-ID"]), hashlib.sha256(mail.octets).hexdigest()
