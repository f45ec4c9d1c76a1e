"""`check`: all that is wrong with a course file, and with its learners, before anything is issued."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edc_microcred.cli import courses

if TYPE_CHECKING:
    from edc_microcred.findings import Finding
    from edc_microcred.microcredential import Course


def command(
    course: Annotated[Path, typer.Argument(metavar="COURSE", help="The course file (YAML).")],
    learners: Annotated[
        Path | None, typer.Argument(metavar="LEARNERS", help="The learners, to check them too.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help=courses.ENCODING_HELP)] = None,
    delimiter: Annotated[str | None, typer.Option(metavar="CHARACTER", help=courses.DELIMITER_HELP)] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help=courses.SHEET_HELP)] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check a course file, and the learners when they are given: all errors at once, with their place.

    Exit code 0: no errors, the same rows will be issued; 1: there are errors.
    """
    from edc_microcred.cli import terminal
    from edc_microcred.findings import Outcome, Severity

    described, findings = courses.load(course)
    if described is not None:
        findings = [*findings, *_specimen_findings(described)]
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    rows = _check_learners(described, learners, encoding, delimiter, sheet) if described and learners else []
    wrong = [row for row in rows if row["state"] != "ready"]
    if json_:
        report: dict[str, Any] = {
            "version": 1,
            "course": str(course),
            "findings": list(map(terminal.finding_members, findings)),
        }
        if learners is not None:
            report |= {"learners": str(learners), "rows": rows}
        terminal.print_json(report)
        raise typer.Exit(1 if errors or wrong else 0)
    courses.print_course_findings(course, findings)
    said = "no errors" if not errors else f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
    terminal.print_outcome(Outcome.INVALID if errors else Outcome.VALID, f"{course}: {said}", bold=True)
    if learners is not None and described is not None:
        good = len(rows) - len(wrong)
        said = f"{good} of {len(rows)} rows can be issued"
        terminal.print_outcome(Outcome.INVALID if wrong else Outcome.VALID, f"{learners}: {said}", bold=True)
    raise typer.Exit(1 if errors or wrong else 0)


def _specimen_findings(course: "Course") -> "list[Finding]":
    """What is wrong with a credential of the course for an invented learner."""
    from edc_microcred.issuing import check_course

    return check_course(course)


def _check_learners(
    course: "Course", learners: Path, encoding: str | None, delimiter: str | None, sheet: str | None
) -> list[dict[str, Any]]:
    """Every row as it would be issued; those that would not be are told."""
    from edc_microcred.cli import terminal
    from edc_microcred.issuing import issue

    table = courses.open_learners(learners, course, encoding=encoding, delimiter=delimiter, sheet=sheet)
    typer.echo(f"{learners}: read as {courses.how_read(table) or table.kind}", err=True)
    terminal.print_findings(table.findings, err=True)
    rows = []
    for result in issue(course, table, signer=None, out=None, dry_run=True):
        if result.findings:
            typer.echo(f"{learners}, row {result.row}:", err=True)
            terminal.print_findings(result.findings, indent=4, err=True)
        rows.append(result.as_json())
    return rows
