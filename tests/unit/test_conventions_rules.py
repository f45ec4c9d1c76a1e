"""Every rule of the conventions room is what its wrong example breaks, and its right example does not."""

from collections.abc import Mapping
from typing import Any

import pytest

from edc_microcred.conventions import RULES, check_conventions
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.findings import Rule
from edc_microcred.limits import Limits
from edc_microcred.shapes import Graph


def found(example: Mapping[str, Any]) -> set[str]:
    members = {name: value for name, value in example.items() if name != "media_size"}
    limits = Limits(media_size=example.get("media_size", Limits().media_size))
    graph = Graph.of({"@context": list(CONTEXTS), **members})
    return {finding.rule for finding in check_conventions(graph, limits=limits)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_wrong_example_breaks_its_rule_alone_and_the_right_one_breaks_none(rule: Rule) -> None:
    assert (found(rule.wrong), found(rule.right)) == ({rule.id}, set())


def test_rule_ids_are_unique_and_belong_to_the_rooms_words() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert {one.partition("/")[0] for one in ids} == {"cv", "edc"}
