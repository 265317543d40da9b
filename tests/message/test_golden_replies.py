"""Golden replies: what a client wrote, and its parts as read; on mismatch see `parts.actual.txt`."""

from pathlib import Path

import pytest

from mailbridge.domain.reading import SOURCE_BREAK
from mailbridge.message.body import read_reply
from mailbridge.message.parse import parse

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.name.startswith("reply_"))


def _parts(case: str) -> str:
    """Each part with its kind above it."""
    body = parse((GOLDEN / case / "incoming.eml").read_bytes()).body
    reading = read_reply(body.plain, body.html)
    shown = (f"[{part.kind.value}]\n{reading.text[part.start : part.end].strip()}\n" for part in reading.parts)
    return "\n".join(shown).replace(SOURCE_BREAK, "\n")


@pytest.mark.parametrize("case", CASES)
def test_a_golden_reply_is_read_as_it_was(case: str) -> None:
    found = _parts(case)
    expected = GOLDEN / case / "parts.txt"
    if not expected.exists() or found != expected.read_text(encoding="utf-8"):
        (GOLDEN / case / "parts.actual.txt").write_text(found, encoding="utf-8")
    assert expected.exists()
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_golden_reply_says_why_it_is_kept(case: str) -> None:
    assert len((GOLDEN / case / "README").read_text(encoding="utf-8").split()) >= 8
