"""Spreadsheets lie: each lie gives its finding, at its row, and never stops the other learners."""

from pathlib import Path

import pytest

from edc_microcred.microcredential import Learner, LearnersError, RowError, read_learners
from tests.unit.microcredential import workshop
from tests.unit.microcredential.zoo.cases import COLUMNS, LIES, Lie


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.name)
def test_a_lie_gives_its_finding_and_stops_no_other_learner(lie: Lie, tmp_path: Path) -> None:
    path = lie.write(tmp_path)
    course = workshop.course(**{"columns": COLUMNS, **lie.course})
    if lie.whole:
        with pytest.raises(LearnersError) as caught:
            list(read_learners(path, course, today=workshop.TODAY))
        assert {(finding.rule, finding.line) for finding in caught.value.findings} == lie.finds
        return
    table = read_learners(path, course, today=workshop.TODAY)
    read = list(table)
    findings = [*table.findings, *(finding for one in read for finding in one.findings)]
    assert {(finding.rule, finding.line) for finding in findings} == lie.finds
    assert sum(isinstance(one, Learner) for one in read) == lie.learners


@pytest.mark.parametrize("lie", [one for one in LIES if not one.whole], ids=lambda lie: lie.name)
def test_every_refusal_names_row_column_value_and_remedy(lie: Lie, tmp_path: Path) -> None:
    course = workshop.course(**{"columns": COLUMNS, **lie.course})
    refused = [
        one for one in read_learners(lie.write(tmp_path), course, today=workshop.TODAY) if isinstance(one, RowError)
    ]
    for one in refused:
        assert one.findings
        for finding in one.findings:
            assert {"row", "column", "value", "remedy"} <= finding.values.keys()
            assert finding.values["row"] == one.row == finding.line
            assert f"ow {one.row}" in finding.message and finding.values["remedy"]


def test_there_are_at_least_thirty_lies() -> None:
    print(f"\nthe zoo: {len(LIES)} lies")
    assert len({lie.name for lie in LIES}) == len(LIES) >= 30


def test_no_exception_text_names_a_person(tmp_path: Path) -> None:
    for lie in LIES:
        if lie.whole:
            with pytest.raises(LearnersError) as caught:
                read_learners(lie.write(tmp_path), workshop.course(**{"columns": COLUMNS, **lie.course}))
            assert not any(name in str(caught.value) for name in ("Ana", "Primer", "Mila", "Probić", "@example"))
