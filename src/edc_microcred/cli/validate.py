"""`validate`: does the content of credentials keep its profile? Seals are not looked at."""

from typing import Annotated, Any

import typer


def command(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, patterns, or - for standard input.")],
    profile: Annotated[
        str | None, typer.Option(help="generic-no-cv, generic-full, accredited, … (default: what each declares).")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Validate the content of credentials, sealed or not. Exit code 0: no errors; 1: one has errors."""
    from edc_microcred.cli import inputs, terminal
    from edc_microcred.errors import UnreadableError
    from edc_microcred.findings import Outcome, Severity
    from edc_microcred.verification.content import conforms, findings_of, unreadable

    inputs.check_profile(profile)
    results: list[dict[str, Any]] = []
    failed = False
    for name in terminal.with_progress(inputs.gather(paths), "Validating"):
        try:
            document = inputs.open_document(name)
            findings = findings_of(document, profile)
        except UnreadableError as error:
            findings = [unreadable(error)]
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        failed = failed or bool(errors)
        if json_:
            members = [finding.as_json() for finding in findings]
            results.append({"path": name, "conforms": conforms(findings), "findings": members})
            continue
        said = "no errors" if not errors else f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
        terminal.print_outcome(Outcome.INVALID if errors else Outcome.VALID, f"{name}: {said}", bold=True)
        terminal.print_findings(findings, indent=4)
    if json_:
        terminal.print_json({"version": 1, "files": results})
    raise typer.Exit(1 if failed else 0)
