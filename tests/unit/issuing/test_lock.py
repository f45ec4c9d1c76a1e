"""One run at a time in one folder, and nobody locked out by a dead one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from edc_microcred.errors import JournalError, OutputError
from edc_microcred.issuing.lock import FolderLock

HOLD = """
import sys, time
from pathlib import Path
from edc_microcred.issuing.lock import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_in_the_folder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(JournalError, match=rf"process {process.pid} on "), FolderLock(tmp_path):
            pass
        process.kill()


def test_a_lock_that_a_killed_run_left_behind_locks_nobody_out(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with FolderLock(tmp_path) as lock:
            assert lock.stale


def test_a_lock_that_was_let_go_is_not_stale(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        pass
    with FolderLock(tmp_path) as lock:
        assert not lock.stale


def test_a_folder_that_is_not_there_is_an_error_and_not_a_lock(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), FolderLock(tmp_path / "missing"):
        pass
