"""One run over the rows of a table: plan each, hand them to workers in groups, write what comes back.

1. Rows are read in groups, each row is planned, and the ids of a group are written to the journal.
2. The groups go to the executor, a bounded number at a time.
3. In the order of the rows, each finished file is written whole, then confirmed in the journal, then told.

One thread does all of this; only making the credentials is done elsewhere. A run may be killed between any two lines
of this file, and the next one goes on. Before the first file of a group is written the journal is synchronised with
the disk, so that even after a power cut no file is there whose id the journal does not know.
"""

import os
import re
import uuid
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from edc_microcred.atomic_file import write_file
from edc_microcred.errors import IssuingError, OutputError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.issuing.journal import Entry, Journal, Record, State, confirmed
from edc_microcred.issuing.making import Made, Rejected, failure, order_of
from edc_microcred.issuing.outputs import (
    CREDENTIALS,
    REFUSED,
    RefusedTable,
    keep_edited,
    move_aside,
    sweep,
    write_archive,
    write_manifest,
)
from edc_microcred.issuing.plan import Action, FileState, Origin, decide, origin_of, state_of
from edc_microcred.issuing.preparing import Preparation
from edc_microcred.issuing.results import IssueResult, ResultState
from edc_microcred.microcredential import Learner, RowError
from edc_microcred.version import __version__

GROUP: Final = 16
"""How many credentials are handed to a worker at a time."""

KEY_TWICE: Final = Rule(
    id="issue/key-twice", severity=Severity.ERROR, since="0.1", source="docs/issuing.md",
    title="Two rows have one key",
    message="Row {first} has the same key as this row; only the first was taken.",
    why="A key stands for one learner, and a learner gets one credential of a course.",
    fix="Remove one of the two rows, or correct its key.",
    wrong={"keys": ["2023/17", "2023/17"]}, right={"keys": ["2023/17", "2023/18"]},
)  # fmt: skip
KEY_NOT_FOUND: Final = Rule(
    id="issue/key-not-found", severity=Severity.ERROR, since="0.1", source="docs/issuing.md",
    title="No row has the key that was asked for",
    message="There is no row with the key that was asked for.",
    why="Nothing was done for this key, which was surely not meant.",
    fix="Compare the key with the column that the course names as key; zeros in front count.",
    wrong={"keys": ["2023/17"], "only": ["2023/18"]}, right={"keys": ["2023/17"], "only": ["2023/17"]},
)  # fmt: skip
ISSUED_FROM_ANOTHER_ROW: Final = Rule(
    id="issue/issued-from-another-row", severity=Severity.INFO, since="0.1", source="docs/issuing.md",
    title="The learner of a refused row has a credential",
    message="The row is refused, but {file} was issued for its key before, from a row that was good.",
    why="The row was probably corrected elsewhere, in refused.csv for example.",
    fix="Correct it here too, if this table shall be used again.",
    wrong={"keys": ["2023/17"], "refused": ["2023/17"]}, right={"keys": ["2023/17"]},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (KEY_TWICE, KEY_NOT_FOUND, ISSUED_FROM_ANOTHER_ROW)

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_ABSENT: Final = Record()


@dataclass(slots=True)
class _Job:
    """A row that gets a file: its learner, its journal line, and what it takes the place of."""

    learner: Learner
    entry: Entry
    findings: tuple[Finding, ...] = ()
    replaces: Entry | None = None
    altered: bool = False


@dataclass(slots=True)
class _Told:
    """A row that needs no making; `cells` when it is refused."""

    result: IssueResult
    cells: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of which the workers make those that are jobs; the journal holds their ids up to `ids_end`."""

    rows: list[_Job | _Told]
    made: "Future[list[Made | Rejected]] | None" = None
    ids_end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The arguments of `issue` that a run needs; see there."""

    dry_run: bool = False
    only: Collection[str] | None = None
    limit: int | None = None
    reissue: Collection[str] = ()
    in_flight: int
    key_in_names: bool = False
    archive: bool = False
    new_id: Callable[[], uuid.UUID] = uuid.uuid4


class Run:
    """One run; its methods are called by one thread. `journal` is only looked at in a dry run."""

    def __init__(
        self, preparation: Preparation, journal: Journal, out: Path, executor: Executor, options: Options
    ) -> None:
        self._preparation = preparation
        self._journal = journal
        self._out = out
        self._credentials = out / CREDENTIALS
        self._executor = executor
        self._options = options
        self._only = None if options.only is None else frozenset(options.only)
        self._reissue = frozenset(options.reissue)
        self._not_met = set(self._only or ()) | self._reissue
        self._seen: dict[str, int] = {}
        self._key_column = preparation.course.key_column or "key"
        self._delimiter = ";"
        self._number = 0
        self._written = 0

    def results(self, learners: Iterable[Learner | RowError]) -> Iterator[IssueResult]:
        """The results in the order of the rows; at the end the tables beside the credentials are written."""
        self._delimiter = getattr(learners, "delimiter", None) or ";"
        refused = RefusedTable(delimiter=self._delimiter)
        self._key_column = getattr(learners, "key_column", None) or self._key_column
        waiting: deque[_Group] = deque()
        finished = False
        try:
            if not self._options.dry_run:
                self._begin()
            rows = self._rows(learners)
            while some := list(islice(rows, GROUP)):
                waiting.append(self._submit(some))
                while len(waiting) >= self._options.in_flight:
                    yield from self._settled(waiting.popleft(), refused)
            while waiting:
                yield from self._settled(waiting.popleft(), refused)
            for key in sorted(self._not_met):
                yield IssueResult(key=key, row=None, state="refused", findings=(KEY_NOT_FOUND.found(),))
            finished = True
        finally:
            for group in waiting:
                if group.made is not None:
                    group.made.cancel()
            try:
                if not self._options.dry_run:
                    self._end(refused, finished)
            finally:
                refused.close()

    def _begin(self) -> None:
        """Opens the run in the journal, and finishes what a killed run left undone."""
        self._number = self._journal.begin_run(
            course=self._preparation.course_digest, seal=self._preparation.seal, version=__version__, time=_now()
        ).number
        sweep(self._out)
        for entry in list(self._journal.unmoved.values()):
            self._set_replaced(entry)

    def _rows(self, learners: Iterable[Learner | RowError]) -> Iterator[_Job | _Told]:
        """Each row that is to be looked at, planned; ends when as many are to be made as are allowed."""
        jobs = 0
        for found in learners:
            if self._only is not None and found.key not in self._only:
                continue
            self._not_met.discard(found.key or "")
            if isinstance(found, RowError):
                yield self._refused_row(found)
                continue
            row = self._planned(found)
            if isinstance(row, _Job):
                if self._options.limit is not None and jobs >= self._options.limit:
                    return
                jobs += 1
            yield row

    def _refused_row(self, error: RowError) -> _Told:
        findings = error.findings
        issued = self._record(error.key).issued if error.key is not None else None
        if issued is not None:
            findings = (*findings, ISSUED_FROM_ANOTHER_ROW.found(file=issued.file))
        return _Told(IssueResult(key=error.key, row=error.row, state="refused", findings=findings), error.cells)

    def _planned(self, learner: Learner) -> _Job | _Told:
        first = self._seen.setdefault(learner.key, learner.row)
        if first != learner.row:
            return self._refusal(learner, (KEY_TWICE.found(first=first),))
        try:
            _ = learner.digest
        except ValueError as error:  # half a character, which the readers of tables refuse before
            return self._refusal(learner, (failure(error),), failed=True)
        record = self._record(learner.key)
        standing = record.issued
        if standing is None:
            return _Job(learner, self._begun(learner, record, None))
        origin = origin_of(standing, self._journal.runs)
        now = Origin(row=learner.digest, course=self._preparation.course_digest, seal=self._preparation.seal)
        path = self._path(standing)
        state = state_of(path, sha256=standing.sha256 or "", credential_id=standing.id, seal=origin.seal)
        asked = learner.key in self._reissue or record.begun is not None
        plan = decide(origin, state, now, file=standing.file, reissue=asked)
        if plan.action is Action.REISSUE:
            return _Job(learner, self._begun(learner, record, standing), plan.findings, replaces=standing)
        if plan.action is Action.REPAIR:
            again = replace(standing, run=self._number, again=True)
            return _Job(learner, again, plan.findings, altered=state is FileState.ALTERED)
        told: ResultState = "kept" if plan.action is Action.KEEP else "changed"
        return _Told(
            IssueResult(
                key=learner.key, row=learner.row, state=told, path=path, credential_id=standing.id,
                findings=plan.findings,
            )
        )  # fmt: skip

    def _begun(self, learner: Learner, record: Record, replaces: Entry | None) -> Entry:
        """The line that decides a credential's id: the one that a killed run left, or a new one."""
        if record.begun is not None:
            return replace(record.begun, run=self._number, row=learner.digest)
        unique = self._options.new_id()
        return Entry(
            state=State.BEGUN,
            time=_now(),
            run=self._number,
            key=learner.key,
            row=learner.digest,
            id=f"urn:credential:{unique}",
            file=self._file_name(learner, unique),
            replaces=replaces.id if replaces is not None else None,
        )

    def _file_name(self, learner: Learner, unique: uuid.UUID) -> str:
        """A running number, or the key where that was asked for, and the start of the id; nothing personal else."""
        front = f"{self._journal.next_number():05d}"
        if self._options.key_in_names:
            front = _UNSAFE.sub("_", learner.key).strip("._")[:60] or front
        return f"{front}-{str(unique)[:8]}.jsonld"

    def _submit(self, rows: list[_Job | _Told]) -> _Group:
        jobs = [row for row in rows if isinstance(row, _Job)]
        if not jobs:
            return _Group(rows)
        maker = self._preparation.maker_for(jobs[0].learner)
        ids_end = 0
        if not self._options.dry_run:
            known = (self._record(job.learner.key).begun for job in jobs)
            ids_end = self._journal.append(
                job.entry for job, begun in zip(jobs, known, strict=True) if begun is None and not job.entry.again
            )
        try:
            future = self._executor.submit(maker, [order_of(job.learner, job.entry.id) for job in jobs])
        except (BrokenExecutor, RuntimeError) as error:
            raise _workers_gone(error) from error
        return _Group(rows, future, ids_end)

    def _settled(self, group: _Group, refused: RefusedTable) -> Iterator[IssueResult]:
        try:
            made = iter(group.made.result() if group.made is not None else ())
        except BrokenExecutor as error:
            raise _workers_gone(error) from error
        self._journal.sync_to(group.ids_end)
        for row in group.rows:
            told = row if isinstance(row, _Told) else self._finished(row, next(made))
            if told.cells is not None:
                refused.add(told.result.row, told.cells, told.result.findings)
            yield told.result

    def _finished(self, job: _Job, outcome: Made | Rejected) -> _Told:
        """Writes what a worker made."""
        findings = (*job.findings, *self._preparation.take_notes(), *outcome.findings)
        if isinstance(outcome, Rejected):
            return self._refusal(job.learner, findings, failed=outcome.failed)
        learner, entry = job.learner, job.entry
        if self._options.dry_run:
            return _Told(IssueResult(key=learner.key, row=learner.row, state="ready", findings=findings))
        path = self._path(entry)
        if job.altered:
            move_aside(self._out, entry, mark="-altered")
        try:
            write_file(path, outcome.data, overwrite=True, soon=True)
        except OutputError as error:
            error.state = f"{self._written} were issued and stand; the same command goes on with the others."
            raise
        self._journal.append([confirmed(entry, sha256=outcome.sha256, time=_now())])
        if job.replaces is not None:
            self._set_replaced(job.replaces)
        self._written += 1
        state: ResultState = "issued" if job.replaces is None else "replaced"
        return _Told(
            IssueResult(
                key=learner.key, row=learner.row, state=state, path=path, credential_id=entry.id, findings=findings
            )
        )

    def _refusal(self, learner: Learner, findings: tuple[Finding, ...], *, failed: bool = False) -> _Told:
        state: ResultState = "failed" if failed else "refused"
        result = IssueResult(key=learner.key, row=learner.row, state=state, findings=findings)
        return _Told(result, {self._key_column: learner.key})

    def _set_replaced(self, entry: Entry) -> None:
        move_aside(self._out, entry)
        self._journal.append([replace(entry, state=State.REPLACED, time=_now())])

    def _end(self, refused: RefusedTable, finished: bool) -> None:
        """Writes the tables; of a run that was stopped, what can be told of what was issued."""
        journal = self._journal.path
        if not finished:
            with suppress(OutputError):
                self._journal.sync()
                write_manifest(self._out, journal, delimiter=self._delimiter)
            return
        write_manifest(self._out, journal, delimiter=self._delimiter)
        if self._only is None and self._options.limit is None:
            self._write_refused(refused)
        if self._options.archive:
            write_archive(self._out, journal)
        self._preparation.write_pages(self._out)
        self._journal.sync()
        if self._written and hasattr(os, "sync"):
            os.sync()

    def _write_refused(self, refused: RefusedTable) -> None:
        """Writes the list of refused rows, or takes the last one away when none was refused."""
        path = self._out / REFUSED
        keep_edited(path, self._journal.last_refused)
        if refused.count:
            self._journal.note_refused(refused.write(path), time=_now())
        else:
            path.unlink(missing_ok=True)

    def _record(self, key: str) -> Record:
        return self._journal.records.get(key, _ABSENT)

    def _path(self, entry: Entry) -> Path:
        return self._credentials / entry.file


def _workers_gone(error: BaseException) -> IssuingError:
    return IssuingError(
        f"The workers are gone ({type(error).__name__}).",
        remedy="A process was killed, perhaps for want of memory: try fewer workers. The same command then goes on.",
    )


def _now() -> datetime:
    return datetime.now(UTC)
