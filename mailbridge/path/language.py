"""The language of a first contact whose buyer is unknown: the one door to language detection.

A market's default language answers where the text is too short to tell. Knows nothing of templates.
"""

import threading
from typing import Protocol, cast

from mailbridge.domain.message import Message
from mailbridge.domain.parties import Marketplace

# Below this, detectors guess: "ok", "12345", an emoji (S-71).
_ENOUGH_LETTERS = 12
_LOOKED_AT_CHARACTERS = 2000


class _Identifier(Protocol):
    def set_languages(self, langs: list[str]) -> None: ...

    def classify(self, text: str) -> tuple[str, float]: ...


class LanguageDetector:
    """Detects among the given languages; the model (about a second, 4.5 MB) is loaded at the first question."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._lock = threading.Lock()
        self._identifier: _Identifier | None = None

    def warm(self) -> None:
        """Load the model now; safe from any thread."""
        with self._lock:
            if self._identifier is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier  # numpy: about a second, so not at import

                identifier = cast(_Identifier, LanguageIdentifier.from_pickled_model(MODEL_FILE))
                identifier.set_languages(list(self._languages))
                self._identifier = identifier

    def language_of(self, message: Message, marketplace: Marketplace) -> str:
        """Of the market's languages: what the mail declares, else what its text looks like, else the default."""
        choices = marketplace.languages
        if message.language in choices:
            return message.language
        text = message.new_text[:_LOOKED_AT_CHARACTERS]
        if len(choices) == 1 or sum(map(str.isalpha, text)) < _ENOUGH_LETTERS:
            return marketplace.language
        self.warm()
        with self._lock:
            if self._identifier is None:
                return marketplace.language
            detected = self._identifier.classify(text)[0]
        return detected if detected in choices else marketplace.language
