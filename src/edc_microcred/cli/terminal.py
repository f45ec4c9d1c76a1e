"""How results look in a terminal. Text from a file is made harmless: no control characters, no markup."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import typer

from edc_microcred.findings import Finding, Outcome, Severity, shorten

T = TypeVar("T")

MARKS = {Outcome.VALID: "✓", Outcome.INVALID: "✗", Outcome.INDETERMINATE: "?"}
COLOURS = {
    Outcome.VALID: typer.colors.GREEN,
    Outcome.INVALID: typer.colors.RED,
    Outcome.INDETERMINATE: typer.colors.YELLOW,
}
EXIT_CODES = {Outcome.VALID: 0, Outcome.INVALID: 1, Outcome.INDETERMINATE: 3}
SEVERITY_COLOURS = {
    Severity.ERROR: typer.colors.RED,
    Severity.WARNING: typer.colors.YELLOW,
    Severity.INFO: typer.colors.BLUE,
}


def safe(text: object, longest: int = 400) -> str:
    """Text from anywhere as one line that a terminal shows and does not obey."""
    return shorten(text, longest)


def harmless(text: str) -> str:
    """Text of several lines that a terminal shows and does not obey: other characters that do not print are replaced.

    In JSON, which begins with a brace, they are escaped and so stay what they are.
    """
    strange = [c for c in set(text) if not c.isprintable() and c not in "\n\t"]
    if not strange:
        return text
    return text.translate({ord(c): _escaped(c) if text.startswith("{") else "�" for c in strange})


def _escaped(character: str) -> str:
    octets = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{octets[at : at + 2].hex()}" for at in range(0, len(octets), 2))


def print_json(value: Mapping[str, Any]) -> None:
    """`value` as JSON on standard output."""
    typer.echo(harmless(json.dumps(value, ensure_ascii=False, indent=2)))


def print_outcome(outcome: Outcome, text: str, *, indent: int = 0, bold: bool = False) -> None:
    """A line with the mark of an outcome before it."""
    mark = typer.style(MARKS[outcome], fg=COLOURS[outcome], bold=True)
    typer.echo(f"{' ' * indent}{mark} {typer.style(safe(text), bold=bold)}")


def finding_members(finding: Finding) -> dict[str, Any]:
    """A finding as JSON, with what its rule says is to be done."""
    fix = finding.definition.fix if finding.definition is not None else ""
    return {**finding.as_json(), **({"fix": fix} if fix else {})}


def print_findings(
    findings: Iterable[Finding], *, indent: int = 0, err: bool = False, told: set[str] | None = None
) -> None:
    """Findings, worst first, each with its rule and place; on standard error where `err` says so.

    What is to be done is said once for each rule; `told` are the rules of which it was said before.
    """
    told = set() if told is None else told
    order = list(Severity)
    for finding in sorted(findings, key=lambda f: order.index(f.severity)):
        label = typer.style(f"{finding.severity.value:7}", fg=SEVERITY_COLOURS[finding.severity])
        place = f" at {safe(finding.pointer)}" if finding.pointer else ""
        column = f", column {finding.column}" if finding.column is not None else ""
        line = f" (line {finding.line}{column})" if finding.line is not None else ""
        typer.echo(f"{' ' * indent}{label} {finding.rule}{place}{line}", err=err)
        typer.echo(f"{' ' * indent}        {safe(finding.message)}", err=err)
        fix = finding.definition.fix if finding.definition is not None else ""
        if fix and finding.rule not in told:
            told.add(finding.rule)
            typer.echo(f"{' ' * indent}        Fix: {safe(fix)}", err=err)


def with_progress(items: Iterable[T], what: str, *, total: int | None = None) -> Iterator[T]:
    """The items, with a progress bar on a terminal when there are many of them (`total`, where they have no length)."""
    count = total if total is not None else len(items) if isinstance(items, Sequence) else 0
    if count < 20 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=what, total=count, console=Console(stderr=True), transient=True)


def with_rate(items: Iterable[T], what: str, *, total: int | None) -> Iterator[T]:
    """The items, with a bar on a terminal that shows how many a second and, where `total` is known, the time left."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total, rate="")
        for item in items:
            yield item
            progress.advance(task)
            speed = progress.tasks[0].speed
            if speed:
                progress.update(task, rate=f"{speed:,.0f}/s")
