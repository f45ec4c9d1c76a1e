"""Every rule of the room: its wrong example breaks exactly this rule, its right example does not break it."""

import doctest
import importlib
import pkgutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edc_microcred import microcredential
from edc_microcred.findings import Rule
from edc_microcred.microcredential import RULES
from tests.unit.microcredential import workshop

COURSE_RULES = [rule for rule in RULES if rule.id.startswith("course/")]
LEARNER_RULES = [rule for rule in RULES if rule.id.startswith("learners/")]
ACCOMPANIES = {
    # An example that cannot be wrong in one way only: what else must be found in it.
    "course/more-findings": {
        "course/yaml-refused",
        "course/key-missing",
        "course/kind-wrong",
        "course/quality-missing",
    },
    "course/yaml-refused": {"course/key-missing", "course/quality-missing"},
    "course/too-deep": {"course/kind-wrong"},
    "course/key-repeated": {"course/key-missing", "course/quality-missing"},
    "course/text-unfit": {"course/key-missing", "course/quality-missing"},
    "course/main-language-missing": {"course/translation-missing"},
    "course/script-wrong": {"course/translation-missing"},
}


def rules_of_list(example: dict[str, Any], folder: Path) -> set[str]:
    """The rules that are met by a list of learners as the examples describe one."""
    course = workshop.full_course(example.get("course", {}))
    said = {"encoding": example["said"]} if "said" in example else {}
    if "csv" in example:
        path = folder / "learners.csv"
        path.write_bytes(example["csv"].encode(example.get("encoding", "utf-8")))
        if "Citizenship" not in example["csv"]:
            course = workshop.course(**{"columns": list_columns(example["csv"]), **example.get("course", {})})
        return {finding.rule for finding in workshop.findings_of(path, course, **said)}
    if "json" in example:
        path = folder / "learners.jsonl"
        path.write_text(example["json"], encoding="utf-8")
        return {finding.rule for finding in workshop.findings_of(path, workshop.course(**example.get("course", {})))}
    if "sheets" in example or "formula" in example:
        path = workshop.write_xlsx(
            folder / "learners.xlsx", [list(workshop.ROW), list(workshop.ROW.values())], *example.get("sheets", [])[1:]
        )
        if "formula" in example:
            put_formula(path, example["formula"])
        return {finding.rule for finding in workshop.findings_of(path, course)}
    row = {**workshop.ROW, **example["cells"]}
    if any(isinstance(value, float) for value in example["cells"].values()):
        path = workshop.write_xlsx(folder / "learners.xlsx", [list(row), list(row.values())])
        return {finding.rule for finding in workshop.findings_of(path, course)}
    return {finding.rule for finding in workshop.findings_of([row], course)}


def list_columns(text: str) -> dict[str, Any]:
    """The columns that a list of the examples is meant to have."""
    columns = dict(workshop.COURSE["columns"])
    head = text.splitlines()[0]
    return columns if "E-mail" not in head else {
        **columns, "email": "E-mail", "date_of_birth": "Date of birth", "grades": {"A1": "Exam", "overall": "Grade"}
    }  # fmt: skip


def put_formula(path: Path, value: str) -> None:
    """Writes a formula with its value into the second cell of the learner, as spreadsheet programs save one."""
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["B2"] = "=1"
    workbook.save(path)
    workshop_path = path.with_suffix(".changed.xlsx")
    replace_in_zip(path, workshop_path, "xl/worksheets/sheet1.xml", b"<f>1</f><v />", b"<f>1</f><v>%s</v>", value)
    workshop_path.replace(path)


def replace_in_zip(source: Path, target: Path, name: str, old: bytes, new: bytes, value: str) -> None:
    import zipfile

    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as out:
        for entry in archive.infolist():
            data = archive.read(entry)
            if entry.filename == name:
                data = data.replace(b"<v></v>", b"<v />")
                assert data.count(old) == 1, data
                data = data.replace(b'<c r="B2"', b'<c r="B2" t="str"').replace(old, new % value.encode())
            out.writestr(entry, data)


@pytest.mark.parametrize("rule", COURSE_RULES, ids=lambda rule: rule.id)
def test_the_wrong_course_breaks_exactly_its_rule(rule: Rule) -> None:
    found = {finding.rule for finding in workshop.course_findings(rule.wrong)}
    assert found - ACCOMPANIES.get(rule.id, set()) == {rule.id}


@pytest.mark.parametrize("rule", COURSE_RULES, ids=lambda rule: rule.id)
def test_the_right_course_does_not_break_its_rule(rule: Rule) -> None:
    assert rule.id not in {finding.rule for finding in workshop.course_findings(rule.right)}


@pytest.mark.parametrize("rule", LEARNER_RULES, ids=lambda rule: rule.id)
def test_the_wrong_list_breaks_exactly_its_rule(rule: Rule, tmp_path: Path) -> None:
    found = rules_of_list(rule.wrong, tmp_path)
    assert found - ACCOMPANIES.get(rule.id, set()) == {rule.id}


@pytest.mark.parametrize("rule", LEARNER_RULES, ids=lambda rule: rule.id)
def test_the_right_list_does_not_break_its_rule(rule: Rule, tmp_path: Path) -> None:
    assert rule.id not in rules_of_list(rule.right, tmp_path)


def test_rule_ids_are_of_this_room_and_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids) == len(COURSE_RULES) + len(LEARNER_RULES)


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(microcredential.__path__)])
def test_the_examples_in_the_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"edc_microcred.microcredential.{name}")).failed == 0
