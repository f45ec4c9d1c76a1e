"""`validate`: does the content of credentials keep its profile? Seals are not looked at."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from edc_microcred.cli import inputs

if TYPE_CHECKING:
    from edc_microcred.reports import Baseline, FileResult, Settings


def command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATHS", help="Files, folders, patterns, or - for standard input.")
    ],
    profile: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=inputs.PROFILE_HELP),
    ] = None,
    elm: Annotated[str | None, typer.Option(metavar="3.1|3.2", help="The shapes of ELM 3.2 (default) or 3.1.")] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="text, json, sarif, junit or github (default: text for people)."
        ),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(metavar="error|warning", help="Exit code 1 from this weight on: error (default), warning."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Findings in this file are known and not reported.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all findings to this file as known.")
    ] = None,
    redact: Annotated[
        bool | None,
        typer.Option("--redact/--no-redact", help="Nothing from the files in the report: no names, no values."),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings file (default: edc-microcred.toml or pyproject.toml).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the report to this file.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes for many files (default: all cores).")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Put right what has one safe answer, then validate.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "--diff", help="Only show what --fix would change; exit code 1 if anything.")
    ] = False,
) -> None:
    """Validate the content of credentials, sealed or not. Exit code 0: nothing that fails; 1: something does."""
    from edc_microcred.reports import Baseline, write_report

    form = _form(format_, json_)
    if output is not None and str(output) == inputs.STDIN:
        output, form = None, form or "text"
    _refuse_ignored(dry_run, write_baseline, form, output)
    chosen = _settings(settings, profile, elm, fail_on, baseline, redact)
    names, known = _inputs(paths, chosen, write_baseline)
    read = [*names, *(str(path) for path in (settings, chosen.baseline) if path is not None)]
    inputs.refuse_overwriting([output] if output is not None else [], read, hint="--output")
    if write_baseline is not None:
        mine = [*names, *([str(settings)] if settings is not None else [])]
        inputs.refuse_overwriting([write_baseline], mine, hint="--write-baseline")
    refused = 0
    if fix or dry_run:
        from edc_microcred.cli.fixing import fix_files

        changed, refused = fix_files(names, chosen, write=not dry_run)
        if dry_run:
            raise typer.Exit(1 if changed or refused else 0)
    results = _results(names, chosen, workers)
    if write_baseline is not None:
        found = ((r.path, r.findings) for r in results)
        Baseline.of(found, redact=chosen.redact, folder=write_baseline.parent).save(write_baseline)
        count = sum(len(r.findings) for r in results)
        typer.echo(f"{count} findings are known from now on: {write_baseline}", err=True)
        return
    if known is not None:
        results = [replace(r, findings=tuple(known.new(r.path, r.findings))) for r in results]
    if form is not None or output is not None:
        _write(write_report(form or "text", results, redact=chosen.redact, fail_on=chosen.fail_on), output)
    else:
        _show(results, chosen)
    raise typer.Exit(1 if refused or any(result.fails(chosen.fail_on) for result in results) else 0)


def _form(format_: str | None, json_: bool) -> str | None:
    from edc_microcred.reports import FORMATS

    if format_ is not None and format_ not in FORMATS:
        raise typer.BadParameter(f"{format_!r}: write {', '.join(FORMATS)}.", param_hint="--format")
    if json_ and format_ not in (None, "json"):
        raise typer.BadParameter(f"--json means --format json, and {format_} was asked for.", param_hint="--json")
    return "json" if json_ else format_


def _refuse_ignored(dry_run: bool, write_baseline: Path | None, form: str | None, output: Path | None) -> None:
    """Ends the program with exit code 2 where a report is asked for in a run that makes none."""
    asked = [name for name, is_given in (("--format", form), ("--output", output)) if is_given is not None]
    if asked and (dry_run or write_baseline is not None):
        verb = "--diff shows changes" if dry_run else "--write-baseline writes a baseline"
        raise typer.BadParameter(f"{verb} and makes no report; run validate again for one.", param_hint=asked[0])
    if dry_run and write_baseline is not None:
        raise typer.BadParameter("--diff writes nothing, so no baseline either.", param_hint="--write-baseline")


def _inputs(paths: list[str], settings: "Settings", write_baseline: Path | None) -> "tuple[list[str], Baseline | None]":
    """The files to validate, and the baseline. A baseline that lies among the files of a folder is none of them."""
    from edc_microcred.errors import UnreadableError
    from edc_microcred.reports import Baseline

    known, baselines = None, []
    if settings.baseline is not None and write_baseline is None:
        with inputs.option("--baseline"):
            known = Baseline.load(settings.baseline)
        baselines.append(settings.baseline)
    if write_baseline is not None and write_baseline.is_file():
        with suppress(UnreadableError):
            Baseline.load(write_baseline)
            baselines.append(write_baseline)
    names = inputs.without(inputs.gather(paths), baselines)
    if not names:
        raise typer.BadParameter("there is nothing to validate beside the baseline.", param_hint="PATHS")
    return names, known


def _settings(
    path: Path | None,
    profile: str | None,
    elm: str | None,
    fail_on: str | None,
    baseline: Path | None,
    redact: bool | None,
) -> "Settings":
    from edc_microcred.reports import Settings

    inputs.check_profile(profile)
    if elm not in (None, "3.1", "3.2"):
        raise typer.BadParameter("write 3.1 or 3.2.", param_hint="--elm")
    if fail_on not in (None, "error", "warning"):
        raise typer.BadParameter("write error or warning.", param_hint="--fail-on")
    with inputs.option("--settings"):
        found = Settings.load(path) if path is not None else Settings.find(Path())
    given = {"profile": profile, "elm": elm, "fail_on": fail_on, "baseline": baseline, "redact": redact}
    return replace(found, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # checked above


def _results(names: list[str], settings: "Settings", workers: int | None) -> "list[FileResult]":
    from edc_microcred.cli import terminal
    from edc_microcred.errors import UnreadableError
    from edc_microcred.reports import FileResult, validate_file, validate_files
    from edc_microcred.verification.content import unreadable

    if inputs.STDIN not in names:
        found = validate_files(names, settings, workers=workers)
        return list(terminal.with_progress(found, "Validating", total=len(names)))
    results = []
    for name in names:
        try:
            results.append(validate_file(inputs.open_document(name) if name == inputs.STDIN else name, settings))
        except UnreadableError as error:
            results.append(FileResult(path=name, profile=None, conforms=None, findings=(unreadable(error),)))
    return results


def _write(text: str, output: Path | None) -> None:
    from edc_microcred.atomic_file import write_file
    from edc_microcred.cli import terminal

    text = f"{terminal.harmless(text)}\n" if text else ""
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_file(output, text.encode("utf-8"), overwrite=True)


def _show(results: "list[FileResult]", settings: "Settings") -> None:
    from collections import Counter

    from edc_microcred.cli import terminal
    from edc_microcred.findings import Outcome, Severity
    from edc_microcred.reports.redaction import redacted

    told: set[str] = set()
    for result in results:
        errors = sum(finding.severity is Severity.ERROR for finding in result.findings)
        said = "no errors" if not errors else f"{errors} error{'s' if errors > 1 else ''}"
        under = f" ({result.profile})" if result.profile is not None else ""
        outcome = Outcome.INVALID if result.fails(settings.fail_on) else Outcome.VALID
        terminal.print_outcome(outcome, f"{result.path}: {said}{under}", bold=True)
        shown = [redacted(f) if settings.redact else f for f in result.findings]
        terminal.print_findings(shown, indent=4, told=told)
    if len(results) > 1:
        counts = Counter((f.severity, f.rule) for result in results for f in result.findings)
        failing = sum(result.fails(settings.fail_on) for result in results)
        typer.echo(f"\n{len(results)} files, {failing} fail.")
        order = list(Severity)
        for (severity, rule), count in sorted(counts.items(), key=lambda item: (order.index(item[0][0]), -item[1])):
            label = typer.style(f"{severity.value:7}", fg=terminal.SEVERITY_COLOURS[severity])
            typer.echo(f"  {count:5} {label} {rule}")
