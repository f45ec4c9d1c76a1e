"""Every rule of the shapes room is what its wrong example breaks beyond its right one, and nothing else is."""

from collections.abc import Mapping
from typing import Any

import pytest

from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.findings import Rule
from edc_microcred.shapes import RULES, findings_of_members


def document(example: Mapping[str, Any]) -> dict[str, Any]:
    members = {name: value for name, value in example.items() if name not in ("profile", "nodes")}
    return {"@context": list(CONTEXTS), **members, **({"@graph": example["nodes"]} if "nodes" in example else {})}


def found(example: Mapping[str, Any]) -> set[str]:
    return {finding.rule for finding in findings_of_members(document(example), example.get("profile"))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_wrong_example_breaks_its_rule_and_the_right_one_does_not(rule: Rule) -> None:
    assert found(rule.wrong) - found(rule.right) == {rule.id}


def test_rule_ids_are_unique_and_belong_to_the_rooms_words() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert {one.partition("/")[0] for one in ids} == {"elm", "cv", "edc", "ld"}
