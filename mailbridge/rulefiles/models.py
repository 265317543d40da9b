"""The shape of a rule file, and what is said when it is wrong: the only door of pydantic.

Strict: an unknown key, a wrong type or a missing language is a problem, never guessed at. Does not compile
conditions and does not know checks: that is `read.py`.
"""

import difflib
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_Text = Annotated[str, Field(min_length=1, max_length=2000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextsModel(_Strict):
    """One text in every supported language (D18)."""

    en: _Text
    pl: _Text
    it: _Text
    de: _Text


class RuleModel(_Strict):
    """One rule as written."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,63}$")]
    title: TextsModel
    text: TextsModel
    fix: TextsModel
    source: Annotated[str, Field(max_length=500)] = ""
    valid_from: date | None = None
    valid_until: date | None = None
    markets: list[_Text] = []
    areas: list[Literal["question", "order", "dispute", "ticket", "enquiry", "note"]] = []
    directions: Annotated[list[Literal["to_buyer", "to_seller"]], Field(min_length=1)] = ["to_buyer", "to_seller"]
    check: str | None = None
    parameters: dict[str, Any] = {}
    when: Annotated[str, Field(min_length=1)] | None = None
    action: Literal["allow", "warn", "repair", "hold", "refuse"]
    mode: Literal["enforce", "warn", "dry_run"]


class RuleFileModel(_Strict):
    """One rule file."""

    rules: list[RuleModel]


#: path into the file, and what is wrong there
Complaint = tuple[tuple[str | int, ...], str]

_SAID: dict[str, str] = {
    "missing": "is missing; add it",
    "bool_type": "must be true or false",
    "string_type": "must be a text; put it in quotes",
    "int_type": "must be a whole number",
    "list_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "date_type": "must be a date such as 2026-01-31, without quotes",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "string_pattern_mismatch": "must be 3 to 64 characters of a-z, 0-9, dot and hyphen",
}
_FIELDS = {
    "RuleFileModel": tuple(RuleFileModel.model_fields),
    "RuleModel": tuple(RuleModel.model_fields),
    "TextsModel": tuple(TextsModel.model_fields),
}


def validate(content: dict[str, Any]) -> RuleFileModel | tuple[Complaint, ...]:
    """The file as a model, or everything that is wrong with its shape."""
    try:
        return RuleFileModel.model_validate(content)
    except ValidationError as error:
        return tuple(_complaint(item["type"], item["loc"], item["msg"]) for item in error.errors(include_url=False))


def suggestion(name: str, known: tuple[str, ...]) -> str:
    """`; did you mean "x"?`, or what there is to choose from."""
    close = difflib.get_close_matches(name, known, n=1)
    return f'; did you mean "{close[0]}"?' if close else f"; known are {', '.join(known)}"


def canonical(rule: RuleModel) -> str:
    """The same rule always as the same text, whatever order and layout it was written in."""
    return rule.model_dump_json()


def _complaint(kind: str, loc: tuple[str | int, ...], message: str) -> Complaint:
    if kind == "extra_forbidden":
        return loc, "is not known" + suggestion(str(loc[-1]), _FIELDS[_model_at(loc[:-1])])
    return loc, _SAID.get(kind, message[:1].lower() + message[1:])


def _model_at(loc: tuple[str | int, ...]) -> str:
    if not loc:
        return "RuleFileModel"
    return "TextsModel" if loc[-1] in {"title", "text", "fix"} else "RuleModel"
