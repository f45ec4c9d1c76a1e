"""Cells as they come out of a file or a program, before anybody asks what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol, TypeAlias

from edc_microcred.errors import EdcMicrocredError
from edc_microcred.findings import Finding, Severity

Cell: TypeAlias = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
"""An empty cell is an empty text or None."""

MOST_COLUMNS = 512
LONGEST_CELL = 32_767
"""The most characters that a cell of a spreadsheet can have."""


class LearnersError(EdcMicrocredError):
    """A list of learners cannot be read as a whole: no titles, a column missing, an encoding that is not clear.

    `findings` holds all reasons. The text names columns, never a value.
    """

    def __init__(self, where: str, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        super().__init__(
            f"{where} cannot be read as a list of learners.",
            remedy="\n  ".join(_impersonal(finding) for finding in errors[:25]),
            state="Nothing was issued.",
        )
        self.findings = findings


def _impersonal(finding: Finding) -> str:
    """The message of a finding; where that shows names, the one without them, which the finding has too."""
    if finding.definition is None or "impersonal" not in finding.values:
        return finding.message
    return finding.definition.message.format_map({**finding.values, "shown": finding.values["impersonal"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found out about a source: shown to the registrar, who may say otherwise."""

    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    findings: tuple[Finding, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Cells that hold a formula: row from 1, column from 0."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that show an error, with its text."""


class RowSource(Protocol):
    """Rows of cells with their numbers, as often as one asks for them."""

    found: Found

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number, as the file shows it from 1, and the cells. Raises `LearnersError` where it cannot go on."""
        ...


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_shown(cell: Cell) -> str:
    """A cell as a registrar sees it: whole numbers without a point, days without a time."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time() and cell.tzinfo is None:
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def column_letter(index: int) -> str:
    """The letters of a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
