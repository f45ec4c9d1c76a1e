"""Runs that are killed, interrupted, or out of disk: the next one issues exactly what is missing."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edc_microcred.testing import write_demo_pki
from tests.conftest import ROOT
from tests.e2e.killing import Left, heed_interrupts, killed_and_resumed


@pytest.mark.parametrize(
    ("learners", "kills"), [(600, 3), pytest.param(2000, 20, marks=pytest.mark.slow)], ids=["a few", "all"]
)
def test_a_run_killed_at_any_moments_ends_with_each_learner_issued_once(
    tmp_path: Path, learners: int, kills: int
) -> None:
    left = killed_and_resumed(tmp_path, learners=learners, kills=kills, seed=learners)
    assert left.kills >= kills - 1  # one may have come to its end before
    assert left == Left(
        kills=left.kills, files=learners, whole=learners, ids=learners, final_lines=learners, keys=learners,
        unfinished=0, in_manifest=learners,
    )  # fmt: skip


def command(folder: Path, learners: int) -> list[str]:
    if not (folder / "pki").exists():
        write_demo_pki(folder / "pki", key_type="p-256")
    return [sys.executable, "-m", "tests.e2e.issue_many", str(folder / "out"), str(folder / "pki"), str(learners)]


def issued_in(folder: Path) -> int:
    return sum(path.suffix == ".jsonld" for path in (folder / "out" / "credentials").iterdir())


def finished(folder: Path, learners: int) -> int:
    subprocess.run(command(folder, learners), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return issued_in(folder)


def test_ctrl_c_ends_cleanly_with_a_manifest_of_what_was_issued(tmp_path: Path) -> None:
    with subprocess.Popen(
        command(tmp_path, 5000), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert b"KeyboardInterrupt" in err  # the library lets it through; the command line says "stopped"
    listed = len((tmp_path / "out" / "manifest.csv").read_text("utf-8-sig").splitlines()) - 1
    assert 0 < listed <= issued_in(tmp_path) <= listed + 1 < 5000  # one may be written and not yet confirmed
    assert not list((tmp_path / "out").rglob("*.part"))
    assert finished(tmp_path, 200) >= 200


def test_a_disk_that_is_full_stops_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    """The limit on the size of a file stands for the disk: the journal is what grows beyond it."""

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    done = subprocess.run(
        command(tmp_path, 200), cwd=ROOT, capture_output=True, text=True, preexec_fn=little_room, check=False
    )
    assert done.returncode == 1
    assert "OutputError" in done.stderr
    assert "the same command goes on" in done.stderr
    assert issued_in(tmp_path) < 200
    assert finished(tmp_path, 200) == 200


ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Root may write everywhere; without these rights it is held to the modes of files like anybody else."""


def test_a_folder_that_may_not_be_written_is_refused_before_anything_is_sealed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    done = subprocess.run([*ORDINARY, *command(tmp_path, 5)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "OutputError" in done.stderr
    (tmp_path / "out").chmod(0o700)
    assert finished(tmp_path, 5) == 5


def test_a_folder_where_there_can_be_none_is_refused_before_anything_is_sealed(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = subprocess.run(command(tmp_path, 5), cwd=ROOT, capture_output=True, text=True, check=False)
    assert "OutputError" in done.stderr
    (tmp_path / "out").unlink()
    assert finished(tmp_path, 5) == 5
