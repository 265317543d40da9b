"""Decides whether something found in quoted text is an honest quote: it was delivered to this author before (D11).

Undoes quote prefixes and line breaks, nothing else: a quote that was changed is new text and counts.
"""

import re

from mailbridge.domain.verdict import Finding

_WORD = re.compile(r"[^\s>|]+")
_RUN = 8  # words that a quoted run has at least
_TRIM = "\"'.,;:!?()[]<>*_`“”„»«"


class DeliveredTexts:
    """What was delivered to one author in one thread, as words."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._joined = "\n".join(f" {' '.join(_words(text))} " for text in texts)

    def contain(self, finding: Finding, quoted_text: str) -> bool:
        """True when the words found, or the run of eight words around them, were delivered to this author."""
        found = _words(quoted_text[finding.start : finding.end])
        if found and self._have(found):
            return True
        before = _words(quoted_text[: finding.start])[-(_RUN - 1) :]
        after = _words(quoted_text[finding.end :][:2000])[: _RUN - 1]
        around = before + _words(quoted_text[finding.start : finding.end]) + after
        length = max(_RUN, len(found))
        return any(self._have(around[i : i + length]) for i in range(max(len(around) - length + 1, 0)))

    def _have(self, words: list[str]) -> bool:
        return f" {' '.join(words)} " in self._joined


def _words(text: str) -> list[str]:
    stripped = (match.group().strip(_TRIM).lower() for match in _WORD.finditer(text))
    return [word for word in stripped if word]
