"""The learners of a course out of a file, or out of anything that gives rows.

    table = read_learners(Path("learners.csv"), course)
    print(table.encoding, table.delimiter, table.columns)
    for learner in table:
        ...  # a Learner, or a RowError that says why there is none

CSV in UTF-8, UTF-16 and the old Windows encodings, XLSX, XLS, ODS, JSON lines, the recipient sheets of the Commission's
issuer, and any iterable of mappings. What was found out (encoding, separator, sheet, columns) is shown and can be said
instead. Rows are read one by one; a bad one never stops the others. Rows with one key that differ are all refused; of
equal ones the first is kept. (From a source that can be had only once nobody can look ahead: there the first row of a
key has been given out when the second comes, and only the later ones are refused.)
"""

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.cells import Cell, LearnersError, RowSource, as_shown, column_letter, is_empty
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.csv_text import open_csv
from edc_microcred.microcredential.layout import LOOKED_AT, Layout, find_layout, score, untitled
from edc_microcred.microcredential.learner import Learner, RowError
from edc_microcred.microcredential.mappings import JsonLines, MappingRows, NoRow
from edc_microcred.microcredential.rows import RowReader
from edc_microcred.microcredential.spreadsheets import is_spreadsheet, open_spreadsheet

_JSON_NAMES: Final = (".jsonl", ".ndjson", ".json")
_NO_LISTS: Final = (
    (b"%PDF", "a PDF file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"{\\rtf", "a text document"),
    (b"\x89PNG", "a picture"),
)


class LearnerTable:
    """A list of learners that was opened: what was found out about it, and its learners when iterated.

    `columns` maps each field of a learner (`given_name`, `grades.A1`) to the title of its column; `header_row` is the
    row of the titles, 0 where rows have names. `encoding`, `delimiter` and `sheet` are None where they do not apply.
    `findings` speak of the list as a whole. It can be iterated again if its source can.
    """

    def __init__(self, source: RowSource, layout: Layout, reader: RowReader, findings: Sequence[Finding]) -> None:
        self._source = source
        self._layout = layout
        self._reader = reader
        self._repeats = _Repeats()
        self._once = isinstance(source, MappingRows) and source.once
        self.kind: Final = source.found.kind
        self.encoding: Final = source.found.encoding
        self.delimiter: Final = source.found.delimiter
        self.sheet: Final = source.found.sheet
        self.header_row: Final = layout.header_row
        self.key_column: Final = layout.key_title
        self.columns: Final = {name: layout.title(index) for name, index in layout.columns.items()}
        self.count: int | None = None
        """How many rows there are; None for a source that can be had only once."""
        self.findings: tuple[Finding, ...] = tuple(findings)

    def look_ahead(self, where: str) -> None:
        """Reads the keys of all rows, so that repeated ones are known. Raises `LearnersError` for untitled columns."""
        if self._once:
            return
        count = 0
        for row, cells in self._data():
            if cells and isinstance(cells[0], NoRow):
                count += 1
                continue
            if self.kind != "csv" and (at := untitled(self._layout, cells)) is not None:
                raise LearnersError(where, (_untitled(self._layout, at),))
            if self.kind == "csv" and (at := untitled(self._layout, cells[: len(self._layout.titles)])) is not None:
                raise LearnersError(where, (_untitled(self._layout, at),))
            count += 1
            self._repeats.note(self._reader.key(cells), row, _fingerprint(cells))
        self.count = count
        if count == 0:
            self.findings = (*self.findings, rules.NO_LEARNERS.found())

    def __iter__(self) -> Iterator[Learner | RowError]:
        seen: dict[int, tuple[int, bytes]] = {}
        for row, cells in self._data():
            if cells and isinstance(cells[0], NoRow):
                problem = rules.found(rules.ROW_NO_OBJECT, row, "", "", problem=str(cells[0]))
                yield RowError(row=row, key=None, findings=(problem,), cells={})
                continue
            found = self._repeated_before(row, cells, seen) if self._once else self._repeats.of(row)
            if found is not None:
                yield self._refused_as_repeated(row, cells, found)
            else:
                yield self._reader.read(row, cells)

    def _data(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows below the titles that hold something."""
        for row, cells in self._source.rows():
            if row >= self._layout.first_row and not all(is_empty(cell) for cell in cells):
                yield row, cells

    def _repeated_before(self, row: int, cells: Sequence[Cell], seen: dict[int, tuple[int, bytes]]) -> Any:
        key = self._reader.key(cells)
        if key is None:
            return None
        print_ = _fingerprint(cells)
        first = seen.setdefault(hash(key), (row, print_))
        if first[0] == row:
            return None
        return ("same", first[0]) if first[1] == print_ else ("differs", (first[0], row))

    def _refused_as_repeated(self, row: int, cells: Sequence[Cell], found: tuple[str, Any]) -> RowError:
        title, value = self._layout.key_title, as_shown(cells[self._layout.key])
        if found[0] == "same":
            told = rules.found(rules.ROW_REPEATED, row, title, value, first=found[1])
        else:
            told = rules.found(rules.KEY_REPEATED, row, title, value, rows=", ".join(map(str, found[1][:8])))
        read = self._reader.read(row, cells)
        more = read.findings if isinstance(read, RowError) else ()
        return self._reader.refused(row, cells, (told, *more))


class _Repeats:
    """Which rows have a key that other rows have too. Keys are kept as hashes: names of people are not collected."""

    def __init__(self) -> None:
        self._first: dict[int, tuple[int, bytes]] = {}
        self._others: dict[int, list[tuple[int, bytes]]] = {}
        self._told: dict[int, tuple[str, Any]] | None = None

    def note(self, key: str | None, row: int, fingerprint: bytes) -> None:
        if key is None:
            return
        mark = hash(key)
        if mark in self._first:
            self._others.setdefault(mark, []).append((row, fingerprint))
        else:
            self._first[mark] = (row, fingerprint)

    def of(self, row: int) -> tuple[str, Any] | None:
        """None for a row that stands alone or is the first of equal ones."""
        if self._told is None:
            self._told = self._judged()
            self._first.clear()
        return self._told.get(row)

    def _judged(self) -> dict[int, tuple[str, Any]]:
        told: dict[int, tuple[str, Any]] = {}
        for mark, others in self._others.items():
            first = self._first[mark]
            rows = (first[0], *(row for row, _ in others))
            if all(fingerprint == first[1] for _, fingerprint in others):
                told.update((row, ("same", first[0])) for row in rows[1:])
            else:
                told.update((row, ("differs", rows)) for row in rows)
        return told


def read_learners(
    source: Path | str | Iterable[Mapping[str, Any]],
    course: Course,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    today: date | None = None,
) -> LearnerTable:
    """The learners of `course` in `source`: a path, or rows as mappings from column title to value.

    `encoding`, `delimiter` and `sheet` say what is otherwise found out. `today` (the clock's, when None) bounds dates.
    Raises `LearnersError` with all findings when the list as a whole cannot be read, `UnreadableError` and `LimitError`
    for a file that is none or is too large.
    """
    if isinstance(source, str):
        source = Path(source)
    if isinstance(source, Path):
        rows, where = _opened(source, course, encoding, delimiter, sheet), str(source)
    else:
        rows, where = MappingRows(source), "The source of rows"
    names = rows.titles if isinstance(rows, MappingRows) else None
    top = [] if names is not None else list(itertools.islice(rows.rows(), LOOKED_AT))
    layout, problems = find_layout(top, course, titles=names)
    if layout is None:
        raise LearnersError(where, (*rows.found.findings, *problems))
    day = today or datetime.now(UTC).date()
    reader = RowReader(course, layout, rows.found, exact=rows.found.kind == "rows", today=day)
    findings = [*rows.found.findings, *layout.findings, *_gaps(top, layout)]
    table = LearnerTable(rows, layout, reader, findings)
    table.look_ahead(where)
    return table


def _opened(path: Path, course: Course, encoding: str | None, delimiter: str | None, sheet: str | None) -> RowSource:
    try:
        with path.open("rb") as stream:
            start = stream.read(64)
        if is_spreadsheet(start):
            return open_spreadsheet(path, sheet=sheet)
        for mark, what in _NO_LISTS:
            if start.lstrip().lower().startswith(mark.lower()):
                raise UnreadableError(
                    f"{path} is {what}, whatever its name says.",
                    remedy="Open it in a spreadsheet program and save it as XLSX or CSV.",
                )
        if path.suffix.lower() in _JSON_NAMES:
            return MappingRows(JsonLines(path), kind="json lines")
        return open_csv(path, score=score(course), encoding=encoding, delimiter=delimiter)
    except OSError as error:
        raise UnreadableError(
            f"{path} cannot be read: {error.strerror or error}.", remedy="Check the path and who may read it."
        ) from error


def _untitled(layout: Layout, at: int) -> Finding:
    return rules.COLUMN_UNTITLED.found(letter=column_letter(at), neighbour=layout.title(max(at - 1, 0)))


def _gaps(top: Sequence[tuple[int, list[Cell]]], layout: Layout) -> list[Finding]:
    """A remark about empty rows between the first learners."""
    empty = 0
    for row, cells in top:
        if row < layout.first_row:
            continue
        if all(is_empty(cell) for cell in cells):
            empty += 1
        elif empty:
            return [rules.ROWS_EMPTY.found(row=row, count=empty, s="" if empty == 1 else "s")]
    return []


def _fingerprint(cells: Sequence[Cell]) -> bytes:
    """What tells two rows apart, with spaces at the ends not counted."""
    text = "\x1f".join(as_shown(cell).strip() for cell in cells).rstrip("\x1f")
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()
