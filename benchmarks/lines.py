"""What was measured, a line each, and the table of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TextIO

from benchmarks.timing import Times

HEADINGS: Final = ("what", "ours", "peer", "ratio", "goal", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row. `ratio` tells how often ours fits into the peer's time ; `met` is None without a goal."""

    what: str
    ours: str
    peer: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:,.2f}" if self.ratio < 10 else f"{self.ratio:,.0f}"
        return (self.what, self.ours, self.peer, ratio, self.goal, {True: "yes", False: "NO", None: ""}[self.met])


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not measured, and why."""

    what: str
    why: str


def under(what: str, ours: Times, limit: float, goal: str) -> Line:
    """A line whose goal is a median below `limit` seconds."""
    return Line(what=what, ours=str(ours), goal=goal, met=ours.median < limit)


def beside(what: str, ours: Times, peer_name: str, peer: Times, *, at_least: float | None = None) -> Line:
    """A line that compares two medians; the goal is a ratio of `at_least`."""
    ratio = peer.median / ours.median
    goal = "" if at_least is None else f"at least {at_least:g} times" if at_least >= 1 else f"at least {at_least:.0%}"
    met = None if at_least is None else ratio >= at_least
    return Line(what=what, ours=str(ours), peer=f"{peer_name} {peer}", ratio=ratio, goal=goal, met=met)


def write_table(subjects: Iterable[tuple[str, list[Line | Skipped]]], out: TextIO) -> None:
    """The table, subject by subject, as wide as its cells."""
    subjects = list(subjects)
    rows = [line.cells for _, lines in subjects for line in lines if isinstance(line, Line)]
    widths = [max(len(cell) for cell in column) for column in zip(HEADINGS, *rows, strict=True)]

    def put(cells: tuple[str, ...]) -> None:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip(), file=out)

    put(HEADINGS)
    for title, lines in subjects:
        print(f"\n{title}\n{'-' * (sum(widths) + 2 * len(widths) - 2)}", file=out)
        for line in lines:
            if isinstance(line, Line):
                put(line.cells)
            else:
                print(f"{line.what}: not measured, {line.why}", file=out)


def summary(lines: Iterable[Line | Skipped]) -> str:
    """The closing line."""
    lines = list(lines)
    goals = [line for line in lines if isinstance(line, Line) and line.met is not None]
    skipped = sum(isinstance(line, Skipped) for line in lines)
    more = f", {skipped} not measured" if skipped else ""
    return f"{sum(bool(line.met) for line in goals)} of {len(goals)} goals met{more}."
