"""The course and the learners that a command line names."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from edc_microcred.findings import Finding
    from edc_microcred.microcredential import Course, LearnerTable

ENCODING_HELP = (
    "Encoding of a CSV file (default: found out): utf-8, utf-16, windows-1250, windows-1251, windows-1252, …"
)
DELIMITER_HELP = "Delimiter of a CSV file (default: found out): ',' ';' tab."
SHEET_HELP = "Name of the sheet of a spreadsheet (default: the first with learners)."


def print_course_findings(path: Path, findings: "list[Finding]", *, err: bool = False) -> None:
    """What was found in a course file, one finding after the other as an editor's jump target."""
    from edc_microcred.cli import terminal

    told: set[str] = set()
    for finding in findings:
        place = f":{finding.line}:{finding.column}" if finding.line is not None else ""
        label = typer.style(finding.severity.value, fg=terminal.SEVERITY_COLOURS[finding.severity])
        typer.echo(f"{path}{place}: {label}: {terminal.safe(finding.message)} ({finding.rule})", err=err)
        fix = finding.definition.fix if finding.definition is not None else ""
        if fix and finding.rule not in told:
            told.add(finding.rule)
            typer.echo(f"    Fix: {terminal.safe(fix)}", err=err)


def load(path: Path) -> "tuple[Course | None, list[Finding]]":
    """The course (None when it has errors) and what was found in it. Ends the program when there is no such file."""
    from edc_microcred.microcredential import read_course

    if not path.is_file():
        raise typer.BadParameter(f"{path} is no file; `edc-microcred new` writes a course file.", param_hint="COURSE")
    return read_course(path)


def open_learners(
    path: Path, course: "Course", *, encoding: str | None, delimiter: str | None, sheet: str | None
) -> "LearnerTable":
    """The learners in the file at `path`, lazily. Ends the program when it is none, or cannot be read as a list."""
    from edc_microcred.cli import terminal
    from edc_microcred.microcredential import LearnersError, read_learners
    from edc_microcred.microcredential.csv_encoding import KNOWN

    if not path.is_file():
        raise typer.BadParameter(f"{path} is no file.", param_hint="LEARNERS")
    if delimiter is not None:
        delimiter = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ","}.get(delimiter.lower(), delimiter)
        if len(delimiter) != 1:
            raise typer.BadParameter(f"{delimiter[:20]!r}: write ',' or ';' or tab.", param_hint="--delimiter")
    if encoding is not None and encoding.strip().lower().replace("_", "-") not in KNOWN:
        raise typer.BadParameter(f"{encoding[:40]!r}: leave it out, or write utf-8, utf-16, windows-1250, "
                                 "windows-1251 or windows-1252.", param_hint="--encoding")  # fmt: skip
    try:
        return read_learners(path, course, encoding=encoding, delimiter=delimiter, sheet=sheet)
    except LearnersError as error:
        typer.echo(f"edc-microcred: {terminal.safe(error.message)}", err=True)
        terminal.print_findings(error.findings, err=True)
        typer.echo(error.state, err=True)
        raise typer.Exit(1) from error


def how_read(table: Any) -> str:
    """What was found out about a table, in a few words: `UTF-8, semicolons`, or `sheet “Learners”`."""
    from edc_microcred.cli import terminal

    delimiters = {";": "semicolons", ",": "commas", "\t": "tabs"}
    parts = []
    if table.encoding:
        parts.append(str(table.encoding))
    if table.delimiter:
        parts.append(delimiters.get(table.delimiter, f"delimiter {table.delimiter!r}"))
    if table.sheet:
        parts.append(f"sheet “{terminal.safe(table.sheet, 60)}”")
    return ", ".join(parts)
