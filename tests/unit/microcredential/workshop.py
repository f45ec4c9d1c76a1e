"""A course that is good, lists of learners for it, and what is found in them. The tests change one thing at a time."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from ruamel.yaml import YAML

from edc_microcred.findings import Finding
from edc_microcred.microcredential import Course, Learner, LearnersError, RowError, read_course, read_learners

TODAY = date(2026, 9, 1)
COURSE: dict[str, Any] = {
    "languages": ["en"],
    "title": "Data basics",
    "awarding_bodies": [{"name": "Example University", "country": "RS"}],
    "learning_outcomes": ["Explain the dimensions of data quality"],
    "workload": {"ects": 3, "hours": 84},
    "mode": "online",
    "assessment": {"id": "A1", "type": "written examination", "title": "Exam"},
    "grading": "RS",
    "quality_assurance": "Internal, under the European standards and guidelines.",
    "columns": {
        "student_number": "Student number",
        "given_name": "Given name",
        "family_name": "Family name",
        "grades": {"A1": "Exam"},
    },
    "key_column": "Student number",
}
FURTHER_COLUMNS = {
    "email": "E-mail",
    "date_of_birth": "Date of birth",
    "citizenship": "Citizenship",
    "national_id": "National number",
    "national_id_country": "Country of number",
}
ROW = {
    "Student number": "20260001",
    "Given name": "Ana",
    "Family name": "Primer",
    "Exam": "9",
    "E-mail": "ana@example.org",
    "Date of birth": "1999-10-02",
    "Citizenship": "RS",
    "National number": None,
    "Country of number": None,
}


def changed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The good course with keys changed; None takes a key out."""
    course = {**COURSE, **changes}
    if "workload" not in changes and changes.get("kind") is not None:
        course.pop("workload")
    return {key: value for key, value in course.items() if value is not None}


def yaml_of(value: Mapping[str, Any]) -> str:
    stream = io.StringIO()
    YAML(typ="safe", pure=True).dump(dict(value), stream)
    return stream.getvalue()


def course(**changes: Any) -> Course:
    read, findings = read_course(yaml_of(changed(changes)))
    assert read is not None, [finding.message for finding in findings]
    return read


def course_findings(example: Any) -> list[Finding]:
    """What is found in the text of a course file, or in the good course with changes."""
    text = example if isinstance(example, str) else yaml_of(changed(example))
    return read_course(text)[1]


def full_course(changes: Mapping[str, Any]) -> Course:
    """The good course, with all columns that the examples of the rules use."""
    columns = changes.get("columns", {**COURSE["columns"], **FURTHER_COLUMNS})
    return course(**{**changes, "columns": columns})


def findings_of(source: Any, for_course: Course, **said: Any) -> list[Finding]:
    """Everything that is found in a list: about the whole, about refused rows, about learners."""
    try:
        table = read_learners(source, for_course, today=TODAY, **said)
    except LearnersError as error:
        return list(error.findings)
    found = list(table.findings)
    for one in table:
        found += one.findings
    return found


def learners(source: Any, for_course: Course, **said: Any) -> list[Learner]:
    """The learners of a list in which no row is refused."""
    read = list(read_learners(source, for_course, today=TODAY, **said))
    errors = [finding.message for one in read if isinstance(one, RowError) for finding in one.findings]
    assert not errors, errors
    return [one for one in read if isinstance(one, Learner)]


def write_csv(path: Path, rows: list[list[Any]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: list[list[Any]], *further_sheets: str) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Learners"
    for row in rows:
        sheet.append(row)
    for name in further_sheets:
        workbook.create_sheet(name).append(["x"])
    workbook.save(path)
    return path


def write_xls(path: Path, rows: list[list[Any]]) -> Path:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Learners")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    workbook.save(str(path))
    return path


def write_ods(path: Path, rows: list[list[Any]]) -> Path:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Learners")
    document.spreadsheet.addElement(table)
    for row in rows:
        line = TableRow()
        table.addElement(line)
        for value in row:
            line.addElement(_ods_cell(value))
    document.save(str(path))
    return path


def _ods_cell(value: Any) -> Any:
    if value is None:
        return TableCell()
    if isinstance(value, str) and value.startswith("="):
        return TableCell(formula=f"of:{value}", valuetype="string", stringvalue="")
    if isinstance(value, (date, datetime)):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, (int, float)):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell
