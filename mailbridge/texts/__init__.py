"""The texts that are sent: acknowledgements, notices, first lines, footers, in en, pl, it and de.

`catalogue.py` names each with its fields, `load.py` reads, checks and renders them; the words stand in `templates/`.
"""

from mailbridge.texts.catalogue import (
    FIELDS,
    LANGUAGES,
    REMOVED_KINDS,
    TEMPLATES,
    BreachShown,
    DueShown,
    FieldValue,
    HeldShown,
    Part,
    RuleShown,
    Run,
    Template,
    reference,
)
from mailbridge.texts.load import Rendered, Texts
from mailbridge.texts.samples import samples

__all__ = [
    "Texts",
    "Rendered",
    "RuleShown",
    "HeldShown",
    "BreachShown",
    "DueShown",
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
]
