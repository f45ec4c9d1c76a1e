"""One run at a time in one output folder.

The lock is the operating system's, on a file that says who holds it. The system lets go when the holder dies, however
it dies, so that a file left behind by a killed run locks nobody out.
"""

import errno
import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from edc_microcred.errors import JournalError, OutputError

LOCK_NAME: Final = ".issue.lock"


class FolderLock:
    """Held inside its `with` block. Entering raises `JournalError` when another run holds it, `OutputError`.

    `stale` tells afterwards whether a run before this one ended without letting go (it was killed).
    """

    def __init__(self, folder: Path) -> None:
        self.path: Final = folder / LOCK_NAME
        self.stale = False
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise OutputError(
                f"{self.path} cannot be written: {error.strerror or error}.",
                remedy="Check that you may write there and that the disk is not full.",
                state="Nothing was issued.",
            ) from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            holder = self._holder()
            self._close()
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise OutputError(
                    f"{self.path} cannot be locked: {error.strerror or error}.",
                    remedy="Issue into a folder on a local disk.",
                    state="Nothing was issued.",
                ) from error
            raise JournalError(
                f"Another run is issuing into {self.path.parent}{holder}.",
                remedy="Wait until it has ended, or name another folder with -o.",
                state="Nothing was issued.",
            ) from None
        self.stale = os.fstat(self._descriptor).st_size > 0
        self._write({"pid": os.getpid(), "host": socket.gethostname(), "since": f"{datetime.now(UTC):%FT%TZ}"})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write(None)
        self._close()

    def _holder(self) -> str:
        """` (process 4711 on HOST since …)`, as far as the file says it."""
        try:
            members = json.loads(self.path.read_text("utf-8"))
            return f" (process {int(members['pid'])} on {str(members['host'])[:80]} since {str(members['since'])[:40]})"
        except (OSError, ValueError, TypeError, KeyError):
            return ""

    def _write(self, members: dict[str, object] | None) -> None:
        """What is in the file serves messages only, so that a full disk does no harm here."""
        if self._descriptor is None:
            return
        try:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            if members is not None:
                os.write(self._descriptor, json.dumps(members).encode("ascii"))
        except OSError:
            return

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # locked bytes cannot be read by others, so the one that is locked lies behind the text

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
