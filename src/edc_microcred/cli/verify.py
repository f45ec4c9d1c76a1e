"""`verify`: is this credential genuine, unchanged, in force, and sealed by somebody you trust?"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from edc_microcred.cli import inputs

if TYPE_CHECKING:
    from edc_microcred.trust import TrustPolicy
    from edc_microcred.verification.report import VerificationReport


def command(
    files: Annotated[
        list[str], typer.Argument(metavar="FILES", help="Files, folders, patterns, or - for standard input.")
    ],
    trust: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder with anchors (*.pem), CRLs (*.crl) and OCSP responses (*.ocsp)."),
    ] = None,
    trust_anchor: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A certificate that you trust; may be given several times."),
    ] = None,
    crl: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A revocation list; may be given several times.")
    ] = None,
    ocsp: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="An OCSP response; may be given several times.")
    ] = None,
    revocation: Annotated[
        str, typer.Option(metavar="HOW", help="Whether revocation must be known: require, if-present, none.")
    ] = "require",
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Verify for this time, as 2026-03-01T09:00:00+01:00.")
    ] = None,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help=inputs.PROFILE_HELP)] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the reports as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print one line a file.")] = False,
) -> None:
    """Verify sealed credentials. Exit code 0: all valid; 1: one is invalid; 3: one cannot be decided."""
    from edc_microcred.cli import terminal
    from edc_microcred.findings import Outcome
    from edc_microcred.verification import verify

    policy = _policy(trust, trust_anchor or [], crl or [], ocsp or [], revocation)
    moment = _moment(at)
    inputs.check_profile(profile)
    names = inputs.gather(files)
    reports = []
    told: set[str] = set()
    for name in terminal.with_progress(names, "Verifying"):
        source = _stdin() if name == inputs.STDIN else Path(name)
        report = _shown(verify(source, policy, at=moment, profile=profile))
        reports.append(report)
        if json_:
            continue
        terminal.print_outcome(report.outcome, f"{name}: {report.sentence}", bold=True)
        if not quiet:
            for check in report.checks:
                terminal.print_outcome(check.outcome, f"{check.check}: {check.message}", indent=4)
            terminal.print_findings(report.findings, indent=6, told=told)
    outcome = Outcome.worst(report.outcome for report in reports)
    if json_:
        terminal.print_json({"version": 1, "outcome": outcome.value, "files": list(map(_members, reports))})
    raise typer.Exit(terminal.EXIT_CODES[outcome])


def _members(report: "VerificationReport") -> dict[str, object]:
    """The report as JSON; each finding says what to do."""
    from edc_microcred.cli import terminal

    return {**report.as_json(), "findings": [terminal.finding_members(finding) for finding in report.findings]}


def _shown(report: "VerificationReport") -> "VerificationReport":
    """The report without names of members that no standard has: an issuer may have written a learner's name there."""
    if not any(finding.pointer for finding in report.findings):
        return report  # as of most files; what follows takes a while to import
    from edc_microcred.reports.redaction import without_strange_names

    checks = []
    for check in report.checks:
        findings = tuple(map(without_strange_names, check.findings))
        message = next((new.message for old, new in zip(check.findings, findings, strict=True)
                        if old.message == check.message), check.message)  # fmt: skip
        checks.append(replace(check, findings=findings, message=message))
    return replace(report, checks=tuple(checks))


def _stdin() -> bytes:
    import sys

    from edc_microcred.limits import DEFAULT_LIMITS

    return sys.stdin.buffer.read(DEFAULT_LIMITS.size + 1)


def _policy(
    folder: Path | None, anchors: list[Path], crls: list[Path], ocsps: list[Path], revocation: str
) -> "TrustPolicy":
    from edc_microcred.trust import TrustPolicy

    if revocation not in ("require", "if-present", "none"):
        raise typer.BadParameter(f"{revocation!r}: write require, if-present or none.", param_hint="--revocation")
    policy = TrustPolicy(revocation=revocation)  # type: ignore[arg-type]  # one of the three, as just checked
    with inputs.option("--trust-anchor"):
        policy = policy.joined(TrustPolicy.from_files(anchors=anchors))
    with inputs.option("--crl"):
        policy = policy.joined(TrustPolicy.from_files(crls=crls))
    with inputs.option("--ocsp"):
        policy = policy.joined(TrustPolicy.from_files(ocsp_responses=ocsps))
    if folder is None:
        return policy
    with inputs.option("--trust"):
        return policy.joined(TrustPolicy.from_folder(folder))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise typer.BadParameter(
            f"{text!r} is no time with a zone; write 2026-03-01T09:00:00+01:00.", param_hint="--at"
        )
    return moment
