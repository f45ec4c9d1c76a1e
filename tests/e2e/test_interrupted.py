"""Runs that are killed, interrupted, or out of disk: the next one issues exactly what is missing."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from edc_microcred.testing import write_demo_pki
from tests.conftest import ROOT
from tests.e2e.killing import Job, Left, heed_interrupts

THREADS: tuple[str, ...] = ()
PROCESSES = ("--processes", "--workers", "2")


@pytest.mark.parametrize(
    ("learners", "kills", "options"),
    [
        pytest.param(500, 4, THREADS, id="a few"),
        pytest.param(2000, 20, THREADS, id="all", marks=pytest.mark.slow),
        pytest.param(400, 4, PROCESSES, id="processes", marks=pytest.mark.slow),
    ],
)
def test_a_run_killed_at_any_moments_ends_with_each_learner_issued_once(
    tmp_path: Path, learners: int, kills: int, options: tuple[str, ...]
) -> None:
    job = Job(tmp_path, learners, options)
    job.prepare()
    job.kill(kills, seed=learners)
    said = f"seed {learners}, killed after {', '.join(job.kills)}"
    assert len(job.kills) == kills
    assert job.while_issuing >= kills // 4, said
    job.run_to_its_end()
    left = job.found()
    assert left == Left(
        files=learners, whole=learners, ids=learners, final_lines=learners, keys=learners, unfinished=0,
        in_manifest=learners, in_archive=learners, refused=job.refused,
    ), said  # fmt: skip
    print(
        f"\n{left.whole:,} credentials, {left.ids:,} ids, {kills} kills"
        f" ({job.while_issuing} while issuing{', ' + options[0] if options else ''})\n{said}"
    )


def test_ctrl_c_lets_the_library_end_with_a_manifest_of_what_was_issued(tmp_path: Path) -> None:
    write_demo_pki(tmp_path / "pki", key_type="p-256")
    program = [sys.executable, "-m", "tests.e2e.issue_many", str(tmp_path / "out"), str(tmp_path / "pki")]
    with subprocess.Popen(
        [*program, "5000"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert b"KeyboardInterrupt" in err  # the library lets it through; the command line says "stopped"
    listed = len((tmp_path / "out" / "manifest.csv").read_text("utf-8-sig").splitlines()) - 1
    issued = len(list((tmp_path / "out" / "credentials").glob("*.jsonld")))
    assert 0 < listed <= issued <= listed + 1 < 5000  # one may be written and not yet confirmed
    assert not list((tmp_path / "out").rglob("*.part"))
    subprocess.run([*program, "200"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert len(list((tmp_path / "out" / "credentials").glob("*.jsonld"))) >= 200


def stopped(job: Job, *before: str, limits: Callable[[], None] | None = None) -> str:
    """What the command says when it must stop: what was seen, what to do, how things stand; no traceback."""
    done = subprocess.run(
        [*before, *job.command], cwd=job.folder, capture_output=True, text=True, preexec_fn=limits, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def test_a_disk_that_is_full_stops_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    """The limit on the size of a file stands for the disk: the journal is what grows beyond it."""

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    job = Job(tmp_path, 200)
    job.prepare()
    said = stopped(job, limits=little_room)
    assert "cannot be written" in said
    assert "the same command goes on" in said
    assert 0 < job.there() < 200
    job.run_to_its_end()
    assert job.found().whole == 200


ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Root may write everywhere; without these rights it is held to the modes of files like anybody else."""


def test_a_folder_that_may_not_be_written_is_refused_before_anything_is_sealed(tmp_path: Path) -> None:
    job = Job(tmp_path, 5)
    job.prepare()
    job.out.mkdir(mode=0o500)
    assert "Nothing was issued" in stopped(job, *ORDINARY)
    assert list(job.out.iterdir()) == []
    job.out.chmod(0o700)
    job.run_to_its_end()
    assert job.there() == 5


def test_a_folder_where_there_can_be_none_is_refused_before_anything_is_sealed(tmp_path: Path) -> None:
    job = Job(tmp_path, 5)
    job.prepare()
    job.out.write_text("a file")
    assert "Nothing was issued" in stopped(job)
    job.out.unlink()
    job.run_to_its_end()
    assert job.there() == 5
