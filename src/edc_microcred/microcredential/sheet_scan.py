"""What a sheet is like before it is read: how large, where formulas and errors are, how much text.

The reader of spreadsheets (calamine) makes room for the whole rectangle between the first and the last cell: two cells
in opposite corners of a sheet, a file of 3 kB, would have it ask for 500 GB and end the process. It also gives a
formula without a value, an error and an empty cell as the same empty text. So the XML is looked through first.

Clauses: ISO/IEC 29500-1, 18.3.1.4 `c`, 18.3.1.40 `f`; OpenDocument 1.3 part 3, 19.675 and 19.679 (repetition).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from edc_microcred.errors import LimitError, UnreadableError

MOST_CELLS: Final = 4_000_000
"""The most cells of the rectangle that is filled: 200,000 learners with twenty columns."""
MOST_WIDE: Final = 16_384
"""The columns of a sheet in the usual programs; anything beyond is made to do harm."""
MOST_CHARACTERS: Final = 200_000_000
_SAVE_AGAIN: Final = "Open it in a spreadsheet program and save it again."
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Scan:
    """What was seen. Rows from 1, columns from 0."""

    rows: int = 0
    columns: int = 0
    characters: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int, path: Path) -> None:
        """Notes that there is a cell; raises `LimitError` when the rectangle becomes too large."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column + 1)
        if self.rows * self.columns > MOST_CELLS or column >= MOST_WIDE:
            raise LimitError(
                f"{path} has values down to row {self.rows:,} and out to column {self.columns:,}: too large.",
                remedy="Delete everything below and to the right of the learners, and save the file again.",
                state="It was not read.",
            )

    def text(self, length: int, path: Path) -> None:
        """Notes so many characters of text; raises `LimitError` when there are too many."""
        self.characters += length
        if self.characters > MOST_CHARACTERS:
            raise LimitError(
                f"{path} holds more than {MOST_CHARACTERS:,} characters of text.",
                remedy="Copy the learners alone into a new file.",
                state="It was not read.",
            )


def parse_xml(parser: "expat.XMLParserType", pieces: Iterable[bytes], path: Path) -> None:
    """Runs a parser over XML in pieces. Document types are refused: they bring entities, and no spreadsheet has one."""

    def refuse(*_: object) -> None:
        raise UnreadableError(f"{path} declares a document type; no spreadsheet does.", remedy="Save the file again.")

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableError(
            f"{path} is damaged: its XML ends or breaks in line {error.lineno}.",
            remedy=_SAVE_AGAIN,
        ) from error


def local(name: str) -> str:
    """A qualified name without its prefix."""
    return name.rpartition(":")[2]


def shared_text_lengths(pieces: Iterable[bytes], path: Path) -> list[int]:
    """The length of each text of an XLSX file's table of shared texts."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if local(name) == "si":
            lengths.append(0)

    def characters(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    parse_xml(parser, pieces, path)
    return lengths


class XlsxScan:
    """Looks through one sheet of an XLSX file."""

    def __init__(self, path: Path, lengths: list[int]) -> None:
        self.scan: Final = Scan()
        self._path = path
        self._lengths = lengths
        self._row = 0
        self._column = -1
        self._kind = ""
        self._value: list[str] | None = None
        self._known_columns: dict[str, int] = {}

    def run(self, pieces: Iterable[bytes]) -> Scan:
        """The scan of the sheet's XML."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parse_xml(parser, pieces, self._path)
        return self.scan

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = local(name)
        if name == "c":
            place = attributes.get("r")
            if place is None:
                self._column, self._row = self._column + 1, max(self._row, 1)
            else:
                self._move_to(place)
            self._kind = attributes.get("t", "")
            if self._row > self.scan.rows or self._column >= self.scan.columns:
                self.scan.cell(self._row, self._column, self._path)
        elif name == "row":
            said = attributes.get("r")
            if said is not None and not (said.isascii() and said.isdigit() and len(said) < 8):
                raise UnreadableError(f"{self._path} has a row whose number cannot be read.", remedy=_SAVE_AGAIN)
            self._row = int(said) if said is not None else self._row + 1
            self._column = -1
        elif name == "f":
            self.scan.formulas.add((self._row, self._column))
        elif name in ("v", "t"):
            self._value = []

    def _move_to(self, place: str) -> None:
        letters = place.rstrip("0123456789")
        column = self._known_columns.get(letters)
        digits = place[len(letters) :]
        if column is None or not 0 < len(digits) < 8:
            if _REFERENCE.fullmatch(place) is None:  # another reader could take it for a place far away
                raise UnreadableError(f"{self._path} has a cell whose place cannot be read.", remedy=_SAVE_AGAIN)
            column = self._known_columns[letters] = column_index(letters)
        self._column, self._row = column, int(digits)

    def _characters(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def _end(self, name: str) -> None:
        if self._value is None or name[-1] not in "vt":
            return
        text = "".join(self._value)
        self._value = None
        if self._kind == "e":
            self.scan.errors[self._row, self._column] = text
        elif self._kind == "s":
            known = text.isascii() and text.isdigit() and len(text) < 9 and int(text) < len(self._lengths)
            self.scan.text(self._lengths[int(text)] if known else 0, self._path)
        else:
            self.scan.text(len(text), self._path)


def column_index(letters: str) -> int:
    """The column that letters name, from 0: 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class OdsScan:
    """Looks through all sheets of an ODS file, which calamine reads together; keeps what it sees by sheet."""

    def __init__(self, path: Path) -> None:
        self.sheets: Final[dict[str, Scan]] = {}
        self._path = path
        self._scan = Scan()
        self._row = 0
        self._rows = 1
        self._column = 0
        self._columns = 1
        self._filled = False
        self._depth = 0

    def run(self, pieces: Iterable[bytes]) -> dict[str, Scan]:
        """The scans of all sheets by name."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parse_xml(parser, pieces, self._path)
        return self.sheets

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        said = {local(key): value for key, value in attributes.items()}
        if name == "table":
            self._scan = self.sheets[said.get("name", "")] = Scan()
            self._row = 0
        elif name == "table-row":
            self._rows = _repeated(said.get("number-rows-repeated"))
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._columns = _repeated(said.get("number-columns-repeated"))
            self._filled = False
            self._depth += 1
            if "value-type" in said or "formula" in said:
                self._fill()
            if "formula" in said:
                self._scan.formulas.add((self._row + 1, self._column))

    def _characters(self, text: str) -> None:
        if self._depth and text.strip():
            self._fill()
            self._scan.text(len(text) * self._rows * self._columns, self._path)

    def _fill(self) -> None:
        self._filled = True
        self._scan.cell(self._row + self._rows, self._column + self._columns - 1, self._path)

    def _end(self, name: str) -> None:
        name = local(name)
        if name in ("table-cell", "covered-table-cell"):
            self._depth -= 1
            self._column += self._columns
        elif name == "table-row":
            self._row += self._rows


def _repeated(said: str | None) -> int:
    """How often a row or cell is repeated; a number that cannot be read counts as very often."""
    if said is None:
        return 1
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else MOST_CELLS
