"""Rows out of a CSV file: separator and encoding are found out, and can be said.

The separator is the one of comma, semicolon and tab under which the first rows have the titles that are looked for; a
first line `sep=;` says it, as spreadsheets write it. The file is read row by row and never held as a whole.

Clause: RFC 4180.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.cells import LONGEST_CELL, MOST_COLUMNS, Cell, Found, LearnersError
from edc_microcred.microcredential.csv_encoding import find_encoding

LARGEST: Final = 200_000_000
"""The most bytes of a CSV file: a million learners with long rows."""
LONGEST_LINE: Final = 1_000_000
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take a cell for a formula by, where it comes first (OWASP, CSV injection)."""
_SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab"}
_LOOKED_AT: Final = 25


class CsvRows:
    """The rows of one CSV file."""

    def __init__(self, path: Path, codec: str, found: Found, *, skip: int) -> None:
        self.path: Final = path
        self.found = found
        self._codec = codec
        self._skip = skip

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number and cells. Raises `LearnersError` where quotation marks break the file."""
        return _rows(self.path, self._codec, self.found.delimiter or ",", self._skip)


def open_csv(
    path: Path,
    *,
    score: Callable[[Sequence[Cell]], int],
    encoding: str | None = None,
    delimiter: str | None = None,
) -> CsvRows:
    """The rows of the file at `path`. `score` tells how many of the titles looked for a row has.

    Raises `LearnersError`, `LimitError` for a file that is too large, `UnreadableError` for a wrong `delimiter`.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise LimitError(
            f"{path} has {size:,} bytes; the limit for a list of learners is {LARGEST:,}.",
            remedy="Split it into several files.",
            state="It was not read.",
        )
    if delimiter is not None and len(delimiter) != 1:
        raise UnreadableError(
            f"{delimiter[:20]!r} is no separator: it must be one character.", remedy="Say , or ; or a tab."
        )
    how = find_encoding(path, said=encoding)
    skip, said = _said_separator(path, how.codec)
    separator = delimiter or said or _separator(path, how.codec, skip, score)
    found = Found(kind="csv", encoding=how.shown, delimiter=separator, findings=how.findings)
    return CsvRows(path, how.codec, found, skip=skip)


def _said_separator(path: Path, codec: str) -> tuple[int, str | None]:
    with path.open(encoding=codec, newline="") as stream:
        first = stream.readline(16).strip().strip('"')
    return (1, first[4]) if len(first) == 5 and first.lower().startswith("sep=") else (0, None)


def _separator(path: Path, codec: str, skip: int, score: Callable[[Sequence[Cell]], int]) -> str:
    """The separator that finds most titles; among equals, the one that makes most cells."""
    best, rank = ",", (-1, -1)
    for separator in _SEPARATORS:
        this = (0, 0)
        with suppress(LearnersError):  # told when the file is read with the separator that is chosen
            for _, cells in islice(_rows(path, codec, separator, skip), _LOOKED_AT):
                this = max(this, (score(cells), len(cells)))
        if this > rank:
            best, rank = separator, this
    return best


def _rows(path: Path, codec: str, separator: str, skip: int) -> Iterator[tuple[int, list[Cell]]]:
    number = 0
    with path.open(encoding=codec, newline="") as stream:
        reader = csv.reader(_lines(stream, path), delimiter=separator, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _broken(path, number + 1 - skip, str(error)) from None
            number += 1
            if number <= skip:
                continue
            if len(cells) > 64 * MOST_COLUMNS:
                found = rules.TOO_MANY_COLUMNS.found(columns=f"{len(cells):,}", most=MOST_COLUMNS)
                raise LearnersError(str(path), (found,))
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise _broken(path, number, f"a cell has more than {LONGEST_CELL:,} characters")
            yield number - skip, [unquoted(cell) for cell in cells]


def unquoted(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it as a formula; our own tables have it.

    >>> unquoted("'=HYPERLINK(A1)"), unquoted("'s-Hertogenbosch")
    ('=HYPERLINK(A1)', "'s-Hertogenbosch")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS and len(cell) > 1 else cell


def _lines(stream: Iterator[str], path: Path) -> Iterator[str]:
    """The lines of the file, none longer than the limit, so that one without an end does not fill the memory."""
    readline: Callable[[int], str] = stream.readline  # type: ignore[attr-defined]  # a text file, which typing hides
    number = 0
    while line := readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise _broken(path, number, f"a line has more than {LONGEST_LINE:,} characters")
        if "\x00" in line:
            raise _broken(path, number, "a line holds a zero byte")
        yield line


def _broken(path: Path, row: int, problem: str) -> LearnersError:
    words = {"unexpected end of data": "a quotation mark is open at the end of the file"}
    return LearnersError(str(path), (rules.LINE_BROKEN.found(row=row, problem=words.get(problem, problem)),))
