"""Rule files written by tests."""

from pathlib import Path

RULE = """\
rules:
  - id: r.one
    title: {en: t, pl: t, it: t, de: t}
    text: {en: x, pl: x, it: x, de: x}
    fix: {en: f, pl: f, it: f, de: f}
    check: email_address
    action: refuse
    mode: enforce
"""


def write_pack(folder: Path, text: str = RULE, *, pack: str = "general", name: str = "rules.yaml") -> Path:
    """Write one rule file of one pack; returns the file."""
    file = folder / pack / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def write_samples(folder: Path, text: str, *, pack: str = "general", name: str = "r.one.yaml") -> Path:
    """Write one file of samples beside the rules of a pack; returns the file."""
    file = folder / pack / "samples" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
