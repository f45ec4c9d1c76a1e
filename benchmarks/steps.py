"""The time that each step of issuing takes, where all of it is done by one thread.

Functions at the borders between the steps are wrapped while it is measured. A step's time is its own: what a wrapped
function inside it takes is that one's. So the shares add up to the whole.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any, Final
from unittest.mock import patch

from edc_microcred.issuing import engine, making, preparing, run
from edc_microcred.issuing.journal import Journal
from edc_microcred.issuing.writing import CourseWriter
from edc_microcred.microcredential.rows import RowReader
from edc_microcred.seals import FileSigner

READ: Final = "read the row"
PLAN: Final = "plan, decide the id"
WRITE: Final = "build, check and write the credential"
SEAL: Final = "hash and seal"
SIGN: Final = "sign (RSA-2048)"
DIGEST: Final = "hash the sealed file"
FILE: Final = "write the file"
JOURNAL: Final = "write the journal"
SYNC: Final = "wait for the disk (journal, and all at the end)"
TABLES: Final = "write the manifest"
PAGE: Final = "draw the page, once a run"

_BORDERS: Final[tuple[tuple[Any, str, str], ...]] = (
    (RowReader, "read", READ),
    (run.Run, "_planned", PLAN),
    (CourseWriter, "write", WRITE),
    (making, "_sealed", SEAL),
    (FileSigner, "sign_digest", SIGN),
    (making.Maker, "_make", DIGEST),
    (run, "write_file", FILE),
    (Journal, "append", JOURNAL),
    (Journal, "sync_to", SYNC),
    (os, "sync", SYNC),
    (run, "write_manifest", TABLES),
    (engine, "Preparation", PAGE),
    (preparing.Preparation, "maker_for", PAGE),
    (preparing.Preparation, "write_pages", PAGE),
)


class Steps:
    """Seconds by step, of what ran inside `timed`."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    @contextmanager
    def timed(self) -> Iterator[None]:
        with ExitStack() as stack:
            for owner, name, step in _BORDERS:
                stack.enter_context(patch.object(owner, name, self._wrapped(getattr(owner, name), step)))
            yield

    def off(self) -> "nullcontext[None]":
        return nullcontext()

    def _wrapped(self, function: Callable[..., Any], step: str) -> Callable[..., Any]:
        clock = time.perf_counter

        def wrapped(*arguments: Any, **options: Any) -> Any:
            begun = clock()
            self._inner.append(0.0)
            try:
                return function(*arguments, **options)
            finally:
                taken = clock() - begun
                self.seconds[step] = self.seconds.get(step, 0.0) + taken - self._inner.pop()
                if self._inner:
                    self._inner[-1] += taken

        return wrapped
