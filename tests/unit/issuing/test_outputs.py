"""The tables and the archive beside the credentials."""

import csv
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edc_microcred.findings import Rule, Severity
from edc_microcred.issuing.journal import Entry, Journal, State
from edc_microcred.issuing.outputs import (
    REASON_COLUMN,
    REMEDY_COLUMN,
    ROW_COLUMN,
    RULE_COLUMN,
    RefusedTable,
    digest_of,
    harmless_cell,
    keep_edited,
    move_aside,
    write_archive,
    write_manifest,
)
from edc_microcred.microcredential.csv_text import unquoted

NOW = datetime(2026, 6, 30, 10, tzinfo=UTC)
RULE = Rule(
    id="learners/test", severity=Severity.ERROR, since="0.1", source="a test", title="t",
    message="“{value}” is no date", why="w", fix="f", wrong=None, right=None,
)  # fmt: skip


def entry(key: str, number: int) -> Entry:
    return Entry(
        state=State.ISSUED, time=NOW, run=1, key=key, row="r", id=f"urn:credential:{number}",
        file=f"{number:05d}-x.jsonld", sha256="cd" * 32,
    )  # fmt: skip


def rows_of(path: Path, delimiter: str = ";") -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # by which a spreadsheet knows UTF-8
    return list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_comes_back(cell: str) -> None:
    assert harmless_cell(cell) == f"'{cell}"
    assert unquoted(harmless_cell(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Ana", "2023/0117", "-5", "+381 64 123", "'s-Hertogenbosch", "O'Neill"])
def test_a_harmless_cell_stays_as_it_is(cell: str) -> None:
    assert harmless_cell(cell) == cell
    assert unquoted(cell) == cell


@given(st.text())
def test_every_text_comes_back_from_a_harmless_cell(text: str) -> None:
    shown = harmless_cell(text)
    assert shown == text or unquoted(shown) == text


def test_the_manifest_lists_what_stands_and_runs_no_formula(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "journal.jsonl")
    journal.append([entry("=1+1", 1), entry("2023/17", 2)])
    journal.close()
    assert write_manifest(tmp_path, journal.path) == 2
    heading, first, second = rows_of(tmp_path / "manifest.csv")
    assert heading == ["key", "file", "credential", "issued", "sha256", "replaces"]
    assert first == ["'=1+1", "credentials/00001-x.jsonld", "urn:credential:1", "2026-06-30T10:00:00Z", "cd" * 32, ""]
    assert second[0] == "2023/17"


def test_refused_rows_keep_their_cells_and_say_why(tmp_path: Path) -> None:
    table = RefusedTable(delimiter=",")
    table.add(3, {"Name": 'Ana; "A"', "Born": "31.2.1999"}, [RULE.found(value="31.2.1999")])
    table.add(7, {"Name": "Žarko\nM", "Further": "=x"}, [RULE.found(value="a"), RULE.found(value="b")])
    digest = table.write(tmp_path / "refused.csv")
    table.close()
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["Name", "Born", "Further", ROW_COLUMN, RULE_COLUMN, REASON_COLUMN, REMEDY_COLUMN],
        ['Ana; "A"', "31.2.1999", "", "3", "learners/test", "“31.2.1999” is no date", "f"],
        ["Žarko\nM", "", "'=x", "7", "learners/test", "“a” is no date | “b” is no date", "f"],
    ]
    assert digest == digest_of(tmp_path / "refused.csv")


def test_refused_rows_that_come_from_a_list_of_refused_rows_do_not_grow(tmp_path: Path) -> None:
    table = RefusedTable()
    table.add(2, {"Name": "Ana", ROW_COLUMN: "3", REASON_COLUMN: "old", REMEDY_COLUMN: "old"}, [RULE.found(value="x")])
    table.write(tmp_path / "refused.csv")
    table.close()
    assert rows_of(tmp_path / "refused.csv") == [
        ["Name", ROW_COLUMN, RULE_COLUMN, REASON_COLUMN, REMEDY_COLUMN],
        ["Ana", "2", "learners/test", "“x” is no date", "f"],
    ]


def test_a_list_of_refused_rows_that_somebody_corrected_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    path.write_text("as written")
    written = digest_of(path)
    assert keep_edited(path, written) is None
    path.write_text("corrected")
    kept = keep_edited(path, written)
    assert kept is not None
    assert (kept.name, kept.read_text(), path.exists()) == ("refused-corrected-1.csv", "corrected", False)
    assert keep_edited(path, written) is None


def test_the_archive_holds_what_stands_and_the_manifest(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "journal.jsonl")
    journal.append([entry("a", 1)])
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "00001-x.jsonld").write_text("one")
    (tmp_path / "credentials" / "stray.jsonld").write_text("nobody's")
    journal.close()
    write_manifest(tmp_path, journal.path)
    with zipfile.ZipFile(write_archive(tmp_path, journal.path)) as archive:
        assert archive.namelist() == ["credentials/00001-x.jsonld", "manifest.csv"]
        assert archive.read("credentials/00001-x.jsonld") == b"one"


def test_a_file_that_is_moved_aside_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "credentials").mkdir()
    for content in ("first", "second"):
        (tmp_path / "credentials" / "00001-x.jsonld").write_text(content)
        move_aside(tmp_path, entry("a", 1))
    move_aside(tmp_path, entry("a", 1))  # nothing is there any more
    found = {path.name: path.read_text() for path in (tmp_path / "replaced").iterdir()}
    assert found == {"00001-x.jsonld": "first", "00001-x-2.jsonld": "second"}
