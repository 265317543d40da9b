"""Values that lines of several kinds share: how objects are read, one line of text, one address."""

from typing import Annotated, Final

import pydantic
from pydantic import AfterValidator, Field

from mailbridge.domain.address import split_addr_spec

#: how every object of a file is read
OBJECT: Final = pydantic.ConfigDict(extra="forbid", strict=True, frozen=True)


def _line_of_text(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must be one line of text, not empty")
    return text


def _optional_line(text: str) -> str:
    return _line_of_text(text) if text else text


def mail_address(text: str) -> str:
    """The text where it is one address; ValueError says what it must be."""
    if split_addr_spec(text) is None:
        raise ValueError('must be one mail address, such as "post@example.com"')
    return text


#: one line of text that is not blank
Line = Annotated[str, Field(max_length=200), AfterValidator(_line_of_text)]
#: the same, or ""
MaybeLine = Annotated[str, Field(max_length=500), AfterValidator(_optional_line)]
