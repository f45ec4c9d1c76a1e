"""Rows out of JSON lines, and out of anything that gives mappings: a database cursor, a list of dicts.

The titles are the names that the first hundred rows have. A name that appears later is not looked at.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from edc_microcred.errors import EdcMicrocredError, LimitError
from edc_microcred.json_text import parse
from edc_microcred.limits import Limits
from edc_microcred.microcredential.cells import LONGEST_CELL, Cell, Found

LARGEST: Final = 200_000_000
LONGEST_LINE: Final = 1_000_000
_PEEKED: Final = 100
_LIMITS: Final = Limits(size=LONGEST_LINE, depth=4, members=2_000)


class NoRow(str):
    """A row that could not be read; the text says why."""


class MappingRows:
    """Rows of mappings. `number` gives the row's number; a broken row comes as a `NoRow` in place of its cells."""

    def __init__(self, source: Iterable[Mapping[str, Any] | NoRow], kind: str = "rows") -> None:
        self.found = Found(kind=kind)
        self.once: Final = iter(source) is source
        """Whether the rows can be had only once, so that nobody can look ahead."""
        self._source = source
        if self.once:
            peeked = list(itertools.islice(source, _PEEKED))
            self._source = itertools.chain(peeked, source)
        else:
            peeked = list(itertools.islice(source, _PEEKED))
        self.titles: Final = list(
            dict.fromkeys(str(name) for row in peeked if isinstance(row, Mapping) for name in row)
        )

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number from 1, and the cells in the order of the titles."""
        for number, row in enumerate(self._source, 1):
            if isinstance(row, NoRow):
                if row:
                    yield number, [row]
            else:
                yield number, [_cell(row.get(title)) for title in self.titles]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    from datetime import date, datetime, time
    from decimal import Decimal

    return value if isinstance(value, Decimal | date | datetime | time) else str(value)[:LONGEST_CELL]


class JsonLines:
    """The objects of a file with one JSON object a line; can be read again and again."""

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > LARGEST:
            raise LimitError(
                f"{path} has {path.stat().st_size:,} bytes; the limit for a list of learners is {LARGEST:,}.",
                remedy="Split it into several files.",
            )
        self._path = path

    def __iter__(self) -> Iterator[Mapping[str, Any] | NoRow]:
        with self._path.open("rb") as stream:
            while line := stream.readline(LONGEST_LINE):
                yield _object(line)


def _object(line: bytes) -> Mapping[str, Any] | NoRow:
    """The object of a line; an empty `NoRow` for an empty line, which only counts."""
    if not line.strip():
        return NoRow("")
    try:
        value = parse(line.decode("utf-8-sig").strip(), limits=_LIMITS, what="the line")
    except UnicodeDecodeError:
        return NoRow("it is not UTF-8")
    except EdcMicrocredError as error:
        return NoRow(error.message)
    return value if isinstance(value, dict) else NoRow("it is something else")
