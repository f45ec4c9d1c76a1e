"""Every rule of the room: its wrong example breaks exactly this rule, its right example does not break it."""

import doctest
import importlib
import pkgutil

import pytest

from edc_microcred import seals
from edc_microcred.findings import Rule
from edc_microcred.seals import RULES
from tests.unit.seals.workshop import rules_of


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_wrong_example_breaks_exactly_its_rule(rule: Rule) -> None:
    assert rules_of(rule.wrong) == {rule.id}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_right_example_does_not_break_its_rule(rule: Rule) -> None:
    assert rule.id not in rules_of(rule.right)


def test_the_seal_that_the_examples_change_has_no_finding() -> None:
    assert rules_of({}) == set()


def test_rule_ids_are_of_this_room_and_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids) and all(name.startswith("seal/") for name in ids)


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(seals.__path__)])
def test_the_examples_in_the_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"edc_microcred.seals.{name}")).failed == 0
