"""Issues to many learners of a small course with the library.

    python -m tests.e2e.issue_many FOLDER PKI NUMBER

It prints a line when the first result is there. The page pictures are of one dot, so that issuing is what takes time.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from edc_microcred.issuing import issue, preparing
from edc_microcred.microcredential import Learner
from edc_microcred.seals import FileSigner
from tests.unit.issuing.conftest import course_from, learner, tiny_display


def learners(number: int) -> Iterator[Learner]:
    """The same learners each time."""
    return (learner(one) for one in range(1, number + 1))


def main() -> None:
    """Issues what is missing."""
    folder, pki, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    preparing.display_parameter = tiny_display  # type: ignore[assignment]  # takes what the real one is given
    signer = FileSigner.from_pkcs12(pki / "seal.p12", (pki / "password.txt").read_text().strip())
    for place, _ in enumerate(issue(course_from(), learners(number), signer=signer, out=folder)):
        if place == 0:
            print("begun", flush=True)


if __name__ == "__main__":
    main()
