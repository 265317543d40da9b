"""Texts that sellers write themselves: plain text with fields, and with parts that depend on a field.

A small part of the template language, so that a text of a stranger costs no more than its length: fields, `if`, `else`,
comparisons and the filter `tail`; no loops, no calls, no arithmetic, no attributes. What it may say is no matter of
this module: `path/acktexts.py` tries it with the rules.
"""

import difflib
from collections.abc import Mapping
from typing import Final

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbridge.texts.load import tail

#: field of a seller's own text -> meaning; nothing that a buyer wrote stands in any (threats.md T-28)
OWN_FIELDS: Final[dict[str, str]] = {
    "seller": "name of the shop on record",
    "market": "name of the marketplace",
    "order": 'order number on record; "" without',
    "reference": "short reference of the conversation",
}
MAX_BODY_CHARACTERS: Final = 4_000
MAX_SUBJECT_CHARACTERS: Final = 150
#: parts within parts; an honest text has five or so
_MAX_DEPTH: Final = 20
_TOO_DEEP: Final = "has too many parts within parts"
_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Name, nodes.Const),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Filter),
)
_FILTERS: Final = {"tail": tail}
_ENVIRONMENT: Final = ImmutableSandboxedEnvironment(autoescape=False, undefined=jinja2.StrictUndefined, cache_size=0)
_ENVIRONMENT.filters = dict(_FILTERS)  # and none of those that come with the language
_ENVIRONMENT.tests = {}
_ENVIRONMENT.globals = {}
_SAMPLE: Final = {"seller": "Acme", "market": "Market", "order": "48213", "reference": "k3x9"}


class OwnTextProblem(ValueError):
    """Why a text can not be used: one sentence for people, with the line."""


def check_own_text(source: str, *, is_subject: bool = False) -> None:
    """Raise OwnTextProblem for a text that can not be used: too long, no template, unknown fields, nothing to say."""
    most = MAX_SUBJECT_CHARACTERS if is_subject else MAX_BODY_CHARACTERS
    if len(source) > most:
        raise OwnTextProblem(f"has {len(source)} characters: at most {most} are taken")
    if any(not character.isprintable() and character not in "\n\t" for character in source):
        raise OwnTextProblem("holds control characters")
    if is_subject and "\n" in source.strip():
        raise OwnTextProblem("must be one line")
    try:
        tree = _ENVIRONMENT.parse(source)
    except jinja2.TemplateSyntaxError as error:
        raise OwnTextProblem(f"line {error.lineno} is no template: {error.message}") from None
    except RecursionError:
        raise OwnTextProblem(_TOO_DEEP) from None
    _check_nodes(tree)
    for order in (_SAMPLE["order"], ""):
        if not render_own_text(source, _SAMPLE | {"order": order}).strip():
            raise OwnTextProblem("says nothing" if order else "says nothing where there is no order")


def render_own_text(source: str, fields: Mapping[str, str]) -> str:
    """The text with its fields filled in, LF line ends; OwnTextProblem when it can not be rendered.

    `fields` are exactly those of OWN_FIELDS.
    """
    if fields.keys() != OWN_FIELDS.keys():
        raise TypeError(f"missing or undeclared fields {', '.join(sorted(fields.keys() ^ OWN_FIELDS.keys()))}")
    try:
        return _ENVIRONMENT.from_string(source).render(fields).replace("\r\n", "\n")
    except (jinja2.TemplateError, TypeError) as error:
        raise OwnTextProblem(f"does not render: {error}") from None


def own_text_reference() -> str:
    """The list of fields, for docs/acknowledgement.md."""
    rows = (f"| `{{{{ {name} }}}}` | {meaning} |\n" for name, meaning in OWN_FIELDS.items())
    return "".join(["| field | meaning |\n|---|---|\n", *rows])


def _check_nodes(tree: nodes.Template) -> None:
    for node in _all_nodes(tree):
        if not isinstance(node, _ALLOWED):
            raise OwnTextProblem(
                f"line {node.lineno} uses more than fields and if: {type(node).__name__.lower()} is not taken"
            )
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise OwnTextProblem(f"line {node.lineno} uses the unknown filter {node.name}; there is tail")
        if isinstance(node, nodes.Name) and node.name not in OWN_FIELDS:
            near = difflib.get_close_matches(node.name, OWN_FIELDS, n=1)
            hint = f', did you mean "{near[0]}"?' if near else f"; there are {', '.join(OWN_FIELDS)}"
            raise OwnTextProblem(f"line {node.lineno} uses the unknown field {node.name}{hint}")


def _all_nodes(tree: nodes.Template) -> list[nodes.Node]:
    """Every node; found without recursion, since what comes after recurses as deep as the text asks."""
    found: list[nodes.Node] = []
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _MAX_DEPTH:
            raise OwnTextProblem(_TOO_DEEP)
        found.append(node)
        waiting.extend((child, depth + 1) for child in node.iter_child_nodes())
    return found
