"""The table of `make prove`: plain text anywhere, with colours on a terminal."""

import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final, TextIO

from tests.prove import Line, Row, measure_all

HEADINGS: Final = ("what was to show", "measured", "met")
WIDTHS: Final = (62, 46, 3)


class PlainTable:
    """Prints each row as soon as it is there, so that a log shows how far a long run has come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._group: str | None = None

    def add(self, row: Row) -> None:
        """Prints one row, under the title of its group if that is new."""
        if self._group is None:
            self._print(HEADINGS)
        if row.group != self._group:
            self._group = row.group
            print(f"\n{row.group}\n{'-' * (sum(WIDTHS) + 6)}", file=self._out)
        self._print((row.text, row.measured, "yes" if row.met else "NO"))

    def _print(self, cells: Iterable[str]) -> None:
        columns = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, WIDTHS, strict=True)]
        for parts in zip_longest(*columns, fillvalue=""):
            padded = (part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True))
            print(" | ".join(padded).rstrip(), file=self._out)
        self._out.flush()


def show_on_terminal(lines: Sequence[Line], out: TextIO) -> list[Row]:
    """Measures `lines`, naming the one at work, and prints the table at the end."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=out)
    rows: list[Row] = []
    measuring = measure_all(lines)
    for line in lines:
        with console.status(escape(line.text)):
            rows.append(next(measuring))
    table = Table(*HEADINGS, show_lines=True)
    group = None
    for row in rows:
        if row.group != group:
            group = row.group
            table.add_row(f"[bold]{escape(group)}[/bold]")
        met = "[green]yes[/green]" if row.met else "[bold red]NO[/bold red]"
        table.add_row(escape(row.text), escape(row.measured), met)
    console.print(table)
    return rows


def summary(rows: Sequence[Row]) -> str:
    """The closing line."""
    met = sum(row.met for row in rows)
    seconds = sum(row.seconds for row in rows)
    return f"\n{met} of {len(rows)} met, in {seconds:.0f} s."
