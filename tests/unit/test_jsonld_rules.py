"""Every rule of the JSON-LD room is met by its wrong example and by nothing else, and not by its right one."""

from typing import Any

import pytest

from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.findings import Rule
from edc_microcred.jsonld import RULES, dropped_terms, is_canonical, relative_iris, to_compact


def whole(example: Any) -> Any:
    """The document of an example: some are whole, others are members of a credential."""
    if isinstance(example, list) or "@context" in example or "type" in example:
        return example
    kinds = ["VerifiableCredential", "EuropeanDigitalCredential"]
    return {"@context": list(CONTEXTS), "id": "urn:credential:1", "type": kinds, **example}


def rules_of(example: Any) -> list[str]:
    document = whole(example)
    members, findings = to_compact(document)
    more = dropped_terms(document) if is_canonical(document) else []
    return [finding.rule for finding in (*findings, *more, *relative_iris(members))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_wrong_example_meets_exactly_its_rule_and_the_right_one_meets_none(rule: Rule) -> None:
    assert rules_of(rule.wrong) == [rule.id]
    assert rules_of(rule.right) == []


def test_rule_ids_are_unique_and_belong_to_the_room() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids) >= 11
    assert all(one.startswith("ld/") for one in ids)
