"""One mail as it is handed to a bridge, true or forged, and what became of it: for the tests of who may write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.builders import SIGNED_FIELDS, Client, a_mail, sign, signing_key
from tests.peers import injector
from tests.peers.bridge import Bridge
from tests.peers.neighbourhood import PROVIDER_ADDRESS
from tests.peers.processes import wait_until
from tests.peers.signing_relay import SELECTOR

#: a loopback address that no SPF record names
STRANGE_ADDRESS = "127.0.0.66"


def _unchanged(octets: bytes) -> bytes:
    return octets


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One mail and what must become of it."""

    name: str
    #: body of the From field: an addr-spec, or more
    author: str
    #: of "buyer alias", "seller alias", "contact" ..., see `Postbox.addresses`
    to: str
    #: dispositions that are right, as the bridge names them
    becomes: tuple[str, ...]
    #: reasons that are right, as the bridge names them
    because: tuple[str, ...]
    #: domains that sign it, innermost first
    signed_by: tuple[str, ...] = ()
    #: MAIL FROM; None: the author's; "" is the null reverse-path
    reverse_path: str | None = None
    #: loopback address it comes from; not the provider's: SPF fails
    source: str = STRANGE_ADDRESS
    #: body of the To field, where it is not the address written to
    shown_to: str = ""
    cc: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    #: what is done to the octets before signing, and after
    before: Callable[[bytes], bytes] = _unchanged
    after: Callable[[bytes], bytes] = _unchanged
    fields: Sequence[str] = tuple(SIGNED_FIELDS)
    tags: str = ""
    xforward: dict[str, str] | None = None


@dataclass(slots=True)
class Postbox:
    """Hands cases to a running bridge and reads its events."""

    bridge: Bridge
    #: what a case means by "buyer alias" and so on
    addresses: dict[str, str]
    _sent: int = field(default=0)

    def token(self, case: Case) -> str:
        """What the text of this case, and of no other, holds."""
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(sum(case.name.encode()) * 7919))
        return f"case{letters}mark"

    def build(self, case: Case) -> bytes:
        """The octets as they go over the wire."""
        octets = a_mail(
            "x@placeholder.example",
            case.shown_to or self.addresses[case.to],
            f"Hello,\n\nis it still there? {self.token(case)}\n\nRegards",
            client=Client.GMAIL,
            cc=tuple(self.addresses.get(one, one) for one in case.cc),
            subject=f"About {case.name}",
            extra=case.extra,
            plain_only=True,
        )
        octets = octets.replace(b"x@placeholder.example", case.author.encode(), 1)
        octets = case.before(octets)
        for domain in case.signed_by:
            octets = sign(octets, domain, SELECTOR, signing_key(domain), fields=case.fields, tags=case.tags)
        return case.after(octets)

    def send(self, case: Case, octets: bytes | None = None) -> tuple[injector.Answered, dict[str, object]]:
        """Hand it over; the answer, and the bridge's one line about it."""
        before = len(self._lines())
        client = injector.Client(
            port=self.bridge.smtp_port, source=case.source, helo="mail.sender.example", xforward=case.xforward
        )
        reverse_path = case.author.rpartition("<")[2].rstrip(">") if case.reverse_path is None else case.reverse_path
        [answer] = client.send(
            self.build(case) if octets is None else octets,
            reverse_path=reverse_path,
            forward_paths=[self.addresses[case.to]],
        )
        wait_until(lambda: len(self._lines()) > before, "the bridge's line about the mail", within_s=10)
        return answer, self._lines()[before]

    def _lines(self) -> list[dict[str, object]]:
        return [event for event in self.bridge.events() if event.get("event") == "message_received"]


def by_provider(**fields: object) -> Case:
    """An honest case: comes from the provider's address."""
    return Case(**({"source": PROVIDER_ADDRESS} | fields))  # type: ignore[arg-type]  # field names and types are Case's
