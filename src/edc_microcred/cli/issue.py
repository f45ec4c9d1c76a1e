"""`issue`: a course and its learners become sealed credentials in a folder."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from edc_microcred.cli import courses, inputs, keys

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from edc_microcred.issuing import IssueResult, KeyReference
    from edc_microcred.microcredential import Course, LearnerTable
    from edc_microcred.seals import FileSigner

SHOWN: Final = 20
"""How many rows are told one by one; the rest is in `refused.csv`."""

_GOOD: Final = ("issued", "replaced", "kept", "ready")
_WORDS: Final = {
    "issued": "issued", "replaced": "issued in place of an old one", "kept": "there already",
    "ready": "would be issued", "changed": "changed since they were issued", "refused": "refused", "failed": "failed",
}  # fmt: skip


def command(
    course: Annotated[Path, typer.Argument(metavar="COURSE", help="The course file (YAML); `new` writes one.")],
    learners: Annotated[
        Path, typer.Argument(metavar="LEARNERS", help="The learners: CSV, XLSX, XLS, ODS or JSON lines.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FOLDER", help="The folder to issue into (default: the course's name)."),
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help=keys.KEY_HELP)] = None,
    certificate: Annotated[list[Path] | None, typer.Option(metavar="FILE", help=keys.CERTIFICATE_HELP)] = None,
    password_file: Annotated[Path | None, typer.Option(metavar="FILE", help=keys.PASSWORD_HELP)] = None,
    alg: Annotated[str | None, typer.Option(metavar="ALG", help=keys.ALGORITHM_HELP)] = None,
    header: Annotated[
        Literal["edc", "etsi"],
        typer.Option(metavar="edc|etsi", help="edc, as the Commission's software has it, or etsi."),
    ] = "edc",
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Look only at the learner with this key; may be given several times."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Issue at most so many.")] = None,
    reissue: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY", help="Replace the credential of this key if anything changed; may be given several times."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Check everything and write nothing; needs no key.")] = False,
    preview: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="Write the page of the learner with this key as HTML, and issue nothing."),
    ] = None,
    zip_: Annotated[bool, typer.Option("--zip", help="Also write credentials.zip.")] = False,
    key_in_names: Annotated[
        bool, typer.Option(help="Name the files after the learners' keys, which may be personal data.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many work at a time (default: processors).")
    ] = None,
    processes: Annotated[bool, typer.Option(help="Workers are processes instead of threads.")] = False,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help=courses.ENCODING_HELP)] = None,
    delimiter: Annotated[str | None, typer.Option(metavar="CHARACTER", help=courses.DELIMITER_HELP)] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help=courses.SHEET_HELP)] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Language of the preview (default: the course's).")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Issue a sealed credential for every good row; list the others in refused.csv with the reasons.

    The same command goes on where it was stopped, and issues nothing twice. Exit code 0: every row has its credential;
    1: a row was refused or needs a decision (all others were issued), or the run could not go on.
    """
    from edc_microcred.issuing import issue

    described, findings = courses.load(course)
    if not json_ or described is None:
        courses.print_course_findings(course, findings, err=True)
    if described is None:
        raise typer.Exit(1)
    table = courses.open_learners(learners, described, encoding=encoding, delimiter=delimiter, sheet=sheet)
    out = output or Path(described.slug)
    written = [out / name for name in ("journal.jsonl", "manifest.csv", "credentials.zip")]
    read = [str(path) for path in (course, learners, key, password_file) if path is not None]
    inputs.refuse_overwriting(written, read, hint="--output")
    if preview is not None:
        _preview(described, table, preview, out, language)
        return
    if key is None and not dry_run:
        raise typer.BadParameter("sealing needs a key; --dry-run and --preview do not.", param_hint="--key")
    with ExitStack() as stack:
        signer = _signer(key, certificate or [], password_file, alg, processes) if key is not None else None
        results = issue(
            described, table, signer=signer, out=out, executor=_executor(stack, workers, processes), dry_run=dry_run,
            only=only, limit=limit, reissue=reissue or (), header=header, key_in_names=key_in_names, archive=zip_,
        )  # fmt: skip
        stack.enter_context(closing(results))
        report = _JsonReport(out) if json_ else _TextReport(table, out, dry_run=dry_run)
        counts = report.follow(results)
    raise typer.Exit(0 if all(state in _GOOD for state in counts) else 1)


def _signer(
    key: Path, certificates: list[Path], password_file: Path | None, alg: str | None, travels: bool
) -> "FileSigner | KeyReference":
    if not travels:
        signer = keys.signer_from(key, certificates, password_file, alg)
        _check(signer)
        return signer
    reference = keys.reference_from(key, certificates, password_file, alg)
    if not keys.can_travel(reference):
        raise typer.BadParameter(
            f"each process opens the key itself; give --password-file, or the password in ${keys.PASSWORD_VARIABLE}.",
            param_hint="--processes",
        )
    _check(reference.open())
    return reference


def _check(signer: "FileSigner") -> None:
    """Tells what speaks against the key; ends the program where nobody should accept its seals."""
    from edc_microcred.cli import terminal

    noticed = keys.noticed_of(signer)
    terminal.print_findings(noticed, err=True)
    if keys.refuses(noticed):
        typer.echo("Nothing was issued: nobody should accept a seal of this certificate.", err=True)
        raise typer.Exit(1)


def _executor(stack: ExitStack, workers: int | None, processes: bool) -> "Executor | None":
    from concurrent.futures import ThreadPoolExecutor

    if processes:
        from edc_microcred.issuing import process_pool

        pool: Executor = process_pool(workers)
    elif workers is not None:
        pool = ThreadPoolExecutor(workers)
    else:
        return None
    stack.callback(pool.shutdown, wait=True, cancel_futures=True)
    return pool


def _preview(course: "Course", table: "LearnerTable", key: str, out: Path, language: str | None) -> None:
    """Writes one learner's page; refuses a key that no good row has."""
    from edc_microcred.atomic_file import write_file
    from edc_microcred.cli import terminal
    from edc_microcred.issuing import preview
    from edc_microcred.microcredential import RowError

    for row in table:
        if row.key != key:
            continue
        if isinstance(row, RowError):
            terminal.print_findings(row.findings, err=True)
            raise typer.Exit(1)
        page = preview(course, row, language=language or course.main_language)
        path = out / f"preview-row-{row.row}.html"
        out.mkdir(parents=True, exist_ok=True)
        write_file(path, page, overwrite=True)
        typer.echo(f"{path} shows row {row.row}. Nothing was sealed.")
        return
    raise typer.BadParameter("no row has this key.", param_hint="--preview")


class _TextReport:
    """Tells a person: the first rows that were refused, a bar while it runs, and the numbers at the end."""

    def __init__(self, table: "LearnerTable", out: Path, *, dry_run: bool) -> None:
        self._table = table
        self._out = out
        self._dry_run = dry_run
        self._told = 0

    def follow(self, results: "Iterator[IssueResult]") -> Counter[str]:
        """Shows the results as they come; how many there are of each state."""
        from edc_microcred.cli import terminal

        read = courses.how_read(self._table)
        typer.echo(f"Reading the learners{f' ({read})' if read else ''}.", err=True)
        terminal.print_findings(self._table.findings, err=True)
        counts: Counter[str] = Counter()
        begun = time.perf_counter()
        try:
            for result in terminal.with_rate(results, "Issuing", total=self._table.count):
                counts[result.state] += 1
                self._tell(result)
        except KeyboardInterrupt:
            typer.echo("Stopped. What was issued stands, and the same command goes on from there.", err=True)
            raise
        finally:
            self._sum_up(counts, time.perf_counter() - begun)
        return counts

    def _tell(self, result: "IssueResult") -> None:
        from edc_microcred.cli import terminal
        from edc_microcred.findings import Severity

        worth = [finding for finding in result.findings if finding.severity is not Severity.INFO]
        if not worth and result.state in _GOOD:
            return
        self._told += 1
        if self._told > SHOWN:
            return
        mark = "✓" if result.state in _GOOD else "✗"
        row = f"row {result.row}" if result.row is not None else f"key {terminal.safe(result.key, 60)}"
        became = _WORDS[result.state] if result.row is not None else "no row has it"
        typer.echo(f"{mark} {row}: {became}", err=True)
        terminal.print_findings(result.findings, indent=4, err=True)

    def _sum_up(self, counts: Counter[str], seconds: float) -> None:
        if self._told > SHOWN:
            typer.echo(f"… and {self._told - SHOWN} more rows with something to say.", err=True)
        for state, words in _WORDS.items():
            if counts[state]:
                colour = typer.colors.GREEN if state in _GOOD else typer.colors.RED
                typer.echo(f"{typer.style(f'{counts[state]:7,}', fg=colour, bold=True)} {words}")
        made = counts["issued"] + counts["replaced"]
        if made:
            typer.echo(f"        in {seconds:.1f} s, {made / seconds:,.0f} a second")
        if self._dry_run:
            typer.echo("Nothing was written (dry run).")
        if self._dry_run or not counts:
            return
        typer.echo(f"\n{self._out}/credentials/  the sealed files; {self._out}/manifest.csv tells whose each is")
        if (counts["refused"] or counts["failed"]) and (self._out / "refused.csv").exists():
            typer.echo(f"{self._out}/refused.csv  the refused rows: correct them there, and issue from that file")
        if counts["changed"]:
            typer.echo("Changed rows keep the credential that they have; --reissue KEY replaces it.")


class _JsonReport:
    """Prints one JSON object, written as the results come, so that memory does not grow with them."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def follow(self, results: "Iterator[IssueResult]") -> Counter[str]:
        """Prints the results; how many there are of each state."""
        from edc_microcred.cli import terminal

        counts: Counter[str] = Counter()
        typer.echo(f'{{"version": 1, "output": {json.dumps(str(self._out))}, "results": [', nl=False)
        try:
            for number, result in enumerate(results):
                counts[result.state] += 1
                shown = terminal.harmless(json.dumps(result.as_json(), ensure_ascii=False))
                typer.echo(f"{',' if number else ''}\n  {shown}", nl=False)
        finally:  # what was said so far stays JSON, whatever stops the run
            typer.echo(f'\n], "counts": {json.dumps(dict(counts))}}}')
        return counts
