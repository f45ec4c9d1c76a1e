"""Issues many learners of a small course into a folder, and may be killed while it does.

    python -m tests.e2e.issue_many FOLDER PKI NUMBER [KILLS SEED]

With KILLS the work is done by children of this process, which kills each of them at a moment after its first result
that SEED chooses; it prints how many it killed, and issues nothing itself. The page pictures are of one dot, so that
issuing is what takes time.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from edc_microcred.issuing import issue, preparing
from edc_microcred.microcredential import Learner
from edc_microcred.seals import FileSigner
from tests.unit.issuing.conftest import course_from, learner, tiny_display

LONGEST = 0.15
"""Seconds after the first result within which a child is killed."""


def learners(number: int) -> Iterator[Learner]:
    """The same learners each time."""
    return (learner(one) for one in range(1, number + 1))


def issue_all(folder: Path, pki: Path, number: int, begun: int) -> None:
    """Issues what is missing; writes to the descriptor `begun` when the first result is there."""
    signer = FileSigner.from_pkcs12(pki / "seal.p12", (pki / "password.txt").read_text().strip())
    for place, _ in enumerate(issue(course_from(), learners(number), signer=signer, out=folder)):
        if place == 0:
            os.write(begun, b"begun\n")


def kill_one(folder: Path, pki: Path, number: int, after: float) -> bool:
    """Issues in a child that is killed; whether it was (it may have come to its end before)."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        issue_all(folder, pki, number, writable)
        os._exit(0)
    os.close(writable)
    os.read(readable, 16)
    os.close(readable)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def main() -> None:
    """Issues what is missing, or lets children try."""
    folder, pki, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    preparing.display_parameter = tiny_display  # type: ignore[assignment]  # takes what the real one is given
    if len(sys.argv) == 4:
        issue_all(folder, pki, number, 1)
        return
    kills, chance = int(sys.argv[4]), random.Random(int(sys.argv[5]))  # noqa: S311  # moments of a test, no secrets
    print(sum(kill_one(folder, pki, number, chance.uniform(0, LONGEST)) for _ in range(kills)))


if __name__ == "__main__":
    main()
