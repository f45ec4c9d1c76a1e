"""Many files validated, over all cores when there are enough of them."""

import os
import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from edc_microcred.document import Document, load
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding, Severity
from edc_microcred.reports.places import with_places
from edc_microcred.reports.settings import Settings
from edc_microcred.shapes import profile, profile_of
from edc_microcred.verification.content import ContentCheck, conforms, findings_of, unreadable

ENOUGH_FOR_PROCESSES = 32
"""Fewer files are done before another process has started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What was found in one file: `conforms` is the published shapes' own verdict, `None` for an unreadable file."""

    path: str
    profile: str | None
    conforms: bool | None
    findings: tuple[Finding, ...] = field(default=())

    def fails(self, on: str) -> bool:
        """Whether the file fails a build that fails on `error` or on `warning`."""
        heavy = {Severity.ERROR} if on == "error" else {Severity.ERROR, Severity.WARNING}
        return any(finding.severity in heavy for finding in self.findings)


def validate_file(source: str | Document, settings: Settings, *, checks: Sequence[ContentCheck] = ()) -> FileResult:
    """The result for one file (a path) or document; one that cannot be read gives a finding that says why.

    `checks` are checks of one's own, as `Validator` takes them.
    """
    path = source.name if isinstance(source, Document) else source
    try:
        document = source if isinstance(source, Document) else load(Path(source))
        findings = findings_of(document, settings.profile, elm=settings.elm, checks=checks)
        verdict = conforms(findings)
        chosen = profile(settings.profile) if settings.profile is not None else profile_of(document.members)[0]
    except UnreadableError as error:
        return FileResult(
            path=path, profile=None, conforms=None, findings=tuple(settings.weighed([unreadable(error)], path))
        )
    weighed = settings.weighed(findings, path)
    return FileResult(path=path, profile=chosen.name, conforms=verdict, findings=tuple(with_places(document, weighed)))


def validate_files(
    paths: Sequence[str], settings: Settings, *, workers: int | None = None, checks: Sequence[ContentCheck] = ()
) -> Iterator[FileResult]:
    """The results for many files, in their order. `workers` processes share them; all cores when left out.

    `checks` are checks of one's own; those that are not functions of a module keep all in this process.
    """
    workers = workers or os.cpu_count() or 1
    if workers < 2 or len(paths) < ENOUGH_FOR_PROCESSES or not _can_travel(checks):
        for path in paths:
            yield validate_file(path, settings, checks=checks)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(partial(_picklable, settings=settings, checks=checks), paths, chunksize=8)


def _can_travel(checks: Sequence[ContentCheck]) -> bool:
    """Whether another process can be given the checks."""
    try:
        pickle.dumps(checks)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def _picklable(path: str, settings: Settings, checks: Sequence[ContentCheck]) -> FileResult:
    """`validate_file` for another process: findings travel without the values of their messages' gaps."""
    from dataclasses import replace

    result = validate_file(path, settings, checks=checks)
    values = [{"value": f.values["value"]} if "value" in f.values else {} for f in result.findings]
    return replace(result, findings=tuple(replace(f, values=v) for f, v in zip(result.findings, values, strict=True)))
