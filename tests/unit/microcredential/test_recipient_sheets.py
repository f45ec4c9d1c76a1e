"""The recipient sheets of the Commission's issuer are taken as they are."""

from datetime import date
from pathlib import Path

import pytest

from edc_microcred.findings import Severity
from edc_microcred.microcredential import Learner, LearnersError, RowError, read_learners
from tests.unit.microcredential import workshop

LIVE = [
    ["{#c1}.REC.givenName", "{#c1}.REC.familyName", "{#c1}.REC.contactPoint[0].emailAddress[0].id",
     "{#c1}.REC.walletAddress", "{#c1}.REC.dateOfBirth", "{#c1}.REC.citizenshipCountry", "{#c1}.REC.gender",
     "{#c1}.REC.nationalID.spatial", "{#c1}.REC.nationalID.notation", "{#c1}.REC.identifier[0].schemeName",
     "{#c1}.REC.identifier[0].notation", "{#c1}.REC.groupMemberOf[0].prefLabel", "{#c1}.REC.hasClaim{3}",
     "{#c1}.ASM{7}.grade.noteLiteral", "{#c1}.ACH{3}.awardedBy.awardingDate"],
    ["field"] * 12 + ["relation", "field", "field"],
    ["Given name(s)*", "Family name(s)*", "Email*", "Wallet address*", "Date of birth", "Citizenship", "Gender",
     "National ID country", "National ID number", "Identifier name", "Identifier number", "Group", "Include claim",
     "Exam", "Awarding date"],
    ["The given name(s)"] * 15,
    ["Ana", "Primer", "ana@example.org", "", "1999-10-02", "UK", "F", "EL", "AB123", "Index", "0012", "Group 1", "y",
     "9", "2026-06-30"],
    ["Bo", "Probe", "bo@example.org", "", "2000-02-29", "RS", "M", "", "", "Index", "0013", "", "Y", "8", ""],
]  # fmt: skip


def old_sheet() -> list[list[object]]:
    """The head of the older template: class, field, type and label in rows 2, 3, 4 and 8, data from row 13."""
    kinds: list[list[object]] = [[None] * 9 for _ in range(14)]
    head = [
        ("Person", "fullName", "Property", "Full Name"),
        ("Person", "givenNames", "Property", "Given Name"),
        ("Person", "familyName", "Property", "Family Name"),
        ("Person", "dateOfBirth", "Property", "Date of Birth"),
        ("Person", "gender", "Reference", "Gender"),
        ("Person", "gender", "Association", None),
        ("Person", "citizenshipCountry", "MultiReference", "Country of citizenship"),
        ("Person.contactPoint#1", "email", "NestedProperty", "E-Mail Address"),
    ]
    kinds[0][0] = "Recipients"
    for column, (kind, field, type_, label) in enumerate(head, 1):
        kinds[1][column], kinds[2][column], kinds[3][column], kinds[7][column] = kind, field, type_, label
    kinds[12][1:] = [
        "Ana Primer", "Ana", "Primer", date(1999, 10, 2), "Female", "http://x", "Serbia", "ana@example.org",
    ]  # fmt: skip
    kinds[13][1:] = ["Bo Probe", "Bo", "Probe", date(2000, 2, 29), "Male", "http://x", "Austria", "bo@example.org"]
    return kinds


def test_the_live_sheet_is_read_without_a_mapping(tmp_path: Path) -> None:
    course = workshop.course(columns=None, key_column=None)
    path = workshop.write_xls(tmp_path / "recipients.xls", LIVE)
    table = read_learners(path, course, today=workshop.TODAY)
    assert [(finding.rule, finding.message) for finding in table.findings] == [
        ("learners/columns-ignored", "Not used: “Wallet address*”.")  # which the credential has no place for
    ]
    assert table.header_row == 3 and table.columns["given_name"] == "Given name(s)*"
    ana, bo = workshop.learners(path, course)
    assert (ana.row, ana.key, ana.name, ana.email) == (5, "0012", "Ana Primer", "ana@example.org")
    assert ana.citizenships == ("http://publications.europa.eu/resource/authority/country/GBR",)
    assert ana.national_id_country == "http://publications.europa.eu/resource/authority/country/GRC"
    assert (ana.gender or "").endswith("/human-sex/FEMALE")
    assert (ana.identifier_scheme, ana.group, ana.grades) == ("Index", "Group 1", {"A1": "9"})
    assert ana.awarded_on == date(2026, 6, 30) and bo.awarded_on is None
    assert (bo.date_of_birth, bo.grades) == (date(2000, 2, 29), {"A1": "8"})


def with_columns(*columns: tuple[str, ...]) -> list[list[str]]:
    """The sheet with further columns: reference, kind, label, description, and a cell for each learner."""
    return [[*row, *cells] for row, cells in zip(LIVE, zip(*columns, strict=True), strict=True)]


def test_a_row_without_y_gets_no_credential_and_is_told_so(tmp_path: Path) -> None:
    sheet = [[*row] for row in LIVE]
    sheet[5][12] = ""
    course = workshop.course(columns=None, key_column=None)
    ana, bo = read_learners(workshop.write_xls(tmp_path / "r.xls", sheet), course, today=workshop.TODAY)
    assert isinstance(ana, Learner) and isinstance(bo, RowError)
    assert [finding.rule for finding in bo.findings] == ["learners/not-included"] and bo.key == "0013"


def test_of_several_claims_the_one_that_is_called_as_the_course_counts(tmp_path: Path) -> None:
    sheet = with_columns(("{#c1}.REC.hasClaim{4}", "relation", "Include Data basics", "d", "n", "y"))
    sheet[0].append("{#c1}.ACH{4}.title(en)")
    for row, cell in zip(sheet[1:], ("field", "Title", "d", "x", "x"), strict=True):
        row.append(cell)
    course = workshop.course(columns=None, key_column=None)
    ana, bo = read_learners(workshop.write_xls(tmp_path / "r.xls", sheet), course, today=workshop.TODAY)
    assert isinstance(ana, RowError) and isinstance(bo, Learner)


def test_three_columns_of_citizenship_are_read(tmp_path: Path) -> None:
    sheet = with_columns(
        ("{#c1}.REC.citizenshipCountry[1]", "field", "Second", "d", "RS", ""),
        ("{#c1}.REC.citizenshipCountry[2]", "field", "Third", "d", "AT", "HR"),
    )
    for cells in sheet[:1]:
        cells[5] = "{#c1}.REC.citizenshipCountry[0]"
    ana, bo = workshop.learners(
        workshop.write_xls(tmp_path / "r.xls", sheet), workshop.course(columns=None, key_column=None)
    )
    assert [uri[-3:] for uri in ana.citizenships] == ["GBR", "SRB", "AUT"]
    assert [uri[-3:] for uri in bo.citizenships] == ["SRB", "HRV"]


def test_content_that_is_not_carried_over_is_a_warning(tmp_path: Path) -> None:
    sheet = with_columns(
        ("{#c1}.validFrom", "field", "Valid from", "d", "2026-07-01", ""),
        ("{#c1}.displayParameter.title(en)", "field", "Credential title", "d", "Data", "Data"),
    )
    course = workshop.course(columns=None, key_column=None)
    table = read_learners(workshop.write_xls(tmp_path / "r.xls", sheet), course, today=workshop.TODAY)
    (finding,) = (one for one in table.findings if one.rule != "learners/columns-ignored")
    assert (finding.rule, finding.severity) == ("learners/content-not-carried", Severity.WARNING)
    assert "“Valid from” (validFrom), “Credential title” (displayParameter.title(en))" in finding.message


def test_grades_of_several_assessments_are_found_by_id_or_title(tmp_path: Path) -> None:
    sheet = [[*row] for row in LIVE]
    for row, cell in zip(sheet, ("{#c1}.ASM{9}.grade.noteLiteral", "field", "Project", "d", "10", "7"), strict=True):
        row.append(cell)
    course = workshop.course(
        columns=None,
        key_column=None,
        assessment=[
            {"id": "A1", "type": "written examination", "title": "Exam"},
            {"id": "A2", "type": "project", "title": "Project"},
        ],
    )
    ana, bo = workshop.learners(workshop.write_xls(tmp_path / "r.xls", sheet), course)
    assert (ana.grades, bo.grades) == ({"A1": "9", "A2": "10"}, {"A1": "8", "A2": "7"})


def test_a_grade_column_that_the_course_maps_and_the_sheet_lacks_is_said_so(tmp_path: Path) -> None:
    sheet = [row[:13] for row in LIVE]
    with pytest.raises(LearnersError) as caught:
        read_learners(workshop.write_xls(tmp_path / "r.xls", sheet), workshop.course(key_column=None))
    assert [finding.rule for finding in caught.value.findings] == ["learners/column-missing"]


def test_the_older_template_is_read_too(tmp_path: Path) -> None:
    course = workshop.course(columns=None, key_column="E-Mail Address")
    path = workshop.write_xlsx(tmp_path / "EDC_template-recipients.xlsm", old_sheet())
    ana, bo = workshop.learners(path, course)
    assert (ana.row, ana.key, ana.given_name, ana.full_name) == (13, "ana@example.org", "Ana", "Ana Primer")
    assert ana.date_of_birth == date(1999, 10, 2) and (bo.gender or "").endswith("MALE")
    assert bo.citizenships == ("http://publications.europa.eu/resource/authority/country/AUT",)
