"""The closed lists of facts are what the reference says of them."""

import pytest

from mailbridge.policy.factvalues import FACT_VALUES
from mailbridge.policy.factview import FACTS, FactType

_FACTS = {fact.name: fact for fact in FACTS}


@pytest.mark.parametrize("name", FACT_VALUES)
def test_every_value_stands_in_the_doc_of_its_fact(name: str) -> None:
    fact = _FACTS[name]
    assert fact.type is FactType.STRING
    assert [value for value in FACT_VALUES[name] if value and value not in fact.doc] == []
    assert ("" in FACT_VALUES[name]) == ('""' in fact.doc)
