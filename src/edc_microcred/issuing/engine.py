"""`issue`: a course and its learners become sealed files in a folder, one result a row, in the order of the rows.

for result in issue(course, read_learners(path, course), signer=signer, out=Path("issued")):
    print(result.row, result.state, result.path)
"""

import os
import threading
import uuid
from collections.abc import Callable, Collection, Generator, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Final

from edc_microcred.errors import IssuingError, OutputError
from edc_microcred.issuing.journal import JOURNAL_NAME, Journal
from edc_microcred.issuing.keys import SignerReference
from edc_microcred.issuing.lock import FolderLock
from edc_microcred.issuing.making import HeaderProfile
from edc_microcred.issuing.mandate import Mandate
from edc_microcred.issuing.outputs import CREDENTIALS
from edc_microcred.issuing.preparing import Preparation
from edc_microcred.issuing.results import IssueResult
from edc_microcred.issuing.run import Options, Run
from edc_microcred.microcredential import Course, Learner, RowError
from edc_microcred.seals import Signer

_IN_FLIGHT: Final = 2 * (os.cpu_count() or 1) + 2


def issue(
    course: Course,
    learners: Iterable[Learner | RowError],
    *,
    signer: Signer | SignerReference | None,
    out: Path | None,
    executor: Executor | None = None,
    dry_run: bool = False,
    only: Collection[str] | None = None,
    limit: int | None = None,
    reissue: Collection[str] = (),
    header: HeaderProfile = "edc",
    at: datetime | None = None,
    mandate: Mandate | None = None,
    in_flight: int | None = None,
    key_in_names: bool = False,
    archive: bool = False,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> Generator[IssueResult, None, None]:
    """Issues what is missing in the folder `out`; one result for each row looked at, in the order of the rows.

    Nothing happens before the first result is asked for. `executor` is any `concurrent.futures.Executor` (threads when
    None); one with processes needs a reference for `signer`. `dry_run` checks everything, writes nothing and needs
    no signer; with `out` None it asks no journal. `only` are keys to look at, `limit` is how many credentials are made
    at most, `reissue` are keys whose credential is to be replaced if anything changed since. `header` is that of the
    seals, `at` the moment of sealing (with zone; the clock's when None). `mandate` overrides what the course declares.
    `in_flight` is how many groups of 16 wait for a worker at most; give more for a large cluster. `key_in_names` names
    files after the learners' keys. `archive` also writes `credentials.zip`.

    Beside `credentials/` the folder holds `journal.jsonl`, `manifest.csv`, and after a run over all rows `refused.csv`.
    Closing the iterator early, or Ctrl-C, ends cleanly; what was issued stands.

    Raises `IssuingError` when the run cannot go on (the seal is not an awarding body's, the key or a worker fails),
    `JournalError` when the folder is in use or its journal damaged, `OutputError` when something cannot be written, and
    what the learners' reader raises. The next run goes on from there.
    """
    if not dry_run and (signer is None or out is None):
        lacking = "a key" if signer is None else "a folder"
        raise IssuingError(f"Nothing can be issued without {lacking}.", remedy="Give one, or dry_run=True.")
    if at is not None and at.utcoffset() is None:
        raise IssuingError("The moment of sealing has no time zone.", remedy="Give it one: datetime(..., tzinfo=UTC).")
    options = Options(
        dry_run=dry_run, only=only, limit=limit, reissue=reissue, in_flight=in_flight or _IN_FLIGHT,
        key_in_names=key_in_names, archive=archive, new_id=new_id,
    )  # fmt: skip
    preparation = Preparation(course, signer, header=header, at=at, mandate=mandate, checking_only=dry_run)
    folder = out or Path()
    with ExitStack() as stack:
        if executor is None:
            executor = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="issue")
            stack.callback(executor.shutdown, wait=True, cancel_futures=True)
        if dry_run:
            journal = Journal(folder) if out is None else Journal.read(folder / JOURNAL_NAME)
        else:
            _make_folder(folder / CREDENTIALS)
            stack.enter_context(FolderLock(folder))
            journal = Journal.open(folder / JOURNAL_NAME)
            stack.callback(journal.close)
        yield from Run(preparation, journal, folder, executor, options).results(learners)


def process_pool(workers: int | None = None) -> ProcessPoolExecutor:
    """Processes for `executor`, as many as there are processors when `workers` is None; close it after use.

    They leave Ctrl-C to the one who started them, and end when that one is killed.
    """
    import multiprocessing

    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers or os.cpu_count(), mp_context=context, initializer=_attend)


def _attend() -> None:
    """What a worker process does first."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Waits for the parent's end: the pool's own queues do not notice when it is killed."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The folder {folder} cannot be made: {error.strerror or error}.",
            remedy="Name a folder where you may write: -o FOLDER.",
            state="Nothing was issued.",
        ) from error
