"""The texts that are sent: acknowledgements, notices, first lines, footers, in en, pl, it and de.

`catalogue.py` names each with its fields, `load.py` reads, checks and renders them; the words stand in `templates/`.
"""

from mailbridge.texts.catalogue import LANGUAGES, REMOVED_KINDS, TEMPLATES, Part, Template, reference
from mailbridge.texts.fields import FIELDS
from mailbridge.texts.load import Rendered, Texts
from mailbridge.texts.owntext import (
    OWN_FIELDS,
    OwnTextProblem,
    check_own_text,
    own_text_reference,
    render_own_text,
)
from mailbridge.texts.samples import samples
from mailbridge.texts.shown import ActionShown, BreachShown, DueShown, FieldValue, HeldShown, RuleShown, Run

__all__ = [
    "Texts",
    "Rendered",
    "RuleShown",
    "HeldShown",
    "BreachShown",
    "DueShown",
    "ActionShown",
    "Run",
    "FieldValue",
    "LANGUAGES",
    "REMOVED_KINDS",
    "TEMPLATES",
    "Template",
    "Part",
    "FIELDS",
    "samples",
    "reference",
    "OWN_FIELDS",
    "OwnTextProblem",
    "check_own_text",
    "render_own_text",
    "own_text_reference",
]
