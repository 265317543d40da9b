"""Golden mails: what a client wrote, and exactly what its reader gets; on mismatch see `outgoing.actual.eml`."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbridge.domain.address import AliasAddress, OwnAddress
from mailbridge.domain.message import Body
from mailbridge.domain.secrets import Secrets
from mailbridge.message.compose import Composition, compose
from mailbridge.message.leakgate import find_leaks
from mailbridge.message.mask import MaskRequest, mask
from mailbridge.message.parse import parse

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "masking.toml").exists())


def _relayed(folder: Path) -> tuple[bytes, tuple[str, ...]]:
    """The outgoing mail and where the gate found leaks in it."""
    facts = tomllib.loads((folder / "masking.toml").read_text(encoding="utf-8"))
    message = parse((folder / "incoming.eml").read_bytes())
    secrets = Secrets(
        addresses=tuple(facts["addresses"]),
        domains=tuple(facts.get("domains", ())),
        traces=message.trace_secrets,
        hidden=tuple(facts.get("hidden", ())),
    )
    alias = AliasAddress(facts["alias"])
    reader = OwnAddress(facts["reader"])
    request = MaskRequest(
        secrets=secrets,
        replacement=dict.fromkeys(secrets.addresses, alias.addr_spec),
        label=facts.get("label", "[removed]"),
        own_lines=tuple(facts.get("own_lines", ())),
        cut_history=facts.get("cut_history", False),
    )
    masked = mask(message, request)
    octets = compose(
        Composition(
            from_=alias,
            from_name=facts["from_name"],
            to=reader,
            subject=masked.subject,
            date=message.date or datetime(2026, 11, 16, tzinfo=UTC),
            message_id="<m2.golden@relay.example>",
            in_reply_to="<m1.golden@relay.example>",
            references=("<root.golden@relay.example>", "<m1.golden@relay.example>"),
            body=masked.body,
            attachments=masked.attachments,
            lead=Body(plain=facts["lead"]) if "lead" in facts else None,
            footer=Body(plain=facts["footer"]) if "footer" in facts else None,
            language=message.language,
            boundary="goldengoldengolden",
        )
    )
    return octets, tuple(leak.place for leak in find_leaks(octets, secrets, reader=reader))


@pytest.mark.parametrize("case", CASES)
def test_a_golden_mail_is_relayed_as_it_was(case: str) -> None:
    folder = GOLDEN / case
    octets, leaks = _relayed(folder)
    expected = folder / "outgoing.eml"
    if not expected.exists() or octets != expected.read_bytes():
        (folder / "outgoing.actual.eml").write_bytes(octets)
    assert expected.exists()
    assert octets == expected.read_bytes()
    assert leaks == ()


@pytest.mark.parametrize("case", CASES)
def test_a_golden_mail_says_why_it_is_kept(case: str) -> None:
    assert len((GOLDEN / case / "README").read_text(encoding="utf-8").split()) >= 8
