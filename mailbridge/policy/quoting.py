"""Decides whether something found in quoted text is an honest quote: it was delivered to this author before (D11).

Undoes quote prefixes, line breaks, letter case and the punctuation around words, nothing else: a quote that was
changed is new text and counts. What was delivered to an author in a thread is no secret to him there, wherever in a
quote it stands.
"""

import re

from mailbridge.domain.verdict import Finding

_WORD = re.compile(r"[^\s>|]+")
_TRIM = "\"'.,;:!?()[]<>*_`“”„»«"


class DeliveredTexts:
    """What was delivered to one author in one thread, as words."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._joined = "\n".join(f" {' '.join(_words(text))} " for text in texts)

    def contain(self, finding: Finding, quoted_text: str) -> bool:
        """True when the words found were delivered to this author, as whole words and in this order."""
        found = _words(quoted_text[finding.start : finding.end])
        return bool(found) and f" {' '.join(found)} " in self._joined


def _words(text: str) -> list[str]:
    stripped = (match.group().strip(_TRIM).lower() for match in _WORD.finditer(text))
    return [word for word in stripped if word]
