"""Rows out of an old XLS file (Excel 97 to 2003), read here and not by calamine.

calamine ends the process when an XLS file names sizes that it cannot have (found by changing single bytes); recipient
sheets of the Commission's issuer are XLS, and come by mail. What a list of learners can hold is little: texts, numbers,
dates, truth values, errors, and the last value of formulas.

Source: [MS-XLS] 2.4 (BoundSheet8, Format, Formula, LabelSst, MulRk, RK, SST, XF), 2.5.293 (strings).
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.microcredential.cells import Cell
from edc_microcred.microcredential.compound_file import read_stream
from edc_microcred.microcredential.sheet_scan import Scan
from edc_microcred.microcredential.xls_strings import read_shared_strings, short_text, text_at

LARGEST: Final = 30_000_000
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BOF, _EOF, _BOUNDSHEET, _SST, _FORMAT, _XF, _DATE1904, _PASSWORD = (
    0x0809, 0x000A, 0x0085, 0x00FC, 0x041E, 0x00E0, 0x0022, 0x002F,
)  # fmt: skip
_FORMULA, _STRING, _LABELSST, _LABEL, _RSTRING, _BOOLERR, _NUMBER, _RK, _MULRK = (
    0x0006, 0x0207, 0x00FD, 0x0204, 0x00D6, 0x0205, 0x0203, 0x027E, 0x00BD,
)  # fmt: skip
_BIFF8: Final = 0x0600
_WORKSHEET: Final = 0
_DATE_FORMATS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS: Final = re.compile(r"[ymdhs]", re.IGNORECASE)


@dataclass(slots=True)
class XlsSheet:
    """One sheet: its name, whether it is hidden, and, once read, its cells by row (from 1) and column (from 0)."""

    name: str
    hidden: bool
    offset: int
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    scan: Scan = field(default_factory=Scan)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number and cells, empty rows included."""
        for row in range(1, self.scan.rows + 1):
            known = self.cells.get(row, {})
            yield row, [known.get(column, "") for column in range(self.scan.columns)]


class XlsWorkbook:
    """The sheets of an XLS file. Raises `LimitError`, and `UnreadableError` for what is damaged, locked or too old."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.stat().st_size > LARGEST:
            raise LimitError(
                f"{path} has {path.stat().st_size:,} bytes; the limit for XLS files is {LARGEST:,}.",
                remedy="Save it as XLSX or CSV.",
            )
        self.sheets: list[XlsSheet] = []
        self._strings: list[str] = []
        self._is_date: list[bool] = []
        self._from_1904 = False
        self._stream = self._read(lambda: read_stream(path.read_bytes(), "Workbook", "Book"))
        self._read(self._globals)

    def sheet(self, index: int) -> XlsSheet:
        """The sheet at `index`, with its cells."""
        sheet = self.sheets[index]
        if not sheet.scan.rows:
            self._read(lambda: self._cells(sheet))
        return sheet

    def _read(self, step: Callable[[], "bytes | None"]) -> bytes:
        try:
            return step() or b""
        except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
            raise UnreadableError(
                f"{self._path} is damaged, or no XLS file.",
                remedy="Open it in a spreadsheet program and save it as XLSX.",
            ) from error

    def _globals(self) -> None:
        formats: dict[int, str] = {}
        styles: list[int] = []
        for kind, body, at in _records(self._stream, 0):
            if kind == _BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
                raise UnreadableError(f"{self._path} is older than Excel 97.", remedy="Save it as XLSX or CSV.")
            if kind == _PASSWORD:
                raise UnreadableError(f"{self._path} is protected by a password.", remedy="Save it without one.")
            if kind == _BOUNDSHEET and body[5] == _WORKSHEET:
                name = short_text(body, 6)
                self.sheets.append(XlsSheet(name, bool(body[4] & 3), struct.unpack_from("<I", body)[0]))
            elif kind == _SST:
                self._strings = read_shared_strings(self._stream, at)
            elif kind == _FORMAT:
                formats[struct.unpack_from("<H", body)[0]] = text_at(body, 2)
            elif kind == _XF:
                styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _DATE1904:
                self._from_1904 = body[0] == 1
            elif kind == _EOF:
                break
        self._is_date = [_shows_a_date(style, formats) for style in styles]

    def _cells(self, sheet: XlsSheet) -> None:
        depth = 0
        waiting: tuple[int, int] | None = None
        for kind, body, _ in _records(self._stream, sheet.offset):
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth == 0:
                    return
            elif depth == 1 and kind == _STRING and waiting is not None:
                self._put(sheet, *waiting, text_at(body, 0))
                waiting = None
            elif depth == 1 and kind in _READERS:
                row, column, style = struct.unpack_from("<HHH", body)
                waiting = (
                    (row + 1, column) if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 0 else None
                )
                for place, value in _READERS[kind](self, sheet, body, row + 1, column, style):
                    self._put(sheet, row + 1, place, value)
        raise ValueError("the sheet does not end")

    def _put(self, sheet: XlsSheet, row: int, column: int, value: Cell) -> None:
        sheet.scan.cell(row, column, self._path)
        if isinstance(value, str):
            sheet.scan.text(len(value), self._path)
        sheet.cells.setdefault(row, {})[column] = value

    def _number(self, value: float, style: int) -> Cell:
        """A number, or the day or time that its format shows it as."""
        if style >= len(self._is_date) or not self._is_date[style] or not 0 <= value < 2_958_466:
            return value
        days, part = divmod(value, 1)
        moment = timedelta(seconds=round(part * 86_400))
        if days == 0 and not self._from_1904:
            return (datetime.combine(date.min, time()) + moment).time() if moment < timedelta(days=1) else value
        if self._from_1904:
            day = date(1904, 1, 1) + timedelta(days=days)
        elif days == 60:  # the 29th of February 1900, which spreadsheets count and which was not
            return value
        else:
            day = date(1899, 12, 30 if days > 60 else 31) + timedelta(days=days)
        return datetime.combine(day, time()) + moment if moment else day

    def _formula(self, sheet: XlsSheet, body: bytes, row: int, column: int, style: int) -> Iterator[tuple[int, Cell]]:
        sheet.scan.formulas.add((row, column))
        if body[12:14] != b"\xff\xff":
            yield column, self._number(struct.unpack_from("<d", body, 6)[0], style)
        elif body[6] == 1:
            yield column, body[8] == 1
        else:
            if body[6] == 2:
                sheet.scan.errors[row, column] = _ERRORS.get(body[8], "#ERROR")
            yield column, ""

    def _shared(self, sheet: XlsSheet, body: bytes, row: int, column: int, style: int) -> Iterator[tuple[int, Cell]]:  # noqa: ARG002  # one shape for all readers
        yield column, self._strings[struct.unpack_from("<I", body, 6)[0]]

    def _label(self, sheet: XlsSheet, body: bytes, row: int, column: int, style: int) -> Iterator[tuple[int, Cell]]:  # noqa: ARG002  # as above
        yield column, text_at(body, 6)

    def _truth(self, sheet: XlsSheet, body: bytes, row: int, column: int, style: int) -> Iterator[tuple[int, Cell]]:  # noqa: ARG002  # as above
        if body[7]:
            sheet.scan.errors[row, column] = _ERRORS.get(body[6], "#ERROR")
            yield column, ""
        else:
            yield column, body[6] == 1

    def _double(self, sheet: XlsSheet, body: bytes, row: int, column: int, style: int) -> Iterator[tuple[int, Cell]]:  # noqa: ARG002  # as above
        yield column, self._number(struct.unpack_from("<d", body, 6)[0], style)

    def _packed(self, sheet: XlsSheet, body: bytes, row: int, column: int, style: int) -> Iterator[tuple[int, Cell]]:  # noqa: ARG002  # as above
        yield column, self._number(_unpacked(body, 6), style)

    def _several(self, sheet: XlsSheet, body: bytes, row: int, column: int, style: int) -> Iterator[tuple[int, Cell]]:  # noqa: ARG002  # as above
        for place in range((len(body) - 6) // 6):
            own = struct.unpack_from("<H", body, 4 + 6 * place)[0]
            yield column + place, self._number(_unpacked(body, 6 + 6 * place), own)


_READERS: Final[Mapping[int, Callable[[XlsWorkbook, XlsSheet, bytes, int, int, int], Iterator[tuple[int, Cell]]]]] = {
    _FORMULA: XlsWorkbook._formula,
    _LABELSST: XlsWorkbook._shared,
    _LABEL: XlsWorkbook._label,
    _RSTRING: XlsWorkbook._label,
    _BOOLERR: XlsWorkbook._truth,
    _NUMBER: XlsWorkbook._double,
    _RK: XlsWorkbook._packed,
    _MULRK: XlsWorkbook._several,
}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """Type, body and place of the records from `at` on."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length], at
        at += 4 + length


def _unpacked(body: bytes, at: int) -> float:
    """The number in an RK: thirty bits of a double or of an integer, perhaps a hundredfold."""
    bits = struct.unpack_from("<I", body, at)[0]
    if bits & 2:
        value = float(struct.unpack("<i", struct.pack("<I", bits & 0xFFFFFFFC))[0] >> 2)
    else:
        value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", bits & 0xFFFFFFFC))[0]
    return value / 100 if bits & 1 else value


def _shows_a_date(style: int, formats: Mapping[int, str]) -> bool:
    """Whether a number format shows a number as a day or a time."""
    if style not in formats:
        return style in _DATE_FORMATS
    plain = _LITERAL.sub("", formats[style])
    return plain.lower() != "general" and bool(_DATE_LETTERS.search(plain))
