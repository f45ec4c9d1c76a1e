"""The same learners give the same credentials, whatever kind of file their list is."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.elm import write_credential
from edc_microcred.microcredential import build
from tests.unit.microcredential import workshop
from tests.unit.microcredential.test_learner_sources import COLUMNS, CYRILLIC, PEOPLE, TITLES, as_text

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


def credentials_of(path: Path) -> list[str]:
    """The credentials of a list, with ids and times that are always the same."""
    course = workshop.course(columns=COLUMNS)
    return [
        write_credential(build(course, one, credential_id=f"urn:uuid:00000000-0000-4000-8000-{place:012}", at=AT))
        for place, one in enumerate(workshop.learners(path, course))
    ]


def lists_of(folder: Path, people: list[list[Any]], old_encoding: str) -> dict[str, Path]:
    """The same list in the kinds of file that registrars have."""
    rows = [TITLES, *people]
    text = as_text(rows)
    return {
        "utf-8": workshop.write_csv(folder / "a.csv", text),
        "utf-8 with a mark": workshop.write_csv(folder / "b.csv", text, encoding="utf-8-sig", delimiter=";"),
        "utf-16": workshop.write_csv(folder / "c.csv", text, encoding="utf-16", delimiter="\t"),
        old_encoding: workshop.write_csv(folder / "d.csv", text, encoding=old_encoding, delimiter=";"),
        "XLSX": workshop.write_xlsx(folder / "a.xlsx", rows),
        "XLS": workshop.write_xls(folder / "a.xls", rows),
        "ODS": workshop.write_ods(folder / "a.ods", rows),
    }


@pytest.mark.parametrize(
    ("people", "old_encoding"), [(PEOPLE, "windows-1250"), (CYRILLIC, "windows-1251")], ids=["Latin", "Cyrillic"]
)
def test_csv_in_four_encodings_xlsx_xls_and_ods_give_the_same_credentials(
    people: list[list[Any]], old_encoding: str, tmp_path: Path
) -> None:
    given = {kind: credentials_of(path) for kind, path in lists_of(tmp_path, people, old_encoding).items()}
    first = given["utf-8"]
    names = [json.loads(text)["credentialSubject"]["familyName"] for text in first]
    assert [list(name.values()) for name in names] == [[row[2]] for row in people]
    for kind, credentials in given.items():
        assert credentials == first, kind
    print(f"\nthe zoo: {len(first)} credentials the same from {', '.join(given)}")
