"""The same learners through every kind of source are the same; what was found out is shown and can be said instead."""

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.errors import UnreadableError
from edc_microcred.microcredential import Learner, LearnersError, RowError, read_learners
from edc_microcred.reports.redaction import redacted
from tests.unit.microcredential import workshop

COLUMNS = {
    "student_number": "Student number",
    "given_name": "Given name",
    "family_name": "Family name",
    "email": "E-mail",
    "date_of_birth": "Date of birth",
    "citizenship": "Citizenship",
    "awarded_on": "Awarded on",
    "grades": {"A1": "Exam"},
}
TITLES = ["Student number", "Given name", "Family name", "E-mail", "Date of birth", "Citizenship", "Awarded on", "Exam"]
PEOPLE: list[list[Any]] = [
    ["00000001", "Ana", "Primer", "ana@example.org", date(1999, 10, 2), "RS", date(2026, 6, 30), 9],
    ["00000002", "Đorđe", "Žičković", "dj@example.org", date(2000, 1, 31), "Serbia", date(2026, 6, 30), 10],
    ["00000003", "Jürgen", "Müßig", "j.m@example.org", date(1988, 12, 24), "AUT", date(2026, 7, 1), 6],
    ["00000004", "Ljubica-Maja", "Šćepanović", None, None, None, None, 8],
]
CYRILLIC: list[list[Any]] = [
    ["00000001", "Ана", "Примерић", "ana@example.org", date(1999, 10, 2), "RS", date(2026, 6, 30), 9],
    ["00000002", "Ђорђе", "Жичковић", "dj@example.org", date(2000, 1, 31), "RS", date(2026, 6, 30), 10],
]


@pytest.fixture
def course() -> Any:
    return workshop.course(columns=COLUMNS)


def as_text(rows: list[list[Any]]) -> list[list[Any]]:
    return [["" if value is None else str(value) for value in row] for row in rows]


def as_mappings(rows: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(TITLES, row, strict=True)) for row in rows]


def without_row(learner: Learner) -> dict[str, Any]:
    return {name: value for name, value in vars(learner).items() if name not in ("row", "findings", "digest")}


def test_csv_in_four_encodings_and_three_spreadsheet_formats_give_equal_learners(course: Any, tmp_path: Path) -> None:
    rows = [TITLES, *PEOPLE]
    text = as_text(rows)
    files = {
        "utf-8": workshop.write_csv(tmp_path / "a.csv", text),
        "utf-8-sig": workshop.write_csv(tmp_path / "b.csv", text, encoding="utf-8-sig", delimiter=";"),
        "utf-16": workshop.write_csv(tmp_path / "c.csv", text, encoding="utf-16", delimiter="\t"),
        "windows-1250": workshop.write_csv(tmp_path / "d.csv", text, encoding="windows-1250", delimiter=";"),
        "xlsx": workshop.write_xlsx(tmp_path / "a.xlsx", rows),
        "xls": workshop.write_xls(tmp_path / "a.xls", rows),
        "ods": workshop.write_ods(tmp_path / "a.ods", rows),
    }
    read = {name: workshop.learners(path, course) for name, path in files.items()}
    first = read["utf-8"]
    assert [learner.family_name for learner in first] == ["Primer", "Žičković", "Müßig", "Šćepanović"]
    assert [learner.row for learner in first] == [2, 3, 4, 5]
    for name, found in read.items():
        assert found == first, name
        assert [learner.digest for learner in found] == [learner.digest for learner in first], name


def test_cyrillic_in_windows_1251_gives_the_same_learners_as_in_utf_8(course: Any, tmp_path: Path) -> None:
    text = as_text([TITLES, *CYRILLIC])
    old = workshop.write_csv(tmp_path / "old.csv", text, encoding="windows-1251", delimiter=";")
    new = workshop.write_csv(tmp_path / "new.csv", text)
    table = read_learners(old, course, today=workshop.TODAY)
    assert (table.encoding, table.delimiter) == ("windows-1251", ";")
    assert [finding.rule for finding in table.findings] == ["learners/encoding-guessed"]
    assert workshop.learners(old, course) == workshop.learners(new, course)


def test_rows_of_mappings_json_lines_and_a_database_give_the_same_learners(course: Any, tmp_path: Path) -> None:
    file = workshop.write_csv(tmp_path / "a.csv", as_text([TITLES, *PEOPLE]))
    lines = tmp_path / "a.jsonl"
    lines.write_text(
        "".join(json.dumps(row, default=str, ensure_ascii=False) + "\n" for row in as_mappings(PEOPLE)),
        encoding="utf-8",
    )
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("create table passed (" + ", ".join(f'"{title}"' for title in TITLES) + ")")
    connection.executemany(f"insert into passed values ({', '.join('?' * len(TITLES))})", as_text(PEOPLE))  # noqa: S608
    wanted = [without_row(learner) for learner in workshop.learners(file, course)]
    cursor = connection.execute("select * from passed")
    for source in (as_mappings(PEOPLE), iter(as_mappings(PEOPLE)), lines, map(dict, cursor)):
        assert [without_row(learner) for learner in workshop.learners(source, course)] == wanted
    connection.close()


def test_what_was_found_out_is_shown(course: Any, tmp_path: Path) -> None:
    path = workshop.write_csv(
        tmp_path / "a.csv", [["Who passed"], [], *as_text([TITLES, *PEOPLE])], delimiter=";", encoding="utf-8-sig"
    )
    table = read_learners(path, course, today=workshop.TODAY)
    assert (table.kind, table.encoding, table.delimiter, table.sheet) == ("csv", "utf-8", ";", None)
    assert (table.header_row, table.key_column, table.count) == (3, "Student number", 4)
    assert table.columns["given_name"] == "Given name" and table.columns["grades.A1"] == "Exam"
    assert [one.row for one in table] == [4, 5, 6, 7] == [one.row for one in table]


@pytest.mark.parametrize(
    ("name", "encoding", "country", "read_as"),
    [
        ("Žarko Đorđević", "windows-1250", "AT", "windows-1250"),
        ("José Muñoz", "windows-1252", "RS", "windows-1252"),
        ("MARKO KOVAČEVIĆ", "windows-1250", "ES", "windows-1250"),
        ("Jiří Růžička", "windows-1250", "DE", "windows-1250"),
        ("Søren Kjær", "windows-1252", "CZ", "windows-1252"),
        ("João Gonçalves", "windows-1252", "HR", "windows-1252"),
        ("Michał Wałęsa", "windows-1250", "FR", "windows-1250"),
    ],
)
def test_names_and_not_countries_tell_an_old_encoding(
    name: str, encoding: str, country: str, read_as: str, tmp_path: Path
) -> None:
    course = workshop.course(columns=COLUMNS, awarding_bodies=[{"name": "A", "country": country}], workload={"ects": 3})
    given, family = name.split()
    rows = [TITLES, ["00000001", given, family, "", "", "", "", "9"]]
    path = workshop.write_csv(tmp_path / "a.csv", rows, encoding=encoding)
    table = read_learners(path, course, today=workshop.TODAY)
    assert table.encoding == read_as
    (learner,) = table
    assert isinstance(learner, Learner) and learner.name == name


@pytest.mark.parametrize(
    ("names", "encoding", "shown"),
    [
        (["Petrič"], "windows-1250", ("“Petrič” or “Petriè”", "windows-1250", "windows-1252")),
        (["Crème"], "windows-1252", ("“Crčme” or “Crème”", "windows-1250", "windows-1252")),
        (["Иван", "Петров"], "koi8-r", ("“Иван” or “йЧБО”", "koi8-r", "windows-1251")),
        (["Μαρία", "Νικολάου"], "windows-1253", ("“Μαρία” or", "windows-1253", "windows-1251")),
        (["Miloš"], "iso-8859-2", ("“Miloą” or “Miloš”", "windows-1250", "iso-8859-2")),
    ],
)
def test_names_that_could_be_read_in_two_ways_are_refused_and_shown_in_both(
    names: list[str], encoding: str, shown: tuple[str, ...], course: Any, tmp_path: Path
) -> None:
    rows = [TITLES, *(["1", name, name, "", "", "", "", "9"] for name in names)]
    path = workshop.write_csv(tmp_path / "a.csv", rows[:2] if len(names) == 1 else rows, encoding=encoding)
    with pytest.raises(LearnersError) as caught:
        read_learners(path, course, today=workshop.TODAY)
    (finding,) = caught.value.findings
    assert finding.rule == "learners/encoding-unclear" and all(part in finding.message for part in shown)
    assert not any(name in str(caught.value) for name in names)
    table = read_learners(path, course, today=workshop.TODAY, encoding=encoding)
    assert {getattr(one, "given_name", None) or one.cells["Given name"] for one in table} == set(names)


def test_encoding_separator_and_sheet_can_be_said(course: Any, tmp_path: Path) -> None:
    latin = [TITLES, ["00000001", "José", "Muñoz", "", "", "ES", "", "9"]]
    path = workshop.write_csv(tmp_path / "a.csv", latin, encoding="windows-1252", delimiter="|")
    with pytest.raises(LearnersError):
        read_learners(path, course)
    (learner,) = workshop.learners(path, course, encoding="windows-1252", delimiter="|")
    assert learner.name == "José Muñoz"
    book = workshop.write_xlsx(tmp_path / "a.xlsx", [TITLES, *PEOPLE], "Other")
    table = read_learners(book, course, sheet="Learners", today=workshop.TODAY)
    assert table.sheet == "Learners" and table.findings == ()
    with pytest.raises(UnreadableError, match="no sheet “Lerners”") as caught:
        read_learners(book, course, sheet="Lerners")
    assert "Learners" in caught.value.remedy


def test_a_wrong_encoding_and_a_wrong_separator_are_said_so(course: Any, tmp_path: Path) -> None:
    path = workshop.write_csv(tmp_path / "a.csv", as_text([TITLES, *PEOPLE]), encoding="windows-1250")
    with pytest.raises(LearnersError) as caught:
        read_learners(path, course, encoding="utf-8")
    assert [finding.rule for finding in caught.value.findings] == ["learners/encoding-wrong"]
    with pytest.raises(UnreadableError, match="no encoding"):
        read_learners(path, course, encoding="klingon")
    with pytest.raises(UnreadableError, match="no separator"):
        read_learners(path, course, delimiter="::")


def test_columns_with_usual_titles_need_no_mapping(tmp_path: Path) -> None:
    course = workshop.course(columns=None, key_column=None)
    for titles in (
        ["Broj indeksa", "Ime", "Prezime", "Ocena"],
        ["Број индекса", "Име", "Презиме", "Оцена"],
        ["Matrikelnummer", "Vorname", "Nachname", "Note"],
        ["Número de estudiante", "Nombre", "Apellidos", "Exam"],
    ):
        path = workshop.write_csv(tmp_path / "a.csv", [titles, ["007", "Ana", "Primer", "9"]])
        (learner,) = workshop.learners(path, course)
        assert (learner.key, learner.student_number, learner.name) == ("007", "007", "Ana Primer")
        assert list(learner.grades.values()) == ["9"]


def test_a_column_that_is_not_mapped_never_leaves_the_list(course: Any) -> None:
    row = {**as_mappings(PEOPLE)[0], "Diagnosis": "secret"}
    (learner,) = workshop.learners([row], course)
    assert "secret" not in repr(vars(learner)) and "Primer" not in repr(learner)


def test_the_refused_row_has_its_cells_by_title_as_they_stood(course: Any) -> None:
    row = {**as_mappings(PEOPLE)[0], "Exam": 5, "E-mail": " x "}
    (refused,) = read_learners([row], course, today=workshop.TODAY)
    assert isinstance(refused, RowError) and refused.key == "00000001"
    assert refused.cells == {**as_text_mapping(row)}


def test_parts_of_a_name_in_two_scripts_are_shown_with_both(course: Any) -> None:
    row = {**as_mappings(PEOPLE)[0], "Given name": "Ана"}
    (refused,) = read_learners([row], course, today=workshop.TODAY)
    (finding,) = refused.findings
    assert finding.message == (
        "Row 1, column “Family name”: “Primer” is in Latin letters, “Ана” (Given name) in Cyrillic."
    )


def test_a_refusal_as_json_names_column_value_and_remedy(course: Any) -> None:
    (refused,) = read_learners([{**as_mappings(PEOPLE)[0], "Exam": 5}], course, today=workshop.TODAY)
    (finding,) = refused.findings
    told = finding.as_json()
    assert (told["line"], told["column"], told["value"], told["remedy"]) == (1, "Exam", "5", finding.remedy)
    assert "must_pass" in finding.remedy and redacted(finding).as_json().keys().isdisjoint({"value", "remedy"})


@pytest.mark.parametrize("said", ["RS, AT", "Serbia; Austria", "SRB,AUT,SRB"])
def test_several_citizenships_stand_in_one_cell(said: str, course: Any) -> None:
    (learner,) = workshop.learners([{**as_mappings(PEOPLE)[0], "Citizenship": said}], course)
    assert [uri[-3:] for uri in learner.citizenships] == ["SRB", "AUT"]


def test_of_several_citizenships_the_unknown_one_is_named(course: Any) -> None:
    (finding,) = workshop.findings_of([{**as_mappings(PEOPLE)[0], "Citizenship": "RS, Freedonia"}], course)
    assert finding.rule == "learners/code-unknown" and "“Freedonia” is not" in finding.message


def as_text_mapping(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}


def test_one_pass_sources_refuse_the_later_of_two_rows_for_one_learner(course: Any) -> None:
    first, second = as_mappings(PEOPLE)[:2]
    rows = [first, {**second, "Student number": first["Student number"]}, dict(first)]
    read = list(read_learners(iter(rows), course, today=workshop.TODAY))
    assert isinstance(read[0], Learner)
    assert [one.findings[0].rule for one in read[1:]] == ["learners/key-repeated", "learners/row-repeated"]


def test_a_program_may_give_whole_numbers_for_ids_and_a_spreadsheet_may_not(course: Any) -> None:
    row = {**as_mappings(PEOPLE)[0], "Student number": 17}
    (learner,) = workshop.learners([row], course)
    assert learner.key == "17"
    assert {f.rule for f in workshop.findings_of([{**row, "Student number": 17.5}], course)} == {
        "learners/id-was-number"
    }


def test_the_digest_changes_when_a_value_does_and_not_when_the_row_moves(course: Any) -> None:
    first = as_mappings(PEOPLE)[0]
    (one,) = workshop.learners([first], course)
    other, moved = workshop.learners([{**first, "Student number": "7"}, first], course)
    better = workshop.learners([{**first, "Exam": 10}], course)[0]
    assert moved.row == 2 and moved.digest == one.digest
    assert len({one.digest, other.digest, better.digest}) == 3


def test_learners_can_be_sent_to_other_processes(course: Any) -> None:
    import pickle

    (learner,) = workshop.learners([{**as_mappings(PEOPLE)[0], "Given name": " Ana"}], course)
    assert learner.findings
    sent = pickle.loads(pickle.dumps(learner))  # noqa: S301  # our own object
    assert sent == learner and sent.digest == learner.digest and sent.findings == ()


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"%PDF-1.7\n", "PDF"), (b"<!DOCTYPE html><html>", "web page"), (b"<?xml version='1.0'?>", "XML")],
)
def test_what_is_no_list_is_called_by_its_name(content: bytes, what: str, course: Any, tmp_path: Path) -> None:
    path = tmp_path / "learners.xls"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=what):
        read_learners(path, course)


def test_a_missing_file_is_said_so(course: Any, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_learners(tmp_path / "none.csv", course)
