"""Old XLS files are read here: the same cells as calamine reads, and what it does not tell."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwt
from python_calamine import CalamineWorkbook

from edc_microcred.errors import UnreadableError
from edc_microcred.microcredential.spreadsheets import open_spreadsheet
from edc_microcred.microcredential.xls import XlsWorkbook
from tests.unit.microcredential import workshop

DAY = xlwt.easyxf(num_format_str="D.M.YYYY.")
MOMENT = xlwt.easyxf(num_format_str="YYYY-MM-DD hh:mm")
MONEY = xlwt.easyxf(num_format_str='#,##0.00 "dinara"')
VALUES = [
    ["text", "ž", "Ђорђе", "", "a" * 300, "x\ny"],
    [1, -17, 0, 123456789, 2**31, 1e300],
    [0.5, 1.01, 123.45, -0.01, 1 / 3, 5.0],
    [True, False, "=no formula", " spaces ", "0001", "1E5"],
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[tuple[xlwt.Workbook, Path]]:
    yield xlwt.Workbook(), tmp_path / "list.xls"


def cells(path: Path) -> list[list[object]]:
    return [row for _, row in open_spreadsheet(path).rows()]


def by_calamine(path: Path) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [["" if value is None else value for value in row] for row in sheet.to_python(skip_empty_area=False)]


def test_texts_numbers_and_truth_values_are_those_that_calamine_reads(book: tuple[xlwt.Workbook, Path]) -> None:
    workbook, path = book
    sheet = workbook.add_sheet("Learners")
    for row, values in enumerate(VALUES):
        for column, value in enumerate(values):
            sheet.write(row + 2, column + 1, value)
    workbook.save(str(path))
    assert cells(path) == by_calamine(path)
    assert cells(path)[2][1:] == VALUES[0]


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_are_those_that_were_written_whichever_year_they_are_counted_from(
    from_1904: bool, book: tuple[xlwt.Workbook, Path]
) -> None:
    workbook, path = book
    workbook.dates_1904 = from_1904
    sheet = workbook.add_sheet("Learners")
    moment = datetime.fromisoformat("2026-04-03T12:30")
    sheet.write(0, 0, date(1999, 10, 2), DAY)
    sheet.write(0, 1, moment, MOMENT)
    sheet.write(0, 2, date(2026, 4, 3), MOMENT)
    sheet.write(0, 3, 36_435)
    sheet.write(0, 4, 12.5, MONEY)
    sheet.write(0, 5, time(6, 45), xlwt.easyxf(num_format_str="hh:mm"))
    workbook.save(str(path))
    (row,) = cells(path)
    assert row[:5] == [date(1999, 10, 2), moment, date(2026, 4, 3), 36_435.0, 12.5]
    if not from_1904:
        assert row[5] == time(6, 45)
        assert row == by_calamine(path)[0]


def test_the_day_that_spreadsheets_count_and_that_was_not_stays_a_number(book: tuple[xlwt.Workbook, Path]) -> None:
    workbook, path = book
    sheet = workbook.add_sheet("Learners")
    for column, value in enumerate((59, 60, 61)):
        sheet.write(0, column, value, DAY)
    workbook.save(str(path))
    assert cells(path) == [[date(1900, 2, 28), 60.0, date(1900, 3, 1)]]


def test_many_texts_that_go_on_over_records_are_read_whole(book: tuple[xlwt.Workbook, Path]) -> None:
    workbook, path = book
    sheet = workbook.add_sheet("Learners")
    texts = [f"{'Šž' * (n % 700)}ascii {n} {'x' * (n * 7 % 900)}" for n in range(300)]
    for row, text in enumerate(texts):
        sheet.write(row, 0, text)
    workbook.save(str(path))
    assert [row[0] for row in cells(path)] == texts


def test_formulas_are_known_as_such_and_hidden_sheets_are_passed_over(book: tuple[xlwt.Workbook, Path]) -> None:
    workbook, path = book
    workbook.add_sheet("hidden").visibility = 1
    sheet = workbook.add_sheet("Learners")
    sheet.write(1, 2, xlwt.Formula("1+1"))
    sheet.write(1, 3, 5)
    workbook.save(str(path))
    opened = open_spreadsheet(path)
    assert opened.found.sheet == "Learners" and opened.found.formulas == {(2, 2)} and opened.found.findings == ()


def test_a_workbook_behind_a_password_is_said_so(tmp_path: Path) -> None:
    path = workshop.write_xls(tmp_path / "list.xls", [["x"]])
    data = path.read_bytes()
    first_of_globals = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = first_of_globals + 20
    path.write_bytes(data[:after] + b"\x2f\x00" + data[after + 2 :])
    with pytest.raises(UnreadableError, match="password"):
        XlsWorkbook(path)
