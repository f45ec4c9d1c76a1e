"""Hostile lists of learners end in a clear message or in a learner who harms nobody, quickly and in little memory."""

import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.errors import EdcMicrocredError, LimitError, UnreadableError
from edc_microcred.microcredential import Learner, LearnersError, RowError, read_learners
from edc_microcred.microcredential.xls import XlsWorkbook
from tests.unit.microcredential import workshop

COURSE = workshop.course()
TITLES = ["Student number", "Given name", "Family name", "Exam"]
GOOD = ["0001", "Ana", "Primer", "9"]
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = "</sheetData></worksheet>"


def replaced(path: Path, entries: dict[str, bytes]) -> Path:
    """The archive with some entries replaced or added."""
    changed = path.with_name("changed" + path.suffix)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in archive.infolist():
            if entry.filename not in entries:
                out.writestr(entry.filename, archive.read(entry))
        for name, data in entries.items():
            out.writestr(name, data)
    return changed


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workshop.write_xlsx(tmp_path / "list.xlsx", [TITLES, GOOD])


def read_in_little_memory(path: Path) -> str:
    """What a process with 600 MB of memory and 20 seconds says of a list."""
    program = f"""
        import resource, sys
        resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
        from pathlib import Path
        from edc_microcred.errors import EdcMicrocredError
        from edc_microcred.microcredential import read_learners
        from tests.unit.microcredential import workshop
        try:
            print(len(list(read_learners(Path({str(path)!r}), workshop.course()))), "rows")
        except EdcMicrocredError as error:
            print(type(error).__name__, error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-800:]
    return done.stdout


def test_two_cells_in_opposite_corners_of_a_sheet_do_not_end_the_process(book: Path) -> None:
    sheet = HEAD + '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + FOOT
    path = replaced(book, {SHEET: sheet.encode()})
    assert path.stat().st_size < 10_000
    assert "too large" in read_in_little_memory(path)


@pytest.mark.parametrize("place", ["xfd1048576", "$XFD$1048576", "XFD 1048576", "XFD9999999999"])
def test_a_place_that_another_reader_could_read_otherwise_is_refused(place: str, book: Path) -> None:
    sheet = HEAD + f'<row r="1"><c r="A1"><v>1</v></c><c r="{place}"><v>1</v></c></row>' + FOOT
    with pytest.raises(UnreadableError, match="place cannot be read"):
        read_learners(replaced(book, {SHEET: sheet.encode()}), COURSE)


def test_a_million_columns_are_refused_in_every_format(tmp_path: Path, book: Path) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(map(str, range(1_000_000))) + "\n", encoding="utf-8")
    assert "LearnersError" in read_in_little_memory(wide)
    cells = "<c><v>1</v></c>" * 1_000_000  # without places: the reader counts on
    path = replaced(book, {SHEET: (HEAD + f"<row>{cells}</row>" + FOOT).encode()})
    assert "too large" in read_in_little_memory(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book: Path) -> None:
    path = replaced(book, {"xl/media/image1.png": b"\0" * 400_000_000})
    assert path.stat().st_size < 1_000_000
    assert "unpacks to more than" in read_in_little_memory(path)


def test_an_archive_that_lies_about_its_sizes_is_refused_all_the_same(book: Path) -> None:
    path = replaced(book, {"xl/media/image1.png": b"\0" * 200_000_000})
    data = path.read_bytes()
    size = (200_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (17).to_bytes(4, "little")))
    assert "unpacks to more than" in read_in_little_memory(path)


def test_one_long_text_in_many_cells_is_refused(book: Path) -> None:
    text = b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    cells = '<c t="s"><v>0</v></c>' * 10
    sheet = HEAD + f"<row>{cells}</row>" * 100 + FOOT
    path = replaced(book, {"xl/sharedStrings.xml": text, SHEET: sheet.encode()})
    assert path.stat().st_size < 20_000
    assert "characters of text" in read_in_little_memory(path)


def test_entities_in_a_spreadsheet_are_refused(book: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = HEAD.replace("<worksheet", bomb + "<worksheet") + '<row><c t="str"><v>&b;</v></c></row>' + FOOT
    with pytest.raises(UnreadableError, match="document type"):
        read_learners(replaced(book, {SHEET: sheet.encode()}), COURSE)


def test_a_cell_that_is_repeated_a_million_times_in_ods_is_refused(tmp_path: Path) -> None:
    path = workshop.write_ods(tmp_path / "list.ods", [TITLES, GOOD])
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    marked = content.replace(
        b"<table:table-cell", b'<table:table-cell table:number-columns-repeated="16384"', 1
    ).replace(b"<table:table-row", b'<table:table-row table:number-rows-repeated="1048576"', 1)
    assert marked != content
    assert "too large" in read_in_little_memory(replaced(path, {"content.xml": marked}))


def test_empty_cells_repeated_to_the_edge_of_the_sheet_are_nothing(tmp_path: Path) -> None:
    path = workshop.write_ods(tmp_path / "list.ods", [TITLES, GOOD])
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    empty = b'<table:table-row table:number-rows-repeated="1048000">'
    empty += b'<table:table-cell table:number-columns-repeated="16384"/>'
    marked = content.replace(b"</table:table>", empty + b"</table:table-row></table:table>")
    assert read_in_little_memory(replaced(path, {"content.xml": marked})) == "1 rows\n"


def test_an_xls_cell_in_the_last_corner_does_not_end_the_process(tmp_path: Path) -> None:
    path = workshop.write_xls(tmp_path / "list.xls", [TITLES, [*GOOD, 17.5]])
    data = path.read_bytes()
    assert XlsWorkbook(path).sheet(0).scan.rows == 2
    number = b"\x7e\x02\x0a\x00" + b"\x01\x00\x04\x00"  # an RK record in the second row, fifth column
    assert data.count(number) == 1 or data.count(b"\x03\x02\x0e\x00\x01\x00\x04\x00") == 1
    for kind in (number, b"\x03\x02\x0e\x00\x01\x00\x04\x00"):
        data = data.replace(kind, kind[:4] + b"\xff\xff\xff\xff")
    path.write_bytes(data)
    assert "too large" in read_in_little_memory(path)


def test_a_link_to_another_file_is_never_followed(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Learners")
    for column, title in enumerate(TITLES):
        sheet.write(0, column, title)
    for column, value in enumerate(["0001", xlwt.Formula('HYPERLINK("http://127.0.0.1:9/x";"Ana")'), "Primer", "9"]):
        sheet.write(1, column, value)
    workbook.save(str(tmp_path / "list.xls"))
    (refused,) = read_learners(tmp_path / "list.xls", COURSE)
    assert isinstance(refused, RowError) and {finding.rule for finding in refused.findings} == {"learners/formula"}


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("Student number,Given name,Family name,Exam\n")
        stream.write("x" * 5_000_000)
    with pytest.raises(LearnersError, match="a line has more than"):
        read_learners(path, COURSE)


def test_a_file_of_five_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    for name in ("list.csv", "list.jsonl"):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.write(b"{")
            stream.truncate(5_000_000_000)
        with pytest.raises(LimitError, match="limit for a list of learners"):
            read_learners(path, COURSE)


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
def test_a_damaged_spreadsheet_is_called_damaged(ending: str, tmp_path: Path) -> None:
    writers = {".xlsx": workshop.write_xlsx, ".ods": workshop.write_ods, ".xls": workshop.write_xls}
    path = writers[ending](tmp_path / f"list{ending}", [TITLES, GOOD])
    whole = path.read_bytes()
    for cut in (40, len(whole) // 3, len(whole) // 2):
        path.write_bytes(whole[:cut])
        with pytest.raises((UnreadableError, LearnersError)):
            list(read_learners(path, COURSE))


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=20_000), st.binary(min_size=1, max_size=12))
def test_bytes_changed_in_an_xls_file_give_rows_or_a_clear_error(place: int, change: bytes) -> None:
    original = XLS_BYTES
    at = place % len(original)
    path = XLS_FOLDER / "changed.xls"
    path.write_bytes(original[:at] + change + original[at + len(change) :])
    only_clear_errors(path)


PARTS = {
    "good.xlsx": (SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
    "good.ods": ("content.xml", "META-INF/manifest.xml"),
}
CHANGES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b'"', b"<", b"&#0;", b"9" * 20, b'r="XFD1048576"', b't="s"', b't="d"', b's="99999"', b"NaN",
                     b"1e999", b'table:number-columns-repeated="999999999"', b'ref="A1:XFD1048576"', b'<c r="A1"/>']),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.integers(0, 3), st.integers(0, 100_000), st.integers(0, 12), CHANGES)
def test_bytes_changed_inside_xlsx_and_ods_give_rows_or_a_clear_error(
    name: str, part: int, place: int, cut: int, change: bytes
) -> None:
    entry = PARTS[name][part % len(PARTS[name])]
    with zipfile.ZipFile(XLS_FOLDER / name) as archive:
        data = archive.read(entry)
    at = place % len(data)
    only_clear_errors(replaced(XLS_FOLDER / name, {entry: data[:at] + change + data[at + cut :]}))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".jsonl"]))
def test_any_bytes_give_rows_or_a_clear_error(content: bytes, ending: str) -> None:
    path = XLS_FOLDER / f"any{ending}"
    path.write_bytes(content)
    only_clear_errors(path)


CELLS = st.one_of(st.text(max_size=30), st.sampled_from(["Ana", "9", "3/4/1999", "=1", "#N/A", "1E+12", "", " "]))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=5), max_size=6))
def test_any_cells_under_the_titles_give_learners_or_refusals(rows: list[list[str]]) -> None:
    path = (
        workshop.write_csv(XLS_FOLDER / "cells.csv", [TITLES, *rows], encoding="utf-8-sig") if storable(rows) else None
    )
    if path is None:
        return
    try:
        read = list(read_learners(path, COURSE, today=workshop.TODAY))
    except EdcMicrocredError:
        return
    for one in read:
        assert isinstance(one, Learner) or one.findings


def storable(rows: list[list[str]]) -> bool:
    return not any("\ud800" <= character <= "\udfff" for row in rows for cell in row for character in cell)


def only_clear_errors(path: Path) -> None:
    try:
        for one in read_learners(path, COURSE, today=workshop.TODAY):
            assert isinstance(one, (Learner, RowError))
    except EdcMicrocredError as error:
        assert error.remedy


@pytest.fixture(scope="module", autouse=True)
def _files(tmp_path_factory: pytest.TempPathFactory) -> None:
    global XLS_BYTES, XLS_FOLDER
    XLS_FOLDER = tmp_path_factory.mktemp("hostile")
    XLS_BYTES = workshop.write_xls(XLS_FOLDER / "good.xls", [TITLES, GOOD]).read_bytes()
    workshop.write_xlsx(XLS_FOLDER / "good.xlsx", [TITLES, GOOD])
    workshop.write_ods(XLS_FOLDER / "good.ods", [TITLES, GOOD])


XLS_FOLDER = Path()
XLS_BYTES = b""
