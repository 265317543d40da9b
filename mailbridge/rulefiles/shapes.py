"""What the shapes of all rule files share: strict mappings, and texts in every language. A door of pydantic.

The shapes themselves are `models.py` and `clockmodels.py`.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,63}$")]


class Strict(BaseModel):
    """A mapping whose every key is known."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextsModel(Strict):
    """One text in every supported language (D18)."""

    en: Text
    pl: Text
    it: Text
    de: Text
